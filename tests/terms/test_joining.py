"""Words are joined where they stand together, hardly ever apart, and not by chance."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.languages import stop_words
from benang.terms.joining import dice, join_phrases, log_likelihood_ratio, runs_of, words_of


def joined(
    titles: list[str],
    *,
    min_occurrences: int = 2,
    max_words: int = 4,
    known: tuple[str, ...] = (),
) -> list[list[str]]:
    """Join the words of titles without function words."""
    texts = join_phrases(
        [runs_of(title, (), joined={}) for title in titles],
        min_occurrences=min_occurrences,
        max_words=max_words,
        known=known,
    )
    return [[unit.key for run in text.runs for unit in run] for text in texts]


def test_the_ratio_of_a_table_worked_out_by_hand() -> None:
    """2 Σ k ln(k n / (row × column)) over the table 3, 1, 2, 94 of 100 pairs."""
    cells = [(3, 4, 5), (1, 4, 95), (2, 96, 5), (94, 96, 95)]
    expected = 2 * sum(k * math.log(100 * k / (row * column)) for k, row, column in cells)
    assert log_likelihood_ratio(3, 4, 5, 100) == pytest.approx(expected)


def test_close_units_share_their_texts() -> None:
    """Three texts with both, one and five with either: 2 × 3 / (4 + 8)."""
    assert dice(3, 4, 8) == 0.5


@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 200))
def test_the_ratio_is_never_negative(both: int, left: int, right: int, rest: int) -> None:
    """It is 0 where the two stand together no more often than chance gives."""
    assert log_likelihood_ratio(both, both + left, both + right, both + left + right + rest) >= -1e-9


FILL = ["peran kota", "strategi desa", "dampak pasar", "konsep pulau", "analisis taman", "evaluasi hutan"]


def test_words_that_are_never_apart_are_one_term() -> None:
    """Luar and negeri stand together in three titles."""
    titles = ["kerjasama luar negeri", "politik luar negeri", "bank luar negeri", *FILL]
    assert joined(titles)[0] == ["kerjasama", "luar negeri"]


def test_words_that_are_often_apart_are_two_terms() -> None:
    """`kerjasama` and `kota` stand together in three titles, and each apart in three."""
    titles = (
        ["kerjasama kota"] * 3
        + ["kerjasama desa", "kerjasama pulau", "kerjasama hutan"]
        + ["peran kota", "dampak kota", "konsep kota", *FILL]
    )
    assert joined(titles)[0] == ["kerjasama", "kota"]


HEADS = ["peran", "dampak", "konsep", "evaluasi", "hambatan", "peluang", "tantangan", "manfaat", "prospek", "strategi"]


def test_a_neighbour_that_is_everywhere_joins_nobody() -> None:
    """`kegagalan` stands before `kerjasama` twice, as many words do once: Dice 4/14, and no great surprise."""
    titles = ["kegagalan kerjasama"] * 2 + [f"{word} kerjasama" for word in HEADS]
    assert joined(titles)[0] == ["kegagalan", "kerjasama"]


def test_a_rare_word_joins_a_frequent_one_where_it_is_no_accident() -> None:
    """`orbit` always follows `spin`, which stands with many others: Dice is small, the ratio is not."""
    titles = ["spin orbit"] * 6 + [f"{word} spin" for word in HEADS * 4] + [f"{word} laut" for word in HEADS * 9]
    assert dice(6, 6, 46) < 0.3
    assert joined(titles)[0] == ["spin orbit"]


def test_phrases_grow_word_by_word_up_to_the_limit() -> None:
    """Four words that only stand together are one phrase; with a limit of two they are two."""
    titles = ["badan usaha milik negara", "badan usaha milik negara", "badan usaha milik negara", *FILL, *FILL]
    assert joined(titles)[0] == ["badan usaha milik negara"]
    assert all(key.count(" ") <= 1 for key in joined(titles, max_words=2)[0])


def test_a_phrase_stands_in_enough_texts() -> None:
    """Twice in one title is one text."""
    titles = ["luar negeri luar negeri", "luar negeri", *FILL]
    assert "luar negeri" in joined(titles)[0]
    assert "luar negeri" not in joined(titles, min_occurrences=3)[0]


def test_two_known_units_stay_apart() -> None:
    """What a thesaurus names is a term already."""
    titles = ["peran kota", "peran kota", "peran kota"]
    assert joined(titles)[0] == ["peran kota"]
    assert joined(titles, known=("peran",))[0] == ["peran kota"]
    assert joined(titles, known=("kota", "peran"))[0] == ["peran", "kota"]


def test_the_order_of_words_counts() -> None:
    """`negeri luar` is not `luar negeri`."""
    titles = ["luar negeri", "luar negeri", "luar negeri", "negeri luar", *FILL]
    assert joined(titles)[3] == ["negeri", "luar"]


@given(st.lists(st.lists(st.sampled_from("abcde"), max_size=6).map(" ".join), max_size=12))
def test_joining_ends_and_keeps_all_words(titles: list[str]) -> None:
    """Whatever the titles, the words come out in their order."""
    assert [" ".join(keys) for keys in joined(titles)] == titles


def keys(text: str, **joined: list[tuple[str, ...]]) -> list[list[str]]:
    """Return the runs of a text as words, with the function words of both languages."""
    return [[unit.key for unit in run] for run in runs_of(text, stop_words(), joined=joined).runs]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Kota Bandung dengan Petaling Jaya", [["kota", "bandung"], ["petaling", "jaya"]]),
        ("Paradiplomacy: Bangkitnya (Aktor) Lokal", [["paradiplomacy"], ["bangkitnya"], ["aktor"], ["lokal"]]),
        ("Surabaya-Guangzhou", [["surabaya", "guangzhou"]]),
        ("Indonesia – Brisbane, Australia", [["indonesia"], ["brisbane"], ["australia"]]),
        ("Pemprov D.I. Yogyakarta", [["pemprov", "d.i"], ["yogyakarta"]]),
        ("State-of-the-art start-up", [["state", "of", "the", "art", "start", "up"]]),
        ("Trade in the US and the WHO", [["trade"], ["us"], ["who"]]),
        ("KERJASAMA DI KOTA", [["kerjasama"], ["kota"]]),
        ("<i>Zea mays</i> in H<sub>2</sub>O", [["zea", "mays"], ["h", "2", "o"]]),
        ("Women's rights", [["women's", "rights"]]),
        ("di dan untuk", []),
        ("", []),
    ],
)
def test_runs_by_example(text: str, runs: list[list[str]]) -> None:
    """Hyphens, abbreviations, capitals and tags, one claim each."""
    assert keys(text) == runs


def test_given_phrases_stay_together_also_with_function_words() -> None:
    """The longest wins, and the phrase is found across a function word that would cut the run."""
    assert keys("Cities of culture", cities=[("cities", "of", "culture")]) == [["cities of culture"]]
    assert keys("kerja sama daerah", kerja=[("kerja", "sama", "daerah"), ("kerja", "sama")]) == [["kerja sama daerah"]]


def test_a_unit_knows_how_the_text_spells_it() -> None:
    """The spelling keeps hyphens, in lower case."""
    text = runs_of("Pandemi COVID-19", (), joined={"covid": [("covid", "19")]})
    assert [text.spelling(unit) for unit in text.runs[0]] == ["pandemi", "covid-19"]


@given(st.text(max_size=60))
def test_any_text_can_be_cut(text: str) -> None:
    """Words are never lost or doubled where nothing is a function word, and spans rise."""
    cut = runs_of(text, (), joined={})
    spans = [(unit.start, unit.end) for run in cut.runs for unit in run]
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert [unit.key for run in cut.runs for unit in run] == list(words_of(cut.text))
