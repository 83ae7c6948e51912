"""The tables of a review as sheets of a workbook: with labels instead of ids, matrices wide, and every quotation.

The first sheet has the table. Where it counts codings, the second one has each count with the quotations behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from benang.coding.codebook import Variable
from benang.coding.labels import code_label
from benang.evidence import OTHER_STANCES, Passage, Stance
from benang.synthesis.association import Association
from benang.synthesis.findings import CaseRow, Cell, CodeRow, Matrix, PrintedRowCount, variables_of
from benang.synthesis.mentions import Mentions, Standing
from benang.synthesis.wording import Wording
from benang.writers.spreadsheets import Shade, Sheet, SheetColumn, SheetRow, Value

_LABEL, _WORDS, _NARROW = 36, 24, 6
_Shown = Literal["case", "code"]
"""What a quotation names beside itself."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row of counts, its label first, with the ids of the passages behind them, and remarks on some of these."""

    values: Sequence[Value]
    passages: Sequence[str]
    remarks: Mapping[str, str] = field(default_factory=dict)


def code_sheets(group: str, wording: Wording) -> tuple[Sheet, ...]:
    """Return the codes of a group with their cases and studies, and then with the quotations behind these."""
    _, rows = wording.gettext, wording.findings.code_tables[group].rows
    title, sides = wording.labels.group(group), _sides(group, wording)
    stances = _stances(rows)
    columns = (
        SheetColumn(title, _LABEL),
        *((SheetColumn(_("Side"), 20),) if sides else ()),
        *_count_columns(stances, wording),
        SheetColumn(_("Id"), 24),
    )
    table = [
        SheetRow(
            (
                code_label(row.code, wording.language),
                *((sides.get(row.code.id),) if sides else ()),
                *_counts(row, stances),
                row.code.id,
            )
        )
        for row in rows
    ]
    return Sheet(title, columns, table), _counts_and_quotations(title, rows, wording)


def printed_sheets(table: str, wording: Wording) -> tuple[Sheet, ...]:
    """Return a printed table counted anew, and then each of its rows with the quotations behind it."""
    _, rows = wording.gettext, wording.findings.printed_tables[table]
    stances = _stances(rows)
    columns = (
        SheetColumn(_("Row"), _NARROW),
        SheetColumn(_("Row as printed"), _LABEL),
        *_count_columns(stances, wording),
        SheetColumn(_("Codes counted in this row"), 60),
    )
    counted = [
        SheetRow(
            (
                one.row.row,
                one.row.label.text(wording.language),
                *_counts(one, stances),
                "; ".join(map(wording.labels.code, one.codes)),
            )
        )
        for one in rows
    ]
    title = _("Table recounted")
    return Sheet(title, columns, counted, n_fixed=2), _counts_and_quotations(_("Row as printed"), rows, wording)


def matrix_sheets(name: str, wording: Wording) -> tuple[Sheet, ...]:
    """Return a matrix of cases × codes, or of cases × items of frameworks, and then its columns with their quotations.

    In a cell is the number of passages that report the code in the case; below 0 stand as many that contradict it. 0
    is what was looked for and not reported, and a cell is empty where nobody has looked.
    """
    _, matrix = wording.gettext, wording.findings.matrices[name]
    if name == "frameworks":
        columns, bands = matrix.columns, _framework_bands(wording)
        labels = {column: _item(column, wording) for column in columns}
        title, totals = _("Frameworks"), _("Number of items")
        second = _items_and_quotations(matrix, labels, wording)
    else:
        columns, bands = _columns_by_side(name, wording)
        labels = {column: wording.labels.code(column) for column in columns}
        title, totals = wording.labels.group(name), _("Number of codes")
        rows = {row.code.id: row for row in wording.findings.code_tables[name].rows}
        second = _counts_and_quotations(title, [rows[column] for column in columns], wording)
    return _wide(matrix, columns, labels, (title, totals), bands, wording), second


def _wide(
    matrix: Matrix,
    columns: Sequence[str],
    labels: dict[str, str],
    titles: tuple[str, str],
    bands: Sequence[tuple[str, int]],
    wording: Wording,
) -> Sheet:
    _ = wording.gettext
    title, totals = titles
    rows = []
    for case in matrix.cases:
        cells = [matrix.cells[case, column] for column in columns]
        shades = {at: shade for at, cell in enumerate(cells, 2) if (shade := _shade(cell))}
        n_evidence = sum(cell.state == "evidence" for cell in cells)
        rows.append(SheetRow((wording.labels.case(case), n_evidence, *map(_in_cell, cells)), shades))
    words = {
        "evidence": _("Cases with a passage that reports it"),
        "counter-evidence": _("Cases with only contradicting passages"),
    }
    n_cases = {
        state: [sum(matrix.cells[case, column].state == state for case in matrix.cases) for column in columns]
        for state in words
    }
    heads = (SheetColumn(_("Case"), 34), SheetColumn(totals, 9))
    return Sheet(
        title,
        (*heads, *(SheetColumn(labels[column], _NARROW, is_turned=True) for column in columns)),
        rows,
        n_fixed=2,
        bands=bands if len(bands) > 1 else (),
        totals=[
            SheetRow((words[state], None, *n), is_strong=True)
            for state, n in n_cases.items()
            if state == "evidence" or any(n)
        ],
        notes=tuple(_matrix_notes(matrix, totals, wording)),
    )


def _in_cell(cell: Cell) -> int | None:
    n = len(cell.passages) - len(cell.contrary)
    return {"evidence": n, "counter-evidence": -n, "not-reported": 0, "not-looked": None}[cell.state]


def _shade(cell: Cell) -> Shade | None:
    if cell.state in ("evidence", "counter-evidence") and cell.contrary:
        return "both"
    shades: dict[str, Shade] = {"evidence": "for", "counter-evidence": "against", "not-reported": "none"}
    return shades.get(cell.state)


def _matrix_notes(matrix: Matrix, totals: str, wording: Wording) -> Iterator[str]:
    _, cells = wording.gettext, matrix.cells.values()
    yield _("Cells: number of passages that report it in the case. 0: looked for, not reported. Empty: not looked for.")
    if any(cell.state == "counter-evidence" for cell in cells):
        yield _("Below 0: number of passages that contradict it.")
    if any(cell.contrary for cell in cells):
        yield _("Violet: some passages support it and others contradict it; the next sheet quotes both.")
    yield _("“{column}”: number of columns that passages report in the case.").format(column=totals)
    if any(cell.is_group for cell in cells):
        yield _("If a study reports several cases as a group, its passage counts in each of them.")


def case_sheets(wording: Wording) -> tuple[Sheet, ...]:
    """Return the cases with their variables, studies and codes, and then each with the quotations that it rests on."""
    _, labels, findings = wording.gettext, wording.labels, wording.findings
    rows, groups = findings.case_rows, findings.codebook.groups
    variables = [one for one in variables_of(rows, findings.codebook) if one.id not in findings.codebook.case_label]
    has_groups = any(row.is_group for row in rows)
    columns = [
        SheetColumn(_("Case"), 34),
        *(SheetColumn(one.label.text(wording.language), _width(one)) for one in variables),
        SheetColumn(_("Studies"), 34),
    ]
    for group in groups:
        label = group.label.text(wording.language)
        columns += [SheetColumn(_("{group}: number").format(group=label), 12), SheetColumn(label, 44)]
    columns += [SheetColumn(_("Remark"), 24)] if has_groups else []
    columns.append(SheetColumn(_("Id"), 24))
    table = []
    for row in rows:
        codes: list[Value] = []
        for group in groups:
            own = row.codes.get(group.id, ())
            looked = own or row.states.get(group.id) == "not-reported"
            codes += [len(own) if looked else None, "; ".join(map(labels.code, own)) or _why(bool(looked), wording)]
        remark = [_("reported only as part of a group") if row.is_group else None] if has_groups else []
        values = (_value(row, variable, wording) for variable in variables)
        cited = "; ".join(map(labels.study, row.case.studies))
        table.append(SheetRow((labels.case(row.case.id), *values, cited, *codes, *remark, row.case.id)))
    counted = [
        _Counted((labels.case(row.case.id), labels.group(group), int(number.value)), number.passages)
        for row in rows
        for group, number in row.numbers.items()
    ]
    heads = (SheetColumn(_("Case"), 34), SheetColumn(_("Group of codes"), _WORDS), SheetColumn(_("Number of codes"), 9))
    return Sheet(_("Cases"), columns, table), _with_quotations(heads, counted, wording, shown=("code",))


def _width(variable: Variable) -> int:
    return 13 if variable.type in ("year", "number") else 22


def _value(row: CaseRow, variable: Variable, wording: Wording) -> Value:
    """Return a value, years and numbers as such, or why there is none; a text that is not there is empty."""
    value = row.values.get(variable.id)
    if value is None:
        return None if variable.type == "text" else _why(row.has_looked(variable.id), wording)
    return value if isinstance(value, int) else wording.labels.value(variable.id, value)


def _why(has_looked: bool, wording: Wording) -> str:
    return wording.gettext("not reported") if has_looked else wording.gettext("not looked for")


def check_sheets(wording: Wording) -> tuple[Sheet, ...]:
    """Return the claims and general checks with what was found."""
    _ = wording.gettext
    verdicts = {
        "holds": _("holds"), "contradicted": _("contradicted"), "cannot be told": _("cannot be told"),
    }  # fmt: skip
    columns = (
        SheetColumn(_("Claim"), 50), SheetColumn(_("Finding"), 60), SheetColumn(_("Verdict"), 16),
        SheetColumn(_("Remark"), 40), SheetColumn(_("Evidence"), 40), SheetColumn(_("Id"), 30),
    )  # fmt: skip
    rows = [
        SheetRow(
            (
                check.stated or check.claim,
                check.found,
                verdicts[check.verdict],
                "; ".join(filter(None, (check.where, check.note))) or None,
                "; ".join(check.evidence) or None,
                check.claim,
            )
        )
        for check in wording.findings.checks
    ]
    return (Sheet(_("Checks"), columns, rows),)


def association_sheets(association: Association, wording: Wording) -> tuple[Sheet, ...]:
    """Return the pairs of items and codes that some study has both of, the least likely by chance first."""
    _ = wording.gettext
    columns = (
        SheetColumn(_("Keyword or term"), 30), SheetColumn(_("Code"), _LABEL), SheetColumn(_("Studies with both")),
        SheetColumn(_("Studies with the keyword")), SheetColumn(_("Studies with the code")),
        SheetColumn(_("Expected by chance"), 12, 2), SheetColumn(_("Ratio"), 9, 2), SheetColumn("p", 9, 4),
        SheetColumn("q", 9, 4),
    )  # fmt: skip
    rows = [
        SheetRow(
            (
                pair.label,
                code_label(pair.code, wording.language),
                *(int(number.value) for number in (pair.together, pair.of_item, pair.of_code)),
                *map(float, (pair.expected, pair.ratio, pair.p, pair.q)),
            )
        )
        for pair in association.pairs
    ]
    notes = (
        _(
            "{studies} studies compared, {tests} pairs tested. p: probability by chance; q: p corrected for all tests."
        ).format(studies=int(association.studies.value), tests=association.n_tests),
    )
    return (Sheet(_("Keywords and codes"), columns, rows, n_fixed=2, notes=notes),)


def mention_sheets(mentions: Mentions, wording: Wording) -> tuple[Sheet, ...]:
    """Return the codes and items with the studies that mention each, and those that report it in a passage."""
    _ = wording.gettext
    standings: dict[Standing, str] = {
        "talked about, never evidenced": _("Mentioned, never reported in a passage"),
        "evidenced, never talked about": _("Reported in passages, never mentioned"),
        "both": _("mentioned, and reported in passages"),
        "neither": _("neither mentioned nor reported in a passage"),
    }
    item = _("term") if mentions.item_kind == "terms" else _("keyword")
    columns = (
        SheetColumn(_("Code or keyword"), _LABEL), SheetColumn(_("Kind"), 10), SheetColumn(_("Result"), 40),
        SheetColumn(_("Studies that mention it")), SheetColumn(_("Studies with a passage")),
        SheetColumn(_("Studies with both")), SheetColumn(_("Other records that mention it")),
    )  # fmt: skip
    rows = [
        SheetRow(
            (
                wording.labels.code(row.id) if row.kind == "code" else row.label,
                _("code") if row.kind == "code" else item,
                standings[row.standing],
                *(int(number.value) for number in row.numbers()),
            )
        )
        for row in mentions.rows
    ]
    return (Sheet(_("Mentioned and reported"), columns, rows),)


def _sides(group: str, wording: Wording) -> dict[str, str]:
    """Return the labels of the sides that codes of a group are on, by code; nothing where it has none."""
    book = wording.findings.codebook
    group_of_codes = book.group(group)
    labels = {side.id: side.label.text(wording.language) for side in group_of_codes.sides} if group_of_codes else {}
    return {code.id: labels[side] for code in book.codable(group) if (side := book.side_of(code)) in labels}


def _columns_by_side(group: str, wording: Wording) -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    """Return the codes of a group side by side, with the sides as headings over them."""
    book = wording.findings.codebook
    parts = book.by_side(group, book.codable(group), lambda code: code)
    columns = tuple(code.id for _side, codes in parts for code in codes)
    return columns, [(side.label.text(wording.language) if side else "", len(codes)) for side, codes in parts]


def _framework_bands(wording: Wording) -> list[tuple[str, int]]:
    return [(one.label.text(wording.language), len(one.items)) for one in wording.findings.codebook.frameworks]


def _item(column: str, wording: Wording) -> str:
    framework, _slash, name = column.partition("/")
    items = {
        (one.id, item.id): item.label.text(wording.language)
        for one in wording.findings.codebook.frameworks
        for item in one.items
    }
    return items[framework, name]


def _stances(rows: Iterable[CodeRow | PrintedRowCount]) -> list[Stance]:
    stances = {stance for row in rows for stance in row.others}
    return [stance for stance in OTHER_STANCES if stance in stances]


def _count_columns(stances: Iterable[Stance], wording: Wording) -> tuple[SheetColumn, ...]:
    _ = wording.gettext
    titles = {"contradicts": _("Cases with counter-evidence"), "mentions": _("Cases that only mention it")}
    return SheetColumn(_("Cases"), 9), SheetColumn(_("Studies"), 11), *(SheetColumn(titles[one], 14) for one in stances)


def _counts(row: CodeRow | PrintedRowCount, stances: Iterable[Stance]) -> tuple[int, ...]:
    others = (row.others[stance].value if stance in row.others else 0 for stance in stances)
    return tuple(map(int, (row.cases.value, row.studies.value, *others)))


def _counts_and_quotations(title: str, rows: Sequence[CodeRow] | Sequence[PrintedRowCount], wording: Wording) -> Sheet:
    """Return each code or printed row with its counts, and below it the quotations that these rest on."""
    stances = _stances(rows)
    counted = [
        _Counted(
            (_label(row, wording), *_counts(row, stances)),
            [
                *row.cases.passages,
                *(one for stance in stances if stance in row.others for one in row.others[stance].passages),
            ],
        )
        for row in rows
    ]
    heads = (SheetColumn(title, _LABEL), *_count_columns(stances, wording))
    is_printed = any(isinstance(row, PrintedRowCount) for row in rows)
    return _with_quotations(heads, counted, wording, shown=("case", "code") if is_printed else ("case",))


def _label(row: CodeRow | PrintedRowCount, wording: Wording) -> str:
    if isinstance(row, CodeRow):
        return code_label(row.code, wording.language)
    return f"{row.row.row}. {row.row.label.text(wording.language)}"


def _items_and_quotations(matrix: Matrix, labels: dict[str, str], wording: Wording) -> Sheet:
    """Return each item of each framework with its cases by state, and below it the quotations."""
    _ = wording.gettext
    states = {
        "evidence": _("Evidence"), "counter-evidence": _("Counter-evidence"), "not-reported": _("Not reported"),
        "not-looked": _("Not looked at"),
    }  # fmt: skip
    frameworks = {one.id: one.label.text(wording.language) for one in wording.findings.codebook.frameworks}
    counted = []
    for column in matrix.columns:
        cells = [matrix.cells[case, column] for case in matrix.cases]
        label = f"{frameworks[column.partition('/')[0]]}: {labels[column]}"
        n = [sum(cell.state == state for cell in cells) for state in states]
        remarks = {
            one: states["evidence" if (one in cell.contrary) != (cell.state == "evidence") else "counter-evidence"]
            for cell in cells
            for one in cell.passages
        }
        counted.append(_Counted((label, *n), list(remarks), remarks))
    heads = (SheetColumn(_("Item"), _LABEL), *(SheetColumn(word, 12) for word in states.values()))
    return _with_quotations(heads, counted, wording, shown=("case", "code"))


def _with_quotations(
    heads: Sequence[SheetColumn], counted: Iterable[_Counted], wording: Wording, *, shown: Sequence[_Shown]
) -> Sheet:
    """Return rows of counts, each with its quotations below it, which repeat the label so that they can be filtered.

    Quotations name their case, or the code that they were coded with, where the row of counts does not.
    """
    _, passages = wording.gettext, wording.findings.evidence.passages
    columns = (
        *heads,
        *(SheetColumn({"case": _("Case"), "code": _("Coded as")}[one], _WORDS) for one in shown),
        SheetColumn(_("Quotation"), 64),
        SheetColumn(_("Study"), _WORDS), SheetColumn(_("Document"), 24), SheetColumn(_("From character"), 10),
        SheetColumn(_("To character"), 10), SheetColumn(_("Coder"), 12), SheetColumn(_("Remark"), _WORDS),
    )  # fmt: skip
    empty = (None,) * (len(columns) - len(heads))
    rows = []
    for one in counted:
        rows.append(SheetRow((*one.values, *empty), is_strong=True))
        own = sorted((passages[key] for key in dict.fromkeys(one.passages)), key=_place)
        blank = (None,) * (len(heads) - 1)
        rows += [
            SheetRow(
                (one.values[0], *blank, *_quoted(passage, shown, one.remarks.get(passage.id, ""), wording)),
                is_below=True,
            )
            for passage in own
        ]
    return Sheet(_("Counts and quotations"), columns, rows)


def _place(passage: Passage) -> tuple[str, str, int, str]:
    return passage.case, passage.document, passage.start, passage.id


def _quoted(passage: Passage, shown: Sequence[_Shown], remark: str, wording: Wording) -> tuple[Value, ...]:
    _, labels = wording.gettext, wording.labels
    document = wording.findings.documents[passage.document]
    names = {"case": labels.case(passage.case), "code": labels.coded_as(passage)}
    remarks = (
        remark,
        _("contradicts it") if passage.stance == "contradicts" and "code" not in shown else "",
        _("only mentions it") if passage.stance == "mentions" and "code" not in shown else "",
        _("reported once for a group of cases") if passage.scope == "group" else "",
        _("note on a secondary account") if document.is_secondary else "",
        _("from the abstract") if document.is_abstract and not document.is_secondary else "",
    )
    return (
        *(names[one] for one in shown),
        " ".join(passage.quote.split()),
        labels.study(document.record),
        passage.document,
        passage.start,
        passage.end,
        passage.coder,
        "; ".join(filter(None, remarks)) or None,
    )
