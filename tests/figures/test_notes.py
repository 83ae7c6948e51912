"""Notes stand at the foot of a figure, within the room that they ask for."""

from __future__ import annotations

from benang.figures.notes import draw_notes, notes_height
from benang.figures.style import new_figure, styled


def test_notes_stand_above_the_lower_edge() -> None:
    """Notes are broken to the figure's width, and stay within the height that they asked for."""
    notes = ["Small corpus: 23 records. Read the map as an illustration, not as a structure of the field.", "Second."]
    with styled():
        figure = new_figure(84, 60)
        height = draw_notes(figure, notes)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.texts]

    assert len(boxes) == 3
    assert height == notes_height(notes, 84)
    assert all(box.y0 >= 0 and box.y1 <= height / 60 * figure.bbox.height for box in boxes)
    assert all(box.x1 <= figure.bbox.width for box in boxes)
