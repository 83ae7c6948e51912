"""Results of Europe PMC, full and short."""

from __future__ import annotations

from pathlib import Path

from benang.readers.europe_pmc import read_europe_pmc
from benang.readers.source import Source


def test_a_full_result_fills_a_record(test_data: Path) -> None:
    """Names, ORCID, MeSH with qualifiers and the erratum are read."""
    data = (test_data / "exports" / "europe-pmc-2.json").read_bytes()
    record = read_europe_pmc(Source("a.json", "a.json", data)).records[0]
    assert (record.key, record.type, record.year, record.status) == ("30000001", "article", 2021, "corrected")
    assert record.authors == ("Contoh, Ani", "Misal Group")
    assert record.author_ids == ("orcid:0000-0002-1825-0097", "")
    assert (record.source, record.source_abbreviation) == ("Jurnal Contoh", "J. Contoh")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("7", "2", "1021", "1029")
    assert record.affiliations == ("Universitas Contoh, Indonesia.",)
    assert record.index_keywords == ("Cities/trends", "Humans")
    assert record.author_keywords == ("sister city", "health")
    assert record.identifiers == ("pmid:30000001", "pmcid:PMC7000001")
    assert (record.citations, record.issn) == (3, ("1234-5678", "8765-4321"))


def test_a_short_result_has_the_line_of_authors(test_data: Path) -> None:
    """A short result gives names with initials, a mononym as it stands, the journal in short."""
    data = (test_data / "exports" / "europe-pmc-2.json").read_bytes()
    record = read_europe_pmc(Source("a.json", "a.json", data)).records[1]
    assert record.authors == ("Umpama, DE.", "Sukarno")
    assert (record.source, record.volume, record.issn) == ("J Contoh", "1", ("1234-5678", "8765-4321"))
    assert (record.type, record.year, record.citations) == ("unpublished", 2023, 0)
