"""Organisations, countries, sources, topics, and what is cut out of references."""

from __future__ import annotations

import numpy as np
import pytest

from benang.errors import BenangError
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.incidence import item_incidence
from benang.network.network import Network
from benang.records.corpus import corpus_of
from benang.records.record import Record

UNIV = "Dept of Politics, Universitas Contoh, Bandung, Indonesia"
KYOTO = "Kyoto University, Kyoto, Japan"
LEIDEN = "Univ Leiden, Leiden, Netherlands"


def strengths(network: Network) -> dict[tuple[str, ...], float]:
    """Return the links by the labels of their ends."""
    upper = np.argwhere(np.triu(network.links.toarray()))
    return {(network.labels[i], network.labels[j]): float(network.links[i, j]) for i, j in upper}


def test_countries_that_write_together_are_linked() -> None:
    """Each once a record, however many addresses; an address without a country is counted, not guessed."""
    corpus = corpus_of(
        [
            Record("a", affiliations=(UNIV, KYOTO, "Osaka University, Osaka, Japan")),
            Record("b", affiliations=(UNIV, KYOTO, LEIDEN, "Nowhere")),
        ]
    )
    network = cooccurrence_network(corpus, items="countries")
    assert strengths(network) == {
        ("Indonesia", "Japan"): 2,
        ("Indonesia", "Netherlands"): 1,
        ("Japan", "Netherlands"): 1,
    }
    assert network.link_kind == "co-authorship"
    assert network.weights["Documents"].tolist() == [2, 2, 1]
    assert {step.name: step.counts for step in network.history}["items"]["affiliations_without_country"] == 1


def test_spellings_of_an_organisation_are_one_item() -> None:
    """By its words, as `benang.records.organizations` tells them."""
    corpus = corpus_of(
        [
            Record("a", affiliations=(LEIDEN, KYOTO)),
            Record("b", affiliations=("Dept of Law, University of Leiden, Leiden, Netherlands", KYOTO)),
        ]
    )
    assert list(strengths(cooccurrence_network(corpus, items="organizations")).values()) == [2]


@pytest.mark.parametrize(("most", "left", "aside"), [(25, 3, 0), (2, 0, 1), (None, 3, 0)])
def test_documents_with_many_authors_are_set_aside_and_counted(most: int | None, left: int, aside: int) -> None:
    """VOSviewer's switch; its preset is 25."""
    corpus = corpus_of([Record("a", authors=("Ani, A.", "Budi, B.", "Cici, C.")), Record("b", authors=("Ani, A.",))])
    network = cooccurrence_network(
        corpus, items="authors", most_per_record=most, components="all", author_names="exact"
    )
    counts = {step.name: step.counts for step in network.history}["items"]
    assert (network.n_links, counts.get("records_with_too_many", 0)) == (left, aside)


def test_topics_are_what_a_database_sorts_works_under() -> None:
    """OpenAlex's topics, Web of Science's categories."""
    corpus = corpus_of([Record("a", topics=("Urban policy", "Diplomacy")), Record("b", topics=("diplomacy",))])
    network = cooccurrence_network(corpus, items="topics")
    assert (network.labels, network.weights["Occurrences"].tolist()) == (("Diplomacy", "Urban policy"), [2, 1])


def test_a_users_column_is_a_score_by_its_mean() -> None:
    """Over the records that have the number."""
    corpus = corpus_of([Record("a", author_keywords=("x", "y")), Record("b", author_keywords=("x",)), Record("c")])
    network = cooccurrence_network(corpus, columns={"Quality": np.array([1.0, 4.0, np.nan])})
    assert network.scores["Quality"].tolist() == [2.5, 1.0]


def test_what_a_corpus_lacks_is_said_with_what_it_has() -> None:
    """The way on names other kinds of items."""
    with pytest.raises(BenangError, match=r"has no topics\. Available: .*sources"):
        item_incidence(corpus_of([Record("a", source="Kota", title="Kota kembar")]), items="topics")


CITING = corpus_of(
    [
        Record("a", references=("Putnam RD, 1988, INT ORGAN, V42, P427", "Keohane RO, 1974, INT ORGAN, V28, P39",
                                "Cremer RD, 2001, HABITAT INT, V25, P377")),
        Record("b", references=("Putnam RD, 1988, INT ORGAN, V42, P427", "Cremer RD, 2001, HABITAT INT, V25, P377")),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("counting", "strength"),
    [
        ("full", 3),  # a: 2 × 1; b: 1 × 1
        ("fractional", 2.0),  # a: 2 / (3 - 1); b: 1 / (2 - 1)
        ("binary", 2),  # both records cite both sources
    ],
)
def test_cited_sources_are_linked_by_pairs_of_references(counting: str, strength: float) -> None:
    """Int Organ stands twice in a's list."""
    network = cocitation_network(CITING, items="cited-sources", counting=counting)  # type: ignore[arg-type]
    assert strengths(network) == {("Habitat Int", "Int Organ"): strength}
    assert network.weights["Citations"].tolist() == ([2, 2] if counting == "binary" else [2, 3])
    assert network.records_of("int organ", "habitat int") == ("a", "b")


def test_cited_authors_are_first_authors() -> None:
    """Their names as the references have them."""
    assert cocitation_network(CITING, items="cited-authors").labels == ("Cremer RD", "Keohane RO", "Putnam RD")


def test_documents_set_aside_change_no_yearly_mean() -> None:
    """10 and 20 citations of 2020 have a mean of 15; the 300 of a paper by five authors count for nothing."""
    corpus = corpus_of(
        [
            Record("a", authors=("Umpama, A.", "Contoh, B."), year=2020, citations=10),
            Record("b", authors=("Misal, E.", "Contoh, B."), year=2020, citations=20),
            Record("c", authors=("Satu, A.", "Dua, B.", "Tiga, C.", "Empat, D."), year=2020, citations=300),
        ]
    )
    network = cooccurrence_network(corpus, items="authors", most_per_record=3)
    normalized = dict(zip(network.labels, network.weights["Norm. citations"], strict=True))
    assert normalized == pytest.approx({"Umpama, A.": 10 / 15, "Contoh, B.": 30 / 15, "Misal, E.": 20 / 15})
    assert network.scores["Avg. norm. citations"][network.index("Contoh, B.")] == pytest.approx(1)

    whole = cooccurrence_network(corpus, items="authors", most_per_record=None, components="all")
    assert whole.weights["Norm. citations"][whole.index("Umpama, A.")] == pytest.approx(10 / 110)


@pytest.mark.parametrize("items", ["organizations", "countries"])
def test_places_normalise_without_the_documents_set_aside(items: str) -> None:
    """Organisations and countries as authors; sources, which set nothing aside, over all documents."""
    corpus = corpus_of(
        [
            Record("a", affiliations=(UNIV, KYOTO), year=2020, citations=10, source="J"),
            Record("b", affiliations=(UNIV, KYOTO, LEIDEN), year=2020, citations=90, source="K"),
        ]
    )
    network = cooccurrence_network(corpus, items=items, most_per_record=2)  # type: ignore[arg-type]
    assert network.weights["Norm. citations"].tolist() == [1, 1]
    assert item_incidence(corpus, items="sources").values.normalized.tolist() == [10 / 50, 90 / 50]  # type: ignore[union-attr]


@pytest.mark.parametrize("other", ["Umpama, MS", "Umpama, M.S.", "Umpama, M.-S."])
def test_exact_names_are_compared_as_printed(other: str) -> None:
    """Full stops, blanks and hyphens tell names apart, as in VOSviewer; case and doubled blanks don't."""
    corpus = corpus_of([Record("a", authors=("Umpama, M. S.",)), Record("b", authors=("UMPAMA,  M. S.", other))])
    incidence = item_incidence(corpus, items="authors", author_names="exact")
    assert sorted(incidence.ids) == sorted(["umpama, m. s.", other.casefold()])
    assert incidence.matrix.sum(axis=0).tolist() in ([2, 1], [1, 2])
