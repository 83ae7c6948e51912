"""Exports are accounted for as a value, and may come as bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import Misuse
from benang.files import Upload
from benang.tasks.account import Table
from benang.tasks.records import RecordsRequest, records


def test_uploads_are_accounted_for_by_their_names(folder: Path) -> None:
    """Six records in the file, six read; its name stands for its place."""
    upload = Upload("a.ris", (folder / "a.ris").read_bytes())
    result = records(RecordsRequest(files=(upload,), language="id"))
    table, *_ = result.account.notes

    assert isinstance(table, Table)
    assert table.cells[0][:2] == ("berkas", "format")
    assert table.cells[1] == ("a.ris", "RIS", "UTF-8", "6", "6", "0")
    assert result.as_json([upload])["files"][0]["path"] == "a.ris"


def test_a_file_that_cannot_be_read_does_not_keep_the_others(folder: Path) -> None:
    """The account is of those that were read; the others are told apart, and all output is written."""
    files = (folder / "a.ris", Upload("empty.ris", b""))
    result = records(RecordsRequest(files=files, outputs=(folder / "all.csv",)))

    assert result.unread is not None
    assert result.unread.notes[0].text == "One file can't be read; all others have been read."
    assert (folder / "all.csv").exists()


def test_an_unknown_form_of_output_is_misuse(folder: Path) -> None:
    """It is refused before anything is read."""
    with pytest.raises(Misuse, match="the suffix decides the format"):
        records(RecordsRequest(files=(folder / "nothing.ris",), outputs=(folder / "all.doc",)))
