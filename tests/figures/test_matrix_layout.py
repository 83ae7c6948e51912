"""A matrix has room for every text, and its columns stand at one distance."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.figures import ONE_COLUMN, PAGE, SMALL
from benang.figures.matrix_layout import Band, Block, Column, Grid, MatrixRow, lay_out
from benang.figures.text_lines import width_of
from benang.synthesis.findings import Cell

LABELS = st.sampled_from(["Cost", "No office", "Weak support from the central government", "Nobody was told of it"])


def _grid(columns: list[str], heading: str = "Inside") -> Grid:
    held = tuple(Column(str(at), label) for at, label in enumerate(columns))
    rows = (MatrixRow("a", "Padang – Fremantle"), MatrixRow("b", "Surabaya – Busan"))
    cells = {(row.id, column.id): Cell("not-looked") for row in rows for column in held}
    return Grid((Band("", rows),), (Block(heading, held),), cells)


@settings(max_examples=25)
@given(st.lists(LABELS, min_size=2, max_size=30))
def test_columns_stand_at_one_distance_and_within_the_figure(columns: list[str]) -> None:
    """However many there are, each is one pitch from the next, and the last ends on the page."""
    layout = lay_out(_grid(columns), PAGE)
    lefts = [layout.lefts[str(at)] for at in range(len(columns))]

    assert [after - before for before, after in pairwise(lefts)] == pytest.approx([layout.pitch] * (len(columns) - 1))
    assert lefts[-1] + layout.pitch <= layout.width


def test_upright_labels_are_whole_and_have_room() -> None:
    """The words of a column are all there, and the strip above the matrix is as tall as the longest line."""
    label = "Weak support from the central government"
    layout = lay_out(_grid([label, "Cost"]), PAGE)

    assert " ".join(layout.column_lines["0"]) == label
    assert layout.label_height > width_of(layout.column_lines["0"], SMALL)


def test_few_columns_make_a_figure_of_one_column() -> None:
    """It is no wider than a column of a journal, and no narrower."""
    assert lay_out(_grid(["Cost", "Time"]), PAGE).width == ONE_COLUMN


def test_a_heading_too_long_for_its_columns_stands_upright() -> None:
    """Two narrow columns have no room for a long word across them."""
    crowded = [f"Code {at}" for at in range(40)]
    grid = _grid(crowded)
    narrow = Grid(
        grid.bands,
        (
            Block("Internationalisation", grid.blocks[0].columns[:1]),
            Block("Inside", grid.blocks[0].columns[1:]),
        ),
        grid.cells,
    )

    assert not lay_out(grid, PAGE).heads.upright
    assert lay_out(narrow, PAGE).heads.upright
