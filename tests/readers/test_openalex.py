"""Works of OpenAlex, in the schema of 2022 and today's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Source
from benang.readers.openalex import abstract_of, is_openalex, read_openalex


def read(data: bytes) -> Reading:
    """Read works."""
    return read_openalex(Source("a.json", "a.json", data))


def test_todays_schema_fills_a_record(test_data: Path) -> None:
    """Every field that a work carries is in its record."""
    record = read((test_data / "exports" / "openalex-2.json").read_bytes()).records[0]
    assert (record.key, record.type, record.year, record.language) == ("W4300000001", "article", 2021, "id")
    assert record.title == "Kota kembar dan <i>diplomasi</i> daerah"
    assert record.authors == ("Contoh, A.", "Siti Misal")
    assert record.author_ids == ("orcid:0000-0002-1825-0097", "openalex:A5000000002")
    assert record.affiliations == ("Universitas Contoh, Indonesia", "Dinas Misal, Kabupaten Umpama")
    assert record.affiliation_ids == ("ror:00contoh1", "")
    assert (record.source, record.publisher, record.issn) == ("Jurnal Contoh", "Penerbit Misal", ("1234-5678",))
    assert (record.volume, record.issue, record.first_page, record.last_page) == ("7", "2", "11", "29")
    assert record.doi == "10.1234/contoh.2021.7"
    assert record.url == "https://contoh.example/7"
    assert record.abstract == "Kota kembar bekerja sama."
    assert record.topics == ("Paradiplomacy and Subnational Relations",)
    assert record.index_keywords == ("Sister city", "Cities/trends")
    assert record.identifiers == ("openalex:W4300000001", "pmid:30000001", "pmcid:PMC7000001", "mag:2900000001")
    assert record.references == ("https://openalex.org/W2000000001", "https://openalex.org/W2000000002")
    assert (record.citations, record.status, record.database) == (12, "retracted", "OpenAlex")


def test_the_schema_of_2022_fills_a_record(test_data: Path) -> None:
    """Venue and concepts stand where source and topics stand today."""
    record = read((test_data / "exports" / "openalex-2.json").read_bytes()).records[1]
    assert (record.source, record.publisher, record.issn) == ("Prosiding Umpama", "Misal Press", ("8765-4321",))
    assert (record.type, record.topics) == ("proceedings", ("Politics", "Geography"))
    assert record.affiliations == ("Institut Misal, South Korea",)
    assert record.year == 2019


def test_an_abstract_is_put_back_in_order() -> None:
    """Each word stands at all its places; what is no place is passed over."""
    assert abstract_of({"a": [2, 0], "b": [1], "c": "x", "d": [None, 3]}) == "a b a d"


def test_other_json_is_no_openalex() -> None:
    """An id that is no work's is not taken for one."""
    assert not is_openalex('[{"id": "W", "title": "x"}]')
    assert not is_openalex('{"network": {"items": [{"id": 1}]}}')
    assert is_openalex('{"results": [{"id": "https://openalex.org/W12", "doi": null}]}')


def test_the_real_file(shared_data: Path) -> None:
    """All 410 works are read, 20 with references."""
    reading = read((shared_data / "exports" / "openalex-410.json").read_bytes())
    assert (reading.found, len(reading.records), reading.set_aside) == (410, 410, ())
    assert sum(bool(record.references) for record in reading.records) == 20


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["display_name", "id", "ror", "author", "source", "institutions"]), inner)
    ),
    max_leaves=8,
)
_NAMES = (
    "id doi title type authorships biblio ids topics concepts keywords mesh abstract_inverted_index publication_year "
    "primary_location host_venue referenced_works cited_by_count is_retracted language"
)


@given(st.lists(st.dictionaries(st.sampled_from(_NAMES.split()), _VALUES, min_size=1), min_size=1, max_size=3))
def test_values_of_any_kind_are_read(works: list[dict[str, Any]]) -> None:
    """Where a value is of another kind than it should be, the record is read without it."""
    assert len(read(json.dumps(works).encode()).records) == len(works)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_records_or_a_message(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        reading = read(data)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


@pytest.mark.parametrize("status", ["erratum", "retraction"])
def test_notices_are_recognised_by_their_type(status: str) -> None:
    """An erratum or a retraction is a notice of another work."""
    work = json.dumps({"id": "https://openalex.org/W1", "type": status, "is_retracted": False}).encode()
    assert read(work).records[0].status == {"erratum": "correction notice"}.get(status, "retraction notice")
