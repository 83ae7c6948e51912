"""A network knows its items, its links and the records behind them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.network.citation import coupling_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network, behind, pairs, symmetric, with_link_weights
from benang.records.corpus import corpus_of
from benang.records.record import Record


def toy() -> Network:
    """Make three items in two records."""
    return with_link_weights(
        Network(
            ("1", "2", "3"),
            ("desa", "kota", "laut"),
            symmetric(3, [0, 1], [1, 2], [2.0, 1.0]),
            weights={"Occurrences": np.array([2.0, 2.0, 1.0])},
            scores={"Year": np.array([1.0, 2.0, np.nan])},
            attributes={"url": ("u1", None, "u3")},
            records=("a", "b"),
            incidence=sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 1]])),
        )
    )


def test_an_item_is_found_by_id_and_by_label() -> None:
    """An id comes before a label of the same text."""
    assert (toy().index("2"), toy().index("laut"), toy().strength("desa", "2")) == (1, 2, 2.0)


def test_an_id_goes_before_a_label_and_of_a_shared_label_the_first_item_is_meant() -> None:
    """The id `b` names the second item though it is the label of the first."""
    network = Network(("a", "b", "c"), ("b", "same", "same"), sparse.csr_array((3, 3)))

    assert (network.index("b"), network.index("same")) == (1, 1)


def test_an_unknown_item_is_a_key_error() -> None:
    """A misspelt label gives no number."""
    with pytest.raises(KeyError):
        toy().index("gunung")


def test_records_behind_items_and_links_are_named() -> None:
    """A network made elsewhere knows none."""
    assert toy().records_of("kota") == ("a", "b")
    assert toy().records_of("kota", "laut") == ("b",)
    assert Network(("1",), ("a",), symmetric(1, [], [], [])).records_of("1") == ()


def test_a_subset_counts_its_links_anew() -> None:
    """Other weights, scores, attributes and records go with their items."""
    part = toy().subset(np.array([2, 1]))
    assert part.ids == ("3", "2")
    assert part.weights["Total link strength"].tolist() == [1, 1]
    assert part.weights["Occurrences"].tolist() == [1, 2]
    assert part.attributes["url"] == ("u3", None)
    assert part.records_of("kota", "laut") == ("b",)


TRIPLES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 100)))


@given(TRIPLES)
def test_links_are_symmetric_to_the_last_digit(links: list[tuple[int, int, float]]) -> None:
    """However the repeats of a link are written, both halves hold the same sum and no self-link."""
    source, target, strength = zip(*links, strict=True) if links else ((), (), ())
    matrix = symmetric(6, source, target, strength)
    assert np.array_equal(matrix.toarray(), matrix.toarray().T)
    assert matrix.diagonal().tolist() == [0] * 6
    assert matrix.sum() == pytest.approx(2 * sum(s for i, j, s in links if i != j))


@given(TRIPLES)
def test_pairs_give_back_the_links(links: list[tuple[int, int, float]]) -> None:
    """Each pair once, the smaller place first, in order."""
    source, target, strength = zip(*links, strict=True) if links else ((), (), ())
    matrix = symmetric(6, source, target, strength)
    found = list(pairs(matrix))
    assert found == sorted(found)
    back = symmetric(6, *zip(*found, strict=True)) if found else symmetric(6, [], [], [])
    assert np.array_equal(back.toarray(), matrix.toarray())


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
