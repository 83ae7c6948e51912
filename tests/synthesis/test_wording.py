"""Ids read as words in either language, and stand for themselves where nothing is known of them."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import found

from benang.synthesis.wording import Wording, state_words


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
