"""Tables of the report."""

from __future__ import annotations

from tests.report.page_reader import cells

from benang.report.blocks import plain
from benang.report.names import Names
from benang.report.tables import case_table, code_table, framework_table, printed_table


def test_codes_stand_under_their_side_with_cases_and_studies(names: Names) -> None:
    """A side that this review judged is marked, and a group is named beside its number."""
    table = code_table("reasons", names.findings.code_tables["reasons"], names)

    assert cells(table) == [
        ["Inner"],
        ["Too dark", "1", "1"],
        ["Dear stalls†", "1", "1"],
        ["Outer"],
        ["Rain", "3 group of 2", "2 group"],
    ]
    assert any("one finding, not n" in plain(note) for note in table.notes)
    assert any("†" in plain(note) for note in table.notes)


def test_a_code_never_used_stands_at_nought(names: Names) -> None:
    """What nobody reports is shown as such; no note on groups is needed."""
    table = code_table("goods", names.findings.code_tables["goods"], names)

    assert cells(table) == [["Fruit", "0", "0"]]
    assert table.notes == ()


def test_a_printed_table_names_the_codes_of_each_row(names: Names) -> None:
    """Its rows keep their printed numbers."""
    table = printed_table("weather", names.findings.printed_tables["weather"], names)

    assert cells(table) == [
        ["Outer"],
        ["1. Weather", "Rain", "3 group of 2", "2 group"],
        ["Inner"],
        ["2. Light", "Too dark", "1", "1"],
    ]


def test_a_case_without_years_or_outcome_says_not_reported(names: Names) -> None:
    """Nothing is left blank."""
    rows = cells(case_table(names.findings.case_rows, names))

    assert rows[0] == ["Hulu – Muara", "Ruritania", "?–2016", "Closed", "Sari, 2018", "0", "2"]
    assert rows[1] == ["Hilir – Muara", "Ruritania", "not reported", "not reported", "Tan et al., 2021", "0", "1"]
    assert rows[2][-1] == "1 group of 2"


def test_a_framework_counts_its_items_in_four_states(names: Names) -> None:
    """Evidence, counter-evidence, not reported, not looked at."""
    table = framework_table(names.findings.framework_tables[0], names)

    assert [column.label for column in table.columns][1:] == [
        "Evidence",
        "Counter-evidence",
        "Not reported",
        "Not looked at",
    ]
    assert cells(table) == [["Shelter", "0", "3 group of 2", "1", "0"]]
