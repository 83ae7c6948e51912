"""Numbers, plurals and lists read as each language writes them."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError, Problem
from benang.locale.writing import alternatives, as_worded, counted, joined, listed, numeral, worded

pytestmark = pytest.mark.fast


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_keeps_all_its_digits(value: int) -> None:
    """Whatever stands between the thousands, the digits are those of the number."""
    for language, mark in (("en", ","), ("id", ".")):
        assert int(numeral(value, language).replace(mark, "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "decimals", "english", "indonesian"),
    [
        (1234.5, None, "1,234.5", "1.234,5"),
        (0.12345, None, "0.123", "0,123"),
        (3.0, None, "3", "3"),
        (3.0, 2, "3.00", "3,00"),
        (-0.0001, None, "0", "0"),
        (-1234.5, 1, "−1,234.5", "−1.234,5"),
    ],
)
def test_decimals_and_signs(value: float, decimals: int | None, english: str, indonesian: str) -> None:
    """As many decimals as asked for, else as needed; what rounds to 0 has no sign."""
    assert numeral(value, "en", decimals) == english
    assert numeral(value, "id", decimals) == indonesian


def test_a_year_has_no_mark_between_its_thousands() -> None:
    """2019 is a year, 2,019 a number."""
    assert numeral(2019, "en", 0, is_grouped=False) == numeral(2019, "id", 0, is_grouped=False) == "2019"


def test_only_one_is_one() -> None:
    """English counts 0 cases and 1.5 cases in the plural; Indonesian has one form."""
    assert [counted("case", "cases", n, "en") for n in (0, 1, 1.5, 2)] == ["cases", "case", "cases", "cases"]
    assert {counted("case", "cases", n, "id") for n in (0, 1, 2)} == {"kasus"}


def test_a_list_reads_as_a_sentence() -> None:
    """Commas between, the language's own word before the last."""
    assert listed("abc", "en") == "a, b and c"
    assert listed("abc", "id") == "a, b dan c"
    assert listed(["one"], "en") == "one"


def test_a_text_within_a_text_a_list_and_a_number_are_in_the_language() -> None:
    """What a text was made of is kept, to any depth."""
    page = worded("page {n}", n=1200)
    both = worded("{places}: {share:.1f}", places=[page, "a.ris"], share=0.5)

    assert both == "page 1200 and a.ris: 0.5"
    assert both.in_language("id") == "halaman 1200 dan a.ris: 0,5"
    assert worded("{n:,} case", "{n:,} cases", n=1200) == "1,200 cases"
    assert joined([page, "b"], "; ").in_language("id") == "halaman 1200; b"
    assert alternatives(["a", "b", "c"]).in_language("id") == "a, b atau c"


def test_a_text_keeps_its_languages_when_its_values_change() -> None:
    """So a rim can name arguments as its options before it says the text."""
    changed = worded("page {n}", n="x").with_values(str.upper)

    assert (changed, changed.in_language("id")) == ("page X", "halaman X")


def test_a_number_of_numpy_has_the_marks_of_its_language_too() -> None:
    """Sums of columns are such numbers."""
    text = worded("{n:,} of {share:,.1f}", n=np.int64(1200), share=np.float32(1200.5))

    assert (text, text.in_language("id")) == ("1,200 of 1,200.5", "1.200 of 1.200,5")


def test_a_text_keeps_its_languages_on_the_way_between_processes() -> None:
    """Readers of workbooks run in a process of their own."""
    error = BenangError(Problem(worded("page {n}", n=2), where="{x}.ris"))

    for one in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):  # noqa: S301 - our own bytes
        assert one.in_language("id") == "{x}.ris: halaman 2."


def test_braces_and_percent_signs_of_users_are_letters_like_others() -> None:
    """In values, in lists, in joined texts and in texts that become `Worded`."""
    name = "{x} %s {0} 5%"

    assert worded("{file}, line {line}", file=name, line=3).in_language("id") == f"{name}, baris 3"
    assert joined([name, as_worded(name)], " {} ").in_language("id") == f"{name} {{}} {name}"
    assert worded("{names}", names=[name, "b"]).in_language("id") == f"{name} dan b"
