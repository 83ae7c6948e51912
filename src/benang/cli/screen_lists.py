"""`benang screen export`: lists of a screening for other programs, and sheets to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import spoken
from benang.cli.options import PLACE, OutputPath, in_options, progress, say_account
from benang.cli.screening import STAGE_NAMES
from benang.cli.usage import Choice, command
from benang.locale.writing import worded

SUFFIXES = (".ris", ".bib", ".csv", ".xlsx", ".json")

if TYPE_CHECKING:
    from benang.judgements.events import Stage
    from benang.tasks.screening.lists import Which


@command("export")
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
    type=OutputPath(SUFFIXES),
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
