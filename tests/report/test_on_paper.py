"""What the reports in Word and as PDF have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.small_report import figure, report

from benang.report.blocks import Column, Table, TableBody, TableRow
from benang.report.on_paper import PRINTED_WIDTH, anchors_of, columns_of, printed_size


def test_a_figure_is_printed_as_large_as_it_was_drawn() -> None:
    """By its SVG, or by the density that its PNG tells."""
    drawn = figure("bars", 1)

    for one in (drawn, replace(drawn, svg=None)):
        size = printed_size(one)
        assert size.width == pytest.approx(84, abs=0.2)
        assert size.height == pytest.approx(60, abs=0.2)


def test_a_wide_figure_gets_a_page_on_its_side() -> None:
    """One that is a little too wide is made smaller; one without a size fills the page."""
    assert printed_size(figure("wide", 1, 250.0, 120.0)).is_turned
    assert printed_size(figure("broad", 1, 180.0, 120.0)).width == pytest.approx(PRINTED_WIDTH)
    assert printed_size(replace(figure("bars", 1), svg="<svg/>", png=b"none")).width == PRINTED_WIDTH


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
