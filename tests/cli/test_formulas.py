"""No table that a command writes holds a cell that a spreadsheet would run, whatever stands in the records."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support import Command

import benang as package
from benang.map_files import read_map
from benang.readers.registry import read
from benang.readers.workbooks_apart import sheets_apart

FORMULAS = ("=1+1", "+1+1", "-1+cmd", "@sum(1)", "＝2+2", "'=3+3")
_RUN = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an export whose titles, people, sources, places and keywords begin as formulas do."""
    entries = []
    for n in range(12):
        mark = FORMULAS[n % len(FORMULAS)]
        entries.append(
            f"TY  - JOUR\nAU  - {mark}Umpama, Ani\nAU  - Contoh, Budi\nTI  - {mark} markets {n // 2}\n"
            f"PY  - {2010 + n}\nJO  - {mark} Journal\nAD  - {mark} University, Bandung, Indonesia\n"
            + "".join(f"KW  - {one}\nKW  - {one}s\n" for one in FORMULAS)
            + "ER  - \n"
        )
    path = tmp_path_factory.mktemp("formulas") / "=export.ris"
    path.write_text("\n".join([*entries, "TY  - JOUR\nER  - \n"]), encoding="utf-8")
    return path


def _cells(path: Path) -> Iterator[str]:
    if path.suffix == ".xlsx":
        for _, rows in sheets_apart(path.read_bytes(), where=path.name):
            yield from (cell for row in rows for cell in row)
        return
    with path.open(encoding="utf-8-sig", newline="") as table:
        for row in csv.reader(table, delimiter="\t" if path.suffix == ".tsv" else ","):
            yield from row


def _live(path: Path) -> list[str]:
    number = re.compile(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")
    return [cell for cell in _cells(path) if cell.startswith(_RUN) and not number.fullmatch(cell)]


def test_tables_of_records_hold_no_formula(export: Path, tmp_path: Path, benang: Command) -> None:
    """Records, ledger, groups and doubts, figures of the corpus, a proposed thesaurus; the records come back."""
    tables = {
        name: tmp_path / name for name in ("r.csv", "r.xlsx", "l.csv", "g.csv", "d.csv", "c.csv", "c.xlsx", "t.tsv")
    }
    benang(
        "records", export, "-o", tables["r.csv"], "-o", tables["r.xlsx"], "--ledger", tables["l.csv"],
        "--duplicates", tables["g.csv"], "--doubts", tables["d.csv"],
    )  # fmt: skip
    benang("describe", export, "-o", tables["c.csv"], "-o", tables["c.xlsx"])
    benang("thesaurus", export, "-o", tables["t.tsv"])

    assert {name: _live(path) for name, path in tables.items()} == {name: [] for name in tables}
    first = read(export).records
    for name in ("r.csv", "r.xlsx"):
        again = read(tables[name]).records
        assert [(one.title, one.authors, one.author_keywords) for one in again] == [
            (one.title, one.authors, one.author_keywords) for one in first
        ]


def test_tables_of_maps_hold_no_formula_and_come_back(export: Path, tmp_path: Path, benang: Command) -> None:
    """Links and items; numbers below 0 stay numbers, and labels are read again as they were."""
    written = tmp_path / "m.csv", tmp_path / "m.tsv", tmp_path / "m.json"
    outputs = [part for path in written for part in ("-o", path)]
    benang("map", export, "--items", "author-keywords", "--min-occurrences", 1, "--keep-duplicates", *outputs)
    tables = [*tmp_path.glob("m*.csv"), *tmp_path.glob("m*.tsv")]

    assert len(tables) == 4
    assert [_live(path) for path in tables] == [[], [], [], []]
    labels = read_map(written[2]).network.labels
    assert set(FORMULAS) <= set(labels)
    for path in written[:2]:
        again = read_map(path)
        assert again.network.labels == labels
        assert (again.xy < 0).any()


def test_every_table_goes_through_one_function() -> None:
    """Nothing else writes CSV, and no workbook is written with cells whose kind the library guesses."""
    root = Path(str(package.__file__)).parent
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}

    assert {name for name, text in texts.items() if "csv.writer" in text or "csv.DictWriter" in text} == {
        "records/user_tables.py",
        "writers/spreadsheets.py",
        "project/rekeying.py",
    }
    workbooks = {name: text for name, text in texts.items() if "xlsxwriter" in text or "write_string(" in text}
    assert set(workbooks) == {
        "coding/sheets.py",
        "report/describing_files.py",
        "tasks/coding/form_sheets.py",
        "writers/spreadsheets.py",
    }
    assert '"strings_to_formulas": False' in texts["writers/spreadsheets.py"]
    for text in workbooks.values():
        assert not re.search(r"sheet\.write(?:_formula|_row|_column|_url|_array_formula)?\(", text)
