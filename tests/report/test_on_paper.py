"""What the reports in Word and as PDF have in common."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from tests.report.invented import SVG, png
from tests.report.small_report import figure as drawn_figure
from tests.report.small_report import report

from benang.report import Column, Figure, Table, TableBody, TableRow
from benang.report.on_paper import (
    PRINTED_WIDTH,
    anchors_of,
    columns_of,
    drawn_size,
    picture_address,
    printed_size,
    size_on_screen,
)


def test_columns_of_numbers_keep_their_words_whole() -> None:
    """Text gives way: a page has room for some hundred characters."""
    columns = (Column("Factor"), Column("Studies with both", is_number=True), Column("Remark"))
    row = TableRow(("Rain " * 9, "12", "It closed. " * 20))
    shares = columns_of(Table("table-a", "Factors", columns, (TableBody((row,)),))).shares

    assert shares[1] >= len("Studies")
    assert sum(shares) <= 107


def test_what_has_an_anchor_is_known() -> None:
    """Sections, figures, tables and their rows, cases, references, numbers, and passages in the list of all."""
    anchors = anchors_of(report())

    assert {"part-tables", "figure-bars", "table-1", "code-1-0", "case-hulu", "ref-a", "n-cases.all", "p-1"} <= anchors
    assert "missing" not in anchors


def test_an_svg_is_kept_whole_in_its_address() -> None:
    """Decoded, it is the file; points become CSS pixels."""
    figure = Figure("figure-topics", SVG, None, "Caption", "Alt")

    assert base64.b64decode(picture_address(figure).removeprefix("data:image/svg+xml;base64,")).decode() == SVG
    assert size_on_screen(figure) == (480, 288)


def test_a_png_is_kept_whole_in_its_address() -> None:
    """Its size is that of its header."""
    data = png(40, 20)
    figure = Figure("figure-density", None, data, "Caption", "Alt")

    assert base64.b64decode(picture_address(figure).removeprefix("data:image/png;base64,")) == data
    assert size_on_screen(figure) == (40, 20)


def test_a_size_that_a_file_does_not_give_is_left_out() -> None:
    """A view box alone gives the shape."""
    boxed = Figure("figure-boxed", '<svg viewBox="0 0 30 20">', None, "Caption", "Alt")

    assert size_on_screen(boxed) == (30, 20)
    assert size_on_screen(replace(boxed, svg="<svg>")) == (0, 0)
    assert size_on_screen(replace(boxed, svg=None, png=b"GIF89a")) == (0, 0)


def test_a_stroke_is_no_width() -> None:
    """An attribute whose name ends in `width` gives no size."""
    stroked = Figure("figure-a", '<svg stroke-width="9" width="72pt" height="36pt">', None, "Caption", "Alt")

    assert drawn_size(stroked) == (72, 36)


@pytest.mark.parametrize(("length", "points"), [("96px", 72), ("96", 72), ("25.4mm", 72), ("2.54cm", 72), ("1in", 72)])
def test_a_size_is_read_in_any_unit_of_length(length: str, points: float) -> None:
    """An inch is 72 points, 96 pixels, 25.4 mm; a number alone counts pixels."""
    drawn = Figure("figure-a", f'<svg width="{length}" height="{length}">', None, "Caption", "Alt")

    assert drawn_size(drawn) == pytest.approx((points, points))


def test_a_figure_is_printed_as_large_as_it_was_drawn() -> None:
    """By its SVG, or by the density that its PNG gives."""
    drawn = drawn_figure("bars", 1)

    for one in (drawn, replace(drawn, svg=None)):
        size = printed_size(one)
        assert size.width == pytest.approx(84, abs=0.2)
        assert size.height == pytest.approx(60, abs=0.2)


def test_a_wide_figure_gets_a_page_on_its_side() -> None:
    """One that is a little too wide is made smaller; one without a size fills the page."""
    assert printed_size(drawn_figure("wide", 1, 250.0, 120.0)).is_turned
    assert printed_size(drawn_figure("broad", 1, 180.0, 120.0)).width == pytest.approx(PRINTED_WIDTH)
    assert printed_size(replace(drawn_figure("bars", 1), svg="<svg/>", png=b"none")).width == PRINTED_WIDTH
