"""A review counted for some of its cases: those with certain values, or those whose studies were appraised as such.

Whatever is counted so has ids of its own, `where/FILTER/…`, so that no number is taken for that of all cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from benang.coding.cases import Cases, is_of_studies
from benang.coding.codebook import Variable
from benang.coding.coded import Coded
from benang.coding.placed import Placed
from benang.evidence import Evidence, Number, Passage
from benang.judgements.events import NOT_REPORTED
from benang.synthesis.appraisals import given_to
from benang.synthesis.build_findings import findings_of
from benang.synthesis.findings import Findings
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
        passages=passages,
    )


def prefixed(part: Part, prefix: str) -> Part:
    """Return numbers, or tables that are made of numbers, with ids that begin with a filter."""
    return _prefixed(part, prefix)  # type: ignore[no-any-return]


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
