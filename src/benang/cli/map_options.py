"""The options of `benang map` and `benang layout` that say how a network becomes a map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.options import INPUT, OutputPath, within
from benang.looks.view import View

if TYPE_CHECKING:
    from benang.tasks.draw_map import Outputs
    from benang.tasks.make_map import Making

NORMALIZATIONS = ("association-strength", "fractionalization", "modularity", "none", "cosine", "jaccard")

outputs_option = click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=OutputPath(),
    metavar="FILE",
    help="File to write: .json, .txt (VOSviewer, with the network beside it), .graphml, .gexf, .net, .gml, .csv, .tsv, "
    ".png, .svg, .pdf or .eps. May be given several times.",
)

_EXPONENTS = (
    click.option(
        "--attraction",
        type=within("attraction", whole=True),
        metavar="N",
        help="Exponent that draws linked items together; must be above the repulsion.  [default: 2]",
    ),
    click.option(
        "--repulsion",
        type=within("repulsion", whole=True),
        metavar="N",
        help="Exponent that drives all items apart.  [default: 1; keywords, topics and citation of documents 0, "
        "co-authorship of authors -1, as in VOSviewer]",
    ),
)

_MAKING = (
    click.option(
        "--normalization",
        type=click.Choice(NORMALIZATIONS),
        default="association-strength",
        show_default=True,
        help="How link strengths are normalised; modularity is VOSviewer's LinLog/modularity.",
    ),
    *_EXPONENTS,
    click.option(
        "--resolution",
        type=within("resolution"),
        default=1.0,
        show_default=True,
        metavar="NUMBER",
        help="Higher gives more and smaller clusters.",
    ),
    click.option(
        "--min-cluster-size",
        type=within("min_cluster_size"),
        default=1,
        show_default=True,
        metavar="N",
        help="Clusters with fewer items are merged into the one that they are tied to most.",
    ),
    click.option(
        "--keep-small-clusters/--merge-small-clusters",
        "keep_small",
        default=False,
        help="Leave items of such clusters without a cluster instead.",
    ),
    click.option(
        "--starts",
        type=within("starts"),
        default=1,
        show_default=True,
        metavar="N",
        help="How often the layout starts anew; the best is kept.",
    ),
    click.option(
        "--cluster-starts",
        type=within("cluster_starts"),
        default=10,
        show_default=True,
        metavar="N",
        help="How often the clustering starts anew; the best is kept.",
    ),
    click.option(
        "--seed",
        type=within("seed"),
        default=0,
        show_default=True,
        metavar="N",
        help="Number that all that is random begins with: the same gives the same map.",
    ),
    click.option(
        "--stability",
        type=within("stability"),
        metavar="RUNS",
        help="Say on the map how far its clusters hold, by so many runs with other seeds and other records (`benang "
        "stability`).  [default: 20 up to 500 items, else 0]",
    ),
    click.option(
        "--like",
        type=INPUT,
        metavar="MAP",
        help="An earlier map: this one is turned and its clusters are numbered to match it, so that the two compare.",
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
    from benang.tasks.draw_map import Outputs

    return Outputs(paths=paths, records=not asked["without_records"], view=view)
