"""A report as the bytes of a Word document, the same whenever and wherever it is written."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from benang.report.blocks import Report
from benang.report.inline import plain
from benang.report.on_paper import Words, anchors_of, fit
from benang.report.word.body import Body
from benang.report.word.ooxml import Text
from benang.report.word.styles import LANGUAGES
from benang.report.word.template import Template, opened, zipped

_SPACES = nsdecls("w", "r", "wp", "a", "pic")


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
    part = document.part
    text = Text(
        anchors_of(report),
        styles,
        lambda address: part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    body = Body(text, Words(report.language), lambda data: part.get_or_add_image(io.BytesIO(data))[0], page)
    content = document.element.body
    for child in list(content):
        content.remove(child)
    for child in list(parse_xml(f"<w:body {_SPACES}>{body.of(report)}</w:body>")):
        content.append(child)
    _describe(document, report)
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _describe(document: Document, report: Report) -> None:
    """Write the properties of the file: what it is and in which language, and nothing of when or by whose machine."""
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = fit(report.title)[:255]
    properties.subject = fit(report.description)[:255]
    properties.author = fit(plain(report.byline))[:255]
    properties.language = LANGUAGES[report.language]
