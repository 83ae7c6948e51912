"""Papers become documents of a review: each under its record, with an account of what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_papers import made_pdf
from tests.review.test_filing import PERMIT, RENT, RENT_KEY, review, ris

from benang.errors import BenangError
from benang.locale.writing import worded
from benang.progress import Cancelled
from benang.tasks.documents import AddedPaper, DocumentsRequest, add_papers, documents

LINES = ["Journal of Examples", "The text of this paper is long enough to be taken for one page of a paper, or so."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of two records without documents."""
    made = review(tmp_path / "r", {"sources/a.ris": ris(RENT, PERMIT)}, RENT_KEY, heading=f"record: {RENT_KEY}\n")
    for path in (*(made / "documents").iterdir(), *(made / "judgements").iterdir()):
        path.unlink()
    return made


def _paper(place: Path, title: str) -> Path:
    place.write_bytes(made_pdf(LINES, LINES, title=title))
    return place


def test_a_paper_becomes_the_document_of_its_record(folder: Path, tmp_path: Path) -> None:
    """Its title tells the record; the text goes to a file of the record's key."""
    path = _paper(tmp_path / "download.pdf", RENT[1])
    (added,) = documents(DocumentsRequest(folder, (path,))).papers

    reason = worded("its title stands on the first pages")
    assert added == AddedPaper("download.pdf", RENT_KEY, f"documents/{RENT_KEY}.txt", reason, languages=("en",))
    assert (folder / added.document).read_text(encoding="utf-8").startswith(f"---\nrecord: {RENT_KEY}\n")


def test_added_and_refused_papers_have_accounts_of_their_own(folder: Path, tmp_path: Path) -> None:
    """One is added, one fits no record, one is broken."""
    paths = (_paper(tmp_path / "a.pdf", RENT[1]), _paper(tmp_path / "b.pdf", "Of quite another matter than these"))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 no more")
    result = documents(DocumentsRequest(folder, (*paths, tmp_path / "c.pdf")))
    added, refused = ([note.naming().text for note in one.notes] for one in (result.account, result.refused))

    reason = "its title stands on the first pages"
    assert added == [f"a.pdf → documents/{RENT_KEY}.txt: record {RENT_KEY} ({reason}). Language: English."]
    assert refused[0] == "b.pdf: no record fits surely. Say which: record KEY."
    assert refused[1].startswith("Not added: c.pdf: a broken PDF")


def test_the_account_of_an_indonesian_is_in_indonesian(folder: Path, tmp_path: Path) -> None:
    """So are the reasons, also where a paper is there already or is none that fits."""
    path = _paper(tmp_path / "a.pdf", RENT[1])
    other = _paper(tmp_path / "b.pdf", "Of quite another matter than these")
    request = DocumentsRequest(folder, (path, other), language="id")
    first, again = documents(request), documents(request)

    assert "(judulnya ada di halaman-halaman pertama)" in first.account.notes[0].text
    assert "(sudah ada)" in again.account.notes[0].text
    assert "tidak ada rekaman yang pasti cocok" in first.refused.notes[0].text


def test_a_person_may_name_the_record_of_one_paper(folder: Path, tmp_path: Path) -> None:
    """The reason is kept in the document's heading, in English, in which files are written."""
    path = _paper(tmp_path / "b.pdf", "Of quite another matter than these")
    (added,) = add_papers(folder, [path], record=RENT_KEY)

    assert (added.key, added.reason) == (RENT_KEY, "named by a person")
    assert "matched: named by a person\n" in (folder / added.document).read_text(encoding="utf-8")
    with pytest.raises(BenangError, match="one record for 2 papers"):
        add_papers(folder, [path, path], record=RENT_KEY)


def test_what_was_added_before_the_work_was_cancelled_stays(folder: Path, tmp_path: Path) -> None:
    """Two papers; the work is cancelled before the second is read: the first is whole, nothing else is there."""
    paths = (_paper(tmp_path / "a.pdf", RENT[1]), _paper(tmp_path / "b.pdf", PERMIT[1]))

    def progress(what: str, _share: float) -> None:
        if what == "Reading b.pdf":
            raise Cancelled

    with pytest.raises(Cancelled):
        documents(DocumentsRequest(folder, paths), progress=progress)
    assert [path.name for path in (folder / "documents").iterdir()] == [f"{RENT_KEY}.txt"]


def test_a_review_without_papers_says_where_they_go(folder: Path) -> None:
    """Neither named nor in the folder `papers`."""
    with pytest.raises(BenangError, match=r"no paper to add.*put them into the folder 'papers'"):
        documents(DocumentsRequest(folder))
