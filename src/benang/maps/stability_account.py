"""The account that a map gives of its clusters' stability: in its file, and in a note below its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from benang.locale import translator
from benang.locale.writing import listed, numeral
from benang.maps import (
    Agreement,
    ChanceAgreement,
    ClusterStability,
    DrawnAgreement,
    Map,
    ResolutionRange,
    ResolutionStep,
    Spread,
    StabilityAccount,
)
from benang.maps.stability import Runs, Stability, map_stability
from benang.network.network import Floats
from benang.progress import Progress, silent

SCORE = "Co-assignment"
"""The score by which a map carries how sure each item is of its cluster."""

QUICK_RUNS = 20
"""Runs with other seeds and of other records by which a new map says on its face how far its clusters hold."""

QUICK_ITEMS = 500
"""Items up to which that takes a few seconds."""

_MOST_NAMED = 8


def with_quick_stability(map_: Map, *, runs: int | None = None, seed: int = 0, progress: Progress = silent) -> Map:
    """Return a map that carries how far its clusters hold: by `runs`, or by a few where it is small and nobody says.

    0 runs leave it as it is.
    """
    chosen = (QUICK_RUNS if len(map_) <= QUICK_ITEMS else 0) if runs is None else runs
    if not chosen or map_.n_clusters < 2 or map_.network.n_links == 0:
        return map_
    return with_stability(map_, map_stability(map_, runs=max(2, chosen), seed=seed, progress=progress))


def with_stability(map_: Map, stability: Stability) -> Map:
    """Return a map with the stability of its clusters: the score `Co-assignment`, and `stability` in its settings.

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
    network = replace(map_.network, scores={**map_.network.scores, SCORE: stability.co_assignment.round(6)})
    return replace(map_, network=network, settings=replace(map_.settings, stability=stability_account(stability)))


def stability_account(stability: Stability) -> StabilityAccount:
    """Return what a map says of the stability of its clusters: what is under `stability` in its file."""
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
        by_chance=_by_chance(stability),
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


def _by_chance(stability: Stability) -> ChanceAgreement | None:
    if stability.chance is None:
        return None
    agreements = stability.chance.ari_to_map
    return ChanceAgreement(len(agreements), _figure(agreements.mean()), _figure(agreements.max()))


def _of_clusters(stability: Stability) -> tuple[ClusterStability, ...]:
    columns = (
        stability.clusters,
        stability.sizes,
        stability.jaccard,
        cluster_means(stability),
        stability.verdicts,
        stability.jaccard_by_chance,
    )
    return tuple(
        ClusterStability(int(number), int(size), _figure(jaccard), _figure(mean), verdict, _figure(by_chance))
        for number, size, jaccard, mean, verdict, by_chance in zip(*columns, strict=True)
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
    """Return the line that a map owes its reader: that its clusters are hardly firmer than chance, or which are not.

    Nothing is said where all are firm enough to be read as they are drawn; `benang stability` has the rest.

    Examples
    --------
    >>> verdicts = enumerate(["stable", "unstable", "partly"], 1)
    >>> clusters = tuple(ClusterStability(at, 9, None, None, verdict) for at, verdict in verdicts)
    >>> partly = StabilityAccount(verdict="partly", over="records", remarks=(), clusters=clusters, sweep=(),
    ...                           plateaus=(), note=None)
    >>> stability_note(partly)
    'Cluster 2 is doubtful: hardly found again when records are resampled.'
    >>> stability_note(replace(partly, clusters=())) is None
    True
    """
    if account.verdict == "unstable":
        return _unstable(account, language)
    doubtful = [one.cluster for one in account.clusters if one.verdict == "unstable"]
    if account.verdict not in {"stable", "partly"} or not doubtful:
        return None
    _ = translator(language)
    if account.by_chance is not None:
        why = _("hardly firmer than chance")
    elif account.over == "seeds":
        why = _("hardly found again with other random seeds")
    else:
        why = _("hardly found again when {unit} are resampled").format(unit=words_for_drawn(account.over, language))
    values = {"clusters": _listed(doubtful, language), "why": why}
    if len(doubtful) == 1:
        return _("Cluster {clusters} is doubtful: {why}.").format(**values)
    if len(doubtful) <= _MOST_NAMED:
        return _("Clusters {clusters} are doubtful: {why}.").format(**values)
    counts = {"n": len(doubtful), "all": len(account.clusters)}
    return _("{n} of {all} clusters are doubtful: {why}.").format(**values, **counts)


def stability_sentence(account: StabilityAccount, language: str = "en") -> str:
    """Say how far the clusters of a map hold: the note that it owes its reader, or else why it owes none.

    Examples
    --------
    >>> chance = ChanceAgreement(9, 0.13, 0.18)
    >>> drawn = DrawnAgreement(records=40, ari_to_map=Spread(0.7, 0.6, 0.8))
    >>> partly = StabilityAccount(verdict="partly", over="records", over_records=drawn, by_chance=chance, remarks=(),
    ...                           clusters=(), sweep=(), plateaus=(), note=None)
    >>> stability_sentence(partly)
    'The clusters are firmer than chance (agreement 0.70, with shuffled records 0.13).'
    """
    _ = translator(language)
    if note := stability_note(account, language):
        return note
    if account.verdict == "stable":
        return _("The clusters are stable: other runs find them again.")
    if account.by_chance is None:
        return _("Most clusters are found again by other runs.")
    return _firmness(
        _("The clusters are firmer than chance (agreement {ari}, with shuffled {unit} {chance})."), account, language
    )


def _unstable(account: StabilityAccount, language: str) -> str:
    """Say what the clusters of a whole map are no firmer than."""
    _ = translator(language)
    if account.over == "seeds":
        text = _("The clusters depend on the random seed (agreement {ari}): read them as one grouping among many.")
    elif account.by_chance is None:
        text = _("The clusters change when {unit} are resampled (agreement {ari}): one grouping among many.")
    else:
        text = _(
            "The clusters are hardly firmer than chance (agreement {ari}, with shuffled {unit} {chance}): read them "
            "as one grouping among many."
        )
        if stable := [one.cluster for one in account.clusters if one.verdict == "stable"]:
            text = _(
                "As a whole, the clusters are hardly firmer than chance (agreement {ari}, with shuffled {unit} "
                "{chance}): read them as one grouping among many. Stable all the same: {clusters}."
            )
            return _firmness(text, account, language, clusters=_listed(stable, language))
    return _firmness(text, account, language)


def _firmness(text: str, account: StabilityAccount, language: str, **values: str) -> str:
    """Fill in how far runs agree with the map, or among each other over seeds, and how far they do by chance."""
    agreement = account.over_seeds.ari if account.over == "seeds" else account.over_records.ari_to_map
    chance = account.by_chance.mean if account.by_chance else None
    ari = _agreement(agreement.mean if agreement else None, language)
    return text.format(
        ari=ari, chance=_agreement(chance, language), unit=words_for_drawn(account.over, language), **values
    )


def words_for_drawn(unit: object, language: str) -> str:
    """Name what was drawn anew.

    Examples
    --------
    >>> words_for_drawn("cases", "en"), words_for_drawn("seeds", "en")
    ('cases', 'records')
    """
    _ = translator(language)
    return {"cases": _("cases"), "references": _("references")}.get(str(unit), _("records"))


def _listed(clusters: Sequence[int], language: str) -> str:
    return listed(map(str, clusters), language)


def _agreement(mean: float | None, language: str) -> str:
    return "?" if mean is None else numeral(mean, language, 2)
