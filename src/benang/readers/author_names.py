"""A name as an export writes it → the name alone: without marks, in one order; nothing where it is nobody's.

Some forms say which names are those of bodies: by braces in BibTeX, `literal` in CSL, a comma at the end in EndNote.
From the form to its record a name goes through many hands, in lists that are parted, cut and joined. So a mark stands
before the name of a body, and `record_of` takes it off and keeps the name in `Record.bodies`: no record shows it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from benang.records.export_marks import is_placeholder, unescaped
from benang.records.name_words import (
    BEFORE_FAMILY,
    SON_OF,
    SUFFIXES,
    are_capital_initials,
    has_vowel,
    is_body,
    is_degree,
    is_dotted,
    is_initials,
    spaced_initials,
    without_degrees,
    without_title,
)

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
_MOST_INITIALS = 3  # letters without full stops that may come before a comma, where a family name should
_DOUBTFUL_ENDS = ("al", "al.", "dkk", "dkk.", "others", "u.a.", "anonymous", "nan", "null", "undefined", ")")
_DOUBTFUL_LETTERS = frozenset(one[-1] for one in (*_DOUBTFUL_ENDS, *SUFFIXES))


def is_tidy(name: str) -> bool:
    """Tell quickly whether a name is `Family, Given` with nothing to do, as most names are."""
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
    """Recognise what is written for a missing author, or for those whom a list leaves out.

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
    """Put initials before the comma behind the family name, as Rayyan leaves them: `A, UMPAMA`.

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


MARK = "\x1e"
"""Stands before the name of a body; no form prints this character, and one in a value by chance is removed."""

_COMPANIES = frozenset(["co", "corp", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc", "tbk"])


def as_body(name: str) -> str:
    """Mark the name of a body, where a form has a place for bodies alone; nothing where it is nobody's.

    Examples
    --------
    >>> as_body("Umpama Orchard  Keepers") == f"{MARK}Umpama Orchard Keepers", as_body("[Anonymous]")
    (True, '')
    """
    text = " ".join(name.replace(MARK, " ").split()).strip(", ")
    return "" if not text or is_no_author(text) else f"{MARK}{text}"


def as_one_piece(name: str) -> str:
    """Mark a name that a form holds in one piece, as it does those of bodies, unless it is plainly a person's.

    People put names of persons there, too. `Umpama, Ani` is one, unless its words show a body; so are a family name
    that begins with a particle (`van den Umpama`) and a patronymic, which stay whole without a mark.

    Examples
    --------
    >>> [as_one_piece(name)[:1] == MARK for name in ("Umpama Orchard Keepers", "UNESCO", "Office of Rents, Stalls")]
    [True, True, True]
    >>> [as_one_piece(name) for name in ("Umpama, Ani", "van den Umpama", "Siti binti Umpama")]
    ['Umpama, Ani', 'van den Umpama', 'Siti binti Umpama']
    """
    words = name.split()
    if not words or (";" in name and ";" in unescaped(name)):  # a list
        return name
    if "," in name:
        return as_body(name) if _is_body_with_commas(name) else name
    is_person = words[0] in BEFORE_FAMILY or any(word.lower() in SON_OF for word in words[1:-1])
    return name if is_person and not is_body(words) else as_body(name)


def with_marked_ends(names: Sequence[str]) -> Sequence[str]:
    """Mark the names that end with a comma, as EndNote writes bodies; a comma within one is written twice.

    Such commas may also be left over from a list that was cut at them: where every name but the last has one. With
    initials it is a person's name, and a family name alone may just lack its given name.

    Examples
    --------
    >>> marked = with_marked_ends(["Umpama Orchard Keepers,", "Contoh, Ani", "Dinas Umpama,, Kota Contoh"])
    >>> [name.replace(MARK, "body: ") for name in marked]
    ['body: Umpama Orchard Keepers', 'Contoh, Ani', 'body: Dinas Umpama, Kota Contoh']
    >>> with_marked_ends(["Ani Umpama,", "Budi Contoh"]), with_marked_ends(["Umpama A.B.,", "Misal,"])
    (['Ani Umpama,', 'Budi Contoh'], ['Umpama A.B.,', 'Misal,'])
    """
    ended = [name.endswith(",") or ",," in name for name in names]
    if not any(ended) or (len(names) > 1 and all(ended[:-1]) and "," not in names[-1]):
        return names
    return [_by_its_end(name) if is_ended else name for name, is_ended in zip(names, ended, strict=True)]


def without_marks(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without their marks."""
    return tuple([name.removeprefix(MARK) for name in names])


def marked_among(*lists: Collection[str]) -> tuple[str, ...]:
    """Return the names of bodies among lists of names, each once, without their marks."""
    if not any(MARK in "".join(names) for names in lists):  # as in most records
        return ()
    return tuple(dict.fromkeys(name[1:] for names in lists for name in names if name[:1] == MARK))


def _by_its_end(name: str) -> str:
    head, _, tail = name.partition(",,")
    if tail.strip():
        is_suffix = tail.strip().lower() in SUFFIXES
        whole = f"{head}, {tail.strip(' ,')}"
        return as_body(whole) if not is_suffix and (" " in head or _is_body_with_commas(whole)) else name
    bare = name.rstrip(", ")
    plain = [word for word in bare.split() if not is_initials(word, bare)]
    is_one_word = bare == bare[:1] + bare[1:].lower() and " " not in bare
    return name if "," in bare or is_one_word or len(plain) < min(2, len(bare.split())) else as_one_piece(bare)


def _is_body_with_commas(name: str) -> bool:
    parts = [words for part in name.split(",") if (words := part.split())]
    if not parts or parts[0][0] in BEFORE_FAMILY:
        return False
    last = " ".join(parts[-1]).lower().rstrip(".")
    return last in _COMPANIES or any(len(words) > 1 and is_body(words) for words in parts)
