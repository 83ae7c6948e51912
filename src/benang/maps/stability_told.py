"""What a map says of its clusters' stability: in its file, and in a note below its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from benang.locale import translator
from benang.locale.writing import listed, numeral
from benang.maps.map import Map
from benang.maps.stability import DOUBTFUL, VALID, Runs, Stability, map_stability, verdict_of_cluster
from benang.network.network import Floats
from benang.progress import Progress, silent

SCORE = "Co-assignment"
"""The score by which a map carries how sure each item is of its cluster."""

_MOST_NAMED = 8


QUICK_RUNS = 20
"""Runs with other seeds and of other records by which a new map says on its face how far its clusters hold."""

QUICK_ITEMS = 500
"""Items up to which that takes a few seconds."""


def told_quickly(made: Map, *, runs: int | None = None, seed: int = 0, progress: Progress = silent) -> Map:
    """Say on a map's face how far its clusters hold: by `runs`, or by a few where it is small and nobody says.

    0 runs leave it unsaid.
    """
    chosen = (QUICK_RUNS if len(made) <= QUICK_ITEMS else 0) if runs is None else runs
    if not chosen or made.n_clusters < 2 or made.network.n_links == 0:
        return made
    return with_stability(made, map_stability(made, runs=max(2, chosen), seed=seed, progress=progress))


def with_stability(made: Map, stability: Stability) -> Map:
    """Return a map that carries how far its clusters hold: the score `Co-assignment`, and `stability` in provenance.

    Examples
    --------
    >>> from benang.maps.stability import map_stability
    >>> from benang.network.network import Network, symmetric
    >>> links = symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0])
    >>> pairs = Map(Network(tuple("abcd"), tuple("abcd"), links), np.zeros((4, 2)), np.array([1, 1, 2, 2]))
    >>> told = with_stability(pairs, map_stability(pairs, runs=5))
    >>> told.told("stability", "verdict"), told.network.scores["Co-assignment"].tolist()
    ('stable', [1.0, 1.0, 1.0, 1.0])
    """
    network = replace(made.network, scores={**made.network.scores, SCORE: stability.co_assignment.round(6)})
    return replace(made, network=network, provenance={**made.provenance, "stability": stability_as_json(stability)})


def stability_as_json(stability: Stability) -> dict[str, object]:
    """Return what stands under `stability` in a map's provenance.

    `over` says what the figures of clusters and items rest on: "records" (or what else was drawn), or "seeds". Adjusted
    Rand indices have mean, 5th and 95th percentile. What can't be told is None.
    `note` is `stability_note`, in English; None where the clusters are stable.
    """
    records = stability.records
    told: dict[str, object] = {
        "verdict": stability.verdict,
        "over": _over(stability),
        "runs": stability.runs,
        "seed": stability.seed,
        "normalization": stability.settings.normalization,
        "resolution": stability.settings.resolution,
        "over_seeds": _runs(stability.seeds),
        "over_records": {"not_drawn": stability.why_not}
        if records is None
        else {stability.unit: stability.n_records, **_runs(records)},
        "remarks": list(stability.remarks),
        "clusters": [
            {
                "cluster": int(number),
                "items": int(size),
                "jaccard": _figure(jaccard),
                "co_assignment": _figure(co_assignment),
                "verdict": verdict_of_cluster(jaccard),
            }
            for number, size, jaccard, co_assignment in zip(
                stability.clusters, stability.sizes, stability.jaccard, cluster_means(stability), strict=True
            )
        ],
        "sweep": _sweep(stability),
        "plateaus": [
            {"name": one.name, "from": _figure(one.lowest), "to": _figure(one.highest), "clusters": one.n_clusters}
            for one in stability.sweep.plateaus
        ],
    }
    return {**told, "note": stability_note(told)}


def cluster_means(stability: Stability) -> Floats:
    """Return the mean co-assignment of the items of each cluster; NaN for a cluster of one.

    Examples
    --------
    >>> from benang.maps.stability import map_stability
    >>> from benang.network.network import Network, symmetric
    >>> links = symmetric(3, [0], [1], [9.0])
    >>> cluster_means(map_stability(Map(Network(*["abc"] * 2, links), np.zeros((3, 2)), np.array([1, 1, 2])), runs=2))
    array([ 1., nan])
    """
    told = (stability.cluster > 0) & np.isfinite(stability.co_assignment)
    place = np.searchsorted(stability.clusters, stability.cluster[told])
    counts = np.bincount(place, minlength=len(stability.clusters))
    sums = np.bincount(place, stability.co_assignment[told], len(stability.clusters))
    means = np.full(len(stability.clusters), np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def stability_note(stability: Stability | Mapping[str, object], language: str = "en") -> str | None:
    """Return the line that a map with unstable clusters owes its reader; None where its clusters are stable.

    Parameters
    ----------
    stability
        What `map_stability` found, or what stands under `stability` in a map's provenance.
    language
        Of the line.

    Examples
    --------
    >>> stability_note({"verdict": "partly", "over": "records", "clusters": [
    ...     {"cluster": 1, "jaccard": 0.9}, {"cluster": 2, "jaccard": 0.5}, {"cluster": 3, "jaccard": 0.7}]})
    'Not stable when records are drawn anew: clusters 2 and 3.'
    >>> stability_note({"verdict": "stable", "clusters": [{"cluster": 1, "jaccard": 0.9}]}) is None
    True
    """
    told = stability_as_json(stability) if isinstance(stability, Stability) else stability
    verdict = told.get("verdict")
    if verdict not in {"stable", "partly", "unstable"}:
        return None
    _ = translator(language)
    over_seeds = told.get("over") == "seeds"
    if verdict == "unstable":
        said = (
            _("The clusters of this map are unstable: with other seeds they are others (agreement {ari}).")
            if over_seeds
            else _("The clusters of this map are unstable: with {unit} drawn anew they are others (agreement {ari}).")
        )
        return said.format(ari=_agreement(told, language), unit=words_for_drawn(told.get("over"), language))
    clusters = _below(told, DOUBTFUL if verdict == "stable" else VALID)
    if not clusters:
        said = _("The clusters of this map are stable in part: between seeds they agree by {ari}.")
        return said.format(ari=_agreement(told, language, "over_seeds")) if verdict == "partly" else None
    said = (
        _("Not stable when clustered again with other seeds: {clusters}.")
        if over_seeds
        else _("Not stable when {unit} are drawn anew: {clusters}.")
    )
    return said.format(clusters=_named(clusters, language), unit=words_for_drawn(told.get("over"), language))


def words_for_drawn(unit: object, language: str) -> str:
    """Name what was drawn anew.

    Examples
    --------
    >>> words_for_drawn("cases", "en"), words_for_drawn("seeds", "en")
    ('cases', 'records')
    """
    _ = translator(language)
    return {"cases": _("cases"), "references": _("references")}.get(str(unit), _("records"))


def _named(clusters: Sequence[int], language: str) -> str:
    _ = translator(language)
    if len(clusters) > _MOST_NAMED:
        return _("{n} clusters").format(n=len(clusters))
    if len(clusters) == 1:
        return _("cluster {number}").format(number=clusters[0])
    return _("clusters {numbers}").format(numbers=listed(map(str, clusters), language))


def _below(told: Mapping[str, object], least: float) -> list[int]:
    clusters = told.get("clusters")
    found = []
    for one in clusters if isinstance(clusters, Sequence) else ():
        jaccard = one.get("jaccard") if isinstance(one, Mapping) else None
        if isinstance(jaccard, int | float) and jaccard < least:
            found.append(int(one["cluster"]))
    return found


def _agreement(told: Mapping[str, object], language: str, which: str | None = None) -> str:
    runs = told.get(which or ("over_seeds" if told.get("over") == "seeds" else "over_records"))
    ari = runs.get("ari") if isinstance(runs, Mapping) else None
    mean = ari.get("mean") if isinstance(ari, Mapping) else None
    return numeral(mean, language, 2) if isinstance(mean, int | float) else "?"


def _over(stability: Stability) -> str:
    return "seeds" if stability.records is None else stability.unit


def _runs(runs: Runs) -> dict[str, object]:
    return {"ari": _spread(runs.ari), "ari_to_map": _spread(runs.ari_to_map)}


def _sweep(stability: Stability) -> list[dict[str, object]]:
    sweep = stability.sweep
    after = [*sweep.ari_next.tolist(), None]
    return [
        {
            "resolution": _figure(resolution),
            "clusters": int(n),
            "quality": _figure(quality),
            "ari_to_next": None if ari is None else _figure(ari),
        }
        for resolution, n, quality, ari in zip(sweep.resolutions, sweep.n_clusters, sweep.quality, after, strict=True)
    ]


def _spread(values: Floats) -> dict[str, object]:
    told = values[np.isfinite(values)]
    if not len(told):
        return {"mean": None, "low": None, "high": None}
    low, high = np.percentile(told, [5, 95])
    return {"mean": _figure(told.mean()), "low": _figure(low), "high": _figure(high)}


def _figure(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
