"""Legends say what sizes and colours mean, in round numbers that the map reaches."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from benang.figures.map_drawing import new_page
from benang.figures.map_legends import (
    ClusterEntry,
    ClusterLegend,
    SizeLegend,
    cluster_height,
    cluster_legend,
    draw_clusters,
    round_sizes,
    score_bar,
    size_width,
)
from benang.figures.map_sheet import Sheet, Strip
from benang.figures.map_words import Words
from benang.looks.appearance import find_palette
from benang.looks.overlay import ScoreScale
from benang.maps import Map
from benang.network.network import Network, symmetric

ENGLISH = Words("en")


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([12.0, 40, 616], (20.0, 100.0, 500.0)),
        ([1.0, 5, 20], (1.0, 5.0, 20.0)),
        ([4.0, 4, 4], (4.0,)),
        ([1.0, 2], (1.0, 2.0)),
        ([0.0, 0.5], (0.02, 0.1, 0.5)),
        ([0.0, 0.0], ()),
        ([43.0, 47.0], (47.0,)),
    ],
)
def test_sizes_are_shown_for_round_values_within_the_map(values: list[float], shown: tuple[float, ...]) -> None:
    """Up to three values, the largest as near to the map's largest as a round number comes."""
    assert round_sizes(np.array(values)) == shown


def test_years_have_no_thousands_mark() -> None:
    """The year two thousand and ten is 2010 in English and Indonesian, not 2,010."""
    scale = ScoreScale(2010, 2020, (2010, 2020))

    for language in ("en", "id"):
        bar = score_bar("Year", scale, Words(language), years=True, n_without=0)
        assert [text for _, text in bar.ticks] == ["2010", "2020"]


def test_an_average_year_has_the_languages_decimal_mark() -> None:
    """2020.5 is 2020,5 in Indonesian."""
    scale = ScoreScale(2020, 2020.5, (2020.0, 2020.5), 1)
    bar = score_bar("Year", scale, Words("id"), years=True, n_without=0)

    assert [text for _, text in bar.ticks] == ["2020,0", "2020,5"]


def test_ticks_stand_at_their_place_on_the_bar() -> None:
    """The lowest score stands at 0, the highest at 1, one between where it belongs."""
    bar = score_bar("Citations", ScoreScale(0, 10, (0, 5, 10)), ENGLISH, years=False, n_without=2)

    assert [place for place, _ in bar.ticks] == [0, 0.5, 1]
    assert bar.grey == "no value: 2 items"


def test_grey_is_explained_only_where_there_is_some() -> None:
    """Where all items have a score, nothing is said of grey."""
    assert score_bar("Citations", ScoreScale(0, 1, (0, 1)), ENGLISH, years=False, n_without=0).grey == ""


def _legend(*names: str, n_items: int = 9) -> ClusterLegend:
    return ClusterLegend(
        tuple(ClusterEntry(at, (f"{name}, too", name), "#0072b2", n_items) for at, name in enumerate(names, 1))
    )


def _texts(legend: ClusterLegend, width: float) -> list[str]:
    _, axes = new_page(Sheet(width, 200.0, (0, 0, width, 200), 200.0), "")
    draw_clusters(axes, legend, ENGLISH, 0.0, 200.0, width)
    return [text.get_text() for text in axes.texts]


def test_many_clusters_are_broken_into_lines() -> None:
    """What does not fit on one line goes on the next, and the strip grows."""
    legend = _legend(*(f"a cluster with quite a name {number}" for number in range(6)))

    assert cluster_height(legend, 250, ENGLISH) > 2 * cluster_height(legend, 3000, ENGLISH)


def test_clusters_are_numbered_and_named_by_as_many_items_as_fit() -> None:
    """Two names each where there is room on three lines, else one."""
    assert _texts(_legend("rent", "permits"), 400) == ["1 rent, too", "2 permits, too"]
    few = _texts(_legend(*(f"names of vendors {number}" for number in range(1, 13))), 400)

    assert few == [f"{number} names of vendors {number}" for number in range(1, 13)]


def test_of_very_many_clusters_the_first_are_named_and_the_others_counted() -> None:
    """Of two hundred clusters those that fit on three lines have a name; with the others they are all."""
    texts = _texts(_legend(*(f"names of vendors {number}" for number in range(1, 201))), 400)
    rest = re.fullmatch(r"(\d+) more", texts[-1])

    assert rest is not None
    assert len(texts) > 9
    assert len(texts) - 1 + int(rest.group(1)) == 200


def test_clusters_of_one_item_are_only_counted() -> None:
    """The map names their item already, so more than three of them stand in the legend as a number."""
    large = _legend("rent", "permits")
    small = tuple(ClusterEntry(number, ("alone", "alone"), "#0072b2", 1) for number in range(3, 9))

    assert _texts(ClusterLegend((*large.entries, *small)), 400)[2:] == ["6 more of one item each"]


def test_two_clusters_never_share_a_shortened_name() -> None:
    """Names that differ only behind the place where they are cut are cut elsewhere."""
    north, south = (f"the Landau-Lifshitz-Gilbert equation of rented stalls in the {way}" for way in ("north", "south"))
    names = [text.split(" ", 1)[1] for text in _texts(_legend(north, south, *("a long name of a cluster",) * 9), 400)]

    assert names[0] != names[1]
    assert "…" in names[0]
    assert names[0].endswith("north")


def test_items_in_no_cluster_are_explained() -> None:
    """Where some circles are grey the legend says why; a map of one cluster needs no legend."""
    names = tuple("abcde")
    made = Map(Network(names, names, symmetric(5, [], [], [])), np.zeros((5, 2)), np.array([1, 1, 2, 2, 0]))
    legend = cluster_legend(made, find_palette("benang"), ENGLISH)

    assert legend is not None
    assert _texts(legend, 400) == ["1 a, b", "2 c, d", "no cluster: 1 item"]
    assert cluster_legend(replace(made, cluster=np.ones(5, np.int64)), find_palette("benang"), ENGLISH) is None


def test_a_strip_is_as_high_as_its_highest_legend() -> None:
    """Without legends there is no strip; with a large circle it is at least as high as that."""
    assert Strip().height(400, ENGLISH) == 0
    assert Strip(SizeLegend("Documents", (5.0,), (40.0,))).height(400, ENGLISH) > 40


def test_the_width_of_a_legend_covers_its_title() -> None:
    """A long title makes the legend as wide."""
    short, long = (SizeLegend(title, (5.0,), (4.0,)) for title in ("A", "A title that is far wider than a circle"))

    assert size_width(long, ENGLISH) > 2 * size_width(short, ENGLISH)
