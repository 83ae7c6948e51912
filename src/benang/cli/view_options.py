"""The options of commands that draw a map: counterparts of VOSviewer's, gathered in a `View`."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

import click

from benang.cli.options import INPUT, TextType, language_option, number_option, within
from benang.cli.usage import Choice
from benang.errors import nearest
from benang.locale.writing import worded
from benang.looks import NORMALISATIONS, PaletteName, ScaleName, View, ViewName

SCALES: tuple[str, ...] = get_args(ScaleName)
_USUAL = View()


def _rising(_: click.Context, param: click.Parameter, given: tuple[float, float] | None) -> tuple[float, float] | None:
    if given is not None and not given[0] < given[1]:
        raise click.BadParameter(
            worded("the lower end ({given:g}) must be below the upper ({given2:g}).", given=given[0], given2=given[1]),
            param=param,
        )
    return given


class _NameOrFile(TextType):
    """A name of a colour scale, or a file that there is."""

    name = "name or file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Accept a known name, or anything that looks like a file; whether it can be read shows when it is."""
        text = str(value)
        if text in SCALES:
            return text
        if not Path(text).suffix and not Path(text).exists():
            self.fail(
                worded(
                    "'{text}' is neither a file nor a colour scale. {nearest}", text=text, nearest=nearest(text, SCALES)
                ),
                param,
                ctx,
            )
        return Path(text)


_VIEW = (
    click.option(
        "--view",
        type=Choice(get_args(ViewName)),
        default=_USUAL.view,
        show_default=True,
        help="What to draw: items by cluster, items by score, the density of items, or the density of each cluster.",
    ),
    click.option(
        "--score",
        metavar="NAME",
        help="Score to colour an overlay by.  [default: the items' own colours, else Avg. pub. year, Pub. year, …]",
    ),
    click.option(
        "--score-normalisation",
        "normalisation",
        type=Choice(tuple(NORMALISATIONS)),
        default="none",
        show_default=True,
        help="How to normalise the scores.",
    ),
    click.option(
        "--score-range",
        type=(within("score"), within("score")),
        metavar="LOW HIGH",
        callback=_rising,
        help="Range of scores that the colours span.  [default: 10th to 90th percentile, rounded]",
    ),
    click.option(
        "--score-colours",
        "colours",
        type=_NameOrFile(),
        metavar="NAME|FILE",
        help=f"Colours of scores or of a density: {', '.join(SCALES)}, or a VOSviewer file "
        "`color value red green blue`.  [default: viridis; a density has its own]",
    ),
    click.option(
        "--palette",
        type=Choice(get_args(PaletteName)),
        default=_USUAL.palette,
        show_default=True,
        help="Colours of the clusters: those of Benang, safe for colour-blind readers, or those of VOSviewer.",
    ),
    click.option(
        "--cluster-colours",
        type=INPUT,
        metavar="FILE",
        help="Colours of the clusters: a VOSviewer file `cluster red green blue`.",
    ),
    number_option(
        "--kernel-width",
        default=_USUAL.kernel_width,
        help="Width of the density kernel, relative to the mean distance between items.",
    ),
)
_SIZES = (
    click.option(
        "--weight",
        metavar="NAME",
        help=("Weight that determines the size of items.  [default: Occurrences, Documents, Citations, …]"),
    ),
    number_option(
        "--item-size-variation",
        default=_USUAL.item_size_variation,
        help="0: all circles have the same size; 1: diameters are proportional to the weight.",
    ),
    number_option(
        "--label-size-variation",
        help="The same for labels.  [default: as for the items]",
    ),
    number_option(
        "--link-size-variation",
        default=_USUAL.link_size_variation,
        help="0: all links have the same width; 1: widths are proportional to the strength.",
    ),
    number_option(
        "--scale",
        default=_USUAL.scale,
        help="Factor by which to enlarge circles, labels and links.",
    ),
    number_option(
        "--label-length",
        metavar="N",
        help="Length in letters above which a label is shortened; 0 shows no labels.  [default: 40; 60 on small maps]",
    ),
    click.option("--frames", is_flag=True, help="Draw labels in frames instead of circles."),
)
_LINKS = (
    number_option(
        "--min-link-strength",
        default=_USUAL.min_link_strength,
        help="Minimum strength of the links that are drawn.",
    ),
    number_option(
        "--max-links",
        default=_USUAL.max_links,
        metavar="N",
        help="Draw the N strongest links.",
    ),
    click.option("--straight-links", "straight", is_flag=True, help="Draw links as straight lines instead of curves."),
    click.option(
        "--coloured-links/--grey-links",
        "coloured",
        default=_USUAL.coloured,
        show_default=True,
        help="Draw links in the colours of their ends, or in grey.",
    ),
)
_PAGE = (
    click.option("--dark", is_flag=True, help="Draw on a black background."),
    click.option(
        "--show-item",
        "show",
        metavar="ITEM",
        help=("Centre the map on this item (id or label), magnified three times."),
    ),
    click.option("--zoom-level", "zoom", type=within("zoom"), metavar="TIMES", help="Magnification of the map."),
    number_option(
        "--width",
        default=_USUAL.width,
        metavar="MM",
        help="Width on paper.",
    ),
    number_option(
        "--height",
        metavar="MM",
        help="Height on paper.  [default: as the shape of the map requires]",
    ),
    number_option("--dpi", default=_USUAL.dpi, help="Resolution in dots per inch."),
    click.option("--title", metavar="TEXT", help="Title above the map."),
    language_option("Language of legends, notes and messages.", else_messages=True),
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

    @functools.wraps(command)
    def gathered(*args: Any, **given: Any) -> Any:
        return command(*args, view=_view(given), **given)

    wrapped: Callable[..., Any] = gathered
    for option in reversed((*_VIEW, *_SIZES, *_LINKS, *_PAGE)):
        wrapped = option(wrapped)
    return cast("_Command", wrapped)


def _view(given: dict[str, Any]) -> View:
    """Take the values of these options out of those of a command, and return them as a view."""
    low, high = given.pop("score_range") or (None, None)
    file, straight = given.pop("cluster_colours"), given.pop("straight")
    named = {field.name: given.pop(field.name) for field in fields(View) if field.name in given}
    named["normalisation"] = NORMALISATIONS[named["normalisation"]]
    return View(**named | {"palette": file or named["palette"]}, low=low, high=high, curved=not straight)
