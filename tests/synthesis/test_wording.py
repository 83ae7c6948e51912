"""Ids read as words in either language, and stand for themselves where nothing is known of them."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import found

from benang.synthesis.wording import Wording, number_title, state_words


def test_the_word_for_what_is_counted_goes_with_the_number() -> None:
    """One study, two studies; Indonesian has one form; an unknown unit is its own word."""
    english, indonesian = Wording(found()), Wording(found(), "id")

    assert [english.counted(n, "studies") for n in (0, 1, 2)] == ["0 studies", "1 study", "2 studies"]
    assert [indonesian.counted(n, "cases") for n in (1, 2)] == ["1 kasus", "2 kasus"]
    assert english.counted(3, "metres") == "3 metres"


def test_studies_are_cited_as_in_a_sentence() -> None:
    """Two authors are joined by a word, of three the first is named; a study without a year says so."""
    wording = Wording(found())

    assert wording.labels.study("ana2010") == "Ana and Wulan (2010)"
    assert wording.labels.study("citra") == "Citra Dewi et al. (n.d.)"


@pytest.mark.parametrize("name", ["study", "case", "code", "group", "row"])
def test_an_unknown_id_stands_for_itself(name: str) -> None:
    """Nothing is lost where the review knows no name for it."""
    assert getattr(Wording(found()).labels, name)("nowhere") == "nowhere"


def test_levels_and_groups_have_their_labels() -> None:
    """A level that the codebook lacks is its own word."""
    wording = Wording(found())

    assert wording.labels.level("outcome", "closed") == "Closed"
    assert wording.labels.level("outcome", "burnt") == "burnt"
    assert wording.labels.group("reasons") == "Reasons"


def test_every_state_of_a_cell_has_words_of_its_own() -> None:
    """What was looked for and not found is never called the same as what nobody looked for."""
    for words in (state_words("en"), state_words("id")):
        assert len(set(words.values())) == 4


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("records/all", "Records of the review"),
        ("years/2010/records", "Records of 2010"),
        ("years/none/studies", "Studies without a year of publication"),
        ("cases/all", "Cases of the review"),
        ("cases/without-uses", "None of: Uses"),
        ("cases/alun/reasons", "Alun – Library, Reasons"),
        ("reasons/flood/studies", "Flood"),
        ("reasons/flood/group-cases", "Flood, reported only as part of a group"),
        ("reasons/all/codes", "Reasons in use"),
        ("leaflet/2/cases", "2. People"),
        ("leaflet/inside/rows", "Rows of the printed table: Inside"),
        ("outcome/moved/cases", "Outcome: Moved"),
        ("since/not-reported/cases", "Since: looked for, not reported"),
        ("frameworks/needs/building/counter-evidence", "Needs, A dry building: counter-evidence"),
        ("frameworks/needs/any-evidence", "Needs: evidence for at least one item"),
        ("frameworks/needs/without-evidence", "Needs: evidence for none of the items"),
        ("of/no/form", "of/no/form"),
    ],
)
def test_a_title_says_what_a_number_is_of(name: str, title: str) -> None:
    """Labels of the codebook take the place of ids."""
    assert number_title(name, Wording(found())) == title


def test_every_number_has_a_title_of_its_own() -> None:
    """No title is an id, and with its unit each tells its number from all others.

    Records without a year are counted under two ids, once among all records and once among the years.
    """
    findings = found()
    wording = Wording(findings)
    titles = [
        (number_title(one.id, wording), one.unit)
        for one in findings.evidence.numbers.values()
        if one.id != "years/none/records"
    ]

    assert [title for title, _ in titles if "/" in title] == []
    assert len(set(titles)) == len(titles)
