"""Tables of a review: codes with their cases and studies, printed tables counted anew, and the cases."""

from __future__ import annotations

from collections.abc import Mapping

from benang.coding.cases import Case
from benang.coding.coded import Coded, are_told_as_group
from benang.evidence import Number
from benang.synthesis.findings import CaseRow, CodeRow, CodeTable, PrintedRowCount
from benang.synthesis.number_ids import codes_of_case, of_code, of_row

Numbers = Mapping[str, Number]


def code_table(coded: Coded, group: str, numbers: Numbers) -> CodeTable:
    """Make the table of a group's codes, those at 0 among them and headings left out.

    Most cases come first; of those with as many cases the ones with more studies, then those that the codebook has
    first.
    """
    rows = [
        CodeRow(
            code,
            numbers[of_code(group, code.id, "cases")],
            numbers[of_code(group, code.id, "studies")],
            int(numbers[of_code(group, code.id, "group-cases")].value),
        )
        for code in coded.codebook.codable(group)
    ]
    return CodeTable(group, tuple(sorted(rows, key=lambda row: (-row.cases.value, -row.studies.value))))


def printed_tables(coded: Coded, numbers: Numbers) -> dict[str, tuple[PrintedRowCount, ...]]:
    """Make the tables that a text prints, each row counted from the codings, in the order of their rows."""
    tables: dict[str, list[PrintedRowCount]] = {}
    for row in sorted(coded.codebook.rows, key=lambda one: one.row):
        codes = tuple(code.id for code in coded.codebook.codes_of_row(row))
        tables.setdefault(row.table, []).append(
            PrintedRowCount(
                row,
                codes,
                numbers[of_row(row.table, row.row, "cases")],
                numbers[of_row(row.table, row.row, "studies")],
                int(numbers[of_row(row.table, row.row, "group-cases")].value),
            )
        )
    return {table: tuple(rows) for table, rows in sorted(tables.items())}


def case_row(coded: Coded, case: Case, numbers: Numbers) -> CaseRow:
    """Make the row of a case: its values, and the codes of each group that it carries, in the codebook's order."""
    groups = [group.id for group in coded.codebook.groups]
    codes = {
        group: tuple(code.id for code in coded.codebook.codable(group) if coded.of_case(case.id, code.id))
        for group in groups
    }
    values = {
        variable.id: value
        for variable in coded.codebook.variables
        if (value := case.values.get(variable.id, coded.value(case.id, variable.id))) is not None
    }
    return CaseRow(
        case=case,
        codes=codes,
        numbers={group: numbers[codes_of_case(case.id, group)] for group in groups},
        is_group=are_told_as_group(one for one in coded.passages.values() if one.case == case.id),
        values=values,
    )
