"""Codebooks that programs export as tables (CSV, Excel): a code in each row, with its definition and the code above it.

Taguette writes them so, MAXQDA its code system, ATLAS.ti its codes, NVivo its codebook. What a table says of codings,
such as how many a code has, is left out.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benang.files import read_bytes
from benang.locale.writing import worded
from benang.qda.databases import made_guid, without_circles
from benang.qda.project import Project, ProjectCode, SetAside
from benang.readers.excel import is_workbook
from benang.readers.table_rows import plain_heading
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import plain, read_user_table

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
