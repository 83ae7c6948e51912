"""Terms take a time that grows with the text, whatever it repeats: marks, blanks, brackets, letters without a blank."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from benang.errors import BenangError
from benang.map_files.xml_elements import root_of
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.terms.sentences import is_statement, sentences_of
from benang.terms.text_network import title_terms
from benang.terms.text_terms import text_terms

MARKS = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~’‘“”…–—‐‑−·•©®°§¿¡«»、。「」，；\u00a0\u2003\u200b\u0301\u0e31\u2028")
BESIDE = [*(f"a{mark}" for mark in MARKS), *(f"{mark} a" for mark in MARKS)]
OTHERS = [
    "A", "a", "1", "é", "中", "ก", "A. ", "1. ", "1.", "a ", "Aa ", "von ", "the ", "yang ", "cats' ", "' cat ", "a-",
    "kota-", "(c) ", "© 2020 ", "Copyright ", "published by ", "Published by A", "all rights ", "under ", "<a", "</",
    "$a", "AIM: ", "Aim/", "AIM/", "Aim, ", "keywords: ", "et al. ", "(A. ", "[A, ", "[(2020) ", "2019;", "1/", "1 nm ",
    "A1(1)", "mg/", "\n", "\t", "a\u0301", ").", "..)", ".\n", "using ", "US ",
]  # fmt: skip
LONG = 8_000
SLOWEST = 1.0
"""Seconds for so many characters: some fifty times what they take, a quarter of what full stops took before."""


def _corpus(text: str) -> list[Record]:
    return [Record("a", title=text, abstract=text, language="en"), Record("b", title="Night markets of towns")]


def _slow(runs: list[str], terms: Callable[[Corpus], object]) -> list[str]:
    slow = []
    for run in runs:
        corpus = corpus_of(_corpus(run * (LONG // len(run)) + "x!"))
        if all(
            _seconds(terms, corpus) > SLOWEST for _ in range(3)
        ):  # what is compiled or collected in one is not in all
            slow.append(run)
    return slow


def _seconds(terms: Callable[[Corpus], object], corpus: Corpus) -> float:
    start = time.process_time()
    with suppress(BenangError):
        terms(corpus)
    return time.process_time() - start


def test_no_run_of_anything_is_slow() -> None:
    """By noun phrases; marks and words between stop words and in titles, too."""
    text_terms(corpus_of(_corpus("night markets")), min_occurrences=1)  # compiled before the clock runs
    assert _slow([*MARKS, *BESIDE[::3], *OTHERS], lambda corpus: text_terms(corpus, min_occurrences=1)) == []
    stops = partial(text_terms, method="stop-words", min_occurrences=1)
    assert _slow([*MARKS[::2], *OTHERS[::2]], stops) == []
    assert _slow([*MARKS[1::2], *OTHERS[1::2]], lambda corpus: title_terms(corpus, min_occurrences=1)) == []


def test_a_name_of_more_words_than_a_statement_has_is_none() -> None:
    """A sentence that begins as a statement does, and goes on, is looked through once."""
    start = time.process_time()
    assert is_statement("Published by the Umpama Press of Contoh.")
    assert not is_statement("Published by Umpama" + " and sold at night" * 400)
    assert time.process_time() - start < 1


def test_marks_end_a_sentence_once() -> None:
    """Several, with brackets behind, without a blank behind."""
    text = "One... Two?!) Three;; Four.five Six…\nSeven"
    assert sentences_of(text).sentences == ("One...", "Two?!)", "Three;;", "Four.five Six...", "Seven")


@pytest.mark.parametrize(
    "part", ["<?", "<!--", "<!DOCTYPE", "<!DOCTYPE[", "<!DOCTYPE a>", "<!DOCTYPE[]>", "<?a?>", "<!---->", " "]
)
def test_what_stands_before_the_root_is_passed_over_once(part: str) -> None:
    """Comments, instructions and declarations, closed or not."""
    start = time.process_time()
    assert root_of(part * 60_000 + "<x:gexf>") in ("", "gexf")
    assert time.process_time() - start < 2


def test_the_root_stands_behind_comments_and_declarations() -> None:
    """One may hold what looks like another, and a declaration may have brackets."""
    head = '<?xml version="1.0"?>\n<!-- <gml> -->\n<!DOCTYPE graphml [<!ELEMENT a (b)>]>\n<g:graphml>'
    assert root_of(head) == "graphml"
    assert root_of("<!DOCTYPE gexf><gexf/>") == "gexf"
    assert root_of("<!-- never closed <gexf>") == ""
