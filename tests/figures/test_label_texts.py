"""Long labels stand on a few lines of about equal length, or are shortened so that each fits one item only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.figures.label_texts import block_sizes, cut_labels, even_lines, lines_in

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
    assert two[1] == pytest.approx(one[1] + 1.1)


def test_lines_beside_a_circle_stand_flush_towards_it() -> None:
    """Left of its circle a text ends where its box ends; right of it it begins where its box begins."""
    width, height = block_sizes(["kota kembar\nx"])[0] * 10.0
    box = np.array([0.0, 0.0, width, height])

    right_of_circle = lines_in("kota kembar\nx", box, 10.0, beside=-50.0)
    left_of_circle = lines_in("kota kembar\nx", box, 10.0, beside=width + 50.0)

    assert [x for x, _y, _line in right_of_circle] == pytest.approx([0.0, 0.0])
    assert left_of_circle[1][0] == pytest.approx(width - block_sizes(["x"])[0, 0] * 10.0)


def _fits(shown: str, label: str) -> bool:
    """Tell whether a shortened label could stand for a whole one."""
    head, mark, tail = shown.partition("…")
    head, tail = head.strip(), tail.strip()
    longer = len(label.replace(" ", "")) > len((head + tail).replace(" ", ""))
    return shown == label or (bool(mark) and longer and label.startswith(head) and label.endswith(tail))


def test_a_label_is_shortened_in_its_middle() -> None:
    """What begins alike keeps its end, by which it differs."""
    cut = cut_labels(
        [f"Landau-Lifshitz-Gilbert equation of rented stalls in the {way}" for way in ("north", "south")], 40
    )

    assert cut == ("Landau-Lifshitz-Gilbert … in the north", "Landau-Lifshitz-Gilbert … in the south")


def test_a_label_that_differs_in_its_middle_keeps_that() -> None:
    """Alike at both ends, each stays as long as it takes to show the word that differs whole."""
    labels = [f"University of X Department of {name} Faculty of Science and Arts" for name in ("Chemistry", "Physics")]

    assert [text.split()[5].strip("…") for text in cut_labels(labels, 24)] == ["Chemistry", "Physics"]


def test_cited_works_keep_what_tells_them_apart() -> None:
    """Of three works by one author the years or the sources are still there."""
    works = [
        "Slonczewski J.C., 1996, J Magn Magn Mater, V159, PL1",
        "Slonczewski J.C., 1996, Phys Rev B, V159, PL1",
        "Slonczewski J.C., 2002, J Magn Magn Mater, V159, PL1",
    ]
    for length in (20, 30, 40):
        for shown, own in zip(cut_labels(works, length), works, strict=True):
            assert [work for work in works if _fits(shown, work)] == [own]


def test_a_label_is_told_from_those_that_are_not_shown() -> None:
    """Items without a name on the map count as well: the one named is not to be taken for them."""
    (alone,) = cut_labels(["Journal of the markets of the north"], 24)
    (among,) = cut_labels(["Journal of the markets of the north"], 24, among=["Journal of the harbours of the north"])

    assert alone == "Journal of … the north"
    assert "markets" in among


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(6, 40))
def test_a_shortened_label_fits_one_label_only(texts: list[list[str]], length: int) -> None:
    """Whatever the labels and the length."""
    labels = [" ".join(words) for words in texts]
    for shown, own in zip(cut_labels(labels, length), labels, strict=True):
        assert {label for label in labels if _fits(shown, label)} == {own}


def test_labels_within_the_length_stay_as_they_are() -> None:
    """Two items with one label keep it; none is longer than was asked where nothing else looks like it."""
    assert cut_labels(["luar negeri", "kota"], 11) == ("luar negeri", "kota")
    assert cut_labels(["a" * 40, "a" * 40], 11) == ("aaaaaa…aaaa",) * 2
    assert cut_labels(["kota", "x"], 0) == ("", "")
