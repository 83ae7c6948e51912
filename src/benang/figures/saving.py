"""Figures as files: the same bytes each time, letters and all, as PNG, SVG, PDF and EPS.

Text stays text in SVG, with the letters that it needs embedded as a WOFF font. PostScript knows no transparency: what
others show through is mixed with the page there.
"""

from __future__ import annotations

import base64
import html
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from benang.errors import BenangError, Problem, argument
from benang.figures import Paths, styled
from benang.figures.text_lines import dress
from benang.files import write_bytes
from benang.locale.writing import worded
from benang.network.network import Floats

_EPS_SETTINGS = {"ps.fonttype": 42, "ps.useafm": False, "ps.usedistiller": None}  # PDFs change with the first, too
_EPS_DATE = re.compile(rb"%%CreationDate:[^\n]*\n")
_NO_MORE: Mapping[str, Any] = {}
_MOST_PIXELS, _MOST_ACROSS = 200_000_000, 65_535
"""What a picture of points may have: an A0 poster at 300 dpi has 139 million; matplotlib draws no longer sides."""

_TEXT = re.compile(r'<text\b[^>]*?style="([^"]*)"[^>]*>([^<]*)</text>')
_DOCTYPE = re.compile(r"<!DOCTYPE.*?>\s*", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_FACES = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
_USUAL = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”…•→≤≥−∅●○■□▲▼◆"))))
"""The letters of Western and Central European languages, with the signs that figures have."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may hold, however they are written."""
_PLACES = re.compile(r' (?:d|x|y|width|height|transform)="[^"]*"')
_LONG_NUMBER = re.compile(r"(\.\d{3})\d+")
Face = tuple[bool, bool]
"""Bold or not, slanted or not."""


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
    >>> from benang.figures import new_figure
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
    files = [*map(Path, [paths] if isinstance(paths, str | Path) else paths or ())]
    drawn = [figure_bytes(figure, path.suffix, dpi, where=str(path)) for path in files]
    for path, data in zip(files, drawn, strict=True):  # once all of them could be drawn
        write_bytes(path, data)
    return figure


def _png(figure: Figure, dpi: float) -> bytes:
    across, down = (round(float(inches) * dpi) for inches in figure.get_size_inches())
    if across * down > _MOST_PIXELS or max(across, down) > _MOST_ACROSS:
        raise BenangError(
            Problem(
                worded("{across:,} × {down:,} pixels at {dpi:g} dpi", across=across, down=down, dpi=dpi),
                expected=worded(
                    "a picture of at most {n} million pixels, with no side longer than {most:,}",
                    n=_MOST_PIXELS // 10**6,
                    most=_MOST_ACROSS,
                ),
                way_on=worded(
                    "Choose a lower {dpi} or a smaller {width}, or write .svg or .pdf.",
                    dpi=argument("dpi"),
                    width=argument("width"),
                ),
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


@contextmanager
def opaque(figure: Figure) -> Iterator[None]:
    """Within this, what a figure shows through is mixed with the colour of its page; afterwards it is as before.

    Examples
    --------
    >>> from benang.figures import new_figure
    >>> figure = new_figure(10, 10)
    >>> patch = figure.add_artist(Patch(facecolor=(1, 0, 0, 0.5), edgecolor="none"))
    >>> with opaque(figure):
    ...     patch.get_facecolor()
    (1.0, 0.5, 0.5, 1.0)
    >>> patch.get_facecolor()
    (1.0, 0.0, 0.0, 0.5)
    """
    page = to_rgba_array(figure.get_facecolor())[0, :3]
    with ExitStack() as back:
        for artist in (*figure.findobj(Collection), *figure.findobj(Patch)):
            _solid(cast("Collection | Patch", artist), page, back)
        yield


def _solid(artist: Collection | Patch, page: Floats, back: ExitStack) -> None:
    faces, edges = (to_rgba_array(colour) for colour in (artist.get_facecolor(), artist.get_edgecolor()))
    alpha = artist.get_alpha()
    if not (_seen_through(faces) or _seen_through(edges)):
        return
    back.callback(_give, artist.set_facecolor, faces)
    back.callback(_give, artist.set_edgecolor, edges)
    back.callback(artist.set_alpha, alpha)
    artist.set_alpha(None)
    _give(artist.set_facecolor, _mixed(faces, page))
    _give(artist.set_edgecolor, _mixed(edges, page))


def _give(setter: Callable[..., None], colours: Floats) -> None:
    """Set colours: one for a patch, all of them for a collection; nothing where it has none."""
    if len(colours):
        setter(colours if len(colours) > 1 else tuple(float(level) for level in colours[0]))


def _seen_through(colours: Floats) -> bool:
    return bool(((colours[:, 3] > 0) & (colours[:, 3] < 1)).any())


def _mixed(colours: Floats, page: Floats) -> Floats:
    share = colours[:, 3:]
    solid: Floats = np.hstack([colours[:, :3] * share + page * (1 - share), (share > 0).astype(np.float64)])
    return solid


def finished_svg(svg: str, *, title: str = "") -> str:
    """Return matplotlib's SVG with its font embedded, its title set, and no pointer to anything outside it.

    The document type declaration goes (it names a file on the web) and so does the empty metadata. Places keep three
    decimals, a thousandth of a point. A character that no XML may hold becomes U+FFFD.
    """
    svg, title = _NO_XML.sub("\ufffd", svg), _NO_XML.sub("\ufffd", title)
    svg = _METADATA.sub("", _DOCTYPE.sub("", svg))
    svg = _PLACES.sub(lambda match: _LONG_NUMBER.sub(r"\1", match.group()), svg)
    faces = "".join(_face_css(face, letters) for face, letters in sorted(letters_used(svg).items()))
    svg = svg.replace('<style type="text/css">', f'<style type="text/css">{faces}', 1)
    named = f' role="img" aria-label="{html.escape(title)}">\n <title>{html.escape(title)}</title>' if title else ">"
    return re.sub(r"(<svg\b[^>]*)>", lambda match: match.group(1) + named, svg, count=1)


def letters_used(svg: str) -> dict[Face, str]:
    """Return the characters of an SVG's text, sorted, by face.

    Examples
    --------
    >>> letters_used('<text style="font-weight: 700">ba</text>')
    {(True, False): 'ab'}
    """
    by_face: defaultdict[Face, set[str]] = defaultdict(set)
    for style, text in _TEXT.findall(svg):
        weight = re.search(r"font-weight: (\d+)", style)
        face = (weight is not None and int(weight.group(1)) >= 600, "italic" in style or "oblique" in style)
        by_face[face] |= set(html.unescape(text))
    return {face: "".join(sorted(letters)) for face, letters in by_face.items()}


def _face_css(face: Face, letters: str) -> str:
    bold, slanted = face
    data = base64.b64encode(font_subset(face, letters)).decode("ascii")
    return (
        f"@font-face {{font-family: 'DejaVu Sans'; font-weight: {'bold' if bold else 'normal'}; "
        f"font-style: {'italic' if slanted else 'normal'}; "
        f"src: url(data:font/woff;base64,{data}) format('woff')}}\n"
    )


@lru_cache(maxsize=128)
def font_subset(face: Face, letters: str) -> bytes:
    """Return a WOFF font with just the given letters of DejaVu Sans.

    Kerning stays, ligatures go: a label then is as wide in a browser as it was measured here.
    """
    source = io.BytesIO(_usual_font(face)) if _USUAL.issuperset(letters) else font_file(face)
    return _subset(source, letters, "woff")


@lru_cache(maxsize=len(_FACES))
def _usual_font(face: Face) -> bytes:
    """Return DejaVu Sans with the letters that most figures do with, from which it has the same subsets.

    The whole font takes a tenth of a second to read, whatever is wanted of it: in all an eighth of the time of a build.
    """
    return _subset(font_file(face), "".join(sorted(_USUAL)), None)


def _subset(source: Path | io.BytesIO, letters: str, flavor: str | None) -> bytes:
    options = Options(
        flavor=flavor,
        hinting=False,
        layout_features=["kern", "ccmp", "mark", "mkmk"],
        glyph_names=False,
        recalc_timestamp=False,
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = flavor
    written = io.BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()


def font_file(face: Face = (False, False)) -> Path:
    """Return the font file that matplotlib ships."""
    return Path(mpl.get_data_path(), "fonts", "ttf", _FACES[face])
