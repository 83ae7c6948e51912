"""Tables of the report."""

from __future__ import annotations

from markupsafe import Markup
from tests.report.invented import content, market_map

from benang.report.map_settings import map_table
from benang.report.names import Names
from benang.report.reading_tables import reading_tables, step_table
from benang.report.tables import Table, case_table, code_table, framework_table, printed_table
from benang.report.texts import Texts


def cells(table: Table) -> list[list[str]]:
    """Return the rows as plain text, the titles of their bodies among them."""
    rows = []
    for body in table.bodies:
        if body.title:
            rows.append([body.title])
        rows += [[Markup(cell).striptags() for cell in row.cells] for row in body.rows]  # noqa: S704
    return rows


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
    assert any("one finding, not n" in note for note in table.notes)
    assert any("†" in note for note in table.notes)


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


def test_the_settings_of_a_map_are_all_there(names: Names) -> None:
    """Rows that no map fills are left out."""
    rows = {row[0]: row[1] for row in cells(map_table(content(), names))}

    assert rows["Items"] == "2"
    assert rows["Attraction"] == "2"
    assert rows["Repulsion"] == "0"
    assert rows["Objective Q* (lower is better)"] == "−1.2500"
    assert rows["Origin of the words"] == "author keywords: assigned by the reviewers"
    assert rows["Counting"] == "full"
    assert "Items kept" not in rows
    assert market_map().provenance["layout"] == {
        "attraction": 2,
        "repulsion": 0,
        "objective": -1.25,
        "starts": 1,
        "seed": 0,
    }


def test_files_and_records_set_aside_are_listed(names: Names) -> None:
    """Each with its place and the reason."""
    files, aside = reading_tables(content(), names)

    assert cells(files) == [["sources/markets.ris", "RIS", "4", "3", "1", "abababababab"]]
    assert files.notes == ("sources/markets.ris: record 2: no year",)
    assert cells(aside) == [["sources/markets.ris", "4", "60", "no title"]]


def test_steps_are_listed_as_they_were_recorded(names: Names) -> None:
    """What was told, and what was counted."""
    (table,) = step_table(content(), names)

    assert cells(table)[0] == ["reading", "files: sources/markets.ris", "found: 4; read: 3"]


def test_the_words_of_steps_follow_the_language_and_names_of_files_stay() -> None:
    """An Indonesian reader finds Indonesian words in the account of steps too."""
    (table,) = step_table(content(), Names(content().findings, Texts("id")))

    assert cells(table)[0] == ["pembacaan", "berkas: sources/markets.ris", "ditemukan: 4; dibaca: 3"]
