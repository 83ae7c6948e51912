"""What commands that read exports have in common: how files are read, works joined, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.columns import columns_of
from benang.cli.options import say_some
from benang.cli.plan_beside import sources_beside

if TYPE_CHECKING:
    from benang.readers.registry import Choices
    from benang.records.corpus import Corpus


@dataclass(frozen=True)
class Works:
    """The works of exports: joined of the records that were read, or these records themselves.

    `joined` counts the records that went into another one, `doubts` the pairs that a person should look at.
    """

    corpus: Corpus
    joined: int = 0
    doubts: int = 0


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--form`, `--encoding` and `--columns`, which decide where a file's content does not tell."""
    for option in (
        click.option(
            "--columns",
            "columns",
            multiple=True,
            metavar="[FILE:]FIELD=HEADER; …",
            help="Which columns of a table hold which fields, by header or number: "
            '"title=Judul; authors=Penulis; year=3". '
            "Of several tables, once for each, with FILE before the fields.",
        ),
        click.option(
            "--encoding",
            "encodings",
            multiple=True,
            metavar="[FILE=]NAME",
            help="The encoding of the files, or of one, where it is found wrong. May be given several times.",
        ),
        click.option(
            "--form",
            "forms",
            multiple=True,
            metavar="[FILE=]NAME",
            help="The form of the files, or of one, where their content does not tell. May be given several times.",
        ),
    ):
        command = option(command)
    return command


def choices_of(
    forms: Sequence[str], encodings: Sequence[str], columns: Sequence[str] = (), files: Sequence[Path] = ()
) -> Choices:
    """Read `FILE=NAME`, or NAME for all files, and columns; a `review.toml` beside files decides what isn't given.

    Raises
    ------
    click.UsageError
        For a name that is unknown, and columns that are not written as they should be.
    BenangError
        For a `review.toml` that can't be read.
    """
    from benang.encodings import encoding_name
    from benang.errors import BenangError
    from benang.readers.forms import form_named
    from benang.readers.registry import Choices

    for option, given, look_up in (("--form", forms, form_named), ("--encoding", encodings, encoding_name)):
        for name in _by_file(given).values():
            try:
                look_up(name)
            except BenangError as error:
                raise click.UsageError(str(error)) from None
            except LookupError:
                known = "Name one such as UTF-8, UTF-16, Windows-1252, ISO-8859-1."
                raise click.UsageError(f"{option}: no encoding is called '{name}'. {known}") from None
    beside = sources_beside(files)
    return Choices(
        forms={**beside.forms, **_by_file(forms)},
        encodings={**beside.encodings, **_by_file(encodings)},
        columns={**beside.columns, **columns_of(columns, files)},
    )


def read_works(
    files: Sequence[Path],
    choices: Choices | None = None,
    *,
    keep_duplicates: bool = False,
    decisions: Path | None = None,
) -> Works:
    """Read exports, and join the records that are one work unless told otherwise."""
    from benang.readers.registry import read
    from benang.records.duplicates.files import read_decisions
    from benang.records.duplicates.finding import find_duplicates
    from benang.records.duplicates.joining import joined

    corpus = read(*files, choices=choices)
    if keep_duplicates:
        return Works(corpus)
    found = find_duplicates(corpus, decisions=read_decisions(decisions) if decisions else None)
    works = joined(corpus, found)
    return Works(works, len(corpus) - len(works), len(found.doubts))


def say_reading(works: Works) -> None:
    """Print what was read of every file, what was set aside and remarked, and what was joined."""
    for account in works.corpus.ledger.files:
        encoding = f" in {account.encoding}" if account.encoding not in {"", "UTF-8"} else ""
        click.echo(f"{account.path}: {account.format}{encoding}, {account.read:,} of {account.found:,} records read.")
        say_some([f"set aside: record {one.record}, line {one.line}: {one.reason}" for one in account.set_aside])
        say_some(account.notes)
    from benang.records.carried import marked_counts

    for status, number in marked_counts(works.corpus).items():
        click.echo(
            f"{number:,} {'work is' if number == 1 else 'works are'} marked as {status}: `benang records` names them."
        )
    if works.joined:
        records = works.corpus.ledger.read
        click.echo(f"{records:,} records are {len(works.corpus):,} works: {works.joined:,} joined to another.")
    if works.doubts:
        pairs = f"{works.doubts:,} pairs" if works.doubts > 1 else "1 pair"
        click.echo(
            f"  {pairs} may be one work or two, and were left apart: `benang records … --doubts doubts.csv` lists them."
        )


def _by_file(given: Sequence[str]) -> dict[str, str]:
    """Part `FILE=NAME`; a bare NAME is for all files, under ""."""
    return {Path(file).as_posix() if file else "": name for file, _, name in (one.rpartition("=") for one in given)}
