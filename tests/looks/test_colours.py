"""Palettes that all readers can tell apart, and colours mixed as the eye sees them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benang.errors import BenangError
from benang.looks.colours import PALETTES, find_palette, lab_to_rgb, lighten, rgb_to_lab, to_hex, to_rgb
from benang.network.network import Floats

pytestmark = pytest.mark.fast

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
