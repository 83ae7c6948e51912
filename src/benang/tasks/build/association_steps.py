"""What a review's plan asks of codes and keywords, counted once for its tables, its figures and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benang.network.network import Network
from benang.records.thesaurus import Thesaurus
from benang.review.plan import AssociationChart, AssociationPlan, MapChart, Plan
from benang.synthesis.association import Association, with_numbers
from benang.synthesis.code_scores import PREFIX, CodeScores, code_scores
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions
from benang.synthesis.review_association import coded_of, review_association, review_mentions

Asked = AssociationPlan | AssociationChart
_Key = tuple[str, str, str, int]


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
        {
            key: review_association(findings, group=one.codes, items=one.items, least=one.least, thesaurus=thesaurus)
            for key, one in asked.items()
            if one.kind == "association"
        },
        {
            key: review_mentions(findings, group=one.codes, items=one.items, least=one.least, thesaurus=thesaurus)
            for key, one in asked.items()
            if one.kind == "mentions"
        },
    )


def _key(asked: Asked) -> _Key:
    return asked.kind, asked.codes, asked.items, asked.least


def scores_asked(chart: MapChart, findings: Findings, networks: Mapping[str, Network]) -> CodeScores:
    """Make the scores of the code that an overlay of the plan shows."""
    code = chart.score.removeprefix(PREFIX)
    return code_scores(networks[chart.map], coded_of(findings), code, map_name=chart.map)


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
    return chart.kind == "overlay" and chart.score.startswith(PREFIX)
