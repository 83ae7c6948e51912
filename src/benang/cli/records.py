"""`benang records`: read exports, account for every record, write them in another form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.options import INPUT, say_files, say_some, say_table
from benang.cli.progress import progress
from benang.cli.stopping import loading

if TYPE_CHECKING:
    from benang.readers.registry import Choices, ReadFiles


@click.command("records")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option("--keep-duplicates", is_flag=True, default=True, help="Keep every record.")
@click.option("--form", "forms", multiple=True, metavar="[FILE=]NAME", help="The form of the files, or of one.")
@click.option("--encoding", "encodings", multiple=True, metavar="[FILE=]NAME", help="The encoding, likewise.")
def records_command(
    files: tuple[Path, ...], as_json: bool, keep_duplicates: bool, forms: tuple[str, ...], encodings: tuple[str, ...]
) -> None:
    """Read exports and account for every record that is in them."""
    with loading():
        from benang.readers.registry import read_files
    choices = _choices(forms, encodings)
    with progress() as report:
        report("Reading", 0.0)
        done = read_files(*files, choices=choices)
    _ = keep_duplicates
    if as_json:
        click.echo(json.dumps(_account(done, files), ensure_ascii=False, indent=1))
    else:
        for account in done.corpus.ledger.files:
            click.echo(f"{account.path}: {account.format}, {account.read:,} of {account.found:,} records read.")
            say_some([f"set aside: record {one.record}, line {one.line}: {one.reason}" for one in account.set_aside])
            say_some(account.notes)
    for one in done.unread:
        click.echo(str(one.error), err=True)
    if done.unread:
        raise click.exceptions.Exit(1)


def _choices(forms: Sequence[str], encodings: Sequence[str]) -> Choices:
    from benang.readers.registry import Choices

    return Choices(forms=_by_file(forms), encodings=_by_file(encodings))


def _by_file(given: Sequence[str]) -> dict[str, str]:
    """Part `FILE=NAME`; a bare NAME is for all files."""
    return {file: name for file, _, name in (one.rpartition("=") for one in given)}


def _account(done: ReadFiles, files: Sequence[Path]) -> dict[str, Any]:
    from benang.records.carried import carried_fields

    held: list[dict[str, Any]] = [
        {
            "path": account.path,
            "format": account.format,
            "encoding": account.encoding,
            "found": account.found,
            "read": account.read,
            "set_aside": [{"record": a.record, "line": a.line, "reason": a.reason} for a in account.set_aside],
            "notes": list(account.notes),
        }
        for account in done.corpus.ledger.files
    ]
    held += [
        {
            "path": one.path,
            "format": "",
            "encoding": "",
            "found": 0,
            "read": 0,
            "set_aside": [],
            "notes": [],
            "error": str(one.error),
        }
        for one in done.unread
    ]
    return {
        "files": held,
        "records": len(done.corpus),
        "fields": carried_fields(done.corpus),
    }
