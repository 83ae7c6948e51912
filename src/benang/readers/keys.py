"""Keys that stand once: a record whose key another one has gets one of its own, and the account of its file says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from benang.readers.source import Reading
from benang.records.ledger import FileAccount
from benang.records.record import Record

_MANY = 5


def with_keys_once(
    read_files: Iterable[tuple[Reading, FileAccount]], taken: Collection[str] = ()
) -> tuple[list[Record], tuple[FileAccount, ...]]:
    """Give the second record of a key, and later ones, keys of their own, and say so in the account of its file.

    `taken` are the keys of records that are not among these.
    """
    held = list(read_files)
    given = Counter(record.key for reading, _ in held for record in reading.records)
    given.update(taken)
    first: dict[str, Record] = {}
    records: list[Record] = []
    accounts: list[FileAccount] = []
    last_suffix: dict[str, int] = {}
    read_as: dict[str, str] = {}
    for reading, account in held:
        notes: list[str] = []
        for record in reading.records:
            earlier = first.setdefault(record.key, record)
            if earlier is record and record.key not in taken:
                records.append(record)
                continue
            key = _free_key(record.key, given, last_suffix)
            records.append(replace(record, key=key))
            notes.append(
                f"record {record.place}: its ID '{record.key}' is also that of {_told(record, earlier)}. "
                f"Kept as '{key}'."
            )
        if account.sha256 and account.sha256 in read_as:
            notes = [f"This file holds the same as {read_as[account.sha256]}: every record is there again."]
        read_as.setdefault(account.sha256, account.path)
        accounts.append(replace(account, notes=(*account.notes, *_some(notes))))
    return records, tuple(accounts)


def _free_key(key: str, given: Counter[str], last_suffix: dict[str, int]) -> str:
    number = last_suffix.get(key, 1) + 1
    while f"{key}-{number}" in given:
        number += 1
    last_suffix[key] = number
    return f"{key}-{number}"


def _some(notes: list[str]) -> list[str]:
    """Give a few of the notes one by one, and a count of the rest."""
    if len(notes) <= _MANY:
        return notes
    more = f"{len(notes) - _MANY:,} more records have the ID of an earlier one; each was kept under one of its own."
    return [*notes[:_MANY], more]


def _told(record: Record, earlier: Record) -> str:
    return "a record of a folder" if earlier is record else f"record {earlier.place} of {earlier.file}"
