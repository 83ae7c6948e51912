"""Databases (SQLite) in which programs keep projects: QualCoder's `data.qda`, Taguette's `.sqlite3`; their tables.

A database is opened as a file that nobody may change, and nothing that it holds is run: no view, no trigger, no
function. Only the tables and columns that are known are read.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem
from benang.locale.writing import worded

Program = Literal["QualCoder", "Taguette"]
Row = Mapping[str, object]
"""A row of a table by its columns; a column that a database lacks is None."""
Tables = Mapping[str, Sequence[Row]]

_QUALCODER: Mapping[str, tuple[str, ...]] = {
    "project": ("memo", "about"),
    "source": ("id", "name", "fulltext", "mediapath", "memo", "owner", "date"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "supercid", "color"),
    "code_text": ("ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"),
    "code_image": ("imid", "id", "cid"),
    "code_av": ("avid", "id", "cid"),
    "annotation": ("anid", "fid", "pos0", "pos1", "memo", "owner", "date"),
    "cases": ("caseid", "name", "memo", "owner", "date"),
    "case_text": ("id", "caseid", "fid", "pos0", "pos1"),
    "attribute_type": ("name", "memo", "caseOrFile", "valuetype"),
    "attribute": ("name", "attr_type", "value", "id"),
    "journal": ("jid", "name", "jentry", "owner", "date"),
    "graph": ("grid", "name"),
    "ris": ("risid",),
}
"""The tables of QualCoder's databases (versions 1 to 17) that are read, with their columns."""

_TAGUETTE: Mapping[str, tuple[str, ...]] = {
    "projects": ("id", "name", "description"),
    "documents": ("id", "name", "description", "filename", "created", "project_id", "contents"),
    "tags": ("id", "project_id", "path", "description", "parent_id"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
    "commands": ("date", "user_login", "payload"),
}
"""The tables of Taguette's databases (0.5 to 1.5) that are read, with their columns."""
_WANTED: Mapping[Program, Mapping[str, tuple[str, ...]]] = {"QualCoder": _QUALCODER, "Taguette": _TAGUETTE}
_NEEDED: Mapping[Program, tuple[str, ...]] = {
    "QualCoder": ("source", "code_name", "code_text"),
    "Taguette": ("documents", "highlights", "tags"),
}
_SUFFIXES = (".sqlite3", ".sqlite", ".db", ".qda")
_INSIDE = "data.qda"
"""The database in the folder of a QualCoder project."""
_EXPECTED = "a project of QualCoder (.qda) or of Taguette (.sqlite3)"
_MAGIC = b"SQLite format 3\x00"
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)")
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


@dataclass(frozen=True)
class ProjectTables:
    """The tables of a project: whose database it is, what the project and its file are called."""

    program: Program
    tables: Tables
    name: str
    where: str


def is_database(path: Path) -> bool:
    """Tell whether a file or folder is a project that a program keeps as a database, as far as its name tells."""
    return path.suffix.lower() in _SUFFIXES or (path / _INSIDE).is_file()


def read_tables(path: Path) -> ProjectTables:
    """Read the database of a project of QualCoder (its folder, or the `data.qda` in it) or of Taguette (`.sqlite3`).

    Raises
    ------
    BenangError
        For a file that can't be read, is no such database, is damaged, or is being written by its program.
    """
    file = path / _INSIDE if path.is_dir() else path
    where = f"{path.name}/{_INSIDE}" if path.is_dir() else path.name
    _check(file, where)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            program, tables = _tables(database, where)
    except sqlite3.Error as error:
        problem = worded("an SQLite database that can't be read ({reason})", reason=error)
        way_on = "Open it in its program, and save or export the project again."
        raise BenangError(Problem(problem, where=where, way_on=way_on)) from None
    title = file.resolve().parent.name if file.name == _INSIDE else file.stem
    return ProjectTables(program, tables, title.removesuffix(".qda"), where)


def _check(file: Path, name: str) -> None:
    """Refuse what is no database, and one that its program has not finished writing."""
    try:
        with file.open("rb") as stream:
            begin = stream.read(len(_MAGIC))
    except OSError as error:
        why = worded("the file can't be read ({reason})", reason=error.strerror or error)
        raise BenangError(Problem(why, where=name)) from None
    if begin != _MAGIC:
        raise BenangError(Problem("a file that is no SQLite database", where=name, expected=_EXPECTED))
    for suffix in ("-wal", "-journal"):
        beside = file.with_name(file.name + suffix)
        if beside.is_file() and beside.stat().st_size:
            problem = worded("the database has not been saved completely: '{file}' lies beside it", file=beside.name)
            way_on = "Close the project in its program, and try again."
            raise BenangError(Problem(problem, where=name, way_on=way_on))


def _tables(database: sqlite3.Connection, name: str) -> tuple[Program, Tables]:
    """Return whose database it is, and its tables as far as they are known."""
    database.execute("PRAGMA trusted_schema = OFF")
    kinds = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    there = {str(row[0]) for row in database.execute(kinds)}
    program = next((one for one, needed in _NEEDED.items() if there.issuperset(needed)), None)
    if program is None:
        raise BenangError(Problem("an SQLite database of another program", where=name, expected=_EXPECTED))
    wanted = _WANTED[program]
    columns = {table: {str(row[1]) for row in database.execute(f"PRAGMA table_info({table})")} for table in wanted}
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    known = {table: names for table, names in wanted.items() if table in there}
    return program, {table: _rows(database, table, names, columns[table]) for table, names in known.items()}


def _rows(database: sqlite3.Connection, table: str, names: Sequence[str], there: set[str]) -> tuple[Row, ...]:
    known = [one for one in names if one in there]
    if not known:
        return ()
    select = f"SELECT {', '.join(known)} FROM {table}"  # noqa: S608 - both are names of ours
    empty = dict.fromkeys(names)
    return tuple({**empty, **dict(zip(known, row, strict=True))} for row in database.execute(select))


def text_of(value: object) -> str:
    """Return a cell of a database as text: SQLite keeps in any column whatever was put there."""
    if value is None or isinstance(value, bytes):
        return ""
    return str(value)


def whole_of(value: object) -> int | None:
    """Return a cell as a whole number; None where it is none.

    Examples
    --------
    >>> whole_of(12), whole_of("12"), whole_of("x"), whole_of(None)
    (12, 12, None, None)
    """
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else None


def time_of(value: object) -> str:
    """Return a date and time as ISO 8601 writes it, without a zone, as these programs keep it; nothing for another.

    Examples
    --------
    >>> time_of("2026-01-15 10:00:00.123"), time_of("yesterday")
    ('2026-01-15T10:00:00', '')
    """
    match = _TIME.match(text_of(value))
    return f"{match[1]}T{match[2]}" if match else ""


def made_guid(program: str, kind: str, *parts: object) -> str:
    """Return a GUID for what has none in its program: the same for the same, whatever else is in the project."""
    name = "\n".join((program, kind, *map(str, parts)))
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:benang:qda:{name}"))


def without_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """Return what is below what, without what would be below itself."""
    tree: dict[str, str] = {}
    for one, parent in parents.items():
        above, at = {one}, parent
        while at and at not in above:
            above.add(at)
            at = parents.get(at, "")
        tree[one] = "" if at else parent
    return tree
