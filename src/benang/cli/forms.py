"""`benang form`: data extracted and studies appraised, in spreadsheets or one value at a time."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, PLACE, OutputPath, in_options, say_account, spoken

_SHEETS = (".xlsx", ".csv")
_folder = click.argument("folder", type=PLACE, metavar="FOLDER")
_form = click.argument("form", metavar="FORM")
_coder = click.option("--coder", metavar="NAME", help="Who fills it in.  [default: the plan's only reviewer]")


@click.group("form")
def form_command() -> None:
    """Extract data and appraise studies: forms of variables, each value with its quote.

    For example: benang form new markets jbi-qualitative
    """


@form_command.command("new")
@_folder
@click.argument("template", metavar="TEMPLATE")
def new_command(folder: Path, template: str) -> None:
    """Write a form into the codebook: jbi-qualitative, casp-qualitative, mmat, quads, charting."""
    from benang.tasks.coding.form_templates import NewFormRequest, new_form

    with in_options():
        made = new_form(NewFormRequest(folder=folder, template=template, language=spoken()))
    say_account(made.account)


@form_command.command("sheet")
@_folder
@_form
@click.option("-o", "--output", type=OutputPath(_SHEETS), required=True, metavar="FILE", help="An .xlsx or .csv.")
@click.option("--coder", metavar="NAME", help="Fill in what this coder has given.  [default: empty]")
@click.option("--first", type=click.IntRange(min=1), metavar="N", help="Only the first N rows, to pilot the form.")
def sheet_command(folder: Path, form: str, output: Path, coder: str | None, first: int | None) -> None:
    """Write a form as a spreadsheet to fill in: a row a case or study, a column a variable, beside it its quote."""
    from benang.tasks.coding.form_sheets import SheetRequest, write_form

    request = SheetRequest(folder=folder, form=form, output=output, coder=coder, first=first, language=spoken())
    with in_options():
        written = write_form(request)
    say_account(written.account)


@form_command.command("import")
@click.argument("sheet", type=INPUT, metavar="SHEET")
@click.option(
    "--review", type=PLACE, default=".", metavar="FOLDER", help="The review's folder.  [default: this folder]"
)
@_coder
@click.option("-o", "--output", type=OutputPath(_SHEETS), metavar="FILE", help="Where the answers go.")
def import_command(sheet: Path, review: Path, coder: str | None, output: Path | None) -> None:
    """Take a filled-in sheet into a review; each quote is found, and the answers stand in a copy beside the sheet."""
    from benang.tasks.coding.form_import import ImportRequest, import_form

    request = ImportRequest(folder=review, sheet=sheet, coder=coder, output=output, language=spoken())
    with in_options():
        imported = import_form(request)
    say_account(imported.account)


@form_command.command("set")
@_folder
@click.argument("case", metavar="CASE")
@click.argument("variable", metavar="VARIABLE")
@click.argument("value", metavar="VALUE")
@click.option("--quote", "quotes", multiple=True, metavar="WORDS", help="What it rests on; may be given several times.")
@click.option("--record", metavar="KEY", help="The record that is quoted.  [default: the studies of the case]")
@_coder
def set_command(
    folder: Path, case: str, variable: str, value: str, quotes: tuple[str, ...], record: str | None, coder: str | None
) -> None:
    """Give one value of a case or study. VALUE is a level, a year, a number, a text, or 'not reported'."""
    from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value

    wish = ValueWish(subject=case, variable=variable, value=value, quotes=quotes, record=record, coder=coder)
    with in_options():
        given = set_value(SetRequest(folder=folder, wish=wish, language=spoken()))
    say_account(given.account)


@form_command.command("compare")
@_folder
@_form
@click.option("-o", "--output", type=OutputPath(_SHEETS), metavar="FILE", help="A sheet to decide the differences in.")
def compare_command(folder: Path, form: str, output: Path | None) -> None:
    """List where coders differ in a form, with their quotes, and the share of values in which they agree."""
    from benang.tasks.coding.form_compare import CompareRequest, compare_form

    with in_options():
        compared = compare_form(CompareRequest(folder=folder, form=form, output=output, language=spoken()))
    say_account(compared.account)
