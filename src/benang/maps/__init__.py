"""Network → map: the items of a network with places and clusters; and, typed, how the map was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from benang.evidence import History, version
from benang.kinds import Normalization
from benang.network import NetworkSettings, network_settings, read_settings, settings_json
from benang.network.network import Floats, Network


@dataclass(frozen=True, slots=True)
class LayoutRun:
    """The exponents of a layout, the objective of the best of its starts, those of all, and the gradient left."""

    attraction: float | None = None
    repulsion: float | None = None
    objective: float | None = None
    starts: int | None = None
    seed: int | None = None
    objectives: tuple[float, ...] = ()
    gradient: float | None = None


@dataclass(frozen=True, slots=True)
class ClusteringRun:
    """How clusters were found and how good they are; small ones were merged unless `merge_small_clusters` is False."""

    resolution: float | None = None
    quality: float | None = None
    n_clusters: int | None = None
    starts: int | None = None
    seed: int | None = None
    min_cluster_size: int | None = None
    merge_small_clusters: bool | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a map was turned to an earlier one: common items, R², degrees, and which clusters are which earlier ones.

    `matched` are pairs of numbers, before and now; `new` clusters have numbers now, those `gone` had them before.
    `highest` is the highest number that a cluster of either, or of a map before, ever had.
    """

    common_items: int
    r2: float
    degrees: float
    mirrored: bool
    matched: tuple[tuple[int, ...], ...]
    new: tuple[int, ...]
    gone: tuple[int, ...]
    highest: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over runs: mean, 5th and 95th percentile; None where it isn't known."""

    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far runs agree with each other and with the map, by adjusted Rand indices."""

    ari: Spread | None = None
    ari_to_map: Spread | None = None


@dataclass(frozen=True, slots=True)
class DrawnAgreement:
    """The same over draws of records, cases or references: of how many, or why none was drawn (`not_drawn`)."""

    not_drawn: str | None = None
    records: int | None = None
    cases: int | None = None
    references: int | None = None
    ari: Spread | None = None
    ari_to_map: Spread | None = None


@dataclass(frozen=True, slots=True)
class ChanceAgreement:
    """How far draws of records agree with maps of shuffled records: of how many, on average, and at most."""

    shuffles: int
    mean: float | None
    highest: float | None


@dataclass(frozen=True, slots=True)
class ClusterStability:
    """How sure a cluster is: its number, items, mean Jaccard index over runs, mean co-assignment, and the verdict.

    `jaccard_by_chance` is what three in four clusters of its size stay below in shuffled records, None where not known.
    """

    cluster: int
    items: int
    jaccard: float | None
    co_assignment: float | None
    verdict: str | None
    jaccard_by_chance: float | None = None


@dataclass(frozen=True, slots=True)
class ResolutionStep:
    """What a resolution gives: clusters, quality, and the agreement with the next resolution."""

    resolution: float | None
    clusters: int
    quality: float | None
    ari_to_next: float | None


@dataclass(frozen=True, slots=True)
class ResolutionRange:
    """A range of resolutions, by name, over which the number of clusters stays."""

    name: str
    lowest: float | None = field(metadata={"key": "from"})
    highest: float | None = field(metadata={"key": "to"})
    clusters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityAccount:
    """How far the clusters of a map hold, as its file says it.

    `over` says what the figures of clusters and items rest on: "records" (or what else was drawn), or "seeds". `note`
    is the line in English that the map owes its reader; None where it owes none. `by_chance` is None where nothing was
    shuffled, as in files of earlier versions.
    """

    verdict: str | None = None
    over: str | None = None
    runs: int | None = None
    seed: int | None = None
    normalization: str | None = None
    resolution: float | None = None
    over_seeds: Agreement = Agreement()
    over_records: DrawnAgreement = DrawnAgreement()
    by_chance: ChanceAgreement | None = None
    remarks: tuple[str, ...]
    clusters: tuple[ClusterStability, ...]
    sweep: tuple[ResolutionStep, ...]
    plateaus: tuple[ResolutionRange, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class MapSettings:
    """What made a map of a network (whose own making is `network.settings`); what nobody said is empty.

    `version` is that of the Benang that wrote the file it was read from. `cluster_names_lost` are names of the plan
    that no cluster carries any more. `rest` is what else its file says of it, kept as it was.
    """

    version: str | None = None
    normalization: Normalization | None = None
    layout: LayoutRun = LayoutRun()
    clustering: ClusteringRun = ClusteringRun()
    aligned_to: Alignment | None = None
    cluster_names_lost: tuple[str, ...] = ()
    stability: StabilityAccount | None = None
    rest: Mapping[str, object] = field(default_factory=dict, metadata={"written": False})


UNTOLD = MapSettings()
"""Of a map of whose making nothing is known."""

FORMAT = 1
"""The format of the `benang` key that this version writes, and the newest that it reads."""

_FIRST = (
    "format", "version", "items", "links", "unit", "counting", "normalization", "corpus", "thresholds", "thesaurus",
    "references", "terms", "components", "layout", "clustering", "history",
)  # fmt: skip
"""The order in which a file lists what is known; what a map gained later comes last."""


def own_key(network: Network, settings: MapSettings) -> dict[str, object] | None:
    """Return what is under `benang`, except the records; None where nothing is known of the map.

    `history` holds every step with its arguments and counts.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> from benang.network import Thresholds
    >>> settings = NetworkSettings(thresholds=Thresholds(min_occurrences=2, items=5, kept=2))
    >>> network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [3.0]), item_kind="authors", settings=settings)
    >>> key = own_key(network, MapSettings(layout=LayoutRun(attraction=2)))
    >>> key["thresholds"], key["layout"]
    ({'min_occurrences': 2, 'items': 5, 'kept': 2}, {'attraction': 2})
    """
    known = {**settings_json(network.settings), **settings_json(settings)}
    if not (known or settings.rest or network.history or network.incidence is not None):
        return None
    if settings.normalization:
        known["normalization"] = settings.normalization.replace("-", " ")
    known |= {"format": FORMAT, "version": settings.version or version()}
    known |= {"items": network.item_kind, "links": network.link_kind, "unit": network.unit}
    if network.history:
        known["history"] = [step.as_json() for step in network.history]
    ordered = {name: known.pop(name) for name in _FIRST if name in known}
    written = {**ordered, **known}
    return {**written, **{name: value for name, value in settings.rest.items() if name not in written}}


def settings_of(key: Mapping[str, object], history: History) -> tuple[NetworkSettings, MapSettings]:
    """Read what made a network and its map from what is under `benang`, and from the history in it."""
    spelt = {**key, "normalization": str(key.get("normalization", "")).replace(" ", "-")}
    network, settings = network_settings(key, history), read_settings(MapSettings, spelt) or UNTOLD
    read = {*_FIRST[:5], "history", *settings_json(network), *settings_json(settings)}
    return network, replace(settings, rest={name: value for name, value in key.items() if name not in read})


@dataclass(frozen=True)
class Map:
    """A network whose items have a place and a cluster.

    `xy` is n × 2, standardised: centred at 0, mean distance between two items 1 (VOSviewer's rule). `cluster` numbers
    the clusters from 1 by falling size; 0 means none. After `aligned`, `xy` is not centred, and numbers of clusters are
    those of the earlier map: they don't go by size, and some may be missing. `cluster_labels` names some of them.
    `settings` say how it was normalised, laid out and clustered; `network.settings` say what was read and counted. In
    the map's JSON they are under `benang` (docs/reference).
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
