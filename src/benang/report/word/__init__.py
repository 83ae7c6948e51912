"""A report as a Word document, and what it is written into: this package's own, or a template that the user gives.

A template keeps its styles, page, headers and footers; its content is removed. Styles that it lacks come from this
package. What would make Word fetch something from elsewhere is refused: a review may come from somebody else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from benang.errors import BenangError, Problem
from benang.files import zipped
from benang.locale import Language
from benang.locale.writing import worded
from benang.report import Figure, Report, Section
from benang.report.inline import plain
from benang.report.on_paper import Words, anchors_of, fit
from benang.report.word.body import Body
from benang.report.word.flow_shapes import SPACES
from benang.report.word.ooxml import (
    LANGUAGES,
    TWIPS_PER_MM,
    Page,
    Text,
    complete_styles,
    number_pages,
    own_styles,
    set_language,
)

MOST_BYTES = 64 * 2**20
"""What a template may unpack to: pictures in its headers, not a book."""

NARROWEST = 60
"""Millimetres that the text has at least, across and down."""

_MAIN = CONTENT_TYPE.WML_DOCUMENT_MAIN
_TEMPLATE = _MAIN.replace("document.main", "template.main")
_STAYING = {
    getattr(RELATIONSHIP_TYPE, name)
    for name in ("STYLES", "SETTINGS", "NUMBERING", "FONT_TABLE", "THEME", "HEADER", "FOOTER")
}
"""What a document keeps beside its text."""
_FIRST = "[Content_Types].xml"
_A4 = (
    f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1361" w:right="1417" w:bottom="1474"'
    ' w:left="1417" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:compat><w:compatSetting'
    ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


@dataclass(frozen=True)
class Template:
    """A Word document as the user gives it: its bytes, and what it is called in messages."""

    data: bytes
    name: str


def opened(template: Template | None, language: Language) -> tuple[Document, dict[str, str], Page]:
    """Open the document to write into, empty; with the ids of all styles by their names, and its page.

    Raises
    ------
    BenangError
        Where the template is no Word document, holds macros, or leads out of itself.
    """
    if template is None:
        return _prepared(_own(), language)
    try:
        document = docx.Document(io.BytesIO(_as_document(template)))
        _keep(document, _STAYING)
        prepared = _prepared(document, language)
        _check_within(document, template)
    except BenangError:
        raise
    except Exception as error:  # noqa: BLE001 -- python-docx and lxml fail on a broken package in many ways
        raise _refused(
            template, worded("this Word document cannot be read ({error})", error=type(error).__name__)
        ) from None
    if min(*prepared[2].room(is_turned=False), *prepared[2].room(is_turned=True)) < NARROWEST:
        raise _refused(template, worded("its page leaves less than {n} mm for the text", n=NARROWEST))
    return prepared


def _prepared(document: Document, language: Language) -> tuple[Document, dict[str, str], Page]:
    """Empty a document, and give it what a report needs."""
    body = document.element.body
    page = body.sectPr if body.sectPr is not None else parse_xml(_A4)
    for child in list(body):
        body.remove(child)
    body.append(page)
    styles = complete_styles(document)
    set_language(document, language)
    number_pages(document, styles["footer"])
    return document, styles, _page(page)


def _own() -> Document:
    document = docx.Document()
    document.part._styles_part._element = deepcopy(own_styles())
    document.part._settings_part._element = parse_xml(_SETTINGS)
    document.part.numbering_part._element = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    _keep(document, _STAYING - {RELATIONSHIP_TYPE.FONT_TABLE})
    section = document.element.body.sectPr
    document.element.body.replace(section, parse_xml(_A4))
    return document


def _as_document(template: Template) -> bytes:
    """Return a template's bytes as a document's: a `.dotx` differs from a `.docx` by one word."""
    try:
        with zipfile.ZipFile(io.BytesIO(template.data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise _refused(template, worded("it unpacks to more than {n} MB", n=MOST_BYTES // 2**20))
            types = archive.read("[Content_Types].xml").decode("utf-8")
            if "macroEnabled" in types:
                raise _refused(template, worded("it contains macros"))
            if _TEMPLATE not in types:
                return template.data
            return zipped(
                {one: archive.read(one) for one in archive.namelist()}
                | {"[Content_Types].xml": types.replace(_TEMPLATE, _MAIN).encode()},
                first=_FIRST,
            )
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError, RuntimeError, OSError):
        raise _refused(template, worded("this is not a Word document")) from None


def _refused(template: Template, what: str) -> BenangError:
    way_on = worded("Open it in Word and save it as .docx, with pictures embedded and without macros.")
    return BenangError(Problem(what, where=template.name, way_on=way_on))


def _keep(document: Document, kinds: Iterable[str]) -> None:
    """Take away what belonged to the text of a document, or to its file as a whole: pictures, comments, thumbnails."""
    for rels, staying in (
        (document.part.rels, set(kinds)),
        (document.part.package.rels, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}),
    ):
        for name, relationship in list(rels.items()):
            if relationship.reltype not in staying:
                del rels[name]
    settings = document.part._settings_part
    for name in list(settings.rels):
        del settings.rels[name]
    for kind in ("w:attachedTemplate", "w:mailMerge", "w:documentProtection", "w:footnotePr", "w:endnotePr"):
        for child in settings.element.findall(qn(kind)):
            settings.element.remove(child)


_FETCHING = re.compile(r"\b(?:DATABASE|DDE|DDEAUTO|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK)\b", re.IGNORECASE)
"""Fields that show what is kept elsewhere, or start the program that has it."""


def _check_within(document: Document, template: Template) -> None:
    for part in document.part.package.iter_parts():
        if match := _FETCHING.search(_fields(getattr(part, "element", None))):
            raise _refused(
                template, worded("it includes external content through a field {name}", name=match[0].upper())
            )
        for relationship in part.rels.values():
            if relationship.is_external and relationship.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise _refused(
                    template, worded("it includes external content, {address}", address=relationship.target_ref)
                )


def _fields(element: Any) -> str:
    """Return what the fields of a part ask for; Word may part the text of one between several runs."""
    if element is None:
        return ""
    asked = "".join(one.text or "" for one in element.iter(qn("w:instrText")))
    return " ".join([asked, *(one.get(qn("w:instr"), "") for one in element.iter(qn("w:fldSimple")))])


def _page(section: Any) -> Page:
    """Return a page by its section; one without a size or margins gets those of A4."""
    a4 = parse_xml(_A4)
    for kind, in_place in (("w:pgSz", section.get_or_add_pgSz), ("w:pgMar", section.get_or_add_pgMar)):
        if section.find(qn(kind)) is None:
            in_place().attrib.update(a4.find(qn(kind)).attrib)
    for columns in section.findall(qn("w:cols")):  # the report has one column: its tables are as wide as the page
        section.remove(columns)
    size, margin = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = sorted(int(size.get(qn(f"w:{side}"))) for side in "wh")
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    size.attrib.pop(qn("w:orient"), None)
    beside, above = (
        sum(abs(int(margin.get(qn(f"w:{side}")))) for side in pair) for pair in (("left", "right"), ("top", "bottom"))
    )
    beside += abs(int(margin.get(qn("w:gutter"), "0")))
    sides = (width / TWIPS_PER_MM, height / TWIPS_PER_MM)
    return Page(section, sides, (beside / TWIPS_PER_MM, above / TWIPS_PER_MM))


_SPACES = " ".join([nsdecls("w", "r", "wp", "a", "pic"), *(f'xmlns:{key}="{name}"' for key, name in SPACES.items())])


def render_docx(report: Report, template: Template | None = None) -> bytes:
    """Render a report as a Word document.

    Parameters
    ----------
    report
        What is printed; a figure without PNG is left out, with its caption staying.
    template
        A document whose styles, page, headers and footers it takes; this package's own where there is none.

    Returns
    -------
    bytes
        A `.docx` file. The same report and template give the same bytes: nothing in it depends on the time. Each number
        is a link to its entry in the appendix; captions and references to figures are fields that Word counts anew.

    Raises
    ------
    BenangError
        Where the template can't be used.
    """
    document, styles, page = opened(template, report.language)
    body = _body(document, styles, page, report)
    _fill(document, body.of(report))
    _describe(document, report)
    return _saved(document)


def figure_docx(figure: Figure, language: Language) -> bytes:
    """Render one figure with its caption as a Word document; the same figure gives the same bytes."""
    document, styles, page = opened(None, language)
    alone = Report(language, plain(figure.caption), (Section("figure", "", (figure,)),), "", "", ())
    _fill(document, _body(document, styles, page, alone).alone(figure))
    _describe(document, alone)
    return _saved(document)


def _body(document: Document, styles: Mapping[str, str], page: Page, report: Report) -> Body:
    part = document.part
    text = Text(
        anchors_of(report),
        styles,
        lambda address: part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    return Body(text, Words(report.language), lambda data: part.get_or_add_image(io.BytesIO(data))[0], page)


def _fill(document: Document, text: str) -> None:
    content = document.element.body
    for child in list(content):
        content.remove(child)
    for child in list(parse_xml(f"<w:body {_SPACES}>{text}</w:body>")):
        content.append(child)


def _saved(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, first=_FIRST)


def _describe(document: Document, report: Report) -> None:
    """Write the properties of the file: what it is and in which language, and nothing of when or by whose machine."""
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = fit(report.title)[:255]
    properties.subject = fit(report.description)[:255]
    properties.author = fit(plain(report.byline))[:255]
    properties.language = LANGUAGES[report.language]
