"""A text is cut at function words and punctuation, and at nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.languages import stop_words
from benang.terms.runs import runs_of, words_of


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
