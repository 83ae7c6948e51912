"""A line that no export has is refused with its number, and the others of the call are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.readers import long_lines
from benang.readers.long_lines import check_lines
from benang.readers.registry import read_files

RIS = b"TY  - JOUR\nTI  - Kota kembar\nER  - \n"


def test_a_line_beyond_the_limit_is_named_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of the line and its length; lines up to the limit pass, however many there are."""
    monkeypatch.setattr(long_lines, "LONGEST", 100)
    check_lines(b"a" * 99 + b"\n" + b"b" * 99 + b"\n" + b"c" * 100, where="a.ris")

    with pytest.raises(BenangError, match=r"a\.ris, line 3: expected an export, found a line of 250 bytes"):
        check_lines(b"a\nb\n" + b"c" * 250 + b"\nd\n", where="a.ris")
    with pytest.raises(BenangError, match=r"line 1: expected an export, found a line of 101 bytes"):
        check_lines(b"c" * 101, where="a.ris")


def test_json_may_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole export of JSON is often one line: its limit is higher."""
    monkeypatch.setattr(long_lines, "LONGEST", 100)
    check_lines(b"c" * 1000, where="a.json", whole_in_one=True)


def test_the_other_files_are_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file with such a line keeps no other from being read."""
    monkeypatch.setattr(long_lines, "LONGEST", 5000)
    (tmp_path / "a.ris").write_bytes(RIS + b"AB  - " + b"x" * 6000 + b"\nER  - \n")
    (tmp_path / "b.ris").write_bytes(RIS)
    done = read_files(tmp_path / "a.ris", tmp_path / "b.ris")

    assert len(done.corpus) == 1
    assert [one.error.problems[0].found for one in done.unread] == ["a line of 6,006 bytes"]
