"""TOML files that people write, changed where they must be: comments, order, quotation marks and line ends stay."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benang.errors import BenangError, Problem
from benang.project.toml_lines import Place, Places, places_in

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Value = str | bool | int | Sequence["Value"] | Mapping[str, "Value"]


class Verbatim(str):
    """A text that is written as it is, between three apostrophes where it has several lines: a query, say."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SetValue:
    """Give a key, or an item of a list, a value: another one, or its first; None takes the key away."""

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
        data = data[part]
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
    gap = "" if not text.strip() else newline if text.endswith("\n") else newline * 2
    return _Change(len(text), len(text), f"{gap}{newline.join(lines)}{newline}", number)


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
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_text(name)
    return f"{key} = {toml_text(value)}"


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
