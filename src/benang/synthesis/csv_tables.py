"""The tables of a review as CSV, in UTF-8 with LF line ends: one header, and no headings among the rows.

Cells with several ids have `;` between them. A cell that a spreadsheet would take for a formula begins with an
apostrophe instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benang.coding.codebook import Code, Codebook, Variable
from benang.coding.labels import code_label
from benang.evidence import OTHER_STANCES, Stance
from benang.locale import Language
from benang.project.toml_files import Label
from benang.records.user_tables import csv_text
from benang.synthesis.association import Association, Pair
from benang.synthesis.findings import CaseRow, CodeRow, Findings, PrintedRowCount, variables_of
from benang.synthesis.mentions import Mention, Mentions
from benang.synthesis.number_ids import OF_STANCE
from benang.synthesis.wording import Wording

SEPARATOR = ";"
_DECIMALS = 6

Cell = str | int | None


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV; None is an empty cell.

    Examples
    --------
    >>> print(as_csv(["code", "cases"], [["a, b", 2], ["=1+1", None]]).decode())
    code,cases
    "a, b",2
    '=1+1,
    """
    return csv_text(header, rows).encode("utf-8")


def code_table_csv(findings: Findings, group: str, language: Language = "en") -> bytes:
    """Write `fields.csv`, `factors.csv`: every code of a group with its cases and studies, those at 0 among them.

    Where passages contradict codes of the group, or only mention them, there is a column of their cases.
    """
    table = findings.code_tables[group].rows
    others = _other_columns(table)
    rows = [
        (
            row.code.id,
            code_label(row.code, language),
            _side(findings.codebook, row.code),
            row.cases.value,
            row.studies.value,
            *(row.others[stance].value for stance in others),
            _several([row.cases.id, row.studies.id, *(row.others[stance].id for stance in others)]),
        )
        for row in table
    ]
    return as_csv(("code", "label", "group", "cases", "studies", *others.values(), "evidence"), _whole(rows))


def _other_columns(rows: Iterable[CodeRow | PrintedRowCount]) -> dict[Stance, str]:
    """Name the columns of the cases with passages that don't support a code, where a table has any."""
    return {
        stance: of.replace("-", " ") for stance, of in OF_STANCE.items() if any(stance in row.others for row in rows)
    }


def printed_table_csv(findings: Findings, table: str, language: Language = "en") -> bytes:
    """Write `factor-table.csv`: the rows of a printed table with the cases and studies of the codes counted into it."""
    counted = findings.printed_tables[table]
    others = _other_columns(counted)
    rows = [
        (
            one.row.row,
            one.row.side,
            one.row.label.text(language),
            one.cases.value,
            one.studies.value,
            *(one.others[stance].value if stance in one.others else 0 for stance in others),
            _several(one.codes),
        )
        for one in counted
    ]
    return as_csv(("row", "side", "label", "cases", "studies", *others.values(), "codes"), _whole(rows))


def cases_csv(findings: Findings, language: Language = "en") -> bytes:
    """Write `cases.csv`: every case with its label, its variables, its studies, and its codes, a column a group.

    `scope` is `group` where a case is reported only together with others. A case without a value or a code has
    `not-reported` or `not-looked` in its place. Where passages contradict codes, or only mention them, there is a
    column of these.
    """
    variables = variables_of(findings.case_rows, findings.codebook)
    groups = [group.id for group in findings.codebook.groups]
    columns = {"contradicts": "contradicted", "mentions": "mentioned"}
    others = [
        (stance, group)
        for stance in OTHER_STANCES
        for group in groups
        if any(row.others.get(stance, {}).get(group) for row in findings.case_rows)
    ]
    rows = (
        (
            row.case.id,
            row.case.name(language),
            *(_value(row, variable, language) for variable in variables),
            _several(row.case.studies),
            *(_several(row.codes[group]) or row.states.get(group) for group in groups),
            *(_several(row.others[stance][group]) for stance, group in others),
            "group" if row.is_group else "case",
        )
        for row in findings.case_rows
    )
    names = (variable.id for variable in variables)
    header = ("case", "label", *names, "studies", *groups, *(f"{group} {columns[one]}" for one, group in others))
    return as_csv((*header, "scope"), rows)


def _value(row: CaseRow, variable: Variable, language: Language) -> Cell:
    """Return a value, or why there is none; words that a case may have besides need no reason to be absent."""
    value = row.values.get(variable.id)
    if value is None and variable.type != "text":
        return "not-reported" if row.has_looked(variable.id) else "not-looked"
    return value.text(language) if isinstance(value, Label) else value


def matrix_csv(findings: Findings, name: str) -> bytes:
    """Write `case-factors.csv`, `frameworks.csv`: a matrix in long form, one row for every pair.

    In the matrix of frameworks `code` is FRAMEWORK/ITEM. Where the review has passages that don't support their code,
    `contrary` are those of the passages that say the opposite of the state, and `mentions` those that say neither.
    """
    matrix = findings.matrices[name]
    pairs = [(case, column, matrix.cells[case, column]) for case in matrix.cases for column in matrix.columns]
    has_others = bool(findings.coded.stances(*findings.codebook.by_id))
    return as_csv(
        ("case", "code", "state", "passages", *(("contrary", "mentions") if has_others else ())),
        (
            (
                case,
                column,
                cell.state,
                _several(cell.passages),
                *((_several(cell.contrary), _several(cell.mentions)) if has_others else ()),
            )
            for case, column, cell in pairs
        ),
    )


def checks_csv(findings: Findings) -> bytes:
    """Write `checks.csv`: every claim and general check with what was found, followed by the claim's remark."""
    return as_csv(
        ("claim", "stated", "found", "verdict", "evidence"),
        (
            (check.claim, check.stated, f"{check.found} {check.note}".rstrip(), check.verdict, _several(check.evidence))
            for check in findings.checks
        ),
    )


def _side(codebook: Codebook, code: Code) -> str:
    return codebook.side_of(code) or code.group


def _several(ids: Iterable[str]) -> str:
    return SEPARATOR.join(ids)


def _whole(rows: Iterable[Sequence[str | float | None]]) -> list[list[Cell]]:
    """Turn counts, which are whole numbers, into int."""
    return [[int(cell) if isinstance(cell, float) else cell for cell in row] for row in rows]


def association_csv(association: Association, language: Language = "en") -> bytes:
    """Write `association.csv`: pairs of items and codes that some study has both of, the least likely by chance first.

    `studies` have both, `item studies` and `code studies` the one and the other, of `compared` in all. `evidence` are
    the ids of the three numbers.
    """
    header = (
        "item", "label", "code", "code label", "studies", "item studies", "code studies", "compared", "expected",
        "ratio", "p", "q", "p any", "evidence",
    )  # fmt: skip
    return as_csv(header, [_pair(pair, association, language) for pair in association.pairs])


def _pair(pair: Pair, association: Association, language: Language) -> tuple[str | int, ...]:
    numbers = (pair.together, pair.of_item, pair.of_code)
    measured = (pair.expected, pair.ratio, pair.p, pair.q, pair.p_any)
    return (
        pair.item,
        pair.label,
        pair.code.id,
        pair.code.label.text(language),
        *(int(number.value) for number in numbers),
        int(association.studies.value),
        *(f"{value:.{_DECIMALS}g}" for value in measured),
        SEPARATOR.join(number.id for number in numbers),
    )


def mentions_csv(mentions: Mentions, language: Language = "en", wording: Wording | None = None) -> bytes:
    """Write `mentions.csv`: codes and items, the studies that speak of each and those that give evidence of it.

    Codes are labelled in the language where `wording` is given. `evidence` are the ids of the four numbers.
    """
    header = ("kind", "id", "label", "standing", "talked", "evidenced", "both", "unread", "evidence")
    spoken = wording if wording is not None and wording.language == language else None
    return as_csv(header, [_mention(row, spoken) for row in mentions.rows])


def _mention(row: Mention, wording: Wording | None) -> tuple[str | int, ...]:
    label = wording.labels.code(row.id) if wording and row.kind == "code" else row.label
    values = (int(number.value) for number in row.numbers())
    return row.kind, row.id, label, row.standing, *values, SEPARATOR.join(number.id for number in row.numbers())
