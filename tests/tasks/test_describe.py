"""A corpus is described in the account where no file is asked for."""

from __future__ import annotations

from pathlib import Path

from benang.files import Upload
from benang.tasks.account import Table
from benang.tasks.describe import DescribeRequest, ThesaurusRequest, describe, propose_thesaurus


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
