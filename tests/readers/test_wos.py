"""Web of Science plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.source import Reading, Source
from benang.readers.wos import is_wos, read_wos


def _read(text: str) -> Reading:
    return read_wos(Source("a.txt", "a.txt", text.encode()))


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Return the reading of three invented records."""
    path = Path(__file__).resolve().parent.parent / "data" / "exports" / "wos-3.txt"
    return read_wos(Source(path.name, path.name, path.read_bytes().removeprefix(b"\xef\xbb\xbf")))


def test_wrapped_text_is_one_text_and_wrapped_lists_are_split(reading: Reading) -> None:
    """Indented lines go on with titles and keywords; each is a value of its own in references and addresses."""
    record = reading.records[0]

    assert record.title == "The red thread of sister cities, and of the many towns that have followed"
    assert record.author_keywords == ("sister city", "paradiplomacy", "local government")
    assert record.index_keywords == ("AGREEMENTS", "TRADE")
    assert record.references == (
        "Umpama D, 2010, J PLACES, V4, P1, DOI 10.9999/jp.2010.1",
        "Misal E, 1999, TRADE REV, V2, P3",
    )
    assert len(record.affiliations) == 2


def test_authors_are_full_names_where_there_are_any(reading: Reading) -> None:
    """AF comes before AU; without AF the names of AU are taken, and nobody is no author."""
    assert [record.authors for record in reading.records] == [
        ("Contoh, Ani Budi", "Teladan, Citra"),
        ("Umpama, D",),
        (),
    ]


def test_identifiers_numbers_and_types_are_read(reading: Reading) -> None:
    """Ids, DOI in lower case, citations, pages, article numbers and types stand where they belong."""
    first, second, third = reading.records

    assert (first.key, first.doi, first.citations) == ("WOS:900000000000001", "10.9999/cr.2021.0001", 7)
    assert (first.first_page, first.last_page, first.year) == ("101", "115", 2021)
    assert [record.type for record in reading.records] == ["article", "chapter", "article"]
    assert second.article_number == "1735"
    assert third.year == 2022
    assert reading.notes == ()


def test_lines_tell_where_a_record_begins(reading: Reading) -> None:
    """Place and line of each record are those in the file."""
    assert [(record.place, record.line) for record in reading.records] == [(1, 3), (2, 39), (3, 50)]


def test_a_missing_last_line_is_noted() -> None:
    """Without `EF` the file may have been cut between two records: the account says so."""
    assert "does not end with the line `EF`" in _read("FN x\nVR 1.0\nPT J\nTI a\nER\n").notes[0]


def test_files_put_behind_each_other_are_read() -> None:
    """Headings and endings within a file, as from joining several, are no records and no strays."""
    reading = _read("FN x\nVR 1.0\nPT J\nTI a\nER\n\nEF\n" * 3)

    assert (reading.found, len(reading.records), reading.notes) == (3, 3, ())


def test_a_cut_record_is_set_aside() -> None:
    """A record in which the file ends is set aside with its line and the line that would end it."""
    reading = _read("FN x\nVR 1.0\nPT J\nTI a\nER\nPT J\nTI b\n")

    assert [record.title for record in reading.records] == ["a"]
    assert (reading.set_aside[0].record, reading.set_aside[0].line) == (2, 6)
    assert "or add the line `ER` at the end" in reading.set_aside[0].reason


@pytest.mark.parametrize("head", ["FN Clarivate\nVR 1.0\nPT J\n", "PT J\nAU x\n", "\n\nPT B \n"])
def test_the_form_is_recognised_with_or_without_its_heading(head: str) -> None:
    """The heading, or a line that begins a record, tells the form."""
    assert is_wos(head)


@pytest.mark.parametrize("head", ["PT\tAU\tBA\n", "TY  - JOUR\n", "PTX J\n", "PT Journal of\n", ""])
def test_other_forms_are_not_taken_for_it(head: str) -> None:
    """The tab-delimited form and RIS are others."""
    assert not is_wos(head)


@pytest.mark.parametrize(
    ("types", "status"),
    [
        ("Article; Retracted Publication", "retracted"),
        ("Article; Publication with Expression of Concern", "concern"),
        ("Review; Withdrawn Publication", "retracted"),
        ("Retraction", "retraction notice"),
        ("Correction", "correction notice"),
        ("Article; Early Access", ""),
    ],
)
def test_document_types_tell_what_became_of_a_paper(types: str, status: str) -> None:
    """Web of Science adds them behind the type."""
    assert _read(f"PT J\nTI Kota\nDT {types}\nUT WOS:1\nER\nEF").records[0].status == status


def test_ids_topics_orcids_and_status_are_read() -> None:
    """OI stands by names that may differ; WC are topics, SN and EI standard numbers, UT and PM ids."""
    record = _read(
        "PT J\nAU Contoh, AB\n   Teladan, C\nAF Contoh, Ani Budi\n   Teladan, Citra\nBE Misal, E\nTI Kota\nJ9 JK\n"
        "DT Article; Retracted Publication\nOI Contoh, Ani/0000-0002-1825-0097; Lain, X/0000-0001-5109-3700\n"
        "WC Urban Studies; Political\n   Science\nSN 9999-0001\nEI 9999-0002\nBN 978-3-16-148410-0\nPM 123\n"
        "UT WOS:1\nER\nEF"
    ).records[0]

    assert record.author_ids == ("orcid:0000-0002-1825-0097", "")
    assert (record.topics, record.editors) == (("Urban Studies", "Political Science"), ("Misal, E",))
    assert (record.issn, record.isbn) == (("9999-0001", "9999-0002"), ("9783161484100",))
    assert (record.identifiers, record.status) == (("wos:1", "pmid:123"), "retracted")
    assert record.source_abbreviation == "JK"


def test_a_whole_name_decides_an_orcid_before_an_initial_does() -> None:
    """Of two authors with one family name and initial, the one whose whole name stands by an ORCID has it."""
    text = "PT J\nAF Li, Xin\n   Li, Xu\nTI a\nOI Li, X/0000-0002-1825-0097; Li, Xu/0000-0001-5109-3700\nER\nEF"

    assert _read(text).records[0].author_ids == ("orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700")


def test_a_chapter_does_not_take_the_doi_of_its_book() -> None:
    """`D2` is the DOI of the book: a record of the book itself has it, a chapter without one has none."""
    text = "FN Clarivate\nVR 1.0\nPT B\nTI A\nDT {}\nD2 10.9999/book\n{}UT WOS:1\nER\nEF\n"
    assert _read(text.format("Article; Book Chapter", "")).records[0].doi == ""
    assert _read(text.format("Article; Book Chapter", "DI 10.9999/own\n")).records[0].doi == "10.9999/own"
    assert _read(text.format("Book", "")).records[0].doi == "10.9999/book"
