"""What commands that read exports have in common: options that say how files are read and what a network shows of them.

With the options go the requests and the analysis that they ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, TextType, as_usage, number_option, within
from benang.cli.usage import QUOTES, Choice
from benang.kinds import ITEMS, KINDS, LINKS, SMALL_CORPUS
from benang.locale.writing import listed, worded
from benang.network import Analysis

if TYPE_CHECKING:
    from benang.readers.registry import Choices
    from benang.tasks.read_works import WorksRequest


_FIRST = re.compile(r"\s*(?:(.+?):\s*)?([A-Za-z_]+)\s*=")
_NEXT = re.compile(r"[;,]\s*(?=[A-Za-z_]+\s*=)")
_ARCHIVES = {".zip", ".gz"}


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--form`, `--encoding` and `--columns`, which decide where a file's content does not show it."""
    for option in (
        click.option(
            "--columns",
            "columns",
            multiple=True,
            metavar="[FILE:]FIELD=HEADER; …",
            help=(
                'Which columns of a table hold which fields, by header or number: "title=Judul; authors=Penulis; '
                'year=3". With several tables, give it once for each, with FILE before the fields.'
            ),
        ),
        click.option(
            "--encoding",
            "encodings",
            multiple=True,
            metavar="[FILE=]NAME",
            help="Encoding of the files, or of one file, if it is detected wrongly. Can be given more than once.",
        ),
        click.option(
            "--form",
            "forms",
            multiple=True,
            metavar="[FILE=]NAME",
            help="Format of the files, or of one file, if it is not recognised. Can be given more than once.",
        ),
    ):
        command = option(command)
    return command


def choices_of(
    forms: Sequence[str], encodings: Sequence[str], columns: Sequence[str] = (), files: Sequence[Path] = ()
) -> Choices:
    """Read `FILE=NAME`, or NAME for all files, and columns; a `review.toml` beside files decides what isn't given.

    Raises
    ------
    click.UsageError
        For a name that is unknown, and columns that are not written as they should be.
    BenangError
        For a `review.toml` that can't be read.
    """
    from benang.tasks.read_works import check_names, choices_beside

    forms_by_file, encodings_by_file = _by_file(forms), _by_file(encodings)
    with as_usage():
        check_names(forms_by_file.values(), encodings_by_file.values())
    beside = choices_beside(files)
    return beside.over(forms=forms_by_file, encodings=encodings_by_file, columns=columns_of(columns, files))


def works_request(files: tuple[Path, ...], asked: Mapping[str, Any]) -> WorksRequest:
    """Return what the options of a command, by name, ask of the exports to be read."""
    from benang.tasks.read_works import WorksRequest

    return WorksRequest(
        files=files,
        choices=choices_of(asked["forms"], asked["encodings"], asked["columns"], files),
        join=not asked["keep_duplicates"],
        decisions=asked["decisions"],
        language=spoken(),
    )


def _by_file(given: Sequence[str]) -> dict[str, str]:
    """Part `FILE=NAME`; a bare NAME is for all files, under ""."""
    return {Path(file).as_posix() if file else "": name for file, _, name in (one.rpartition("=") for one in given)}


def columns_of(given: Sequence[str], files: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Read `[FILE:]field=header; field=header` into the columns of each file.

    Without FILE it is that of the only file named.

    Raises
    ------
    click.UsageError
        For what is written otherwise, an unknown field, a field named twice, a file that isn't there, and where several
        files are named and it isn't said which is meant.

    Examples
    --------
    >>> columns_of(["a.csv:title=Judul; year=3"], [Path("a.csv"), Path("b.csv")])
    {'a.csv': {'title': 'Judul', 'year': '3'}}
    """
    columns: dict[str, dict[str, str]] = {}
    for one in given:
        file, fields = _parted(one)
        name = _named(file, files) if file else _only(files)
        here = columns.setdefault(name, {})
        for field, header in fields:
            if field in here:
                raise click.UsageError(
                    worded(
                        "--columns: {field} is named twice, as '{here}' and as '{header}'.",
                        field=field,
                        here=here[field],
                        header=header,
                    )
                )
            here[field] = header
    return columns


def _parted(given: str) -> tuple[str, list[tuple[str, str]]]:
    from benang.errors import nearest
    from benang.readers.plain_columns import MAPPED

    text = given.strip().strip(QUOTES)
    match = _FIRST.match(text)
    if match is None:
        raise click.UsageError(
            worded(
                "--columns: expected fields, each with the header or number of its column, in double quotes: "
                '--columns "title=Judul; authors=Penulis; year=3". Found {given}.',
                given=given,
            )
        )
    file = match[1] or ""
    if "=" in file and (own := _FIRST.match(f"{file}=")) and own[2] in MAPPED:  # a header with a colon in it
        file, text = "", text
    else:
        text = text[match.start(2) :]
    fields = [(field.strip(), header.strip()) for field, _, header in (one.partition("=") for one in _NEXT.split(text))]
    for field, header in fields:
        if field not in MAPPED:
            raise click.UsageError(
                worded(
                    "--columns: '{field}' is not a field of records. {nearest}",
                    field=field,
                    nearest=nearest(field, MAPPED),
                )
            )
        if not header:
            raise click.UsageError(worded("--columns: no column follows '{field}='.", field=field))
    return file, fields


def _named(file: str, files: Sequence[Path]) -> str:
    """Return the name of a file, after looking whether it is among those to be read: by path, or by name alone."""
    from benang.errors import nearest

    name = Path(file).as_posix()
    known = [path.as_posix() for path in files]
    if name in known or name in (path.name for path in files):
        return name
    if any(path.is_dir() or path.suffix.lower() in _ARCHIVES for path in files):
        return name  # what lies in it is known only when it is opened
    raise click.UsageError(
        worded(
            "--columns: '{file}' is not among the files to be read. {nearest}", file=file, nearest=nearest(name, known)
        )
    )


def _only(files: Sequence[Path]) -> str:
    if len(files) == 1 and not files[0].is_dir():
        return files[0].as_posix()
    text = '--columns: which file is meant? Put its name before the fields: --columns "FILE:title=Judul; year=Tahun".'
    raise click.UsageError(text)


class EngineType(TextType):
    """The engine that counts: `duckdb`, `spark`, or an address of Spark."""

    name = "engine"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a known engine; the nearest is named otherwise."""
        if value == "duckdb":
            return "duckdb"
        from benang.errors import BenangError
        from benang.tasks.make_map import known_engine

        try:
            return known_engine(cast("str", value))
        except BenangError as error:
            self.fail(error.in_language(spoken()), param, ctx)


def _preset(items: str) -> str:
    preset = KINDS[items].preset
    return f"{preset.usual}, below {SMALL_CORPUS} records {preset.small}"


def _usual_links() -> str:
    """Say which link is usual where items can have several."""
    usual: dict[str, list[str]] = {}
    for name in ITEMS:
        if len(KINDS[name].links) > 1:
            usual.setdefault(KINDS[name].usual_link, []).append(name)
    return "; ".join(f"{link} of {listed(names, 'en')}" for link, names in usual.items())


_SHOWN = (
    click.option("--items", type=Choice(ITEMS), required=True, help="What the map shows."),
    click.option(
        "--link",
        type=Choice(list(LINKS)),
        help=f"How items are linked.  [default: {_usual_links()}; the only link of the others]",
    ),
    click.option(
        "--counting",
        type=Choice(["full", "fractional", "binary"]),
        default=Analysis.counting,
        show_default=True,
        help="full: each pair counts 1; fractional: pairs share 1 per item; binary: repeats count once.",
    ),
    number_option(
        "--min-occurrences",
        metavar="N",
        help="Keep keywords, terms and topics that occur in at least N records.  "
        f"[default: {_preset('author-keywords')}; terms {_preset('terms')}]",
    ),
    number_option(
        "--min-documents",
        metavar="N",
        help="Keep authors, organizations, countries and sources with at least N documents.  "
        f"[default: {_preset('authors')}]",
    ),
    number_option(
        "--min-citations",
        metavar="N",
        help=f"Keep items with at least N citations.  [default: documents {_preset('documents')}; "
        f"cited works, sources and authors {_preset('references')}]",
    ),
    number_option(
        "--max-per-document",
        "most_per_record",
        default=Analysis.most_per_record,
        metavar="N",
        help=(
            "For co-authorship: leave out documents with more authors (organizations, countries) than this; 0 leaves "
            "out none."
        ),
    ),
    click.option(
        "--thesaurus",
        type=INPUT,
        metavar="FILE",
        help="Table `label<TAB>replace by`; an empty replacement leaves the label out.",
    ),
    click.option(
        "--engine",
        type=EngineType(),
        default=Analysis.engine,
        show_default=True,
        help=(
            "Engine that joins and counts: duckdb, spark, or the address of a Spark cluster (spark://HOST:PORT). The "
            "results are the same."
        ),
    ),
)
"""What is on the map, what links it, and which items are frequent enough."""

_KEPT = (
    number_option(
        "--top",
        default=Analysis.top,
        metavar="N",
        help="Keep the N items with the largest total link strength; 0 keeps all.",
    ),
    click.option("--all-components", is_flag=True, help="Keep items that are not connected to the largest component."),
)
"""Which of the items that are frequent enough are kept."""

_TOLD_APART = (
    click.option(
        "--reference-matching",
        "matching",
        type=Choice(["exact", "keys", "fuzzy"]),
        default=Analysis.matching,
        show_default=True,
        help=(
            "When references are the same work; exact: as printed; keys: same author, year, volume, page or DOI; "
            "fuzzy: also if very similar."
        ),
    ),
    click.option(
        "--reference-threshold",
        "likeness",
        type=within("threshold"),
        metavar="SHARE",
        help=f"With fuzzy matching: how similar two references must be, from 0 to 1.  [default: {Analysis.likeness}]",
    ),
    click.option(
        "--author-names",
        type=Choice(["joined", "exact"]),
        default=Analysis.author_names,
        show_default=True,
        help=(
            "joined: spellings of a name and author ids are brought together; exact: each spelling is an author of "
            "its own."
        ),
    ),
    click.option("--keep-duplicates", is_flag=True, help="Do not join records of the same work."),
    click.option(
        "--decisions",
        type=INPUT,
        metavar="FILE",
        help="Your decisions on doubtful pairs of records: a table with the columns record, other, decision.",
    ),
)
"""When references, authors and records are the same."""

_TERMS = (
    click.option(
        "--terms-from",
        type=Choice(["both", "title", "abstract"]),
        default="both",
        show_default=True,
        help="Where to find terms: in titles and abstracts, or in one of them.",
    ),
    click.option(
        "--terms-method",
        type=Choice(["auto", "noun-phrases", "stop-words", "spacy"]),
        default=Analysis.terms_method,
        show_default=True,
        help=(
            "How to find terms: noun phrases in English and word sequences between stop words in other languages, or "
            "one method for all."
        ),
    ),
    click.option(
        "--terms-counting",
        type=Choice(["binary", "full"]),
        default=Analysis.terms_counting,
        show_default=True,
        help="binary: a term counts once per record; full: every occurrence counts.",
    ),
)
"""How terms are found in titles and abstracts."""

_RELEVANT = (
    click.option(
        "--terms-share",
        "share",
        type=within("share"),
        default=Analysis.share,
        show_default=True,
        metavar="SHARE",
        help="Share of terms to keep, the most relevant ones, as in VOSviewer.",
    ),
)
"""Which of the terms are kept."""


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a network to a command, in the order in which its help lists them."""
    return _with(command, (*_SHOWN, *_KEPT, *_TOLD_APART, *_TERMS, *_RELEVANT))


def counted_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add those of them that say what is counted, without those that choose among what is frequent enough."""
    return _with(command, (*_SHOWN, *_TOLD_APART, *_TERMS))


def _with(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def analysis_of(asked: Mapping[str, Any]) -> Analysis:
    """Turn the options of `network_options`, by name, into an analysis; the task says what doesn't go together."""
    names = {one.name for one in fields(Analysis)} - {"columns"}  # --columns are those of a table that is read
    choices: dict[str, Any] = {name: value for name, value in asked.items() if name in names and value is not None}
    if both := choices.pop("terms_from", None):
        choices["terms_from"] = Analysis.terms_from if both == "both" else (both,)
    # 0 means all; the table of thresholds has no options that choose among what is frequent enough
    whole: dict[str, Any] = {name: choices.pop(name, None) or None for name in ("top", "most_per_record")}
    components = "all" if asked.get("all_components") else Analysis.components
    return Analysis(**choices, **whole, components=components)
