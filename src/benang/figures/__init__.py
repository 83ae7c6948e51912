"""Figures fit for print, in one look: page sizes in millimetres, text in points, colours and themes, own settings.

Drawing goes through matplotlib's objects (`Figure`, `Axes`) inside `styled()`, never through pyplot, so that nothing
depends on a display, on a user's matplotlibrc, on what was drawn before, or on what other threads draw meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benang.looks import View
from benang.looks.appearance import GREY, Palette, darken, lab_to_rgb, lighten, mix, rgb_to_lab, to_hex, to_rgb
from benang.network.network import Floats

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

_LEAST_LIGHT = 48.0  # in Lab: darker colours of clusters are lifted close to it on black, to 3 : 1 or more
_LINKS_ON_WHITE, _LINKS_ON_BLACK = (66.0, 82.0), (24.0, 52.0)  # in Lab: the lightness of links
_KEPT = 1 / 6  # of the distance below it, so that two dark shades of one hue still differ

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


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of all that is no item: page, text, notes, the circles of a legend, lines without a colour."""

    page: str
    ink: str
    muted: str
    none: str
    """Items without a cluster or a score."""
    link: str
    """Links without the colours of their ends."""
    key: str
    key_edge: str

    @property
    def dark(self) -> bool:
        """Whether the page is darker than what is written on it."""
        return self.page != LIGHT.page

    def edge(self, rgb: Floats, share: float = 0.25) -> Floats:
        """Return outlines of a colour: further from the page than the colour itself."""
        return lighten(rgb, share) if self.dark else darken(rgb, share)

    def faded(self, rgb: Floats, share: float | Floats = 0.4) -> Floats:
        """Return colours mixed with the page, in Lab; VOSviewer fades its links by 0.4."""
        return mix(np.broadcast_to(rgb, rgb.shape), np.broadcast_to(to_rgb([self.page])[0], rgb.shape), share)

    def links(self, rgb: Floats) -> Floats:
        """Return the colours of links: faded, and all about as far from the page, so that none drowns or vanishes."""
        lab = rgb_to_lab(self.faded(rgb))
        lab[:, 0] = np.clip(lab[:, 0], *(_LINKS_ON_BLACK if self.dark else _LINKS_ON_WHITE))
        shades: Floats = np.clip(lab_to_rgb(lab), 0, 1)
        return shades

    def seen(self, palette: Palette) -> Palette:
        """Return a palette whose colours stand out from the page: on black the dark ones are lightened."""
        if not self.dark:
            return palette
        rest = self.none if palette.rest == GREY else palette.rest
        shades = tuple(
            palette.of(number + 1) for number in range(len(palette.clusters) * (3 if palette.goes_on else 1))
        )
        return replace(palette, clusters=_light_enough(shades), rest=rest)


LIGHT = Theme(
    page="#ffffff",
    ink=INK,
    muted=MUTED,
    none=GREY,
    link="#999999",
    key="#ececec",
    key_edge="#777777",
)
DARK = Theme(
    page="#000000",
    ink="#f2f2f2",
    muted="#b4b4b4",
    none="#7a7a7a",
    link="#8a8a8a",
    key="#3a3a3a",
    key_edge="#a8a8a8",
)


def theme_of(view: View) -> Theme:
    """Return the ground that a map is drawn on."""
    return DARK if view.dark else LIGHT


def _light_enough(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Lift the lightness of dark colours, and leave their hue."""
    lab = rgb_to_lab(to_rgb(colours))
    below = np.minimum(lab[:, 0] - _LEAST_LIGHT, 0.0)
    lab[:, 0] += below * (_KEPT - 1)
    return to_hex(lab_to_rgb(lab))
