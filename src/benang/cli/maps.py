"""`benang map`: from exports to a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.map_options import making_of, making_options, outputs_of, outputs_option
from benang.cli.network_options import analysis_of, network_options
from benang.cli.options import INPUT, in_options, say_account
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
