"""`benang code sheet` and `benang code import`: a review coded in Excel or another spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.coding import coder_option
from benang.cli.options import INPUT, PLACE, OutputPath, chosen_language, in_options, progress, say_account, spoken


@click.command("sheet")
@click.argument("folder", type=PLACE, required=False, metavar="[FOLDER]")
@click.option("--review", type=PLACE, metavar="FOLDER", help="The review's folder.  [default: this folder]")
@click.option(
    "-o", "--output", type=OutputPath((".xlsx", ".csv")), required=True, metavar="FILE", help="A .xlsx or .csv."
)
@click.option("--filled", is_flag=True, help="With the passages that are coded, each in a row.")
def sheet_command(folder: Path | None, review: Path | None, output: Path, filled: bool) -> None:
    """Write a sheet to code in, with drop-downs of the review's codes, cases, records and coders.

    For example: benang code sheet markets -o codings.xlsx
    """
    from benang.tasks.coding.sheets import SheetRequest, write_sheet

    if folder and review and folder != review:
        raise click.UsageError(f"Two reviews are named, '{folder}' and '{review}': name one.")
    request = SheetRequest(
        folder=folder or review or Path(),
        output=output,
        filled=filled,
        sheet_language=chosen_language(),
        language=spoken(),
    )
    with in_options(), progress() as report:
        written = write_sheet(request, progress=report)
    say_account(written.account)


@click.command("import")
@click.argument("sheet", type=INPUT, metavar="SHEET")
@click.option(
    "--review", type=PLACE, default=".", metavar="FOLDER", help="The review's folder.  [default: this folder]"
)
@coder_option
@click.option("--check", is_flag=True, help="Only say what would be coded; nothing is added to the review.")
def import_command(sheet: Path, review: Path, coder: str | None, check: bool) -> None:
    """Code the passages of SHEET (.xlsx, .csv): a row each, with the columns record, quote, code, case, coder, note.

    Every quote is looked for. The answer is written beside the sheet, which has a column more that says of each row
    what became of it. Rows that can be coded are, whatever is wrong with others; then the command ends with 1.
    """
    from benang.tasks.coding.importing import ImportRequest, import_sheet

    request = ImportRequest(sheet=sheet, folder=review, coder=coder, check=check, language=spoken())
    with in_options(), progress() as report:
        imported = import_sheet(request, progress=report)
    say_account(imported.account)
    if not imported.is_whole:
        raise click.exceptions.Exit(1)
