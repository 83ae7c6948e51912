"""Lists that a program wrote into a value: Python's, JSON's and R's, `['Umpama, Ani', 'Contoh, Budi']`."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from benang.readers.marked_bodies import as_one_piece

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


def _as_it_stands(found: re.Match[str]) -> str:
    r"""Double a backslash that escapes nothing: Python takes it as one, but warns of it."""
    return f"\\{found[0]}" if found[1] else found[0]


def _name(person: dict[Any, Any]) -> str:
    known = {str(key).lower(): value.strip() for key, value in person.items() if isinstance(value, str)}
    whole, family, given = (
        next((known[key] for key in keys if known.get(key)), "") for keys in (_WHOLE_NAMES, _FAMILIES, _GIVENS)
    )
    if whole and whole == known.get("literal"):
        return as_one_piece(whole)
    return whole or ", ".join(filter(None, (family, given)))
