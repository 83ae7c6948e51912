"""Sentences of documents with their places, in which a passage is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.coding.quotes import Span
from benang.tasks.coding.wishes import QuotePlace, sentence_around, sentences

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nrecord: a\n---\nOne. Two!", ["One.", "Two!"]),
        ("Rents rose\nin two years. Then they fell.", ["Rents rose\nin two years.", "Then they fell."]),
        ("Menurut Prof. Sari dkk. pasar tutup. Benar.", ["Menurut Prof. Sari dkk. pasar tutup.", "Benar."]),
        ("A heading\n\nA text. “Quoted.” End", ["A heading", "A text.", "“Quoted.”", "End"]),
        ("End of a page\fNext page.", ["End of a page", "Next page."]),
        ("It cost 3.5 million. Why? Who knows…", ["It cost 3.5 million.", "Why?", "Who knows…"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    """A text is cut into its sentences."""
    assert [text[one.start : one.end] for one in sentences(text)] == expected


@given(st.text(alphabet="ab. \n\f!?A”", max_size=80))
def test_sentences_leave_out_nothing_but_blanks(text: str) -> None:
    """Sentences leave out nothing but blanks."""
    spans = sentences(text)
    assert "".join("".join(text[one.start : one.end].split()) for one in spans) == "".join(text.split())
    assert list(spans) == sorted(spans)


def test_a_passage_over_two_sentences_stands_in_both() -> None:
    """A passage over two sentences stands in both."""
    text = "One ends here. Two begins. Three."
    around = sentence_around(text, Span(9, 18))
    assert text[around.start : around.end] == "One ends here. Two begins."


def test_of_a_sentence_without_end_what_is_near_is_shown() -> None:
    """Of a sentence without end what is near is shown."""
    text = "word " * 2_000
    around = sentence_around(text, Span(5_000, 5_004))
    assert around.start <= 5_000 < 5_004 <= around.end
    assert around.end - around.start <= 1_000


def test_a_text_of_blanks_has_the_passage_alone() -> None:
    """A text of blanks has the passage alone."""
    assert sentence_around("   ", Span(1, 2)) == Span(1, 2)


def test_a_place_is_shown_as_people_read_it() -> None:
    """A word that a line's end divides is whole, and the quote stands in brackets."""
    place = QuotePlace("documents/a.md", Span(22, 28), 3, "The admin-\nistration ", "closed", " it\nin May.")
    assert str(place) == "The administration [closed] it in May. (documents/a.md, p. 3)"
