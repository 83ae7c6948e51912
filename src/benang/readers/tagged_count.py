"""How many records a tagged file holds, by its separators and titles alone.

Parsing takes no part in it, and the patterns here take more for a tag than the parser does: what the parser misses
shows as a difference, which `read_tagged` tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from benang.readers.tagged_records import Grammar

_FIRST_LINES = 64  # as much of a file as the longest beginning of a record


def count_records(data: bytes, grammar: Grammar) -> int:
    """Count the records of a file.

    Every start tag is a record, and so is every end tag that ends none, and a stretch between records that holds a
    line with a tag: it tells of a record whose beginning is lost. In forms without an end tag, a second title tells of
    a further record.
    """
    found, within, at = 0, False, 0
    for begin, end, begins in _marks(data, grammar):
        if within:
            found += _further_titles(data, at, begin, grammar)
        elif not begins or grammar.looks.search(data, at, begin):
            found += 1
        found += begins
        within, at = begins, end
    if within:
        return found + _further_titles(data, at, len(data), grammar)
    return found + bool(grammar.looks.search(data, at))


def _marks(data: bytes, grammar: Grammar) -> Iterator[tuple[int, int, bool]]:
    """Give where each start tag or end tag stands, and whether it is a start tag."""
    first = grammar.marks.match(b"\n" + data[:_FIRST_LINES])
    if first:
        yield 0, first.end() - 1, first[1] is not None
    for mark in grammar.marks.finditer(data):
        yield mark.start(), mark.end(), mark[1] is not None


def _further_titles(data: bytes, at: int, end: int, grammar: Grammar) -> int:
    if not grammar.once:
        return 0
    return max(0, sum(1 for _ in grammar.once.finditer(data, at, end)) - 1)
