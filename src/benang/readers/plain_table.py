"""Any table: its columns named by the user in review.toml, or by plain names in English or Indonesian."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benang.errors import BenangError, Problem, nearest
from benang.readers.author_lists import GUESS
from benang.readers.csv_exports import Columns, Make, read_rows
from benang.readers.own_table import NAME as OWN_NAME
from benang.readers.own_table import is_own_header, is_own_table, own_record
from benang.readers.source import Reading, Remarks, Source, shown
from benang.readers.table_columns import IDENTIFIERS
from benang.readers.table_forms import TableForm, best_form, found_table
from benang.readers.table_rows import Layout, bare, layouts
from benang.readers.table_values import Values, parts, record_from
from benang.records.corpus import FIELDS
from benang.records.record import Record

PLAIN_NAMES: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "id", "kode"),
    "type": ("type", "document type", "jenis", "jenis dokumen", "tipe"),
    "title": ("title", "judul", "judul artikel", "article title", "judul penelitian"),
    "authors": ("authors", "author", "author(s)", "penulis", "pengarang", "nama penulis", "peneliti"),
    "year": ("year", "tahun", "publication year", "tahun terbit", "tahun publikasi"),
    "source": ("source", "sumber", "jurnal", "journal", "nama jurnal", "source title", "publication", "publikasi"),
    "volume": ("volume", "vol"),
    "issue": ("issue", "number", "nomor", "no. terbitan"),
    "pages": ("pages", "halaman"),
    "first_page": ("first page", "start page", "halaman awal"),
    "last_page": ("last page", "end page", "halaman akhir"),
    "publisher": ("publisher", "penerbit"),
    "doi": ("doi",),
    "url": ("url", "link", "tautan"),
    "language": ("language", "bahasa"),
    "abstract": ("abstract", "abstrak", "ringkasan"),
    "author_keywords": ("keywords", "author keywords", "keyword", "kata kunci", "kata-kata kunci"),
    "index_keywords": ("index keywords", "subject terms"),
    "references": ("references", "cited references", "daftar pustaka", "referensi", "rujukan"),
    "affiliations": ("affiliations", "affiliation", "afiliasi", "instansi", "institusi"),
    "citations": ("citations", "times cited", "cited by", "sitasi", "jumlah sitasi"),
    "editors": ("editors", "editor", "penyunting"),
    "issn": ("issn",),
    "isbn": ("isbn",),
    "pmid": ("pmid",),
    "decisions": ("decisions", "decision", "keputusan"),
}
"""Names of columns that need no mapping, in English and Indonesian."""

_MAPPED = (*(name for name in FIELDS if name not in {"file", "place", "line"}), "pages", *IDENTIFIERS)
_PEOPLE = ("\n", ";", "|", " / ", "//", " · ", " • ", GUESS)
_GUESSED = (",", " and ", " dan ", " & ")
_WORDS = ("\n", ";", "|", ",")
_LINES = ("\n", ";", "|")
_SEPARATORS = {
    "authors": _PEOPLE, "author_keywords": _WORDS, "index_keywords": _WORDS, "topics": _LINES, "references": _LINES,
    "affiliations": _LINES,
}  # fmt: skip
_TOLD = ("authors", "author_keywords", "index_keywords", "references", "affiliations")
_ENOUGH = 2
_OTHER_FORMS = re.compile(r"\s*(?:[<{\[@%]|[A-Z][A-Z0-9]{1,3} {0,2}- |FN |PT [A-Z]\b|PMID-)")
_LONGEST_NAME = 80
_CHECKED = 6
TABLE_NAME = "table"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a header means: a name of the form, which column holds what, what makes records, how well it is known."""

    name: str
    fields: dict[int, str]
    maker: Callable[[Source], Make]
    known: int
    notes: tuple[str, ...] = ()


def kind_of(header: Sequence[str]) -> Kind | None:
    """Tell what a header means: Benang's own, one of a database or tool, or one of plain names; None for another."""
    if is_own_header(header):
        return Kind(OWN_NAME, dict(enumerate(header)), lambda source: _own_maker(source, header), len(header))
    names = frozenset(map(bare, header))
    if form := best_form(names):
        columns = Columns(form, header)
        return Kind(form.name, columns.fields, columns.maker, len(names & form.known))
    plain = _form({field: names for field, names in PLAIN_NAMES.items() if field != "key"})
    columns = Columns(plain, header)
    if not _is_plain(columns):
        return None
    return _plain_kind(columns, header, known=len(columns.fields))


def mapped_kind(header: Sequence[str], mapping: Mapping[str, str], *, where: str) -> Kind:
    """Tell what a header means by a user's mapping, field by field to a header or a column's number.

    Raises
    ------
    BenangError
        For a field that records don't have, and a column that isn't there.
    """
    names = [bare(name) for name in header]
    problems: list[Problem] = []
    columns: dict[str, tuple[str, ...]] = {}
    numbered = list(header)
    for field, wanted in mapping.items():
        if field not in _MAPPED:
            problems.append(Problem(f"records have no field '{field}'", where=where, way_on=nearest(field, _MAPPED)))
            continue
        at = _place_of(str(wanted), names)
        if at is None:
            way_on = nearest(str(wanted), header)
            problems.append(Problem(f"no column is called '{wanted}'", where=f"{where}, {field}", way_on=way_on))
            continue
        numbered[at] = header[at] or f"column {at + 1}"
        columns[field] = (numbered[at],)
    if problems:
        raise BenangError(*problems)
    return _plain_kind(Columns(_form(columns), numbered), numbered, known=len(columns))


def _place_of(wanted: str, names: Sequence[str]) -> int | None:
    if bare(wanted) in names:
        return names.index(bare(wanted))
    if wanted.strip().isdecimal() and 0 < int(wanted[:9]) <= len(names):
        return int(wanted) - 1
    return None


def _form(columns: Mapping[str, tuple[str, ...]]) -> TableForm:
    known = frozenset(bare(name) for names in columns.values() for name in names)
    fields = {("id" if field == "key" else field): names for field, names in columns.items()}
    return TableForm(TABLE_NAME, fields, frozenset(), separators=_SEPARATORS, known=known)


def _is_plain(columns: Columns) -> bool:
    found = set(columns.fields.values())
    return "title" in found and len(found) >= _ENOUGH


def _plain_kind(columns: Columns, header: Sequence[str], *, known: int) -> Kind:
    read = ", ".join(f"{field} from '{header[at]}'" for at, field in sorted(columns.fields.items()))
    left = [name for at, name in enumerate(header) if name and at not in columns.fields]
    notes = [f"A table of no database that is known; its columns were read so: {read}."]
    if left:
        notes.append(f"Columns that were not read: {', '.join(left)}.")
    return Kind(TABLE_NAME, columns.fields, lambda source: _plain_maker(source, columns), known, tuple(notes))


def _own_maker(source: Source, header: Sequence[str]) -> Make:
    def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
        return own_record(source, header, place, line, cells, remarks)

    return make


def _plain_maker(source: Source, columns: Columns) -> Make:
    def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
        values = columns.values(cells)
        _tell_separators(values, place, remarks)
        made: dict[str, Any] = {
            name: parts(values[name], (";", "\n"))
            for name in ("identifiers", "author_ids", "affiliation_ids")
            if name in values
        }
        if "database" in values:
            made["database"] = values["database"]
        return record_from(source, columns.form, place, line, values, remarks, made)

    return make


def _tell_separators(values: Values, place: int, remarks: Remarks) -> None:
    for name in _TOLD:
        if name in values:
            used = next((one for one in _SEPARATORS[name] if one in values[name]), "")
            if name == "authors" and used in ("", GUESS):
                used = next((one for one in _GUESSED if one in values[name]), "")
            if used:
                how = "line breaks" if used == "\n" else f"'{used.strip()}'"
                remarks.habit(f"The {name.replace('_', ' ')} of a cell were parted at {how}", place)


def is_table(head: str) -> bool:
    """Tell a table that no other form knows: its columns have plain names, or the rows have as many as the header."""
    if _OTHER_FORMS.match(head) or found_table(head) or is_own_table(head):
        return False
    return _plain_layout(head) is not None or _regular(head) is not None


def read_any_table(source: Source) -> Reading:
    """Read a table that no other form knows, by plain names or by the user's mapping.

    Raises
    ------
    BenangError
        Where neither is there: the message shows the header, and how to write a mapping.
    """
    if source.columns:
        return read_plain_table(source)
    found = _plain_layout(source.head)
    if found is None:
        layout = _regular(source.head)
        raise unmapped(source, layout.header if layout else ())
    return _read(source, *found)


def read_own_table(source: Source) -> Reading:
    """Read a table that Benang wrote.

    Raises
    ------
    BenangError
        Where the header is not Benang's.
    """
    for layout in layouts(source.head):
        if is_own_header(layout.header) and (kind := kind_of(layout.header)):
            return _read(source, layout, kind)
    raise BenangError(Problem("no header of a table that Benang wrote", where=source.name))


def read_plain_table(source: Source) -> Reading:
    r"""Read a table as `source.columns` says: `{"title": "Judul", "authors": "Penulis", "year": "3"}`.

    Columns are named by their header, without regard to case, or by their number from 1. Lists in a cell are parted at
    line breaks, `;` or `|`, keywords also at commas; authors also at `/`, `and`, `dan`, `&` …, and at commas that are
    not those of `Family, Given`.

    Raises
    ------
    BenangError
        For a field that records don't have, and a column that isn't there; with the header that was found.

    Examples
    --------
    >>> columns = {"title": "Judul", "authors": "Penulis", "year": "3"}
    >>> source = Source("a.csv", "a.csv", b"Judul;Penulis;Th.\nKota kembar;Dewi Sari, Bora Lee;2020\n", columns=columns)
    >>> record = read_plain_table(source).records[0]
    >>> record.title, record.authors, record.year
    ('Kota kembar', ('Dewi Sari', 'Bora Lee'), 2020)
    """
    layout = _mapped_layout(layouts(source.head), source.columns)
    if layout is None:
        begins = next((line for line in source.head.split("\n") if line.strip()), "")
        found = f"no columns; the file begins with {shown(begins)}"
        raise BenangError(Problem(found, where=source.name, expected="a table with a header"))
    return _read(source, layout, mapped_kind(layout.header, source.columns, where=source.name))


def _mapped_layout(choices: Sequence[Layout], mapping: Mapping[str, str]) -> Layout | None:
    """Return the first row that has the most of the columns that the user names."""

    def has(layout: Layout) -> tuple[int, int]:
        names = [bare(name) for name in layout.header]
        named = sum(bare(str(wanted)) in names for wanted in mapping.values())
        return named, sum(_place_of(str(wanted), names) is not None for wanted in mapping.values())

    return max(choices, key=lambda one: (*has(one), -one.skip), default=None)


def _read(source: Source, layout: Layout, kind: Kind) -> Reading:
    reading = read_rows(source, layout, kind.fields, kind.maker(source))
    return Reading(reading.found, reading.records, reading.set_aside, (*kind.notes, *reading.notes), format=kind.name)


def _plain_layout(head: str) -> tuple[Layout, Kind] | None:
    found = [(layout, kind) for layout in layouts(head) if (kind := kind_of(layout.header)) and kind.name == TABLE_NAME]
    return max(found, key=lambda one: one[1].known, default=None)


def _regular(head: str) -> Layout | None:
    """Return the header of a text whose rows all have as many columns as it, at least two."""
    if _OTHER_FORMS.match(head):
        return None
    for layout in layouts(head):
        names = layout.header
        if len(names) < _ENOUGH or layout.delimiter == "|" or not all(0 < len(one) <= _LONGEST_NAME for one in names):
            continue
        rows = _first_rows(head, layout)
        if len(set(names)) == len(names) and rows and all(len(row) == len(names) for row in rows):
            return layout
    return None


def _first_rows(head: str, layout: Layout) -> list[list[str]]:
    lines = head.split("\n")[layout.next_line :][: 50 * _CHECKED]
    try:
        rows = [row for row in csv.reader((f"{line}\n" for line in lines), delimiter=layout.delimiter) if row]
    except csv.Error:
        return []
    return rows[:_CHECKED] if len(rows) > _CHECKED else rows


def unmapped(source: Source, header: Sequence[str]) -> BenangError:
    """Say that a table's columns have to be named, with its header and how a mapping is written."""
    names = ", ".join(f"'{name}'" for name in header[:40])
    first = header[0].replace('"', "'") if header else "Judul"
    return BenangError(
        Problem(
            f"a table with columns that are not known: {names or 'none'}",
            where=source.name,
            way_on=(
                "Say in review.toml which column holds what, such as\n"
                f'[sources.columns."{source.name}"]\ntitle = "{first}"\nauthors = "…"\nyear = "…"\n'
                f"Fields: {', '.join(name for name in _MAPPED if name not in IDENTIFIERS)}."
            ),
        )
    )
