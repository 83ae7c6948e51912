"""Which file of a review's folder is what."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256
from benang.project.folder import content_hashes, open_folder, passed_over


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
