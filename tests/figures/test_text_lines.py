"""Text is measured as it is drawn, and broken so that it fits and stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.figures.style import SMALL, new_figure, styled
from benang.figures.text_lines import broken, fitted, text_width, width_of


def test_no_line_is_wider_than_it_may_be() -> None:
    """Every line fits, and no word is lost."""
    text = "kerja sama antara pemerintah daerah dan kota kembar di luar negeri " * 3
    lines = broken(text, 42.0, SMALL)

    assert width_of(lines, SMALL) <= 42.0
    assert " ".join(lines).split() == text.split()


def test_text_is_measured_as_it_is_drawn() -> None:
    """The width that is reckoned with is that on the page, within a hundredth."""
    with styled():
        figure = new_figure(174, 20)
        text = figure.text(0.1, 0.5, "international collaboration", fontsize=7)
        figure.canvas.draw()
    drawn = text.get_window_extent().width / figure.dpi * 72

    assert text_width("international collaboration", 7) == pytest.approx(drawn, rel=0.01)


@given(st.lists(st.sampled_from(["kota", "kerja", "sama", "di", "internasional"]), min_size=1, max_size=12))
def test_fitted_text_has_no_more_lines_than_asked_for(words: list[str]) -> None:
    """Three lines at most, no word lost, and no narrower way to do it by breaking at the widest line's width."""
    lines = fitted(" ".join(words), 3)

    assert len(lines) <= 3
    assert " ".join(lines).split() == words
    assert width_of(lines) == width_of(words) or len(broken(" ".join(words), width_of(lines) - 0.01)) > 3
