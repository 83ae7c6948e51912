"""The PRISMA 2020 flow diagram: which boxes stand where, with their texts and arrows, and the drawing of them.

The boxes, their words and their order are those of the templates of PRISMA 2020 (Page et al., 2021, BMJ 372, n71): of
new and of updated reviews, with and without other methods. A layout is bare places and texts; the figure, the page and
the shapes in Word are all made from the same one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path as Outline

from benang.figures import INK, MARGIN, MUTED, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.page import page_of
from benang.figures.saving import save_figure
from benang.figures.text_lines import broken, fitted, line_step, width_of, words_of

Column = Literal["previous", "main", "aside", "other", "other-aside"]
Row = Literal["identified", "screened", "sought", "assessed", "included", "total"]
Phase = Literal["identification", "screening", "included"]

COLUMNS: tuple[Column, ...] = ("previous", "main", "aside", "other", "other-aside")
PHASES: Mapping[Row, Phase] = {
    "identified": "identification",
    "screened": "screening",
    "sought": "screening",
    "assessed": "screening",
    "included": "included",
    "total": "included",
}
"""The rows from top to bottom, with the phase that each belongs to."""

BOX, HEAD, PHASE, EDGE = "#ffffff", "#efefef", "#dfe8f0", "#444444"
"""Grounds of boxes, of the heads of columns and of the bars of phases; outlines and arrows."""
LINE = 0.6
"""Width of outlines and arrows in points."""
PADDING = 1.5
"""Millimetres between the outline of a box and its text."""

_BAR, _BESIDE_BAR = 5.0, 2.5  # mm
_BETWEEN, _WIDE_BETWEEN = 4.5, 12.0  # mm between columns, and between two that have the page to themselves
_BELOW = 4.5  # mm between rows: room for an arrow
_ENTRIES = 0.5  # mm more from one entry to the next than from line to line
LEVEL, HANGING = 2.2, 1.6  # mm that an entry of a list, and its further lines, stand in
_HEAD = 2.0  # mm between a head and the first row
_SHARES = (1.0, 0.8, 1.25, 1.6, 2.0, 2.5)
"""Widths of a column as shares of the others: those are taken that make the figure lowest."""
_GAIN = 1.5  # mm that a figure must become lower by, for columns that differ
_SIZES = (NORMAL, 6.5, SMALL)
_HIGHEST = 205.0
"""Points of the text, the first that keeps the figure on an upright page: so many mm high, with a caption below it."""
_BASELINE = 0.76  # of a line's height, from its top: where letters of DejaVu Sans stand
_SLACK = 0.3  # mm of a line that stay free, for programs that set letters a little wider


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a box with its value as written, `1,234`.

    `number` is the id of what opens, `level` 1 stands in, as a database does below *Databases*; `mark` refers to a note
    below the figure.
    """

    text: str
    value: str = ""
    number: str = ""
    level: int = 0
    mark: str = ""

    @property
    def words(self) -> str:
        r"""The text with its number, which no line break parts.

        Examples
        --------
        >>> Entry("Records screened", "1,234", mark="*").words
        'Records screened (n\xa0=\xa01,234)*'
        """
        return f"{self.text} (n\xa0=\xa0{self.value}){self.mark}" if self.value else self.text


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box of the flow before it has a size: its place in columns and rows, its texts, and the number it opens."""

    id: str
    column: Column
    row: Row
    entries: tuple[Entry, ...]
    number: str = ""


@dataclass(frozen=True, slots=True)
class FlowTexts:
    """Everything that a flow diagram says, in one language.

    `heads` are those of the columns by the first column under each, `phases` the names of the bars, `notes` the lines
    below the figure, `title` what it is for those who hear it.
    """

    title: str
    boxes: tuple[FlowBox, ...]
    heads: Mapping[Column, str]
    phases: Mapping[Phase, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left end and its baseline in mm, and the number of the entry that it belongs to.

    `value` is in the line that the value of the entry is in.
    """

    text: str
    x: float
    y: float
    number: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its place and size in mm from the upper left corner of the figure.

    The text of a phase runs upwards, in the middle of its bar; its `lines` have the middle of the text.
    """

    id: str
    kind: Literal["box", "head", "phase"]
    left: float
    top: float
    width: float
    height: float
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    number: str = ""

    @property
    def right(self) -> float:
        """The right edge in mm."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge in mm."""
        return self.top + self.height

    @property
    def across(self) -> float:
        """The middle from left to right in mm."""
        return self.left + self.width / 2

    @property
    def down(self) -> float:
        """The middle from top to bottom in mm."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from box to box, by their ids: two points in mm, or three where it turns a corner."""

    start: str
    end: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """Where everything of a flow diagram stands, in mm from its upper left corner."""

    title: str
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[Line, ...]
    note_texts: tuple[str, ...]
    size: float
    """Points of the text in boxes, heads and bars."""


def flow_layout(texts: FlowTexts, width: float = PAGE) -> FlowLayout:
    """Place the boxes of a flow diagram on a figure of a width in mm; its height follows from the texts.

    Boxes of a row stand on one line through their middles, rows of all columns at the same height. A box is as high as
    its texts need, at 7 points, or at 6 where the figure would not fit a page; texts are broken, never cut.
    """
    layout = _lowest(texts, width, _SIZES[0])
    for size in _SIZES[1:]:
        if layout.height > _HIGHEST:
            layout = _lowest(texts, width, size)
    return layout


def _lowest(texts: FlowTexts, width: float, size: float) -> FlowLayout:
    """Return the layout whose columns have such widths that it is lowest, as found column by column."""
    used = {box.column for box in texts.boxes}
    shares: dict[Column, float] = {column: 1.0 for column in COLUMNS if column in used}
    layout = _placed(texts, width, _widths(texts, width, size, shares), size)
    for column in (*shares, *shares):
        for share in _SHARES:
            tried = {**shares, column: share}
            other = _placed(texts, width, _widths(texts, width, size, tried), size)
            if other.height < layout.height - _GAIN:
                shares, layout = tried, other
    return layout


def _widths(
    texts: FlowTexts, width: float, size: float, shares: Mapping[Column, float]
) -> dict[Column, tuple[float, float]]:
    """Return the left edge and the width of each column: room for its longest word, and a share of the rest."""
    left = MARGIN + _BAR + _BESIDE_BAR
    between = _WIDE_BETWEEN if len(shares) <= 2 else _BETWEEN
    room = width - MARGIN - left - between * (len(shares) - 1)
    least = dict.fromkeys(shares, 0.0)
    for box in texts.boxes:
        least[box.column] = max(least[box.column], *(_longest_word(entry, size) for entry in box.entries))
    least = {column: min(one, room / len(shares)) for column, one in least.items()}
    unit = (room - sum(least.values())) / sum(shares.values())
    places = {}
    for column, share in shares.items():
        places[column] = left, least[column] + unit * share
        left += least[column] + unit * share + between
    return places


def _longest_word(entry: Entry, size: float) -> float:
    return width_of(words_of(entry.words), size) + 2 * PADDING + LEVEL * entry.level + HANGING + _SLACK


def _placed(texts: FlowTexts, width: float, columns: Mapping[Column, tuple[float, float]], size: float) -> FlowLayout:
    sized = [_sized(box, *columns[box.column], size) for box in texts.boxes]
    heads = list(_heads(texts, columns, size))
    top = MARGIN + max((head.height + _HEAD for head in heads), default=0.0)
    heights = _row_heights(texts, sized, size)
    tops: dict[Row, float] = {}
    for row, height in heights.items():
        tops[row] = top
        top += height + _BELOW
    middles = {row: tops[row] + heights[row] / 2 for row in heights}
    boxes = [_moved(one, middles[box.row] - one.down) for one, box in zip(sized, texts.boxes, strict=True)]
    bars = _bars(texts, tops, heights)
    lines = [line for note in texts.notes for line in broken(note, width - 2 * MARGIN, SMALL)]
    step = line_step(SMALL)
    notes = tuple(Line(line, MARGIN, top + at * step + _BASELINE * step) for at, line in enumerate(lines))
    height = top + len(notes) * step + MARGIN if notes else top - _BELOW + MARGIN
    arrows = tuple(_arrows(dict(zip([(box.column, box.row) for box in texts.boxes], boxes, strict=True))))
    return FlowLayout(texts.title, width, height, (*bars, *heads, *boxes), arrows, notes, texts.notes, size)


def _row_heights(texts: FlowTexts, sized: Sequence[PlacedBox], size: float) -> dict[Row, float]:
    """Return the heights of the rows: those of the highest boxes; the bar of a phase has room for its name."""
    heights: dict[Row, float] = {}
    for row in PHASES:
        of_row = [one.height for one, box in zip(sized, texts.boxes, strict=True) if box.row == row]
        heights |= {row: max(of_row)} if of_row else {}
    for phase, name in texts.phases.items():
        rows = [row for row in heights if PHASES[row] == phase]
        room = sum(heights[row] for row in rows) + _BELOW * (len(rows) - 1)
        if rows:
            heights[rows[-1]] += max(0.0, width_of([name], size, "bold") + 2 * PADDING - room)
    return heights


def _sized(box: FlowBox, left: float, width: float, size: float) -> PlacedBox:
    """Return a box of a width at the top of the figure, as high as its texts."""
    step, y = line_step(size), PADDING
    lines = []
    for at, entry in enumerate(box.entries):
        y += _ENTRIES if at else 0.0
        inwards = PADDING + LEVEL * entry.level
        hanging = HANGING if len(box.entries) > 1 and entry.value else 0.0
        broken_words = broken(entry.words, width - inwards - hanging - PADDING - _SLACK, size)
        for n, text in enumerate(broken_words, 1):
            x = left + inwards + (hanging if n > 1 else 0.0)
            value = entry.value if n == len(broken_words) else ""
            lines.append(Line(text, x, y + _BASELINE * step, entry.number, value))
            y += step
    return PlacedBox(box.id, "box", left, 0.0, width, y + PADDING, tuple(lines), box.entries, box.number)


def _moved(box: PlacedBox, down: float) -> PlacedBox:
    lines = tuple(replace(line, y=line.y + down) for line in box.lines)
    return replace(box, top=box.top + down, lines=lines)


def _heads(texts: FlowTexts, columns: Mapping[Column, tuple[float, float]], size: float) -> Iterator[PlacedBox]:
    """Give the heads, each over its column and the one beside it, all of one height."""
    step, heads = line_step(size), []
    for column, text in texts.heads.items():
        left, right = columns[column][0], sum(columns.get(_ASIDE_OF.get(column, column), columns[column]))
        room = right - left - 2 * PADDING - _SLACK
        n = len(broken(text, room, size, "bold"))
        heads.append((column, left, right, fitted(text, n, size, "bold", longest=room)))
    height = max((len(lines) for *_, lines in heads), default=0) * step + 2 * PADDING
    for column, left, right, lines in heads:
        first = MARGIN + (height - len(lines) * step) / 2 + _BASELINE * step
        placed = tuple(
            Line(text, (left + right - width_of([text], size, "bold")) / 2, first + at * step)
            for at, text in enumerate(lines)
        )
        entries = (Entry(texts.heads[column]),)
        yield PlacedBox(f"head-{column}", "head", left, MARGIN, right - left, height, placed, entries)


_ASIDE_OF: Mapping[Column, Column] = {"main": "aside", "other": "other-aside"}


def _bars(texts: FlowTexts, tops: Mapping[Row, float], heights: Mapping[Row, float]) -> Iterator[PlacedBox]:
    for phase, name in texts.phases.items():
        rows = [row for row in tops if PHASES[row] == phase]
        if not rows:
            continue
        top, bottom = tops[rows[0]], tops[rows[-1]] + heights[rows[-1]]
        middle = Line(name, MARGIN + _BAR / 2, (top + bottom) / 2)
        yield PlacedBox(f"phase-{phase}", "phase", MARGIN, top, _BAR, bottom - top, (middle,), (Entry(name),))


def _arrows(boxes: Mapping[tuple[Column, Row], PlacedBox]) -> Iterator[Arrow]:
    """Give the arrows: down each flow, to the boxes beside it, and from each flow to what is included."""
    for column in ("main", "other"):
        flow = [boxes[column, row] for row in PHASES if (column, row) in boxes]
        for one, next_one in pairwise(flow):
            yield Arrow(one.id, next_one.id, ((next_one.across, one.bottom), (next_one.across, next_one.top)))
        for row in PHASES:
            if (column, row) in boxes and (beside := boxes.get((_ASIDE_OF[column], row))):
                one = boxes[column, row]
                yield Arrow(one.id, beside.id, ((one.right, one.down), (beside.left, one.down)))
    ends = [boxes[column, row] for column, row in boxes if row in ("included", "total")]
    others = [boxes["other", row] for row in PHASES if ("other", row) in boxes and boxes["other", row] not in ends]
    if others and ends and ends[0].left < others[-1].left:
        one, end = others[-1], ends[0]
        yield Arrow(one.id, end.id, ((one.across, one.bottom), (one.across, end.down), (end.right, end.down)))
    if ("previous", "identified") in boxes and ends:
        one, end = boxes["previous", "identified"], ends[-1]
        yield Arrow(one.id, end.id, ((one.across, one.bottom), (one.across, end.down), (end.left, end.down)))


def plot_flow(layout: FlowLayout, path: Paths = None) -> Figure:
    """Draw a flow diagram, black on white with light tints, and save it where that is asked for."""
    with styled():
        figure = new_figure(layout.width, layout.height, title=layout.title)
        page = page_of(figure)
        for box in layout.boxes:
            _draw_box(page, box, layout.size)
        for arrow in layout.arrows:
            outline = Outline(list(arrow.points))
            page.add_patch(
                FancyArrowPatch(
                    path=outline, arrowstyle="-|>,head_length=2.6,head_width=1.3", mutation_scale=1, color=EDGE,
                    linewidth=LINE, shrinkA=0, shrinkB=0, joinstyle="miter", capstyle="butt",
                )
            )  # fmt: skip
        for line in layout.notes:
            _write(page, line, size=SMALL, color=MUTED)
        return save_figure(figure, path)


def _draw_box(page: Axes, box: PlacedBox, size: float) -> None:
    ground = {"box": BOX, "head": HEAD, "phase": PHASE}[box.kind]
    edge = EDGE if box.kind == "box" else "none"
    place = (box.left, box.top)
    page.add_patch(Rectangle(place, box.width, box.height, facecolor=ground, edgecolor=edge, linewidth=LINE))
    for line in box.lines:
        if box.kind == "phase":
            page.text(
                line.x, line.y, line.text, fontsize=size, fontweight="bold", color=INK, ha="center", va="center",
                rotation=90, rotation_mode="anchor", parse_math=False,
            )  # fmt: skip
        else:
            _write(page, line, size=size, weight="bold" if box.kind == "head" else "normal")


def _write(page: Axes, line: Line, *, size: float, weight: str = "normal", color: str = INK) -> None:
    page.text(
        line.x, line.y, line.text, fontsize=size, fontweight=weight, color=color, ha="left", va="baseline",
        parse_math=False,
    )  # fmt: skip
