"""The links of a network counted again from some of its records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.kinds import Counting
from benang.network.citation import citation_network, coupling_network
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network
from benang.network.recounted import joint_records, record_rows, recounted, told_rows, weight_name
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

ONE, TWO, THREE = "Smith J, 2010, J TEST, V12, P34", "Doe A, 2001, J DOE, V1, P2", "Roe B, 2005, J ROE, V5, P6"


def _citing() -> Corpus:
    """Return four papers of three authors; b and d cite a as well."""
    own = "Sari D, 2011, J OWN, V1, P1"
    return corpus_of(
        [
            Record("a", authors=("Sari, D.", "Budi, E."), year=2011, source="J Own", volume="1", first_page="1",
                   references=(ONE, TWO)),
            Record("b", authors=("Budi, E.",), year=2012, source="J B", references=(ONE, THREE, own)),
            Record("c", authors=("Lia, F.",), year=2013, source="J C", references=(ONE, TWO, THREE)),
            Record("d", authors=("Sari, D.", "Lia, F."), year=2014, source="J D", references=(TWO, own)),
        ]
    )  # fmt: skip


def _all(network: Network) -> Network:
    return recounted(network, np.arange(len(network.records)))


@pytest.mark.parametrize("counting", ["full", "fractional", "binary"])
@pytest.mark.parametrize("items", ["documents", "authors"])
def test_all_records_give_the_links_of_coupling_again(items: str, counting: Counting) -> None:
    """Counted from all records, links of coupling are those of the network, whatever was counted."""
    network = coupling_network(_citing(), items=items, counting=counting, components="all")  # type: ignore[arg-type]
    assert network.n_links > 0
    assert np.allclose(_all(network).links.toarray(), network.links.toarray())


@pytest.mark.parametrize("items", ["documents", "authors"])
def test_all_records_give_the_links_of_citation_again(items: str) -> None:
    """Counted from all records, links of citation are those of the network."""
    network = citation_network(_citing(), items=items, components="all")  # type: ignore[arg-type]
    assert network.n_links > 0
    assert (_all(network).links.toarray() == network.links.toarray()).all()


def test_a_citation_belongs_to_the_record_that_cites() -> None:
    """Of b alone, only the citation by b is counted, though what it cites is not among the rows."""
    network = citation_network(_citing(), components="all")
    part = recounted(network, record_rows(network, ["b"]))
    assert part.strength("a", "b") == 1
    assert part.strength("a", "d") == 0


@pytest.mark.parametrize("counting", ["full", "fractional"])
def test_all_records_give_keywords_again(counting: Counting) -> None:
    """Counted from all records, keywords have the links and occurrences of the network."""
    network = cooccurrence_network(keywords("a,b,c", "a,b", "c,d", "b"), counting=counting, components="all")
    again = _all(network)
    assert np.allclose(again.links.toarray(), network.links.toarray())
    assert again.weights["Occurrences"].tolist() == network.weights["Occurrences"].tolist()


def test_parts_add_up_to_the_whole() -> None:
    """Records that are parted give links that add up to those of the network."""
    network = cooccurrence_network(keywords("a,b,c", "a,b", "c,d", "b,c"), components="all")
    one, other = (recounted(network, np.array(rows)) for rows in ([0, 2], [1, 3]))
    assert (one.links.toarray() + other.links.toarray() == network.links.toarray()).all()


def test_an_item_that_the_rows_lack_stays_without_links() -> None:
    """An item that no record of the part holds is still there, with 0 occurrences and no link."""
    network = cooccurrence_network(keywords("a,b", "a,c"), components="all")
    part = recounted(network, record_rows(network, ["r0"]))
    assert part.labels == ("a", "b", "c")
    assert part.weights["Occurrences"].tolist() == [1, 1, 0]
    assert part.weights["Links"].tolist() == [1, 1, 0]
    assert part.records == ("r0",)


def test_cited_works_keep_the_name_of_their_weight() -> None:
    """Cited works are counted by the records that cite them."""
    network = cocitation_network(_citing(), components="all")
    part = recounted(network, record_rows(network, ["c"]))
    assert weight_name(network) == "Citations"
    assert part.weights["Citations"].sum() == 3


def test_records_without_an_item_tell_nothing() -> None:
    """Records that hold no item of the network are not among those that tell of it."""
    network = cooccurrence_network(keywords("a,b", "", "a,b", "c"), min_occurrences=2)
    assert told_rows(network).tolist() == [0, 2]


def test_joint_records_are_counted_whatever_the_counting() -> None:
    """The records that hold both items of a link are whole, though links are counted in shares."""
    network = cooccurrence_network(keywords("a,b,c", "a,b"), counting="fractional")
    assert joint_records(network, np.array([0, 0]), np.array([1, 2])).tolist() == [2, 1]


def test_a_network_without_records_says_how_to_have_them() -> None:
    """A map that was made elsewhere has no records to count."""
    network = replace(cooccurrence_network(keywords("a,b", "a,b")), incidence=None, records=())
    with pytest.raises(BenangError, match="doesn't say which records its items occur in"):
        recounted(network, np.array([0]))


def test_unknown_records_are_told_together() -> None:
    """All records that the network lacks are named, each with the nearest."""
    network = cooccurrence_network(keywords("a,b", "a,b"))
    with pytest.raises(BenangError) as told:
        record_rows(network, ["r0", "r7", "zzz"])
    assert len(told.value.problems) == 2


def test_a_short_citation_names_its_record_unless_several_have_it() -> None:
    """Records are found by short citations as well; one that two records share names neither."""
    network = replace(cooccurrence_network(keywords("a,b", "a,b", "a,b")), record_labels=("Sari (2019)", "X", "X"))
    assert record_rows(network, ["Sari (2019)", "r1"]).tolist() == [0, 1]
    with pytest.raises(BenangError, match="'X' names 2 records"):
        record_rows(network, ["X"])
