"""The corpus in figures as files: one long table as CSV, a workbook with a sheet an indicator, and its figures.

A codebook is a workbook as well: a row a code, for the appendix of a thesis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from matplotlib.figure import Figure
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from benang.coding.codebook import Code, Group
from benang.coding.labels import code_label, code_tree
from benang.figures.indicator_figures import plot_bradford, plot_lotka, plot_output
from benang.figures.indicator_rows import plot_countries, plot_keyword_years
from benang.figures.saving import figure_bytes
from benang.files import replacing, write_text
from benang.indicators import Description
from benang.indicators.authors import lotka_fit
from benang.indicators.indicator import Indicator, ItemRow
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.looks.appearance import cut_label
from benang.records.user_tables import csv_text, joined, neutral
from benang.report.content import FigureContent
from benang.report.describing import absence, notes
from benang.report.describing_words import Described, country_name, written
from benang.report.inline import Texts
from benang.report.references import reference_list
from benang.report.separate_reports import CodebookContent
from benang.safe_files import UNLINK, check_within
from benang.writers.spreadsheets import (
    MOST_CHARACTERS,
    MOST_ROWS,
    Sheet,
    SheetColumn,
    SheetRow,
    new_workbook,
    write_sheets,
)

CODE_COLUMNS = (16, 20, 28, 18, 50, 40, 40, 50, 24, 10, 10)
"""Widths of the columns of a codebook, in letters."""
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
        What had to be left out, because sheets and cells of Excel are limited; in the language.
    """
    _, words = translator(language), _described(description, language)
    cut: list[str] = []
    left_out: list[str] = []
    with replacing(path) as (temporary,), new_workbook(temporary) as book:
        formats = {unit: book.add_format({"num_format": form}) for unit, form in _FORMATS.items()}
        bold = book.add_format({"bold": True, "bottom": 1})
        for indicator in description.indicators.values():
            sheet = book.add_worksheet(words.title(indicator.name)[:31].replace("'", "’"))
            n_cut, n_left = _fill(sheet, indicator, description, words, formats, bold)
            if n_cut:
                cut.append(words.title(indicator.name))
            if n_left:
                text = _("{table}: {n} rows left out, because a sheet has no more room.")
                left_out.append(text.format(table=words.title(indicator.name), n=numeral(n_left, language)))
    if cut:
        text = _("Some rows have more records than an Excel cell can contain, and name only the first ones: {tables}.")
        left_out.append(text.format(tables="; ".join(cut)))
    return [*left_out, _("A .csv file contains them all.")] if left_out else []


def write_codebook_excel(content: CodebookContent, path: Path, *, language: Language = "en") -> None:
    """Write a codebook as a workbook: a row a code, with its rules, an example, and how many passages and cases."""
    texts = Texts(language)
    _ = texts.gettext
    titles = (
        _("Group"), _("Heading"), _("Code"), _("Id"), _("Definition"), _("Include"), _("Exclude"), _("Example"),
        _("Source of the example"), _("Passages"), _("Cases"),
    )  # fmt: skip
    columns = [SheetColumn(title, width) for title, width in zip(titles, CODE_COLUMNS, strict=True)]
    rows = [_code_row(code, content, texts) for group in content.groups for code in _in_order(content, group)]
    with replacing(path) as (temporary,):
        write_sheets([Sheet(_("Codebook"), columns, rows, n_fixed=3)], temporary)


def _in_order(content: CodebookContent, group: Group) -> Iterator[Code]:
    """Give the codes of a group, each below its heading."""
    waiting = list(code_tree(content.codebook, group.id))[::-1]
    while waiting:
        branch = waiting.pop()
        waiting += branch.under[::-1]
        yield branch.code


def _code_row(code: Code, content: CodebookContent, texts: Texts) -> SheetRow:
    codebook = content.codebook
    group = codebook.group(code.group)
    above = [texts.label(one.label) for one in codebook.lineage(code)[:0:-1]]
    quote, source = content.example(code)
    counts = (content.passages.get(code.id, 0), content.cases.get(code.id, 0))
    values = (
        texts.label(group.label) if group else code.group, " › ".join(above), code_label(code, texts.language), code.id,
        code.definition, code.include, code.exclude, quote, source, *((None, None) if code.heading else counts),
    )  # fmt: skip
    return SheetRow(values, is_strong=code.heading)


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
    remarks = [absence(indicator, description, words.texts)] if not indicator.rows else notes(indicator, words.texts)
    for at, note in enumerate(remarks):
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
    shown: list[str] = []
    room = MOST_CHARACTERS - 30
    for at, key in enumerate(keys):
        room -= len(joined([key]).encode("utf-16-le")) // 2 + 2
        if room < 0:
            return neutral(joined(shown)) + f"; … (+{len(keys) - at:,})", True
        shown.append(key)
    return neutral(joined(shown)), False


_SPOKEN = 80
"""Letters of a label that are read aloud; the table has it whole."""

Drawn = tuple[str, Figure, str, str]
"""Name, figure, caption, and what it shows in words."""


def corpus_figures(description: Description, language: Language) -> tuple[FigureContent, ...]:
    """Draw the figures that the corpus has something for.

    Their names: `corpus-years`, `corpus-bradford`, `corpus-lotka`, `corpus-countries`, `corpus-keywords`.
    """
    return tuple(
        FigureContent(name, figure_bytes(figure, ".svg").decode("utf-8"), None, caption, alt)
        for name, figure, caption, alt in drawn_figures(description, language)
    )


def corpus_pictures(description: Description, language: Language) -> dict[str, bytes]:
    """Draw the same figures as PNG, by their names: Word takes no SVG."""
    drawn = drawn_figures(description, language)
    return {name: figure_bytes(figure, ".png") for name, figure, _caption, _alt in drawn}


def corpus_figure_files(description: Description, language: Language, path: Path) -> dict[Path, bytes]:
    """Return each figure by the file it goes into: `out.png` becomes `out-years.png`, `out-bradford.png`, and so on."""
    files = {
        path.with_name(f"{path.stem}-{name.removeprefix('corpus-')}{path.suffix}"): figure_bytes(
            figure, path.suffix, where=str(path)
        )
        for name, figure, _caption, _alt in drawn_figures(description, language)
    }
    check_within(path.parent, files, way_on=UNLINK)
    return files


def drawn_figures(description: Description, language: Language) -> Iterator[Drawn]:
    """Draw one figure after the other."""
    makers: tuple[Callable[[Description, Texts], Drawn | None], ...] = (
        _years,
        _bradford,
        _lotka,
        _countries,
        _keywords,
    )
    for make in makers:
        figure = make(description, Texts(language))
        if figure:
            yield figure


def _years(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    years, growth = description.indicators["years"], description.indicators["growth"]
    if not years.rows:
        return None
    last = next((int(row.numbers["value"].value) for row in growth.rows if row.item == "last"), None)
    most = max(years.rows, key=lambda row: row.numbers["records"].value)
    alt = _("Bar chart of records from %(first)s to %(last)s; most in %(year)s: %(n)s.") % {
        "first": years.rows[0].item,
        "last": years.rows[-1].item,
        "year": most.item,
        "n": written(most.numbers["records"], texts),
    }
    has_means = "mean" in years.measures
    caption = (
        _("Records by year of publication, and citations per record.")
        if has_means
        else _("Records by year of publication.")
    )
    return "corpus-years", plot_output(years, last_full=last, language=texts.language), caption, alt


def _bradford(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    zones = description.indicators["bradford"]
    if not zones.rows:
        return None
    listing = "; ".join(
        _("zone %(zone)s: %(sources)s sources with %(records)s records")
        % {
            "zone": at,
            "sources": written(row.numbers["sources"], texts),
            "records": written(row.numbers["records"], texts),
        }
        for at, row in enumerate(zones.rows[:3], 1)
    )
    caption = _("Bradford's curve: cumulative records of the most productive sources, with the three zones.")
    alt = _("Rising curve in three zones. %(zones)s.") % {"zones": listing}
    return "corpus-bradford", plot_bradford(description.source_counts, language=texts.language), caption, alt


def _lotka(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    rows = description.indicators["lotka"].rows
    if len(rows) < 2:
        return None
    counts = {int(row.item): int(row.numbers["authors"].value) for row in rows}
    fit = lotka_fit(counts)
    caption = _("Author productivity: authors by number of records, and Lotka's law fitted to them.")
    alt = _("Points from %(first)s authors with %(least)s record to %(last)s with %(most)s.") % {
        "first": texts.numeral(counts[min(counts)]),
        "least": texts.numeral(min(counts)),
        "last": texts.numeral(counts[max(counts)]),
        "most": texts.numeral(max(counts)),
    }
    return "corpus-lotka", plot_lotka(counts, fit, language=texts.language), caption, alt


def _countries(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    countries = description.indicators["countries"]
    if not countries.rows:
        return None
    names = {row.item: country_name(row.item, texts.language) for row in countries.rows}
    shares = "; ".join(
        f"{names[row.item]} {written(row.numbers['records'], texts)}, {written(row.numbers['multiple-share'], texts)}"
        for row in countries.rows[:5]
    )
    caption = _("Records by country: single-country (SCP) and multiple-country publications (MCP).")
    alt = _(
        "Bar chart of countries by records. The first ones, with the share written with other countries: %(countries)s."
    ) % {"countries": shares}
    return "corpus-countries", plot_countries(countries, language=texts.language, names=names), caption, alt


def _keywords(description: Description, texts: Texts) -> Drawn | None:
    _ = texts.gettext
    years = description.indicators["keyword-years"]
    if not years.rows:
        return None
    kind = "author-keywords" if description.indicators["author-keywords"].rows else "index-keywords"
    trends = description.indicators[kind]
    words = Described(texts, {})
    caption = _("%(kind)s by year, the most frequent first.") % {"kind": words.title(kind)}
    alt = _("Heat map of keywords by year. Most frequent: %(keywords)s.") % {
        "keywords": "; ".join(cut_label(row.label, _SPOKEN) for row in years.rows[:5])
    }
    return "corpus-keywords", plot_keyword_years(years, trends, language=texts.language), caption, alt
