"""A flow diagram as shapes that can be edited in Word: a group of boxes with text, and of connectors between them.

Shapes are those of Word 2010 and later (ECMA-376, part 1, chapter 20; [MS-ODRAWXML] 2.9 and 2.10 for `wpg` and `wps`),
as an alternative whose fallback is the picture, for programs that don't know them (ECMA-376, part 3, 7.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from benang.figures import INK, MUTED, SMALL
from benang.figures.prisma_flow import (
    BOX,
    EDGE,
    HANGING,
    HEAD,
    LEVEL,
    LINE,
    PADDING,
    PHASE,
    Arrow,
    FlowLayout,
    PlacedBox,
)
from benang.report.on_paper import fit
from benang.report.word.ooxml import EMU_PER_MM, TWIPS_PER_MM, words

SPACES: Mapping[str, str] = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
"""The namespaces of shapes, by the prefixes that Word gives them."""

FONT = "Arial"
"""Narrower than the font that the boxes were measured in, and on every computer, or one as wide."""
_EMU_PER_POINT = 12700
_GROUNDS = {"box": BOX, "head": HEAD, "phase": PHASE}
_TOP, _LEFT, _BOTTOM, _RIGHT = range(4)  # the places of a rectangle that connectors hold to
_AFTER_TABLE = 20  # twips
_QUARTER = 5_400_000  # of a turn to the right, in 60,000ths of a degree


def flow_shapes(layout: FlowLayout, fallback: str, *, number: int, name: str, description: str, share: float) -> str:
    """Return a run with a flow diagram as a group of shapes in the line.

    Parameters
    ----------
    fallback
        The run with its picture, for programs that don't know shapes.
    number
        Of the figure; shapes are numbered from a thousand times that on.
    description
        The alternative text.
    share
        How large it is printed, as a share of the size that it was drawn for.
    """
    ids = {box.id: 1000 * number + at for at, box in enumerate(layout.boxes, 1)}
    first = 1000 * number + len(ids) + 1
    shapes = [_box(box, ids[box.id], layout.size * share, share) for box in layout.boxes]
    shapes += [_arrow(arrow, first + at, ids, share) for at, arrow in enumerate(layout.arrows)]
    if layout.notes:
        shapes.append(_notes(layout, first + len(layout.arrows), share))
    extent = f'cx="{_emu(layout.width * share)}" cy="{_emu(layout.height * share)}"'
    named = f'id="{1000 * number}" name={quoteattr(fit(name))} descr={quoteattr(fit(description))}'
    group = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr {named}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SPACES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>'
        f"{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic></wp:inline>"
    )
    drawing = f'<mc:Choice Requires="wpg"><w:drawing>{group}</w:drawing></mc:Choice>'
    picture = fallback.removeprefix("<w:r>").removesuffix("</w:r>")
    return f"<w:r><mc:AlternateContent>{drawing}<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent></w:r>"


def _emu(millimetres: float) -> int:
    return round(millimetres * EMU_PER_MM)


def _place(left: float, top: float, width: float, height: float, turned: str = "") -> str:
    place, size = f'x="{_emu(left)}" y="{_emu(top)}"', f'cx="{_emu(width)}" cy="{_emu(height)}"'
    return f"<a:xfrm{turned}><a:off {place}/><a:ext {size}/></a:xfrm>"


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


def _line(share: float, ends: str = "") -> str:
    return f'<a:ln w="{round(LINE * share * _EMU_PER_POINT)}">{_fill(EDGE)}<a:miter lim="800000"/>{ends}</a:ln>'


def _box(box: PlacedBox, number: int, size: float, share: float) -> str:
    """Return a box with its texts: an entry is a paragraph, which Word breaks into lines itself."""
    outline = _line(share) if box.kind == "box" else "<a:ln><a:noFill/></a:ln>"
    place = _place(share * box.left, share * box.top, share * box.width, share * box.height)
    look = f'{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_fill(_GROUNDS[box.kind])}{outline}'
    is_phase, is_bold = box.kind == "phase", box.kind != "box"
    inset = 0 if is_phase else _emu(PADDING * share)
    sides = " ".join(f'{side}="{inset}"' for side in ("lIns", "tIns", "rIns", "bIns"))
    anchored = "t" if is_phase else "ctr"
    body = f'<wps:bodyPr rot="0" vert="horz" wrap="square" {sides} anchor="{anchored}" anchorCtr="0"><a:noAutofit/>'
    hangs = len(box.entries) > 1
    paragraphs = [
        _paragraph(
            entry.words,
            size,
            bold=is_bold,
            middle=is_bold,
            left=share * (LEVEL * entry.level + (HANGING if hangs and entry.value else 0.0)),
            hanging=share * HANGING if hangs and entry.value else 0.0,
        )
        for entry in box.entries
    ]
    content = "".join(paragraphs)
    if is_phase:
        content = _upwards(content, share * box.width, share * box.height)
    return _shape(number, fit(box.entries[0].text), look, content, f"{body}</wps:bodyPr>")


def _upwards(content: str, width: float, height: float) -> str:
    """Return paragraphs that run upwards, as the one cell of a table.

    In a group, LibreOffice ignores the direction that a shape gives its text (`vert270`), but not that of a cell.
    The paragraph that Word wants after a table is a point high.
    """
    sides = ("top", "left", "bottom", "right")
    borders = "".join(f'<w:{side} w:val="nil"/>' for side in sides)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in sides)
    wide, high = _twips(width), _twips(height) - _AFTER_TABLE
    look = f'<w:tblW w:w="{wide}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    cell = f'<w:tcW w:w="{wide}" w:type="dxa"/><w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>'
    return (
        f"<w:tbl><w:tblPr>{look}<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblGrid><w:gridCol w:w="{wide}"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{high}" w:hRule="exact"/>'
        f"</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{content}</w:tc></w:tr></w:tbl>"
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{_AFTER_TABLE}" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _shape(number: int, name: str, look: str, content: str, body: str) -> str:
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={quoteattr(name)}/><wps:cNvSpPr/><wps:spPr>{look}</wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>{body}</wps:wsp>"
    )


def _paragraph(
    text: str,
    size: float,
    *,
    bold: bool = False,
    middle: bool = False,
    left: float = 0.0,
    hanging: float = 0.0,
    colour: str = INK,
) -> str:
    """Return a paragraph whose look depends on no style of the template."""
    indent = f'<w:ind w:left="{_twips(left)}" w:right="0" w:hanging="{_twips(hanging)}"/>'
    aligned = f'<w:jc w:val="{"center" if middle else "left"}"/>'
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    points = round(2 * size)  # Word counts halves
    look = f'{fonts}{weight}<w:i w:val="0"/><w:color w:val="{colour.removeprefix("#").upper()}"/>'
    look += f'<w:sz w:val="{points}"/><w:szCs w:val="{points}"/>'
    return f"<w:p><w:pPr>{spacing}{indent}{aligned}</w:pPr><w:r><w:rPr>{look}</w:rPr>{words(text)}</w:r></w:p>"


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


def _arrow(arrow: Arrow, number: int, ids: Mapping[str, int], share: float) -> str:
    """Return an arrow as a connector, which says from which side of which box to which it goes."""
    points = [(share * x, share * y) for x, y in arrow.points]
    (x, y), (end_x, end_y) = points[0], points[-1]
    width, height = abs(end_x - x), abs(end_y - y)
    left, top = min(x, end_x), min(y, end_y)
    if len(points) == 2:
        form, place = "straightConnector1", _place(left, top, width, height)
        leaves, meets = (_BOTTOM, _TOP) if width < height else (_RIGHT, _LEFT)
    else:  # down and then aside: Word's bend, which goes right and then down, turned and, for the right, mirrored too
        mirrored = ' flipV="1"' if end_x > x else ""
        middle_x, middle_y = left + width / 2, top + height / 2
        turned = f' rot="{_QUARTER}"{mirrored}'
        form = "bentConnector2"
        place = _place(middle_x - height / 2, middle_y - width / 2, height, width, turned)
        leaves, meets = _BOTTOM, _LEFT if end_x > x else _RIGHT
    ends = f'<a:stCxn id="{ids[arrow.start]}" idx="{leaves}"/><a:endCxn id="{ids[arrow.end]}" idx="{meets}"/>'
    head = _line(share, '<a:tailEnd type="triangle" w="med" len="med"/>')
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={quoteattr(f"{arrow.start} → {arrow.end}")}/>'
        f"<wps:cNvCnPr>{ends}</wps:cNvCnPr>"
        f'<wps:spPr>{place}<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom><a:noFill/>{head}</wps:spPr>'
        "<wps:bodyPr/></wps:wsp>"
    )


def _notes(layout: FlowLayout, number: int, share: float) -> str:
    """Return the notes below the figure as a box without an outline."""
    left, top = layout.notes[0].x, layout.notes[0].y - SMALL * 25.4 / 72
    place = _place(share * left, share * top, share * (layout.width - 2 * left), share * (layout.height - top))
    look = f'{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
    body = '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/>'
    content = "".join(_paragraph(text, SMALL * share, colour=MUTED) for text in layout.note_texts)
    return _shape(number, "notes", look, content, f"{body}</wps:bodyPr>")
