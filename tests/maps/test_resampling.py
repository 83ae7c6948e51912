"""Links counted again from records drawn anew are those that these records would have given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from benang.kinds import Counting
from benang.maps import Map
from benang.maps.remaking import Resampling, resampling
from benang.network import NetworkSettings
from benang.network.citation import coupling_network
from benang.network.network import Cited, Network, with_link_weights
from benang.records.corpus import corpus_of
from benang.records.record import Record

Floats = NDArray[np.float64]

INCIDENCE = np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1], [1, 0, 0]])
"""Four records, three items."""


def a_map(links: Floats, incidence: Floats = INCIDENCE, *, counting: Counting = "full", **more: object) -> Map:
    """Make a map of items a, b, … that stand in records r0, r1, …."""
    names = tuple("abcdefgh"[: incidence.shape[1]])
    network = Network(
        names,
        names,
        sparse.csr_array(links),
        {"Occurrences": incidence.sum(axis=0)},
        records=tuple(f"r{i}" for i in range(incidence.shape[0])),
        incidence=sparse.csr_array(incidence),
    )
    network = replace(network, settings=NetworkSettings(counting), **more)  # type: ignore[arg-type]
    network = with_link_weights(network)
    return Map(network, np.zeros((len(names), 2)), np.ones(len(names), np.int64))


def off_diagonal(matrix: Floats) -> Floats:
    """Leave out what an item shares with itself."""
    return matrix - np.diag(np.diag(matrix))


def ready(made: Map) -> Resampling:
    """Prepare to draw records, which must be possible."""
    found = resampling(made)
    assert isinstance(found, Resampling), found
    return found


def test_full_counting_adds_one_for_each_record_drawn() -> None:
    """r0 drawn twice and r1 once link a and b by three."""
    made = ready(a_map(off_diagonal(INCIDENCE.T @ INCIDENCE)))
    assert made.likeness == 1
    assert made.count(np.array([2.0, 1, 0, 1])).toarray().tolist() == [[0, 3, 1], [3, 0, 1], [1, 1, 0]]


def test_fractional_counting_shares_each_record_out() -> None:
    """r1 holds three items: it adds 1/2 to each of its links, r0 and r2 add 1."""
    shares = np.diag([1, 0.5, 1, 0])
    made = ready(a_map(off_diagonal(INCIDENCE.T @ shares @ INCIDENCE), counting="fractional"))
    assert made.likeness == 1
    assert made.count(np.array([2.0, 1, 0, 1])).toarray().tolist() == [[0, 2.5, 0.5], [2.5, 0, 0.5], [0.5, 0.5, 0]]


def coupled(incidence: Floats, cited: Floats, drawn: list[int]) -> Floats:
    """Count pairs of two different records drawn that cite one work, item by item."""
    links = np.zeros((incidence.shape[1],) * 2)
    for one in drawn:
        for other in drawn:
            if one != other:
                links += np.outer(incidence[one], incidence[other]) * (cited[:, one] @ cited[:, other])
    return off_diagonal(links)


def test_coupling_counts_pairs_of_the_records_drawn() -> None:
    """Sources a, b and c of four documents: a record doesn't couple its own items, drawn once or twice."""
    cited = np.array([[1.0, 1, 0, 0], [0, 1, 1, 1], [1, 0, 1, 0]])
    links = coupled(INCIDENCE, cited, [0, 1, 2, 3])
    works = Cited(("w1", "w2", "w3"), ("w1", "w2", "w3"), sparse.csr_array(cited))
    made = ready(a_map(links, cited=works, link_kind="coupling"))
    assert made.likeness == 1
    found = made.count(np.array([2.0, 1, 0, 1])).toarray()
    assert found == pytest.approx(coupled(INCIDENCE, cited, [0, 0, 1, 3]))


def test_binary_coupling_counts_the_works_that_items_cite() -> None:
    """Budi and Sari cite p through one paper, q through two: 2, also where that paper is drawn twice, else 1."""
    p, q = "Roe R, 2000, J TEST, V1, P1", "Doe A, 2001, J TEST, V2, P2"
    papers = corpus_of(
        [
            Record("r0", authors=("Sari, D.", "Budi, E."), references=(p, q)),
            Record("r1", authors=("Sari, D.",), references=(q,)),
            Record("r2", authors=("Budi, E.",), references=(q,)),
        ]
    )
    network = coupling_network(papers, items="authors", counting="binary")
    assert network.strength("budi, e", "sari, d") == 2
    assert len(network.cited_by("budi, e", "sari, d")) == 2
    made = ready(Map(network, np.zeros((2, 2)), np.ones(2, np.int64)))
    assert made.likeness == 1
    assert made.count(np.array([2.0, 1, 0])).toarray().tolist() == [[0, 2], [2, 0]]
    assert made.count(np.array([0.0, 1, 2])).toarray().tolist() == [[0, 1], [1, 0]]


def test_citations_count_where_both_records_are_drawn() -> None:
    """r0 cites r1, r3 cites r2; r2 isn't drawn, and r0 is twice."""
    cited = np.zeros((4, 4))
    cited[1, 0] = cited[2, 3] = 1
    names = tuple(f"r{i}" for i in range(4))
    links = off_diagonal(INCIDENCE.T @ (cited + cited.T) @ INCIDENCE)
    made = ready(a_map(links, cited=Cited(names, names, sparse.csr_array(cited)), link_kind="citation"))
    assert made.likeness == 1
    one = np.outer(INCIDENCE[1], INCIDENCE[0])
    assert made.count(np.array([2.0, 1, 0, 1])).toarray() == pytest.approx(off_diagonal(2 * (one + one.T)))


def test_items_of_no_record_drawn_are_left_out() -> None:
    """The network drawn has the items that occur, with their occurrences."""
    incidence: Floats = np.kron(np.eye(4), np.ones((1, 2))).astype(np.float64)
    made = ready(a_map(off_diagonal(incidence.T @ incidence), incidence))
    drawn, there = made.drawn(np.random.default_rng(0))
    assert 0 < len(there) < 8
    assert drawn.weights["Occurrences"].sum() == 8
    assert (drawn.weights["Occurrences"] > 0).all()
    assert drawn.ids == tuple("abcdefgh"[i] for i in there)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (a_map(np.ones((3, 3)) - np.eye(3), incidence=np.zeros((4, 3))), "in which records"),
        (a_map(np.ones((3, 3)) - np.eye(3), link_kind="citation"), "what the records cite"),
        (a_map(np.ones((3, 3)) - np.eye(3), link_kind="coupling"), "what the records cite"),
        (a_map(np.array([[0.0, 0, 9], [0, 0, 0], [9, 0, 0]])), "only 20%"),
    ],
)
def test_what_cannot_be_drawn_says_why(made: Map, why: str) -> None:
    """A sentence names what the file lacks, or how little of the links follows from it."""
    said = resampling(made)
    assert isinstance(said, str)
    assert why in said


def test_links_that_follow_in_part_are_counted_as_far() -> None:
    """A map whose links came of more than its records says how much of them these give."""
    links = off_diagonal(INCIDENCE.T @ INCIDENCE)
    links[0, 2] = links[2, 0] = 2.0
    assert ready(a_map(links)).likeness == pytest.approx(1 - (2 / 6 - 1 / 5))
