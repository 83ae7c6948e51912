"""What is said of exports that were read: a table for people, JSON for programs, a ledger to keep."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benang.files import Input, write_text
from benang.locale import Language, translator
from benang.locale.writing import numeral, reason_in
from benang.readers.forms import missing_fields
from benang.readers.opening import name_of
from benang.readers.registry import ReadFiles
from benang.records.carried import carried_fields, marked_counts, marked_notes
from benang.records.corpus import Corpus
from benang.records.corpus_files import ledger_json
from benang.records.duplicates.files import doubting_rules, joining_rules, reasons_json
from benang.records.duplicates.finding import Duplicates
from benang.records.record import FileAccount, Ledger
from benang.records.user_tables import csv_text
from benang.tasks.account import Account, Note, Table, rows
from benang.tasks.read_works import set_aside_remarks

FORMAT = 1
"""The version of the ledger's file."""

_LEDGER = ("path", "format", "encoding", "sha256", "found", "read", "set_aside", "what", "record", "line", "said")


def account_json(read: ReadFiles, files: Sequence[Input], works: int, duplicates: Duplicates) -> dict[str, Any]:
    """Return what `--json` prints; files in the order of the call, and named as in it."""
    accounts = [_file_json(account) for account in _with_all_notes(read.corpus).files]
    for one in read.unread:
        error = {"error": " ".join(str(one.error).split())}
        accounts.append(_file_json(FileAccount(one.path, "", "", 0, 0, encoding="")) | error)
    order = [name_of(file) for file in files]
    accounts.sort(key=lambda one: _place(str(one["path"]), order))
    return {
        "files": accounts,
        "records": len(read.corpus),
        "works": works,
        "duplicate_groups": len(duplicates.groups),
        "fields": carried_fields(read.corpus),
        **reasons_json(duplicates, read.corpus),
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


def records_account(corpus: Corpus, works: int, duplicates: Duplicates, language: Language) -> Account:
    """Return the account of what was read: a table by file, what has to be said of each, and what all records carry."""
    _ = translator(language)
    number = lambda n: numeral(n, language, 0)  # noqa: E731
    accounts = _with_all_notes(corpus).files
    header = (_("file"), _("format"), _("encoding"), _("found"), _("read"), _("set aside"))
    cells = [(a.path, a.format, a.encoding or "-", *map(number, (a.found, a.read, len(a.set_aside)))) for a in accounts]
    files = Table("", (header, *cells), "lllrrr", is_indented=False)
    notes = [note for account in accounts for note in _file_notes(account, language)]
    return Account(notes=(files, *notes, *_in_all(corpus, works, duplicates, language)))


def _file_notes(account: FileAccount, language: Language) -> list[Note]:
    """Say what was set aside of a file, and what was remarked."""
    aside = set_aside_remarks(account, language)
    if not aside:
        return [Note(f"{account.path}:", account.notes)] if account.notes else []
    return [Note(f"{account.path}:", aside), *([Note("", account.notes)] if account.notes else [])]


def _in_all(corpus: Corpus, works: int, duplicates: Duplicates, language: Language) -> Iterator[Table]:
    """Count what all files gave together."""
    _, carried = translator(language), carried_fields(corpus)
    without = len(corpus) - _with_keywords(corpus)
    marked = marked_counts(corpus).items()
    yield _counts(
        _("In all:"),
        [
            (_("records"), len(corpus)),
            (_("works"), works),
            (_("groups of duplicates"), len(duplicates.groups)),
            *([(_("pairs in doubt"), len(duplicates.doubts))] if duplicates.doubts else []),
            *([(_("records without keywords"), without)] if without else []),
            *((_("records marked as {status}").format(status=_(status)), n) for status, n in marked),
        ],
        language,
    )
    if duplicates.groups:
        yield _counts(_("Pairs were joined for:"), _in_words(joining_rules(duplicates), language), language)
    if duplicates.doubts:
        yield _counts(_("Pairs are in doubt because:"), _in_words(doubting_rules(duplicates), language), language)
    carrying = [(_(name.replace("_", " ")), n) for name, n in carried.items() if n]
    yield _counts(_("Records that carry a field:"), carrying, language)


def _in_words(rules: Mapping[str, int], language: Language) -> list[tuple[str, int]]:
    return [(reason_in(rule, language), n) for rule, n in rules.items()]


def _counts(heading: str, counts: Iterable[tuple[str, int]], language: Language) -> Table:
    return Table(heading, rows(counts, language), "ll")


def _with_keywords(corpus: Corpus) -> int:
    fields, works = (corpus.values.column(name).to_numpy() for name in ("field", "work"))
    return len(set(works[(fields == "author_keywords") | (fields == "index_keywords")].tolist()))


def write_ledger(read: ReadFiles, path: Path) -> None:
    """Write the account of every file, also of those that could not be read: JSON, or CSV by the suffix."""
    if path.suffix.lower() == ".csv":
        write_text(path, "\ufeff" + csv_text(_LEDGER, _ledger_rows(read)))
        return
    unread = [{"path": one.path, "error": str(one.error)} for one in read.unread]
    ledger = {"format": FORMAT, **ledger_json(_with_all_notes(read.corpus)), "unread": unread}
    write_text(path, json.dumps(ledger, ensure_ascii=False, indent=1) + "\n")


def _ledger_rows(read: ReadFiles) -> Iterator[Sequence[object]]:
    """Give a row for each file, and one for each record set aside, each note and each file that could not be read."""
    for a in _with_all_notes(read.corpus).files:
        yield a.path, a.format, a.encoding, a.sha256, a.found, a.read, len(a.set_aside), "file", "", "", ""
        empty = [a.path, "", "", "", "", "", ""]
        for one in a.set_aside:
            yield *empty, "set aside", one.record, one.line, one.reason
        for note in a.notes:
            yield *empty, "note", "", "", note
    for unread in read.unread:
        yield unread.path, "", "", "", "", "", "", "not read", "", "", " ".join(str(unread.error).split())
