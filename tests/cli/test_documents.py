"""`benang documents` puts papers into a review and says what became of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.made_papers import made_pdf
from tests.support import Command

from benang.project.folder import heading
from benang.readers.registry import read

LINES = ["Jurnal Contoh", "Teks makalah ini cukup panjang untuk menjadi satu halaman penuh, kira-kira begitu."]


@pytest.fixture
def review(tmp_path: Path, test_data: Path) -> Path:
    """Return a copy of the small review, without documents."""
    folder = tmp_path / "review"
    shutil.copytree(test_data / "mini-review", folder, ignore=shutil.ignore_patterns("documents", "judgements"))
    return folder


def _title(review: Path) -> tuple[str, str]:
    record = next(one for one in read(*sorted((review / "sources").iterdir())).records if len(one.title) > 30)
    return record.key, record.title


def test_a_paper_is_kept_under_its_record_and_not_written_twice(review: Path, benang: Command) -> None:
    """The second time nothing changes: the places of passages stay."""
    key, title = _title(review)
    (review / "papers").mkdir()
    (review / "papers" / "download.pdf").write_bytes(made_pdf(LINES, LINES, title=title))
    first = benang("documents", review)
    document = review / "documents" / f"{key}.txt"
    written = document.read_bytes()
    second = benang("documents", review)

    assert (first.code, second.code) == (0, 0)
    assert f"papers/download.pdf → documents/{key}.txt" in first.out
    assert "already there" in second.out
    assert document.read_bytes() == written
    assert b"\f" in written


def test_a_document_says_of_which_paper_it_is(review: Path, benang: Command) -> None:
    """Title, first author and year stand in its heading, so that a build can hold it against its record."""
    key, title = _title(review)
    (review / "papers").mkdir()
    (review / "papers" / "download.pdf").write_bytes(made_pdf(LINES, title=title))
    benang("documents", review)
    told = heading((review / "documents" / f"{key}.txt").read_text(encoding="utf-8"))

    assert told["record"] == key
    assert told["title"] == title
    assert {"first author", "year"} <= set(told)


def test_a_document_under_an_old_name_is_the_papers_too(review: Path, benang: Command) -> None:
    """What an earlier version called by file and row is not written a second time under the new key."""
    key, title = _title(review)
    (review / "papers").mkdir()
    (review / "papers" / "download.pdf").write_bytes(made_pdf(LINES, title=title))
    benang("documents", review)
    (review / "documents" / f"{key}.txt").rename(review / "documents" / "sources.ris-1.txt")
    again = benang("documents", review)

    assert again.code == 0
    assert "documents/sources.ris-1.txt" in again.out
    assert [path.name for path in (review / "documents").iterdir()] == ["sources.ris-1.txt"]


def test_a_paper_without_a_record_asks_for_one(review: Path, benang: Command, tmp_path: Path) -> None:
    """Nothing is guessed: the message says how to decide, and the decision is kept."""
    key, _ = _title(review)
    paper = tmp_path / "unknown.pdf"
    paper.write_bytes(made_pdf(LINES, title="Sungai dan tepinya di kota lain"))
    asked = benang("documents", review, paper)
    told = benang("documents", review, paper, "--record", key)

    assert (asked.code, told.code) == (1, 0)
    assert "no record clearly fits" in asked.err
    assert "--record KEY" in asked.err
    assert (review / "documents" / f"{key}.txt").exists()


def test_a_broken_paper_does_not_keep_the_others_out(review: Path, benang: Command, tmp_path: Path) -> None:
    """The broken one is named, the other is added, and the code tells."""
    _, title = _title(review)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 no more")
    (tmp_path / "b.pdf").write_bytes(made_pdf(LINES, title=title))
    said = benang("documents", review, tmp_path / "a.pdf", tmp_path / "b.pdf")

    assert said.code == 1
    assert "Not added: a.pdf: a damaged PDF" in said.err
    assert "b.pdf → documents/" in said.out


def test_an_unknown_record_is_refused_with_the_nearest(review: Path, benang: Command, tmp_path: Path) -> None:
    """A misspelt key brings the one that was meant."""
    key, title = _title(review)
    (tmp_path / "b.pdf").write_bytes(made_pdf(LINES, title=title))
    said = benang("documents", review, tmp_path / "b.pdf", "--record", key + "x")

    assert said.code == 1
    assert f"'{key}'" in said.err


def test_a_new_text_lists_what_does_not_follow_and_names_the_option(
    review: Path, benang: Command, tmp_path: Path
) -> None:
    """A passage whose words are gone stops it, with the file and the line; `--leaving` does it all the same."""
    key, _ = _title(review)
    for name, words in (("old.txt", "The rent doubled within a year."), ("new.txt", "The rent was halved.")):
        (tmp_path / name).write_text(words, encoding="utf-8")
    benang("documents", review, tmp_path / "old.txt", "--record", key)
    document = review / "documents" / f"{key}.txt"
    start = document.read_text(encoding="utf-8").index("doubled")
    line = {"kind": "memo", "id": "m1", "coder": "ani", "about": "document", "text": "Look again."}
    place = {"document": f"documents/{key}.txt", "start": start, "end": start + 7, "quote": "doubled"}
    coding = {"kind": "coding", "id": "c1", "coder": "ani", "code": "rent", "case": "a", **place}
    (review / "judgements").mkdir()
    (review / "judgements" / "ani.jsonl").write_text(f"{json.dumps(line)}\n{json.dumps(coding)}\n", encoding="utf-8")
    refused = benang("documents", review, tmp_path / "new.txt", "--record", key, "--anew")
    taken = benang("documents", review, tmp_path / "new.txt", "--record", key, "--anew", "--leaving")

    assert (refused.code, taken.code) == (1, 0)
    assert "judgements/ani.jsonl, line 2: “doubled”" in refused.err
    assert "anyway, use --leaving" in refused.err
    assert f"new.txt → documents/{key}-2.txt" in taken.out
    assert "Passages that follow: 0; passages left behind: 1." in taken.out


def test_a_new_text_is_taken_of_one_file_only(review: Path, benang: Command) -> None:
    """Wrong use, which names the option."""
    said = benang("documents", review, "--anew")

    assert said.code == 2
    assert "--anew" in said.err
