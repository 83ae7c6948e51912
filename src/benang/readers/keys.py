"""Keys of what was read: a record without one gets a key from its content, and no key occurs twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from benang.locale.writing import Worded, worded
from benang.readers.source import Reading
from benang.records.identity import OWN, is_row_key, said_key, unique_keys
from benang.records.record import FileAccount, Record, changed_record

_MANY = 5


def with_keys_once(
    read_files: Iterable[tuple[Reading, FileAccount]], taken: Collection[str] = ()
) -> tuple[list[Record], tuple[FileAccount, ...]]:
    """Give every record a key of its own (`benang.records.identity`); the account of a file says where it changed.

    `taken` are the keys of records that are not among these. What an export gave as id stays in `Record.raw` under
    `key` where the key is another one.
    """
    readings = list(read_files)
    given = [_with_key(record) for reading, _ in readings for record in reading.records]
    keys = unique_keys(given, taken)
    changed = [at for at, key in enumerate(keys) if given[at].key != key]
    holders = _holders(given, {given[at].key for at in changed})
    records = list(given)
    for at in changed:
        records[at] = _renamed(given[at], keys[at])
    accounts: list[FileAccount] = []
    read_as: dict[str, str] = {}
    begin = 0
    for reading, account in readings:
        end = begin + len(reading.records)
        if account.sha256 and account.sha256 in read_as:
            notes = [
                worded(
                    "This file has the same content as {file}: every record appears a second time.",
                    file=read_as[account.sha256],
                )
            ]
        else:
            notes = _notes(given[begin:end], keys[begin:end], holders)
        read_as.setdefault(account.sha256, account.path)
        accounts.append(replace(account, notes=(*account.notes, *_some(notes))))
        begin = end
    return records, tuple(accounts)


def _holders(records: Sequence[Record], keys: Collection[str]) -> dict[str, list[Record]]:
    """Return the records that came with one of some keys, by these."""
    holders: dict[str, list[Record]] = {}
    for record in records if keys else ():
        if record.key in keys:
            holders.setdefault(record.key, []).append(record)
    return holders


def _with_key(record: Record) -> Record:
    """Return a record with a key; one of file and row, which an earlier version wrote into an export, is none."""
    if record.key and not is_row_key(record.key):
        return record
    raw = {**record.raw, OWN: record.key} if record.key else record.raw
    return changed_record(record, {"key": said_key(record), "raw": raw})


def _renamed(record: Record, key: str) -> Record:
    """Return a record under another key; the id that its export gave is kept, a key that it said can be made again."""
    raw = record.raw if OWN in record.raw or record.key == said_key(record) else {**record.raw, OWN: record.key}
    return changed_record(record, {"key": key, "raw": raw})


def _notes(given: Sequence[Record], keys: Sequence[str], holders: Mapping[str, Sequence[Record]]) -> list[Worded]:
    """Say of which records of a file the key is not the one that they came with."""
    notes: list[Worded] = []
    for record, key in zip(given, keys, strict=True):
        if record.key != key:
            other = next((one for one in holders[record.key][:2] if one is not record), None)
            notes.append(
                worded(
                    "record {n}: its ID '{id}' also belongs to {other}. Kept as '{key}'.",
                    n=record.place,
                    id=record.key,
                    other=_named(record, other),
                    key=key,
                )
            )
    return notes


def _some(notes: list[Worded]) -> list[Worded]:
    """Give a few of the notes one by one, and a count of the rest."""
    if len(notes) <= _MANY:
        return notes
    more = worded(
        "{n:,} more record shares its ID with another record and was given an ID of its own.",
        "{n:,} more records share their ID with another record; each was given an ID of its own.",
        n=len(notes) - _MANY,
    )
    return [*notes[:_MANY], more]


def _named(record: Record, other: Record | None) -> Worded:
    if other is None:
        return worded("a record of a folder")
    if other.file == record.file:
        return worded("record {n}", n=other.place)
    return worded("record {n} of {file}", n=other.place, file=other.file)
