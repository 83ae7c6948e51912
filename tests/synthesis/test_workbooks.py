"""Tables as sheets: matrices wide, labels instead of ids, and the quotations behind each count."""

from __future__ import annotations

from tests.synthesis.invented import CODEBOOK, DOUBTED, found, label

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook, Variable
from benang.project.toml_files import Label
from benang.synthesis.association import review_association
from benang.synthesis.claims import Claims, CountClaim
from benang.synthesis.mentions import review_mentions
from benang.synthesis.wording import Wording
from benang.synthesis.workbooks import (
    association_sheets,
    case_sheets,
    check_sheets,
    code_sheets,
    matrix_sheets,
    mention_sheets,
    printed_sheets,
)
from benang.writers.spreadsheets import Sheet, Value

WORDING = Wording(found())


def table(sheet: Sheet) -> list[list[Value]]:
    """Return a sheet as its headings and rows."""
    return [[column.title for column in sheet.columns], *(list(row.values) for row in sheet.rows)]


def test_a_matrix_is_wide_with_the_number_of_passages_in_each_cell() -> None:
    """Nobody has finished Dadap, so that its empty cells are empty and not 0; Ends was never looked at."""
    sheet, _quotations = matrix_sheets("reasons", WORDING)

    assert table(sheet) == [
        ["Case", "Number of codes", "Bad roof", "Librarian left", "Volunteers lost", "Flood", "Noise"],
        ["Alun – Library", 2, 1, 0, 0, 1, 0],
        ["Beji – Library", 3, 1, 1, 1, 0, 0],
        ["Cikal – Library", 2, 0, 0, 1, 1, 0],
        ["Dadap – Library", 2, None, None, 1, 1, None],
        ["Ends – Library", 0, None, None, None, None, None],
    ]
    assert sheet.bands == [("Inside", 3), ("Outside", 2)]
    assert [list(row.values) for row in sheet.totals] == [["Cases with a passage that reports it", None, 2, 1, 3, 3, 0]]


def test_passages_against_a_code_count_below_0_and_a_cell_with_both_is_marked() -> None:
    """Alun's roof has a passage for it and one against it, Cikal's only one against it."""
    sheet, _quotations = matrix_sheets("reasons", Wording(found(DOUBTED)))
    alun, cikal = sheet.rows[0], sheet.rows[2]

    assert (alun.values[2], (alun.shades or {})[2]) == (1, "both")
    assert (cikal.values[2], (cikal.shades or {})[2]) == (-1, "against")
    assert list(sheet.totals[1].values) == ["Cases with only contradicting passages", None, 1, 0, 0, 0, 0]
    assert "Below 0: number of passages that contradict it." in sheet.notes


def test_the_second_sheet_has_each_count_with_the_quotations_behind_it() -> None:
    """Two cases of two studies have a bad roof; the count stands in bold, the quotations below it."""
    _matrix, sheet = matrix_sheets("reasons", WORDING)
    head = [column.title for column in sheet.columns]

    assert head[:5] == ["Reasons", "Cases", "Studies", "Case", "Quotation"]
    assert [list(row.values[:6]) for row in sheet.rows[:3]] == [
        ["Bad roof", 2, 2, None, None, None],
        ["Bad roof", None, None, "Alun – Library", "In Alun the roof leaked.", "Ana and Wulan (2010)"],
        ["Bad roof", None, None, "Beji – Library", "The roof of Beji fell in.", "Bima (2012)"],
    ]
    assert [(row.is_strong, row.is_below) for row in sheet.rows[:3]] == [(True, False), (False, True), (False, True)]
    assert sheet.rows[2].values[head.index("Remark")] == "note on a secondary account"


def test_every_passage_of_a_group_of_codes_is_quoted_once() -> None:
    """As many rows below as there are passages of the reasons."""
    findings = found(DOUBTED)
    _table, sheet = code_sheets("reasons", Wording(findings))
    reasons = {code.id for code in CODEBOOK.codable("reasons")}

    quoted = sum(row.is_below for row in sheet.rows)
    assert quoted == sum(one.code in reasons for one in findings.evidence.passages.values())


def test_the_table_of_codes_has_labels_sides_and_numbers() -> None:
    """In Indonesian where the codebook has it, with the id at the end."""
    sheet, _quotations = code_sheets("reasons", Wording(found(language="id"), "id"))

    assert table(sheet)[:3] == [
        ["Alasan", "Sisi", "Kasus", "Penelitian", "Id"],
        ["Relawan hilang", "Dalam", 3, 2, "volunteers"],
        ["Banjir", "Luar", 3, 2, "flood"],
    ]


def test_a_printed_table_names_the_codes_counted_into_each_row() -> None:
    """People are the librarian and the volunteers, and their quotations stand on the second sheet."""
    sheet, quotations = printed_sheets("leaflet", WORDING)

    assert table(sheet)[2] == [2, "People", 3, 3, "Librarian left; Volunteers lost"]
    assert [row.values[0] for row in quotations.rows if row.is_strong] == ["1. Roof", "2. People", "3. Water"]


def test_frameworks_have_their_items_side_by_side_under_their_names() -> None:
    """A bad roof speaks against a dry building."""
    sheet, quotations = matrix_sheets("frameworks", WORDING)

    assert sheet.bands == [("Needs", 2), ("Harms", 1)]
    assert table(sheet)[:2] == [
        ["Case", "Number of items", "A dry building", "Friends", "Water"],
        ["Alun – Library", 1, -1, 0, 1],
    ]
    assert list(quotations.rows[0].values[:3]) == ["Needs: A dry building", 0, 2]
    alun = dict(zip((column.title for column in quotations.columns), quotations.rows[1].values, strict=True))
    assert (alun["Case"], alun["Coded as"], alun["Remark"]) == ("Alun – Library", "Bad roof", "Counter-evidence")


def test_cases_have_their_own_variables_as_columns_and_no_others() -> None:
    """A review of streets and owners has no column for a partner, a country, an outcome or years."""
    variables = (
        Variable(id="street", label=Label(en="Street"), type="text"),
        Variable(id="stalls", label=Label(en="Stalls"), type="number"),
    )
    codebook = Codebook(variables=variables, groups=CODEBOOK.groups, codes=CODEBOOK.codes)
    cases = Cases(cases=(Case(id="alun", label="Alun", studies=("ana2010",), street="By the river", stalls=12),))

    sheet, _quotations = case_sheets(Wording(found((), codebook=codebook, cases=cases)))

    assert table(sheet) == [
        ["Case", "Street", "Stalls", "Studies", "Reasons: number", "Reasons", "Uses: number", "Uses", "Id"],
        ["Alun", "By the river", 12, "Ana and Wulan (2010)", None, "not looked for", None, "not looked for", "alun"],
    ]


def test_a_year_is_a_number_and_what_is_not_known_says_why() -> None:
    """Alun began in 2008, Cikal's beginning is not reported, nobody has looked for that of Ends."""
    sheet, _quotations = case_sheets(WORDING)
    at = [column.title for column in sheet.columns].index("Since")

    assert [row.values[at] for row in sheet.rows] == [2008, "not looked for", "not reported", *["not looked for"] * 2]


def test_the_quotations_of_a_case_name_the_codes() -> None:
    """Alun has two reasons, each with its quotation."""
    _cases, sheet = case_sheets(WORDING)

    assert [list(row.values[:5]) for row in sheet.rows[:3]] == [
        ["Alun – Library", "Reasons", 2, None, None],
        ["Alun – Library", None, None, "Bad roof", "In Alun the roof leaked."],
        ["Alun – Library", None, None, "Flood", "The flood of spring came in."],
    ]


def test_checks_have_claim_finding_and_verdict_in_words() -> None:
    """Five cases it is, not four."""
    said, where = label("Four cases."), label("p. 1")
    claim = CountClaim(id="four", says=said, where=where, check="count", of="cases/all", stated=4)
    (sheet,) = check_sheets(Wording(found(claims=Claims(claims=(claim,)))))

    row = table(sheet)[1]
    assert (row[0], row[2], row[3], row[-1]) == ("Four cases.", "contradicted", "p. 1", "four")
    assert "5 cases" in str(row[1])


def test_associations_have_numbers_with_decimals() -> None:
    """The one study with keywords has three of its codes beside both of them."""
    findings = found()
    made = review_association(findings, group="reasons", items="author-keywords", least=1)
    (sheet,) = association_sheets(made, Wording(findings))

    assert {row.values[0] for row in sheet.rows} == {"library", "river"}
    assert all(isinstance(value, float) for row in sheet.rows for value in row.values[5:])
    assert [column.decimals for column in sheet.columns] == [0, 0, 0, 0, 0, 2, 2, 4, 4]


def test_mentions_say_in_words_how_talk_and_evidence_stand() -> None:
    """Nobody speaks of volunteers in a title, and passages report them."""
    findings = found()
    made = review_mentions(findings, group="reasons", items="author-keywords", least=1)
    (sheet,) = mention_sheets(made, Wording(findings))

    rows = {row.values[0]: list(row.values[1:]) for row in sheet.rows}
    assert rows["Volunteers lost"][:3] == ["code", "Reported in passages, never mentioned", 0]
