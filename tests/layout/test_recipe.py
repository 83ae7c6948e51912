"""The way to a layout that suits the size of the network."""

from __future__ import annotations

import pytest
from tests.maps.networks import grouped

from benang import kernels
from benang.layout import objective, recipe, start
from benang.layout.layout import vos_layout
from benang.layout.objective import layout_objective

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("exponents", "n"), [((2, 1), 800), ((2, 0), 300)])
def test_large_networks_end_as_low_as_small_ones(
    monkeypatch: pytest.MonkeyPatch, exponents: tuple[int, int], n: int
) -> None:
    """The way of networks of more than 5,000 items, taken with fewer, leads to a Q* within 0.2 % of the exact way's.

    With 800 items the search of small networks gains most, and with 2 and 0 it takes half a minute: there 300 do. With
    2,500 items it gains 0.06 % at most, with 5,000 nothing.
    """
    network = grouped(n)
    exact = vos_layout(network, attraction=exponents[0], repulsion=exponents[1])
    monkeypatch.setattr(objective, "EXACT_UP_TO", n - 100)
    monkeypatch.setattr(recipe, "BY_LEVELS_ABOVE", n - 100)
    monkeypatch.setattr(start, "FEWEST", n - 100)  # one level below, as large networks have at least
    by_tree = vos_layout(network, attraction=exponents[0], repulsion=exponents[1])
    monkeypatch.undo()
    reached = layout_objective(by_tree.xy, network, *exponents)
    assert reached == pytest.approx(by_tree.objective, rel=1e-4)
    assert reached - exact.objective < 2e-3 * abs(exact.objective)


def test_the_number_of_threads_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two beginnings are made side by side, or one after the other where there is one thread."""
    network, made = grouped(700), []
    for n_threads in (1, 2, 4):
        monkeypatch.setattr(kernels, "n_threads", lambda n=n_threads: n)
        made.append(vos_layout(network).xy.tobytes())
    assert made[0] == made[1] == made[2]


def test_of_two_beginnings_the_better_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this network of 700 items the one by levels ends 0.05 % lower than the one from the slowest modes."""
    network = grouped(700, seed=8)
    both = vos_layout(network).objective
    monkeypatch.setattr(recipe, "share_out", lambda begin, _parts: begin(0))
    first = vos_layout(network).objective
    assert both < first - 3e-4 * abs(first)
