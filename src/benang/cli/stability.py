"""`benang stability`: how far the clusters of a map hold."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import DRAWN, INPUT, OutputPath, in_options, say_account, spoken, within
from benang.cli.progress import progress

_FORMS = (".json", ".csv", *DRAWN)


@click.command("stability")
@click.argument("map_file", type=INPUT, metavar="MAP")
@click.option(
    "--runs",
    type=within("runs"),
    default=100,
    show_default=True,
    help="How often the map is clustered with another seed, and of other records.",
)
@click.option("--seed", type=within("seed"), default=0, show_default=True, help="Seed of all that is random.")
@click.option(
    "--palette",
    type=click.Choice(["benang", "vosviewer"]),
    default="benang",
    show_default=True,
    help="Colours of the clusters in the figure, as on the map.",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath(_FORMS),
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
