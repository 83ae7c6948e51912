"""The corpus of a review in figures, as pages show it: parts with tables whose numbers open, figures, files to keep."""

from __future__ import annotations

import colorsys
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.errors import BenangError, Problem
from benang.evidence import Evidence, Number, Operand, Rule
from benang.indicators import Description, describe, shortened
from benang.indicators.indicator import Indicator
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.project.folder import open_folder
from benang.records.corpus import Corpus
from benang.report import Paragraph, Section, Table
from benang.report.describing import FIGURES, corpus_section, indicator_table
from benang.report.describing_words import Described, rule_in_words
from benang.report.inline import Inline, NumberReference, Texts, plain
from benang.report.references import reference_list
from benang.review.load import review_thesaurus
from benang.review.plan_reading import read_plan
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording
from benang.tasks.cleaning import used_corpus

SHOWN = 10
"""Rows of a table at first: as many as the report has."""
MOST = 500
"""Rows of a table that a page can show; a file has them all."""
_COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)
_PAPER, _INK = (0x1A, 0x18, 0x16), (0xEC, 0xE7, 0xE0)
"""The ground and the letters of dark pages."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as it is written; a number opens by its `id`, and `description` says so."""

    text: str
    id: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class TableShown:
    """A table: its name in addresses, its columns with whether they have numbers, its first rows.

    `n` counts all rows that there are, `available` those that a page can show.
    """

    name: str
    title: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]
    n: int
    available: int

    @property
    def is_cut(self) -> bool:
        """Whether a page can show more rows than these."""
        return self.available > len(self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the description: why something is missing, the names of its figures, its tables."""

    name: str
    title: str
    absences: tuple[str, ...]
    figures: tuple[str, ...]
    tables: tuple[TableShown, ...]


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record behind a number."""

    key: str
    cited: str
    title: str
    source: str
    year: int | None
    citations: int | None
    doi: str


@dataclass(frozen=True, slots=True)
class OpenedNumber:
    """A number with what it is of, how it is made where it is no count, and the records that it rests on."""

    id: str
    title: str
    amount: str
    how: str
    records: tuple[OpenedRecord, ...]


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure for light and for dark pages, as SVG, with its caption and what it shows in words."""

    name: str
    svg: str
    dark_svg: str
    caption: str
    alt: str


@dataclass(frozen=True)
class DescribedCorpus:
    """A description with its words in one language, which opening a number again and again needs."""

    description: Description
    language: Language

    @cached_property
    def words(self) -> Described:
        """The words, and how each record is cited."""
        texts = Texts(self.language)
        return Described(texts, {one.key: one.cited for one in reference_list(self.description.corpus.records, texts)})


def review_description(
    folder: Path, *, corpus: Corpus | None = None, top: int = MOST, progress: Progress = silent
) -> Description:
    """Count what the corpus of a review is in figures, as its report does; `corpus` if the works that count are known.

    Raises
    ------
    BenangError
        For a review that can't be read.
    """
    progress("Reading the review", 0.0)
    works = corpus or used_corpus(folder)
    progress("Counting", 0.4)
    review = open_folder(folder)
    thesaurus = review_thesaurus(review, read_plan(review))
    return describe(works, top=top, thesaurus=thesaurus.joining if thesaurus else None)


def describe_apart(folder: Path, *, progress: Progress = silent) -> Description:
    """Count as `review_description` does, in a process of its own: for a corpus that takes long."""
    return review_description(folder, progress=progress)


def description_parts(corpus: DescribedCorpus) -> tuple[Part, ...]:
    """Return the parts of a description with the first rows of each table.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> about = describe(corpus_of([Record("a", year=2019, authors=("Sari, D.",)), Record("b", year=2020)]))
    >>> overview = description_parts(DescribedCorpus(about, "en"))[0]
    >>> overview.title, [(row[0].text, row[1].text, row[1].id) for row in overview.tables[0].rows][:1]
    ('The corpus at a glance', [('Records', '2', 'corpus/overview/records/value')])
    """
    short = shortened(corpus.description, SHOWN)
    section = corpus_section(short, corpus.language, cited=corpus.words.cited)
    return tuple(_part(one, corpus.description) for one in section.parts)


def whole_table(corpus: DescribedCorpus, name: str) -> TableShown:
    """Return a table with all rows that a page can show.

    Raises
    ------
    BenangError
        For a name that no table has.
    """
    indicator = corpus.description.indicators.get(name)
    if indicator is None or not indicator.rows:
        raise BenangError(Problem(worded("there is no table '{name}'", name=name)))
    return _table(indicator_table(indicator, corpus.words), indicator)


def opened_number(corpus: DescribedCorpus, number: str) -> OpenedNumber:
    """Open a number of a description: what it is of, and its records, the latest first.

    Raises
    ------
    BenangError
        For an id that no number has.
    """
    found = corpus.description.numbers.get(number)
    if found is None:
        raise BenangError(Problem(worded("there is no number '{number}'", number=number)))
    words, of = corpus.words, set(found.of)
    records = [
        OpenedRecord(one.key, words.cited[one.key], one.title, one.source, one.year, one.citations, one.doi)
        for one in corpus.description.corpus.records
        if one.key in of
    ]
    records.sort(key=lambda one: (-(one.year or 0), one.cited.casefold(), one.key))
    how = rule_in_words(found.rule, _wording(found.rule, corpus)) if found.rule else ""
    amount = f"{words.value(found)} {words.unit(found)}".rstrip()
    return OpenedNumber(number, _title(found, corpus), amount, how, tuple(records))


def description_figures(description: Description, language: Language) -> dict[str, FigureShown]:
    """Draw the figures that the corpus has something for, by their names."""
    from benang.figures.saving import figure_bytes  # with all that draws, which tables do without
    from benang.report.describing_files import drawn_figures

    figures = {}
    for name, figure, caption, alt in drawn_figures(shortened(description, SHOWN), language):
        svg = figure_bytes(figure, ".svg").decode("utf-8")
        figures[name] = FigureShown(name, svg, dark_svg(svg), caption, alt)
    return figures


def description_file(description: Description, suffix: str, language: Language) -> bytes:
    """Return all numbers with their records as a file: `.csv` or `.xlsx`, as `benang describe` writes them."""
    from benang.report.describing_files import write_description_csv, write_description_excel

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"corpus{suffix}"
        if suffix == ".xlsx":
            write_description_excel(description, path, language=language)
        else:
            write_description_csv(description, path, language=language)
        return path.read_bytes()


def dark_svg(svg: str) -> str:
    """Give a figure the colours that it has on a dark page: each as light as it was dark, of the same hue.

    White becomes the page's ground, and black its letters, so that what stood out still does.

    Examples
    --------
    >>> dark_svg('<path fill="#ffffff" stroke="#000000"/>')
    '<path fill="#1a1816" stroke="#ece7e0"/>'
    """
    return _COLOUR.sub(lambda found: _dark(found[0]), svg)


def _dark(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    turned = colorsys.hls_to_rgb(hue, 1 - light, strength)
    mixed = (round(low + (high - low) * part) for part, low, high in zip(turned, _PAPER, _INK, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _part(section: Section, description: Description) -> Part:
    name = section.name.removeprefix("corpus-")
    tables = [one for one in section.blocks if isinstance(one, Table)]
    indicators = (description.indicators[one.anchor.rpartition(".")[2].rpartition("/")[2]] for one in tables)
    return Part(
        name,
        section.title,
        tuple(plain(one.text) for one in section.blocks if isinstance(one, Paragraph)),
        FIGURES[name],
        tuple(_table(table, indicator) for table, indicator in zip(tables, indicators, strict=True)),
    )


def _table(table: Table, indicator: Indicator) -> TableShown:
    return TableShown(
        indicator.name,
        plain(table.caption),
        tuple((plain(one.label), one.is_number) for one in table.columns),
        tuple(tuple(map(_cell, row.cells)) for body in table.bodies for row in body.rows),
        tuple(map(plain, table.notes)),
        max(indicator.n, len(indicator.rows)),
        len(indicator.rows),
    )


def _cell(cell: Inline) -> Cell:
    if isinstance(cell, NumberReference):
        return Cell(cell.value, cell.id, cell.description)
    return Cell(plain(cell))


def _title(number: Number, corpus: DescribedCorpus) -> str:
    """Say what a number is of."""
    indicator = corpus.description.indicators[number.id.split("/")[1]]
    return next(
        corpus.words.number(indicator, row, measure)
        for row in indicator.rows
        for measure, one in row.numbers.items()
        if one.id == number.id
    )


def _wording(rule: Rule, corpus: DescribedCorpus) -> Wording:
    """Return the words for a rule: nothing that a review coded is in them, but the numbers that it is made of."""
    known = corpus.description.numbers
    numbers = {one: known[one] for one in _numbers(rule) if one in known}
    titles = {name: _title(one, corpus) for name, one in numbers.items()}
    coded = Coded(Codebook(), Cases())
    findings = Findings(corpus.description.corpus, coded, Evidence(numbers), {}, {}, (), {}, titles=titles)
    return Wording(findings, corpus.language)


def _numbers(part: Operand) -> Iterator[str]:
    """Give what may be ids of numbers in what a rule is made of."""
    if isinstance(part, Rule):
        for _name, inner in part.made_of:
            yield from _numbers(inner)
    elif isinstance(part, tuple):
        for inner in part:
            yield from _numbers(inner)
    elif isinstance(part, str):
        yield part
