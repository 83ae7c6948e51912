"""A map answers what it was told at its making."""

from __future__ import annotations

import numpy as np

from benang.maps.map import Map
from benang.network.network import Network, symmetric

PAIR = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))


def _map(cluster: list[int], **provenance: object) -> Map:
    return Map(PAIR, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array(cluster), provenance=provenance)


def test_what_a_map_was_told_is_found_under_nested_keys() -> None:
    """A key that is not there, or that holds no further keys, is answered with None."""
    made = _map([1, 1], layout={"seed": 3})

    assert made.told("layout", "seed") == 3
    assert made.told("layout", "starts") is None
    assert made.told("layout", "seed", "deeper") is None


def test_origins_are_named_once_whichever_field_has_them() -> None:
    """Two fields, three times the same origin and once another: two origins."""
    fields = {"author_keywords": "assigned, machine", "abstract": "assigned"}

    assert _map([1, 1], corpus={"origins": fields}).origins == ("assigned", "machine")
    assert _map([1, 1]).origins == ()


def test_no_cluster_is_no_cluster() -> None:
    """Items under 0 belong to none, and none is not counted."""
    assert _map([0, 1]).n_clusters == 1
    assert _map([0, 0]).n_clusters == 0
