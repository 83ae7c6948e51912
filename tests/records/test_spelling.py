"""Spellings that mean the same are compared as equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.records.record import Record
from benang.records.references.keys import page_key
from benang.records.spelling import (
    Acronyms,
    acronyms,
    american,
    common_form,
    difference,
    folded,
    label_key,
    singular,
    with_hyphen_closed,
    without_acronyms,
)

pytestmark = pytest.mark.fast


def test_a_label_is_the_same_whatever_its_capitals_and_spaces() -> None:
    """VOSviewer tells labels apart by their letters, not by their case."""
    assert label_key("Sister\u00a0 CITY\n") == label_key("sister city")


def test_accents_tell_labels_apart_but_not_places() -> None:
    """A keyword with an accent is a keyword of its own; a place named without its accent is the place."""
    assert label_key("São Tomé") != label_key("Sao Tome")
    assert folded("São Tomé") == folded("SAO  TOME")


@given(st.text(max_size=30), st.text(alphabet=" \t\n", max_size=3))
def test_spaces_around_a_text_make_no_difference(text: str, space: str) -> None:
    """Whatever stands in a cell, the blanks around it are no part of it."""
    assert label_key(f"{space}{text}{space}") == label_key(text)
    assert folded(f"{space}{text}{space}") == folded(text)


@pytest.mark.parametrize(
    ("page", "key"),
    [("AE-06", "ae6"), ("I-445-I-448", "i445"), ("pp. S-3", "pps3"), ("A–5", "a5")],
)
def test_letters_and_figures_are_one_number(page: str, key: str) -> None:
    """Meetings number their talks, and volumes their pages, so; a range goes on behind."""
    assert page_key(page) == key


@pytest.mark.parametrize(
    "page", ["12-19", "S3-S9", "L034–L056", "iv-12", "xii-xv", "e12", "155602/1-155602/8", "15pA-05"]
)
def test_ranges_keep_their_hyphen(page: str) -> None:
    """Figures stand before it, or the small Roman number of a preface."""
    assert with_hyphen_closed(page) == page


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


def _explained(*abstracts: str) -> dict[str, str]:
    return dict(acronyms([], [Record(text, abstract=text) for text in abstracts]).expansions)


def test_initials_are_found_in_front_of_the_bracket() -> None:
    """Small words may stand between; the plural of an acronym is the acronym."""
    assert _explained("We study the city of the Sea (CS) and magnetic tunnel junctions (MTJs).") == {
        "CS": "city of the sea",
        "MTJ": "magnetic tunnel junctions",
    }


def test_leading_letters_are_found_too() -> None:
    """Several of one word, in the order of the words."""
    assert _explained("An analysis of variance (ANOVA) of the barium ferrite (BaFe).") == {
        "ANOVA": "analysis of variance",
        "BaFe": "barium ferrite",
    }


def test_letters_in_another_order_explain_nothing() -> None:
    """Nor do words of the sentence before, nor a word alone."""
    assert _explained("A cup of tea (TC).", "They saw a supply. Chain (SC) here.", "An experiment (EXP).") == {}


def test_an_acronym_with_two_expansions_is_left_alone() -> None:
    """Which of the two is meant can't be known."""
    assert _explained("Sister city (SC) here.", "Supply chain (SC) there.") == {}


def test_an_expansion_in_other_letters_is_a_second_one() -> None:
    """A semiconductor has no initials SC, but is explained by the bracket all the same."""
    assert _explained("Sister city (SC) here.", "A semiconductor (SC) there.") == {}


def test_spellings_of_one_expansion_are_one() -> None:
    """Plurals, hyphens, and an explanation that only says more."""
    assert _explained(
        "Graphics processing unit (GPU).", "Graphic-processing units (GPUs).", "Graphics processing units (GPU)."
    ) == {"GPU": "graphics processing unit"}
    assert _explained("A Landau-Lifshitz-Gilbert (LLG) one.", "The Landau-Lifshitz-Gilbert equation (LLG).") == {
        "LLG": "landau-lifshitz-gilbert"
    }


@pytest.mark.parametrize(("times", "expected"), [(18, {}), (19, {"SC": "sister city"})])
def test_a_stray_second_expansion_is_passed_over(times: int, expected: dict[str, str]) -> None:
    """One bracket of twenty may say otherwise, not one of nineteen."""
    assert _explained(*["Sister city (SC)."] * times, "Supply chain (SC).") == expected


@pytest.mark.parametrize(("times", "expected"), [(9, {}), (10, {"LLG": "landau-lifshitz-gilbert"})])
def test_a_slip_in_an_expansion_is_no_second_one(times: int, expected: dict[str, str]) -> None:
    """Where the right one is ten times as frequent."""
    right, slip = "The Landau-Lifshitz-Gilbert (LLG) one.", "The Landau-Lifschitz-Gilbert (LLG) one."

    assert _explained(*[right] * times, slip) == expected


def test_capitals_tell_an_acronym_from_a_word() -> None:
    """In a label as elsewhere."""
    known = Acronyms({"SHE": "spin Hall effect", "MTJ": "magnetic tunnel junction"})

    assert known.spelt_out("MTJs and SHE") == "magnetic tunnel junction and spin Hall effect"
    assert known.spelt_out("she and MTJX") == "she and MTJX"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Landau-Lifshitz-Gilbert (LLG) equation", "Landau-Lifshitz-Gilbert equation"),
        ("hard disk drives (HDDs)", "hard disk drives"),
        ("hard disk drive (HDDs)", "hard disk drive"),
        ("coplanar waveguide (CPW)", "coplanar waveguide"),
        ("Dispersion (waves)", "Dispersion (waves)"),
        ("Magnetic (CE)", "Magnetic (CE)"),
        ("FePt(001)", "FePt(001)"),
        ("Iron (iron)", "Iron (iron)"),
        ("Spin (--)", "Spin (--)"),
    ],
)
def test_only_a_bracket_that_its_label_explains_is_taken_out(label: str, expected: str) -> None:
    """A plane of a crystal and a field of knowledge tell labels apart."""
    assert without_acronyms(label) == expected
