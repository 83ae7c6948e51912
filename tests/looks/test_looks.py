"""One type says how a map is looked at, for command line, plan, figures and pages."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from benang.errors import BenangError
from benang.looks import NORMALISATIONS, MapOptions, Normalisation, PaletteName, ScaleName, View
from benang.looks.appearance import PALETTES
from benang.looks.colour_scales import COLOUR_SCALES
from benang.ranges import RANGES
from benang.review.plan import MapChart

pytestmark = pytest.mark.fast


def test_options_of_figures_are_fields_of_a_view() -> None:
    """Each keyword argument is a field of the same name and type; the others belong to single views."""
    types = {field.name: field.type for field in fields(View)}
    options = {name: getattr(kind, "__forward_arg__", kind) for name, kind in MapOptions.__annotations__.items()}

    assert options.items() <= types.items()
    own = {"view", "score", "normalisation", "low", "high", "colours", "palette", "kernel_width"}
    assert types.keys() - options.keys() == own


def test_the_names_of_colours_are_those_that_there_are() -> None:
    """Of scales and of palettes."""
    assert set(get_args(ScaleName)) == set(COLOUR_SCALES)
    assert set(get_args(PaletteName)) == set(PALETTES)
    assert set(NORMALISATIONS.values()) == set(get_args(Normalisation))


@pytest.mark.parametrize("name", ["width", "height", "dpi", "scale", "zoom", "max_links", "kernel_width"])
def test_a_number_out_of_range_is_refused(name: str) -> None:
    """With the range that the table of ranges gives."""
    with pytest.raises(BenangError, match=name):
        View(**{name: RANGES[name].high * 2})  # type: ignore[arg-type]


def test_a_chart_of_the_plan_that_says_nothing_is_a_view_that_says_nothing() -> None:
    """Both have the same defaults; an overlay of a plan, and no other chart, names its score."""
    chart = MapChart(name="kata", kind="map", map="kata")
    overlay = MapChart(name="kata", kind="overlay", map="kata")

    assert chart.view("en") == View()
    assert overlay.view("en") == View(view="overlay", score="Avg. pub. year")


def test_what_a_chart_of_the_plan_says_reaches_the_view() -> None:
    """By the names that the plan has."""
    chart = MapChart(
        name="kata",
        kind="overlay",
        map="kata",
        score="Citations",
        score_colours="coolwarm",
        score_normalisation="divide-by-mean",
        weight="Links",
        label_length=12,
        palette="vosviewer",
        dark=True,
        frames=True,
        max_links=7,
        min_link_strength=2,
    )

    assert chart.view("id", ["A note."]) == View(
        view="overlay",
        score="Citations",
        colours="coolwarm",
        normalisation="divide by mean",
        weight="Links",
        label_length=12,
        palette="vosviewer",
        dark=True,
        frames=True,
        max_links=7,
        min_link_strength=2,
        notes=("A note.",),
        language="id",
    )
