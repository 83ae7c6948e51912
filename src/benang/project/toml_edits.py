"""TOML files that people write: where everything in one stands, and changes made only where they must be.

A key, a table and an item of a list have a line, and reach from one offset to another. Comments, order, quotation marks
and line ends stay as they are.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from benang.errors import BenangError, Problem

Place = tuple[str | int, ...]
"""The place of a value in a file: keys, and numbers of list items from 0."""

# Tokens of TOML 1.0. A string in three quotation marks may end with two more of them, which belong to it.
TOKEN = re.compile(
    r"""(?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"\"{0,2}|'''.*?''''{0,2}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)|(?P<end>\n)|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL,
)
"""The tokens of TOML: strings, comments, ends of lines, marks, and all else."""
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def line_of(text: str, place: Sequence[str | int]) -> int:
    r"""Find the line (from 1) of a place in valid TOML; that of the nearest enclosing one where it has none of its own.

    Examples
    --------
    >>> line_of('title = "a"\n\n[[maps]]\nname = "x"\n\n[[maps]]\nnaem = "y"\n', ("maps", 1, "naem"))
    7
    >>> line_of('[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\nx = 2\n', ("a", 1, "b", 0, "x"))
    6
    >>> line_of("a = '''\nb = 1\n'''\nb = [\n  { c = 1 },\n  { c = 2 },\n]\n", ("b", 1, "c"))
    6
    """
    lines = _lines(text)
    return next((lines[here] for n in range(len(place), 0, -1) if (here := tuple(place[:n])) in lines), 1)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of everything in a TOML file, in offsets of its text.

    `begins` has every key, table and item of a list, and of an array of tables also its first; `values` has from where
    to where each value reaches. `ends` has, for a table or a list, where the last of its own keys or items ends; where
    it has none, its heading or its opening bracket does.
    """

    begins: dict[Place, int] = field(default_factory=dict)
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    ends: dict[Place, int] = field(default_factory=dict)


@lru_cache(maxsize=8)
def places_in(text: str) -> Places:
    """Find the places of everything in valid TOML."""
    return _Reader(list(_tokens(text))).read()


@lru_cache(maxsize=8)
def _lines(text: str) -> dict[Place, int]:
    """Return the line of every key, table and item; of an array of tables, also that of its first."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return {place: bisect_left(ends, at) + 1 for place, at in places_in(text).begins.items()}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _tokens(text: str) -> Iterator[_Token]:
    for match in TOKEN.finditer(text):
        if match.lastgroup != "comment":
            yield _Token(match.lastgroup or "", match.group(), match.start())
    yield _Token("end", "\n", len(text))


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of a file that is known to be valid, and notes where everything begins and ends."""

    tokens: list[_Token]
    at: int = 0
    places: Places = field(default_factory=Places)
    tables: dict[Place, int] = field(default_factory=dict)

    def read(self) -> Places:
        table: Place = ()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "end":
                self.at += 1
            elif token.text == "[":
                table = self._header(token.start)
            else:
                self._pair(table)
        return self.places

    def _header(self, start: int) -> Place:
        """Read `[a.b]` or `[[a.b]]`: the place of the table, with the number of each array of tables on the way."""
        is_array = self.tokens[self.at + 1].text == "["
        self.at += 2 if is_array else 1
        place: Place = ()
        names = self._names("]")
        self.at += 2 if is_array else 1
        for depth, name in enumerate(names, 1):
            place = (*place, name)
            if is_array and depth == len(names):
                self.tables[place] = self.tables.get(place, -1) + 1
                self.places.begins.setdefault(place, start)
            if place in self.tables:
                place = (*place, self.tables[place])
        self.places.begins.setdefault(place, start)
        self.places.ends[place] = self.tokens[self.at - 1].end
        return place

    def _pair(self, table: Place) -> None:
        """Read `a.b = value`."""
        start, place = self.tokens[self.at].start, table
        for name in self._names("="):
            place = (*place, name)
            self.places.begins.setdefault(place, start)
        self.at += 1
        self._value(place)
        self.places.ends[table] = self.tokens[self.at - 1].end

    def _names(self, end: str) -> list[str]:
        """Read the parts of a key up to the mark that ends it."""
        names = []
        while (token := self.tokens[self.at]).text != end or token.kind == "string":
            if token.text != ".":
                names.append(_name(token))
            self.at += 1
        return names

    def _value(self, place: Place) -> None:
        opening = self.tokens[self.at]
        if opening.kind == "mark" and opening.text in "[{":
            self.at += 1
            self.places.ends[place] = opening.end
            self._items(place, "]" if opening.text == "[" else "}")
        else:
            while (token := self.tokens[self.at]).kind != "end" and not (token.kind == "mark" and token.text in ",]}"):
                self.at += 1
        self.places.values[place] = (opening.start, self.tokens[self.at - 1].end)

    def _items(self, place: Place, end: str) -> None:
        """Read the items of a list, or the pairs of a table in one line."""
        number = 0
        while (token := self.tokens[self.at]).text != end or token.kind == "string":
            if token.kind == "end" or (token.kind == "mark" and token.text == ","):
                self.at += 1
            elif end == "}":
                self._pair(place)
            else:
                self.places.begins.setdefault((*place, number), token.start)
                self._value((*place, number))
                self.places.ends[place] = self.tokens[self.at - 1].end
                number += 1
        self.at += 1


def _name(token: _Token) -> str:
    if token.kind != "string":
        return token.text
    inner = token.text[1:-1]
    return inner if token.text[0] == "'" else _ESCAPE.sub(_unescaped, inner)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if code[0] in "uU" and len(code) > 1 else _ESCAPED.get(code, code)


_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Value = str | bool | int | float | Sequence["Value"] | Mapping[str, "Value"]


class Verbatim(str):
    """A text that is written as it is, between three apostrophes where it has several lines: a query, say."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SetValue:
    """Give a key, or an item of a list, a value: another one, or its first; None takes the key away.

    A key of a table that the file does not have begins that table at the end; a table as value is one of its own then.
    """

    place: Place
    value: Value | None


@dataclass(frozen=True, slots=True)
class AddTable:
    """Put a table into an array of tables (`[[codes]]`): behind the one of a number, from 0, or at its end."""

    array: str
    table: Mapping[str, Value]
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class RemoveTable:
    """Take a table out of an array of tables."""

    array: str
    number: int


Edit = SetValue | AddTable | RemoveTable


def toml_text(value: Value) -> str:
    r"""Write a value in one line.

    Examples
    --------
    >>> print(toml_text({"label": {"en": "Rising \"rent\"", "id": "Sewa"}, "was": ["a", "b"], "retired": True}))
    { label = { en = "Rising \"rent\"", id = "Sewa" }, was = ["a", "b"], retired = true }
    >>> print(toml_text(Verbatim('"night market*"')), toml_text(Verbatim('a AND\n "b"')))
    '"night market*"' '''
    a AND
     "b"'''
    """
    if isinstance(value, Verbatim) and not _CONTROLS.search(value) and "'''" not in f"{value}'":
        return f"'''\n{value}'''" if "\n" in value or "'" in value else f"'{value}'"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Mapping):
        return f"{{ {', '.join(_pair(name, one) for name, one in value.items())} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(toml_text, value))}]"
    return str(value).lower()


def edited_toml(text: str, edits: Sequence[Edit], *, where: str) -> str:
    r"""Make changes in the text of a TOML file, and nothing else. Numbers of tables are those before all changes.

    Raises
    ------
    BenangError
        Where the file is written in a way in which this can't be done. What it would say is compared before it is
        given back: it says what it said, but for the changes.

    Examples
    --------
    >>> text = "[[codes]]\nid = 'rent'  # the price of a stall\nlabel = \"Rent\"\n"
    >>> print(edited_toml(text, [SetValue(("codes", 0, "id"), "dear"), SetValue(("codes", 0, "was"), ["rent"])],
    ...                   where="codebook.toml"), end="")
    [[codes]]
    id = 'dear'  # the price of a stall
    label = "Rent"
    was = ["rent"]
    """
    before = tomllib.loads(text)
    places = places_in(text)
    changes = sorted(
        (change for number, edit in enumerate(edits) for change in _changes(text, places, edit, number)),
        key=lambda change: (change.start, change.end > change.start, change.number),
    )
    pieces: list[str] = []
    at = 0
    for change in changes:
        if change.start < at:
            raise _by_hand(where)
        pieces += (text[at : change.start], change.new)
        at = change.end
    new = "".join([*pieces, text[at:]])
    try:
        # Of the last [[table]] of an array, no key is left.
        emptied: dict[str, Any] = {edit.array: [] for edit in edits if isinstance(edit, RemoveTable)}
        is_so = emptied | tomllib.loads(new) == edited_data(before, edits)
    except tomllib.TOMLDecodeError:
        is_so = False
    if not is_so:
        raise _by_hand(where)
    return new


def edited_data(data: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Make changes in what a TOML file says."""
    new: dict[str, Any] = copy.deepcopy(dict(data))
    edits = list(edits)
    for edit in edits:
        if isinstance(edit, SetValue):
            _set(new, edit.place, edit.value)
    added = [edit for edit in edits if isinstance(edit, AddTable)]
    for array in dict.fromkeys(edit.array for edit in edits if not isinstance(edit, SetValue)):
        removed = {edit.number for edit in edits if isinstance(edit, RemoveTable) and edit.array == array}
        tables = list(new.get(array, ()))
        rows: list[Any] = []
        for number, table in enumerate(tables):
            rows += [] if number in removed else [table]
            rows += [dict(edit.table) for edit in added if edit.array == array and edit.behind == number]
        new[array] = rows + [dict(edit.table) for edit in added if edit.array == array and edit.behind is None]
    return new


def _set(data: Any, place: Place, value: Value | None) -> None:
    for part in place[:-1]:
        data = data.setdefault(part, {}) if isinstance(part, str) else data[part]
    if value is None:
        data.pop(place[-1], None)
    else:
        data[place[-1]] = value


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    new: str
    number: int


def _changes(text: str, places: Places, edit: Edit, number: int) -> Iterator[_Change]:
    match edit:
        case SetValue():
            yield from _set_value(text, places, edit, number)
        case AddTable():
            yield _added(text, places, edit, number)
        case RemoveTable(array, which):
            yield _Change(*_table_lines(text, places, (array, which)), "", number)


def _set_value(text: str, places: Places, edit: SetValue, number: int) -> Iterator[_Change]:
    place, value = edit.place, edit.value
    span = places.values.get(place)
    if span is None and value is None:
        return
    if value is None:
        assert span is not None  # noqa: S101
        yield _Change(*_pair_lines(text, places, place, span), "", number)
    elif span is not None:
        yield _replaced(text, places, place, span, value, number)
    elif place[:-1] in places.ends:
        at = places.ends[place[:-1]]
        pair = _pair(str(place[-1]), value)
        if place[:-1] in places.values:  # a table in one line
            yield _Change(at, at, f", {pair}" if text[at - 1] != "{" else f" {pair} ", number)
        else:
            at = _line_end(text, at)
            yield _Change(at, at, f"{_newline(text)}{pair}", number)
    else:
        yield from _begun_table(text, places, place, value, number)


def _begun_table(text: str, places: Places, place: Place, value: Value, number: int) -> Iterator[_Change]:
    """Begin the table of a key at the end of a file, or within one in one line that it belongs to."""
    outer = next((n for n in range(len(place) - 1, 0, -1) if place[:n] in places.values), 0)
    if outer:
        for part in reversed(place[outer + 1 :]):
            value = {str(part): value}
        yield from _set_value(text, places, SetValue(place[: outer + 1], value), number)
        return
    table, pairs = (place, value) if isinstance(value, Mapping) else (place[:-1], {str(place[-1]): value})
    newline, name = _newline(text), ".".join(_key(str(part)) for part in table)
    lines = [f"[{name}]", *(_pair(key, one) for key, one in pairs.items())]
    yield _Change(len(text), len(text), f"{_gap(text)}{newline.join(lines)}{newline}", number)


def _replaced(text: str, places: Places, place: Place, span: tuple[int, int], value: Value, number: int) -> _Change:
    """Write another value in the place of one; a list that only grows keeps what it has, and how that is written."""
    old = text[slice(*span)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        known = tomllib.loads(f"a = {old}")["a"]
        n = len(known)
        if isinstance(known, list) and n and list(value[:n]) == known:
            at = places.ends[place]
            return _Change(at, at, "".join(f", {toml_text(one)}" for one in value[n:]), number)
    if isinstance(value, str) and re.fullmatch(r"'[^'\n]*'", old) and not re.search(r"['\x00-\x08\n-\x1f\x7f]", value):
        return _Change(*span, f"'{value}'", number)
    return _Change(*span, toml_text(value), number)


def _added(text: str, places: Places, edit: AddTable, number: int) -> _Change:
    """Write a table behind another of its array, in the way in which that is written."""
    array = (edit.array,)
    count = sum(1 for place in places.begins if len(place) == 2 and place[0] == edit.array)
    behind = count - 1 if edit.behind is None else edit.behind
    if array in places.values:  # a list of tables, each in one line
        at = places.ends[array]
        inline = toml_text(edit.table)
        return _Change(at, at, f",{_newline(text)}  {inline}" if text[at - 1] != "[" else inline, number)
    newline = _newline(text)
    lines = [f"[[{edit.array}]]", *(_pair(name, value) for name, value in edit.table.items())]
    if count:
        at = _line_end(text, _table_end(places, (edit.array, behind)))
        return _Change(at, at, f"{newline}{newline}{newline.join(lines)}", number)
    return _Change(len(text), len(text), f"{_gap(text)}{newline.join(lines)}{newline}", number)


def _gap(text: str) -> str:
    """Return what parts a table at the end of a file from what is there."""
    newline = _newline(text)
    is_parted = not text.strip() or text.endswith(newline * 2)
    return "" if is_parted else newline if text.endswith("\n") else newline * 2


def _table_end(places: Places, table: Place) -> int:
    """Return where a table ends, with the tables that belong to it."""
    return max(end for place, end in places.ends.items() if place[: len(table)] == table)


def _table_lines(text: str, places: Places, table: Place) -> tuple[int, int]:
    """Return from where to where a table reaches, with its lines and a blank one behind it."""
    start = places.begins[table]
    if table in places.values:  # in a list: with the comma that parts it from its neighbour
        _, end = places.values[table]
        after = re.compile(r"\s*,\s*").match(text, end)
        return start, after.end() if after else end
    end = _line_end(text, _table_end(places, table))
    blank = re.compile(r"\r?\n([ \t]*\r?\n)?").match(text, end)
    return text.rfind("\n", 0, start) + 1, blank.end() if blank else end


def _pair_lines(text: str, places: Places, place: Place, span: tuple[int, int]) -> tuple[int, int]:
    """Return from where to where a key and its value reach: whole lines, or within one the comma too."""
    start, end = places.begins[place], span[1]
    if place[:-1] in places.values:
        comma = re.compile(r"\s*,").match(text, end)
        before = re.compile(r",\s*$").search(text, 0, start)
        return (start, comma.end()) if comma else (before.start() if before else start, end)
    end = _line_end(text, end)
    return text.rfind("\n", 0, start) + 1, end + (2 if text.startswith("\r\n", end) else 1)


def _pair(name: str, value: Value) -> str:
    return f"{_key(name)} = {toml_text(value)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_text(name)


def _line_end(text: str, at: int) -> int:
    """Return where the line of a place ends, before its line end."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1 : end] == "\r" and end > at else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _by_hand(where: str) -> BenangError:
    fault = "this can't be changed without changing other parts of the file"
    return BenangError(Problem(fault, where=where, way_on="Change it in a text editor."))
