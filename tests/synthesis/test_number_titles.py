"""What a number counts is told from its id."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import found

from benang.synthesis.number_titles import number_title
from benang.synthesis.wording import Wording


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("records/all", "Records of the review"),
        ("years/2010/records", "Records of 2010"),
        ("years/none/studies", "Studies without a year of publication"),
        ("cases/all", "Cases of the review"),
        ("cases/without-uses", "No code of: Uses"),
        ("cases/alun/reasons", "Alun – Library, Reasons"),
        ("reasons/flood/studies", "Flood"),
        ("reasons/flood/group-cases", "Flood, told only as part of a group"),
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
