"""Network → map in one call: normalised strengths, VOS layout, clusters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benang.clusters import Clustering, leiden_clustering
from benang.engine import available_memory
from benang.errors import BenangError, Problem, argument
from benang.evidence import Step
from benang.kinds import Normalization, linked
from benang.layout import Layout, check_room, vos_layout
from benang.locale.writing import worded
from benang.maps import ClusteringRun, LayoutRun, Map, MapSettings
from benang.network.graphs import Graph, network_from
from benang.network.network import Floats, Network
from benang.network.strengths import map_strengths
from benang.progress import Progress, silent
from benang.ranges import check


def default_exponents(network: Network) -> tuple[int, int]:
    """Return attraction and repulsion by what the network links, as VOSviewer presets them.

    Attraction is always 2; repulsion is -1 for co-authorship of authors, 0 for co-occurrence of keywords (of topics,
    and of codes, which are a reviewer's keywords) and for citation of documents, 1 for everything else (van Eck and
    Waltman, VOSviewer manual 1.6.18, footnote 10).

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(2, [0], [1], [1.0])
    >>> default_exponents(Network(("a", "b"), ("a", "b"), links, item_kind="keywords", link_kind="co-occurrence"))
    (2, 0)
    """
    known = linked(network.item_kind, network.link_kind)
    return 2, known.repulsion if known else 1


def vos_map(
    network: Network | Graph,
    *,
    normalization: Normalization = "association-strength",
    attraction: int | None = None,
    repulsion: int | None = None,
    resolution: float = 1.0,
    starts: int = 1,
    cluster_starts: int = 10,
    seed: int = 0,
    min_cluster_size: int = 1,
    merge_small: bool = True,
    placed: Map | None = None,
    keep: Literal["layout", "clusters"] | None = None,
    progress: Progress = silent,
) -> Map:
    """Make a map of a network: normalise, lay out, cluster.

    Parameters
    ----------
    network
        Links as counted: a network, or someone else's graph (igraph, networkx), sparse matrix or table.
    normalization
        `association-strength` is VOSviewer's preset; see `normalized`.
    attraction, repulsion
        Exponents of the layout; VOSviewer's presets for the kind of network where None (`default_exponents`).
    resolution
        1 is VOSviewer's preset; higher gives more and smaller clusters.
    starts
        How often the layout starts anew; the best is kept.
    cluster_starts
        The same for the clustering; ten, as in VOSviewer Online.
    seed
        Of all that is random: the same network and seed give the same map.
    min_cluster_size
        Smaller clusters are given to the neighbour that they are tied to most.
    merge_small
        False leaves the items of smaller clusters without a cluster instead.
    placed, keep
        A map of the same items, of which the `layout` or the `clusters` are kept as they are.
    progress
        Told of the progress of the layout.

    Returns
    -------
    Map
        Its `settings` say how it was made, its network's history has the steps added.

    Raises
    ------
    BenangError
        For a network of fewer than two items, without any link, or too large for the memory that is free.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> toy = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0]))
    >>> map_ = vos_map(toy)
    >>> map_.cluster.tolist(), map_.settings.layout.attraction, map_.settings.layout.repulsion
    ([1, 1, 2, 2], 2, 1)
    """
    check(resolution=resolution, starts=starts, cluster_starts=cluster_starts, seed=seed)
    network = network_from(network)
    _check(network)
    check_room(len(network), network.n_links, available_memory())
    strengths, weights = map_strengths(network, normalization)
    xy, cluster, labels = _kept(network, placed, keep)
    layout: Layout | None = None
    if keep != "layout":
        a, r = default_exponents(network)
        layout = vos_layout(
            strengths,
            weights=weights,
            attraction=a if attraction is None else attraction,
            repulsion=r if repulsion is None else repulsion,
            starts=starts,
            seed=seed,
            progress=progress,
        )
        xy = layout.xy
    laid = _of_layout(layout) if layout else LayoutRun()
    clustered = ClusteringRun()
    if keep != "clusters":
        clusters = leiden_clustering(
            strengths,
            weights=weights,
            # γ / 2m: modularity as the manual writes it (Newman and Girvan, 2004)
            resolution=resolution if weights is None else resolution / float(weights.sum()),
            starts=cluster_starts,
            seed=seed,
            min_cluster_size=min_cluster_size,
            merge_small=merge_small,
        )
        cluster, clustered = clusters.cluster, _of_clustering(clusters, resolution, min_cluster_size, merge_small)
    settings = MapSettings(normalization=normalization, layout=laid, clustering=clustered)
    stepped = replace(network, history=(*network.history, *_steps(settings)))
    return Map(stepped, xy, cluster, labels, settings)


def _kept(
    network: Network, placed: Map | None, keep: Literal["layout", "clusters"] | None
) -> tuple[Floats, NDArray[np.int64], Mapping[int, str]]:
    """Return the places, the clusters and their names that a map has so far."""
    if placed is None:
        return np.zeros((len(network), 2)), np.zeros(len(network), np.int64), {}
    return placed.xy, placed.cluster, placed.cluster_labels if keep == "clusters" else {}


def _check(network: Network) -> None:
    if len(network) < 2:
        there = worded("one ('{label}')", label=network.labels[0]) if len(network) else worded("none")
        raise BenangError(
            Problem(
                worded("A map needs at least two items; this network has {there}", there=there),
                way_on=worded(
                    "Choose a lower {option}, more items ({option2}), or {option3}.",
                    option=argument("min_occurrences", "minimum number of occurrences"),
                    option2=argument("top"),
                    option3=argument("all_components", "all components"),
                ),
            )
        )
    if network.n_links == 0:
        raise BenangError(
            Problem(
                worded("No two of the {n} items occur together, so there is nothing to lay out", n=len(network)),
                way_on=worded(
                    "Choose a lower {option}, or other items.",
                    option=argument("min_occurrences", "minimum number of occurrences"),
                ),
            )
        )


def _digits(value: float, n: int = 9) -> float:
    """Return a measure with the digits that are the same on every processor; coordinates have nine, too."""
    return float(f"{value:.{n}g}")


def _of_layout(layout: Layout) -> LayoutRun:
    return LayoutRun(
        layout.attraction,
        layout.repulsion,
        _digits(layout.objective),
        layout.starts,
        layout.seed,
        tuple(_digits(value) for value in layout.objectives),
        _digits(layout.gradient, 3),
    )


def _of_clustering(
    clustering: Clustering, resolution: float, min_cluster_size: int, merge_small: bool
) -> ClusteringRun:
    return ClusteringRun(
        resolution,
        _digits(clustering.quality),
        clustering.n_clusters,
        clustering.starts,
        clustering.seed,
        min_cluster_size,
        None if merge_small else False,
    )


def _steps(settings: MapSettings) -> Iterator[Step]:
    """Make a step of each thing that was done; what was kept of another map has none."""
    layout, clustering = settings.layout, settings.clustering
    yield Step("normalize", {"method": str(settings.normalization).replace("-", " ")})
    if layout.objective is not None:
        of_layout = ("attraction", "repulsion", "starts", "seed")
        yield Step("layout", {name: getattr(layout, name) for name in of_layout}, {"objective": layout.objective})
    if clustering.n_clusters is not None and clustering.quality is not None:
        of_clustering = ("resolution", "starts", "seed", "min_cluster_size")
        counts = {"clusters": clustering.n_clusters, "quality": clustering.quality}
        yield Step("cluster", {name: getattr(clustering, name) for name in of_clustering}, counts)
