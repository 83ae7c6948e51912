"""`benang code search`, `suggestions`, `list`, `export`, `memo`, `memos`, `looked`, and reading by sentences."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from benang.cli.coding import coder_option, review_option
from benang.cli.language import agreed, spoken
from benang.cli.options import OutputPath, drawn_on, in_options, say_account
from benang.cli.usage import Choice, command
from benang.errors import visible
from benang.locale import translator
from benang.locale.writing import counted, worded

if TYPE_CHECKING:
    from benang.tasks.coding.looking import About
    from benang.tasks.coding.reading import Reading
    from benang.tasks.coding.searching import By, SearchRequest


_CLEARED = "\x1b[2J\x1b[1;1H"
"""Orders a terminal to clear its screen."""


@command("search")
@click.option("--text", metavar="WORDS", help="Search for words; an asterisk matches any ending (permit*).")
@click.option("--regex", metavar="PATTERN", help="Search with a regular expression.")
@click.option("--sentence", metavar="WORDS", help="Search for sentences that contain all these words.")
@review_option
@click.option("--code", metavar="CODE", help="Code for the matches.")
@click.option("--record", metavar="KEY", help="Search the documents of one record only.")
@click.option("--case", metavar="CASE", help="Case.  [default: each record's only case]")
@coder_option
@click.option("--all", "all_hits", is_flag=True, help="Code all matches without asking.")
@click.option("--take", metavar="LIST", help="Code these matches: 1,3,5-8.")
@click.option(
    "--suggest", is_flag=True, help=("Save the matches as suggestions, which count only after a person accepts them.")
)
def search_command(
    text: str | None,
    regex: str | None,
    sentence: str | None,
    review: Path,
    code: str | None,
    record: str | None,
    case: str | None,
    coder: str | None,
    all_hits: bool,
    take: str | None,
    suggest: bool,
) -> None:
    """Search the documents, show each match in its sentence, and code those that you choose."""
    from benang.tasks.coding.searching import SearchRequest, search, with_chosen

    ways = {name: words for name, words in (("text", text), ("regex", regex), ("sentence", sentence)) if words}
    if len(ways) != 1:
        raise click.UsageError("Say what to look for with one of --text, --regex and --sentence.")
    ((by, words),) = ways.items()
    request = SearchRequest(
        folder=review,
        by=cast("By", by),
        words=words,
        code=code,
        record=record,
        case=case,
        coder=coder,
        chosen=_numbers(take),
        all_hits=all_hits or (suggest and not take),
        as_suggestions=suggest,
        language=spoken(),
    )
    with in_options():
        searched = search(request)
        say_account(searched.account)
        asks = bool(code) and not (take or request.all_hits) and sys.stdin.isatty()
        if asks and (chosen := _asked(request, [not hit.existing for hit in searched.hits])) is not None:
            say_account(search(with_chosen(request, chosen)).account)


def _asked(request: SearchRequest, are_new: list[bool]) -> list[int] | None:
    """Ask whether all, each or none of the places are coded."""
    fresh = [number for number, is_new in enumerate(are_new, 1) if is_new]
    if not fresh:
        return None
    _ = translator(spoken())
    question = _("Code them as {code}? a: all, e: each in turn, numbers such as 1,3, n: none")
    answer = click.prompt(question.format(code=request.code), default="n").strip()
    if answer.lower() in ("a", "all"):
        return fresh
    if answer.lower() in ("e", "each"):
        return [number for number in fresh if agreed(f"{number}?")] or None
    return None if answer.lower() in ("n", "none", "") else list(_numbers(answer))


def _numbers(text: str | None) -> tuple[int, ...]:
    """Read a list of numbers and ranges: 1,3,5-8."""
    numbers: list[int] = []
    for part in (text or "").replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not part:
            continue
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise click.UsageError(
                worded("'{part}' is not the number of a place. Write numbers like this: 1,3,5-8.", part=part)
            )
        numbers += range(int(first), min(int(last if dash else first), 1_000_000) + 1)
    return tuple(numbers)


@command("suggestions")
@review_option
@click.option("--take", multiple=True, metavar="ID", help="Accept a suggestion as your own coding.")
@click.option("--take-all", is_flag=True, help="Accept all open suggestions.")
@click.option("--decline", multiple=True, metavar="ID", help="Decline a suggestion.")
@coder_option
def suggestions_command(
    review: Path, take: tuple[str, ...], take_all: bool, decline: tuple[str, ...], coder: str | None
) -> None:
    """List the suggestions of programs, and accept or decline them; until accepted, they count in no number."""
    from benang.tasks.coding.adding import SuggestionsRequest, suggestions

    request = SuggestionsRequest(
        folder=review, take=take, decline=decline, take_all=take_all, coder=coder, language=spoken()
    )
    with in_options():
        say_account(suggestions(request).account)


def _restricted(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be asked for the passages of one record, code, case or coder only."""
    for flag, word in (("--coder", "NAME"), ("--case", "CASE"), ("--code", "CODE"), ("--record", "KEY")):
        command = click.option(flag, metavar=word, help=f"Only those of one {flag.removeprefix('--')}.")(command)
    return command


@command("list")
@review_option
@_restricted
@click.option(
    "--again",
    is_flag=True,
    help=("Only those to look at again, because the rule of their code has changed or the code was split."),
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def list_command(review: Path, again: bool, as_json: bool, **restriction: str | None) -> None:
    """List the coded passages."""
    if again:
        _list_again(review, restriction, as_json=as_json)
    else:
        _list(review, restriction, as_json=as_json)


def _list_again(review: Path, restriction: Mapping[str, str | None], *, as_json: bool) -> None:
    from benang.tasks.coding.second_looks import SecondLooksRequest, list_second_looks

    request = SecondLooksRequest(folder=review, language=spoken(), **restriction)
    with in_options():
        listed = list_second_looks(request)
    if as_json:
        click.echo(listed.as_json(), nl=False)
    else:
        say_account(listed.account)


@command("export")
@review_option
@_restricted
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option("-o", "--output", type=OutputPath((".csv", ".json")), metavar="FILE", help="Output file: .csv or .json.")
def export_command(review: Path, as_json: bool, output: Path | None, **restriction: str | None) -> None:
    """Write the coded passages as a table or as JSON."""
    _list(review, restriction, as_json=as_json or output is None, output=output)


def _list(review: Path, restriction: Mapping[str, str | None], *, as_json: bool, output: Path | None = None) -> None:
    from benang.tasks.coding.rows import ListRequest, list_codings

    request = ListRequest(folder=review, output=output, language=spoken(), **restriction)
    with in_options():
        listed = list_codings(request)
    if as_json and output is None:
        click.echo(listed.as_json(), nl=False)
    else:
        say_account(listed.account)


@command("memo")
@click.argument("text", metavar="TEXT")
@review_option
@click.option("--coding", metavar="ID", help="About a coded passage.")
@click.option("--code", metavar="CODE", help="About a code.")
@click.option("--case", metavar="CASE", help="About a case.")
@click.option("--document", metavar="KEY", help="About the document of a record.")
@coder_option
def memo_command(
    text: str,
    review: Path,
    coding: str | None,
    code: str | None,
    case: str | None,
    document: str | None,
    coder: str | None,
) -> None:
    """Write a memo about a passage, a code, a case or a document, or about the review if none is named."""
    from benang.tasks.coding.looking import MemoRequest, write_memo

    named = {"coding": coding, "code": code, "case": case, "document": document}
    given = [(about, of) for about, of in named.items() if of]
    if len(given) > 1:
        raise click.UsageError("Say what the memo is about with one of --coding, --code, --case and --document.")
    about, of = given[0] if given else ("review", "")
    request = MemoRequest(
        folder=review, text=text, about=cast("About", about), of=of or "", coder=coder, language=spoken()
    )
    with in_options():
        say_account(write_memo(request).account)


@command("memos")
@review_option
@click.option(
    "--about", type=Choice(["coding", "code", "case", "document", "review"]), help=("Only memos about one of these.")
)
def memos_command(review: Path, about: str | None) -> None:
    """List the memos of a review."""
    from benang.tasks.coding.looking import MemosRequest, list_memos

    with in_options():
        say_account(list_memos(MemosRequest(folder=review, about=cast("About", about), language=spoken())).account)


@command("looked")
@review_option
@click.option("--case", metavar="CASE", help="Case that was read.")
@click.option("--group", metavar="GROUP", help="The group of codes.  [default: the only group in the codebook]")
@coder_option
@click.option("--reopen", is_flag=True, help="Record that it is to be read again.")
@click.option("--coded", "cases", flag_value="coded", help="All cases in which the coder has coded a passage.")
@click.option("--all", "cases", flag_value="all", help="All cases.")
def looked_command(
    review: Path, case: str | None, group: str | None, coder: str | None, reopen: bool, cases: str | None
) -> None:
    """Record that you have read a case for all codes of a group; without a case, show who has read what.

    A code without passages counts as 'not reported' only if somebody has looked for it. With --coded or --all, it
    applies to many cases at once, and to all groups unless you name one: for instance after an import.
    """
    from benang.tasks.coding.looking import LookRequest, look

    request = LookRequest(
        folder=review,
        case=case,
        cases=cast('Literal["coded", "all"] | None', cases),
        group=group,
        coder=coder,
        reopen=reopen,
        language=spoken(),
    )
    with in_options():
        say_account(look(request).account)


def read_in_terminal(review: Path, record: str | None, case: str | None, coder: str | None) -> None:
    """Read a document sentence by sentence, one key a code; at its end ask for what group of codes it was read."""
    from benang.tasks.coding.reading import begin, has_read, unread_groups

    _ = translator(spoken())
    with in_options():
        reading = begin(review, record=record, case=case, coder=coder, language=spoken())
        reading, is_done = _read(reading)
        for group in unread_groups(reading) if is_done else ():
            question = _("Have you read {case} for all codes of {group}?")
            if agreed(question.format(case=reading.case, group=group)):
                reading = has_read(reading, group)
    n = len(reading.coded)
    click.echo(counted("{n} passage coded.", "{n} passages coded.", n, spoken()).format(n=n))


def _read(reading: Reading) -> tuple[Reading, bool]:
    from benang.tasks.coding.reading import MEMO, QUIT, WORDS, give_words, note, press

    _ = translator(spoken())
    while not reading.is_at_end:
        _show(reading)
        key = _key()
        if key == QUIT:
            return reading, False
        if key == MEMO:
            reading = note(reading, click.prompt(_("Memo"), default="", show_default=False))
        elif key == WORDS:
            words = click.prompt(_("Which words"))
            reading = give_words(reading, click.prompt(_("Which code (its key)")), words)
        else:
            reading = press(reading, key)
    return reading, True


def _key() -> str:
    key = click.getchar()
    arrows = {"\x1b[C": " ", "\x1b[B": " ", "\x1b[D": "b", "\x1b[A": "b", "\xe0M": " ", "\xe0K": "b"}
    return arrows.get(key, key)


def _show(reading: Reading) -> None:
    from benang.tasks.coding.reading import screen

    _ = translator(spoken())
    shown = screen(reading)
    lines = [_CLEARED + click.style(visible(shown.heading), bold=True), ""]
    for words, dim in ((shown.before, True), (shown.sentence, False), (shown.after, True)):
        lines += [click.style(_wrapped(visible(words)), dim=dim), ""]
    lines.append(visible(f"  → {', '.join(shown.codes)}") if shown.codes else "")
    lines.append(_wrapped(visible("   ".join(f"{key} {label}" for key, label in shown.keys))))
    lines.append("  " + _("space: next   b: back   u: undo   w: some words   m: memo   q: quit"))
    lines += [visible(f"  {shown.message}")] if shown.message else []
    click.echo("\n".join(lines), file=drawn_on(sys.stdout))


def _wrapped(text: str) -> str:
    return click.wrap_text(text, initial_indent="  ", subsequent_indent="  ")
