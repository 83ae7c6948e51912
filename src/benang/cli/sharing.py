"""The commands by which several people work on one review: `verify`, `send` and `merge`."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import PLACE, progress, say_account, spoken


@click.command("verify")
@click.argument("folder", type=PLACE, metavar="FOLDER")
def verify_command(folder: Path) -> None:
    """Go through a review's folder and name every line, quote and name in it that is damaged.

    It ends with 0 where the folder is whole, and with 1 where something is wrong. Nothing is changed.
    """
    from benang.tasks.verify import VerifyRequest, verify

    with progress() as report:
        verified = verify(VerifyRequest(folder, spoken()), progress=report)
    for problem in verified.problems:
        click.echo(str(problem), err=True)
    say_account(verified.account)
    if not verified.is_whole:
        raise click.exceptions.Exit(1)
