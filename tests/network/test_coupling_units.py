"""Bibliographic coupling of sources, authors, organisations and countries."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.network.citation import coupling_network
from benang.network.network import Network
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

P, Q, R = (
    "Putnam RD, 1988, INT ORGAN, V42, P427",
    "Cremer RD, 2001, HABITAT INT, V25, P377",
    "Tavares R, 2016, PARADIPL",
)
UNIV = "Universitas Contoh, Bandung, Indonesia"
KYOTO = "Kyoto University, Kyoto, Japan"

# Sari wrote a and c, Budi b and c. All cite P; a and b cite Q, c cites R alone.
CORPUS = corpus_of(
    [
        Record("a", authors=("Sari, D.",), source="Kota", references=(P, Q), affiliations=(UNIV,)),
        Record("b", authors=("Budi, E.",), source="Desa", references=(P, Q), affiliations=(KYOTO,)),
        Record("c", authors=("Sari, D.", "Budi, E."), source="Kota", references=(P, R), affiliations=(UNIV, KYOTO)),
    ]
)


def only(network: Network) -> float:
    """Return the strength of the one link."""
    assert network.n_links == 1
    return network.total_link_strength


@pytest.mark.parametrize(
    ("counting", "strength"),
    [
        ("full", 3),  # P: a-b, c-b; Q: a-b
        ("fractional", 2.0),  # P is cited by three: 2 × 1/2; Q by two: 1
        ("binary", 2),  # P and Q
    ],
)
def test_sources_are_coupled_by_all_pairs_of_their_documents(counting: str, strength: float) -> None:
    """Kota has a and c, Desa has b."""
    assert only(coupling_network(CORPUS, items="sources", counting=counting)) == strength  # type: ignore[arg-type]


@pytest.mark.parametrize("items", ["authors", "organizations", "countries"])
def test_a_document_of_both_does_not_couple_them_with_itself(items: str) -> None:
    """P: a-b, a-c, c-b; Q: a-b. c with itself would make two more."""
    assert only(coupling_network(CORPUS, items=items)) == 4  # type: ignore[arg-type]


def test_a_link_rests_on_works_that_two_documents_cite() -> None:
    """R stands in c alone, which is of both."""
    network = coupling_network(CORPUS, items="authors")
    assert network.cited_by(*network.ids) == (P, Q)
    assert network.records_of(*network.ids) == ("a", "b", "c")


def test_items_have_the_weights_of_vosviewer() -> None:
    """Documents are counted, citations where there are any."""
    corpus = corpus_of(
        [
            Record("a", source="Kota", year=2018, citations=4, references=(P,)),
            Record("b", source="Desa", year=2018, citations=2, references=(P,)),
            Record("c", source="Kota", year=2020, references=(P,)),
        ]
    )
    network = coupling_network(corpus, items="sources")
    assert {name: values.tolist() for name, values in network.weights.items()} == {
        "Links": [1, 1],
        "Total link strength": [2, 2],
        "Documents": [1, 2],
        "Citations": [2, 4],
        "Norm. citations": [2 / 3, 4 / 3],
    }
    assert network.scores["Avg. pub. year"].tolist() == [2018, 2019]
    assert coupling_network(corpus, items="sources", min_documents=1, min_citations=2).ids == ("desa", "kota")


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Draw records with authors and references."""
    names = [f"Author, {letter}." for letter in "ABCD"]
    works = [P, Q, R]
    records = [
        Record(
            str(at),
            authors=tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=3))),
            references=tuple(draw(st.lists(st.sampled_from(works), unique=True, max_size=3))),
        )
        for at in range(draw(st.integers(2, 7)))
    ]
    return corpus_of([*records, Record("last", authors=tuple(names), references=tuple(works))])


@settings(max_examples=40)
@given(corpora())
def test_coupling_of_authors_is_the_sum_over_pairs_of_documents(corpus: Corpus) -> None:
    """Counted here apart, pair by pair (VOSviewer's manual), for full and fractional counting."""
    citing = Counter(work for record in corpus.records for work in record.references)
    names = sorted({name for record in corpus.records for name in record.authors})
    for counting in ("full", "fractional"):
        network = coupling_network(corpus, items="authors", counting=counting, components="all", author_names="exact")
        found = {frozenset(pair): 0.0 for pair in itertools.combinations(names, 2)}
        for one, other in itertools.permutations(corpus.records, 2):
            shared = set(one.references) & set(other.references)
            worth = sum(1 if counting == "full" else 1 / (citing[work] - 1) for work in shared)
            for pair in found:
                first, second = sorted(pair)
                found[pair] += worth * (first in one.authors) * (second in other.authors)
        place = {label: at for at, label in enumerate(network.labels)}
        for pair, strength in found.items():
            first, second = sorted(pair)
            assert np.isclose(network.links[place[first], place[second]], strength)
