"""A map as tables of plain columns, and back: those of its network, with the places and clusters of its items."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benang.errors import BenangError, Problem
from benang.maps.map import Map
from benang.network.tables import PLACED, network_of, network_tables
from benang.records.frame_tables import ABOUT, Column, Table, Tables, about_table, made_about


def map_tables(made: Map) -> Tables:
    """Return a map as tables: `x`, `y` and `cluster` stand beside its items, `clusters` has the names of clusters.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> network = Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0]))
    >>> toy = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> map_tables(toy)["items"]["x"].tolist(), map_of(map_tables(toy)).cluster.tolist()
    ([-0.5, 0.5], [1, 1])
    """
    tables = network_tables(made.network)
    items = tables["items"]
    first: Table = {"id": items["id"], "label": items["label"], "x": made.xy[:, 0], "y": made.xy[:, 1]}
    first["cluster"] = np.asarray(made.cluster, np.int64)
    placed = {**first, **{name: values for name, values in items.items() if name not in first}}
    about = made_about(tables[ABOUT])
    about |= {"kind": "map", "provenance": dict(made.provenance)}
    about["columns"] = {**about["columns"], "items": list(placed)}
    clusters: Table = {
        "cluster": np.array(list(made.cluster_labels), np.int64),
        "label": list(made.cluster_labels.values()),
    }
    named = {"clusters": clusters} if made.cluster_labels else {}
    return {**tables, "items": placed, **named, ABOUT: about_table(about)}


def map_of(tables: Mapping[str, Table]) -> Map:
    """Make a map of tables; an item without a cluster has 0.

    Raises
    ------
    BenangError
        Where an item has no place, a cluster is no whole number, and as `network_of`.
    """
    items = tables.get("items", {})
    clusters = tables.get("clusters", {"cluster": [], "label": []})
    return Map(
        network_of(tables),
        places(items),
        cluster_numbers(items),
        {int(number): str(label) for number, label in zip(clusters["cluster"], clusters["label"], strict=True)},
        made_about(tables.get(ABOUT, {})).get("provenance", {}),
    )


def places(items: Mapping[str, Column]) -> np.ndarray:
    """Return the places of items, n × 2, from the columns `x` and `y`.

    Raises
    ------
    BenangError
        Where an item has none.
    """
    try:
        xy = np.column_stack([np.array([_number(value) for value in items[axis]], np.float64) for axis in "xy"])
    except (KeyError, TypeError, ValueError):
        xy = np.full((1, 2), np.nan)
    if not np.isfinite(xy).all():
        way_on = "benang.vos_map gives every item a place."
        raise BenangError(
            Problem("items without a place", where="map", expected="x and y for each item", way_on=way_on)
        )
    return xy


def cluster_numbers(items: Mapping[str, Column]) -> np.ndarray:
    """Return the clusters of items, from the column `cluster`; 0 where an item has none.

    Raises
    ------
    BenangError
        Where a cluster is no whole number from 0.
    """
    given = items.get("cluster", [None] * len(items["id"]))
    try:
        numbers = np.array([0.0 if value is None or value != value else float(value) for value in given])
    except (TypeError, ValueError):
        numbers = np.array([-1.0])
    if (numbers < 0).any() or (numbers != np.floor(numbers)).any():
        raise BenangError(
            Problem("a cluster that is none", where="map", expected="whole numbers from 1, or 0 for none")
        )
    return numbers.astype(np.int64)


def unplaced(attributes: Mapping[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """Return attributes without those that say where an item stands on a map."""
    return {name: values for name, values in attributes.items() if name not in PLACED}


def _number(value: object) -> float:
    return np.nan if value is None else float(str(value))
