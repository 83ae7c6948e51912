"""The grammar of an entry of BibTeX: its key, and its fields as they were written.

A parser of our own, since those there are lose entries that people do have: bibtexparser 2.1 gives up an entry without
a key or with a comma in it, a value that ends with a backslash, a line within an abstract that begins with `@name{`,
and two fields without a comma between them; BibTeX itself stops at them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from benang.locale.writing import worded

_PLAIN_BRACE = re.compile(r"[{}]")
_QUOTED = re.compile(r"\\.|[{}\"]", re.DOTALL)
_NAME = re.compile(r"([^=,{}\"#]+)=\s*")
_UP_TO_COMMA = re.compile(r"[^,{}\"=]*")
_WORD = re.compile(r"[^\s,#{}\"=]+")
_BETWEEN = re.compile(r"(?:[\s,]++|%[^\n]*+)*")  # some put a field out of use with a %
_JOINER = re.compile(r"\s*#\s*")
_SPACES = re.compile(r"[\s_-]+")
_FIRST_NAMES = (" title", " author", " year", " journal", " booktitle", " editor")


class Piece(NamedTuple):
    """One piece of a value: the `text` between braces or quotation marks, or a bare word or abbreviation."""

    text: str
    word: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `fields` by their names in small letters, words joined with `_`, each with all values it is given.

    `broken` says why it can't be read; `odd` is text between the fields that is none.
    """

    type: str
    line: int
    key: str = ""
    fields: Mapping[str, list[tuple[Piece, ...]]] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    broken: str = ""


def parsed_entry(text: str, at: int, end: int, *, type_: str, line: int) -> Entry:
    """Return an entry from the text between the mark that opens it and the one that closes it."""
    is_string = type_ == "string"
    key, at = ("", at) if is_string else _key(text, at, end)
    fields: dict[str, list[tuple[Piece, ...]]] = {}
    odd: list[str] = []
    while (at := _past(_BETWEEN, text, at, end)) < end:
        named = _NAME.match(text, at, end)
        if not named:
            until = max(_past(_UP_TO_COMMA, text, at, end), at + 1)
            odd.append(text[at : until + 1].strip(" \t\n,"))
            at = until
            continue
        name = named[1].strip()
        if not (key or fields or is_string):
            key, name = _key_before(name)
        pieces, at, paired = _value(text, named.end(), end)
        # The name of an abbreviation is taken as it is: `inv-lett` is used under that name.
        name = name.lower() if is_string else _SPACES.sub("_", name.strip()).lower()
        if not paired:
            return Entry(
                type_, line, key, broken=worded("the quotation marks of its field '{name}' are unbalanced", name=name)
            )
        fields.setdefault(name, []).append(pieces)
    return Entry(type_, line, key, fields, tuple(filter(None, odd)))


def closing_brace(text: str, at: int, end: int) -> int:
    r"""Return where the group that is open at `at` closes, or −1 where it does not before `end`.

    Text between braces is skipped by `find` and `count`, and each letter is looked at a fixed number of times.

    Examples
    --------
    >>> closing_brace("{a {b} c} {d}", 1, 13), closing_brace(r"{a \} b}", 1, 8), closing_brace("{a {b}", 1, 6)
    (8, 7, -1)
    """
    depth = 1
    while (close := text.find("}", at, end)) >= 0:
        while (escape := text.find("\\", at, close)) >= 0:
            depth += text.count("{", at, escape)
            at = escape + 2
        if at <= close:
            depth += text.count("{", at, close) - 1
            if not depth:
                return close
            at = close + 1
    return -1


def plain_closing_brace(text: str, at: int, end: int) -> int:
    r"""Return where a group closes if `\{` and `\}` are braces, as BibTeX itself counts them; −1 where it does not."""
    depth = 1
    for match in _PLAIN_BRACE.finditer(text, at, end):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return -1


def _key(text: str, at: int, end: int) -> tuple[str, int]:
    """Return the key, which may hold commas and blanks, and where the fields begin; there may be none."""
    start = at
    while at < end:
        until = _past(_UP_TO_COMMA, text, at, end)
        if until < end and text[until] == "=":
            break  # this is the first field
        at = until + 1
        if until < end and text[until] != ",":
            at = until
            break
    at = min(at, end)
    return " ".join(text[start:at].strip().strip(",").split()), at


def _key_before(named: str) -> tuple[str, str]:
    """Part a key from the first field where the comma between them is missing: by the line end, or a field's name."""
    before, _, name = named.rpartition("\n")
    if not before and named.lower().endswith(_FIRST_NAMES):
        before, _, name = named.rpartition(" ")
    return " ".join(before.split()), name


def _past(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    match = pattern.match(text, at, end)
    return match.end() if match else at


def _value(text: str, at: int, end: int) -> tuple[tuple[Piece, ...], int, bool]:
    """Return the pieces of a value that begins at `at`, where it ends, and whether its marks pair."""
    pieces: list[Piece] = []
    while at < end:
        mark = text[at]
        if mark in '{"':
            close = _brace_end(text, at + 1, end) if mark == "{" else _quote_end(text, at + 1, end)
            if close < 0:
                return (), end, False
            pieces.append(Piece(text[at + 1 : close]))
            at = close + 1
        elif word := _WORD.match(text, at, end):
            pieces.append(Piece(word[0], word=True))
            at = word.end()
        else:
            break
        joiner = _JOINER.match(text, at, end)
        if not joiner:
            break
        at = joiner.end()
    return tuple(pieces), at, True


def _brace_end(text: str, at: int, end: int) -> int:
    closed = closing_brace(text, at, end)
    return closed if closed >= 0 else plain_closing_brace(text, at, end)


def _quote_end(text: str, at: int, end: int) -> int:
    depth = 0
    for match in _QUOTED.finditer(text, at, end):
        mark = match[0]
        if mark == '"' and depth <= 0:
            return match.start()
        if mark in "{}":
            depth += 1 if mark == "{" else -1
    return -1
