"""Codes are one word, and a number's unit is no word of a phrase."""

from __future__ import annotations

import time

import pytest

from benang.terms.tokens import TOKEN, in_capitals, measured

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C57BL/6J mice", ["C57BL/6J", "mice"]),
        ("Co/Pt multilayers", ["Co/Pt", "multilayers"]),
        ("HIV/AIDS", ["HIV/AIDS"]),
        ("cats and/or dogs", ["cats", "and", "/", "or", "dogs"]),
        ("HbA(1c) and 5-HT(1B) and L1(0)", ["HbA(1c)", "and", "5-HT(1B)", "and", "L1(0)"]),
        ("vendor(s) (2020)", ["vendor", "(", "s", ")", "(", "2020", ")"]),
        ("Landau–Lifshitz equation", ["Landau–Lifshitz", "equation"]),
    ],
)
def test_codes_are_one_word(text: str, words: list[str]) -> None:
    """With slashes, digits and indices in brackets; words with a slash between them are two."""
    assert TOKEN.findall(text) == words


@pytest.mark.parametrize(
    ("text", "tags", "units"),
    [
        ("at 22 degrees C in", "IQNNI", ["degrees", "C"]),
        ("5 mg / kg / day", "QNSNSN", ["mg", "kg"]),
        ("5 mg kg-1 d-1 of", "QNNNI", ["mg", "kg-1", "d-1"]),
        ("20 nm films", "QNL", ["nm"]),
        ("the degrees of freedom", "TLIN", []),
        ("500mg of 5G in 2D", "NININ", ["500mg"]),
    ],
)
def test_units_follow_a_number(text: str, tags: str, units: list[str]) -> None:
    """One after the other; without a number they are words."""
    words = text.split()
    assert [word for word, unit in zip(words, measured(words, tags), strict=True) if unit] == units


def test_a_title_in_capitals_has_no_acronyms() -> None:
    """Two capitals in a row may be acronyms."""
    assert in_capitals(["NIGHT", "MARKETS", "IN", "A", "TOWN"])
    assert not in_capitals(["WHO", "AIDS"])


def test_a_hostile_text_takes_no_time() -> None:
    """Words without end are looked through once."""
    start = time.process_time()
    for piece in ("a/", "A1", "(", "x(1", "a-", "A", "a.b"):
        TOKEN.findall(piece * 50_000)
    assert time.process_time() - start < 5
