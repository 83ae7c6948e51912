"""Association strength is the strength observed over that by chance; layout and clustering read checked strengths."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from tests.maps import networks

from benang.errors import BenangError
from benang.kinds import Normalization
from benang.maps.making import vos_map
from benang.network.network import Network, symmetric
from benang.network.strengths import (
    WITHOUT_UNIT,
    association_strength,
    edges_of,
    map_strengths,
    node_weights,
    normalized,
)

pytestmark = pytest.mark.fast


def network(*links: tuple[int, int, float]) -> Network:
    """Make a network of the items a, b, c … from links by place."""
    n = max(max(i, j) for i, j, _ in links) + 1
    names = tuple("abcdefgh"[:n])
    source, target, strength = zip(*links, strict=True)
    return Network(names, names, symmetric(n, source, target, strength))


def test_three_items_by_hand() -> None:
    """With k = (5, 6, 3), 2m = 14: s_ab = 14 × 4 / 30, s_bc = 14 × 2 / 18, s_ac = 14 / 15."""
    found = association_strength(network((0, 1, 4), (1, 2, 2), (0, 2, 1)))
    assert found.strength("a", "b") == pytest.approx(56 / 30)
    assert found.strength("b", "c") == pytest.approx(28 / 18)
    assert found.strength("a", "c") == pytest.approx(14 / 15)


def test_a_pair_that_holds_all_links_of_its_items_is_the_strongest() -> None:
    """Two pairs apart from each other: each link is 8 × 2 / (2 × 2) = 4 or 8 × 2 / 4."""
    found = association_strength(network((0, 1, 2), (2, 3, 2)))
    assert found.links.data.tolist() == [4.0] * 4


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
    found = association_strength(counted)
    assert found.weights["Total link strength"].tolist() == [2, 2]
    assert found.weights["Documents"].tolist() == [5, 7]


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


CHAIN = Network(
    ("a", "b", "c"),
    ("a", "b", "c"),
    sparse.csr_array(np.array([[0.0, 4, 0], [4, 0, 2], [0, 2, 0]])),
    {"Occurrences": np.array([4.0, 9.0, 4.0])},
)


@pytest.mark.parametrize(
    ("method", "ab", "bc"),
    [
        ("fractionalization", 4 * (3 / 4 + 3 / 6) / 2, 2 * (3 / 6 + 3 / 2) / 2),
        ("cosine", 4 / 6, 2 / 6),
        ("jaccard", 4 / 9, 2 / 11),
        ("none", 4, 2),
        ("modularity", 4, 2),
    ],
)
def test_strengths_are_normalised_in_all_ways_that_people_know(method: Normalization, ab: float, bc: float) -> None:
    """By hand: k = 4, 6, 2 and o = 4, 9, 4."""
    found = normalized(CHAIN, method)
    assert (found.strength("a", "b"), found.strength("b", "c")) == pytest.approx((ab, bc))


def test_fractionalization_leaves_a_total_of_the_number_of_items() -> None:
    """Summed over all ordered pairs: Σ c (n/k_i + n/k_j) / 2 = n², each item's share being n."""
    assert normalized(CHAIN, "fractionalization").links.sum() == pytest.approx(len(CHAIN) ** 2)


def test_only_modularity_weighs_nodes() -> None:
    """By their total link strength; everywhere else a node counts 1."""
    assert node_weights(CHAIN, "modularity").tolist() == [4, 6, 2]  # type: ignore[union-attr]
    assert node_weights(CHAIN, "association-strength") is None


def test_an_unknown_way_and_unknown_occurrences_are_told() -> None:
    """Cosine needs to know how often items occur."""
    with pytest.raises(BenangError, match="Did you mean 'cosine'"):
        normalized(CHAIN, "cosin")  # type: ignore[arg-type]
    with pytest.raises(BenangError, match="how often each item occurs"):
        normalized(replace(CHAIN, weights={}), "jaccard")


def test_the_published_network_of_ten_nodes() -> None:
    """CWTS's own reference: strengths of 500 in all become 59.0114582723, or 50 when fractionalised."""
    ends = (
        (0, 1, 16), (0, 9, 90), (1, 4, 1), (1, 6, 1), (1, 9, 82), (2, 5, 2), (2, 7, 13), (2, 8, 72), (2, 9, 5),
        (3, 4, 13), (3, 5, 1), (3, 7, 2), (3, 8, 2), (3, 9, 2), (4, 5, 5), (4, 6, 15), (4, 8, 4), (4, 9, 2),
        (5, 6, 139), (5, 7, 6), (5, 8, 7), (6, 7, 4), (6, 9, 1), (7, 8, 15),
    )  # fmt: skip
    names = tuple("abcdefghij")
    ten = Network(names, names, symmetric(10, *zip(*ends, strict=True)))
    assert ten.total_link_strength == 500
    assert association_strength(ten).total_link_strength == pytest.approx(59.0114582723, abs=1e-10)
    assert normalized(ten, "fractionalization").total_link_strength == pytest.approx(50, abs=1e-10)


PAIRS = ((0, 1, 4.0), (0, 2, 4.0), (1, 2, 4.0), (3, 4, 4.0), (3, 5, 4.0), (4, 5, 4.0), (2, 3, 1.0))


def two_groups() -> Network:
    """Make two groups of three, tied by one weak link; every item occurs in ten records."""
    one, other, strength = zip(*PAIRS, strict=True)
    names = tuple("abcdef")
    return Network(names, names, symmetric(6, one, other, strength), {"Occurrences": np.full(6, 10.0)})


@pytest.mark.parametrize("normalization", WITHOUT_UNIT)
def test_a_pair_has_a_strength_of_1_on_average_where_the_measure_has_no_unit(normalization: Normalization) -> None:
    """The mean goes over all 15 pairs, those without a link with them."""
    strengths, weights = map_strengths(two_groups(), normalization)
    assert weights is None
    assert strengths.sum() / 2 == pytest.approx(15)


@pytest.mark.parametrize("normalization", WITHOUT_UNIT)
def test_resolution_1_finds_the_groups_by_measures_that_are_at_most_1(normalization: Normalization) -> None:
    """A cosine of 0.4 within the groups, of 0.1 between them: at resolution 1 none would reach 1 undivided."""
    assert vos_map(two_groups(), normalization=normalization).cluster.tolist() == [1, 1, 1, 2, 2, 2]


def test_self_links_do_not_count() -> None:
    """What stands on the diagonal is left out."""
    with_loop = networks.symmetric(3, {(0, 1): 1.0, (1, 2): 2.0}) + np.diag([5.0, 0, 0])
    edges = edges_of(with_loop)
    assert edges.total == 3.0


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ([[0.0, 1.0]], "shape"),
        ([[0.0, 1.0], [2.0, 0.0]], "not symmetric"),
        ([[0.0, -1.0], [-1.0, 0.0]], "-1.0"),
        ([[0.0, np.nan], [np.nan, 0.0]], "nan"),
    ],
)
def test_what_is_no_network_is_refused(matrix: list[list[float]], said: str) -> None:
    """A matrix that is not symmetric, or holds what is no strength, is named."""
    with pytest.raises(BenangError, match=said):
        edges_of(matrix)
