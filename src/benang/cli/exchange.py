"""`benang refi`: a review and the projects of other programs, in and out."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.coding import review_option
from benang.cli.language import spoken
from benang.cli.options import INPUT, OutputPath, in_options, progress, say_account
from benang.cli.usage import Group


@click.group("refi", cls=Group)
def refi_command() -> None:
    """Exchange projects with NVivo, ATLAS.ti, MAXQDA, QualCoder and others, in the format REFI-QDA.

    For example: benang refi import interviews.qdpx --review markets
    """


@refi_command.command("import")
@click.argument("file", type=INPUT, metavar="FILE")
@review_option
@click.option(
    "--coder",
    metavar="NAME",
    help="Coder of codings and memos that name nobody.  [default: the only reviewer in the plan]",
)
@click.option("--check", is_flag=True, help="Only say what would come in; change nothing.")
@click.option("--new-codes", is_flag=True, help="With a table: add codes that the codebook lacks to it.")
@click.option("--group", metavar="GROUP", help="With --new-codes: group of the new codes.  [default: the only group]")
def import_command(
    file: Path, review: Path, coder: str | None, check: bool, new_codes: bool, group: str | None
) -> None:
    """Take FILE into a review: a project (.qdpx), a codebook (.qdc), or a table of codings (.xlsx, .csv).

    Codes, documents, cases, variables, codings and memos come in; what is in the review already stays as it is.

    FILE may also be the folder of a QualCoder project, or the database of Taguette (.sqlite3).
    """
    from benang.tasks.exchange.importing import ImportProjectRequest, import_project

    request = ImportProjectRequest(
        file=file, folder=review, coder=coder, check=check, new_codes=new_codes, group=group, language=spoken()
    )
    with in_options(), progress() as report:
        imported = import_project(request, progress=report)
    say_account(imported.account)
    if not imported.is_whole:
        raise click.exceptions.Exit(1)


@refi_command.command("export")
@click.argument("file", type=OutputPath((".qdpx", ".qdc")), metavar="FILE")
@review_option
def export_command(file: Path, review: Path) -> None:
    """Write a review as FILE for other programs: a project (.qdpx), or its codes alone (.qdc).

    Documents, codes, codings with their coders, cases, values and memos go out; the account lists what cannot.
    """
    from benang.tasks.exchange.exporting import ExportRequest, export_review

    with in_options(), progress() as report:
        exported = export_review(ExportRequest(folder=review, output=file, language=spoken()), progress=report)
    say_account(exported.account)
