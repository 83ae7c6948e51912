"""A map: the items of a network with places and clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benang.network.network import Floats, Network


@dataclass(frozen=True)
class Map:
    """A network whose items have a place and a cluster.

    `xy` is n × 2, standardised: centred at 0, mean distance between two items 1 (VOSviewer's rule). `cluster` numbers
    the clusters from 1 by falling size; 0 means none. After `aligned`, `xy` is not centred, and numbers of clusters are
    those of the earlier map: they don't go by size, and some may be missing. `cluster_labels` names some of them.
    `provenance` is what stands under `benang` in the map's JSON: corpus, thresholds, layout, clustering, history
    (docs/reference).
    """

    network: Network
    xy: Floats
    cluster: NDArray[np.int64]
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    provenance: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.network)

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return len(np.unique(self.cluster[self.cluster > 0]))

    def told(self, *keys: str) -> object:
        """Return what the provenance says under nested keys (`"layout", "seed"`); None where it says nothing."""
        held: object = self.provenance
        for key in keys:
            held = held.get(key) if isinstance(held, Mapping) else None
        return held

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the items came from when not from a database: `("assigned",)`, or nothing."""
        fields = self.told("corpus", "origins")
        origins = fields.values() if isinstance(fields, Mapping) else ()
        return tuple(sorted({one for origin in origins for one in str(origin).split(", ")}))
