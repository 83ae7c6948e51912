"""PRISMA's flow diagram: boxes apart, texts inside them, arrows from box to box, in every version and however long."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from tests.report.flows import flow

from benang.figures import PAGE, SMALL
from benang.figures.prisma_flow import Entry, FlowBox, FlowLayout, FlowTexts, PlacedBox, flow_layout, plot_flow
from benang.figures.saving import figure_bytes
from benang.figures.text_lines import width_of
from benang.locale import Language
from benang.report.selection import flow_texts

Faults = Callable[[Figure], list[str]]
VERSIONS = [(updated, other, dense) for updated in (False, True) for other in (False, True) for dense in (False, True)]


@cache
def layout_of(version: tuple[bool, bool, bool], language: Language = "en") -> FlowLayout:
    """Return the layout of a version of the figure."""
    is_updated, has_other, is_dense = version
    counted = flow(is_updated=is_updated, has_other=has_other, is_dense=is_dense)
    return flow_layout(flow_texts(counted, language))


@pytest.fixture(params=[(version, language) for version in VERSIONS for language in ("en", "id")])
def layout(request: pytest.FixtureRequest) -> FlowLayout:
    """Return each version of the figure, sparse and dense, in both languages."""
    return layout_of(*request.param)


def _overlap(one: PlacedBox, other: PlacedBox) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0


def test_no_box_overlaps_another_and_all_are_on_the_page(layout: FlowLayout) -> None:
    """Boxes, heads and bars."""
    assert not [(one.id, other.id) for one, other in combinations(layout.boxes, 2) if _overlap(one, other)]
    assert layout.width == PAGE
    for box in layout.boxes:
        assert 0 <= box.left < box.right <= layout.width
        assert 0 <= box.top < box.bottom <= layout.height


def test_every_text_is_whole_and_inside_its_box(layout: FlowLayout) -> None:
    """Lines fit the width of their box, stand within its height, and together say all of its texts."""
    for box in layout.boxes:
        weight = "normal" if box.kind == "box" else "bold"
        said = "".join(line.text for line in box.lines).replace(" ", "")
        assert said == "".join(entry.words for entry in box.entries).replace(" ", "")
        for line in box.lines:
            length = width_of([line.text], layout.size, weight)
            if box.kind == "phase":
                assert length < box.height
            else:
                assert box.left < line.x
                assert line.x + length < box.right
                assert box.top + layout.size * 0.25 < line.y < box.bottom


def test_text_is_as_large_as_journals_ask(layout: FlowLayout) -> None:
    """No figure, however dense, has letters below 6 points."""
    assert SMALL <= layout.size <= 7


def test_arrows_end_at_boxes_and_cross_none(layout: FlowLayout) -> None:
    """Each starts on the edge of its box, ends on that of the next, and touches no third one."""
    boxes = {box.id: box for box in layout.boxes}

    for arrow in layout.arrows:
        start, end = boxes[arrow.start], boxes[arrow.end]
        assert _is_on_edge(arrow.points[0], start), arrow
        assert _is_on_edge(arrow.points[-1], end), arrow
        for one, other in zip(arrow.points, arrow.points[1:], strict=False):
            (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
            assert left == pytest.approx(right) or top == pytest.approx(bottom)  # level or upright
            line = PlacedBox("line", "box", left - 0.1, top, right - left + 0.2, bottom - top + 0.1, (), ())
            others = [box for box in layout.boxes if box.kind == "box" and box not in (start, end)]
            assert not [box.id for box in others if _overlap(line, box)], arrow


def _is_on_edge(point: tuple[float, float], box: PlacedBox) -> bool:
    x, y = point
    beside = box.top < y < box.bottom and min(abs(x - box.left), abs(x - box.right)) < 1e-6
    above = box.left < x < box.right and min(abs(y - box.top), abs(y - box.bottom)) < 1e-6
    return beside or above


def test_every_box_is_reached() -> None:
    """Of an updated review with other methods: all but the three that begin have an arrow that ends at them."""
    layout = layout_of((True, True, True))

    ends = {arrow.end for arrow in layout.arrows}
    assert {box.id for box in layout.boxes if box.kind == "box"} - ends == {
        "previous", "identified", "other-identified"
    }  # fmt: skip
    assert {(one.start, one.end) for one in layout.arrows} >= {("other-assessed", "included"), ("previous", "total")}


def test_columns_that_a_review_lacks_leave_their_room_to_the_others() -> None:
    """Without previous studies and other methods, a box has twice the width and more."""
    narrow, wide = ({box.id: box.width for box in layout_of(one).boxes} for one in ((True, True, False), VERSIONS[0]))

    assert "previous" not in wide
    assert "other-sought" not in wide
    assert wide["sought"] > 2 * narrow["sought"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    """An address without a space stays in its box."""
    entry = Entry("https://example.org/" + "a" * 200, "7")
    texts = FlowTexts("Flow", (FlowBox("a", "main", "screened", (entry,)),), {}, {"screening": "Screening"})

    (bar, box) = flow_layout(texts, 60.0).boxes
    assert bar.kind == "phase"
    assert len(box.lines) > 3
    assert all(line.x + width_of([line.text], 7.0) < box.right for line in box.lines)


def test_numbers_are_never_parted() -> None:
    """`(n = 1,234)` stands in one line, with its mark."""
    layout = layout_of((True, True, True))

    lines = [line for box in layout.boxes for line in box.lines if line.value]
    assert lines
    assert not [line.text for line in lines if f"(n\xa0=\xa0{line.value})" not in line.text]


def test_the_drawing_has_every_text_and_none_touches_another(text_faults: Faults) -> None:
    """What is laid out is what is drawn."""
    layout = layout_of((True, True, True))
    figure = plot_flow(layout)

    drawn = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    assert sorted(drawn) == sorted(line.text for line in (*layout.notes, *(x for b in layout.boxes for x in b.lines)))
    assert text_faults(figure) == []


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_flow_gives_the_same_bytes(suffix: str) -> None:
    """In each form."""
    once, again = (figure_bytes(plot_flow(layout_of((False, True, True))), suffix, 60) for _ in range(2))

    assert once == again
