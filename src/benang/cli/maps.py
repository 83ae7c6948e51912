"""The commands that make a map: `map` of exports, with its `thresholds`, and `layout` of a network made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.map_options import making_of, making_options, outputs_of, outputs_option
from benang.cli.network_options import analysis_of, counted_options, network_options
from benang.cli.options import INPUT, in_options, say_account, spoken
from benang.cli.progress import progress
from benang.cli.reading import reading_options, works_request
from benang.cli.view_options import view_options
from benang.looks.view import View


@click.command("map")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@network_options
@click.option(
    "--scores",
    type=INPUT,
    metavar="FILE",
    help="Your own numbers of records, to colour items by: a table with a column 'record', or VOSviewer's scores file.",
)
@click.option(
    "--in-place",
    is_flag=True,
    help="Count a corpus folder or an OpenAlex snapshot where it lies, without loading it: for millions of records. "
    "Names of authors and references then count as they are printed.",
)
@making_options
@view_options
@click.option("--drill", "drilled", metavar="ITEM", help="List the records behind an item, too.")
@reading_options
@outputs_option
def map_command(files: tuple[Path, ...], outputs: tuple[Path, ...], view: View, **asked: Any) -> None:
    """Make a map from exports of databases and reference managers, in any form that `benang records` reads.

    Records of one work are joined first. For example:
    benang map scopus.csv wos.txt --items author-keywords -o map.png -o map.json
    """
    from benang.tasks.make_map import MapRequest, make_map

    analysis, making = analysis_of(asked), making_of(asked)
    with in_options(), progress() as report:
        request = MapRequest(
            works=works_request(files, asked),
            analysis=analysis,
            making=making,
            thesaurus=asked["thesaurus"],
            scores=asked["scores"],
            in_place=asked["in_place"],
            like=asked["like"],
            drill=asked["drilled"],
            outputs=outputs_of(outputs, view, asked),
        )
        made = make_map(request, progress=report)
    say_account(made.account)


@click.command("thresholds")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@counted_options
@reading_options
def thresholds_command(files: tuple[Path, ...], **asked: Any) -> None:
    """Print how many items and links each threshold leaves.

    For example: benang thresholds scopus.csv --items author-keywords
    """
    from benang.tasks.thresholds import ThresholdsRequest, thresholds

    with in_options(), progress() as report:
        request = ThresholdsRequest(
            works=works_request(files, asked), analysis=analysis_of(asked), thesaurus=asked["thesaurus"]
        )
        counted = thresholds(request, progress=report)
    say_account(counted.account)


@click.command("layout")
@click.argument("file", required=False, type=INPUT, metavar="[FILE]")
@click.option(
    "--network",
    "network_file",
    type=INPUT,
    metavar="FILE",
    help="VOSviewer network file; alone, its ids become the labels.",
)
@click.option("--no-layout", is_flag=True, help="Keep the places that the items have.")
@click.option("--no-clustering", is_flag=True, help="Keep the clusters that the items have.")
@click.option("--largest-component", is_flag=True, help="Keep the largest component alone, where there are several.")
@making_options
@view_options
@outputs_option
def layout_command(
    file: Path | None, network_file: Path | None, outputs: tuple[Path, ...], view: View, **asked: Any
) -> None:
    """Lay out and cluster a network made elsewhere: any file of a map or network that `benang convert` reads.

    For example: benang layout map.txt --network network.txt -o map.json -o map.pdf
    With --no-layout and --no-clustering the map is drawn and written as it is.
    """
    from benang.tasks.lay_out import LayoutRequest, lay_out

    request = LayoutRequest(
        file=file,
        network=network_file,
        keep_layout=asked["no_layout"],
        keep_clusters=asked["no_clustering"],
        largest_component=asked["largest_component"],
        making=making_of(asked),
        like=asked["like"],
        outputs=outputs_of(outputs, view, asked),
        language=spoken(),
    )
    with in_options(), progress() as report:
        laid_out = lay_out(request, progress=report)
    say_account(laid_out.account)
