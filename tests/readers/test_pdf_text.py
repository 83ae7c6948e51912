"""A passage of a PDF is found on its page, with a rectangle for each of its lines."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from tests.made_papers import made_pdf

from benang.errors import BenangError
from benang.readers.pdf_text import PagePlace, Rectangle, pdf_places, pdf_text

WIDTH, HEIGHT = 576.0, 792.0
LEFT = 0.05 * WIDTH
"""Where `made_pdf` begins its lines, which stand 0.025 of the height below one another, from 0.95."""


def _baseline(line: int) -> float:
    return (0.05 + 0.025 * line) * HEIGHT


def _places(data: bytes, first: str, last: str) -> tuple[PagePlace, ...]:
    text = pdf_text(data, where="a.pdf").text
    start = text.index(first)
    return pdf_places(data, text, start, text.index(last, start) + len(last), where="a.pdf")


def _holds(rectangle: Rectangle, line: int) -> bool:
    """Tell whether a rectangle stands around a line and no other: over its baseline, and hardly higher than letters."""
    return rectangle.top < _baseline(line) < rectangle.bottom and rectangle.bottom - rectangle.top < 0.025 * HEIGHT


def test_a_passage_has_a_rectangle_for_each_line() -> None:
    """From the first word on its line, whole lines between, up to the last word."""
    data = made_pdf(["The market of Muara", "The rent of a stall doubled within a year", "and the office moved. End"])
    (place,) = _places(data, "rent", "office moved.")
    first, second = place.rectangles

    assert (place.page, place.width, place.height) == (1, WIDTH, HEIGHT)
    assert _holds(first, 1)
    assert _holds(second, 2)
    assert LEFT + 10 < first.left < LEFT + 25 < first.right
    assert second.left == pytest.approx(LEFT, abs=1.5)
    assert second.right < _places(data, "End", "End")[0].rectangles[0].left


def test_a_passage_over_a_page_has_a_place_on_each() -> None:
    """The pages are counted from 1."""
    data = made_pdf(["Of the first page"], ["And of the second", "page too"])
    first, second = _places(data, "first page", "second")

    assert (first.page, second.page) == (1, 2)
    assert (len(first.rectangles), len(second.rectangles)) == (1, 1)
    assert _holds(second.rectangles[0], 0)


def test_words_over_a_hyphen_with_ligatures_and_accents_are_found() -> None:
    """The document has the joined word, letters for the ligature, and composed accents."""
    data = made_pdf(["Of the muni-", "cipal o\ufb03ce, nai\u0308ve and caf\u00e9", "and no more municipal words"])
    text = pdf_text(data, where="a.pdf").text
    (place,) = _places(data, "municipal", "caf\u00e9")
    first, second = place.rectangles

    assert "municipal o" in text
    assert _holds(first, 0)
    assert _holds(second, 1)
    assert first.left > LEFT + 20
    assert second.left == pytest.approx(LEFT, abs=1.5)


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_and_cropped_page_is_measured_as_it_is_shown(angle: int) -> None:
    """The box, drawn on the picture of the page, has the word in it, and there is no ink around it."""
    document = pypdfium2.PdfDocument(made_pdf(["", "", "alone"]))
    page = document[0]
    page.set_rotation(angle)
    page.set_cropbox(20, 30, 500, 780)
    held = io.BytesIO()
    document.save(held)
    (place,) = pdf_places(held.getvalue(), "alone", 0, 5, where="a.pdf")
    (box,) = place.rectangles
    shown = pypdfium2.PdfDocument(held.getvalue())[0].render().to_numpy().min(axis=2) < 128

    assert (place.width, place.height) == ((480.0, 750.0) if angle % 180 == 0 else (750.0, 480.0))
    inside = shown[round(box.top) : round(box.bottom), round(box.left) : round(box.right)]
    assert inside.sum() == shown.sum() > 0


def test_lines_that_run_upwards_are_lines_too() -> None:
    """As in a wide table that was set across its page: two lines, each high and narrow."""
    held = io.BytesIO()
    figure = Figure(figsize=(8, 11))
    for at, words in enumerate(("The first line", "the second line")):
        figure.text(0.3 + 0.05 * at, 0.3, words, rotation=90, size=9)
    with rc_context({"pdf.fonttype": 42}):
        figure.savefig(held, format="pdf")
    (place,) = _places(held.getvalue(), "first", "second line")

    assert len(place.rectangles) == 2
    assert all(one.bottom - one.top > 2 * (one.right - one.left) for one in place.rectangles)


def test_another_version_of_the_file_is_searched_for_the_words() -> None:
    """A line more on the page moves them; a page without them has no rectangle."""
    text = pdf_text(made_pdf(["The rent doubled", "within a year"]), where="a.pdf").text
    newer = made_pdf(["Corrected on 3 May", "The rent doubled", "within a year"])
    (place,) = pdf_places(newer, text, 4, 16, where="a.pdf")
    (other,) = pdf_places(made_pdf(["Quite other words"]), text, 4, 16, where="a.pdf")

    assert _holds(place.rectangles[0], 1)
    assert other.rectangles == ()


def test_a_broken_file_is_named() -> None:
    """As where its text is taken out."""
    with pytest.raises(BenangError, match=r"a\.pdf: a damaged PDF"):
        pdf_places(b"%PDF-1.7 no more", "text", 0, 4, where="a.pdf")
