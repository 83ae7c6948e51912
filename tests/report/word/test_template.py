"""Templates that users give."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from tests.report.small_report import report

from benang.errors import BenangError
from benang.report.word.template import Template, zipped
from benang.report.word.writing import render_docx


def _saved(document: object) -> bytes:
    data = io.BytesIO()
    document.save(data)  # type: ignore[attr-defined]
    return data.getvalue()


@pytest.fixture
def faculty() -> bytes:
    """Return a template with a text, a heading style, a page and a foot of its own."""
    document = docx.Document()
    document.add_paragraph("Text of the template")
    document.styles["Heading 1"].font.size = Pt(31)
    document.styles["Heading 1"].element.set(qn("w:styleId"), "Judul1")
    document.sections[0].page_width, document.sections[0].page_height = Mm(200), Mm(260)
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(40)
    document.sections[0].footer.paragraphs[0].text = "Faculty of Markets"
    return _saved(document)


def test_styles_page_and_foot_are_the_templates(faculty: bytes) -> None:
    """By the names of styles, whatever their ids; the template's text is gone."""
    document = docx.Document(io.BytesIO(render_docx(report(), Template(faculty, "faculty.docx"))))
    headings = [one for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1"]

    assert [one.text for one in headings][:2] == ["Question", "Summary"]
    assert headings[0].style is not None
    assert headings[0].style.style_id == "Judul1"
    assert headings[0].style.font.size == Pt(31)
    assert "Text of the template" not in [one.text for one in document.paragraphs]
    assert {section.footer.paragraphs[0].text for section in document.sections} == {"Faculty of Markets"}
    assert {min(one.page_width or 0, one.page_height or 0) // Mm(1) for one in document.sections} == {200}


def test_tables_and_figures_fit_the_templates_page(faculty: bytes) -> None:
    """A figure reaches into the margins by 8 mm at most."""
    document = docx.Document(io.BytesIO(render_docx(report(), Template(faculty, "faculty.docx"))))

    assert document.inline_shapes[1].width.mm <= 260 - 80 + 16.1


def test_tables_keep_out_of_a_gutter_and_stand_in_one_column(faculty: bytes) -> None:
    """What a template sets aside for the binding is no room for tables."""
    document = docx.Document(io.BytesIO(faculty))
    document.sections[0].gutter = Mm(20)
    document.sections[0]._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))
    written = docx.Document(io.BytesIO(render_docx(report(), Template(_saved(document), "faculty.docx"))))
    widths = [int(one._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) for one in written.tables]

    assert widths
    assert max(widths) <= round((200 - 80 - 20) * 1440 / 25.4) + 5
    assert not [section for section in written.sections if section._sectPr.findall(qn("w:cols"))]


def test_a_template_without_size_and_margins_gets_them_where_word_wants_them() -> None:
    """Word refuses elements in another order than the standard's."""
    document = docx.Document()
    section = document.sections[0]._sectPr
    for kind in ("w:pgSz", "w:pgMar"):
        section.remove(section.find(qn(kind)))
    written = docx.Document(io.BytesIO(render_docx(report(), Template(_saved(document), "faculty.docx"))))
    order = [
        child.tag for child in written.sections[0]._sectPr if child.tag in map(qn, ("w:pgSz", "w:pgMar", "w:docGrid"))
    ]

    assert order == [qn("w:pgSz"), qn("w:pgMar"), qn("w:docGrid")]


def test_styles_that_are_missing_are_added(faculty: bytes) -> None:
    """Each under an id of its own."""
    document = docx.Document(io.BytesIO(render_docx(report(), Template(faculty, "faculty.docx"))))
    ids = [style.style_id for style in document.styles]

    assert "Benang Number" in {style.name for style in document.styles}
    assert len(ids) == len(set(ids))


def test_a_style_speaks_no_other_language_than_the_report() -> None:
    """A template in English must not have an Indonesian report's headings checked as English."""
    document = docx.Document()
    heading = document.styles["Heading 1"].element.get_or_add_rPr()
    heading.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US"/>'))
    written = docx.Document(io.BytesIO(render_docx(report("id"), Template(_saved(document), "faculty.docx"))))

    assert {one.get(qn("w:val")) for one in written.styles.element.iter(qn("w:lang"))} == {"id-ID"}


def test_a_dotx_is_a_template_too(faculty: bytes) -> None:
    """It differs from a document by one word."""
    with zipfile.ZipFile(io.BytesIO(faculty)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")

    assert docx.Document(io.BytesIO(render_docx(report(), Template(zipped(files), "faculty.dotx")))).paragraphs


def test_pages_are_counted_through_all_sections(faculty: bytes) -> None:
    """Also where the template begins at page 5, with a first page of its own: only the first section does."""
    document = docx.Document(io.BytesIO(faculty))
    document.sections[0].different_first_page_header_footer = True
    document.sections[0]._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="5"/>'))
    sections = docx.Document(io.BytesIO(render_docx(report(), Template(_saved(document), "faculty.docx")))).sections

    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]
    assert [one._sectPr.find(qn("w:pgNumType")) is not None for one in sections] == [True, False, False]


def test_a_template_without_bullets_gets_them() -> None:
    """By a numbering of its own, which comes where the standard wants it."""
    document = docx.Document()
    document.styles.element.remove(document.styles["List Bullet"].element)
    data = render_docx(report(), Template(_saved(document), "faculty.docx"))
    written = docx.Document(io.BytesIO(data))
    number = written.styles["List Bullet"].element.pPr.numPr.numId.val
    tags = [child.tag for child in written.part.numbering_part.element]

    assert number in [one.numId for one in written.part.numbering_part.element.num_lst]
    assert tags == sorted(tags, key=(qn("w:abstractNum"), qn("w:num")).index)


def test_the_same_template_gives_the_same_bytes(faculty: bytes) -> None:
    """Also where the template tells when it was made."""
    template = Template(faculty, "faculty.docx")

    assert render_docx(report(), template) == render_docx(report(), template)


def _from_elsewhere() -> bytes:
    document = docx.Document()
    footer = document.sections[0].footer
    footer.paragraphs[0].text = "Faculty"
    footer.part.relate_to("http://example.org/logo.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    return _saved(document)


def _with_field(*texts: str) -> bytes:
    """Return a template whose header has a field; its text may stand in several runs."""
    document = docx.Document()
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>' for text in texts)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    header = document.sections[0].header.paragraphs[0]._p
    header.extend(parse_xml(f"<w:p {nsdecls('w')}>{begin}{runs}{end}</w:p>"))
    return _saved(document)


def _of_width(width: str) -> bytes:
    document = docx.Document()
    document.sections[0]._sectPr.find(qn("w:pgSz")).set(qn("w:w"), width)
    return _saved(document)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zip", "this is not a Word document"),
        (zipped({"a.txt": b"a"}), "this is not a Word document"),
        (zipped({"[Content_Types].xml": b"<Types>macroEnabled</Types>"}), "it contains macros"),
        (zipped({"[Content_Types].xml": b"<Types/>"}), "this Word document cannot be read"),
        (_of_width("wide"), "this Word document cannot be read"),
        (_of_width("5000"), "its page leaves less than 60 mm for the text"),
        (_from_elsewhere(), "it includes external content, http://example.org/logo.png"),
        (
            _with_field(" INCLUDEPIC", 'TURE "http://example.org/a.png" '),
            "it includes external content through a field INCLUDEPICTURE",
        ),
        (_with_field(" DDEAUTO excel a.xlsx "), "it includes external content through a field DDEAUTO"),
    ],
    ids=[
        "text",
        "another zip",
        "macros",
        "empty",
        "a page without a width",
        "a narrow page",
        "a link",
        "a picture",
        "a program",
    ],
)
def test_what_is_no_template_is_refused(data: bytes, message: str) -> None:
    """By its name, with what is wrong; Word would fetch what stands elsewhere whenever the report is opened."""
    with pytest.raises(BenangError, match=f"faculty.docx: {message}"):
        render_docx(report(), Template(data, "faculty.docx"))


def test_nothing_stays_of_where_a_template_was_attached(faculty: bytes) -> None:
    """An attached template is fetched when the document is opened."""
    document = docx.Document(io.BytesIO(faculty))
    document.part._settings_part.relate_to("http://example.org/x.dotm", "urn:attachedTemplate", is_external=True)
    data = render_docx(report(), Template(_saved(document), "faculty.docx"))

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"example.org" in archive.read(name) for name in archive.namelist())


def test_a_template_that_unpacks_to_too_much_is_refused() -> None:
    """A file of some kilobytes could fill the memory."""
    with pytest.raises(BenangError, match="unpacks to more than 64 MB"):
        render_docx(report(), Template(zipped({"[Content_Types].xml": bytes(65 * 2**20)}), "faculty.docx"))
