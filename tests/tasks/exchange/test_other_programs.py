"""Projects, tables and codebooks of QualCoder, Taguette and MAXQDA, taken into a review."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.qda.database_files import MARKET, MARKET_HTML, document, highlight, passage, qualcoder, source, taguette
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import csv_sheet

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.rows import coding_rows
from benang.tasks.exchange.importing import ImportedProject, ImportProjectRequest, import_project

RENT, GATES = "rent of a stall doubled", "Two gates"
TABLES = Path(__file__).parents[2] / "data" / "tables"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets", ("ani", "budi"))


def take_in(file: Path, folder: Path) -> ImportedProject:
    """Import a file; who codes where it names nobody is Ani."""
    return import_project(ImportProjectRequest(file=file, folder=folder, coder="ani"))


def coded(folder: Path) -> set[tuple[str, str, str, str]]:
    """Return code, case, coder and quote of what is coded."""
    desk = open_desk(folder)
    labels = {one.id: one.label.en for one in desk.codebook.codes}
    return {(labels[row.code], row.case, row.coder, " ".join(row.quote.split())) for row in coding_rows(desk)}


def at(words: str) -> tuple[int, int]:
    """Return where words are in QualCoder's text, counted in UTF-16 (a lantern comes before them)."""
    start = MARKET.index(words) + 1
    return start, start + len(words)


def test_a_project_of_qualcoder_comes_in_once(folder: Path, tmp_path: Path) -> None:
    """A project of QualCoder comes in with codes, texts, cases, coders and memos; a second time, nothing does."""
    project = qualcoder(
        tmp_path / "stalls.qda",
        source(1, "muara.txt", MARKET),
        passage(1, 2, RENT, *at(RENT), memo="the clearest one"),
        passage(2, 3, GATES, *at(GATES), owner="budi"),
        ("case_text", (1, 1, 1, 0, len(MARKET), "ani", "", "")),
    )
    imported = take_in(project, folder)
    assert coded(folder) == {("Doubled rent", "muara", "ani", RENT), ("Slow permits", "muara", "budi", GATES)}
    assert "the clearest one" in {memo.text for memo in imported.memos}
    before = logs(folder)
    again = take_in(project, folder)
    assert (again.codings, again.memos) == ((), ())
    assert logs(folder) == before


def test_a_project_of_taguette_comes_in_once(folder: Path, tmp_path: Path) -> None:
    """A project of Taguette comes in with tags, documents and highlights; a second time, nothing does."""
    rows = [*highlight(1, 0, 5, "", 3), *highlight(2, 18, 34, "", 2, by="budi")]
    file = taguette(tmp_path / "stalls.sqlite3", document(1, "cafe", MARKET_HTML), *rows)
    take_in(file, folder)
    assert {(code, coder, quote) for code, _, coder, quote in coded(folder)} == {
        ("permits", "ani", "Café"),
        ("rent", "budi", "rent of a stall"),
    }
    before = logs(folder)
    take_in(file, folder)
    assert logs(folder) == before


def test_a_table_of_codings_comes_in_as_by_the_command_for_sheets(folder: Path, tmp_path: Path) -> None:
    """A table of codings comes in by the same command as projects."""
    imported = take_in(Path(shutil.copy(TABLES / "maxqda.csv", tmp_path)), folder)
    assert imported.is_whole
    assert {code for code, *_ in coded(folder)} == {"Rising rent", "Slow permits"}


def test_a_codebook_as_a_table_comes_in_as_codes(folder: Path, tmp_path: Path) -> None:
    """A codebook as a table adds its codes with their definitions, and no passage; a second time, nothing."""
    head = ["tag", "parent", "description", "number of highlights"]
    file = csv_sheet(tmp_path / "codebook.csv", head, ["rain", "", "The road is washed away.", "3"])
    take_in(file, folder)
    book = (folder / "codebook.toml").read_text(encoding="utf-8")
    (code,) = (one for one in open_desk(folder).codebook.codes if one.label.en == "rain")
    assert code.definition == "The road is washed away."
    take_in(file, folder)
    assert (folder / "codebook.toml").read_text(encoding="utf-8") == book


def test_a_table_of_another_kind_says_what_it_lacks(folder: Path, tmp_path: Path) -> None:
    """A table that is neither of codings nor of codes is refused, with the columns that it lacks."""
    with pytest.raises(BenangError, match="none called 'record'"):
        take_in(csv_sheet(tmp_path / "t.csv", ["title", "year"], ["a", "2020"]), folder)
