"""What a review's plan asks of codes and keywords, counted once for its tables, its figures and its evidence."""

from __future__ import annotations

from collections.abc import Mapping

from benang.builder.plan import AssociationChart, AssociationPlan, MapChart, Plan
from benang.network.network import Network
from benang.records.thesaurus import Thesaurus
from benang.synthesis.association import Association, with_numbers
from benang.synthesis.code_scores import PREFIX, CodeScores, code_scores
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions
from benang.synthesis.review_association import coded_of, review_association, review_mentions

Asked = AssociationPlan | AssociationChart


def association_asked(asked: Asked, findings: Findings, thesaurus: Thesaurus | None) -> Association:
    """Make the association that a table or a chart of the plan asks for."""
    return review_association(
        findings, group=asked.codes, items=asked.items, least=asked.least, thesaurus=thesaurus
    )  # fmt: skip


def mentions_asked(asked: AssociationPlan, findings: Findings, thesaurus: Thesaurus | None) -> Mentions:
    """Make the mentions that a table of the plan asks for."""
    return review_mentions(findings, group=asked.codes, items=asked.items, least=asked.least, thesaurus=thesaurus)


def scores_asked(chart: MapChart, findings: Findings, networks: Mapping[str, Network]) -> CodeScores:
    """Make the scores of the code that an overlay of the plan shows."""
    code = chart.score.removeprefix(PREFIX)
    return code_scores(networks[chart.map], coded_of(findings), code, map_name=chart.map)


def with_asked_numbers(
    findings: Findings, plan: Plan, networks: Mapping[str, Network], thesaurus: Thesaurus | None
) -> Findings:
    """Add to a review's evidence the numbers of all that its plan asks of codes, keywords and maps."""
    for asked in (*plan.tables, *plan.charts):
        if isinstance(asked, AssociationPlan) and asked.kind == "mentions":
            findings = with_numbers(findings, mentions_asked(asked, findings, thesaurus).numbers())
        elif isinstance(asked, AssociationPlan | AssociationChart):
            findings = with_numbers(findings, association_asked(asked, findings, thesaurus).numbers())
        elif isinstance(asked, MapChart) and is_by_code(asked):
            findings = with_numbers(findings, scores_asked(asked, findings, networks).numbers())
    return findings


def maps_scored(plan: Plan) -> frozenset[str]:
    """Name the maps that an overlay of the plan colours by a code."""
    return frozenset(
        chart.map for chart in plan.charts if isinstance(chart, MapChart) and is_by_code(chart)
    )  # fmt: skip


def associations_told(
    findings: Findings, plan: Plan, thesaurus: Thesaurus | None
) -> tuple[Association | Mentions, ...]:
    """Make what the plan's tables ask of codes and keywords, for the report."""
    return tuple(
        mentions_asked(asked, findings, thesaurus)
        if asked.kind == "mentions"
        else association_asked(asked, findings, thesaurus)
        for asked in plan.tables
        if isinstance(asked, AssociationPlan)
    )


def is_by_code(chart: MapChart) -> bool:
    """Whether a chart colours its map by a code."""
    return chart.kind == "overlay" and chart.score.startswith(PREFIX)
