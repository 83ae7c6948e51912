"""A name as an export writes it → the name alone: without marks, in one order; nothing where it is nobody's."""

from __future__ import annotations

import re

from benang.records.name_words import (
    SUFFIXES,
    are_capital_initials,
    has_vowel,
    is_degree,
    is_dotted,
    is_initials,
    spaced_initials,
    without_degrees,
    without_title,
)
from benang.records.placeholders import is_placeholder

# What is printed where there is no author, and for the authors that a list leaves out.
_NOBODY = (
    "anonymous|anon|anonym|anonymus|anonim|no author|no authors|no authors listed|no author name available|"
    "no author given|author unknown|unknown author|unknown|not available|tanpa nama|tidak diketahui|"
    "et al|et. al|al et|al. et|others|and others|others and|dkk|dan lain-lain|u.a|y otros|…"
)
_NO_AUTHOR = frozenset(_NOBODY.split("|"))
_CUT_LIST = re.compile(r"(?<![,;\s])[,;\s]{1,4}(?:et\.? al\.?|dkk\.?|and others|u\. ?a\.)\Z", re.IGNORECASE)
_NO_GIVEN = re.compile(r"\A(?:null|undefined|nan)\s+(?=\S)|,\s{0,3}(?:null|undefined|nan)\Z")
_ROLE = re.compile(r"(?<=,)([^,]*),? ?\b[Ee]ds?\.?\Z|\s?\((?:[Ee]ds?|[Ee]ditors?|[Hh]rsg)\.?\)\Z")
# `Umpama A.B.` and `Umpama AB`, as databases print most names: there is nothing to do.
_SHORT = re.compile(r"[A-Z\u00c0-\u024f][^\W\d_]{3,40} (?:(?:[A-Z]\.-?){1,5}|[A-Z]{1,3})")
_ONE_LETTER_FAMILIES = frozenset("EIOUY")
_MOST_INITIALS = 3  # letters without full stops that may stand before a comma, where a family name should
_DOUBTFUL_ENDS = ("al", "al.", "dkk", "dkk.", "others", "u.a.", "anonymous", "nan", "null", "undefined", ")")
_DOUBTFUL_LETTERS = frozenset(one[-1] for one in (*_DOUBTFUL_ENDS, *SUFFIXES))


def is_tidy(name: str) -> bool:
    """Tell quickly that a name is `Family, Given` with nothing to do, as most names are."""
    family, comma, given = name.partition(", ")
    if not comma or "," in given or "." in family or "," in family:
        return False
    if len(family) <= _MOST_INITIALS and not family[1:].islower():
        return False
    if "  " in name or "@" in name or " " in (name[0], name[-1], family[-1]) or not name.isprintable():
        return False
    if given[3:4].islower() and is_degree(given):  # M.Si
        return False
    end = given[-1:].lower()
    return end not in _DOUBTFUL_LETTERS or (
        given.lower() not in SUFFIXES and not given.lower().endswith(_DOUBTFUL_ENDS)
    )


def own_name(name: str) -> str:
    """Return a name without marks of a cut list, of an editor and of a missing given name, initials behind it.

    Examples
    --------
    >>> [own_name(name) for name in ("A, UMPAMA", "Contoh, B. et al.", "Misal, Eka, Eds.", "Misal, null", "NA")]
    ['UMPAMA, A', 'Contoh, B.', 'Misal, Eka', 'Misal', '']
    >>> own_name("A.B.Contoh"), own_name("{Others}")
    ('A.B. Contoh', '')
    """
    if _SHORT.fullmatch(name):
        return name
    bare = _NO_GIVEN.sub("", _CUT_LIST.sub("", name.strip()))
    if bare[-1:] in ("d", "s", ".", ")"):
        bare = _ROLE.sub(r"\1", bare)
    if is_no_author(bare):
        return ""
    bare = without_degrees(without_title(bare))
    return family_first(bare) if "," in bare else spaced_initials(bare)


def whole_name(name: str) -> str:
    """Return a name that a form gave in parts without marks of a missing part; nothing where it is nobody's.

    Examples
    --------
    >>> [whole_name(name) for name in ("Misal, undefined", "null, null", "et al.", "Null, Budi")]
    ['Misal', '', '', 'Null, Budi']
    """
    if is_tidy(name):
        return name
    bare = _NO_GIVEN.sub("", name)
    return "" if is_no_author(bare) else bare


def is_no_author(name: str) -> bool:
    """Tell what stands where an author is missing, or for those whom a list leaves out.

    Examples
    --------
    >>> [is_no_author(name) for name in ("[Anonymous]", "et al.", "NA", "Na", "Anonymous, A.", "NaN, NaN")]
    [True, True, True, False, False, True]
    """
    plain = " ".join(name.strip("[]{}() ").replace(",", " ").split())
    first, _, second = plain.partition(" ")
    plain = first if first == second else plain
    if not plain or is_placeholder("authors", plain) or is_placeholder("authors", name):
        return True
    return (plain.lower().rstrip(".") or plain) in _NO_AUTHOR


def family_first(name: str) -> str:
    """Put initials that stand before the comma behind the family name, as Rayyan leaves them: `A, UMPAMA`.

    With full stops they are initials. Without, one letter is (but for those that are family names in Korea, China and
    Burma), and several are where they can't be spoken; `LI, Xin` has its family name in capitals.

    Examples
    --------
    >>> [family_first(name) for name in ("A, UMPAMA", "A.B., Contoh", "JK, Misal", "LI, Xin", "O, Jin Ho", "E, W.")]
    ['UMPAMA, A', 'Contoh, A.B.', 'Misal, JK', 'LI, Xin', 'O, Jin Ho', 'E, W.']
    """
    before, comma, behind = (part.strip() for part in name.partition(","))
    if not comma or not behind or "," in behind or not all(is_initials(word, "Aa") for word in before.split()):
        return name
    if is_initials(behind.split()[0], name) or behind.lower() in SUFFIXES:
        return name
    return f"{behind}, {before}" if _are_initials(before) else name


def _are_initials(text: str) -> bool:
    if all(map(is_dotted, text.split())):
        return True
    letters = "".join(one for one in text if one.isalpha())
    if len(letters) == 1:
        return letters not in _ONE_LETTER_FAMILIES
    return are_capital_initials(letters) and not has_vowel(letters)
