"""Agreement drawn: a dot where the coefficient is, a line as long as its interval, and words where there is neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from benang.agreement.comparison import Agreement, Comparison
from benang.agreement.ratings import Coefficient, Name, Ratings
from benang.figures.agreement_figures import MOST_ROWS, Part, agreement_in_words, pages_of, plot_agreement
from benang.figures.saving import figure_bytes
from benang.locale import Language

Faults = Callable[[Figure], list[str]]
Drawn = tuple[float, float, float] | float | None
LONG = "Pergantian kepala daerah sesudah pemilihan yang tidak disertai serah terima perjanjian kepada pejabat yang baru"


def of(label: str, alpha: Drawn, ac1: Drawn, n: int = 10) -> Agreement:
    """Return a comparison of two coders: each coefficient as its value, alone or with the ends of its interval."""
    ratings = Ratings(("ani", "budi"), tuple(map(str, range(n))), (("yes", "no"),) * n)
    pairs: tuple[tuple[Name, Drawn], ...] = (("alpha", alpha), ("ac1", ac1))
    return Agreement(
        Comparison("code", label, label, ratings), tuple(_coefficient(name, one, n) for name, one in pairs)
    )


def _coefficient(name: Name, drawn: Drawn, n: int) -> Coefficient:
    if drawn is None:
        return Coefficient(name, None, n, "both always say 'no'")
    if isinstance(drawn, float):
        return Coefficient(name, drawn, n)
    return Coefficient(name, drawn[0], n, low=drawn[1], high=drawn[2])


RENT = of("Rising rent", (0.095, -0.46, 0.63), (0.31, -0.39, 0.87))
PARTS: tuple[Part, ...] = (
    ("Reasons", (RENT, of("slow permits", None, None), of("Rain", 0.7, (0.74, 0.5, 0.9)))),
    ("Uses", (of(LONG, (1.0, 1.0, 1.0), (1.0, 1.0, 1.0), 12345),)),
)


def texts(figure: Figure) -> list[str]:
    """Return all words of a figure."""
    return [re.sub(r"\s", " ", one.get_text()) for one in figure.findobj(Text) if isinstance(one, Text)]


def across(line: Line2D) -> tuple[float, ...]:
    """Return the places of a line on the scale."""
    return tuple(np.asarray(line.get_xdata(), dtype=np.float64).tolist())


def dots(figure: Figure, name: str) -> list[float]:
    """Return where the dots of a coefficient are on the scale, from the top down."""
    lines = [one for axes in figure.axes[1:] for one in axes.lines if one.get_label() == name]
    return [across(one)[0] for one in lines]


def test_dots_are_at_the_coefficients() -> None:
    """Of each row that has one."""
    figure = plot_agreement(PARTS)

    assert dots(figure, "alpha") == [0.095, 0.7, 1.0]
    assert dots(figure, "ac1") == [0.31, 0.74, 1.0]


def test_lines_are_as_long_as_the_intervals_and_the_scale_has_room_for_them() -> None:
    """A coefficient without an interval has a dot alone."""
    axes = plot_agreement(PARTS).axes[1]

    assert {(-0.46, 0.63), (-0.39, 0.87), (0.5, 0.9)} <= {across(one) for one in axes.lines}
    assert axes.get_xlim() == pytest.approx((-0.6, 1))


def test_the_limits_of_krippendorff_are_drawn_across_each_part_and_named_once() -> None:
    """.667 and .800."""
    figure = plot_agreement(PARTS)
    for axes in figure.axes[1:]:
        crossing = [across(one)[0] for one in axes.lines if one.get_linestyle() in ("-", "--")]
        assert {0.667, 0.8} <= set(crossing)
    assert texts(figure).count("0.667") == texts(figure).count("0.800") == 1


def test_every_row_is_named_with_its_units_and_says_where_nothing_is_defined() -> None:
    """Labels begin with a capital letter."""
    said = texts(plot_agreement(PARTS))

    assert {"Rising rent", "Slow permits", "Rain", "n = 10", "n = 12,345", "undefined"} <= set(said)
    assert any(text.startswith("Where a dot is missing") for text in said)
    assert any(text.startswith("A dot without a line") for text in said)


def test_shapes_differ_as_well_as_colours() -> None:
    """Whoever sees no colours, or prints in grey, sees a full circle and an open square."""
    lines = [one for one in plot_agreement(PARTS).findobj(Line2D) if one.get_label() in ("alpha", "ac1")]
    shapes = {(one.get_label(), one.get_marker(), one.get_markerfacecolor()) for one in lines}

    assert {shape for _name, shape, _face in shapes} == {"o", "s"}
    lightness = {name: sum(to_rgb(face)) / 3 for name, _shape, face in shapes}
    assert lightness["ac1"] - lightness["alpha"] > 0.5


@pytest.mark.parametrize("language", ["en", "id"])
def test_nothing_is_cut_and_no_texts_touch(language: Language, text_faults: Faults) -> None:
    """Also with labels of several lines and a heading as long as the page."""
    assert text_faults(plot_agreement((*PARTS, (LONG, (RENT,))), language=language)) == []
    assert text_faults(plot_agreement(((LONG, (RENT,)),), language=language)) == []
    assert text_faults(plot_agreement((("", (RENT,)),), language=language, width=84)) == []


def test_many_rows_are_parted_into_several_figures() -> None:
    """No row is lost, and a part that goes on keeps its heading."""
    pages = pages_of((("Reasons", (RENT,) * (MOST_ROWS + 2)), ("Uses", (RENT,))))

    assert [[(heading, len(rows)) for heading, rows in page] for page in pages] == [
        [("Reasons", MOST_ROWS)],
        [("Reasons", 2), ("Uses", 1)],
    ]


def test_nobody_to_compare_is_said() -> None:
    """A figure of nothing is a sentence."""
    assert "There are no coders to compare." in texts(plot_agreement(()))


def test_words_tell_what_the_picture_shows() -> None:
    """For readers who hear the page."""
    assert agreement_in_words(PARTS[:1], "en") == (
        "Rising rent: α 0.10 (−0.46 to 0.63), AC1 0.31 (−0.39 to 0.87); slow permits: α undefined, AC1 undefined; "
        "Rain: α 0.70, AC1 0.74 (0.50 to 0.90)."
    )


def test_the_same_coefficients_give_the_same_bytes(tmp_path: Path) -> None:
    """As SVG and PDF too."""
    for suffix in (".svg", ".png", ".pdf"):
        path = tmp_path / f"one{suffix}"
        plot_agreement(PARTS, path=path)
        assert path.read_bytes() == figure_bytes(plot_agreement(PARTS), suffix)
