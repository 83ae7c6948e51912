"""WordprocessingML as text: the few elements that a report needs, and the runs that its texts become.

Elements and the order of what is in them follow ECMA-376, part 1, chapter 17; Word refuses a file with another order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from benang.report.inline import (
    Badge,
    Break,
    Citation,
    Code,
    Emphasis,
    ExternalLink,
    FigureReference,
    Inline,
    Link,
    NumberReference,
    Run,
    Span,
    Superscript,
    Swatch,
    runs,
)
from benang.report.on_paper import VERDICTS, fit, use_of

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
_TOOLTIP = 255
"""Characters of a tooltip that Word takes."""
_ITALIC = frozenset({"secondary"})
"""Kinds of text that are printed in italics."""


def bookmark_name(anchor: str) -> str:
    """Return the name of the bookmark of an anchor: valid in Word, hidden in its list, and never the same for two.

    Word accepts up to 40 letters, digits and underscores, and ignores case.

    Examples
    --------
    >>> bookmark_name("n-factors.pandemic.cases"), len(bookmark_name("n-" + "a" * 99))
    ('_n_factors_pandemic_cas_f423227949a6', 36)
    """
    readable = re.sub(r"[^A-Za-z0-9]+", "_", anchor)[:22]
    return f"_{readable}_{hashlib.sha256(anchor.encode()).hexdigest()[:12]}"


def words(text: str) -> str:
    """Return text within a run; blanks at its ends stay."""
    return f'<w:t xml:space="preserve">{escape(fit(text))}</w:t>'


def verbatim(line: str) -> str:
    """Return a line of `on_paper.lines_of` within a run, with every blank that it has."""
    return f'<w:t xml:space="preserve">{escape(line)}</w:t>'


def run(
    content: str, *, style: str = "", bold: bool = False, italic: bool = False, raised: bool = False, colour: str = ""
) -> str:
    """Return a run of text with one look; `content` is what `words` gives, or a line break; a `colour` is #RRGGBB."""
    looks = [
        f'<w:rStyle w:val="{style}"/>' if style else "",
        "<w:b/>" if bold else "",
        "<w:i/>" if italic else "",
        f'<w:color w:val="{colour.removeprefix("#").upper()}"/>' if colour else "",
        '<w:vertAlign w:val="superscript"/>' if raised else "",
    ]
    look = "".join(looks)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"


def link(content: str, anchor: str, tooltip: str = "") -> str:
    """Return runs as a link to the bookmark of an anchor."""
    tip = f" w:tooltip={quoteattr(fit(tooltip)[:_TOOLTIP])}" if tooltip else ""
    return f'<w:hyperlink w:anchor="{bookmark_name(anchor)}"{tip} w:history="1">{content}</w:hyperlink>'


def external_link(content: str, relationship: str) -> str:
    """Return runs as a link to an external address, stored as a relationship of the document."""
    return f'<w:hyperlink r:id="{relationship}" w:history="1">{content}</w:hyperlink>'


def bookmark(content: str, anchor: str, number: int) -> str:
    """Return content under the bookmark of an anchor; `number` is the bookmark's own in the document."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{bookmark_name(anchor)}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def simple_field(instruction: str, result: str) -> str:
    """Return a field that Word can recompute, with the result shown until then; its formatting stays.

    Without `MERGEFORMAT` a reference would take the bold type of the caption whose number it repeats.
    """
    code = rf" {instruction} \* MERGEFORMAT "
    return f"<w:fldSimple w:instr={quoteattr(code)}>{result}</w:fldSimple>"


def paragraph(content: str, style: str = "", *, more: str = "") -> str:
    """Return a paragraph; `more` are further properties, in the order of the standard."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{content}</w:p>"


def contents_field(entries: Sequence[tuple[int, str, str]], styles: Sequence[str]) -> str:
    """Return a table of contents as a field that Word fills with page numbers when it opens the file.

    Parameters
    ----------
    entries
        Level from 1, text and anchor of each heading, shown until then.
    styles
        The ids of the styles of the levels.
    """
    begin = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    begin += f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{len(styles)}" \\h \\z \\u </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    lines = [(styles[level - 1], link(run(words(text)), anchor)) for level, text, anchor in entries]
    paragraphs = [paragraph((begin if at == 0 else "") + line, style) for at, (style, line) in enumerate(lines)]
    return "".join(paragraphs) + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', styles[0])


def cell(content: str, *, width: int, columns: int = 1) -> str:
    """Return a cell of a table: paragraphs, its width in twips, and how many columns it goes over."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{content}</w:tc>'


def table_row(cells: Iterable[str], *, is_header: bool = False) -> str:
    """Return a row that no page break splits; header rows repeat on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], *, style: str, widths: Sequence[int], description: str) -> str:
    """Return a table with the widths of its columns in twips; `description` is read to those who hear it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val={quoteattr(fit(description)[:_TOOLTIP])}/>'
    )
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def picture(relationship: str, *, number: int, name: str, description: str, width: float, height: float) -> str:
    """Return a run with a picture in the line; width and height in mm, `description` its alternative text."""
    size = f'cx="{round(width * EMU_PER_MM)}" cy="{round(height * EMU_PER_MM)}"'
    named = f'id="{number}" name={quoteattr(fit(name))} descr={quoteattr(fit(description))}'
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {named}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{kind}"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


@dataclass
class Text:
    """One pass over the text of a report.

    Attributes
    ----------
    anchors
        Every anchor that something in the report has; a link to another is plain text.
    styles
        The ids of styles by their names.
    relate
        Gives the relationship of an address out there.
    used
        The anchors of the numbers that are in the text so far.
    bookmarks
        How many bookmarks there are so far: their numbers are unique in a document.
    """

    anchors: frozenset[str]
    styles: Mapping[str, str]
    relate: Callable[[str], str]
    used: set[str] = field(default_factory=set)
    bookmarks: int = 0

    def of(self, text: Inline, *, bold: bool = False, italic: bool = False) -> str:
        """Return the runs of a text."""
        return "".join(self._run(one, bold, italic) for one in runs(text))

    def plain(self, text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
        """Return text as one run, in a style for characters by its name."""
        return run(words(text), style=self.styles[style] if style else "", bold=bold, italic=italic) if text else ""

    def mark(self, content: str, anchor: str) -> str:
        """Return content under a bookmark; as it is where there is no anchor."""
        if not anchor:
            return content
        self.bookmarks += 1
        return bookmark(content, anchor, self.bookmarks)

    def link(self, content: str, anchor: str, tooltip: str = "") -> str:
        """Return runs as a link, or unchanged if nothing has the anchor."""
        return link(content, anchor, tooltip) if anchor in self.anchors else content

    def _run(self, one: Run, bold: bool, italic: bool) -> str:
        match one:
            case str():
                return run(words(one), bold=bold, italic=italic)
            case NumberReference():
                return self._number(one, bold)
            case Emphasis(content):
                return self.of(content, bold=bold, italic=not italic)
            case Span(content, kind):
                return self.of(content, bold=bold or kind in VERDICTS, italic=italic or kind in _ITALIC)
            case Break():
                return run("<w:br/>")
            case Swatch(colour):
                return run(words("■ "), colour=colour)
            case Superscript(text):
                return run(words(text), bold=bold, raised=True)
            case _:
                return self._set_apart(one, bold, italic)

    def _set_apart(
        self, one: Code | Badge | Citation | FigureReference | Link | ExternalLink, bold: bool, italic: bool
    ) -> str:
        match one:
            case Code(text):
                return self.plain(text, style="Benang Code")
            case Badge(text):
                return self.plain(f"[{text}]", style="Benang Badge")
            case Citation(text=text, anchor=anchor):
                return self.link(self.plain(text, style="Benang Link"), anchor)
            case FigureReference(number, anchor):
                return self._figure(number, anchor)
            case Link(content, anchor):
                inside = "".join(self._linked(part, bold, italic) for part in runs(content))
                return self.link(inside, anchor)
            case ExternalLink(address):
                return external_link(self.plain(address, style="Benang Link"), self.relate(fit(address)))

    def _linked(self, one: Run, bold: bool, italic: bool) -> str:
        """Return a piece of what is a link already: within one, Word takes no other."""
        if isinstance(one, str):
            return self.plain(one, bold=bold, italic=italic, style="Benang Link")
        if isinstance(one, NumberReference):
            return self.plain(one.value, style="Benang Link")
        return self._run(one, bold, italic)

    def _number(self, one: NumberReference, bold: bool) -> str:
        """Return a number linked to the appendix; its first occurrence is where the appendix links back."""
        value = self.link(self.plain(one.value, bold=bold, style="Benang Number"), one.anchor, one.description)
        if one.anchor not in self.anchors or one.anchor in self.used:
            return value
        self.used.add(one.anchor)
        return self.mark(value, use_of(one.anchor))

    def _figure(self, number: int, anchor: str) -> str:
        value = self.plain(str(number), style="Benang Link")
        if anchor not in self.anchors:
            return self.plain(str(number))
        return simple_field(f"REF {bookmark_name(anchor)} \\h", value)
