"""Letters that figures can draw, with the fonts that have them, and what is said of those that none has."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager

from benang.figures import letters
from benang.figures.letters import fonts_of, printable
from benang.figures.saving import figure_bytes, save_figure
from benang.figures.style import new_figure, styled
from benang.figures.text_lines import text_width
from benang.looks.graphemes import lacking_letters, lacking_note

Fonts = Callable[..., None]


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Fonts]:
    """Return a function that lets the computer have just these families, each with some letters, drawn as squares."""
    listed = list(fontManager.ttflist)

    def there(**families: str) -> None:
        paths = {name: _font(tmp_path / f"{name}.ttf", name, text) for name, text in families.items()}
        for path in paths.values():
            fontManager.addfont(path)
        monkeypatch.setattr(letters, "_families", lambda: paths)
        _forget()

    yield there
    fontManager.ttflist[:] = listed
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for held in (letters._nearest, letters._family, letters._letters_in, text_width):
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
