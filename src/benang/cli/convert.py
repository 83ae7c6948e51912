"""`benang convert`: a map or a network from one form into others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.options import INPUT, NamedPath, say_files, say_some, say_table
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress

if TYPE_CHECKING:
    from benang.map_files.exchange import Contents

_COMPUTED = ("Links", "Total link strength")


@click.command("convert")
@click.argument("source", type=INPUT, metavar="FROM")
@click.argument(
    "targets", nargs=-1, required=True, type=NamedPath(dir_okay=False, readable=False, path_type=Path), metavar="TO…"
)
@click.option(
    "--network", type=INPUT, metavar="FILE", help="Links between the items of FROM, where FROM is a map file alone."
)
@click.option("--map", "items", type=INPUT, metavar="FILE", help="Items of FROM, where FROM is a network file alone.")
@click.option("--partition", type=INPUT, metavar="FILE", help="Pajek partition (.clu): the clusters of the items.")
@click.option(
    "--vector",
    "vectors",
    type=INPUT,
    multiple=True,
    metavar="FILE",
    help="Pajek vector (.vec): a weight of the items, named by the file. May be given several times.",
)
@click.option("--without-records", is_flag=True, help="Leave out the records behind items and links.")
def convert_command(
    source: Path,
    targets: tuple[Path, ...],
    network: Path | None,
    items: Path | None,
    partition: Path | None,
    vectors: tuple[Path, ...],
    without_records: bool,
) -> None:
    """Write a map or a network in other forms; what FROM is shows by its content, what TO becomes by its suffix.

    Known: .json and .txt (VOSviewer), .gml, .graphml, .gexf, .net, .mat, .paj, .clu and .vec (Pajek), .csv and .tsv
    (edge lists). What a form can't hold is said. For example: benang convert map.json map.gexf map.net
    """
    if network is not None and items is not None:
        raise click.UsageError("Give --network for a map file, or --map for a network file, not both.")
    from benang.files import write_together
    from benang.map_files.exchange import companions, format_contents, read_contents

    inputs = [path for path in (source, network, items, partition, *vectors, *companions(source)) if path is not None]
    targets = tuple(dict.fromkeys(targets))
    _check(targets, inputs)
    with progress() as report:
        report("Reading", 0.0)
        of_items, of_links = (items, source) if items is not None else (source, network)
        contents = read_contents(of_items, of_links, partition=partition, vectors=vectors)
        report("Writing", 0.6)
        made = format_contents(contents, *targets, records=not without_records)
        write_together(made.files)
    click.echo(f"{source}: {contents.form}")
    say_some(contents.notes)
    say_table(_held(contents))
    _say_left_out(made.told)
    say_files(made.files)


def _check(targets: Sequence[Path], inputs: Iterable[Path]) -> None:
    """Refuse unknown suffixes, output that would destroy an input or other output, and places that can't be written."""
    from benang.map_files.exchange import MAP_SUFFIXES

    for path in targets:
        if path.suffix.lower() not in MAP_SUFFIXES:
            drawn = " Pictures are drawn by 'benang layout'." if path.suffix.lower() in {".png", ".svg", ".pdf"} else ""
            known = ", ".join(MAP_SUFFIXES)
            raise click.UsageError(f"'{path.name}': the suffix decides what is written; known: {known}.{drawn}")
    check_outputs(targets, inputs)


def _held(contents: Contents) -> list[tuple[str, object]]:
    """Say what was read."""
    network = contents.network
    placed = len(network) - len(contents.unplaced)
    clusters = len({number for number in contents.cluster.tolist() if number})
    weights = [name for name in network.weights if name not in _COMPUTED]
    rows: list[tuple[str, object]] = [
        ("items", len(network)),
        ("links", network.n_links),
        ("sum of link strengths", f"{network.total_link_strength:,.10g}"),
        ("items with x and y", placed if placed else "none: VOSviewer and 'benang layout' lay them out"),
        ("clusters", clusters),
        ("weights", ", ".join(weights)),
        ("scores", ", ".join(network.scores)),
        ("attributes", ", ".join(network.attributes)),
        ("records behind the items", len(network.records) if network.incidence is not None else 0),
    ]
    return [(what, value) for what, value in rows if value not in ("", 0) or what == "links"]


def _say_left_out(told: Mapping[Path, Sequence[str]]) -> None:
    """Say for each file what it doesn't hold of what was read."""
    for path, remarks in told.items():
        click.echo(f"Not in {path.name}:")
        say_some(remarks)
