"""Spellings of a word have one common form; other words have not."""

from __future__ import annotations

import pytest

from benang.records.variants import american, common_form, difference, singular


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("sister cities", "Sister city", "plural"),
        ("sister-city", "sister city", "punctuation or accents"),
        ("co-operation", "cooperation", "hyphen or space"),
        ("organisations", "organization", "British or American; plural"),
        ("centre", "center", "British or American"),
        ("analyses", "analysis", "plural"),
        ("São Paulo", "Sao Paulo", "punctuation or accents"),
        ("multi-layers", "multilayer", "plural; hyphen or space"),
    ],
)
def test_spellings_have_one_common_form(one: str, other: str, how: str) -> None:
    """Hyphens, plurals, accents, British and American; and the difference is told in words."""
    assert common_form(one) == common_form(other)
    assert difference(one, other) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("news", "new"),
        ("politics", "politic"),
        ("process", "proces"),
        ("virus", "viru"),
        ("four", "for"),
        ("international cooperation", "national cooperation"),
        ("city sisters", "cities sister"),
    ],
)
def test_other_words_have_not(one: str, other: str) -> None:
    """What only looks like an ending is none."""
    assert common_form(one) != common_form(other)


@pytest.mark.parametrize("word", ["promise", "enterprise", "franchise", "hour", "tour", "dialogue", "skilled", "kota"])
def test_words_that_are_spelt_alike_stay(word: str) -> None:
    """Not every -ise is -ize."""
    assert american(word) == word


def test_singular_of_singular_is_itself() -> None:
    """Cutting an ending twice cuts nothing more."""
    words = ["cities", "classes", "boxes", "criteria", "wolves", "series", "gas", "axis", "ties"]

    assert [singular(singular(word)) for word in words] == [singular(word) for word in words]
