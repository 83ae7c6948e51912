"""What a Word document is made of: WordprocessingML as text, and styles and a page, this package's own or a template's.

Elements and the order of what is in them follow ECMA-376, part 1, chapter 17; Word refuses a file with another order.
Texts become runs; a template that lacks styles is given them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from benang.locale import Language
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


LANGUAGES: dict[Language, str] = {"en": "en-GB", "id": "id-ID"}
"""Word's names for the languages, so that spelling is checked in the right one."""

_BULLETS = (
    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr>'
    '<w:ind w:left="340" w:hanging="227"/></w:pPr></w:lvl></w:abstractNum>'
)


@dataclass(frozen=True)
class Page:
    """A page: the properties of its section, and in mm the sides of an upright sheet and what its margins take."""

    properties: Any
    sides: tuple[float, float]
    margins: tuple[float, float]

    def room(self, *, is_turned: bool) -> tuple[float, float]:
        """Return the width and the height of the text in mm; margins stay where they are when the sheet is turned."""
        width, height = reversed(self.sides) if is_turned else self.sides
        return width - self.margins[0], height - self.margins[1]

    def section(self, *, is_turned: bool, is_first: bool) -> str:
        """Return the properties of a section as text, upright or on its side; pages are counted through all."""
        section = deepcopy(self.properties)
        for kind in ("w:type", *(() if is_first else ("w:titlePg", "w:pgNumType"))):
            for child in section.findall(qn(kind)):
                section.remove(child)
        if is_turned:
            size = section.find(qn("w:pgSz"))
            width, height = size.get(qn("w:w")), size.get(qn("w:h"))
            size.set(qn("w:w"), height)
            size.set(qn("w:h"), width)
            size.set(qn("w:orient"), "landscape")
        return str(section.xml)


@cache
def own_styles() -> Any:
    """Return the styles of this package, as Word writes them."""
    return parse_xml(resources.files(__package__ or "benang.report.word").joinpath("styles.xml").read_bytes())


def complete_styles(document: Document) -> dict[str, str]:
    """Give a document the styles that it lacks, and return the ids of all that a report needs by their names.

    Word in another language has other ids for the same styles (`Judul1`), and the same names (`heading 1`).
    """
    ours, styles = own_styles(), document.styles.element
    theirs = {_name(style).casefold(): style.get(qn("w:styleId")) for style in _styles(styles)}
    taken = set(theirs.values())
    ids, added = {}, []
    for style in _styles(ours):
        name, key = _name(style), style.get(qn("w:styleId"))
        if (known := theirs.get(name.casefold())) is not None:
            ids[name] = known
            continue
        ids[name] = next(one for n in range(len(taken) + 1) if (one := f"{key}{n or ''}") not in taken)
        taken.add(ids[name])
        added.append(deepcopy(style))
    by_key = {style.get(qn("w:styleId")): ids[_name(style)] for style in _styles(ours)}
    for style in added:
        style.attrib.pop(qn("w:default"), None)
        style.set(qn("w:styleId"), ids[_name(style)])
        for kind in ("w:basedOn", "w:next"):
            if (other := style.find(qn(kind))) is not None:
                other.set(qn("w:val"), by_key[other.get(qn("w:val"))])
        styles.append(style)
    bullets = next(style for style in _styles(styles) if style.get(qn("w:styleId")) == ids["List Bullet"])
    if bullets.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is None:
        _give_bullets(document, bullets)
    return ids


def _styles(styles: Any) -> list[Any]:
    return [style for style in styles.findall(qn("w:style")) if style.find(qn("w:name")) is not None]


def _name(style: Any) -> str:
    return str(style.find(qn("w:name")).get(qn("w:val")))


def _give_bullets(document: Document, style: Any) -> None:
    """Make a style one of lists, by a numbering of its own."""
    numbering = _numbering(document)
    kinds = (int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum")))
    kind = 1 + max(kinds, default=0)
    number = numbering.add_num(kind)
    numbering.num_lst[0].addprevious(parse_xml(_BULLETS % kind))  # the standard wants kinds before numbers
    style.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId


def _numbering(document: Document) -> Any:
    """Return the numberings of a document; one without any gets the part for them."""
    for relationship in document.part.rels.values():
        if relationship.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relationship.target_part.element
    element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    name = PackURI("/word/numbering.xml")
    part = XmlPart(name, CONTENT_TYPE.WML_NUMBERING, element, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return element


def set_language(document: Document, language: Language) -> None:
    """Set the language of a document for spell checkers and screen readers, whatever a template's styles say."""
    styles = document.styles.element
    for look in styles.iterfind(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"):
        _speak(look, language)
    for style in _styles(styles):
        if _name(style).casefold() == "normal":
            _speak(style.get_or_add_rPr(), language)
        else:
            for mark in style.findall(f"{qn('w:rPr')}/{qn('w:lang')}"):
                mark.getparent().remove(mark)


def _speak(look: Any, language: Language) -> None:
    mark = look.find(qn("w:lang"))
    if mark is None:
        mark = parse_xml(f"<w:lang {nsdecls('w')}/>")
        look.append(mark)
    mark.set(qn("w:val"), LANGUAGES[language])


def number_pages(document: Document, style: str) -> None:
    """Add page numbers at the foot, unless the template has its own footer."""
    foot = document.sections[-1].footer
    if not foot.is_linked_to_previous:
        return
    foot.is_linked_to_previous = False
    numbered = (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="center"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    )
    for child in list(foot._element):
        foot._element.remove(child)
    foot._element.append(parse_xml(numbered))
