"""`benang build` and `benang explain`: a review's folder rebuilt, and one of its numbers opened."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.options import PLACE, NamedPath, say_account
from benang.cli.progress import progress
from benang.progress import Progress

if TYPE_CHECKING:
    from benang.locale import Language
    from benang.review.plan import ReportFormat

_folder = click.argument("folder", type=PLACE, metavar="FOLDER")
_language = click.option(
    "--language",
    type=click.Choice(["en", "id"]),
    help="Language of labels, captions and report.  [default: the plan's]",
)
FORMATS = ("html", "docx", "pdf")


def _formats(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Part what was said in one list, or in several; each format counts once."""
    formats = dict.fromkeys(name.strip().lower() for one in value for name in one.split(","))
    for name in formats:
        if name not in FORMATS:
            raise click.BadParameter(f"'{name}' is no format of a report. Known: {', '.join(FORMATS)}.")
    return tuple(formats)


@click.command("build")
@_folder
@click.option(
    "--out",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write.  [default: FOLDER/out]",
)
@_language
@click.option(
    "--formats",
    multiple=True,
    callback=_formats,
    metavar="LIST",
    help="What the report is written as: html, docx, pdf, or several (html,docx).  [default: the plan's, else html]",
)
@click.option("--force", is_flag=True, help="Make everything anew, also what has not changed.")
@click.option(
    "--keep-going",
    is_flag=True,
    help="Build without the codings whose quotes are not in their documents, and list them in the report.",
)
def build_command(
    folder: Path, out: Path | None, language: str | None, formats: tuple[str, ...], force: bool, keep_going: bool
) -> None:
    """Make the maps, tables, figures and report of a review's folder.

    What has not changed since the last time is not made again.
    """
    from benang.tasks.build.building import build

    with progress() as report:
        built = build(
            folder,
            out=out,
            language=cast("Language | None", language),
            formats=cast("tuple[ReportFormat, ...]", formats),
            force=force,
            keep_going=keep_going,
            progress=report,
            waiting=_saying_once(report),
        )
    say_account(built.account)


def _saying_once(report: Progress) -> Callable[[str], None]:
    """Return what says that a build waits: in the bar, or in one line where there is none."""
    said: set[str] = set()

    def waiting(message: str) -> None:
        report(message, 0.0)
        if message not in said and not sys.stderr.isatty():
            click.echo(message, err=True)
        said.add(message)

    return waiting


@click.command("explain")
@_folder
@click.argument("number", metavar="ID")
@_language
def explain_command(folder: Path, number: str, language: str | None) -> None:
    """Print what a number of a review counts, and the passages behind it.

    ID is the number's name in evidence.json and in the report, such as factors/pandemic/cases.
    """
    from benang.tasks.explain import ExplainRequest, explain

    say_account(explain(ExplainRequest(folder, number, cast("Language | None", language))).account)
