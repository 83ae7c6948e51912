"""Tables of codings as other programs export them: which program's a header is, and which of its columns says what.

The headings are those of the programs' exports in the languages in which they print them, without regard to case,
accents and order. Of several columns that say the same, the first one in the list counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from benang.readers.table_rows import plain_heading

Heading = Literal["record", "quote", "code", "coder", "note", "start"]
"""What a column of a program's table says; `start` is a position: of a paragraph, a line or a character."""

NEEDED: tuple[Literal["record", "quote", "code"], ...] = ("record", "quote", "code")
"""The columns without which a table codes nothing, a program's or a sheet of Benang's own."""


@dataclass(frozen=True)
class TableForm:
    """A program's table: how its columns are headed, further headings that it is known by, and how codes are written.

    `levels` stand between a code and the one below it, `several` between the codes of one cell.
    """

    program: str
    headings: Mapping[Heading, tuple[str, ...]]
    others: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    several: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableColumns:
    """A header that is a program's: the form, and where its columns are."""

    form: TableForm
    columns: Mapping[Heading, int] = field(default_factory=dict)
    known: int = 0


_CREATED = ("created by", "author", "erstellt von", "autor", "autor/in", "creado por", "dibuat oleh")
_CHANGED = ("modified by", "bearbeitet von", "geandert von", "modificado por", "diubah oleh")
_COMMENT = ("comment", "kommentar", "comentario", "komentar")

FORMS: tuple[TableForm, ...] = (
    TableForm(
        "MAXQDA",
        {
            "record": ("document name", "document", "dokumentname", "dokument", "nombre del documento", "documento"),
            "quote": ("segment", "coded segment", "codiertes segment", "segmento", "segmento codificado"),
            "code": ("code", "codigo", "codes", "kode"),
            "coder": (*_CREATED, *_CHANGED),
            "note": _COMMENT,
            "start": ("beginning", "begin", "anfang", "comienzo", "inicio", "principio"),
        },
        (
            "color", "colour", "farbe", "document group", "dokumentgruppe", "grupo de documentos", "end", "ende", "fin",
            "weight", "weight score", "gewicht", "ponderacion", "area", "flache", "coverage %", "abdeckungsgrad %",
            "cobertura %", "modified", "geandert", "created", "erstellt", "erstellt am", "bearbeitet am",
        ),
        (" > ", ">", "\\"),
    ),
    TableForm(
        "ATLAS.ti",
        {
            "record": ("document", "document name", "dokument", "dokumentname", "documento", "nombre del documento"),
            "quote": (
                "quotation content", "text content", "quotation text", "quotation", "content", "zitatinhalt",
                "textinhalt", "zitat", "inhalt", "contenido de la cita", "contenido del texto", "contenido de texto",
                "contenido", "cita",
            ),
            "code": ("codes", "code", "kodes", "kode", "codigos", "codigo"),
            "coder": (*_CREATED, *_CHANGED),
            "note": ("quotation comment", *_COMMENT),
            "start": ("reference", "start", "location", "referenz", "position", "referencia", "ubicacion"),
        },
        (
            "id", "name", "quotation name", "zitatname", "nombre de la cita", "nombre", "density", "coding density",
            "quotation groups", "document groups", "created", "modified", "hyperlinks", "quotation id",
        ),
        ("::",),
        ("\n", ";"),
    ),
    TableForm(
        "NVivo",
        {
            "record": (
                "file name", "file", "files", "source name", "source", "sources", "dateiname", "datei", "quelle",
                "nombre de archivo", "nombre del archivo", "archivo", "fuente",
            ),
            "quote": (
                "coded text", "text", "reference text", "coded content", "content", "kodierter text", "codierter text",
                "texto codificado", "texto",
            ),
            "code": (
                "code", "code name", "codes", "hierarchical name", "node", "node name", "nodes", "kode", "knoten",
                "codigo", "nombre del codigo", "nodo", "name", "nombre",
            ),
            "coder": (
                "coded by", "coded by name", "coded by initials", "initials", "user", "user name", "kodiert von",
                "codiert von", "codificado por", *_CREATED, *_CHANGED,
            ),
            "note": ("annotation", *_COMMENT),
        },
        (
            "reference number", "reference", "referenz", "referencia",
            "folder", "ordner", "carpeta", "coverage", "abdeckung", "cobertura", "classification", "aggregate",
            "number of coding references", "number of references", "references", "modified on", "created on",
        ),
        ("\\",),
    ),
    TableForm(
        "QualCoder",
        {
            "record": ("filename", "file", "file name", "source"),
            "quote": ("coded", "coded text", "seltext", "text"),
            "code": ("codename", "code name", "code"),
            "coder": ("coder", "owner"),
            "note": ("coded memo", "memo"),
            "start": ("pos0",),
        },
        ("id", "case", "pos1", "cid", "fid", "ctid", "category", "date", "important"),
        (" > ", ">"),
    ),
    TableForm(
        "Taguette",
        {
            "record": ("document",),
            "quote": ("content",),
            "code": ("tag", "tags"),
        },
        ("id",),
        (".",),
    ),
)  # fmt: skip


def program_columns(header: Sequence[str]) -> TableColumns | None:
    """Return the program's table that a header is the one of; None where none has all that codes a passage.

    Where several could be meant, it is the one of which most headings are known.

    Examples
    --------
    >>> found = program_columns(["Color", "Document name", "Code", "Segment", "Modified by"])
    >>> found.form.program, found.columns["quote"], found.columns["coder"]
    ('MAXQDA', 3, 4)
    >>> program_columns(["title", "year"])
    """
    words = [plain_heading(cell) for cell in header]
    fitting = [one for form in FORMS if (one := _columns(form, words)) is not None]
    return max(fitting, key=lambda one: one.known, default=None)


def _columns(form: TableForm, words: Sequence[str]) -> TableColumns | None:
    columns: dict[Heading, int] = {}
    for heading, names in form.headings.items():
        at = next((words.index(name) for name in names if name in words), None)
        if at is not None and at not in columns.values():
            columns[heading] = at
    if not all(heading in columns for heading in NEEDED):
        return None
    known = {*form.others, *(name for names in form.headings.values() for name in names)}
    return TableColumns(form, columns, sum(word in known for word in words))


_BULLETS = "○●•◦▪ \u2003"
_FOLDERS = ("codes", "nodes", "files", "internals", "externals", "kodes", "knoten", "dateien", "codigos", "archivos")
"""What NVivo puts before the path of a code or a file."""
_NUMBERED = re.compile(r"[DP]?\s?\d{1,6}(?:\s?:\s*|\s+)")
"""How ATLAS.ti numbers a document before its name."""


def path_of(code: str, form: TableForm) -> tuple[str, ...]:
    r"""Return the parts of a code that a program writes as a path, the uppermost first.

    Examples
    --------
    >>> maxqda, _, nvivo, *_ = FORMS
    >>> path_of("Reasons > Rising rent", maxqda), path_of("Codes\\\\Reasons\\Rent", nvivo), path_of("a > b", nvivo)
    (('Reasons', 'Rising rent'), ('Reasons', 'Rent'), ('a > b',))
    """
    whole = code.strip().lstrip(_BULLETS)
    if not form.levels:
        return (whole,)
    parts = [part.strip() for part in re.split("|".join(map(re.escape, form.levels)), whole) if part.strip()]
    if len(parts) > 1 and plain_heading(parts[0]) in _FOLDERS:
        parts = parts[1:]
    return tuple(parts) or (whole,)


def codes_in(cell: str, form: TableForm) -> tuple[str, ...]:
    r"""Return the codes of a cell, as far as its program writes several into one.

    Examples
    --------
    >>> _, atlas, nvivo, *_ = FORMS
    >>> codes_in("Rising rent\nSlow permits", atlas), codes_in("a; b", atlas), codes_in("a; b", nvivo)
    (('Rising rent', 'Slow permits'), ('a', 'b'), ('a; b',))
    """
    mark = next((mark for mark in form.several if mark in cell), None)
    parts = cell.split(mark) if mark else [cell]
    return tuple(dict.fromkeys(part.strip().lstrip(_BULLETS) for part in parts if part.strip(f" {_BULLETS}")))


def file_of(name: str) -> str:
    r"""Return the name of a document without the folders and numbers that a program puts before it.

    Examples
    --------
    >>> file_of("Files\\\\Papers\\sari2018"), file_of("D 12: sari2018.pdf"), file_of("sari2018")
    ('sari2018', 'sari2018.pdf', 'sari2018')
    """
    return _NUMBERED.sub("", name.strip().replace("\\", "/").rpartition("/")[2].strip())


# ---------------------------------------------------------------- NVivo's reports

REPORT: tuple[str, ...] = ("file", "code", "coded by", "coded text")
"""How the columns are headed that `report_table` puts behind those of a report; NVivo's form knows them."""
_REPORTED = ("reference number", "coded by initials")
_MENTIONED = re.compile(r"(?:(codes|nodes|knoten|kodes|codigos)|files|internals|externals|memos|dateien|archivos)\\\\")


def report_table(rows: Sequence[Sequence[str]], header: int) -> list[list[str]] | None:
    r"""Return the rows of NVivo's report of codings with a column for each thing that it says in lines of their own.

    The report (Coding Summary by Code, or by File) names a code and a file each in a line, then, for each reference, a
    line with its number and the initials of the coder and a line with the words. None for any other table.

    Examples
    --------
    >>> report = [["Coverage", "Reference Number", "Coded By Initials"], ["Codes\\\\Rent"],
    ...           ["Files\\\\sari2018"], ["0.01", "", ""], ["", "1", "AN"], ["The rent rose."]]
    >>> report_table(report, 0)[-1][-4:]
    ['sari2018', 'Rent', 'AN', 'The rent rose.']
    """
    words = [plain_heading(cell) for cell in rows[header]]
    if not all(name in words for name in _REPORTED):
        return None
    number_at, coder_at = (words.index(name) for name in _REPORTED)
    width = max(map(len, rows))
    table = [[*row, *[""] * (width - len(row) + len(REPORT))] for row in rows]
    table[header][width:] = REPORT
    said = {"code": "", "file": ""}
    coder: str | None = None  # of the reference whose words come next
    for row, new in zip(rows[header + 1 :], table[header + 1 :], strict=True):
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) == 1 and (named := _MENTIONED.match(plain_heading(filled[0]))):
            said["code" if named[1] else "file"] = filled[0].partition("\\\\")[2]
            coder = None
        elif len(row) > number_at and row[number_at].strip().isdecimal():
            coder = row[coder_at].strip() if len(row) > coder_at else ""
        elif len(filled) == 1 and coder is not None:
            new[width:] = [said["file"], said["code"], coder, filled[0]]
            coder = None
    return table
