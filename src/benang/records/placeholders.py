"""Marks that stand for no value: `NA`, `N/A`, `undefined`, `[No abstract available]` and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

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
"""What marks begin with: the first character tells most values from them."""
_IN_LISTS = frozenset("[(<#nNuU" + _STROKE)
_WHOLE = _MACHINES | _STROKES


def holds_placeholder(field: str, values: Sequence[str]) -> bool:
    """Tell whether one of the items of a list stands for no value: quick where none does, as in most records.

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
    """Tell whether a value of a field, or an item of a list, stands for no value.

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

    In terms of an index that stand in capitals throughout, `NA` beside others is kept: there it is sodium.

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
