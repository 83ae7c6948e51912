"""Read exports: open each, find its encoding and form, hand it to its reader, account for every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from benang import files
from benang.errors import BenangError, Problem, nearest
from benang.provenance import Argument, Step
from benang.readers import containers
from benang.readers.cleaning import cleaned_records
from benang.readers.encodings import decoded
from benang.readers.forms import Form, binary_form, form_named, known_forms, named_for, text_form
from benang.readers.source import Reading, Remarks, Source
from benang.records.corpus import Corpus, corpus_of
from benang.records.ledger import FileAccount, Ledger
from benang.records.record import Record


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user decides about files, by path or bare name, or for all files under "": form, encoding, columns."""

    forms: Mapping[str, str] = field(default_factory=dict)
    encodings: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why."""

    path: str
    error: BenangError


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What several files gave: the records of those that could be read, and those that could not."""

    corpus: Corpus
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class _Opened:
    """One file, out of its archive or folder: the name it is told by, what begins its keys, its bytes."""

    name: str
    label: str
    data: bytes


def read(*paths: str | Path, origins: Mapping[str, str] | None = None, choices: Choices | None = None) -> Corpus:
    r"""Read exports into one corpus; the form of each file is recognised by its content, never by its name.

    Every record found is read, or set aside with its file, place, line and reason: see `Corpus.ledger`. Nothing is
    merged: a record in two files is there twice, the second time under a key with `-2` behind it, and the ledger says
    so. A record without an id of its own has the file's name and its place as key, as `scopus.ris:12`.

    Parameters
    ----------
    paths
        Files in any form that `benang.readers.forms.FORMS` lists, in any encoding, also within zip or gzip archives;
        of a folder, all files in it.
    origins
        Fields that did not come from the database, with what they came from: `{"author_keywords": "assigned"}` for
        keywords that reviewers gave. It goes to every record.
    choices
        The form, the encoding or the columns of files where their content does not tell.

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
    (('export.txt:1',), 2021, 1, 0)
    """
    done = read_files(*paths, origins=origins, choices=choices)
    if done.unread:
        raise BenangError(*(problem for one in done.unread for problem in one.error.problems))
    return done.corpus


def read_files(
    *paths: str | Path, origins: Mapping[str, str] | None = None, choices: Choices | None = None
) -> ReadFiles:
    """Read exports as `read` does; files that can't be read are told beside the records of the others.

    Raises
    ------
    BenangError
        Where no file is named, or `origins` names a field that records don't have.
    """
    if not paths:
        raise BenangError(Problem("no file to read", way_on="Name one export at least."))
    marked, chosen = _checked(origins or {}), choices or Choices()
    read_ones: list[tuple[Reading, FileAccount]] = []
    unread: list[Unread] = []
    for path, label in zip(paths, _labels(paths), strict=True):
        try:
            for opened in _opened(Path(path), label):
                try:
                    read_ones.append(_read_one(opened, marked, chosen))
                except BenangError as error:
                    unread.append(Unread(opened.name, error))
        except BenangError as error:
            unread.append(Unread(_name(path), error))
    records, accounts = _with_keys_once(read_ones)
    ledger = Ledger(accounts)
    return ReadFiles(corpus_of(records, ledger=ledger, history=(_step(ledger, marked),)), tuple(unread))


def _step(ledger: Ledger, origins: Mapping[str, str]) -> Step:
    arguments: dict[str, Argument] = {
        "files": tuple(Path(account.path).name for account in ledger.files),  # a map that is sent on names no folders
        "formats": tuple(account.format for account in ledger.files),
    }
    if origins:
        arguments["origins"] = tuple(f"{name}: {origin}" for name, origin in sorted(origins.items()))
    return Step("read", arguments, {"found": ledger.found, "read": ledger.read, "set_aside": ledger.set_aside})


def _checked(origins: Mapping[str, str]) -> dict[str, str]:
    known = {field.name for field in fields(Record)} - {"origins", "raw", "key", "file", "place", "line"}
    if unknown := sorted(set(origins) - known):
        raise BenangError(
            *(
                Problem(f"records have no field '{name}'", where="origins", way_on=nearest(name, known))
                for name in unknown
            )
        )
    return dict(origins)


def _name(path: str | Path) -> str:
    """Return a file's name as given, with forward slashes, fit for UTF-8 whatever the file system holds."""
    return Path(path).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def _labels(paths: Sequence[str | Path]) -> list[str]:
    """Return what begins the made keys of each file: its name, or its path where two files have one name."""
    names = [_name(path) for path in paths]
    bases = [name.rpartition("/")[2] for name in names]
    often = Counter(bases)
    return [base if often[base] == 1 else name for base, name in zip(bases, names, strict=True)]


def _opened(path: Path, label: str) -> Iterator[_Opened]:
    """Give the file, or the files in it where it is a folder or an archive."""
    name = _name(path)
    if path.is_dir():
        for inner in _files_in(path):
            inner_name = _name(inner)
            yield from _opened(inner, label + inner_name.removeprefix(name))
        return
    data = files.read_bytes(path)
    if not containers.is_archive(data):
        yield _Opened(name, label, data)
        return
    for member, content in containers.members(data, where=name):
        inside = f"/{member}" if member else ""
        yield _Opened(name + inside, label + inside, content)


def _files_in(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))]
    except OSError as error:
        raise BenangError(Problem(f"the folder can't be read ({error.strerror})", where=str(folder))) from None
    if not found:
        raise BenangError(Problem("a folder without a file in it", where=str(folder), way_on="Put exports in it."))
    return sorted(found, key=lambda path: path.as_posix())


def _read_one(opened: _Opened, origins: Mapping[str, str], choices: Choices) -> tuple[Reading, FileAccount]:
    name, data = opened.name, opened.data
    if not data or data.isspace():
        raise BenangError(Problem("the file is empty", where=name, way_on="Export it again."))
    source, form, encoding, notes = _recognised(opened, origins, choices)
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


def _cleaned(reading: Reading) -> Reading:
    remarks = Remarks()
    records = cleaned_records(reading.records, remarks)
    return replace(reading, records=records, notes=(*reading.notes, *remarks.notes()))


def _recognised(
    opened: _Opened, origins: Mapping[str, str], choices: Choices
) -> tuple[Source, Form, str, tuple[str, ...]]:
    """Tell the form of a file and its encoding, which is empty for a form that is no text."""
    name, data = opened.name, opened.data
    columns = next((choices.columns[one] for one in (name, name.rpartition("/")[2]) if one in choices.columns), {})
    wanted = named_for(choices.forms, name)
    named = form_named(wanted) if wanted else None
    try:
        binary = named if named and named.binary else binary_form(data)
    except BenangError as error:
        raise BenangError(*(replace(problem, where=name) for problem in error.problems)) from None
    if binary:
        return Source(name, opened.label, data, origins, columns), binary, "", ()
    try:
        text = decoded(data, where=name, encoding=named_for(choices.encodings, name) or None)
    except BenangError as error:
        way_on = known_forms()
        raise BenangError(*(p if p.way_on else replace(p, way_on=way_on) for p in error.problems)) from None
    source = Source(name, opened.label, text.data, origins, columns)
    return source, named or text_form(source), text.encoding, text.notes


def _nothing_read(reading: Reading, form: Form, name: str) -> BenangError:
    if not reading.found:
        return BenangError(Problem(f"no records in this file ({form.name})", where=name, way_on="Export it again."))
    first = reading.set_aside[0]
    why = f"record {first.record}, line {first.line}: {first.reason}"
    return BenangError(
        Problem(
            f"none of the {reading.found:,} records can be read; {why}",
            where=name,
            way_on="Export it again.",
        )
    )


def _with_keys_once(
    read_files: Iterable[tuple[Reading, FileAccount]],
) -> tuple[list[Record], tuple[FileAccount, ...]]:
    """Give the second record of a key, and later ones, keys of their own, and say so in the account of its file."""
    held = list(read_files)
    given = Counter(record.key for reading, _ in held for record in reading.records)
    first: dict[str, Record] = {}
    records: list[Record] = []
    accounts: list[FileAccount] = []
    last_suffix: dict[str, int] = {}
    for reading, account in held:
        notes: list[str] = []
        for record in reading.records:
            earlier = first.setdefault(record.key, record)
            if earlier is record:
                records.append(record)
                continue
            key = _free_key(record.key, given, last_suffix)
            records.append(replace(record, key=key))
            notes.append(
                f"record {record.place}: its ID '{record.key}' is also that of record {earlier.place} of "
                f"{earlier.file}. Kept as '{key}'."
            )
        accounts.append(replace(account, notes=(*account.notes, *notes)))
    return records, tuple(accounts)


def _free_key(key: str, given: Counter[str], last_suffix: dict[str, int]) -> str:
    number = last_suffix.get(key, 1) + 1
    while f"{key}-{number}" in given:
        number += 1
    last_suffix[key] = number
    return f"{key}-{number}"
