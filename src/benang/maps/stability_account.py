"""The account that a map gives of its clusters' stability: in its file, and in a note below its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benang.locale import translator
from benang.locale.writing import listed, numeral
from benang.maps.map import (
    Agreement,
    ClusterStability,
    DrawnAgreement,
    Map,
    ResolutionRange,
    ResolutionStep,
    Spread,
    StabilityAccount,
)
from benang.maps.stability import DOUBTFUL, VALID, Runs, Stability, map_stability, verdict_of_cluster
from benang.network.network import Floats
from benang.progress import Progress, silent

SCORE = "Co-assignment"
"""The score by which a map carries how sure each item is of its cluster."""

QUICK_RUNS = 20
"""Runs with other seeds and of other records by which a new map says on its face how far its clusters hold."""

QUICK_ITEMS = 500
"""Items up to which that takes a few seconds."""

_MOST_NAMED = 8


def with_quick_stability(made: Map, *, runs: int | None = None, seed: int = 0, progress: Progress = silent) -> Map:
    """Return a map that carries how far its clusters hold: by `runs`, or by a few where it is small and nobody says.

    0 runs leave it as it is.
    """
    chosen = (QUICK_RUNS if len(made) <= QUICK_ITEMS else 0) if runs is None else runs
    if not chosen or made.n_clusters < 2 or made.network.n_links == 0:
        return made
    return with_stability(made, map_stability(made, runs=max(2, chosen), seed=seed, progress=progress))


def with_stability(made: Map, stability: Stability) -> Map:
    """Return a map that carries how far its clusters hold: the score `Co-assignment`, and `stability` in its settings.

    Examples
    --------
    >>> from benang.maps.stability import map_stability
    >>> from benang.network.network import Network, symmetric
    >>> links = symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0])
    >>> pairs = Map(Network(tuple("abcd"), tuple("abcd"), links), np.zeros((4, 2)), np.array([1, 1, 2, 2]))
    >>> carrying = with_stability(pairs, map_stability(pairs, runs=5))
    >>> carrying.settings.stability.verdict, carrying.network.scores["Co-assignment"].tolist()
    ('stable', [1.0, 1.0, 1.0, 1.0])
    """
    network = replace(made.network, scores={**made.network.scores, SCORE: stability.co_assignment.round(6)})
    return replace(made, network=network, settings=replace(made.settings, stability=stability_account(stability)))


def stability_account(stability: Stability) -> StabilityAccount:
    """Return what a map says of how far its clusters hold: what stands under `stability` in its file."""
    records, clusters = stability.records, _of_clusters(stability)
    account = StabilityAccount(
        verdict=stability.verdict,
        over=_over(stability),
        runs=stability.runs,
        seed=stability.seed,
        normalization=stability.settings.normalization,
        resolution=stability.settings.resolution,
        over_seeds=Agreement(_spread(stability.seeds.ari), _spread(stability.seeds.ari_to_map)),
        over_records=DrawnAgreement(not_drawn=stability.why_not) if records is None else _drawn(stability, records),
        remarks=tuple(stability.remarks),
        clusters=clusters,
        sweep=_sweep(stability),
        plateaus=tuple(
            ResolutionRange(one.name, _figure(one.lowest), _figure(one.highest), one.n_clusters)
            for one in stability.sweep.plateaus
        ),
        note=None,
    )
    return replace(account, note=stability_note(account))


def _over(stability: Stability) -> str:
    return "seeds" if stability.records is None else stability.unit


def _drawn(stability: Stability, records: Runs) -> DrawnAgreement:
    drawn: dict[str, Any] = {stability.unit: stability.n_records}
    return DrawnAgreement(**drawn, ari=_spread(records.ari), ari_to_map=_spread(records.ari_to_map))


def _of_clusters(stability: Stability) -> tuple[ClusterStability, ...]:
    means = cluster_means(stability)
    return tuple(
        ClusterStability(int(number), int(size), _figure(jaccard), _figure(co_assignment), verdict_of_cluster(jaccard))
        for number, size, jaccard, co_assignment in zip(
            stability.clusters, stability.sizes, stability.jaccard, means, strict=True
        )
    )


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
    known = (stability.cluster > 0) & np.isfinite(stability.co_assignment)
    place = np.searchsorted(stability.clusters, stability.cluster[known])
    counts = np.bincount(place, minlength=len(stability.clusters))
    sums = np.bincount(place, stability.co_assignment[known], len(stability.clusters))
    means = np.full(len(stability.clusters), np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def _sweep(stability: Stability) -> tuple[ResolutionStep, ...]:
    sweep = stability.sweep
    after = [*sweep.ari_next.tolist(), None]
    return tuple(
        ResolutionStep(_figure(resolution), int(n), _figure(quality), None if ari is None else _figure(ari))
        for resolution, n, quality, ari in zip(sweep.resolutions, sweep.n_clusters, sweep.quality, after, strict=True)
    )


def _spread(values: Floats) -> Spread:
    known = values[np.isfinite(values)]
    if not len(known):
        return Spread(None, None, None)
    low, high = np.percentile(known, [5, 95])
    return Spread(_figure(known.mean()), _figure(low), _figure(high))


def _figure(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None


def stability_note(account: StabilityAccount, language: str = "en") -> str | None:
    """Return the line that a map with unstable clusters owes its reader; None where its clusters are stable.

    Examples
    --------
    >>> clusters = [ClusterStability(at, 9, jaccard, None, None) for at, jaccard in enumerate([0.9, 0.5, 0.7], 1)]
    >>> partly = StabilityAccount(verdict="partly", over="records", remarks=(), clusters=tuple(clusters), sweep=(),
    ...                           plateaus=(), note=None)
    >>> stability_note(partly)
    'Not stable when records are drawn anew: clusters 2 and 3.'
    >>> stability_note(replace(partly, verdict="stable", clusters=())) is None
    True
    """
    if account.verdict not in {"stable", "partly", "unstable"}:
        return None
    _ = translator(language)
    over_seeds = account.over == "seeds"
    agreement = _agreement(account.over_seeds if over_seeds else account.over_records, language)
    if account.verdict == "unstable":
        text = (
            _("The clusters of this map are unstable: with other seeds they are others (agreement {ari}).")
            if over_seeds
            else _("The clusters of this map are unstable: with {unit} drawn anew they are others (agreement {ari}).")
        )
        return text.format(ari=agreement, unit=words_for_drawn(account.over, language))
    clusters = _below(account, DOUBTFUL if account.verdict == "stable" else VALID)
    if not clusters:
        text = _("The clusters of this map are stable in part: between seeds they agree by {ari}.")
        partly = account.verdict == "partly"
        return text.format(ari=_agreement(account.over_seeds, language)) if partly else None
    text = (
        _("Not stable when clustered again with other seeds: {clusters}.")
        if over_seeds
        else _("Not stable when {unit} are drawn anew: {clusters}.")
    )
    return text.format(clusters=_named(clusters, language), unit=words_for_drawn(account.over, language))


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


def _below(account: StabilityAccount, least: float) -> list[int]:
    return [one.cluster for one in account.clusters if one.jaccard is not None and one.jaccard < least]


def _agreement(runs: Agreement | DrawnAgreement, language: str) -> str:
    mean = runs.ari.mean if runs.ari else None
    return "?" if mean is None else numeral(mean, language, 2)
