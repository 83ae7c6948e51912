"""Counts become strengths, in whatever order an engine gives them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from benang.kinds import Counting
from benang.network.item_network import link_matrix

pytestmark = pytest.mark.fast


@pytest.mark.parametrize("counting", ["full", "fractional", "binary"])
def test_counts_in_any_order_give_the_same_strengths_to_the_last_digit(counting: Counting) -> None:
    """Shares of 1/2, 1/3, … of one pair add up to other last digits in another order, unless they are sorted before."""
    rng = np.random.default_rng(3)
    pairs = np.unique(rng.integers(0, [30, 30, 60], size=(5_000, 3)), axis=0) + np.array([0, 30, 2])
    columns = dict(zip(("source", "target", "n"), pairs.astype(np.int32).T, strict=True))
    table = pa.table({**columns, "units": rng.integers(1, 9, len(pairs))})
    asked = np.arange(60), 60, counting
    made = [link_matrix(table.take(rng.permutation(len(pairs))), *asked) for _ in range(3)]
    first = link_matrix(table, *asked)
    assert all(np.array_equal(first.data, one.data) and np.array_equal(first.indices, one.indices) for one in made)
    assert first.nnz == 2 * len(np.unique(pairs[:, :2], axis=0))
