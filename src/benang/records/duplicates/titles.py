"""Titles as they are compared: what databases write differently is levelled, what distinguishes two works is kept.

A title's `key` holds its letters and digits only. What databases add to it ("[BOOK]", "[45 refs]", "(author's transl)")
is taken off first. The key goes with the title's numbers ("Part II", "2019") and the kind of note it announces
(an erratum, a reply): works that differ in one of these are two, however alike their titles are.

Digits, Roman numerals, counted parts and editions distinguish works. A number in words (English, Indonesian) is the
same as one in digits, but its absence tells nothing: a subtitle in *two* cities is often left out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benang.records.references.titles import NOTICES, kind_of, without_added

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
            written.extend(_without_zeros(number) for number in digits)
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


def _without_zeros(digits: str) -> str:
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


_LONGEST = 2000  # what is longer is no title
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
# Letters that fold into two, or that no decomposition of Unicode takes apart.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
_GREEK_WORD = re.compile("[α-ω]{3}")  # a title in Greek keeps its letters
_WORD = re.compile(r"[^\W_]+")
_MARKED = re.compile(r"[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # scripts whose vowels are marks
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DECIMAL = re.compile(r"(?<=[0-9])[.,·∙](?=[0-9])")
_SMALL_WORDS = "a an and the of in on for to with by from at as is its und der die das de la le el y et dan di dengan"
_SMALL = frozenset(_SMALL_WORDS.split())
_OPPOSITES = (
    ("men", "women"), ("man", "woman"), ("male", "female"), ("males", "females"), ("increase", "decrease"),
    ("increased", "decreased"), ("increases", "decreases"), ("increasing", "decreasing"), ("efficacy", "efficiency"),
    ("before", "after"), ("inpatient", "outpatient"), ("inpatients", "outpatients"), ("north", "south"),
    ("northern", "southern"), ("eastern", "western"), ("activation", "inactivation"), ("agonist", "antagonist"),
    ("prenatal", "postnatal"), ("maternal", "paternal"),
)  # fmt: skip
_OPPOSED = frozenset(frozenset(pair) for pair in _OPPOSITES)
_PREFIXES = (
    "un", "in", "im", "ir", "il", "non", "anti", "hypo", "hyper", "pre", "post", "de", "dis", "re", "macro", "micro",
    "intra", "inter", "mono", "multi", "poly", "uni", "bi", "homo", "hetero", "over", "under",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it is compared.

    `key` is its letters and digits; `words` its words; `main` the key of the part before the first colon, dash or
    full stop, empty where there is none; `others` the keys of a bilingual title's halves ("A [B]", "A = B"). Numbers
    are digits in all of these; `numbers` are those that it holds; `kind` is what it announces itself to be
    (`erratum`, `reply`, …).
    `cut` marks a title that the database cut off with dots; `bracketed` one wholly in brackets, as MEDLINE marks
    a title that it translated.
    """

    key: str = ""
    words: tuple[str, ...] = ()
    main: str = ""
    others: tuple[str, ...] = ()
    numbers: TitleNumbers = NONE
    kind: str = ""
    cut: bool = False
    bracketed: bool = False

    @property
    def telling(self) -> bool:
        """Whether the title alone tells much: "Editorial" and "Book reviews" do not."""
        return len(self.key) >= 25 and (len(self.words) >= 4 or not self.key.isascii())


@lru_cache(maxsize=1 << 18)
def title_of(text: str) -> Title:
    """Return what a title is compared by.

    Examples
    --------
    >>> title_of("<i>β</i>-Lactams &amp; health-care: a review [45 refs]").key
    'betalactamsandhealthcareareview'
    >>> title_of("[BOOK] Kota kembar. Bagian II").key, title_of("Kota kembar di tiga negara").key
    ('kotakembarbagian2', 'kotakembardi3negara')
    >>> title_of("Erratum: Kota kembar").kind, title_of("Kota kembar [Sister cities]").others
    ('erratum', ('kotakembar', 'sistercities'))
    """
    plain = _plain(text[:_LONGEST])
    bare, bracketed, cut = without_added(plain)
    numbers = title_numbers(_words(bare))
    words = numbers.words
    pieces = _halves(bare)
    main = re.split(r"\s*[:;?]\s+|\s+[-–—]+\s+|\.\s+", bare, maxsplit=1)
    return Title(
        key="".join(words),
        words=words,
        main=_key(main[0]) if len(main) > 1 else "",
        others=tuple(map(_key, pieces)),
        numbers=numbers,
        kind=kind_of(bare),
        cut=cut,
        bracketed=bracketed,
    )


def _plain(text: str) -> str:
    """Take entities and tags away, and level letters; the marks stay, since they part a title."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    text = text.replace("&", " and ").casefold()
    if text.isascii():
        return text
    if _MARKED.search(text):
        return unicodedata.normalize("NFKC", text)
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    text = text.translate(_LETTERS)
    return text if _GREEK_WORD.search(text) else _GREEK_LETTER.sub(lambda match: _GREEK[match[0]], text)


def _key(text: str) -> str:
    return "".join(title_numbers(_words(text)).words)


def _words(text: str) -> tuple[str, ...]:
    if _DIGITS.search(text):
        text = _DECIMAL.sub("p", _THOUSANDS.sub("", text))
    if _MARKED.search(text):
        return tuple(
            "".join(one if one.isalnum() or unicodedata.category(one)[0] == "M" else " " for one in text).split()
        )
    return tuple(_WORD.findall(text))


def _halves(text: str) -> tuple[str, ...]:
    """Return the two titles of a bilingual one, where both are long enough to be titles; `[Correction]` is none."""
    if text.endswith("]") and (start := text.find("[")) > 0:
        pieces = [text[:start], text[start + 1 : -1]]
        if kind_of(pieces[1]) in NOTICES:
            return ()
    elif " = " in text:
        pieces = text.split(" = ")
    else:
        return ()
    return tuple(pieces) if len(pieces) == 2 and all(len(piece.strip()) >= 8 for piece in pieces) else ()


def differ_in_kind(one: Title, other: Title) -> str:
    """Say what makes two titles those of two works, or nothing: numbers, or what they announce themselves to be.

    Examples
    --------
    >>> differ_in_kind(title_of("Sister cities, part I"), title_of("Sister cities, part II"))
    'the numbers in the titles differ'
    >>> differ_in_kind(title_of("Sister cities"), title_of("Reply: sister cities"))
    'one is a reply'
    """
    if one.kind != other.kind:
        return f"one is {with_article(one.kind or other.kind)}"
    if not (one.cut or other.cut) and numbers_differ(one.numbers, other.numbers):
        return "the numbers in the titles differ"
    return ""


def more_numbers(one: Title, other: Title) -> bool:
    """Tell whether one title only holds numbers beyond those of the other, and announces nothing else."""
    return one.kind == other.kind and one_has_more(one.numbers, other.numbers)


def with_article(kind: str) -> str:
    """Put the article before a kind of work: an article, a book."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def slip_only(one: Title, other: Title) -> bool:
    """Tell whether two titles differ in spelling only: words that are nearly the same, small words left out.

    Examples
    --------
    >>> slip_only(title_of("Haemoglobin of the newborn"), title_of("Hemoglobin of newborn"))
    True
    >>> slip_only(title_of("Copper in adult men"), title_of("Copper in adult women"))
    False
    """
    ours = [word for word in one.words if word not in _SMALL]
    theirs = [word for word in other.words if word not in _SMALL]
    if "".join(ours) == "".join(theirs):
        return True
    left, right = _not_shared(ours, theirs)
    if "".join(left) == "".join(right):
        return True
    if len(left) != len(right) or len(left) > max(2, 1 + len(ours) // 4):
        return False
    return all(_misspelt(a, b) for a, b in zip(left, right, strict=True))


def _not_shared(ours: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that an alignment of two titles leaves over, in order."""
    left: list[str] = []
    right: list[str] = []
    for code in Levenshtein.opcodes(ours, theirs):
        if code.tag != "equal":
            left.extend(ours[code.src_start : code.src_end])
            right.extend(theirs[code.dest_start : code.dest_end])
    return left, right


def _misspelt(one: str, other: str) -> bool:
    if frozenset((one, other)) in _OPPOSED or _DIGITS.search(one + other):
        return False
    short, long = sorted((one, other), key=len)
    if any(long == prefix + short for prefix in _PREFIXES):
        return False
    bare = [next((word.removeprefix(p) for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3), word)
            for word in (one, other)]  # fmt: skip
    if bare[0] == bare[1]:
        return False
    return len(short) >= 4 and fuzz.ratio(one, other) >= 75
