"""Bars of years: every year between has its place, what has no year stands apart, and texts stay legible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from benang.evidence import Number, count
from benang.figures.saving import figure_bytes
from benang.figures.year_bars import plot_years
from benang.locale import Language

Faults = Callable[[Figure], list[str]]


def _texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]


def _years(**counts: int) -> dict[int | None, Number]:
    return {
        None if key == "none" else int(key[1:]): count(key, map(str, range(value)), unit="studies")
        for key, value in counts.items()
    }


def test_years_between_are_shown_though_empty() -> None:
    """Records of 2015 and 2018 leave two years without a bar, named on the axis."""
    axes = plot_years(_years(y2015=2, y2018=1)).axes[0]

    heights = {
        round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in axes.patches if isinstance(bar, Rectangle)
    }
    assert heights == {2015: 2, 2016: 0, 2017: 0, 2018: 1}
    assert [one.get_text() for one in axes.get_xticklabels()] == ["2015", "2016", "2017", "2018"]


def test_records_without_a_year_stand_apart() -> None:
    """The bar without a year comes after a gap, and is named."""
    axes = plot_years(_years(y2015=2, y2016=1, none=3)).axes[0]

    apart = axes.patches[-1]
    assert isinstance(apart, Rectangle)
    assert round(apart.get_x() + apart.get_width() / 2) == 2018
    assert apart.get_height() == 3
    assert axes.get_xticklabels()[-1].get_text() == "no\nyear"


def test_records_that_tell_of_no_case_are_the_pale_part() -> None:
    """Of three records of 2015 two report a case: the bar is two dark and one pale, and the key says so."""
    figure = plot_years(_years(y2015=3, none=1), telling=_years(y2015=2, none=1))

    bars = [bar for bar in figure.axes[0].patches if isinstance(bar, Rectangle)]
    assert [(bar.get_y(), bar.get_height()) for bar in bars] == [(0, 2), (0, 1), (2, 1), (1, 0)]
    assert {"studies that report a case", "other records"} <= set(_texts(figure))


def test_where_all_records_report_a_case_the_key_names_no_others() -> None:
    """No bar has a pale part, so the key has none."""
    texts = _texts(plot_years(_years(y2015=3, none=1), telling=_years(y2015=3, none=1)))

    assert "studies that report a case" in texts
    assert "other records" not in texts


@pytest.mark.parametrize(
    "counts",
    [
        {"y2020": 1},
        {"none": 4},
        {"y1931": 1, "y2024": 12, "none": 2},
        {"y2000": 1500, "y2001": 3},
        {"y1600": 1, "y2024": 2},
        {f"y{year}": year - 1989 for year in range(1990, 2025)},
    ],
)
@pytest.mark.parametrize("language", ["en", "id"])
def test_years_near_and_far_apart_stay_legible(text_faults: Faults, counts: dict[str, int], language: Language) -> None:
    """One year, none, a century or four of them: ticks are whole years without overlap."""
    figure = plot_years(_years(**counts), language=language)

    assert text_faults(figure) == []
    assert all(float(tick).is_integer() for tick in figure.axes[0].get_yticks())


def test_values_stand_above_all_bars_or_above_none() -> None:
    """Values that would run into each other are left to the scale, all of them: a few alone would mislead."""
    close = plot_years(_years(**{f"y{year}": year - 1989 for year in range(1990, 2025)})).axes[0]
    apart = plot_years(_years(y1931=1, y2024=12, none=2)).axes[0]

    assert [one.get_text() for one in close.texts] == []
    assert [one.get_text() for one in apart.texts] == ["1", "12", "2"]


def test_first_and_last_year_are_named() -> None:
    """Where not every year has room for its name, the first and the last have, and round years between them."""
    axes = plot_years(_years(y1931=1, y2024=12, none=2)).axes[0]

    names = [one.get_text() for one in axes.get_xticklabels()]
    assert (names[0], names[-2], names[-1]) == ("1931", "2024", "no\nyear")
    assert {"1950", "2000"} <= set(names)


def test_no_records_gives_a_figure_that_says_so() -> None:
    """Without any record there is nothing to count, and the figure says that."""
    assert "There are no records to count by year." in _texts(plot_years({}))


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_years_drawn_twice_have_the_same_bytes(suffix: str) -> None:
    """The order of the mapping does not matter, nor does the day."""
    one, other = _years(y2015=2, y2016=1, none=3), _years(none=3, y2016=1, y2015=2)

    assert figure_bytes(plot_years(one), suffix) == figure_bytes(plot_years(other), suffix)
