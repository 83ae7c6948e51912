"""Keys stand once, by rules that ask for no order, and no key names one of two papers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benang.records.record import Record
from benang.records.unique_keys import key_of_work, unique_keys

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
