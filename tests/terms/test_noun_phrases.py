"""English noun phrases."""

from __future__ import annotations

import pytest

from benang.terms.noun_phrases import BREAKING, noun_phrases, phrase_key
from benang.terms.singulars import singular
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
