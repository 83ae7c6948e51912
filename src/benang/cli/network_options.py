"""The options of `benang map` and `benang thresholds` that say what a network shows, and the analysis they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

import click

from benang.analyses.analysis import Analysis
from benang.cli.language import spoken
from benang.cli.options import INPUT, TextType, number_option, within
from benang.cli.usage import Choice
from benang.kinds import ITEMS, KINDS, LINKS, SMALL_CORPUS
from benang.locale.writing import listed


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
