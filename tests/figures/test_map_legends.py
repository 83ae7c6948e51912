"""Legends say what sizes and colours mean, in round numbers that the map reaches."""

from __future__ import annotations

import numpy as np
import pytest

from benang.figures.map_legends import (
    ClusterLegend,
    SizeLegend,
    Strip,
    cluster_height,
    round_sizes,
    score_bar,
    size_width,
)
from benang.figures.map_words import Words
from benang.looks.overlay import ScoreScale

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


def test_many_clusters_are_broken_into_lines() -> None:
    """What does not fit on one line goes on the next, and the strip grows."""
    entries = tuple((f"a cluster with quite a name {number}", "#0072b2") for number in range(6))
    legend = ClusterLegend(entries)

    assert cluster_height(legend, 300) > 2 * cluster_height(legend, 3000)


def test_a_strip_is_as_high_as_its_highest_legend() -> None:
    """Without legends there is no strip; with a large circle it is at least as high as that."""
    assert Strip().height(400, ENGLISH) == 0
    assert Strip(SizeLegend("Documents", (5.0,), (40.0,))).height(400, ENGLISH) > 40


def test_the_width_of_a_legend_covers_its_title() -> None:
    """A long title makes the legend as wide."""
    short, long = (SizeLegend(title, (5.0,), (4.0,)) for title in ("A", "A title that is far wider than a circle"))

    assert size_width(long, ENGLISH) > 2 * size_width(short, ENGLISH)
