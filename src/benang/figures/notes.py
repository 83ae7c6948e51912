"""Notes at the foot of a figure: what it rests on and leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from benang.figures.style import MARGIN, MUTED, POINTS_PER_MM, SMALL, size_in_mm
from benang.figures.text_lines import broken

_STEP = 1.35 * SMALL / POINTS_PER_MM  # mm from line to line
_LINES = 12  # of one note, at most


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
