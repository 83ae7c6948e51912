"""Figures have a size on paper, are the same bytes in every process, and carry their letters with them."""

from __future__ import annotations

import base64
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from PIL import Image

from benang.errors import BenangError
from benang.figures import new_figure, styled
from benang.figures.saving import figure_bytes, save_figure

DRAW = """
import hashlib
from benang.figures import new_figure, styled
from benang.figures.saving import figure_bytes
with styled():
    figure = new_figure(60, 40, title="Bars")
    axes = figure.add_subplot()
    axes.bar(["kopi", "teh"], [1, 2])
    axes.set_title("Cangkir $ dan _", weight="bold")
for suffix in (".png", ".svg", ".pdf", ".eps"):
    print(hashlib.sha256(figure_bytes(figure, suffix)).hexdigest())
"""


def _bars() -> Figure:
    with styled():
        figure = new_figure(60, 40, title="Bars & cups")
        axes = figure.add_subplot()
        axes.bar(["kopi", "teh"], [1, 2])
        axes.set_title("Cangkir $x$ dan_", weight="bold")
    return figure


def test_a_figure_is_the_same_bytes_in_two_processes() -> None:
    """PNG, SVG, PDF and EPS do not depend on the process or on the order of its hashes."""
    said = {
        subprocess.run(
            [sys.executable, "-W", "error", "-c", DRAW],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1


def test_a_users_settings_change_nothing() -> None:
    """Settings made before, as by a matplotlibrc, do not reach a figure."""
    before = figure_bytes(_bars(), ".svg")
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        after = figure_bytes(_bars(), ".svg")

    assert after == before


def test_a_png_has_its_size_in_millimetres_and_dots() -> None:
    """60 × 40 mm at 300 dots to the inch are 708 × 472 dots, and the file says so."""
    image = Image.open(io.BytesIO(figure_bytes(_bars(), ".png", 300)))

    assert image.size == (708, 472)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_svg_text_is_text_in_an_embedded_font() -> None:
    """The words stand in the file as words, and each face that they use is embedded with just its letters."""
    svg = figure_bytes(_bars(), ".svg").decode()
    fonts = re.findall(r"font-weight: (\w+); font-style: normal; src: url\(data:font/woff;base64,([^)]+)\)", svg)

    assert ">kopi</text>" in svg
    assert ">Cangkir $x$ dan_</text>" in svg
    assert [weight for weight, _ in fonts] == ["normal", "bold"]
    bold = TTFont(io.BytesIO(base64.b64decode(fonts[1][1])))
    assert {chr(code) for code in bold.getBestCmap()} == set("Cangkir $x$ dan_")


def test_svg_points_to_nothing_outside() -> None:
    """No address of the web is left but the names of the SVG and XLink vocabularies."""
    svg = figure_bytes(_bars(), ".svg").decode()

    assert set(re.findall(r"https?://[^\"'\s)]+", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert "<!DOCTYPE" not in svg


def test_svg_has_a_title_for_screen_readers() -> None:
    """The figure's name stands in it as an image's name."""
    svg = figure_bytes(_bars(), ".svg").decode()

    assert 'role="img" aria-label="Bars &amp; cups"' in svg
    assert "<title>Bars &amp; cups</title>" in svg


def test_svg_is_xml_whatever_its_title_holds() -> None:
    """Controls and halves of characters, which no XML may hold, come as U+FFFD."""
    figure = _bars()
    figure.set_label("Bars\x1b[31m\udcff\ufffe")
    svg = figure_bytes(figure, ".svg").decode()

    assert 'aria-label="Bars\ufffd[31m\ufffd\ufffd"' in svg


def test_pdf_text_is_text() -> None:
    """The letters of a PDF are TrueType outlines, never drawings of letters."""
    pdf = figure_bytes(_bars(), ".pdf")

    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf


def test_eps_has_its_size_in_points_its_text_as_text_and_no_clock() -> None:
    """60 × 40 mm are 170.08 × 113.39 points; fonts are TrueType outlines; no date and no program's version is told."""
    eps = figure_bytes(_bars(), ".eps")

    assert eps.startswith(b"%!PS-Adobe-3.0 EPSF-3.0")
    assert b"%%HiResBoundingBox: 0.000000 0.000000 170.078740 113.385827" in eps
    assert b"/FontType 42" in eps
    assert b"%%Title: Bars & cups" in eps
    assert b"CreationDate" not in eps
    assert b"atplotlib" not in eps.split(b"%%EndComments")[0]


def test_a_figure_can_have_a_page_of_another_colour() -> None:
    """A black page is black in the file."""
    image = Image.open(io.BytesIO(figure_bytes(new_figure(10, 10, page="#000000"), ".png", 50)))

    assert image.convert("RGB").getpixel((5, 5)) == (0, 0, 0)


def test_an_unknown_suffix_is_refused_with_those_there_are(tmp_path: Path) -> None:
    """Nothing is written for a suffix that isn't a figure's."""
    with pytest.raises(BenangError, match=r"plot\.gif: expected a file name that ends in \.eps, \.pdf, \.png or \.svg"):
        save_figure(_bars(), tmp_path / "plot.gif")
    assert list(tmp_path.iterdir()) == []


def test_a_figure_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """A figure that can't be drawn does not touch the file that was there."""
    path = tmp_path / "plot.png"
    save_figure(_bars(), path)
    before = path.read_bytes()
    broken = _bars()
    broken.draw = _fails  # type: ignore[method-assign]

    with pytest.raises(RuntimeError):
        save_figure(broken, path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["plot.png"]


def _fails(*_: object, **__: object) -> None:
    raise RuntimeError
