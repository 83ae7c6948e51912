"""Names of clusters: given in the plan and kept while they hold, or proposed for the plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benang.locale import Language
from benang.maps.cluster_labels import kept_labels, propose_labels
from benang.maps.map import Map
from benang.review.plan import AnyMap

LOST = "cluster_names_lost"
"""Where a map's provenance tells of names in the plan that no cluster carries any more."""


def with_cluster_names(made: Map, plan: AnyMap, language: Language = "en") -> Map:
    """Give clusters the names of the plan, where they still hold, and proposed ones where the plan asks for it.

    Names that hold no longer are told in the map's provenance.
    """
    if not plan.cluster_names and not plan.name_clusters:
        return made
    place = {label: one for one, label in zip(made.network.ids, made.network.labels, strict=True)}
    given = {name.label.text(language): {place.get(one, one) for one in name.items} for name in plan.cluster_names}
    kept = kept_labels(given, made.cluster, made.network.ids)
    proposed = propose_labels(made.network, made.cluster) if plan.name_clusters else {}
    lost = {LOST: [str(one) for one in kept.lost]} if kept.lost else {}
    labels = {**proposed, **made.cluster_labels, **kept.labels}
    return replace(made, cluster_labels=dict(sorted(labels.items())), provenance={**made.provenance, **lost})


def cluster_names_text(made: Map) -> str:
    """Write the names of a map's clusters as the plan takes them, each with the items that it is known again by.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> toy = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))
    >>> print(cluster_names_text(Map(toy, np.zeros((2, 2)), np.array([1, 1]), {1: "places"})), end="")
    # Cluster 1
    [[maps.cluster_names]]
    label = "places"
    items = ["kota", "desa"]
    """
    parts = []
    for number, label in sorted(made.cluster_labels.items()):
        named = ", ".join(_quoted(made.network.labels[at]) for at in np.flatnonzero(made.cluster == number))
        parts.append(f"# Cluster {number}\n[[maps.cluster_names]]\nlabel = {_quoted(label)}\nitems = [{named}]\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
