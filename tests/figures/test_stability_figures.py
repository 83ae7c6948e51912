"""A figure of stability shows every item, run and resolution, and its texts stay legible."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy import sparse
from tests.maps.networks import scattered

from benang.clusters import leiden_clustering
from benang.figures.saving import figure_bytes
from benang.figures.stability_figures import MOST_CLUSTERS, plot_stability
from benang.locale import Language
from benang.maps import Map
from benang.maps.stability import Stability, map_stability
from benang.network.network import Network, with_link_weights
from benang.network.strengths import association_strength

Faults = Callable[[Figure], list[str]]


def groups(count: int, size: int = 4, *, records: bool = True) -> Map:
    """Make groups of items that stand together in records, two groups in a few."""
    incidence = np.kron(np.eye(count), np.ones((5, size)))
    for record in range(0, len(incidence) - 5, 5):
        incidence[record, size * (record // 5 + 1)] = 1
    counted = incidence.T @ incidence
    names = tuple(f"word {chr(97 + i % 26)} of many letters {i}" for i in range(count * size))
    network = Network(
        names,
        names,
        sparse.csr_array(counted - np.diag(np.diag(counted))),
        {"Occurrences": incidence.sum(axis=0)},
        records=tuple(f"r{i}" for i in range(len(incidence))) if records else (),
        incidence=sparse.csr_array(incidence) if records else None,
    )
    return Map(with_link_weights(network), np.zeros((count * size, 2)), np.repeat(np.arange(1, count + 1), size))


@pytest.fixture(scope="module")
def three() -> tuple[Map, Stability]:
    """Return a map of three clusters, and its stability."""
    made = groups(3)
    return made, map_stability(made, runs=12)


def texts(figure: Figure) -> list[str]:
    """Return what stands on a figure."""
    return [one.get_text() for one in figure.findobj(Text) if isinstance(one, Text) and one.get_text()]


def test_every_item_is_a_dot_in_the_row_of_its_cluster(three: tuple[Map, Stability]) -> None:
    """Four dots in each of three rows, at the item's co-assignment."""
    axes = plot_stability(*three).axes[1]
    dots = [np.asarray(one.get_offsets()) for one in axes.collections]
    assert [len(one) for one in dots] == [4, 4, 4]
    for row, one in enumerate(dots):
        assert np.abs(one[:, 1] - row).max() < 0.5
        assert sorted(one[:, 0]) == pytest.approx(sorted(three[1].co_assignment[4 * row : 4 * row + 4]))


@pytest.mark.parametrize("language", ["en", "id"])
def test_texts_are_neither_cut_nor_touching(
    three: tuple[Map, Stability], text_faults: Faults, language: Language
) -> None:
    """In both languages."""
    assert text_faults(plot_stability(*three, language=language)) == []


def test_many_clusters_are_cut_and_counted(text_faults: Faults) -> None:
    """The largest have rows; how many are left out is said."""
    made = groups(MOST_CLUSTERS + 3)
    figure = plot_stability(made, map_stability(made, runs=3))
    assert "Not drawn: 3 smaller clusters." in texts(figure)
    assert len(figure.axes[1].collections) == MOST_CLUSTERS
    assert text_faults(figure) == []


def test_without_records_there_are_no_draws(text_faults: Faults) -> None:
    """Only runs with other seeds are drawn and spoken of."""
    made = groups(3, records=False)
    figure = plot_stability(made, map_stability(made, runs=4))
    said = texts(figure)
    assert any(one.startswith("between seeds") for one in said)
    assert not any("draw" in one for one in said)
    assert text_faults(figure) == []


def test_where_nothing_was_shuffled_nothing_is_said_of_chance() -> None:
    """A scattered network without records is stable in part, by other seeds alone."""
    names = tuple(map(str, range(60)))
    network = Network(names, names, scattered(60, seed=1, degree=8))
    made = Map(network, np.zeros((60, 2)), leiden_clustering(association_strength(network)).cluster)
    stability = map_stability(made, runs=8)
    said = " ".join(texts(plot_stability(made, stability)))
    assert stability.verdict == "partly"
    assert "Most clusters are found again by other runs. 8 runs with other seeds." in " ".join(said.split())
    assert "chance" not in said


def test_one_cluster_can_be_drawn(text_faults: Faults) -> None:
    """A map that is one cluster has one row, and figures of 1 or less."""
    made = groups(1, size=5)
    assert text_faults(plot_stability(made, map_stability(made, runs=3))) == []


def test_the_same_figure_gives_the_same_bytes(three: tuple[Map, Stability]) -> None:
    """Whenever it is drawn."""
    one, other = (figure_bytes(plot_stability(*three), ".svg") for _again in range(2))
    assert one == other
