"""Agreement of partitions, by hand and by published examples."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.maps.networks import scattered

from benang.clusters.partitions import adjusted_rand, by_size, cluster_jaccard, company_kept, merged, pairwise_rand
from benang.errors import BenangError

pytestmark = pytest.mark.fast

PARTITIONS = st.lists(st.integers(0, 4), min_size=12, max_size=12)


def test_the_published_example_of_the_adjusted_rand_index() -> None:
    """Yeung and Ruzzo (2001): 7 pairs together in both, 13 and 14 in either, of 45: (7 − 4.04) / (13.5 − 4.04)."""
    one = [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]
    other = [1, 2, 1, 2, 2, 3, 3, 3, 3, 3]
    expected = 13 * 14 / 45
    assert adjusted_rand(one, other) == pytest.approx((7 - expected) / (13.5 - expected))


@given(PARTITIONS, PARTITIONS)
def test_the_adjusted_rand_index_is_that_of_pairs(one: list[int], other: list[int]) -> None:
    """Counted pair by pair over the items that both have, as Hubert and Arabie (1985) define it."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    pairs = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(both, 2)]
    found = adjusted_rand(one, other)
    if not pairs:
        assert math.isnan(found)
        return
    together, first, second = (sum(map(test, pairs)) for test in (all, lambda p: p[0], lambda p: p[1]))
    expected = first * second / len(pairs)
    most = (first + second) / 2
    assert found == pytest.approx(1.0 if most == expected else (together - expected) / (most - expected))


@given(st.lists(st.integers(1, 4), min_size=2, max_size=20))
def test_a_partition_agrees_fully_with_itself_under_other_numbers(labels: list[int]) -> None:
    """What the clusters are called makes no difference, also where all items are together or all apart."""
    assert adjusted_rand(labels, [7 * label for label in labels]) == pytest.approx(1)


def test_a_cluster_for_all_says_nothing_of_two() -> None:
    """One cluster beside two halves agrees no better than chance: 0."""
    assert adjusted_rand([1] * 6, [1, 1, 1, 2, 2, 2]) == pytest.approx(0)


def test_company_is_the_share_of_mates_that_stayed() -> None:
    """Of a's three mates one is absent and one of the other two is with it; a single item has no mates."""
    kept = company_kept([1, 1, 1, 1, 2], [5, 5, 6, 0, 6])
    assert kept[:3].tolist() == [0.5, 0.5, 0.0]
    assert np.isnan(kept[3:]).all()


def test_jaccard_of_a_cluster_is_that_with_the_most_alike() -> None:
    """Cluster 1 (a b c d) against (a b c) and (d e f): 3 of 4; cluster 2 (e f) against (d e f): 2 of 3."""
    found = cluster_jaccard([1, 1, 1, 1, 2, 2], [8, 8, 8, 9, 9, 9], [1, 2])
    assert found.tolist() == pytest.approx([3 / 4, 2 / 3])


def test_a_cluster_of_which_nothing_is_there_has_no_jaccard() -> None:
    """An item that isn't in the run counts for nothing: neither for its cluster nor against it."""
    found = cluster_jaccard([1, 1, 2, 2], [0, 0, 3, 3], [1, 2])
    assert math.isnan(found[0])
    assert found[1] == 1


def test_many_small_clusters_are_compared_without_a_table_of_all() -> None:
    """A hundred thousand clusters of one on both sides are no table of ten thousand million cells."""
    n = 100_000
    assert adjusted_rand(np.arange(1, n + 1), np.arange(n, 0, -1)) == 1


def test_every_two_runs_are_compared_once() -> None:
    """Four runs make six pairs."""
    runs = np.array([[1, 1, 2, 2]] * 3 + [[1, 2, 1, 2]])
    assert pairwise_rand(runs).tolist() == pytest.approx([1, 1, -0.5, 1, -0.5, -0.5])


@pytest.mark.parametrize(("one", "other"), [([1, 2], [1, 2, 3]), ([1, -1], [1, 1])])
def test_partitions_of_other_items_are_refused(one: list[int], other: list[int]) -> None:
    """There must be one number of 0 or more for each item in both."""
    with pytest.raises(BenangError, match="one whole number of 0 or more"):
        adjusted_rand(one, other)


def plainly_merged(links: np.ndarray, labels: list[int], least: int, weights: np.ndarray) -> list[int]:
    """Follow the rule word for word on a full matrix: the smallest below the limit, whole, where it is tied most."""
    held = np.array(labels)
    stay: set[int] = set()
    while True:
        small = sorted((int((held == c).sum()), int(c)) for c in np.unique(held) if c not in stay)
        if not small or small[0][0] >= least:
            return [int(c) for c in held]
        cluster = small[0][1]
        others = [int(c) for c in np.unique(held) if c != cluster]
        ties = [links[held == cluster][:, held == c].sum() / weights[held == c].sum() for c in others]
        if ties and max(ties) > 0:
            held[held == cluster] = others[int(np.argmax(ties))]
        else:
            stay.add(cluster)


@given(st.integers(0, 500), st.lists(st.integers(0, 14), min_size=30, max_size=30), st.integers(1, 9))
@settings(derandomize=True)
def test_merging_follows_the_rule(seed: int, labels: list[int], least: int) -> None:
    """Whatever the clusters, the outcome is that of the rule followed step by step."""
    links = scattered(30, seed, degree=2, parts=3).toarray()
    weights = np.random.default_rng(seed).uniform(0.5, 2, 30)
    found = merged(sparse.csr_array(links), np.array(labels), least, weights)
    expected = plainly_merged(links, np.unique(labels, return_inverse=True)[1].tolist(), least, weights)
    assert by_size(1 + found).tolist() == by_size(1 + np.array(expected)).tolist()


def test_no_cluster_stays_no_cluster() -> None:
    """0 isn't counted as a cluster, however many nodes have it."""
    assert by_size(np.array([0, 0, 0, 5, 2, 2])).tolist() == [0, 0, 0, 2, 1, 1]
