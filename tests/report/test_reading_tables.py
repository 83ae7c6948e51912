"""The account of what was read and of every step."""

from __future__ import annotations

from tests.report.invented import content
from tests.report.page_reader import cells

from benang.report.names import Names
from benang.report.reading_tables import reading_tables, step_table
from benang.report.texts import Texts


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
