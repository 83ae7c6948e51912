"""Quotes as people copy them, found in a text as it was printed: over line ends, hyphens, ligatures, curly marks.

Texts are compared as a reader sees them, and a place is where the words are in the text itself. A quote that is
nowhere is answered with the passage that is most like it, and the words in which the two differ.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

LEAST_LIKE = 55
"""From how many hundredths of likeness a passage is worth showing for a quote that is nowhere."""

_LONG = 5_000
"""Characters from which on a text is taken for a document rather than a quote."""

_LINE_END = r"[^\S\n]*\n\s*"
_SPECIAL = re.compile(
    rf"(?<=\w)[-\u2010\u00ad]{_LINE_END}(?=\w)|[^\S ]\s*| \s+"
    r"|[^\x20-\x7e][^\x21-\x7e\s]*|\S(?=[^\x21-\x7e\s])[^\x21-\x7e\s]*|[`]"
)
"""What may look otherwise in a quote: a hyphen at a line's end, blanks but for a single space, and all that is not
ASCII, with its marks."""

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"), "")
_SEEN = str.maketrans(_QUOTES | _DASHES | _UNSEEN)
_LEFT_OUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,4}|\. \. \.)\s*")
_LEAST_PART, _MOST_LEFT_OUT = 8, 600
"""Letters of a part that shows where it is, and characters that may be left out between two parts."""

_EDGES = " \t\n\r'\"“”‘’«»„….,;:"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a text, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passage that is most like a quote, how much of it is alike (0 to 100), and the words that differ."""

    span: Span
    likeness: float
    words: str
    instead: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as a reader sees it, and of each of its letters where it begins and ends in the text itself."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of what is seen is in the text."""
        return Span(self.starts[start], self.ends[end - 1])


def seen(text: str) -> Seen:
    r"""Return a text as a reader sees it: composed letters, straight marks, single blanks, words whole.

    Compatibility forms (Unicode's NFKC) make ligatures their letters. A hyphen at the end of a line goes where the
    next line goes on in small letters, and stays before a capital or a figure.

    Examples
    --------
    >>> seen("the  “municipal”\nadmin-\nistration of\nPost-\nWar o\ufb03ces").text
    'the "municipal" administration of Post-War offices'
    """
    return _seen_document(text) if len(text) > _LONG else _seen_quote(text)


def _seen(text: str) -> Seen:
    parts: list[str] = []
    starts, ends = array("I"), array("I")
    at = 0
    for special in _SPECIAL.finditer(text):
        begin, end = special.span()
        _plain(text[at:begin], at, parts, starts, ends)
        for letters, first, last in _pieces(special[0], begin, text[end : end + 1]):
            parts.append(letters)
            starts.extend([first] * len(letters))
            ends.extend([last] * len(letters))
        at = end
    _plain(text[at:], at, parts, starts, ends)
    return Seen("".join(parts), starts, ends)


_seen_document, _seen_quote = lru_cache(maxsize=256)(_seen), lru_cache(maxsize=256)(_seen)
"""Each kind has a store of its own: thousands of quotes must not push out the documents they are looked for in."""


def _plain(text: str, at: int, parts: list[str], starts: array[int], ends: array[int]) -> None:
    if text:
        parts.append(text)
        starts.extend(range(at, at + len(text)))
        ends.extend(range(at + 1, at + 1 + len(text)))


def _pieces(text: str, at: int, following: str) -> Iterator[tuple[str, int, int]]:
    """Give what is seen of a special stretch, letter by letter with its marks, and where each is."""
    if text.isspace():
        yield " ", at, at + len(text)
        return
    if "\n" in text:
        yield "" if following.islower() else "-", at, at + len(text)
        return
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            piece = text[begin:end]
            shown = piece if piece.isascii() else unicodedata.normalize("NFKC", piece.translate(_SEEN)).translate(_SEEN)
            yield shown.replace("`", "'"), at + begin, at + end
            begin = end


@dataclass(frozen=True, slots=True)
class _Bare:
    """The letters and figures of what is seen, small, and at which of its places each is."""

    text: str
    places: array[int]


@lru_cache(maxsize=256)
def _bare(text: str) -> _Bare:
    parts: list[str] = []
    places = array("I")
    for at, letter in enumerate(seen(text).text):
        small = "".join(one for one in unicodedata.normalize("NFKD", letter).casefold() if one.isalnum())
        parts.append(small)
        places.extend([at] * len(small))
    return _Bare("".join(parts), places)


@lru_cache(maxsize=256)  # a sheet may have the same words in a thousand rows
def find_quote(quote: str, text: str) -> tuple[Span, ...]:
    r"""Return the places of a quote in a text, in their order; none where it is nowhere.

    It is looked for as a reader sees it. Where it does not stand so, case, punctuation, hyphens and accents make no
    difference either. Places that begin or end within a word count only where there are no others.

    Examples
    --------
    >>> text = "“The rent\ndoubled,” said a ven-\ndor. Current rent: none."
    >>> [text[one.start:one.end] for one in find_quote('"The rent doubled,"', text)]
    ['“The rent\ndoubled,”']
    >>> [text[one.start:one.end] for one in find_quote("said a vendor", text)]
    ['said a ven-\ndor']
    >>> len(find_quote("rent", text)), find_quote("The rent tripled", text)
    (2, ())
    """
    wanted = seen(quote).text.strip()
    if not wanted:
        return ()
    shown = seen(text)
    for one in dict.fromkeys((wanted, wanted.strip(_EDGES))):
        if one and (places := _whole_words(one, shown.text)):
            return tuple(shown.span(start, end) for start, end in places)
    return _bare_places(quote, text)


def _bare_places(quote: str, text: str) -> tuple[Span, ...]:
    wanted = _bare(quote).text
    if not wanted:
        return ()
    shown, bare = seen(text), _bare(text)
    bare_spans = [(bare.places[at], bare.places[at + len(wanted) - 1] + 1) for at in _places(wanted, bare.text)]
    return tuple(shown.span(start, end) for start, end in _at_edges(bare_spans, shown.text))


def parts_of(quote: str) -> tuple[str, ...]:
    """Return the parts of a quote between which words were left out, marked by an ellipsis; one part where none were.

    Examples
    --------
    >>> parts_of("“The rent doubled […] within a year…”"), parts_of("The rent doubled...")
    (('“The rent doubled', 'within a year'), ('The rent doubled',))
    """
    return tuple(part for part in _LEFT_OUT.split(quote) if part.strip(_EDGES))


def find_parts(quote: str, text: str) -> tuple[Span, ...]:
    r"""Return the stretches of a text from the first part of a quote to its last, where words were left out between.

    The parts follow each other on one page, with at most 600 characters between two of them, and each has eight
    letters or more: shorter ones stand everywhere.

    Examples
    --------
    >>> text = "The rent of a stall doubled, said nine of twelve, within a year.\fThe next page."
    >>> [text[one.start:one.end] for one in find_parts("rent of a stall … within a year", text)]
    ['rent of a stall doubled, said nine of twelve, within a year']
    >>> find_parts("rent of a stall … next page", text), find_parts("rent … year", text)
    ((), ())
    """
    parts = parts_of(quote)
    if len(parts) < 2 or any(sum(map(str.isalnum, part)) < _LEAST_PART for part in parts):
        return ()
    stretches = list(find_quote(parts[0], text))
    for part in parts[1:]:
        places = find_quote(part, text)
        stretches = [
            Span(one.start, following.end)
            for one in stretches
            for following in places
            if _follows(one, following, text) and not any(one.end <= other.start < following.start for other in places)
        ]
    return tuple(stretches)


def _follows(one: Span, following: Span, text: str) -> bool:
    between = text[one.end : following.start]
    return one.end <= following.start <= one.end + _MOST_LEFT_OUT and "\f" not in between


def _whole_words(wanted: str, text: str) -> list[tuple[int, int]]:
    return _at_edges([(at, at + len(wanted)) for at in _places(wanted, text)], text)


def _at_edges(places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Keep the places that begin and end where words do; all of them where none does."""
    whole = [one for one in places if _is_edge(text, one[0]) and _is_edge(text, one[1])]
    return whole or places


def _is_edge(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())


def _places(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def nearest_passage(quote: str, text: str) -> Nearest | None:
    """Return the passage that is most like a quote that is nowhere; None where nothing is like it.

    Likeness is the indel ratio of the quote and the best window of its length (rapidfuzz's partial ratio).

    Examples
    --------
    >>> nearest = nearest_passage("The rent tripled within a decade", "And the rent doubled within a year, they said.")
    >>> nearest.words, nearest.instead
    ('the rent doubled within a year', (('tripled', 'doubled'), ('decade', 'year')))
    """
    wanted, shown = seen(quote).text.strip(), seen(text)
    if not wanted or not shown.text.strip():
        return None
    small, whole = wanted.lower(), shown.text.lower()
    if len(whole) != len(shown.text):
        whole = shown.text
    best = fuzz.partial_ratio_alignment(small, whole, score_cutoff=LEAST_LIKE)
    if best is None:
        return None
    start, end = _to_words(shown.text, best.dest_start, best.dest_end)
    words = shown.text[start:end]
    instead = tuple(_differences(wanted.split(), words.split()))
    return Nearest(shown.span(start, end), round(best.score, 1), words, instead)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole words, and leave off the blanks and marks at its ends."""
    while start and not _is_edge(text, start):
        start -= 1
    while end < len(text) and not _is_edge(text, end):
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _differences(wanted: list[str], there: list[str]) -> Iterator[tuple[str, str]]:
    ours, theirs = ([word.strip(_EDGES).casefold() for word in words] for words in (wanted, there))
    for kind, i, j, k, m in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield " ".join(wanted[i:j]).strip(_EDGES), " ".join(there[k:m]).strip(_EDGES)


def surroundings(text: str, span: Span, length: int = 32) -> tuple[str, str]:
    """Return what is before and behind a place, as W3C's TextQuoteSelector keeps it (prefix, suffix).

    Examples
    --------
    >>> surroundings("In the north prices rose.", Span(13, 24), 6)
    ('north ', '.')
    """
    return text[max(span.start - length, 0) : span.start], text[span.end : span.end + length]


def chosen_by_surroundings(text: str, spans: Iterable[Span], before: str, after: str) -> Span | None:
    """Return of several places the one whose surroundings are most like those that were kept; None where two are.

    Examples
    --------
    >>> text = "In the north prices rose. At the harbour prices rose."
    >>> chosen_by_surroundings(text, find_quote("prices rose", text), "At the  harbor ", "")
    Span(start=41, end=52)
    """
    scored = sorted(((_alike(text, span, before, after), span) for span in spans), key=lambda one: (-one[0], one[1]))
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 1):
        return None
    return scored[0][1]


def _alike(text: str, span: Span, before: str, after: str) -> float:
    own = surroundings(text, span, max(len(before), len(after)))
    pairs = [(kept, there) for kept, there in zip((before, after), own, strict=True) if kept.strip()]
    return sum(fuzz.ratio(seen(kept).text, seen(there).text) for kept, there in pairs) / max(len(pairs), 1)
