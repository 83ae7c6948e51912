"""The commands on a review's folder: `build`, `explain`, `documents`, `keys` and `association`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import chosen_language, spoken
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
from benang.errors import nearest
from benang.kinds import KINDS
from benang.locale.writing import worded
from benang.progress import Progress

if TYPE_CHECKING:
    from benang.kinds import AssociatedItems
    from benang.locale import Language
    from benang.review.plan import ReportFormat


_folder = click.argument("folder", type=PLACE, metavar="FOLDER")
_language = language_option("Language of labels, captions and report.  [default: the plan's]")
_answers = language_option(
    "Language of labels and messages.  [default: the one you chose for messages, else the plan's]"
)
FORMATS = ("html", "docx", "pdf")
_ITEMS = tuple(name for name, kind in KINDS.items() if kind.associated)


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
    from benang.tasks.keys import KeysRequest, keys

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
