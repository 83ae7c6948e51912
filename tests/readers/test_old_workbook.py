"""Old workbooks are read in a process of their own, which may fail alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.readers.excel import read_workbook
from benang.readers.old_workbook import UnreadableError, sheets_apart
from benang.readers.registry import read_files
from benang.readers.source import Source


def test_the_sheets_come_back_as_text(test_data: Path) -> None:
    """Names of sheets and cells as a person would write them."""
    path = next((test_data / "exports").rglob("*.xls"))
    sheets = sheets_apart(path.read_bytes())

    assert sheets
    assert all(isinstance(cell, str) for _, rows in sheets for row in rows for cell in row)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_one_ends_in_a_message(test_data: Path, tmp_path: Path, seed: int) -> None:
    """Its header spoilt anywhere, the others of the call are still read."""
    path = next((test_data / "exports").rglob("*.xls"))
    data = bytearray(path.read_bytes())
    data[24 + 12 * seed : 36 + 12 * seed] = b"\xff\x7f" * 6
    (tmp_path / "a.xls").write_bytes(data)
    (tmp_path / "b.ris").write_bytes(b"TY  - JOUR\nTI  - Kota kembar\nER  - \n")
    done = read_files(tmp_path / "a.xls", tmp_path / "b.ris")

    assert "Kota kembar" in [record.title for record in done.corpus.records]
    assert len(done.unread) + len(done.corpus.ledger.files) == 2


def test_what_is_no_workbook_is_told_apart_from_its_process() -> None:
    """The process that fails says nothing; its parent does."""
    data = b"\xd0\xcf\x11\xe0" + b"\x00" * 600
    with pytest.raises(UnreadableError):
        sheets_apart(data)
    with pytest.raises(BenangError, match="a workbook that can't be read"):
        read_workbook(Source("a.xls", "a.xls", data))
