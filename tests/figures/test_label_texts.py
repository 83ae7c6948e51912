"""Long labels stand on a few lines of about equal length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.figures.label_texts import block_sizes, even_lines, lines_in

WORDS = st.lists(st.sampled_from(["kota", "pemerintah", "di", "daerah", "kerjasama"]), min_size=1, max_size=9)


@given(WORDS, st.integers(8, 40))
def test_no_word_is_lost_and_there_are_three_lines_at_most(words: list[str], longest: int) -> None:
    """Whatever the text and the length asked for, it stays whole."""
    lines = even_lines(" ".join(words), longest).split("\n")

    assert len(lines) <= 3
    assert " ".join(lines).split() == words


def test_lines_are_about_equally_long() -> None:
    """Two lines of eleven letters, not one of twenty and one of two."""
    assert even_lines("kerja sama luar negeri", 21) == "kerja sama\nluar negeri"


def test_a_block_is_as_wide_as_its_longest_line() -> None:
    """And taller by a line step for each further line."""
    one, two = block_sizes(["luar negeri", "kerja\nluar negeri"])

    assert two[0] == one[0]
    assert two[1] == pytest.approx(one[1] + 1.14)


def test_lines_beside_a_circle_stand_flush_towards_it() -> None:
    """Left of its circle a text ends where its box ends; right of it it begins where its box begins."""
    width, height = block_sizes(["kota kembar\nx"])[0] * 10.0
    box = np.array([0.0, 0.0, width, height])

    right_of_circle = lines_in("kota kembar\nx", box, 10.0, beside=-50.0)
    left_of_circle = lines_in("kota kembar\nx", box, 10.0, beside=width + 50.0)

    assert [x for x, _y, _line in right_of_circle] == pytest.approx([0.0, 0.0])
    assert left_of_circle[1][0] == pytest.approx(width - block_sizes(["x"])[0, 0] * 10.0)
