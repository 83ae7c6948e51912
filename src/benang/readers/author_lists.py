"""A list of people in one value → the names of each: parted at semicolons, at commas, at words, or by a program.

Commas part people in some lists and family from given names in others, and in APA's both at once. Each piece between
commas shows by its form what it can be: initials alone are nobody's name and belong to the piece before them; a piece
of a word and initials is a whole name; of pieces of one word, every second is a given name where they come in pairs.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from benang.readers.author_names import MARK, as_one_piece
from benang.readers.values import split_list
from benang.records.name_words import (
    BEFORE_FAMILY,
    SUFFIXES,
    are_capital_initials,
    is_body,
    is_degree,
    is_east_asian,
    is_initials,
    may_be_degree,
    spaced_initials,
    without_title,
)

GUESS = "?"
"""Among the separators of people: commas part names, or family from given name, as the names themselves show."""

_ONE = re.compile(r"[^ ,.\[({]+,[^,&]*")  # a family name of one word and one comma, as most names are
OPENING = frozenset("[({c")
"""What the lists of programs begin with: brackets, and the c( of R."""
_AND = re.compile(r"(\s{1,4}(?:and|&|dan|und|et|y|e|en|og|och)\s{1,4}(?=\S)|\s&(?=\w))")
_SURE = frozenset({"and", "&", "dan", "und"})  # others occur within names as well: Ortega y Gasset
_GLUED = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_][^\W\d_.])")
_COMMA_AND = re.compile(r",\s{0,4}(?:and|&|dan|und|et|y)\s")
_LEADING_AND = re.compile(r"(?:and|&|dan|und|et|y)\s+(?!al\b)")
_CUT = re.compile(r"\s{0,4}(?:\.\.\.|…)\Z")  # the last full stop of `A....` is that of an initial
_MARKS = "0123456789*†‡§¶¹²³⁴⁵⁶⁷⁸⁹ ,"  # what points to an affiliation: Ani Umpama1,2*
_WIDE = str.maketrans("；，、", ";,,")

# What a piece can be by itself.
_INITIALS, _FAMILY_FIRST, _INITIALS_FIRST, _ONE_WORD, _WORDS, _BODY = "I", "FI", "IF", "W", "WW", "B"
_WHOLE = frozenset({_FAMILY_FIRST, _INITIALS_FIRST, _WORDS, _BODY})

Piece = tuple[str, str]
"""A piece between commas, and what it can be."""

_OPENED = re.compile(r"(?:\[|\(|\{|c\()\s*['\"{]")
_QUOTED = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")\s*(?:,|(?=['\"])|\Z)")
_BETWEEN = re.compile(r"['\"]\s{0,4},\s{0,4}['\"]")
_ESCAPED = re.compile(r"\\(.)")
_BACKSLASH = re.compile(r"\\([^\r\n\\'\"abfnrtvxNuU0-7])|\\.", re.DOTALL)
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_LONGEST = 200_000
_WHOLE_NAMES = ("name", "full_name", "fullname", "display_name", "literal", "author")
_FAMILIES, _GIVENS = (
    ("family", "last", "lastname", "last_name", "surname"),
    ("given", "first", "firstname", "first_name"),
)


def names_in(value: str, separators: Sequence[str]) -> Sequence[str]:
    """Part the names of several people at the first of the separators that the value contains.

    Examples
    --------
    >>> names_in("Sari D., King M.L., Jr., Lee B.", (";", ","))
    ['Sari D.', 'King M.L., Jr.', 'Lee B.']
    >>> names_in("Dewi Sari, Bora Lee", (";", "?")), names_in("Sari, Dewi", (";", "?"))
    (['Dewi Sari', 'Bora Lee'], ['Sari, Dewi'])
    >>> names_in("Umpama, A., Contoh, B., & Rekaan, C.", (";", "?"))
    ['Umpama, A.', 'Contoh, B.', 'Rekaan, C.']
    >>> names_in("A. Umpama, C. Contoh and E. Misal", ("?",)), names_in("['Umpama, Ani', 'Contoh, Budi']", (";",))
    (['A. Umpama', 'C. Contoh', 'E. Misal'], ['Umpama, Ani', 'Contoh, Budi'])
    """
    if (listed := items_of_a_program(value)) is not None:
        return listed
    value = value if value.isascii() else value.translate(_WIDE)
    if len(glued := _unglued(value)) > 1:
        return glued
    separator = next((one for one in separators if one in value), separators[-1])
    if separator == ",":
        return _by_commas(_segments(value))
    if separator == GUESS:
        return _guessed(value)
    parts = split_list(value) if separator == ";" else value.split(separator)
    return [name for part in parts if (whole := _alone(part)) for name in people_in(whole)]


def _guessed(value: str) -> list[str]:
    """Take commas for what parts people, or family and given name, as the pieces show."""
    segments = _segments(value)
    pieces = [piece for segment in segments for piece in segment]
    kinds = [kind for _, kind in pieces]
    if _INITIALS in kinds:
        return _paired(pieces) if _are_pairs(kinds) else _by_commas(segments)
    if all(_are_pairs([kind for _, kind in segment]) for segment in segments):
        return _paired(pieces)
    if _is_first_inverted(segments, comma_before_and=bool(_COMMA_AND.search(value))):
        return [*_paired(pieces[:2]), *(text for text, _ in pieces[2:])]
    if len(segments) > 2:  # `and` between all: each segment is a name
        return [", ".join(text for text, _ in segment) for segment in segments]
    return [text for text, _ in pieces]


def _paired(pieces: Sequence[Piece]) -> list[str]:
    return [f"{family}, {given}" for (family, _), (given, _) in list(pairwise(pieces))[::2]]


def _is_first_inverted(segments: list[list[Piece]], *, comma_before_and: bool) -> bool:
    """Recognise MLA's list, in which the first name alone is turned: `Umpama, Ani, and Budi Contoh`.

    A comma before the `and` distinguishes it from `Sukarno, Budi Contoh and Eka Misal`, who are three.
    """
    if len(segments) < 2 or len(segments[0]) < 2:
        return False
    (_, first), (_, second), *further = [piece for segment in segments for piece in segment]
    of_two = comma_before_and and len(segments[0]) == 2
    return first == _ONE_WORD and (second == _ONE_WORD or of_two) and all(kind in _WHOLE for _, kind in further)


def people_in(name: str) -> Sequence[str]:
    """Return the people of a value that should be one name: several only where it cannot be one person's.

    Examples
    --------
    >>> people_in("Umpama, A., Contoh, B.C."), people_in("A. Umpama, C. Contoh and E. Misal")
    (['Umpama, A.', 'Contoh, B.C.'], ['A. Umpama', 'C. Contoh', 'E. Misal'])
    >>> people_in("King, M. L., Jr."), people_in("Ministry of Health, Labour and Welfare"), people_in("Umpama, Ani B")
    (['King, M. L., Jr.'], ['Ministry of Health, Labour and Welfare'], ['Umpama, Ani B'])
    """
    if name[:1] == MARK or (_ONE.fullmatch(name) and " and " not in name):
        return [name]
    if name[:1] in OPENING and (listed := items_of_a_program(name)) is not None:
        return listed
    if "," not in name:
        return _unglued(name)
    segments = _segments(name)
    kinds = [kind for segment in segments for _, kind in segment]
    if len(kinds) < 2 or any(kind == _BODY for kind in kinds):
        return [name]
    are_pairs = len(kinds) > 3 and _are_pairs(kinds) and all(kind == _INITIALS for kind in kinds[1::2])
    are_whole = len(kinds) > 2 and _WHOLE.issuperset(kinds)
    if are_pairs or are_whole or set(kinds) == {_FAMILY_FIRST} or set(kinds) == {_INITIALS_FIRST}:
        return _by_commas(segments)
    return [name]


def items_of_a_program(value: str) -> list[str] | None:
    r"""Return the texts of a list that a program wrote; None for anything else.

    Of people as objects the names are taken.

    Examples
    --------
    >>> items_of_a_program("['Umpama, Ani', \"O'Contoh, Budi\"]"), items_of_a_program('["Umpama, Ani"]')
    (['Umpama, Ani', "O'Contoh, Budi"], ['Umpama, Ani'])
    >>> items_of_a_program('[{"given": "Ani", "family": "Umpama"}]'), items_of_a_program("[Anonymous]")
    (['Umpama, Ani'], None)
    """
    text = value.strip()
    if not _OPENED.match(text) or len(text) > _LONGEST:
        return None
    opening = "(" if text.startswith("c(") else text[0]
    if not text.endswith(_CLOSING[opening]):
        return None
    inner = text[text.index(opening) + 1 : -1].strip()
    if inner.startswith("{"):
        return _of_objects(text)
    return _quoted(inner)


def _of_objects(text: str) -> list[str] | None:
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        listed = _literal(text)
    if not isinstance(listed, list | tuple) or not all(isinstance(one, dict) for one in listed):
        return None
    return [name for one in listed if (name := _name(one))]


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(_BACKSLASH.sub(_as_it_stands, text))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _as_it_stands(match: re.Match[str]) -> str:
    r"""Double a backslash that escapes nothing: Python takes it as one, but warns of it."""
    return f"\\{match[0]}" if match[1] else match[0]


def _name(person: dict[Any, Any]) -> str:
    known = {str(key).lower(): value.strip() for key, value in person.items() if isinstance(value, str)}
    whole, family, given = (
        next((known[key] for key in keys if known.get(key)), "") for keys in (_WHOLE_NAMES, _FAMILIES, _GIVENS)
    )
    if whole and whole == known.get("literal"):
        return as_one_piece(whole)
    return whole or ", ".join(filter(None, (family, given)))


def _quoted(inner: str) -> list[str] | None:
    items: list[str] = []
    at = 0
    while at < len(inner):
        match = _QUOTED.match(inner, at)
        if match is None:  # a quotation mark within an item, not escaped
            return [item for one in _BETWEEN.split(inner.strip("'\"")) if (item := one.strip())]
        items.append(_ESCAPED.sub(r"\1", match[1] if match[1] is not None else match[2]))
        at = match.end()
    return [item for one in items if (item := one.strip())]


def _unglued(value: str) -> list[str]:
    """Part names with nothing between them, as Scopus prints editors: `Umpama A.B.Contoh C.`."""
    if ". " in value or "," in value or ";" in value or value.count(".") < 2:
        return [value]
    parts = [part.strip() for part in _GLUED.split(value)]
    return parts if all(_kind(part, shouted=False) == _FAMILY_FIRST for part in parts) else [value]


def _kind(piece: str, *, shouted: bool) -> str:
    words = spaced_initials(piece).split()
    while len(words) > 1 and words[-1] in BEFORE_FAMILY:  # N.J. van
        words.pop()
    name = piece if not shouted else f"{piece} A"  # all in capitals only single letters are initials
    are = [is_initials(word, name) or (shouted and len(words) == 1 and are_capital_initials(word)) for word in words]
    if all(are):
        return _INITIALS
    if is_body(words):
        return _BODY
    if are[-1]:
        return _FAMILY_FIRST
    if are[0]:
        return _INITIALS_FIRST
    return _ONE_WORD if len(words) == 1 and not is_east_asian(piece) else _WORDS


def _by_commas(segments: list[list[Piece]]) -> list[str]:
    """Take commas for what parts people; initials alone go to the name before them."""
    names: list[str] = []
    kinds: list[str] = []
    for text, kind in (piece for segment in segments for piece in segment):
        if kind == _INITIALS and kinds and kinds[-1] in (_ONE_WORD, _WORDS):
            names[-1], kinds[-1] = f"{names[-1]}, {text}", _FAMILY_FIRST
        else:
            names.append(text)
            kinds.append(kind)
    return names


def _segments(value: str) -> list[list[Piece]]:
    """Cut a list at its commas, and begin anew behind each `and`; titles, degrees and marks are left out."""
    shouted = value == value.upper()
    has_degree = any(is_degree(part.strip()) for part in value.split(",")[1:])
    segments: list[list[Piece]] = [[]]
    for part in value.split(","):
        for at, text in enumerate(_between_ands(part.strip())):
            if at or _LEADING_AND.match(text):
                segments.append([])
            piece = without_title(_alone(text)).rstrip(_MARKS)
            if not piece:
                continue
            before = segments[-1] or next((one for one in reversed(segments) if one), [])
            if before and piece.lower() in SUFFIXES:
                before[-1] = (f"{before[-1][0]}, {piece}", before[-1][1])
            elif before and (is_degree(piece) or (has_degree and before[-1][1] in _WHOLE and may_be_degree(piece))):
                continue
            else:
                segments[-1].append((piece, _kind(piece, shouted=shouted)))
    return [segment for segment in segments if segment]


def _between_ands(part: str) -> list[str]:
    """Part at words between people, but not within the name of a body."""
    first, *further = _AND.split(part)
    if not further:
        return [part]
    names, in_body = [first], is_body(first.split())
    for word, name in zip(further[::2], further[1::2], strict=True):
        in_body = in_body or (" " not in names[-1] and is_body(name.split()))
        if in_body or not _parts_people(names[-1], word.strip(), name):
            names[-1] += word + name
        else:
            names.append(name)
            in_body = is_body(name.split())
    return names


def _parts_people(left: str, word: str, right: str) -> bool:
    if word in _SURE or (" " in left and " " in right):
        return True
    return is_initials(left, left.lower())  # Umpama, A. y Contoh, B.


def _alone(part: str) -> str:
    """Return a name without what a list leaves at its ends: commas, dots of a cut list, the `and` before the last."""
    part = part.strip(" ,\t\n").lstrip(".… ")
    if part.endswith(("...", "…")):
        part = _CUT.sub("", part)
    if match := _LEADING_AND.match(part):
        part = part[match.end() :]
    return part


def _are_pairs(kinds: Sequence[str]) -> bool:
    """Tell whether pieces are family and given name in turn."""
    families, given = kinds[::2], kinds[1::2]
    if len(families) != len(given) or _INITIALS in families or _BODY in kinds:
        return False
    if 2 * sum(kind == _INITIALS for kind in given) >= len(given):
        return not {_FAMILY_FIRST, _INITIALS_FIRST} & set(families)
    return all(kind == _ONE_WORD for kind in families)
