"""`benang screen` and its commands, `benang studies` and `benang prisma`: from records to what a review includes."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import chosen_language, spoken
from benang.cli.options import (
    INPUT,
    PLACE,
    OutputPath,
    in_options,
    language_option,
    number_option,
    progress,
    say_account,
)
from benang.cli.reading import choices_of, reading_options
from benang.cli.usage import Choice, Day, Group, command
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.judgements.events import Stage
    from benang.locale import Language
    from benang.tasks.screening.lists import Which

STAGE_NAMES = ("title-abstract", "full-text")
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
    from benang.tasks.screening.desk import RoundRequest, assign_round

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
    from benang.tasks.screening.desk import FinishRequest, finish

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
    from benang.tasks.screening.desk import AttemptRequest, note_attempt

    on = (day or datetime.now().astimezone()).date()
    with in_options(), progress() as report:
        request = AttemptRequest(
            folder=folder, record=record, day=on, way=way, note=note, coder=coder, language=spoken()
        )
        account = note_attempt(request, progress=report).account
    say_account(account)


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


@screen_command.command("export")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--included", "which", flag_value="included", help="Records that are included.")
@click.option("--excluded", "which", flag_value="excluded", help="Records that are excluded, with the reasons.")
@click.option("--undecided", "which", flag_value="undecided", help="Records that are still to screen, to fill in.")
@click.option(
    "--conflicts", "which", flag_value="conflicts", help="Records to settle: reviewers differ, or unsure waits."
)
@click.option(
    "--output",
    "-o",
    type=OutputPath((".ris", ".bib", ".csv", ".xlsx", ".json")),
    required=True,
    metavar="FILE",
    help="File to write: .ris, .bib, .csv, .xlsx or .json.",
)
@click.option("--stage", type=Choice(STAGE_NAMES), help="Stage of the screening.  [default: as the list needs]")
@click.option("--coder", metavar="NAME", help="With --undecided: whose records.")
@click.option(
    "--exact",
    is_flag=True,
    help="Add lines to RIS and BibTeX that only Benang reads, so that it can restore every field.",
)
def export_command(
    folder: Path, which: str | None, output: Path, stage: str | None, coder: str | None, *, exact: bool
) -> None:
    """Write a list of records for Zotero, Mendeley, EndNote or Rayyan, or a sheet to fill in.

    For example: benang screen export markets --undecided --coder ani -o ani.xlsx
    """
    from benang.tasks.screening.lists import ListRequest, write_list

    if not which:
        raise click.UsageError(worded("Name a list: --included, --excluded, --undecided or --conflicts."))
    with in_options(), progress() as report:
        request = ListRequest(
            folder=folder,
            which=cast("Which", which),
            output=output,
            stage=cast("Stage | None", stage),
            coder=coder,
            exact=exact,
            language=spoken(),
        )
        account = write_list(request, progress=report).account
    say_account(account)


@screen_command.command("simulate")
@click.argument("file", type=INPUT, metavar="FILE")
@click.option("--label", required=True, metavar="COLUMN", help="Column that says which records were included.")
@number_option("--seed", default=0, help="Seed of the random order, which decides what is known at the beginning.")
@number_option("--recall", default=0.95, help="Target of the stopping rule: the share of relevant records to find.")
@number_option("--confidence", default=0.95, help="How sure the stopping rule must be.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@reading_options
def simulate_command(
    file: Path,
    label: str,
    seed: int,
    recall: float,
    confidence: float,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Screen a labelled table again by priority, and say what that saves and where the stopping rule ends it.

    For example: benang screen simulate labelled.csv --label included
    """
    from benang.tasks.screening.simulating import SimulateRequest, simulate

    request = SimulateRequest(
        file=file,
        label=label,
        seed=seed,
        recall=recall,
        confidence=confidence,
        choices=choices_of(forms, encodings, columns, (file,)),
        language=spoken(),
    )
    with in_options(), progress() as report:
        simulated = simulate(request, progress=report)
    if as_json:
        click.echo(simulated.as_json())
    else:
        say_account(simulated.account)


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
