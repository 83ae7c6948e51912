"""The sentences of a document with their places: what a passage is shown in, and what is read one after the other."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from functools import lru_cache

from benang.coding.quotes import Span
from benang.project.documents import body_start
from benang.terms.sentences import SHORTENED

_END = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*+[)\"'”’\]]*+(?=\s)|(?=\n[^\S\n]*\n)|(?=\f)")
"""Marks at the end of a sentence, an empty line, a page's end. A line's end alone is none: papers are set in lines."""
_LONGEST = 1_000
"""Characters of what is shown at most: a list of references or a table has no sentences."""


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Span, ...]:
    r"""Return the sentences of a document in their order, without the blanks around them and its heading.

    A full stop ends none behind what is shortened (*Prof.*, *dkk.*) or before a small letter.

    Examples
    --------
    >>> text = "Rents rose, says Prof. Sari.\nBut\nwhere? Here\n\nNo end"
    >>> [text[one.start:one.end] for one in sentences(text)]
    ['Rents rose, says Prof. Sari.', 'But\nwhere?', 'Here', 'No end']
    """
    spans: list[Span] = []
    begin = body_start(text)
    for match in _END.finditer(text, begin):
        if match[0].startswith(".") and _goes_on(text, begin, match.start(), match.end()):
            continue
        spans += _bare(text, begin, match.end())
        begin = match.end()
    return (*spans, *_bare(text, begin, len(text)))


def _goes_on(text: str, begin: int, stop: int, end: int) -> bool:
    following = text[end : end + 40].lstrip()[:1]
    return following.islower() or SHORTENED.search(text[max(begin, stop - 12) : stop]) is not None


def _bare(text: str, begin: int, end: int) -> list[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return [Span(begin, end)] if begin < end else []


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence that a passage stands in, or all that it stands in; of a very long one what is near it.

    Examples
    --------
    >>> text = "One is here. Two is there. Three."
    >>> around = sentence_around(text, Span(17, 19))
    >>> text[around.start:around.end]
    'Two is there.'
    """
    every = sentences(text)
    first = max(bisect.bisect_right(every, span.start, key=lambda one: one.start) - 1, 0)
    last = max(bisect.bisect_left(every, span.end, key=lambda one: one.start) - 1, first)
    around = _joined(every, first, last, span)
    if around.end - around.start <= _LONGEST:
        return around
    margin = max((_LONGEST - (span.end - span.start)) // 2, 0)
    start, end = max(around.start, span.start - margin), min(around.end, span.end + margin)
    return Span(min(start, span.start), max(end, span.end))


def _joined(every: Sequence[Span], first: int, last: int, span: Span) -> Span:
    if not every:
        return span
    return Span(min(every[first].start, span.start), max(every[last].end, span.end))
