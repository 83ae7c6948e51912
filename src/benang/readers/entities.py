"""Entities of HTML and XML, `&amp;` and `&#233;`: a name behind `&` is one if the standard lists it, `R&D;` is not."""

from __future__ import annotations

import html
import re
from html.entities import html5

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(r"&(?:amp;){0,3}(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ESCAPED = 4  # &amp;amp;lt; comes, deeper does not
_LETTERS = frozenset({"DD;", "Im;", "Or;", "Pr;", "Re;", "Sc;"})
"""Names of the standard that no export writes, and that end an abbreviation more likely: `R&DD;`."""


def has_entity(text: str) -> bool:
    """Tell whether an entity stands in the text.

    Examples
    --------
    >>> has_entity("salt &amp; pepper"), has_entity("R&D; innovation"), has_entity("caf&#233;")
    (True, False, True)
    """
    return "&" in text and any(_is_one(match[0][1:]) for match in _ENTITY.finditer(text))


def unescaped(text: str) -> str:
    """Put characters in place of entities, also of those that were escaped twice.

    Examples
    --------
    >>> unescaped("caf&eacute;, salt &amp;amp; pepper, AT&T; M&A;")
    'café, salt & pepper, AT&T; M&A;'
    """
    for _ in range(_MOST_ESCAPED):
        new = _ENTITY.sub(_character, text)
        if new == text:
            break
        text = new
    return text


def entity_ends(text: str) -> frozenset[int]:
    """Return the places of the semicolons that belong to entities.

    Examples
    --------
    >>> sorted(entity_ends("a &amp; b; R&D; c &amp;lt; d"))
    [6, 22, 25]
    """
    ends: set[int] = set()
    for match in _ESCAPED.finditer(text):
        if _is_one(f"{match[1]};"):
            ends.update(at for at in range(match.start(), match.end()) if text[at] == ";")
    return frozenset(ends)


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0]) if _is_one(match[0][1:]) else match[0]


def _is_one(name: str) -> bool:
    return name[0] == "#" or (name in html5 and name not in _LETTERS)
