"""Works of Crossref: pages, references in parts, updates."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.crossref import read_crossref, reference_of
from benang.readers.source import Source


def test_a_work_fills_a_record(test_data: Path) -> None:
    """Every field that a work carries is in its record; the abstract is as it was deposited."""
    data = (test_data / "exports" / "crossref-2.json").read_bytes()
    record = read_crossref(Source("a.json", "a.json", data)).records[0]
    assert (record.key, record.doi, record.type, record.year) == (
        "10.1234/contoh.1",
        "10.1234/contoh.1",
        "article",
        2021,
    )
    assert record.title == "Kota kembar: Sebuah telaah"
    assert record.authors == ("Contoh, Ani", "Kelompok Misal")
    assert record.author_ids == ("orcid:0000-0002-1825-0097", "")
    assert record.affiliations == ("Universitas Contoh, Indonesia",)
    assert record.affiliation_ids == ("ror:00contoh1",)
    assert (record.source, record.source_abbreviation) == ("Jurnal Contoh", "J Contoh")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("7", "2", "11", "29")
    assert record.issn == ("1234-5678", "8765-4321")
    assert record.abstract == "<jats:p>Kota bekerja sama.</jats:p>"
    assert record.references == ("Umpama D, 1999, J Towns, V12, P34, DOI 10.1234/twin.1", "Misal B. Desa. 2001.")
    assert (record.citations, record.language, record.topics) == (5, "id", ("Geography",))


def test_updates_tell_the_status(test_data: Path) -> None:
    """A work that a retraction updates is retracted; the retraction is a notice."""
    data = (test_data / "exports" / "crossref-2.json").read_bytes()
    reading = read_crossref(Source("a.json", "a.json", data))
    assert [record.status for record in reading.records] == ["retracted", "retraction notice"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"author": "A", "volume-title": "Book"}, "A, Book"),
        ({"DOI": "10.1/x", "doi-asserted-by": "crossref"}, ""),
        ({"DOI": "10.1234/x"}, "DOI 10.1234/x"),
        ({"unstructured": "A. B. doi:10.1234/X", "DOI": "10.1234/x"}, "A. B. doi:10.1234/X"),
        ({"article-title": "Of\ncities", "year": 2001}, "2001, Of cities"),
    ],
)
def test_references_are_joined_of_their_parts(parts: dict[str, object], said: str) -> None:
    """Parts that are there stand in the order of Web of Science's strings, on one line."""
    assert reference_of(parts) == said


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ('"issued": {"date-parts": [[2018, 3]]}, "created": {"date-parts": [[2002, 5, 1]]}', 2018),
        ('"issued": {"date-parts": [[null]]}, "created": {"date-parts": [[2002, 5, 1]]}', None),
        ('"deposited": {"date-parts": [[2020]]}, "indexed": {"date-parts": [[2021]]}', None),
        ('"issued": {"date-parts": [[null]]}, "posted": {"date-parts": [[2019, 1]]}', 2019),
    ],
)
def test_the_year_is_never_that_of_the_entry(dates: str, year: int | None) -> None:
    """`created`, `deposited` and `indexed` say when Crossref was told; a journal has no year."""
    data = f'{{"message": {{"DOI": "10.9999/x", "title": ["Kota"], "is-referenced-by-count": 0, {dates}}}}}'
    assert read_crossref(Source("a.json", "a.json", data.encode())).records[0].year == year
