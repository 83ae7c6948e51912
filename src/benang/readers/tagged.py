"""The line grammar that RIS and Web of Science plain text share: a tag, a value, and lines that go on with it.

A record goes from its start tag (`TY`, `PT`) to its end tag (`ER`). Each line carries one tag or goes on with the
value before it. `tables.py` says which tag means what; `ris.py` and `wos.py` say how each form writes a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from benang.errors import BenangError, Problem
from benang.readers.source import Reading, Remarks, Source, shown
from benang.records.ledger import SetAside
from benang.records.record import Record

Fields = dict[str, list[str]]
"""The values of each tag in the order of the file, without the blanks around them; a value may have several lines."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a form writes its lines; every pattern begins with the LF before the line.

    `begins` finds the lines that begin a record, and `tag` splits a text into tags (group 1) and their values. `marks`
    finds what begins a record (group 1) or ends one: records are counted by it, apart from parsing. `header` names the
    tags that stand outside of records, `ending` is how a user writes the end of a record.
    """

    start: str
    end: str
    begins: re.Pattern[bytes]
    tag: re.Pattern[str]
    marks: re.Pattern[bytes]
    ending: str
    header: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The values of one record as they stand.

    `ended` says what ended it: its end tag, the next record, or the end of the file. A record that is not `begun` is an
    end tag without a start tag before it.
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
    """Count the records of a file by their separators alone.

    Every start tag is a record, and so is every end tag that ends none: it tells of a record whose beginning is lost.
    """
    found, within = 0, False
    first = grammar.marks.match(b"\n" + data[:16])
    for mark in (*((first,) if first else ()), *grammar.marks.finditer(data)):
        begins = mark[1] is not None
        found += begins or not within
        within = begins
    return found


def raw_records(data: bytes, grammar: Grammar) -> Iterator[RawRecord | Stray]:
    """Parse a file into records and what stands outside of them; every line that is not blank is in one of them."""
    starts = [match.start() for match in grammar.begins.finditer(data)]
    if grammar.begins.match(b"\n" + data[:16]):
        starts.insert(0, -1)
    line = 1
    if data and starts[:1] != [-1]:
        before = data[: starts[0]] if starts else data
        yield from _outside(f"\n{before.decode()}", 0, grammar)
        line += before.count(b"\n") + 1
    for start, following in pairwise([*starts, len(data)]):
        text = data[start:following].decode() if start >= 0 else f"\n{data[:following].decode()}"
        yield from _record(text, line, grammar, last=following == len(data))
        line += text.count("\n")


def _record(text: str, line: int, grammar: Grammar, *, last: bool) -> Iterator[RawRecord | Stray]:
    """Parse a text that begins with a record and goes on to the beginning of the next one."""
    _, *parts = grammar.tag.split(text)
    tags = parts[::2]
    fields: Fields = {}
    for tag, value in zip(tags, parts[1::2], strict=True):
        if tag == grammar.end:
            break
        fields.setdefault(tag, []).append(value.strip())
    else:
        yield RawRecord(line, fields, ended="file" if last else "next")
        return
    yield RawRecord(line, fields)
    end = tags.index(grammar.end)
    if end + 1 < len(tags) or not parts[-1].isspace():
        rest = _after(text, grammar)
        yield from _outside(text[rest:], line + text.count("\n", 1, rest), grammar)


def _after(text: str, grammar: Grammar) -> int:
    """Return where the line goes on after the first end tag."""
    return next(match.end() for match in grammar.tag.finditer(text) if match[1] == grammar.end)


def _outside(text: str, line: int, grammar: Grammar) -> Iterator[RawRecord | Stray]:
    """Parse what stands outside of records: the rest of one line, then whole lines."""
    for number, rest in enumerate(text.split("\n"), line):
        match = grammar.tag.match(f"\n{rest}") if number > line else None
        if match and match[1] == grammar.end:
            yield RawRecord(number, begun=False)
        elif rest.strip() and not (match and match[1] in grammar.header):
            yield Stray(number, rest)


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
    for raw in raw_records(source.data, grammar):
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
        return f"only its end ({grammar.end}) is there, without a beginning ({grammar.start}) before it"
    said = any(any(values) for tag, values in raw.fields.items() if tag != grammar.start)
    return "" if said else "no content: every field is empty"


def _tell_strays(strays: list[Stray], remarks: Remarks) -> None:
    if strays:
        first = f"line {strays[0].line}, {shown(strays[0].text)}"
        many = f"{len(strays):,} lines" if len(strays) > 1 else "1 line"
        remarks.say(f"Outside of all records: {many}, not read; the first is {first}.")
