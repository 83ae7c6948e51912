"""The styles of a report in Word, this package's own, added to a template that lacks them; and its page."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from benang.locale import Language

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
