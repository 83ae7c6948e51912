"""The commands on a map that was made: `compare` its parts, `stability`, `drill` to its records, `convert` its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import spoken
from benang.cli.options import (
    DRAWN,
    INPUT,
    MAP,
    NamedPath,
    OutputPath,
    in_options,
    language_option,
    number_option,
    progress,
    say_account,
)
from benang.cli.usage import Choice, command
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.figures.scored_maps import Measure
    from benang.locale import Language


def _years(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isdigit() for part in parts):
        raise click.BadParameter(
            worded("expected years separated by commas, such as 2010,2015,2020; found '{value}'.", value=value)
        )
    return tuple(map(int, parts))


@command("compare")
@click.argument("file", type=MAP, metavar="MAP")
@number_option("--slices", "n", metavar="N", help="Part the map into N slices of time.")
@click.option(
    "--edges", callback=_years, metavar="YEARS", help="Years in which a slice of time begins, such as 2010,2015,2020."
)
@number_option("--before", metavar="YEAR", help="Compare the records before a year with those since.")
@click.option(
    "--groups", type=INPUT, metavar="FILE", help="Compare groups of records: a table with the columns record and group."
)
@click.option(
    "--years",
    type=INPUT,
    metavar="FILE",
    help="A table with the columns record and year.  [default: the years in the map's short citations]",
)
@click.option(
    "--by",
    type=Choice(["z", "share"]),
    default="z",
    show_default=True,
    help="What colours show of two groups: the change in standard errors, or in percentage points.",
)
@number_option("--most", default=10, metavar="N", help="How many items are listed.")
@number_option("--columns", metavar="N", help="How many slices stand side by side.")
@language_option("Language of the figure and the messages.", else_messages=True)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", *DRAWN)),
    metavar="FILE",
    help=f"File to write: {', '.join(DRAWN)}, or .csv for all items. May be given several times.",
)
def compare_command(
    file: Path,
    n: int | None,
    edges: tuple[int, ...] | None,
    before: int | None,
    groups: Path | None,
    years: Path | None,
    by: str,
    most: int,
    columns: int | None,
    language: Language,
    outputs: tuple[Path, ...],
) -> None:
    """Compare periods, or groups of records, on a map that carries its records.

    Slices of time are drawn side by side. Two groups, or two periods (--before), are drawn as one map of what differs.
    For example: benang compare map.json --before 2015 -o change.png
    """
    from benang.tasks.compare import CompareRequest, compare

    request = CompareRequest(
        map=file,
        slices=n,
        edges=edges,
        before=before,
        groups=groups,
        years=years,
        by=cast("Measure", by),
        most=most,
        columns=columns,
        outputs=outputs,
        language=language,
    )
    with in_options(), progress() as report:
        comparison = compare(request, progress=report)
    say_account(comparison.account)


@command("stability")
@click.argument("map_file", type=MAP, metavar="MAP")
@number_option(
    "--runs",
    default=100,
    help="How often the map is clustered with another seed, and of other records.",
)
@number_option("--seed", default=0, help="Seed of all that is random.")
@click.option(
    "--palette",
    type=Choice(["benang", "vosviewer"]),
    default="benang",
    show_default=True,
    help="Colours of the clusters in the figure, as on the map.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".json", ".csv", *DRAWN)),
    metavar="FILE",
    help="File to write: .png, .svg or .pdf (figure), .csv (items), .json (the map, which then says how far its "
    "clusters hold). May be given several times.",
)
def stability_command(map_file: Path, runs: int, seed: int, palette: str, outputs: tuple[Path, ...]) -> None:
    """Say how far the clusters of a map hold: with other seeds, other records, other resolutions.

    MAP is a file that `benang map` or VOSviewer wrote. For example: benang stability map.json -o stability.png
    """
    from benang.tasks.stability import StabilityRequest, stability

    request = StabilityRequest(map=map_file, runs=runs, seed=seed, palette=palette, outputs=outputs, language=spoken())
    with in_options(), progress() as report:
        result = stability(request, progress=report)
    say_account(result.account)


@command("drill")
@click.argument("map_file", type=MAP, metavar="MAP")
@click.argument("items", nargs=-1, required=True, metavar="ITEM [ITEM]")
@click.option(
    "--review",
    type=INPUT,
    metavar="FOLDER",
    help="The review that the records belong to: what was coded in them is listed.  [default: the one the map lies in]",
)
def drill_command(map_file: Path, items: tuple[str, ...], review: Path | None) -> None:
    """List the records behind an item of a map, or behind the link of two items.

    For example: benang drill topics.json "sister city" or benang drill topics.json "sister city" budget
    """
    from benang.tasks.explain import DrillRequest, drill

    with in_options():
        drilled = drill(DrillRequest(map=map_file, items=items, review=review, language=spoken()))
    say_account(drilled.account)


@command("convert")
@click.argument("source", type=MAP, metavar="FROM")
@click.argument(
    "targets", nargs=-1, required=True, type=NamedPath(dir_okay=False, readable=False, path_type=Path), metavar="TO…"
)
@click.option(
    "--network", type=MAP, metavar="FILE", help="Links between the items of FROM, where FROM is a map file alone."
)
@click.option("--map", "items", type=MAP, metavar="FILE", help="Items of FROM, where FROM is a network file alone.")
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
