"""Abstracts without what a database added: EBSCO's notice of copyright, marks of who wrote them, APA's stamp.

What a publisher put into an abstract (`© 2018 Elsevier`) stays in it, since the abstract is its text; terms leave it
out (`benang.terms.sentences`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
