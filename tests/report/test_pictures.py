"""Figures within the page."""

from __future__ import annotations

import base64

from tests.report.invented import SVG, png

from benang.report.blocks import Figure
from benang.report.pictures import picture_address, picture_size, png_size, svg_size


def test_an_svg_is_kept_whole_in_its_address() -> None:
    """Decoded, it is the file; points become CSS pixels."""
    figure = Figure("figure-topics", SVG, None, "Caption", "Alt")

    assert base64.b64decode(picture_address(figure).removeprefix("data:image/svg+xml;base64,")).decode() == SVG
    assert picture_size(figure) == (480, 288)


def test_a_png_is_kept_whole_in_its_address() -> None:
    """Its size is that of its header."""
    data = png(40, 20)
    figure = Figure("figure-density", None, data, "Caption", "Alt")

    assert base64.b64decode(picture_address(figure).removeprefix("data:image/png;base64,")) == data
    assert picture_size(figure) == (40, 20)


def test_a_size_that_a_file_does_not_tell_is_left_out() -> None:
    """A view box alone gives the shape."""
    assert svg_size('<svg viewBox="0 0 30 20">') == (30, 20)
    assert svg_size("<svg>") == (0, 0)
    assert png_size(b"GIF89a") == (0, 0)
