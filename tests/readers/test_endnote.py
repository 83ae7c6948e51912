"""EndNote XML: runs of style, lines within values, captions and notes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Source
from benang.readers.endnote import is_endnote_xml, read_endnote_xml


def read(data: bytes) -> Reading:
    """Read EndNote XML."""
    return read_endnote_xml(Source("a.xml", "a.xml", data))


def test_an_article_fills_a_record(test_data: Path) -> None:
    """Runs of style are joined, lines become values, the caption and Rayyan's notes decisions."""
    record = read((test_data / "exports" / "endnote-2.xml").read_bytes()).records[0]
    assert (record.raw["key"], record.type, record.year) == ("41", "article", 2021)
    assert record.title == "Kota kembar & desa"
    assert record.authors == ("Contoh, Ani", "Misal, B.")
    assert (record.source, record.source_abbreviation) == ("Jurnal Contoh", "J Contoh")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("7", "2", "11", "29")
    assert record.author_keywords == ("kota", "desa")
    assert record.issn == ("1234-5678", "8765-4321")
    assert record.abstract == "Baris satu. Baris dua."
    assert record.affiliations == ("Universitas Contoh", "Universitas Misal")
    assert record.decisions == ("Duplicate", 'RAYYAN-INCLUSION: {"Ani"=>"Included"}', "RAYYAN-LABELS: kota")
    assert record.identifiers == ("pmid:30000001", "pmcid:PMC7000001")
    assert (record.doi, record.url) == ("10.1234/contoh.7", "https://contoh.example/7")
    assert (record.database, record.language) == ("Medline", "Indonesian")


def test_a_chapter_has_editors_and_a_book(test_data: Path) -> None:
    """Secondary authors of a section are editors, its secondary title is the book."""
    record = read((test_data / "exports" / "endnote-2.xml").read_bytes()).records[1]
    assert (record.type, record.authors, record.editors) == ("chapter", ("Sukarno",), ("Redaksi, Eka",))
    assert (record.source, record.publisher, record.isbn) == ("Buku kota", "Misal Press", ("9783161484100",))
    assert (record.place, record.database) == (2, "EndNote")


def test_the_real_file(shared_data: Path) -> None:
    """All 505 records are read in the file's order, 281 with the caption of a duplicate."""
    data = (shared_data / "duplicates" / "copper-505-endnote.xml").read_bytes()
    reading = read(data)
    assert is_endnote_xml(data[:65_536].decode("utf-8", "ignore"))
    assert (reading.found, len(reading.records), reading.set_aside) == (505, 505, ())
    assert [record.place for record in reading.records] == list(range(1, 506))
    assert sum(record.decisions == ("Duplicate",) for record in reading.records) == 281
    assert sum(bool(record.doi) for record in reading.records) == 380


@given(st.binary(max_size=300))
def test_any_bytes_end_in_records_or_a_message(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        reading = read(b"<records><record><rec-number>1</rec-number></record>" + data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)
