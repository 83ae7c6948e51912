"""How far the clusters of a map hold: with other seeds, other records, other resolutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benang.figures.saving import figure_bytes
from benang.figures.stability_figures import plot_stability
from benang.files import write_together
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.map_files import format_map, read_map
from benang.maps import Map, Spread
from benang.maps.cluster_labels import propose_labels
from benang.maps.stability import DOUBTFUL, VALID, Stability, map_stability
from benang.maps.stability_account import cluster_means, stability_account, with_stability
from benang.progress import Progress, part, silent
from benang.records.user_tables import csv_text
from benang.tasks.account import Account, Note, Table, check_outputs, listing

_UNSURE = 10  # items that the account lists
_MOST_CLUSTERS = 40
_BLANK = Note()


@dataclass(frozen=True, kw_only=True)
class StabilityRequest:
    """A map, and how often it is clustered again: `runs` times with another seed, and of other records.

    `outputs` are a figure, `.csv` for the items, and `.json` for the map, which then says how far its clusters hold.
    """

    map: Path
    runs: int = 100
    seed: int = 0
    palette: str = "benang"
    outputs: tuple[Path, ...] = ()
    language: Language = "en"


@dataclass(frozen=True)
class MapStability:
    """A map with how far its clusters hold."""

    map: Map
    stability: Stability
    account: Account


def stability(request: StabilityRequest, *, progress: Progress = silent) -> MapStability:
    """Cluster a map again and again, and say how much of its clusters is found each time.

    Raises
    ------
    Misuse
        For output that would destroy what is read, or other output.
    BenangError
        For a file that is no map, a map without links or clusters, and output that can't be written.
    """
    check_outputs(request.outputs, [request.map])
    progress("Reading", 0.0)
    clustered = read_map(request.map)
    result = map_stability(clustered, runs=request.runs, seed=request.seed, progress=part(progress, 0.0, 0.95))
    progress("Drawing and writing", 0.95)
    files = _files(clustered, result, request)
    write_together(files)
    return MapStability(
        clustered, result, Account(notes=tuple(_account(clustered, result, request)), files=tuple(files))
    )


def _files(clustered: Map, result: Stability, request: StabilityRequest) -> dict[Path, bytes]:
    """Return what is to be written, by its place."""
    files: dict[Path, bytes] = {}
    figure = None
    for path in dict.fromkeys(request.outputs):
        if path.suffix.lower() == ".csv":
            files[path] = _items_csv(clustered, result)
        elif path.suffix.lower() == ".json":
            files |= format_map(with_stability(clustered, result), path).files
        else:
            figure = figure or plot_stability(clustered, result, palette=request.palette, language=request.language)
            files[path] = figure_bytes(figure, path.suffix, where=str(path))
    return files


def _items_csv(clustered: Map, result: Stability) -> bytes:
    """Write each item with its cluster and how sure it is of it, the least sure of each cluster first."""
    network, sure = clustered.network, result.co_assignment
    order = sorted(range(len(network)), key=lambda i: (int(clustered.cluster[i]), float(sure[i]), network.ids[i]))
    rows = (
        [
            network.ids[i],
            network.labels[i],
            int(clustered.cluster[i]) or None,
            round(float(sure[i]), 6) if sure[i] >= 0 else None,
        ]
        for i in order
    )
    return csv_text(["id", "label", "cluster", "co-assignment"], rows).encode("utf-8")


def _account(clustered: Map, result: Stability, request: StabilityRequest) -> Iterator[Note | Table]:
    """Say what was clustered, the verdict on all clusters, and then what it rests on."""
    _, language = translator(request.language), request.language
    again = (
        _("They are found again with other seeds and with other records.")
        if result.records is not None
        else _("They are found again with other seeds; whether with other records is unknown.")
    )
    verdicts = {
        "stable": _("The clusters are stable.") + " " + again,
        "partly": _("Most clusters are firmer than chance, though not found again whole. Read doubtful ones with care.")
        if result.chance is not None
        else _("Most clusters are found again by other runs."),
        "unstable": _("The clusters are hardly firmer than chance: read them as one grouping among many.")
        if result.chance is not None
        else _("The clusters depend on the random seed: read them as one grouping among many."),
    }
    settings = result.settings
    yield Note(
        _("{items} items in {clusters} clusters, {links} links;").format(
            items=len(clustered), clusters=len(result.clusters), links=numeral(clustered.network.n_links, language, 0)
        )
    )
    yield Note(
        _("normalised by {normalization}, resolution {resolution}.").format(
            normalization=settings.normalization.replace("-", " "),
            resolution=_resolution(settings.resolution, language),
        )
    )
    yield Note(verdicts[result.verdict])
    for section in (_agreement(result, language), _clusters(clustered, result, language)):
        yield _BLANK
        yield from section
    yield _BLANK
    yield _unsure(clustered, result, language)
    yield _BLANK
    yield _resolutions(result, language)


def _agreement(result: Stability, language: Language) -> Iterator[Note | Table]:
    """Say how much the runs agree among each other and with the map."""
    _, account = translator(language), stability_account(result)
    to_map = _("between these and the map")
    rows = [
        (account.over_seeds.ari, _("between {n} runs with other seeds").format(n=result.runs)),
        (account.over_seeds.ari_to_map, to_map),
    ]
    if result.records is not None:
        draws = _("between {n} resamples of {records} {unit}")
        size = numeral(result.n_records, language, 0)
        name = draws.format(n=result.runs, records=size, unit=_(result.unit))
        rows += [(account.over_records.ari, name), (account.over_records.ari_to_map, to_map)]
    cells = [(name, _spread(spread, language)) for spread, name in rows]
    if chance := account.by_chance:
        name = _("the same with shuffled {unit}, {n} times").format(n=chance.shuffles, unit=_(result.unit))
        mean, highest = _index(chance.mean, language), _index(chance.highest, language)
        cells.append((name, _("{mean}  at most {highest}").format(mean=mean, highest=highest)))
    remarks = [result.why_not and _("Records could not be resampled: {reason}.").format(reason=result.why_not)]
    remarks += result.remarks
    heading = _("Agreement (adjusted Rand index, mean, 5th and 95th percentile: 1 is the same, 0 is chance)")
    yield Table(heading, tuple(cells), "ll", tuple(filter(None, remarks)))


def _spread(spread: Spread | None, language: Language) -> str:
    """Write a mean with its percentiles."""
    _ = translator(language)
    if spread is None or spread.mean is None:
        return _("none")
    low, high = _index(spread.low, language), _index(spread.high, language)
    return _("{mean}  {low} to {high}").format(mean=_index(spread.mean, language), low=low, high=high)


def _index(value: float | None, language: Language) -> str:
    """Write an index between 0 and 1."""
    return "–" if value is None else numeral(value, language, 2)


def _clusters(clustered: Map, result: Stability, language: Language) -> Iterator[Table]:
    """List the clusters with their verdicts."""
    _ = translator(language)
    names = propose_labels(clustered.network, clustered.cluster) | dict(clustered.cluster_labels)
    words = {"stable": _("stable"), "partly": _("firmer than chance"), "unstable": _("doubtful")}
    if result.chance is None:
        words["partly"] = _("partly stable")
        heading = _(
            "Clusters (mean Jaccard index with what is found again: from {valid} stable, below {doubtful} doubtful)"
        )
    else:
        heading = _(
            "Clusters (mean Jaccard index with what is found again: from {valid} stable; doubtful if no higher "
            "than three in four clusters reach by chance)"
        )
    cells: list[tuple[str, ...]] = [(_("items"), "Jaccard", _("chance"), _("co-assignment"), "", "")]
    indices = np.column_stack([result.jaccard, result.jaccard_by_chance, cluster_means(result)])[:_MOST_CLUSTERS]
    widest = max(map(len, words.values()))
    for place, number in enumerate(result.clusters.tolist()[:_MOST_CLUSTERS]):
        shares = (numeral(one, language, 2) if one >= 0 else "–" for one in indices[place].tolist())
        word = words[result.verdicts[place]].ljust(widest)
        cells.append((str(int(result.sizes[place])), *shares, word, f"{number} {names[number]}"))
    left = len(result.clusters) - _MOST_CLUSTERS
    remarks = (_("… and {n} more.").format(n=left),) if left > 0 else ()
    valid, doubtful = numeral(VALID, language, 2), numeral(DOUBTFUL, language, 2)
    yield Table(heading.format(valid=valid, doubtful=doubtful), tuple(cells), "rrrrll", remarks)


def _unsure(clustered: Map, result: Stability, language: Language) -> Table:
    """List the items that change their company most often."""
    _, sure, labels = translator(language), result.co_assignment, clustered.network.labels
    order = sorted((float(sure[i]), labels[i], int(clustered.cluster[i])) for i in range(len(sure)) if sure[i] < 1)
    heading = _(
        "Items with the least certain cluster (co-assignment: share of their cluster mates that stay with them)"
    )
    if not order:
        return listing([_("none: every item stays with all of them.")], heading)
    item = _("{label} (cluster {number})")
    return Table(
        heading,
        tuple((numeral(share, language, 2), item.format(label=name, number=k)) for share, name, k in order[:_UNSURE]),
        "ll",
    )


def _resolution(value: float, language: Language) -> str:
    """Write a resolution with three digits that count."""
    return numeral(float(f"{value:.3g}"), language)


def _resolutions(result: Stability, language: Language) -> Table:
    """Say over which resolutions the clusters stay nearly the same."""
    _, sweep = translator(language), result.sweep
    heading = _("Resolutions {lowest} to {highest}: {fewest} to {most} clusters").format(
        lowest=_resolution(sweep.resolutions[0], language),
        highest=_resolution(sweep.resolutions[-1], language),
        fewest=sweep.n_clusters.min(),
        most=sweep.n_clusters.max(),
    )
    lines = []
    for one in sweep.plateaus:
        clusters = _("1 cluster") if one.n_clusters == 1 else _("{n} clusters").format(n=one.n_clusters)
        span = {"lowest": _resolution(one.lowest, language), "highest": _resolution(one.highest, language)}
        lines.append(
            _("plateau {name}: {lowest} to {highest}, {clusters}").format(name=one.name, clusters=clusters, **span)
        )
    if not lines:
        lines.append(_("no plateau: the clusters never stay nearly the same over several resolutions"))
    elif on := sweep.own_plateau:
        own = _("the map's own, {resolution}, is on plateau {name}")
        lines.append(own.format(resolution=_resolution(sweep.resolutions[sweep.own], language), name=on.name))
    else:
        own = _("the map's own, {resolution}, is on no plateau")
        lines.append(own.format(resolution=_resolution(sweep.resolutions[sweep.own], language)))
    return listing(lines, heading)
