"""The page of a map: all of it within the border, as large as may be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benang.figures import DARK, LIGHT, Theme
from benang.figures.map_sheet import circle_points, fit, label_points, sheet_for, turned_to_fill, with_links_seen
from benang.looks.appearance import rgb_to_lab, to_hex, to_rgb
from benang.maps import Map
from benang.network.network import Network, symmetric

AREA = (10.0, 20.0, 410.0, 320.0)


def _strip(degrees: int) -> Map:
    """Return a map of 100 items without links in a strip 10 long and 2 wide, turned by so many degrees."""
    names = tuple(f"item {number}" for number in range(100))
    xy = np.random.default_rng(4).uniform(size=(100, 2)) * [10.0, 2.0]
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return Map(Network(names, names, symmetric(100, [], [], [])), xy @ turn, np.ones(100, np.int64))


def test_all_circles_fit_and_two_touch_the_border() -> None:
    """The map is as large as its circles allow: one way it reaches both edges."""
    random = np.random.default_rng(8)
    xy, radii = random.normal(size=(40, 2)), random.uniform(1, 12, 40)
    places, _ = fit(xy, radii, AREA)
    low, high = (places - radii[:, None]).min(axis=0), (places + radii[:, None]).max(axis=0)

    assert bool((low >= np.array(AREA[:2]) - 1e-6).all() and (high <= np.array(AREA[2:]) + 1e-6).all())
    assert np.isclose(high - low, [400, 300], atol=1e-6).any()


def test_both_axes_have_one_scale() -> None:
    """Distances keep their proportions."""
    xy = np.array([[0.0, 0], [3, 0], [0, 4]])
    places, scale = fit(xy, np.ones(3), AREA)

    assert np.linalg.norm(places[1] - places[2]) == pytest.approx(5 * scale)


def test_items_at_one_point_stand_in_the_middle() -> None:
    """Without an extent the map is centred."""
    places, _ = fit(np.full((3, 2), 7.0), np.ones(3), AREA)

    assert np.allclose(places, [210, 170])


def test_more_items_mean_smaller_circles() -> None:
    """Circles together take about the same share of the page."""
    few, many = (circle_points(np.full(n, 16.0), AREA) for n in (60, 200))

    assert few / many == pytest.approx(np.sqrt(200 / 60))


def test_text_is_never_below_five_points_and_follows_the_room() -> None:
    """Few labels are larger than many; many are still readable."""
    few = label_points(np.full(10, 13.0), ["some words"] * 10, AREA)
    many = label_points(np.full(900, 13.0), ["some words"] * 900, AREA)

    assert few.min() > many.min() >= 5


def test_one_huge_label_is_narrower_than_the_map() -> None:
    """A text is set smaller where it would be wider than four fifths of the map."""
    text = "w" * 30
    size = label_points(np.array([400.0]), [text], (0.0, 0.0, 100.0, 100.0))[0]

    assert size * 30 * 0.8 < 82


def test_the_legend_and_the_notes_take_their_room_from_a_given_height() -> None:
    """With a height in millimetres, the map gets what legend, notes and title leave."""
    bare = sheet_for(174, 100, 0.7, title=False, foot=0)
    full = sheet_for(174, 100, 0.7, title=True, foot=40)

    assert bare.height == pytest.approx(full.height)
    assert full.area[1] > bare.area[1] + 30
    assert full.area[3] < bare.area[3]


def test_legends_and_notes_take_less_than_a_fifth_of_the_page() -> None:
    """Where they need much room, the map becomes higher, unless a height was asked for."""
    for foot in (10.0, 40.0, 90.0):
        assert (
            sheet_for(174, None, 0.45, title=False, foot=foot).area[1]
            < 0.2 * sheet_for(174, None, 0.45, title=False, foot=foot).height
        )


@pytest.mark.parametrize("degrees", [0, 40, 90])
def test_a_strip_is_turned_to_fill_the_page(degrees: int) -> None:
    """Whichever way a strip of 100 items lies, 5 times as long as wide, it is drawn a sixth larger or more."""
    turned = np.ptp(turned_to_fill(_strip(degrees)).xy, axis=0)

    assert 0.45 < turned[1] / turned[0] < 0.9
    assert turned[0] < 9


def test_a_map_that_fills_the_page_is_left_as_it_is() -> None:
    """The same items in a heap nearly as high as wide stay where they are."""
    round_ = replace(_strip(0), xy=np.random.default_rng(5).normal(size=(100, 2)) * [1.0, 0.9])

    assert turned_to_fill(round_) is round_


def test_turning_keeps_all_distances() -> None:
    """A map is turned, never stretched or mirrored."""
    made = _strip(0)
    one, other = (here.xy - here.xy[0] for here in (made, turned_to_fill(made)))

    assert not np.allclose(one, other)
    np.testing.assert_allclose(one @ one.T, other @ other.T, atol=1e-9)
    assert np.linalg.det(one[1:3]) == pytest.approx(np.linalg.det(other[1:3]))


def test_links_of_few_items_stay_in_sight_between_their_circles() -> None:
    """Circles 10 points apart shrink from 8 to 5; on a map of many links they stay."""
    pixels, pair = np.array([8.0, 8.0]), (np.array([0]), np.array([1]))
    many = tuple(np.repeat(end, 100) for end in pair)

    assert with_links_seen(1.0, pixels, pair, np.array([10.0])) == pytest.approx(5 / 8)
    assert with_links_seen(1.0, pixels, (many[0], many[1]), np.full(100, 10.0)) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_links_are_about_as_light_in_any_colours(theme: Theme) -> None:
    """From the darkest violet to the palest yellow, links stand out from the page and from no other view of it."""
    rgb = to_rgb(["#264653", "#424086", "#0072b2", "#38b976", "#fde725"])
    lightness = rgb_to_lab(to_rgb(to_hex(theme.links(rgb))))[:, 0]
    page = rgb_to_lab(to_rgb([theme.page]))[0, 0]

    assert np.ptp(lightness) < 30
    assert np.abs(lightness - page).min() > 15
