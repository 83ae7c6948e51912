"""From items and links to what stands behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.network.citation import coupling_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.drilling import behind
from benang.records.corpus import corpus_of
from benang.records.record import Record

NETWORK = cooccurrence_network(keywords("Kota,desa", "kota,desa,kerja sama", "Kota"))


def test_an_item_is_found_by_label_in_any_case() -> None:
    """What is on the map is what people type."""
    found = behind(NETWORK, "KERJA SAMA")
    assert (found.labels, found.records, found.said) == (("kerja sama",), ("r1",), "1 record")


def test_a_link_tells_its_strength_and_its_records() -> None:
    """As many records as it is strong, under full counting."""
    found = behind(NETWORK, "kota", "desa")
    assert (found.strength, found.records, found.said) == (2, ("r0", "r1"), "link strength 2, 2 records")


def test_an_unknown_item_is_told_with_the_nearest() -> None:
    """A slip of the pen."""
    with pytest.raises(BenangError, match=r"no item 'kotta'.*Did you mean"):
        behind(NETWORK, "kotta")


def test_a_map_without_records_says_how_to_get_one() -> None:
    """VOSviewer's own files name no records."""
    with pytest.raises(BenangError, match="does not include the records"):
        behind(replace(NETWORK, incidence=None), "kota")


def test_one_item_has_no_link_with_itself() -> None:
    """Both names are of one item."""
    with pytest.raises(BenangError, match="the two ends of a link, found 'kota' twice"):
        behind(NETWORK, "kota", "KOTA")


def test_two_items_that_are_not_linked_are_told_so() -> None:
    """There is nothing behind a link that isn't there."""
    network = cooccurrence_network(keywords("kota,desa", "desa,kerja sama"))
    found = behind(network, "kota", "kerja sama")
    assert (found.strength, found.records, found.said) == (0, (), "not linked")


def test_a_link_without_its_citations_says_that_they_are_missing() -> None:
    """Two authors of one paper may be linked by others that cite alike: the paper that both wrote tells nothing."""
    corpus = corpus_of(Record(key, authors=("Sari, D.", "Budi, E."), references=("Doe A, 2001",)) for key in "ab")
    network = coupling_network(corpus, items="authors")
    assert behind(network, "Sari, D.", "Budi, E.").records == ("a", "b")
    found = behind(replace(network, cited=None), "Sari, D.", "Budi, E.")
    assert found.records == found.cited == ()
    assert found.said == "link strength 2; this map does not include the citations behind it"


def test_a_label_that_several_items_have_is_no_name() -> None:
    """Their ids tell them apart."""
    network = replace(NETWORK, labels=("Sari", "Sari", "kota"))
    with pytest.raises(BenangError, match=r"2 items called 'Sari'. Name one by its id: 'desa', 'kerja sama'."):
        behind(network, "Sari")
    assert behind(network, "desa").labels == ("Sari",)
