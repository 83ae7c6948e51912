"""A map is turned and coloured like an earlier one, by hand and by copies whose turn is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from tests.maps.networks import distances, procrustes_r2
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.maps import Alignment, Map
from benang.maps.comparison import aligned, common_items, map_difference, matched_clusters, procrustes
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network, symmetric

Floats = NDArray[np.float64]


def turned(made: Map) -> Alignment:
    """Return how a map was turned."""
    assert made.settings.aligned_to is not None
    return made.settings.aligned_to


def a_map(
    xy: Floats | Sequence[Sequence[float]],
    cluster: Sequence[int],
    labels: dict[int, str] | None = None,
    ids: Sequence[str] | None = None,
) -> Map:
    """Make a map without links; its items are called a, b, …."""
    names = tuple(ids or [chr(ord("a") + i) for i in range(len(cluster))])
    network = Network(names, names, symmetric(len(names), [], [], []))
    return Map(network, np.asarray(xy, np.float64), np.array(cluster, np.int64), labels or {})


def cloud(n: int = 8, seed: int = 0) -> Floats:
    """Draw points at random."""
    return np.random.default_rng(seed).normal(size=(n, 2))


@given(st.floats(-3, 3), st.booleans(), st.floats(-5, 5), st.integers(0, 50))
def test_a_turned_mirrored_and_moved_copy_is_put_back(angle: float, mirror: bool, move: float, seed: int) -> None:
    """R² is 1, and every item lies where it lay before."""
    xy = cloud(seed=seed)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    copy = (xy * [-1, 1] if mirror else xy) @ turn + move
    made = aligned(a_map(copy, [1] * 8), a_map(xy, [1] * 8))
    assert made.xy == pytest.approx(xy, abs=1e-9)
    assert turned(made).r2 == 1
    assert turned(made).mirrored is mirror
    assert turned(made).common_items == 8


@given(st.integers(0, 100))
def test_distances_stay_and_r2_is_that_of_procrustes(seed: int) -> None:
    """Whatever the two maps, no item comes nearer to another, and R² is the squared correlation."""
    one, other = cloud(seed=seed), cloud(seed=seed + 1000)
    made = aligned(a_map(one, [1] * 8), a_map(other, [1] * 8))
    assert distances(made.xy) == pytest.approx(distances(one))
    assert turned(made).r2 == pytest.approx(procrustes_r2(one, other), abs=1e-6)


@given(st.integers(0, 100))
def test_no_other_turn_is_nearer(seed: int) -> None:
    """The sum of squared distances is the least over all turns, mirrored or not."""
    one, other = cloud(seed=seed), cloud(seed=seed + 1000)
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    found = procrustes(one, other)
    least = ((one @ found.turn + found.move - other) ** 2).sum()
    for angle in np.linspace(0, 2 * np.pi, 60):
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        for mirror in (1, -1):
            assert (((one * [mirror, 1]) @ turn - other) ** 2).sum() >= least - 1e-9


def test_the_angle_is_told() -> None:
    """A quarter turn against the clock is 90 degrees; mirrored left to right first, too."""
    xy = cloud()
    quarter = np.array([[0.0, 1], [-1, 0]])
    assert procrustes(xy, xy @ quarter).degrees == pytest.approx(90)
    mirrored = procrustes(xy, (xy * [-1, 1]) @ quarter)
    assert mirrored.mirrored
    assert mirrored.degrees == pytest.approx(90)


def test_items_on_a_line_are_turned_and_not_mirrored() -> None:
    """Two common items, or more on a line, leave open on which side of it the others lie: that side stays."""
    before = a_map([[0.0, 0], [0, 2], [0, 3]], [1, 1, 1])
    made = aligned(a_map([[0.0, 0], [2, 0], [3, 0], [1, 1]], [1, 1, 1, 1]), before)
    assert turned(made).mirrored is False
    assert made.xy == pytest.approx(np.array([[0, 0], [0, 2], [0, 3], [-1, 1.0]]), abs=1e-9)


@pytest.mark.parametrize(
    ("ids", "xy", "said"),
    [
        (["x", "y", "z"], None, "0 common items"),
        (["a", "y", "z"], None, "one common item"),
        (["a", "b", "z"], [[1.0, 1], [1, 1], [0, 0]], "all at the same place"),
    ],
)
def test_too_little_in_common_is_said(ids: list[str], xy: list[list[float]] | None, said: str) -> None:
    """None, one, or several at one place: nothing says how to turn the map."""
    with pytest.raises(BenangError, match=said):
        aligned(a_map(xy or cloud(3), [1, 1, 1], ids=ids), a_map(cloud(3), [1, 1, 1]))


def test_items_are_the_same_by_id_then_by_label() -> None:
    """'c' has another id now; 'b' is the label of two items, so that nobody knows which it is."""
    one = replace(a_map(cloud(4), [1] * 4).network, ids=("1", "2", "3", "4"), labels=("a", "b", "b", "c"))
    other = replace(a_map(cloud(3), [1] * 3).network, ids=("1", "8", "9"), labels=("other", "b", "c"))
    here, there = common_items(one, other)
    assert (here.tolist(), there.tolist()) == ([0, 3], [0, 2])


def test_clusters_keep_their_numbers() -> None:
    """The earlier 1 (a–d) is the smaller now, and 2 (e–h) the larger: both keep their number, and the labels."""
    before = a_map(cloud(), [1, 1, 1, 1, 2, 2, 2, 2], {1: "trade", 2: "kinship"})
    made = aligned(a_map(cloud(), [2, 2, 2, 1, 1, 1, 1, 1]), before)
    assert made.cluster.tolist() == [1, 1, 1, 2, 2, 2, 2, 2]
    assert made.cluster_labels == {1: "trade", 2: "kinship"}
    assert turned(made).matched == ((1, 2), (2, 1))


def test_new_clusters_get_numbers_that_nobody_had() -> None:
    """Of 1 and 2 before, 2 is gone; the new ones are 3 and 4 by size, and the next map goes on after them."""
    first = a_map(cloud(10), [1, 1, 1, 1, 2, 2, 0, 0, 0, 0], {2: "kinship"})
    second = aligned(a_map(cloud(10), [2, 2, 2, 2, 0, 0, 3, 1, 1, 1]), first)
    assert second.cluster.tolist() == [1, 1, 1, 1, 0, 0, 4, 3, 3, 3]
    assert second.cluster_labels == {}
    assert turned(second).new == (3, 4)
    assert turned(second).gone == (2,)
    third = aligned(a_map(cloud(10), [1, 1, 1, 1, 2, 2, 0, 0, 0, 0]), second)
    assert third.cluster.tolist() == [1, 1, 1, 1, 5, 5, 0, 0, 0, 0]


def test_a_label_of_its_own_is_kept() -> None:
    """What somebody calls a cluster now counts more than what it was called."""
    before = a_map(cloud(), [1, 1, 1, 1, 2, 2, 2, 2], {1: "trade", 2: "kinship"})
    made = aligned(a_map(cloud(), [2, 2, 2, 2, 1, 1, 1, 1], {2: "markets"}), before)
    assert made.cluster_labels == {1: "markets", 2: "kinship"}


def test_matching_has_the_most_items_in_common() -> None:
    """Taken one by one, 1 would take 1 (3 items) and leave 1 item in common; together they have 5."""
    now = [1, 1, 1, 1, 1, 2, 2, 2, 2]
    then = [1, 1, 1, 2, 2, 1, 1, 1, 2]
    same = np.arange(9)
    assert matched_clusters(now, then, same, same) == {1: 2, 2: 1}


def test_a_chance_overlap_is_no_match() -> None:
    """2 has two items each of three earlier clusters of six and eight, which live on in 1, 3 and 4: it is new."""
    now = [1] * 6 + [2] * 6 + [3] * 4 + [4] * 4
    then = [1] * 6 + [1, 1, 2, 2, 3, 3] + [2] * 4 + [3] * 4
    same = np.arange(20)
    assert matched_clusters(now, then, same, same) == {1: 1, 3: 2, 4: 3}


def test_maps_without_clusters_are_turned_all_the_same() -> None:
    """0 stays 0, and nothing is matched, new or gone."""
    made = aligned(a_map(cloud(), [0] * 8), a_map(cloud(), [0] * 8))
    assert made.cluster.tolist() == [0] * 8
    assert (turned(made).matched, turned(made).new, turned(made).gone, turned(made).highest) == ((), (), (), 0)


def test_tens_of_thousands_of_single_items_are_matched_without_a_table_of_all() -> None:
    """60,000 clusters of one and two of many, all renumbered, are found again (a table of all pairs takes 29 GB)."""
    n = 60_000
    then = np.concatenate([np.arange(3, n + 3), np.ones(500, np.int64), np.full(400, 2)])
    order = np.random.default_rng(1).permutation(n + 2) + 1
    same = np.arange(len(then))
    found = matched_clusters(np.concatenate([[0], order])[then], then, same, same)
    assert found == {int(order[old - 1]): old for old in range(1, n + 3)}


@given(st.integers(0, 300))
def test_parts_are_matched_as_one_table_would_be(seed: int) -> None:
    """The items in matched clusters are as many as the Hungarian method finds in the table of all clusters."""
    rng = np.random.default_rng(seed)
    now, then = rng.integers(1, 6, (2, 30))
    same = np.arange(30)
    table = np.zeros((5, 5))
    np.add.at(table, (now - 1, then - 1), 1)
    least = np.maximum(np.minimum(table.sum(axis=1)[:, None], table.sum(axis=0)), 1)
    table[table / least < 0.5] = 0
    pairs = matched_clusters(now, then, same, same)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert sum(table[new - 1, old - 1] for new, old in pairs.items()) == best


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
