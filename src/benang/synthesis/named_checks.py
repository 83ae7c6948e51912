"""The named checks: each compares one kind of claim with the findings of a review."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations

from benang.errors import BenangError, Problem, closest, nearest
from benang.evidence import Number
from benang.locale.writing import worded
from benang.records.names import cited_authors, is_named_as
from benang.records.record import ASSIGNED
from benang.records.spelling import folded
from benang.synthesis.claims import (
    CheckResult,
    ContrastClaim,
    CooccurrenceClaim,
    CountClaim,
    DateOrderClaim,
    Facts,
    FieldClaim,
    JudgementClaim,
    RangeClaim,
    SetClaim,
    Value,
    Values,
    events_before,
    nearest_number,
    record_values,
    value_text,
    values_of,
)
from benang.synthesis.findings import Verdict
from benang.synthesis.number_ids import UNREPORTED, case_of, of_case, of_level
from benang.synthesis.wording import number_title


def check_count(claim: CountClaim, facts: Facts) -> CheckResult:
    """Compare a number with the number stated.

    With silent cases, the true number lies between what was counted and that many more: the claim holds where it
    would hold of every number between the two, and is contradicted where it would of none.
    """
    _ = facts.wording.gettext
    number = facts.number(claim.of)
    silent = facts.number(claim.silent) if claim.silent is not None else None
    sentences = [_("The data give %(amount)s.") % {"amount": facts.wording.amount(number)}]
    most = len({*number.of, *(silent.of if silent else ())})
    if silent and silent.value:
        sentences.append(
            _("Not reported for %(amount)s; not reported does not mean absent.")
            % {"amount": facts.wording.amount(silent)}
        )
    stated = claim.stated
    certain, possible = {
        "equals": (number.value == stated == most, number.value <= stated <= most),
        "at-most": (most <= stated, number.value <= stated),
        "at-least": (number.value >= stated, most >= stated),
    }[claim.relation]
    verdict: Verdict = "holds" if certain else "cannot be told" if possible else "contradicted"
    return CheckResult(" ".join(sentences), verdict, (claim.of, *((claim.silent,) if claim.silent else ())))


def check_range(claim: RangeClaim, facts: Facts) -> CheckResult:
    """Compare the first and the last value of a property with those stated, or their span in years.

    What has no value leaves open what fits; it never contradicts.
    """
    _ = facts.wording.gettext
    number = facts.number(claim.of)
    values = _years_of(claim.property, number, facts)
    years = sorted({int(value) for _one, value in values.known})
    if not years:
        return CheckResult(_("None of them has a value."), "cannot be told", (claim.of,))
    first, last = years[0], years[-1]
    sentences = [
        _("From %(first)s to %(last)s, %(amount)s.")
        % {"first": first, "last": last, "amount": facts.wording.counted(last - first + 1, "years")}
    ]
    sentences += _without(values, number, facts)
    wide = last - first + 1
    fits = claim.stated in (None, (first, last)) and claim.span in (None, wide)
    within = (claim.stated is None or claim.stated[0] <= first <= last <= claim.stated[1]) and (
        claim.span is None or wide <= claim.span
    )
    if not values.missing:
        verdict: Verdict = "holds" if fits else "contradicted"
    else:
        verdict = "cannot be told" if within else "contradicted"
    outside = [
        one
        for one, value in values.known
        if claim.stated is not None and not claim.stated[0] <= int(value) <= claim.stated[1]
    ]
    silent = _silent(claim.property, values, number, facts)
    return CheckResult(" ".join(sentences), verdict, (claim.of, *silent, *_evidence(outside, number.unit)))


def check_set(claim: SetClaim, facts: Facts) -> CheckResult:
    """Compare the values of a property with those stated; capitals and accents make no difference."""
    _ = facts.wording.gettext
    number = facts.number(claim.of)
    values = values_of(facts.findings, number, claim.property)
    stated = {folded(one) for one in claim.stated}
    distinct = sorted({str(value) for _one, value in values.known})
    more = [value for value in distinct if folded(value) not in stated]
    absent = [one for one in claim.stated if folded(one) not in {folded(value) for value in distinct}]
    sentences = [
        _("In the data: %(n)s; stated: %(stated)s; in both: %(same)s.")
        % {"n": len(distinct), "same": len(distinct) - len(more), "stated": len(claim.stated)}
    ]
    if more:
        sentences.append(_("Not stated: %(values)s.") % {"values": _worded(claim.property, more, facts)})
    if absent:
        sentences.append(
            _("Stated, but not in the data: %(values)s.") % {"values": _worded(claim.property, absent, facts)}
        )
    sentences += _without(values, number, facts)
    holders = [one for one, value in values.known if str(value) in more]
    verdict: Verdict = (
        "contradicted" if more or (absent and not values.missing) else "cannot be told" if values.missing else "holds"
    )
    silent = _silent(claim.property, values, number, facts)
    return CheckResult(" ".join(sentences), verdict, (claim.of, *silent, *_evidence(holders, number.unit)))


def check_cooccurrence(claim: CooccurrenceClaim, facts: Facts) -> CheckResult:
    """Check whether items are on a map and each pair of them is linked.

    Items that were assigned for the review can't support a claim: whoever assigned them knew the text.
    """
    _ = facts.wording.gettext
    if facts.maps is None:
        return CheckResult(_("The map was not made."), "cannot be told")
    if claim.map not in facts.maps:
        raise BenangError(
            Problem(worded("there is no map '{name}'", name=claim.map), way_on=nearest(claim.map, facts.maps))
        )
    on = facts.maps[claim.map]
    absent = [label for label in claim.stated if not on.has(label)]
    apart = [pair for pair in combinations(claim.stated, 2) if not set(pair) & set(absent) and not on.strength(*pair)]
    if absent:
        sentence = _("Not on the map: %(labels)s.") % {"labels": facts.wording.listed(absent)}
    elif apart:
        pairs = facts.wording.listed(f"{one} – {other}" for one, other in apart)
        sentence = _("On the map, but not linked: %(pairs)s.") % {"pairs": pairs}
    else:
        sentence = _("All are on the map, and every pair of them is linked.")
    evidence = tuple(dict.fromkeys(record for label in claim.stated for record in on.records_of(label)))
    if ASSIGNED in on.origins:
        remark = _("The keywords of this map were assigned for this review and cannot support a claim.")
        return CheckResult(f"{remark} {sentence}", "cannot be told", evidence)
    return CheckResult(sentence, "contradicted" if absent or apart else "holds", evidence)


def check_date_order(claim: DateOrderClaim, facts: Facts) -> CheckResult:
    """Look for values later than the year stated, or for studies published before events that they report."""
    _ = facts.wording.gettext
    number = facts.number(claim.of)
    sentences: list[str] = []
    late: list[str] = []
    evidence: list[str] = [claim.of]
    verdict: Verdict = "holds"
    if claim.stated is not None:
        values = _years_of(claim.property, number, facts)
        late = [one for one, value in values.known if int(value) > claim.stated]
        verdict = "contradicted" if late else "cannot be told" if values.missing else "holds"
        sentences.append(
            _("Later than %(year)s: %(studies)s.")
            % {"year": claim.stated, "studies": facts.named(late, number.unit) or _("none")}
        )
        sentences += _without(values, number, facts)
        evidence += _silent(claim.property, values, number, facts)
    if claim.events:
        early = [one for one in events_before(facts.findings, _variables(claim, facts)) if one.study in number.of]
        late += [one.study for one in early]
        verdict = "contradicted" if early else verdict
        sentences.append(
            " ".join(one.sentence(facts.wording) for one in early)
            or _("None was published before an event that it reports.")
        )
        evidence += [passage for one in early for passage in one.passages]
    return CheckResult(" ".join(sentences), verdict, tuple(dict.fromkeys([*evidence, *_evidence(late, number.unit)])))


def check_field(claim: FieldClaim, facts: Facts) -> CheckResult:
    """Compare a field of a record with what a text says of it.

    A year must be equal; a list must hold what is stated (of authors, by family name); a text must contain it. Capitals
    and accents make no difference. A field that was assigned for the review can't support a claim.
    """
    _ = facts.wording.gettext
    record = facts.record(claim.record)
    values = record_values(record, claim.field)
    shown = (
        cited_authors(record, facts.wording.language)
        if claim.field == "authors"
        else facts.wording.listed(map(str, values))
    )
    if not values:
        return CheckResult(_("The record does not say."), "cannot be told", (record.key,))
    sentence = _("The record has: %(value)s.") % {"value": shown}
    if record.origins.get(claim.field) == ASSIGNED:
        assigned = _("It was assigned for this review and cannot support a claim.")
        return CheckResult(f"{sentence} {assigned}", "cannot be told", (record.key,))
    fits = any(_fits(claim.stated, value, claim.field, record.bodies) for value in values)
    return CheckResult(sentence, "holds" if fits else "contradicted", (record.key,))


def check_contrast(claim: ContrastClaim, facts: Facts) -> CheckResult:
    """Check whether there are cases of another outcome for comparison; a reader must judge what they support.

    The level may be one that the codebook lacks, as long as it isn't a misspelling of one that it has.
    """
    _ = facts.wording.gettext
    variable = facts.findings.codebook.variable(claim.variable)
    if variable is None:
        known = [one.id for one in facts.findings.codebook.variables]
        raise BenangError(
            Problem(worded("there is no variable '{name}'", name=claim.variable), way_on=nearest(claim.variable, known))
        )
    levels = [level.id for level in variable.levels]
    level = facts.wording.labels.level(variable.id, claim.level)
    if claim.level not in levels and claim.level_label:
        level = claim.level_label.text(facts.wording.language)
    shown = f"{facts.wording.labels.code(variable.id)}: {level}"
    if claim.level not in levels and closest(claim.level, levels):
        problem = worded("'{level}' is not a level of the variable '{name}'", level=claim.level, name=variable.id)
        raise BenangError(Problem(problem, way_on=nearest(claim.level, levels)))
    number = facts.findings.evidence.numbers.get(of_level(claim.variable, claim.level))
    if number is None or not number.value:
        sentence = _(
            "There is no case for comparison (%(level)s), so the cause of the others cannot be determined."
        ) % {"level": shown}
        others = tuple(of_level(claim.variable, level) for level in levels if level != claim.level)
        return CheckResult(sentence, "cannot be told", others)
    sentence = _("For comparison (%(level)s): %(amount)s. A reader must judge whether they support the claim.") % {
        "level": shown,
        "amount": facts.wording.amount(number),
    }
    return CheckResult(sentence, "cannot be told", (number.id,), needs_reader=True)


def check_judgement(claim: JudgementClaim, facts: Facts) -> CheckResult:
    """Say that a reader must judge, and what there is to look at."""
    _ = facts.wording.gettext
    looked = [_looked_at(name, facts) for name in claim.look_at]
    sentences = [_("This needs a reader's judgement.")]
    if looked:
        sentences.append(_("To look at: %(things)s.") % {"things": "; ".join(looked)})
    return CheckResult(" ".join(sentences), "cannot be told", claim.look_at, needs_reader=True)


def _looked_at(name: str, facts: Facts) -> str:
    numbers, cases = facts.findings.evidence.numbers, facts.findings.cases.by_id
    if name in numbers:
        return f"{number_title(name, facts.wording)} ({facts.wording.amount(numbers[name])})"
    if (case := case_of(name, facts.findings.cases)) is not None:
        return facts.wording.labels.case(case)
    if name in facts.findings.corpus.keys:
        return facts.wording.labels.study(name)
    known = [*numbers, *map(of_case, cases), *facts.findings.corpus.keys]
    raise BenangError(
        Problem(worded("there is no number, case or record '{name}'", name=name), way_on=nearest_number(name, known))
    )


def _variables(claim: DateOrderClaim, facts: Facts) -> tuple[str, ...]:
    known = [one.id for one in facts.findings.codebook.variables if one.type == "year"]
    for name in claim.events:
        if name not in known:
            raise BenangError(
                Problem(
                    worded("there is no variable '{name}' of the type year", name=name), way_on=nearest(name, known)
                )
            )
    return claim.events


def _years_of(name: str, number: Number, facts: Facts) -> Values:
    values = values_of(facts.findings, number, name)
    if any(not isinstance(value, int) for _, value in values.known):
        raise BenangError(
            Problem(
                worded("the property '{name}', which is not a year", name=name),
                expected=worded("a year, such as 'year'"),
            )
        )
    return values


def _worded(name: str, values: Iterable[Value], facts: Facts) -> str:
    return facts.wording.listed(value_text(facts.findings, name, value, facts.wording.language) for value in values)


def _without(values: Values, number: Number, facts: Facts) -> list[str]:
    _ = facts.wording.gettext
    if not values.missing:
        return []
    return [_("Without a value: %(amount)s.") % {"amount": facts.wording.counted(len(values.missing), number.unit)}]


def _silent(name: str, values: Values, of: Number, facts: Facts) -> tuple[str, ...]:
    """Return the id of the number that counts what has no value, if there is one: `records/without-year`, say."""
    known = ("records/without-year", "years/none/studies") if name == "year" else (of_level(name, UNREPORTED),)
    numbers = facts.findings.evidence.numbers
    silent = (numbers[one] for one in known if one in numbers)
    fitting = [one.id for one in silent if one.unit == of.unit and set(one.of) == set(values.missing)]
    return tuple(fitting) if values.missing else ()


def _evidence(ids: Iterable[str], unit: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(of_case(one) if unit == "cases" else one for one in ids))


def _fits(stated: Value, value: Value, name: str, bodies: Collection[str]) -> bool:
    if isinstance(value, int):
        return str(value) == str(stated).strip()
    if name == "authors":
        return is_named_as(value, str(stated), bodies)
    return folded(str(stated)) in folded(value)
