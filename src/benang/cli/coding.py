"""`benang code`: passages coded from the terminal or in a spreadsheet; codings moved, withdrawn and brought back."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import ask, chosen_language, spoken
from benang.cli.options import INPUT, PLACE, OutputPath, in_options, progress, say_account
from benang.cli.usage import Choice, Group
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.evidence import Scope, Stance
    from benang.tasks.coding.wishes import SeveralPlaces, Wish


review_option = click.option(
    "--review", type=PLACE, default=".", metavar="FOLDER", help="Folder of the review.  [default: this folder]"
)
coder_option = click.option(
    "--coder", metavar="NAME", help=("Name of the coder.  [default: the only reviewer in the plan]")
)
_changer = click.option(
    "--coder", metavar="NAME", help="Who makes the change: the coder, or 'consensus'.  [default: the coder]"
)


ELSEWHERE = ("export", "list", "looked", "memo", "memos", "search", "suggestions")
"""Commands of this group that are in `seeking.py`, imported when they are named."""


class _Coding(Group):
    """Finds the commands of the other module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        command = getattr(importlib.import_module("benang.cli.seeking"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101
        return command


@click.group("code", cls=_Coding, invoke_without_command=True)
@review_option
@click.option("--record", metavar="KEY", help="Record to read.  [default: the first one that you have not coded]")
@click.option("--case", metavar="CASE", help="Case to read it for.  [default: the record's only case]")
@coder_option
@click.pass_context
def code_command(context: click.Context, review: Path, record: str | None, case: str | None, coder: str | None) -> None:
    """Code passages: find a quotation in a paper, and assign a code and a case to it.

    For example: benang code add "the rent of a stall doubled" --review markets --record sari2018 --code rent

    Without a command, in a terminal, it shows a document sentence by sentence, with one key for each code.
    """
    if context.invoked_subcommand:
        return
    if not sys.stdin.isatty():
        click.echo(context.get_help())
        return
    from benang.cli.seeking import read_in_terminal

    read_in_terminal(review, record, case, coder)


@code_command.command("add")
@click.argument("quote", metavar="QUOTE")
@review_option
@click.option("--record", required=True, metavar="KEY", help="Record of the paper that is quoted.")
@click.option("--code", metavar="CODE", help="Code, by id or label.")
@click.option("--in-vivo", is_flag=True, help="Use the quoted words as a new code (--code gives it another label).")
@click.option("--group", metavar="GROUP", help="With --in-vivo: group of the new code.  [default: the only group]")
@click.option("--case", metavar="CASE", help="Case, by id or label.  [default: the record's only case]")
@coder_option
@click.option(
    "--stance",
    type=Choice(["supports", "contradicts", "mentions"]),
    help="How the passage relates to the code.  [default: supports, or what you chose before]",
)
@click.option(
    "--scope",
    type=Choice(["case", "group"]),
    help="'group' if the paper reports several cases together.  [default: case, or what you chose before]",
)
@click.option(
    "--place",
    type=click.IntRange(min=1),
    metavar="N",
    help=("Number of the place, if the quotation occurs more than once."),
)
def add_command(
    quote: str,
    review: Path,
    record: str,
    code: str | None,
    in_vivo: bool,
    group: str | None,
    case: str | None,
    coder: str | None,
    stance: str | None,
    scope: str | None,
    place: int | None,
) -> None:
    """Code a passage: QUOTE is found in the record's document, even across line breaks, hyphens and ligatures."""
    from benang.tasks.coding.adding import AddRequest, add_coding
    from benang.tasks.coding.wishes import SeveralPlaces, Wish

    if not (code or in_vivo):
        raise click.UsageError("Say which code: --code CODE, or --in-vivo for the words themselves.")
    wish = Wish(
        quote=quote,
        record=record,
        code=code or "",
        case=case,
        coder=coder,
        stance=cast("Stance | None", stance),
        scope=cast("Scope | None", scope),
        place=place,
    )
    request = AddRequest(folder=review, wish=wish, in_vivo=in_vivo, group=group, language=spoken())
    with in_options():
        try:
            added = add_coding(request)
        except SeveralPlaces as several:
            added = add_coding(replace(request, wish=_chosen(wish, several)))
    say_account(added.account)


def _chosen(wish: Wish, several: SeveralPlaces) -> Wish:
    """Ask which of several places is meant; where nobody can be asked, the question is a refusal."""
    from benang.tasks.coding.wishes import with_place

    if not sys.stdin.isatty():
        raise several
    for number, place in enumerate(several.places, 1):
        click.echo(f"  {number}. {place.in_language(spoken())}")
    numbers = [str(number) for number, _ in enumerate(several.places, 1)]
    return with_place(wish, int(ask(worded("Which place").in_language(spoken()), numbers)))


@code_command.command("sheet")
@click.argument("folder", type=PLACE, required=False, metavar="[FOLDER]")
@click.option("--review", type=PLACE, metavar="FOLDER", help="Folder of the review.  [default: this folder]")
@click.option(
    "-o",
    "--output",
    type=OutputPath((".xlsx", ".csv")),
    required=True,
    metavar="FILE",
    help=("Output file: .xlsx or .csv."),
)
@click.option("--filled", is_flag=True, help="Include the coded passages, one per row.")
def sheet_command(folder: Path | None, review: Path | None, output: Path, filled: bool) -> None:
    """Write a spreadsheet to code in, with drop-down lists of codes, cases, records and coders.

    For example: benang code sheet markets -o codings.xlsx
    """
    from benang.tasks.coding.sheets import SheetRequest, write_sheet

    if folder and review and folder != review:
        raise click.UsageError(
            worded("Two reviews are named, '{folder}' and '{review}'. Name one.", folder=folder, review=review)
        )
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


@code_command.command("import")
@click.argument("sheet", type=INPUT, metavar="SHEET")
@review_option
@coder_option
@click.option("--check", is_flag=True, help="Only report what would be coded; add nothing to the review.")
@click.option("--new-codes", is_flag=True, help="Add codes that the codebook lacks to it.")
@click.option("--group", metavar="GROUP", help="With --new-codes: group of the new codes.  [default: the only group]")
def import_command(
    sheet: Path, review: Path, coder: str | None, check: bool, new_codes: bool, group: str | None
) -> None:
    """Code passages from SHEET (.xlsx, .csv), one per row, with the columns record, quote, code, case, coder, note.

    Tables of coded passages that MAXQDA, ATLAS.ti, NVivo, QualCoder or Taguette export are read by their own columns.

    Every quotation is looked up. A copy of the sheet, written beside it, says in one more column what became of each
    row. Rows that can be coded are coded even if others are wrong; the exit code is then 1.
    """
    from benang.tasks.coding.importing import ImportRequest, import_sheet

    request = ImportRequest(
        sheet=sheet,
        folder=review,
        coder=coder,
        check=check,
        new_codes=new_codes,
        group=group,
        language=spoken(),
    )
    with in_options(), progress() as report:
        imported = import_sheet(request, progress=report)
    say_account(imported.account)
    if not imported.is_whole:
        raise click.exceptions.Exit(1)


@code_command.command("move")
@click.argument("coding", metavar="ID")
@review_option
@click.option("--code", metavar="CODE", help="New code, by id or label.")
@click.option("--case", metavar="CASE", help="New case, by id or label.")
@click.option("--quote", metavar="QUOTE", help="New quotation from the same paper.")
@click.option(
    "--place",
    type=click.IntRange(min=1),
    metavar="N",
    help=("Number of the place, if the quotation occurs more than once."),
)
@click.option(
    "--stance",
    type=Choice(["supports", "contradicts", "mentions"]),
    help="How the passage relates to the code.",
)
@_changer
def move_command(
    coding: str,
    review: Path,
    code: str | None,
    case: str | None,
    quote: str | None,
    place: int | None,
    stance: str | None,
    coder: str | None,
) -> None:
    """Change the code, case, stance or quotation of a coding. `benang code list` shows the ID."""
    from benang.tasks.coding.adding import MoveRequest, move

    request = MoveRequest(
        folder=review,
        id=coding,
        code=code,
        case=case,
        quote=quote,
        place=place,
        stance=cast("Stance | None", stance),
        coder=coder,
        language=spoken(),
    )
    with in_options():
        say_account(move(request).account)


@code_command.command("withdraw")
@click.argument("what", nargs=-1, required=True, metavar="ID…")
@review_option
@click.option("--record", metavar="KEY", help="Record that is quoted, if you give a QUOTE.")
@click.option("--code", metavar="CODE", help="Code of the quotation.")
@click.option("--case", metavar="CASE", help="Case, if the quotation is coded for several.")
@_changer
@click.option("--reason", default="", metavar="WORDS", help="Reason, for those who read the log.")
def withdraw_command(
    what: tuple[str, ...],
    review: Path,
    record: str | None,
    code: str | None,
    case: str | None,
    coder: str | None,
    reason: str,
) -> None:
    """Withdraw codings and other judgements; the log keeps them.

    `benang code list` shows the ID. With --record and --code, give the QUOTE that was coded instead.
    """
    from benang.tasks.coding.taking_back import WithdrawRequest, withdraw

    quoted = record is not None and code is not None
    if quoted and len(what) > 1:
        raise click.UsageError("With --record and --code, withdraw one quote at a time, in quotation marks.")
    request = WithdrawRequest(
        folder=review,
        ids=() if quoted else what,
        quote=what[0] if quoted else None,
        record=record,
        code=code,
        case=case,
        coder=coder,
        reason=reason,
        language=spoken(),
    )
    with in_options():
        say_account(withdraw(request).account)


@code_command.command("confirm")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@review_option
@_changer
def confirm_command(ids: tuple[str, ...], review: Path, coder: str | None) -> None:
    """Confirm that codings fit the current rule of their code; `benang code list --again` lists those to confirm."""
    from benang.tasks.coding.second_looks import ConfirmRequest, confirm

    with in_options():
        say_account(confirm(ConfirmRequest(folder=review, ids=ids, coder=coder, language=spoken())).account)


@code_command.command("undo")
@review_option
@coder_option
def undo_command(review: Path, coder: str | None) -> None:
    """Undo your last change: a coding, an imported sheet, a move, a withdrawal. The log keeps it."""
    _undo(review, coder, again=False)


@code_command.command("redo")
@review_option
@coder_option
def redo_command(review: Path, coder: str | None) -> None:
    """Redo what you undid last."""
    _undo(review, coder, again=True)


def _undo(review: Path, coder: str | None, *, again: bool) -> None:
    from benang.tasks.coding.taking_back import UndoRequest, undo_last

    with in_options():
        undone = undo_last(UndoRequest(folder=review, coder=coder, again=again, language=spoken()))
    say_account(undone.account)
