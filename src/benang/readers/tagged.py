"""The grammar that RIS, Web of Science, MEDLINE, EndNote and RefWorks share: tags, lines that go on, lists in values.

A record goes from its start tag (`TY`, `PT`, `PMID`) to its end tag (`ER`), or, in forms without one, to the next
record. Each line carries one tag or goes on with the value before it. `raw_records` parses a file, `Separators` counts
its records apart from that, and `read_tagged` holds one against the other. `tables.py` says which tag means what;
`ris_and_wos.py`, `medline.py` and others say how each form writes a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from benang.locale.writing import worded
from benang.readers import Reading, Remarks, Source, shown
from benang.readers.author_lists import people_in
from benang.readers.author_names import with_marked_ends
from benang.readers.values import authors_of, one_line, split_list
from benang.records.names import author_key
from benang.records.record import Record, SetAside

_FIRST_LINES = 64  # as much of a file as the longest beginning of a record
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)")
_NO_BEGINNING = "The beginning ({line}) of the record is missing; the rest was read"
_UNKNOWN_SHAPE = "the separators indicate more records than were recognised; this one has an unknown structure"
_NOT_TOLD = "it does not begin like a record in this format ({line}), and its contents do not identify it"

Fields = dict[str, list[str]]
"""The values of each tag in the order of the file, without the blanks around them; a value may have several lines."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a form writes its lines; every pattern begins with the LF before the line.

    `begins` finds the lines that begin a record, and `tag` splits a text into tags (group 1) and their values. `marks`
    finds what begins a record (group 1) or ends one: records are counted by it, apart from parsing. `header` names the
    tags outside of records; `opening` and `ending` are how a user sees the beginning and the end of one.

    A form without a tag that ends records has an empty `end`; `last` is then the last tag of every record,
    if the form has such a one: where it is missing, the file was cut.

    `looks` finds a line that seems to carry a tag, in a wider sense than `tag` does: it counts what is outside of
    records. `titles` are the tags one of which says what a record is about; `once` finds, in forms without an end tag,
    the one (`unique`) that occurs once in every record.
    """

    start: str
    end: str
    begins: re.Pattern[bytes]
    tag: re.Pattern[str]
    marks: re.Pattern[bytes]
    looks: re.Pattern[bytes]
    opening: str
    ending: str
    titles: frozenset[str]
    header: frozenset[str] = frozenset()
    last: str = ""
    unique: str = ""
    once: re.Pattern[bytes] | None = None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The values of one record as written.

    `ended` says what ended it: its end tag, the next record, or the end of the file. A record that is not `begun` lacks
    its start tag; without fields, it is an end tag alone, or lines that seem to carry tags. `tags` are all tags in
    their order: what belongs to an author follows the author.
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


def read_tagged(
    source: Source, grammar: Grammar, record_of: Callable[[int, RawRecord, Remarks], Record], remarks: Remarks
) -> Reading:
    """Read a tagged file: `record_of` makes each record, or it is set aside with the reason.

    A record in the middle of which the file ends is set aside: what it has lost is unknown. Where no record has an
    end tag, the program that wrote it knows none, and the last record is read like the others.
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
            if not raw.begun:
                remarks.habit(_NO_BEGINNING, place, line=grammar.opening)
        if grammar.end and not cut and raw.ended != "tag":
            remarks.habit(
                "No `{line}` line ends the record; it was read up to the next one", place, line=grammar.ending.strip()
            )
        ended.add("last" if grammar.last in raw.fields else raw.ended)
    _tell_strays(strays, remarks)
    counted = Separators(source.data, grammar).count()
    aside += [SetAside(missing, 1, _UNKNOWN_SHAPE) for missing in range(place + 1, counted + 1)]
    return Reading(len(records) + len(aside), tuple(records), tuple(aside), remarks.notes())


def _is_cut(raw: RawRecord, grammar: Grammar, earlier: set[str], data: bytes) -> bool:
    """Tell whether the file was cut in its last record, by how that and the earlier ones end."""
    if grammar.end:
        return earlier != {"next"}
    if not grammar.last or grammar.last in raw.fields:
        return False
    return "last" in earlier or not data.endswith(b"\n")


def _cut(grammar: Grammar) -> str:
    if not grammar.ending:
        return worded("the file ends in the middle of this record. Export it again.")
    return worded(
        "the file ends in the middle of this record. Export it again, or add the line `{line}` at the end if "
        "the record "
        "is complete.",
        line=grammar.ending,
    )


def _reason_against(raw: RawRecord, grammar: Grammar) -> str:
    if not raw.begun and not raw.fields:
        return worded(_NOT_TOLD, line=grammar.opening)
    if not raw.begun and not any(any(raw.fields.get(tag, ())) for tag in grammar.titles):
        return worded("its beginning ({line}) is missing, and the rest has no title", line=grammar.opening)
    has_content = any(any(values) for tag, values in raw.fields.items() if tag != grammar.start)
    return "" if has_content else "no content: every field is empty"


def _tell_strays(strays: list[Stray], remarks: Remarks) -> None:
    if strays:
        remarks.say(
            worded(
                "Not read because outside all records: {n:,} line (line {line}, {text}).",
                "Not read because outside all records: {n:,} lines (first: line {line}, {text}).",
                n=len(strays),
                line=strays[0].line,
                text=shown(strays[0].text),
            )
        )


@dataclass(frozen=True, slots=True)
class Separators:
    """How many records a tagged file holds, by what separates them and by their titles alone.

    Parsing takes no part in it, and the patterns here take more for a tag than the parser does: what the parser misses
    shows as a difference, which `read_tagged` reports.
    """

    data: bytes
    grammar: Grammar

    def count(self) -> int:
        """Count the records.

        Every start tag is a record, so is every end tag without a record, and a stretch between records that holds a
        line with a tag: it belongs to a record whose beginning is lost. In forms without an end tag, a second title
        shows a further record.
        """
        n, within, at = 0, False, 0
        for begin, end, begins in self._marks():
            if within:
                n += self._further_titles(at, begin)
            elif not begins or self.grammar.looks.search(self.data, at, begin):
                n += 1
            n += begins
            within, at = begins, end
        if within:
            return n + self._further_titles(at, len(self.data))
        return n + bool(self.grammar.looks.search(self.data, at))

    def _marks(self) -> Iterator[tuple[int, int, bool]]:
        """Give the place of each start tag or end tag, and whether it is a start tag."""
        first = self.grammar.marks.match(b"\n" + self.data[:_FIRST_LINES])
        if first:
            yield 0, first.end() - 1, first[1] is not None
        for mark in self.grammar.marks.finditer(self.data):
            yield mark.start(), mark.end(), mark[1] is not None

    def _further_titles(self, at: int, end: int) -> int:
        if not self.grammar.once:
            return 0
        return max(0, sum(1 for _ in self.grammar.once.finditer(self.data, at, end)) - 1)


def raw_records(data: bytes, grammar: Grammar) -> Iterator[RawRecord | Stray]:
    """Parse a file into records and the text outside of them; every line that is not blank is in one of them."""
    starts = [match.start() for match in grammar.begins.finditer(data)]
    if grammar.begins.match(b"\n" + data[:_FIRST_LINES]):
        starts.insert(0, -1)
    line = 1
    if data and starts[:1] != [-1]:
        before = data[: starts[0]] if starts else data
        yield from _outside(f"\n{before.decode()}", 0, grammar, "next" if starts else "file")
        line += before.count(b"\n") + 1
    for start, following in pairwise([*starts, len(data)]):
        text = data[start:following].decode() if start >= 0 else f"\n{data[:following].decode()}"
        yield from _record(text, line, grammar, last=following == len(data))
        line += text.count("\n")


def _record(text: str, line: int, grammar: Grammar, *, last: bool) -> Iterator[RawRecord | Stray]:
    """Parse a text that begins with a record and goes on to the beginning of the next one."""
    ended: Literal["next", "file"] = "file" if last else "next"
    parts = grammar.tag.split(text)
    tags, values = parts[1::2], parts[2::2]
    fields, whole = _fields(tags, values, grammar)
    if not whole:
        if grammar.unique and tags.count(grammar.unique) > 1:
            yield from _run_together(tags, values, line, grammar, ended)
        else:
            yield RawRecord(line, fields, ended=ended, tags=tags)
        return
    yield RawRecord(line, fields, tags=tags)
    end = tags.index(grammar.end)
    if end + 1 < len(tags) or not parts[-1].isspace():
        rest = _after(text, grammar)
        yield from _outside(text[rest:], line + text.count("\n", 1, rest), grammar, ended)


def _fields(tags: Sequence[str], values: Sequence[str], grammar: Grammar) -> tuple[Fields, bool]:
    """Return the values of each tag up to the end tag, and whether that is there."""
    fields: Fields = {}
    for tag, value in zip(tags, values, strict=True):
        if tag == grammar.end:
            return fields, True
        if tag in fields:
            fields[tag].append(value.strip())
        else:
            fields[tag] = [value.strip()]
    return fields, False


def _run_together(
    tags: Sequence[str], values: Sequence[str], line: int, grammar: Grammar, ended: Literal["next", "file"]
) -> Iterator[RawRecord]:
    """Give the records of a text in which a tag that a record has once occurs several times.

    The beginning of the further ones is lost or of an unknown shape. Each begins at the first tag behind the last
    blank line before its title, or at the tag with which the text begins; where neither comes between two titles, the
    further one can't be distinguished from the record before.
    """
    starts, title = [0], tags.index(grammar.unique)
    doubtful: dict[int, list[int]] = {}  # by where the record before them begins
    blank = again = 0
    for at in range(title + 1, len(tags)):
        blank = at if _BLANK_LINE.search(values[at - 1]) else blank
        again = at if tags[at] == tags[0] and again <= title else again
        if tags[at] == grammar.unique:
            begin = blank if blank > title else again if again > title else 0
            if begin:
                starts.append(begin)
            else:
                doubtful.setdefault(starts[-1], []).append(at)
            title = at
    lines = [line]
    for value in values:
        lines.append(lines[-1] + 1 + value.count("\n"))
    for start, end in pairwise([*starts, len(tags)]):
        fields, _ = _fields(tags[start:end], values[start:end], grammar)
        stops: Literal["next", "file"] = ended if end == len(tags) else "next"
        yield RawRecord(lines[start], fields, ended=stops, begun=not start, tags=tags[start:end])
        for at in doubtful.get(start, ()):
            yield RawRecord(lines[at], ended="next", begun=False)


def _after(text: str, grammar: Grammar) -> int:
    """Return where the line goes on after the first end tag."""
    return next(match.end() for match in grammar.tag.finditer(text) if match[1] == grammar.end)


def _outside(text: str, line: int, grammar: Grammar, ended: Literal["next", "file"]) -> Iterator[RawRecord | Stray]:
    """Parse the text outside of records: the rest of one line, then whole lines.

    Lines with tags are a record without its beginning, up to an end tag or the end of the text.
    """
    at, number = 0, line
    tags = grammar.tag.finditer(text)
    while begin := next((match for match in tags if match[1] not in grammar.header), None):
        yield from _strays(text[at : begin.start()], number, grammar)
        number += text.count("\n", at, begin.start() + 1)
        close = begin if begin[1] == grammar.end else next((match for match in tags if match[1] == grammar.end), None)
        _, *parts = grammar.tag.split(text[begin.start() : close.start() if close else len(text)])
        fields, _ = _fields(parts[::2], parts[1::2], grammar)
        yield RawRecord(number, fields, ended="tag" if close else ended, begun=False, tags=parts[::2])
        if not close:
            return
        number += text.count("\n", begin.start() + 1, close.end())
        at = close.end()
    yield from _strays(text[at:], number, grammar, looked_at=True)


def _strays(text: str, line: int, grammar: Grammar, *, looked_at: bool = False) -> Iterator[RawRecord | Stray]:
    """Give the lines of a text without tags; where one seems to carry a tag all the same, a record that can't be read.

    Before the tags of a record they need no looking at: the record counts for them.
    """
    for number, rest in enumerate(text.split("\n"), line):
        match = grammar.tag.match(f"\n{rest}") if number > line else None
        if not rest.strip() or (match and match[1] in grammar.header):
            continue
        if looked_at and number > line and grammar.looks.match(f"\n{rest}".encode()):
            yield RawRecord(number, begun=False)
            looked_at = False
        yield Stray(number, rest)


_CUT = frozenset({"...", "…", "et al", "et al.", "et. al.", "others", "and others"})


def whole(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first value that is there, with all its lines."""
    for tag in tags:
        if tag in fields and (value := _first_filled(fields[tag])):
            return value
    return ""


def first_line(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first line of the first value that is there."""
    value = whole(fields, tags)
    return value.partition("\n")[0].rstrip() if "\n" in value else value


def first_lines(fields: Fields, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the first lines that a table of tags names, by the names of the table, without those that are empty."""
    values: dict[str, str] = {}
    for name, tags in table.items():
        for tag in tags:
            if tag in fields and (value := _first_filled(fields[tag])):
                values[name] = value.partition("\n")[0].rstrip() if "\n" in value else value
                break
    return values


def _first_filled(values: Sequence[str]) -> str:
    return values[0] or next(filter(None, values), "")


def wrapped(fields: Fields, *tags: str) -> list[str]:
    """Return each value of repeated tags on one line: a further line goes on with the value before it."""
    return [one_line(value) for tag in tags for value in fields.get(tag, ()) if value]


def items(fields: Fields, *tags: str) -> list[str]:
    """Return the items of repeated tags: a further line is a further item (EndNote), an indented one goes on."""
    texts: list[str] = []
    for tag in tags:
        if tag in fields:
            for value in fields[tag]:
                if "\n" in value:
                    texts.extend(_of_lines(value))
                elif value:
                    texts.append(value)
    return texts


def _of_lines(value: str) -> Iterator[str]:
    parts: list[list[str]] = [[]]
    for line in value.split("\n"):
        if parts[-1] and line and not line[0].isspace():
            parts.append([])
        if text := line.strip():
            parts[-1].append(text)
    return map(" ".join, parts)


def raw_of(fields: Fields, table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the raw values that a table of tags names, each with all its lines as one, without the empty ones."""
    return {name: one_line(value) for name, tags in table.items() if (value := whole(fields, tags))}


def once(values: Iterable[str]) -> tuple[str, ...]:
    """Return each value once, in the order of first occurrence."""
    return tuple(dict.fromkeys(values))


def people(place: int, lists: Sequence[Sequence[str]], remarks: Remarks) -> tuple[str, ...]:
    """Return the authors whom one or several tags list, each once, without the dots for further ones.

    An author whom a second tag lists again is taken once, and so is a list that one tag holds twice (IEEE Xplore
    writes so); within one list two authors may have one name. Bodies come with their marks.

    Examples
    --------
    >>> remarks = Remarks()
    >>> people(1, [["Contoh, A.", "Contoh, A."], ["Contoh A", "Misal, E."]], remarks)
    ('Contoh, A.', 'Misal, E.')
    >>> people(2, [["Wang, Y.", "Li, X.", "Wang, Y.", "..."]], remarks)
    ('Wang, Y.', 'Li, X.', 'Wang, Y.')
    >>> remarks.notes()[-1]
    "The export shortened the list of authors ('...'); the authors it names are kept (record 2)."
    """
    authors: tuple[str, ...] = ()
    cut = twice = parted = False
    for listed in map(with_marked_ends, lists):
        if any(";" in name for name in listed):
            whole_list = listed
            listed = [name for one in whole_list for name in split_list(one)]
            parted = parted or len(listed) > len(whole_list)
        while listed and (last := _uncut(listed[-1])) != listed[-1]:
            cut, listed = True, [*listed[:-1], *([last] if last else ())]
        names = authors_of(name for one in listed for name in people_in(one))
        half = len(names) // 2
        if half and names[:half] == names[half:]:
            names, twice = names[:half], True
        if authors and names:
            known = set(map(author_key, authors))
            further = tuple([name for name in names if author_key(name) not in known])
            twice = twice or len(further) < len(names)
            names = further
        authors += names
    if parted:
        remarks.habit("Authors given in one line were split at ';'", place)
    if cut:
        remarks.habit("The export shortened the list of authors ('...'); the authors it names are kept", place)
    if twice:
        remarks.habit("Authors listed twice were kept once", place)
    return authors


def _uncut(name: str) -> str:
    """Drop the mark for further authors at the end of a list."""
    if name.lower() in _CUT:
        return ""
    if name.endswith(("...", "…")):
        return name.rstrip(".… ").rstrip(",")
    return name
