"""Marks that stand for no value: `NA`, `N/A`, `undefined`, `[No abstract available]` and the like."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 60
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
_STROKES = re.compile(r"[-‐‑‒–—_.?*/+]{1,5}")
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
_BRACKETED_ONLY = frozenset(
    {"title", "source", "author_keywords", "index_keywords", "topics", "references", "affiliations"}
)
"""Fields in which a phrase counts only within brackets, but one that says of the field itself that it's missing:
`No author` may be a title."""
_ANONYMOUS = frozenset({"[anonymous]", "[anon]", "[anon.]"})
_TEXTS = frozenset({"title", "source", "source_abbreviation", "abstract", "publisher"})
_LISTS = frozenset({"author_keywords", "index_keywords", "topics", "references", "affiliations"})
# Scopus prints a reference of which it has the year alone as `undefined, (2020)`.
_EMPTY_REFERENCE = re.compile(
    r"(?:undefined|NA|N/A|null|\[No title captured\]),? ?(?:\([0-9]{4}\)|[0-9]{4})?", re.IGNORECASE
)


@lru_cache(maxsize=16_384)
def is_placeholder(field: str, value: str) -> bool:
    """Tell whether a value of a field stands for no value.

    Of texts and of items in lists only what programs write counts, as they write it, so that a keyword *Na*
    (sodium) and a title *None but the brave* stay; and what says within brackets, or as a whole sentence of an
    abstract, that nothing is there. Of volumes, pages, DOIs and other short values marks in any case, and strokes.

    Examples
    --------
    >>> is_placeholder("author_keywords", "NA"), is_placeholder("author_keywords", "Na")
    (True, False)
    >>> is_placeholder("abstract", "[No abstract available]"), is_placeholder("title", "No abstract available")
    (True, False)
    >>> is_placeholder("volume", "n.a."), is_placeholder("first_page", "-"), is_placeholder("title", "-")
    (True, True, True)
    >>> is_placeholder("references", "undefined, (2020)"), is_placeholder("references", "[Anonymous], 2002, OPTICS")
    (True, False)
    """
    if len(value) > _LONGEST:
        return False
    value = value.strip()
    if value in _MACHINES or _STROKES.fullmatch(value):
        return True
    if field == "references" and _EMPTY_REFERENCE.fullmatch(value):
        return True
    if field in _TEXTS or field in _LISTS:
        return value.lower() in _ANONYMOUS or _says_nothing(field, value)
    return (field != "language" and value.casefold() in _PEOPLE) or bool(_PHRASE.fullmatch(value))


def _says_nothing(field: str, value: str) -> bool:
    if not _PHRASE.fullmatch(value):
        return False
    return value[0] in "[(" or field not in _BRACKETED_ONLY
