"""`benang code move`, `withdraw`, `undo` and `redo`: codings changed, taken back and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.coding import coder_option, review_option
from benang.cli.options import in_options, say_account, spoken

if TYPE_CHECKING:
    from benang.evidence import Stance

_changer = click.option(
    "--coder", metavar="NAME", help="Who changes it: its own coder, or 'consensus'.  [default: its own coder]"
)


@click.command("move")
@click.argument("coding", metavar="ID")
@review_option
@click.option("--code", metavar="CODE", help="The code it is to carry, by its id or its label.")
@click.option("--case", metavar="CASE", help="The case it is to speak of, by its id or its label.")
@click.option("--quote", metavar="QUOTE", help="The words of the same paper that are meant.")
@click.option("--place", type=click.IntRange(min=1), metavar="N", help="Which place, where the quote has several.")
@click.option(
    "--stance",
    type=click.Choice(["supports", "contradicts", "mentions"]),
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


@click.command("withdraw")
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
        raise click.UsageError("With --record and --code, one quote is withdrawn at a time: put it in quotation marks.")
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


@click.command("confirm")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@review_option
@_changer
def confirm_command(ids: tuple[str, ...], review: Path, coder: str | None) -> None:
    """Confirm that codings fit the present rule of their code; `benang code list --again` shows which wait for it."""
    from benang.tasks.coding.second_looks import ConfirmRequest, confirm

    with in_options():
        say_account(confirm(ConfirmRequest(folder=review, ids=ids, coder=coder, language=spoken())).account)


@click.command("undo")
@review_option
@coder_option
def undo_command(review: Path, coder: str | None) -> None:
    """Undo what you did last: a coding, an imported sheet, a move, a withdrawal. The log keeps it."""
    _undo(review, coder, again=False)


@click.command("redo")
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
