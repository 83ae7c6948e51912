"""Read exports: open each, find its encoding and form, hand it to its reader, account for every record.

A record without a key gets one from its content, and no key occurs twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path

from benang import files
from benang.encodings import decoded
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Argument, Step
from benang.locale.writing import Worded, as_worded, worded
from benang.progress import Progress, silent
from benang.readers import Reading, Remarks, Source, check_lines
from benang.readers.cleaning import cleaned_records
from benang.readers.corpus_capitals import with_usual_capitals
from benang.readers.excel import read_plain_workbook, workbook_columns
from benang.readers.forms import Form, binary_form, folder_form, form_named, known_forms, named_for, text_form
from benang.readers.opening import Opened, Unread, is_archive, labels, name_of, opened
from benang.readers.plain_columns import TABLE_NAME
from benang.readers.plain_table import Columns, columns_of, read_plain_table
from benang.records.corpus import Corpus, corpus_of, stacked, with_free_keys
from benang.records.identity import OWN, is_row_key, said_key, unique_keys
from benang.records.record import FileAccount, Ledger, Record, changed_record

_SHORT = 1000  # a longer file of NULs is taken for none of text

_Part = tuple[Reading, FileAccount] | Corpus
"""What a file gave, or a folder that is read as a whole."""

_MANY = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user decides about files, by path or bare name, or for all files under "": form, encoding, columns."""

    forms: Mapping[str, str] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def over(
        self, *, forms: Mapping[str, str], encodings: Mapping[str, str], columns: Mapping[str, Mapping[str, str]]
    ) -> Choices:
        """Return these choices with others that go before them."""
        return Choices({**self.forms, **forms}, {**self.encodings, **encodings}, {**self.columns, **columns})


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What several files gave: the records of those that could be read, and those that could not."""

    corpus: Corpus
    unread: tuple[Unread, ...] = ()


def read(
    *paths: str | files.Input,
    origins: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    progress: Progress = silent,
) -> Corpus:
    r"""Read exports into one corpus; the form of each file is recognised by its content, never by its name.

    Every record found is read, or set aside with its file, place, line and reason: see `Corpus.ledger`. Nothing is
    merged: a record in two files is there twice, once under a key with `-2` behind it, and the ledger says so. A record
    without an id of its own has a key made of what it says (`benang.records.identity`), so that adding, removing or
    sorting records and renaming their file changes no key.

    Parameters
    ----------
    paths
        Files in any form that `benang.readers.forms.FORMS` lists, in any encoding, also within zip or gzip archives;
        of a folder, all files in it. An export may come as bytes, too (`files.Upload`).
    origins
        Fields that did not come from the database, with what they came from: `{"author_keywords": "assigned"}` for
        keywords that reviewers gave. It goes to every record.
    choices
        The form, the encoding or the columns of files where their content does not show them.
    progress
        Called before each file.

    Returns
    -------
    Corpus
        The records in the order of the files and within them. Its `history` has one step, `read`.

    Raises
    ------
    BenangError
        Where a file is missing, empty, of an unknown form, or without a record that can be read; the problems of all
        files come together.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "export.txt"
    ...     _ = file.write_text("TY  - JOUR\nTI  - Kota kembar\nPY  - 2021\nER  - \n", encoding="utf-8")
    ...     corpus = read(file)
    >>> corpus.keys, corpus.records[0].year, corpus.ledger.found, corpus.ledger.set_aside
    (('2021-kota-kembar-6d0059d8',), 2021, 1, 0)
    """
    done = read_files(*paths, origins=origins, choices=choices, progress=progress)
    if done.unread:
        raise BenangError(*(problem for one in done.unread for problem in one.error.problems))
    return done.corpus


def read_files(
    *paths: str | files.Input,
    origins: Mapping[str, str] | None = None,
    choices: Choices | None = None,
    progress: Progress = silent,
) -> ReadFiles:
    """Read exports as `read` does; files that can't be read come beside the records of the others.

    Raises
    ------
    BenangError
        Where no file is named, or `origins` names a field that records don't have.
    """
    if not paths or "" in paths:
        problem = "an empty name" if paths else "no file to read"
        raise BenangError(Problem(problem, way_on="Name at least one export."))
    marked, chosen = _checked(origins or {}), choices or Choices()
    unread: list[Unread] = []
    parts: list[_Part] = []
    for at, (path, label) in enumerate(zip(map(files.input_of, paths), labels(paths), strict=True)):
        progress("Reading", at / len(paths))
        if isinstance(path, Path) and (whole := folder_form(path)) is not None:
            _add(parts, unread, name_of(path), partial(whole, path, marked))
            continue
        for one in opened(path, label):
            if isinstance(one, Unread):
                unread.append(one)
            else:
                _add(parts, unread, one.name, partial(_read_one, one, marked, chosen))
    corpus = _together(_with_usual_capitals(parts))
    return ReadFiles(replace(corpus, history=(_step(corpus.ledger, marked),)), tuple(unread))


def _checked(origins: Mapping[str, str]) -> dict[str, str]:
    known = {field.name for field in fields(Record)} - {"origins", "raw", "key", "file", "place", "line"}
    if unknown := sorted(set(origins) - known):
        raise BenangError(
            *(
                Problem(
                    worded("records have no field '{field}'", field=name), where="origins", way_on=nearest(name, known)
                )
                for name in unknown
            )
        )
    return dict(origins)


def _add(parts: list[_Part], unread: list[Unread], name: str, read_part: Callable[[], _Part]) -> None:
    """Read a file or a folder; where it can't be read, the others still are."""
    try:
        parts.append(read_part())
    except BenangError as error:
        unread.append(Unread(name, error))


def _read_one(one: Opened, origins: Mapping[str, str], choices: Choices) -> tuple[Reading, FileAccount]:
    name, data = one.name, one.data
    if _is_blank(data):
        raise BenangError(Problem("the file is empty", where=name, way_on="Export it again."))
    source, form, encoding, notes = _recognised(one, origins, choices)
    reading = _cleaned(form.read(source))
    if not reading.records:
        raise _nothing_read(reading, form, name)
    account = FileAccount(
        name,
        reading.format or form.name,
        files.sha256(data),
        reading.found,
        len(reading.records),
        reading.set_aside,
        (*notes, *reading.notes),
        encoding,
    )
    return reading, account


def _is_blank(data: bytes) -> bool:
    """Tell whether a file holds nothing but blanks and a mark of its encoding."""
    return (len(data) < _SHORT and not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")) or data.isspace()


def _recognised(one: Opened, origins: Mapping[str, str], choices: Choices) -> tuple[Source, Form, str, tuple[str, ...]]:
    """Return the form of a file and its encoding, which is empty for a form that is no text."""
    name, data = one.name, one.data
    columns = next((choices.columns[by] for by in (name, name.rpartition("/")[2]) if by in choices.columns), {})
    wanted = named_for(choices.forms, name)
    named = form_named(wanted) if wanted else None
    try:
        binary = named if named and named.binary else binary_form(data)
    except BenangError as error:
        raise BenangError(*(replace(problem, where=name) for problem in error.problems)) from None
    if binary:
        form = replace(binary, read=read_plain_workbook) if columns and binary.name == "Excel" else binary
        return Source(name, one.label, data, origins, columns), form, "", ()
    try:
        text = decoded(data, where=name, encoding=named_for(choices.encodings, name) or None)
    except BenangError as error:
        way_on = known_forms()
        raise BenangError(*(p if p.way_on else replace(p, way_on=way_on) for p in error.problems)) from None
    source = Source(name, one.label, text.data, origins, columns)
    form = replace(form_named(TABLE_NAME), read=read_plain_table) if columns else named or text_form(source)
    check_lines(text.data, where=name, whole_in_one="JSON" in form.name or "XML" in form.name)
    return source, form, text.encoding, text.notes


def table_columns(path: files.Input, choices: Choices | None = None) -> Columns | None:
    r"""Return the columns of a file that is a table of no known database or tool; None for any other file.

    Raises
    ------
    BenangError
        For a file that can't be read.

    Examples
    --------
    >>> table = table_columns(files.Upload("a.csv", b"Naslov,Leto\nKota kembar,2020\nPasar,2021\n"))
    >>> table.header, table.fields
    (('Naslov', 'Leto'), {1: 'year'})
    """
    one = Opened(name_of(path), "", files.read_bytes(path))
    if _is_blank(one.data) or is_archive(one.data):
        return None
    source, form, _, _ = _recognised(one, {}, choices or Choices())
    if form.name == "Excel":
        return workbook_columns(source)
    return columns_of(source) if form.name == TABLE_NAME else None


def _cleaned(reading: Reading) -> Reading:
    remarks = Remarks()
    records = cleaned_records(reading.records, remarks)
    return replace(reading, records=records, notes=(*reading.notes, *remarks.notes()))


def _nothing_read(reading: Reading, form: Form, name: str) -> BenangError:
    called = reading.format or form.name
    if not reading.found:
        way_on = "Check whether the search found anything, and export it again."
        problem = worded("no records in this file ({called}): it ends after its heading", called=called)
        return BenangError(Problem(problem, where=name, way_on=way_on))
    first = reading.set_aside[0]
    problem = worded(
        "the only record can't be read; record {place}, line {line}: {reason}",
        "none of the {n:,} records can be read; record {place}, line {line}: {reason}",
        n=reading.found,
        place=first.record,
        line=first.line,
        reason=as_worded(first.reason),
    )
    again = "" if "Export it again" in first.reason else "Export it again."
    return BenangError(Problem(problem, where=name, way_on=again))


def _together(parts: Sequence[_Part]) -> Corpus:
    """Make one corpus of what files and folders gave, in their order, with every key once."""
    taken: set[str] = set()
    folders: dict[int, Corpus] = {}
    for at, part in enumerate(parts):
        if isinstance(part, Corpus):
            folders[at], _ = with_free_keys(part, taken)
            taken.update(folders[at].keys)
    records, accounts = with_keys_once([part for part in parts if not isinstance(part, Corpus)], taken)
    if not folders:
        return corpus_of(records, ledger=Ledger(accounts))
    left, accounts_left = iter(records), iter(accounts)
    corpora = []
    for at, part in enumerate(parts):
        if isinstance(part, Corpus):
            corpora.append(folders[at])
        else:
            own = [next(left) for _ in part[0].records]
            corpora.append(corpus_of(own, ledger=Ledger((next(accounts_left),))))
    return stacked(corpora)


def _with_usual_capitals(parts: Sequence[_Part]) -> list[_Part]:
    """Spell keywords and sources of exports as all of them do; folders of records stay as they were written."""
    spelt = iter(with_usual_capitals([part for part in parts if not isinstance(part, Corpus)]))
    return [part if isinstance(part, Corpus) else next(spelt) for part in parts]


def _step(ledger: Ledger, origins: Mapping[str, str]) -> Step:
    arguments: dict[str, Argument] = {
        "files": tuple(Path(account.path).name for account in ledger.files),  # a map that is sent on names no folders
        "formats": tuple(account.format for account in ledger.files),
    }
    if origins:
        arguments["origins"] = tuple(f"{name}: {origin}" for name, origin in sorted(origins.items()))
    return Step("read", arguments, {"found": ledger.found, "read": ledger.read, "set_aside": ledger.set_aside})


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
    """Say of which records of a file the key is not the one that they came with; of another file's all in one."""
    changed: dict[str, list[tuple[Record, str, Record | None]]] = {}
    for record, key in zip(given, keys, strict=True):
        if record.key != key:
            other = next((one for one in holders[record.key][:2] if one is not record), None)
            changed.setdefault(other.file if other else "", []).append((record, key, other))
    notes: list[Worded] = []
    for file, rows in changed.items():
        if len(rows) > 1 and file and file != rows[0][0].file:
            text = worded(
                "{n:,} records have IDs that records of {file} have too, such as '{id}'. Each was given an ID of its "
                "own.",
                n=len(rows),
                file=file,
                id=rows[0][0].key,
            )
            notes.append(text)
        else:
            notes += [_changed(*row) for row in rows]
    return notes


def _changed(record: Record, key: str, other: Record | None) -> Worded:
    return worded(
        "record {n}: its ID '{id}' also belongs to {other}. Kept as '{key}'.",
        n=record.place,
        id=record.key,
        other=_named(record, other),
        key=key,
    )


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
