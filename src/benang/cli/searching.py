"""`benang search`: the searches of a review, written down, counted and compared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, PLACE, in_options, number_option, progress, say_account
from benang.cli.usage import Choice, Group
from benang.errors import BenangError, Problem
from benang.locale import translator
from benang.locale.writing import in_language, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from benang.screening.searches import SearchKind

_Answer = TypeVar("_Answer")
_KINDS = ("database", "register", "website", "organisation", "citations", "hand-search", "contacts")
_folder = click.argument("folder", type=PLACE, metavar="FOLDER")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")


@click.group("search", cls=Group)
def search_command() -> None:
    """Write down the searches of a review, and see what each one found.

    For example: benang search add markets --database Scopus --date 2026-03-12 --query @query.txt --file scopus.csv
    """


@search_command.command("add")
@_folder
@click.option("--database", metavar="NAME", help="What was searched.  [default: the database that the exports name]")
@click.option("--platform", metavar="NAME", help="Platform through which it was searched, such as EBSCOhost.")
@click.option("--date", metavar="DATE", help="Day of the search: 2026-03-12, or 2026-03 if the day is not known.")
@click.option(
    "--query", metavar="TEXT", help="The query exactly as it was run; @FILE reads a file, - the standard input."
)
@click.option("--limits", metavar="TEXT", help="Limits apart from the query: years, languages, types.")
@click.option("--fields", default="", metavar="TEXT", help="Fields searched, if the query does not say.")
@number_option("--hits", metavar="N", help="Hits that the database showed.")
@number_option("--exported", metavar="N", help="How many of them were exported, if not all.")
@click.option("--by", metavar="NAME", help="Who ran the search.")
@click.option(
    "--kind", type=Choice(_KINDS), default="database", show_default=True, help="Kind of source that was searched."
)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=INPUT,
    metavar="EXPORT",
    help="An export of this search; it is copied into sources/. Can be given more than once.",
)
@click.option("--earlier", default="", metavar="ID", help="The search that this one repeats.")
@click.option(
    "--peer-review", default="", metavar="TEXT", help="Who checked the query (PRESS), when, and how it ended."
)
@click.option("--note", default="", metavar="TEXT", help="Anything else worth knowing.")
@click.option("--id", "id_", default="", metavar="ID", help="Id.  [default: made from the database]")
def add_command(
    folder: Path,
    database: str | None,
    platform: str | None,
    date: str | None,
    query: str | None,
    limits: str | None,
    fields: str,
    hits: int | None,
    exported: int | None,
    by: str | None,
    kind: str,
    files: tuple[Path, ...],
    earlier: str,
    peer_review: str,
    note: str,
    id_: str,
) -> None:
    """Write a search into searches.toml; what is still unknown can be filled in there.

    In a terminal, you are asked for whatever the options leave open.
    """
    from benang.tasks.searches import AddSearchRequest, add_search

    given = {"database": database, "platform": platform, "date": date, "query": query, "by": by, "limits": limits}
    asked = _asked(given, has_files=bool(files))
    if hits is None and sys.stdin.isatty():
        hits = _ask("How many hits did it show?", _number)
    if not files and sys.stdin.isatty():
        files = _ask("Which export did you save? (a file; Enter if none)", _file)
    request = AddSearchRequest(
        folder=folder,
        database=asked["database"],
        platform=asked["platform"],
        date=asked["date"],
        query=_query(asked["query"]),
        by=asked["by"],
        hits=hits,
        exported=exported,
        limits=asked["limits"],
        fields=fields,
        kind=cast("SearchKind", kind),
        files=files,
        earlier=earlier,
        peer_review=peer_review,
        note=note,
        id=id_,
        language=spoken(),
    )
    with in_options(), progress() as report:
        added = add_search(request, progress=report)
    say_account(added.account)


_QUESTIONS = {
    "database": "What was searched? (the name of the database, register or website)",
    "platform": "Through which platform? (Enter if it is the database's own)",
    "date": "On which day? (2026-03-12)",
    "query": "The query, exactly as it was run (or @FILE)",
    "by": "Who ran it?",
    "limits": "Which limits did you choose beside the query? (years, languages; “none” if none)",
}


def _asked(given: dict[str, str | None], *, has_files: bool) -> dict[str, str]:
    """Ask for what no option says, where somebody sits at a terminal; an empty answer can be filled in later.

    Raises
    ------
    BenangError
        Without a terminal, where neither an option nor an export says what was searched.
    """
    if sys.stdin.isatty():
        checks = {"date": _date}
        return {
            name: _ask(_QUESTIONS[name], checks.get(name, str.strip)) if value is None else value
            for name, value in given.items()
        }
    if not given["database"] and not has_files:
        fault = worded("these options are missing, and there is no terminal to ask in: {options}", options="--database")
        raise BenangError(Problem(fault, way_on="Add them, or run the command in a terminal."))
    return {name: value or "" for name, value in given.items()}


def _ask(question: str, check: Callable[[str], _Answer]) -> _Answer:
    """Ask until the answer is one; what was answered before a slip of the keys is not lost."""
    text = translator(spoken())(question)
    suffix = " " if text.endswith("?") else ": "
    answer: _Answer = click.prompt(text, default="", show_default=False, value_proc=check, prompt_suffix=suffix)
    return answer


def _not_so(fault: str) -> click.UsageError:
    """Return what makes a prompt say what is wrong and ask again."""
    return click.UsageError(in_language(fault, spoken()))


def _date(answer: str) -> str:
    from benang.tasks.searches import date_of

    try:
        return date_of(answer)
    except ValueError as error:
        raise _not_so(error.args[0]) from None


def _number(answer: str) -> int | None:
    """Return a number as a database shows it, with marks between its thousands or without."""
    digits = answer.translate(str.maketrans("", "", "., \u00a0\u202f"))
    if digits and not (digits.isascii() and digits.isdigit()):
        raise _not_so(worded("Type the number alone, such as 1240, or press Enter."))
    return int(digits) if digits else None


def _file(answer: str) -> tuple[Path, ...]:
    """Return the export, which may have been dropped on the terminal in quotation marks."""
    name = answer.strip().strip("'\"")
    if name and not Path(name).exists():
        raise _not_so(worded("{file}: no such file. Check the name and the folder.", file=name))
    return (Path(name),) if name else ()


def _query(text: str) -> str:
    """Return a query that was typed, or what a file or the standard input says, without the line end behind it."""
    from benang.tasks.searches import query_of

    if text == "-":
        return query_of(sys.stdin.buffer.read(), where=worded("the standard input"))
    return query_of(Path(text[1:])) if text.startswith("@") and len(text) > 1 else text


@search_command.command("list")
@_folder
@_json
def list_command(folder: Path, as_json: bool) -> None:
    """Show what each search found: hits, records read, works, those that no other search has, known papers."""
    from benang.tasks.searches import SearchesRequest, list_searches

    with progress() as report:
        listed = list_searches(SearchesRequest(folder, spoken()), progress=report)
    if as_json:
        click.echo(listed.as_json(), nl=False)
    else:
        say_account(listed.account)


@search_command.command("compare")
@_folder
@click.argument("search", metavar="ID")
@_json
def compare_command(folder: Path, search: str, as_json: bool) -> None:
    """Compare the search ID with the earlier one that it repeats: what is new, changed and gone."""
    from benang.tasks.searches import CompareSearchRequest, compare_search

    with progress() as report:
        compared = compare_search(
            CompareSearchRequest(folder=folder, search=search, language=spoken()), progress=report
        )
    if as_json:
        click.echo(compared.as_json(), nl=False)
    else:
        say_account(compared.account)
