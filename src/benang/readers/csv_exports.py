"""Tables of comma-separated values: Scopus."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from benang.errors import BenangError, Problem
from benang.readers.source import Reading, Remarks, Source
from benang.readers.tables import SCOPUS_COLUMNS, type_named
from benang.readers.values import authors_of, record_of, split_list, year_of
from benang.records.ledger import SetAside
from benang.records.names import SUFFIXES
from benang.records.record import Record

_LONGEST_FIELD = 2**31 - 1  # the csv module stops at 131,072 characters otherwise; lists of references are longer
_TYPICAL = frozenset({"title", "source title", "year"})
_TELLING = frozenset({"eid", "cited by", "author(s) id", "language of original document", "author full names"})


@dataclass(slots=True)
class RowCount:
    """Counts the records of a table by its line ends outside of quotation marks, apart from the csv module."""

    found: int = 0
    open_quote: bool = False

    def over(self, lines: Iterable[str]) -> Iterator[str]:
        """Give the lines on as they are, counting."""
        for line in lines:
            blank = not self.open_quote and line == "\n"
            self.open_quote ^= bool(line.count('"') & 1)
            self.found += not self.open_quote and not blank
            yield line


def is_scopus_csv(head: str) -> bool:
    """Tell a Scopus CSV by its header: `Title`, `Year`, `Source title`, and a column that only Scopus names so."""
    return _delimiter(head) != ""


def _delimiter(head: str) -> str:
    header = head.lstrip("\n").partition("\n")[0]
    for delimiter in ",;":  # Excel in many countries saves CSV with semicolons
        try:
            names = {name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])}
        except csv.Error:
            continue
        if names >= _TYPICAL and names & _TELLING:
            return delimiter
    return ""


def read_scopus_csv(source: Source) -> Reading:
    r"""Read a Scopus CSV.

    Columns are found by their headers, of whichever year. Authors are those of `Author full names` without the ids,
    or of `Authors`, with semicolons or, as until 2023, commas between them. The record's id is the EID. A row with
    another number of columns than the header is set aside, unless its surplus columns are empty.

    Raises
    ------
    BenangError
        Where quotation marks do not pair, so that rows can't be told apart.

    Examples
    --------
    >>> export = b'Authors,Title,Year,Source title,EID\n"Sari D., Lee B.",Sister cities,2020,Cities,2-s2.0-1\n'
    >>> record = read_scopus_csv(Source("a.csv", "a.csv", export)).records[0]
    >>> record.key, record.authors, record.year, record.source
    ('2-s2.0-1', ('Sari, D.', 'Lee, B.'), 2020, 'Cities')
    """
    remarks, count = Remarks(), RowCount()
    records: list[Record] = []
    aside: list[SetAside] = []
    with _long_fields():
        rows = _rows(source, count)
        _, header = next(rows)
        columns = _columns(header)
        _tell_twice(header, remarks)
        for place, (line, row) in enumerate(rows, 1):
            if len(row) > len(header) and not any(row[len(header) :]):
                remarks.habit("Rows have more columns than the header; the surplus is empty and was left out", place)
            elif len(row) != len(header):
                aside.append(SetAside(place, line, f"{len(row)} columns, where the header has {len(header)}"))
                continue
            if any(row):
                records.append(_record(source, place, line, _values(columns, row), remarks))
            else:
                aside.append(SetAside(place, line, "no content: every column is empty"))
    found = count.found - 1  # the header
    if count.open_quote or found != len(records) + len(aside):
        raise _unpaired(source, line=0)
    return Reading(found, tuple(records), tuple(aside), remarks.notes())


def _rows(source: Source, count: RowCount) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not blank with the number of its first line."""
    reader = csv.reader(count.over(source.lines()), delimiter=_delimiter(source.head), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise _unpaired(source, line=line) from None


@contextmanager
def _long_fields() -> Iterator[None]:
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _unpaired(source: Source, line: int) -> BenangError:
    return BenangError(
        Problem(
            "quotation marks do not pair here, so that rows can't be told apart",
            where=f"{source.name}, line {line}" if line else source.name,
            way_on="Perhaps the file was cut off or changed in another program: export it again.",
        )
    )


def _tell_twice(header: Sequence[str], remarks: Remarks) -> None:
    known = {name.lower() for names in SCOPUS_COLUMNS.values() for name in names}
    names = [name.strip() for name in header if name.strip().lower() in known]
    lowered = [name.lower() for name in names]
    for at, name in enumerate(names):
        if lowered.index(name.lower()) < at:
            remarks.say(f"The column '{name}' stands more than once; the first was read.")


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, int] = {}
    for at, name in enumerate(header):
        places.setdefault(name.strip().lower(), at)
    return {
        field: [places[name.lower()] for name in names if name.lower() in places]
        for field, names in SCOPUS_COLUMNS.items()
    }


def _values(columns: Mapping[str, Sequence[int]], row: Sequence[str]) -> dict[str, str]:
    values = {}
    for field, places in columns.items():
        for place in places:
            if value := row[place].strip():
                values[field] = value
                break
    return values


def _record(source: Source, place: int, line: int, values: Mapping[str, str], remarks: Remarks) -> Record:
    return record_of(
        source,
        place,
        line,
        values,
        remarks,
        type=type_named(values.get("type", "")) or "other",
        year=year_of(place, [values["year"]] if "year" in values else [], remarks),
        authors=_authors(values.get("authors", ""), values.get("full_names", "")),
        author_keywords=split_list(values.get("author_keywords", "")),
        index_keywords=split_list(values.get("index_keywords", "")),
        references=split_list(values.get("references", "")),
        affiliations=split_list(values.get("affiliations", "")),
        database="Scopus",
    )


def _authors(short: str, full: str) -> tuple[str, ...]:
    """Return the full names where there is one for each author, else the short ones."""
    names = split_list(short) if ";" in short or full else _between_commas(short)
    full_names = [name.rpartition(" (")[0] if name.endswith(")") else name for name in split_list(full)]
    return authors_of(full_names if len(full_names) >= len(names) else names)


def _between_commas(names: str) -> list[str]:
    """Split `Sari D., King M.L., Jr., Lee B.` into three."""
    found: list[str] = []
    for part in map(str.strip, names.split(",")):
        if found and part.lower() in SUFFIXES:
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    return found
