"""What a reader is given: lines, a head, keys; and what it says of oddities."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang import readers
from benang.errors import BenangError
from benang.readers import Remarks, Source, check_lines, other_json, refuse_stranger, shown, stranger
from benang.readers.registry import read_files


def test_only_a_line_feed_ends_a_line() -> None:
    """Other breaks that Unicode knows stay within their line."""
    source = Source("a", "a", "one\u2028still one\x0b\x85\ntwo".encode())

    assert list(source.lines()) == ["one\u2028still one\x0b\x85\n", "two"]


def test_a_head_may_end_within_a_letter() -> None:
    """The first 64 KiB are text even where they cut a letter of several bytes."""
    source = Source("a", "a", b"x" * 65_535 + "é".encode())

    assert source.head == "x" * 65_535


def test_a_long_text_is_cut_in_a_message() -> None:
    """A message quotes the beginning of a long value, on one line."""
    assert shown("one\ntwo") == "'one two'"
    assert shown("x" * 1_000_000) == repr("x" * 60 + "…")


def test_habits_of_an_export_are_noted_once() -> None:
    """What happens in many records is one note that counts them; what is odd stays record by record."""
    remarks = Remarks()
    for place in (2, 5, 9):
        remarks.habit("Keywords were split", place)
    remarks.odd(4, "Year", "soon", expected="a year", way_on="Kept without one.")

    assert remarks.notes() == (
        "record 4, Year: expected a year, found 'soon'. Kept without one.",
        "Keywords were split (3 records, first: record 2).",
    )


def _tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.ris"))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x89PNG\r\n", "a picture"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (_tar(), "a tar archive"),
        (b"SQLite format 3\x00", "a program's database"),
        (b"MZ\x90\x00", "a program"),
        (b"{\\rtf1", "a document in Rich Text Format"),
    ],
)
def test_a_binary_file_is_named(data: bytes, found: str) -> None:
    """Its first bytes tell what it is; the way on fits it."""
    with pytest.raises(BenangError) as error:
        refuse_stranger(data)

    (problem,) = error.value.problems
    assert problem.found.startswith(found)
    assert problem.way_on


@pytest.mark.parametrize(
    ("head", "kind", "way_on"),
    [
        ("<html><head><title>Sign &amp; in</title>", "a web page ('Sign & in')", "log in again"),
        ("\n<!-- saved -->\n<!DOCTYPE HTML>\n<p>403", "a web page", "log in again"),
        ("<table><tr><td>Title</td></tr></table>", "a web page", "save it as .xlsx"),
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an Excel 2003 XML workbook",
            "save it as .xlsx",
        ),
        ('{"error": "Rate limit", "message": "Wait"}', "an error message from a server", "download the records again"),
    ],
)
def test_a_text_that_no_export_begins_with_is_named(head: str, kind: str, way_on: str) -> None:
    """A page saved in place of an export shows its title."""
    answer = stranger(head)

    assert answer is not None
    assert answer[0].startswith(kind)
    assert way_on in answer[1]


@given(st.text(max_size=300))
def test_a_text_is_recognised_with_a_way_on_or_not_at_all(text: str) -> None:
    """What is recognised has a name and a way on."""
    answer = stranger(text)

    assert answer is None or all(answer)


RIS = b"TY  - JOUR\nTI  - Kota kembar\nER  - \n"


def test_json_of_another_kind_is_named() -> None:
    """A map of VOSviewer is called one."""
    assert other_json('{\n "config": {}, "network": {"items": [{"id": 1}], "links": []}}') == "a VOSviewer map"


def test_a_line_beyond_the_limit_is_named_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of the line and its length; lines up to the limit pass, however many there are."""
    monkeypatch.setattr(readers, "LONGEST", 100)
    check_lines(b"a" * 99 + b"\n" + b"b" * 99 + b"\n" + b"c" * 100, where="a.ris")

    with pytest.raises(BenangError, match=r"a\.ris, line 3: expected an export, found a line of 250 bytes"):
        check_lines(b"a\nb\n" + b"c" * 250 + b"\nd\n", where="a.ris")
    with pytest.raises(BenangError, match=r"line 1: expected an export, found a line of 101 bytes"):
        check_lines(b"c" * 101, where="a.ris")


def test_json_may_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole export of JSON is often one line: its limit is higher."""
    monkeypatch.setattr(readers, "LONGEST", 100)
    check_lines(b"c" * 1000, where="a.json", whole_in_one=True)


def test_the_other_files_are_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file with such a line keeps no other from being read."""
    monkeypatch.setattr(readers, "LONGEST", 5000)
    (tmp_path / "a.ris").write_bytes(RIS + b"AB  - " + b"x" * 6000 + b"\nER  - \n")
    (tmp_path / "b.ris").write_bytes(RIS)
    done = read_files(tmp_path / "a.ris", tmp_path / "b.ris")

    assert len(done.corpus) == 1
    assert [one.error.problems[0].found for one in done.unread] == ["a line of 6,006 bytes"]
