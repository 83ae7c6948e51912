"""Drawing in millimetres: what figures share for text, keys, notes at the foot, and empty data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.figures.style import INK, MARGIN, MUTED, NORMAL, PAGE, POINTS_PER_MM, SMALL, new_figure, size_in_mm
from benang.figures.text_lines import LABEL_LINES, LEADING, broken, line_step, width_of

FOUND, FOUND_PALE = "#0072b2", "#cfe3f2"
"""Evidence, and cases; the pale one where they were told as a group (blue of Okabe and Ito, 2008)."""
AGAINST, AGAINST_PALE = "#c04f00", "#fbe0cc"
"""Counter-evidence (vermilion of Okabe and Ito, darkened to 4.5 : 1 on white)."""
PLAIN = "#222222"
"""Studies: each stands for itself."""
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


def draw_notes(figure: Figure, notes: Sequence[str]) -> float:
    """Write notes at the foot of a figure, one below the other, and return the height in mm that they take.

    Leave that much room below the axes; `notes_height` tells it beforehand.

    Examples
    --------
    >>> from benang.figures.style import new_figure, styled
    >>> with styled():
    ...     height = draw_notes(new_figure(84, 60), ["Small corpus: 23 records."])
    >>> height == notes_height(["Small corpus: 23 records."], 84)
    True
    """
    width, height = size_in_mm(figure)
    lines = _note_lines(notes, width)
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
    return notes_height(notes, width)


def _note_lines(notes: Sequence[str], width: float) -> tuple[str, ...]:
    return tuple(line for note in notes for line in broken(note, width - 2 * MARGIN, SMALL, most=_LINES))
