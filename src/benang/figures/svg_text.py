"""SVG that looks the same everywhere: text stays text, with the letters it needs embedded as a WOFF font."""

from __future__ import annotations

import base64
import html
import io
import re
from collections import defaultdict
from pathlib import Path

import matplotlib as mpl
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from benang.figures.label_halo import with_halos

_TEXT = re.compile(r'<text\b[^>]*?style="([^"]*)"[^>]*>([^<]*)</text>')
_DOCTYPE = re.compile(r"<!DOCTYPE.*?>\s*", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_FACES = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may hold, however they are written."""
_PLACES = re.compile(r' (?:d|x|y|width|height|transform)="[^"]*"')
_LONG_NUMBER = re.compile(r"(\.\d{3})\d+")
Face = tuple[bool, bool]
"""Bold or not, slanted or not."""


def finished_svg(svg: str, *, title: str = "") -> str:
    """Return matplotlib's SVG with its font embedded, its title set, and no pointer to anything outside it.

    The document type declaration goes (it names a file on the web) and so does the empty metadata. Places keep three
    decimals, a thousandth of a point. A character that no XML may hold becomes U+FFFD.
    """
    svg, title = _NO_XML.sub("\ufffd", svg), _NO_XML.sub("\ufffd", title)
    svg = with_halos(_METADATA.sub("", _DOCTYPE.sub("", svg)))
    svg = _PLACES.sub(lambda found: _LONG_NUMBER.sub(r"\1", found.group()), svg)
    faces = "".join(_face_css(face, letters) for face, letters in sorted(letters_used(svg).items()))
    svg = svg.replace('<style type="text/css">', f'<style type="text/css">{faces}', 1)
    named = f' role="img" aria-label="{html.escape(title)}">\n <title>{html.escape(title)}</title>' if title else ">"
    return re.sub(r"(<svg\b[^>]*)>", lambda found: found.group(1) + named, svg, count=1)


def letters_used(svg: str) -> dict[Face, str]:
    """Return the characters of an SVG's text, sorted, by face.

    Examples
    --------
    >>> letters_used('<text style="font-weight: 700">ba</text>')
    {(True, False): 'ab'}
    """
    found: defaultdict[Face, set[str]] = defaultdict(set)
    for style, text in _TEXT.findall(svg):
        weight = re.search(r"font-weight: (\d+)", style)
        face = (weight is not None and int(weight.group(1)) >= 600, "italic" in style or "oblique" in style)
        found[face] |= set(html.unescape(text))
    return {face: "".join(sorted(letters)) for face, letters in found.items()}


def _face_css(face: Face, letters: str) -> str:
    bold, slanted = face
    data = base64.b64encode(font_subset(face, letters)).decode("ascii")
    return (
        f"@font-face {{font-family: 'DejaVu Sans'; font-weight: {'bold' if bold else 'normal'}; "
        f"font-style: {'italic' if slanted else 'normal'}; "
        f"src: url(data:font/woff;base64,{data}) format('woff')}}\n"
    )


def font_subset(face: Face, letters: str) -> bytes:
    """Return a WOFF font with just the given letters of DejaVu Sans.

    Kerning stays, ligatures go: a label then is as wide in a browser as it was measured here.
    """
    options = Options(
        flavor="woff",
        hinting=False,
        layout_features=["kern", "ccmp", "mark", "mkmk"],
        glyph_names=False,
        recalc_timestamp=False,
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM"]
    font = TTFont(font_file(face), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()


def font_file(face: Face = (False, False)) -> Path:
    """Return the font file that matplotlib ships."""
    return Path(mpl.get_data_path(), "fonts", "ttf", _FACES[face])
