"""Tables of the report: what was counted, as rows whose numbers open."""

from __future__ import annotations

from collections.abc import Sequence

from benang.coding.cases import OUTCOME
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
from benang.report.group_marks import group_note
from benang.report.names import Names
from benang.report.opened import member, opened
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
    _, label = names.texts.gettext, names.texts.label
    groups = [group for group in names.findings.codebook.groups if any(group.id in row.numbers for row in rows)]
    columns = (
        Column(_("Case")),
        Column(_("Country")),
        Column(_("Years")),
        Column(_("Outcome")),
        Column(_("Studies")),
        *(Column(label(group.label), is_number=True) for group in groups),
    )
    body = TableBody(
        tuple(
            TableRow(
                (
                    _case_link(row, names),
                    label(row.case.country),
                    period(row, names),
                    outcome(row, names),
                    studies(row.case.studies, names),
                    *(cell(row.numbers.get(group.id), names) for group in groups),
                )
            )
            for row in rows
        )
    )
    numbers = (number for row in rows for number in row.numbers.values())
    notes = (
        _("Years: beginning and end as the studies report them; “?” where they do not."),
        *group_note(numbers, names),
    )
    return Table(
        "table-cases",
        _("The cases, their outcome, and how many codes of each group they carry"),
        columns,
        (body,),
        notes,
        "cases",
    )


def _case_link(row: CaseRow, names: Names) -> Link:
    return Link(names.case(row.case.id), anchor("case", row.case.id))


def period(row: CaseRow, names: Names) -> str:
    """Return the years of a case: `2013–2017`, `2017–?`; `not reported` where both are unknown."""
    _ = names.texts.gettext
    if row.since is None and row.until is None:
        return _("not reported")
    return f"{row.since if row.since is not None else '?'}–{row.until if row.until is not None else '?'}"


def outcome(row: CaseRow, names: Names) -> str:
    """Return the label of a case's outcome; `not reported` where it has none."""
    _ = names.texts.gettext
    return names.level(OUTCOME, row.case.outcome) if row.case.outcome else _("not reported")


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
