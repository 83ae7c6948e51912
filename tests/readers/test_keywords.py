"""Lists of keywords: what parts them, and what is no part of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Source
from benang.readers.bibtex import read_bibtex
from benang.readers.keywords import keyword_list, parted_groups, tidy_keywords
from benang.readers.ris_and_wos import read_ris


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("rent, stalls, permits, towns; vendors", ("rent", "stalls", "permits", "towns", "vendors")),
        ("rent, stalls, permits; towns, vendors, law", ("rent, stalls, permits", "towns, vendors, law")),
        ("rent, stalls, permits, law; towns, vendors", ("rent", "stalls", "permits", "law", "towns", "vendors")),
        ("Child, Preschool; Receptors, Tumor Necrosis Factor, Type I", None),
        ("Models, Biological; Rent; Stalls; Bank, World, of, Towns; Law", None),
        ("2,4,6,8-tetramethyl-N,N-contoh; rent", None),
        ("(Ga;Mn)As; rent", ("(Ga;Mn)As", "rent")),
        ("rent (of stalls; law", ("rent (of stalls", "law")),
        ("sewa；pasar", ("sewa", "pasar")),
    ],
)
def test_a_lone_semicolon_does_not_make_giants_of_a_list_of_commas(
    written: str, listed: tuple[str, ...] | None
) -> None:
    """Commas part where they stand in one piece thrice and often; headings that are turned round stay whole."""
    assert keyword_list(written) == (listed or tuple(written.split("; ")))


def test_a_lone_semicolon_in_a_file_of_commas_is_a_comma() -> None:
    """A RIS whose other records part keywords by commas shows what its separator is."""
    text = "TY  - JOUR\nTI  - A\nKW  - rent, stalls, law\nER  - \n"
    text += "TY  - JOUR\nTI  - B\nKW  - towns, vendors; law, tax\nER  - \n"
    records = read_ris(Source("a.ris", "a.ris", text.encode())).records
    assert records[1].author_keywords == ("towns", "vendors", "law", "tax")


@pytest.mark.parametrize(
    ("keyword", "tidied"),
    [
        ("*Markets", "Markets"),
        ("* Markets", "Markets"),
        ("Rent/*economics/*law", "Rent/economics/law"),
        ("Rent [*economics, *law]", "Rent [economics, law]"),
        ("Rent [economics, *law & tax]", "Rent [economics, law & tax]"),
        ("- rent", "rent"),
        ("• rent", "rent"),
        ("rent.", "rent"),
        ("Invented's law.", "Invented's law"),
        ("rent...", "rent"),
        ("rent,", "rent"),
    ],
)
def test_marks_around_a_keyword_are_taken_off(keyword: str, tidied: str) -> None:
    """The star of a main topic, bullets, and what ended a list are no part of a keyword."""
    assert tuple(tidy_keywords(["first", keyword])) == ("first", tidied)


@pytest.mark.parametrize(
    "keyword",
    [
        "C*-algebras", "A* search", "HLA-B*57:01", "*-operad", ".NET", "C++", "U.S.", "e.g.", "Zea mays L.",
        "Contoh Inc.", "Aedes spp.", "windbreaks, shelterbelts, etc.", "Nano-", "(Ga", "π", "∞", "3'-UTR",
        "a: b", "Umpama, J.",
    ],
)  # fmt: skip
def test_marks_that_belong_to_a_keyword_stay(keyword: str) -> None:
    """Stars of mathematics and genes, abbreviations and symbols are keywords as they stand."""
    keywords = ["first", keyword]
    assert tidy_keywords(keywords) is keywords


@pytest.mark.parametrize("junk", ["...", "…", ")", "~", "-", "*", ";", "( )", "--"])
def test_punctuation_alone_is_no_keyword(junk: str) -> None:
    """What a program left where it cut a list is dropped."""
    assert tuple(tidy_keywords(["rent", junk])) == ("rent",)


def test_the_label_of_the_list_is_no_part_of_its_first_keyword() -> None:
    """Journals write the word before the list, in their language."""
    for label in ("Keywords: ", "Key words—", "Kata kunci : ", "KATA KUNCI: ", "Index Terms—"):
        assert tuple(tidy_keywords([f"{label}rent", "Law: a history"])) == ("rent", "Law: a history")


@pytest.mark.parametrize("run", ["é", "城", "é.", "é ", "é..", ".", ". ", "…", "*", "/*", "-", "…."])
def test_a_keyword_of_one_run_takes_a_time_that_grows_with_its_length(run: str) -> None:
    """A hundred thousand characters take no second, whatever they are."""
    start = time.process_time()
    tidy_keywords([f"é{run * (100_000 // len(run))}x", f"é{run * (100_000 // len(run))}."])
    assert time.process_time() - start < 1


@given(st.lists(st.text(min_size=1, max_size=20), max_size=6))
def test_tidying_twice_is_tidying_once(keywords: list[str]) -> None:
    """What was tidied has nothing left to take off, but for marks behind marks."""
    once = tuple(tidy_keywords(keywords))
    assert len(once) <= len(keywords)
    assert all(once)


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
    assert parted_groups(written) == tuple(keywords.split("|"))


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
