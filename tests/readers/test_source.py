"""What a reader is given: lines, a head, keys; and what it says of oddities."""

from __future__ import annotations

from benang.readers.source import Remarks, Source, shown


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
