"""The options of `benang map` and `benang thresholds` that say what a network shows, and the analysis they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

import click

from benang.analyses.analysis import Analysis
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
            self.fail(str(error), param, ctx)


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
    click.option("--items", type=Choice(ITEMS), required=True, help="What stands on the map."),
    click.option(
        "--link",
        type=Choice(list(LINKS)),
        help=f"What links the items.  [default: {_usual_links()}; what the others have]",
    ),
    click.option(
        "--counting",
        type=Choice(["full", "fractional", "binary"]),
        default=Analysis.counting,
        show_default=True,
        help="Whether every pair in a record counts 1, its pairs share 1 for each item, or what stands there several "
        "times counts once.",
    ),
    number_option(
        "--min-occurrences",
        metavar="N",
        help="Keep keywords, terms and topics of at least N records.  "
        f"[default: {_preset('author-keywords')}; terms {_preset('terms')}]",
    ),
    number_option(
        "--min-documents",
        metavar="N",
        help="Keep authors, organizations, countries and sources of N documents or more.  "
        f"[default: {_preset('authors')}]",
    ),
    number_option(
        "--min-citations",
        metavar="N",
        help="Keep documents cited N times or more, items whose documents are, what N references cite.  "
        f"[default: documents {_preset('documents')}; what is cited {_preset('references')}]",
    ),
    number_option(
        "--max-per-document",
        "most_per_record",
        default=Analysis.most_per_record,
        metavar="N",
        help="For co-authorship: set aside documents with more authors (organizations, countries); 0 sets none aside.",
    ),
    click.option(
        "--thesaurus",
        type=INPUT,
        metavar="FILE",
        help="Table `label<TAB>replace by`; an empty replacement drops the label.",
    ),
    click.option(
        "--engine",
        type=EngineType(),
        default=Analysis.engine,
        show_default=True,
        help="What joins and counts: duckdb here, spark, or where Spark runs (spark://HOST:PORT). The numbers are the "
        "same.",
    ),
)
"""What stands on the map, what links it, and which items are frequent enough."""

_KEPT = (
    number_option(
        "--top",
        default=Analysis.top,
        metavar="N",
        help="Keep the N items with the largest total link strength; 0 keeps all.",
    ),
    click.option(
        "--all-components", is_flag=True, help="Keep items that no path of links joins to the largest component."
    ),
)
"""Which of the items that are frequent enough are kept."""

_TOLD_APART = (
    click.option(
        "--reference-matching",
        "matching",
        type=Choice(["exact", "keys", "fuzzy"]),
        default=Analysis.matching,
        show_default=True,
        help="When references are one work: as printed; by author, year, volume, page, DOI; or also much alike.",
    ),
    click.option(
        "--reference-threshold",
        "likeness",
        type=within("threshold"),
        metavar="SHARE",
        help="With fuzzy matching: how much alike two references must be, from 0 to 1.  "
        f"[default: {Analysis.likeness}]",
    ),
    click.option(
        "--author-names",
        type=Choice(["joined", "exact"]),
        default=Analysis.author_names,
        show_default=True,
        help="Whether forms of a name and ids of databases are brought to one author, or the string counts.",
    ),
    click.option("--keep-duplicates", is_flag=True, help="Do not join records that are one work."),
    click.option(
        "--decisions",
        type=INPUT,
        metavar="FILE",
        help="Pairs of records that a person decided on: record, other, decision.",
    ),
)
"""When references, authors and records are the same."""

_TERMS = (
    click.option(
        "--terms-from",
        type=Choice(["both", "title", "abstract"]),
        default="both",
        show_default=True,
        help="Where terms are looked for: titles and abstracts, or one of them.",
    ),
    click.option(
        "--terms-method",
        type=Choice(["auto", "noun-phrases", "stop-words", "spacy"]),
        default=Analysis.terms_method,
        show_default=True,
        help="How terms are found: noun phrases in English, runs between stop words elsewhere; or one way for all.",
    ),
    click.option(
        "--terms-counting",
        type=Choice(["binary", "full"]),
        default=Analysis.terms_counting,
        show_default=True,
        help="Whether a term counts once a record, or each time that it stands there.",
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
        help="The share of terms that is kept, the most relevant ones, as in VOSviewer.",
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
    # 0 stands for all; the table of thresholds has no options that choose among what is frequent enough
    whole: dict[str, Any] = {name: choices.pop(name, None) or None for name in ("top", "most_per_record")}
    components = "all" if asked.get("all_components") else Analysis.components
    return Analysis(**choices, **whole, components=components)
