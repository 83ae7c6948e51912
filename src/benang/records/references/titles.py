"""When two titles are one: letter for letter, or but for slips; and which titles tell a work from others at all."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from benang.records.references.cited import letters
from benang.records.spelling import folded

LEAST_ALIKE = 85.0
"""Percent of letters, in their order, that two titles share that are worth comparing word by word."""

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{1,40}>|\[[A-Z](?:/OL)?\]")  # and the kind of work as Chinese journals print it: [J]
# Titles of nothing but these words stand before many works: Editorial, Book review, Introduction to the special issue
_SAID_OFTEN = (
    "a about abstract abstracts acknowledgements an and annual answer appendix article author authors background "
    "bibliography book books buku chapter comment commentary comments conclusion conclusions contents correction "
    "corrections corrigendum daftar dan dari debate discussion editor editorial editors erratum essay final for "
    "foreword from guest in index inhalt interview introducing introduction introductory issue isi kata kesimpulan "
    "letter letters literature message method methods new news note notes number obituary of on our overview paper "
    "part pendahuluan pengantar penutup perspective preface president proceedings prologue pustaka remarks reply "
    "report reports research resensi response results review reviews s section special summary supplement symposium "
    "table technical the theme thematic this to update volume welcome with your"
)
_GENERIC = frozenset(_SAID_OFTEN.split())
_ARTICLES = "a an the of on in to for and or by with from at as its de la el le der die das und et y dan di"
_LITTLE = frozenset(_ARTICLES.split())
_MOST_GENERIC = 12  # blanks in a title that says nothing of its own
_NUMERAL = re.compile(r"[0-9]|^(?:[ivx]+|first|second|third|one|two|three)$")
_SUBTITLE = re.compile(r"(?<=[^\s])(?:[:.?!] | [–—-]+ )")
_MAIN_WORDS, _MAIN_LETTERS = 4, 20
_DISTINCT_WORDS, _DISTINCT_LETTERS = 5, 25


def title_words(title: str) -> list[str]:
    """Return the words of a title, without case, accents, marks and markup.

    Examples
    --------
    >>> title_words("Béton <i>armé</i>: a case-study")
    ['beton', 'arme', 'a', 'case', 'study']
    """
    return _WORD.findall(folded(_bare(title)))


def title_letters(title: str) -> str:
    """Return a title's letters and digits, by which titles are equal.

    Examples
    --------
    >>> title_letters("E-commerce: <i>Why</i>?") == title_letters("Ecommerce why")
    True
    """
    return letters(_bare(title))


def _bare(title: str) -> str:
    return _MARKUP.sub("", title) if "<" in title or "[" in title else title


def is_generic(title: str) -> bool:
    """Tell a title that many works have, of which each word is said often.

    Examples
    --------
    >>> is_generic("Introduction to the special issue"), is_generic("Introduction to night markets")
    (True, False)
    """
    if title.count(" ") > _MOST_GENERIC:
        return False
    return all(word in _GENERIC or word.isdigit() for word in title_words(title))


def is_distinct(title: str) -> bool:
    """Tell a title that is long enough, five words and 25 letters, to be that of one work.

    Examples
    --------
    >>> is_distinct("Night markets in a small town"), is_distinct("Night markets")
    (False, False)
    """
    if len(title) < _DISTINCT_LETTERS:
        return False
    words = title_words(title)
    return len(words) >= _DISTINCT_WORDS and sum(map(len, words)) >= _DISTINCT_LETTERS


def main_title(title: str) -> str | None:
    """Return a title without its subtitle, None where it has none or less than four words and 20 letters are left.

    Examples
    --------
    >>> main_title("Night markets in small towns: rents and permits"), main_title("Night markets: rents")
    ('Night markets in small towns', None)
    """
    parts = _SUBTITLE.split(title, maxsplit=1)
    main = parts[0]
    return main if len(parts) > 1 and len(main.split()) >= _MAIN_WORDS and len(main) >= _MAIN_LETTERS else None


def are_alike(one: str, other: str) -> bool:
    """Tell whether two titles are one but for slips: letters within words, little words, a word parted or joined.

    A number is no slip, nor is another word (*male* and *female*, *part I* and *part II*).

    Examples
    --------
    >>> are_alike("Night markets in a small town", "Night market in small town")
    True
    >>> are_alike("Rents of male vendors in towns", "Rents of female vendors in towns")
    False
    >>> are_alike("Night markets in small towns, part 1", "Night markets in small towns, part 2")
    False
    """
    a, b = title_words(one), title_words(other)
    for step, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if step != "equal" and not _is_slip(a[a1:a2], b[b1:b2]):
            return False
    return True


def _is_slip(one: list[str], other: list[str]) -> bool:
    """Compare the words in which two titles differ at one place."""
    a, b = ([word for word in words if word not in _LITTLE] for words in (one, other))
    if any(map(_NUMERAL.search, (*a, *b))):
        return "".join(a) == "".join(b)
    joined, joined_other = "".join(a), "".join(b)
    if joined == joined_other:
        return True
    if not joined or not joined_other:
        return False
    longest = max(len(joined), len(joined_other))
    return OSA.normalized_similarity(joined, joined_other) >= 0.75 and (longest > 4 or joined[0] == joined_other[0])
