"""What the matrix of the pages counts: the states of cells, frameworks by the codes that read in them, values."""

from __future__ import annotations

import json
from pathlib import Path

from tests.two_coders import CODEBOOK, coding, note, write_towns

from benang.review.desk import open_desk
from benang.tasks.matrix import Grid, Material, arranged, grid_of, material, tables_of
from benang.tasks.matrix_cells import around, open_cell

READ = """
[[frameworks]]
id = "trade"
label = "Conditions of trade"
source = "Invented"
items = [{ id = "cheap", label = "Cheap places" }, { id = "quick", label = "Quick offices" }]

[[readings]]
code = "rent"
items = ["trade/cheap"]
stance = "counter-evidence"

[[variables]]
id = "since"
label = "Since"
type = "year"
"""


def _towns(folder: Path, **marks: tuple[int | None, ...]) -> Material:
    return material(open_desk(write_towns(folder, marks, codebook=CODEBOOK + READ)))


def _grid(of: Material, name: str) -> Grid:
    grid = grid_of(of, name, "en")
    assert grid is not None
    return grid


def _value(coder: str, year: int) -> dict[str, object]:
    quote = "rose again"
    at = {"document": "documents/k01.md", "start": note("k01").index(quote), "quote": quote}
    at["end"] = int(str(at["start"])) + len(quote)
    return {
        "kind": "value", "id": f"{coder}/since", "coder": coder, "case": "ck01", "variable": "since", "value": year,
        "passages": [at],
    }  # fmt: skip


def test_a_review_has_a_table_for_each_group_framework_and_its_values(tmp_path: Path) -> None:
    """In the order of the codebook."""
    of = _towns(tmp_path / "towns", ani=(1,), budi=(0,))

    names = [(one.name, one.columns) for one in tables_of(of.desk, "en")]

    assert names == [("codes/reasons", 2), ("framework/trade", 2), ("values", 1)]
    assert grid_of(of, "codes/none", "en") is None


def test_totals_count_the_columns_and_cases_that_are_filled(tmp_path: Path) -> None:
    """Rent is in one town, permits in both."""
    grid = _grid(_towns(tmp_path / "towns", ani=(1, 0), budi=(None, None)), "codes/reasons")

    assert [grid.filled[one] for one in ("ck01", "ck02")] == [2, 1]
    assert [grid.filled_columns[one] for one in ("rent", "permits")] == [1, 2]


def test_a_framework_shows_which_codes_read_in_its_items(tmp_path: Path) -> None:
    """The rent that rose speaks against cheap places; no code reads in quick offices."""
    of = _towns(tmp_path / "towns", ani=(1,), budi=(0,))
    grid = _grid(of, "framework/trade")

    cheap, quick = grid.columns
    opened = open_cell(of, grid, "ck01 trade/cheap", "ani", "en")

    assert cheap.note == "Counter-evidence: Rising rent."
    assert quick.note == "No code counts for this item."
    assert grid.cells["ck01", "trade/cheap"].text == "−1"
    assert opened is not None
    assert [(one.code, one.role, one.is_own) for one in opened.proofs] == [("Rising rent", "counter-evidence", True)]


def test_values_that_differ_are_no_value(tmp_path: Path) -> None:
    """The cell says so, and opens what each coder gave."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}, codebook=CODEBOOK + READ)
    for coder, year in (("ani", 1999), ("budi", 2001)):
        with (folder / "judgements" / f"{coder}.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(_value(coder, year)) + "\n")
    of = material(open_desk(folder))
    grid = _grid(of, "values")

    opened = open_cell(of, grid, "ck01 since", "ani", "en")

    assert grid.cells["ck01", "since"].state == "differs"
    assert opened is not None
    assert [(one.coder, one.said, one.judgement) for one in opened.proofs] == [
        ("ani", "1999", "ani/since"),
        ("budi", "2001", "budi/since"),
    ]


def test_only_a_mention_leaves_a_cell_as_empty_as_it_was(tmp_path: Path) -> None:
    """It is in brackets, and the row is not hidden."""
    folder = write_towns(tmp_path / "towns", {"ani": (0,), "budi": (None,)}, codebook=CODEBOOK)
    said = coding("k01", "ani", "rent", "rent of stall k01 rose") | {"stance": "mentions", "id": "ani/mention"}
    with (folder / "judgements" / "ani.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(said) + "\n")
    grid = _grid(material(open_desk(folder)), "codes/reasons")

    assert grid.cells["ck01", "rent"].text == "–(1)"
    assert [one.id for one in arranged(grid, hides_empty=True).columns] == ["rent", "permits"]


def test_a_passage_is_shown_in_its_own_sentence_only(tmp_path: Path) -> None:
    """Not in the ones before and behind it."""
    of = _towns(tmp_path / "towns", ani=(1,), budi=(0,))
    document = of.desk.documents["documents/k01.md"]
    start = document.text.index("permit")

    shown = around(document, start, start + len("permit"))

    assert shown.before + shown.quote + shown.after == "Its permit k01 came late."
