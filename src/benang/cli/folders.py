"""The commands about a review's folder: begun (`new`), looked over (`status`, `verify`), shared (`send`, `merge`)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import ask, chosen_language, spoken
from benang.cli.options import INPUT, PLACE, OutputPath, in_options, language_option, progress, say_account
from benang.cli.usage import Choice, command
from benang.errors import BenangError, Problem
from benang.locale import LANGUAGES, Language, translator
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.review.beginning import ReviewKind


KINDS = ("bibliometric", "scoping", "systematic", "cases")


@command("new")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("files", nargs=-1, type=INPUT, metavar="[FILES…]")
@click.option("--title", metavar="TITLE", help="Title of the review.")
@click.option("--question", metavar="QUESTION", help="Research question of the review.")
@click.option(
    "--kind",
    type=Choice(KINDS),
    help=(
        "Kind of review: bibliometric maps a field, scoping charts what its studies found, systematic weighs all "
        "studies of one question, cases compares cases that studies report."
    ),
)
@language_option("Language of the plan, its comments, and the report.")
@click.option(
    "--reviewer", "reviewers", multiple=True, metavar="NAME", help=("Name of a coder. Can be given more than once.")
)
def new_command(
    folder: Path,
    files: tuple[Path, ...],
    title: str | None,
    question: str | None,
    kind: str | None,
    language: str | None,
    reviewers: tuple[str, ...],
) -> None:
    """Start a review: a folder with a plan, a codebook and cases, each with comments that explain it.

    FILES are copied into it, exports to sources/ and papers to papers/. You are asked for whatever the options leave
    open.

    For example: benang new markets scopus.csv sari2018.pdf --kind cases
    """
    from benang.tasks.begin import BeginRequest, begin, check_folder

    check_folder(folder)
    asked = _asked({"title": title, "question": question, "kind": kind, "language": language, "reviewer": reviewers})
    request = BeginRequest(
        folder=folder,
        title=str(asked["title"]),
        question=str(asked["question"]),
        kind=cast("ReviewKind", asked["kind"]),
        language=cast("Language", asked["language"]),
        reviewers=tuple(cast("Sequence[str]", asked["reviewer"])),
        files=files,
    )
    with in_options(), progress() as report:
        begun = begin(request, progress=report)
    say_account(begun.account)


def _asked(given: dict[str, object]) -> dict[str, object]:
    """Ask for what no option says; where nobody can be asked, the command is refused.

    Raises
    ------
    BenangError
        Without a terminal, with the options that are missing.
    """
    missing = [name for name, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        options = ", ".join(f"--{name}" for name in missing)
        fault = worded("these options are missing, and there is no terminal to ask in: {options}", options=options)
        raise BenangError(Problem(fault, way_on="Add them, or run the command in a terminal."))
    if not missing:
        return given
    language = given["language"] or ask("Language / Bahasa", LANGUAGES, default=spoken())
    _ = translator(cast("Language", language))
    asked = {**given, "language": language}
    asked["title"] = given["title"] or ask(_("What is the review called?"))
    asked["question"] = given["question"] or ask(_("What is its question?"))
    if not given["kind"]:
        for number, (name, meaning) in enumerate(zip(KINDS, _meanings(cast("Language", language)), strict=True), 1):
            click.echo(f"  {number}. {name}: {meaning}")
        numbers = [str(number) for number, _kind in enumerate(KINDS, 1)]
        asked["kind"] = KINDS[int(ask(_("Which kind of review is it?"), numbers, language=str(language))) - 1]
    if not given["reviewer"]:
        names = ask(_("Who codes? (names, separated by commas)"))
        asked["reviewer"] = [name.strip() for name in names.split(",") if name.strip()]
    return asked


def _meanings(language: Language) -> tuple[str, ...]:
    _ = translator(language)
    return (
        _("maps a field from its publications; nothing is coded"),
        _("charts which studies there are, and what they found"),
        _("weighs all studies that answer one question"),
        _("compares cases, such as villages or programmes, that studies report on"),
    )


@command("status")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@language_option("Language of the answer.  [default: the one you chose for messages, else the plan's]")
def status_command(folder: Path, as_json: bool, language: str | None) -> None:
    """Show the state of a review, and what to do next.

    Counts records, documents, codes and passages, and lists open tasks. Nothing is built.
    """
    from benang.tasks.status import StatusRequest, status

    with progress() as report:
        state = status(StatusRequest(folder, cast("Language | None", language) or chosen_language()), progress=report)
    if as_json:
        click.echo(state.as_json(), nl=False)
    else:
        say_account(state.account)


@command("verify")
@click.argument("folder", type=PLACE, metavar="FOLDER")
def verify_command(folder: Path) -> None:
    """Check a review and list every damaged line, missing quotation and unknown name in it.

    The exit code is 0 if everything is in order, and 1 if something is wrong. Nothing is changed.
    """
    from benang.tasks.verify import VerifyRequest, verify

    with progress() as report:
        verified = verify(VerifyRequest(folder, spoken()), progress=report)
    for problem in verified.problems:
        click.echo(problem.in_language(spoken()), err=True)
    say_account(verified.account)
    if not verified.is_whole:
        raise click.exceptions.Exit(1)


@command("send")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("-o", "--output", required=True, type=OutputPath((".zip",)), metavar="FILE", help="Output file: .zip.")
@click.option("--all", "everything", is_flag=True, help="Include exports and papers.")
def send_command(folder: Path, output: Path, everything: bool) -> None:
    """Pack a review into one file for e-mail: judgements, codebook, plan and documents.

    For example: benang send markets -o from-ani.zip
    """
    from benang.tasks.sharing import SendRequest, send

    with in_options(), progress() as report:
        sent = send(SendRequest(folder, output, everything, spoken()), progress=report)
    say_account(sent.account)


@command("merge")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("other", type=INPUT, metavar="OTHER")
def merge_command(folder: Path, other: Path) -> None:
    """Merge another copy of a review into yours: a zip from `benang send`, a folder, or a log of judgements.

    Judgements are combined, and new files are added. If a file differs, yours stays and theirs is kept beside it.
    Merging twice changes nothing.
    """
    from benang.tasks.sharing import MergeRequest, merge

    with in_options(), progress() as report:
        merged = merge(MergeRequest(folder, other, spoken()), progress=report)
    say_account(merged.account)
