"""`benang code`: passages coded from the terminal or in a spreadsheet; codings moved, withdrawn and brought back."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import chosen_language, spoken
from benang.cli.options import INPUT, PLACE, OutputPath, in_options, progress, say_account
from benang.cli.usage import Choice, Group
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.evidence import Scope, Stance
    from benang.tasks.coding.wishes import SeveralPlaces, Wish


review_option = click.option(
    "--review", type=PLACE, default=".", metavar="FOLDER", help="The review's folder.  [default: this folder]"
)
coder_option = click.option("--coder", metavar="NAME", help="Who codes.  [default: the plan's only reviewer]")
_changer = click.option(
    "--coder", metavar="NAME", help="Who changes it: its own coder, or 'consensus'.  [default: its own coder]"
)


ELSEWHERE = ("export", "list", "looked", "memo", "memos", "search", "suggestions")
"""Commands of this group that stand in `seeking.py`, imported when they are named."""


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
@click.option("--record", metavar="KEY", help="The record to read.  [default: the first that you have not coded]")
@click.option("--case", metavar="CASE", help="The case that it is read for.  [default: the record's only one]")
@coder_option
@click.pass_context
def code_command(context: click.Context, review: Path, record: str | None, case: str | None, coder: str | None) -> None:
    """Code passages of a review: find words in a paper, and say which code they carry, for which case.

    For example: benang code add "the rent of a stall doubled" --review markets --record sari2018 --code rent

    By itself in a terminal, it shows a document sentence by sentence, with one key for each code.
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
@click.option("--record", required=True, metavar="KEY", help="The record whose paper is quoted.")
@click.option("--code", metavar="CODE", help="The code, by its id or its label.")
@click.option("--in-vivo", is_flag=True, help="The words are a code themselves: add it (--code gives another label).")
@click.option("--group", metavar="GROUP", help="With --in-vivo: the group of codes.  [default: the only one]")
@click.option("--case", metavar="CASE", help="The case, by its id or its label.  [default: the record's only one]")
@coder_option
@click.option(
    "--stance",
    type=Choice(["supports", "contradicts", "mentions"]),
    help="What the passage says of the code.  [default: supports, or what you said before]",
)
@click.option(
    "--scope",
    type=Choice(["case", "group"]),
    help="'group' where the paper speaks of several cases together.  [default: case, or what you said before]",
)
@click.option("--place", type=click.IntRange(min=1), metavar="N", help="Which place, where the quote has several.")
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
    """Code a passage: QUOTE is found in the record's document, over line ends, hyphens and ligatures."""
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
    number = click.prompt("Which", type=click.IntRange(1, len(several.places)))
    return with_place(wish, number)


@code_command.command("sheet")
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


@code_command.command("move")
@click.argument("coding", metavar="ID")
@review_option
@click.option("--code", metavar="CODE", help="The code it is to carry, by its id or its label.")
@click.option("--case", metavar="CASE", help="The case it is to be about, by its id or its label.")
@click.option("--quote", metavar="QUOTE", help="The words of the same paper that are meant.")
@click.option("--place", type=click.IntRange(min=1), metavar="N", help="Which place, where the quote has several.")
@click.option(
    "--stance",
    type=Choice(["supports", "contradicts", "mentions"]),
    help="What the passage says of the code.",
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
    """Change a coding: its code, case, stance or quote. ID is what `benang code list` shows."""
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
@click.option("--record", metavar="KEY", help="The record that is quoted, where a QUOTE stands for the ID.")
@click.option("--code", metavar="CODE", help="The code that the quote carries.")
@click.option("--case", metavar="CASE", help="The case, where the quote is coded for several.")
@_changer
@click.option("--reason", default="", metavar="WORDS", help="Why, for whoever reads the log.")
def withdraw_command(
    what: tuple[str, ...],
    review: Path,
    record: str | None,
    code: str | None,
    case: str | None,
    coder: str | None,
    reason: str,
) -> None:
    """Take codings and other judgements back; the log keeps them.

    ID is what `benang code list` shows. With --record and --code, it is the QUOTE that was coded.
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
    """Confirm that codings fit the present rule of their code; `benang code list --again` shows which wait for it."""
    from benang.tasks.coding.second_looks import ConfirmRequest, confirm

    with in_options():
        say_account(confirm(ConfirmRequest(folder=review, ids=ids, coder=coder, language=spoken())).account)


@code_command.command("undo")
@review_option
@coder_option
def undo_command(review: Path, coder: str | None) -> None:
    """Undo what you did last: a coding, an imported sheet, a move, a withdrawal. The log keeps it."""
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
