"""Which items a network shows, and what is said where none is left."""

from __future__ import annotations

import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network, symmetric
from benang.network.selection import components, largest_component


def test_the_strongest_items_are_kept() -> None:
    """Top N goes by total link strength; ties by occurrences, then by order."""
    corpus = keywords("a,b", "a,b", "c,d", "c", "e,f")
    assert cooccurrence_network(corpus, top=3, components="all").ids == ("a", "b", "c")


def test_the_largest_component_is_kept_after_the_top() -> None:
    """Of components that are equally large the one with the first item stays."""
    corpus = keywords("a,b", "c,d", "e")
    assert cooccurrence_network(corpus).ids == ("a", "b")
    assert cooccurrence_network(corpus, components="all").ids == ("a", "b", "c", "d", "e")


def test_a_threshold_that_leaves_nothing_tells_what_would() -> None:
    """The message names the highest minimum that leaves a map, and its size."""
    with pytest.raises(
        BenangError,
        match=r"None of the 3 author keywords has 9 occurrences or more; the most frequent "
        r"has 3\. .* 1 would leave 3\.",
    ):
        cooccurrence_network(keywords("a,b", "a,b", "a,c"), min_occurrences=9)


def test_a_threshold_on_a_single_item_speaks_of_one() -> None:
    """Not of none among one."""
    message = r"There is only one item \(author keywords\), and it has 2 instead of 9 occurrences or more\. "
    with pytest.raises(BenangError, match=message):
        cooccurrence_network(keywords("a", "a"), min_occurrences=9)


def test_components_are_numbered_by_falling_size() -> None:
    """Of equal ones the one with the first item comes first."""
    found = components(symmetric(7, [1, 4, 5], [2, 5, 6], [1.0, 1, 1]))
    assert found.of.tolist() == [2, 1, 1, 3, 0, 0, 0]
    assert found.sizes.tolist() == [3, 2, 1, 1]


def test_of_two_largest_components_the_first_stays() -> None:
    """The choice does not depend on chance."""
    names = ("a", "b", "c", "d")
    network = Network(names, names, symmetric(4, [1, 0], [3, 2], [1.0, 9.0]))
    assert largest_component(network).ids == ("a", "c")


def test_what_was_dropped_is_counted() -> None:
    """The step names the components and the items left out."""
    names = ("a", "b", "c")
    network = largest_component(Network(names, names, symmetric(3, [0], [1], [1.0])))
    assert dict(network.history[-1].counts) == {"components": 2, "largest": 2, "items": 3, "kept": 2, "dropped": 1}


def test_no_items_are_no_components() -> None:
    """An empty network has none."""
    assert len(components(symmetric(0, [], [], []))) == 0
