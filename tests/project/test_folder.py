"""Which file of a review's folder is what, and how its documents and their headings are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256
from benang.project.folder import (
    ReviewFolder,
    account_of,
    content_hashes,
    heading,
    open_folder,
    passed_over,
    read_documents,
)


def filled(root: Path, *names: str) -> Path:
    """Make a review's folder with these files in it, each holding its own name."""
    for name in ("review.toml", *names):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return root


def test_a_folder_says_which_file_is_what(tmp_path: Path) -> None:
    """Files are named relative to the folder, in the order of their names."""
    folder = open_folder(
        filled(
            tmp_path,
            "sources/b.ris",
            "sources/a.csv",
            "documents/z.md",
            "documents/a.txt",
            "judgements/ani.jsonl",
            "codebook.toml",
        )
    )

    assert [folder.name(path) for path in (*folder.sources, *folder.documents, *folder.judgements)] == [
        "sources/a.csv",
        "sources/b.ris",
        "documents/a.txt",
        "documents/z.md",
        "judgements/ani.jsonl",
    ]
    assert (folder.codebook, folder.cases) == (tmp_path / "codebook.toml", None)


def test_a_review_of_maps_only_is_a_review(tmp_path: Path) -> None:
    """The plan is enough; what is absent is empty."""
    folder = open_folder(filled(tmp_path))

    assert (folder.sources, folder.documents, folder.judgements) == ((), (), ())
    assert (folder.codebook, folder.cases, folder.claims, folder.thesaurus) == (None, None, None, None)
    assert folder.files == (folder.plan,)


def test_other_files_are_no_documents_and_no_judgements(tmp_path: Path) -> None:
    """Hidden files, what Word leaves behind, pictures and folders are passed over."""
    folder = open_folder(
        filled(
            tmp_path,
            "documents/.hidden.md",
            "documents/~$a.md",
            "documents/scan.png",
            "documents/old/a.md",
            "documents/B.MD",
            "judgements/ani.jsonl.bak",
        )
    )

    assert [folder.name(path) for path in folder.documents] == ["documents/B.MD"]
    assert folder.judgements == ()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The message has the path that was asked for."""
    with pytest.raises(BenangError, match=r"nowhere: no such folder"):
        open_folder(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    """The plan itself was given, where its folder is meant."""
    with pytest.raises(BenangError, match=r"review\.toml: this is a file, not a folder"):
        open_folder(filled(tmp_path) / "review.toml")


def test_a_folder_without_a_plan_is_no_review(tmp_path: Path) -> None:
    """The message says what is missing."""
    with pytest.raises(BenangError, match=r"this is not the folder of a review: it has no review\.toml"):
        open_folder(tmp_path)


def test_hashes_follow_what_files_hold_and_not_when_they_were_written(tmp_path: Path) -> None:
    """All files of the review by name, in the order of their names; or those asked for."""
    folder = open_folder(filled(tmp_path, "documents/a.md", "cases.toml", "out/report.html"))

    assert content_hashes(folder) == {name: sha256(name) for name in ("cases.toml", "documents/a.md", "review.toml")}
    assert list(content_hashes(folder, folder.documents)) == ["documents/a.md"]


def test_what_is_no_document_and_no_judgement_is_passed_over_with_a_word(tmp_path: Path) -> None:
    """A PDF, a log under another suffix and a folder are named; hidden files are not."""
    (tmp_path / "review.toml").touch()
    for name in ("documents/a.md", "documents/b.pdf", "documents/.DS_Store", "judgements/ani.json", "judgements/old/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    told = passed_over(open_folder(tmp_path))

    assert [line.split(":")[0] for line in told] == ["documents/b.pdf", "judgements/ani.json", "judgements/old"]
    assert "add the text of a paper with `benang documents FOLDER b.pdf`" in told[0]


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
