"""Keywords and codes that go together, as a matrix of circles."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from benang.coding.codebook import Code, Codebook
from benang.figures import INK, MARGIN, MUTED, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.code_bars import code_name, judged_note
from benang.figures.page import (
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    KeyEntry,
    draw_key,
    draw_notes,
    empty_figure,
    key_height,
    notes_height,
    page_of,
    put,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import LABEL_LINES, broken, line_step, width_of
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check
from benang.synthesis.association import Association, Pair

SUPPORT = 2
"""Studies that have both, for a pair to be drawn: one study together is no habit."""
BELIEVED = 0.05

_ROW, _COLUMN = 5.6, 7.4  # mm
_LABELS, _HEADS = 46.0, 44.0  # mm: the longest label of a row, of a column
_MOST_ROWS = 30
_LARGEST = 4.8  # mm: diameter of the largest circle
_LEAST = 2.6  # with room for its number


@dataclass(frozen=True)
class _Grid:
    rows: tuple[tuple[str, str], ...]
    columns: tuple[Code, ...]
    cells: dict[tuple[str, str], Pair]
    most: float
    left_out: int


def plot_association(
    association: Association,
    codebook: Codebook,
    *,
    support: int = SUPPORT,
    language: Language = "en",
    width: float = PAGE,
    path: Paths = None,
) -> Figure:
    """Draw items (keywords, terms) against codes: a circle where several studies have both.

    The area of a circle and the number in it are the studies that have both. It is dark where chance would seldom bring
    as many together (p below 0.05, before correcting for the number of tests), pale where it might well, and hollow
    where there are no more than by chance. A ring is around those that stand after the correction (q below 0.05).

    Parameters
    ----------
    association
        Pairs with their counts (`association`).
    codebook
        Labels of codes.
    support
        Studies that must have both, for a pair to be drawn: `SUPPORT`.
    language
        Of labels and texts.
    width
        In mm as printed, at most. Columns that don't fit, those whose pairs are likeliest by chance, are left out, and
        counted in a note.
    path
        Files to write.
    """
    check(width=width)
    _ = translator(language)
    entry = codebook.group(association.group)
    group = entry.label.text(language) if entry else association.group
    title = _("Keywords and codes: {group}").format(group=group)
    with styled():
        grid = _grid(association, support, width)
        notes = _notes(association, grid, support, language)
        if not grid.cells:
            message = _("No keyword and code have {n} studies in common.").format(n=support)
            return save_figure(empty_figure(message, width=width, notes=notes, title=title), path)
        notes += judged_note(grid.columns, _)
        return save_figure(_drawn(grid, _key(grid, _), notes, language, title), path)


def _grid(association: Association, support: int, width: float) -> _Grid:
    """Choose the pairs to draw, and put what chance makes least likely first."""
    pairs = [pair for pair in association.pairs if pair.together.value >= support]
    fitting = max(1, int((width - 2 * MARGIN - _LABELS) // _COLUMN))
    columns = tuple({pair.code.id: pair.code for pair in pairs}.values())[:fitting]
    shown = {code.id for code in columns}
    rows = tuple({pair.item: (pair.item, pair.label) for pair in pairs if pair.code.id in shown}.values())[:_MOST_ROWS]
    names = {item for item, _label in rows}
    cells = {(pair.item, pair.code.id): pair for pair in pairs if pair.item in names and pair.code.id in shown}
    most = max((float(pair.together.value) for pair in cells.values()), default=1.0)
    return _Grid(rows, columns, cells, most, len(pairs) - len(cells))


def _drawn(grid: _Grid, key: Sequence[KeyEntry], notes: Sequence[str], language: Language, title: str) -> Figure:
    row_lines = [broken(label, _LABELS - 2, most=LABEL_LINES) for _item, label in grid.rows]
    head_lines = [broken(code_name(code, language), _HEADS - 2, SMALL, most=LABEL_LINES) for code in grid.columns]
    labels = max(width_of(lines) for lines in row_lines) + 2.5
    heads = max(width_of(lines, SMALL) for lines in head_lines) + 2.5
    heights = [max(_ROW, len(lines) * line_step(NORMAL) + 1) for lines in row_lines]
    pitches = [max(_COLUMN, len(lines) * line_step(SMALL) + 1.2) for lines in head_lines]
    width = max(MARGIN * 2 + labels + math.fsum(pitches), 84.0)
    key_room = key_height(key, width - 2 * MARGIN) + 2
    top = MARGIN + key_room + heads
    figure = new_figure(width, top + math.fsum(heights) + 2 + notes_height(notes, width), title=title)
    page = page_of(figure)
    draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
    left = MARGIN + labels
    lefts = [left + math.fsum(pitches[:at]) for at in range(len(pitches) + 1)]
    tops = [top + math.fsum(heights[:at]) for at in range(len(heights) + 1)]
    page.hlines(tops, lefts[0], lefts[-1], color=FAINT, linewidth=0.5)
    page.vlines(lefts, tops[0], tops[-1], color=FAINT, linewidth=0.5)
    for at, lines in enumerate(row_lines):
        put(page, left - 1.5, (tops[at] + tops[at + 1]) / 2, "\n".join(lines), ha="right")
    for at, lines in enumerate(head_lines):
        x = (lefts[at] + lefts[at + 1]) / 2
        put(page, x, top - 1.2, "\n".join(lines), size=SMALL, ha="center", va="bottom", rotation=90)
    for row, (item, _label) in enumerate(grid.rows):
        for column, code in enumerate(grid.columns):
            if pair := grid.cells.get((item, code.id)):
                centre = ((lefts[column] + lefts[column + 1]) / 2, (tops[row] + tops[row + 1]) / 2)
                _circle(page, centre, pair, grid.most, language)
    draw_notes(figure, notes)
    return figure


def _circle(page: Axes, centre: tuple[float, float], pair: Pair, most: float, language: Language) -> None:
    size = max(_LEAST, _LARGEST * (pair.together.value / most) ** 0.5)
    kind = _kind(pair)
    _mark(page, *centre, size, kind, ring=pair.q < BELIEVED)
    colour = "white" if kind == "dark" else INK if kind == "pale" else MUTED
    put(
        page,
        centre[0],
        centre[1] - 0.15,  # digits have no descenders
        numeral(pair.together.value, language),
        size=SMALL,
        color=colour,
        ha="center",
        va="center_baseline",
    )


def _kind(pair: Pair) -> str:
    if pair.ratio <= 1:
        return "hollow"
    return "dark" if pair.p < BELIEVED else "pale"


def _mark(page: Axes, x: float, y: float, size: float, kind: str, *, ring: bool = False) -> None:
    face = {"dark": EVIDENCE, "pale": EVIDENCE_PALE, "hollow": "white"}[kind]
    edge = {"dark": EVIDENCE, "pale": EVIDENCE, "hollow": "#9a9a9a"}[kind]
    page.add_patch(Circle((x, y), size / 2, facecolor=face, edgecolor=edge, linewidth=0.5, label=kind))
    if ring:
        page.add_patch(Circle((x, y), size / 2 + 0.45, facecolor="none", edgecolor=INK, linewidth=0.6, label="ring"))


def _key(grid: _Grid, _: Translator) -> list[KeyEntry]:
    """Explain the kinds of circles that are there."""
    words = {
        "dark": _("in more studies than expected by chance (p < 0.05)"),
        "pale": _("in more than expected, but within chance"),
        "hollow": _("in no more than expected"),
    }
    there = {_kind(pair) for pair in grid.cells.values()}
    entries = [KeyEntry(text, _sample(kind), 4.0) for kind, text in words.items() if kind in there]
    if any(pair.q < BELIEVED for pair in grid.cells.values()):
        entries.append(
            KeyEntry(_("significant after correction for all tests (q < 0.05)"), _sample("dark", ring=True), 4.0)
        )
    return entries


def _sample(kind: str, *, ring: bool = False) -> Callable[[Axes, float, float], None]:
    return lambda page, x, y: _mark(page, x, y, 2.6, kind, ring=ring)


def _notes(association: Association, grid: _Grid, support: int, language: Language) -> list[str]:
    _ = translator(language)
    studies, tests = numeral(association.studies.value, language), numeral(association.n_tests, language)
    notes = [
        _("Coded studies compared: {studies}; pairs of keyword and code tested: {tests}.").format(
            studies=studies, tests=tests
        ),
        _("Shows pairs that occur together in {n} or more studies; the number counts these studies.").format(n=support),
    ]
    if association.without_items.value:
        n = numeral(association.without_items.value, language)
        notes.append(_("Coded studies left out because they have no keywords: {n}.").format(n=n))
    if grid.left_out:
        notes.append(_("Pairs not shown for lack of space: {n}.").format(n=numeral(grid.left_out, language)))
    return notes
