"""Two titles are one letter for letter, or but for slips; a word or number that differs is no slip."""

from __future__ import annotations

import pytest

from benang.records.references.titles import are_alike, is_distinct, is_generic, main_title, title_letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Night markets in a small town", "NIGHT MARKETS: in a small town."),
        ("E-commerce of béton", "Ecommerce of beton"),
        ("Stalls of H<sub>2</sub>O", "Stalls of H2O"),
        ("Stalls in rain[J]", "‘Stalls in rain’"),
    ],
)
def test_equal_titles_have_the_same_letters(one: str, other: str) -> None:
    """Case, marks, accents, blanks, markup and the kind of work make no difference."""
    assert title_letters(one) == title_letters(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Night markets in a small town", "Night market in a small town"),
        ("Rents of the stalls in rain", "Rents of stalls in rain"),
        ("Generalisation of the rents of stalls", "Generalization of rents of stalls"),
        ("An ITI mitigation code for stalls", "An ITI-mitigating code for stalls"),
        ("Model of stalls driven by spintransfer torque", "Model of stalls driven by spin-transfer torque"),
    ],
)
def test_slips_make_no_other_title(one: str, other: str) -> None:
    """Letters within words, little words, words that are joined."""
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rents of male vendors in towns", "Rents of female vendors in towns"),
        ("Rents of vendors in towns, part 1", "Rents of vendors in towns, part 2"),
        ("Rents of vendors in towns, I", "Rents of vendors in towns, II"),
        ("Rents of vendors in 2008", "Rents of vendors in 2009"),
        ("Night markets in a small town", "Night markets in a large town"),
        ("Rents of vendors in towns", "Rents of young vendors in towns"),
    ],
)
def test_another_word_or_number_makes_another_title(one: str, other: str) -> None:
    """However alike the letters are as a whole."""
    assert not are_alike(one, other)


@pytest.mark.parametrize(
    "title", ["Editorial", "Book review", "Introduction to the special issue", "Kata pengantar", "3"]
)
def test_what_stands_before_many_works_is_generic(title: str) -> None:
    """Each of its words is said often."""
    assert is_generic(title)


def test_a_title_of_its_own_is_not_generic_though_it_may_be_short() -> None:
    """Short ones are not distinct: they need author and year."""
    assert not is_generic("Introduction to stalls")
    assert not is_distinct("Introduction to stalls")
    assert is_distinct("Vendors who left the square in rain")


def test_a_main_title_stands_before_its_subtitle() -> None:
    """Where it says enough by itself."""
    assert main_title("Night markets in small towns: rents and permits") == "Night markets in small towns"
    assert main_title("Markets: rents and permits") is None
    assert main_title("Night markets in small towns") is None
