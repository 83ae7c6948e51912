"""Templates that users give."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from tests.report.small_report import CONTROLS, HOSTILE, LONG, report, table

from benang.errors import BenangError
from benang.files import zipped
from benang.report import Column, Paragraph, Table, TableBody, TableRow
from benang.report.inline import ExternalLink
from benang.report.word import Template, render_docx
from benang.report.word.ooxml import bookmark_name, own_styles


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


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


@pytest.fixture(scope="module")
def data() -> bytes:
    """Return the small report as a document."""
    return render_docx(report())


@pytest.fixture(scope="module")
def body(data: bytes) -> str:
    """Return what stands in it."""
    return _part(data)


def test_every_link_has_its_bookmark(body: str) -> None:
    """And bookmarks are unique by name, in any letters, and by number; none is longer than Word's 40 characters."""
    marks = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"/>', body)
    names = [name for _, name in marks]

    assert set(re.findall(r'w:anchor="([^"]+)"', body)) <= set(names)
    assert len({name.lower() for name in names}) == len(names) == len({number for number, _ in marks})
    assert max(map(len, names)) <= 40
    assert body.count("<w:bookmarkEnd ") == len(names)


def test_a_number_leads_to_the_appendix_and_back(body: str) -> None:
    """Its tooltip says what opens; the appendix leads to where the number stands first."""
    assert (
        f'<w:hyperlink w:anchor="{bookmark_name("n-cases.all")}" w:tooltip="24 cases: all. Open the evidence"' in body
    )
    assert body.count(f'w:name="{bookmark_name("use-n-cases.all")}"') == 1
    assert f'w:anchor="{bookmark_name("use-n-cases.all")}"' in body


def test_what_leads_nowhere_is_plain_text(body: str) -> None:
    """A link to an anchor that nothing has would break the file."""
    assert "nowhere" in body
    assert bookmark_name("missing") not in body


def test_captions_and_references_are_fields(body: str) -> None:
    """Word counts figures and tables anew, and repeats the number of a figure where the text refers to it."""
    assert body.count(r'w:instr=" SEQ Figure \* ARABIC \* MERGEFORMAT "') == 2
    assert body.count(r'w:instr=" SEQ Table \* ARABIC \* MERGEFORMAT "') == 2
    assert rf'w:instr=" REF {bookmark_name("figure-bars")} \h \* MERGEFORMAT "' in body
    assert ' TOC \\o "1-2" \\h \\z \\u ' in body


def test_every_reference_has_its_bookmark(body: str) -> None:
    """Else Word prints an error where the number of a figure stood."""
    targets = set(re.findall(r'w:instr=" REF (\S+)', body))

    assert targets
    assert targets <= set(re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"', body))


def test_the_cells_of_a_row_are_as_wide_as_its_table(data: bytes) -> None:
    """Columns of the grid, cells over several columns and the table itself agree, and fit between the margins."""
    document = docx.Document(io.BytesIO(data))
    for one in document.tables:
        grid = [int(column.get(f"{W}w")) for column in one._tbl.tblGrid.iter(f"{W}gridCol")]
        rows = [[int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")] for row in one._tbl.tr_lst]

        assert int(one._tbl.tblPr.find(f"{W}tblW").get(f"{W}w")) == sum(grid) <= 9072
        assert {sum(row) for row in rows} == {sum(grid)}
        assert all(row in (grid, [sum(grid)]) for row in rows)


def test_no_word_of_a_heading_is_broken() -> None:
    """Where a table is a little too wide, columns of several words give way: 7 letters need 16 mm in bold."""
    labels = ("Penulis", "Rekaman", "Fraksional", "Sitasi", "h", "g", "m", "Tahun pertama", "Tahun terakhir")
    columns = tuple(Column(label, is_number=at > 0) for at, label in enumerate(labels))
    row = TableRow(("van der Teladan, Piet", "2", "1,00", "23", "2", "2", "0,50", "2018", "2020"))
    narrow = Table("table-authors", "Authors", columns, (TableBody((row,)),), number=3)
    written = docx.Document(io.BytesIO(render_docx(report(more=(narrow,))))).tables[2]._tbl
    widths = [int(one.get(f"{W}w")) * 25.4 / 1440 for one in written.tblGrid.iter(f"{W}gridCol")]

    assert widths[1] >= 16
    assert sum(widths) * 1440 / 25.4 <= 9072.1


def _kept(document: bytes, at: int) -> list[bool]:
    """Return for each row of a table whether it stays on one page with the next."""
    rows = docx.Document(io.BytesIO(document)).tables[at]._tbl.tr_lst
    return [all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p")) for row in rows]


def test_a_short_table_stands_on_one_page_with_its_note() -> None:
    """Twelve rows at most, of one line each."""
    assert all(_kept(render_docx(report(more=(table(3, rows=12),))), 2))


def test_no_row_of_a_long_table_stands_alone_on_a_page() -> None:
    """The heading and the title keep the first two, the note the last two; the rows between may part."""
    kept = _kept(render_docx(report(more=(table(3, rows=30),))), 2)

    assert kept == [True] * 3 + [False] * 27 + [True] * 2


def test_the_look_of_a_table_reads_the_same_in_old_and_new_word() -> None:
    """Its bits and its attributes agree: a heading row, no bands (ECMA-376, part 4, 14.3.6)."""
    [look] = set(re.findall(r"<w:tblLook [^>]*>", _part(render_docx(report()))))
    bits = int(re.findall(r'w:val="(\w+)"', look)[0], 16)
    names = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200}

    assert {name: bool(bits & bit) for name, bit in names.items()} == {name: f'{name}="1"' in look for name in names}


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs spacing ind contextualSpacing jc outlineLvl "
    "sectPr",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan tcBorders vAlign",
    "trPr": "cantSplit tblHeader",
}
"""What properties may hold here, in the order of ECMA-376, part 1, 17.3 to 17.4."""


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footer1.xml"])
def test_properties_stand_in_the_order_of_the_standard(data: bytes, name: str) -> None:
    """Word refuses a file with another order."""
    for element in ET.fromstring(_part(data, name)).iter():  # noqa: S314 -- a file that Benang has just written
        order = ORDER.get(element.tag.removeprefix(W), "").split()
        children = [child.tag.removeprefix(W) for child in element]
        assert not order or [order.index(child) for child in children] == sorted(map(order.index, children)), children


def test_nothing_that_the_document_names_is_missing(data: bytes, body: str) -> None:
    """Styles, numberings, links and pictures."""
    document = docx.Document(io.BytesIO(data))
    styles = {one.style_id for one in document.styles}
    bullets = document.styles["List Bullet"].element.pPr.numPr.numId.val

    assert set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', body)) <= styles
    assert set(re.findall(r'r:(?:id|embed)="([^"]+)"', body)) <= set(document.part.rels)
    assert bullets in [one.numId for one in document.part.numbering_part.element.num_lst]


def test_the_docs_name_every_style_of_benang() -> None:
    """Whoever makes a template finds them there."""
    docs = (Path(__file__).parents[3] / "docs" / "word-and-pdf.md").read_text(encoding="utf-8")
    names = [name for one in own_styles().iter(f"{W}name") if (name := one.get(f"{W}val")).startswith("Benang")]

    assert len(names) >= 15
    assert [name for name in names if name not in docs] == []


def test_headers_of_tables_stand_on_every_page(data: bytes) -> None:
    """Rows are not parted by pages, and numbers stand at the right."""
    long = docx.Document(io.BytesIO(data)).tables[1]

    assert len(long.rows) == 152
    assert long.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert long.rows[2]._tr.find(f"{W}trPr/{W}cantSplit") is not None
    assert str(long.cell(2, 1).paragraphs[0].alignment) == "RIGHT (2)"


def test_figures_are_as_large_as_drawn_and_say_what_they_show(data: bytes) -> None:
    """Those wider than a page get one that lies on its side."""
    document = docx.Document(io.BytesIO(data))
    sizes = [(round(one.width.mm), round(one.height.mm)) for one in document.inline_shapes]

    assert sizes == [(84, 60), (250, 120)]
    assert 'descr="Two bars for bars: 1 and 2."' in _part(data)
    assert [section.orientation for section in document.sections] == [0, 1, 0]


def test_pages_have_numbers(data: bytes) -> None:
    """In the footer, which all sections share."""
    assert 'w:instr=" PAGE "' in _part(data, "word/footer1.xml")


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_language_is_said(language: str) -> None:
    """So that spelling is checked in the right one, and captions are in it."""
    data = render_docx(report(language))  # type: ignore[arg-type]
    tag, caption = {"en": ("en-GB", "SEQ Figure"), "id": ("id-ID", "SEQ Gambar")}[language]

    assert f'w:lang w:val="{tag}"' in _part(data, "word/styles.xml")
    assert caption in _part(data)


def test_what_people_wrote_is_never_markup() -> None:
    """Whatever stands in it, the document says it letter by letter."""
    data = render_docx(report(text=HOSTILE, title=HOSTILE))
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)

    assert text.count(HOSTILE) >= 6


def test_what_xml_can_not_hold_is_written_out() -> None:
    """Controls by their names, halves of characters as �."""
    data = render_docx(report(text=CONTROLS, more=(Paragraph(ExternalLink("https://x.example/\x01a")),)))
    ET.fromstring(_part(data))  # noqa: S314 -- written here
    ET.fromstring(_part(data, "word/_rels/document.xml.rels"))  # noqa: S314 -- written here
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)

    assert r"bell\u0007 escape\u001b[31m nul\u0000 half� nonchar� override\u202efdp" in text


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    """Nothing tells the time: not the zip, not the properties."""
    assert render_docx(report()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert "dcterms" not in re.sub(r"xmlns:\w+=\S+", "", _part(data, "docProps/core.xml"))


def test_a_table_too_wide_for_a_page_lies_on_its_side() -> None:
    """And all its columns have the same page."""
    words = tuple(f"perbandingannya{n}" for n in range(12))
    wide = Table("table-wide", "Wide", tuple(map(Column, words)), (TableBody((TableRow(words),)),), number=3)
    document = docx.Document(io.BytesIO(render_docx(report(more=(wide, table(4))))))

    assert [section.orientation for section in document.sections] == [0, 1, 0, 1, 0]


def test_what_follows_a_page_on_its_side_stands_upright_again() -> None:
    """Text behind the table is no part of its page."""
    words = tuple(f"perbandingannya{n}" for n in range(12))
    wide = Table("table-wide", "Wide", tuple(map(Column, words)), (TableBody((TableRow(words),)),), number=3)
    body = _part(render_docx(report(more=(wide, Paragraph("Upright again.")))))

    assert body.index('w:orient="landscape"') < body.index("Upright again.")


def test_a_long_word_stays_whole(body: str) -> None:
    """Word breaks it by itself; in the file it is one."""
    assert LONG in body
