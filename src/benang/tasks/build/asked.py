"""What the tables and charts of a plan ask for beyond its maps: associations, scores, weights, parts of a map.

It is checked before any map is laid out, and counted once for tables, figures and evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from benang.errors import BenangError, Problem, nearest
from benang.evidence import Number
from benang.kinds import CODE_SCORE
from benang.locale import Language
from benang.locale.writing import worded
from benang.looks.overlay import normalise_scores
from benang.looks.view import NORMALISATIONS
from benang.maps.comparison import Difference, map_difference, slice_difference
from benang.maps.map import Map
from benang.maps.slices import Slice, one_slice, time_slices, years_of_corpus
from benang.network.network import Network
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.review.plan import (
    AnyChart,
    AnyTable,
    AssociationChart,
    AssociationPlan,
    CodeChart,
    CodeTablePlan,
    DifferenceChart,
    MapChart,
    Plan,
    PrintedTablePlan,
    SlicesChart,
    filter_of,
)
from benang.synthesis.association import Association, review_association, with_numbers
from benang.synthesis.code_scores import CodeScores, code_scores
from benang.synthesis.filtering import numbers_in, prefixed, with_parts
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions, review_mentions
from benang.synthesis.number_ids import of_filter, within

Asked = AssociationPlan | AssociationChart
_Key = tuple[str, str, str, int, str]


@dataclass(frozen=True)
class Associations:
    """What a plan asks of codes and keywords: each is counted once, however many tables and charts show it."""

    associations: Mapping[_Key, Association] = field(default_factory=dict)
    mentions: Mapping[_Key, Mentions] = field(default_factory=dict)

    def association(self, asked: Asked) -> Association:
        """Return the association that a table or a chart of the plan asks for."""
        return self.associations[_key(asked)]

    def mention(self, asked: AssociationPlan) -> Mentions:
        """Return the mentions that a table of the plan asks for."""
        return self.mentions[_key(asked)]


NO_ASSOCIATIONS = Associations()


def counted_associations(plan: Plan, findings: Findings, thesaurus: Thesaurus | None) -> Associations:
    """Count what the tables and charts of the plan ask of codes and keywords."""
    asked = {
        _key(one): one for one in (*plan.tables, *plan.charts) if isinstance(one, AssociationPlan | AssociationChart)
    }
    return Associations(
        {key: _association(one, findings, thesaurus) for key, one in asked.items() if one.kind == "association"},
        {
            key: review_mentions(findings, group=one.codes, items=one.items, least=one.least, thesaurus=thesaurus)
            for key, one in asked.items()
            if one.kind == "mentions"
        },
    )


def _association(asked: Asked, findings: Findings, thesaurus: Thesaurus | None) -> Association:
    """Tell which codes go with which keywords, where some of the cases count with the ids of their filter."""
    try:
        association = review_association(
            findings.within(asked.where), group=asked.codes, items=asked.items, least=asked.least, thesaurus=thesaurus
        )
    except BenangError as error:
        what = "chart" if isinstance(asked, AssociationChart) else "table"
        where = f"review.toml, {what} {asked.name}"
        raise BenangError(*(replace(one, where=where) for one in error.problems)) from None
    return prefixed(association, of_filter(asked.where)) if asked.where else association


def _key(asked: Asked) -> _Key:
    return asked.kind, asked.codes, asked.items, asked.least, of_filter(asked.where)


def with_filters(findings: Findings, plan: Plan) -> Findings:
    """Count a review also for the cases that the filters of its plan choose, and add the numbers that are shown."""
    filtered = [one for one in (*plan.tables, *plan.charts) if filter_of(one)]
    findings = with_parts(findings, [filter_of(one) for one in filtered])
    for asked in filtered:
        findings = with_numbers(findings, _shown_numbers(asked, findings.within(filter_of(asked))))
    return findings


def _shown_numbers(asked: AnyTable | AnyChart, part: Findings) -> Iterator[Number]:
    """Give the numbers that a table or chart shows of a part of the cases, and how many cases these are."""
    yield part.evidence.numbers[within(of_filter(filter_of(asked)), "cases/all")]
    if isinstance(asked, CodeTablePlan | CodeChart):
        yield from numbers_in(part.code_tables[asked.codes])
    elif isinstance(asked, PrintedTablePlan):
        yield from numbers_in(part.printed_tables[asked.table])
    elif asked.kind == "cases":
        yield from numbers_in(part.case_rows)
    elif asked.kind == "frameworks":
        yield from numbers_in(part.framework_tables)


def scores_asked(chart: MapChart, findings: Findings, networks: Mapping[str, Network]) -> CodeScores:
    """Make the scores of the code that an overlay of the plan shows."""
    code = chart.score.removeprefix(CODE_SCORE)
    return code_scores(networks[chart.map], findings.coded, code, map_name=chart.map)


def with_asked_numbers(
    findings: Findings, plan: Plan, networks: Mapping[str, Network], associations: Associations
) -> Findings:
    """Add to a review's evidence the numbers of all that its plan asks of codes, keywords and maps."""
    for asked in (*plan.tables, *plan.charts):
        if isinstance(asked, AssociationPlan) and asked.kind == "mentions":
            findings = with_numbers(findings, associations.mention(asked).numbers())
        elif isinstance(asked, AssociationPlan | AssociationChart):
            findings = with_numbers(findings, associations.association(asked).numbers())
        elif isinstance(asked, MapChart) and is_by_code(asked):
            findings = with_numbers(findings, scores_asked(asked, findings, networks).numbers())
    return findings


def maps_scored(plan: Plan) -> frozenset[str]:
    """Name the maps that an overlay of the plan colours by a code."""
    return frozenset(
        chart.map for chart in plan.charts if isinstance(chart, MapChart) and is_by_code(chart)
    )  # fmt: skip


def associations_told(plan: Plan, associations: Associations) -> tuple[Association | Mentions, ...]:
    """Return what the plan's tables ask of codes and keywords, for the report."""
    return tuple(
        associations.mention(asked) if asked.kind == "mentions" else associations.association(asked)
        for asked in plan.tables
        if isinstance(asked, AssociationPlan)
    )


def is_by_code(chart: MapChart) -> bool:
    """Whether a chart colours its map by a code."""
    return chart.kind == "overlay" and chart.score.startswith(CODE_SCORE)


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
    where = worded("review.toml, chart {name}", name=chart.name)
    if chart.weight is not None and chart.weight not in network.weights:
        expected = worded("a weight of the map {map}", map=chart.map)
        yield Problem(
            f"'{chart.weight}'",
            worded("{where}, weight", where=where),
            expected,
            nearest(chart.weight, network.weights),
        )
    if chart.kind != "overlay" or is_by_code(chart):
        return
    if chart.score not in network.scores:
        expected = worded("a score of the map {map}", map=chart.map)
        way_on = nearest(chart.score, network.scores) or "Its items have no scores. Draw another kind of chart."
        yield Problem(f"'{chart.score}'", worded("{where}, score", where=where), expected, way_on)
        return
    try:
        normalise_scores(network.scores[chart.score], NORMALISATIONS[chart.score_normalisation])
    except BenangError as error:
        yield from (replace(problem, where=f"{where}, score_normalisation") for problem in error.problems)


def slices_of(chart: SlicesChart, drawn: Map, corpus: Corpus) -> tuple[Slice, ...]:
    """Part a map by the years of the review's records."""
    return time_slices(drawn, years_of_corpus(corpus), edges=chart.edges or None, n=chart.slices)


def difference_of(chart: DifferenceChart, drawn: Map, corpus: Corpus, language: Language) -> Difference:
    """Compare the records before a year with those since, or two groups of records or cases.

    Raises
    ------
    BenangError
        Where all records lie on one side of the year, and for records or cases that the map lacks.
    """
    if chart.groups is not None:
        one, other = chart.groups
        names = one.name.text(language), other.name.text(language)
        return map_difference(drawn, one.members, other.members, names=names)
    parts = time_slices(drawn, years_of_corpus(corpus), edges=[chart.before] if chart.before is not None else None)
    if len(parts) != 2:
        raise one_slice(parts[0], worded("review.toml, chart {name}", name=chart.name))
    return slice_difference(drawn, *parts)
