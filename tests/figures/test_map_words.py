"""Words on figures in two languages."""

from __future__ import annotations

import pytest

from benang.errors import BenangError
from benang.figures.map_words import _TEXTS, Words


def test_sentences_come_from_the_catalogue() -> None:
    """The Indonesian words are those of the catalogue that reports use too."""
    words = Words("id")

    assert words("assigned_keywords") == "Kata kunci ditetapkan untuk tinjauan ini, bukan oleh penulis artikel."
    assert [key for key, text in _TEXTS.items() if words(key) == text and not text.startswith("{")] == []


def test_a_caller_may_put_other_words() -> None:
    """A text given by its key goes before the language's own."""
    words = Words("id", {"Documents": "Naskah"})

    assert (words("Documents"), words("Links")) == ("Naskah", "Tautan")


def test_numbers_are_written_as_the_language_does() -> None:
    """Thousands and decimals change places between English and Indonesian."""
    assert Words("en").number(1234.5) == "1,234.5"
    assert Words("id").number(1234.5) == "1.234,5"


def test_one_is_singular() -> None:
    """One item is no items."""
    assert Words("en").count(1, "item") == "1 item"
    assert Words("en").count(0, "item") == "0 items"


def test_an_unknown_language_is_refused() -> None:
    """The answer lists the languages there are."""
    with pytest.raises(BenangError, match="Known: en, id"):
        Words("fr")
