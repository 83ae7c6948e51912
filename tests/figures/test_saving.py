"""Colours for a form without transparency look as they did on their page; letters come from a font in a short way."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from benang.figures import new_figure, saving
from benang.figures.saving import opaque


def test_a_collection_is_mixed_with_the_page_and_given_back() -> None:
    """Half-transparent red on black is dark red; afterwards it is half-transparent red again."""
    figure = new_figure(10, 10, page="#000000")
    axes = figure.add_axes((0, 0, 1, 1))
    lines = PathCollection(
        [Path([[0, 0], [1, 1]])] * 2, facecolors="none", edgecolors=["#ff0000", "#00ff00"], alpha=0.5
    )
    axes.add_collection(lines)

    with opaque(figure):
        assert np.asarray(lines.get_edgecolor()).tolist() == [[0.5, 0, 0, 1], [0, 0.5, 0, 1]]
        assert lines.get_alpha() is None
    assert np.asarray(lines.get_edgecolor()).tolist() == [[1, 0, 0, 0.5], [0, 1, 0, 0.5]]
    assert lines.get_alpha() == 0.5
    assert len(np.asarray(lines.get_facecolor())) == 0


def test_what_is_solid_or_not_there_stays() -> None:
    """A solid face and an edge of none are left alone."""
    figure = new_figure(10, 10)
    box = Rectangle((0, 0), 1, 1, facecolor="#123456", edgecolor="none")
    figure.add_artist(box)

    with opaque(figure):
        assert box.get_facecolor() == Rectangle((0, 0), 1, 1, facecolor="#123456").get_facecolor()
        assert np.asarray(box.get_edgecolor()).tolist()[3] == 0


@pytest.mark.parametrize("face", sorted(saving._FACES))
@pytest.mark.parametrize("letters", ["ABTVWYaefijlotvwy .,-–’", "ÅÉñöąĐğł∅→▲ ̈", "Ω"])
def test_letters_are_embedded_alike_from_the_whole_font_and_from_its_usual_letters(
    face: saving.Face, letters: str
) -> None:
    """The short way to a font changes no byte of a figure; letters that are not usual come from the whole font."""
    whole = saving._subset(saving.font_file(face), letters, "woff")
    assert saving.font_subset(face, letters) == whole
