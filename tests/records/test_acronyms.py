"""Acronyms stand for what the brackets of a corpus say, and for one thing only."""

from __future__ import annotations

import pytest

from benang.records.acronyms import Acronyms, acronyms, without_acronyms
from benang.records.record import Record


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
