"""The matrix as pages show it: cases by codes, by items of frameworks, or by variables, each cell with what is behind.

Counts are those of the report (`benang.synthesis`). Conflicts, and passages that are no longer in their
documents, stop nothing here: they count nowhere, and are named above the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from benang.coding.cases import Case, CaseValue, about_subjects, is_of_studies, text_of
from benang.coding.codebook import Code, Codebook, Variable, item_key
from benang.coding.coded import Coded
from benang.coding.labels import code_label
from benang.coding.placed import Unplaced, in_documents, unknown_names
from benang.errors import Problem
from benang.evidence import Evidence
from benang.files import read_bytes
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Value
from benang.judgements.log import conflict_problems
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.records.user_tables import csv_text
from benang.review.desk import Desk
from benang.synthesis import (
    case_numbers,
    case_row,
    code_matrix,
    code_table,
    codebook_numbers,
    matrices_of,
)
from benang.synthesis.appraisals import given_to
from benang.synthesis.csv_tables import cases_csv, matrix_csv
from benang.synthesis.findings import Cell, Findings, codes_read, framework_matrix
from benang.synthesis.wording import Wording
from benang.synthesis.workbooks import case_sheets, matrix_sheets
from benang.tasks.coding.second_looks import rule_text
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow, write_sheets

Kind = Literal["codes", "framework", "values"]
State = Literal["evidence", "counter-evidence", "not-reported", "not-looked", "differs", "lost"]
"""States of a cell; in one that is `lost` all passages are gone from their documents, so that nothing is known."""
Order = Literal["file", "label", "number"]
STUDIES = "studies"
"""The name of the table of appraised studies."""
ALL = "*"
"""Stands for all cases or all columns where the address of a cell names them."""


@dataclass(frozen=True)
class Material:
    """What was coded in a review as far as it stands, and what does not: conflicts, unknown names, lost passages."""

    desk: Desk
    coded: Coded
    titles: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[Problem, ...] = ()
    unknown: tuple[Problem, ...] = ()

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """The passages that are no longer in their documents."""
        return self.coded.placed.unplaced

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """The cases by their ids."""
        return self.coded.cases.by_id

    @cached_property
    def done(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The coders who have read a case for all codes of a group, by case and group."""
        done: dict[tuple[str, str], set[str]] = {}
        for task in self.coded.placed.tasks:
            if task.state == "done":
                done.setdefault((task.case, task.group), set()).add(task.coder)
        return {place: tuple(sorted(coders)) for place, coders in done.items()}

    @cached_property
    def given(self) -> Mapping[tuple[str, str], tuple[Value, ...]]:
        """All values that coders gave, by case and variable, that of the consensus first."""
        given: dict[tuple[str, str], list[Value]] = {}
        for value in sorted(self.coded.placed.values, key=lambda one: (one.coder != CONSENSUS, one.coder, one.id)):
            given.setdefault((value.case, value.variable), []).append(value)
        return {place: tuple(values) for place, values in given.items()}

    def study(self, key: str) -> str:
        """Return what a study is called: author and year where its document has them, else its title or its key."""
        paper = next((one.paper for one in self.coded.documents.values() if one.record == key), None)
        named = (paper.author.partition(",")[0], str(paper.year or "")) if paper and paper.author else ()
        return " ".join(filter(None, named)) or (paper.title if paper else "") or self.titles.get(key, "") or key

    def own_value(self, subject: str, variable: str) -> CaseValue | None:
        """Return the value that `cases.toml` gives a case; None for a study, and where it gives none."""
        case = self.cases.get(subject)
        return case.values.get(variable) if case else None


def material(desk: Desk, titles: Mapping[str, str] | None = None) -> Material:
    """Return what was coded in a review, whatever its coders still have to settle; `titles` are those of records."""
    cases = desk.present_cases
    judgements = about_subjects(desk.judgements, desk.codebook, cases)
    placed = in_documents(judgements, desk.documents, desk.codebook)
    unknown = tuple(unknown_names(judgements, desk.codebook, cases))
    coded = Coded(desk.codebook, cases, desk.documents, placed)
    return Material(desk, coded, titles or {}, tuple(conflict_problems(desk.judgements)), unknown)


# Tables


@dataclass(frozen=True, slots=True)
class TableName:
    """A table of a review: its name in addresses, its label, its columns.

    Names are `codes/GROUP`, `framework/ID`, `values` for those of cases and `studies` for those of appraised studies.
    """

    name: str
    label: str
    kind: Kind
    columns: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its id, its label, what is to be known of it, and the heading that it stands under."""

    id: str
    label: str
    note: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What a cell shows: its state, a text, and the whole of it in words; `n` passages speak for it.

    `against` of its passages say the opposite, `mentions` neither; `is_group` where studies report the case only
    together with others.
    """

    state: State
    text: str
    words: str
    n: int = 0
    against: int = 0
    mentions: int = 0
    is_group: bool = False

    @property
    def look(self) -> str:
        """The classes that it is drawn by."""
        both = " both" if self.against and self.n else ""
        return f"{self.state}{both}{' group' if self.is_group else ''}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found for it."""
        return self.state in ("not-reported", "not-looked") and not self.mentions


@dataclass(frozen=True)
class Grid:
    """A table of cases or studies (`rows`) and what they are compared by.

    `filled` and `filled_columns` are how many cells of a row or column are filled.
    """

    name: str
    label: str
    kind: Kind
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    cells: Mapping[tuple[str, str], ShownCell]
    filled: Mapping[str, int] = field(default_factory=dict)
    filled_columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_of_studies(self) -> bool:
        """Whether rows are studies that were appraised, instead of cases."""
        return self.name == STUDIES

    @property
    def bands(self) -> tuple[tuple[str, int], ...]:
        """The headings over columns, each with their number; none where no column stands under one."""
        bands = tuple((label, len(list(of))) for label, of in groupby(self.columns, key=lambda one: one.band))
        return bands if any(label for label, _n in bands) else ()

    @property
    def lines(self) -> Iterator[tuple[Line, Iterator[tuple[str, ShownCell]]]]:
        """Each row with the names of its columns and their cells, in the order of the columns."""
        names = ids_of(self.columns)
        for row in self.rows:
            yield row, ((name, self.cells[row.id, name]) for name in names)

    @cached_property
    def states(self) -> frozenset[str]:
        """The states that some cell has, and `mentions` and `group` where one has these."""
        cells = self.cells.values()
        more = {"mentions": any(one.mentions for one in cells), "group": any(one.is_group for one in cells)}
        more["contrary"] = any(one.state == "evidence" and one.against for one in cells)
        return frozenset({one.state for one in cells} | {name for name, is_there in more.items() if is_there})


def tables_of(desk: Desk, language: Language) -> tuple[TableName, ...]:
    """Return the tables of a review: groups of codes, frameworks, values of cases, and those of appraised studies."""
    _, book = translator(language), desk.codebook
    groups = [
        TableName(f"codes/{one.id}", one.label.text(language), "codes", len(book.codable(one.id)))
        for one in book.groups
        if book.codable(one.id)
    ]
    frameworks = [
        TableName(f"framework/{one.id}", one.label.text(language), "framework", len(one.items))
        for one in book.frameworks
    ]
    labels = {"values": _("Values"), STUDIES: _("Quality of the studies")}
    counts = {name: len(_variables(desk, name)) for name in labels}
    values = [TableName(name, label, "values", counts[name]) for name, label in labels.items() if counts[name]]
    return (*groups, *frameworks, *values)


def grid_of(of: Material, name: str, language: Language) -> Grid | None:
    """Return a table of a review by its name; None where it has no such table."""
    found = next((one for one in tables_of(of.desk, language) if one.name == name), None)
    if found is None:
        return None
    make = {"codes": _code_grid, "framework": _framework_grid, "values": _value_grid}[found.kind]
    rows = tuple(Line(one.id, one.name(language), "; ".join(one.studies)) for one in of.coded.cases.cases)
    if found.name == STUDIES:
        studies = dict.fromkeys(key for case in of.coded.cases.cases for key in case.studies)
        rows = tuple(Line(key, of.study(key), key) for key in studies)
    grid = make(of, found, rows, language)
    full = [place for place, cell in grid.cells.items() if cell.state in ("evidence", "differs")]
    by_row, by_column = Counter(row for row, _ in full), Counter(column for _, column in full)
    return replace(grid, filled=by_row, filled_columns=by_column)


def ids_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the ids of rows or columns."""
    return tuple(one.id for one in lines)


def _code_grid(of: Material, table: TableName, rows: tuple[Line, ...], language: Language) -> Grid:
    group, book = table.name.partition("/")[2], of.desk.codebook
    matrix = code_matrix(of.coded, group)
    parts = book.by_side(group, [book.by_id[one] for one in matrix.columns], lambda code: code)
    columns = tuple(
        Line(
            code.id,
            code_label(code, language),
            rule_text(code, language),
            side.label.text(language) if side else _heading_of(code, book, language),
        )
        for side, codes in parts
        for code in codes
    )
    cells = _shown_cells(matrix.cells, rows, columns, language)
    for lost in of.coded.placed.lost:
        place = (lost.case, lost.code) if isinstance(lost, Coding) else ("", "")
        if place in cells and cells[place].is_empty:
            name = cells[place].words.rpartition(": ")[0]
            words = translator(language)("its passages are no longer in their documents")
            cells[place] = ShownCell("lost", "?", f"{name}: {words}")
    return Grid(table.name, table.label, "codes", rows, columns, cells)


def _heading_of(code: Code, book: Codebook, language: Language) -> str:
    """Return the label of the topmost heading that a code stands under."""
    above = [one for one in book.lineage(code)[1:] if one.heading]
    return above[-1].label.text(language) if above else ""


def _framework_grid(of: Material, table: TableName, rows: tuple[Line, ...], language: Language) -> Grid:
    name, book = table.name.partition("/")[2], of.desk.codebook
    framework = next(one for one in book.frameworks if one.id == name)
    matrix = framework_matrix(of.coded)
    columns = tuple(
        Line(item_key(name, item.id), item.label.text(language), reading_of(item_key(name, item.id), book, language))
        for item in framework.items
    )
    cells = _shown_cells(matrix.cells, rows, columns, language)
    return Grid(table.name, table.label, "framework", rows, columns, cells)


def reading_of(item: str, book: Codebook, language: Language) -> str:
    """Say which codes read in an item of a framework, as evidence and as counter-evidence."""
    _, read = translator(language), codes_read(book, item)
    labels = {
        way: ", ".join(code.label.text(language) if (code := book.code(one)) else one for one in codes)
        for way, codes in read.items()
    }
    texts = {"evidence": _("Evidence: {codes}."), "counter-evidence": _("Counter-evidence: {codes}.")}
    said = [texts[way].format(codes=codes) for way, codes in labels.items() if codes]
    return " ".join(said) or _("No code counts for this item.")


def _shown_cells(
    cells: Mapping[tuple[str, str], Cell], rows: Sequence[Line], columns: Sequence[Line], language: Language
) -> dict[tuple[str, str], ShownCell]:
    words = _Words(language)
    return {
        (row.id, column.id): words.cell(cells[row.id, column.id], f"{column.label}, {row.label}")
        for row in rows
        for column in columns
    }


class _Words:
    """The words of cells in a language, each looked up once: a table may have thousands."""

    def __init__(self, language: Language) -> None:
        _ = translator(language)
        self.language = language
        self.silent = {"not-reported": _("looked for, not reported"), "not-looked": _("not looked at")}
        self.group = _("reported only together with other cases")
        self._n: dict[tuple[str, int], str] = {}

    def n(self, kind: Literal["for", "against", "mentions"], n: int) -> str:
        if (kind, n) not in self._n:
            text = {
                "for": counted("{n} passage", "{n} passages", n, self.language),
                "against": counted("{n} passage against it", "{n} passages against it", n, self.language),
                "mentions": counted("{n} passage mentions it", "{n} passages mention it", n, self.language),
            }[kind]
            self._n[kind, n] = text.format(n=numeral(n, self.language))
        return self._n[kind, n]

    def cell(self, cell: Cell, name: str) -> ShownCell:
        mentions = len(cell.mentions)
        if cell.state in ("not-reported", "not-looked"):
            words = [self.silent[cell.state], *([self.n("mentions", mentions)] if mentions else [])]
            text = ("–" if cell.state == "not-reported" else "") + (f"({mentions})" if mentions else "")
            return ShownCell(cell.state, text, f"{name}: {', '.join(words)}", mentions=mentions)
        is_for = cell.state == "evidence"
        n = len(cell.passages) - len(cell.contrary)
        support, against = (n, len(cell.contrary)) if is_for else (len(cell.contrary), n)
        text = (str(support) if support else "") + (f"−{against}" if against else "")
        words = [self.n(kind, of) for kind, of in _sides(support, against, mentions) if of]
        words += [self.group] if cell.is_group else []
        return ShownCell(
            cell.state, text, f"{name}: {', '.join(words)}", support, against, mentions, is_group=cell.is_group
        )


def _sides(support: int, against: int, mentions: int) -> tuple[tuple[Literal["for", "against", "mentions"], int], ...]:
    return ("for", support), ("against", against), ("mentions", mentions)


def _variables(desk: Desk, table: str) -> list[Variable]:
    """Return the variables of cases or studies; notes stand with their variables, and parts of labels in these."""
    book, cases = desk.codebook, desk.present_cases
    return [
        one
        for one in book.variables
        if one.note_of is None
        and one.id not in book.case_label
        and is_of_studies(one.id, book, cases) == (table == STUDIES)
    ]


def _value_grid(of: Material, table: TableName, rows: tuple[Line, ...], language: Language) -> Grid:
    forms = {name: form.label.text(language) for form in reversed(of.desk.codebook.forms) for name in form.variables}
    variables = _variables(of.desk, table.name)
    columns = tuple(Line(one.id, one.label.text(language), band=forms.get(one.id, "")) for one in variables)
    cells = {(row.id, variable.id): _value_cell(of, row, variable, language) for row in rows for variable in variables}
    return Grid(table.name, table.label, "values", rows, columns, cells)


def _value_cell(of: Material, row: Line, variable: Variable, language: Language) -> ShownCell:
    words, name = _Words(language), f"{variable.label.text(language)}, {row.label}"
    given, own = of.given.get((row.id, variable.id), ()), of.own_value(row.id, variable.id)
    n = sum(len(of.coded.behind(one)) for one in given)
    if own is None and not given:
        return ShownCell("not-looked", "", f"{name}: {words.silent['not-looked']}")
    counts = text_of(own, language) if own is not None else str(given[0].value)
    text = value_words(variable, counts, language)
    differs = given and given[0].coder != CONSENSUS and len({one.value for one in given}) > 1
    if not differs and own is None and given[0].value == NOT_REPORTED:
        return ShownCell("not-reported", "–", f"{name}: {words.silent['not-reported']}")
    passages = f" ({words.n('for', n)})" if n else ""
    return ShownCell("differs" if differs else "evidence", text, f"{name}: {text}{passages}", n)


def value_words(variable: Variable, value: str, language: Language) -> str:
    """Return a value in words: the label of a level, a year, *not reported*."""
    if value == NOT_REPORTED:
        return translator(language)("not reported")
    return next((one.label.text(language) for one in variable.levels if one.id == value), value)


def arranged(grid: Grid, *, rows: Order = "file", columns: Order = "file", hides_empty: bool = False) -> Grid:
    """Return a table with its rows and columns in another order, and without those that nothing was found for."""

    def ordered(lines: tuple[Line, ...], order: Order, filled: Mapping[str, int]) -> tuple[Line, ...]:
        keys: dict[Order, Callable[[Line], object]] = {
            "file": lambda _one: 0,
            "label": lambda one: one.label.casefold(),
            "number": lambda one: -filled[one.id],
        }
        return tuple(sorted(lines, key=keys[order]))  # type: ignore[arg-type]

    full = {place for place, cell in grid.cells.items() if not cell.is_empty}
    shown_rows, shown_columns = grid.rows, grid.columns
    if hides_empty:
        shown_rows = tuple(one for one in grid.rows if any((one.id, other) in full for other in ids_of(grid.columns)))
        shown_columns = tuple(one for one in grid.columns if any((row, one.id) in full for row in ids_of(grid.rows)))
    shown_columns = ordered(shown_columns, columns, grid.filled_columns)
    if columns != "file":
        shown_columns = tuple(replace(one, band="") for one in shown_columns)
    return replace(grid, rows=ordered(shown_rows, rows, grid.filled), columns=shown_columns)


# Files


def table_file(of: Material, grid: Grid, form: Literal["xlsx", "csv"], language: Language) -> bytes:
    """Return a table as a file, as a build writes it: a workbook with all quotations, or CSV with a row for each pair.

    Raises
    ------
    BenangError
        Where the exports of the review can't be read, whose records the studies are named by.
    """
    if grid.is_of_studies:
        return _studies_file(of, grid, form, language)
    findings = _findings(of)
    name = "frameworks" if grid.kind == "framework" else grid.name.partition("/")[2]
    if form == "csv":
        return cases_csv(findings, language) if grid.kind == "values" else matrix_csv(findings, name)
    wording = Wording(findings, language)
    return _workbook(case_sheets(wording) if grid.kind == "values" else matrix_sheets(name, wording))


def _studies_file(of: Material, grid: Grid, form: Literal["xlsx", "csv"], language: Language) -> bytes:
    """Return the values of appraised studies: levels by their ids for programs, in words for readers."""
    _ = translator(language)
    silent = {"not-reported": _("not reported"), "not-looked": _("not looked for"), "differs": _("coders differ")}

    def said(study: str, item: str, cell: ShownCell) -> str:
        if form == "xlsx":
            return silent.get(cell.state, cell.text)
        return str(given_to(study, item, of.coded)) if cell.state == "evidence" else cell.state

    rows = [(row, [said(row.id, name, cell) for name, cell in cells]) for row, cells in grid.lines]
    if form == "csv":
        lines = [(row.id, row.label, *values) for row, values in rows]
        return csv_text(("study", "label", *ids_of(grid.columns)), lines).encode()
    columns = [SheetColumn(_("Study"), 34), *(SheetColumn(one.label, 22) for one in grid.columns)]
    table = [SheetRow((row.label, *values, row.id)) for row, values in rows]
    return _workbook((Sheet(grid.label, (*columns, SheetColumn(_("Id"), 24)), table),))


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        write_sheets(sheets, path)
        return read_bytes(path)


def _findings(of: Material) -> Findings:
    """Count what tables print; no claim is checked, and what is in conflict stops nothing."""
    coded, works = of.coded, of.desk.sources.works
    book = coded.codebook
    numbers = {one.id: one for one in (*codebook_numbers(coded), *case_numbers(coded))}
    return Findings(
        corpus=works,
        coded=coded,
        evidence=Evidence(numbers, coded.passages),
        code_tables={group.id: code_table(coded, group.id, numbers) for group in book.groups},
        printed_tables={},
        case_rows=tuple(case_row(coded, case, numbers) for case in coded.cases.cases),
        matrices=matrices_of(coded),
    )
