"""`benang keys` shows what it would write, writes all of it, and leaves quotations where they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.review.test_filing import PERMIT, QUOTE, RENT, RENT_KEY, forget, review, ris

from benang.cli.commands import benang
from benang.tasks.build.building import build

HEADING = "record: a.ris:1\nlanguage: en\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a review in which everything is named by rows, and a quotation stands twice in its document."""
    files = {
        "sources/a.ris": ris(RENT, PERMIT),
        "keywords.csv": "record,keywords\r\na.ris:2,permits; sea\r\n",
        "duplicates.tsv": "# by hand\nrecord\tother\tdecision\na.ris:1\ta.ris:2\tdifferent\n",
    }
    folder = review(tmp_path / "r", files, "a.ris:1", heading=HEADING)
    path = folder / "documents" / "note.md"
    path.write_bytes((path.read_text(encoding="utf-8") + f"\n{QUOTE} (again).\n").replace("\n", "\r\n").encode())
    log = folder / "judgements" / "ani.jsonl"
    first, coding = log.read_text(encoding="utf-8").splitlines()
    shift = path.read_bytes().decode().index(QUOTE) - json.loads(coding)["start"]
    moved = json.loads(coding) | {name: json.loads(coding)[name] + shift for name in ("start", "end")}
    log.write_text(f"{first}\n{json.dumps(moved)}\n", encoding="utf-8")
    return folder


def _keys(*arguments: str | Path) -> str:
    result = CliRunner().invoke(benang, ["keys", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "out" not in path.parts]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_nothing_is_written_before_it_is_asked(old: Path) -> None:
    """What would become of each name is shown with author, year and title."""
    before = _hashes(old)
    said = _keys(old)

    assert _hashes(old) == before
    assert said.count(f"'a.ris:1' → '{RENT_KEY}' (Umpama 2018, “{RENT[1]}”)") == 3
    assert "documents/note.md: will say that it is Umpama 2018" in said
    assert "Nothing has been written yet" in said
    assert "writes 4 files" in said


def test_what_is_written_names_records_by_keys_and_changes_no_number(old: Path) -> None:
    """The build says the same with the new names, without a word about names, and again after rows have moved."""
    first = build(old)
    _keys(old, "--write")
    second = build(old)
    (old / "sources" / "a.ris").write_text(ris(("Rekaan", "A fresh paper", 2024), PERMIT, RENT), encoding="utf-8")
    third = build(old)

    assert second.findings.evidence.numbers == first.findings.evidence.numbers
    for name, number in first.findings.evidence.numbers.items():
        if not name.startswith(("records/", "years/")):  # a record more
            assert third.findings.evidence.numbers[name] == number
    for built in (second, third):
        assert (built.findings.moved, built.findings.unplaced) == ((), ())
        assert not any("a.ris:" in note or "which paper it is" in note for note in built.notes)
    assert _keys(old) == "All records are named by their keys, and every document says which paper it is.\n"


def test_all_else_in_the_files_stays(old: Path) -> None:
    """Remarks, line ends and other lines of a heading; the log of judgements is never touched."""
    before = _hashes(old)
    _keys(old, "--write")

    changed = {name for name, digest in _hashes(old).items() if digest != before[name]}
    assert changed == {"cases.toml", "keywords.csv", "duplicates.tsv", "documents/note.md"}
    assert (old / "duplicates.tsv").read_text(encoding="utf-8").startswith("# by hand\nrecord\tother\tdecision\n")
    assert (old / "keywords.csv").read_bytes().count(b"\r\n") == 2
    note = (old / "documents" / "note.md").read_bytes().decode()
    assert note.startswith(f"---\r\nrecord: {RENT_KEY}\r\nlanguage: en\r\ntitle: {RENT[1]}\r\n")
    assert "\n" not in note.replace("\r\n", "")


def test_names_that_may_be_another_paper_stop_it(old: Path) -> None:
    """In a file that has changed since the last build, nobody knows which paper a row was."""
    build(old)
    forget(old)
    before = _hashes(old)
    (old / "sources" / "a.ris").write_text(ris(PERMIT, RENT), encoding="utf-8")
    result = CliRunner().invoke(benang, ["keys", str(old), "--write"])

    assert result.exit_code != 0
    assert "has changed since the last build" in str(result.exception)
    assert {**before, "sources/a.ris": ""} == {**_hashes(old), "sources/a.ris": ""}
