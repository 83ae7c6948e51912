"""A flow diagram in Word: shapes with the figure's texts, in its places, and connectors between them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.report.flows import flow
from tests.report.small_report import figure, report

from benang.figures.prisma_flow import FlowLayout, flow_layout
from benang.report import Figure, OpenFlow, Section
from benang.report.selection import flow_texts
from benang.report.word import render_docx
from benang.report.word.flow_shapes import SPACES

WPS, WPG, MC = (f"{{{SPACES[key]}}}" for key in ("wps", "wpg", "mc"))
EMU = 36000


@pytest.fixture(params=[(False, False, False), (True, True, True)])
def layout(request: pytest.FixtureRequest) -> FlowLayout:
    """Return the smallest and the largest version of the figure."""
    is_updated, has_other, is_dense = request.param
    return flow_layout(flow_texts(flow(is_updated=is_updated, has_other=has_other, is_dense=is_dense), "en"))


@pytest.fixture
def body(layout: FlowLayout) -> Any:
    """Return the body of a document with two figures, the first of which is a flow."""
    drawn: Figure = replace(figure("prisma", 1, layout.width, layout.height), flow=OpenFlow(layout, {}))
    whole = replace(report(), sections=(Section("selection", "Selection", (drawn, figure("other", 2))),))
    return docx.Document(io.BytesIO(render_docx(whole))).element.body


def _paragraphs(shape: Any) -> list[str]:
    texts = ["".join(str(text.text) for text in one.iter(qn("w:t"))) for one in shape.iter(qn("w:p"))]
    return [text for text in texts if text]


def test_shapes_have_the_texts_of_the_figure(body: Any, layout: FlowLayout) -> None:
    """Each box is a shape with an entry a paragraph; the notes are the last one."""
    shapes = [_paragraphs(one) for one in body.iter(f"{WPS}wsp") if one.find(f"{WPS}txbx") is not None]

    wanted = [[entry.words for entry in box.entries] for box in layout.boxes]
    assert shapes == [*wanted, *([list(layout.note_texts)] if layout.note_texts else [])]


def test_shapes_stand_where_the_figure_has_them(body: Any, layout: FlowLayout) -> None:
    """All in one group in the line, smaller where the page is, and within its size."""
    (group,) = body.iter(f"{WPG}wgp")
    extent = group.find(f"{WPG}grpSpPr").find(f"{qn('a:xfrm')}/{qn('a:ext')}")
    share = int(extent.get("cx")) / EMU / layout.width

    assert 0.85 < share <= 1
    places = [one.find(f"{WPS}spPr/{qn('a:xfrm')}") for one in group.iter(f"{WPS}wsp")]
    for box, place in zip(layout.boxes, places, strict=False):
        left, top = (int(place.find(qn("a:off")).get(side)) / EMU for side in "xy")
        width, height = (int(place.find(qn("a:ext")).get(side)) / EMU for side in ("cx", "cy"))
        wanted = [share * one for one in (box.left, box.top, box.width, box.height)]
        assert [left, top, width, height] == pytest.approx(wanted, abs=0.01)


def test_phases_are_read_upwards(body: Any) -> None:
    """In cells, which LibreOffice turns too; behind each table is the paragraph without which Word takes no file."""
    tables = [one.getparent() for one in body.iter(qn("w:tbl")) if one.getparent().tag == qn("w:txbxContent")]

    assert len(tables) == 3
    assert [[child.tag for child in one] for one in tables] == [[qn("w:tbl"), qn("w:p")]] * 3
    assert [next(one.iter(qn("w:textDirection"))).get(qn("w:val")) for one in tables] == ["btLr"] * 3


def test_connectors_name_the_boxes_that_they_join(body: Any, layout: FlowLayout) -> None:
    """By the numbers of their shapes, each of which is there once in the document."""
    names = {one.get("id"): one.get("name") for one in body.iter(f"{WPS}cNvPr")}
    texts = {box.id: box.entries[0].text for box in layout.boxes}
    joined = [
        tuple(names[one.find(qn(end)).get("id")] for end in ("a:stCxn", "a:endCxn"))
        for one in body.iter(f"{WPS}cNvCnPr")
    ]

    assert joined == [(texts[arrow.start], texts[arrow.end]) for arrow in layout.arrows]
    ids = [one.get("id") for kind in (f"{WPS}cNvPr", qn("wp:docPr")) for one in body.iter(kind)]
    assert len(ids) == len(set(ids))


def test_programs_without_shapes_show_the_picture(body: Any) -> None:
    """As Word writes it: a choice that names what it requires, and the picture as fallback."""
    (alternatives,) = body.iter(f"{MC}AlternateContent")
    choice, fallback = alternatives

    assert (choice.tag, choice.get("Requires"), fallback.tag) == (f"{MC}Choice", "wpg", f"{MC}Fallback")
    assert choice.nsmap["wpg"] == SPACES["wpg"]
    assert len(list(fallback.iter(qn("a:blip")))) == 1
    assert next(choice.iter(qn("wp:docPr"))).get("descr") == next(fallback.iter(qn("wp:docPr"))).get("descr")


def test_parts_of_shapes_come_in_the_order_that_word_wants(body: Any) -> None:
    """[MS-ODRAWXML] 2.10: name, kind, look, text, properties of the text; lines have fill, corners, then ends."""
    order = [f"{WPS}{name}" for name in ("cNvPr", "cNvSpPr", "cNvCnPr", "spPr", "txbx", "bodyPr")]
    for shape in body.iter(f"{WPS}wsp"):
        assert [child.tag for child in shape] == sorted((child.tag for child in shape), key=order.index)
    looks = [qn(f"a:{name}") for name in ("xfrm", "prstGeom", "solidFill", "noFill", "ln")]
    lines = [qn(f"a:{name}") for name in ("solidFill", "noFill", "miter", "headEnd", "tailEnd")]
    for parent, wanted in ((f"{WPS}spPr", looks), (qn("a:ln"), lines)):
        for one in body.iter(parent):
            tags = [child.tag for child in one]
            assert tags == sorted(tags, key=wanted.index)
