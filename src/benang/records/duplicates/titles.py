"""Titles as they are compared: what databases write differently is levelled, what distinguishes two works is kept.

A title's `key` holds its letters and digits only. What databases add to it ("[BOOK]", "[45 refs]", "(author's transl)")
is taken off first. The key goes with the title's numbers ("Part II", "2019") and the kind of note it announces
(an erratum, a reply): works that differ in one of these are two, however alike their titles are.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from benang.records.duplicates import title_numbers
from benang.records.duplicates.title_numbers import NONE, TitleNumbers
from benang.records.references.titles import NOTICES, kind_of, without_added

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
_DIGITS = re.compile(r"[0-9]+")
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
    numbers = title_numbers.title_numbers(_words(bare))
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
    return "".join(title_numbers.title_numbers(_words(text)).words)


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
    if not (one.cut or other.cut) and title_numbers.numbers_differ(one.numbers, other.numbers):
        return "the numbers in the titles differ"
    return ""


def more_numbers(one: Title, other: Title) -> bool:
    """Tell whether one title only holds numbers beyond those of the other, and announces nothing else."""
    return one.kind == other.kind and title_numbers.one_has_more(one.numbers, other.numbers)


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
