"""The commands on a review's folder: begun, looked over, shared, supplied with papers, built, and explained."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import ask, chosen_language, spoken
from benang.cli.options import (
    DRAWN,
    INPUT,
    PLACE,
    NamedPath,
    OutputPath,
    in_options,
    language_option,
    number_option,
    progress,
    say_account,
)
from benang.cli.usage import Choice, command
from benang.errors import BenangError, Problem, nearest
from benang.kinds import KINDS
from benang.locale import LANGUAGES, Language, translator
from benang.locale.writing import worded
from benang.progress import Progress

if TYPE_CHECKING:
    from benang.kinds import AssociatedItems
    from benang.review.beginning import ReviewKind
    from benang.review.plan import ReportFormat

_folder = click.argument("folder", type=PLACE, metavar="FOLDER")
_language = language_option("Language of labels, captions and report.  [default: the plan's]")
_answers = language_option(
    "Language of labels and messages.  [default: the one you chose for messages, else the plan's]"
)
FORMATS = ("html", "docx", "pdf")
_ITEMS = tuple(name for name, kind in KINDS.items() if kind.associated)

REVIEW_KINDS = ("bibliometric", "scoping", "systematic", "cases")


def _formats(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Split what was given in one list, or in several; each format counts once."""
    formats = dict.fromkeys(name.strip().lower() for one in value for name in one.split(","))
    for name in formats:
        if name not in FORMATS:
            raise click.BadParameter(
                worded("'{name}' is not a report format. {nearest}", name=name, nearest=nearest(name, FORMATS))
            )
    return tuple(formats)


@command("build")
@_folder
@click.option(
    "--out",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder to write to.  [default: FOLDER/out]",
)
@_language
@click.option(
    "--formats",
    multiple=True,
    callback=_formats,
    metavar="LIST",
    help="Formats of the report: html, docx, pdf, or several (html,docx).  [default: the plan's, else html]",
)
@click.option("--force", is_flag=True, help="Make everything again, even what has not changed.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Build without the codings whose quotations are not in their documents, and list them in the report.",
)
def build_command(
    folder: Path, out: Path | None, language: str | None, formats: tuple[str, ...], force: bool, keep_going: bool
) -> None:
    """Make the maps, tables, figures and report of a review.

    Only what has changed since the last build is made again.
    """
    from benang.tasks.build.building import build

    with progress() as report:
        built = build(
            folder,
            out=out,
            language=cast("Language | None", language),
            messages=chosen_language(),
            formats=cast("tuple[ReportFormat, ...]", formats),
            force=force,
            keep_going=keep_going,
            progress=report,
            waiting=_saying_once(report),
        )
    say_account(built.account)


def _saying_once(report: Progress) -> Callable[[str], None]:
    """Return the function that reports that a build waits: in the bar, or in one line where there is none."""
    messages: set[str] = set()

    def waiting(message: str) -> None:
        report(message, 0.0)
        if message not in messages and not sys.stderr.isatty():
            click.echo(message, err=True)
        messages.add(message)

    return waiting


@command("explain")
@_folder
@click.argument("number", metavar="ID")
@_answers
def explain_command(folder: Path, number: str, language: str | None) -> None:
    """Print what a number in a review counts, and the passages behind it.

    ID is the number's name in evidence.json and in the report, such as factors/pandemic/cases.
    """
    from benang.tasks.explain import ExplainRequest, explain

    say_account(explain(ExplainRequest(folder, number, cast("Language | None", language) or chosen_language())).account)


@command("documents")
@_folder
@click.argument("papers", nargs=-1, type=INPUT, metavar="[FILE…]")
@click.option("--record", metavar="KEY", help="Record of a single paper, if Benang cannot find it.")
@click.option("--anew", is_flag=True, help="Replace the text that the record already has; the old one is kept.")
@click.option(
    "--leaving", is_flag=True, help=("With --anew, replace it even if coded passages are not in the new text.")
)
def documents_command(folder: Path, papers: tuple[Path, ...], record: str | None, anew: bool, leaving: bool) -> None:
    """Add papers to a review: match each to its record and save its text.

    A paper is a PDF, Word (.docx), HTML, plain text or Markdown file. If none is named, those in FOLDER/papers are
    added. A document that is already there is never overwritten.
    """
    from benang.tasks.documents import DocumentsRequest, documents

    request = DocumentsRequest(folder, papers, record, anew=anew, leaving=leaving, language=spoken())
    with in_options(), progress() as report:
        added = documents(request, progress=report)
    say_account(added.account)
    say_account(added.refused, err=True)
    if added.refused.notes:
        raise click.exceptions.Exit(1)


@command("keys")
@_folder
@click.option("--write", is_flag=True, help="Change the files. Without this option, nothing is changed.")
def keys_command(folder: Path, write: bool) -> None:
    """Show which record keys in a review's files are out of date, and their current keys.

    Earlier versions named a record without an id after its row in a file (PoPCites.csv:1), which changes when rows
    are added. This command checks documents, cases.toml, keywords.csv and duplicates.tsv, and adds title, first
    author, year and DOI to the heading of documents that do not say which paper they are. Comments and everything
    else in the files stay as they are.
    """
    from benang.tasks.verify import KeysRequest, keys

    with progress() as report:
        changes = keys(KeysRequest(folder, write, spoken()), progress=report)
    say_account(changes.account)


@command("association")
@_folder
@click.option("--group", metavar="CODES", help="The group of codes.  [default: the only group in the codebook]")
@click.option(
    "--items",
    type=Choice(_ITEMS),
    default="author-keywords",
    show_default=True,
    help="Which items to compare the codes with.",
)
@number_option(
    "--least",
    default=2,
    metavar="N",
    help="Compare items and codes that occur in at least N studies.",
)
@click.option(
    "--words", type=INPUT, metavar="FILE", help="More words for the codes: a table with the columns code and word."
)
@click.option(
    "--mentions",
    "mentions_file",
    type=OutputPath((".csv",)),
    metavar="FILE",
    help="Write what is mentioned and what is backed by evidence, as CSV.",
)
@_answers
@number_option("--seed", default=0, help="Random seed of the permutations (`p any`).")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", *DRAWN)),
    metavar="FILE",
    help=f"Write the pairs of keywords and codes: .csv, {', '.join(DRAWN)}. Can be given more than once.",
)
def association_command(
    folder: Path,
    group: str | None,
    items: str,
    least: int,
    words: Path | None,
    mentions_file: Path | None,
    language: str | None,
    seed: int,
    outputs: tuple[Path, ...],
) -> None:
    """Test which codes are unusually frequent in studies with a keyword, and list what is only mentioned.

    For example: benang association examples/sister-cities --group factors -o factors.csv -o factors.png
    """
    from benang.tasks.associate import AssociateRequest, associate

    request = AssociateRequest(
        folder=folder,
        group=group,
        items=cast("AssociatedItems", items),
        least=least,
        words=words,
        seed=seed,
        outputs=outputs,
        mentions=mentions_file,
        language=cast("Language | None", language) or chosen_language(),
    )
    with in_options(), progress() as report:
        associated = associate(request, progress=report)
    say_account(associated.account)


@command("new")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("files", nargs=-1, type=INPUT, metavar="[FILES…]")
@click.option("--title", metavar="TITLE", help="Title of the review.")
@click.option("--question", metavar="QUESTION", help="Research question of the review.")
@click.option(
    "--kind",
    type=Choice(REVIEW_KINDS),
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
        meanings = _meanings(cast("Language", language))
        for number, (name, meaning) in enumerate(zip(REVIEW_KINDS, meanings, strict=True), 1):
            click.echo(f"  {number}. {name}: {meaning}")
        numbers = [str(number) for number, _kind in enumerate(REVIEW_KINDS, 1)]
        asked["kind"] = REVIEW_KINDS[int(ask(_("Which kind of review is it?"), numbers, language=str(language))) - 1]
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
