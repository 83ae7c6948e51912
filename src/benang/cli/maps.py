"""The commands that make a map: `map` of exports, with its `thresholds`, and `layout` of a network made elsewhere.

`map` and `layout` share the options that say how a network becomes a map, and where that goes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, MAP, OutputPath, in_options, number_option, progress, say_account, within
from benang.cli.reading import analysis_of, counted_options, network_options, reading_options, works_request
from benang.cli.usage import Choice, command
from benang.cli.view_options import view_options
from benang.kinds import Normalization
from benang.looks import View

if TYPE_CHECKING:
    from benang.tasks.make_map import Making, Outputs


outputs_option = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=OutputPath(),
    metavar="FILE",
    help=(
        "Output file: .html (an interactive page), .json, .txt (VOSviewer, with the network beside it), .graphml, "
        ".gexf, .net, .gml, .csv, .tsv, .png, .svg, .pdf or .eps. Can be given more than once."
    ),
)

_EXPONENTS = (
    click.option(
        "--attraction",
        type=within("attraction", whole=True),
        metavar="N",
        help="Exponent of the attraction between linked items; must exceed that of the repulsion.  [default: 2]",
    ),
    click.option(
        "--repulsion",
        type=within("repulsion", whole=True),
        metavar="N",
        help=(
            "Exponent of the repulsion between all items.  [default: 1; keywords, topics and citation of documents "
            "0, co-authorship of authors -1, as in VOSviewer]"
        ),
    ),
)

_MAKING = (
    click.option(
        "--normalization",
        type=Choice(get_args(Normalization)),
        default="association-strength",
        show_default=True,
        help="How to normalise link strengths; modularity is VOSviewer's LinLog/modularity.",
    ),
    *_EXPONENTS,
    number_option(
        "--resolution",
        default=1.0,
        help="Resolution of the clustering; a higher value gives more and smaller clusters.",
    ),
    number_option(
        "--min-cluster-size",
        default=1,
        metavar="N",
        help="Merge smaller clusters into the one to which they are linked most strongly.",
    ),
    click.option(
        "--keep-small-clusters/--merge-small-clusters",
        "keep_small",
        default=False,
        help="Leave the items of smaller clusters without a cluster instead of merging them.",
    ),
    number_option(
        "--starts",
        default=1,
        metavar="N",
        help="Number of random starts of the layout; the best is kept.",
    ),
    number_option(
        "--cluster-starts",
        default=10,
        metavar="N",
        help="Number of random starts of the clustering; the best is kept.",
    ),
    number_option(
        "--seed",
        default=0,
        metavar="N",
        help="Random seed; the same seed gives the same map.",
    ),
    number_option(
        "--stability",
        metavar="RUNS",
        help=(
            "Number of reruns with other seeds and other records, to show on the map how stable its clusters are "
            "(`benang stability`).  [default: 20 up to 500 items, else 0]"
        ),
    ),
    click.option(
        "--like",
        type=MAP,
        metavar="MAP",
        help="An earlier map; this one is rotated and its clusters are numbered to match it.",
    ),
    click.option(
        "--without-records", is_flag=True, help="Leave the records behind items and links out of the map file."
    ),
)


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add these options to a command, in the order in which its help lists them."""
    for option in reversed(_MAKING):
        command = option(command)
    return command


def making_of(asked: Mapping[str, Any]) -> Making:
    """Return how a network becomes a map, of the options by name."""
    from benang.tasks.make_map import Making

    names = {one.name for one in fields(Making)} - {"merge_small_clusters"}
    return Making(**{name: asked[name] for name in names}, merge_small_clusters=not asked["keep_small"])


def outputs_of(paths: tuple[Path, ...], view: View, asked: Mapping[str, Any]) -> Outputs:
    """Return the files that a map goes to, and how it is drawn."""
    from benang.tasks.make_map import Outputs

    return Outputs(paths=paths, records=not asked["without_records"], view=view)


@command("map")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@network_options
@click.option(
    "--scores",
    type=INPUT,
    metavar="FILE",
    help="Your own scores of records, to colour items by: a table with a column 'record', or a VOSviewer scores file.",
)
@click.option(
    "--in-place",
    is_flag=True,
    help=(
        "Count a corpus folder or an OpenAlex snapshot in place, without loading it, for millions of records. Author "
        "names and references are then taken as printed."
    ),
)
@making_options
@view_options
@click.option("--drill", "drilled", metavar="ITEM", help="Also list the records behind an item.")
@reading_options
@outputs_option
def map_command(files: tuple[Path, ...], outputs: tuple[Path, ...], view: View, **asked: Any) -> None:
    """Make a map from exports of databases and reference managers, in any format that `benang records` reads.

    Records of the same work are joined first. For example: benang map scopus.csv wos.txt --items author-keywords -o
    map.png -o map.json
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
        result = make_map(request, progress=report)
    say_account(result.account)


@command("thresholds")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@counted_options
@reading_options
def thresholds_command(files: tuple[Path, ...], **asked: Any) -> None:
    """Print how many items and links each threshold leaves.

    For example: benang thresholds scopus.csv --items author-keywords
    """
    from benang.tasks.map_account import ThresholdsRequest, thresholds

    with in_options(), progress() as report:
        request = ThresholdsRequest(
            works=works_request(files, asked), analysis=analysis_of(asked), thesaurus=asked["thesaurus"]
        )
        counted = thresholds(request, progress=report)
    say_account(counted.account)


@command("layout")
@click.argument("file", required=False, type=MAP, metavar="[FILE]")
@click.option(
    "--network",
    "network_file",
    type=MAP,
    metavar="FILE",
    help="VOSviewer network file; without a map file, its ids become the labels.",
)
@click.option("--no-layout", is_flag=True, help="Keep the positions of the items.")
@click.option("--no-clustering", is_flag=True, help="Keep the clusters of the items.")
@click.option("--largest-component", is_flag=True, help="Keep only the largest component.")
@making_options
@view_options
@outputs_option
def layout_command(
    file: Path | None, network_file: Path | None, outputs: tuple[Path, ...], view: View, **asked: Any
) -> None:
    """Lay out and cluster a network made elsewhere, from any map or network file that `benang convert` reads.

    For example: benang layout map.txt --network network.txt -o map.json -o map.pdf. With --no-layout and
    --no-clustering, the map is drawn and written as it is.
    """
    from benang.tasks.from_files import LayoutRequest, lay_out

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
