"""What differs between two groups of a map's records."""

from __future__ import annotations

import numpy as np
import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.maps.differences import map_difference
from benang.maps.map import Map
from benang.network.cooccurrence import cooccurrence_network


def _map(*records: str) -> Map:
    network = cooccurrence_network(keywords(*records), components="all")
    return Map(network, np.zeros((len(network), 2)), np.ones(len(network), np.int64))


MADE = _map("a,b", "a,b", "a", "b,c", "b,c", "a,c")
EARLY, LATE = ("r0", "r1", "r2"), ("r3", "r4", "r5")


def test_shares_are_of_the_records_of_each_group() -> None:
    """Counted by hand: a falls from all of three records to one, c rises from none to all."""
    found = map_difference(MADE, EARLY, LATE)
    assert found.items.counts.tolist() == [[3, 1], [2, 2], [0, 3]]
    assert found.items.change.round(6).tolist() == [-0.666667, 0, 1]
    assert np.sign(found.items.z).tolist() == [-1, 0, 1]


def test_probabilities_are_exact() -> None:
    """Three of six records hold c, all three in one group: 1 way in 20, told twice for both sides."""
    found = map_difference(MADE, EARLY, LATE)
    assert found.p[2] == pytest.approx(0.1)
    assert found.p[1] == 1


def test_links_change_by_the_records_that_hold_both() -> None:
    """The link of a and b is in two records of three, and in none of the others; b and c the other way round."""
    found = map_difference(MADE, EARLY, LATE)
    pairs = {
        (found.map.network.labels[one], found.map.network.labels[other]): counts
        for one, other, counts in zip(found.source, found.target, found.links.counts.tolist(), strict=True)
    }
    assert pairs[("a", "b")] == [2, 0]
    assert pairs[("b", "c")] == [0, 2]
    assert pairs[("a", "c")] == [0, 1]


def test_small_groups_do_not_shout() -> None:
    """None of three against all of three is less remarkable than none of thirty against all of thirty."""
    small = map_difference(MADE, EARLY, LATE)
    large = map_difference(
        _map(*["a"] * 30, *["b"] * 30), [f"r{i}" for i in range(30)], [f"r{i}" for i in range(30, 60)]
    )
    assert abs(small.items.z).max() < 2.2
    assert abs(large.items.z).max() > 3.5
    assert large.q.max() < 1e-10


def test_records_without_an_item_count_for_nothing() -> None:
    """A record without any keyword tells of none that it lacks it."""
    made = _map("a,b", "a,b", "", "a")
    found = map_difference(made, ["r0", "r2"], ["r1", "r3"])
    assert (found.one.n_records, found.other.n_records) == (1, 2)
    assert found.items.shares[0].tolist() == [1, 1]


def test_the_order_begins_with_what_rose_most() -> None:
    """Items are ordered from what rose to what fell."""
    found = map_difference(MADE, EARLY, LATE)
    assert [found.map.network.labels[item] for item in found.order()] == ["c", "b", "a"]


def test_a_record_in_both_groups_is_refused() -> None:
    """Groups part records: one in both is named."""
    with pytest.raises(BenangError, match="1 records are in both groups \\('r2'\\)"):
        map_difference(MADE, ["r1", "r2"], ["r2", "r3"])


def test_a_group_without_any_item_is_refused() -> None:
    """A group none of whose records holds an item can't be compared."""
    with pytest.raises(BenangError, match="no record of 'late' that contains"):
        map_difference(_map("a,b", "a,b", ""), ["r0"], ["r2"], names=("early", "late"))


def test_items_that_neither_group_has_are_no_tests() -> None:
    """An item outside both groups isn't counted among the tests that are corrected for."""
    made = _map("a,b", "b", "c,d")
    found = map_difference(made, ["r0"], ["r1"])
    assert found.q.tolist() == [1, 1, 1, 1]
    assert found.items.z[2:].tolist() == [0, 0]
