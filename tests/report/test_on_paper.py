"""What the reports in Word and as PDF have in common."""

from __future__ import annotations

from tests.report.small_report import report

from benang.report.blocks import Column, Table, TableBody, TableRow
from benang.report.on_paper import anchors_of, columns_of


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
