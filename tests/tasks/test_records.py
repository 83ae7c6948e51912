"""Exports are accounted for as a value, and may come as bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benang.errors import Misuse
from benang.files import Upload
from benang.tasks.account import Table
from benang.tasks.records import RecordsRequest, ThesaurusRequest, propose_thesaurus, records


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


RIS = b"TY  - JOUR\nTI  - %s\nKW  - sister city\nKW  - %s\nER  - \n\n"


def test_proposals_come_without_a_table() -> None:
    """The plural is proposed, and counted in the account by its reason."""
    upload = Upload("a.ris", RIS % (b"Kota", b"kota") + RIS % (b"Desa", b"sister cities"))
    proposed = propose_thesaurus(ThesaurusRequest(files=(upload,), language="id"))

    assert [(one.label, one.replacement, one.reason) for one in proposed.proposals] == [
        ("sister cities", "sister city", "plural")
    ]
    assert proposed.account.notes[0].text == "1 kata kunci mungkin variasi ejaan atau sinonim dari yang lain."
    assert proposed.account.notes[0].remarks == ("1  jamak",)
    assert proposed.account.files == ()


def test_the_table_is_named_in_the_account(folder: Path) -> None:
    """It is the one file that is written."""
    account = propose_thesaurus(ThesaurusRequest(files=(folder / "a.ris",), output=folder / "table.tsv")).account

    assert account.files == (folder / "table.tsv",)


def test_labels_are_proposed_without_what_draws_and_lays_out() -> None:
    """The command waits for nothing that a table does not need."""
    code = "import sys, benang.tasks.records; print(sorted({'matplotlib', 'numba', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
