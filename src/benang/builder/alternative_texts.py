"""What a figure shows, in words, for those who can't see it: made from the same data as the picture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benang.builder.plan import AnyChart, CodeChart, MapChart
from benang.locale import Language, translator
from benang.maps.map import Map
from benang.synthesis.findings import CodeTable, Findings, Matrix
from benang.synthesis.wording import state_words

NAMED = 5
"""How many of the largest items, codes or years are named."""


def alternative_text(chart: AnyChart, findings: Findings, maps: Mapping[str, Map], language: Language) -> str:
    """Say in one or two sentences what a figure of the plan shows."""
    if isinstance(chart, MapChart):
        return _map(chart, maps[chart.map], language)
    if isinstance(chart, CodeChart) and chart.kind == "code-bars":
        return _bars(findings.code_tables[chart.codes], language)
    if isinstance(chart, CodeChart):
        return _matrix(findings.matrices[chart.codes], language)
    if chart.kind == "frameworks":
        return _matrix(findings.matrices["frameworks"], language)
    return _years(findings, language)


def _map(chart: MapChart, drawn: Map, language: Language) -> str:
    _ = translator(language)
    network = drawn.network
    sizes = network.weights.get("Occurrences", network.weights.get("Documents", network.weights["Total link strength"]))
    largest = [network.labels[i] for i in np.argsort(-sizes, kind="stable")[:NAMED]]
    said = _("Map of {items} items and {links} links in {clusters} clusters. Largest: {largest}.").format(
        items=len(drawn), links=network.n_links, clusters=drawn.n_clusters, largest="; ".join(largest)
    )
    scores = network.scores.get(chart.score)
    if chart.kind != "overlay" or scores is None or np.isnan(scores).all():
        return said
    return (
        said
        + " "
        + _("Colour shows {score}, from {lowest} to {highest}.").format(
            score=_(chart.score), lowest=f"{np.nanmin(scores):.0f}", highest=f"{np.nanmax(scores):.0f}"
        )
    )


def _bars(table: CodeTable, language: Language) -> str:
    _ = translator(language)
    first = "; ".join(
        _("{code}: {cases} cases, {studies} studies").format(
            code=row.code.label.text(language), cases=row.cases.value, studies=row.studies.value
        )
        for row in table.rows[:NAMED]
    )
    return _("Bars of {codes} codes. Most frequent: {first}.").format(codes=len(table.rows), first=first)


def _matrix(matrix: Matrix, language: Language) -> str:
    _ = translator(language)
    states = [cell.state for cell in matrix.cells.values()]
    counted = "; ".join(f"{name}: {states.count(state)}" for state, name in state_words(language).items())
    return _("Matrix of {cases} cases and {columns} columns. Cells by state: {counted}.").format(
        cases=len(matrix.cases), columns=len(matrix.columns), counted=counted
    )


def _years(findings: Findings, language: Language) -> str:
    _ = translator(language)
    told = "; ".join(
        f"{_('no year') if year is None else year}: {number.value}" for year, number in findings.years.items()
    )
    return _("Records by year of publication: {told}.").format(told=told)
