"""`benang screen`: records screened in the terminal or in a table; `benang studies`: which reports are one study."""

from __future__ import annotations

import importlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import chosen_language, spoken
from benang.cli.options import INPUT, PLACE, OutputPath, in_options, language_option, progress, say_account
from benang.cli.usage import Choice, Day, Group, command
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.judgements.events import Stage
    from benang.locale import Language

STAGE_NAMES = ("title-abstract", "full-text")
ELSEWHERE: dict[str, str] = {"export": "screen_lists", "simulate": "simulating"}
"""The commands below `screen`, and the module of each, which is imported when it is named."""
RECORDS = "records"
"""What is meant where no command is named: `benang screen FOLDER`."""

stage_option = click.option(
    "--stage",
    type=Choice(STAGE_NAMES),
    help="Stage of the screening.  [default: the first stage of the plan]",
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
    """Screen records: include them, exclude them or mark them as unsure, by title and abstract, then by full text.

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
    at = cast("Stage | None", stage)
    if not decide and sys.stdin.isatty() and sys.stdout.isatty():
        from benang.cli.screen_terminal import screen_in_terminal

        screen_in_terminal(folder, at, coder)
        return
    from benang.tasks.screening import deciding, importing

    with in_options(), progress() as report:
        if decide:
            request = deciding.DecideRequest(folder=folder, file=decide, stage=at, coder=coder, language=spoken())
            account = importing.take_decisions(request, progress=report).account
        else:
            account = deciding.screening_state(deciding.StateRequest(folder=folder, language=spoken())).account
    say_account(account)


@command("studies")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("reports", nargs=-1, metavar="[KEY…]")
@click.option("--join", is_flag=True, help="The reports named are one study.")
@click.option("--part", is_flag=True, help="Each of the reports named is a study of its own.")
@click.option("--name", default="", metavar="ID", help="With --join: id of the study, new or already there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@language_option("Language of the answer.  [default: the one you chose for messages, else the plan's]")
def studies_command(
    folder: Path, reports: tuple[str, ...], join: bool, part: bool, name: str, as_json: bool, language: str | None
) -> None:
    """Propose which reports are of one study, with the evidence; join them, or part them.

    Reports are named by the keys of their records, for example: benang studies markets --join sari-2018 sari-2020
    """
    from benang.tasks.studies import StudiesRequest, studies

    if bool(reports) != (join or part):
        raise click.UsageError(worded("Give the keys of reports together with --join or --part."))
    request = StudiesRequest(
        folder=folder,
        join=reports if join else (),
        part=reports if part else (),
        name=name,
        language=cast("Language | None", language) or chosen_language(),
    )
    with in_options(), progress() as report:
        shown = studies(request, progress=report)
    if as_json:
        click.echo(shown.as_json(), nl=False)
    else:
        say_account(shown.account)


@screen_command.command("assign")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--round", "name", required=True, metavar="NAME", help="Name of the round, such as 'pilot'.")
@click.option(
    "--records", type=click.IntRange(min=1), required=True, metavar="N", help="Number of records, drawn at random."
)
@click.option(
    "--reader",
    "readers",
    multiple=True,
    metavar="NAME",
    help="Who reads all of them; 'all' means every reviewer. Can be given more than once.  [default: as the plan says]",
)
@stage_option
@click.option("--coder", metavar="NAME", help="Who gives out the round.  [default: the only reviewer in the plan]")
def assign_command(
    folder: Path, name: str, records: int, readers: tuple[str, ...], stage: str | None, coder: str | None
) -> None:
    """Assign a round of records to reviewers, such as a pilot that all of them read before they go on.

    For example: benang screen assign markets --round pilot --records 30 --reader all --coder ani
    """
    from benang.tasks.screening.rounds import RoundRequest, assign_round

    at = cast("Stage | None", stage)
    with in_options(), progress() as report:
        request = RoundRequest(
            folder=folder, name=name, records=records, readers=readers, stage=at, coder=coder, language=spoken()
        )
        account = assign_round(request, progress=report).account
    say_account(account)


@screen_command.command("finish")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--coder", metavar="NAME", help="Whose task ends.  [default: the only reviewer in the plan]")
def finish_command(folder: Path, coder: str | None) -> None:
    """End your task by title and abstract early: the records left are not screened, and your decisions may be shown.

    It prints what the stopping test says. PRISMA counts records that nobody screened as removed by automation tools.
    """
    from benang.tasks.screening.rounds import FinishRequest, finish

    with in_options(), progress() as report:
        account = finish(FinishRequest(folder=folder, coder=coder, language=spoken()), progress=report).account
    say_account(account)


@screen_command.command("attempt")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("record", metavar="RECORD")
@click.option("--way", required=True, metavar="TEXT", help="How the report was sought, such as 'e-mail to the author'.")
@click.option(
    "--date",
    "day",
    type=Day(["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of the attempt, as 2026-11-30.  [default: today]",
)
@click.option("--note", default="", metavar="TEXT", help="The result of the attempt.")
@click.option("--coder", metavar="NAME", help="Who sought it.  [default: the only reviewer in the plan]")
def attempt_command(folder: Path, record: str, way: str, day: datetime | None, note: str, coder: str | None) -> None:
    """Note how you tried to get the full text of a record, by its key, DOI or title."""
    from benang.tasks.screening.rounds import AttemptRequest, note_attempt

    on = (day or datetime.now().astimezone()).date()
    with in_options(), progress() as report:
        request = AttemptRequest(
            folder=folder, record=record, day=on, way=way, note=note, coder=coder, language=spoken()
        )
        account = note_attempt(request, progress=report).account
    say_account(account)


@command("prisma")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", ".docx", ".pdf", ".png", ".svg")),
    metavar="FILE",
    help="Write the flow diagram (.svg, .png, .pdf; .docx to edit it in Word), or PRISMA's official table (.csv). Can "
    "be given more than once.",
)
@language_option("Language of the texts.  [default: the one you chose for messages, else the plan's]")
def prisma_command(folder: Path, as_json: bool, outputs: tuple[Path, ...], language: str | None) -> None:
    """Count the PRISMA 2020 flow of a review: records identified, screened and excluded, and studies included.

    Everything is counted from the exports and from what was decided; the plan adds what nobody can count. What still
    waits for a decision is listed below.
    """
    from benang.tasks.screening.prisma import PrismaRequest, prisma

    chosen = cast("Language | None", language) or chosen_language()
    with in_options(), progress() as report:
        flow = prisma(PrismaRequest(folder=folder, outputs=outputs, language=chosen), progress=report)
    if as_json:
        click.echo(flow.as_json(), nl=False)
    else:
        say_account(flow.account)


@screen_command.command("status")
@click.argument("folder", type=PLACE, metavar="FOLDER")
def status_command(folder: Path) -> None:
    """Show how far the screening is, how reviewers agree, and whether the stopping test of the plan lets you stop.

    It counts what everybody may know: nothing of it comes from decisions that are still blinded.
    """
    from benang.tasks.screening.deciding import StateRequest, screening_state

    with in_options(), progress() as report:
        account = screening_state(StateRequest(folder=folder, language=spoken()), progress=report).account
    say_account(account)
