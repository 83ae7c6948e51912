"""The commands on a map that was made: `compare` its parts, `stability`, `drill` to records, `convert` and `view`."""

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
from benang.locale import translator
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.figures.map_figures import Measure
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
@number_option("--slices", "n", metavar="N", help="Divide the map into N periods.")
@click.option("--edges", callback=_years, metavar="YEARS", help="Years in which periods begin, such as 2010,2015,2020.")
@number_option("--before", metavar="YEAR", help="Compare the records before this year with those from then on.")
@click.option(
    "--groups",
    type=INPUT,
    metavar="FILE",
    help=("Compare groups of records, given by a table with the columns record and group."),
)
@click.option(
    "--years",
    type=INPUT,
    metavar="FILE",
    help="Table with the columns record and year.  [default: the years in the map's short citations]",
)
@click.option(
    "--by",
    type=Choice(["z", "share"]),
    default="z",
    show_default=True,
    help="What the colours of two groups show: the difference in standard errors or in percentage points.",
)
@number_option("--most", default=10, metavar="N", help="Number of items to list.")
@number_option("--columns", metavar="N", help="Number of periods side by side.")
@language_option("Language of the figure and the messages.", else_messages=True)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", *DRAWN)),
    metavar="FILE",
    help=f"Output file: {', '.join(DRAWN)}, or .csv for all items. Can be given more than once.",
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
    """Compare periods or groups of records on a map that was saved with its records.

    Periods are drawn side by side. Two groups, or two periods (--before), are drawn as one map of the differences.
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
    help="Number of reruns with another seed, and of reruns with other records.",
)
@number_option("--seed", default=0, help="Random seed; the same seed gives the same result.")
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
    help=(
        "Output file: .png, .svg or .pdf (figure), .csv (items), .json (the map, with the stability of its "
        "clusters). Can be given more than once."
    ),
)
def stability_command(map_file: Path, runs: int, seed: int, palette: str, outputs: tuple[Path, ...]) -> None:
    """Test how stable the clusters of a map are with other seeds, other records and other resolutions.

    MAP is a file written by `benang map` or VOSviewer. For example: benang stability map.json -o stability.png
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
    help=(
        "Review that the records belong to, to list what was coded in them.  [default: the review that contains the "
        "map]"
    ),
)
def drill_command(map_file: Path, items: tuple[str, ...], review: Path | None) -> None:
    """List the records behind an item of a map, or behind the link between two items.

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
@click.option("--network", type=MAP, metavar="FILE", help="Network file, if FROM is a map file without links.")
@click.option("--map", "items", type=MAP, metavar="FILE", help="Map file, if FROM is a network file without items.")
@click.option("--partition", type=INPUT, metavar="FILE", help="Pajek partition (.clu): the clusters of the items.")
@click.option(
    "--vector",
    "vectors",
    type=INPUT,
    multiple=True,
    metavar="FILE",
    help="Pajek vector (.vec): a weight of the items, named after the file. Can be given more than once.",
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
    """Write a map or network in other formats; FROM is recognised by its content, TO by its suffix.

    Formats: .html (an interactive page), .json and .txt (VOSviewer), .gml, .graphml, .gexf, .net, .mat, .paj, .clu and
    .vec (Pajek), .csv and .tsv (edge lists). What a format cannot hold is reported. For example: benang convert
    map.json map.gexf map.net
    """
    from benang.tasks.from_files import ConvertRequest, convert

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


@command("view")
@click.argument("files", nargs=-1, required=True, type=MAP, metavar="FILE…")
@click.option("--network", type=MAP, metavar="FILE", help="Network file, if FILE is a map file without links.")
@click.option(
    "--review",
    type=INPUT,
    metavar="FOLDER",
    help=(
        "Review that the records belong to, to show what was coded in them.  [default: the review that contains the "
        "map]"
    ),
)
@click.option(
    "-o",
    "--output",
    type=OutputPath((".html",)),
    metavar="FILE",
    help="Page to write, if it is to be kept.  [default: a temporary file]",
)
def view_command(files: tuple[Path, ...], network: Path | None, review: Path | None, output: Path | None) -> None:
    """Open maps and networks in the browser, from any file that `benang convert` reads, or a page of a map.

    For example: benang view map.json. The browser is that of the system, or the one in the variable BROWSER. Clicking
    an item or a link lists its records; in a review, each shows the passages that were coded in it.
    """
    from benang.tasks.view_map import ViewRequest, open_in_browser, view_map

    request = ViewRequest(files=files, network=network, review=review, output=output, language=spoken())
    with in_options(), progress() as report:
        viewed = view_map(request, progress=report)
    say_account(viewed.account)
    opened = [open_in_browser(page) for page in viewed.pages]
    if not all(opened):
        click.echo(translator(spoken())("No browser was found here: open the address in one yourself."), err=True)
