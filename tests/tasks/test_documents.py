"""Papers become documents of a review: each under its record, with an account of what became of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.made_papers import made_docx, made_pdf, plain_pdf, word_paragraph
from tests.review.test_filing import PERMIT, RENT, RENT_KEY, review, ris

from benang.errors import BenangError
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Cancelled
from benang.project.folder import heading, open_folder, read_documents
from benang.readers import pdf_text
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

    reason = worded("its title appears on the first pages")
    assert added == AddedPaper("download.pdf", RENT_KEY, f"documents/{RENT_KEY}.txt", reason, languages=("en",))
    assert (folder / added.document).read_text(encoding="utf-8").startswith(f"---\nrecord: {RENT_KEY}\n")


def test_added_and_refused_papers_have_accounts_of_their_own(folder: Path, tmp_path: Path) -> None:
    """One is added, one fits no record, one is broken."""
    paths = (_paper(tmp_path / "a.pdf", RENT[1]), _paper(tmp_path / "b.pdf", "Of quite another matter than these"))
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 no more")
    result = documents(DocumentsRequest(folder, (*paths, tmp_path / "c.pdf")))
    added, refused = ([note.naming().text for note in one.notes] for one in (result.account, result.refused))

    reason = "its title appears on the first pages"
    assert added == [f"a.pdf → documents/{RENT_KEY}.txt: record {RENT_KEY} ({reason}). Language: English."]
    assert refused[0] == "b.pdf: no record clearly fits. No title is similar. Say which: record KEY."
    assert refused[1].startswith("Not added: c.pdf: a damaged PDF")


def test_the_account_of_an_indonesian_is_in_indonesian(folder: Path, tmp_path: Path) -> None:
    """So are the reasons, also where a paper is there already or is none that fits."""
    path = _paper(tmp_path / "a.pdf", RENT[1])
    other = _paper(tmp_path / "b.pdf", "Of quite another matter than these")
    request = DocumentsRequest(folder, (path, other), language="id")
    first, again = documents(request), documents(request)

    assert "(judulnya tercantum pada halaman-halaman pertama)" in first.account.notes[0].text
    assert "(sudah ada)" in again.account.notes[0].text
    assert "tidak ada artikel yang pasti cocok" in first.refused.notes[0].text


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("en", "b.pdf: no record clearly fits. Say which: record KEY. The most similar titles:"),
        ("id", "b.pdf: tidak ada artikel yang pasti cocok. Sebutkan yang mana: record KEY. Judul yang paling mirip:"),
    ],
)
def test_a_paper_that_no_record_fits_is_told_the_titles_that_come_near(
    folder: Path, tmp_path: Path, language: Language, asks: str
) -> None:
    """Each with its key and year, so that a person can choose."""
    path = _paper(tmp_path / "b.pdf", f"{RENT[1].rpartition(' ')[0]} elsewhere")
    (note,) = documents(DocumentsRequest(folder, (path,), language=language)).refused.notes

    assert note.naming().text == asks
    assert note.naming().remarks[0] == f"{RENT_KEY}: {RENT[1]} (2018)"


def test_a_person_may_name_the_record_of_one_paper(folder: Path, tmp_path: Path) -> None:
    """The reason is kept in the document's heading, in English, in which files are written."""
    path = _paper(tmp_path / "b.pdf", "Of quite another matter than these")
    (added,) = add_papers(folder, [path], record=RENT_KEY)

    assert (added.key, added.reason) == (RENT_KEY, "named by a person")
    assert "matched: named by a person\n" in (folder / added.document).read_text(encoding="utf-8")
    with pytest.raises(BenangError, match=r"one record for 2 papers\. Name one paper at a time"):
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
    with pytest.raises(BenangError, match=r"there are no papers to add.*put them into the folder 'papers'"):
        documents(DocumentsRequest(folder))


INDONESIAN = (
    "Sewa lapak naik dua kali lipat dalam setahun, kata para pedagang yang sudah lama berjualan di pasar itu, dan "
    "pemerintah kota tidak memberikan izin kepada mereka yang datang dari luar daerah."
)


def _added(folder: Path, data: bytes, name: str) -> tuple[AddedPaper, str]:
    """Add a file under a record that a person names; return what became of it, and its document."""
    (folder.parent / name).write_bytes(data)
    added = documents(DocumentsRequest(folder, (folder.parent / name,), RENT_KEY)).papers[0]
    assert added.problem is None
    return added, (folder / added.document).read_text(encoding="utf-8")


def test_each_form_becomes_a_document(folder: Path) -> None:
    """Word, HTML, text and Markdown in the folder `papers`, each called by a key or a title; a name may have blanks."""
    papers = folder / "papers"
    papers.mkdir()
    (papers / f"{RENT_KEY}.docx").write_bytes(made_docx(word_paragraph(INDONESIAN)))
    (papers / "a page of it.html").write_text(f"<h1>{PERMIT[1]}</h1><p>{INDONESIAN}", encoding="utf-8")
    added = documents(DocumentsRequest(folder))

    assert [one.document.endswith(".txt") for one in added.papers] == [True, True]
    assert [one.languages for one in added.papers] == [("id",), ("id",)]
    assert added.account.notes[0].naming().text.endswith("Language: Indonesian.")
    text = (folder / f"documents/{RENT_KEY}.txt").read_text(encoding="utf-8")
    told = heading(text)
    assert (told["language"], told["extracted"].partition(",")[0]) == ("id", "Benang (DOCX)")
    assert "pages" not in told
    assert text.endswith(f"---\n{INDONESIAN}\n")


def test_accepted_changes_are_said_in_account_and_heading(folder: Path) -> None:
    """In Indonesian, too; the heading is in English, in which files are written."""
    change = '<w:p><w:ins w:id="1" w:author="Eka"><w:r><w:t>Yes.</w:t></w:r></w:ins></w:p>'
    (folder.parent / "a.docx").write_bytes(made_docx(change + word_paragraph(INDONESIAN)))
    added = documents(DocumentsRequest(folder, (folder.parent / "a.docx",), RENT_KEY, language="id"))
    (remark,) = added.account.notes[0].naming().remarks

    assert remark.startswith("Perubahan terlacak: 1, oleh Eka;")
    text = (folder / added.papers[0].document).read_text(encoding="utf-8")
    assert heading(text)["tracked changes"] == "1 accepted, by Eka"


def test_pages_without_text_are_named_by_their_numbers(folder: Path) -> None:
    """In the account and in the heading, those that follow one another together."""
    page = "The text of this page is long enough to be taken for that of a page."
    added, text = _added(folder, plain_pdf(page, "", "", page, ""), "a.pdf")

    assert added.remarks == ("pages without text: 2–3, 5",)
    assert heading(text)["pages without text"] == "2–3, 5"


def test_a_pdf_of_two_thousand_pages_is_a_document_with_all_of_them(folder: Path) -> None:
    """A passage of the last page knows its page."""
    pages = [
        f"Page {number} of a very long report on the markets of the province, and their rents" for number in range(2000)
    ]
    _, text = _added(folder, plain_pdf(*pages), "long.pdf")
    document = next(iter(read_documents(open_folder(folder)).values()))

    assert heading(text)["pages"] == "2000"
    assert document.page(text.index("Page 1999 of")) == 2000


def test_a_longer_pdf_says_what_was_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a limit, and who meets it is told."""
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 2)
    page = "The text of this page is long enough to be taken for that of a page."
    added, _ = _added(folder, plain_pdf(page, page, page), "long.pdf")

    assert added.remarks == ("only the first 2 of its 3 pages were read",)


def test_scripts_emoji_and_accents_of_a_text_stay_as_they_are(folder: Path) -> None:
    """Nothing of a plain text is composed or turned."""
    body = "Nai\u0308ve sellers \U0001f9fa أُغلق في الشتاء\n"
    _, text = _added(folder, body.encode(), "a text.txt")

    assert text.endswith("---\n" + body)


def test_a_text_with_a_heading_of_its_own_keeps_it(folder: Path) -> None:
    """It names its record, and is a note on a secondary account still."""
    note = f"---\nrecord: {RENT_KEY}\naccount: secondary\nseen: in May\n---\nWhat a review tells of it.\n"
    (folder.parent / "note.md").write_text(note, encoding="utf-8")
    (added,) = documents(DocumentsRequest(folder, (folder.parent / "note.md",))).papers
    document = read_documents(open_folder(folder))[f"documents/{RENT_KEY}.md"]

    assert added.reason == "its heading names the record"
    assert document.is_secondary
    assert heading(document.text)["seen"] == "in May"
    assert document.text.count("---\n") == 2


def test_a_paper_of_another_record_is_told(folder: Path) -> None:
    """A person decides, and is told that the title on its first page is another's."""
    added, _ = _added(folder, made_pdf(LINES, title=PERMIT[1]), "a.pdf")

    assert added.key == RENT_KEY
    assert added.remarks[0].startswith("it looks like the paper of another record, ")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (plain_pdf("", ""), "a.pdf", "a scan without any text"),
        (
            (Path(__file__).parent.parent / "data" / "papers" / "encrypted.pdf").read_bytes(),
            "a.pdf",
            "a PDF protected with a password",
        ),
        (b"\x89PNG\r\n", "a picture.pdf", r"a picture \(PNG\) that is called a PDF"),
        (b"PK\x03\x04", "a.docx", "a damaged Word file"),
        (b"<html>", "a.html", "almost no text"),
        (b"\xd0\xcf\x11\xe0", "a.doc", r"an old Word file \(\.doc\)"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_written(
    folder: Path, data: bytes, name: str, message: str
) -> None:
    """Each with the way on."""
    (folder.parent / name).write_bytes(data)
    added = documents(DocumentsRequest(folder, (folder.parent / name,), RENT_KEY))

    assert re.search(f"Not added: {name}: .*{message}", added.refused.notes[0].naming().text)
    assert list((folder / "documents").iterdir()) == []
