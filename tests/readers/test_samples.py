"""Small exports of many databases and tools, invented and true to the form: one work comes out of all of them alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benang.readers.registry import read
from benang.records.names import author_key, split_name
from benang.records.record import Record

SAMPLES = Path(__file__).parents[1] / "data" / "exports" / "samples"
PLACE, SHORT = ("1234-5679",), ("1234-5679", "2345-6785")
TWO, CITY = ("sister cities", "city diplomacy"), ("city diplomacy", "sister cities")
RAYYAN = (
    'RAYYAN-INCLUSION: {"Ani"=>"Included", "Budi"=>"Excluded"}',
    "RAYYAN-LABELS: asia,city",
    "RAYYAN-EXCLUSION-REASONS: wrong outcome",
    'USER-NOTES: {"Budi"=>["only one city"]}',
)
BANDUNG = "Universitas Contoh, Bandung, Indonesia"
WOS: dict[str, Any] = {
    "issn": SHORT, "author_keywords": TWO, "index_keywords": ("networks",), "citations": 7,
    "topics": ("Urban Studies",), "author_ids": ("orcid:0000-0002-1825-0097", ""),
}  # fmt: skip
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("cochrane.txt", "Cochrane text", {"index_keywords": ("Cities", "Humans"), "identifiers": ("pmid:30000001",)}),
    ("citavi.ris", "RIS", {"author_keywords": TWO, "issn": PLACE, "source_abbreviation": "J. Invent. Cities"}),
    ("covidence.csv", "Covidence CSV", {"decisions": ("asia; full text needed", "Exclusion reason: Wrong outcome;")}),
    ("covidence.ris", "RIS",
     {"decisions": ("Exclusion reason: Wrong outcome; Ani (2026-11-01): only one city",)}),
    ("dimensions.csv", "Dimensions",
     {"citations": 7, "issn": SHORT, "topics": ("44 Human Society", "4407 Policy and Administration"),
      "affiliations": (BANDUNG, "Institut Misal, Yogyakarta, Indonesia"), "index_keywords": ("Cities", "Humans"),
      "identifiers": ("pmid:30000001", "pmcid:PMC7000001", "dimensions:pub.1100000001")}),
    ("dimensions.ris", "RIS", {"identifiers": ("dimensions:pub.1100000001",), "database": "Dimensions"}),
    ("doaj.csv", "DOAJ CSV", {"author_keywords": TWO, "issn": SHORT, "language": "EN"}),
    ("ebsco.ris", "RIS",
     {"author_keywords": ("Sister cities", "Diplomacy"), "issn": PLACE, "database": "EBSCOhost (asn)"}),
    ("embase.csv", "Embase CSV",
     {"author_keywords": CITY, "index_keywords": ("city", "human relation", "politics"),
      "identifiers": ("pmid:30000001", "embase:L2000000001")}),
    ("embase.ris", "RIS",
     {"author_keywords": ("city", "diplomacy", "human relation"), "affiliations": (BANDUNG,),
      "identifiers": ("embase:L2000000001", "pmid:30000001"), "database": "Embase"}),
    ("endnote.xml", "EndNote XML", {"author_keywords": TWO, "issn": SHORT, "affiliations": (BANDUNG,)}),
    ("eppi.json", "EPPI-Reviewer JSON",
     {"author_keywords": TWO, "decisions": ("Included in review", 'INCLUDE "on" title: clear'), "issn": PLACE}),
    ("eppi.ris", "RIS", {"author_keywords": ("sister cities",), "decisions": ("included in synthesis",)}),
    ("eppi.xls", "EPPI-Reviewer Excel", {"author_keywords": ("sister cities",), "decisions": ("E",)}),
    ("lens.csv", "Lens CSV",
     {"author_keywords": TWO, "index_keywords": ("Cities", "Humans"), "citations": 7, "issn": SHORT,
      "references": ("001-111-222-333-444", "002-111-222-333-444"),
      "identifiers": ("pmid:30000001", "pmcid:PMC7000001", "lens:000-111-222-333-444")}),
    ("lens.ris", "RIS", {"author_keywords": TWO, "issn": SHORT, "identifiers": ("lens:000-111-222-333-444",),
                         "database": "Lens"}),
    ("mendeley.bib", "BibTeX", {"author_keywords": CITY, "issn": PLACE, "identifiers": ("pmid:30000001",)}),
    ("ovid.txt", "Ovid text", {"author_keywords": TWO, "database": "APA PsycInfo"}),
    ("proquest.ris", "RIS", {"affiliations": (BANDUNG,), "issn": PLACE, "database": "ProQuest One Academic"}),
    ("proquest.txt", "ProQuest text",
     {"author_keywords": TWO, "index_keywords": ("Cities", "Diplomacy"), "issn": PLACE, "type": "article",
      "key": "2500000001", "abstract": "Ties cool, slowly. Note: this word with a colon is no label.",
      "database": "ProQuest One Academic"}),
    ("proquest.xls", "ProQuest Excel",
     {"author_keywords": TWO, "index_keywords": ("Cities", "Diplomacy", "0999: Urban planning"), "issn": PLACE}),
    ("psycinfo.csv", "PsycInfo CSV",
     {"author_keywords": TWO, "index_keywords": ("Cities", "Diplomacy"), "topics": ("Social Psychology (3000)",)}),
    ("rayyan.csv", "Rayyan CSV",
     {"author_keywords": TWO, "decisions": RAYYAN, "identifiers": ("pmid:30000001", "pmcid:PMC7000001")}),
    ("rayyan.ris", "RIS", {"author_keywords": TWO, "decisions": RAYYAN}),
    ("refworks.txt", "RefWorks tagged", {"author_keywords": TWO, "issn": PLACE, "database": "EBSCOhost"}),
    ("wos.bib", "BibTeX", WOS | {"database": "Web of Science"}),
    ("wos.ciw", "Web of Science plain text",
     WOS | {"status": "retracted", "identifiers": ("wos:000000000000001", "pmid:30000001"),
            "references": ("Smith J, 2010, CITIES, V1, P1, DOI 10.99999/old.1", "Jones K, 2011, CITIES, V2, P3")}),
    ("wos-utf16.txt", "Web of Science tab-delimited",
     WOS | {"references": ("Smith J, 2010, CITIES, V1, P1", "Jones K, 2011, CITIES, V2, P3")}),
    ("wos.xls", "Web of Science Excel", WOS),
    ("zotero.bib", "BibTeX", {"author_keywords": ("sister cities", "Cities", "Humans"), "language": "en"}),
    ("zotero.csv", "Zotero CSV",
     {"author_keywords": ("to read", "sister cities"), "index_keywords": ("Cities", "Humans"),
      "identifiers": ("pmid:30000001",), "source_abbreviation": "J. Invent. Cities"}),
]  # fmt: skip


def _first(name: str) -> tuple[Record, str]:
    corpus = read(SAMPLES / name)
    (account,) = corpus.ledger.files
    assert account.set_aside == ()
    return corpus.records[0], account.format


@pytest.mark.parametrize(("name", "form", "fields"), CASES, ids=[name for name, _, _ in CASES])
def test_one_work_comes_out_of_every_form(name: str, form: str, fields: dict[str, Any]) -> None:
    """The form is told; title, year, source, volume, issue, pages, DOI and what else the form carries are in place."""
    record, told = _first(name)

    assert told == form
    assert record.title.startswith("Sister cities that drift apart")
    assert (record.year, record.source.lower()) == (2021, "journal of invented cities")
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("12", "3", "45", "60")
    assert record.doi == "10.99999/cities.2021.1"
    assert record.abstract.startswith("Ties ")
    assert {field: getattr(record, field) for field in fields} == fields


@pytest.mark.parametrize("name", [name for name, _, _ in CASES])
def test_the_authors_of_one_work_are_the_same_people_in_every_form(name: str) -> None:
    """Both stand in their order, with the family name told from the given name."""
    record, _ = _first(name)

    families = [split_name(author)[0] for author in record.authors]
    assert families == ["Contoh", "Teladan"]


@pytest.mark.parametrize("name", ["ieee.csv", "ieee.ris"])
def test_ieee_is_read_with_initials_behind_the_family_name(name: str) -> None:
    """A conference paper, by people whose initials stand first."""
    record, _ = _first(name)

    assert (record.type, record.authors) == ("proceedings", ("Contoh, A.", "Teladan, B."))
    assert record.source == "2021 Invented Conference on Cities (ICC)"
    assert (record.first_page, record.last_page, record.doi) == ("45", "50", "10.1109/inv.2021.1")


@pytest.mark.parametrize("name", ["pop.csv", "pop.ris", "pop.bib", "pop.enw"])
def test_publish_or_perish_gives_the_cites_in_each_of_its_forms(name: str) -> None:
    """Authors, cites and the source as Google Scholar cut it."""
    record, _ = _first(name)

    assert [author_key(author) for author in record.authors] == ["contoh, a", "teladan, b"]
    assert (record.year, record.citations, record.source) == (2021, 7, "Journal of Invented …")


@pytest.mark.parametrize("name", ["garuda.csv", "garuda.ris", "sinta.csv"])
def test_indonesian_indexes_are_read(name: str) -> None:
    """Volume and issue stand apart although the export puts them into one value."""
    record, _ = _first(name)

    assert record.title == "Kerja sama kota kembar yang memudar"
    assert (record.source, record.volume, record.issue, record.year) == ("Jurnal Hubungan Rekaan", "12", "3", 2021)
    assert len(record.authors) >= 2
    if name != "sinta.csv":
        assert record.author_keywords == ("kota kembar", "diplomasi kota", "paradiplomasi")


def test_biblatex_has_subtitles_theses_and_pages_of_the_web() -> None:
    """The subtitle goes with the title, and a body in braces is one author."""
    first, thesis, page = read(SAMPLES / "zotero-biblatex.bib").records

    assert first.title == "Sister cities that drift apart: Cooling ties"
    assert first.authors[2] == "van der Contoh, Eko"
    assert (thesis.type, thesis.year, thesis.publisher) == ("thesis", 2019, "Universitas Contoh")
    assert page.authors == ("Pemerintah Kota Contoh",)


def test_eric_has_its_numbers_and_descriptors() -> None:
    """An article of ERIC's API, with its type out of several."""
    record, _ = _first("eric.csv")

    assert (record.type, record.identifiers, record.index_keywords) == (
        "article", ("eric:EJ1000001",), ("Cities", "Schools"),
    )  # fmt: skip


def test_a_chapter_of_dimensions_is_one() -> None:
    """A type that is not known in the first column is looked for in the second."""
    assert read(SAMPLES / "dimensions.csv").records[1].type == "chapter"


def test_every_sample_is_named_in_a_test() -> None:
    """No sample lies here unread."""
    named = Path(__file__).read_text(encoding="utf-8")

    assert [path.name for path in SAMPLES.iterdir() if f'"{path.name}"' not in named] == []
