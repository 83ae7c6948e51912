"""Words and marks of sentences, parts of speech, and the model they come from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.terms.english_words import TAGS, english, learned, tag_of_penn
from benang.terms.tagging import TOKEN, Tagger, in_capitals, measured


@pytest.mark.parametrize(
    ("sentence", "tags"),
    [
        ("The results show that cities cooperate .", "TLVWLVS"),
        ("We study the role of large cities .", "UVTNIALS"),
        ("This study shows new results .", "TNZALS"),
        ("They want to map the network .", "UVOVTNS"),
    ],
)
def test_context_distinguishes_nouns_from_verbs(sentence: str, tags: str) -> None:
    """Study and map are both; what stands before decides."""
    assert Tagger().tags([sentence.split()]) == [tags]


def test_a_model_learns_from_tagged_sentences() -> None:
    """Two sentences are enough for their own words."""
    model = learned([[("maps", "L"), ("grow", "V")], [("we", "U"), ("grow", "V"), ("maps", "L")]], least=1)
    assert Tagger(model).tags([["maps", "grow"], ["we", "grow", "maps"]]) == ["LV", "UVL"]


def test_unknown_words_are_judged_by_their_ending() -> None:
    """Neither stands in the model."""
    model = english()
    assert not {"blorphization", "quizzically"} & model.words.keys()
    assert max(model.tags("blorphization").items(), key=lambda pair: pair[1])[0] == "N"
    assert max(model.tags("quizzically").items(), key=lambda pair: pair[1])[0] == "R"


def test_the_model_is_read_as_it_is_written() -> None:
    """Its file holds all of it."""
    model = english()
    assert len(model.words) > 15_000
    assert set("".join(model.triples)) <= set(TAGS)
    assert model.text().count("\n") == len(model.words) + len(model.triples) + 3


def test_every_tag_of_the_treebank_has_a_letter() -> None:
    """Marks have one in common."""
    assert [tag_of_penn(name) for name in ("NNP", "VBG", "WDT", ".", "?")] == ["N", "G", "W", "S", "S"]


@given(st.lists(st.lists(st.text(min_size=1, max_size=8), max_size=6), max_size=4))
def test_every_word_gets_one_tag(sentences: list[list[str]]) -> None:
    """Whatever the words are; the same each time."""
    tags = Tagger().tags(sentences)
    assert [len(row) for row in tags] == [len(words) for words in sentences]
    assert tags == Tagger().tags(sentences)


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
