"""Groups of index keywords that Scopus's older BibTeX runs together at commas."""

from __future__ import annotations

import pytest

from benang.readers.bibtex import read_bibtex
from benang.readers.scopus_keywords import parted
from benang.readers.source import Source


@pytest.mark.parametrize(
    ("written", "keywords"),
    [
        ("Algorithms; Computing, Building; Costs; Markets", "Algorithms|Computing|Building|Costs|Markets"),
        ("Costs;  Losses, Budgets;  Rents, Decision making", "Costs|Losses|Budgets|Rents|Decision making"),
        ("Costs; Rents, Markets, city planning; rent; town", "Costs|Rents|Markets|city planning|rent|town"),
        ("Costs, towns (of sorts)", "Costs|towns (of sorts)"),
        ("Boats; Child, Preschool; Female; Models, Biological; Mutation",
         "Boats|Child, Preschool|Female|Models, Biological|Mutation"),
        ("market; town, Adult; Aged, 80 and over; Humans", "market|town|Adult|Aged, 80 and over|Humans"),
        ("Receptors, Tumor Necrosis Factor; Risk", "Receptors, Tumor Necrosis Factor|Risk"),
    ],
)  # fmt: skip
def test_groups_are_parted_and_headings_stay_whole(written: str, keywords: str) -> None:
    """A group begins anew in the alphabet; a heading that is turned round stays in the order of its group."""
    assert parted(written) == tuple(keywords.split("|"))


def _index_keywords(*lists: str) -> list[tuple[str, ...]]:
    entries = "".join(
        f"@ARTICLE{{a{n},\nauthor={{Umpama, A.}},\ntitle={{T}},\nauthor_keywords={{Rent; Town}},\n"
        f"keywords={{{keywords}}},\nsource={{Scopus}},\n}}\n\n" for n, keywords in enumerate(lists)
    )  # fmt: skip
    return [record.index_keywords for record in read_bibtex(Source("s.bib", "s.bib", entries.encode())).records]


def test_the_index_keywords_of_an_old_export_are_parted() -> None:
    """Author keywords have no groups."""
    assert _index_keywords("Algorithms; Computing, Building; Costs") == [
        ("Algorithms", "Computing", "Building", "Costs")
    ]


def test_commas_stay_in_exports_that_part_groups_at_semicolons() -> None:
    """Where the alphabet begins anew without a comma, commas belong to keywords."""
    assert _index_keywords("Rents; Towns; Building, Brick; Costs; city; rent; Adult; Humans") == [
        ("Rents", "Towns", "Building, Brick", "Costs", "city", "rent", "Adult", "Humans")
    ]
