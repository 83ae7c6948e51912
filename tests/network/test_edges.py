"""A network as layout and clustering see it is symmetric and without loops, or it is refused."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import symmetric

from benang.errors import BenangError
from benang.network.edges import edges_of


def test_self_links_do_not_count() -> None:
    """What stands on the diagonal is left out."""
    with_loop = symmetric(3, {(0, 1): 1.0, (1, 2): 2.0}) + np.diag([5.0, 0, 0])
    edges = edges_of(with_loop)
    assert edges.total == 3.0


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ([[0.0, 1.0]], "shape"),
        ([[0.0, 1.0], [2.0, 0.0]], "not symmetric"),
        ([[0.0, -1.0], [-1.0, 0.0]], "-1.0"),
        ([[0.0, np.nan], [np.nan, 0.0]], "nan"),
    ],
)
def test_what_is_no_network_is_refused(matrix: list[list[float]], said: str) -> None:
    """A matrix that is not symmetric, or holds what is no strength, is named."""
    with pytest.raises(BenangError, match=said):
        edges_of(matrix)
