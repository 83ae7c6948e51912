"""Text is measured as it is drawn, with letters that some font has, and broken so that it fits and stays whole."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import fontManager

from benang.figures import SMALL, new_figure, styled, text_lines
from benang.figures.saving import figure_bytes, save_figure
from benang.figures.text_lines import broken, fitted, fonts_of, printable, text_width, width_of
from benang.locale.writing import lacking_letters, lacking_note


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


Fonts = Callable[..., None]


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Fonts]:
    """Return a function that lets the computer have just these families, each with some letters, drawn as squares."""
    listed = list(fontManager.ttflist)

    def there(**families: str) -> None:
        paths = {name: _font(tmp_path / f"{name}.ttf", name, text) for name, text in families.items()}
        for path in paths.values():
            fontManager.addfont(path)
        monkeypatch.setattr(text_lines, "_families", lambda: paths)
        _forget()

    yield there
    fontManager.ttflist[:] = listed
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for held in (text_lines._nearest, text_lines._family, text_lines._letters_in, text_width):
        held.cache_clear()


def _font(path: Path, family: str, text: str) -> Path:
    pen = TTGlyphPen(None)
    for at, corner in enumerate([(100, 0), (100, 800), (900, 800), (900, 0)]):
        (pen.lineTo if at else pen.moveTo)(corner)
    pen.closePath()
    names = [".notdef", *(f"u{ord(letter):04X}" for letter in text)]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(letter): f"u{ord(letter):04X}" for letter in text})
    font.setupGlyf(dict.fromkeys(names, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    font.setupHorizontalHeader(ascent=900, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, usWinAscent=900, usWinDescent=200)
    font.setupPost()
    font.save(path)
    return path


def test_letters_that_the_font_lacks_are_shown_as_missing(fonts: Fonts) -> None:
    """Greek, Cyrillic and Arabic stay; Chinese becomes boxes; full-width Latin becomes Latin."""
    fonts()

    assert printable("αβ метод شبكة") == "αβ метод شبكة"
    assert printable("研究 ＢＥ") == "□□ BE"


def test_what_cannot_be_seen_leaves_no_box() -> None:
    """A tab becomes a space, and a mark that only joins letters goes."""
    assert printable("a\tb") == "a b"
    assert "□" not in printable("a\u2063b\ufe0f")


def test_letters_are_drawn_with_a_font_that_has_them(fonts: Fonts) -> None:
    """DejaVu Sans comes first, then the family that has the letter; other texts know nothing of it."""
    fonts(Rekaan="研究", Lain="市")

    assert fonts_of("kota 研") == ("DejaVu Sans", "Rekaan")
    assert fonts_of("市研") == ("DejaVu Sans", "Lain", "Rekaan")
    assert fonts_of("kota") == fonts_of("شبكة") == ("DejaVu Sans",)
    assert printable("研究市夜") == "研究市□"
    assert text_width("研究", 7.0) == pytest.approx(14.0)  # squares as wide as the text is high


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".eps"])
def test_figures_hold_letters_of_other_fonts_and_say_nothing(
    fonts: Fonts, suffix: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither a letter of another font, set in bold too, nor one that no font has raises a warning of matplotlib."""
    fonts(Rekaan="研究")
    with warnings.catch_warnings(), styled(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        figure = new_figure(60, 20)
        figure.text(0.1, 0.7, "研究 kota")
        figure.text(0.1, 0.4, "研究", fontweight="bold")
        figure.text(0.1, 0.1, "夜\n\ud800\U0001f9ff")
        drawn = figure_bytes(figure, suffix)

    assert len(drawn) > 1000
    assert [text.get_text() for text in figure.texts] == ["研究 kota", "研究", "□\n□□"]
    assert capfd.readouterr() == ("", "")
    if suffix == ".svg":
        assert "Rekaan" in drawn.decode()


def test_letters_of_the_shipped_font_alone_give_the_bytes_they_always_gave(fonts: Fonts) -> None:
    """Which other fonts a computer has changes nothing where they aren't needed."""
    drawn = []
    for families in ({}, {"Rekaan": "研究abc"}):
        fonts(**families)
        with styled():
            figure = new_figure(60, 20)
            figure.text(0.1, 0.5, "kota שלום метод")
            drawn.append([figure_bytes(save_figure(figure, None), suffix) for suffix in (".png", ".svg", ".pdf")])

    assert drawn[0] == drawn[1]


def test_letters_that_no_font_has_are_named_once(fonts: Fonts) -> None:
    """The sentence names each letter once, by number where a terminal can't show it, and says how many there are."""
    fonts()
    with lacking_letters() as lacking:
        printable("研究研究")
        printable("\u0e01\ue000")

    assert lacking == {"研", "究", "\u0e01", "\ue000"}
    assert "instead: ก 研 究 U+E000. Install" in lacking_note(lacking)
    assert "(40 in all)" in lacking_note({chr(0x4E00 + at) for at in range(40)})


def test_letters_that_no_font_has_are_named_in_the_users_language() -> None:
    """In Indonesian, with the letter itself."""
    note = lacking_note({"研"}, "id")

    assert note.startswith("Tidak ada fon di komputer ini")
    assert "sebagai gantinya: 研. Pasanglah" in note
