"""The line grammar that RIS and Web of Science plain text share: a tag, a value, and lines that go on with it.

A record goes from its start tag (`TY`, `PT`) to its end tag (`ER`). Each line carries one tag or goes on with the
value before it. `tables.py` says which tag means what; `ris.py` and `wos.py` say how each form writes a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from benang.errors import BenangError, Problem
from benang.readers.source import Reading, Remarks, Source, shown
from benang.records.ledger import SetAside
from benang.records.record import Record

Fields = dict[str, list[list[str]]]
"""The values of each tag in the order of the file; a value is its lines."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a form writes its lines.

    `tag` splits a line into tag and text, or gives None where the line carries no tag. `marks` finds the lines that
    begin a record (group 1) or end one, with the LF before them: records are counted by it, apart from parsing.
    `header` names the tags that stand outside records, `ending` is how a user writes the end of a record.
    """

    start: str
    end: str
    tag: Callable[[str], tuple[str, str] | None]
    marks: re.Pattern[bytes]
    ending: str
    header: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The lines of one record as they stand.

    `ended` says what ended it: its end tag, the next record, or the end of the file. A record without a `begun` start
    tag is the end of one whose beginning is not there.
    """

    line: int
    fields: Fields = field(default_factory=dict)
    ended: Literal["tag", "next", "file"] = "tag"
    begun: bool = True


@dataclass(frozen=True, slots=True)
class Stray:
    """A line outside of all records."""

    line: int
    text: str


def count_records(data: bytes, grammar: Grammar) -> int:
    r"""Count the records of a file by their separators alone.

    Every start tag is a record, and so is every end tag that ends none: it tells of a record whose beginning is lost.
    """
    found, within = 0, False
    first = grammar.marks.match(b"\n" + data[:16])
    for mark in (*((first,) if first else ()), *grammar.marks.finditer(data)):
        begins = mark[1] is not None
        found += begins or not within
        within = begins
    return found


def raw_records(lines: Iterable[str], grammar: Grammar) -> Iterator[RawRecord | Stray]:
    """Parse lines into records and what stands outside of them; every line that is not blank is in one of them."""
    record: RawRecord | None = None
    value: list[str] = []
    for number, line in enumerate(lines, 1):
        tag, text = grammar.tag(line) or ("", line.rstrip())
        if tag == grammar.end:
            yield record or RawRecord(number, begun=False)
            record = None
        elif tag == grammar.start:
            if record:
                yield RawRecord(record.line, record.fields, ended="next")
            value = [text]
            record = RawRecord(number, {tag: [value]})
        elif record is None:
            if tag not in grammar.header and text.strip():
                yield Stray(number, line)
        elif tag:
            value = [text]
            record.fields.setdefault(tag, []).append(value)
        elif text.strip():
            value.append(text)
    if record:
        yield RawRecord(record.line, record.fields, ended="file")


def read_tagged(
    source: Source, grammar: Grammar, record_of: Callable[[int, RawRecord, Remarks], Record], remarks: Remarks
) -> Reading:
    """Read a tagged file: each record found is made into a `Record` by `record_of`, or set aside with the reason.

    Raises
    ------
    BenangError
        Where the file ends in the middle of a record.
    """
    records: list[Record] = []
    aside: list[SetAside] = []
    strays: list[Stray] = []
    place = 0
    for raw in raw_records(source.lines(), grammar):
        if isinstance(raw, Stray):
            strays.append(raw)
            continue
        place += 1
        _check_whole(source, grammar, place, raw)
        if reason := _reason_against(raw, grammar):
            aside.append(SetAside(place, raw.line, reason))
        else:
            records.append(record_of(place, raw, remarks))
        if raw.ended == "next":
            remarks.say(
                f"record {place}, line {raw.line}: no `{grammar.ending.strip()}` line ends this record. Read up to the "
                "beginning of the next one."
            )
    _tell_strays(strays, remarks)
    return Reading(count_records(source.data, grammar), tuple(records), tuple(aside), remarks.notes())


def _check_whole(source: Source, grammar: Grammar, place: int, raw: RawRecord) -> None:
    if raw.ended == "file":
        where = f"{source.name}, record {place}, line {raw.line}"
        way_on = f"Export it again, or add the line `{grammar.ending}` at the end if the record is complete."
        raise BenangError(Problem("the file ends in the middle of this record", where=where, way_on=way_on))


def _reason_against(raw: RawRecord, grammar: Grammar) -> str:
    if not raw.begun:
        return (
            f"an end of a record ({grammar.end}) without its beginning ({grammar.start}): the lines before it are lost"
        )
    said = (line for tag, values in raw.fields.items() if tag != grammar.start for value in values for line in value)
    return "" if any(said) else "no content: every field is empty"


def _tell_strays(strays: list[Stray], remarks: Remarks) -> None:
    if strays:
        first = f"line {strays[0].line}, {shown(strays[0].text)}"
        many = f"{len(strays):,} lines stand" if len(strays) > 1 else "1 line stands"
        remarks.say(f"{many} outside of all records and were not read; the first is {first}.")
