"""Tables of other programs: databases (SQLite) of their projects, and codebooks that they export (CSV, Excel).

A database (QualCoder's `data.qda`, Taguette's `.sqlite3`) is opened as a file that nobody may change, and nothing in it
is run: no view, no trigger, no function. Only the tables and columns that are known are read. In a codebook each row is
a code with its definition and the code above it (Taguette, MAXQDA, ATLAS.ti and NVivo write them so). What a table says
of codings, such as how many a code has, is left out.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem
from benang.files import read_bytes
from benang.locale.writing import worded
from benang.qda import Project, ProjectCode, SetAside
from benang.readers.excel import is_workbook
from benang.readers.table_rows import plain_heading
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import plain, read_user_table

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


TAGUETTE_TAGS = uuid.UUID("51b2b2b7-27eb-4ecb-9d56-e75b0a0496c2")
"""The name space of which Taguette makes the GUIDs of tags when it exports a codebook (.qdc)."""
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "tag", "code", "code name", "codename", "kode", "codigo", "nombre del codigo", "name", "nombre", "node",
        "knoten", "nodo",
    ),
    "description": (
        "description", "definition", "code memo", "code-memo", "memo", "comment", "code comment", "beschreibung",
        "kommentar", "descripcion", "comentario", "deskripsi", "definisi",
    ),
    "parent": ("parent", "parent code", "obercode", "ubergeordneter code", "codigo padre", "category", "kategori"),
    "colour": ("color", "colour", "farbe", "warna"),
}  # fmt: skip
"""How columns are headed; of several that say the same, the first one in the list counts."""
_COUNTS = (
    "number of highlights", "references", "referencias", "referenzen", "grounded", "density", "frequency",
    "coded segments of all documents", "codings", "count",
)  # fmt: skip
"""Headings of numbers by which a codebook is known as well."""
_OF_CODINGS = (
    "document", "document name", "dokumentname", "segment", "content", "coded text", "quotation content", "quote",
    "kutipan",
)  # fmt: skip
"""Headings that a list of codes doesn't have."""
_LEVELS = re.compile(r"\s*(?:\\+|::| > )\s*")
_FOLDER = re.compile(r"(?:codes|nodes|kodes|knoten|c[oó]digos)\\+", re.IGNORECASE)
"""What NVivo puts before the path of a code."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_HEADER_ROWS = 40
_WAY_ON = "Close the quotation mark, or leave it out."


def read_codebook_table(path: Path) -> Project | None:
    """Read a program's codebook as a project that has nothing but codes; None for a table of another kind.

    Raises
    ------
    BenangError
        For a file that can't be read.
    """
    data = read_bytes(path)
    tables = (
        [rows for _, rows in sheets_apart(data, where=path.name)]
        if is_workbook(data[:4096].decode("latin-1"))
        else [[cells for _, cells in read_user_table(path, way_on=_WAY_ON, where=path.name).rows]]
    )
    for rows in tables:
        for at, header in enumerate(rows[:_HEADER_ROWS]):
            columns = codebook_columns(header)
            if columns:
                return _project(columns, rows[at + 1 :], is_taguette="tag" in map(plain_heading, header))
    return None


def codebook_columns(header: Sequence[str]) -> Mapping[str, int]:
    """Return which column of a codebook is where; nothing for a header that is none of a codebook.

    Examples
    --------
    >>> codebook_columns(["tag", "parent", "description", "number of highlights"])
    {'name': 0, 'description': 2, 'parent': 1}
    >>> codebook_columns(["Document", "Code", "Segment"]), codebook_columns(["Title", "Year"])
    ({}, {})
    """
    words = [plain_heading(cell) for cell in header]
    columns = {
        what: words.index(name)
        for what, names in _HEADINGS.items()
        for name in [next((one for one in names if one in words), None)]
        if name is not None
    }
    is_codebook = "name" in columns and (len(columns) > 1 or any(one in words for one in _COUNTS))
    return columns if is_codebook and not any(one in words for one in _OF_CODINGS) else {}


def _project(columns: Mapping[str, int], rows: Sequence[Sequence[str]], *, is_taguette: bool) -> Project:
    """Return the codes of a table; one that is named twice is set aside, a parent without a row gets one."""

    def cell(row: Sequence[str], what: str) -> str:
        at = columns.get(what)
        text = plain(row[at].strip()) if at is not None and at < len(row) else ""
        folder = _FOLDER.match(text) if what in ("name", "parent") and not is_taguette else None
        return text[folder.end() :] if folder else text

    codes: dict[str, ProjectCode] = {}
    aside: list[SetAside] = []
    named = [row for row in rows if cell(row, "name")]
    names = {cell(row, "name") for row in named}
    above = {name: _parent(name, names, is_taguette=is_taguette) for name in names}
    for row in named:
        name, colour = cell(row, "name"), cell(row, "colour").lower()
        parent = cell(row, "parent") or above[name]
        if name in codes:
            aside.append(SetAside("code", name, worded("the table names it twice")))
            continue
        label = name.removeprefix(parent).lstrip(".:\\> ") if parent and name.startswith(parent) else name
        colour = colour if _COLOUR.fullmatch(colour) else ""
        guid = _guid(parent, is_taguette=is_taguette) if parent else ""
        description = cell(row, "description")
        codes[name] = ProjectCode(_guid(name, is_taguette=is_taguette), label or name, guid, description, colour)
    told = dict.fromkeys(cell(row, "parent") or above[cell(row, "name")] for row in named)
    made = [one for one in told if one and one not in names]
    headings = [ProjectCode(_guid(one, is_taguette=is_taguette), one, is_codable=False) for one in made]
    found = Counter(code=len(named) + len(made))
    every = _rooted((*headings, *codes.values()))
    return Project(origin="Taguette" if is_taguette else "", codes=every, found=found, set_aside=tuple(aside))


def _guid(name: str, *, is_taguette: bool) -> str:
    return str(uuid.uuid5(TAGUETTE_TAGS, name)) if is_taguette else made_guid("codebook", "code", name)


def _parent(name: str, names: set[str], *, is_taguette: bool) -> str:
    """Return what is above a code by its path: a tag only where there is one, since a tag may have a full stop."""
    if is_taguette:
        parts = name.split(".")
        paths = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
        return next((path for path in paths if path in names), "")
    *_, last = [None, *_LEVELS.finditer(name)]
    return name[: last.start()] if last else ""


def _rooted(codes: Sequence[ProjectCode]) -> tuple[ProjectCode, ...]:
    """Return codes of which none is below itself."""
    parents = without_circles({one.guid: one.parent for one in codes})
    return tuple(replace(one, parent=parents[one.guid]) for one in codes)
