"""How a map is drawn: the options of commands that draw one, their counterparts of VOSviewer's, and the drawing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import click

from benang.cli.numbers import within
from benang.cli.options import INPUT, TextType

if TYPE_CHECKING:
    from benang.figures.map_options import MapOptions
    from benang.looks.colour_scales import ColourScale
    from benang.looks.colours import Palette
    from benang.maps.map import Map

ViewName = Literal["network", "overlay", "density", "cluster-density"]
VIEWS: tuple[ViewName, ...] = ("network", "overlay", "density", "cluster-density")
NORMALISATIONS = {
    "none": "none",
    "divide-by-mean": "divide by mean",
    "subtract-mean": "subtract mean",
    "z-score": "z-score",
}
SCORE_COLOURS = (
    "viridis",
    "plasma",
    "rainbow",
    "white-blue-purple",
    "white-yellow-green-blue",
    "white-yellow-orange-red",
    "coolwarm",
    "spectral",
    "blue-grey-red",
)


@dataclass(frozen=True)
class View:
    """What was asked of a picture; each field is an option of the same name, with hyphens.

    `score_colours` and `cluster_colours` are a name or a file, or None for what the view has of its own.
    """

    view: ViewName = "network"
    score: str | None = None
    score_normalisation: str = "none"
    score_range: tuple[float, float] | None = None
    score_colours: str | None = None
    cluster_colours: Path | None = None
    palette: str = "benang"
    weight: str | None = None
    item_size_variation: float = 0.5
    label_size_variation: float | None = None
    link_size_variation: float = 0.5
    label_length: int | None = None
    min_link_strength: float = 0.0
    max_links: int = 1000
    straight_links: bool = False
    coloured_links: bool = True
    frames: bool = False
    dark: bool = False
    kernel_width: float = 0.125
    scale: float = 1.0
    show_item: str | None = None
    zoom_level: float | None = None
    width: float = 174.0
    height: float | None = None
    dpi: float = 300.0
    title: str | None = None
    language: str = "en"


def draw(map_: Map, view: View, paths: Sequence[Path]) -> None:
    """Draw a map as was asked, into files whose suffixes say in which form (.png, .svg, .pdf, .eps).

    Raises
    ------
    BenangError
        For a score, weight or item that the map lacks (those it has are named), a file of colours that has wrong lines,
        or a place that can't be written to.
    """
    from benang.figures.map_figures import plot_density, plot_map, plot_overlay
    from benang.looks.overlay import Normalisation

    said = _map_options(view, paths)
    if view.view == "overlay":
        low, high = view.score_range or (None, None)
        plot_overlay(
            map_,
            score=view.score,
            normalisation=cast("Normalisation", NORMALISATIONS[view.score_normalisation]),
            low=low,
            high=high,
            colours=_score_colours(view) or "viridis",
            **said,
        )
    elif view.view == "network":
        plot_map(map_, palette=_palette(view), **said)
    else:
        plot_density(
            map_,
            by="clusters" if view.view == "cluster-density" else "items",
            kernel_width=view.kernel_width,
            colours=_score_colours(view),
            palette=_palette(view),
            **said,
        )


def _map_options(view: View, paths: Sequence[Path]) -> MapOptions:
    return {
        "path": list(paths),
        "width": view.width,
        "height": view.height,
        "dpi": view.dpi,
        "dark": view.dark,
        "label_length": view.label_length,
        "weight": view.weight,
        "item_size_variation": view.item_size_variation,
        "label_size_variation": view.label_size_variation,
        "link_size_variation": view.link_size_variation,
        "scale": view.scale,
        "frames": view.frames,
        "max_links": view.max_links,
        "min_link_strength": view.min_link_strength,
        "curved": not view.straight_links,
        "coloured": view.coloured_links,
        "show": view.show_item,
        "zoom": view.zoom_level,
        "title": view.title,
        "language": view.language,
    }


def _score_colours(view: View) -> str | ColourScale | None:
    """Return the name of a scale, or the scale in a file."""
    from benang.looks.colour_files import read_score_colours

    chosen = view.score_colours
    return chosen if chosen is None or chosen in SCORE_COLOURS else read_score_colours(Path(chosen))


def _palette(view: View) -> str | Palette:
    from benang.looks.colour_files import read_cluster_colours

    return view.palette if view.cluster_colours is None else read_cluster_colours(view.cluster_colours)


def _rising(_: click.Context, param: click.Parameter, given: tuple[float, float] | None) -> tuple[float, float] | None:
    if given is not None and not given[0] < given[1]:
        raise click.BadParameter(f"the lower end ({given[0]:g}) must be below the upper ({given[1]:g}).", param=param)
    return given


class _NameOrFile(TextType):
    """A name of a colour scale, or a file that there is."""

    name = "name or file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a known name, or anything that looks like a file; whether it can be read shows when it is."""
        text = str(value)
        if text not in SCORE_COLOURS and not Path(text).suffix and not Path(text).exists():
            self.fail(f"'{text}' is no file, and none of {', '.join(SCORE_COLOURS)}.", param, ctx)
        return text


_VIEW = (
    click.option(
        "--view",
        type=click.Choice(VIEWS),
        default="network",
        show_default=True,
        help="What is drawn: items by cluster, items by score, how dense the map is, or the density of each cluster.",
    ),
    click.option(
        "--score",
        metavar="NAME",
        help="Score that colours an overlay.  [default: the items' own colours, else Avg. pub. year, Pub. year, …]",
    ),
    click.option(
        "--score-normalisation",
        type=click.Choice(tuple(NORMALISATIONS)),
        default="none",
        show_default=True,
        help="What scores are compared with.",
    ),
    click.option(
        "--score-range",
        type=(within("score"), within("score")),
        metavar="LOW HIGH",
        callback=_rising,
        help="Scores that the colours span.  [default: 10th to 90th percentile, made round]",
    ),
    click.option(
        "--score-colours",
        type=_NameOrFile(),
        metavar="NAME|FILE",
        help=f"Colours of scores, or of a density: {', '.join(SCORE_COLOURS)}, or VOSviewer's file "
        "`color value red green blue`.  [default: viridis; a density has its own]",
    ),
    click.option(
        "--palette",
        type=click.Choice(["benang", "vosviewer"]),
        default="benang",
        show_default=True,
        help="Colours of the clusters: safe for colour-blind readers, or VOSviewer's.",
    ),
    click.option(
        "--cluster-colours",
        type=INPUT,
        metavar="FILE",
        help="Colours of the clusters: VOSviewer's file `cluster red green blue`.",
    ),
    click.option(
        "--kernel-width",
        type=within("kernel_width"),
        default=0.125,
        show_default=True,
        help="How far a density reaches, by the mean distance between items.",
    ),
)
_SIZES = (
    click.option(
        "--weight", metavar="NAME", help="Weight that sizes the items.  [default: Occurrences, Documents, Citations, …]"
    ),
    click.option(
        "--item-size-variation",
        type=within("item_size_variation"),
        default=0.5,
        show_default=True,
        help="0 makes all circles alike, 1 their diameters follow the weight.",
    ),
    click.option(
        "--label-size-variation",
        type=within("label_size_variation"),
        help="The same for labels.  [default: that of the items]",
    ),
    click.option(
        "--link-size-variation",
        type=within("link_size_variation"),
        default=0.5,
        show_default=True,
        help="0 makes all links equally wide, 1 in proportion to their strength.",
    ),
    click.option(
        "--scale",
        type=within("scale"),
        default=1.0,
        show_default=True,
        help="Circles, labels and links so many times as large.",
    ),
    click.option(
        "--label-length",
        type=within("label_length"),
        metavar="N",
        help="Characters after which a label is cut; 0 names nothing.  [default: 30; 60 on small maps]",
    ),
    click.option("--frames", is_flag=True, help="Names in frames instead of circles."),
)
_LINKS = (
    click.option(
        "--min-link-strength",
        type=within("min_link_strength"),
        default=0.0,
        show_default=True,
        help="Weaker links are not drawn.",
    ),
    click.option(
        "--max-links",
        type=within("max_links"),
        default=1000,
        show_default=True,
        metavar="N",
        help="Draw the N strongest links.",
    ),
    click.option("--straight-links", is_flag=True, help="Straight lines instead of curves."),
    click.option(
        "--coloured-links/--grey-links",
        default=True,
        show_default=True,
        help="Links in the colours of their ends, or grey.",
    ),
)
_PAGE = (
    click.option("--dark", is_flag=True, help="A black page."),
    click.option("--show-item", metavar="ITEM", help="Put this item (id or label) in the middle, three times as near."),
    click.option("--zoom-level", type=within("zoom"), metavar="TIMES", help="The map so many times as near."),
    click.option(
        "--width",
        type=within("width"),
        default=174.0,
        show_default=True,
        metavar="MM",
        help="Width on paper.",
    ),
    click.option(
        "--height",
        type=within("height"),
        metavar="MM",
        help="Height on paper.  [default: what the map's shape needs]",
    ),
    click.option("--dpi", type=within("dpi"), default=300.0, show_default=True, help="Dots to the inch."),
    click.option("--title", metavar="TEXT", help="Written above the map."),
    click.option(
        "--language",
        type=click.Choice(["en", "id"]),
        default="en",
        show_default=True,
        help="Language of legends and notes.",
    ),
)

_Command = TypeVar("_Command", bound=Callable[..., Any])


def view_options(command: _Command) -> _Command:
    r"""Add these options to a command, which takes them together as one argument, `view`.

    Examples
    --------
    >>> @click.command()
    ... @view_options
    ... def show(view: View) -> None:
    ...     click.echo(f"{view.view}, {view.width:g} mm wide")
    >>> from click.testing import CliRunner
    >>> CliRunner().invoke(show, ["--view", "density", "--width", "84"]).output
    'density, 84 mm wide\n'
    """
    names = [field.name for field in fields(View)]

    @functools.wraps(command)
    def gathered(*args: Any, **given: Any) -> Any:
        view = View(**{name: given.pop(name) for name in names})
        return command(*args, view=view, **given)

    wrapped: Callable[..., Any] = gathered
    for option in reversed((*_VIEW, *_SIZES, *_LINKS, *_PAGE)):
        wrapped = option(wrapped)
    return cast("_Command", wrapped)
