"""What `benang records` says of the files: a table for people, JSON for programs, a ledger to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from benang.cli.options import say_some, say_table
from benang.errors import BenangError
from benang.files import write_text
from benang.readers.missing_fields import missing_fields
from benang.readers.opening import Unread
from benang.readers.registry import ReadFiles
from benang.records import file_names
from benang.records.carried import carried_fields, marked_counts, marked_notes
from benang.records.corpus import Corpus
from benang.records.corpus_files import ledger_json
from benang.records.duplicates.files import doubting_rules, joining_rules, reasons_json
from benang.records.duplicates.finding import Duplicates
from benang.records.ledger import FileAccount, Ledger
from benang.records.user_tables import csv_text

FORMAT = 1
"""The version of the ledger's file."""

_HEADER = ("file", "format", "encoding", "found", "read", "set aside")
_LEDGER = ("path", "format", "encoding", "sha256", "found", "read", "set_aside", "what", "record", "line", "said")


def without_places(done: ReadFiles, files: Sequence[Path]) -> ReadFiles:
    """Return what was read with its files named relative to those of the call, for all that is written of it."""
    names = (*(account.path for account in done.corpus.ledger.files), *(one.path for one in done.unread))
    rename = file_names.without_places(names, files)
    unread = (Unread(rename(one.path), _renamed(one.error, rename)) for one in done.unread)
    return ReadFiles(file_names.renamed_files(done.corpus, rename), tuple(unread))


def _renamed(error: BenangError, rename: file_names.Rename) -> BenangError:
    return BenangError(*(replace(one, where=rename(one.where), found=rename(one.found)) for one in error.problems))


def account_json(done: ReadFiles, files: Sequence[Path], works: int, duplicates: Duplicates) -> dict[str, Any]:
    """Return what `--json` prints; files in the order of the call, and named as in it."""
    held = [_file_json(account) for account in _with_all_notes(done.corpus).files]
    for one in done.unread:
        error = {"error": " ".join(str(one.error).split())}
        held.append(_file_json(FileAccount(one.path, "", "", 0, 0, encoding="")) | error)
    order = [path.as_posix() for path in files]
    held.sort(key=lambda one: _place(str(one["path"]), order))
    return {
        "files": held,
        "records": len(done.corpus),
        "works": works,
        "duplicate_groups": len(duplicates.groups),
        "fields": carried_fields(done.corpus),
        **reasons_json(duplicates, done.corpus),
    }


def _place(path: str, order: Sequence[str]) -> int:
    """Return which of the files of the call one is, or is in."""
    return next((at for at, one in enumerate(order) if path == one or path.startswith(f"{one}/")), len(order))


def _with_all_notes(corpus: Corpus) -> Ledger:
    """Add to the notes of each file which records are marked as retracted or corrected, and what none of them holds."""
    missing, marked = missing_fields(corpus), marked_notes(corpus)
    return Ledger(
        tuple(
            replace(one, notes=(*one.notes, *marked.get(one.path, ()), *missing.get(one.path, ())))
            for one in corpus.ledger.files
        )
    )


def _file_json(account: FileAccount) -> dict[str, Any]:
    return {
        "path": account.path,
        "format": account.format,
        "encoding": account.encoding,
        "found": account.found,
        "read": account.read,
        "set_aside": [{"record": o.record, "line": o.line, "reason": o.reason} for o in account.set_aside],
        "notes": list(account.notes),
    }


def say_account(corpus: Corpus, works: int, duplicates: Duplicates) -> None:
    """Print the table by file, what has to be said of each, and what all records carry."""
    accounts = _with_all_notes(corpus).files
    numbers = [(f"{one.found:,}", f"{one.read:,}", f"{len(one.set_aside):,}") for one in accounts]
    rows = [_HEADER, *((a.path, a.format, a.encoding or "-", *n) for a, n in zip(accounts, numbers, strict=True))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        texts = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
        counts = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
        click.echo("  ".join([*texts, *counts]))
    for account in accounts:
        said = [f"set aside: record {o.record}, line {o.line}: {o.reason}" for o in account.set_aside]
        if said or account.notes:
            click.echo(f"{account.path}:")
            say_some(said)
            say_some(account.notes)
    click.echo("In all:")
    carried = carried_fields(corpus)
    without = len(corpus) - _with_keywords(corpus)
    say_table(
        [
            ("records", len(corpus)),
            ("works", works),
            ("groups of duplicates", len(duplicates.groups)),
            *([("pairs in doubt", len(duplicates.doubts))] if duplicates.doubts else []),
            *([("records without keywords", without)] if without else []),
            *((f"records marked as {status}", n) for status, n in marked_counts(corpus).items()),
        ]
    )
    if duplicates.groups:
        click.echo("Pairs were joined for:")
        say_table(joining_rules(duplicates).items())
    if duplicates.doubts:
        click.echo("Pairs are in doubt because:")
        say_table(doubting_rules(duplicates).items())
    click.echo("Records that carry a field:")
    say_table([(name.replace("_", " "), n) for name, n in carried.items() if n])


def _with_keywords(corpus: Corpus) -> int:
    fields, works = (corpus.values.column(name).to_numpy() for name in ("field", "work"))
    return len(set(works[(fields == "author_keywords") | (fields == "index_keywords")].tolist()))


def write_ledger(done: ReadFiles, path: Path) -> None:
    """Write the account of every file, also of those that could not be read: JSON, or CSV by the suffix."""
    if path.suffix.lower() == ".csv":
        write_text(path, "\ufeff" + csv_text(_LEDGER, _ledger_rows(done)))
        return
    unread = [{"path": one.path, "error": str(one.error)} for one in done.unread]
    told = {"format": FORMAT, **ledger_json(_with_all_notes(done.corpus)), "unread": unread}
    write_text(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _ledger_rows(done: ReadFiles) -> Iterator[Sequence[object]]:
    """Give a row for each file, and one for each record set aside, each note and each file that could not be read."""
    for a in _with_all_notes(done.corpus).files:
        yield a.path, a.format, a.encoding, a.sha256, a.found, a.read, len(a.set_aside), "file", "", "", ""
        empty = [a.path, "", "", "", "", "", ""]
        for one in a.set_aside:
            yield *empty, "set aside", one.record, one.line, one.reason
        for note in a.notes:
            yield *empty, "note", "", "", note
    for unread in done.unread:
        yield unread.path, "", "", "", "", "", "", "not read", "", "", " ".join(str(unread.error).split())
