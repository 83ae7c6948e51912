"""What the charts of a plan ask of its maps, checked before any map is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from benang.errors import BenangError, Problem, nearest
from benang.looks.overlay import Normalisation, normalise_scores
from benang.network.network import Network
from benang.review.plan import MapChart, Plan
from benang.tasks.build.association_steps import is_by_code

NORMALISATIONS: Mapping[str, Normalisation] = {
    "none": "none",
    "divide-by-mean": "divide by mean",
    "subtract-mean": "subtract mean",
    "z-score": "z-score",
}
"""The ways to normalise scores, by their names in a plan."""


def check_charts(plan: Plan, networks: Mapping[str, Network]) -> None:
    """Refuse weights and scores that the network of a chart's map lacks, all together.

    Raises
    ------
    BenangError
        With every chart that asks for something that its map can't show, and the nearest that it can.
    """
    asked = [chart for chart in plan.charts if isinstance(chart, MapChart)]
    problems = [problem for chart in asked for problem in _problems(chart, networks[chart.map])]
    if problems:
        raise BenangError(*problems)


def _problems(chart: MapChart, network: Network) -> Iterator[Problem]:
    where = f"review.toml, chart {chart.name}"
    if chart.weight is not None and chart.weight not in network.weights:
        expected = f"a weight of the map {chart.map}"
        yield Problem(f"'{chart.weight}'", f"{where}, weight", expected, nearest(chart.weight, network.weights))
    if chart.kind != "overlay" or is_by_code(chart):
        return
    if chart.score not in network.scores:
        expected = f"a score of the map {chart.map}"
        way_on = nearest(chart.score, network.scores) or "Its items have no scores: draw another kind of chart."
        yield Problem(f"'{chart.score}'", f"{where}, score", expected, way_on)
        return
    try:
        normalise_scores(network.scores[chart.score], NORMALISATIONS[chart.score_normalisation])
    except BenangError as error:
        yield from (replace(problem, where=f"{where}, score_normalisation") for problem in error.problems)
