"""The density of a map at places where it can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.looks.density import density_field
from benang.maps.map import Map
from benang.network.network import Network


def _map(xy: list[list[float]], cluster: list[int] | None = None, weights: list[float] | None = None) -> Map:
    names = tuple(f"item {number}" for number in range(len(xy)))
    network = Network(
        names,
        names,
        sparse.csr_array((len(xy), len(xy))),
        {} if weights is None else {"Occurrences": np.array(weights)},
    )
    return Map(network, np.array(xy).reshape(-1, 2), np.array(cluster or [1] * len(xy), dtype=np.int64))


def test_the_density_at_an_item_and_a_bandwidth_away() -> None:
    """Two items 8 apart, kernel width 1/8: the bandwidth is 1, and one away from an item the density is e⁻¹."""
    field = density_field(_map([[0.0, 0.0], [8.0, 0.0]]), grid=(9, 3), extent=(0, 8, -1, 1))

    assert field.bandwidth == 1
    assert field.peak == pytest.approx(1 + math.exp(-64))
    assert field.values[1, 1] == pytest.approx(math.exp(-1), rel=1e-9)
    assert field.values[2, 0] == pytest.approx(math.exp(-1), rel=1e-9)


def test_weights_count_relative_to_their_mean() -> None:
    """Of weights 1 and 3 the mean is 2: the density at the items is 0.5 and 1.5, so 1/3 and 1 of the peak."""
    field = density_field(_map([[0.0, 0.0], [8.0, 0.0]], weights=[1, 3]), grid=(2, 1), extent=(0, 8, 0, 0))

    assert field.peak == pytest.approx(1.5)
    assert field.values[0].tolist() == pytest.approx([1 / 3, 1])


def test_the_picture_does_not_depend_on_the_unit() -> None:
    """A map ten times as large has the same density field."""
    places = np.random.default_rng(3).normal(size=(12, 2))
    one, ten = density_field(_map(places.tolist())), density_field(_map((places * 10).tolist()))

    assert np.allclose(one.values, ten.values)


def test_clusters_add_up_to_the_whole() -> None:
    """The parts of the clusters, items without one among them, sum to the density."""
    places = np.random.default_rng(4).normal(size=(9, 2))
    field = density_field(_map(places.tolist(), cluster=[0, 1, 1, 2, 2, 2, 3, 3, 0]), grid=(20, 10))

    assert sorted(field.clusters) == [0, 1, 2, 3]
    assert np.allclose(sum(field.clusters.values()), field.values)


def test_colours_are_mixed_by_their_part_of_the_density() -> None:
    """Between two items of weights 1 and 3, a red and a blue one, the colour is a quarter red, the rest blue."""
    drawn = _map([[0.0, 0.0], [8.0, 0.0]], weights=[1, 3])
    field = density_field(drawn, grid=(3, 1), extent=(0, 8, 0, 0), colours=np.array([[1.0, 0, 0], [0, 0, 1.0]]))

    assert field.blend is not None
    assert field.blend[0, 1].tolist() == pytest.approx([0.25, 0, 0.75])


def test_many_items_are_summed_some_thousand_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Summed three by three, the density is what it is when summed at once; parts of clusters can be left out."""
    places = np.random.default_rng(6).normal(size=(10, 2))
    whole = density_field(_map(places.tolist()))
    monkeypatch.setattr("benang.looks.density._AT_ONCE", 3)
    parted = density_field(_map(places.tolist()), by_cluster=False)

    assert np.allclose(parted.values, whole.values, atol=1e-12)
    assert parted.clusters == {}


def test_items_at_one_place_make_one_hill() -> None:
    """Where there is no distance, the bandwidth is the kernel width itself, and nothing is divided by 0."""
    field = density_field(_map([[1.0, 1.0], [1.0, 1.0]]), grid=(3, 3))

    assert field.bandwidth == 0.125
    assert field.values[1, 1] == 1


def test_a_map_without_items_has_no_density() -> None:
    """It is refused in words."""
    with pytest.raises(BenangError, match="without items"):
        density_field(_map([]))


def test_a_kernel_needs_a_width() -> None:
    """0 and less are refused in words."""
    with pytest.raises(BenangError, match=r"a number from 0\.001 to 100, found 0"):
        density_field(_map([[0.0, 0.0]]), kernel_width=0)
