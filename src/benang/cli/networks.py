"""What the command line asks of a network, as an analysis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.options import TextType

if TYPE_CHECKING:
    from benang.analyses.analysis import Analysis
    from benang.network.network import Floats
    from benang.records.corpus import Corpus
    from benang.records.thesaurus import Thesaurus

ITEMS = (
    "author-keywords", "index-keywords", "keywords", "terms", "topics", "authors", "organizations", "countries",
    "documents", "sources", "references", "cited-sources", "cited-authors",
)  # fmt: skip
"""What may stand on a map, as `benang.analyses.analysis.LINKS` has it: written again, so that help needs no library."""
LINK_NAMES = ("co-authorship", "co-occurrence", "citation", "coupling", "co-citation")

_OPTIONS = {"matching": "--reference-matching", "share": "--terms-share", "method": "--terms-method"}
"""Options that are not called as the library's arguments are."""


def analysis_of(asked: Mapping[str, Any]) -> Analysis:
    """Turn the options of `network_options`, by name, into an analysis.

    Raises
    ------
    click.UsageError
        For links, thresholds and counting that the items can't have, with what they can have.
    """
    from benang.analyses.analysis import Analysis, check_analysis
    from benang.errors import BenangError
    from benang.records.references.likeness import USUAL_THRESHOLD

    likeness, both = asked["likeness"], asked["terms_from"] == "both"
    analysis = Analysis(
        items=asked["items"],
        link=asked["link"],
        counting=asked["counting"],
        min_occurrences=asked["min_occurrences"],
        min_documents=asked["min_documents"],
        min_citations=asked["min_citations"],
        top=asked.get("top") or None,
        components="all" if asked.get("all_components") else "largest",
        most_per_record=asked["most_per_record"] or None,
        matching=asked["matching"],
        likeness=USUAL_THRESHOLD if likeness is None else likeness,
        author_names=asked["author_names"],
        share=asked.get("share", 1.0),
        terms_from=("title", "abstract") if both else (asked["terms_from"],),
        terms_counting=asked["terms_counting"],
        terms_method=asked["terms_method"],
        engine=asked["engine"],
    )
    try:
        with in_options():
            check_analysis(analysis)
    except BenangError as error:
        raise click.UsageError(str(error)) from None
    _check_told(analysis, asked)
    return analysis


def _check_told(analysis: Analysis, asked: Mapping[str, Any]) -> None:
    """Refuse options that these items and links would leave without any effect.

    Raises
    ------
    click.UsageError
        All of them together, with what can be done instead.
    """
    items, link = analysis.items, analysis.linked_by
    wrong = []
    if items == "terms" and analysis.min_citations is not None:
        wrong.append("--min-citations: terms have occurrences alone. Choose --min-occurrences instead.")
    if link == "citation" and analysis.matching == "exact":
        wrong.append(
            "--reference-matching: references as printed do not say which records they are. "
            "For citation choose keys or fuzzy."
        )
    if link == "co-citation" and asked.get("scores") is not None:
        wrong.append(
            f"--scores: these are numbers of the records that were read, which cite the {items.replace('-', ' ')} "
            "on this map. Leave them out, or choose other items."
        )
    if wrong:
        raise click.UsageError("\n".join(wrong))


@contextmanager
def in_options() -> Iterator[None]:
    """Let messages that name arguments of the library name the options of the command instead.

    Raises
    ------
    BenangError
        The one that comes, reworded.

    Examples
    --------
    >>> from benang.errors import BenangError, Problem, argument
    >>> with in_options():
    ...     raise BenangError(Problem(f"only 2 items are left ({argument('min_citations')} 20)"))
    Traceback (most recent call last):
    benang.errors.BenangError: only 2 items are left (--min-citations 20).
    """
    from benang.errors import BenangError

    try:
        yield
    except BenangError as error:
        raise BenangError(*(problem.naming(_option) for problem in error.problems)) from None


def _option(name: str) -> str:
    return _OPTIONS.get(name, f"--{name.replace('_', '-')}")


def with_columns(analysis: Analysis, scores: Path | None, corpus: Corpus) -> Analysis:
    """Add the user's own numbers of records, from a table of scores."""
    if scores is None:
        return analysis
    from benang.records.score_columns import read_score_columns

    columns: Mapping[str, Floats] = read_score_columns(scores, corpus)
    return replace(analysis, columns=columns)


def thesaurus_of(path: Path | None) -> Thesaurus | None:
    """Read a thesaurus where one is named."""
    from benang.records.thesaurus import read_thesaurus

    return read_thesaurus(path) if path else None


class EngineType(TextType):
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
