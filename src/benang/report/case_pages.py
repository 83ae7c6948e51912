"""The cases one by one: what is known of each, and the passages that say so."""

from __future__ import annotations

from collections.abc import Iterable

from benang.coding.cases import OUTCOME
from benang.evidence import Passage, Shown, shown_as
from benang.report.blocks import CasePage, CasePart, CodedPassages, Fact, Quotations, anchor
from benang.report.names import Names
from benang.report.opened import group_badge, groups_told, opened, quotations
from benang.report.tables import outcome, period, shown_variables, studies, value, with_note, years
from benang.report.texts import fill
from benang.synthesis.findings import CaseRow


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
    _, label, codebook = names.texts.gettext, names.texts.label, names.findings.codebook
    own = [Fact(label(variable.label), value(row, variable, names)) for variable in shown_variables(codebook)]
    return (
        *(fact for fact in own if fact.text),
        *((Fact(_("Years"), period(row, names)),) if years(codebook) else ()),
        *(
            (Fact(_("Outcome"), with_note(outcome(row, names), row, OUTCOME, names)),)
            if codebook.variable(OUTCOME)
            else ()
        ),
        Fact(_("Studies"), studies(row.case.studies, names)),
    )


def _coded(row: CaseRow, group: str, names: Names) -> CasePart:
    _ = names.texts.gettext
    said = [
        (names.code(code), passage)
        for code in row.codes.get(group, ())
        for passage in names.passages.get((row.case.id, code), ())
    ]
    title = fill(_("%(group)s: %(number)s"), group=names.group(group), number=opened(row.numbers[group], names))
    return CasePart(title, _under_labels(said, names), _silent(row, group, names))


def _under_labels(said: Iterable[tuple[str, Passage]], names: Names) -> tuple[CodedPassages, ...]:
    """Put labels that rest on one and the same quote together, so that it stands once in its case."""
    labels: dict[Shown, dict[str, None]] = {}
    passages: dict[Shown, list[Passage]] = {}
    for label, passage in said:
        labels.setdefault(shown_as(passage), {})[label] = None
        passages.setdefault(shown_as(passage), []).append(passage)
    return tuple(
        CodedPassages("; ".join(held), Quotations(quotations(passages[place], names, is_under_case=True)))
        for place, held in labels.items()
    )


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


def _values(row: CaseRow, names: Names) -> CasePart:
    _, label = names.texts.gettext, names.texts.label
    known = {name: names.value(name, held) for name, held in row.values.items()} | {OUTCOME: outcome(row, names)}
    said = [
        (f"{label(variable.label)}: {known[variable.id]}" if variable.id in known else label(variable.label), one)
        for variable in names.findings.codebook.variables
        for one in names.passages.get((row.case.id, variable.id), ())
    ]
    return CasePart(_("Where years and outcome are told"), _under_labels(said, names))
