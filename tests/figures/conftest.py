"""What tests of figures share: a look at a figure as a reader sees it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from benang.figures import styled

Faults = Callable[[Figure], list[str]]


@pytest.fixture(scope="session")
def text_faults() -> Faults:
    """Return a function that lists the texts of a figure that are cut by its border or that touch another text."""
    return _faults


def _faults(figure: Figure) -> list[str]:
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    with styled():
        canvas.draw()  # type: ignore[no-untyped-call]
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    texts = [
        one for one in figure.findobj(Text) if isinstance(one, Text) and one.get_visible() and one.get_text().strip()
    ]
    boxes = [(one.get_text(), one.get_window_extent(renderer)) for one in texts]
    page = figure.bbox
    cut = [
        f"cut: {text!r}"
        for text, box in boxes
        if box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1
    ]
    touching = [
        f"overlap: {one!r} and {other!r}"
        for (one, box), (other, others_box) in combinations(boxes, 2)
        if _overlap(box, others_box)
    ]
    return cut + touching


def _overlap(one: Bbox, other: Bbox) -> bool:
    """Tell whether two boxes share more than a pixel each way: boxes include the empty rim around letters."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(across > 1 and down > 1)
