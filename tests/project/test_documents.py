"""Documents are texts whose offsets count code points, each with its account."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256
from benang.project.documents import account_of, heading, read_documents
from benang.project.folder import ReviewFolder, open_folder


def holding(root: Path, **documents: bytes) -> ReviewFolder:
    """Make a review's folder with these documents (`a_md` is `a.md`)."""
    (root / "documents").mkdir()
    (root / "review.toml").touch()
    for name, data in documents.items():
        (root / "documents" / name.replace("_", ".")).write_bytes(data)
    return open_folder(root)


def test_a_document_belongs_to_the_record_that_its_file_is_named_by(tmp_path: Path) -> None:
    """The key is the name without the suffix, also where the name has a point."""
    documents = read_documents(holding(tmp_path, sari2018_v2_md=b"Text"))

    assert documents["documents/sari2018.v2.md"].record == "sari2018.v2"


def test_the_text_is_the_whole_file_with_its_line_ends(tmp_path: Path) -> None:
    """Windows' line ends count as two characters; the heading belongs to the text."""
    data = b"---\r\naccount: secondary\r\n---\r\nRapi\r\n"
    document = read_documents(holding(tmp_path, a_md=data))["documents/a.md"]

    assert document.text == data.decode()
    assert (document.account, document.sha256) == ("secondary", sha256(data))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Offsets count from the first character behind it."""
    assert read_documents(holding(tmp_path, a_txt=b"\xef\xbb\xbfRapi"))["documents/a.txt"].text == "Rapi"


def test_every_document_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    """Both come together, each with what it seems to be."""
    with pytest.raises(BenangError) as caught:
        read_documents(holding(tmp_path, a_md="Curaçao".encode("cp1252"), b_md="Kota".encode("utf-16"), c_md=b"Kota"))

    assert [str(one).partition(":")[0] for one in caught.value.problems] == ["documents/a.md, line 1", "documents/b.md"]
    assert "UTF-16" in str(caught.value)


def test_a_review_without_documents_has_none(tmp_path: Path) -> None:
    """No folder, no documents, no error."""
    (tmp_path / "review.toml").touch()

    assert read_documents(open_folder(tmp_path)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text",
        "\n---\naccount: secondary\n---\n",
        "---\naccount: secondary\n",
        "----\naccount: secondary\n---\n",
        "Text\n---\naccount: secondary\n---\n",
    ],
)
def test_a_heading_stands_at_the_very_top_and_is_closed(text: str) -> None:
    """What is no such block is text."""
    assert (heading(text), account_of(text)) == ({}, "own text")


def test_a_heading_is_read_kindly() -> None:
    """Capitals, spaces, quotes, comments and lines without a colon do no harm; other keys are passed on."""
    assert heading('---\nAccount : "Secondary note"\n# why: not\nbare\nurl: https://a.b\n---\nx') == {
        "account": "Secondary note",
        "# why": "not",
        "url": "https://a.b",
    }
    assert account_of("---\nACCOUNT: Secondary, from the review\n---\n") == "secondary"
    assert account_of("---\naccount: primary\n---\n") == "own text"


def test_texts_that_name_each_other_in_a_circle_all_stay(tmp_path: Path) -> None:
    """A heading written by hand may err; no text is lost for it."""
    (tmp_path / "review.toml").touch()
    (tmp_path / "documents").mkdir()
    for name, other in (("a", "b"), ("b", "a"), ("c", "c"), ("d", "none")):
        text = f"---\nreplaces: documents/{other}.txt\n---\nText\n"
        (tmp_path / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")

    assert list(read_documents(open_folder(tmp_path))) == [f"documents/{name}.txt" for name in "abcd"]


def test_of_two_texts_that_replace_one_the_last_by_name_has_it(tmp_path: Path) -> None:
    """Two copies of a review may each have taken a new version, and have been merged."""
    (tmp_path / "review.toml").touch()
    (tmp_path / "documents").mkdir()
    for name, other in (("a", ""), ("a-2", "documents/a.txt"), ("a-3", "documents/a.txt")):
        (tmp_path / "documents" / f"{name}.txt").write_text(f"---\nreplaces: {other}\n---\n", encoding="utf-8")
    read = read_documents(open_folder(tmp_path))

    assert {path: [one.path for one in text.earlier] for path, text in read.items()} == {
        "documents/a-2.txt": [],
        "documents/a-3.txt": ["documents/a.txt"],
    }
