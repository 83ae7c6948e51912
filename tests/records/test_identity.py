"""The key that a record says may stand anywhere, and follows from nothing but what the record says."""

from __future__ import annotations

import csv
import io
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from benang.project.documents import heading
from benang.project.papers import file_name
from benang.records.cells import neutral
from benang.records.identity import said_key, text_key
from benang.records.record import Record

WINDOWS = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}

records = st.builds(
    Record,
    st.just(""),
    title=st.text(max_size=80),
    authors=st.lists(st.text(min_size=1, max_size=30), max_size=2).map(tuple),
    year=st.none() | st.integers(1000, 2999),
    doi=st.just("") | st.text(max_size=30).map(lambda end: f"10.9999/{end}"),
    identifiers=st.just(()) | st.text(max_size=9).map(lambda number: (f"pmid:{number}",)),
)


@given(records)
def test_a_key_may_stand_in_a_heading_in_toml_in_a_table_and_as_a_file(record: Record) -> None:
    """As it is, on every system."""
    key = said_key(record)

    assert heading(f"---\nrecord: {key}\n---\n")["record"] == key
    assert tomllib.loads(f'studies = ["{key}"]')["studies"] == [key]
    assert neutral(key) == key
    assert next(csv.reader(io.StringIO(f"{key},x"))) == [key, "x"]
    assert file_name(text_key(record)) == text_key(record)
    assert text_key(record).partition(".")[0] not in WINDOWS
    assert not text_key(record).isdigit()


def test_case_accents_and_marks_make_no_other_key() -> None:
    """Nor do the number of citations, an abstract, or what else a new export may say."""
    record = Record("", title="Pasar malam: café & sewa", authors=("Umpama, Ani",), year=2018)
    again = Record(
        "", title="PASAR MALAM – CAFE & SEWA.", authors=("UMPAMA, A.",), year=2018, citations=7, abstract="x"
    )
    assert said_key(record) == said_key(again)


def test_each_word_of_a_title_makes_another_key() -> None:
    """Also one that stands behind the words that the key shows."""
    titles = (
        "Night markets in a small town of the north",
        "Night markets in a small town of the south",
        "夜市",
        "夜市二",
    )
    assert len({said_key(Record("", title=title, authors=("Umpama, A.",), year=2018)) for title in titles}) == 4


def test_bodies_and_other_scripts_have_keys() -> None:
    """A body is cut, letters of other scripts are in the hash alone, and nothing at all is a record still."""
    body = Record("", title="Guidelines", authors=("World Health Organization",), year=2018)
    assert said_key(body).startswith("worldhealthorganizatio2018-guidelines-")
    assert said_key(Record("", title="Ночные рынки", authors=("Мисал, Е.",), year=2018)).startswith("2018-")
    assert said_key(Record("", title="夜市")).startswith("record-")
    assert said_key(Record("")).startswith("record-")
    assert said_key(Record("", abstract="One")) != said_key(Record("", abstract="Two"))


def test_a_doi_or_an_id_that_could_not_stand_everywhere_is_passed_over() -> None:
    """Semicolons part keys in tables."""
    record = Record("", title="Kota", doi="10.9999/(sici)1;2", identifiers=("pmid:123",))
    assert said_key(record) == "pmid:123"
