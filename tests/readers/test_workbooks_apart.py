"""Workbooks are read in a process of their own, which may fail alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.readers import hostile_workbooks as hostile

from benang.errors import BenangError
from benang.readers import Source, workbooks_apart
from benang.readers.excel import read_workbook
from benang.readers.registry import read_files
from benang.readers.workbooks_apart import Limits, resident_memory, sheets_apart
from benang.writers.spreadsheets import new_workbook

SMALL = Limits(memory=400 << 20, seconds=60, weight=64 << 20)
FAR = hostile.xlsx(f"{hostile.HEAD}<row r='9'><c\nr='{hostile.FAR}'><v>1</v></c></row>")
HEAVY = hostile.xlsx(("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 300)
RIS = b"TY  - JOUR\nTI  - Kota kembar\nER  - \n"


def test_the_sheets_come_back_as_text(test_data: Path) -> None:
    """Names of sheets and cells as a person would write them."""
    path = next((test_data / "exports").rglob("*.xls"))
    sheets = sheets_apart(path.read_bytes(), where="a.xls")

    assert sheets
    assert all(isinstance(cell, str) for _, rows in sheets for row in rows for cell in row)


def test_rows_and_columns_keep_their_places() -> None:
    """A table that begins in C3 has two empty rows above and two empty columns before it, and an empty row within."""
    rows = (
        '<row r="3"><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="5"><c r="D5"><v>0</v></c><c r="E5" t="b"><v>0</v></c><c r="F5"/></row>'
    )
    blank = ["", "", "", "", ""]
    assert sheets_apart(hostile.xlsx(rows), where="a.xlsx") == [
        ("a", [blank, blank, ["", "", "x", "", ""], blank, ["", "", "", "0", "false"]])
    ]


def test_merged_cells_say_the_same_down_their_column_where_that_is_wanted(tmp_path: Path) -> None:
    """Cells that were merged with those below say the same, where that is wanted; a merged heading stays as it is."""
    path = tmp_path / "merged.xlsx"
    with new_workbook(path) as book:
        page = book.add_worksheet("a")
        page.merge_range(1, 1, 1, 2, "heading")
        page.merge_range(2, 1, 4, 1, "sari2018")
        page.write_column(2, 2, ["x", "y", "z"])
    rows = [["", "", ""], ["", "heading", ""], ["", "sari2018", "x"], ["", "", "y"], ["", "", "z"]]
    assert sheets_apart(path.read_bytes(), where="a.xlsx") == [("a", rows)]
    filled = [*rows[:3], ["", "sari2018", "y"], ["", "sari2018", "z"]]
    assert sheets_apart(path.read_bytes(), where="a.xlsx", merged=True) == [("a", filled)]


def test_cells_that_are_merged_endlessly_fill_no_memory() -> None:
    """Cells that are merged to the end of a sheet add no rows, and beyond its cells nothing."""
    merged = "</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='C1:C9'/></mergeCells><sheetData>"
    data = hostile.xlsx("<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='B2'><v>2</v></c></row>" + merged)
    assert sheets_apart(data, where="a.xlsx", limits=SMALL, merged=True) == [("a", [["1", ""], ["1", "2"]])]


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_one_ends_in_a_message(test_data: Path, tmp_path: Path, seed: int) -> None:
    """Its header spoilt anywhere, the others of the call are still read."""
    path = next((test_data / "exports").rglob("*.xls"))
    data = bytearray(path.read_bytes())
    data[24 + 12 * seed : 36 + 12 * seed] = b"\xff\x7f" * 6
    (tmp_path / "a.xls").write_bytes(data)
    (tmp_path / "b.ris").write_bytes(RIS)
    done = read_files(tmp_path / "a.xls", tmp_path / "b.ris")

    assert "Kota kembar" in [record.title for record in done.corpus.records]
    assert len(done.unread) + len(done.corpus.ledger.files) == 2


def test_what_is_no_workbook_is_distinguished_from_a_fault_of_the_process() -> None:
    """The process that fails says nothing; its parent does."""
    data = b"\xd0\xcf\x11\xe0" + b"\x00" * 600
    with pytest.raises(BenangError, match=r"a\.xls: expected a workbook, found a workbook that can't be read"):
        read_workbook(Source("a.xls", "a.xls", data))


@pytest.mark.parametrize("way", hostile.WAYS, ids=lambda way: way.__name__)
def test_a_hostile_workbook_ends_in_sheets_or_a_message_with_its_name(
    way: Callable[[], Iterator[tuple[str, bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within its memory and time, whatever it holds."""
    monkeypatch.setattr(Limits, "of", lambda _: SMALL)
    for name, data in way():
        start = time.monotonic()
        said = _said(name, data)
        assert time.monotonic() - start < SMALL.seconds
        assert "root:" not in said, "nothing of a file that an entity or a link names"


def _said(name: str, data: bytes) -> str:
    try:
        reading = read_workbook(Source(name, name, data))
    except BenangError as error:
        return str(error) if all(one.where == name for one in error.problems) else pytest.fail(str(error))
    assert reading.found == len(reading.records) + len(reading.set_aside)
    return str(reading)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (FAR, "of memory to open, at the sheet 'a'"),
        (hostile.many_sheets(10_001), "a workbook with more than 10,000 sheets"),
        (
            hostile.xlsx(("<row>" + "<c><v>1</v></c>" * 1000 + "</row>") * 300),
            "whose cells need more than 8 MB of memory",
        ),
    ],
    ids=["a far cell", "many sheets", "large cells"],
)
def test_the_message_says_what_was_too_much(data: bytes, found: str) -> None:
    """A far cell, sheets, cells that weigh more than a table of this size can."""
    with pytest.raises(BenangError, match=found):
        sheets_apart(data, where="a.xlsx", limits=Limits(SMALL.memory, SMALL.seconds, 8_000_000))


def test_the_good_files_beside_hostile_workbooks_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder with a far cell, repeated rows, a good workbook and a RIS file, two are refused by name."""
    monkeypatch.setattr(Limits, "of", lambda _: SMALL)
    far, repeated = dict(hostile.far_cells()), dict(hostile.repeated())
    (tmp_path / "a.xlsx").write_bytes(far["far cell, single quotes.xlsx"])
    (tmp_path / "b.ods").write_bytes(repeated["repeated 1048576 rows 1 columns.ods"])
    (tmp_path / "c.xlsx").write_bytes(hostile.xlsx(hostile.HEAD))
    (tmp_path / "d.ris").write_bytes(RIS)
    done = read_files(tmp_path)

    assert [record.title for record in done.corpus.records] == ["Night markets", "Kota kembar"]
    assert [Path(one.path).name for one in done.unread] == ["a.xlsx", "b.ods"]


def test_a_small_workbook_is_opened_in_little_memory() -> None:
    """One of 15 kB, whose strings would take gigabytes, is refused at half a gigabyte; one of 10 MB may take more."""
    assert Limits.of(15_000).memory < 600 << 20
    assert Limits.of(15_000).memory < Limits.of(10_000_000).memory <= 4 << 30


def test_a_workbook_that_takes_too_long_is_refused() -> None:
    """The process is ended, and the message says after how long."""
    data = hostile.xlsx(hostile.HEAD + " " * (64 << 20) + "<row><c/></row>" * 2_000_000)
    with pytest.raises(BenangError, match=r"a\.xlsx: a workbook that had not opened after 0 seconds"):
        sheets_apart(data, where="a.xlsx", limits=Limits(1 << 30, 0, 64 << 20))


def test_a_process_that_holds_too_much_is_ended_where_the_system_sets_no_limit() -> None:
    """The watch sees what it holds, as on macOS and Windows."""
    command = [sys.executable, "-c", "import time; held = bytearray(300 << 20); time.sleep(60)"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr
        watch = workbooks_apart.Watch(process, process.stderr, Limits(200 << 20, 60, 1 << 20))
        assert process.wait(30) != 0
        watch.end()
    assert watch.cause == "memory"


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="only Unix has ps")
def test_ps_says_what_a_process_holds() -> None:
    """As the system says in its own way, but for what changes meanwhile; of one that has ended, nothing is known."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        time.sleep(0.3)
        told = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, check=True)
        assert resident_memory(process.pid) == pytest.approx(1024 * int(told.stdout), rel=0.2)
        process.kill()
    assert resident_memory(process.pid) == 0


def test_no_module_of_the_current_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that comes from someone else may hold a `json.py`."""
    for name in ("json", "datetime", "python_calamine", "benang", "faulthandler", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert sheets_apart(hostile.xlsx(hostile.HEAD), where="a.xlsx")[0][0] == "a"
    assert not (tmp_path / "run").exists()


def test_a_reading_that_is_stopped_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops it comes through, and the process has ended."""
    started: list[subprocess.Popen[bytes]] = []

    class Seen(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Seen)
    monkeypatch.setattr("benang.readers.workbooks_apart.Answer.read", stop)
    with pytest.raises(KeyboardInterrupt):
        sheets_apart(hostile.xlsx(hostile.HEAD), where="a.xlsx")
    assert started[0].returncode is not None


def test_where_no_process_can_be_started_the_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has Python built in may have none to start."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(BenangError, match=r"a\.xlsx: the process that opens workbooks can't be started"):
        sheets_apart(hostile.xlsx(hostile.HEAD), where="a.xlsx")
