"""Tables of databases and tools, as text: rows → records, every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from benang.errors import BenangError, Problem
from benang.locale.writing import as_worded, worded
from benang.readers import Reading, Remarks, Source, shown
from benang.readers.columns import Columns, Make, column_names
from benang.readers.table_forms import TableForm, best_form, found_table
from benang.readers.table_rows import (
    Layout,
    Row,
    RowCount,
    UnpairedError,
    bare,
    careful_rows,
    cells_of,
    layouts,
    plain_rows,
)
from benang.readers.unfit_rows import Fit, Shifts, is_header_again, may_be_header, seems_record, unknown_header
from benang.records.record import Record, SetAside

Meaning = tuple[Sequence[str], dict[int, str], Make]
"""A header, which column holds which field, and what makes records of the rows."""
Meant = Callable[[Sequence[str]], Meaning | None]
"""Returns what a row that could be a header means; None where it is no known header."""


def recognises(form: TableForm) -> Callable[[str], bool]:
    """Return the test whether a text is a table of this form."""

    def is_form(head: str) -> bool:
        table = found_table(head)
        return table is not None and table[0] is form

    return is_form


def reads(form: TableForm) -> Callable[[Source], Reading]:
    """Return the reader of this form of table."""

    def read(source: Source) -> Reading:
        return read_table(source, form)

    return read


def read_table(source: Source, form: TableForm | None = None) -> Reading:
    r"""Read a table whose header is known.

    Columns are found by their headers, below whatever comes above the header. A row with another number of columns
    than the header is brought to it where a shift fits by what columns must hold, and set aside where none does. Where
    quotation marks do not pair, rows are separated line by line.

    Raises
    ------
    BenangError
        Where no header of the form is there.

    Examples
    --------
    >>> export = b'Authors,Title,Year,Source title,EID\n"Sari D., Lee B.",Sister cities,2020,Cities,2-s2.0-1\n'
    >>> record = read_table(Source("a.csv", "a.csv", export)).records[0]
    >>> record.key, record.authors, record.year, record.source
    ('2-s2.0-1', ('Sari, D.', 'Lee, B.'), 2020, 'Cities')
    """
    table = found_table(source.head)
    if form is None and table:
        form = table[0]
    layout = _layout_for(form, source) if form else None
    if form is None or layout is None:
        raise _no_header(source, form)

    def meant(cells: Sequence[str]) -> Meaning | None:
        other = best_form(frozenset(map(bare, cells)))
        columns = Columns(other, cells) if other else None
        return (cells, columns.fields, columns.maker(source)) if columns else None

    columns = Columns(form, layout.header)
    return read_rows(source, layout, columns.fields, columns.maker(source), meant)


def _layout_for(form: TableForm, source: Source) -> Layout | None:
    fitting = [one for one in layouts(source.head) if form.fits(one.names)]
    return max(fitting, key=lambda one: len(form.known & one.names), default=None)


def _no_header(source: Source, form: TableForm | None) -> BenangError:
    what = worded("no header of {form}", form=form.name) if form else worded("no known header")
    first = next((line for line in source.head.split("\n") if line.strip()), "")
    return BenangError(
        Problem(
            worded("{what}; the file begins with {text}", what=what, text=shown(first)),
            where=source.name,
            way_on=worded("Export it again: {export}.", export=as_worded(form.export))
            if form and form.export
            else "Export it again.",
        )
    )


def read_rows(
    source: Source, layout: Layout, fields: dict[int, str], make: Make, meant: Meant | None = None
) -> Reading:
    """Read the rows below a header; `fields` says which column holds what, by its place.

    A row that repeats the header is no record, and a known header of another table (`meant`) begins that one.
    """
    shifts = Shifts(layout.header, fields)
    above = list(_rows_above(source, layout, fields))
    count = RowCount(rows=len(above))
    try:
        work = _Work(layout, shifts, make, not source.data.endswith(b"\n"), meant=meant)
        works = work.take_all(chain(above, plain_rows(source, layout, count, shifts.is_whole)))
    except UnpairedError:
        work = _Work(layout, shifts, make, not source.data.endswith(b"\n"), meant=meant)
        work.remarks.say(
            "Quotation marks are unbalanced in this file, so its rows were separated line by line. Check the "
            "records named here."
        )
        works = work.take_all(chain(above, careful_rows(source, layout, shifts.is_whole)))
        count.rows = works[-1].rows + works[-1].headers
    return _together(works, count.rows - works[-1].headers)


def _rows_above(source: Source, layout: Layout, fields: dict[int, str]) -> Iterator[Row]:
    """Give the records above the header: a table sorted with its header in it has the header among them."""
    for number, line in enumerate(islice(source.lines(), layout.skip), 1):
        cells = cells_of(line.removesuffix("\n"), layout.delimiter)
        if len(cells) == len(layout.header) and seems_record(cells, fields):
            yield Row(number, cells)


def reading_of(
    rows: Iterable[Row], layout: Layout, fields: dict[int, str], make: Make, remarks: Remarks, meant: Meant, first: int
) -> Reading:
    """Read rows that are separate already, as in a workbook; `first` records of the file come before them."""
    work = _Work(layout, Shifts(layout.header, fields), make, cut=False, remarks=remarks, rows=first, meant=meant)
    works = work.take_all(rows)
    return _together(works, works[-1].rows - first)


def _together(works: Sequence[_Work], count: int) -> Reading:
    readings = [work.reading(count) for work in works]
    records = tuple([record for one in readings for record in one.records])
    return Reading(count, records, tuple([aside for one in readings for aside in one.set_aside]), readings[-1].notes)


@dataclass(slots=True)
class _Work:
    """Rows being read: records made, rows set aside, and rows of other lengths, which wait until all are there.

    `rows` and `headers` count from the beginning of the file, whatever tables come before this one.
    """

    layout: Layout
    shifts: Shifts
    make: Make
    cut: bool
    remarks: Remarks = field(default_factory=Remarks)
    rows: int = 0
    records: list[Record] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    waiting: dict[int, list[tuple[int, int, Sequence[str]]]] = field(default_factory=dict)
    headers: int = 0
    unknown: str = ""
    meant: Meant | None = None
    unread: list[int] = field(init=False)
    left_out: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with no column of those that aren't read known to hold anything."""
        self.unread = [at for at in range(len(self.layout.header)) if at not in self.shifts.read]

    def take_all(self, rows: Iterable[Row]) -> list[_Work]:
        """Read all rows, those of further tables among them; return what reads each table, this one first."""
        works, left = [self], iter(rows)
        while following := works[-1].take(left):
            works.append(following)
        return works

    def take(self, rows: Iterator[Row]) -> _Work | None:
        """Read rows, in their order, up to the header of another table; return what reads that one."""
        for row in rows:
            if row.cells and may_be_header(row.cells, self.shifts.fields):
                if following := self._following(row):
                    return following
                if self._is_header(row):
                    continue
            self.unknown = "" if row.after_blank else self.unknown
            self._take(row)
        return None

    def _take(self, row: Row) -> None:
        width, cells = len(self.layout.header), row.cells
        self.rows += 1
        if row.mended:
            self._tell("A quotation mark inside a value was read as text")
        reason = row.reason or (self.unknown if any(cells) else "")
        if len(cells) != width and not reason:
            cells = self._nearly(cells)
        if reason:
            self.aside.append(SetAside(self.rows, row.line, reason))
        elif not any(cells):
            self.aside.append(SetAside(self.rows, row.line, "no content: every column is empty"))
        elif len(cells) == width:
            self._look_for_unread(cells)
            self.records.append(self.make(self.rows, row.line, cells, self.remarks))
        else:
            self.waiting.setdefault(len(cells), []).append((self.rows, row.line, cells))

    def _is_header(self, row: Row) -> bool:
        """Tell whether a row repeats the header, or is the header of a table of no known form."""
        unknown = unknown_header(row.cells, self.shifts.fields) if row.after_blank else ""
        if is_header_again(row.cells, self.layout.header):
            self.headers, self.unknown = self.headers + 1, ""
            self.remarks.habit("The header is repeated below a record", self.rows)
            return True
        self.headers, self.unknown = self.headers + bool(unknown), unknown or self.unknown
        return bool(unknown)

    def _following(self, row: Row) -> _Work | None:
        if is_header_again(row.cells, self.layout.header):
            return None
        names = [cell.strip() for cell in row.cells]
        while names and not names[-1]:
            names.pop()
        meaning = self.meant(names) if self.meant else None
        if not meaning:
            return None
        header, fields, make = meaning
        self.remarks.habit("Another table with a header of its own begins below a record", self.rows)
        cut, self.cut = self.cut, False
        layout = replace(self.layout, header=tuple(header))
        return _Work(
            layout, Shifts(header, fields), make, cut, self.remarks, self.rows,
            headers=self.headers + 1, meant=self.meant,
        )  # fmt: skip

    def _look_for_unread(self, cells: Sequence[str]) -> None:
        """Note which columns hold something that isn't read; each is looked at until it does."""
        for at in self.unread:
            if cells[at] and not cells[at].isspace():
                self.left_out.append(at)
        if self.left_out:
            self.unread = [at for at in self.unread if at not in self.left_out]

    def _nearly(self, cells: Sequence[str]) -> Sequence[str]:
        """Bring a row to the header where no column has to be guessed."""
        width, delimiter = len(self.layout.header), self.layout.delimiter
        if len(cells) == 1 and delimiter in cells[0]:
            inner = cells_of(cells[0].strip(), delimiter)
            if self.layout.wrapped or len(inner) == width:
                self.remarks.habit(
                    "A whole row was enclosed in one pair of quotation marks; it was split into columns", self.rows
                )
                cells = inner
        if len(cells) > width and not any(cells[width:]) and not self.shifts.evidence(cells)[1]:
            self.remarks.habit(
                "Rows have more columns than the header; the extra columns are empty and were left out", self.rows
            )
            return cells[:width]
        if len(cells) > width and delimiter == "," and (whole := self._put_together(cells)):
            self._tell("A value with commas but no quotation marks was rejoined")
            return whole
        return cells

    def _put_together(self, cells: Sequence[str]) -> Sequence[str]:
        """Join cells that begin with a space to those before, where that gives the header's number of columns."""
        joined_cells = [cells[0]]
        for cell in cells[1:]:
            if cell.startswith(" ") and joined_cells[-1]:
                joined_cells[-1] += f",{cell}"
            else:
                joined_cells.append(cell)
        fits = len(joined_cells) == len(self.layout.header) and self.shifts.evidence(joined_cells)
        return joined_cells if fits and fits[0] and not fits[1] else ()

    def reading(self, count: int) -> Reading:
        """Bring the rows of other lengths to the header, and give the account."""
        for length, rows in sorted(self.waiting.items()):
            totals = self.shifts.totals([cells for _, _, cells in rows])
            for place, line, cells in rows:
                is_cut = self.cut and place == self.rows and length < len(self.layout.header) and len(rows) == 1
                fit = None if is_cut else self.shifts.fit(cells, totals, len(rows))
                if fit:
                    self._tell_shift(place, length, fit)
                    self._look_for_unread(fit.cells)
                    self.records.append(self.make(place, line, fit.cells, self.remarks))
                else:
                    self.aside.append(SetAside(place, line, self._why(length, is_cut)))
        if self.waiting:
            self.records.sort(key=lambda record: record.place)
            self.aside.sort(key=lambda one: one.record)
        if self.left_out:
            names = column_names(self.layout.header, sorted(self.left_out))
            self.remarks.say(worded("Columns not read: {names}.", names=names))
        return Reading(count, tuple(self.records), tuple(self.aside), self.remarks.notes())

    def _why(self, length: int, is_cut: bool) -> str:
        if is_cut:
            return "the file ends in the middle of this row: it was cut off"
        return worded(
            "{n} column, but the header has {wanted}, and no shift makes them fit",
            "{n} columns, but the header has {wanted}, and no shift makes them fit",
            n=length,
            wanted=len(self.layout.header),
        )

    def _tell(self, what: str) -> None:
        self.remarks.habit(what, self.rows)

    def _tell_shift(self, place: int, length: int, fit: Fit) -> None:
        header = self.layout.header
        before = header[fit.first - 1] if fit.first else ""
        more = length - len(header)
        after = header[fit.last] if more > 0 and fit.last < len(header) else ""
        if more < 0 and fit.last - more < len(header):
            after = header[fit.last - more]
        where = worded("after '{column}'", column=before) if before else worded("before '{column}'", column=after)
        where = worded("between '{before}' and '{after}'", before=before, after=after) if before and after else where
        repaired = (
            "Shifted rows ({n} columns, but the header has {wanted}) were repaired: values without a header are {where}"
            if more > 0
            else "Shifted rows ({n} columns, but the header has {wanted}) were repaired: missing columns are {where}"
        )
        self.remarks.habit(repaired, place, n=length, wanted=len(header), where=where)
        if any(map(str.strip, fit.surplus)):
            self.remarks.habit("Values without a header were left out", place)
        if fit.doubtful:
            names = ", ".join(f"'{header[at]}'" for at in fit.doubtful)
            self.remarks.habit(
                "Left out because it is unclear after the shift which column they belong to: {names}",
                place,
                names=names,
            )
