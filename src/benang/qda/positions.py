"""How a file counts the positions of passages in a text, found out from what its selections are called.

REFI-QDA 1.0 (§ 10.2) counts characters in Unicode code points from 0. Programs differ in whether the byte order mark of
a text file and the CR of a line end count, whether a character beyond U+FFFF counts as two (UTF-16), and whether the
end is the last character of a passage or the one behind it. Selections are mostly named by their words: the convention
is taken under which most selections have the words that they are named by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from benang.locale.writing import Worded, joined, worded

_MARK = "\ufeff"
_CUT = ("…", "...")
_WORD = re.compile(r"\w")
_FEW = 200
"""Selections of a text that are looked at, so that texts with thousands take no longer."""
_ONE_PER_LINE_END, _TWO_PER_LINE_END = ("atlas",), ("maxqda", "nvivo")
"""Words in a file's origin that say how its program counts CR LF in its own files (as their users report)."""


class Convention(NamedTuple):
    """One way to count positions; each part is False in the way that Benang itself counts."""

    is_mark_counted: bool = False
    is_line_end_two: bool = False
    is_utf16: bool = False
    is_end_inclusive: bool = False


class Span(NamedTuple):
    """A selection as a file gives it: two positions, and what it is called."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class RawText:
    r"""A text as it is in a file, with its byte order mark and its line ends.

    Examples
    --------
    >>> RawText("\ufeffRent\r\nrose").text
    'Rent\nrose'
    """

    raw: str

    @cached_property
    def text(self) -> str:
        """The text with LF as its line ends and without the mark."""
        return self.raw.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def conventions(self) -> tuple[Convention, ...]:
        """The conventions that make a difference in this text, the more usual ones first."""
        marked = (False, True) if self.raw.startswith(_MARK) else (False,)
        ends = (False, True) if "\n" in self.text else (False,)
        wide = (False, True) if self.text and max(self.text) > "\uffff" else (False,)
        every = (Convention(*parts) for parts in product(marked, ends, wide, (False, True)))
        return tuple(sorted(every, key=self._unusual))

    def _unusual(self, convention: Convention) -> tuple[int, bool, bool, bool, bool]:
        """Order conventions: those first that count the file as it is, in code points up to the end."""
        mark, is_two, wide, inclusive = convention
        is_odd = is_two != ("\r\n" in self.raw)
        return mark + is_odd + wide + inclusive, wide, inclusive, mark, is_odd

    @cached_property
    def double_ends(self) -> npt.NDArray[np.int64]:
        """The places in `text` of line ends that are CR LF; of all, where the file has none: its program may have."""
        raw = self.raw.removeprefix(_MARK)
        if "\r\n" not in raw:
            return np.array([at.start() for at in re.finditer("\n", self.text)], dtype=np.int64)
        return np.array([at.start() - before for before, at in enumerate(re.finditer("\r\n", raw))], dtype=np.int64)


class Places:
    r"""Positions of a text under a convention, and where they are in `RawText.text`.

    Examples
    --------
    >>> raw = RawText("\ufeffRent\r\nrose")
    >>> Places(raw, Convention(True, True)).of(Span(7, 11)), Places(raw, Convention()).of(Span(5, 12))
    ((5, 9), None)
    """

    def __init__(self, raw: RawText, convention: Convention) -> None:
        points = np.frombuffer(raw.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        widths = np.ones(len(points), dtype=np.int64)
        if convention.is_utf16:
            widths += points > 0xFFFF
        if convention.is_line_end_two:
            widths[raw.double_ends] += 1
        self._starts = np.concatenate(([0], np.cumsum(widths))) + int(convention.is_mark_counted)
        self._behind = int(convention.is_end_inclusive)

    def of(self, span: Span) -> tuple[int, int] | None:
        """Return the half-open offsets of a selection; None where they are not in the text, or empty.

        A position within a character counts for the whole character.
        """
        starts, end = self._starts, span.end + self._behind
        if not starts[0] <= span.start < end <= starts[-1]:
            return None
        first = int(np.searchsorted(starts, span.start, side="right")) - 1
        return first, int(np.searchsorted(starts, end, side="left"))


class _Votes(NamedTuple):
    """How well a convention fits selections.

    So many have the words of their name, exactly or but for white space, and of these so many begin with a letter or
    sign; so many lie outside the text, and so many begin or end within a word.
    """

    exact: int = 0
    alike: int = 0
    at_words: int = 0
    lost: int = 0
    cut_words: int = 0

    @property
    def weight(self) -> tuple[int, int, int]:
        return self.exact + self.alike, self.exact, self.at_words

    def plus(self, other: _Votes) -> _Votes:
        return _Votes(*(a + b for a, b in zip(self, other, strict=True)))


_Ballot = Mapping[Convention, _Votes]


def conventions_of(texts: Sequence[tuple[RawText, Sequence[Span]]], origin: str = "") -> tuple[Convention, ...]:
    r"""Find out how each text of a file counts positions.

    A selection votes for the conventions under which it has the words of its name: exactly, or but for white space,
    and as far as the name goes where it was cut (`…`). Where a text has no such votes or a draw, the votes of all texts
    of the file decide, then how many selections would lie outside the text, or begin or end within a word, then what is
    known of the program, then what is more usual.

    Parameters
    ----------
    texts
        Each text with its selections; those that are empty or turned round say nothing.
    origin
        The program that wrote the file, as the file names it.

    Examples
    --------
    >>> text = RawText("The rent rose, and the permit came late.")
    >>> conventions_of([(text, [Span(4, 13, "rent rose"), Span(4, 11, "my thought")])])[0].is_end_inclusive
    False
    >>> conventions_of([(text, [Span(4, 12, "rent rose"), Span(23, 28, "permit")])])[0].is_end_inclusive
    True
    """
    ballots = [_ballot(raw, spans) for raw, spans in texts]
    every = _together(ballots)
    return tuple(_chosen(raw, ballot, every, origin) for (raw, _), ballot in zip(texts, ballots, strict=True))


def _chosen(raw: RawText, own: _Ballot, every: _Ballot, origin: str) -> Convention:
    most = max(votes.weight for votes in own.values())
    best = [one for one in raw.conventions if own[one].weight == most]

    def rank(one: Convention) -> tuple[int, ...]:
        votes = every[one]
        is_guess = one.is_line_end_two and "\r\n" not in raw.raw and not votes.alike
        return -votes.exact - votes.alike, votes.lost, is_guess, votes.cut_words, not _is_known(one, raw, origin)

    return min(best, key=rank)  # of equals the first, which is the most usual


def _together(ballots: Sequence[_Ballot]) -> _Ballot:
    """Add the votes of all texts; a text votes alike for conventions that make no difference in it."""
    sums: dict[Convention, _Votes] = {}
    for parts in product((False, True), repeat=4):
        one, votes = Convention(*parts), _Votes()
        for ballot in ballots:
            votes = votes.plus(ballot[max(ballot, key=lambda other: _likeness(one, other))])
        sums[one] = votes
    return sums


def _likeness(one: Convention, other: Convention) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def _is_known(one: Convention, raw: RawText, origin: str) -> bool:
    """Tell whether a convention is that of the program, as far as it is known how that counts CR LF."""
    name = origin.casefold()
    programs = _TWO_PER_LINE_END if one.is_line_end_two else _ONE_PER_LINE_END
    return "\r\n" in raw.raw and any(word in name for word in programs)


def _ballot(raw: RawText, spans: Sequence[Span]) -> _Ballot:
    named = [one for one in spans if one.name.strip() and 0 <= one.start <= one.end]  # one character may be named
    asked = named[:_FEW] or [one for one in spans if 0 <= one.start < one.end][:_FEW]
    if not asked:
        return dict.fromkeys(raw.conventions, _Votes())
    return {convention: _votes(raw.text, asked, Places(raw, convention)) for convention in raw.conventions}


def _votes(text: str, spans: Iterable[Span], places: Places) -> _Votes:
    votes = _Votes()
    for span in spans:
        place = places.of(span)
        if place is None:
            votes = votes.plus(_Votes(lost=int(span.start < span.end)))
            continue
        words = text[slice(*place)]
        is_alike = is_named(span.name, words)
        cut = sum(_is_within_word(text, at) for at in place)
        votes = votes.plus(_Votes(span.name == words, is_alike, is_alike and not words[0].isspace(), 0, cut))
    return votes


def is_named(name: str, words: str) -> bool:
    r"""Tell whether a selection is named by its words, but for white space; by their beginning where the name was cut.

    Examples
    --------
    >>> is_named("no budget\tline", "no budget\n line"), is_named("no bud…", "no budget line"), is_named("Mayor", "no")
    (True, True, False)
    """
    bare, whole = "".join(name.split()), "".join(words.split())
    if not bare:
        return False
    if bare == whole:
        return True
    beginning = next((bare.removesuffix(mark) for mark in _CUT if bare.endswith(mark)), "")
    return bool(beginning) and whole.startswith(beginning)


def _is_within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and bool(_WORD.match(text[at - 1])) and bool(_WORD.match(text[at]))


def way_of(convention: Convention, raw: RawText) -> Worded:
    r"""Say how positions are counted in a text, as far as there are several ways to in it.

    Examples
    --------
    >>> print(way_of(Convention(is_line_end_two=True), RawText("Rent\r\nrose")))
    code points, end exclusive, CR LF counted as two characters
    """
    parts = [worded("UTF-16 units") if convention.is_utf16 else worded("code points")]
    parts.append(worded("end inclusive") if convention.is_end_inclusive else worded("end exclusive"))
    if convention.is_line_end_two:
        parts.append(worded("CR LF counted as two characters"))
    elif "\r\n" in raw.raw:
        parts.append(worded("CR LF counted as one character"))
    if raw.raw.startswith(_MARK):
        is_counted = convention.is_mark_counted
        parts.append(worded("byte order mark counted") if is_counted else worded("byte order mark not counted"))
    return joined(parts)


def convention_words(ways: Iterable[Worded], named: int, matching: int) -> str:
    """Say how a file counts positions, and how many of the named selections have the words that they are named by."""
    counts = Counter(ways)
    if not counts:
        return ""
    in_order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    several = [worded("{way} (sources: {n})", way=one, n=n) for one, n in in_order]
    every = joined(several, "; ") if len(in_order) > 1 else in_order[0][0]
    if not named:
        return worded("{ways}; no selection is named by its words", ways=every)
    return worded(
        "{ways}; selections that have the words of their name: {n} of {all}", ways=every, n=matching, all=named
    )
