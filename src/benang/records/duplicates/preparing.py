"""The records of a corpus made ready for comparison, and which pairs of them are worth comparing.

A block holds the records that share one key: an identifier, a title, the beginning of a title, a place in print, an
author with a rare word. Within a small block all pairs are compared. A large one (5,000 records called "Editorial") is
parted by author and year; what is still large is sorted, and each record compared with its neighbours only. So the
number of pairs grows with the number of records, not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz

from benang.languages import language_code
from benang.records.corpus import Corpus
from benang.records.duplicates import likeness
from benang.records.duplicates.likeness import Work
from benang.records.duplicates.titles import title_of

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
    parts = [likeness.author_parts(name, is_body=name in bodies) for name in named]
    bare = likeness.doi_of(doi) if doi else ""
    return Work(
        title=title_of(title),
        year=year,
        families=tuple(family for family, _, _ in parts if family),
        initial=parts[0][1] if parts else "",
        first_words=parts[0][2] if parts else frozenset(),
        source=source,
        abbreviation=abbreviation,
        issn=likeness.issn_of(list(issn)) if issn else frozenset(),
        volume=likeness.number_of(volume) if volume else "",
        issue=likeness.number_of(issue) if issue else "",
        places=frozenset(filter(None, (likeness.page_of(first), likeness.page_of(number)))),
        last_page=likeness.last_page_of(first, last) if last else "",
        doi=bare,
        identifiers=frozenset(identifiers),
        type=kind,
        sort=likeness.sort_of(kind, source, bare),
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
