"""What a record is compared by, and in what two records agree or contradict each other.

Every comparison answers True (they agree), False (they contradict each other) or None (one of them does not tell).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from benang.locale.writing import worded
from benang.records.duplicates.titles import Title, with_article
from benang.records.names import split_name
from benang.records.record import WEB_OF_SCIENCE
from benang.records.source_names import same_source, sort_of_source
from benang.records.spelling import folded, letters_of, with_hyphen_closed

_DASH = re.compile("[-‐‑‒–—−,;]")
_DIGITS = re.compile(r"[0-9]{1,18}")
_LETTERED = re.compile(r"\s*([a-z]{1,2}) ?0*([1-9][0-9]{0,8})\b")  # meetings number their talks: AE 06
_ROMAN = re.compile(r"[ivxlc]{1,9}")
_ISSN = re.compile(r"[0-9]{4}-?[0-9]{3}[0-9Xx]")
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550/|1101/[0-9]{4}\.|1101/[0-9]{6}|2139/ssrn|21203/rs|20944/preprints|31234/|31219/|31235/|26434/|36227/)"
)
_PREPRINT_VERSION = re.compile(r"(?:/|\.)?v[0-9]{1,2}$")
_AHEAD = frozenset({"", "1", "no", "na", "nopagination", "inpress", "ahead", "epub"})
GATHERED = frozenset(("openalex", "mag", "lens", "dimensions"))
"""Databases that gather records by machine: they number one work several times."""
_DATABASES = {
    "eid": "Scopus", "wos": WEB_OF_SCIENCE, "WOS": WEB_OF_SCIENCE, "pmid": "PubMed", "pmcid": "PubMed Central",
    "embase": "Embase", "eric": "ERIC", "arxiv": "arXiv",
}  # fmt: skip
_UNLIKE_TYPES = frozenset(
    frozenset(pair)
    for pair in (
        ("book", "chapter"), ("book", "article"), ("book", "thesis"), ("thesis", "article"), ("thesis", "chapter"),
        ("thesis", "proceedings"), ("report", "article"), ("book", "proceedings"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """One record, made ready for comparison.

    `families` are the first authors' family names, letters only; `initial` is the first letter of the first author's
    given name; `first_words` are all words of the first author's name, since databases turn names round. `places` are
    its first page and its article number, `persistent` those identifiers of which a work has only one in its scheme.
    """

    title: Title
    year: int | None
    families: tuple[str, ...]
    initial: str
    first_words: frozenset[str]
    source: str
    abbreviation: str
    issn: frozenset[str]
    volume: str
    issue: str
    places: frozenset[str]
    last_page: str
    doi: str
    identifiers: frozenset[str]
    type: str
    sort: str
    language: str
    status: str
    settled: bool = False

    @property
    def first_page(self) -> str:
        """Return the first of its places, in the order of the alphabet; nothing where it has none."""
        return min(self.places, default="")


def doi_of(doi: str) -> str:
    """Return a DOI as it is compared; the versions of a preprint are one.

    Examples
    --------
    >>> doi_of("10.1000/ABC."), doi_of("10.21203/rs.3.rs-123/v2"), doi_of("10.1000/journal.v2")
    ('10.1000/abc', '10.21203/rs.3.rs-123', '10.1000/journal.v2')
    """
    bare = doi.strip().lower().replace("%2f", "/").rstrip(".,;")
    return _PREPRINT_VERSION.sub("", bare) if _PREPRINT_DOI.match(bare) else bare


def sort_of(record_type: str, source: str, doi: str) -> str:
    """Return whether a record is a preprint, a paper of a meeting, or neither."""
    if _PREPRINT_DOI.match(doi):
        return "preprint"
    sort = sort_of_source(source)
    return sort or ("meeting" if record_type == "proceedings" else "")


@lru_cache(maxsize=1 << 17)
def author_parts(author: str, *, is_body: bool = False) -> tuple[str, str, frozenset[str]]:
    """Return an author's family name, first initial, and all longer words of the name, letters only.

    Of a body the family name is all of the name.

    Examples
    --------
    >>> family, initial, words = author_parts("García-López, Ana M.")
    >>> family, initial, sorted(words)
    ('garcialopez', 'a', ['ana', 'garcia', 'lopez'])
    """
    family, given = (author, "") if is_body else split_name(author)
    letters = letters_of(family)
    words = re.findall(r"[^\W\d_]{2,}", folded(author))
    first = next((one for one in folded(given) if one.isalpha()), "")
    return letters, first, frozenset(words)


@lru_cache(maxsize=1 << 15)
def page_of(page: str) -> str:
    """Return a first page as it is compared, nothing where it is none or only that of an article ahead of print.

    Examples
    --------
    >>> page_of("S568‐"), page_of("pp. 0123"), page_of("1"), page_of("e5082"), page_of("xxv"), page_of("AE 06")
    ('s568', '123', '', 'e5082', 'xxv', 'ae6')
    >>> page_of("AE-06"), page_of("I-445-I-448")
    ('ae6', 'i445')
    """
    closed = folded(with_hyphen_closed(page[:60]))
    begin = _DASH.split(closed.replace(".", " ").removeprefix("pp").removeprefix("p "), maxsplit=1)[0]
    if match := _LETTERED.match(begin):
        return f"{match[1]}{match[2]}"
    first = "".join(one for one in begin.strip().partition(" ")[0] if one.isalnum()).lstrip("0")
    return "" if first in _AHEAD or not (_DIGITS.search(first) or _ROMAN.fullmatch(first)) else first


def number_of(text: str) -> str:
    """Return a volume or issue as it is compared: its first number, else its letters.

    Examples
    --------
    >>> number_of("Vol. 012 (Suppl 1)"), number_of("B")
    ('12', 'b')
    """
    match = _DIGITS.search(text)
    return match[0].lstrip("0") or "0" if match else letters_of(text)


def last_page_of(first: str, last: str) -> str:
    """Return a last page in full: `123-9` ends on page 129.

    Examples
    --------
    >>> last_page_of("123", "9"), last_page_of("S568", "S9"), last_page_of("98", "104")
    ('129', '569', '104')
    """
    begin, end = _DIGITS.search(first), _DIGITS.search(last)
    if not begin or not end:
        return ""
    missing = len(begin[0]) - len(end[0])
    return begin[0][:missing] + end[0] if missing > 0 else end[0]


def issn_of(values: list[str]) -> frozenset[str]:
    """Return ISSNs as they are compared, without their hyphen."""
    return frozenset(issn.replace("-", "").upper() for value in values for issn in _ISSN.findall(value[:100]))


def same_authors(one: Work, other: Work) -> bool | None:
    """Tell whether the first authors are the same; None also where only others are shared, or where initials differ."""
    if not one.families or not other.families:
        return None
    first, second = one.families[0], other.families[0]
    if first == second:
        if not one.initial or not other.initial or one.initial == other.initial:
            return True
        return True if set(one.families[1:]) & set(other.families[1:]) else None
    if _alike(first, second) or _turned(one, other):
        return True
    return None if set(one.families) & set(other.families) else False


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short) or fuzz.ratio(one, other) >= 85)


def _turned(one: Work, other: Work) -> bool:
    """Tell whether the names of the first authors share a word: a double name, or given name and family name turned."""
    return bool(one.first_words & other.first_words)


def years_apart(one: Work, other: Work) -> int:
    """Return how many years lie between two works, 0 where one has no year."""
    return 0 if one.year is None or other.year is None else abs(one.year - other.year)


def same_journal(one: Work, other: Work) -> bool | None:
    """Tell whether the sources are the same, by ISSN or by name."""
    if one.issn & other.issn:
        return True
    if same_source(one.source, other.source):
        return True
    if same_source(one.source, other.abbreviation) or same_source(one.abbreviation, other.source):
        return True
    return same_source(one.source, other.source)


def same_volume(one: Work, other: Work) -> bool | None:
    """Tell whether the volumes are the same."""
    return one.volume == other.volume if one.volume and other.volume else None


def same_pages(one: Work, other: Work) -> bool | None:
    """Tell whether two works begin on the same page, or have the same article number."""
    if not one.places or not other.places:
        return None
    if one.places & other.places:
        return True
    ours, theirs = _bare(one.places), _bare(other.places)
    return any(len(number) >= 2 for number in ours & theirs)


def _bare(places: frozenset[str]) -> set[str]:
    """Return places without letters: a page `S568` is `568` in another database."""
    return {match[0] for place in places if (match := _DIGITS.search(place))}


def same_doi(one: Work, other: Work) -> bool | None:
    """Tell whether the DOIs are the same; None also where one is the other cut off."""
    if not one.doi or not other.doi:
        return None
    if one.doi == other.doi:
        return True
    short, long = sorted((one.doi, other.doi), key=len)
    return None if len(short) >= 14 and long.startswith(short) and not long[len(short) :].isdigit() else False


def twice_numbered(one: Work, other: Work) -> str:
    """Return the database that gave two records different numbers, and so holds them to be two works; "" where none.

    The collections of the Web of Science (`WOS:`, `MEDLINE:`) each count for themselves.
    """
    if not one.identifiers or not other.identifiers:
        return ""
    ours, theirs = _numbers(one.identifiers), _numbers(other.identifiers)
    both = sorted(ours.keys() & theirs.keys(), key=lambda name: (name in GATHERED, name))
    return next((name for name in both if ours[name].isdisjoint(theirs[name])), "")


def _numbers(identifiers: frozenset[str]) -> dict[str, set[str]]:
    """Return the numbers that databases gave a record, by database."""
    numbers: dict[str, set[str]] = {}
    for identifier in identifiers:
        scheme, _, number = identifier.partition(":")
        collection, colon, _ = number.partition(":")
        name = collection.upper() if colon else scheme
        numbers.setdefault(_DATABASES.get(name, name), set()).add(number)
    return numbers


def unlike_types(one: Work, other: Work) -> str:
    """Say what kinds of work two records are where these are never one: a book and its chapter, say."""
    if frozenset((one.type, other.type)) in _UNLIKE_TYPES:
        return worded(
            "one is {one}, the other {other}",
            one=worded(with_article(one.type)),
            other=worded(with_article(other.type)),
        )
    return ""
