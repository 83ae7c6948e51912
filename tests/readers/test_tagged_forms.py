"""What holds for every form of tagged text: one work comes out alike, and any input ends in records or reasons."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Reading, Source
from benang.readers.counted_text import is_cochrane_text, is_ovid, read_cochrane_text, read_ovid
from benang.readers.endnote import is_endnote_tagged, is_refworks, read_endnote_tagged, read_refworks
from benang.readers.medline import read_medline
from benang.readers.registry import read
from benang.readers.ris_and_wos import read_ris, read_wos
from benang.records.names import split_name
from benang.records.record import Record

Reader = Callable[[Source], Reading]
READERS: dict[str, tuple[Reader, list[str]]] = {
    "RIS": (read_ris, ["TY  - JOUR", "ER  - ", "TI  - a", "KW  - a, b; c", "AU  - A, B.", "N1  - References: a;",
                       "M1  - (a) b", "C3  - PUBMED 1", "UR  - https://doi.org/10.1/a", "AN  - rayyan-1",
                       "TY - JOUR", " TY  - CONF"]),
    "WoS": (read_wos, ["PT J", "ER", "TI a", "   more", "AF A, B", "OI A, B/0000", "C1 [A] b", "EF", "UT WOS:1"]),
    "MEDLINE": (read_medline, ["PMID- 1", "SO  - x", "FAU - A, B", "AUID- ORCID: 0000", "PG  - 1-", "OWN - ERIC",
                               "      b"]),
    "EndNote": (read_endnote_tagged, ["%0 Book", "%T a", "%A b;c", "%K a, b", "%P 1-2", "%% x", "%U 10.1/a", "more"]),
    "Cochrane": (read_cochrane_text, ["Record #1 of 2", "US: x", "ID: a", "KY: a [b]; *c", "PM: PUBMED 1", "AU: A"]),
    "Ovid": (read_ovid, ["VN  - Ovid Technologies", "<1. >", "SO  - A. 1(2):3-4", "AU  - A [B]", "PG  - 1-"]),
    "RefWorks": (read_refworks, ["RT Book, Whole", "T1 a", "A1 b", "ER", "SP 1-", "more", "K1 a;b"]),
}  # fmt: skip


def _file(folder: Path, name: str, reader: Reader) -> tuple[Record, ...]:
    return reader(Source(name, name, (folder / "exports" / name).read_bytes())).records


def _likeness(record: Record) -> tuple[object, ...]:
    title = record.title.rstrip(".").casefold()
    families = [split_name(author)[0].casefold() for author in record.authors if not author.endswith("Group")]
    return title, families, record.year, record.doi, record.volume, record.first_page, record.last_page


def test_one_work_comes_out_alike_from_each_form(test_data: Path) -> None:
    """The same paper, invented, from PubMed, Google Scholar's EndNote and RefWorks has the same values."""
    records = [
        _file(test_data, "pubmed-2.nbib", read_medline)[0],
        _file(test_data, "scholar-2.enw", read_endnote_tagged)[0],
        _file(test_data, "refworks-2.txt", read_refworks)[0],
    ]

    assert {str(_likeness(record)) for record in records} == {str(_likeness(records[0]))}
    assert _likeness(records[0])[1] == ["contoh", "teladan"]


def test_real_works_come_out_alike_from_each_dialect(shared_data: Path) -> None:
    """A paper that several of seven real exports hold has one title, year, DOI, volume, pages and list of families."""
    folder = shared_data / "exports" / "seven-dialects"
    names = ["WoS_txt_example.txt", "WoS_ciw_example.ciw", "Scopus_ris_example.ris", "PubMed_example.txt",
             "Ovid_ris_example.ris", "ASP_ris_example.ris"]  # fmt: skip
    by_doi: dict[str, list[Record]] = {}
    for name in names:
        for record in read(folder / name).records:
            by_doi.setdefault(record.doi, []).append(record)
    several = [records for doi, records in by_doi.items() if doi and len(records) > 1]

    assert len(several) >= 3
    for records in several:
        assert {str(_likeness(record)) for record in records} == {str(_likeness(records[0]))}
        assert {record.article_number for record in records} == {records[0].article_number}


def test_endnote_tagged_records_are_read(test_data: Path) -> None:
    """Keywords stand one a line, an abstract has paragraphs; CNKI puts all authors into one line."""
    article, chapter = _file(test_data, "scholar-2.enw", read_endnote_tagged)

    assert article.author_keywords == ("sister city", "paradiplomacy")
    assert article.abstract == "First paragraph. Second paragraph."
    assert (article.type, article.issn) == ("article", ("9999-0001",))
    assert (chapter.authors, chapter.editors, chapter.source) == (
        ("张三", "李四"),
        ("Misal, Eko",),
        "Handbook of Places",
    )


def test_dots_for_further_authors_are_told(test_data: Path) -> None:
    """The dots that Google Scholar puts for further authors are no author, and the account says so."""
    source = Source("a.enw", "a.enw", (test_data / "exports" / "scholar-2.enw").read_bytes())

    assert read_endnote_tagged(source).notes == (
        "The export shortened the list of authors ('...'); the authors it names are kept (record 1).",
    )


def test_records_that_begin_with_another_tag_are_parted_by_blank_lines() -> None:
    """Digital Commons writes the title before the type."""
    text = b"%T Kota\n%0 Journal Article\n%A Contoh, Ani\n\n%T Desa\n%0 Thesis\n%D 2020\n"
    reading = read_endnote_tagged(Source("a.enw", "a.enw", text))

    assert [(record.title, record.type) for record in reading.records] == [("Kota", "article"), ("Desa", "thesis")]


def test_refworks_records_are_read(test_data: Path) -> None:
    """Ids, keywords, the abbreviation and editors stand where they belong."""
    article, chapter = _file(test_data, "refworks-2.txt", read_refworks)

    assert (article.key, dict(article.raw)) == ("", {"key": "7"})  # it counts the references of an account
    assert (article.source, article.source_abbreviation) == ("Cities and Regions", "Cities Reg")
    assert article.author_keywords == ("sister city", "paradiplomacy")
    assert (chapter.source, chapter.editors, chapter.year) == ("Handbook of Places", ("Misal, Eko",), 2019)


def test_the_forms_are_distinguished() -> None:
    """A line with the type tells EndNote's and RefWorks's forms; RIS and WoS are neither."""
    assert is_endnote_tagged("%0 Journal Article\n%T a\n")
    assert is_refworks("RT Journal Article\nSR Electronic\nID 1\n")
    assert not is_endnote_tagged("TY  - JOUR\n%0\n")
    assert not is_refworks("PT J\nAU RT Book\nT1 x\n")


def test_cochrane_plain_text_is_read() -> None:
    """Each value stands in a line with a colon; stars and qualifiers of keywords are no part of them."""
    text = (
        "Record #1 of 2\nID: CN-1\nAU: Misal, E\nAU: Umpama, D\nTI: Kota\nSO: Trials\nYR: 2011\nVL: 12\nPG: 39-41\n"
        "PM: PUBMED 21314913\nPT: Journal article\nKY: *Cities; Child [*psychology]\nDOI: 10.9999/t.1\nUS: x\n\n\n"
        "Record #2 of 2\nID: CN-2\nTI: Desa\n"
    )
    reading = read_cochrane_text(Source("a.txt", "a.txt", text.encode()))
    record = reading.records[0]

    assert is_cochrane_text(text)
    assert (record.authors, record.index_keywords) == (("Misal, E", "Umpama, D"), ("Cities", "Child"))
    assert (record.first_page, record.last_page, record.doi) == ("39", "41", "10.9999/t.1")
    assert record.identifiers == ("pmid:21314913",)
    assert (reading.found, reading.set_aside[0].record) == (2, 2)


def test_ovid_tagged_text_is_read() -> None:
    """The number of a record is no part of the one before it; the citation gives what has no tag."""
    text = (
        "<1. >\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R) <1946 to 2020>\nUI  - 123\nTI  - Kota\nAU  - Misal E\n"
        "SO  - Trade Review. 12(3):5-9, 2020 May.\nIS  - 9999-0001\nKW  - a; b\nPT  - Journal Article\n\n"
        "<2. >\nVN  - Ovid Technologies\nTI  - Desa\nYR  - 2021\n"
    )
    reading = read_ovid(Source("a.txt", "a.txt", text.encode()))
    first, second = reading.records

    assert is_ovid(text)
    assert (first.source, first.volume, first.issue, first.first_page) == ("Trade Review", "12", "3", "5")
    assert (first.identifiers, first.database, first.year) == (("pmid:123",), "Ovid MEDLINE(R)", 2020)
    assert (first.type, first.author_keywords, second.title) == ("article", ("a", "b"), "Desa")
    assert reading.notes == ()


def _check(reading: Reading) -> None:
    assert reading.found == len(reading.records) + len(reading.set_aside)


@pytest.mark.parametrize("form", READERS)
@given(data=st.data())
def test_any_lines_are_accounted_for(form: str, data: st.DataObject) -> None:
    """Whatever the order of lines, records found are read or set aside."""
    reader, lines = READERS[form]
    text = "\n".join(data.draw(st.lists(st.sampled_from([*lines, ""]) | st.text(max_size=12))))
    _check(reader(Source("a", "a", text.encode())))


@pytest.mark.parametrize("form", READERS)
@given(text=st.text(max_size=300))
def test_any_text_within_a_record_is_accounted_for(form: str, text: str) -> None:
    """Any characters in a value, control characters among them, end in a record or a reason."""
    reader, lines = READERS[form]
    _check(reader(Source("a", "a", "\n".join([lines[0], lines[2], text, lines[1], ""]).encode("utf-8", "replace"))))


@pytest.mark.parametrize("form", READERS)
def test_many_tags_and_a_long_line_are_read_in_linear_time(form: str) -> None:
    """50,000 tags in one record and lines of a hundred kilobytes take seconds: quadratic time would take an hour."""
    reader, lines = READERS[form]
    began = time.process_time()
    middle = [line for line in lines[2:] if not line.lstrip().startswith(("TY", "OWN", "EF", "ER"))]
    _check(reader(Source("a", "a", "\n".join([lines[0], *middle * (50_000 // len(middle)), lines[1], ""]).encode())))
    for piece in ("10.1", "(", "a; ", "A.-", "; 1: ", "  - ", "&amp;", "WOS:", "doi:", "Cited By :"):
        text = "\n".join([lines[0], *(line + piece * 25_000 for line in middle), lines[1], ""])
        _check(reader(Source("a", "a", text.encode())))
    assert time.process_time() - began < 20
