"""Works are linked by the records that cite both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benang.errors import BenangError
from benang.maps.vos import vos_map
from benang.network.cocitation import cocitation_network
from benang.readers.registry import read
from benang.records.corpus import corpus_of
from benang.records.record import Record

P, Q, R, S = (f"Smith {letter}, 201{page}, J TEST, V1, P{page}" for page, letter in enumerate("ABCD", 1))
SCOPUS_P = "Smith A., On tests, J. Test, 1, pp. 1-9, (2011)"
CORPUS = corpus_of(
    [
        Record("a", references=(P, Q, R)),
        Record("b", references=(P, Q, P)),
        Record("c", references=(SCOPUS_P, R)),
        Record("d", references=(S,)),
    ]
)


def test_a_link_is_as_strong_as_the_records_that_cite_both() -> None:
    """A work counts once a record, in whatever form it is printed."""
    network = cocitation_network(CORPUS)
    assert network.ids == (P, Q, R)
    assert network.labels == ("Smith A (2011) J Test", "Smith B (2012) J Test", "Smith C (2013) J Test")
    assert [network.strength(*pair) for pair in ((P, Q), (P, R), (Q, R))] == [2, 2, 1]
    assert network.weights["Citations"].tolist() == [3, 2, 2]
    assert network.scores["Pub. year"].tolist() == [2011, 2012, 2013]
    assert network.records_of(P, R) == ("a", "c")
    assert (network.item_kind, network.link_kind, network.unit) == ("references", "co-citation", "records")


def test_printed_texts_are_the_items_where_asked_for() -> None:
    """As in VOSviewer, whose spelling variants stand beside each other."""
    network = cocitation_network(CORPUS, matching="exact", components="all")
    assert set(network.ids) == {P, Q, R, S, SCOPUS_P}
    assert network.strength(P, R) == network.strength(SCOPUS_P, R) == 1


def test_fractional_counting_divides_by_the_works_of_the_network() -> None:
    """Record a cites three of them and gives halves; with the threshold 3 nothing is left to link."""
    network = cocitation_network(CORPUS, counting="fractional")
    assert [network.strength(*pair) for pair in ((P, Q), (P, R), (Q, R))] == [1.5, 1.5, 0.5]
    above = cocitation_network(corpus_of([*CORPUS.records, Record("e", references=(P, Q, S))]), counting="fractional",
                               min_citations=3)  # fmt: skip
    assert [above.strength(P, Q), len(above)] == [3.0, 2]


def test_the_threshold_counts_all_cited_works() -> None:
    """The history tells how many there were; a threshold too high tells which would do."""
    counts = {step.name: dict(step.counts) for step in cocitation_network(CORPUS, min_citations=2).history}
    assert counts["threshold"] == {"items": 4, "kept": 3}
    assert (counts["references"]["references"], counts["items"]["records"]) == (9, 4)
    with pytest.raises(BenangError, match="None of the 4 references"):
        cocitation_network(CORPUS, min_citations=9)
    with pytest.raises(BenangError, match="min_citations"):
        cocitation_network(CORPUS, min_citations=0)


def test_an_identifier_is_labelled_by_the_record_that_it_is() -> None:
    """OpenAlex cites by numbers, which tell a reader nothing."""
    cited = Record("w", authors=("Sari, D.",), year=2019, title="Kota kembar", identifiers=("openalex:W1234567",))
    one, other = "https://openalex.org/W1234567", "https://openalex.org/W7654321"
    network = cocitation_network(corpus_of([cited, Record("a", references=(one, other))]))
    assert network.ids == (one, other)
    assert network.labels == ("Sari (2019). Kota kembar", other)
    assert network.scores == {}


def test_a_real_export_gives_a_map(shared_data: Path) -> None:
    """Works cited by 20 of 500 records, on a map with VOSviewer's exponents (2, 1)."""
    network = cocitation_network(read(shared_data / "exports" / "wos-plain-500.txt"), min_citations=20)
    assert (network.weights["Citations"] >= 20).all()
    assert len(network) > 30
    made = vos_map(network)
    layout = made.provenance["layout"]
    assert isinstance(layout, dict)
    assert (layout["attraction"], layout["repulsion"]) == (2, 1)
    assert np.isfinite(made.xy).all()
