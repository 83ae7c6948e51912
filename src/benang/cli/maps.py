"""`benang map` and `benang layout`: from exports, or from a network made elsewhere, to a map."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.options import INPUT, OutputPath, check_outputs, say_files, say_some, say_table, split_outputs
from benang.cli.progress import progress
from benang.cli.stopping import loading

if TYPE_CHECKING:
    from benang.maps.map import Map
    from benang.network.cooccurrence import Counting
    from benang.network.incidence import Items
    from benang.network.network import Network
    from benang.network.selection import ComponentChoice
    from benang.records.corpus import Corpus
    from benang.records.thesaurus import Thesaurus

ITEMS = ("author-keywords", "index-keywords", "keywords", "authors")
PRESET_TOP = 1000
"""VOSviewer keeps at most 1,000 items, those with the largest total link strength."""
VOSVIEWER_THRESHOLD = 5
"""VOSviewer keeps items that occur 5 times or more."""

_outputs = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=OutputPath(),
    metavar="FILE",
    help="File to write: .json, .txt (VOSviewer, with the network beside it), .png, .svg or .pdf. "
    "May be given several times.",
)
_palette = click.option(
    "--palette",
    type=click.Choice(["benang", "vosviewer"]),
    default="benang",
    show_default=True,
    help="Colours of the clusters: safe for colour-blind readers, or VOSviewer's.",
)


def _layout_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option(
            "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of all that is random."
        ),
        click.option(
            "--starts",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help="How often the layout starts anew; the best is kept.",
        ),
        click.option(
            "--resolution",
            type=click.FloatRange(min=0, min_open=True),
            default=1.0,
            show_default=True,
            help="Higher gives more and smaller clusters.",
        ),
    ):
        command = option(command)
    return command


@click.command("map")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option("--items", type=click.Choice(ITEMS), required=True, help="What stands on the map.")
@click.option(
    "--counting",
    type=click.Choice(["full", "fractional"]),
    default="full",
    show_default=True,
    help="Whether every pair in a record counts 1, or its pairs share 1 for each item.",
)
@click.option(
    "--min-occurrences",
    type=click.IntRange(min=1),
    metavar="N",
    help="Keep items that occur in at least N records.  [default: 5, or 1 below 100 records]",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=PRESET_TOP,
    show_default=True,
    metavar="N",
    help="Keep the N items with the largest total link strength; 0 keeps all.",
)
@click.option("--all-components", is_flag=True, help="Keep items that no path of links joins to the largest component.")
@click.option(
    "--thesaurus",
    type=INPUT,
    metavar="FILE",
    help="Table `label<TAB>replace by`; an empty replacement drops the label.",
)
@_layout_options
@_palette
@_outputs
def map_command(
    files: tuple[Path, ...],
    items: str,
    counting: str,
    min_occurrences: int | None,
    top: int,
    all_components: bool,
    thesaurus: Path | None,
    resolution: float,
    starts: int,
    seed: int,
    palette: str,
    outputs: tuple[Path, ...],
) -> None:
    """Make a map from exports of Scopus (CSV), Web of Science (plain text) or any RIS file.

    For example: benang map scopus.csv --items author-keywords -o map.png -o map.json
    """
    with loading():
        from benang.maps.vos import vos_map
        from benang.network.cooccurrence import cooccurrence_network

    check_outputs(outputs, [*files, thesaurus])
    with progress() as report:
        report("Reading", 0.0)
        corpus, variants = _read(files, thesaurus)
        threshold = min_occurrences or _usual_threshold(corpus)
        components: ComponentChoice = "all" if all_components else "largest"
        report("Counting what occurs together", 0.1)
        network = cooccurrence_network(
            corpus,
            items=cast("Items", items),
            counting=cast("Counting", counting),
            min_occurrences=threshold,
            top=top or None,
            components=components,
            thesaurus=variants,
        )
        made = vos_map(
            network,
            resolution=resolution,
            starts=starts,
            seed=seed,
            progress=lambda what, share: report(what, 0.2 + 0.6 * share),
        )
        report("Drawing and writing", 0.85)
        written = _write(made, outputs, palette)
    _say_reading(corpus, variants)
    chosen = _chosen(corpus, threshold, top, components)
    say_table([*chosen, *_sizes(made), *_left_out(network), *_quality(made)])
    say_files(written)


@click.command("layout")
@click.argument("file", required=False, type=INPUT, metavar="[FILE]")
@click.option(
    "--network",
    "network_file",
    type=INPUT,
    metavar="FILE",
    help="VOSviewer network file; alone, its ids become the labels.",
)
@click.option(
    "--attraction",
    type=click.IntRange(-9, 10),
    default=2,
    show_default=True,
    help="Exponent that draws linked items together; must be above the repulsion.",
)
@click.option(
    "--repulsion",
    type=click.IntRange(-10, 9),
    default=1,
    show_default=True,
    help="Exponent that drives all items apart.",
)
@_layout_options
@_palette
@_outputs
def layout_command(
    file: Path | None,
    network_file: Path | None,
    attraction: int,
    repulsion: int,
    resolution: float,
    starts: int,
    seed: int,
    palette: str,
    outputs: tuple[Path, ...],
) -> None:
    """Lay out and cluster a network made elsewhere: VOSviewer JSON, or its map and network files.

    For example: benang layout map.txt --network network.txt -o map.json -o map.pdf
    """
    if attraction <= repulsion:
        raise click.UsageError(f"--attraction ({attraction}) must be above --repulsion ({repulsion}).")
    if file is None and network_file is None:
        raise click.UsageError("Give a map file, a network file (--network), or both.")
    with loading():
        from benang.maps.exchange import read_network
        from benang.maps.vos import vos_map

    check_outputs(outputs, [file, network_file])
    with progress() as report:
        report("Reading", 0.0)
        network = read_network(file, network_file) if file else read_network(cast("Path", network_file))
        made = vos_map(
            network,
            attraction=attraction,
            repulsion=repulsion,
            resolution=resolution,
            starts=starts,
            seed=seed,
            progress=lambda what, share: report(what, 0.1 + 0.7 * share),
        )
        report("Drawing and writing", 0.85)
        written = _write(made, outputs, palette)
    say_table([*_sizes(made), *_quality(made)])
    say_files(written)


def _write(made: Map, outputs: Sequence[Path], palette: str) -> tuple[Path, ...]:
    """Write and draw a map, all of its files or none; return them, each network file behind its map file."""
    from benang.files import read_bytes, write_together
    from benang.maps.exchange import beside, write_map

    files: dict[Path, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="benang-") as folder:
        staged = {path: Path(folder) / f"{at}{path.suffix}" for at, path in enumerate(dict.fromkeys(outputs))}
        written, drawn = split_outputs(list(staged.values()))
        write_map(made, *written)
        if drawn:
            with loading():
                from benang.figures.map_figures import plot_map
            plot_map(made, path=drawn, palette=palette)
        for path, temporary in staged.items():
            files[path] = read_bytes(temporary)
            if path.suffix.lower() == ".txt":
                files[beside(path)] = read_bytes(beside(temporary))
    write_together(files)
    return tuple(files)


def _read(files: Sequence[Path], thesaurus: Path | None) -> tuple[Corpus, Thesaurus | None]:
    with loading():
        from benang.readers.registry import read
        from benang.records.thesaurus import read_thesaurus

    return read(*files), read_thesaurus(thesaurus) if thesaurus else None


def _usual_threshold(corpus: Corpus) -> int:
    """Ask for as many occurrences as VOSviewer does, which would leave nothing of a small corpus: there 1 is enough."""
    from benang.records.corpus import SMALL_CORPUS

    return VOSVIEWER_THRESHOLD if len(corpus) >= SMALL_CORPUS else 1


def _say_reading(corpus: Corpus, variants: Thesaurus | None) -> None:
    for account in corpus.ledger.files:
        click.echo(f"{account.path}: {account.format}, {account.read:,} of {account.found:,} records read.")
        say_some([f"set aside: record {one.record}, line {one.line}: {one.reason}" for one in account.set_aside])
        say_some(account.notes)
    if variants:
        say_some([f"{variants.file}, {note}" for note in variants.notes])


def _chosen(corpus: Corpus, threshold: int, top: int, components: ComponentChoice) -> list[tuple[str, object]]:
    """Say how many records were read, and what was asked of an item to stand on the map."""
    return [
        ("records read", corpus.ledger.read),
        ("records set aside", corpus.ledger.set_aside),
        ("minimum of occurrences", threshold),
        ("most items, by total link strength", top or "all"),
        ("components", components),
    ]


def _left_out(network: Network) -> list[tuple[str, object]]:
    """Count what is not on the map, and at which step it was left out; steps that left out nothing are not named."""
    counts = {step.name: step.counts for step in network.history}
    dropped = [
        (f"records without {str(network.item_kind).replace('-', ' ')}", counts["items"]["records_without_items"]),
        ("items dropped by the thesaurus", counts["items"]["dropped_by_thesaurus"]),
        *(
            (f"items left out: {why}", counts[step]["items"] - counts[step]["kept"])
            for step, why in (("threshold", "too rare"), ("top", "too weak"), ("components", "in other components"))
            if step in counts
        ),
    ]
    return [(what, number) for what, number in dropped if number]


def _sizes(made: Map) -> list[tuple[str, object]]:
    network = made.network
    return [("items", len(network)), ("links", network.n_links), ("clusters", made.n_clusters)]


def _quality(made: Map) -> list[tuple[str, object]]:
    return [
        ("attraction, repulsion", f"{made.told('layout', 'attraction')}, {made.told('layout', 'repulsion')}"),
        ("Q* of the layout (lower is better)", f"{made.told('layout', 'objective'):,.3f}"),
        ("V of the clustering (higher is better)", f"{made.told('clustering', 'quality'):.6f}"),
    ]
