"""The line grammar that RIS, Web of Science, MEDLINE, EndNote and RefWorks share: a tag, a value, lines that go on.

A record goes from its start tag (`TY`, `PT`, `PMID`) to its end tag (`ER`), or, in forms without one, to the next
record. Each line carries one tag or goes on with the value before it. `tables.py` says which tag means what; `ris.py`,
`wos.py`, `medline.py` and others say how each form writes a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from benang.readers.source import Reading, Remarks, Source, shown
from benang.records.ledger import SetAside
from benang.records.record import Record

_FIRST_LINES = 64  # as much of a file as the longest beginning of a record

Fields = dict[str, list[str]]
"""The values of each tag in the order of the file, without the blanks around them; a value may have several lines."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a form writes its lines; every pattern begins with the LF before the line.

    `begins` finds the lines that begin a record, and `tag` splits a text into tags (group 1) and their values. `marks`
    finds what begins a record (group 1) or ends one: records are counted by it, apart from parsing. `header` names the
    tags that stand outside of records, `ending` is how a user writes the end of a record.

    A form without a tag that ends records has an empty `end`; `last` is then the tag that stands last in every record,
    if the form has such a one: where it is missing, the file was cut.
    """

    start: str
    end: str
    begins: re.Pattern[bytes]
    tag: re.Pattern[str]
    marks: re.Pattern[bytes]
    ending: str
    header: frozenset[str] = frozenset()
    last: str = ""


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The values of one record as they stand.

    `ended` says what ended it: its end tag, the next record, or the end of the file. A record that is not `begun` is an
    end tag without a start tag before it. `tags` are all tags in their order: what belongs to an author stands behind
    the author.
    """

    line: int
    fields: Fields = field(default_factory=dict)
    ended: Literal["tag", "next", "file"] = "tag"
    begun: bool = True
    tags: Sequence[str] = field(default=(), compare=False, repr=False)


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
    first = grammar.marks.match(b"\n" + data[:_FIRST_LINES])
    for mark in (*((first,) if first else ()), *grammar.marks.finditer(data)):
        begins = mark[1] is not None
        found += begins or not within
        within = begins
    return found


def raw_records(data: bytes, grammar: Grammar) -> Iterator[RawRecord | Stray]:
    """Parse a file into records and what stands outside of them; every line that is not blank is in one of them."""
    starts = [match.start() for match in grammar.begins.finditer(data)]
    if grammar.begins.match(b"\n" + data[:_FIRST_LINES]):
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
        if tag in fields:
            fields[tag].append(value.strip())
        else:
            fields[tag] = [value.strip()]
    else:
        yield RawRecord(line, fields, ended="file" if last else "next", tags=tags)
        return
    yield RawRecord(line, fields, tags=tags)
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

    A record in whose middle the file ends is set aside: nobody can tell what it has lost. Where no record of a file has
    an end tag, the program that wrote it knows none, and the last record is read like the others.
    """
    records: list[Record] = []
    aside: list[SetAside] = []
    strays: list[Stray] = []
    ended: set[str] = set()
    place = 0
    for raw in raw_records(source.data, grammar):
        if isinstance(raw, Stray):
            strays.append(raw)
            continue
        place += 1
        cut = raw.ended == "file" and _is_cut(raw, grammar, ended, source.data)
        if reason := (_cut(grammar) if cut else _reason_against(raw, grammar)):
            aside.append(SetAside(place, raw.line, reason))
        else:
            records.append(record_of(place, raw, remarks))
        if grammar.end and not cut and raw.ended != "tag":
            remarks.habit(f"No `{grammar.ending.strip()}` line ends the record, read up to the next one", place)
        ended.add("last" if grammar.last in raw.fields else raw.ended)
    _tell_strays(strays, remarks)
    return Reading(count_records(source.data, grammar), tuple(records), tuple(aside), remarks.notes())


def _is_cut(raw: RawRecord, grammar: Grammar, earlier: set[str], data: bytes) -> bool:
    """Tell whether the file was cut in its last record, by how that and the earlier ones end."""
    if grammar.end:
        return earlier != {"next"}
    if not grammar.last or grammar.last in raw.fields:
        return False
    return "last" in earlier or not data.endswith(b"\n")


def _cut(grammar: Grammar) -> str:
    way_on = f", or add the line `{grammar.ending}` at the end if the record is complete" if grammar.ending else ""
    return f"the file ends in the middle of this record. Export it again{way_on}."


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
