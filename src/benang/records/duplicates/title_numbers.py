"""The numbers of a title, however they are written: 3 dogs and three dogs, the 21st and the twenty-first century.

Digits, Roman numerals, counted parts and editions distinguish works. A number in words (English, Indonesian) is the
same as one in digits, but its absence tells nothing: a subtitle in *two* cities is often left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_DIGITS = re.compile(r"[0-9]+")
_ORDINAL = re.compile(r"([0-9]+)(?:st|nd|rd|th)")
_ROMAN = re.compile(r"(?:x{0,2})(?:ix|iv|v?i{0,3})")
_SERIAL_WORDS = (
    "part parts pt volume vol phase book chapter section study paper experiment stage no number bagian bab jilid tahap "
    "seri teil band partie tome parte type grade class level"
)
_SERIAL = frozenset(_SERIAL_WORDS.split())
_EDITION = frozenset(("edition", "ed", "edn", "edisi", "cetakan", "auflage"))
_LETTER_PARTS = frozenset("abcdefgh")


def _numbered(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    return {word: first + step * at for at, word in enumerate(words.split())}


_UNITS = (
    _numbered("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
              "seventeen eighteen nineteen")
    | _numbered("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas")
)  # fmt: skip
_UNIT_ORDINALS = (
    _numbered("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
              "fifteenth sixteenth seventeenth eighteenth nineteenth")
    | _numbered("pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh kesebelas")
)  # fmt: skip
_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_TENS_ORDINALS = _numbered("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10)
_BEGIN = frozenset((*_UNITS, *_UNIT_ORDINALS, *_TENS, *_TENS_ORDINALS, "seratus", "seribu"))
_NUMBERED = _BEGIN | _SERIAL | _EDITION
_FIGURES = re.compile(r"[0-9]|(?:^| )[ivx]{1,6}(?: |$)")


@dataclass(frozen=True, slots=True)
class TitleNumbers:
    """The numbers of a title.

    `words` are the title's words with every number in digits (ordinals end in `th`); `written` the numbers in digits,
    in Roman numerals and of counted parts and editions, sorted; `spelt` those in words, sorted.
    """

    words: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()


NONE = TitleNumbers()


def title_numbers(words: Sequence[str]) -> TitleNumbers:
    """Find the numbers among the words of a title, which come in lower case.

    Examples
    --------
    >>> title_numbers("part ii in twenty one dogs".split())
    TitleNumbers(words=('part', '2', 'in', '21', 'dogs'), written=('2',), spelt=('21',))
    >>> [" ".join(title_numbers(title.split()).words) for title in ("abad kedua puluh satu", "abad ke 21", "21st")]
    ['abad 21th', 'abad 21th', '21th']
    """
    if _NUMBERED.isdisjoint(words) and not _FIGURES.search(" ".join(words)):
        return TitleNumbers(tuple(words))
    level: list[str] = []
    written: list[str] = []
    spelt: list[str] = []
    at, last = 0, len(words) - 1
    while at <= last:
        word = words[at]
        before = words[at - 1] if at else ""
        if digits := _DIGITS.findall(word):
            written.extend(_plain(number) for number in digits)
            level.append(_levelled(word, level))
            at += 1
            continue
        length, value, ordinal = _spelt(words, at) if word in _BEGIN else (1, 0, False)
        after = words[at + length] if at + length <= last else ""
        if value:
            counted = before in _SERIAL or after in _EDITION or after in _SERIAL
            (written if counted else spelt).append(str(value))
            level.append(f"{value}th" if ordinal and not counted else str(value))
        elif number := _as_numeral(word, before, last=at == last):
            written.append(str(number))
            level.append(str(number))
        else:
            if before in _SERIAL and word in _LETTER_PARTS and before != "type":
                written.append(word)
            level.append(word)
        at += length
    return TitleNumbers(tuple(level), tuple(sorted(written)), tuple(sorted(spelt)))


def numbers_differ(one: TitleNumbers, other: TitleNumbers) -> bool:
    """Tell whether the numbers of two titles are those of two works.

    They are where each has one that the other lacks, or one has a number in digits that the other has neither in digits
    nor in words.

    Examples
    --------
    >>> three, digit, two = (title_numbers(title.split()) for title in ("three dogs", "3 dogs", "two dogs"))
    >>> [numbers_differ(three, other) for other in (digit, two, NONE)], numbers_differ(digit, NONE)
    ([False, True, False], True)
    """
    if one == other:
        return False
    ours, theirs = _all(one), _all(other)
    if ours and theirs and ours.keys().isdisjoint(theirs):
        return True
    beyond, missing = ours - theirs, theirs - ours
    if beyond and missing:
        return True
    return not (beyond <= Counter(one.spelt) and missing <= Counter(other.spelt))


def one_has_more(one: TitleNumbers, other: TitleNumbers) -> bool:
    """Tell whether one title only holds numbers beyond those of the other: a database added or left out something."""
    ours, theirs = _all(one), _all(other)
    return ours <= theirs or theirs <= ours


def _all(numbers: TitleNumbers) -> Counter[str]:
    return Counter((*numbers.written, *numbers.spelt))


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _levelled(word: str, before: list[str]) -> str:
    """Return a word with digits; an ordinal as `21th`, without the *ke* before it in Indonesian."""
    if match := _ORDINAL.fullmatch(word):
        return f"{match[1]}th"
    if before and before[-1] == "ke" and word.isdecimal():
        before.pop()
        return f"{word}th"
    return word


def _as_numeral(word: str, before: str, *, last: bool) -> int:
    """Return the value of a Roman numeral, 0 where it is none: a single letter only where parts are counted."""
    number = _roman(word)
    return number if number and (len(word) > 1 or before in _SERIAL or (last and word in "iv")) else 0


def _roman(word: str) -> int:
    """Return the value of a Roman numeral up to 39, 0 for another word."""
    if len(word) > 6 or not word or not _ROMAN.fullmatch(word):
        return 0
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in word]
    return sum(-one if any(later > one for later in values[at + 1 : at + 2]) else one for at, one in enumerate(values))


def _spelt(words: Sequence[str], at: int) -> tuple[int, int, bool]:
    """Read the number in words that begins here: of how many words it is, its value, and whether it is an ordinal."""
    thousands = rest = 0
    end = at
    ordinal = words[at] in _UNIT_ORDINALS or words[at] in _TENS_ORDINALS
    closed = False
    for place in range(at, len(words)):
        word = words[place]
        if word == "and" and rest >= 100 and rest % 100 == 0:
            continue
        following = None if closed else _extended(thousands, rest, word)
        if following is None:
            break
        thousands, rest = following
        end = place + 1
        closed = word in _TENS_ORDINALS or (word in _UNIT_ORDINALS and not word.startswith("ke"))
        ordinal = ordinal or closed
    return end - at, thousands + rest, ordinal


def _extended(thousands: int, rest: int, word: str) -> tuple[int, int] | None:
    """Return a number with one more word, as thousands and the rest; None where the word does not go on with it."""
    low = rest % 100
    unit = _UNITS.get(word) or _UNIT_ORDINALS.get(word)
    tens = _TENS.get(word) or _TENS_ORDINALS.get(word)
    if unit and (low == 0 or (low >= 20 and low % 10 == 0 and unit < 10)):
        return thousands, rest + unit
    if tens and low == 0:
        return thousands, rest + tens
    if word == "belas" and 1 < low < 10:
        return thousands, rest + 10
    if word == "puluh" and 1 < low < 10:
        return thousands, rest + 9 * low
    if word in ("hundred", "ratus") and 0 < rest < 100:
        return thousands, rest * 100
    if word in ("thousand", "ribu") and rest and not thousands:
        return rest * 1000, 0
    if word == "seratus" and not rest:
        return thousands, 100
    return (1000, 0) if word == "seribu" and not rest and not thousands else None
