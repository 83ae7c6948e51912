"""The entries of a BibTeX file: where each begins and ends, its fields, and text between them that looks like one.

The grammar has a parser of our own, since those there are lose entries that people do have: bibtexparser 2.1 gives up
an entry without a key or with a comma in it, a value that ends with a backslash, a line within an abstract that begins
with `@name{`, and two fields without a comma between them; BibTeX itself stops at them.

BibTeX calls all text between entries a comment. So an entry whose beginning the grammar does not know would vanish
without a word: lines that begin with an @, and lines with a field, are looked for there by patterns of their own. An
entry is lost only where its braces or quotation marks do not pair, and then it is named. Time grows with the length of
the text whatever it holds: each brace is looked at a fixed number of times, and nothing is recursive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from benang.locale.writing import worded
from benang.readers.latex import closing_brace, plain_closing_brace

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


# BibTeX takes any letter, digit or sign for a type but those that it needs itself; Mendeley writes `@web_page{`.
_BEGIN = re.compile(r"@[ \t]*([^\s@{}(),=\"#%'\\]{1,80})\s*([{(])")
_OF_ADDRESS = re.compile(r"[\w.+-]")  # before the @ of an e-mail address
# What distinguishes an entry from a word with an @ before it: a key and a comma, or no key, then a field with its sign.
_FIRST_FIELD = re.compile(r"(?:[^=\n{}\"@,]{0,100}+,){0,4}+\s*+(?:%[^\n]*+\n\s*+){0,9}+[^=,{}\"@\n]{1,60}+=")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_ROUND = re.compile(r"\\.|[{}\"()]", re.DOTALL)
_NO_ENTRY = frozenset({"comment", "string", "preamble"})
# An @ at the beginning of a line, or one with a word and a brace behind it that is no e-mail address.
_SEEMS_TO_BEGIN = re.compile(r"^[ \t]*@[ \t]*[^\s@]|(?<![\w.+-])@[ \t]*[^\s@(){},]{1,200}[ \t]*\{", re.MULTILINE)
_SEEMS_A_FIELD = re.compile(
    r"^[ \t]*(?:[A-Za-z][\w-]{0,40}[ \t]*\{[^\n{}=]{0,200},[ \t]*$|[A-Za-z][\w -]{0,40}=[ \t]*[{\"])", re.MULTILINE
)

LONGEST = 64_000_000
"""Letters of an entry: no publication has as many, and to take apart millions of braces takes all memory there is."""
DEEPEST = 1_000_000
TOO_LONG = worded("it has more than {n:,} characters, which no entry has; its braces may be unbalanced", n=LONGEST)
CUT = "the file ends in the middle of this entry"
UNPAIRED = "its braces are unbalanced, so its end can't be found"
NO_TYPE = worded("the line begins with @ like an entry, but no type and brace follow (@article{{)")
NO_BEGINNING = worded(
    "fields outside all entries: their first line (@article{{key,) is missing, or the entry before them ends too early"
)


@dataclass(frozen=True, slots=True)
class _Begin:
    at: int
    type: str
    opens: int
    round: bool
    at_line_start: bool
    looks_like_one: bool


@dataclass(frozen=True, slots=True)
class LostEntry:
    """Where what looks like an entry begins, and why it can't be read."""

    at: int
    reason: str


def looks_like_bibtex(head: str) -> bool:
    r"""Recognise BibTeX by a line that begins an entry.

    Examples
    --------
    >>> looks_like_bibtex("% mine\n@article{a2020,\n  title = {x}"), looks_like_bibtex("TI  - @home (a)")
    (True, False)
    """
    return any(begin.at_line_start and (begin.looks_like_one or begin.type in _NO_ENTRY) for begin in _begins(head))


def entries_of(text: str) -> Iterator[Entry]:
    r"""Give the entries of a file in their order, those that are broken included; of `@string`, too.

    An entry begins with `@type{` or `@type(` at the start of a line, or elsewhere where a field follows. What stands in
    a value of an entry that is whole begins none. A broken one ends where the next begins. What stands between them and
    looks like an entry all the same (`lost_entries`) is given as a broken one.

    Examples
    --------
    >>> text = '@article{a, title = {T {b}}, year = 2020}\n@book{b, title = {x {y}\n}\n@misc{c, a={b}}'
    >>> for entry in entries_of(text):
    ...     print(entry.line, entry.type, entry.broken or [entry.key, *entry.fields])
    1 article ['a', 'title', 'year']
    2 book its braces are unbalanced, so its end can't be found
    4 misc ['c', 'a']
    """
    begins = list(_begins(text))
    pairs = cache(partial(_closing, text, {begin.opens for begin in begins if not begin.round}))
    likely = _next_where([begin.looks_like_one and begin.type != "comment" for begin in begins])
    any_ = _next_where([begin.looks_like_one or begin.at_line_start for begin in begins])
    line, counted, free_from, read_to = 1, 0, 0, 0
    for number, begin in enumerate(begins):
        if begin.at < free_from or not (begin.at_line_start or begin.looks_like_one):
            continue
        for lost in lost_entries(text, read_to, begin.at):
            line, counted = line + text.count("\n", counted, lost.at), lost.at
            yield Entry("", line, broken=lost.reason)
        line, counted = line + text.count("\n", counted, begin.at), begin.at
        near, last = (begins[n].at if (n := which[number + 1]) < len(begins) else len(text) for which in (any_, likely))
        end = _end(text, begin, near, last, pairs)
        free_from = end + 1 if end >= 0 else begin.opens
        read_to = end + 1 if end >= 0 else near
        if begin.type in ("comment", "preamble"):
            continue
        if end - begin.at > LONGEST:
            yield Entry(begin.type, line, broken=TOO_LONG)
        elif end >= 0:
            yield parsed_entry(text, begin.opens, end, type_=begin.type, line=line)
        elif begin.type != "string":
            yield Entry(begin.type, line, broken=CUT if near == len(text) else UNPAIRED)
    for lost in lost_entries(text, read_to, len(text)):
        line, counted = line + text.count("\n", counted, lost.at), lost.at
        yield Entry("", line, broken=lost.reason)


def lost_entries(text: str, start: int, end: int) -> Iterator[LostEntry]:
    r"""Give what looks like an entry in a stretch of text between entries.

    Fields belong to the line with an @ before them; those that have none are one entry.

    Examples
    --------
    >>> text = "Made by hand.\n title = {Kota},\n year = 2020}\n@article\n title = {Desa}\n% @misc{a, title={b}}\n"
    >>> [(lost.at, lost.reason[:22]) for lost in lost_entries(text, 0, len(text))]
    [(14, 'fields outside all ent'), (45, 'the line begins with @')]
    """
    if "@" not in text[start:end] and "=" not in text[start:end]:
        return
    begins = [
        match.start() for match in _SEEMS_TO_BEGIN.finditer(text, start, end) if not _commented(text, match.start())
    ]
    field = _SEEMS_A_FIELD.search(text, start, begins[0] if begins else end)
    if field:
        yield LostEntry(field.start(), NO_BEGINNING)
    for at in begins:
        yield LostEntry(at, NO_TYPE)


def _commented(text: str, at: int) -> bool:
    line_start = text.rfind("\n", max(0, at - 200), at) + 1
    return text[line_start:at].lstrip().startswith("%")


def _begins(text: str) -> Iterator[_Begin]:
    for match in _BEGIN.finditer(text):
        line_start = text.rfind("\n", max(0, match.start() - 200), match.start()) + 1
        before = text[max(line_start, match.start() - 200) : match.start()]
        if before.lstrip().startswith("%"):
            continue
        type_ = match[1].lower()
        in_address = bool(before) and bool(_OF_ADDRESS.match(before[-1]))
        yield _Begin(
            match.start(),
            type_,
            match.end(),
            match[2] == "(",
            not before.strip(),
            not in_address and bool(_FIRST_FIELD.match(text, match.end())),
        )


def _closing(text: str, opens: set[int]) -> dict[int, int]:
    """Pair the braces of the whole text, and return where those that begin entries are closed."""
    stack: list[int] = []
    deeper = 0  # braces that are counted but not stored: millions of them would exhaust the memory
    closing: dict[int, int] = {}
    for match in _BRACE.finditer(text):
        brace = match[0]
        if brace == "{":
            if len(stack) < DEEPEST:
                stack.append(match.end())
            else:
                deeper += 1
        elif brace == "}" and deeper:
            deeper -= 1
        elif brace == "}" and stack:
            opened = stack.pop()
            if opened in opens:
                closing[opened] = match.start()
    return closing


def _next_where(holds: list[bool]) -> list[int]:
    """Return, for each place and one more, the next place from there on for which it holds."""
    next_places = [len(holds)] * (len(holds) + 2)
    for place in range(len(holds) - 1, -1, -1):
        next_places[place] = place if holds[place] else next_places[place + 1]
    return next_places


def _end(text: str, begin: _Begin, near: int, last: int, pairs: Callable[[], Mapping[int, int]]) -> int:
    """Return where an entry ends, or −1: before what may be the next one (`near`), as nearly all do, or farther off.

    The braces of the whole text are paired only for the sake of these: each on its own would go over the rest again.
    """
    if begin.round:
        return _round_end(text, begin.opens, near)
    closed = closing_brace(text, begin.opens, near)
    if closed < 0 and (near < last or begin.type == "comment"):
        closed = pairs().get(begin.opens, -1)
    if 0 <= closed < last or (closed >= 0 and begin.type == "comment"):
        return closed
    return plain_closing_brace(text, begin.opens, near)


def _round_end(text: str, start: int, last: int) -> int:
    depth, quoted = 0, False
    for match in _ROUND.finditer(text, start, last):
        mark = match[0]
        if mark in "{}":
            depth += 1 if mark == "{" else -1
        elif mark == '"' and not depth:
            quoted = not quoted
        elif mark == ")" and not depth and not quoted:
            return match.start()
    return -1
