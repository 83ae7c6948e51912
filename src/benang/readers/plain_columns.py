"""Which columns of a table hold which field: by the user's mapping, by their headers, and by what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benang.errors import BenangError, Problem, nearest
from benang.locale.writing import joined, worded
from benang.readers import Remarks, Source
from benang.readers.author_lists import GUESS
from benang.readers.column_meanings import are_databases, is_running, speaks_against, told_by_content
from benang.readers.columns import Columns, Make, header_key, named_columns
from benang.readers.csv_exports import Meaning
from benang.readers.own_fields import NAME as OWN_NAME
from benang.readers.own_fields import is_own_header, own_record
from benang.readers.table_columns import IDENTIFIERS
from benang.readers.table_forms import TableForm, best_form
from benang.readers.table_rows import bare
from benang.readers.table_values import Values, parts, put_count_apart, record_from
from benang.readers.values import with_absent_values_noted
from benang.records.corpus import FIELDS
from benang.records.record import Record

TABLE_NAME = "table"
MAPPED = (*(name for name in FIELDS if name not in {"file", "place", "line"}), "pages", *IDENTIFIERS)
"""Fields that a mapping may name."""

_PEOPLE = ("\n", ";", "|", " / ", "//", " · ", " • ", GUESS)
_GUESSED = (",", " and ", " dan ", " & ")
_WORDS = ("\n", ";", "|", ",")
_LINES = ("\n", ";", "|")
_SEPARATORS = {
    "authors": _PEOPLE, "author_keywords": _WORDS, "index_keywords": _WORDS, "topics": _LINES, "references": _LINES,
    "affiliations": _LINES,
}  # fmt: skip
_PARTED = ("authors", "author_keywords", "index_keywords", "references", "affiliations")
_ENOUGH = 2
_SURE = frozenset({"doi", "year", "authors", "abstract", "issn"})
"""Fields whose values leave no doubt, so that a column is read for them beside a title that its header names."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a header means: a name of the form, which column holds what, what makes records, how well it is known.

    `mapping` says the same as a user would, field by field a header or the number of a column; it is empty for a form
    that is known.
    """

    name: str
    fields: dict[int, str]
    maker: Callable[[Source], Make]
    known: int
    notes: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()

    def notes_for(self, source: Source) -> tuple[str, ...]:
        """Return what the account of a file says of its columns."""
        if not self.mapping or source.columns:
            return self.notes
        return (
            *self.notes,
            worded("To read other columns, change this: {option}", option=columns_option(source.name, self.mapping)),
        )


def kind_of(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Kind | None:
    """Return what a header means: Benang's own, one of a database or tool, or one of plain names; None for another.

    `rows` are some of those below: a column that a header names is left out where its values are of another kind, and
    one that no header names is read where its values leave no doubt.
    """
    if is_own_header(header):
        return Kind(OWN_NAME, dict(enumerate(header)), lambda source: _own_maker(source, header), len(header))
    names = frozenset(map(bare, header))
    if form := best_form(names):
        columns = Columns(form, header)
        return Kind(form.name, columns.fields, columns.maker, len(names & form.known))
    meant = named_columns(header)
    if "title" not in meant or len(meant) < _ENOUGH:
        return None
    return _checked_kind(header, rows, meant)


def further(source: Source, header: Sequence[str]) -> Meaning | None:
    """Return what a further header in a file means; a user's mapping is for the first one alone."""
    kind = kind_of(header) if not source.columns else None
    return (header, kind.fields, kind.maker(source)) if kind else None


def guessed_kind(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Kind | None:
    """Guess what the columns of a table hold, by headers and values; None where neither shows any column."""
    meant, _ = _fitting(header, rows, named_columns(header))
    meant = {**{field: (at,) for field, at in _by_content(header, rows, meant).items()}, **meant}
    return _kind(header, meant, ()) if meant else None


def _checked_kind(
    header: Sequence[str], rows: Sequence[Sequence[str]], meant: Mapping[str, tuple[int, ...]]
) -> Kind | None:
    meant, doubted = _fitting(header, rows, meant)
    if "title" not in meant:
        return None
    columns = _columns(rows, len(header))
    notes = []
    for field, at in doubted:
        if field == "source" and "database" not in meant and are_databases(columns[at]):
            meant["database"] = (at,)
            notes.append(worded("The column '{name}' names databases and was read as such.", name=header[at]))
        elif field == "key":
            notes.append(
                worded(
                    "The column '{name}' only numbers the records, so it can't be a key and was not read.",
                    name=header[at],
                )
            )
        elif field != "issue" or not is_running(columns[at]):  # a running number needs no word
            notes.append(
                worded(
                    "The column '{name}' was not read as {field}: its values do not fit.",
                    name=header[at],
                    field=worded(field),
                )
            )
    guessed = {field: at for field, at in _by_content(header, rows, meant).items() if field in _SURE}
    notes += [
        worded(
            "The column {name} was read as {field} because of its values.", name=_shown(header, at), field=worded(field)
        )
        for field, at in guessed.items()
    ]
    return _kind(header, {**meant, **{field: (at,) for field, at in guessed.items()}}, notes)


def _fitting(
    header: Sequence[str], rows: Sequence[Sequence[str]], meant: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, tuple[int, ...]], list[tuple[str, int]]]:
    """Part columns whose values can be what the header says from those whose values speak against it."""
    columns = _columns(rows, len(header))
    doubted = [(field, at) for field, places in meant.items() for at in places if speaks_against(field, columns[at])]
    fitting = {field: tuple(at for at in places if (field, at) not in doubted) for field, places in meant.items()}
    return {field: places for field, places in fitting.items() if places}, doubted


def _by_content(
    header: Sequence[str], rows: Sequence[Sequence[str]], meant: Mapping[str, tuple[int, ...]]
) -> dict[str, int]:
    taken = {at for places in meant.values() for at in places}
    free = [at for at in range(len(header)) if at not in taken]
    columns = told_by_content(_columns(rows, len(header)), free)
    return {field: at for field, at in columns.items() if field not in meant}


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    whole = [row for row in rows if len(row) >= width]
    return [[value for row in whole if (value := row[at].strip())] for at in range(width)]


def mapped_kind(header: Sequence[str], mapping: Mapping[str, str], *, where: str) -> Kind:
    """Return what a header means by a user's mapping, field by field to a header or a column's number.

    Raises
    ------
    BenangError
        For a field that records don't have, and a column that isn't there.
    """
    problems: list[Problem] = []
    meant: dict[str, tuple[int, ...]] = {}
    for field, wanted in mapping.items():
        if field not in MAPPED:
            problems.append(
                Problem(
                    worded("records have no field '{field}'", field=field), where=where, way_on=nearest(field, MAPPED)
                )
            )
            continue
        at = place_of(str(wanted), header)
        if at is None:
            problems.append(_no_column(str(wanted), header, where=f"{where}, {field}"))
            continue
        meant[field] = (at,)
    if problems:
        raise BenangError(*problems)
    return _kind(header, meant, ())


def _no_column(wanted: str, header: Sequence[str], *, where: str) -> Problem:
    if wanted.strip().isdecimal():
        return Problem(
            worded("there is no column {column}", column=wanted.strip()),
            where=where,
            way_on=worded("The table has {n} columns.", n=len(header)),
        )
    way_on = nearest(wanted, [name for name in header if name])
    return Problem(worded("no column is called '{wanted}'", wanted=wanted), where=where, way_on=way_on)


def place_of(wanted: str, header: Sequence[str]) -> int | None:
    """Return the place of the column that a user names: by its header, or by its number from 1.

    Examples
    --------
    >>> place_of("judul", ["No", "Judul", "Año"]), place_of("3", ["No", "Judul", "Año"]), place_of("ano", ["Año"])
    (1, 2, 0)
    """
    names = [bare(name) for name in header]
    if bare(wanted) in names:
        return names.index(bare(wanted))
    if wanted.strip().isdecimal():
        number = int(wanted[:9])
        return number - 1 if 0 < number <= len(names) else None
    keys = [header_key(name) for name in header]
    key = header_key(wanted)
    return keys.index(key) if key and keys.count(key) == 1 else None


_MISREAD = frozenset('"$`\\!%;=:\u201c\u201d\u201e\n\r\t')
"""What a shell of Unix or Windows, or the mapping itself, would take for something else."""


def columns_option(file: str, mapping: Sequence[tuple[str, str]]) -> str:
    """Write a mapping as the option of the command line that gives it, in quotation marks that every shell takes.

    Examples
    --------
    >>> columns_option("a.csv", [("title", "Judul"), ("year", "3")])
    '--columns "a.csv:title=Judul; year=3"'
    """
    return f'--columns "{file}:{"; ".join(f"{field}={header}" for field, header in mapping)}"'


def _shown(header: Sequence[str], at: int) -> str:
    return f"'{header[at]}'" if header[at] else worded("number {n}", n=at + 1)


def _kind(header: Sequence[str], meant: Mapping[str, tuple[int, ...]], notes: Sequence[str]) -> Kind:
    """Make the kind of a table of which it is known which columns hold which field."""
    names = [bare(name) for name in header]
    numbered = [
        name if name and names.count(bare(name)) == 1 else worded("{name} (column {at})", name=name, at=at).strip()
        for at, name in enumerate(header, 1)
    ]
    form = _form({field: tuple(numbered[at] for at in places) for field, places in meant.items()})
    columns = Columns(form, numbered, only=True)
    read = joined(
        worded("{field} from {column}", field=worded(field), column=_shown(header, at))
        for at, field in sorted(columns.fields.items())
    )
    mapping = tuple(
        (field, header[at] if is_plain(header, at) else str(at + 1))
        for field, (at, *_) in sorted(meant.items(), key=lambda one: MAPPED.index(one[0]))
    )
    first = worded("This table is from no known database. Its columns were read as follows: {read}.", read=read)
    return Kind(
        TABLE_NAME,
        columns.fields,
        lambda source: _plain_maker(source, columns),
        len(columns.fields),
        (first, *notes),
        mapping,
    )


def is_plain(header: Sequence[str], at: int) -> bool:
    """Tell whether a header can be written into a mapping unchanged."""
    name = header[at]
    if name != name.strip("'\u2018\u2019"):  # quotation marks at its ends would be taken for those of the option
        return False
    return bool(name) and not name.isdecimal() and _MISREAD.isdisjoint(name) and place_of(name, header) == at


def _form(columns: Mapping[str, tuple[str, ...]]) -> TableForm:
    known = frozenset(bare(name) for names in columns.values() for name in names)
    fields = {("id" if field == "key" else field): names for field, names in columns.items()}
    return TableForm(TABLE_NAME, fields, frozenset(), separators=_SEPARATORS, known=known)


def _own_maker(source: Source, header: Sequence[str]) -> Make:
    def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
        return own_record(source, header, place, line, cells, remarks)

    return make


def _plain_maker(source: Source, columns: Columns) -> Make:
    def make(place: int, line: int, cells: Sequence[str], remarks: Remarks) -> Record:
        marks: Values = {}
        values = columns.values(cells, marks)
        if not source.columns:  # whoever names a column for the key means it
            put_count_apart(values)
        _tell_separators(values, place, remarks)
        fixed: dict[str, Any] = {
            name: parts(values[name], (";", "\n"))
            for name in ("identifiers", "author_ids", "affiliation_ids")
            if name in values
        }
        if "database" in values:
            fixed["database"] = values["database"]
        record = record_from(source, columns.form, place, line, values, remarks, fixed)
        return with_absent_values_noted(record, marks, remarks) if marks else record

    return make


def _tell_separators(values: Values, place: int, remarks: Remarks) -> None:
    for name in _PARTED:
        if name in values:
            used = next((one for one in _SEPARATORS[name] if one in values[name]), "")
            if name == "authors" and used in ("", GUESS):
                used = next((one for one in _GUESSED if one in values[name]), "")
            if used:
                how = worded("line breaks") if used == "\n" else f"'{used.strip()}'"
                field = worded(name.replace("_", " "))
                remarks.habit("The {field} in one cell were split at {mark}", place, field=field, mark=how)
