"""A workbook that can't be written ends in a message, and says nothing afterwards."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from benang.errors import BenangError
from benang.files import replacing
from benang.writers import spreadsheets
from benang.writers.spreadsheets import new_workbook

FULL = OSError(28, "No space left on device")


def _write(path: Path) -> None:
    with replacing(path) as (place,), new_workbook(place, row_by_row=True) as book:
        sheet = book.add_worksheet("records")
        for row in range(50):
            sheet.write_string(row, 0, "Umpama " * 200)


def test_a_full_disk_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was wanted is named, and what stood there stays; no error comes later from the zip."""

    class Full(spreadsheets._Target):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            self.failure = FULL

    monkeypatch.setattr(spreadsheets, "_Target", Full)
    (tmp_path / "all.xlsx").write_bytes(b"old")

    with pytest.raises(BenangError, match=r"all\.xlsx: can't write here \(No space left on device\)"):
        _write(tmp_path / "all.xlsx")
    gc.collect()

    assert (tmp_path / "all.xlsx").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_is_full_is_a_message() -> None:
    """Where writing fails in earnest, the first failure is kept."""
    with pytest.raises(OSError, match="No space left"), new_workbook(Path("/dev/full")) as book:
        book.add_worksheet("records").write_string(0, 0, "Umpama")
    gc.collect()


def test_a_full_temporary_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are put together there, on another disk than the output maybe."""

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise FULL

    monkeypatch.setattr("xlsxwriter.packager.tempfile", SimpleNamespace(mkstemp=full))

    with pytest.raises(BenangError, match=r"can't write temporary files here \(No space .*TMPDIR") as caught:
        _write(tmp_path / "all.xlsx")
    gc.collect()

    assert caught.value.problems[0].where == tempfile.gettempdir()


def test_an_error_of_another_kind_is_passed_on(tmp_path: Path) -> None:
    """What goes wrong in filling a workbook is not taken for a full disk."""
    with pytest.raises(ZeroDivisionError), new_workbook(tmp_path / "all.xlsx"):
        _ = 1 / 0
