"""The commands that read exports and make no map of them: `records`, `thesaurus`, `clean` and `describe`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from benang.cli.language import spoken
from benang.cli.options import (
    INPUT,
    PLACE,
    NamedPath,
    in_options,
    language_option,
    number_option,
    progress,
    say_account,
)
from benang.cli.reading import choices_of, reading_options
from benang.cli.usage import Choice, command, refuse_unquoted
from benang.errors import BenangError
from benang.kinds import KINDS

if TYPE_CHECKING:
    from benang.review.names import Items

CLEANED = ("keywords", "authors", "organizations")
"""Whose names are decided on."""
_ITEMS = tuple(name for name, kind in KINDS.items() if kind.variants)
"""What may have variants."""


@command("records")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PLACE,
    metavar="OUT",
    help=(
        "Write the records: .ris, .bib, .csv, .xlsx, .json (CSL), or a folder (Parquet). Can be given more than once."
    ),
)
@click.option(
    "--exact",
    is_flag=True,
    help="Add lines to RIS and BibTeX that only Benang reads, so that it can restore every field.",
)
@click.option(
    "--deduplicate/--keep-duplicates",
    "deduplicate",
    default=False,
    help="Write each work once, joined from its records, or every record as it was read.  [default: keep]",
)
@click.option(
    "--duplicates",
    type=PLACE,
    metavar="FILE.csv",
    help=("Write the groups of records that are the same work, with reasons."),
)
@click.option(
    "--doubts",
    type=PLACE,
    metavar="FILE.csv",
    help="Write the doubtful pairs, which may be one work or two, for you to decide.",
)
@click.option(
    "--decisions",
    type=INPUT,
    metavar="FILE",
    help=(
        "Your decisions on doubtful pairs: the list of --doubts, with `same` or `different` in the column `decision`."
    ),
)
@click.option("--ledger", type=PLACE, metavar="FILE", help="Write the account of every file: .json or .csv.")
@reading_options
def records_command(
    files: tuple[Path, ...],
    as_json: bool,
    outputs: tuple[Path, ...],
    exact: bool,
    deduplicate: bool,
    duplicates: Path | None,
    doubts: Path | None,
    decisions: Path | None,
    ledger: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Read exports and account for every record of every file: found = read + set aside.

    For example: benang records scopus.csv wos.txt --deduplicate -o all.ris
    """
    from benang.tasks.records import RecordsRequest, records

    request = RecordsRequest(
        files=files,
        choices=choices_of(forms, encodings, columns, files),
        outputs=outputs,
        exact=exact,
        deduplicate=deduplicate,
        duplicates=duplicates,
        doubts=doubts,
        decisions=decisions,
        ledger=ledger,
        language=spoken(),
    )
    with in_options(), progress() as report:
        result = records(request, progress=report)
    if as_json:
        click.echo(json.dumps(result.as_json(files), ensure_ascii=False, indent=1))
    else:
        say_account(result.account)
    if result.unread:
        refuse_unquoted(BenangError(*(problem for one in result.read.unread for problem in one.error.problems)))
        say_account(result.unread, err=True)
        raise click.exceptions.Exit(1)


@command("thesaurus")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option("--items", type=Choice(_ITEMS), default="keywords", show_default=True, help="Which labels to examine.")
@click.option(
    "--codebook", type=INPUT, metavar="FILE", help="Codebook whose labels in two languages serve as translations."
)
@reading_options
@click.option(
    "-o",
    "--output",
    type=NamedPath(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Table to write, with the columns label, replace by, reason, and the occurrences of both.",
)
def thesaurus_command(
    files: tuple[Path, ...],
    items: str,
    codebook: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
    output: Path,
) -> None:
    """Propose which labels to merge: plurals, hyphens, spellings, acronyms, translations, typing errors.

    Check the table, delete what you do not want and add what is missing; then use it with `benang map … --thesaurus
    FILE`, or name it in review.toml.
    """
    from benang.tasks.records import ThesaurusRequest, propose_thesaurus

    request = ThesaurusRequest(
        files=files,
        choices=choices_of(forms, encodings, columns, files),
        items=items,
        codebook=codebook,
        output=output,
        language=spoken(),
    )
    with in_options(), progress() as report:
        proposed = propose_thesaurus(request, progress=report)
    say_account(proposed.account)


@command("clean")
@click.argument("folder", type=PLACE, default=".", metavar="[FOLDER]")
@click.option("--items", type=Choice(CLEANED), default="keywords", show_default=True, help="Which names to examine.")
@click.option(
    "--accept",
    multiple=True,
    metavar="WHAT",
    help="Accept what is proposed for a label or a reason (plural). Can be given more than once.",
)
@click.option("--refuse", multiple=True, metavar="WHAT", help="Refuse such a proposal. Can be given more than once.")
@click.option(
    "--take-back",
    multiple=True,
    metavar="LABEL",
    help="Take back the decision on a label. Can be given more than once.",
)
@click.option(
    "--join",
    nargs=2,
    multiple=True,
    metavar="LABEL NAME",
    help="Join a label in the records to a name, although nobody proposed it. Can be given more than once.",
)
def clean_command(
    folder: Path,
    items: Items,
    accept: tuple[str, ...],
    refuse: tuple[str, ...],
    take_back: tuple[str, ...],
    join: tuple[tuple[str, str], ...],
) -> None:
    """Decide which names in a review are the same, as on its page Clean.

    Without an option to decide, it lists the proposals with their effect on the counts. What you accept becomes a line
    of the review's thesaurus; what you refuse becomes a line of kept-apart.tsv.

    For example: benang clean my-review --accept plural --refuse "night school"
    """
    from benang.tasks.cleaning import SettleRequest, clean_in_words

    request = SettleRequest(
        folder=folder,
        items=items,
        accept=accept,
        refuse=refuse,
        take_back=take_back,
        join=join,
        language=spoken(),
    )
    with in_options(), progress() as report:
        account = clean_in_words(request, progress=report)
    say_account(account)


@command("describe")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PLACE,
    metavar="OUT",
    help=(
        "Output file: .html (a page whose numbers open their records), .csv or .xlsx (all numbers with their "
        "records), .png, .svg or .pdf (the figures, one file each). Can be given more than once."
    ),
)
@number_option(
    "--top",
    metavar="N",
    help="Maximum number of rows in a table; 0 for all.  [default: 20 on a page, all in .csv and .xlsx]",
)
@language_option("Language of the page, the tables, the figures and the messages.", else_messages=True)
@number_option(
    "--last-full-year",
    metavar="YEAR",
    help="The last complete year, for growth rates.  [default: the last year but one]",
)
@click.option(
    "--references/--without-references",
    "with_references",
    default=True,
    help="Match the cited references, to find the most cited ones and citations within the corpus.  [default: yes]",
)
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help="Count every record, even if several describe the same work.",
)
@click.option(
    "--decisions",
    type=INPUT,
    metavar="FILE",
    help="Your decisions on doubtful pairs: the list that `benang records --doubts` writes, filled in.",
)
@click.option(
    "--thesaurus",
    type=INPUT,
    metavar="FILE",
    help=(
        "Table with the columns 'label' and 'replace by', which joins variants of keywords, authors, organisations, "
        "countries and sources; an empty replacement leaves them out."
    ),
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
    thesaurus: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Describe a corpus in numbers: years, sources, authors, places, citations, keywords, and missing data.

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
        thesaurus=thesaurus,
        outputs=outputs,
        language=language,
    )
    with in_options(), progress() as report:
        described = describe(request, progress=report)
    say_account(described.account)
