"""What the command line asks of a network, as an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from benang.analyses.analysis import Analysis
from benang.cli.options import TextType, as_usage
from benang.kinds import LINKS

if TYPE_CHECKING:
    from benang.network.network import Floats
    from benang.records.corpus import Corpus
    from benang.records.thesaurus import Thesaurus


def analysis_of(asked: Mapping[str, Any]) -> Analysis:
    """Turn the options of `network_options`, by name, into an analysis.

    Raises
    ------
    click.UsageError
        For links, thresholds and counting that the items can't have, with what they can have.
    """
    from benang.analyses.analysis import check_analysis

    names = {one.name for one in fields(Analysis)} - {"columns"}  # --columns are those of a table that is read
    said: dict[str, Any] = {name: value for name, value in asked.items() if name in names and value is not None}
    if both := said.pop("terms_from", None):
        said["terms_from"] = Analysis.terms_from if both == "both" else (both,)
    # 0 stands for all; the table of thresholds has no options that choose among what is frequent enough
    whole: dict[str, Any] = {name: said.pop(name, None) or None for name in ("top", "most_per_record")}
    components = "all" if asked.get("all_components") else Analysis.components
    analysis = Analysis(**said, **whole, components=components)
    with as_usage():
        check_analysis(analysis)
    _check_scores(analysis, asked)
    return analysis


def _check_scores(analysis: Analysis, asked: Mapping[str, Any]) -> None:
    """Refuse scores that these items and links would leave without any effect.

    Raises
    ------
    click.UsageError
        With what can be done instead.
    """
    if not LINKS[analysis.linked_by].of_records and asked.get("scores") is not None:
        raise click.UsageError(
            f"--scores: these are numbers of the records that were read, which cite the "
            f"{analysis.items.replace('-', ' ')} on this map. Leave them out, or choose other items."
        )


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
