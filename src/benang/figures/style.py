"""One look for all figures: page sizes in millimetres, text in points, colours, and settings of their own.

Drawing goes through matplotlib's objects (`Figure`, `Axes`) inside `styled()`, never through pyplot, so that nothing
depends on a display, on a user's matplotlibrc, on what was drawn before, or on what other threads draw meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benang.looks.view import View

BASE = "DejaVu Sans"
"""The font of all figures: matplotlib ships it, so it is the same everywhere. For letters that it lacks see `dress`."""

ONE_COLUMN = 84.0
"""Width in mm of a figure that fills one column of a journal (Elsevier 90, Springer and Science 84)."""
PAGE = View.width
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
_RC: dict[str, Any] = {
    "font.family": [BASE],
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
_USUAL: dict[str, Any] = {key: each for key, each in mpl.rcParamsDefault.items() if not key.startswith(_NOT_OURS)}
_OURS: Mapping[str, Any] = MappingProxyType(dict(mpl.RcParams(_USUAL | _RC).items()))
_SETTINGS: ContextVar[Mapping[str, Any] | None] = ContextVar("the settings that figures are drawn with", default=None)
_OF_ALL: Callable[[mpl.RcParams, Any], Any] = mpl.RcParams.__getitem__


@contextmanager
def styled(settings: Mapping[str, Any] = MappingProxyType({})) -> Iterator[None]:
    """Draw inside this: matplotlib's own defaults and Benang's style, whatever the user's settings are.

    `settings` are further ones of matplotlib's. All hold for what this thread draws within the context, and for nothing
    else: `matplotlib.rcParams` keeps its values, so figures may be drawn in several threads, and while a user draws
    some of their own.

    Examples
    --------
    >>> with styled():
    ...     figure = new_figure(84, 60)
    ...     _ = figure.add_subplot().bar(["a", "b"], [1, 2])
    """
    before = _SETTINGS.set({**_OURS, **settings})
    try:
        yield
    finally:
        _SETTINGS.reset(before)


def is_styled() -> bool:
    """Tell whether this thread is drawing a figure of Benang's: whether it runs within `styled()`."""
    return _SETTINGS.get() is not None


def _setting(shared: mpl.RcParams, key: str) -> Any:
    """Return one of matplotlib's settings: in `styled()` Benang's, everywhere else what it is."""
    ours = _SETTINGS.get()
    return ours[key] if ours is not None and key in ours and shared is mpl.rcParams else _OF_ALL(shared, key)


# matplotlib looks up some two hundred settings, in nine hundred places, in one object that all threads share. Most have
# no argument that would take their place, and `matplotlib.rc_context` changes them for everybody. So the object is left
# as it is, and asked in another way: who draws within `styled()` is answered with Benang's settings.
mpl.RcParams.__getitem__ = _setting  # type: ignore[method-assign]


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
