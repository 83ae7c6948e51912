"""`benang screen`: records screened in the terminal or in a table; what else belongs to it is in other modules."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, PLACE, in_options, progress, say_account
from benang.cli.usage import Choice, Group

if TYPE_CHECKING:
    from benang.judgements.events import Stage

STAGE_NAMES = ("title-abstract", "full-text")
ELSEWHERE: dict[str, str] = {}
"""The commands below `screen`, and the module of each, which is imported when it is named."""
RECORDS = "records"
"""What is meant where no command is named: `benang screen FOLDER`."""

stage_option = click.option(
    "--stage",
    type=Choice(STAGE_NAMES),
    help="What the records are screened by.  [default: the first stage of the plan]",
)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who decides, or 'consensus'.  [default: the only reviewer in the plan]"
)


class _Screening(Group):
    """Takes the name of a folder where others take that of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command, or put the one before a folder that goes without saying."""
        if args and args[0] not in (*self.list_commands(ctx), *ctx.help_option_names):
            args = [RECORDS, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"benang.cli.{ELSEWHERE[cmd_name]}")
        found = getattr(module, f"{cmd_name}_command")
        assert isinstance(found, click.Command)  # noqa: S101
        return found


@click.group("screen", cls=_Screening)
def screen_command() -> None:
    """Screen records: include, exclude or set them aside for a second look, by title and abstract, then by full text.

    For example: benang screen markets --coder ani

    A folder without a command means the command 'records'.
    """


@screen_command.command(RECORDS)
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option(
    "--decide",
    type=INPUT,
    metavar="FILE",
    help="Take decisions from a table (record, verdict, reason, note), or from an export of a screening program.",
)
@stage_option
@coder_option
def records_command(folder: Path, decide: Path | None, stage: str | None, coder: str | None) -> None:
    """Screen the records of a review one by one, or take decisions from a file.

    In a terminal, one key decides on each record. Elsewhere, it prints how far the screening is.
    """
    from benang.tasks.screening import deciding

    at = cast("Stage | None", stage)
    with in_options(), progress() as report:
        if decide:
            request = deciding.DecideRequest(folder=folder, file=decide, stage=at, coder=coder, language=spoken())
            account = deciding.decide(request, progress=report).account
        else:
            account = deciding.screening_state(deciding.StateRequest(folder=folder, language=spoken())).account
    say_account(account)
