"""Tables of the report: what was counted, as rows whose numbers open."""

from __future__ import annotations

from collections.abc import Sequence

from benang.coding.cases import OUTCOME, PERIOD
from benang.coding.codebook import Codebook, Variable
from benang.evidence import Number
from benang.report.blocks import (
    Column,
    Inline,
    Link,
    Superscript,
    Table,
    TableBody,
    TableRow,
    anchor,
    joined,
    runs,
)
from benang.report.names import Names
from benang.report.opened import group_note, member, opened
from benang.report.texts import fill
from benang.synthesis.findings import STATES, CaseRow, CodeRow, CodeTable, FrameworkTable, PrintedRowCount, State


def cell(number: Number | None, names: Names) -> Inline:
    """Return the cell of a number: opened, or a dash where there is none."""
    return opened(number, names) if number else "–"


def code_table(group: str, table: CodeTable, names: Names) -> Table:
    """Return the codes of a group with their cases and studies, side by side; those never used stand at 0."""
    _, label = names.texts.gettext, names.texts.label
    title = names.group(group)
    bodies = tuple(
        TableBody(tuple(_code_row(row, names) for row in held), label(side.label) if side else "")
        for side, held in names.findings.codebook.by_side(group, table.rows, lambda row: row.code)
    )
    judged = (_("† This side was given by this review; the text under review does not name one."),)
    return Table(
        anchor("table", group),
        fill(_("%(group)s: cases and studies that report each"), group=title),
        (Column(title), Column(_("Cases"), is_number=True), Column(_("Studies"), is_number=True)),
        bodies,
        (
            *group_note((number for row in table.rows for number in (row.cases, row.studies)), names),
            *(judged if any(row.code.side_judged for row in table.rows) else ()),
        ),
        "codes",
    )


def _code_row(row: CodeRow, names: Names) -> TableRow:
    mark = (Superscript("†"),) if row.code.side_judged else ()
    return TableRow(
        (runs(names.texts.label(row.code.label), mark), cell(row.cases, names), cell(row.studies, names)),
        anchor("code", row.code.id),
    )


def printed_table(name: str, rows: Sequence[PrintedRowCount], names: Names) -> Table:
    """Return a printed table counted anew, each row with the codes that are counted into it."""
    _, label = names.texts.gettext, names.texts.label
    sides = {side.id: side.label for group in names.findings.codebook.groups for side in group.sides}
    order = list(dict.fromkeys(one.row.side for one in rows))
    bodies = tuple(
        TableBody(
            tuple(_printed_row(one, names) for one in rows if one.row.side == side),
            label(sides.get(side)) if side else "",
        )
        for side in order
    )
    columns = (
        Column(_("Row as printed")),
        Column(_("Codes counted into it")),
        Column(_("Cases"), is_number=True),
        Column(_("Studies"), is_number=True),
    )
    return Table(
        anchor("table", name),
        _("The printed table of the text under review, counted anew from the codings"),
        columns,
        bodies,
        group_note((number for one in rows for number in (one.cases, one.studies)), names),
        "printed",
    )


def _printed_row(one: PrintedRowCount, names: Names) -> TableRow:
    number = f"{names.texts.numeral(one.row.row)}. "
    codes = "; ".join(names.code(code) for code in one.codes)
    return TableRow(
        (number + names.texts.label(one.row.label), codes, cell(one.cases, names), cell(one.studies, names))
    )


def case_table(rows: Sequence[CaseRow], names: Names) -> Table:
    """Return the cases with their years, outcome, studies and the numbers of codes found in each."""
    _, label, codebook = names.texts.gettext, names.texts.label, names.findings.codebook
    groups = [group for group in codebook.groups if any(group.id in row.numbers for row in rows)]
    variables = [one for one in shown_variables(codebook) if one.id not in codebook.case_label]
    has_years, has_outcome = bool(years(codebook)), codebook.variable(OUTCOME) is not None
    columns = (
        Column(_("Case")),
        *(Column(label(variable.label)) for variable in variables),
        *((Column(_("Years")),) if has_years else ()),
        *((Column(_("Outcome")),) if has_outcome else ()),
        Column(_("Studies")),
        *(Column(label(group.label), is_number=True) for group in groups),
    )
    body = TableBody(
        tuple(
            TableRow(
                (
                    _case_link(row, names),
                    *(value(row, variable, names) for variable in variables),
                    *((period(row, names),) if has_years else ()),
                    *((outcome(row, names),) if has_outcome else ()),
                    studies(row.case.studies, names),
                    *(cell(row.numbers.get(group.id), names) for group in groups),
                )
            )
            for row in rows
        )
    )
    numbers = (number for row in rows for number in row.numbers.values())
    notes = (
        *((_("Years: beginning and end as the studies report them; “?” where they do not."),) if has_years else ()),
        *group_note(numbers, names),
    )
    return Table(
        "table-cases",
        _("The cases, their outcome, and how many codes of each group they carry")
        if has_outcome
        else _("The cases, and how many codes of each group they carry"),
        columns,
        (body,),
        notes,
        "cases",
    )


def _case_link(row: CaseRow, names: Names) -> Link:
    return Link(names.case(row.case.id), anchor("case", row.case.id))


def shown_variables(codebook: Codebook) -> list[Variable]:
    """Return the variables that the report shows under their own labels: all but years, outcome and notes."""
    apart = {*PERIOD, OUTCOME}
    return [one for one in codebook.variables if one.shown and one.note_of is None and one.id not in apart]


def years(codebook: Codebook) -> list[str]:
    """Return the variables that a period is told by, as far as the codebook has them."""
    return [name for name in PERIOD if codebook.variable(name)]


def value(row: CaseRow, variable: Variable, names: Names) -> str:
    """Return a case's value of a variable, with its note; a text that it lacks is empty, all else `not reported`."""
    _ = names.texts.gettext
    held = row.values.get(variable.id)
    if held is None:
        return "" if variable.type == "text" else _("not reported")
    return with_note(names.value(variable.id, held), row, variable.id, names)


def with_note(said: str, row: CaseRow, variable: str, names: Names) -> str:
    """Put the note of a variable behind what is said of it: `Closed: for good`."""
    note = names.findings.codebook.note_of(variable)
    held = row.values.get(note.id) if note else None
    return f"{said}: {names.value(note.id, held)}" if note and held is not None else said


def period(row: CaseRow, names: Names) -> str:
    """Return the years of a case: `2013–2017`, `2017–?`; `not reported` where both are unknown."""
    _ = names.texts.gettext
    if row.since is None and row.until is None:
        return _("not reported")
    return f"{row.since if row.since is not None else '?'}–{row.until if row.until is not None else '?'}"


def outcome(row: CaseRow, names: Names) -> str:
    """Return the label of a case's outcome; `not reported` where it has none."""
    _ = names.texts.gettext
    return names.level(OUTCOME, row.outcome) if row.outcome else _("not reported")


def studies(keys: Sequence[str], names: Names) -> Inline:
    """Return citations of studies, each linked to its reference."""
    _ = names.texts.gettext
    return joined("; ", (member(key, "studies", names) for key in keys)) or _("none")


def framework_table(table: FrameworkTable, names: Names) -> Table:
    """Return the items of a framework with the number of cases in each state."""
    _, label = names.texts.gettext, names.texts.label
    words: dict[State, str] = {
        "evidence": _("Evidence"),
        "counter-evidence": _("Counter-evidence"),
        "not-reported": _("Not reported"),
        "not-looked": _("Not looked at"),
    }
    rows = tuple(
        TableRow((label(item.label), *(cell(table.counts.get(item.id, {}).get(state), names) for state in STATES)))
        for item in table.framework.items
    )
    numbers = [number for counts in table.counts.values() for number in counts.values()]
    caption = fill(
        _("%(framework)s: cases by what their passages say of each item"), framework=label(table.framework.label)
    )
    columns = (Column(_("Item")), *(Column(words[state], is_number=True) for state in STATES))
    return Table(
        anchor("table-framework", table.framework.id),
        caption,
        columns,
        (TableBody(rows),),
        group_note(numbers, names),
        "framework",
    )
