"""The place of a key, a table or an item of a list in a TOML file: its line, and from where to where it reaches.

Also where a file that is no TOML has curly quotation marks in place of straight ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Place = tuple[str | int, ...]
"""The place of a value in a file: keys, and numbers of list items from 0."""

# Tokens of TOML 1.0. A string in three quotation marks may end with two more of them, which belong to it.
TOKEN = re.compile(
    r"""(?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"\"{0,2}|'''.*?''''{0,2}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
    r"""|(?P<comment>\#[^\n]*)|(?P<end>\n)|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.\#"']+)""",
    re.DOTALL,
)
"""The tokens of TOML: strings, comments, ends of lines, marks, and all else."""
# Marks that word processors and keyboards of phones put in the place of " and '. Outside strings and comments TOML has
# no use for them. A text in them ends where a value or a key does, so that it may itself quote and have apostrophes;
# it is looked for over 500 characters, so that a line of many marks is read in linear time.
_DOUBLE, _SINGLE, _VALUE_ENDS = "“”„‟«»", "‘’‚‛‹›", r"(?=[^\S\n]*(?:[,\]}=\#\r\n]|\Z))"
_CURLY = re.compile(
    rf"""(?P<curly>[{_DOUBLE}][^\n]{{0,499}}?[{_DOUBLE}"]{_VALUE_ENDS}|[{_SINGLE}][^\n]{{0,499}}?[{_SINGLE}']{_VALUE_ENDS})"""
    rf"""|{TOKEN.pattern}"""
    rf"""|(?P<half>"[^"\n{_DOUBLE}]*[{_DOUBLE}]{_VALUE_ENDS}|'[^'\n{_SINGLE}]*[{_SINGLE}]{_VALUE_ENDS})"""
    r"""|(?P<unclosed>["'][^\n]*)""",
    re.DOTALL,
)
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
class CurlyQuotes:
    """Curly quotation marks, their line (from 1), and their text in straight ones, "" where no end of it is seen."""

    line: int
    marks: str
    straight: str


def curly_quotes(text: str) -> list[CurlyQuotes]:
    r"""List the texts in curly quotation marks where TOML wants straight ones, the first of each line.

    Within strings and comments they are letters like others.

    Examples
    --------
    >>> curly_quotes('a = "the “old” town"  # “so”\nb = [“one”, “two”]\n')
    [CurlyQuotes(line=2, marks='“ ”', straight='"one"')]
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    quotes: dict[int, CurlyQuotes] = {}
    for match in _CURLY.finditer(text):
        piece, line = match.group(), bisect_left(ends, match.start()) + 1
        if match.lastgroup in ("curly", "half"):
            straight = '"' + re.sub(r'(?<!\\)"', r"\"", piece[1:-1]) + '"'
            quotes.setdefault(line, CurlyQuotes(line, f"{piece[0]} {piece[-1]}", straight))
        elif match.lastgroup == "bare" and (marks := [one for one in piece if one in _DOUBLE + _SINGLE]):
            quotes.setdefault(line, CurlyQuotes(line, " ".join(marks), ""))
    return list(quotes.values())


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
