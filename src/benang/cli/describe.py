"""`benang describe`: the corpus in figures, as a summary, a page, tables or pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from benang.cli.options import INPUT, PLACE, in_options, say_account, within
from benang.cli.progress import progress
from benang.cli.reading import choices_of, reading_options


@click.command("describe")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PLACE,
    metavar="OUT",
    help="File to write: .html (a page whose numbers open their records), .csv or .xlsx (all numbers with their "
    "records), .png, .svg or .pdf (the figures, one file each). May be given several times.",
)
@click.option(
    "--top",
    type=within("top"),
    default=None,
    metavar="N",
    help="Rows of a table at most; 0 for all.  [default: 20 on a page, all in .csv and .xlsx]",
)
@click.option(
    "--language",
    type=click.Choice(["en", "id"]),
    default="en",
    show_default=True,
    help="Language of the page, the tables and the figures.",
)
@click.option(
    "--last-full-year",
    type=within("last_full_year"),
    default=None,
    metavar="YEAR",
    help="The last year that all records are in, for growth.  [default: the last but one]",
)
@click.option(
    "--references/--without-references",
    "with_references",
    default=True,
    help="Match the cited references, for the most cited ones and citations within the corpus.  [default: yes]",
)
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help="Count every record as it was read, also where several are one work.",
)
@click.option(
    "--decisions",
    type=INPUT,
    metavar="FILE",
    help="Pairs that a person decided on: the list of `benang records --doubts`, filled in.",
)
@reading_options
def describe_command(
    files: tuple[Path, ...],
    outputs: tuple[Path, ...],
    top: int | None,
    language: Literal["en", "id"],
    last_full_year: int | None,
    with_references: bool,
    keep_duplicates: bool,
    decisions: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Describe a corpus in figures: years, sources, authors, places, citations, keywords, and what is lacking.

    Without -o a summary is printed. For example: benang describe scopus.csv wos.txt -o corpus.html
    """
    from benang.tasks.describe import DescribeRequest, describe

    request = DescribeRequest(
        files=files,
        choices=choices_of(forms, encodings, columns, files),
        join=not keep_duplicates,
        decisions=decisions,
        top=top,
        last_full=last_full_year,
        with_references=with_references,
        outputs=outputs,
        language=language,
    )
    with in_options(), progress() as report:
        described = describe(request, progress=report)
    say_account(described.account)
