"""One look for all figures: page sizes in millimetres, text in points, colours, notes, and files that never change.

Drawing goes through matplotlib's objects (`Figure`, `Axes`) inside `styled()`, never through pyplot, so that nothing
depends on a display, on a user's matplotlibrc, or on what was drawn before.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from benang.errors import BenangError, Problem
from benang.figures.svg_text import finished_svg
from benang.files import write_bytes

ONE_COLUMN = 84.0
"""Width in mm of a figure that fills one column of a journal (Elsevier 90, Springer and Science 84)."""
PAGE = 174.0
"""Width in mm of a figure that fills the page (Springer 174, Elsevier 190)."""

SMALL, NORMAL, LARGE = 6.0, 7.0, 8.5
"""Text sizes in points as printed: notes and ticks; labels; headings. Journals ask for no less than 6."""

INK, MUTED, RULE = "#222222", "#595959", "#d0d0d0"
"""Text and axes; notes (still 7 : 1 on white); thin rules and grids."""

_POINTS_PER_MM = 72 / 25.4
_LINE_HEIGHT = 1.35  # of the text size
_MARGIN = 2.0  # mm between a note and the edges

_NOT_OURS = (
    "backend",
    "interactive",
    "toolbar",
    "timezone",
    "webagg",
    "keymap",
    "date.",
    "animation",
    "docstring",
    "tk.",
    "macosx",
)
_RC: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # shipped with matplotlib, so the same everywhere
    "font.size": NORMAL,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,  # "$" in a label is a dollar
    "text.hinting": "none",  # letters as wide in a picture as they were measured
    "axes.titlesize": LARGE,
    "axes.labelsize": NORMAL,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "axes.linewidth": 0.5,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "axes.unicode_minus": True,
    "axes.formatter.use_mathtext": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "benang",
    "pdf.fonttype": 42,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw inside this: matplotlib's own defaults and Benang's style, whatever the user's settings are.

    Examples
    --------
    >>> with styled():
    ...     figure = new_figure(84, 60)
    ...     _ = figure.add_subplot().bar(["a", "b"], [1, 2])
    """
    ours: dict[str, Any] = {key: value for key, value in mpl.rcParamsDefault.items() if not key.startswith(_NOT_OURS)}
    with mpl.rc_context(ours | _RC):  # type: ignore[arg-type] # its key type lists each setting by name
        yield


def new_figure(width: float = PAGE, height: float = 120.0, *, title: str = "") -> Figure:
    """Return an empty white figure of a size in millimetres; `title` is its name for screen readers, not drawn.

    Examples
    --------
    >>> figure = new_figure(25.4, 50.8)
    >>> [float(inches) for inches in figure.get_size_inches()]
    [1.0, 2.0]
    """
    figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor="white", dpi=150)
    FigureCanvasAgg(figure)
    figure.set_label(title)
    return figure


@lru_cache(maxsize=65536)
def text_width(text: str, size: float = NORMAL, weight: str = "normal") -> float:
    """Return the width in points of a text set in DejaVu Sans at a size in points.

    Examples
    --------
    >>> text_width("mm", 7.0) == 2 * text_width("m", 7.0)
    True
    """
    properties = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(width)


def wrapped(text: str, width: float, size: float = SMALL) -> tuple[str, ...]:
    """Break a text into lines of at most `width` points; a single word that is longer stands alone.

    Examples
    --------
    >>> wrapped("a short note", 1000.0)
    ('a short note',)
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def notes_height(notes: Sequence[str], width: float) -> float:
    """Return the height in mm that notes need at the foot of a figure `width` mm wide, margins included; 0 for none.

    Examples
    --------
    >>> notes_height([], 174.0)
    0.0
    """
    lines = _note_lines(notes, width)
    return len(lines) * SMALL * _LINE_HEIGHT / _POINTS_PER_MM + 1.5 * _MARGIN if lines else 0.0


def _note_lines(notes: Sequence[str], width: float) -> tuple[str, ...]:
    room = (width - 2 * _MARGIN) * _POINTS_PER_MM
    return tuple(line for note in notes for line in wrapped(note, room))


def draw_notes(figure: Figure, notes: Sequence[str]) -> float:
    """Write notes at the foot of a figure, one below the other, and return the height in mm that they take.

    Leave that much room below the axes; `notes_height` tells it beforehand.

    Examples
    --------
    >>> with styled():
    ...     height = draw_notes(new_figure(84, 60), ["Small corpus: 23 records."])
    >>> height == notes_height(["Small corpus: 23 records."], 84)
    True
    """
    width, height = (float(inches) * 25.4 for inches in figure.get_size_inches())
    lines = _note_lines(notes, width)
    step = SMALL * _LINE_HEIGHT / _POINTS_PER_MM
    for place, line in enumerate(reversed(lines)):
        figure.text(
            _MARGIN / width,
            (_MARGIN + place * step) / height,
            line,
            fontsize=SMALL,
            color=MUTED,
            ha="left",
            va="baseline",
            parse_math=False,
        )
    return notes_height(notes, width)


def _png(figure: Figure, dpi: float) -> bytes:
    return _rendered(figure, "png", dpi, {"Software": None})


def _svg(figure: Figure, dpi: float) -> bytes:
    drawn = _rendered(figure, "svg", dpi, dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return finished_svg(drawn.decode("utf-8"), title=str(figure.get_label())).encode("utf-8")


def _pdf(figure: Figure, dpi: float) -> bytes:
    return _rendered(figure, "pdf", dpi, dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer")))


def _rendered(figure: Figure, suffix: str, dpi: float, metadata: dict[str, None]) -> bytes:
    target = io.BytesIO()
    with styled():
        figure.savefig(target, format=suffix, dpi=dpi, metadata=metadata, facecolor="white")
    return target.getvalue()


_WRITERS: dict[str, Callable[[Figure, float], bytes]] = {".pdf": _pdf, ".png": _png, ".svg": _svg}


def figure_bytes(figure: Figure, suffix: str, dpi: float = 300) -> bytes:
    """Return a figure as the bytes of a PNG, SVG or PDF file; the same figure gives the same bytes in every process.

    Text stays text in SVG (its letters are embedded) and in PDF (Type 42 fonts). `dpi` counts for PNG and for what is
    a picture within the others, such as a density field.

    Raises
    ------
    BenangError
        For another suffix.

    Examples
    --------
    >>> figure_bytes(new_figure(10, 10), ".png")[1:4]
    b'PNG'
    """
    return _writer(suffix, "figure")(figure, dpi)


def save_figure(figure: Figure, path: str | Path, dpi: float = 300) -> None:
    """Write a figure to a file, whole or not at all; the suffix (.png, .svg or .pdf) says in which form.

    Raises
    ------
    BenangError
        For another suffix, or a place that can't be written to.
    """
    write_bytes(Path(path), _writer(Path(path).suffix, str(path))(figure, dpi))


def _writer(suffix: str, where: str) -> Callable[[Figure, float], bytes]:
    if suffix.lower() not in _WRITERS:
        raise BenangError(Problem(f"'{suffix}'", where=where, expected="a file name that ends in .pdf, .png or .svg"))
    return _WRITERS[suffix.lower()]
