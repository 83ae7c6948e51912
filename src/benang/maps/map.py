"""A map: the items of a network with places and clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benang.maps.settings import UNTOLD, MapSettings
from benang.network.network import Floats, Network


@dataclass(frozen=True)
class Map:
    """A network whose items have a place and a cluster.

    `xy` is n × 2, standardised: centred at 0, mean distance between two items 1 (VOSviewer's rule). `cluster` numbers
    the clusters from 1 by falling size; 0 means none. After `aligned`, `xy` is not centred, and numbers of clusters are
    those of the earlier map: they don't go by size, and some may be missing. `cluster_labels` names some of them.
    `settings` say how it was normalised, laid out and clustered; `network.settings` say what was read and counted. In
    the map's JSON they stand under `benang` (docs/reference).
    """

    network: Network
    xy: Floats
    cluster: NDArray[np.int64]
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    settings: MapSettings = UNTOLD

    def __len__(self) -> int:
        return len(self.network)

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return len(np.unique(self.cluster[self.cluster > 0]))

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the items came from when not from a database: `("assigned",)`, or nothing."""
        origins = self.network.settings.corpus.origins or {}
        return tuple(sorted({one for origin in origins.values() for one in origin.split(", ")}))
