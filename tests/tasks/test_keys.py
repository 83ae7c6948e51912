"""Old names of records become keys of today: shown first, then written, in the user's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.test_filing import PERMIT, RENT, RENT_KEY, review, ris

from benang.errors import BenangError
from benang.tasks.keys import KeysRequest, keys, rekeying


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a review whose case and document name a record by its row, as earlier versions did."""
    return review(tmp_path / "r", {"sources/a.ris": ris(RENT, PERMIT)}, "a.ris:1", heading="record: a.ris:1\n")


def test_names_documents_and_files_are_those_of_the_review(old: Path) -> None:
    """The case and the document name the first row; the document doesn't say that it is Umpama 2018."""
    changes = rekeying(old)

    assert [(one.where.partition(",")[0], one.name, one.key) for one in changes.renamed] == [
        ("cases.toml", "a.ris:1", RENT_KEY),
        ("documents/note.md", "a.ris:1", RENT_KEY),
    ]
    assert [(paper.title, paper.year) for paper in changes.papers.values()] == [(RENT[1], RENT[2])]
    assert {path.name for path in changes.files} == {"cases.toml", "note.md"}


def test_nothing_is_written_unless_it_is_asked_for(old: Path) -> None:
    """The files as they would be are in the result; on the disk they are as they were until `write`."""
    shown = keys(KeysRequest(old))
    before = {path: path.read_bytes() for path in shown.files}
    written = keys(KeysRequest(old, write=True))

    assert shown.files == written.files
    assert all(shown.files[path] != data for path, data in before.items())
    assert {path: path.read_bytes() for path in written.files} == written.files
    assert rekeying(old).files == {}


def test_the_account_names_each_change_and_how_many_files_it_is_in(old: Path) -> None:
    """Two names, one document that tells no paper, two files."""
    account = [note.text for note in keys(KeysRequest(old)).account.notes]

    assert len(account) == 4
    assert account[0].startswith("cases.toml, line 5: 'a.ris:1' → ")
    assert account[2] == f"documents/note.md: will say that it is {rekeying(old).papers['documents/note.md']}."
    assert account[3].endswith("--write` then writes 2 files.")


def test_the_account_of_an_indonesian_is_in_indonesian(old: Path) -> None:
    """So are the reasons why a name is taken for a record."""
    account = "\n".join(note.text for note in keys(KeysRequest(old, write=True, language="id")).account.notes)

    assert "dikenali dari hanya urutannya dalam berkas, tanpa penguat lain: periksalah" in account
    assert account.endswith("Ditulis: 2 berkas.")
    assert "its place in the file" not in account


def test_a_review_that_names_records_by_keys_stays(tmp_path: Path) -> None:
    """Nothing is to be done, and the account says so."""
    heading = f"record: {RENT_KEY}\ntitle: {RENT[1]}\nfirst author: Umpama, A.\nyear: 2018\n"
    folder = review(tmp_path / "r", {"sources/a.ris": ris(RENT)}, RENT_KEY, heading=heading)
    result = keys(KeysRequest(folder, write=True))

    assert (result.renamed, dict(result.papers), dict(result.files)) == ((), {}, {})
    assert [note.text for note in result.account.notes] == [
        "All records are named by their keys, and every document says which paper it is."
    ]


def test_a_review_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """A folder without a plan is none."""
    with pytest.raises(BenangError, match=r"review\.toml"):
        keys(KeysRequest(tmp_path))
