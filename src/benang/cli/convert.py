"""`benang convert`: a map or a network from one form into others."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, NamedPath, in_options, say_account, spoken
from benang.cli.progress import progress


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
    from benang.tasks.convert import ConvertRequest, convert

    request = ConvertRequest(
        source=source,
        targets=targets,
        network=network,
        map=items,
        partition=partition,
        vectors=vectors,
        records=not without_records,
        language=spoken(),
    )
    with in_options(), progress() as report:
        converted = convert(request, progress=report)
    say_account(converted.account)
