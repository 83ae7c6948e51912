"""The memory that a layout takes is told before it starts."""

from __future__ import annotations

import tracemalloc

from tests.maps.networks import scattered

from benang.layout.layout import vos_layout
from benang.layout.layout_memory import BASE, layout_memory


def test_a_million_items_fit_into_8_gb() -> None:
    """Ten million links among them too."""
    assert 1e9 < layout_memory(1_000_000, 10_000_000) < 8e9


def test_more_items_and_more_links_take_more() -> None:
    """It grows with both."""
    assert layout_memory(10, 10) < layout_memory(10_000, 10) < layout_memory(10_000, 100_000)


def test_what_python_allocates_stays_below_it() -> None:
    """The most that a small layout holds at once is less than the estimate without its constant part."""
    matrix = scattered(400, seed=1)
    vos_layout(matrix)
    tracemalloc.start()
    vos_layout(matrix)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < BASE + layout_memory(400, matrix.nnz // 2)
