"""The corpus in figures as data: one long table as CSV, or a workbook with a sheet for each indicator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from benang.files import replacing, write_text
from benang.indicators.described import Description
from benang.indicators.indicator import Indicator, ItemRow
from benang.locale import Language
from benang.records.user_tables import csv_text, joined, neutral
from benang.report.describing import absence, notes
from benang.report.describing_words import Described
from benang.report.references import reference_list
from benang.report.texts import Texts
from benang.writers.excel import MOST_CHARACTERS, MOST_ROWS, new_workbook

COLUMNS = ("indicator", "item", "measure", "value", "unit", "records")
_WIDE, _NARROW, _RECORDS = 44, 12, 60


def _described(description: Description, language: Language) -> Described:
    texts = Texts(language)
    return Described(texts, {one.key: one.cited for one in reference_list(description.corpus.records, texts)})


def description_rows(description: Description, language: Language) -> Iterator[tuple[object, ...]]:
    """Give every number as a row: indicator, item, measure, value, unit, and the keys of its records.

    Indicators and measures have the names that stand in the ids of numbers; items are called as in the records, and
    those that every corpus has in the language. What a corpus lacks has a row with the measure `lacking`.
    """
    words = _described(description, language)
    for indicator in description.indicators.values():
        for row in indicator.rows:
            name = words.row(indicator, row)
            for measure, number in row.numbers.items():
                yield indicator.name, name, measure, number.value, number.unit, joined(number.of)
        for field in indicator.lacking:
            yield indicator.name, field, "lacking", None, "", ""


def write_description_csv(description: Description, path: Path, *, language: Language = "en") -> None:
    """Write all numbers as one long CSV table, in UTF-8 with a byte order mark, by which Excel knows it."""
    write_text(path, "\ufeff" + csv_text(COLUMNS, description_rows(description, language)))


def write_description_excel(description: Description, path: Path, *, language: Language = "en") -> list[str]:
    """Write a workbook: a sheet for each indicator, a row a thing, a column a measure, and the keys of its records.

    Returns
    -------
    list
        What had to be left out, since a sheet or a cell of Excel holds no more.
    """
    words = _described(description, language)
    cut: list[str] = []
    said: list[str] = []
    with replacing(path) as (temporary,), new_workbook(temporary) as book:
        formats = {unit: book.add_format({"num_format": form}) for unit, form in _FORMATS.items()}
        bold = book.add_format({"bold": True, "bottom": 1})
        for indicator in description.indicators.values():
            sheet = book.add_worksheet(words.title(indicator.name)[:31].replace("'", "’"))
            n_cut, n_left = _fill(sheet, indicator, description, words, formats, bold)
            if n_cut:
                cut.append(words.title(indicator.name))
            if n_left:
                said.append(f"{words.title(indicator.name)}: {n_left:,} rows are left out, for a sheet holds no more.")
    if cut:
        names = "; ".join(cut)
        said.append(f"Some rows have more records than a cell of Excel holds, and name the first of them: {names}.")
    return [*said, "A file that ends with .csv holds them all."] if said else []


_FORMATS = {"share": "0.0%", "year": "0", "": "General", "two": "#,##0.00", "whole": "#,##0"}


def _fill(
    sheet: Worksheet,
    indicator: Indicator,
    description: Description,
    words: Described,
    formats: dict[str, Format],
    bold: Format,
) -> tuple[int, int]:
    """Fill one sheet: the headings, the rows, and below them what has to be said.

    Give the number of rows whose records are too many for a cell, and of rows that are too many for the sheet.
    """
    heads = [words.title(indicator.name), *(words.measure(one) for one in indicator.measures), "records"]
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, len(indicator.measures), _NARROW)
    sheet.set_column(len(heads) - 1, len(heads) - 1, _RECORDS)
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
    room = MOST_ROWS - 40
    cut = 0
    for at, row in enumerate(indicator.rows[:room], 1):
        sheet.write_string(at, 0, neutral(words.row(indicator, row))[:MOST_CHARACTERS])
        for column, measure in enumerate(indicator.measures, 1):
            number = row.numbers.get(measure)
            if number:
                whole = "whole" if isinstance(number.value, int) else "two"
                form = formats.get(number.unit) or formats[whole]
                sheet.write_number(at, column, number.value, form)
        keys, is_cut = _keys(row)
        cut += is_cut
        sheet.write_string(at, len(heads) - 1, keys)
    below = min(len(indicator.rows), room) + 2
    told = [absence(indicator, description, words.texts)] if not indicator.rows else notes(indicator, words.texts)
    for at, note in enumerate(told):
        sheet.write_string(below + at, 0, note)
    return cut, max(0, len(indicator.rows) - room)


def _keys(row: ItemRow) -> tuple[str, bool]:
    """Return the keys of the records behind a row in one cell, and whether some had to be left out.

    They are all records that any of its numbers rests on.
    """
    keys = sorted({key for number in row.numbers.values() for key in number.of})
    text = joined(keys)
    if len(text.encode("utf-16-le")) // 2 < MOST_CHARACTERS:
        return neutral(text), False
    held: list[str] = []
    room = MOST_CHARACTERS - 30
    for at, key in enumerate(keys):
        room -= len(joined([key]).encode("utf-16-le")) // 2 + 2
        if room < 0:
            return neutral(joined(held)) + f"; … (+{len(keys) - at:,})", True
        held.append(key)
    return neutral(joined(held)), False
