"""Entries of BibTeX → their fields, in two steps: the grammar of one entry, then what its fields come to.

The grammar has a parser of our own, since those there are lose entries that people do have: bibtexparser 2.1 gives up
an entry without a key or with a comma in it, a value that ends with a backslash, a line within an abstract that begins
with `@name{`, and two fields without a comma between them; BibTeX itself stops at them.

Then abbreviations are spelt out, subtitles put behind titles, and what other entries give is taken from them. BibTeX
gives an entry with a `crossref` every field that it lacks and the other one has; biblatex does so too, but for fields
that are the other's own (its `ids`, `label`, …), and makes the title of the book the `booktitle` of a part (biblatex
manual, "Inheritance" and its table of rules). Here, fields that identify or describe the book itself stay with it as
well: a chapter under the DOI of its book would be taken for the book. `xdata` names entries that hold fields for
others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from benang.locale.writing import worded
from benang.readers.bibtex_values import joined_pieces, plain
from benang.readers.latex import closing_brace, plain_closing_brace
from benang.readers.source import Remarks
from benang.readers.tables import BIBTEX_FIELDS

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


Fields = Mapping[str, str]
"""The fields of an entry as they were written, the pieces of each put together."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SUBTITLES = tuple([(f"{of}title", f"{of}subtitle") for of in ("", "book", "main", "journal", "issue")])
# Fields that, where they occur more than once, are one list; of others the first is read.
_LISTS = frozenset({"author", "editor", "keywords", "keyword", "author_keywords", "affiliation", "affiliations", "note",
                    "annote", "annotation", "url", "references", "cited_references"})  # fmt: skip
_ALSO_READ = (
    "author editor year date booktitle journal journaltitle affiliation affiliations references cited_references "
    "keywords author_keywords keywords_plus index_keywords note url"
)
_READ = {*_ALSO_READ.split(), *(name for names in BIBTEX_FIELDS.values() for name in names)}
_OTHER_FIELDS = "A field appears more than once with different values; the first was read"
_TEXT_BETWEEN = "Text between fields was not read"
_UNKNOWN = "An abbreviation that the file does not define was kept as written"
_NEVER_INHERITED = (
    "ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey xdata"
)
_OF_THE_BOOK_ITSELF = (
    "key doi url ee link urldate eprint eprinttype archiveprefix primaryclass pmid pmcid pubmed_id arxivid eid "
    "article_number art_number articleno pages page pagetotal numpages chapter type document_type abstract keywords "
    "keyword author_keywords index_keywords keywords_plus note annote annotation addendum references cited_references "
    "times_cited affiliation affiliations file timestamp unique_id orcid_numbers researcherid_numbers"
)
_TITLES = "title subtitle titleaddon shorttitle"
_OWN = frozenset(f"{_NEVER_INHERITED} {_OF_THE_BOOK_ITSELF} {_TITLES}".split())
_PERIODICALS = frozenset({"article", "suppperiodical"})
_DEEPEST = 8  # a chapter in a volume in a set in a series is three deep


def spelt_out(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, str]]]:
    """Give each entry with the abbreviations that hold at its place: a later definition counts from there on.

    One that is defined only behind the entry is known to it, too: people sort files, and BibTeX's order is lost then.
    """
    listed = list(entries)
    macros = {name: name for name in _MONTHS}
    for entry in listed:
        if entry.type == "string":
            for name, text in fields_of(entry, macros, Remarks(), 0).items():
                macros.setdefault(name, text)
    for entry in listed:
        if entry.type == "string":
            macros.update(fields_of(entry, macros, Remarks(), 0))
        else:
            yield entry, macros


def fields_of(entry: Entry, macros: Mapping[str, str], remarks: Remarks, place: int) -> dict[str, str]:
    """Return the fields of an entry with abbreviations spelt out; of one given twice the first, or all of a list."""
    fields: dict[str, str] = {}
    for name, values in entry.fields.items():
        texts: list[str] = []
        for pieces in values:
            text, unknown = joined_pieces(((piece.text, piece.word) for piece in pieces), macros)
            if unknown and name in _READ:
                remarks.habit(_UNKNOWN, place)
            if text.strip(" {}\n\t"):
                texts.append(text)
        if len(set(texts)) > 1 and name in _READ and name not in _LISTS:
            remarks.habit(_OTHER_FIELDS, place)
        if texts:
            joiner = " and " if name in ("author", "editor") else "; "
            fields[name] = joiner.join(texts) if name in _LISTS and len(texts) > 1 else texts[0]
    if entry.odd:
        remarks.habit(_TEXT_BETWEEN, place)
    return fields


def with_subtitles(fields: Fields) -> Fields:
    """Put subtitles behind their titles: BibLaTeX and Citavi have separate fields for them."""
    titles = {}
    for name, sub in _SUBTITLES:
        if name in fields and sub in fields and plain(fields[sub]) not in plain(fields[name]):
            titles[name] = f"{fields[name].rstrip(' :')}: {fields[sub]}"
    return {**fields, **titles} if titles else fields


def with_inherited(type_: str, fields: Fields, by_key: Mapping[str, Fields]) -> Fields:
    """Return an entry's fields with those that its `xdata` and its `crossref` give it; its own count first.

    Examples
    --------
    >>> book = {"author": "Misal, Eka", "title": "Whole", "year": "2017", "doi": "10.9999/whole"}
    >>> with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book})["author"]
    'Misal, Eka'
    >>> sorted(with_inherited("inbook", {"crossref": "w", "title": "Part"}, {"w": book}))
    ['author', 'booktitle', 'crossref', 'title', 'year']
    """
    if "crossref" not in fields and "xdata" not in fields:
        return fields
    whole = dict(fields)
    for shared in _named(fields, "xdata", by_key):
        whole = {**shared, **whole}
    for parent in _ancestors(whole, by_key):
        inherited = {name: value for name, value in parent.items() if name not in _OWN}
        whole = {**inherited, **_titles(type_, parent), **whole}
    return whole


def _ancestors(fields: Fields, by_key: Mapping[str, Fields]) -> Iterator[Fields]:
    """Give the entry that `crossref` names, the one that it refers to itself, and so on."""
    seen = [fields]
    while len(seen) <= _DEEPEST and (parents := _named(seen[-1], "crossref", by_key)):
        if any(parents[0] is one for one in seen):
            return
        seen.append(parents[0])
        yield parents[0]


def _named(fields: Fields, name: str, by_key: Mapping[str, Fields]) -> list[Fields]:
    keys = (plain(key).lower() for key in fields.get(name, "").split(","))
    return [by_key[key] for key in keys if key in by_key and by_key[key] is not fields]


def _titles(type_: str, parent: Fields) -> dict[str, str]:
    """Return the title of a book or journal, with its subtitle, under the names that its parts use."""
    of = "journal" if type_ in _PERIODICALS else "book"
    titles = {f"{of}{name}": parent[name] for name in ("title", "subtitle") if name in parent}
    if "booktitle" in parent:  # some write it into the book, too, for styles that do not know the rule
        titles = {"booktitle": parent["booktitle"]}
    return titles
