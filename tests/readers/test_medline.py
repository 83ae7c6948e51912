"""MEDLINE as PubMed and ERIC write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers import Reading, Source
from benang.readers.medline import is_medline, read_europe_pmc, read_medline


def _read(text: str) -> Reading:
    return read_medline(Source("a.nbib", "a.nbib", text.encode()))


@pytest.fixture
def reading(test_data: Path) -> Reading:
    """Two invented records: a retracted paper and an erratum."""
    return _read((test_data / "exports" / "pubmed-2.nbib").read_text(encoding="utf-8"))


def test_full_names_groups_and_editors_are_distinguished(reading: Reading) -> None:
    """FAU comes before AU, a group is an author too, FED are editors; without FAU the names of AU are taken."""
    first, second = reading.records

    assert first.authors == ("Contoh, Ani Budi", "Teladan, Citra", "Sister Cities Group")
    assert first.editors == ("Misal, Eko",)
    assert second.authors == ("Umpama, D",)


def test_an_orcid_belongs_to_the_author_before_it(reading: Reading) -> None:
    """AUID is the id of the author before it, hyphened; there is one place for each author."""
    assert reading.records[0].author_ids == ("orcid:0000-0002-1825-0097", "", "")
    assert reading.records[1].author_ids == ()


def test_values_that_go_on_over_lines_are_one(reading: Reading) -> None:
    """Title and abstract go on in indented lines; a shared affiliation stands once."""
    record = reading.records[0]

    assert record.title == "Sister cities and what becomes of them."
    assert record.abstract == "An invented abstract in two lines."
    assert record.affiliations == (
        "Universitas Contoh, Bandung, Indonesia.",
        "University of Nowhere, Utrecht, Netherlands.",
    )


def test_numbers_ids_and_keywords_are_read(reading: Reading) -> None:
    """Shortened last pages are written out; MeSH are index keywords without the star of main topics."""
    record = reading.records[0]

    assert (record.key, record.doi, record.year) == ("90000001", "10.9999/cr.2021.0001", 2021)
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("15", "3", "101", "115")
    assert record.identifiers == ("pmid:90000001", "pmcid:PMC9000001")
    assert record.issn == ("9999-0001", "9999-0002")
    assert (record.source, record.source_abbreviation) == ("Cities and regions", "Cities Reg")
    assert record.author_keywords == ("sister city", "paradiplomacy")
    assert record.index_keywords == ("Cities/history", "Local Government/organization & administration")


def test_retracted_papers_and_notices_are_marked(reading: Reading) -> None:
    """The type of publication tells what became of a work."""
    assert [record.status for record in reading.records] == ["retracted", "correction notice"]


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ("RIN ", "retracted"),
        ("PRIN", "retracted"),
        ("RRI ", "retracted"),
        ("EIN ", "corrected"),
        ("ROF ", "retraction notice"),
        ("PROF", "retraction notice"),
        ("ECI ", "concern"),
        ("EIN - Kota. 2019\nRIN ", "retracted"),
    ],
)
def test_a_tag_that_names_a_notice_marks_the_work(tag: str, status: str) -> None:
    """PubMed names the notice of a retraction or correction in a tag of its own."""
    assert _read(f"PMID- 1\nTI  - Kota\n{tag}- Kota. 2020\nSO  - x\n").records[0].status == status


def test_a_cut_last_record_is_set_aside(test_data: Path) -> None:
    """PubMed's own citation stands last in each record: where it's missing in the last one, the file was cut."""
    text = (test_data / "exports" / "pubmed-2.nbib").read_text(encoding="utf-8")
    reading = _read(text[: text.index("PT  - Published")])

    assert (reading.found, len(reading.records)) == (2, 1)
    assert (reading.set_aside[0].record, reading.set_aside[0].line) == (2, 40)


def test_eric_has_no_pubmed_number() -> None:
    """ERIC's records begin with their owner, and have ERIC's number."""
    reading = _read(
        "OWN - ERIC\nTI  - Kota kembar\nAU  - Contoh, Ani\nJT  - Jurnal\nDP  - 2017\nISSN- ISSN-9999-0001\n"
        "OID - EJ1251011\nOT  - Cities\n\nOWN - ERIC\nTI  - Kota lain\nOID - ED395726\n"
    )

    assert [record.identifiers for record in reading.records] == [("eric:EJ1251011",), ("eric:ED395726",)]
    assert (reading.records[0].database, reading.records[0].issn) == ("ERIC", ("9999-0001",))


@pytest.mark.parametrize("head", ["PMID- 12\nOWN - NLM\n", "\n\nPMID- 1\n", "OWN - ERIC\nTI  - a\n"])
def test_the_form_is_recognised_by_its_first_tag(head: str) -> None:
    """The line that begins a record tells the form."""
    assert is_medline(head)


@pytest.mark.parametrize("head", ["TY  - JOUR\nAN  - PMID- 1\n", "PMID,Title\n", "@article{PMID- 1}", ""])
def test_other_forms_are_not_taken_for_it(head: str) -> None:
    """A number of PubMed within a line tells nothing."""
    assert not is_medline(head)


def test_real_pubmed_exports_are_read_whole(shared_data: Path) -> None:
    """335 records with CRLF: each is read, and nearly all have what PubMed gives."""
    data = (shared_data / "exports" / "pubmed-335-crlf.txt").read_bytes().replace(b"\r\n", b"\n")
    reading = read_medline(Source("a.txt", "a.txt", data))

    assert (reading.found, len(reading.records), reading.set_aside) == (335, 335, ())
    assert sum(bool(record.doi) for record in reading.records) == 331
    assert sum(bool(record.authors) for record in reading.records) == 335


def test_several_keywords_in_one_tag_are_parted() -> None:
    """Journals deposit a whole list as one keyword."""
    text = b"PMID- 1\nTI  - Kota\nOT  - rent; stalls\nOT  - law\nDP  - 2020\nSO  - x\n"
    record = read_medline(Source("a.nbib", "a.nbib", text)).records[0]
    assert record.author_keywords == ("rent", "stalls", "law")


def test_the_date_of_the_entry_is_not_the_year() -> None:
    """PubMed takes in old papers years later: what says when it did so is no year of publication."""
    text = b"PMID- 1\nTI  - Kota\nEDAT- 2002/05/01 00:00\nCRDT- 2002/05/01 00:00\nSO  - x\n"
    assert read_medline(Source("a.nbib", "a.nbib", text)).records[0].year is None


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
