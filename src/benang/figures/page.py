"""Drawing in millimetres: what figures share for text, keys, scales, notes at the foot, and empty data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.figures import INK, MARGIN, MUTED, NORMAL, PAGE, POINTS_PER_MM, SMALL, new_figure, size_in_mm
from benang.figures.text_lines import LABEL_LINES, LEADING, broken, line_step, text_width, width_of
from benang.locale import Language
from benang.locale.writing import numeral

EVIDENCE, EVIDENCE_PALE = "#0072b2", "#cfe3f2"
"""Evidence, and cases; the pale one where they were reported as a group (blue of Okabe and Ito, 2008)."""
AGAINST, AGAINST_PALE = "#c04f00", "#fbe0cc"
"""Counter-evidence (vermilion of Okabe and Ito, darkened to 4.5 : 1 on white)."""
PLAIN = "#222222"
"""Studies."""
FAINT, ABSENT, UNSEEN = "#e4e4e4", "#9a9a9a", "#dcdcdc"
"""Lines between cells; what was looked for and not reported; what nobody looked for."""

_STEP = 1.35 * SMALL / POINTS_PER_MM  # mm from line to line
_LINES = 12  # of one note, at most


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One entry of a key: its text, and what draws its sample around a point (x, y in mm)."""

    text: str
    draw: Callable[[Axes, float, float], None]
    room: float = 5.0
    """Width in mm of the sample."""


def page_of(figure: Figure) -> Axes:
    """Lay axes over the whole figure whose units are millimetres, from the upper left corner down.

    Examples
    --------
    >>> [float(edge) for edge in page_of(new_figure(84, 60)).get_ylim()]
    [60.0, 0.0]
    """
    width, height = size_in_mm(figure)
    page = figure.add_axes((0, 0, 1, 1), label="page")
    page.set_xlim(0, width)
    page.set_ylim(height, 0)
    page.axis("off")
    return page


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes at a place in millimetres from the upper left corner of the figure."""
    across, down = size_in_mm(figure)
    return figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))


def put(
    page: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = NORMAL,
    color: str = INK,
    weight: str = "normal",
    ha: str = "left",
    va: str = "center",
    rotation: float = 0,
    spacing: float = LEADING,
) -> None:
    """Write text, of one or more lines, at a point of the page in millimetres."""
    page.text(
        x,
        y,
        text,
        fontsize=size,
        color=color,
        fontweight=weight,
        ha=ha,
        va=va,
        rotation=rotation,
        linespacing=spacing,
        multialignment="left" if rotation else ha,
        clip_on=False,
        parse_math=False,
    )


def key_height(entries: Sequence[KeyEntry], width: float) -> float:
    """Return the height in mm that a key needs across a width."""
    return _key_lines(entries, width)[1]


def draw_key(page: Axes, entries: Sequence[KeyEntry], left: float, top: float, width: float) -> float:
    """Draw the entries of a key side by side, on as many lines as they need; return the height in mm."""
    places, height = _key_lines(entries, width)
    for entry, (x, y) in zip(entries, places, strict=True):
        entry.draw(page, left + x + entry.room / 2, top + y)
        put(page, left + x + entry.room + 1.2, top + y, "\n".join(_key_text(entry, width)), size=SMALL)
    return height


def _key_text(entry: KeyEntry, width: float) -> tuple[str, ...]:
    return broken(entry.text, width - entry.room - 1.2, SMALL, most=LABEL_LINES)


def _key_lines(entries: Sequence[KeyEntry], width: float) -> tuple[list[tuple[float, float]], float]:
    """Place entries from the left; give the middle of each, and the height of all."""
    places: list[tuple[float, float]] = []
    x, top, line = 0.0, 0.0, 0.0
    for entry in entries:
        lines = _key_text(entry, width)
        needed = entry.room + 1.2 + width_of(lines, SMALL)
        if x and x + needed > width:
            x, top = 0.0, top + line
        line = max(4.0, len(lines) * line_step(SMALL) + 1.0) if x == 0 else line
        places.append((x, top + line / 2))
        x += needed + 5.0
    return places, top + line


def bar_sample(height: float, face: str, edge: str = "none") -> Callable[[Axes, float, float], None]:
    """Return what draws a piece of a bar, `height` mm thick, as the sample of a key's entry."""
    return lambda page, x, y: box(page, x, y, 5, height, face=face, edge=edge)


def box(page: Axes, x: float, y: float, width: float, height: float, *, face: str, edge: str = "none") -> None:
    """Draw a rectangle around a point of the page, all in millimetres."""
    page.add_patch(
        Rectangle((x - width / 2, y - height / 2), width, height, facecolor=face, edgecolor=edge, linewidth=0.6)
    )


def empty_figure(message: str, *, width: float = PAGE, notes: Sequence[str] = (), title: str = "") -> Figure:
    """Return a figure that says, in one sentence, that there is nothing to draw."""
    lines = broken(message, width - 2 * MARGIN, most=LABEL_LINES)
    room = len(lines) * line_step(NORMAL) + 16
    figure = new_figure(width, room + notes_height(notes, width), title=title)
    put(page_of(figure), width / 2, room / 2, "\n".join(lines), color=MUTED, ha="center")
    draw_notes(figure, notes)
    return figure


def notes_height(notes: Sequence[str], width: float) -> float:
    """Return the height in mm that notes need at the foot of a figure `width` mm wide, margins included; 0 for none.

    Examples
    --------
    >>> notes_height([], 174.0)
    0.0
    """
    lines = _note_lines(notes, width)
    return len(lines) * _STEP + 1.5 * MARGIN if lines else 0.0


def draw_notes(figure: Figure, notes: Sequence[str], room: float | None = None) -> float:
    """Write notes at the foot of a figure, one below the other, and return the height in mm that they take.

    Leave that much room below the axes; `notes_height` gives it beforehand. `room`: the width in mm that they share
    out, margins included, where it is not the whole of the figure.

    Examples
    --------
    >>> from benang.figures import new_figure, styled
    >>> with styled():
    ...     height = draw_notes(new_figure(84, 60), ["Small corpus: 23 records."])
    >>> height == notes_height(["Small corpus: 23 records."], 84)
    True
    """
    width, height = size_in_mm(figure)
    room = width if room is None else room
    lines = _note_lines(notes, room)
    for place, line in enumerate(reversed(lines)):
        figure.text(
            MARGIN / width,
            (MARGIN + place * _STEP) / height,
            line,
            fontsize=SMALL,
            color=MUTED,
            ha="left",
            va="baseline",
            parse_math=False,
        )
    return notes_height(notes, room)


def _note_lines(notes: Sequence[str], width: float) -> tuple[str, ...]:
    return tuple(line for note in notes for line in broken(note, width - 2 * MARGIN, SMALL, most=_LINES))


def whole_ticks(maximum: float, most: int = 8) -> list[int]:
    """Return at most about `most` whole numbers from 0 on, a round step apart, that a scale up to `maximum` shows.

    Examples
    --------
    >>> whole_ticks(5), whole_ticks(13), whole_ticks(0)
    ([0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10, 12], [0, 1])
    """
    step = round_step(maximum / most)
    return list(range(0, int(max(maximum, 1)) + 1, step))


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`.

    Examples
    --------
    >>> round_step(0.3), round_step(1.6), round_step(30)
    (1, 2, 50)
    """
    step = 1
    while step < least:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def unit_length(axes: Axes) -> float:
    """Return the length in points of 1 on the horizontal scale."""
    low, high = axes.get_xlim()
    return width_in_points(axes) / (high - low)


def width_in_points(axes: Axes) -> float:
    """Return the width of axes in points."""
    return float(axes.bbox.width / axes.figure.dpi * 72)


def name_axes(page: Axes, box: tuple[float, float, float, float], across: str, up: str, *, below: float = 8.5) -> None:
    """Write the names of both scales around axes at a box (left, top, width, height in mm)."""
    left, top, width, height = box
    if across:
        put(page, left + width / 2, top + height + below, across, size=NORMAL, ha="center")
    put(page, 3.5, top + height / 2, up, size=NORMAL, ha="center", rotation=90)


def count_scale(axes: Axes, highest: float, language: Language, *, most: int = 6) -> None:
    """Let a scale of counts begin at 0, with whole ticks and faint lines."""
    axes.set_ylim(0, max(highest, 1) * 1.04)
    ticks = whole_ticks(max(highest, 1), most=most)
    axes.set_yticks(ticks, [numeral(one, language) for one in ticks])
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def year_scale(axes: Axes, first: int, last: int, *, named: bool = True) -> None:
    """Let a scale run over years: every year named where there is room, else round ones and both ends."""
    axes.set_xlim(first - 0.7, last + 0.7)
    room = (text_width("2000", SMALL) + 3) / unit_length(axes)
    ends = sorted({first, last})
    step = round_step(room)
    shown = [
        year
        for year in range(first, last + 1)
        if year % step == 0 and all(abs(year - end) >= room or year == end for end in ends)
    ]
    shown = sorted({*shown, *(ends if room <= last - first else ends[-1:])})
    axes.set_xticks(shown, [str(year) if named else "" for year in shown])
    axes.tick_params(axis="x", length=2.5, labelbottom=named)


def log_scale(axes: Axes, highest: float, language: Language, *, lowest: float = 1) -> None:
    """Let the horizontal scale be logarithmic from `lowest` on, with 1, 10, 100 … (2 and 5 where few) as ticks."""
    axes.set_xscale("log")
    axes.set_xlim(lowest * 0.88, highest * 1.12)
    ticks = log_ticks(lowest, highest)
    axes.set_xticks(ticks, [numeral(one, language) for one in ticks])
    axes.set_xticks([], minor=True)


def log_ticks(lowest: float, highest: float) -> list[float]:
    """Return 1, 10, 100, …, and 2 and 5 between where the scale spans fewer than three decades.

    Examples
    --------
    >>> log_ticks(1, 60), log_ticks(1, 5000)
    ([1, 2, 5, 10, 20, 50], [1, 10, 100, 1000])
    """
    steps: Sequence[int] = (1, 2, 5) if highest / lowest < 1000 else (1,)
    ticks = [step * 10**power for power in range(7) for step in steps]
    return [tick for tick in ticks if lowest <= tick <= highest]
