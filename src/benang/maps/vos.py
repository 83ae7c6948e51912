"""Network → map in one call: association strength, VOS layout, clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benang.errors import BenangError, Problem
from benang.maps.clustering import Clustering, leiden_clustering
from benang.maps.layout import Layout, vos_layout
from benang.maps.map import Map
from benang.maps.map_provenance import map_provenance
from benang.network.network import Network
from benang.network.normalization import association_strength
from benang.provenance import Step

Progress = Callable[[str, float], None]
"""Told what is being done and the share of the work that is done, 0 to 1."""

_KEYWORDS = frozenset({"author-keywords", "index-keywords", "keywords", "codes"})


def default_exponents(network: Network) -> tuple[int, int]:
    """Return attraction and repulsion by what the network links, as VOSviewer presets them.

    Attraction is always 2; repulsion is -1 for co-authorship of authors, 0 for co-occurrence of keywords (and of
    codes, which are a reviewer's keywords), 1 for everything else (van Eck and Waltman, VOSviewer manual 1.6.18,
    footnote 10).

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(2, [0], [1], [1.0])
    >>> default_exponents(Network(("a", "b"), ("a", "b"), links, item_kind="keywords", link_kind="co-occurrence"))
    (2, 0)
    """
    if network.link_kind == "co-authorship" and network.item_kind == "authors":
        return 2, -1
    if network.link_kind == "co-occurrence" and network.item_kind in _KEYWORDS:
        return 2, 0
    return 2, 1


def vos_map(
    network: Network,
    *,
    attraction: int | None = None,
    repulsion: int | None = None,
    resolution: float = 1.0,
    starts: int = 1,
    cluster_starts: int = 10,
    seed: int = 0,
    min_cluster_size: int = 1,
    progress: Progress | None = None,
) -> Map:
    """Make a map of a network: normalise by association strength, lay out, cluster.

    Parameters
    ----------
    network
        Links as counted.
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
    progress
        Told of the progress of the layout.

    Returns
    -------
    Map
        Its `provenance` says how it was made, its network's history has the three steps added.

    Raises
    ------
    BenangError
        For a network of fewer than two items, or without any link.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> toy = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0]))
    >>> made = vos_map(toy)
    >>> made.cluster.tolist(), made.provenance["layout"]["attraction"], made.provenance["layout"]["repulsion"]
    ([1, 1, 2, 2], 2, 1)
    """
    _check(network)
    preset = default_exponents(network)
    strengths = association_strength(network)
    layout = vos_layout(
        strengths,
        attraction=preset[0] if attraction is None else attraction,
        repulsion=preset[1] if repulsion is None else repulsion,
        starts=starts,
        seed=seed,
        progress=progress,
    )
    clustering = leiden_clustering(
        strengths, resolution=resolution, starts=cluster_starts, seed=seed, min_cluster_size=min_cluster_size
    )
    told = replace(network, history=(*network.history, *_steps(layout, clustering, min_cluster_size)))
    return Map(
        told,
        layout.xy,
        clustering.cluster,
        provenance=map_provenance(
            told, layout=_of_layout(layout), clustering=_of_clustering(clustering, min_cluster_size)
        ),
    )


def _check(network: Network) -> None:
    if len(network) < 2:
        there = f"one ('{network.labels[0]}')" if len(network) else "none"
        raise BenangError(
            Problem(
                f"A map needs at least two items; this network has {there}",
                way_on="Choose a lower minimum number of occurrences, more items (top), or all components.",
            )
        )
    if network.n_links == 0:
        raise BenangError(
            Problem(
                f"No two of the {len(network)} items occur together, so there is nothing to lay out",
                way_on="Choose a lower minimum number of occurrences, or other items.",
            )
        )


def _of_layout(layout: Layout) -> dict[str, object]:
    return {
        "attraction": layout.attraction,
        "repulsion": layout.repulsion,
        "objective": float(layout.objective),
        "starts": layout.starts,
        "seed": layout.seed,
        "objectives": [float(value) for value in layout.objectives],
        "gradient": float(layout.gradient),
    }


def _of_clustering(clustering: Clustering, min_cluster_size: int) -> dict[str, object]:
    return {
        "resolution": clustering.resolution,
        "quality": float(clustering.quality),
        "n_clusters": clustering.n_clusters,
        "starts": clustering.starts,
        "seed": clustering.seed,
        "min_cluster_size": min_cluster_size,
    }


def _steps(layout: Layout, clustering: Clustering, min_cluster_size: int) -> tuple[Step, ...]:
    return (
        Step("normalize", {"method": "association strength"}),
        Step(
            "layout",
            {
                "attraction": layout.attraction,
                "repulsion": layout.repulsion,
                "starts": layout.starts,
                "seed": layout.seed,
            },
            {"objective": float(layout.objective)},
        ),
        Step(
            "cluster",
            {
                "resolution": clustering.resolution,
                "starts": clustering.starts,
                "seed": clustering.seed,
                "min_cluster_size": min_cluster_size,
            },
            {"clusters": clustering.n_clusters, "quality": float(clustering.quality)},
        ),
    )
