"""What tables and charts of a plan ask for beyond its maps: associations, scores, some of the cases, parts of a map.

It is checked before any map is laid out, and counted once for tables, figures and evidence. What is counted for some of
the cases, those with certain values or appraisals, has ids of its own, `where/FILTER/…`, so that no number is taken for
that of all cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from benang.coding.cases import Cases, is_of_studies
from benang.coding.codebook import Variable
from benang.coding.coded import Coded
from benang.coding.placed import Placed
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Evidence, Number, Passage
from benang.judgements.events import NOT_REPORTED
from benang.kinds import CODE_SCORE
from benang.locale import Language
from benang.locale.writing import worded
from benang.looks import NORMALISATIONS
from benang.looks.overlay import normalise_scores
from benang.maps import Map
from benang.maps.comparison import Difference, map_difference, slice_difference
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
from benang.synthesis import findings_of
from benang.synthesis.appraisals import given_to
from benang.synthesis.association import Association, review_association, with_numbers
from benang.synthesis.code_scores import CodeScores, code_scores
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions, review_mentions
from benang.synthesis.number_ids import UNREPORTED, of_filter, within

Where = Mapping[str, Sequence[str]]
"""Variables, and the values that count of each: levels, lights of an appraisal, or `not-reported`."""
Part = TypeVar("Part")


def values_meant(words: Sequence[str], variable: Variable) -> frozenset[str]:
    """Return the values that a filter means: a word is a level, else the light of levels, else `not-reported`.

    Examples
    --------
    >>> levels = ({"id": "yes", "label": "Yes", "light": "good"}, {"id": "no", "label": "No", "light": "poor"})
    >>> aim = Variable(id="aim", label={"en": "Aim"}, levels=levels)
    >>> sorted(values_meant(["good", "not-reported"], aim)), sorted(values_meant(["no"], aim))
    (['not_reported', 'yes'], ['no'])
    """
    levels = {level.id for level in variable.levels}
    meant: set[str] = set()
    for word in words:
        if word in levels:
            meant.add(word)
        elif word == UNREPORTED:
            meant.add(NOT_REPORTED)
        else:
            meant |= {level.id for level in variable.levels if level.light == word}
    return frozenset(meant)


def restricted(findings: Findings, where: Where) -> Findings:
    """Recount a review for the cases that have one of the listed values of every variable.

    A value of a study (an appraisal where cases are not studies) restricts the passages to those of such studies, and
    the cases to those that one of them reports.

    Returns
    -------
    Findings
        Its numbers have ids that begin with the filter; years, appraisals and checks are those of the whole review,
        and left out.
    """
    coded = _restricted(findings.coded, where)
    recounted = findings_of(
        corpus=findings.corpus,
        codebook=coded.codebook,
        cases=coded.cases,
        documents=coded.documents,
        placed=coded.placed,
    )
    prefix, looked_for = of_filter(where), {row.case.id: row.looked_for for row in findings.case_rows}
    rows = tuple(replace(row, looked_for=looked_for[row.case.id]) for row in recounted.case_rows)
    numbers = [prefixed(number, prefix) for number in recounted.evidence.numbers.values()]
    return replace(
        recounted,
        evidence=Evidence({number.id: number for number in numbers}, recounted.evidence.passages),
        code_tables={key: prefixed(table, prefix) for key, table in recounted.code_tables.items()},
        printed_tables={key: prefixed(rows, prefix) for key, rows in recounted.printed_tables.items()},
        case_rows=prefixed(rows, prefix),
        framework_tables=prefixed(recounted.framework_tables, prefix),
        appraisals=(),
        years={},
        study_years={},
        checks=(),
    )


def _restricted(coded: Coded, where: Where) -> Coded:
    cases, placed = coded.cases, coded.placed
    for name, words in where.items():
        variable = coded.codebook.variable(name)
        assert variable is not None  # noqa: S101 - plans are checked
        meant = values_meant(words, variable)
        if is_of_studies(name, coded.codebook, coded.cases):
            every = {study for case in coded.cases.cases for study in case.studies}
            studies = {one for one in every if given_to(one, name, coded) in meant}
            cases = _of_studies(cases, studies)
            passages = {key: one for key, one in placed.passages.items() if coded.study(one) in studies}
        else:
            cases = Cases(cases=tuple(one for one in cases.cases if given_to(one.id, name, coded) in meant))
            passages = dict(placed.passages)
        placed = _placed(placed, cases, passages)
    return Coded(coded.codebook, cases, coded.documents, placed)


def _of_studies(cases: Cases, studies: set[str]) -> Cases:
    """Keep the cases that some of these studies report, each with these studies alone."""
    kept = (one.model_copy(update={"studies": tuple(s for s in one.studies if s in studies)}) for one in cases.cases)
    return Cases(cases=tuple(one for one in kept if one.studies))


def _placed(placed: Placed, cases: Cases, available: Mapping[str, Passage]) -> Placed:
    """Keep what is about some cases or their studies, and rests on passages that are kept."""
    about = {*cases.by_id, *(study for case in cases.cases for study in case.studies)}
    passages = {key: one for key, one in available.items() if one.case in about}
    return Placed(
        codings=tuple(one for one in placed.codings if one.id in passages),
        set_aside=tuple(one for one in placed.set_aside if one.case in about),
        values=tuple(
            one
            for one in placed.values
            if one.case in about and (not one.passages or any(key in passages for key in one.passage_ids))
        ),
        tasks=tuple(one for one in placed.tasks if one.case in about),
        consensuses=tuple(one for one in placed.consensuses if one.case in about),
        passages=passages,
    )


def prefixed(part: Part, prefix: str) -> Part:
    """Return numbers, or tables that are made of numbers, with ids that begin with a filter."""
    of_filter: Part = _prefixed(part, prefix)
    return of_filter


def _prefixed(part: Any, prefix: str) -> Any:
    if isinstance(part, Number):
        return replace(part, id=within(prefix, part.id))
    if isinstance(part, tuple):
        return tuple(_prefixed(one, prefix) for one in part)
    if isinstance(part, Mapping):
        return {key: _prefixed(one, prefix) for key, one in part.items()}
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _prefixed(getattr(part, one.name), prefix) for one in fields(part)})
    return part


def numbers_in(part: object) -> Iterator[Number]:
    """Give the numbers that a table is made of."""
    if isinstance(part, Number):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from numbers_in(one)
    elif isinstance(part, Mapping):
        yield from numbers_in(tuple(part.values()))
    elif is_dataclass(part) and not isinstance(part, type):
        yield from numbers_in(tuple(getattr(part, one.name) for one in fields(part)))


def with_parts(findings: Findings, wheres: Sequence[Where]) -> Findings:
    """Count a review also for each filter that there is, once; `Findings.within` gives them."""
    parts = {of_filter(where): where for where in wheres if where}
    return replace(findings, parts={key: restricted(findings, where) for key, where in parts.items()})


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
