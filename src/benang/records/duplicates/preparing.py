"""The records of a corpus made ready for comparison, from its columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

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
    found: dict[int, list[str]] = {}
    for work, value in zip(table.column("work").to_pylist(), table.column("value").to_pylist(), strict=True):
        found.setdefault(work, []).append(value)
    return found


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
