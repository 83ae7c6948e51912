"""The grammar of tagged lines: records, what stands outside of them, and where they end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Remarks, Source
from benang.readers.ris_and_wos import RIS, WOS
from benang.readers.tagged import Grammar, RawRecord, Separators, Stray, raw_records, read_tagged
from benang.records.record import Record

pytestmark = pytest.mark.fast

LINES = {
    "RIS": (
        RIS,
        ["TY  - JOUR", "ER  - ", "TI  - a", "KW  -", "more", "   indented", "", "EF  - ", "TY - JOUR", "ER then"],
    ),
    "WoS": (WOS, ["PT J", "ER", "TI a", "   more", "", "EF", "FN x", "no tag", "ERR", "PTX", "ER ", "PT"]),
}


def _parsed(text: str, grammar: Grammar = RIS) -> list[RawRecord | Stray]:
    return list(raw_records(text.encode(), grammar))


def test_values_keep_their_order_and_lines() -> None:
    """A repeated tag has several values, and a value may go on over lines."""
    assert _parsed("TY  - JOUR\nKW  - a\nKW  - b\n  c\nER  - \n") == [
        RawRecord(1, {"TY": ["JOUR"], "KW": ["a", "b\n  c"]}),
    ]


def test_text_outside_of_records_is_noted_with_its_line() -> None:
    """Headings before, between and behind records are given with their lines; blank lines are not."""
    assert _parsed("Heading\n\nTY  - JOUR\nER  - x\n\n2.\nTY  - BOOK\nER  -\nthe end") == [
        Stray(1, "Heading"),
        RawRecord(3, {"TY": ["JOUR"]}),
        Stray(4, " x"),
        Stray(6, "2."),
        RawRecord(7, {"TY": ["BOOK"]}),
        Stray(9, "the end"),
    ]


def test_a_record_ends_where_the_next_one_begins() -> None:
    """Without an end tag, the next beginning ends a record, or else the end of the file does."""
    ended = [record.ended for record in _parsed("TY  - A\nTY  - B\nER  - \nTY  - C\n") if isinstance(record, RawRecord)]

    assert ended == ["next", "tag", "file"]


def test_an_end_without_beginning_is_a_record_that_was_lost() -> None:
    """Tags up to an end tag are a record without its beginning; an end tag alone stands for a record, with its line."""
    records = _parsed("TI  - lost\nER  - \nTY  - JOUR\nER  - \nER  - \n")

    assert records[:2] == [RawRecord(1, {"TI": ["lost"]}, begun=False), RawRecord(3, {"TY": ["JOUR"]})]
    assert records[-1] == RawRecord(5, begun=False)


def test_the_heading_of_a_form_is_nothing_to_tell() -> None:
    """The lines that the form itself puts around records are no strays."""
    assert _parsed("FN x\nVR 1.0\nPT J\nER\nEF", WOS) == [RawRecord(3, {"PT": ["J"]})]


@pytest.mark.parametrize("form", LINES)
@given(data=st.data())
def test_separators_count_what_parsing_finds(form: str, data: st.DataObject) -> None:
    """For any sequence of lines, the count by separators alone is the number of records that parsing gives."""
    grammar, lines = LINES[form]
    text = "\n".join(data.draw(st.lists(st.sampled_from(lines))))
    records = [record for record in _parsed(text, grammar) if isinstance(record, RawRecord)]

    assert len(records) == Separators(text.encode(), grammar).count()


@pytest.mark.parametrize("form", LINES)
@given(data=st.data())
def test_every_record_and_stray_names_its_line(form: str, data: st.DataObject) -> None:
    """The line of a record holds its first tag (or its end tag), and the line of a stray its text."""
    grammar, possible = LINES[form]
    lines = data.draw(st.lists(st.sampled_from(possible)))
    for found in _parsed("\n".join(lines), grammar):
        line = lines[found.line - 1]
        if isinstance(found, Stray):
            assert line.endswith(found.text)
        else:
            assert line.startswith(grammar.start) if found.begun else line not in (grammar.start, "")


def _read(text: str, grammar: Grammar = RIS) -> list[str]:
    remarks = Remarks()
    source = Source("a.ris", "a.ris", text.encode())
    reading = read_tagged(source, grammar, lambda place, raw, _: Record(str(place), line=raw.line), remarks)
    assert reading.found == len(reading.records) + len(reading.set_aside)
    return [
        *(f"read {record.key} at {record.line}" for record in reading.records),
        *(f"aside {aside.record} at {aside.line}: {aside.reason}" for aside in reading.set_aside),
        *reading.notes,
    ]


def test_a_record_in_which_the_file_ends_is_set_aside() -> None:
    """A cut file gives its whole records; the cut one is set aside with its place, line and the two ways on."""
    assert _read("TY  - JOUR\nTI  - a\nER  - \n\nTY  - JOUR\nTI  - b\n") == [
        "read 1 at 1",
        "aside 2 at 5: the file ends in the middle of this record. "
        "Export it again, or add the line `ER  - ` at the end if the record is complete.",
    ]


def test_a_file_that_is_one_cut_record_has_nothing_to_read() -> None:
    """Where the only record is cut, it is set aside; nothing is read."""
    assert _read("TY  - JOUR\nTI  - a")[0].startswith("aside 1 at 1: the file ends in the middle")


def test_a_program_that_ends_no_record_is_read_whole() -> None:
    """Where no record has an end tag, the last one is like the others, and the account says so."""
    assert _read("TY  - JOUR\nTI  - a\n\nTY  - JOUR\nTI  - b\n") == [
        "read 1 at 1",
        "read 2 at 4",
        "No `ER  -` line ends the record; it was read up to the next one (2 records, first: record 1).",
    ]


ENDLESS = Grammar(
    start="%0", end="", begins=re.compile(rb"\n%0 "), tag=re.compile(r"\n(%.) "), marks=re.compile(rb"\n(%0) "),
    looks=re.compile(rb"(?:\A|\n)%. "), opening="%0", titles=frozenset({"%T"}), ending="", last="%Z",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("%0 a\n%T b\n%Z c\n\n%0 d\n%Z e\n", ["read 1 at 1", "read 2 at 5"]),
        ("%0 a\n%T b\n", ["read 1 at 1"]),
        ("%0 a\n%T b", ["aside 1 at 1: the file ends in the middle of this record. Export it again."]),
        (
            "%0 a\n%Z b\n%0 c\n%T d\n",
            ["read 1 at 1", "aside 2 at 3: the file ends in the middle of this record. Export it again."],
        ),
    ],
)
def test_a_form_without_end_tags_is_cut_where_its_last_tag_is_missing(text: str, read: list[str]) -> None:
    """The tag that stands last in the earlier records, or a line without its end, tells that the last one is cut."""
    assert _read(text, ENDLESS) == read


def test_records_without_content_or_beginning_are_set_aside() -> None:
    """What is found and can't be read is set aside with place, line and reason; the rest is read."""
    assert _read("TY  - JOUR\nTI  -\nER  - \nTY  - JOUR\nTI  - b\nER  - \nPY  - 2019\nER  - \nER  - \n") == [
        "read 2 at 4",
        "aside 1 at 1: no content: every field is empty",
        "aside 3 at 7: its beginning (`TY  - `) is missing, and the rest has no title",
        "aside 4 at 9: it does not begin like a record in this format (`TY  - `), and its contents do not identify it",
    ]


def test_a_record_without_its_beginning_is_read_where_it_has_a_title() -> None:
    """Of a record whose first lines were cut off, or whose program writes no type, what is there is read and told."""
    assert _read("C1  - x\nTI  - a\nER  - \n\nC1  - y\nTI  - b\nER  - \n") == [
        "read 1 at 1",
        "read 2 at 5",
        "The beginning (`TY  - `) of the record is missing; the rest was read (2 records, first: record 1).",
    ]
    assert _read("R  - x\nTI  - a\nPY  - 2019\nTY  - JOUR\nTI  - b\nER  - \n") == [
        "read 1 at 2",
        "read 2 at 4",
        "Not read because outside all records: 1 line (line 1, 'R - x').",
        "The beginning (`TY  - `) of the record is missing; the rest was read (record 1).",
        "No `ER  -` line ends the record; it was read up to the next one (record 1).",
    ]


@pytest.mark.parametrize("line", ["ty  - jour", "TY\xa0\xa0- JOUR", "TY – JOUR", "  TI  - b", "AU- Misal, E."])
def test_a_line_that_seems_to_carry_a_tag_is_named(line: str) -> None:
    """Outside of records, in lower case, with other blanks or another dash, it tells of a record that can't be read."""
    told = _read(f"TY  - JOUR\nTI  - a\nER  - \n\n{line}\nmore of it\n\nTY  - JOUR\nTI  - c\nER  - \n")

    assert told[:2] == ["read 1 at 1", "read 3 at 8"]
    assert told[2].startswith("aside 2 at 5: it does not begin like a record in this format")


def test_a_missing_end_within_a_file_is_noted() -> None:
    """A record that the next one ends is read, and the account says so."""
    assert _read("TY  - JOUR\nTI  - a\nTY  - JOUR\nTI  - b\nER  - \n") == [
        "read 1 at 1",
        "read 2 at 3",
        "No `ER  -` line ends the record; it was read up to the next one (record 1).",
    ]
