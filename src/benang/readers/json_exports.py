r"""JSON as databases and reference managers write records.

Records are in a list, in a page of an API (`results`, `items`, `message.items`, `resultList.result`), in a report
(`References`), in several pages one behind another or in a list of pages, one a line (JSON Lines), or alone. They are
counted by the brackets that hold them, apart from parsing each: a file that was cut off or is broken in one record
still gives all others.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import Reading, Remarks, Source, other_json, shown
from benang.records.record import Record, SetAside

Item = Mapping[str, Any]
"""One record as JSON gives it."""

# A string ends at its quotation mark or its line: JSON has no line breaks in strings, and a lost mark costs one line.
_STRING = rb'"(?:[^"\\\n]++|\\[^\n])*+\\?(?:"|(?=\n)|\Z)'
_PLAIN = rb'[^][{}"]++|' + _STRING
_BRACKET = re.compile(
    rb"(?:" + _PLAIN + rb"|\[(?:" + _PLAIN + rb")*+\]|\{(?:" + _PLAIN + rb")*+\})*+([][{}]|\Z)", re.DOTALL
)
"""The next bracket, passing over lists and objects that hold no further ones; nothing is looked at more than twice."""
_FLAT = re.compile(rb"(?:" + _PLAIN + rb")*+([][{}]|\Z)", re.DOTALL)
_CUT = "the file ends before its brackets are closed: it was cut off, or a bracket or quotation mark is missing"
_NEXT = (
    "the next record begins before its brackets are closed: it was cut off, or a bracket or quotation mark is missing"
)

_KEY = re.compile(rb'"([A-Za-z_]{1,20})"\s{0,20}:\s{0,20}\Z')
_PAGES: Mapping[tuple[str, ...], bool] = {
    # The way to a list of records; False where it only leads on.
    ("results",): True,
    ("items",): True,
    ("References",): True,
    ("message",): False,
    ("message", "items"): True,
    ("resultList",): False,
    ("resultList", "result"): True,
}
_PAGE_KEYS = frozenset(way[0] for way in _PAGES)
_RECORD_KEYS = frozenset(
    {"id", "title", "display_name", "author", "authors", "doi", "pmid", "itemid", "container-title", "abstract"}
)
"""Keys, in small letters, one of which a record has: an object with none of them only holds records."""
_SAYS_RECORD = re.compile(rb'"(?:title|Title|display_name|DOI|doi)"\s{0,20}:')
_DEEPEST = 4
_OPEN = b"[{"
_BETWEEN = b" \t\n\r,"
_LONE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_MANY_DIGITS = 18


@dataclass(slots=True)
class _Stretch:
    """What should be one record: where it begins, and the record, or why there is none."""

    begin: int
    item: Item | None
    reason: str = ""


def is_json(head: str) -> bool:
    """Tell whether a text begins as JSON records do.

    Examples
    --------
    >>> is_json(' [{"id": 1}]'), is_json("{}"), is_json("TY  - JOUR")
    (True, True, False)
    """
    return head.lstrip()[:1] in ("{", "[")


def read_json(
    source: Source, make: Callable[[int, int, Item, Remarks], Record], remarks: Remarks, *, opens: re.Pattern[bytes]
) -> Reading:
    """Read every record of a JSON file with `make(place, line, item, remarks)`.

    `opens` is how a record of this form begins; it is used only to go on after a record that is broken.

    Raises
    ------
    BenangError
        Where the file holds no record.
    """
    data, parser = source.data, _Parser()
    records: list[Record] = []
    aside: list[SetAside] = []
    place, line, counted = 0, 1, 0
    for stretch in _stretches(data, opens, parser):
        place += 1
        line += data.count(b"\n", counted, stretch.begin) - data.count(b"\n", stretch.begin, counted)
        counted = stretch.begin
        parser.remark(place, remarks)
        if stretch.item is None:
            aside.append(SetAside(place, line, stretch.reason))
        else:
            records.append(make(place, line, stretch.item, remarks))
    if not place:
        what = other_json(source.head) or worded(
            "JSON without records, which begins with {text}", text=shown(source.head)
        )
        raise BenangError(
            Problem(what, where=source.name, expected="records", way_on="Export the records themselves, not a result.")
        )
    return Reading(place, tuple(records), tuple(aside), remarks.notes())


def text_of(value: Any) -> str:
    """Return a single value as text: a text, a whole number; nothing for all else.

    Examples
    --------
    >>> text_of(" Kota "), text_of(12), text_of(None), text_of(["a"])
    ('Kota', '12', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def texts_of(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, or the single one in place of a list.

    Examples
    --------
    >>> texts_of(["a", None, " b "]), texts_of("a"), texts_of({})
    (('a', 'b'), ('a',), ())
    """
    values = value if isinstance(value, list) else [value]
    return tuple([text for one in values if (text := text_of(one))])


def items_of(value: Any) -> list[Item]:
    """Return the objects of a list, or the single one in place of a list."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def item_at(value: Any, *path: str) -> Item:
    """Return the object at the end of a path of keys, empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _records_within(item: Item, depth: int = 0) -> list[Item]:
    """Return the objects in the lists of an object that is no record itself, whatever its keys are called.

    Examples
    --------
    >>> _records_within({"response": {"found": 2, "docs": [{"title": "a"}, {"title": "b"}]}})
    [{'title': 'a'}, {'title': 'b'}]
    >>> _records_within({"title": "a", "authors": [{"name": "b"}]})
    []
    """
    if depth > _DEEPEST or _is_record(item):
        return []
    records: list[Item] = []
    for value in item.values():
        if isinstance(value, list):
            records += [one for one in value if isinstance(one, dict) and _is_record(one)]
        elif isinstance(value, dict):
            records += _records_within(value, depth + 1)
    return records


def _is_record(item: Item) -> bool:
    return not _RECORD_KEYS.isdisjoint(map(str.lower, item))


class _Parser:
    """Parses one record after another and keeps in mind what has to be said of it."""

    def __init__(self) -> None:
        self.twice: set[str] = set()
        self.odd: set[str] = set()
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant)
        self._careful = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._whole
        )

    def parse(self, data: bytes) -> tuple[Item | None, str]:
        """Return the record, or None and the reason."""
        text = _mended(data).decode("utf-8", "replace")
        try:
            try:
                item = self._decoder.decode(text)
            except json.JSONDecodeError:
                raise
            except ValueError:  # a number of more digits than Python takes
                item = self._careful.decode(text)
        except json.JSONDecodeError as error:
            near = shown(text[max(error.pos - 20, 0) : error.pos + 20])
            return None, worded("it is not JSON ({reason}, near {text})", reason=error.msg, text=near)
        except RecursionError:
            return None, "its brackets are nested more deeply than in any record"
        return (item, "") if item else (None, "an empty object")

    def remark(self, place: int, remarks: Remarks) -> None:
        """Say what was odd in the record that was parsed last."""
        for key in sorted(self.twice):
            remarks.habit("The key {key} appears twice in one object; its last value was read", place, key=shown(key))
        for name in sorted(self.odd):
            if name:
                remarks.habit("{value} was read as missing", place, value=name)
            else:
                remarks.habit("A number with too many digits was read as missing", place)
        self.forget()

    def forget(self) -> None:
        """Begin anew, with nothing to be said."""
        self.twice, self.odd = set(), set()

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        item = dict(pairs)
        if len(item) < len(pairs):
            self.twice.update(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
        return item

    def _constant(self, name: str) -> None:
        self.odd.add(name)

    def _whole(self, digits: str) -> int | None:
        if len(digits) <= _MANY_DIGITS:
            return int(digits)
        self.odd.add("")
        return None


def _mended(data: bytes) -> bytes:
    """Put a replacement character where half a character was escaped: no text can hold it."""
    if not _SURROGATE.search(data):
        return data
    return _LONE.sub(lambda match: b"\\ufffd" if match[1] else match[0], data)


def _stretches(data: bytes, opens: re.Pattern[bytes], parser: _Parser) -> Iterator[_Stretch]:
    """Give what should be records, in order."""
    start = len(data) - len(data.lstrip())
    begin = data.find(b"\n", start) + 1
    walk = _Walk(data, opens, parser)
    if not begin or not walk.is_one_object(start, begin) or data[begin : begin + 1000].lstrip()[:1] != b"{":
        yield from walk.values(0, len(data))
        return
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin) + 1 or len(data)
        record = walk.record_in(begin, end)
        yield from (record,) if record else walk.values(begin, end)
        begin = end


class _Walk:
    """A way through the brackets of a text, from one record to the next.

    After the first broken record, each record ends at the latest where the next one opens (`opens`): before that,
    brackets alone decide, so that nothing in a whole file can be taken for the beginning of a record.
    """

    def __init__(self, data: bytes, opens: re.Pattern[bytes], parser: _Parser) -> None:
        self.data, self.opens, self.parser = data, opens, parser
        self.at = self.end = 0
        self.broken = False

    def values(self, begin: int, end: int) -> Iterator[_Stretch]:
        """Walk over the values one behind another: lists, pages, single records."""
        self.at, self.end = begin, end
        while True:
            gap = self.at
            bracket = self._next(self.end)
            yield from self._no_record(gap, self.at - 1 if bracket else self.end)
            if not bracket:
                return
            if bracket == b"{":
                yield from self._object(self.at - 1, (), alone=True)
            elif bracket == b"[":
                yield from self._list(pages=True)

    def record_in(self, begin: int, end: int) -> _Stretch | None:
        """Return the one record that a line of JSON Lines holds, as nearly all do; other lines are walked over."""
        if self.broken or self.data[begin : begin + 1] != b"{":
            return None
        item, _ = self.parser.parse(self.data[begin:end])
        if item is None or not _is_record(item) or not _PAGE_KEYS.isdisjoint(item):
            self.parser.forget()
            return None
        return _Stretch(begin, item)

    def is_one_object(self, begin: int, end: int) -> bool:
        """Tell whether a line is one whole object, as in JSON Lines."""
        close = self._close(begin, end) if self.data[begin : begin + 1] == b"{" else -1
        return close > 0 and not self.data[close:end].strip()

    def _close(self, begin: int, end: int) -> int:
        """Return where the bracket that opens at `begin` is closed, just behind; -1 where it isn't before `end`."""
        depth = 0
        match = _FLAT.match(self.data, begin, end)
        while match and match[1]:
            depth += 1 if match[1] in _OPEN else -1
            if not depth:
                return match.end()
            match = _BRACKET.match(self.data, match.end(), end)
        return -1

    def _next(self, end: int) -> bytes:
        """Move behind the next bracket and return it; nothing at the end."""
        match = _FLAT.match(self.data, self.at, end)
        self.at = match.end() if match else end
        return match[1] if match else b""

    def _list(self, *, pages: bool) -> Iterator[_Stretch]:
        """Walk over the elements of a list of records, or, at the top, also of pages."""
        while True:
            gap = self.at
            bracket = self._next(self.end)
            yield from self._no_record(gap, self.at - 1 if bracket else self.end)
            if not bracket or bracket in b"]}":
                return
            begin = self.at - 1
            if pages and bracket == b"{":
                yield from self._object(begin, ())
            elif bracket == b"{":
                yield self._one(begin, self._close(begin, self._limit(begin)))
            else:
                close = self._close(begin, self.end)
                self.at = close if close > 0 else self.end
                yield _Stretch(begin, None, "a list where a record should be")

    def _object(self, begin: int, path: tuple[str, ...], *, alone: bool = False) -> Iterator[_Stretch]:
        """Walk over an object: a page, where a known way leads to a list of records, else a record.

        One that is `alone` may hold the records under a name that isn't known.
        """
        paged, end, limit = False, -1, self._limit(begin)
        others: list[_Stretch] = []
        while bracket := self._next(limit):
            if bracket in b"]}":
                end = self.at
                break
            opening = self.at - 1
            key = _KEY.search(self.data, max(begin, opening - 80), opening)
            way = (*path, key[1].decode()) if key else ()
            holds = _PAGES.get(way)
            if (bracket == b"[" and holds) or (bracket == b"{" and holds is False):
                paged, limit = True, self.end
                yield from self._list(pages=False) if holds else self._object(opening, way)
            else:
                close = self._close(opening, limit)
                self.at = close if close > 0 else limit
                if bracket == b"[" and _SAYS_RECORD.search(self.data, opening, self.at):
                    name = key[1].decode() if key else ""
                    others.append(
                        _Stretch(
                            opening, None, worded("the list '{name}' is not where records are expected", name=name)
                        )
                    )
        if paged:
            yield from others
        elif path != ("resultList",):
            yield from self._lone(begin, end) if alone else [self._one(begin, end)]

    def _lone(self, begin: int, end: int) -> Iterator[_Stretch]:
        """Give a record by itself, or the records in an object that only holds them."""
        whole = self._one(begin, end)
        within = _records_within(whole.item) if whole.item else []
        yield from [_Stretch(begin, one) for one in within] or [whole]

    def _one(self, begin: int, end: int) -> _Stretch:
        """Give one record and move behind it; `end` is where it closes, -1 where it doesn't."""
        item, reason = self.parser.parse(self.data[begin:end]) if end > 0 else (None, "")
        if item is None and not self.broken:
            self.broken = True
            limit = self._limit(begin)
            if end < 0 or limit < end:
                end = self._close(begin, limit)
                item, reason = self.parser.parse(self.data[begin:end]) if end > 0 else (None, "")
        self.at = end if end > 0 else self._limit(begin)
        if end < 0:
            reason = _CUT if self.at == self.end else _NEXT
        return _Stretch(begin, item, reason)

    def _limit(self, begin: int) -> int:
        match = self.opens.search(self.data, begin + 1, self.end) if self.broken else None
        return match.start() if match else self.end

    def _no_record(self, begin: int, end: int) -> Iterator[_Stretch]:
        """Give what is in the place of a record, between two of them: `null`, say."""
        text = self.data[begin:end].strip(_BETWEEN)
        if text:
            begins = shown(text[:1000].decode("utf-8", "replace"))
            yield _Stretch(
                self.data.find(text[:1], begin), None, worded("{text} where a record should be", text=begins)
            )
