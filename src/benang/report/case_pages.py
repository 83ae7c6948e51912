"""The cases one by one: what is known of each, and the passages that say so."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from benang.report.names import Names, group_badge, groups_told
from benang.report.opened import Quoted, anchor, opened, quoted
from benang.report.tables import outcome, period, studies
from benang.report.texts import fill
from benang.synthesis.findings import CaseRow


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is known of a case."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class CodedPart:
    """One code, or the value of a variable, with its passages in this case."""

    label: str
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The codes of one group in a case; `silent` is what is said where there are none."""

    title: str
    codes: tuple[CodedPart, ...]
    silent: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case as the report shows it."""

    anchor: str
    title: str
    badge: Markup
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]


def case_page(row: CaseRow, names: Names) -> CasePage:
    """Put together what the report says of one case."""
    told = {group for number in row.numbers.values() for group in groups_told(number, names)}
    groups = [group.id for group in names.findings.codebook.groups if group.id in row.numbers]
    parts = [_coded(row, group, names) for group in groups]
    values = _values(row, names)
    return CasePage(
        anchor("case", row.case.id),
        names.case(row.case.id),
        group_badge(sorted(told), names),
        _facts(row, names),
        (*parts, *((values,) if values.codes else ())),
    )


def _facts(row: CaseRow, names: Names) -> tuple[Fact, ...]:
    _, label = names.texts.gettext, names.texts.label
    partner = f"{row.case.partner} ({row.case.country})" if row.case.country else row.case.partner
    said = outcome(row, names)
    note = label(row.case.outcome_note)
    return (
        Fact(_("Partner"), partner),
        Fact(_("Years"), period(row, names)),
        Fact(_("Outcome"), f"{said}: {note}" if note else said),
        Fact(_("Studies"), studies(row.case.studies, names)),
    )


def _coded(row: CaseRow, group: str, names: Names) -> Part:
    _, label = names.texts.gettext, names.texts.label
    held = next(one for one in names.findings.codebook.groups if one.id == group)
    codes = tuple(
        CodedPart(names.code(code), quoted(names.passages.get((row.case.id, code), ()), names))
        for code in row.codes.get(group, ())
    )
    title = fill(_("%(group)s: %(number)s"), group=label(held.label), number=opened(row.numbers[group], names))
    return Part(title, codes, _silent(row, group, names))


def _silent(row: CaseRow, group: str, names: Names) -> str:
    _ = names.texts.gettext
    matrix = names.findings.matrices.get(group)
    cells = (
        []
        if matrix is None
        else [matrix.cells[row.case.id, column] for column in matrix.columns if (row.case.id, column) in matrix.cells]
    )
    looked = not cells or any(one.state != "not-looked" for one in cells)
    return _("The studies report none of this case.") if looked else _("Nobody has looked for them in this case.")


def _values(row: CaseRow, names: Names) -> Part:
    _, label = names.texts.gettext, names.texts.label
    known = {"since": row.since, "until": row.until, "outcome": outcome(row, names)}
    codes = []
    for variable in names.findings.codebook.variables:
        if passages := names.passages.get((row.case.id, variable.id)):
            value = known.get(variable.id)
            title = label(variable.label) if value is None else f"{label(variable.label)}: {value}"
            codes.append(CodedPart(escape(title), quoted(passages, names)))
    return Part(_("Where years and outcome are told"), tuple(codes))
