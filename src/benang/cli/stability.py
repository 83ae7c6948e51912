"""`benang stability`: how far the clusters of a map hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.numbers import within
from benang.cli.options import DRAWN, INPUT, OutputPath, say_files
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress

if TYPE_CHECKING:
    from benang.maps.map import Map
    from benang.maps.stability import Stability

_FORMS = (".json", ".csv", *DRAWN)
_UNSURE = 10
_MOST_CLUSTERS = 40


@click.command("stability")
@click.argument("map_file", type=INPUT, metavar="MAP")
@click.option(
    "--runs",
    type=within("runs"),
    default=100,
    show_default=True,
    help="How often the map is clustered with another seed, and of other records.",
)
@click.option("--seed", type=within("seed"), default=0, show_default=True, help="Seed of all that is random.")
@click.option(
    "--palette",
    type=click.Choice(["benang", "vosviewer"]),
    default="benang",
    show_default=True,
    help="Colours of the clusters in the figure, as on the map.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath(_FORMS),
    metavar="FILE",
    help="File to write: .png, .svg or .pdf (figure), .csv (items), .json (the map, which then says how far its "
    "clusters hold). May be given several times.",
)
def stability_command(map_file: Path, runs: int, seed: int, palette: str, outputs: tuple[Path, ...]) -> None:
    """Say how far the clusters of a map hold: with other seeds, other records, other resolutions.

    MAP is a file that `benang map` or VOSviewer wrote. For example: benang stability map.json -o stability.png
    """
    from benang.map_files.exchange import read_map
    from benang.maps.stability import map_stability

    check_outputs(outputs, [map_file])
    with progress() as report:
        report("Reading", 0.0)
        made = read_map(map_file)
        found = map_stability(made, runs=runs, seed=seed, progress=lambda what, share: report(what, 0.95 * share))
        report("Drawing and writing", 0.95)
        written = _write(made, found, outputs, palette)
    for line in _account(made, found):
        click.echo(line)
    say_files(written)


def _write(made: Map, found: Stability, outputs: Sequence[Path], palette: str) -> tuple[Path, ...]:
    """Write all files or none."""
    from benang.files import write_together
    from benang.map_files.exchange import format_map
    from benang.maps.stability_told import with_stability

    files: dict[Path, bytes] = {}
    figure = None
    for path in dict.fromkeys(outputs):
        if path.suffix.lower() == ".csv":
            files[path] = _items_csv(made, found)
        elif path.suffix.lower() == ".json":
            files |= format_map(with_stability(made, found), path).files
        else:
            from benang.figures.saving import figure_bytes
            from benang.figures.stability_figures import plot_stability

            figure = figure or plot_stability(made, found, palette=palette)
            files[path] = figure_bytes(figure, path.suffix, where=str(path))
    write_together(files)
    return tuple(files)


def _items_csv(made: Map, found: Stability) -> bytes:
    """Write each item with its cluster and how sure it is of it, the least sure of each cluster first."""
    from benang.records.user_tables import csv_text

    network, sure = made.network, found.co_assignment
    order = sorted(range(len(network)), key=lambda i: (int(made.cluster[i]), float(sure[i]), network.ids[i]))
    rows = (
        [
            network.ids[i],
            network.labels[i],
            int(made.cluster[i]) or None,
            round(float(sure[i]), 6) if sure[i] >= 0 else None,
        ]
        for i in order
    )
    return csv_text(["id", "label", "cluster", "co-assignment"], rows).encode("utf-8")


def _account(made: Map, found: Stability) -> Iterator[str]:
    """Tell all of it in lines."""
    verdicts = {
        "stable": "stable. They are found again with other seeds"
        + (", and of other records." if found.records is not None else "; whether of other records, nobody can tell."),
        "partly": "stable in part. Trust those below that are stable, and call the others one way to part the map.",
        "unstable": "unstable. Other seeds or other records give others: they are one of many ways to part the map.",
    }
    settings = found.settings
    yield f"{len(made)} items in {len(found.clusters)} clusters, {made.network.n_links:,} links;"
    yield f"normalised by {settings.normalization.replace('-', ' ')}, resolution {settings.resolution:g}."
    yield f"The clusters are {verdicts[found.verdict]}"
    yield ""
    yield from _agreement(found)
    yield ""
    yield from _clusters(made, found)
    yield ""
    yield from _unsure(made, found)
    yield ""
    yield from _resolutions(found)


def _agreement(found: Stability) -> Iterator[str]:
    from benang.maps.stability_told import stability_as_json

    told = stability_as_json(found)
    yield "Agreement (adjusted Rand index, mean, 5th and 95th percentile: 1 is the same, 0 is chance)"
    rows = [
        ("over_seeds", "ari", f"between {found.runs} runs with other seeds"),
        ("over_seeds", "ari_to_map", "of these and the map"),
    ]
    if found.records is not None:
        drawn = f"between {found.runs} draws of {found.n_records:,} {found.unit}"
        rows += [("over_records", "ari", drawn), ("over_records", "ari_to_map", "of these and the map")]
    width = max(len(name) for *_, name in rows)
    for over, which, name in rows:
        figures = told[over][which]  # type: ignore[index]
        yield f"  {name.ljust(width)}  " + (
            "none" if figures["mean"] is None else "{mean:.2f}  {low:.2f} to {high:.2f}".format(**figures)
        )
    if found.why_not:
        yield f"  Records could not be drawn anew: {found.why_not}."
    for remark in found.remarks:
        yield f"  {remark}"


def _clusters(made: Map, found: Stability) -> Iterator[str]:
    from benang.maps.cluster_labels import propose_labels
    from benang.maps.stability import DOUBTFUL, VALID, verdict_of_cluster
    from benang.maps.stability_told import cluster_means

    names = propose_labels(made.network, made.cluster) | dict(made.cluster_labels)
    words = {"stable": "stable", "partly": "doubtful", "unstable": "unstable"}
    limits = f"from {VALID:.2f} stable, below {DOUBTFUL:.2f} unstable"
    yield f"Clusters (mean Jaccard index with what is found again: {limits})"
    yield "  items  Jaccard  co-assignment"
    means = cluster_means(found)
    for place, number in list(enumerate(found.clusters.tolist()))[:_MOST_CLUSTERS]:
        jaccard = float(found.jaccard[place])
        yield (
            f"  {int(found.sizes[place]):>5}  {jaccard:>7.2f}  {_share(float(means[place])):>13}  "
            f"{words[verdict_of_cluster(jaccard)]:<8}  {number} {names[number]}"
        )
    if len(found.clusters) > _MOST_CLUSTERS:
        yield f"  … and {len(found.clusters) - _MOST_CLUSTERS} more."


def _unsure(made: Map, found: Stability) -> Iterator[str]:
    sure = found.co_assignment
    order = sorted(
        (float(sure[i]), made.network.labels[i], int(made.cluster[i])) for i in range(len(sure)) if sure[i] < 1
    )
    yield "Items least sure of their cluster (co-assignment: share of their cluster mates that stay with them)"
    for share, label, number in order[:_UNSURE]:
        yield f"  {share:.2f}  {label} (cluster {number})"
    if not order:
        yield "  none: every item stays with all of them."


def _resolutions(found: Stability) -> Iterator[str]:
    sweep = found.sweep
    lowest, highest = sweep.n_clusters.min(), sweep.n_clusters.max()
    yield f"Resolutions {sweep.resolutions[0]:.3g} to {sweep.resolutions[-1]:.3g}: {lowest} to {highest} clusters"
    for one in sweep.plateaus:
        clusters = "1 cluster" if one.n_clusters == 1 else f"{one.n_clusters} clusters"
        yield f"  plateau {one.name}: {one.lowest:.3g} to {one.highest:.3g}, {clusters}"
    if not sweep.plateaus:
        yield "  no plateau: nowhere do the clusters stay nearly the same over several resolutions"
        return
    on = sweep.own_plateau
    yield f"  the map's own, {sweep.resolutions[sweep.own]:g}, is on " + (f"plateau {on.name}" if on else "no plateau")


def _share(value: float) -> str:
    return f"{value:.2f}" if value >= 0 else "none"
