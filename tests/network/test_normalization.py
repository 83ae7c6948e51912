"""Association strength is the strength observed over the strength that chance would give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.network.network import Network, symmetric
from benang.network.normalization import association_strength


def network(*links: tuple[int, int, float]) -> Network:
    """Make a network of the items a, b, c … from links by place."""
    n = max(max(i, j) for i, j, _ in links) + 1
    names = tuple("abcdefgh"[:n])
    source, target, strength = zip(*links, strict=True)
    return Network(names, names, symmetric(n, source, target, strength))


def test_three_items_by_hand() -> None:
    """With k = (5, 6, 3), 2m = 14: s_ab = 14 × 4 / 30, s_bc = 14 × 2 / 18, s_ac = 14 / 15."""
    normalized = association_strength(network((0, 1, 4), (1, 2, 2), (0, 2, 1)))
    assert normalized.strength("a", "b") == pytest.approx(56 / 30)
    assert normalized.strength("b", "c") == pytest.approx(28 / 18)
    assert normalized.strength("a", "c") == pytest.approx(14 / 15)


def test_a_pair_that_holds_all_links_of_its_items_is_the_strongest() -> None:
    """Two pairs apart from each other: each link is 8 × 2 / (2 × 2) = 4 or 8 × 2 / 4."""
    normalized = association_strength(network((0, 1, 2), (2, 3, 2)))
    assert normalized.links.data.tolist() == [4.0] * 4


def test_an_item_without_links_stays_without() -> None:
    """Nothing is divided by zero."""
    with_isolate = Network(("a", "b", "c"), ("a", "b", "c"), symmetric(3, [0], [1], [3.0]))
    assert association_strength(with_isolate).links.toarray().tolist() == [[0, 2, 0], [2, 0, 0], [0, 0, 0]]


def test_a_network_without_links_is_left_as_it_is() -> None:
    """No strength, no ratio."""
    assert association_strength(Network(("a", "b"), ("a", "b"), symmetric(2, [], [], []))).n_links == 0


def test_weights_that_follow_from_links_follow() -> None:
    """The total link strength of the result is that of its ratios; other weights stay."""
    documents = {"Documents": np.array([5.0, 7.0])}
    counted = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [3.0]), weights=documents)
    normalized = association_strength(counted)
    assert normalized.weights["Total link strength"].tolist() == [2, 2]
    assert normalized.weights["Documents"].tolist() == [5, 7]


LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 50)), min_size=1).filter(
    lambda links: any(i != j for i, j, _ in links)
)


@given(LINKS, st.sampled_from([0.5, 2, 8]))
def test_the_unit_of_strengths_does_not_matter(links: list[tuple[int, int, int]], factor: float) -> None:
    """Counting everything twice changes no ratio."""
    one = association_strength(network(*links))
    other = association_strength(network(*[(i, j, c * factor) for i, j, c in links]))
    assert np.allclose(one.links.toarray(), other.links.toarray(), rtol=1e-12)


@given(LINKS)
def test_ratios_weighted_by_chance_add_up_to_all_links(links: list[tuple[int, int, int]]) -> None:
    """Σ s_ij k_i k_j / 2m = Σ c_ij: the formula, read backwards."""
    counted = network(*links)
    total = counted.links.toarray().sum(axis=1)
    expected = total[:, None] * total[None, :] / total.sum()
    assert (association_strength(counted).links.toarray() * expected).sum() == pytest.approx(counted.links.sum())
