"""Direct citation, of documents and of what they belong to."""

from __future__ import annotations

import pytest

from benang.errors import BenangError
from benang.network.citation import citation_network
from benang.network.network import Network
from benang.records.corpus import corpus_of
from benang.records.record import Record

# a is cited by b and c, b by c; a cites b back. c was written by Sari and Budi, in the source of a.
CORPUS = corpus_of(
    [
        Record("a", authors=("Sari, D.",), year=2018, source="Kota", doi="10.1000/a", references=("DOI 10.1000/b",)),
        Record("b", authors=("Budi, E.",), year=2019, source="Desa", doi="10.1000/b", references=("DOI 10.1000/a",)),
        Record(
            "c",
            authors=("Sari, D.", "Budi, E."),
            year=2020,
            source="Kota",
            doi="10.1000/c",
            references=("DOI 10.1000/a", "DOI 10.1000/b", "DOI 10.1000/c"),
            affiliations=("Universitas Contoh, Bandung, Indonesia",),
        ),
    ]
)


def strengths(network: Network) -> dict[tuple[str, ...], float]:
    """Return the links by the labels of their ends."""
    return {
        (network.labels[i], network.labels[j]): float(network.links[i, j])
        for i in range(len(network))
        for j in range(i + 1, len(network))
        if network.links[i, j]
    }


def test_documents_that_cite_each_other_are_linked_twice() -> None:
    """Directions add up; a record that seems to cite itself is not linked to itself."""
    assert strengths(citation_network(CORPUS)) == {
        ("Sari (2018)", "Budi (2019)"): 2,
        ("Sari (2018)", "Sari (2020)"): 1,
        ("Budi (2019)", "Sari (2020)"): 1,
    }


def test_citations_of_sources_are_those_between_their_documents() -> None:
    """A and b cite each other, c cites b: three between Kota and Desa; c and a are of one source."""
    network = citation_network(CORPUS, items="sources")
    assert strengths(network) == {("Desa", "Kota"): 3}
    assert network.weights["Documents"].tolist() == [1, 2]


def test_each_author_of_a_document_cites_each_author_of_the_cited_one() -> None:
    """Between Sari and Budi: a↔b 2, c→a (Budi cites Sari) 1, c→b (Sari cites Budi) 1."""
    assert strengths(citation_network(CORPUS, items="authors")) == {("Budi, E.", "Sari, D."): 4}


def test_a_link_names_who_cites_and_what_is_cited() -> None:
    """From a link of two documents, and of two sources."""
    documents, sources = citation_network(CORPUS), citation_network(CORPUS, items="sources")
    assert (documents.records_of("a", "c"), documents.cited_by("a", "c")) == (("c",), ("a",))
    assert (sources.records_of("kota", "desa"), sources.cited_by("kota", "desa")) == (("a", "b", "c"), ("a", "b"))
    assert sources.records_of("kota") == ("a", "c")


def test_records_that_cite_nothing_within_say_what_to_do() -> None:
    """Coupling needs no citation between the records."""
    apart = corpus_of([Record("a", references=("Putnam RD, 1988, INT ORGAN, V42, P427",)), Record("b")])
    with pytest.raises(BenangError, match=r"none of the 2 records cites another.*link: coupling"):
        citation_network(apart)


def test_references_as_printed_cannot_be_records() -> None:
    """Exact matching knows of no records."""
    with pytest.raises(BenangError, match="keys or fuzzy"):
        citation_network(CORPUS, matching="exact")
