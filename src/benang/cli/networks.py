"""What the command line asks of a network, as an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.stopping import loading

if TYPE_CHECKING:
    from benang.network.network import Floats
    from benang.records.corpus import Corpus
    from benang.records.thesaurus import Thesaurus
    from benang.terms.analyses import Analysis

ITEMS = (
    "author-keywords", "index-keywords", "keywords", "terms", "topics", "authors", "organizations", "countries",
    "documents", "sources", "references", "cited-sources", "cited-authors",
)  # fmt: skip
"""What may stand on a map, as `benang.terms.analyses.LINKS` has it: written again, so that help needs no library."""
LINK_NAMES = ("co-authorship", "co-occurrence", "citation", "coupling", "co-citation")

_OPTIONS = {
    "min_occurrences": "--min-occurrences",
    "min_documents": "--min-documents",
    "min_citations": "--min-citations",
    "link": "--link",
    "counting": "--counting",
}


def analysis_of(asked: Mapping[str, Any]) -> Analysis:
    """Turn the options of `network_options`, by name, into an analysis.

    Raises
    ------
    click.UsageError
        For links, thresholds and counting that the items can't have, with what they can have.
    """
    with loading():
        from benang.errors import BenangError
        from benang.records.references.likeness import USUAL_THRESHOLD
        from benang.terms.analyses import Analysis, check_analysis

    likeness, both = asked["likeness"], asked["terms_from"] == "both"
    analysis = Analysis(
        items=asked["items"],
        link=asked["link"],
        counting=asked["counting"],
        min_occurrences=asked["min_occurrences"],
        min_documents=asked["min_documents"],
        min_citations=asked["min_citations"],
        top=asked["top"] or None,
        components="all" if asked["all_components"] else "largest",
        most_per_record=asked["most_per_record"] or None,
        matching=asked["matching"],
        likeness=USUAL_THRESHOLD if likeness is None else likeness,
        author_names=asked["author_names"],
        share=asked["share"],
        terms_from=("title", "abstract") if both else (asked["terms_from"],),
        terms_counting=asked["terms_counting"],
        terms_method=asked["terms_method"],
        engine=asked["engine"],
    )
    try:
        check_analysis(analysis)
    except BenangError as error:
        raise click.UsageError("\n".join(_as_options(str(problem)) for problem in error.problems)) from None
    return analysis


def _as_options(text: str) -> str:
    """Name options as they are written."""
    for name, option in _OPTIONS.items():
        text = text.replace(f"{name}:", f"{option}:").replace(f"Choose {name} ", f"Choose {option} ")
    return text


def with_columns(analysis: Analysis, scores: Path | None, corpus: Corpus) -> Analysis:
    """Add the user's own numbers of records, from a table of scores."""
    if scores is None:
        return analysis
    with loading():
        from benang.records.score_columns import read_score_columns

    columns: Mapping[str, Floats] = read_score_columns(scores, corpus)
    return replace(analysis, columns=columns)


def thesaurus_of(path: Path | None) -> Thesaurus | None:
    """Read a thesaurus where one is named."""
    with loading():
        from benang.records.thesaurus import read_thesaurus

    return read_thesaurus(path) if path else None


class EngineType(click.ParamType[str]):
    """The engine that counts: `duckdb`, `spark`, or an address of Spark."""

    name = "engine"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a known engine; the nearest is named otherwise."""
        if value == "duckdb":
            return "duckdb"
        from benang.engine.opening import known_engine
        from benang.errors import BenangError

        try:
            return known_engine(cast("str", value))
        except BenangError as error:
            self.fail(str(error), param, ctx)
