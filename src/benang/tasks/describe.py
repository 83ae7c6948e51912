"""The corpus in figures, as a summary, a page, tables or pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benang import __version__
from benang.errors import argument
from benang.files import Input, replacing, write_text
from benang.indicators.described import USUAL_TOP, Description, shortened
from benang.indicators.described import describe as description_of
from benang.indicators.indicator import Indicator
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.looks.appearance import cut_label
from benang.progress import Progress, part, silent
from benang.readers.registry import Choices
from benang.records.file_accounts import placeless
from benang.records.thesaurus import read_thesaurus, thesaurus_remarks
from benang.report.describing import absence
from benang.report.describing_files import (
    corpus_figure_files,
    corpus_figures,
    write_description_csv,
    write_description_excel,
)
from benang.report.describing_words import Described
from benang.report.html import html_page
from benang.report.inline import Texts
from benang.report.separate_reports import description_blocks
from benang.tasks.account import Account, Note, Table, listing, rows
from benang.tasks.outputs import check_outputs, unknown_form
from benang.tasks.read_works import WorksRequest, read_works

PAGES, TABLES, DRAWN = (".html",), (".csv", ".xlsx"), (".png", ".svg", ".pdf")
"""What a file may end with: a page whose numbers open, all numbers with their records, the figures one by one."""

_LISTED = 5  # rows of a table in the summary
_LONGEST = 44  # letters of a name in the summary
_NOT_IN_SUMMARY = frozenset({"lotka", "keyword-years", "country-pairs", "years"})
"""Tables that a page shows and a summary has no room for."""


@dataclass(frozen=True, kw_only=True)
class DescribeRequest:
    """Exports, and the files in which they are described; without any, the account has a summary.

    `top` is the most rows that a table has, 0 for all; where None, a page has 20 and a table of data all. `last_full`
    is the last year that all records are in, for growth. `with_references` matches the cited references. `thesaurus`
    joins and drops what is counted by name, as on maps.
    """

    files: tuple[Input, ...]
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    join: bool = True
    decisions: Input | None = None
    top: int | None = None
    last_full: int | None = None
    with_references: bool = True
    thesaurus: Input | None = None
    outputs: tuple[Path, ...] = ()
    language: Language = "en"


@dataclass(frozen=True)
class CorpusDescription:
    """A corpus in figures, with the account of what was read for it."""

    description: Description
    account: Account


def describe(request: DescribeRequest, *, progress: Progress = silent) -> CorpusDescription:
    """Describe a corpus in figures: years, sources, authors, places, citations, keywords, and what is lacking.

    Raises
    ------
    Misuse
        For output of an unknown form, or that would destroy what is read.
    BenangError
        For exports that can't be read, and files that can't be written.
    """
    _check(request)
    works = WorksRequest(
        files=request.files,
        choices=request.choices,
        join=request.join,
        decisions=request.decisions,
        language=request.language,
    )
    variants = read_thesaurus(request.thesaurus) if request.thesaurus else None
    read = read_works(works, progress=part(progress, 0.0, 0.3))
    progress("Counting", 0.3)
    description = description_of(
        placeless(read.corpus, [one for one in request.files if isinstance(one, Path)]),
        top=_most(request),
        last_full=request.last_full,
        with_references=request.with_references,
        thesaurus=variants,
    )
    written, remarks = _write(description, request, progress)
    remarks += thesaurus_remarks(variants, description.unmatched, request.language) if variants else []
    notes = [] if request.outputs else list(_summary(description, request.language))
    notes += [Note("", tuple(remarks))] if remarks else []
    return CorpusDescription(description, read.account + Account(notes=tuple(notes), files=tuple(written)))


def _check(request: DescribeRequest) -> None:
    """Refuse output that can't be written before long work."""
    known = (*PAGES, *TABLES, *DRAWN)
    for path in request.outputs:
        if path.suffix.lower() not in known:
            raise unknown_form(path, known)
    check_outputs(request.outputs, [*request.files, request.decisions, request.thesaurus])


def _most(request: DescribeRequest) -> int:
    """Return how many rows are counted: all where a table of data is wanted, which a page then cuts."""
    if request.top is not None:
        return request.top
    return 0 if any(path.suffix.lower() in TABLES for path in request.outputs) else USUAL_TOP


def _write(description: Description, request: DescribeRequest, progress: Progress) -> tuple[list[Path], list[str]]:
    """Write all files together; return those written, and what could not be put into them."""
    remarks: list[str] = []
    page = shortened(description, USUAL_TOP if request.top is None else request.top)
    paths = list(dict.fromkeys(request.outputs))
    drawn: dict[Path, dict[Path, bytes]] = {}
    for path in (one for one in paths if one.suffix.lower() in DRAWN):
        progress(worded("Drawing {name}", name=path.name), 0.6)
        drawn[path] = corpus_figure_files(page, request.language, path)
    pictures = {place: data for files in drawn.values() for place, data in files.items()}
    single = [path for path in paths if path not in drawn]
    with replacing(*single, *pictures) as places:
        to = dict(zip((*single, *pictures), places, strict=True))
        for place, data in pictures.items():
            to[place].write_bytes(data)
        for at, path in enumerate(single):
            progress(worded("Writing {name}", name=path.name), 0.7 + 0.3 * at / len(single))
            remarks += _write_one(description, page, to[path], request.language)
    return [one for path in paths for one in drawn.get(path, (path,))], remarks


def _write_one(description: Description, page: Description, path: Path, language: Language) -> list[str]:
    """Write a page or a table; return what could not be put into it."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return write_description_excel(description, path, language=language)
    if suffix == ".csv":
        write_description_csv(description, path, language=language)
    else:
        figures = corpus_figures(page, language)
        report = description_blocks(page, language, figures=figures, version=__version__)
        write_text(path, html_page(report))
    return []


def _summary(description: Description, language: Language) -> Iterator[Note | Table]:
    """Give every indicator with its first rows, or why it is unknown."""
    words = Described(Texts(language), {})
    for indicator in description.indicators.values():
        if indicator.name in _NOT_IN_SUMMARY:
            continue
        heading = f"{words.title(indicator.name)}:"
        if why := absence(indicator, description, words.texts):
            yield listing([why], heading)
        elif indicator.measures == ("value",):
            values = ((words.row(indicator, row), words.value(row.numbers["value"])) for row in indicator.rows)
            yield Table(heading, rows(values, language), "ll")
        else:
            yield _first_rows(indicator, words, heading)


def _first_rows(indicator: Indicator, words: Described, heading: str) -> Table:
    """Give the first rows of a table, and how many there are."""
    language = words.texts.language
    shown = indicator.rows if indicator.name == "completeness" else indicator.rows[:_LISTED]
    cells = [("", *(words.measure(one) for one in indicator.measures))]
    for row in shown:
        values = (row.numbers.get(one) for one in indicator.measures)
        cells.append(
            (cut_label(words.row(indicator, row), _LONGEST), *(words.value(one) if one else "–" for one in values))
        )
    more: tuple[str, ...] = ()
    if indicator.n > len(shown):
        _ = translator(language)
        text = _("… {shown} of {all}; for more, use {option} FILE.html or {option} FILE.csv.")
        option = argument("output")
        more = (text.format(shown=len(shown), all=numeral(indicator.n, language, 0), option=option),)
    return Table(heading, tuple(cells), "l" + "r" * len(indicator.measures), more)
