"""`benang records`: read exports, account for every record, join duplicates, write the records in another form."""

from __future__ import annotations

import json
from pathlib import Path

import click

from benang.cli.options import INPUT, PLACE, in_options, say_account, spoken
from benang.cli.progress import progress
from benang.cli.reading import choices_of, reading_options


@click.command("records")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PLACE,
    metavar="OUT",
    help="Write the records: .ris, .bib, .csv, .xlsx, .json (CSL), or a folder (Parquet). May be given several times.",
)
@click.option(
    "--exact",
    is_flag=True,
    help="Add to RIS and BibTeX the lines that only Benang reads, so that it reads every field again as it was.",
)
@click.option(
    "--deduplicate/--keep-duplicates",
    "deduplicate",
    default=False,
    help="Write each work once, joined of its records, or every record as it was read.  [default: keep]",
)
@click.option(
    "--duplicates", type=PLACE, metavar="FILE.csv", help="Write the groups of records that are one work, with reasons."
)
@click.option(
    "--doubts",
    type=PLACE,
    metavar="FILE.csv",
    help="Write the pairs that may be one work or two, for a person to decide.",
)
@click.option(
    "--decisions",
    type=INPUT,
    metavar="FILE",
    help="Pairs that a person decided on: the list of --doubts with `same` or `different` in its column `decision`.",
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
    """Read exports and account for every record: found = read + set aside, for every file.

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
        say_account(result.unread, err=True)
        raise click.exceptions.Exit(1)
