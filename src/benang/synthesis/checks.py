"""Claims held against the data, each by its named check, and the checks that every review gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from benang.errors import BenangError, Problem, nearest
from benang.locale import Language
from benang.synthesis.claims import Claim, Claims
from benang.synthesis.facts import Facts, MapFacts, Told
from benang.synthesis.findings import Check, Findings
from benang.synthesis.general_checks import general_checks
from benang.synthesis.named_checks import (
    check_contrast,
    check_cooccurrence,
    check_count,
    check_date_order,
    check_field,
    check_judgement,
    check_range,
    check_set,
)
from benang.synthesis.wording import Wording

CHECKS: Mapping[str, Callable[[Any, Facts], Told]] = {
    "count": check_count,
    "range": check_range,
    "set": check_set,
    "co-occurrence": check_cooccurrence,
    "date-order": check_date_order,
    "field": check_field,
    "contrast": check_contrast,
    "judgement": check_judgement,
}
"""The named checks, by the word that stands under `check` in `claims.toml`."""


def check_all(
    findings: Findings, claims: Claims, *, maps: Mapping[str, MapFacts] | None = None, language: Language = "en"
) -> tuple[Check, ...]:
    """Hold every claim against the findings, in the order of the file, and add the general checks behind them.

    Raises
    ------
    BenangError
        With every claim and citation that speaks of a number, record, case, map or variable that there is not.
    """
    facts = Facts(findings, Wording(findings, language), maps)
    checks: list[Check] = []
    problems: list[Problem] = []
    for claim in claims.claims:
        try:
            checks.append(_checked(claim, facts, language))
        except BenangError as error:
            problems.extend(
                Problem(one.found, where=f"claims.toml, claim '{claim.id}'", expected=one.expected, way_on=one.way_on)
                for one in error.problems
            )
    problems.extend(_unknown_records(claims, findings))
    if problems:
        raise BenangError(*problems)
    return (*checks, *general_checks(facts, claims.citations))


def _checked(claim: Claim, facts: Facts, language: Language) -> Check:
    told = CHECKS[claim.check](claim, facts)
    return Check(
        claim.id,
        claim.says.text(language),
        told.found,
        told.verdict,
        told.evidence,
        told.needs_reader,
        claim.where.text(language),
        claim.note.text(language) if claim.note else "",
    )


def _unknown_records(claims: Claims, findings: Findings) -> Iterator[Problem]:
    for citation in claims.citations:
        if citation.record not in findings.corpus.keys:
            yield Problem(
                f"a citation of '{citation.record}', which is the key of no record",
                where="claims.toml",
                way_on=nearest(citation.record, findings.corpus.keys),
            )
