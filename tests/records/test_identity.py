"""The key that a record says may stand anywhere, and follows from nothing but what the record says."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.project.folder import heading
from benang.project.papers import file_name
from benang.records.identity import key_of_work, said_key, text_key, unique_keys
from benang.records.record import Record
from benang.records.user_tables import neutral

pytestmark = pytest.mark.fast

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


PAPER = Record(
    "umpama2018", title="Night markets and their rent", authors=("Umpama, A.",), year=2018, volume="4", first_page="11"
)


@pytest.mark.parametrize(
    "changes",
    [
        {"citations": 7},
        {"title": "NIGHT MARKETS AND THEIR RENT."},
        {"title": "Night markets and their rent: a study of two towns"},
        {"year": 2017},
        {"volume": ""},
        {"authors": ()},
        {"volume": "04"},
    ],
)
def test_one_paper_told_twice_is_numbered(changes: dict[str, object]) -> None:
    """What an export says more or less, or in other letters, makes no other paper."""
    assert sorted(unique_keys([PAPER, replace(PAPER, **changes)])) == ["umpama2018", "umpama2018-2"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Night markets and rents of vendors"},
        {"authors": ("Contoh, B.",)},
        {"year": 2020},
        {"volume": "5"},
        {"first_page": "97"},
        {"doi": "10.9999/other"},
    ],
)
def test_two_papers_of_one_id_both_lose_it(changes: dict[str, object]) -> None:
    """Each has a hash of its own behind the id, the same whatever stands beside it."""
    first = replace(PAPER, doi="10.9999/x")
    other = replace(first, **changes)  # type: ignore[arg-type]
    third = Record("umpama2018", title="Quite another one")
    one, two = unique_keys([first, other])

    assert one != two
    assert all(key.startswith("umpama2018-") for key in (one, two))
    assert unique_keys([third, other, first])[1:] == [two, one]


def test_an_id_that_a_database_gave_is_of_one_paper_however_it_is_told() -> None:
    """A title in its own language beside a translated one makes no second paper of one PMID."""
    one = Record("123", title="Pasar malam", identifiers=("pmid:123",))
    assert sorted(unique_keys([one, replace(one, title="Night markets")])) == ["123", "123-2"]


def test_the_order_decides_nothing() -> None:
    """However records are shuffled, each has the same key."""
    records = [replace(PAPER, citations=n) for n in range(4)] + [replace(PAPER, key="a"), replace(PAPER, key="a-2")]
    keys = dict(zip(map(repr, records), unique_keys(records), strict=True))
    shuffled = [records[at] for at in (5, 2, 0, 4, 3, 1)]
    assert dict(zip(map(repr, shuffled), unique_keys(shuffled), strict=True)) == keys


def test_many_records_of_one_id_take_no_more_than_their_number() -> None:
    """An export that gives every record one id is no trap."""
    records = [Record("0x", title=f"Kota {n}") for n in range(20_000)]
    assert len(set(unique_keys(records))) == 20_000


def test_the_key_of_a_work_is_none_with_a_number() -> None:
    """A record numbered behind another one of the work names it second."""
    assert key_of_work(["WOS:1-2", "WOS:1", "z"]) == "WOS:1"
