"""Files into a review and out of it: each is read before it is put into the folder, and every record accounted for.

A file that comes from a page is read in a process of its own. An export goes to `sources/`, a paper to `papers/` and
its text to `documents/`; what is neither is refused, and nothing of it stays. A table whose columns nobody knows waits
outside of the review until somebody says what they hold.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem, in_unicode, nearest
from benang.files import read_bytes, remove, write_bytes
from benang.locale.writing import Worded, worded
from benang.project.folder import PLAN, ReviewFolder, open_folder
from benang.project.rekeying import edited
from benang.project.toml_edits import Place, SetValue, Value, edited_toml
from benang.readers.forms import missing_fields
from benang.readers.plain_columns import MAPPED, TABLE_NAME
from benang.readers.plain_table import Columns
from benang.readers.registry import read_files, table_columns
from benang.records.corpus import Corpus
from benang.records.file_accounts import carried_by_file, marked_notes
from benang.records.record import FileAccount
from benang.review.load import choices_of
from benang.review.plan import Plan, Sources
from benang.review.plan_reading import matching, source_files
from benang.safe_files import check_within
from benang.tasks.begin import free_name
from benang.tasks.codebook import changing
from benang.tasks.documents import papers_in
from benang.tasks.jobs import Jobs
from benang.tasks.opened import Opened
from benang.tasks.paper_files import PLACING, keep_text, named, paper_words, read_apart, remember_text
from benang.tasks.read_works import Examined, without_places
from benang.tasks.undoing import FileAct, remember

WAITING = ".benang/waiting"
"""Where tables wait until somebody says what their columns hold."""
FIELDS = tuple(
    name for name in MAPPED if name not in ("bodies", "status", "decisions", "author_ids", "affiliation_ids")
)
"""What a person may say that a column holds."""
_LONGEST = 200
"""Bytes of a name; most disks take 255, and a number may follow it."""
_TABLES = (TABLE_NAME, "Excel table")
_FILES: Place = ("sources", "files")
_COLUMNS: Place = ("sources", "columns")

Kind = Literal["export", "paper", "table", "same"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file that somebody gave to a review: its place there, and a sentence on it."""

    kind: Kind
    file: str
    text: Worded


def bring(review: Opened, jobs: Jobs, path: Path, name: str, *, act: str = "") -> Brought:
    """Read a file and put it where it belongs in a review; a file that is there already is not put there again.

    Until it is read, `cancel_reading` of its `act` leaves the review without it.

    Raises
    ------
    BenangError
        As `examine` does, and where the folder can't be written to. Then the review is as it was.
    """
    name = _short(free_name(in_unicode(name.replace("\\", "/").rpartition("/")[2]), set()))
    data = read_bytes(path)
    if not data:
        raise BenangError(Problem("the file is empty", where=name, way_on="Export it again."))
    if same := _same(review, data, name):
        return same
    examined = read_apart(review, jobs, path, name, act=act)
    with PLACING:  # whoever brings the same at the same time waits, and is told so
        if same := _same(review, data, name):
            return same
        if examined.kind == "table":
            waits = _wait(review, examined.name, data)
            return Brought("table", waits, worded("{name}: say below what its columns contain.", name=waits))
        if examined.paper is not None:
            return _brought_paper(review, examined, data)
        file = _kept_export(review, examined, data)
    return Brought("export", file, _read_words(file, examined))


def _short(name: str) -> str:
    """Return a name that is no longer than a disk takes, with its suffix."""
    stem, suffix = Path(name).stem, Path(name).suffix
    while len(f"{stem}{suffix}".encode()) > _LONGEST:
        stem, suffix = (stem[:-1], suffix) if len(stem) > 1 else (stem, suffix[:-1])
    return f"{stem}{suffix}"


def _read_words(file: str, examined: Examined) -> Worded:
    name = file.partition("/")[2]
    text = worded("{file}: {n:,} record read.", "{file}: {n:,} records read.", file=name, n=examined.read)
    if aside := examined.found - examined.read:
        text = worded("{text} {n:,} was set aside.", "{text} {n:,} were set aside.", text=text, n=aside)
    return text


def _same(review: Opened, data: bytes, name: str) -> Brought | None:
    """Say that a file of this content is in the review already, or waits; None where there is none."""
    waiting = _waiting(review)
    for path in [*_sources(review), *papers_in(open_folder(review.root)), *waiting]:
        with contextlib.suppress(OSError, BenangError):  # it goes away meanwhile
            if path.stat().st_size != len(data) or read_bytes(path) != data:
                continue
            if path in waiting:
                text = worded("{name}: say below what its columns contain.", name=path.name)
                return Brought("table", path.name, text)
            file = named(review, path)
            text = worded("{name} is in the review already, as {file}. It was not added again.", name=name, file=file)
            return Brought("same", file, text)
    return None


def _sources(review: Opened) -> tuple[Path, ...]:
    return source_files(review.plan, review.root)


def _place(review: Opened, folder: str, name: str) -> Path:
    """Return where a file goes: names that clash get numbers."""
    place = review.root / folder
    taken = {one.name.casefold() for one in place.iterdir()} if place.is_dir() else set()
    path = place / free_name(name, taken)
    check_within(review.root, [path])
    return path


def _kept_export(
    review: Opened, examined: Examined, data: bytes, columns: Mapping[str, str] | None = None, *acts: FileAct
) -> str:
    """Put an export into the folder, with what the plan must say of it; both or neither. `acts` belong to it."""
    with PLACING, changing(review.root, PLAN) as folder:
        plan, path = review.plan, _place(review, "sources", examined.name)
        file = named(review, path)
        before = read_bytes(folder.plan)
        write_bytes(path, data)
        try:
            after = before
            if path not in source_files(plan, review.root):
                after = _edited_plan(after, _FILES, [*plan.sources.files, file])
            if columns:
                after = _edited_plan(after, (*_COLUMNS, file), columns)
            if after != before:
                write_bytes(folder.plan, after)
        except BenangError:
            remove(path)
            raise
    review.changed()
    what = worded("the file {file}", file=file)
    remember(review, FileAct(file, None, data, what=what), FileAct(named(review, folder.plan), before, after), *acts)
    return file


def _edited_plan(plan: bytes, place: Place, value: Value) -> bytes:
    return edited(plan, partial(edited_toml, edits=[SetValue(place, value)], where=PLAN), where=PLAN)


# Papers


def _brought_paper(review: Opened, examined: Examined, data: bytes) -> Brought:
    assert examined.paper is not None  # noqa: S101 - it is one
    path = _place(review, "papers", examined.name)
    write_bytes(path, data)
    review.changed()
    file = named(review, path)
    added = keep_text(review, file, examined.paper)
    remember_text(review, added, FileAct(file, None, data, what=worded("the file {file}", file=file)))
    return Brought("paper", file, paper_words(review, examined.paper, added))


# Tables that wait


def _wait(review: Opened, name: str, data: bytes) -> str:
    """Let a table wait, under a name of its own; return that."""
    path = _place(review, WAITING, name)
    write_bytes(path, data)
    remember(review, FileAct(named(review, path), None, data, what=worded("the file {file}", file=path.name)))
    return path.name


def _waiting(review: Opened) -> list[Path]:
    folder = review.root / WAITING
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in there if one.is_file() and not one.name.startswith("."))  # half-written ones begin so


def confirm_columns(review: Opened, jobs: Jobs, name: str, fields: Mapping[int, str]) -> Worded:
    """Read a table as somebody says: one that waits is put into the review, of one that is there the plan says so.

    Parameters
    ----------
    review, jobs
        The review, and what reads the table in a process of its own.
    name
        The table, as it is called where it waits, or its path in the review.
    fields
        What its columns hold, by their numbers from 0.

    Raises
    ------
    BenangError
        For a table that is not there, columns that can't be these, and a table that can't be read like this.
    """
    waiting = next((path for path in _waiting(review) if path.name == name), None)
    there = next((path for path in _sources(review) if named(review, path) == name), None)
    path = waiting or there
    table = _columns(path, None if waiting else (review.plan, open_folder(review.root))) if path else None
    if path is None or table is None:
        raise BenangError(Problem(worded("no table of this name waits for its columns"), where=name))
    columns = table.mapping(_checked(fields, table))
    examined = read_apart(review, jobs, path, path.name, columns)
    if waiting:
        with PLACING:
            data = read_bytes(waiting)
            file = _kept_export(review, examined, data, columns, FileAct(named(review, waiting), data, None))
            remove(waiting)
        return _read_words(file, examined)
    with changing(review.root, PLAN) as folder:
        before = read_bytes(folder.plan)
        after = _edited_plan(before, (*_COLUMNS, name), columns)
        write_bytes(folder.plan, after)
    review.changed()
    what = worded("the columns of {file}", file=name)
    remember(review, FileAct(named(review, folder.plan), before, after, what=what))
    return _read_words(name, examined)


def _checked(fields: Mapping[int, str], table: Columns) -> dict[int, str]:
    problems = []
    for at, name in fields.items():
        if name not in MAPPED:
            problems.append(
                Problem(worded("records have no field '{field}'", field=name), way_on=nearest(name, MAPPED))
            )
        elif not 0 <= at < len(table.header):
            problems.append(Problem(worded("there is no column {column}", column=at + 1)))
        elif list(fields.values()).count(name) > 1:
            problems.append(Problem(worded("'{field}' is chosen for several columns", field=name)))
    if "title" not in fields.values():
        problems.append(Problem(worded("no column contains the titles"), way_on=worded("Say which one does.")))
    if problems:
        raise BenangError(*dict.fromkeys(problems))
    return dict(sorted(fields.items()))


def _columns(path: Path, of_plan: tuple[Plan, ReviewFolder] | None) -> Columns | None:
    try:
        return table_columns(path, choices_of(*of_plan) if of_plan else None)
    except BenangError:
        return None


# Files out of a review


def take_out(review: Opened, name: str) -> Worded:
    """Take an export, a paper or a table that waits out of a review. Its text and what was coded in it stay.

    Raises
    ------
    BenangError
        For a file that is none of these, and one that can't be removed.
    """
    waiting = next((path for path in _waiting(review) if path.name == name), None)
    if waiting:
        act = FileAct(named(review, waiting), read_bytes(waiting), None, what=worded("removing {file}", file=name))
        remove(waiting)
        remember(review, act)
        return worded("{name} was removed. Ctrl+Z brings it back.", name=name)
    sources = _sources(review)
    path = next((one for one in (*sources, *papers_in(open_folder(review.root))) if named(review, one) == name), None)
    if path is None:
        raise BenangError(Problem(worded("no file of this name is in the review"), where=name))
    with PLACING, changing(review.root, PLAN) as folder:
        acts = [FileAct(name, read_bytes(path), None, what=worded("removing {file}", file=name))]
        if path in sources:
            before = read_bytes(folder.plan)
            after = _edited_plan(before, _FILES, list(left)) if (left := _left(review, name)) else before
            if after != before:
                write_bytes(folder.plan, after)
                acts.append(FileAct(named(review, folder.plan), before, after))
        remove(path)
    review.changed()
    remember(review, *acts)
    return worded("{name} was removed. Ctrl+Z brings it back.", name=name)


def _left(review: Opened, name: str) -> tuple[str, ...]:
    """Return the patterns that still name a file once one is gone; nothing where all do."""
    patterns = review.plan.sources.files
    default = Sources().files
    kept = tuple(
        one
        for one in patterns
        if one in default or any(named(review, path) != name for path in matching(review.root, one))
    )
    return () if kept == patterns else kept or default


# What was read


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A file with records: the accounts of what is in it (several of an archive), or why it can't be read.

    `lacking` are the fields that it could hold and does not, with the way to get them; `marked` names records that were
    retracted or corrected; `carried` counts the records that have a field. `columns` are those of a table of no known
    database. What was typed into `searches.toml` is no file of its own (`is_export`).
    """

    file: str
    accounts: tuple[FileAccount, ...] = ()
    lacking: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    carried: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    columns: Columns | None = None
    is_export: bool = True

    @property
    def found(self) -> int:
        """Records found."""
        return sum(one.found for one in self.accounts)

    @property
    def read(self) -> int:
        """Records read."""
        return sum(one.read for one in self.accounts)


@dataclass(frozen=True)
class Imported:
    """All that was read of the exports of a review, and what keeps the whole from being read."""

    sources: tuple[SourceShown, ...] = ()
    waiting: Mapping[str, Columns] = field(default_factory=dict)
    n_records: int = 0
    n_works: int = 0
    problems: tuple[Problem, ...] = ()


def imported(review: Opened) -> Imported:
    """Account for all exports of a review, also where some can't be read and the others wait for that."""
    waiting = tuple((path.name, path.stat().st_mtime_ns) for path in _waiting(review))
    return review.kept("imported", lambda: _imported(review), "vocabulary", "records", also=waiting)


def _imported(review: Opened) -> Imported:
    plan, folder = review.plan, open_folder(review.root)
    files = source_files(plan, review.root)
    problems: tuple[Problem, ...] = ()
    unread: dict[str, tuple[Problem, ...]] = {}
    n_works = 0
    try:
        review.exports()
        sources = review.sources()
        corpus, n_works = sources.records, len(sources.works)
    except BenangError as error:
        read = without_places(read_files(*files, choices=choices_of(plan, folder)), [review.root])
        corpus = read.corpus
        unread = {one.path: one.error.problems for one in read.unread}
        problems = () if unread else error.problems
    waiting = {path.name: table for path in _waiting(review) if (table := _columns(path, None))}
    names = [named(review, path) for path in files]
    others = [one.path for one in corpus.ledger.files if _file_of(one.path, names) == one.path]
    said = _Said(corpus, missing_fields(corpus), marked_notes(corpus), carried_by_file(corpus), unread, names)
    shown = tuple(_source_shown(review, one, said) for one in dict.fromkeys([*names, *others]))
    return Imported(shown, waiting, len(corpus), n_works, problems)


def _file_of(path: str, names: Sequence[str]) -> str:
    """Return the file that is called so, or that holds what is."""
    return next((one for one in names if path == one or path.startswith(f"{one}/")), path)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of all files at once: what they lack, mark and carry, by their paths, and why some can't be read."""

    corpus: Corpus
    lacking: Mapping[str, Sequence[str]]
    marked: Mapping[str, Sequence[str]]
    carried: Mapping[str, Mapping[str, int]]
    unread: Mapping[str, tuple[Problem, ...]]
    names: Sequence[str]


def _source_shown(review: Opened, name: str, said: _Said) -> SourceShown:
    names = said.names
    accounts = tuple(one for one in said.corpus.ledger.files if _file_of(one.path, names) == name)
    paths = [one.path for one in accounts]
    carried: Counter[str] = Counter()
    for path in paths:
        carried.update(said.carried.get(path, {}))
    problems = tuple(one for path, several in said.unread.items() if _file_of(path, names) == name for one in several)
    is_table = any(one.format in _TABLES for one in accounts) or (problems and not accounts)
    return SourceShown(
        name,
        accounts,
        tuple(dict.fromkeys(note for path in paths for note in said.lacking.get(path, ()))),
        tuple(note for path in paths for note in said.marked.get(path, ())),
        carried,
        problems,
        _columns(review.root / name, (review.plan, open_folder(review.root))) if is_table and name in names else None,
        name in names,
    )
