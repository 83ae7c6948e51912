"""English noun phrases."""

from __future__ import annotations

import pytest

from benang.terms.english_words import singular
from benang.terms.noun_phrases import BREAKING, noun_phrases, phrase_key
from benang.terms.tagging import Tagger


def keys(sentence: str) -> list[str]:
    """Return the phrases of a sentence."""
    return [phrase_key(phrase.printed) for phrase in noun_phrases([sentence], Tagger())[0]]


def test_only_the_longest_phrase_counts() -> None:
    """Artificial neural network gives neither neural network nor network."""
    assert keys("We train an artificial neural network.") == ["artificial neural network"]


def test_prepositions_part_phrases() -> None:
    """Degrees of freedom is never a term."""
    assert keys("The model has many degrees of freedom.") == ["model", "degree", "freedom"]


def test_some_adjectives_part_phrases() -> None:
    """They are no part of a term: VOSviewer's list."""
    assert keys("Several large cities and various small towns grow.") == ["large city", "small town"]


def test_the_adjectives_that_part_phrases_are_those_of_the_manual() -> None:
    """All 25 of VOSviewer's list, and no more."""
    manual = (
        "all another any both different each either every few fewer fewest least less little many more most much "
        "neither other same several some such various"
    )
    assert set(manual.split()) == BREAKING
    for word in BREAKING:
        assert keys(f"They visit {word} city.")[-1] == "city", word


def test_set_turns_and_units_are_no_terms() -> None:
    """They name nothing."""
    assert keys("In order to grow, a film of 20 nm is taken into account.") == ["film"]


def test_decision_making_is_a_noun() -> None:
    """Forms in -ing after a noun are, where they often are; methods using data are none."""
    assert "decision making" in keys("It supports decision making in hospitals.")
    assert "method" in keys("We compare methods using data.")


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("The maximum von Mises stress of a town grew.", ["maximum von mises stress", "town"]),
        ("Van der Waals forces act in Rio de Janeiro.", ["van der waals force", "rio de janeiro"]),
        ("This article argues that cities are rented out.", ["article", "city"]),
        ("C57BL/6J mice were kept at 22 degrees C in a box.", ["c57bl 6j mouse", "box"]),
        ("A dose of 5 mg/kg/day was given to patients.", ["dose", "day", "patient"]),
        ("Vendors had higher odds of leaving.", ["vendor", "higher odds"]),
        ("They know the patients' rights of 'night markets' in town.", ["patients right", "night market", "town"]),
        ("Cells were grown in vitro and de novo.", ["cell"]),
        ("A total of ten per cent of cities had none.", ["city"]),
        ("THE CITIES OF NIGHT MARKETS", ["city", "night market"]),
    ],
)
def test_phrases_of_names_codes_units_and_verbs(sentence: str, phrases: list[str]) -> None:
    """Names keep their particles, codes their slash; units, verbs and Latin turns are none."""
    assert keys(sentence) == phrases


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("cities", "city"), ("approaches", "approach"), ("analyses", "analysis"), ("databases", "database"),
        ("criteria", "criterion"), ("bias", "bias"), ("physics", "physics"), ("virus", "virus"),
        ("processes", "process"),
        ("indices", "index"), ("studies", "study"), ("classes", "class"), ("series", "series"),
    ],
)  # fmt: skip
def test_plurals_become_singulars(plural: str, one: str) -> None:
    """Words that only look like plurals stay."""
    assert singular(plural) == one


def test_variants_have_one_key() -> None:
    """Case, accents, hyphens and the number of the last word make no difference."""
    assert {phrase_key(one) for one in ("Sister-Cities", "sister city", "sister cities", "Síster City")} == {
        "sister city"
    }
    assert phrase_key("United States") == "united states"
