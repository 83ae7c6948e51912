"""What a map is laid out and clustered by."""

from __future__ import annotations

import numpy as np
import pytest

from benang.maps.making import vos_map
from benang.maps.strengths import WITHOUT_UNIT, map_strengths
from benang.network.network import Network, symmetric
from benang.network.normalization import Normalization

PAIRS = ((0, 1, 4.0), (0, 2, 4.0), (1, 2, 4.0), (3, 4, 4.0), (3, 5, 4.0), (4, 5, 4.0), (2, 3, 1.0))


def two_groups() -> Network:
    """Make two groups of three, tied by one weak link; every item occurs in ten records."""
    one, other, strength = zip(*PAIRS, strict=True)
    names = tuple("abcdef")
    return Network(names, names, symmetric(6, one, other, strength), {"Occurrences": np.full(6, 10.0)})


@pytest.mark.parametrize("normalization", WITHOUT_UNIT)
def test_a_pair_has_a_strength_of_1_on_average_where_the_measure_has_no_unit(normalization: Normalization) -> None:
    """The mean goes over all 15 pairs, those without a link with them."""
    strengths, weights = map_strengths(two_groups(), normalization)
    assert weights is None
    assert strengths.sum() / 2 == pytest.approx(15)


@pytest.mark.parametrize("normalization", WITHOUT_UNIT)
def test_resolution_1_finds_the_groups_by_measures_that_are_at_most_1(normalization: Normalization) -> None:
    """A cosine of 0.4 within the groups, of 0.1 between them: at resolution 1 none would reach 1 undivided."""
    assert vos_map(two_groups(), normalization=normalization).cluster.tolist() == [1, 1, 1, 2, 2, 2]
