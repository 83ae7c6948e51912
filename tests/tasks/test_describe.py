"""A corpus is described in the account where no file is asked for."""

from __future__ import annotations

from pathlib import Path

from benang.files import Upload
from benang.tasks.account import Table
from benang.tasks.describe import DescribeRequest, describe


def test_the_summary_is_in_the_language_of_the_user(folder: Path) -> None:
    """What was read comes first, then the indicators with their first rows."""
    upload = Upload("a.ris", (folder / "a.ris").read_bytes())
    account = describe(DescribeRequest(files=(upload,), language="id")).account

    assert account.read[0].text == "a.ris: RIS, 6 dari 6 artikel terbaca."
    assert all(isinstance(note, Table) for note in account.notes)
    assert account.notes[0].text == "Korpus secara ringkas:"


def test_with_a_file_the_account_names_it_alone(folder: Path) -> None:
    """The numbers are in the file."""
    account = describe(DescribeRequest(files=(folder / "a.ris",), outputs=(folder / "page.html",))).account

    assert account.notes == ()
    assert account.files == (folder / "page.html",)
