"""Claims compared with the data by named checks, and what deserves a second look in every review.

None of the general checks is a verdict on anybody. A date may be misprinted, a code nobody used may be in the world all
the same, and what one study alone reports may well be true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from benang.coding.placed import present_code
from benang.errors import BenangError, Problem, nearest
from benang.locale import Language
from benang.locale.writing import worded
from benang.records.names import is_named_as
from benang.records.record import Record
from benang.records.spelling import folded
from benang.synthesis.claims import (
    CheckResult,
    Citation,
    Claim,
    Claims,
    Facts,
    JudgementClaim,
    MapFacts,
    SetClaim,
    events_before,
)
from benang.synthesis.findings import Check, Findings, Verdict
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
from benang.synthesis.number_ids import general_check, of_case, present_number
from benang.synthesis.wording import Wording

CHECKS: Mapping[str, Callable[[Any, Facts], CheckResult]] = {
    "count": check_count,
    "range": check_range,
    "set": check_set,
    "co-occurrence": check_cooccurrence,
    "date-order": check_date_order,
    "field": check_field,
    "contrast": check_contrast,
    "judgement": check_judgement,
}
"""The named checks, by the word under `check` in `claims.toml`."""


_AND_OTHERS = {"et al.", "et al", "dkk.", "dkk", "and others"}


def check_all(
    findings: Findings, claims: Claims, *, maps: Mapping[str, MapFacts] | None = None, language: Language = "en"
) -> tuple[Check, ...]:
    """Compare every claim with the findings, in the order of the file, and add the general checks behind them.

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
            checks.append(_checked(_of_present_codes(claim, findings), facts, language))
        except BenangError as error:
            problems.extend(
                Problem(
                    one.found,
                    where=worded("claims.toml, claim '{claim}'", claim=claim.id),
                    expected=one.expected,
                    way_on=one.way_on,
                )
                for one in error.problems
            )
    problems.extend(_unknown_records(claims, findings))
    if problems:
        raise BenangError(*problems)
    return (*checks, *general_checks(facts, claims.citations))


def _of_present_codes(claim: Claim, findings: Findings) -> Claim:
    """Return a claim with the present names of codes: it may have been written before one was renamed."""

    def present(name: str) -> str:
        return name if name in findings.evidence.numbers else present_number(name, findings.codebook)

    named = {
        name: present(number_id)
        for name in ("of", "silent")
        if isinstance(number_id := getattr(claim, name, None), str)
    }
    looked_at = {"look_at": tuple(map(present, claim.look_at))} if isinstance(claim, JudgementClaim) else {}
    codes = {}
    if isinstance(claim, SetClaim) and findings.codebook.group(claim.property):
        codes = {"stated": tuple(present_code(one, findings.codebook) for one in claim.stated)}
    return claim.model_copy(update={**named, **looked_at, **codes})


def _checked(claim: Claim, facts: Facts, language: Language) -> Check:
    finding = CHECKS[claim.check](claim, facts)
    return Check(
        claim.id,
        claim.says.text(language),
        finding.found,
        finding.verdict,
        finding.evidence,
        finding.needs_reader,
        claim.where.text(language),
        claim.note.text(language) if claim.note else "",
    )


def _unknown_records(claims: Claims, findings: Findings) -> Iterator[Problem]:
    for citation in claims.citations:
        if citation.record not in findings.corpus.keys:
            yield Problem(
                worded("a citation of '{name}', which is not the key of a record", name=citation.record),
                where="claims.toml",
                way_on=nearest(citation.record, findings.corpus.keys),
            )


def general_checks(facts: Facts, citations: Sequence[Citation] = ()) -> Iterator[Check]:
    """Make all general checks: one row for everything that asks for a second look."""
    _ = facts.wording.gettext
    for name, stated, rows in (
        (
            "published-before-event",
            _("A study is published no earlier than the events that it reports."),
            published_before_event(facts),
        ),
        ("case-without-study", _("At least one study reports each case."), case_without_study(facts)),
        ("code-never-used", _("At least one passage supports each code."), code_never_used(facts)),
        ("one-study-only", _("More than one study reports each factor."), one_study_only(facts)),
        (
            "cited-under-two-names",
            _("A study is cited with the names and year in its record."),
            cited_under_two_names(facts, citations),
        ),
    ):
        for one in rows:
            yield Check(
                general_check(name, one.of), stated, one.found, one.verdict, one.evidence, general=(name, one.of)
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """What a general check found of one study, case, code or record."""

    of: str
    found: str
    verdict: Verdict
    evidence: tuple[str, ...]


def _years(facts: Facts) -> list[str]:
    return [one.id for one in facts.findings.codebook.variables if one.type == "year"]


def published_before_event(facts: Facts) -> Iterator[Finding]:
    """Find studies dated before an event that their own passages report: one of the two dates must be wrong."""
    _ = facts.wording.gettext
    events = sorted(events_before(facts.findings, _years(facts)), key=lambda one: one.study)
    for study, study_events in groupby(events, key=lambda one: one.study):
        early = list(study_events)
        sentences = [one.sentence(facts.wording) for one in early]
        sentences.append(_("One of the dates must be wrong; these data do not show which."))
        passages = [passage for one in early for passage in one.passages]
        yield Finding(study, " ".join(sentences), "contradicted", (study, *passages))


def case_without_study(facts: Facts) -> Iterator[Finding]:
    """Find cases that no study reports."""
    _ = facts.wording.gettext
    for case in facts.findings.cases.cases:
        if not case.studies:
            sentence = _("No study is named for %(case)s.") % {"case": facts.wording.labels.case(case.id)}
            yield Finding(case.id, sentence, "cannot be told", (of_case(case.id),))


def code_never_used(facts: Facts) -> Iterator[Finding]:
    """Find codes without a passage; not reported does not mean absent."""
    _ = facts.wording.gettext
    unused = {
        row.code.id: row
        for table in facts.findings.code_tables.values()
        for row in table.rows
        if not (row.cases.value or row.code.retired)
    }
    for row in (unused[code.id] for code in facts.findings.codebook.codes if code.id in unused):
        sentence = _("No passage is coded “%(code)s”; not reported does not mean absent.")
        others = [number.id for number in row.others.values() if number.value]
        if others:
            sentence = _(
                "No passage supports “%(code)s”: the passages with this code contradict it or only mention it."
            )
        name = facts.wording.labels.code(row.code.id)
        yield Finding(row.code.id, sentence % {"code": name}, "cannot be told", (row.cases.id, *others))


def one_study_only(facts: Facts) -> Iterator[Finding]:
    """Find codes that rest on one study, in the groups that have sides (factors, internal and external).

    However many cases have such a code, it rests on one study: what it reports may be true, but nothing else here
    supports it.
    """
    _ = facts.wording.gettext
    sided = [group.id for group in facts.findings.codebook.groups if group.sides]
    for row in (row for group in sided for row in facts.findings.code_tables[group].rows if row.studies.value == 1):
        sentence = _("“%(code)s” is reported by only one study, %(study)s, for %(amount)s.") % {
            "code": facts.wording.labels.code(row.code.id),
            "study": facts.wording.labels.study(row.studies.of[0]),
            "amount": facts.wording.amount(row.cases),
        }
        yield Finding(row.code.id, sentence, "cannot be told", (row.studies.id, row.cases.id))


def cited_under_two_names(facts: Facts, citations: Iterable[Citation]) -> Iterator[Finding]:
    """Find records that the text under review cites by other names, or another year, than its own list of references.

    Citing only the first author does not count as a difference.
    """
    _ = facts.wording.gettext
    by_record: dict[str, list[str]] = {}
    for citation in citations:
        if is_cited_otherwise(citation, facts.findings.corpus.record(citation.record)):
            by_record.setdefault(citation.record, []).append(_cited(citation, facts.wording))
    for key in (key for key in facts.findings.corpus.keys if key in by_record):
        sentence = _("Cited as %(cited)s; the record has %(record)s.") % {
            "cited": facts.wording.listed(dict.fromkeys(by_record[key])),
            "record": facts.wording.labels.study(key),
        }
        yield Finding(key, sentence, "contradicted", (key,))


def is_cited_otherwise(citation: Citation, record: Record) -> bool:
    """Tell whether a citation gives other names, or another year, than a record has.

    Examples
    --------
    >>> record = Record("a", authors=("Hakim, F. N.", "Susilowati, I."), year=2020)
    >>> is_cited_otherwise(Citation(record="a", names=("Hakim",), year=2020), record)
    False
    >>> is_cited_otherwise(Citation(record="a", names=("Hakiem", "Susilowati"), year=2020), record)
    True
    >>> is_cited_otherwise(Citation(record="a", names=("Hakim", "Susilowati"), year=2021), record)
    True
    """
    names = [name for name in citation.names if folded(name) not in _AND_OTHERS]
    if citation.year != record.year or len(names) > len(record.authors):
        return True
    pairs = zip(record.authors, names, strict=False)
    return not all(is_named_as(author, name, record.bodies) for author, name in pairs)


def _cited(citation: Citation, wording: Wording) -> str:
    names = wording.listed(citation.names)
    year = citation.year or wording.gettext("n.d.")
    return f"{names} ({year})"
