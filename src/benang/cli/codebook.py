"""`benang codebook`, `benang case` and `benang form`: the codes of a review, its cases, its forms and their values."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, PLACE, OutputPath, in_options, say_account
from benang.cli.usage import Group

folder_argument = click.argument("folder", type=PLACE, metavar="FOLDER")
label_id_option = click.option("--label-id", metavar="LABEL", help="Label in Indonesian.")
_SHEETS = (".xlsx", ".csv")
_form = click.argument("form", metavar="FORM")
_coder = click.option("--coder", metavar="NAME", help="Who fills it in.  [default: the only reviewer in the plan]")


@click.group("codebook", cls=Group)
def codebook_command() -> None:
    """Change the codes of a review; coded passages follow, and earlier versions are kept.

    For example: benang codebook rename markets rent dearer-stalls
    """


@codebook_command.command("add")
@folder_argument
@click.argument("label", metavar="LABEL")
@label_id_option
@click.option("--id", "id_", metavar="ID", help="Id.  [default: made from the label]")
@click.option("--group", metavar="GROUP", help="Group of the code.  [default: the only group]")
@click.option("--new-group", default="", metavar="LABEL", help="Group that is added with the code.")
@click.option("--parent", metavar="CODE", help="Heading above the code.")
@click.option("--definition", default="", metavar="TEXT", help="What the code means.")
@click.option("--include", default="", metavar="TEXT", help="Passages that belong to the code.")
@click.option(
    "--exclude", default="", metavar="TEXT", help=("Passages that do not belong to it, and the code to use instead.")
)
@click.option("--example", default="", metavar="TEXT", help="Anchor example: a passage that is typical of the code.")
@click.option("--colour", default="", metavar="#RRGGBB", help="Colour of the code.  [default: one of the palette]")
@click.option("--heading", is_flag=True, help="Add a heading for other codes; passages cannot be coded with it.")
def add_command(
    folder: Path,
    label: str,
    label_id: str | None,
    id_: str | None,
    group: str | None,
    new_group: str,
    parent: str | None,
    definition: str,
    include: str,
    exclude: str,
    example: str,
    colour: str,
    *,
    heading: bool,
) -> None:
    """Add a code with this LABEL."""
    from benang.tasks.codebook import AddCodeRequest, add_code

    request = AddCodeRequest(
        folder=folder,
        label=label,
        label_id=label_id,
        id=id_,
        group=group,
        new_group=new_group,
        parent=parent,
        definition=definition,
        include=include,
        exclude=exclude,
        example=example,
        colour=colour,
        heading=heading,
        language=spoken(),
    )
    with in_options():
        change = add_code(request)
    say_account(change.account)


@codebook_command.command("rename")
@folder_argument
@click.argument("code", metavar="CODE")
@click.argument("new", metavar="NEW")
@click.option("--label", metavar="LABEL", help="New label.")
@label_id_option
def rename_command(folder: Path, code: str, new: str, label: str | None, label_id: str | None) -> None:
    """Give CODE the id NEW; passages coded with the old one follow. To change only the label, repeat CODE as NEW."""
    from benang.tasks.codebook import RenameCodeRequest, rename_code

    request = RenameCodeRequest(folder=folder, code=code, new=new, label=label, label_id=label_id, language=spoken())
    with in_options():
        change = rename_code(request)
    say_account(change.account)


@codebook_command.command("merge")
@folder_argument
@click.argument("code", metavar="CODE")
@click.argument("into", metavar="INTO")
def merge_command(folder: Path, code: str, into: str) -> None:
    """Merge CODE into INTO, which takes over its passages."""
    from benang.tasks.codebook import MergeCodesRequest, merge_codes

    with in_options():
        change = merge_codes(MergeCodesRequest(folder=folder, code=code, into=into, language=spoken()))
    say_account(change.account)


@codebook_command.command("split")
@folder_argument
@click.argument("code", metavar="CODE")
@click.argument("parts", metavar="NEW NEW…", nargs=-1, required=True)
def split_command(folder: Path, code: str, parts: tuple[str, ...]) -> None:
    """Split CODE into new codes, given by their labels; its passages then wait to be coded again."""
    from benang.tasks.codebook import SplitCodeRequest, split_code

    with in_options():
        change = split_code(SplitCodeRequest(folder=folder, code=code, parts=parts, language=spoken()))
    say_account(change.account)


@codebook_command.command("retire")
@folder_argument
@click.argument("code", metavar="CODE")
def retire_command(folder: Path, code: str) -> None:
    """Retire CODE: it keeps its passages and gets no new ones."""
    from benang.tasks.codebook import RetireCodeRequest, retire_code

    with in_options():
        change = retire_code(RetireCodeRequest(folder=folder, code=code, language=spoken()))
    say_account(change.account)


@codebook_command.command("show")
@folder_argument
@click.option(
    "-o", "--output", type=OutputPath((".html", ".docx", ".xlsx", ".pdf", ".md", ".qdc")), metavar="FILE",
    help="Output file: .html, .docx, .xlsx, .pdf, .md, or .qdc for NVivo, ATLAS.ti and MAXQDA.",
)  # fmt: skip
def show_command(folder: Path, output: Path | None) -> None:
    """Show the codebook: definitions, rules, anchor examples, and the number of passages with each code."""
    from benang.tasks.describe import ShowCodebookRequest, show_codebook

    with in_options():
        shown = show_codebook(ShowCodebookRequest(folder=folder, output=output, language=spoken()))
    say_account(shown.account)


@codebook_command.command("diff")
@folder_argument
@click.argument("before", required=False, metavar="[BEFORE]")
@click.argument("after", required=False, metavar="[AFTER]")
def diff_command(folder: Path, before: str | None, after: str | None) -> None:
    """Show what has changed since version BEFORE, given by its number or id as in FOLDER/codebook/.

    Without BEFORE, the current version is compared with the one before it.
    """
    from benang.tasks.describe import CodebookDiffRequest, diff_codebook

    request = CodebookDiffRequest(folder=folder, before=before, after=after, language=spoken())
    with in_options():
        say_account(diff_codebook(request).account)


_case = click.argument("case", metavar="CASE")
_studies = click.option(
    "--study",
    "studies",
    multiple=True,
    metavar="KEY",
    help="Record that reports the case, the main one first. Can be given more than once.",
)
_values = click.option(
    "--value",
    "values",
    multiple=True,
    type=(str, str),
    metavar="VARIABLE VALUE",
    help="Value of a variable. Can be given more than once.",
)


@click.group("case", cls=Group)
def case_command() -> None:
    """Add, change and remove the cases of a review: whatever it compares, with the studies that report each.

    For example: benang case add markets "Night market of Muara" --study sari2018
    """


@case_command.command("add")
@folder_argument
@click.argument("label", metavar="LABEL")
@click.option("--id", "id_", metavar="ID", help="Id.  [default: made from the label]")
@_studies
@_values
def case_add_command(
    folder: Path, label: str, id_: str | None, studies: tuple[str, ...], values: tuple[tuple[str, str], ...]
) -> None:
    """Add a case with this LABEL."""
    from benang.tasks.cases import AddCaseRequest, add_case

    request = AddCaseRequest(
        folder=folder, label=label, id=id_, studies=studies, values=dict(values), language=spoken()
    )
    with in_options():
        change = add_case(request)
    say_account(change.account)


@case_command.command("change")
@folder_argument
@_case
@click.option("--label", metavar="LABEL", help="New label.")
@_studies
@_values
def case_change_command(
    folder: Path, case: str, label: str | None, studies: tuple[str, ...], values: tuple[tuple[str, str], ...]
) -> None:
    """Change CASE, given by its id or label. Passages coded for it stay with it. An empty value removes the old one."""
    from benang.tasks.cases import ChangeCaseRequest, change_case

    request = ChangeCaseRequest(
        folder=folder, case=case, label=label, studies=studies or None, values=dict(values), language=spoken()
    )
    with in_options():
        change = change_case(request)
    say_account(change.account)


@case_command.command("remove")
@folder_argument
@_case
def case_remove_command(folder: Path, case: str) -> None:
    """Remove CASE, unless somebody has coded or judged it."""
    from benang.tasks.cases import RemoveCaseRequest, remove_case

    with in_options():
        change = remove_case(RemoveCaseRequest(folder=folder, case=case, language=spoken()))
    say_account(change.account)


@click.group("form", cls=Group)
def form_command() -> None:
    """Extract data and appraise studies with forms, in which each value has its quotation.

    For example: benang form new markets jbi-qualitative
    """


@form_command.command("new")
@folder_argument
@click.argument("template", metavar="TEMPLATE")
def form_new_command(folder: Path, template: str) -> None:
    """Add a form to the codebook: jbi-qualitative, casp-qualitative, mmat, quads, charting."""
    from benang.tasks.coding.form_import import NewFormRequest, new_form

    with in_options():
        form = new_form(NewFormRequest(folder=folder, template=template, language=spoken()))
    say_account(form.account)


@form_command.command("sheet")
@folder_argument
@_form
@click.option(
    "-o", "--output", type=OutputPath(_SHEETS), required=True, metavar="FILE", help=("Output file: .xlsx or .csv.")
)
@click.option("--coder", metavar="NAME", help="Fill in the values that this coder has given.  [default: empty]")
@click.option(
    "--first", type=click.IntRange(min=1), metavar="N", help=("Write only the first N rows, to pilot the form.")
)
def form_sheet_command(folder: Path, form: str, output: Path, coder: str | None, first: int | None) -> None:
    """Write a form as a spreadsheet: a row per case or study, a column per variable, and one for each quotation."""
    from benang.tasks.coding.form_sheets import SheetRequest, write_form

    request = SheetRequest(folder=folder, form=form, output=output, coder=coder, first=first, language=spoken())
    with in_options():
        written = write_form(request)
    say_account(written.account)


@form_command.command("import")
@click.argument("sheet", type=INPUT, metavar="SHEET")
@click.option(
    "--review", type=PLACE, default=".", metavar="FOLDER", help="Folder of the review.  [default: this folder]"
)
@_coder
@click.option("-o", "--output", type=OutputPath(_SHEETS), metavar="FILE", help="Where to write the copy.")
def form_import_command(sheet: Path, review: Path, coder: str | None, output: Path | None) -> None:
    """Import a filled-in sheet: quotations are looked up, and a copy of the sheet says what became of each value."""
    from benang.tasks.coding.form_import import ImportRequest, import_form

    request = ImportRequest(folder=review, sheet=sheet, coder=coder, output=output, language=spoken())
    with in_options():
        imported = import_form(request)
    say_account(imported.account)


@form_command.command("set")
@folder_argument
@click.argument("case", metavar="CASE")
@click.argument("variable", metavar="VARIABLE")
@click.argument("value", metavar="VALUE")
@click.option(
    "--quote",
    "quotes",
    multiple=True,
    metavar="WORDS",
    help=("Quotation that the value rests on. Can be given more than once."),
)
@click.option("--record", metavar="KEY", help="Record that is quoted.  [default: the studies of the case]")
@_coder
def form_set_command(
    folder: Path, case: str, variable: str, value: str, quotes: tuple[str, ...], record: str | None, coder: str | None
) -> None:
    """Set one value of a case or study. VALUE is a level, a year, a number, a text, or 'not reported'."""
    from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value

    wish = ValueWish(subject=case, variable=variable, value=value, quotes=quotes, record=record, coder=coder)
    with in_options():
        value_set = set_value(SetRequest(folder=folder, wish=wish, language=spoken()))
    say_account(value_set.account)


@form_command.command("compare")
@folder_argument
@_form
@click.option(
    "-o",
    "--output",
    type=OutputPath(_SHEETS),
    metavar="FILE",
    help=("Spreadsheet in which to resolve the differences."),
)
def form_compare_command(folder: Path, form: str, output: Path | None) -> None:
    """List where coders differ in a form, with their quotations, and how often they agree."""
    from benang.tasks.coding.form_sheets import CompareRequest, compare_form

    with in_options():
        compared = compare_form(CompareRequest(folder=folder, form=form, output=output, language=spoken()))
    say_account(compared.account)
