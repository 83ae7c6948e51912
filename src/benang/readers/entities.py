"""What databases add to texts: entities of HTML and XML, notices of copyright and stamps in abstracts.

A name behind `&` is an entity if the standard lists it: `&amp;` is one, `R&D;` is not. What a publisher put into an
abstract (`© 2018 Elsevier`) stays in it, since the abstract is its text; terms leave it out
(`benang.terms.sentences`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.entities import html5

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(r"&(?:amp;){0,3}(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ESCAPED = 4  # &amp;amp;lt; comes, deeper does not
_LETTERS = frozenset({"DD;", "Im;", "Or;", "Pr;", "Re;", "Sc;"})
"""Names of the standard that no export writes, and that end an abbreviation more likely: `R&DD;`."""

_OWNED = re.compile(r" (?:is|are) the (?:copyrighted )?property of ")
_OF = "Copyright of "
_LONGEST_NAME = 400  # letters of a journal's name before EBSCO's "is the property of"
# The sentences of EBSCO's notice, in the order in which they come; databases leave out some of them.
_NOTICE = re.compile(
    r"[^\n]{0,300}?(?:may not be (?:copied|used)|\.(?=\s|\Z)|\Z)[^.]{0,300}\.?"
    r"(?:\s{0,4}\(?(?:The copyright in an individual article|(?:Its |The )?[Cc]ontent may not|However, users may"
    r"|This abstract may be abridged|No warranty is given|Users should refer to|Copyright applies to all)"
    r"[^.]{0,300}\.?\)?)*"
)
_MARKS = re.compile(
    r"\s*(?:\[(?:PUBLICATION )?ABSTRACT(?: FROM [A-Z]{1,20})?\]|\bABSTRACT FROM (?:AUTHOR|PUBLISHER)\b\.?"
    r"|\(?Psyc[A-Za-z]{2,10} Database Record \(c\) [0-9]{4} APA,? all rights reserved\)?\.?)"
)
_MANY = 8  # values of one abstract, above which they are its lines


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


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0]) if _is_one(match[0][1:]) else match[0]


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


def without_notices(abstract: str) -> str:
    """Leave out what a database added to an abstract; what its authors wrote stays, letter by letter.

    Examples
    --------
    >>> without_notices("Rents rose. [ABSTRACT FROM AUTHOR]"), without_notices("Land is the property of the town.")
    ('Rents rose.', 'Land is the property of the town.')
    >>> without_notices("Copyright of Kota is the property of Contoh Ltd. and its content may not be copied.")
    ''
    """
    if "ABSTRACT" not in abstract and "Database Record (c)" not in abstract and " property of " not in abstract:
        return abstract
    text = _MARKS.sub("", _without_notice(abstract))
    return text.strip() if text != abstract else abstract


def _without_notice(text: str) -> str:
    kept: list[str] = []
    at = 0
    for owned in _OWNED.finditer(text):
        begin = text.rfind(_OF, max(at, owned.start() - _LONGEST_NAME), owned.start() + 1)
        end = _NOTICE.match(text, owned.end()) if begin >= 0 else None
        # A journal has a capital: `Copyright of songs is the property of …` is what authors wrote.
        if end and (not text[begin + len(_OF)].islower() or " may not be " in end[0]):
            kept.append(text[at:begin])
            at = end.end()
    return " ".join([part for piece in (*kept, text[at:]) if (part := piece.strip())]) if kept else text


def joined_abstract(values: Iterable[str]) -> str:
    """Join the values of an abstract that stands in several tags or lines; a text that stands twice is taken once.

    Examples
    --------
    >>> joined_abstract(["Rents rose.", "Rents  rose."]), joined_abstract(["Rents rose.", "Harga naik."])
    ('Rents rose.', 'Rents rose. Harga naik.')
    >>> joined_abstract(["Rents ro ...", "Rents rose in towns."])
    'Rents rose in towns.'
    """
    listed = list(dict.fromkeys(filter(None, values)))
    if len(listed) < 2 or len(listed) > _MANY:
        return " ".join(listed)
    kept: list[tuple[str, str]] = []
    for value in listed:
        plain = _plain(value)
        if not plain or any(plain in other for other, _ in kept):
            continue
        kept = [(other, text) for other, text in kept if other not in plain]
        kept.append((plain, value))
    return " ".join([text for _, text in kept])


def _plain(text: str) -> str:
    """Return what two writings of one text are compared by; dots at the end stand for what was cut."""
    return "".join(text.split()).rstrip(".…").casefold()


def _is_one(name: str) -> bool:
    return name[0] == "#" or (name in html5 and name not in _LETTERS)
