"""Claims compared with the data, and the findings of the checks on the review itself, as tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benang.evidence import shown_as
from benang.report.blocks import Column, Table, TableBody, TableRow
from benang.report.content import Names
from benang.report.inline import Break, Inline, Link, Runs, Span, SpanKind, anchor, fill, joined, runs
from benang.report.opened import member, opened_with_unit
from benang.synthesis.claims import Claim
from benang.synthesis.findings import Check
from benang.synthesis.number_ids import case_of

_QUOTED = 90
"""Characters of a quotation shown in a table; the whole quotation is shown with its case."""


def check_tables(checks: Sequence[Check], claims: Sequence[Claim], names: Names) -> tuple[Table, ...]:
    """Return the claims of a text with their verdicts, and the general findings on the review, if any."""
    claimed = [check for check in checks if check.general is None]
    general = [check for check in checks if check.general is not None]
    tables = []
    if claimed:
        tables.append(_claim_table(claimed, {claim.id: claim.check for claim in claims}, names))
    if general:
        tables.append(_general_table(general, names))
    return tuple(tables)


def _claim_table(checks: Sequence[Check], kinds: Mapping[str, str], names: Names) -> Table:
    _ = names.texts.gettext
    columns = (Column(_("Claim")), Column(_("Finding")), Column(_("Verdict")), Column(_("Evidence")))
    rows = tuple(
        TableRow(
            (
                _claim(check, kinds.get(check.claim, ""), names),
                finding(check, names),
                _verdict(check, names),
                _evidence(check, names),
            ),
            anchor("claim", check.claim),
        )
        for check in checks
    )
    return Table(
        "table-claims",
        _("Claims of the reviewed text, compared with the data"),
        columns,
        (TableBody(rows),),
        (_("“Needs a reader”: the data cannot settle the claim; the numbers to look at are listed."),),
        "checks",
    )


def _claim(check: Check, kind: str, names: Names) -> Runs:
    _ = names.texts.gettext
    parts: list[Inline] = [check.stated or check.claim]
    if check.where:
        parts.append(Span(check.where, "where"))
    if check.note:
        parts.append(Span(check.note, "remark"))
    if kind:
        parts.append(Span(_("check: %(kind)s") % {"kind": _kind(kind, names)}, "remark"))
    return joined(" ", parts)


def _kind(kind: str, names: Names) -> str:
    """Return what a named check compares."""
    _ = names.texts.gettext
    known = {
        "count": _("a count"),
        "range": _("a range"),
        "set": _("a set"),
        "co-occurrence": _("a co-occurrence"),
        "date-order": _("an order of dates"),
        "field": _("a field of a record"),
        "contrast": _("a contrast"),
        "judgement": _("a reader's judgement"),
    }
    return known.get(kind, kind)


def finding(check: Check, names: Names) -> Runs:
    """Return the finding of a check; the numbers of the review that it mentions open in place.

    A badge beside such a number replaces the words on groups.
    """
    numbers = names.findings.evidence.numbers
    pieces: list[Inline] = [check.found]
    for number in (numbers[key] for key in check.evidence if key in numbers):
        plain = f"{number.value} {names.unit(number.unit, number.value)}"
        group = re.escape(names.amount(number).removeprefix(plain))
        amount = re.compile(rf"(?<![\d.,]){re.escape(plain)}(?:{group})?(?!\w)")
        for at, piece in enumerate(pieces):
            if isinstance(piece, str) and (match := amount.search(piece)):
                pieces[at : at + 1] = [piece[: match.start()], opened_with_unit(number, names), piece[match.end() :]]
                break
    return runs(*pieces)


def _verdict(check: Check, names: Names) -> Runs:
    _ = names.texts.gettext
    words: Mapping[str, tuple[str, SpanKind]] = {
        "holds": (_("holds"), "holds"),
        "contradicted": (_("contradicted"), "contradicted"),
        "cannot be told": (_("cannot be told"), "cannot-be-told"),
    }
    verdict = Span(*words[check.verdict])
    return runs(verdict, " ", Span(_("needs a reader"), "remark")) if check.needs_reader else (verdict,)


def _evidence(check: Check, names: Names) -> Inline:
    return joined(Break(), (_piece(key, names) for key in check.evidence)) or "–"


def _piece(key: str, names: Names) -> Inline:
    """Return one piece of evidence: a number opened, a passage quoted in short, or a link to a case or a record."""
    evidence = names.findings.evidence
    if key in evidence.numbers:
        return runs(opened_with_unit(evidence.numbers[key], names), " ", Span(names.number(key), "remark"))
    if key in evidence.passages:
        passage = evidence.passages[key]
        short = passage.quote if len(passage.quote) <= _QUOTED else f"{passage.quote[: _QUOTED - 1].rstrip()}…"
        source = names.study(names.record_of(passage.document)) or passage.document
        return runs(Link(source, anchor("p", str(names.passage_numbers[shown_as(passage)]))), f": “{short}”")
    return member(case_of(key, names.findings.cases) or key, "cases", names)


def _general_table(checks: Sequence[Check], names: Names) -> Table:
    _ = names.texts.gettext

    def name(check: Check) -> str:
        return check.general[0] if check.general else ""

    order = list(dict.fromkeys(name(check) for check in checks))
    bodies = tuple(
        TableBody(
            tuple(_general_row(check, names) for check in checks if name(check) == kind),
            fill(_("Not met: %(rule)s"), rule=next(check.stated or kind for check in checks if name(check) == kind)),
        )
        for kind in order
    )
    columns = (Column(_("Subject")), Column(_("Finding")), Column(_("Evidence")))
    return Table(
        "table-general",
        _("Findings on the review itself"),
        columns,
        bodies,
        (
            _(
                "A finding here calls for a second look; it is not a verdict. Dates and names may be misprints "
                "in a reference list, and what only one study reports may well be true."
            ),
        ),
        "checks",
    )


def _general_row(check: Check, names: Names) -> TableRow:
    of = check.general[1] if check.general else check.claim
    known = names.findings.codebook.by_id
    unit = "studies" if of in names.references else "codes" if of in known else "cases"
    return TableRow(
        (member(of, unit, names), finding(check, names), _evidence(check, names)), anchor("claim", check.claim)
    )
