"""Items that hang together by links form a component."""

from __future__ import annotations

from benang.network.components import components, largest_component
from benang.network.network import Network, symmetric


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
