"""The layout is the best there is: by hand, by VOSviewer's own numbers, beside other ways to find one."""

from __future__ import annotations

import itertools
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.maps.networks import (
    EXPONENTS,
    Floats,
    Matrix,
    clique,
    distances,
    plain_objective,
    procrustes_r2,
    scattered,
    star,
    symmetric,
    two_cliques,
    vosviewer_map,
)

from benang.errors import BenangError
from benang.layout import BASE, Layout, layout_memory, objective, search, standardized, vos_layout
from benang.layout.descent import descend
from benang.layout.objective import EXACT_UP_TO, layout_objective, mean_distance
from benang.layout.search import TOLERANCE_OF_TREE, stages
from benang.layout.start import random_start
from benang.network.strengths import edges_of

DEGENERATE = {
    "one node": np.zeros((1, 1)),
    "two nodes": clique(2),
    "two without an edge": np.zeros((2, 2)),
    "no edge": np.zeros((6, 6)),
    "star": star(12),
    "clique": clique(9),
    "pairs": np.kron(np.eye(4), clique(2)),
    "isolated nodes": symmetric(7, {(0, 1): 1.0, (1, 2): 2.0}),
    "path": symmetric(9, {(i, i + 1): 1.0 for i in range(8)}),
    "strengths far apart": symmetric(4, {(0, 1): 1e-9, (1, 2): 1.0, (2, 3): 1e9}),
}


def natural(layout: Layout, strengths: Floats) -> Floats:
    """Return the distances of a layout at the scale at which attraction and repulsion of 2 and 1 do equal work."""
    apart = distances(layout.xy)
    return apart * float(apart.sum()) / float((strengths * apart * apart).sum())


@pytest.mark.parametrize("strength", [0.25, 1, 40])
def test_two_nodes_lie_at_the_inverse_of_their_strength(strength: float) -> None:
    """Of s d² / 2 − d the minimum is at d = 1 / s, where it is −1 / (2 s); standardised, they are 1 apart."""
    matrix = clique(2, strength)
    made = vos_layout(matrix)
    assert natural(made, matrix)[0, 1] == pytest.approx(1 / strength, rel=1e-9)
    assert made.objective == pytest.approx(-1 / (2 * strength), rel=1e-9)
    np.testing.assert_allclose(made.xy, [[-0.5, 0], [0.5, 0]], atol=1e-12)


def test_three_nodes_alike_are_an_equilateral_triangle() -> None:
    """All three distances are equal, and Q* is 3 (s d² / 2 − d) at d = 1 / s."""
    made = vos_layout(clique(3, 2.0))
    np.testing.assert_allclose(distances(made.xy), clique(3), atol=1e-6)
    assert made.objective == pytest.approx(-0.75, rel=1e-9)


def test_three_nodes_have_room_for_their_own_distances() -> None:
    """A triangle can give each pair what it asks for: 1 / s."""
    strengths = symmetric(3, {(0, 1): 2.0, (0, 2): 1.0, (1, 2): 0.8})
    apart = natural(vos_layout(strengths), strengths)
    np.testing.assert_allclose(apart[np.triu_indices(3, 1)], [0.5, 1.0, 1.25], rtol=1e-6)


def test_other_exponents_of_two_nodes_by_hand() -> None:
    """Of s d^a / a − d^r / r the minimum is at d = s^(1 / (r − a))."""
    for a, r in EXPONENTS:
        d = 5.0 ** (1 / (r - a))
        expected = plain_objective([[0, 0], [d, 0]], clique(2, 5.0), a, r)
        assert vos_layout(clique(2, 5.0), attraction=a, repulsion=r).objective == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Economics_journal_co-citation", -65009.035),
        ("Dimensions_COVID19_research_organization_co-authorship", -5218.532),
    ],
)
def test_maps_of_vosviewer_come_out_again(shared_data: Path, name: str, stored: float) -> None:
    """With attraction 2 and repulsion 1 the layout is VOSviewer's, at an objective not above that of what it stored."""
    strengths, xy = vosviewer_map(shared_data, name)
    made = vos_layout(strengths)
    assert made.objective <= stored
    assert made.objective <= layout_objective(xy, strengths)
    assert procrustes_r2(made.xy, xy) >= 0.9999
    np.testing.assert_allclose(made.xy, xy, atol=0.02)


@pytest.mark.parametrize(
    ("name", "exponents", "stored"),
    [
        ("QSS_publication_bibliographic_coupling", (1, -1), 1240.706),
        ("QSS_SM_2020-2021_co-authorship", (2, -2), 1898.608),
    ],
)
def test_other_exponents_beat_what_vosviewer_stored(
    shared_data: Path, name: str, exponents: tuple[float, float], stored: float
) -> None:
    """One start with default settings ends below the objective of the stored map."""
    strengths, xy = vosviewer_map(shared_data, name)
    made = vos_layout(strengths, attraction=exponents[0], repulsion=exponents[1])
    assert made.objective < stored
    assert layout_objective(xy, strengths, *exponents) == pytest.approx(stored, abs=0.001)


@pytest.mark.parametrize("exponents", [(2, 1), (2, 0), (2, -1), (1, 0), (1, -1), (2, -2)])
@pytest.mark.parametrize("parts", [1, 3])
def test_it_ends_at_rest(exponents: tuple[float, float], parts: int) -> None:
    """The forces cancel at every node to a millionth, and the objective told is that of the coordinates given."""
    matrix = scattered(60, seed=11, parts=parts)
    made = vos_layout(matrix, attraction=exponents[0], repulsion=exponents[1])
    assert made.gradient < 1e-6
    assert layout_objective(made.xy, matrix, *exponents) == pytest.approx(made.objective, rel=1e-12)


@pytest.mark.parametrize("exponents", [(1, -1), (1, 0), (2, -1)])
def test_one_start_beats_the_median_of_random_ones(exponents: tuple[float, float]) -> None:
    """Led from attraction 2 and repulsion 1, and stirred, a layout is better than descents from random places."""
    matrix = scattered(80, seed=12, degree=5)
    edges = edges_of(matrix)
    random = [
        layout_objective(
            descend(
                edges, random_start(edges, np.random.default_rng(seed)), *exponents, tolerance=1e-5, max_steps=2000
            ).xy.T,
            matrix,
            *exponents,
        )
        for seed in range(9)
    ]
    made = vos_layout(matrix, attraction=exponents[0], repulsion=exponents[1])
    assert made.objective < np.median(random)
    assert made.objective <= min(random) + 1e-3 * abs(min(random))


def test_of_several_starts_the_best_is_kept() -> None:
    """The first of several starts is the one that a single start makes, and no start told is better than the result."""
    matrix = scattered(50, seed=13)
    one = vos_layout(matrix, attraction=1, repulsion=-1, seed=4)
    many = vos_layout(matrix, attraction=1, repulsion=-1, seed=4, starts=4)
    assert many.objectives[0] == one.objective
    assert len(many.objectives) == 4
    assert many.objective == min(many.objectives)


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Layouts are repeatable to the bit, on both sides of the 100 nodes below which the search takes more passes."""
    for n in (60, 150):
        matrix = scattered(n, seed=14)
        one, two = (vos_layout(matrix, attraction=2, repulsion=0, seed=9) for _ in range(2))
        assert one.xy.tobytes() == two.xy.tobytes()


def test_the_order_of_nodes_makes_no_difference_to_the_optimum() -> None:
    """A network whose nodes are renumbered has the same objective, and the same layout but for the numbers."""
    matrix = two_cliques(5, 0.3) + 0.05 * clique(10) + np.diag(np.zeros(10))
    order = np.random.default_rng(15).permutation(10)
    one, two = vos_layout(matrix), vos_layout(matrix[order][:, order])
    assert two.objective == pytest.approx(one.objective, rel=1e-9)


def test_a_multiple_of_a_network_has_the_same_layout() -> None:
    """Only ratios of strengths matter to the places."""
    matrix = scattered(30, seed=16)
    one, two = vos_layout(matrix), vos_layout(matrix * 1024.0)
    np.testing.assert_allclose(one.xy, two.xy, atol=1e-5)


@pytest.mark.parametrize("exponents", EXPONENTS)
@pytest.mark.parametrize("name", DEGENERATE)
def test_every_network_has_an_answer(name: str, exponents: tuple[float, float]) -> None:
    """No number is missing, no two nodes fall together for ever, and the layout is standardised."""
    matrix = DEGENERATE[name]
    made = vos_layout(matrix, attraction=exponents[0], repulsion=exponents[1])
    assert made.xy.shape == (len(matrix), 2)
    assert np.isfinite(made.xy).all()
    assert np.isfinite([made.objective, made.gradient]).all()
    np.testing.assert_allclose(standardized(made.xy), made.xy, atol=1e-7)


def test_components_do_not_drift_apart() -> None:
    """Two cliques without any link stay within sight: 0.01 is added to every pair."""
    made = vos_layout(np.kron(np.eye(2), clique(5)))
    assert distances(made.xy).max() < 4


def test_networks_and_dense_and_sparse_matrices_are_alike() -> None:
    """A network stands for the matrix of its links."""
    matrix = scattered(15, seed=17)
    forms: list[object] = [matrix, matrix.toarray(), sparse.coo_array(matrix), SimpleNamespace(links=matrix)]
    assert len({vos_layout(form).xy.tobytes() for form in forms}) == 1


def test_progress_rises_from_0_to_1() -> None:
    """Whoever waits is told what is being done and how far it is."""
    told: list[tuple[str, float]] = []
    vos_layout(scattered(30, seed=18), attraction=1, repulsion=0, starts=2, progress=lambda *step: told.append(step))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert "compiled" in told[0][0]
    assert any("start 2 of 2" in what for what, _ in told)


@pytest.mark.parametrize("target", [(2, 1), (2, 0), (1, -1), (1, 0.5), (3, 2), (10, -10), (-1, -2), (0.5, 0.25)])
def test_exponents_are_led_to_the_target_step_by_step(target: tuple[float, float]) -> None:
    """No stage changes an exponent by more than 1, and attraction stays above repulsion."""
    path = [(2.0, 1.0), *stages(*target)]
    assert path[-1] == target
    for (a, r), (b, q) in itertools.pairwise(path):
        assert abs(a - b) + abs(r - q) <= 1
        assert b > q


@pytest.mark.parametrize(
    "exponents",
    [(-9, -10), (-8, -10), (-1, -10), (0, -10), (10, -10), (10, 9), (10, 0), (3, 2), (5, 1), (1, -9), (-2, -5), (9, 5)],
)
def test_all_exponents_of_vosviewer_end_in_numbers(exponents: tuple[float, float]) -> None:
    """From −9 and −10 to 10 and 9, coordinates are finite and apart."""
    made = vos_layout(scattered(14, seed=20), attraction=exponents[0], repulsion=exponents[1])
    assert np.isfinite(made.xy).all()
    assert np.isfinite(made.objective)
    assert len(np.unique(made.xy, axis=0)) == 14


def test_weights_push() -> None:
    """Of three nodes linked alike, the heavy one lies farther from the others than these from each other."""
    apart = distances(vos_layout(clique(3), weights=np.array([1.0, 1.0, 9.0])).xy)
    assert apart[0, 2] == pytest.approx(apart[1, 2], rel=1e-6)
    assert apart[0, 2] > 3 * apart[0, 1]


def test_two_weighted_nodes_by_hand() -> None:
    """Of s d² / 2 − w v d the minimum is at d = w v / s, where it is −(w v)² / (2 s)."""
    made = vos_layout(clique(2, 5.0), weights=np.array([2.0, 3.0]))
    assert made.objective == pytest.approx(-36 / 10, rel=1e-9)


def test_weights_of_1_are_no_weights() -> None:
    """With 2 and 1, where there is one optimum, both ways to it end there."""
    matrix = scattered(30, seed=21)
    plain, weighted = (vos_layout(matrix, weights=w) for w in (None, np.ones(30)))
    assert weighted.objective == pytest.approx(plain.objective, rel=1e-9)


@pytest.mark.parametrize(("a", "r"), [(2, 1), (2, 0), (1, -1), (2, -2), (3, -4)])
def test_the_objective_of_weights_of_1_is_that_of_none(a: float, r: float) -> None:
    """At the layout found, and at one at random."""
    matrix = scattered(30, seed=21)
    for xy in (vos_layout(matrix, attraction=a, repulsion=r).xy, np.random.default_rng(1).standard_normal((30, 2))):
        told = layout_objective(xy, matrix, a, r, weights=np.ones(30))
        assert told == pytest.approx(layout_objective(xy, matrix, a, r), rel=1e-9)


@pytest.mark.parametrize("weights", [np.ones(3), np.array([1.0, -1.0]), np.array([1.0, np.nan])])
def test_wrong_weights_are_named(weights: Floats) -> None:
    """One weight of 0 or more for each node is asked for."""
    with pytest.raises(BenangError, match="one weight of 0 or more"):
        vos_layout(clique(2), weights=weights)


def test_isolated_nodes_are_laid_apart() -> None:
    """Nodes without any link share no point, whatever the repulsion."""
    matrix = np.zeros((40, 40))
    matrix[:5, :5] = clique(5)
    for repulsion in (1, 0, -1):
        apart = distances(vos_layout(matrix, repulsion=repulsion).xy)
        assert apart[np.triu_indices(40, 1)].min() > 1e-3


def test_nodes_of_weight_0_are_laid_apart() -> None:
    """Under modularity an item without links weighs nothing; it still has a place of its own."""
    matrix = np.zeros((12, 12))
    matrix[:5, :5] = clique(5)
    for exponents in ((2, 1), (1, 0), (0, -1)):
        made = vos_layout(matrix, weights=matrix.sum(axis=1), attraction=exponents[0], repulsion=exponents[1])
        assert distances(made.xy)[np.triu_indices(12, 1)].min() > 1e-3
        weighted = np.where(matrix.sum(axis=1) > 0, matrix.sum(axis=1), 4.0)
        assert layout_objective(made.xy, matrix, *exponents, weights=weighted) == pytest.approx(made.objective)


def test_a_large_clique_has_an_answer() -> None:
    """All pairs of 600 nodes linked alike fill a disc, at rest or nearly so."""
    made = vos_layout(clique_of(600))
    assert np.isfinite(made.xy).all()
    assert made.gradient < 1e-4
    assert np.hypot(*made.xy.T).max() < 2


def clique_of(n: int) -> Floats:
    """Link all pairs of many nodes alike."""
    return np.ones((n, n)) - np.eye(n)


def test_twins_lie_close_but_apart() -> None:
    """Two nodes with the same links are drawn to the same place, and repulsion below 1 holds them apart."""
    matrix = scattered(20, seed=22).toarray()
    matrix[19], matrix[:, 19] = matrix[18], matrix[:, 18]
    matrix[18, 19] = matrix[19, 18] = matrix[18, 18] = matrix[19, 19] = 0
    apart = distances(vos_layout(matrix, repulsion=-1).xy)
    assert 1e-3 < apart[18, 19] < 1


@pytest.mark.parametrize(("exponents", "exact_up_to"), [((2, 1), EXACT_UP_TO), ((2, 0), 1500)])
def test_large_networks_are_laid_out_by_the_tree(
    monkeypatch: pytest.MonkeyPatch, exponents: tuple[float, float], exact_up_to: int
) -> None:
    """Above the size of exact sums groups are told apart, and the same seed gives the same bytes.

    With 2 and 1 the size is the real one; with 2 and 0, which goes on from there, a smaller one shows the same.
    """
    monkeypatch.setattr(objective, "EXACT_UP_TO", exact_up_to)
    monkeypatch.setattr(search, "BY_LEVELS_ABOVE", min(search.BY_LEVELS_ABOVE, exact_up_to))
    n = exact_up_to + 300
    rng = np.random.default_rng(23)
    group = np.arange(n) * 30 // n
    ends = np.sort(rng.integers(0, n, 12 * n))
    others = (ends + rng.integers(1, n // 60, len(ends))) % n
    ones = sparse.csr_array((np.ones(len(ends)), (ends, others)), (n, n))
    matrix = sparse.csr_array(ones + ones.T)
    one, two = (vos_layout(matrix, attraction=exponents[0], repulsion=exponents[1]) for _ in range(2))
    assert one.xy.tobytes() == two.xy.tobytes()
    assert one.gradient < 30 * TOLERANCE_OF_TREE
    middles = np.array([one.xy[group == k].mean(axis=0) for k in range(30)])
    spread = np.sqrt(((one.xy - middles[group]) ** 2).sum(axis=1).mean())
    assert spread < 0.5 * np.sqrt((middles**2).sum(axis=1).mean())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"attraction": 1, "repulsion": 1}, "attraction 1 and repulsion 1"),
        ({"starts": 0}, "starts: .* found 0"),
    ],
)
def test_wrong_settings_are_named(options: dict[str, int], said: str) -> None:
    """Exponents in the wrong order and no start at all are refused."""
    with pytest.raises(BenangError, match=said):
        vos_layout(clique(3), **options)  # type: ignore[arg-type]


def test_a_network_without_items_is_refused() -> None:
    """There is nothing to lay out."""
    nothing: Matrix = sparse.csr_array((0, 0))
    with pytest.raises(BenangError, match="without items"):
        vos_layout(nothing)


def test_a_million_items_fit_into_8_gb() -> None:
    """Ten million links among them too."""
    assert 1e9 < layout_memory(1_000_000, 10_000_000) < 8e9


def test_more_items_and_more_links_take_more() -> None:
    """It grows with both."""
    assert layout_memory(10, 10) < layout_memory(10_000, 10) < layout_memory(10_000, 100_000)


def test_what_python_allocates_stays_below_it() -> None:
    """The most that a small layout holds at once is less than the estimate without its constant part."""
    matrix = scattered(400, seed=1)
    vos_layout(matrix)
    tracemalloc.start()
    vos_layout(matrix)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < BASE + layout_memory(400, matrix.nnz // 2)


LAYOUTS = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).exponential(size=(seed % 30 + 3, 2)))


@given(LAYOUTS)
@settings(derandomize=True)
def test_the_rules_hold(xy: np.ndarray) -> None:
    """Centred, widest from left to right and uncorrelated, medians at most 0, mean distance 1."""
    made = standardized(xy)
    n = len(made)
    covariance = made.T @ made / n
    np.testing.assert_allclose(made.mean(axis=0), 0, atol=1e-12)
    assert covariance[0, 0] >= covariance[1, 1]
    assert covariance[0, 1] == pytest.approx(0, abs=1e-12)
    assert (np.median(made, axis=0) <= 1e-12).all()
    assert distances(made).sum() / (n * (n - 1)) == pytest.approx(1, rel=1e-12)


@given(LAYOUTS, st.floats(0, 6.2), st.floats(1e-3, 1e3), st.booleans())
@settings(derandomize=True)
def test_turn_mirror_place_and_size_do_not_matter(xy: np.ndarray, angle: float, scale: float, mirror: bool) -> None:
    """A layout that was moved comes out where the layout itself does."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = scale * (xy * [1, -1 if mirror else 1]) @ turn + [3, -8]
    np.testing.assert_allclose(standardized(moved), standardized(xy), atol=1e-7)


def test_the_shape_is_kept() -> None:
    """Only place, turn, mirror and size change."""
    xy = np.random.default_rng(1).normal(size=(40, 2))
    assert procrustes_r2(standardized(xy), xy) == pytest.approx(1, abs=1e-12)


def test_a_layout_on_the_diagonal_lies_flat() -> None:
    """(1, 1) as main axis, where a naive formula divides by 0, is turned like any other."""
    made = standardized([[0, 0], [1, 1], [2, 2], [9, 9]])
    np.testing.assert_allclose(made[:, 1], 0, atol=1e-12)


@pytest.mark.parametrize("corners", [3, 5, 8])
def test_what_is_as_wide_in_all_directions_is_turned_by_its_first_node(corners: int) -> None:
    """A regular polygon has no widest direction; its first corner lies on the axis, and so it does when done again."""
    angles = 2 * np.pi * np.arange(corners) / corners + 0.4
    xy = np.vstack([[[0.0, 0.0]], np.column_stack([np.cos(angles), np.sin(angles)])])
    noise = 1e-9 * np.random.default_rng(2).standard_normal(xy.shape)
    made = standardized(xy + noise)
    np.testing.assert_allclose(standardized(made), made, atol=1e-12)
    np.testing.assert_allclose(made[1, 1], 0, atol=1e-12)


@pytest.mark.parametrize("xy", [np.zeros((0, 2)), np.zeros((1, 2)), np.full((3, 2), 7.0)])
def test_no_points_one_point_or_one_place_stay_at_zero(xy: np.ndarray) -> None:
    """Where there is no distance there is nothing to scale."""
    made = standardized(xy)
    assert made.shape == xy.shape
    assert not made.any()


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_sizes_at_the_edge_of_floats(size: float) -> None:
    """Squares neither vanish nor overflow."""
    made = standardized(size * np.array([[0, 0], [3, 0], [0, 4]]))
    assert mean_distance(made) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("name", ["Economics_journal_co-citation", "QSS_publication_bibliographic_coupling"])
def test_maps_of_vosviewer_are_standardised_already(shared_data: Path, name: str) -> None:
    """The coordinates that VOSviewer stored stay where they are, to the four decimals it writes."""
    _, xy = vosviewer_map(shared_data, name)
    np.testing.assert_allclose(standardized(xy), xy, atol=1.5e-3)
