"""CSL-JSON of reference managers, and what Benang writes; the forms of JSON told apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Source
from benang.readers.csl_json import is_crossref, is_csl_json, read_crossref, read_csl_json, reference_of
from benang.readers.medline import is_europe_pmc, read_europe_pmc
from benang.readers.openalex import is_openalex
from benang.records.record import Record
from benang.writers.reference_files import csl_texts


def test_an_article_fills_a_record(test_data: Path) -> None:
    """Names with particles, dates, numbers and Zotero's note are read; keywords in one line are split and said."""
    data = (test_data / "exports" / "zotero-2.json").read_bytes()
    reading = read_csl_json(Source("a.json", "a.json", data))
    record = reading.records[0]
    assert (record.key, record.type, record.year) == ("http://zotero.org/users/1/items/ABC", "article", 2021)
    assert record.authors == ("Contoh, Ani", "van Eck, Budi", "Kelompok Misal")
    assert (record.source, record.source_abbreviation) == ("Jurnal Contoh", "J Contoh")
    assert (record.first_page, record.last_page, record.issn) == ("11", "29", ("1234-5678", "8765-4321"))
    assert (record.author_keywords, record.identifiers) == (("kota", "desa"), ("pmid:30000001",))
    assert reading.notes == ("Keywords given in one line were split at ',' (record 1).",)


def test_a_chapter_fills_a_record(test_data: Path) -> None:
    """A raw date gives the year; book, editors and ISBN are read."""
    data = (test_data / "exports" / "zotero-2.json").read_bytes()
    record = read_csl_json(Source("a.json", "a.json", data)).records[1]
    assert (record.type, record.year, record.source) == ("chapter", 2018, "Buku kota")
    assert (record.authors, record.editors, record.isbn) == (("Sukarno",), ("Redaksi, Eka",), ("9783161484100",))


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_LIST = st.lists(_TEXT, max_size=3).map(tuple)
_RECORDS = st.builds(
    Record,
    key=_TEXT,
    type=st.sampled_from(["article", "book", "other"]),
    title=st.just("") | _TEXT,
    authors=_LIST,
    author_ids=_LIST,
    year=st.none() | st.integers(1000, 2999),
    first_page=st.just("") | _TEXT,
    author_keywords=_LIST,
    index_keywords=_LIST,
    identifiers=_LIST,
    abstract=st.just("") | _TEXT,
    citations=st.none() | st.integers(0, 2**31 - 1),
    status=st.sampled_from(["", "retracted"]),
    origins=st.dictionaries(_TEXT, _TEXT, max_size=1),
)


@given(st.lists(_RECORDS, min_size=1, max_size=3))
def test_what_is_written_is_read_as_it_was(records: list[Record]) -> None:
    """A record that Benang wrote comes back equal in every field."""
    data = "".join(csl_texts(iter([records]))).encode()
    back = read_csl_json(Source("a.json", "a.json", data)).records
    assert [replace(one, file="", place=0, line=0) for one in back] == records


def test_values_that_no_field_holds_are_passed_over() -> None:
    """Under Benang's own key, a value of another kind is not taken over."""
    own = {"type": "x", "year": "2020", "authors": ["a", 1], "status": 3, "file": "b", "nothing": "c"}
    data = json.dumps([{"id": "a", "type": "book", "title": "T", "benang": own}]).encode()
    record = read_csl_json(Source("a.json", "a.json", data)).records[0]
    assert (record.type, record.year, record.authors, record.status, record.file) == (
        "other",
        None,
        ("a",),
        "",
        "a.json",
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [("crossref-2.json", 0), ("zotero-2.json", 1), ("europe-pmc-2.json", 2), ("openalex-2.json", 3)],
)
def test_the_forms_of_json_are_distinguished(test_data: Path, name: str, form: int) -> None:
    """One form, and one only, claims each file."""
    head = (test_data / "exports" / name).read_text(encoding="utf-8")
    claims = [is_crossref(head), is_csl_json(head), is_europe_pmc(head), is_openalex(head)]
    assert claims == [place == form for place in range(4)]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "date-parts", "name", "id", "author", "journal", "benang"]), inner)
    ),
    max_leaves=8,
)
_NAMES = (
    "id DOI title type author editor issued ISSN ISBN keyword page benang note reference update-to updated-by subject "
    "authorList journalInfo pubTypeList meshHeadingList keywordList authorString pubYear container-title affiliation"
)


@given(st.lists(st.dictionaries(st.sampled_from(_NAMES.split()), _VALUES, min_size=1), min_size=1, max_size=3))
def test_values_of_any_kind_are_read(works: list[dict[str, Any]]) -> None:
    """Where a value is of another kind than it should be, the record is read without it."""
    for read in (read_csl_json, read_crossref, read_europe_pmc):
        assert len(read(Source("a.json", "a.json", json.dumps(works).encode())).records) == len(works)


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


def test_a_paper_that_was_corrected_and_later_retracted_is_retracted() -> None:
    """Crossref lists all updates; the gravest counts."""
    updates = [{"type": kind, "DOI": "10.9999/n"} for kind in ("correction", "retraction", "erratum")]
    work = {"DOI": "10.9999/a", "title": ["Kota"], "reference-count": 0, "updated-by": updates}
    assert read_crossref(Source("a.json", "a.json", json.dumps([work]).encode())).records[0].status == "retracted"
