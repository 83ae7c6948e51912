"""`benang map`: from exports to a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.drill import say_behind
from benang.cli.in_place import check_in_place, network_in_place
from benang.cli.map_account import (
    chosen,
    left_out,
    quality,
    say_dropped_terms,
    say_stability,
    say_without_keywords,
    sizes,
    unmatched_lines,
)
from benang.cli.map_files import write_outputs
from benang.cli.map_options import check_exponents, making, making_options, outputs_option
from benang.cli.network_options import network_options
from benang.cli.networks import analysis_of, thesaurus_of, with_columns
from benang.cli.options import INPUT, in_options, say_files, say_some, say_table, with_companions
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress
from benang.cli.reading import choices_of, read_works, reading_options, say_reading
from benang.cli.view_options import view_options
from benang.looks.view import View

if TYPE_CHECKING:
    from benang.analyses.analysis import Analysis
    from benang.network.network import Network
    from benang.records.thesaurus import Thesaurus
    from benang.tasks.read_works import ReadWorks


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
    analysis = analysis_of(asked)
    check_exponents(asked)
    if asked["in_place"]:
        check_in_place(files, analysis, asked["scores"])
    from benang.analyses.analysis import least_of
    from benang.analyses.networks import mappable_network
    from benang.map_files.exchange import read_map
    from benang.maps.alignment import aligned
    from benang.maps.making import vos_map
    from benang.maps.stability_told import told_quickly
    from benang.network.drilling import behind

    read = [*files, asked["thesaurus"], asked["scores"], asked["decisions"]]
    check_outputs(outputs, [*read, *with_companions(asked["like"]), *view.files])
    choices = choices_of(asked["forms"], asked["encodings"], asked["columns"], files)
    earlier = read_map(asked["like"]) if asked["like"] else None
    with progress() as report, in_options():
        report("Reading", 0.0)
        variants = thesaurus_of(asked["thesaurus"])
        works: ReadWorks | None = None
        if asked["in_place"]:
            keeps = not asked["without_records"]
            network = network_in_place(files[0], analysis, variants, records=keeps, report=report)
        else:
            works = read_works(files, choices, keep_duplicates=asked["keep_duplicates"], decisions=asked["decisions"])
            analysis = with_columns(analysis, asked["scores"], works.corpus)
            report("Counting what occurs together", 0.1)
            network = mappable_network(works.corpus, analysis, variants)
        check_exponents(asked, network)
        drilled = behind(network, asked["drilled"]) if asked["drilled"] else None
        made = vos_map(network, **making(asked), progress=lambda what, share: report(what, 0.2 + 0.6 * share))
        made = aligned(made, earlier) if earlier else made
        report("Clustering other draws of the records", 0.8)
        made = told_quickly(made, runs=asked["stability"], seed=asked["seed"])
        report("Drawing and writing", 0.85)
        written = write_outputs(made, outputs, view, records=not asked["without_records"])
    _say_read(works, network, variants, analysis)
    said = chosen(works, analysis, least_of(analysis, len(works.corpus))) if works else []
    say_table([*said, *sizes(made), *left_out(network), *quality(made)])
    say_dropped_terms(network)
    say_stability(made)
    if drilled:
        say_behind(network, drilled)
    say_files(written)


def _say_read(works: ReadWorks | None, network: Network, variants: Thesaurus | None, analysis: Analysis) -> None:
    """Say what was read, or that nothing was loaded, and what the thesaurus and the records have to tell."""
    if works:
        say_reading(works)
    else:
        click.echo(f"Counted where it lies, by {analysis.engine}: names and references as they are printed.")
    if variants:
        say_some([f"{variants.file}, {note}" for note in (*variants.notes, *unmatched_lines(network, variants))])
    say_without_keywords(network, analysis.items)
