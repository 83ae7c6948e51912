"""Numbers that open, and passages: each number links to its entry in the appendix, where its passages are quoted.

Where one study reports some of the cases that a number counts once, as a group, a badge beside it says so: they may be
five cases, but they are not five findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from benang.evidence import Number, Passage, shown_as
from benang.report.blocks import Quotation
from benang.report.content import Names
from benang.report.describing_words import written
from benang.report.inline import (
    Badge,
    Citation,
    Inline,
    Link,
    NumberReference,
    Run,
    Runs,
    Span,
    anchor,
    fill,
    joined,
    plain,
    runs,
)
from benang.report.references import cited


def opened(number: Number, names: Names) -> Runs:
    """Return a number for the report: its value, which opens its evidence, and a badge if it includes a group."""
    return _with_badge(reference_to(number, names), number, names)


def opened_with_unit(number: Number, names: Names) -> Runs:
    """Return a number as `opened` does, with the word for what it counts behind it."""
    unit = names.unit(number.unit, number.value)
    return _with_badge(runs(reference_to(number, names), f" {unit}"), number, names)


def cell(number: Number | None, names: Names) -> Inline:
    """Return the cell of a number: opened, or a dash where there is none."""
    return opened(number, names) if number else "–"


def reference_to(number: Number, names: Names) -> NumberReference:
    """Return the value of a number as a link to its entry in the appendix."""
    _ = names.texts.gettext
    value = written(number, names.texts)
    description = _("%(value)s %(unit)s: %(what)s. Open the evidence") % {
        "value": value,
        "unit": names.unit(number.unit, number.value),
        "what": names.number(number.id),
    }
    return NumberReference(number.id, value, anchor("n", number.id), description)


def _with_badge(text: Inline, number: Number, names: Names) -> Runs:
    badge = badge_of(number, names)
    return (Span(runs(text, " ", badge), "with-badge"),) if badge else runs(text)


def badge_of(number: Number, names: Names) -> Runs:
    """Return the badge of a number that counts cases which were reported as a group; else nothing."""
    return group_badge(groups_told(number, names), names, is_short=number.unit == "studies")


def quotations(passages: Iterable[Passage], names: Names, *, is_under_case: bool = False) -> tuple[Quotation, ...]:
    """Return passages for display: a quotation appears once, with all its cases and codes.

    They come in the order of their documents and places. Under its case and code, what the appendix says of a passage
    is left to the appendix.
    """
    ordered = sorted(passages, key=lambda one: (*shown_as(one), one.case, one.id))
    return tuple(_quotation(tuple(same), names, is_under_case) for _, same in groupby(ordered, key=shown_as))


def _quotation(passages: tuple[Passage, ...], names: Names, is_under_case: bool) -> Quotation:
    first = passages[0]
    cases = tuple(dict.fromkeys(passage.case for passage in passages if passage.case))
    record = names.record_of(first.document)
    details: list[Inline] = [
        member(record, "studies", names) if record else "",
        *([] if is_under_case else _coding(passages, cases, names)),
        *_cautions(passages, names),
    ]
    return Quotation(
        names.passage_numbers[shown_as(first)],
        tuple(passage.id for passage in passages),
        first.quote,
        () if is_under_case else joined("; ", (member(case, "cases", names) for case in cases)),
        tuple(detail for detail in details if detail),
    )


def _coding(passages: tuple[Passage, ...], cases: tuple[str, ...], names: Names) -> list[Inline]:
    """Say how a passage is coded, where it is, and who coded it."""
    _, first = names.texts.gettext, passages[0]
    place = _("characters %(start)s to %(end)s") % {"start": first.start, "end": first.end}
    return [
        _("coded as %(codes)s") % {"codes": "; ".join(_codes(passages, cases, names))},
        Span(f"{first.document}, {place}", "place"),
        _("coder: %(coder)s") % {"coder": first.coder},
    ]


def _cautions(passages: tuple[Passage, ...], names: Names) -> list[Inline]:
    """Say if a passage concerns a group of cases, or is from an abstract or a secondary account."""
    _, first = names.texts.gettext, passages[0]
    cautions: list[Inline] = []
    if first.scope == "group":
        together = max(len(names.told_together.get(one.id, ())) for one in passages)
        text = _("reported once for a group of cases")
        if together > 1:
            text = _("reported once for %(n)s cases together") % {"n": together}
        cautions.append(Span(text, "scope"))
    account = names.account(first.document)
    if account == "secondary":
        cautions.append(Span(_("note on a secondary account"), "secondary"))
    elif account == "abstract":
        cautions.append(Span(_("from the abstract"), "secondary"))
    if all(one.id in names.set_aside for one in passages):
        cautions.append(Span(_("set aside by a consensus, and counted nowhere else"), "secondary"))
    return cautions


def _codes(passages: tuple[Passage, ...], cases: tuple[str, ...], names: Names) -> tuple[str, ...]:
    """Return the labels of codes, with the cases behind each where the codes differ in them."""
    by_code: dict[str, dict[str, None]] = {}
    for passage in passages:
        by_code.setdefault(names.coded_as(passage), {})[passage.case] = None
    return tuple(
        code if len(of) == len(cases) else f"{code} ({'; '.join(names.case(case) for case in of)})"
        for code, of in by_code.items()
    )


def member(key: str, unit: str, names: Names, *, with_title: bool = True) -> Run:
    """Return the name of something counted, looked up first as the number's unit; linked if possible.

    A case links to its page, a study to its reference, a number to its entry in the appendix; a record that was
    screened and is not in the review is cited, with its title where that is wanted.
    """
    known = {
        "cases": key in names.findings.cases.by_id,
        "studies": key in names.references,
        "codes": key in names.findings.codebook.by_id,
        "rows": key in names.rows,
        "numbers": key in names.findings.evidence.numbers,
        "screened": key in names.screened,
    }
    wanted = "studies" if unit in ("records", "reports") else unit
    kind = next((kind for kind in (wanted, *known) if known.get(kind)), "")
    match kind:
        case "cases":
            return Link(names.case(key), anchor("case", key))
        case "studies":
            return Citation(key, names.study(key), anchor("ref", key))
        case "codes":
            return names.code(key)
        case "rows":
            return names.rows[key]
        case "numbers":
            return Link(names.number(key), anchor("n", key))
        case "screened":
            record = names.screened[key]
            short = cited(record, names.texts)
            return f"{short}: {record.title}" if with_title and record.title else short
        case _:
            return key


def groups_told(number: Number, names: Names) -> tuple[tuple[str, ...], ...]:
    """Return the sets of cases that a number's passages report as a group, the largest first.

    One study that reports five cases together is one account: five cases, but not five findings.
    """
    together = names.told_together
    sets = {together[passage] for passage in number.passages if passage in together}
    return tuple(sorted((cases for cases in sets if len(cases) > 1), key=lambda cases: (-len(cases), cases)))


def group_badge(groups: Iterable[tuple[str, ...]], names: Names, *, is_short: bool = False) -> Runs:
    """Return the badge of a number some of whose cases were reported once as a group; else nothing.

    Beside a number of studies the sizes are left out: it is the number of cases that they enlarge.
    """
    reported = tuple(groups)
    if not reported:
        return ()
    _, counted, n = names.texts.gettext, names.texts.counted, names.texts.numeral
    sizes = names.texts.listed([n(len(cases)) for cases in reported])
    text = fill(counted("group of %(sizes)s", "groups of %(sizes)s", len(reported)), sizes=sizes)
    explanation = "; ".join(
        _("reported once for %(n)s cases: %(cases)s")
        % {"n": n(len(cases)), "cases": ", ".join(names.case(case) for case in cases)}
        for cases in reported
    )
    return (Badge(_("group") if is_short else plain(text), explanation),)


def group_note(numbers: Iterable[Number], names: Names) -> tuple[str, ...]:
    """Return the note that tables need where a group of cases was reported at one stroke; else nothing."""
    _ = names.texts.gettext
    together = names.told_together
    if not any(passage in together for number in numbers for passage in number.passages):
        return ()
    return (
        _(
            "“Group of n”: a study reports n cases together and does not say what applies to which. Each counts "
            "as a case, but together they are one finding, not n."
        ),
    )
