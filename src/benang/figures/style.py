"""One look for all figures: page sizes in millimetres, text in points, colours, and files that never change.

Drawing goes through matplotlib's objects (`Figure`, `Axes`) inside `styled()`, never through pyplot, so that nothing
depends on a display, on a user's matplotlibrc, or on what was drawn before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benang.errors import BenangError, Problem, argument
from benang.figures.letters import BASE, dress
from benang.figures.opaque import opaque
from benang.figures.svg_text import finished_svg
from benang.files import write_bytes

ONE_COLUMN = 84.0
"""Width in mm of a figure that fills one column of a journal (Elsevier 90, Springer and Science 84)."""
PAGE = 174.0
"""Width in mm of a figure that fills the page (Springer 174, Elsevier 190)."""

SMALL, NORMAL, LARGE = 6.0, 7.0, 8.5
"""Text sizes in points as printed: notes and ticks; labels; headings. Journals ask for no less than 6."""

INK, MUTED = "#222222", "#595959"
"""Text and axes; notes (still 7 : 1 on white)."""

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH
MARGIN = 2.0
"""Millimetres left free at the edges of a figure."""

Paths = str | Path | Sequence[str | Path] | None
"""Where a figure is saved: nowhere, in one file, or in several, each in the form of its suffix."""

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
_EPS_SETTINGS = {"ps.fonttype": 42, "ps.useafm": False, "ps.usedistiller": None}  # PDFs change with the first, too
_NO_MORE: Mapping[str, Any] = {}
_EPS_DATE = re.compile(rb"%%CreationDate:[^\n]*\n")
_RC: dict[str, Any] = {
    "font.family": [BASE],  # shipped with matplotlib, so the same everywhere; for other letters see `dress`
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


def new_figure(width: float = PAGE, height: float = 120.0, *, title: str = "", page: str = "white") -> Figure:
    """Return an empty figure of a size in millimetres; `title` is its name for screen readers, not drawn.

    `page` is the colour of its ground.

    Examples
    --------
    >>> figure = new_figure(25.4, 50.8)
    >>> [float(inches) for inches in figure.get_size_inches()]
    [1.0, 2.0]
    """
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH), facecolor=page, dpi=150)
    FigureCanvasAgg(figure)
    figure.set_label(title)
    return figure


def size_in_mm(figure: Figure) -> tuple[float, float]:
    """Return the width and the height of a figure in millimetres.

    Examples
    --------
    >>> size_in_mm(new_figure(84, 60))
    (84.0, 60.0)
    """
    width, height = (round(float(inches) * MM_PER_INCH, 6) for inches in figure.get_size_inches())
    return width, height


_MOST_PIXELS, _MOST_ACROSS = 200_000_000, 65_535
"""What a picture of points may have: an A0 poster at 300 dpi has 139 million; matplotlib draws no longer sides."""


def _png(figure: Figure, dpi: float) -> bytes:
    across, down = (round(float(inches) * dpi) for inches in figure.get_size_inches())
    if across * down > _MOST_PIXELS or max(across, down) > _MOST_ACROSS:
        raise BenangError(
            Problem(
                f"{across:,} × {down:,} of them at {dpi:g} dpi",
                expected=f"a picture of at most {_MOST_PIXELS // 10**6} million points, {_MOST_ACROSS:,} either way",
                way_on=f"Choose a lower {argument('dpi')}, a smaller {argument('width')}, or write .svg or .pdf.",
            )
        )
    return _rendered(figure, "png", dpi, {"Software": None})


def _svg(figure: Figure, dpi: float) -> bytes:
    drawn = _rendered(figure, "svg", dpi, dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return finished_svg(drawn.decode("utf-8"), title=str(figure.get_label())).encode("utf-8")


def _pdf(figure: Figure, dpi: float) -> bytes:
    return _rendered(figure, "pdf", dpi, dict.fromkeys(("CreationDate", "ModDate", "Creator", "Producer")))


def _rendered(
    figure: Figure, suffix: str, dpi: float, metadata: Mapping[str, str | None], settings: Mapping[str, Any] = _NO_MORE
) -> bytes:
    target = io.BytesIO()
    with styled(), mpl.rc_context(dict(settings)):  # type: ignore[arg-type] # as above
        figure.savefig(target, format=suffix, dpi=dpi, metadata=dict(metadata), facecolor=figure.get_facecolor())
    return target.getvalue()


def _eps(figure: Figure, dpi: float) -> bytes:
    with opaque(figure):
        drawn = _rendered(figure, "eps", dpi, {"Creator": "Benang"}, _EPS_SETTINGS)
    title = " ".join(str(figure.get_label()).encode("ascii", "replace").decode("ascii").split())[:200]
    return _EPS_DATE.sub(f"%%Title: {title}\n".encode("ascii") if title else b"", drawn, count=1)


_WRITERS: dict[str, Callable[[Figure, float], bytes]] = {".eps": _eps, ".pdf": _pdf, ".png": _png, ".svg": _svg}


def figure_bytes(figure: Figure, suffix: str, dpi: float = 300, *, where: str = "figure") -> bytes:
    """Return a figure as the bytes of a PNG, SVG, PDF or EPS file, the same bytes in every process.

    Text stays text in SVG (its letters are embedded), in PDF and in EPS (Type 42 fonts). EPS knows no transparency:
    what others show through is mixed with the page there. `dpi` counts for PNG and for what is
    a picture within the others, such as a density field. `where` names the figure in an error.

    Raises
    ------
    BenangError
        For another suffix.

    Examples
    --------
    >>> figure_bytes(new_figure(10, 10), ".png")[1:4]
    b'PNG'
    """
    if suffix.lower() not in _WRITERS:
        raise BenangError(
            Problem(f"'{suffix}'", where=where, expected="a file name that ends in .eps, .pdf, .png or .svg")
        )
    dress(figure)
    return _WRITERS[suffix.lower()](figure, dpi)


def save_figure(figure: Figure, paths: Paths, dpi: float = 300) -> Figure:
    """Write a figure to files, each whole or not at all; the suffix (.png, .svg, .pdf or .eps) says in which form.

    Returns
    -------
    Figure
        The same figure.

    Raises
    ------
    BenangError
        For another suffix, or a place that can't be written to.
    """
    dress(figure)
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths or ()):
        write_bytes(path, figure_bytes(figure, path.suffix, dpi, where=str(path)))
    return figure
