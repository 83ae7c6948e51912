"""What the matrix of the pages counts: the states of cells, frameworks by the codes that read in them, values."""

from __future__ import annotations

import json
from pathlib import Path

from tests.tasks.coding.appraised import RAIN, appraised_markets
from tests.two_coders import CODEBOOK, coding, note, write_towns

from benang.review.desk import open_desk
from benang.tasks.coding.document_shown import titles_of
from benang.tasks.matrix import Grid, Material, arranged, grid_of, material, table_file, tables_of
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


def _appraised(folder: Path) -> Material:
    """Return the markets with a study that ani finds clear, and of which the two differ on its ethics."""
    appraised_markets(folder, ("ani", "budi"))
    (folder / "judgements").mkdir()
    at = {"document": "documents/lestari2019.md", "start": 0, "end": len(RAIN), "quote": RAIN}
    for coder, *levels in (("ani", "yes", "yes"), ("budi", "yes", "no")):
        said = [
            {
                "kind": "value", "id": f"{coder}/{item}", "coder": coder, "case": "lestari2019", "variable": item,
                "value": level, "passages": [at],
            }
            for item, level in zip(("aim", "ethics"), levels, strict=True)
        ]  # fmt: skip
        lines = "\n".join(json.dumps(line) for line in ({"format": 1}, *said))
        (folder / "judgements" / f"{coder}.jsonl").write_text(f"{lines}\n", encoding="utf-8")
    desk = open_desk(folder)
    return material(desk, titles_of(desk))


def test_appraised_studies_have_a_table_of_their_own(tmp_path: Path) -> None:
    """A row for each study, though three cases rest on two; the values of cases stay with the cases."""
    of = _appraised(tmp_path / "markets")

    grid, values = _grid(of, "studies"), _grid(of, "values")

    assert [one.label for one in grid.rows] == [
        "Night markets of Muara read again",
        "Rain and crowds on the hill of Bukit",
    ]
    assert [(one.id, one.band) for one in grid.columns] == [("aim", "Quality"), ("ethics", "Quality")]
    assert [one.id for one in values.rows] == ["muara", "bukit", "ladang"]
    assert [one.id for one in values.columns] == ["opened", "stalls"]
    assert (grid.cells["lestari2019", "aim"].text, grid.cells["lestari2019", "aim"].state) == ("Yes", "evidence")
    assert grid.cells["lestari2019", "ethics"].state == "differs"
    assert grid.cells["sari2018", "aim"].state == "not-looked"
    assert dict(grid.filled) == {"lestari2019": 2}


def test_a_cell_of_a_study_opens_its_passage_and_its_document(tmp_path: Path) -> None:
    """As that of a case does."""
    of = _appraised(tmp_path / "markets")

    opened = open_cell(of, _grid(of, "studies"), "lestari2019 ethics", "ani", "en")

    assert opened is not None
    assert [(one.coder, one.said, one.is_own, one.case, one.around.quote) for one in opened.proofs] == [
        ("ani", "Yes", True, "Rain and crowds on the hill of Bukit", RAIN),
        ("budi", "No", False, "Rain and crowds on the hill of Bukit", RAIN),
    ]
    assert [title for _name, title in opened.texts] == ["Rain and crowds on the hill of Bukit"]


def test_the_table_of_studies_is_saved_as_it_is_shown(tmp_path: Path) -> None:
    """What nobody has said is told from what coders differ in."""
    of = _appraised(tmp_path / "markets")

    text = table_file(of, _grid(of, "studies"), "csv", "en").decode().splitlines()

    assert text == [
        "study,label,aim,ethics",
        "sari2018,Night markets of Muara read again,not-looked,not-looked",
        "lestari2019,Rain and crowds on the hill of Bukit,yes,differs",
    ]
