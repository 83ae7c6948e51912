"""Forms as spreadsheets: a row a case or study, a column a variable with its levels to choose, beside it its quote.

Whatever writes such a sheet, `read_filled` reads it again: headers are labels of variables in either language, or
their ids, and columns that are none of these are left alone. Coders of a form are compared value by value with their
quotes, and what they differ in makes a sheet to decide in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.utility import xl_range_abs

from benang.coding.cases import Given, Subject, are_studies, given_values, subjects
from benang.coding.codebook import Form, Variable
from benang.errors import BenangError, Problem, nearest
from benang.files import read_bytes, replacing, write_text
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Value
from benang.locale import LANGUAGES, Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import csv_text, plain, read_user_table
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, check_new, check_outputs, in_shell
from benang.tasks.coding.form_values import folded
from benang.writers.spreadsheets import MOST_CHARACTERS, new_workbook

PARTED = " || "
"""Stands between several quotes in one cell."""
_BOM = "\ufeff"  # by which Excel knows UTF-8
_ROW_HEADERS = ("case", "study", "record", "article", "kasus", "penelitian", "studi", "rekaman", "artikel")
_WIDE, _NARROW = 42, 18
_CHOICES = "(levels)"  # no id of a form has brackets


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet, the first row its headers; `choices` are the words that a column may have, by its place."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    choices: dict[int, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class SheetRequest:
    """A form of a review to be written as a sheet: empty, or with what `coder` has given; the `first` rows or all."""

    folder: Path
    form: str
    output: Path
    coder: str | None = None
    first: int | None = None
    language: Language = "en"


@dataclass(frozen=True)
class WrittenSheet:
    """The sheet that was written."""

    sheet: Sheet
    account: Account


def write_form(request: SheetRequest, *, progress: Progress = silent) -> WrittenSheet:
    """Write a form as a sheet to fill in.

    Raises
    ------
    BenangError
        For a review that can't be read, a form that it does not have, no case or study, and a file that can't be
        written or is there.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    check_outputs([request.output], desk.folder.files)
    check_new(request.output)
    form = form_named(request.form, desk)
    rows = subjects(form, desk.present_cases)
    if not rows:
        way_on = "Put the papers into the folder 'papers' and run `benang documents FOLDER`, or write cases.toml."
        raise BenangError(Problem("there is no case or study to fill in the form for", way_on=way_on))
    given = given_values(form, desk.judgements, desk.codebook, desk.present_cases)
    sheet = form_sheet(form, rows[: request.first], desk, request.language, given, request.coder)
    write_sheet(request.output, sheet)
    _, n = translator(request.language), numeral(len(sheet.rows) - 1, request.language, 0)
    text = _("{rows} rows and {variables} variables. Fill them in, then: benang form import {file} --review {folder}")
    file, folder = in_shell(request.output), in_shell(request.folder)
    sentence = text.format(rows=n, variables=len(form.variables), file=file, folder=folder)
    return WrittenSheet(sheet, Account(notes=(Note(sentence),), files=(request.output,)))


def form_named(word: str, desk: Desk) -> Form:
    """Return a form of the codebook by its id or label.

    Raises
    ------
    BenangError
        Where there is none, with the nearest.
    """
    forms = desk.codebook.forms
    labelled = (one for one in forms if folded(word) in (folded(one.label.en), folded(one.label.text("id"))))
    form = desk.codebook.form(word) or next(labelled, None)
    if form is None:
        way_on = nearest(word, [one.id for one in forms]) or "Add a form: `benang form new FOLDER TEMPLATE`."
        raise BenangError(
            Problem(worded("'{word}' is not a form in codebook.toml", word=word), where="form", way_on=way_on)
        )
    return form


def form_sheet(
    form: Form, rows: Sequence[Subject], desk: Desk, language: Language, given: Given, coder: str | None
) -> Sheet:
    """Lay out a form for some cases or studies, with what a coder has given; empty cells where no coder is named."""
    variables = variables_of(form, desk)
    _ = translator(language)
    header = [_("Case") if form.kind == "extraction" or are_studies(desk.present_cases) else _("Study"), _("Label")]
    choices: dict[int, tuple[str, ...]] = {}
    for variable in variables:
        choices[len(header)] = choices_of(variable, language)
        header += [header_of(variable, desk, language), quote_header(variable, desk, language)]
    labels = {one.id: label_of(one, desk, language) for one in rows}
    cells = [
        (
            one.id,
            labels[one.id],
            *(
                cell
                for variable in variables
                for cell in filled(given.get((one.id, variable.id), {}).get(coder or ""), variable, language)
            ),
        )
        for one in rows
    ]
    return Sheet(form.id, (tuple(header), *cells), choices)


def variables_of(form: Form, desk: Desk) -> list[Variable]:
    """Return the variables of a form in its order."""
    return [variable for name in form.variables if (variable := desk.codebook.variable(name))]


def label_of(subject: Subject, desk: Desk, language: Language) -> str:
    """Return what a case is called, or a study by its authors and year where its documents tell them."""
    case = desk.present_cases.by_id.get(subject.id)
    if case:
        return case.name(language)
    paper = next((one.paper for one in desk.documents.values() if one.record == subject.id and one.paper.is_told), None)
    author = paper.author.partition(",")[0] if paper else ""
    return f"{author} {paper.year}" if paper and author and paper.year else subject.id


def choices_of(variable: Variable, language: Language) -> tuple[str, ...]:
    """Return the words that a cell of a variable may have: its levels, and that it is not reported."""
    if not variable.levels:
        return ()
    return (*(level.label.text(language) for level in variable.levels), translator(language)("not reported"))


def filled(value: Value | None, variable: Variable, language: Language) -> tuple[str, str]:
    """Return the two cells of a value, as a person would fill them in; empty ones for none."""
    if value is None:
        return "", ""
    levels = {level.id: level.label.text(language) for level in variable.levels}
    entry = translator(language)("not reported") if value.value == NOT_REPORTED else str(value.value)
    return levels.get(entry, entry), PARTED.join(" ".join(one.quote.split()) for one in value.passages)


def header_of(variable: Variable, desk: Desk, language: Language) -> str:
    """Return the header of a variable: its label, with its id where another variable has the same label."""
    label = variable.label.text(language)
    same = [one for one in desk.codebook.variables if folded(one.label.text(language)) == folded(label)]
    return label if len(same) == 1 else f"{label} ({variable.id})"


def quote_header(variable: Variable, desk: Desk, language: Language) -> str:
    """Return the header of the column for a variable's quotes."""
    return _quote_of(header_of(variable, desk, language), language)


def _quote_of(name: str, language: Language) -> str:
    _ = translator(language)
    return _("Quote: {variable}").format(variable=name)


def write_sheet(path: Path, sheet: Sheet) -> None:
    """Write a sheet as .csv, or as .xlsx with drop-downs for the columns that have choices.

    The choices stand on a hidden second sheet, for a list within a rule ends after 255 characters.
    """
    if path.suffix.lower() == ".csv":
        write_text(path, _BOM + csv_text(sheet.rows[0], sheet.rows[1:]))
        return
    with replacing(path) as (temporary,), new_workbook(temporary) as book:
        page, hidden = book.add_worksheet(sheet.name[:31]), book.add_worksheet(_CHOICES)
        hidden.hide()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        page.freeze_panes(1, 2)
        for at, header in enumerate(sheet.rows[0]):
            page.set_column(at, at, _NARROW if at < 2 or at in sheet.choices else _WIDE, text)
            page.write_string(0, at, header, bold)
        for row, cells in enumerate(sheet.rows[1:], 1):
            for at, cell in enumerate(cells):
                if cell:
                    page.write_string(row, at, cell[:MOST_CHARACTERS], text)
        for at, words in sheet.choices.items():
            hidden.write_column(0, at, words)
            if words:
                place = f"='{_CHOICES}'!{xl_range_abs(0, at, len(words) - 1, at)}"
                rule = {"validate": "list", "source": place, "ignore_blank": True}
                page.data_validation(1, at, max(len(sheet.rows) - 1, 1), at, rule)


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A value as written in a sheet: its row (from 0 below the headers), whom it is about, and what was written."""

    row: int
    subject: str
    variable: str
    value: str
    quotes: tuple[str, ...]


def read_rows(path: Path) -> list[list[str]]:
    """Read the cells of a sheet: of a workbook the first sheet that holds something, of a CSV file all."""
    if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        sheets = sheets_apart(read_bytes(path), where=str(path))
        return next(([list(map(plain, row)) for row in rows] for _, rows in sheets if any(map(any, rows))), [])
    table = read_user_table(path, way_on=worded("Close the quotation mark, or leave it out."))
    return [cells for _, cells in table.rows]


def read_filled(path: Path, rows: Sequence[Sequence[str]], desk: Desk) -> list[FilledCell]:
    """Find the values in the rows of a sheet, in the order of rows and columns.

    An empty cell is none, unless there is a quote beside it: somebody forgot the one or the other then.

    Raises
    ------
    BenangError
        Where the first row has no column for cases or studies, none for a variable of the codebook, or two for one.
    """
    header = list(rows[0]) if rows else []
    keyed = next((at for at, cell in enumerate(header) if folded(cell) in _ROW_HEADERS), None)
    columns = list(_columns(header, desk))
    if keyed is None or not columns:
        fault = (
            worded("the headers {names}", names=", ".join(filter(None, header))) if any(header) else "an empty sheet"
        )
        expected = "a column 'Case' or 'Study' (kasus, penelitian), and columns with labels or ids of variables"
        raise BenangError(
            Problem(fault, where=str(path), expected=expected, way_on="`benang form sheet` writes such a sheet.")
        )
    twice = [name for at, (name, _, _) in enumerate(columns) if any(name == one for one, _, _ in columns[:at])]
    if twice:
        raise BenangError(
            Problem(
                worded("two columns for '{variable}'", variable=twice[0]),
                where=str(path),
                way_on="Leave one of them out.",
            )
        )
    return [
        FilledCell(number, _cell(row, keyed), variable, value, _quotes(_cell(row, quote)))
        for number, row in enumerate(rows[1:])
        for variable, at, quote in columns
        if (value := _cell(row, at)) or _cell(row, quote)
    ]


def _columns(header: Sequence[str], desk: Desk) -> Iterator[tuple[str, int, int | None]]:
    """Find the columns of variables, each with that of its quotes."""
    places = {folded(cell): at for at, cell in reversed(list(enumerate(header))) if cell.strip()}
    for variable in desk.codebook.variables:
        words = {folded(header_of(variable, desk, language)) for language in LANGUAGES} | {folded(variable.id)}
        quotes = {folded(_quote_of(word, language)) for language in LANGUAGES for word in words}
        quote = next((at for cell, at in places.items() if cell in quotes), None)
        for at, cell in enumerate(header):
            if folded(cell) in words:
                yield variable.id, at, quote


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _quotes(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in cell.split(PARTED.strip()))))


@dataclass(frozen=True, kw_only=True)
class CompareRequest:
    """A form whose values by several coders are compared; what is still to decide, if any, goes into `output`."""

    folder: Path
    form: str
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Difference:
    """A value in which coders differ, by coder; `decided` is what `consensus` says, where it has."""

    subject: str
    variable: str
    values: tuple[Value, ...]
    decided: Value | None


@dataclass(frozen=True)
class Compared:
    """How many values several coders gave, in how many they agree, and where they differ."""

    n_compared: int
    n_agreed: int
    differences: tuple[Difference, ...]
    account: Account

    @property
    def share(self) -> float | None:
        """The share of the compared values in which all coders agree; None where nothing was coded twice."""
        return self.n_agreed / self.n_compared if self.n_compared else None


def compare_form(request: CompareRequest, *, progress: Progress = silent) -> Compared:
    """Compare what coders gave in a form; the coder `consensus` decides and is not compared.

    Raises
    ------
    BenangError
        For a review that can't be read, a form that it does not have, and a file that can't be written or is there.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    if request.output:
        check_outputs([request.output], desk.folder.files)
    form = form_named(request.form, desk)
    given = given_values(form, desk.judgements, desk.codebook, desk.present_cases)
    rows = subjects(form, desk.present_cases)
    pairs = [(one.id, name) for one in rows for name in form.variables]
    twice = [pair for pair in pairs if len(given.get(pair, {}).keys() - {CONSENSUS}) > 1]
    differences = tuple(_difference(pair, given) for pair in twice if differing(given[pair]))
    waiting = [one for one in differences if one.decided is None]
    if request.output and waiting:
        check_new(request.output)
        write_sheet(request.output, _to_decide(form, rows, waiting, desk, request.language))
    account = _account(len(twice), differences, desk, request)
    return Compared(len(twice), len(twice) - len(differences), differences, account)


def differing(values: Mapping[str, Value]) -> bool:
    """Tell whether coders differ in a value; what the coder `consensus` says is no word of its own."""
    return len({value.value for coder, value in values.items() if coder != CONSENSUS}) > 1


def _difference(pair: tuple[str, str], given: Given) -> Difference:
    by_coder = given[pair]
    values = tuple(by_coder[coder] for coder in sorted(by_coder) if coder != CONSENSUS)
    return Difference(*pair, values, by_coder.get(CONSENSUS))


def _to_decide(
    form: Form, rows: Sequence[Subject], waiting: Sequence[Difference], desk: Desk, language: Language
) -> Sheet:
    """Lay out what is not decided: the form's own columns to fill in, and behind them what each coder said."""
    _ = translator(language)
    about, names = {one.subject for one in waiting}, {one.variable for one in waiting}
    asked = form.model_copy(update={"variables": tuple(name for name in form.variables if name in names)})
    sheet = form_sheet(asked, [one for one in rows if one.id in about], desk, language, {}, None)
    coders = sorted({value.coder for one in waiting for value in one.values})
    by_place = {(one.subject, one.variable, value.coder): value for one in waiting for value in one.values}
    header, *cells = map(list, sheet.rows)
    for variable in variables_of(asked, desk):
        for coder in coders:
            label = header_of(variable, desk, language)
            header += [f"{label}: {coder}", _("{variable}: quotes of {coder}").format(variable=label, coder=coder)]
            for row in cells:
                row += filled(by_place.get((row[0], variable.id, coder)), variable, language)
    return Sheet(sheet.name, tuple(map(tuple, (header, *cells))), sheet.choices)


def _account(n_compared: int, differences: Sequence[Difference], desk: Desk, request: CompareRequest) -> Account:
    _, language = translator(request.language), request.language
    n_agreed = n_compared - len(differences)
    if not n_compared:
        return Account(notes=(Note(_("No value was given by two coders.")),))
    text = _("Values given by at least two coders: {n}. They agree on {agreed} ({share} %).")
    share = numeral(100 * n_agreed / n_compared, language, 0)
    sentence = text.format(n=numeral(n_compared, language, 0), agreed=numeral(n_agreed, language, 0), share=share)
    waiting = sum(one.decided is None for one in differences)
    files = (request.output,) if request.output and waiting else ()
    notes = [Note(sentence), *_differences(differences, desk, language)]
    if waiting and request.output:
        way_on = _("To decide: {n}. Fill in, then: benang form import {file} --review {folder} --coder {coder}")
        words = {"file": in_shell(request.output), "folder": in_shell(request.folder), "coder": CONSENSUS}
        notes.append(Note(way_on.format(n=numeral(waiting, language, 0), **words)))
    elif waiting:
        way_on = _("To decide: {n}. Write them into a sheet with -o differences.xlsx.")
        notes.append(Note(way_on.format(n=numeral(waiting, language, 0))))
    elif request.output:
        notes.append(Note(_("Nothing is left to decide, so no sheet was written.")))
    return Account(notes=tuple(notes), files=files)


def _differences(differences: Sequence[Difference], desk: Desk, language: Language) -> Iterator[Note]:
    """Say each difference, with the values and quotes of the coders below one another."""
    _ = translator(language)
    for one in differences:
        variable = desk.codebook.variable(one.variable)
        assert variable is not None  # noqa: S101 - forms are checked
        remarks = [f"{value.coder}: {_with_quotes(value, variable, language)}" for value in one.values]
        if one.decided:
            remarks.append(_("decided: {value}").format(value=filled(one.decided, variable, language)[0]))
        yield Note(f"{one.subject}, {variable.label.text(language)}", tuple(remarks))


def _with_quotes(value: Value, variable: Variable, language: Language) -> str:
    text, quotes = filled(value, variable, language)
    return f"{text}: “{quotes}”" if quotes else text
