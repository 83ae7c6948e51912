"""What records are compared by: how they are made ready, which pairs are worth comparing, and in what two agree.

Every comparison answers True (they agree), False (they contradict each other) or None (one of them does not tell).

A block holds the records that share one key: an identifier, a title, the beginning of a title, a place in print, an
author with a rare word. Within a small block all pairs are compared. A large one (5,000 records called "Editorial") is
parted by author and year; what is still large is sorted, and each record compared with its neighbours only. So the
number of pairs grows with the number of records, not with its square.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from benang.languages import language_code
from benang.locale.writing import worded
from benang.records.corpus import Corpus
from benang.records.duplicates.titles import Title, title_of, with_article
from benang.records.name_words import same_source, sort_of_source
from benang.records.names import split_name
from benang.records.record import WEB_OF_SCIENCE
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


_AUTHORS = 8  # more names than these tell nothing new
_ABSTRACT = 1500
_LEAST_ABSTRACT = 150

ALL_PAIRS = 24
"""Up to this size all pairs of a block are compared."""
NEIGHBOURS = 6
"""In a larger block each record is compared with so many that follow it in sorted order."""
_BEGINNING = 24
_RARE_WORDS = 3
_LONG = 4  # letters from which on a word is worth a key


def prepared(corpus: Corpus) -> list[Work]:
    """Make every record of a corpus ready for comparison, in the order of the corpus."""
    works = corpus.works
    names = (
        "title", "year", "source", "source_abbreviation", "volume", "issue", "first_page", "last_page",
        "article_number", "doi", "type", "language", "status",
    )  # fmt: skip
    columns = [works.column(name).to_pylist() for name in names]
    authors = _lists(corpus, "authors", most=_AUTHORS)
    issn = _lists(corpus, "issn")
    identifiers = _lists(corpus, "identifiers")
    bodies = corpus.bodies
    settled = set(corpus.members.column("work").to_pylist())
    return [
        _work(row, authors.get(at, ()), bodies, issn.get(at, ()), identifiers.get(at, ()), at in settled)
        for at, row in enumerate(zip(*columns, strict=True))
    ]


def _lists(corpus: Corpus, name: str, *, most: int | None = None) -> dict[int, list[str]]:
    """Return the values of one list field by work."""
    table: pa.Table = corpus.values.filter(pc.equal(corpus.values.column("field"), name))
    if most is not None:
        table = table.filter(pc.less(table.column("position"), most))
    lists: dict[int, list[str]] = {}
    for work, value in zip(table.column("work").to_pylist(), table.column("value").to_pylist(), strict=True):
        lists.setdefault(work, []).append(value)
    return lists


def _work(
    row: Sequence[Any],
    authors: Sequence[str],
    bodies: Collection[str],
    issn: Sequence[str],
    identifiers: Sequence[str],
    settled: bool,
) -> Work:
    title, year, source, abbreviation, volume, issue, first, last, number, doi, kind, language, status = row
    named = [name for name in authors if any(map(str.isalpha, name))]
    parts = [author_parts(name, is_body=name in bodies) for name in named]
    bare = doi_of(doi) if doi else ""
    return Work(
        title=title_of(title),
        year=year,
        families=tuple(family for family, _, _ in parts if family),
        initial=parts[0][1] if parts else "",
        first_words=parts[0][2] if parts else frozenset(),
        source=source,
        abbreviation=abbreviation,
        issn=issn_of(list(issn)) if issn else frozenset(),
        volume=number_of(volume) if volume else "",
        issue=number_of(issue) if issue else "",
        places=frozenset(filter(None, (page_of(first), page_of(number)))),
        last_page=last_page_of(first, last) if last else "",
        doi=bare,
        identifiers=frozenset(identifiers),
        type=kind,
        sort=sort_of(kind, source, bare),
        language=language_code(language),
        status=status,
        settled=settled,
    )


def abstracts_of(corpus: Corpus) -> Callable[[int, int], float | None]:
    """Return a function that compares two records' abstracts: 0 to 100, None where one has none worth comparing."""
    column = corpus.works.column("abstract")

    @lru_cache(maxsize=4096)
    def bare(work: int) -> str:
        text = str(column[work].as_py() or "")[: 2 * _ABSTRACT].casefold()
        return "".join(one for one in text if one.isalnum())[:_ABSTRACT]

    def compared(one: int, other: int) -> float | None:
        a, b = bare(one), bare(other)
        if min(len(a), len(b)) < _LEAST_ABSTRACT:
            return None
        shorter = min(len(a), len(b))
        return float(fuzz.ratio(a[:shorter], b[:shorter]))

    return compared


def candidates(works: Sequence[Work]) -> npt.NDArray[np.int64]:
    """Return the pairs worth comparing as an array of two columns, the smaller number first, sorted, each once."""
    pairs: list[int] = []
    count = len(works)
    for keys in _keys_of(works):
        blocks: dict[str, list[int]] = {}
        for at, key in keys:
            blocks.setdefault(key, []).append(at)
        for block in blocks.values():
            if len(block) > 1:
                pairs.extend(a * count + b for a, b in _pairs(block, works))
    distinct = np.unique(np.array(pairs, dtype=np.int64))
    return np.stack(np.divmod(distinct, max(count, 1)), axis=1)


def _keys_of(works: Sequence[Work]) -> Iterator[Iterator[tuple[int, str]]]:
    """Give the keys of all records, kind by kind, so that one kind's blocks are in memory at a time."""
    rare = _rare_words(works)
    kinds: tuple[Callable[[int, Work], Iterable[str]], ...] = (
        lambda _, work: (*work.identifiers, *([work.doi] if work.doi else ())),
        lambda _, work: {work.title.key, work.title.main, *work.title.others} - {""},
        lambda _, work: _beginnings(work),
        lambda _, work: _places(work),
        lambda at, work: [f"{work.families[0]} {word}" for word in rare[at]] if work.families else (),
    )
    for kind in kinds:
        yield ((at, key) for at, work in enumerate(works) for key in dict.fromkeys(kind(at, work)))


def _rare_words(works: Sequence[Work]) -> list[list[str]]:
    """Return for each record the words of its title that the fewest titles hold."""
    often = Counter(word for work in works for word in set(work.title.words))

    def rarest(words: Iterable[str]) -> list[str]:
        return sorted({word for word in words if len(word) >= _LONG}, key=lambda word: (often[word], word))[
            :_RARE_WORDS
        ]

    return [rarest(work.title.words) for work in works]


def _beginnings(work: Work) -> Iterator[str]:
    """Give what titles cut off, or spelt differently at one end, still share."""
    key = work.title.key
    family = work.families[0][:4] if work.families else ""
    if len(key) >= _BEGINNING:
        yield f"{family}<{key[:_BEGINNING]}"
        yield f"{family}>{key[-_BEGINNING:]}"
    if len(key) >= _BEGINNING + 6:
        yield key[: _BEGINNING + 6]


def _places(work: Work) -> Iterator[str]:
    for place in work.places:
        if work.volume:
            yield f"{work.volume}:{place}:{work.year or ''}"
            yield f"{work.volume}:{place}:{work.families[0][:4] if work.families else ''}"


def _pairs(block: list[int], works: Sequence[Work]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block, the smaller number first."""
    if len(block) <= ALL_PAIRS:
        yield from _all(block)
        return
    parts: dict[tuple[str, int], list[int]] = {}
    for at in block:
        work = works[at]
        parts.setdefault((work.families[0] if work.families else "", work.year or 0), []).append(at)
    for part in parts.values():
        if len(part) <= ALL_PAIRS:
            yield from _all(part)
    for order in (_by_title, _by_place):
        row = sorted(block, key=lambda at: (*order(works[at]), at))
        for step in range(1, NEIGHBOURS + 1):
            yield from ((min(a, b), max(a, b)) for a, b in zip(row, row[step:], strict=False))


def _all(block: list[int]) -> Iterator[tuple[int, int]]:
    yield from ((a, b) for at, a in enumerate(block) for b in block[at + 1 :])


def _by_title(work: Work) -> tuple[str, str, int, str]:
    return (work.title.key, work.families[0] if work.families else "", work.year or 0, work.first_page)


def _by_place(work: Work) -> tuple[int, str, str, str]:
    return (work.year or 0, work.volume, work.first_page, work.families[0] if work.families else "")
