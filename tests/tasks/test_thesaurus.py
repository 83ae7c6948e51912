"""What may be merged is proposed, with or without a table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benang.files import Upload
from benang.tasks.thesaurus import ThesaurusRequest, propose_thesaurus

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
    code = "import sys, benang.tasks.thesaurus; print(sorted({'matplotlib', 'numba', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
