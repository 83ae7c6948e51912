"""Small clusters go to others by VOSviewer's rule, and clusters are numbered by size."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.maps.networks import scattered

from benang.clusters.small_clusters import by_size, merged


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
