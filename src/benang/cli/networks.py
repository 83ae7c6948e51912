"""What the command line asks of a network, as an analysis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, cast

import click

from benang.analyses.analysis import Analysis
from benang.cli.options import TextType


def analysis_of(asked: Mapping[str, Any]) -> Analysis:
    """Turn the options of `network_options`, by name, into an analysis; the task says what doesn't go together."""
    names = {one.name for one in fields(Analysis)} - {"columns"}  # --columns are those of a table that is read
    said: dict[str, Any] = {name: value for name, value in asked.items() if name in names and value is not None}
    if both := said.pop("terms_from", None):
        said["terms_from"] = Analysis.terms_from if both == "both" else (both,)
    # 0 stands for all; the table of thresholds has no options that choose among what is frequent enough
    whole: dict[str, Any] = {name: said.pop(name, None) or None for name in ("top", "most_per_record")}
    components = "all" if asked.get("all_components") else Analysis.components
    return Analysis(**said, **whole, components=components)


class EngineType(TextType):
    """The engine that counts: `duckdb`, `spark`, or an address of Spark."""

    name = "engine"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a known engine; the nearest is named otherwise."""
        if value == "duckdb":
            return "duckdb"
        from benang.errors import BenangError
        from benang.tasks.make_map import engine_named

        try:
            return engine_named(cast("str", value))
        except BenangError as error:
            self.fail(str(error), param, ctx)
