"""Sizes, links and texts of a map are those of VOSviewer Online."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.looks.appearance import (
    ShownLinks,
    choose_weight,
    circle_diameters,
    cluster_colours,
    control_points,
    curves_of,
    cut_label,
    label_sizes,
    link_widths,
    part_of_curve,
    points_along,
    relative_weights,
    strongest_links,
)
from benang.network.network import Floats, Network


def _network(strengths: Floats, **weights: list[float]) -> Network:
    names = tuple("abcdefghij"[: len(strengths)])
    return Network(names, names, sparse.csr_array(strengths), {name: np.array(w) for name, w in weights.items()})


def test_an_average_item_has_a_circle_of_16_pixels_and_a_label_of_13() -> None:
    """An item of average weight is drawn 16 pixels wide and named in 13 pixels."""
    average = relative_weights(np.array([7.0, 7.0]))

    assert circle_diameters(average).tolist() == [16.0, 16.0]
    assert label_sizes(average).tolist() == [13.0, 13.0]


def test_area_follows_weight_at_the_usual_variation() -> None:
    """At a variation of 0.5 an item four times as heavy has four times the area."""
    small, large = circle_diameters(np.array([1.0, 4.0]))

    assert large**2 == 4 * small**2


def test_without_variation_all_circles_are_alike() -> None:
    """A variation of 0 makes all circles 16 pixels wide, whatever the weights."""
    assert circle_diameters(np.array([0.0, 0.3, 50.0]), variation=0).tolist() == [16.0, 16.0, 16.0]


def test_no_circle_is_smaller_than_5_pixels() -> None:
    """Even an item without weight can be seen."""
    assert circle_diameters(np.array([0.0]), scale=2).tolist() == [10.0]


def test_weights_that_are_all_0_count_as_average() -> None:
    """Nothing is divided by 0 where no item has a weight."""
    assert relative_weights(np.zeros(3)).tolist() == [1.0, 1.0, 1.0]


def test_occurrences_size_items_before_links_do() -> None:
    """Unasked, the weight is Occurrences where there is one."""
    weights = {"Links": [1.0, 2], "Total link strength": [3.0, 4], "Occurrences": [5.0, 6]}
    network = _network(np.zeros((2, 2)), **weights)

    assert choose_weight(network)[0] == "Occurrences"


def test_a_weight_of_another_name_is_found() -> None:
    """A map made elsewhere may have a weight that Benang has no name for."""
    name, values = choose_weight(_network(np.zeros((2, 2)), Publications=[5, 6]))

    assert (name, values.tolist()) == ("Publications", [5.0, 6.0])


def test_an_unknown_weight_is_refused_with_the_nearest() -> None:
    """A slip in a weight's name is answered with the name that was meant."""
    with pytest.raises(BenangError, match="Did you mean 'Documents'"):
        choose_weight(_network(np.zeros((2, 2)), Documents=[1, 2]), "Document")


STRENGTHS = np.array([[0.0, 5, 1, 0], [5, 0, 3, 3], [1, 3, 0, 2], [0, 3, 2, 0]])


def test_the_strongest_links_are_drawn_last() -> None:
    """Links come weakest first, each pair once."""
    links = strongest_links(_network(STRENGTHS))

    assert links.strength.tolist() == [1.0, 2.0, 3.0, 3.0, 5.0]


def test_only_so_many_links_are_drawn() -> None:
    """The cut takes the weakest away, and of equal ones those that come last in the order of items."""
    links = strongest_links(_network(STRENGTHS), max_links=2)

    pairs = zip(links.source.tolist(), links.target.tolist(), links.strength.tolist(), strict=True)
    assert list(pairs) == [(1, 2, 3.0), (0, 1, 5.0)]


def test_weak_links_can_be_left_out() -> None:
    """The least strength is itself still drawn."""
    assert strongest_links(_network(STRENGTHS), min_strength=3).strength.tolist() == [3.0, 3.0, 5.0]


def test_a_link_as_strong_as_the_mean_is_a_pixel_and_a_half_wide() -> None:
    """The width is 1.5 times the root of the strength by the mean, and never under 0.1."""
    assert link_widths(np.array([2.0, 2.0])).tolist() == [1.5, 1.5]
    assert link_widths(np.array([1e-9, 2.0]))[0] == 0.1


def test_a_curve_leans_by_three_tenths_of_its_length() -> None:
    """The control point stands 0.3 of the distance off the middle, square to the line."""
    middle = control_points(np.array([[1.0, 1.0]]), np.array([[1.0, 3.0]]))

    assert np.allclose(middle, [[1 - 0.6, 2.0]])


def test_a_label_is_cut_at_thirty_characters() -> None:
    """Thirty characters stay as they are; of thirty-one the last two become a dot group."""
    assert cut_label("x" * 30) == "x" * 30
    assert cut_label("x" * 31) == "x" * 29 + "…"


def test_clusters_beyond_vosviewers_palette_are_grey() -> None:
    """Eighteen clusters have colours; the nineteenth, and items without one, are grey."""
    colours = cluster_colours(np.array([18, 19, 0]), "vosviewer")

    assert colours[0] != "#bfbfbf"
    assert colours[1:] == ("#bfbfbf", "#bfbfbf")


def test_scale_enlarges_the_least_label_and_all_links() -> None:
    """At a scale of 2 a label has 18 pixels and what its weight adds; a link is twice as wide."""
    assert label_sizes(np.array([0.0, 1.0]), scale=2).tolist() == [18.0, 22.0]
    assert link_widths(np.array([2.0, 2.0]), scale=2).tolist() == [3.0, 3.0]


PLACES = np.array([[0.0, 0.0], [10.0, 0.0], [4.0, 8.0]])
LINKS = ShownLinks(np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0]))


def test_a_curve_runs_from_item_to_item() -> None:
    """It leans by three tenths of its length, and not at all where it is to be straight."""
    bent, straight = curves_of(PLACES, LINKS, 0.3), curves_of(PLACES, LINKS, 0.0)

    assert bent[0].tolist() == [[0.0, 0.0], [5.0, 3.0], [10.0, 0.0]]
    assert straight[:, 1].tolist() == [[5.0, 0.0], [7.0, 4.0]]


def test_the_parts_of_a_curve_lie_on_it() -> None:
    """Its middle half runs from a quarter to three quarters of the way."""
    curve = curves_of(PLACES, LINKS, 0.3)[:1]
    part = part_of_curve(curve, np.array([0.25]), np.array([0.75]))

    assert part[0, 0] == pytest.approx([2.5, 1.125])
    assert part[0, 2] == pytest.approx([7.5, 1.125])


def test_points_along_a_curve_begin_and_end_with_it() -> None:
    """Forty a curve, one curve behind the other; none for no curves."""
    points = points_along(curves_of(PLACES, LINKS, 0.3))

    assert points.shape == (80, 2)
    assert points[[0, 39, 40, 79]].tolist() == [PLACES[i].tolist() for i in (0, 1, 1, 2)]
    assert points_along(np.empty((0, 3, 2))).shape == (0, 2)
