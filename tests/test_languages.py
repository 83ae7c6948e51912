"""Function words and names of languages."""

from __future__ import annotations

import pytest

from benang.languages import (
    TextLanguage,
    detected_language,
    general_words,
    language_code,
    stop_words,
    text_language,
)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("en", "en"),
        ("ENG", "en"),
        ("English", "en"),
        ("en_US", "en"),
        ("id", "id"),
        ("in", "id"),
        ("ind", "id"),
        ("Bahasa Indonesia", "id"),
        ("Indonesian", "id"),
        ("German", None),
        ("", None),
    ],
)
def test_languages_are_known_by_code_and_by_name(name: str, language: TextLanguage | None) -> None:
    """Exports write a language in many ways."""
    assert text_language(name) == language


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("English", "english", "en", "eng", "en-GB", "en_US", "Inggris", "American English"), "en"),
        (("Indonesian", "id", "ind", "in", "Indonesia"), "id"),
        (("Korean", "ko", "kor"), "ko"),
        (("German", "de", "ger", "deu", "Jerman"), "de"),
        (("Sundanese", "su", "sun"), "su"),
        (("", "Bahasa", "English; Indonesian", "xx-yy"), ""),
    ],
)
def test_all_that_databases_call_a_language_is_one_code(names: tuple[str, ...], code: str) -> None:
    """Otherwise `en` of OpenAlex and `English` of Scopus would speak against one work."""
    assert [language_code(name) for name in names] == [code] * len(names)


def test_the_lists_hold_function_words_only() -> None:
    """Words that name something, or are part of a term, are not in them."""
    assert {"of", "and", "between", "towards"} <= stop_words("en")
    assert {"dan", "dengan", "untuk", "dalam", "yang"} <= stop_words("id")
    assert not {"sama", "luar", "kota", "city", "cooperation", "studi"} & stop_words()


def test_without_a_language_all_lists_count() -> None:
    """A title of unknown language may be in either."""
    assert stop_words() == stop_words("en") | stop_words("id")


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_list_is_about_two_hundred_words_in_lower_case(language: TextLanguage) -> None:
    """Short lists, each word once."""
    words = stop_words(language)
    assert 150 <= len(words) <= 250
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The role of cities in the foreign policy of a state", "en"),
        ("Peran kota dalam hubungan luar negeri yang dilakukan oleh pemerintah daerah", "id"),
        ("Sister City Bandung Braunschweig", None),
        ("El papel de las ciudades en la política exterior de los estados federales", None),
        ("Die Rolle der Städte in der Außenpolitik", None),
        ("", None),
    ],
)
def test_function_words_tell_the_language(text: str, language: TextLanguage | None) -> None:
    """Other languages and names are not taken for one of the two."""
    assert detected_language(text.lower().split()) == language


def test_general_words_are_no_function_words() -> None:
    """The lists complete each other."""
    assert not general_words("id") & {"kota", "pemerintah", "kerjasama"}
    assert {"bertujuan", "menunjukkan"} <= general_words("id")
