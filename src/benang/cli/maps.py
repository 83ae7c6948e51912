"""`benang map` and `benang layout`: from exports, or from a network made elsewhere, to a map."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.network_options import network_options
from benang.cli.networks import CITED, Wanted, check_wanted, least, network_of
from benang.cli.options import INPUT, OutputPath, check_outputs, say_files, say_some, say_table, split_outputs
from benang.cli.progress import progress
from benang.cli.reading import Works, choices_of, read_works, reading_options, say_reading
from benang.cli.stopping import loading

if TYPE_CHECKING:
    from benang.maps.map import Map
    from benang.network.cooccurrence import Counting
    from benang.network.incidence import AuthorNames
    from benang.network.network import Network
    from benang.records.references.matching import Matching
    from benang.records.thesaurus import Thesaurus
    from benang.terms.text_terms import Counting as TermCounting
    from benang.terms.text_terms import Method, TextField


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
@network_options
@reading_options
@_layout_options
@_palette
@_outputs
def map_command(
    files: tuple[Path, ...],
    items: str,
    link: str | None,
    counting: str,
    min_occurrences: int | None,
    min_citations: int | None,
    top: int,
    all_components: bool,
    thesaurus: Path | None,
    matching: str,
    likeness: float | None,
    author_names: str,
    share: float,
    terms_from: str,
    terms_counting: str,
    terms_method: str,
    keep_duplicates: bool,
    decisions: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    resolution: float,
    starts: int,
    seed: int,
    palette: str,
    outputs: tuple[Path, ...],
) -> None:
    """Make a map from exports of databases and reference managers, in any form that `benang records` reads.

    Records of one work are joined first. For example:
    benang map scopus.csv wos.txt --items author-keywords -o map.png -o map.json
    """
    wanted = Wanted(
        items=items,
        link=link,
        counting=cast("Counting", counting),
        min_occurrences=min_occurrences,
        min_citations=min_citations,
        top=top,
        components="all" if all_components else "largest",
        matching=cast("Matching", matching),
        threshold=likeness,
        author_names=cast("AuthorNames", author_names),
        share=share,
        terms_from=("title", "abstract") if terms_from == "both" else (cast("TextField", terms_from),),
        terms_counting=cast("TermCounting", terms_counting),
        terms_method=cast("Method", terms_method),
    )
    check_wanted(wanted)
    with loading():
        from benang.maps.vos import vos_map

    check_outputs(outputs, [*files, thesaurus])
    choices = choices_of(forms, encodings)
    with progress() as report:
        report("Reading", 0.0)
        works, variants = (
            read_works(files, choices, keep_duplicates=keep_duplicates, decisions=decisions),
            _thesaurus(thesaurus),
        )
        report("Counting what occurs together", 0.1)
        network = network_of(works.corpus, wanted, variants)
        made = vos_map(
            network,
            resolution=resolution,
            starts=starts,
            seed=seed,
            progress=lambda what, share: report(what, 0.2 + 0.6 * share),
        )
        report("Drawing and writing", 0.85)
        written = _write(made, outputs, palette)
    say_reading(works)
    if variants:
        say_some([f"{variants.file}, {note}" for note in variants.notes])
    _say_without_keywords(network, items)
    say_table([*_chosen(works, wanted), *_sizes(made), *_left_out(network), *_quality(made)])
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


def _thesaurus(path: Path | None) -> Thesaurus | None:
    with loading():
        from benang.records.thesaurus import read_thesaurus

    return read_thesaurus(path) if path else None


def _say_without_keywords(network: Network, items: str) -> None:
    """Say where many records have nothing to map, and what they have instead."""
    counts = {step.name: step.counts for step in network.history}.get("items", {})
    without, records = counts.get("records_without_items", 0), counts.get("records", 0)
    if items.endswith("keywords") and 4 * without > records:
        click.echo(
            f"{without:,} of {records:,} records have no {items.replace('-', ' ')}: "
            "phrases from titles and abstracts are in all of them (--items terms)."
        )


def _chosen(works: Works, wanted: Wanted) -> list[tuple[str, object]]:
    """Say how many records were read, and what was asked of an item to stand on the map."""
    joined = [("works, of these records", len(works.corpus))] if works.joined else []
    kind = "citations" if wanted.items in CITED else "occurrences"
    return [
        ("records read", works.corpus.ledger.read),
        ("records set aside", works.corpus.ledger.set_aside),
        *joined,
        (f"minimum of {kind}", least(wanted, works.corpus)),
        ("most items, by total link strength", wanted.top or "all"),
        ("components", wanted.components),
    ]


def _left_out(network: Network) -> list[tuple[str, object]]:
    """Count what is not on the map, and at which step it was left out; steps that left out nothing are not named."""
    counts = {step.name: step.counts for step in network.history}
    items, phrases = counts.get("items", {}), counts.get("phrases", {})
    dropped = [
        ("records in neither English nor Indonesian", phrases.get("records_other_language", 0)),
        ("sentences in neither English nor Indonesian", phrases.get("sentences_in_other_languages", 0)),
        (f"records without {_had(network)}", items.get("records_without_items", 0)),
        ("items dropped by the thesaurus", items.get("dropped_by_thesaurus", 0)),
        (
            "names that may be several people's: see `benang thesaurus … --items authors`",
            items.get("ambiguous_names", 0),
        ),
        *(
            (f"items left out: {why}", counts[step]["items"] - counts[step]["kept"])
            for step, why in (("threshold", "too rare"), ("top", "too weak"), ("components", "in other components"))
            if step in counts
        ),
    ]
    return [(what, number) for what, number in dropped if number]


def _had(network: Network) -> str:
    """Name what a record must have to be on the map; documents are linked by their references."""
    return "references" if network.item_kind == "documents" else str(network.item_kind).replace("-", " ")


def _sizes(made: Map) -> list[tuple[str, object]]:
    network = made.network
    return [("items", len(network)), ("links", network.n_links), ("clusters", made.n_clusters)]


def _quality(made: Map) -> list[tuple[str, object]]:
    return [
        ("attraction, repulsion", f"{made.told('layout', 'attraction')}, {made.told('layout', 'repulsion')}"),
        ("Q* of the layout (lower is better)", f"{made.told('layout', 'objective'):,.3f}"),
        ("V of the clustering (higher is better)", f"{made.told('clustering', 'quality'):.6f}"),
    ]
