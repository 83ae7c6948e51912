"""`benang records`: read exports, account for every record, join duplicates, write the records in another form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.options import INPUT, PLACE, say_files
from benang.cli.progress import progress
from benang.cli.reading import choices_of, reading_options
from benang.progress import Progress

if TYPE_CHECKING:
    from benang.errors import BenangError
    from benang.readers.registry import ReadFiles
    from benang.records.corpus import Corpus
    from benang.records.duplicates.finding import Duplicates
    from benang.writers.registry import Written


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
    from benang.cli.record_accounts import account_json, say_account, without_places
    from benang.readers.registry import read_files

    choices = choices_of(forms, encodings, columns, files)
    _check([*files, *filter(None, [decisions])], outputs, (duplicates, doubts), ledger)
    with progress() as report:
        report("Reading", 0.0)
        done = read_files(*files, choices=choices)
        report("Looking for duplicates", 0.4)
        placeless = without_places(done, files)
        found, works = _joined(placeless.corpus, decisions)
        report("Writing", 0.6)
        to_write = works if deduplicate else placeless.corpus
        lists = [path for path in (duplicates, doubts, ledger) if path]
        with _places(outputs if done.corpus.ledger.files else (), lists) as places:
            written = _write(to_write, places, lists, report, exact=exact)
            _write_accounts(placeless, found, *(path and places[path] for path in (duplicates, doubts, ledger)))
    if as_json:
        click.echo(json.dumps(account_json(done, files, len(works), found), ensure_ascii=False, indent=1))
    else:
        if done.corpus.ledger.files:
            say_account(done.corpus, len(works), found)
        for one in written:
            what = f"{'work' if deduplicate else 'record'}{'s' if one.records != 1 else ''}"
            click.echo(f"Written: {one.path} ({one.records:,} {what})")
            for note in one.notes:
                click.echo(f"  {note}")
        say_files(lists)
    if done.unread:
        _say_unread([one.error for one in done.unread], none_read=not done.corpus.ledger.files)
        raise click.exceptions.Exit(1)


def _check(files: Sequence[Path], outputs: Sequence[Path], lists: Sequence[Path | None], ledger: Path | None) -> None:
    """Refuse output that can't be written, or that would destroy what is read, before long work."""
    from benang.cli.outputs import check_outputs
    from benang.records.corpus_files import check_corpus_folder
    from benang.writers.registry import SUFFIXES, is_corpus_path

    for path in outputs:
        if not is_corpus_path(path) and path.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise click.UsageError(f"'{path.name}': the suffix decides what is written; known: {known}, or a folder.")
    if ledger and ledger.suffix.lower() not in {".json", ".csv"}:
        raise click.UsageError(f"'{ledger.name}': a ledger ends with .json or .csv.")
    for path in filter(None, lists):
        if path.suffix.lower() != ".csv":
            raise click.UsageError(f"'{path.name}': a list of duplicates ends with .csv.")
    folders = [path for path in outputs if is_corpus_path(path)]
    for folder in folders:
        check_corpus_folder(folder)
    check_outputs([path for path in outputs if path not in folders], files, [*lists, ledger], folders=folders)


def _joined(corpus: Corpus, decisions: Path | None) -> tuple[Duplicates, Corpus]:
    from benang.records.duplicates.files import read_decisions
    from benang.records.duplicates.finding import find_duplicates
    from benang.records.duplicates.joining import joined

    found = find_duplicates(corpus, decisions=read_decisions(decisions) if decisions else None)
    return found, joined(corpus, found)


@contextmanager
def _places(outputs: Sequence[Path], lists: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Give a place to write each output and list to, so that all are replaced together; a corpus folder is its own."""
    from benang.files import replacing
    from benang.writers.registry import is_corpus_path

    paths = list(dict.fromkeys((*outputs, *lists)))
    files = [path for path in paths if not is_corpus_path(path)]
    with replacing(*files) as places:
        to = dict(zip(files, places, strict=True))
        yield {path: to.get(path, path) for path in paths}


def _write(
    corpus: Corpus, places: Mapping[Path, Path], lists: Sequence[Path], report: Progress, *, exact: bool
) -> list[Written]:
    from benang.writers.registry import write_records

    written = []
    outputs = [path for path in places if path not in lists]
    for at, path in enumerate(outputs):
        report(f"Writing {path.name}", 0.6 + 0.4 * at / len(outputs))
        written.append(replace(write_records(corpus, places[path], exact=exact), path=path))
    return written


def _write_accounts(
    done: ReadFiles, found: Duplicates, duplicates: Path | None, doubts: Path | None, ledger: Path | None
) -> None:
    from benang.cli.record_accounts import write_ledger
    from benang.records.duplicates.files import write_doubts, write_duplicates

    if duplicates:
        write_duplicates(found, done.corpus, duplicates)
    if doubts:
        write_doubts(found, done.corpus, doubts)
    if ledger:
        write_ledger(done, ledger)


def _say_unread(errors: Sequence[BenangError], *, none_read: bool) -> None:
    many = f"{len(errors):,} files" if len(errors) > 1 else "One file"
    click.echo("Can't go on." if none_read else f"{many} can't be read; all others were read.", err=True)
    for problem in (problem for error in errors for problem in error.problems):
        click.echo(f"  - {problem}", err=True)
