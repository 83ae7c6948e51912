"""PubMed's XML: articles and books."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.endnote import is_endnote_xml
from benang.readers.pubmed_xml import is_pubmed_xml, read_pubmed_xml
from benang.readers.source import Reading, Source


def read(data: bytes) -> Reading:
    """Read PubMed's XML."""
    return read_pubmed_xml(Source("a.xml", "a.xml", data))


def test_an_article_fills_a_record(test_data: Path) -> None:
    """Labels, ORCID, MeSH with qualifiers, references and the retraction are read."""
    record = read((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[0]
    assert (record.key, record.type, record.year, record.status) == ("40000001", "article", 2020, "retracted")
    assert record.title == "Sister cities and H2O & health."
    assert record.authors == ("Contoh, Ani Budi", "Misal, C, Jr", "Invented Cities Group")
    assert record.author_ids == ("orcid:0000-0002-1825-0097", "", "")
    assert record.affiliations == ("Universitas Contoh, Bandung, Indonesia.",)
    assert record.abstract == "BACKGROUND: Cities meet. RESULTS: They stay."
    assert (record.source, record.source_abbreviation) == ("Journal of invented cities", "J Invent Cities")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("12", "3", "1021", "1029")
    assert (record.doi, record.issn, record.language) == ("10.1234/invented.1", ("1234-5678",), "eng")
    assert record.author_keywords == ("sister city", "health")
    assert record.index_keywords == ("Cities/trends", "Humans")
    assert record.identifiers == ("pmid:40000001", "pmcid:PMC9000001")
    assert record.references == ("Umpama D. Twin towns. J Towns. 1999;1:2-3., DOI 10.1234/twin.1, PMID 9000001",)


def test_a_number_is_no_page(test_data: Path) -> None:
    """What stands for pages but is an article's number is one; a preprint is unpublished."""
    record = read((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[1]
    assert (record.article_number, record.first_page, record.type) == ("e0123456", "", "unpublished")


def test_a_chapter_of_a_book_is_read(test_data: Path) -> None:
    """A chapter has its book as source, the book's editors, publisher and ISBN."""
    record = read((test_data / "exports" / "pubmed-3.xml").read_bytes()).records[2]
    assert (record.key, record.type, record.title, record.year) == ("40000003", "chapter", "Rivers", 2018)
    assert (record.source, record.publisher) == ("Handbook of invented cities", "Misal Press")
    assert (record.authors, record.editors) == (("Sungai, Fajar",), ("Redaksi, Eka",))
    assert record.isbn == ("9783161484100",)


def test_the_two_forms_of_xml_are_distinguished(test_data: Path) -> None:
    """Neither form claims the other's files."""
    pubmed = (test_data / "exports" / "pubmed-3.xml").read_text(encoding="utf-8")
    endnote = (test_data / "exports" / "endnote-2.xml").read_text(encoding="utf-8")
    assert (is_pubmed_xml(pubmed), is_endnote_xml(pubmed)) == (True, False)
    assert (is_pubmed_xml(endnote), is_endnote_xml(endnote)) == (False, True)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_records_or_a_message(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        reading = read(b"<PubmedArticleSet><PubmedArticle></PubmedArticle>" + data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)
