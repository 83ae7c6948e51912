"""What exports add to values: marks for a missing value, entities of HTML and XML, notices of copyright, stamps.

Marks are `NA`, `N/A`, `undefined`, `[No abstract available]` and the like. A name behind `&` is an entity if the
standard lists it: `&amp;` is one, `R&D;` is not. What a publisher put into an abstract (`© 2018 Elsevier`) stays in it,
since the abstract is its text; terms leave it out (`benang.terms.sentences`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html.entities import html5

LONGEST = 60
"""Characters of the longest mark."""
# What R, pandas, JavaScript, Python, SQL and Excel write for nothing, as they write it.
_MACHINES = frozenset(
    {"NA", "<NA>", "N/A", "n/a", "NaN", "nan", "null", "NULL", "undefined", "None"}
    | {"#N/A", "#NAME?", "#REF!", "#VALUE!"}
)
# What people write for nothing, in any case.
_PEOPLE = frozenset(
    {"na", "n/a", "n.a.", "n.a", "n.d.", "nd", "nil", "none", "null", "nan", "undefined", "unknown", "missing"}
    | {"not available", "not applicable", "not specified", "not given", "tidak ada", "tidak tersedia"}
    | {"(no pagination)", "no pagination", "unpaginated"}
)
_STROKE = "-‐‑‒–—_.?*/+"
_STROKES = frozenset({one * times for one in _STROKE for times in range(1, 6)})
_WHAT = (
    r"(?:abstract|title|document title|author|author name|author id|keyword|source|source information|source title"
    r"|journal|doi|affiliation|reference|volume|issue|page|pagination|year|date|language|publisher|issn)s?"
)
_GIVEN = r"(?:available|captured|found|provided|given|listed|entered|supplied|recorded|known)"
_PHRASE = re.compile(
    rf"[\[(]?\s?(?:no {_WHAT}(?: (?:is|was|are|were))?(?: {_GIVEN})?"
    rf"|(?:the )?{_WHAT} (?:is |are )?(?:not |un){_GIVEN}|(?:not|none) (?:available|captured))\s?[\])]?\.?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"([^\s\-–—]{2,12})\s?[-–—]{1,3}\s?\1")
"""A span of pages from a mark to the same: Wiley prints `n/a-n/a` for what is not in an issue yet."""
_SENTENCES = frozenset({"abstract"})
"""Texts of which a whole sentence counts without brackets; `No abstract` may be a title."""
_ANONYMOUS = frozenset({"[anonymous]", "[anon]", "[anon.]"})
_TEXTS = frozenset({"title", "source", "source_abbreviation", "abstract", "publisher"})
_LISTS = frozenset({"authors", "author_keywords", "index_keywords", "topics", "references", "affiliations"})
# Scopus prints a reference of which it has the year alone as `undefined, (2020)`.
_EMPTY_REFERENCE = re.compile(
    r"(undefined|NA|N/A|null|\[No title captured\])(?:,? ?(?:\([0-9]{4}\)|[0-9]{4}))?", re.IGNORECASE
)
BEGINNINGS = frozenset("nNuUmMtTaA[(<#" + _STROKE)
"""What marks begin with: the first character distinguishes most values from them."""
_IN_LISTS = frozenset("[(<#nNuU" + _STROKE)
_WHOLE = _MACHINES | _STROKES
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
_STAMPS = re.compile(
    r"\s*(?:\[(?:PUBLICATION )?ABSTRACT(?: FROM [A-Z]{1,20})?\]|\bABSTRACT FROM (?:AUTHOR|PUBLISHER)\b\.?"
    r"|\(?Psyc[A-Za-z]{2,10} Database Record \(c\) [0-9]{4} APA,? all rights reserved\)?\.?)"
)
_MANY = 8  # values of one abstract, above which they are its lines


def holds_placeholder(field: str, values: Sequence[str]) -> bool:
    """Tell whether one of the items of a list marks a missing value: quick where none does, as in most records.

    Examples
    --------
    >>> holds_placeholder("topics", ["rent", "Nagoya"]), holds_placeholder("topics", ["rent", "-"])
    (False, True)
    """
    if min(map(len, values)) > LONGEST:  # as in most lists of cited references
        return False
    doubtful = [one for one in values if one[:1] in _IN_LISTS and len(one) <= LONGEST]
    return bool(doubtful) and any(is_placeholder(field, one) for one in doubtful)


def is_placeholder(field: str, value: str) -> bool:
    """Tell whether a value of a field, or an item of a list, marks a missing value.

    Of texts and of items in lists only what programs write counts, as they write it, so that a keyword *Na*
    (sodium) and a title *None but the brave* stay; and what says within brackets, or as the whole of an abstract, that
    nothing is there. Of volumes, pages, DOIs and other short values marks in any case, and strokes.

    Examples
    --------
    >>> is_placeholder("author_keywords", "NA"), is_placeholder("author_keywords", "Na")
    (True, False)
    >>> is_placeholder("abstract", "No abstract available."), is_placeholder("title", "No abstract available.")
    (True, False)
    >>> is_placeholder("volume", "n.a."), is_placeholder("first_page", "-"), is_placeholder("language", "na")
    (True, True, False)
    >>> is_placeholder("first_page", "n/a-n/a"), is_placeholder("first_page", "e12-e12")
    (True, False)
    >>> is_placeholder("references", "undefined, (2020)"), is_placeholder("references", "[Anonymous], 2002, OPTICS")
    (True, False)
    """
    return 0 < len(value) <= LONGEST and value[0] in BEGINNINGS and _is_placeholder(field, value)


@lru_cache(maxsize=16_384)
def _is_placeholder(field: str, value: str) -> bool:
    value = value.strip()
    if value in _WHOLE:
        return True
    if field == "references" and _EMPTY_REFERENCE.fullmatch(value):
        return True
    if field in _TEXTS or field in _LISTS:
        return value.lower() in _ANONYMOUS or _says_nothing(field, value)
    if field == "first_page" and (span := _SPAN.fullmatch(value)):
        value = span[1]
    return (field != "language" and value.casefold() in _PEOPLE) or bool(_PHRASE.fullmatch(value))


def _says_nothing(field: str, value: str) -> bool:
    return bool(_PHRASE.fullmatch(value)) and (field in _SENTENCES or value[0] in "[(")


def without_placeholders(field: str, values: Sequence[str]) -> tuple[str, ...]:
    """Return the items of a list that are values.

    In terms of an index that are in capitals throughout, `NA` beside others is kept: there it is sodium.

    Examples
    --------
    >>> without_placeholders("author_keywords", ["rent", "NA", "stalls"])
    ('rent', 'stalls')
    >>> without_placeholders("index_keywords", ["NA", "K+"]), without_placeholders("index_keywords", ["NA"])
    (('NA', 'K+'), ())
    """
    kept = tuple([one for one in values if not is_placeholder(field, one)])
    if field == "index_keywords" and kept and "NA" in values and all(map(str.isupper, kept)):
        return tuple([one for one in values if one == "NA" or not is_placeholder(field, one)])
    return kept


def mark_in(field: str, value: str) -> str:
    """Return the mark itself, without the year that Scopus puts behind it in a reference.

    Examples
    --------
    >>> mark_in("references", "undefined, (2020)"), mark_in("volume", "N/A")
    ('undefined', 'N/A')
    """
    match = _EMPTY_REFERENCE.fullmatch(value.strip()) if field == "references" else None
    return match[1] if match else value


def has_entity(text: str) -> bool:
    """Tell whether the text contains an entity.

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
    text = _STAMPS.sub("", _without_notice(abstract))
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
    """Join the values of an abstract in several tags or lines; a text that occurs twice is taken once.

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
