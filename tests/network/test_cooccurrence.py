"""What occurs together is counted as VOSviewer counts it, and every item and link can name its records."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.kinds import Counting
from benang.network.cooccurrence import (
    at_least,
    cooccurrence_network,
    expected_together,
    false_discovery,
    incidence_network,
    shrunk_log_odds,
    two_sided,
)
from benang.network.incidence import Incidence
from benang.network.network import Network
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus


def links(network: Network) -> dict[tuple[str, str], float]:
    """Return the strengths of all links by the ids of their ends."""
    n = range(len(network))
    return {
        (network.ids[i], network.ids[j]): float(network.links[i, j])
        for i in n
        for j in n
        if i < j and network.links[i, j] != 0
    }


MANUAL = corpus_of(
    [
        Record("D1", authors=("1", "2", "3")),
        Record("D2", authors=("1", "3")),
        Record("D3", authors=("2", "4")),
    ]
)
"""The worked example of VOSviewer's manual: three documents by four authors."""


def test_full_counting_of_the_manuals_example() -> None:
    """Each document adds 1 to each of its links."""
    network = cooccurrence_network(MANUAL, items="authors")
    assert links(network) == {("1", "3"): 2, ("1", "2"): 1, ("2", "3"): 1, ("2", "4"): 1}


def test_fractional_counting_of_the_manuals_example() -> None:
    """A document with n authors adds 1/(n - 1) to each of its links."""
    network = cooccurrence_network(MANUAL, items="authors", counting="fractional")
    assert links(network) == {("1", "3"): 1.5, ("1", "2"): 0.5, ("2", "3"): 0.5, ("2", "4"): 1.0}


def test_fractional_counting_gives_each_author_1_a_document() -> None:
    """An author's total link strength is the number of documents with co-authors."""
    network = cooccurrence_network(MANUAL, items="authors", counting="fractional")
    assert network.weights["Total link strength"].tolist() == network.weights["Documents"].tolist() == [2, 2, 2, 1]


def test_shares_count_all_items_of_a_record_also_those_below_the_threshold() -> None:
    """The record has three keywords, so its one link that is shown gets 1/2, not 1."""
    corpus = keywords("a,b,rare", "a,b")
    assert links(cooccurrence_network(corpus, counting="fractional", min_occurrences=2)) == {("a", "b"): 1.5}


def test_shares_count_items_after_the_thesaurus() -> None:
    """Two variants are one item of a record, and a dropped item is none."""
    thesaurus = Thesaurus((("b2", "b"), ("x", "")))
    network = cooccurrence_network(keywords("a,b,b2,x"), counting="fractional", thesaurus=thesaurus)
    assert links(network) == {("a", "b"): 1}


def test_all_keywords_count_once_a_record() -> None:
    """A keyword of the authors and of the index is one keyword of the record."""
    corpus = corpus_of([Record("a", author_keywords=("kota", "desa"), index_keywords=("Kota", "laut"))])
    network = cooccurrence_network(corpus, items="keywords", counting="fractional")
    assert links(network) == {("desa", "kota"): 0.5, ("desa", "laut"): 0.5, ("kota", "laut"): 0.5}
    assert cooccurrence_network(corpus, items="index-keywords").ids == ("kota", "laut")


def test_items_and_links_name_their_records() -> None:
    """The records behind a link are those that hold both items."""
    network = cooccurrence_network(keywords("a,b", "b,c", "a,b,c"))
    assert network.records_of("b") == ("r0", "r1", "r2")
    assert network.records_of("a", "b") == ("r0", "r2")


def test_scores_are_means_over_the_records_that_have_the_value() -> None:
    """A record without a year counts in no mean; an item of such records only has none."""
    corpus = keywords("a,b", "a,c", "a,b,c", years=(2018, None, 2021), citations=(4, 1, None))
    network = cooccurrence_network(corpus)
    assert network.scores["Avg. pub. year"].tolist() == [2019.5, 2019.5, 2021.0]
    assert network.scores["Avg. citations"].tolist() == [2.5, 4.0, 1.0]
    assert network.weights["Citations"].tolist() == [5, 4, 1]


def test_an_item_without_any_year_has_no_mean_year() -> None:
    """It stays in the network, with NaN."""
    network = cooccurrence_network(keywords("a,b", "b,c", years=(None, 2020)))
    assert np.array_equal(network.scores["Avg. pub. year"], [np.nan, 2020, 2020], equal_nan=True)


def test_a_corpus_without_years_and_citations_has_no_scores() -> None:
    """What no record has is not shown as missing in each."""
    network = cooccurrence_network(keywords("a,b"))
    assert network.scores == {}
    assert list(network.weights) == ["Links", "Total link strength", "Occurrences"]


def test_every_count_is_in_the_history() -> None:
    """What was found, what met the threshold, what was kept, what the component choice dropped."""
    corpus = keywords("a,b", "a,b", "a,x", "c,d", "c,d", "")
    steps = {step.name: dict(step.counts) for step in cooccurrence_network(corpus, min_occurrences=2, top=4).history}
    assert steps == {
        "items": {
            "found": 6,
            "read": 6,
            "set_aside": 0,
            "records": 6,
            "records_without_items": 1,
            "items": 5,
            "dropped_by_thesaurus": 0,
        },
        "threshold": {"items": 5, "kept": 4},
        "top": {"items": 4, "kept": 4},
        "components": {"components": 2, "largest": 2, "items": 4, "kept": 2, "dropped": 2},
        "links": {"items": 2, "links": 1, "total_link_strength": 2.0},
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"counting": "ful"}, "counting: expected one of full, fractional, binary, found 'ful'. Did you mean 'full'?"),
        ({"components": "larges"}, "Did you mean 'largest'?"),
        ({"min_occurrences": 0}, "min_occurrences: expected a whole number from 1, found 0"),
        ({"top": 0}, "top: expected a whole number from 1, found 0"),
        ({"items": "autors"}, "Did you mean 'authors'?"),
    ],
)
def test_a_wrong_option_names_the_nearest_right_one(options: dict[str, object], message: str) -> None:
    """Options are closed vocabularies."""
    with pytest.raises(BenangError) as caught:
        cooccurrence_network(keywords("a,b"), **options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_a_single_item_is_a_network_without_links() -> None:
    """It can be counted, though no map can be made of it."""
    network = cooccurrence_network(keywords("a,b", "a,c"), min_occurrences=2)
    assert (network.ids, network.n_links) == (("a",), 0)


COUNTINGS: tuple[Counting, ...] = ("full", "fractional")
SETS = st.lists(st.sets(st.integers(0, 7), max_size=6), min_size=1, max_size=12).filter(any)


@settings(max_examples=25)
@given(SETS, st.sampled_from(COUNTINGS), st.integers(1, 3))
def test_strengths_are_those_of_the_formula(sets: list[set[int]], counting: Counting, least: int) -> None:
    """c_ij = Σ_k a_ki a_kj, divided by n_k - 1 in fractional counting; a loop over the records gives the same."""
    occurrences = {item: sum(item in held for held in sets) for item in range(8)}
    expected: dict[tuple[str, str], float] = {}
    for held in sets:
        for one, other in combinations(sorted(item for item in held if occurrences[item] >= least), 2):
            share = 1.0 if counting == "full" else 1 / (len(held) - 1)
            expected[str(one), str(other)] = expected.get((str(one), str(other)), 0) + share
    matrix = sparse.csr_array(np.array([[float(item in held) for item in range(8)] for held in sets]))
    ids = tuple(str(item) for item in range(8))
    incidence = Incidence(ids, ids, matrix, units=tuple(f"r{i}" for i in range(len(sets))))
    if max(occurrences.values()) >= least:
        network = incidence_network(incidence, counting=counting, min_occurrences=least, components="all")
        assert links(network) == pytest.approx(expected)
        assert np.array_equal(network.links.toarray(), network.links.toarray().T)


def test_a_network_that_no_memory_holds_is_refused_before_it_is_counted() -> None:
    """A list of 20,000 authors has 199,990,000 pairs; those who wrote twice are few enough to be counted."""
    crowd = tuple(f"Author {i}" for i in range(20_000))
    corpus = corpus_of([Record("crowd", authors=crowd), Record("pair", authors=crowd[:3])])

    said = (
        r"199,990,000 links, .*; 20,000 authors occur together in 'crowd'. 3 authors would fit: choose 2 as the minimum"
    )
    with pytest.raises(BenangError, match=said):
        cooccurrence_network(corpus, items="authors", most_per_record=None)

    assert cooccurrence_network(corpus, items="authors", min_occurrences=2, most_per_record=None).n_links == 3


@given(st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_the_tail_is_the_share_of_all_ways_to_deal_records(drawn: tuple[int, int, int]) -> None:
    """The probability is what counting every way to choose the records gives, for all counts."""
    n, one, other = drawn
    ways = [len(set(chosen) & set(range(other))) for chosen in combinations(range(n), one)]
    for together in range(min(one, other) + 1):
        counted = sum(way >= together for way in ways) / comb(n, one)
        found = at_least(np.array([float(together)]), n, np.array([float(one)]), np.array([float(other)]))
        assert found[0] == pytest.approx(counted, abs=1e-12)


def test_fishers_tea_is_exact() -> None:
    """Four of eight cups told right by chance: one way in seventy (Fisher, 1935)."""
    four = np.array([4.0])
    assert at_least(four, 8, four, four)[0] == pytest.approx(1 / 70)
    assert two_sided(four, 8, four, four)[0] == pytest.approx(2 / 70)


def test_what_chance_expects_is_the_product_of_the_shares() -> None:
    """Half of ten records and a fifth of them meet in one."""
    assert expected_together(10, np.array([5.0]), np.array([2.0])).tolist() == [1.0]


def test_the_correction_is_that_of_benjamini_and_hochberg() -> None:
    """The first of their published example: with 15 tests the four smallest are believed at 0.05."""
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.324,
            0.4262,
            0.5719,
            0.6528,
            0.759,
            1,
        ]
    )
    assert (false_discovery(p) <= 0.05).sum() == 4
    assert false_discovery(p[::-1]).tolist() == false_discovery(p)[::-1].tolist()


def test_equal_shares_have_not_changed() -> None:
    """A tenth of both groups is no change, whatever their sizes."""
    change, z = shrunk_log_odds(np.array([[10.0, 20.0]]), (100, 200))
    assert change[0] == pytest.approx(0)
    assert z[0] == pytest.approx(0)


def test_the_same_shares_count_for_more_in_larger_groups() -> None:
    """One of two against none of two says less than fifty of a hundred against none."""
    _, few = shrunk_log_odds(np.array([[0.0, 1.0]]), (2, 2))
    _, many = shrunk_log_odds(np.array([[0.0, 50.0]]), (100, 100))
    assert 0 < few[0] < 1 < many[0]


def test_what_all_or_none_have_has_not_changed() -> None:
    """What every record has, or none, gives 0 and no infinity."""
    change, z = shrunk_log_odds(np.array([[3.0, 5.0], [0.0, 0.0]]), (3, 5))
    assert change.tolist() == [0, 0]
    assert z.tolist() == [0, 0]


def test_turning_the_groups_turns_the_sign() -> None:
    """The measure treats both groups alike."""
    counts = np.array([[1.0, 7.0], [4.0, 2.0]])
    _, z = shrunk_log_odds(counts, (10, 20))
    _, turned = shrunk_log_odds(counts[:, ::-1], (20, 10))
    assert np.allclose(z, -turned)
