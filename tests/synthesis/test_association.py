"""Which codes occur in the studies of a keyword more often than chance."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import numpy as np
import pytest
from tests.synthesis.studies import coded_review, corpus_with

from benang.errors import BenangError
from benang.network.incidence import item_incidence
from benang.synthesis import findings_of
from benang.synthesis.association import (
    Association,
    association,
    coded_studies,
    incidence_of,
    review_association,
    with_numbers,
)
from benang.synthesis.csv_tables import association_csv
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import review_mentions
from benang.synthesis.wording import Wording, number_title
from benang.tasks.explain import explanation_of

KEYWORDS = {"p1": ("rain", "roof"), "p2": ("rain",), "p3": ("staff", "roof"), "p4": ("staff",)}


CODES = {"p1": ("flood", "decay"), "p2": ("flood",), "p3": ("leaving",), "p4": ("leaving", "decay")}


def _made(
    keywords: Mapping[str, tuple[str, ...]] = KEYWORDS, codes: Mapping[str, tuple[str, ...]] = CODES, least: int = 2
) -> Association:
    corpus = corpus_with({key: {"author_keywords": words} for key, words in keywords.items()})
    return association(coded_review(codes), item_incidence(corpus), group="reasons", least=least)


def test_counts_are_those_made_by_hand() -> None:
    """Of four papers two have rain, the same two tell of a flood: 2 together, 1 expected, twice as many."""
    pair = _made().pairs[0]
    assert (pair.item, pair.code.id) == ("rain", "flood")
    assert (pair.together.value, pair.of_item.value, pair.of_code.value) == (2, 2, 2)
    assert (pair.expected, pair.ratio) == (1, 2)


def test_the_probability_is_that_of_all_permutations() -> None:
    """Of all 24 ways to deal the papers' keywords out among them, 4 bring rain and flood together twice."""
    papers = sorted(KEYWORDS)
    rain = np.array(["rain" in KEYWORDS[paper] for paper in papers])
    flood = np.array(["flood" in CODES[paper] for paper in papers])
    as_many = [bool((rain[list(order)] & flood).sum() >= 2) for order in permutations(range(4))]
    assert sum(as_many) / len(as_many) == pytest.approx(1 / 6)
    assert _made().pairs[0].p == pytest.approx(1 / 6)


def test_all_tests_are_corrected_for() -> None:
    """Three keywords and three codes are nine tests, also those that no paper has both of."""
    made = _made()
    assert made.n_tests == 9
    assert made.pairs[0].q == pytest.approx(min(1, 9 / 6 / 2))  # rain and flood, staff and leaving are as unlikely
    assert {(pair.item, pair.code.id) for pair in made.pairs[:2]} == {("rain", "flood"), ("staff", "leaving")}


def test_the_chance_of_any_is_that_of_the_best_of_all_permutations() -> None:
    """How often any of nine tests has 1 in 6 or less, counted over all 24 permutations, is what sampling finds."""
    papers, words, codes = sorted(KEYWORDS), ("rain", "roof", "staff"), ("decay", "flood", "leaving")
    one = np.array([[word in KEYWORDS[paper] for word in words] for paper in papers], int)
    other = np.array([[code in CODES[paper] for code in codes] for paper in papers], int)
    exact = np.mean([(one[list(order)].T @ other == 2).any() for order in permutations(range(4))])
    assert _made().pairs[0].p_any == pytest.approx(float(exact), abs=0.03)


def test_numbers_open_their_studies_and_passages() -> None:
    """The number together names its papers and the passages that carry the code there."""
    pair = _made().pairs[0]
    assert pair.together.of == ("p1", "p2")
    assert pair.together.passages == ("p1/flood", "p2/flood")
    assert pair.of_item.of == ("p1", "p2")
    assert pair.together.id == "association/author-keywords/pairs/flood/rain/studies"


def test_every_number_is_given_once() -> None:
    """No number of an association has the id of another."""
    ids = [number.id for number in _made().numbers()]
    assert len(ids) == len(set(ids))


def test_papers_that_nobody_coded_tell_nothing() -> None:
    """A paper with a keyword and no passage is not compared: what nobody looked for is not absent."""
    made = _made(keywords=KEYWORDS | {"p5": ("rain",)})
    assert made.studies.of == ("p1", "p2", "p3", "p4")


def test_coded_papers_without_keywords_are_left_out_and_counted() -> None:
    """A coded paper without keywords tells of none that it lacks it."""
    made = _made(keywords=KEYWORDS | {"p4": ()})
    assert made.studies.of == ("p1", "p2", "p3")
    assert made.without_items.of == ("p4",)


def test_what_too_few_papers_have_is_not_compared() -> None:
    """With three papers asked for, nothing of this example is left to test."""
    assert _made(least=3).n_tests == 0
    assert _made(least=3).pairs == ()


def test_the_same_seed_gives_the_same_table() -> None:
    """The table is the same to the last byte."""
    assert association_csv(_made()) == association_csv(_made())


def test_an_unknown_group_is_told_with_those_there_are() -> None:
    """A group that the codebook lacks is refused."""
    corpus = corpus_with({"p1": {"author_keywords": ("rain",)}})
    with pytest.raises(BenangError, match="no group of codes 'reason'"):
        association(coded_review(CODES), item_incidence(corpus), group="reason")


def test_a_review_whose_coded_papers_have_no_keywords_says_so() -> None:
    """Where no coded paper has an item there is nothing to compare."""
    with pytest.raises(BenangError, match="none of the 4 coded studies has author keywords"):
        _made(keywords={"p9": ("rain",)} | dict.fromkeys(KEYWORDS, ()))


def test_coded_studies_are_those_with_a_passage() -> None:
    """A study is read where its own document has a passage."""
    assert coded_studies(coded_review({"p1": ("flood",), "p2": ()})) == {"p1"}


def test_the_table_has_a_row_for_each_pair() -> None:
    """Pairs that some paper has both of are in the table, with the ids of their numbers."""
    lines = association_csv(_made()).decode().splitlines()
    assert len(lines) == 1 + len(_made().pairs)
    assert lines[1].startswith("rain,rain,flood,Flood,2,2,2,4,1,2,0.166667,0.75,")


RECORDS: dict[str, dict[str, object]] = {
    "p1": {"author_keywords": ("rain",), "title": "Rain and river"},
    "p2": {"author_keywords": ("rain", "a/b"), "title": "Rain on the river"},
    "p3": {"author_keywords": ("staff", "a/b"), "title": "Staff and river"},
    "p4": {"author_keywords": ("staff",), "title": "Staff by the river"},
}


def _findings() -> Findings:
    coded = coded_review(CODES)
    return findings_of(
        corpus=corpus_with(RECORDS),
        codebook=coded.codebook,
        cases=coded.cases,
        documents=coded.documents,
        placed=coded.placed,
    )


def test_a_review_tells_what_its_material_tells() -> None:
    """From findings alone, rain and flood are the least likely by chance."""
    pair = review_association(_findings(), group="reasons").pairs[0]
    assert (pair.item, pair.code.id, pair.together.of) == ("rain", "flood", ("p1", "p2"))


def test_numbers_of_an_association_open_like_all_others() -> None:
    """Added to a review's evidence, a number lists its studies, each with its passages."""
    findings = _findings()
    opened = with_numbers(findings, review_association(findings, group="reasons").numbers())
    told = explanation_of(opened, "association/author-keywords/pairs/flood/rain/studies")
    assert [member.id for member in told.members] == ["p1", "p2"]
    assert [len(member.passages) for member in told.members] == [1, 1]
    assert findings.evidence.numbers.keys() < opened.evidence.numbers.keys()


def test_numbers_of_mentions_open_too() -> None:
    """Studies with a passage of a code are opened with it."""
    findings = _findings()
    opened = with_numbers(findings, review_mentions(findings, group="reasons").numbers())
    assert explanation_of(opened, "mentions/codes/flood/evidenced").members[0].passages


def test_titles_say_what_numbers_are_of() -> None:
    """Ids of pairs, items and codes read as words; an item may have a slash itself."""
    wording = Wording(_findings())
    head = "association/author-keywords"
    told = {
        f"{head}/pairs/flood/a/b/studies": "a/b and Flood",
        f"{head}/items/a/b/studies": "a/b",
        f"{head}/codes/flood/studies": "Flood",
        f"{head}/all/studies": "Coded studies with keywords or terms",
        "mentions/codes/flood/talked": "Flood, mentioned in title, abstract or keywords",
        "mentions/author-keywords/a/b/unread": "a/b, mentioned in records that are not coded",
        "mentions/abstracts/studies": "Coded studies with an abstract",
        "maps/topics/flood/a/b/coded": "a/b: Flood",
        "mentions/x": "mentions/x",
    }
    assert {name: number_title(name, wording) for name in told} == told


def test_terms_of_titles_may_stand_for_keywords() -> None:
    """Codes are held against terms of titles and abstracts where keywords are missing."""
    assert "river" in incidence_of(corpus_with(RECORDS), "terms").labels
