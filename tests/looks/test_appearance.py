"""Sizes, links and texts of a map are those of VOSviewer Online; readers can tell its colours apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.looks.appearance import (
    PALETTES,
    ShownLinks,
    choose_weight,
    circle_diameters,
    cluster_colours,
    control_points,
    curves_of,
    cut_label,
    find_palette,
    lab_to_rgb,
    label_sizes,
    lighten,
    link_widths,
    part_of_curve,
    points_along,
    relative_weights,
    rgb_to_lab,
    strongest_links,
    to_hex,
    to_rgb,
)
from benang.network.network import Floats, Network

pytestmark = pytest.mark.fast


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


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB
SIGHT = {
    "normal": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def _linear(rgb: Floats) -> Floats:
    linear: Floats = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear


def _seen(colours: tuple[str, ...], sight: str) -> Floats:
    linear = np.clip(_linear(to_rgb(colours)) @ SIGHT[sight].T, 0, 1)
    return rgb_to_lab(np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055))


def _least_distance(colours: tuple[str, ...], sight: str) -> float:
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(_seen(colours, sight), 2))


@pytest.mark.parametrize("sight", SIGHT)
def test_every_reader_can_distinguish_the_first_eight_clusters(sight: str) -> None:
    """Among the first eight colours no two come closer than 15 in Lab, whatever cones a reader lacks.

    2.3 is a just noticeable difference; a circle of two millimetres needs several times that.
    """
    assert _least_distance(PALETTES["benang"].clusters[:8], sight) > 15


@pytest.mark.parametrize("sight", SIGHT)
def test_all_eighteen_clusters_can_be_distinguished(sight: str) -> None:
    """Among all eighteen colours no two come closer than 9."""
    assert _least_distance(PALETTES["benang"].clusters, sight) > 9


def test_vosviewers_red_and_green_are_closer_to_readers_without_green_cones() -> None:
    """The default palette keeps its first four colours farther apart than VOSviewer's for the commonest blindness."""
    ours, theirs = PALETTES["benang"].clusters[:4], PALETTES["vosviewer"].clusters[:4]

    assert _least_distance(ours, "no green cones") > _least_distance(theirs, "no green cones")


def test_every_colour_stands_out_from_paper() -> None:
    """No cluster is so pale that its circle is lost on white: contrast 1.5 : 1, and its outline is darker still."""
    luminance = _linear(to_rgb(PALETTES["benang"].clusters)) @ np.array([0.2126, 0.7152, 0.0722])

    assert float((1.05 / (luminance + 0.05)).min()) > 1.5


def test_no_cluster_has_the_grey_of_items_without_one() -> None:
    """Grey means no cluster, so no cluster's colour comes close to it."""
    palette = PALETTES["benang"]
    distances = np.linalg.norm(rgb_to_lab(to_rgb(palette.clusters)) - rgb_to_lab(to_rgb([palette.rest])), axis=1)

    assert float(distances.min()) > 15


def test_lab_of_pure_red_is_the_published_one() -> None:
    """SRGB red is (53.24, 80.09, 67.20) in Lab under D65."""
    assert np.allclose(rgb_to_lab(to_rgb(["#ff0000"])), [[53.24, 80.09, 67.20]], atol=0.02)


def test_lab_and_back_is_the_same_colour() -> None:
    """Turning to Lab and back changes no colour of either palette."""
    for palette in PALETTES.values():
        assert to_hex(lab_to_rgb(rgb_to_lab(to_rgb(palette.clusters)))) == palette.clusters


def test_lightening_by_two_fifths_takes_two_fifths_of_the_way_to_white() -> None:
    """A colour lightened by 0.4 has lost 40 % of its distance to white in Lab."""
    colour = rgb_to_lab(to_rgb(["#1f77b4"]))

    assert np.allclose(rgb_to_lab(lighten(to_rgb(["#1f77b4"]))), colour * 0.6 + np.array([40, 0, 0]), atol=0.01)


def test_an_unknown_palette_is_refused_by_name() -> None:
    """A palette that there is none of is answered with those there are."""
    with pytest.raises(BenangError, match=r"'rainbow'.*Known: benang, vosviewer"):
        find_palette("rainbow")


def test_the_nineteenth_cluster_has_a_colour_of_its_own() -> None:
    """Three times eighteen clusters have colours that differ by 7 in Lab or more, none near the grey of no cluster."""
    palette = PALETTES["benang"]
    colours = rgb_to_lab(to_rgb([palette.of(number) for number in range(1, 55)]))

    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(colours, 2)) > 7
    assert float(np.linalg.norm(colours - rgb_to_lab(to_rgb([palette.rest])), axis=1).min()) > 15


def test_clusters_that_follow_each_other_are_never_alike() -> None:
    """Of the first two hundred clusters no two whose numbers lie up to nine apart come closer than 10."""
    colours = rgb_to_lab(to_rgb([PALETTES["benang"].of(number) for number in range(1, 201)]))
    near = [np.linalg.norm(colours[step:] - colours[:-step], axis=1).min() for step in range(1, 10)]

    assert min(float(distance) for distance in near) > 10
