"""A network knows its items, its links and the records behind them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from benang.network.network import Network, pairs, symmetric, with_link_weights


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
