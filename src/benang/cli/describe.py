"""`benang describe`: the corpus in figures, as a summary, a page, tables or pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from benang import __version__
from benang.cli.numbers import within
from benang.cli.options import INPUT, PLACE, say_files, say_some, say_table
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress
from benang.cli.reading import choices_of, read_works, reading_options, say_reading
from benang.progress import Progress

if TYPE_CHECKING:
    from benang.indicators.described import Description
    from benang.indicators.indicator import Indicator
    from benang.report.describing_words import Described

_PAGES, _TABLES, _DRAWN = (".html",), (".csv", ".xlsx"), (".png", ".svg", ".pdf")
_SAID = 5
"""Rows of a table in the summary."""
_LABEL = 44
"""Letters of a name in the summary."""


@click.command("describe")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=PLACE,
    metavar="OUT",
    help="File to write: .html (a page whose numbers open their records), .csv or .xlsx (all numbers with their "
    "records), .png, .svg or .pdf (the figures, one file each). May be given several times.",
)
@click.option(
    "--top",
    type=within("top"),
    default=None,
    metavar="N",
    help="Rows of a table at most; 0 for all.  [default: 20 on a page, all in .csv and .xlsx]",
)
@click.option(
    "--language",
    type=click.Choice(["en", "id"]),
    default="en",
    show_default=True,
    help="Language of the page, the tables and the figures.",
)
@click.option(
    "--last-full-year",
    type=within("last_full_year"),
    default=None,
    metavar="YEAR",
    help="The last year that all records are in, for growth.  [default: the last but one]",
)
@click.option(
    "--references/--without-references",
    "with_references",
    default=True,
    help="Match the cited references, for the most cited ones and citations within the corpus.  [default: yes]",
)
@click.option(
    "--keep-duplicates",
    is_flag=True,
    help="Count every record as it was read, also where several are one work.",
)
@click.option(
    "--decisions",
    type=INPUT,
    metavar="FILE",
    help="Pairs that a person decided on: the list of `benang records --doubts`, filled in.",
)
@reading_options
def describe_command(
    files: tuple[Path, ...],
    outputs: tuple[Path, ...],
    top: int | None,
    language: Literal["en", "id"],
    last_full_year: int | None,
    with_references: bool,
    keep_duplicates: bool,
    decisions: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
) -> None:
    """Describe a corpus in figures: years, sources, authors, places, citations, keywords, and what is lacking.

    Without -o a summary is printed. For example: benang describe scopus.csv wos.txt -o corpus.html
    """
    _check(outputs, [*files, decisions])
    from benang.indicators.described import describe
    from benang.records.file_names import placeless

    choices = choices_of(forms, encodings, columns, files)
    with progress() as report:
        report("Reading", 0.0)
        works = read_works(files, choices, keep_duplicates=keep_duplicates, decisions=decisions)
        report("Counting", 0.3)
        tables = any(path.suffix.lower() in _TABLES for path in outputs)
        corpus = placeless(works.corpus, files)
        found = describe(
            corpus, top=_most(top, tables=tables), last_full=last_full_year, with_references=with_references
        )
        written, said = _write(found, outputs, language, top, report)
    say_reading(works)
    if not outputs:
        _say(found)
    say_some(said)
    say_files(written)


def _most(top: int | None, *, tables: bool) -> int:
    """Return how many rows are counted: all where a table of data is wanted, which a page then cuts."""
    from benang.indicators.described import USUAL_TOP

    if top is not None:
        return top
    return 0 if tables else USUAL_TOP


def _check(outputs: Sequence[Path], inputs: Sequence[Path | None]) -> None:
    """Refuse output that can't be written before long work."""
    known = (*_PAGES, *_TABLES, *_DRAWN)
    for path in outputs:
        if path.suffix.lower() not in known:
            raise click.UsageError(f"'{path.name}': the suffix decides what is written; known: {', '.join(known)}.")
    check_outputs(outputs, inputs)


def _write(
    found: Description, outputs: Sequence[Path], language: Literal["en", "id"], top: int | None, report: Progress
) -> tuple[list[Path], list[str]]:
    """Write every file, pages and tables together; return those written, and what could not be put into them."""
    from benang.files import replacing
    from benang.indicators.described import USUAL_TOP, shortened

    written: list[Path] = []
    said: list[str] = []
    page = shortened(found, USUAL_TOP if top is None else top)
    paths = list(dict.fromkeys(outputs))
    single = [path for path in paths if path.suffix.lower() not in _DRAWN]
    with replacing(*single) as places:
        to = dict(zip(single, places, strict=True))
        for at, path in enumerate(paths):
            report(f"Writing {path.name}", 0.6 + 0.4 * at / len(paths))
            if path in to:
                said += _write_one(found, page, to[path], language)
                written.append(path)
            else:
                from benang.report.describing_figures import write_corpus_figures

                written += write_corpus_figures(page, language, path)
    return written, said


def _write_one(found: Description, page: Description, path: Path, language: Literal["en", "id"]) -> list[str]:
    """Write a page or a table; return what could not be put into it."""
    from benang.files import write_text
    from benang.report.describing_files import write_description_csv, write_description_excel

    suffix = path.suffix.lower()
    if suffix == ".csv":
        write_description_csv(found, path, language=language)
    elif suffix == ".xlsx":
        return write_description_excel(found, path, language=language)
    else:
        from benang.report.describing_figures import corpus_figures
        from benang.report.describing_page import render_description

        figures = corpus_figures(page, language)
        write_text(path, render_description(page, language, figures=figures, version=__version__))
    return []


_UNSAID = frozenset({"lotka", "keyword-years", "country-pairs", "years"})
"""Tables that a page shows and a summary has no room for."""


def _say(found: Description) -> None:
    """Print the summary: every indicator with its first rows, or why it can't be told."""
    from benang.report.describing_notes import absence
    from benang.report.describing_words import Described
    from benang.report.texts import Texts

    words = Described(Texts("en"), {})
    for indicator in found.indicators.values():
        if indicator.name in _UNSAID:
            continue
        click.echo(f"{words.title(indicator.name)}:")
        why = absence(indicator, found, words.texts)
        if why:
            click.echo(f"  {why}")
        elif indicator.measures == ("value",):
            say_table((words.row(indicator, row), words.value(row.numbers["value"])) for row in indicator.rows)
        else:
            _say_rows(indicator, words)


def _say_rows(indicator: Indicator, words: Described) -> None:
    """Print the first rows of a table in columns, and how many there are."""
    whole = indicator.name == "completeness"
    shown = indicator.rows if whole else indicator.rows[:_SAID]
    table = [["", *(words.measure(one) for one in indicator.measures)]]
    for row in shown:
        values = (row.numbers.get(one) for one in indicator.measures)
        table.append([_short(words.row(indicator, row)), *(words.value(one) if one else "–" for one in values)])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *rest in table:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        click.echo("  " + "  ".join([first.ljust(widths[0]), *cells]))
    if indicator.n > len(shown):
        click.echo(f"  … {len(shown)} of {indicator.n:,}; -o FILE.html or -o FILE.csv gives more.")


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"
