"""Figures as files: the same bytes each time, letters and all, as PNG, SVG, PDF and EPS."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from benang.errors import BenangError, Problem, argument
from benang.figures.letters import dress
from benang.figures.opaque import opaque
from benang.figures.style import Paths, styled
from benang.figures.svg_text import finished_svg
from benang.files import write_bytes

_EPS_SETTINGS = {"ps.fonttype": 42, "ps.useafm": False, "ps.usedistiller": None}  # PDFs change with the first, too
_EPS_DATE = re.compile(rb"%%CreationDate:[^\n]*\n")
_NO_MORE: Mapping[str, Any] = {}
_MOST_PIXELS, _MOST_ACROSS = 200_000_000, 65_535
"""What a picture of points may have: an A0 poster at 300 dpi has 139 million; matplotlib draws no longer sides."""


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
    with styled():
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
    with styled():
        dress(figure)
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths or ()):
        write_bytes(path, figure_bytes(figure, path.suffix, dpi, where=str(path)))
    return figure


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
    with styled(settings):
        figure.savefig(target, format=suffix, dpi=dpi, metadata=dict(metadata), facecolor=figure.get_facecolor())
    return target.getvalue()


def _eps(figure: Figure, dpi: float) -> bytes:
    with opaque(figure):
        drawn = _rendered(figure, "eps", dpi, {"Creator": "Benang"}, _EPS_SETTINGS)
    title = " ".join(str(figure.get_label()).encode("ascii", "replace").decode("ascii").split())[:200]
    return _EPS_DATE.sub(f"%%Title: {title}\n".encode("ascii") if title else b"", drawn, count=1)


_WRITERS: dict[str, Callable[[Figure, float], bytes]] = {".eps": _eps, ".pdf": _pdf, ".png": _png, ".svg": _svg}
