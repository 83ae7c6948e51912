"""`benang drill`: the records behind an item or a link of a map, and in a review what was coded in them."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, in_options, say_account, spoken


@click.command("drill")
@click.argument("map_file", type=INPUT, metavar="MAP")
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
    from benang.tasks.drill import DrillRequest, drill

    with in_options():
        drilled = drill(DrillRequest(map=map_file, items=items, review=review, language=spoken()))
    say_account(drilled.account)
