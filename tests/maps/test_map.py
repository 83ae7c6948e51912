"""A map knows where its items came from, and which belong to a cluster."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.told import told

from benang.maps.map import Map
from benang.network.network import Network, symmetric

pytestmark = pytest.mark.fast

PAIR = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))


def _map(cluster: list[int], **key: object) -> Map:
    return told(Map(PAIR, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array(cluster)), **key)


def test_origins_are_named_once_whichever_field_has_them() -> None:
    """Two fields, three times the same origin and once another: two origins."""
    fields = {"author_keywords": "assigned, machine", "abstract": "assigned"}

    assert _map([1, 1], corpus={"origins": fields}).origins == ("assigned", "machine")
    assert _map([1, 1]).origins == ()


def test_no_cluster_is_no_cluster() -> None:
    """Items under 0 belong to none, and none is not counted."""
    assert _map([0, 1]).n_clusters == 1
    assert _map([0, 0]).n_clusters == 0
