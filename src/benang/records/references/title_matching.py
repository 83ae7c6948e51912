"""References joined by their titles: to the records of the corpus, and to each other.

`titled_works.py` tells when two are one; this module finds which are worth comparing. A title that many works share
(*Editorial*) decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benang.records.record import Record
from benang.records.references.cited import CitedReference, Groups, letters
from benang.records.references.titled_works import (
    NEAR,
    Titled,
    cited_work,
    distance,
    goes_on_with_source,
    is_another_kind,
    is_nearly,
    is_same,
    is_surely,
    recorded_work,
)
from benang.records.references.titles import is_distinct, is_generic, title_letters

BY_TITLE = "title"
"""How a reference was joined that a title joined."""

_EDGE = 14  # letters at either end of a title by which titles with a slip elsewhere are found
_MOST_CANDIDATES = 400  # of one author and year


def join_by_titles(groups: Groups, cited: Sequence[CitedReference], records: Sequence[Record]) -> None:
    """Join references that have no record yet to the record whose title they print; then references to each other.

    Nodes of `groups` are the references, then the records. Two different DOIs are joined only where author, year and
    volume agree as well. What fits two records equally well is joined to neither.

    Examples
    --------
    >>> from benang.records.references.parsing import parse_reference
    >>> record = Record("a", title="Night markets in a small town", authors=("Umpama, Ani",), year=2019)
    >>> reference = parse_reference("Umpama, Ani, Night market in a small town, Journal of Places, (2019)")
    >>> groups = Groups.of(["", ""])
    >>> join_by_titles(groups, [reference], [record])
    >>> groups.root(0) == groups.root(1)
    True
    """
    if not any(reference.title or reference.form == "Scopus" for reference in cited):
        return
    index = _index(records, first=len(cited))
    with_record = {groups.root(len(cited) + at) for at in range(len(records))}
    sizes = Counter(groups.root(node) for node in range(len(cited)))
    alike: dict[tuple[str, int, str], list[int]] = {}
    for node, reference in enumerate(cited):
        is_alone = sizes[groups.root(node)] == 1
        family = letters(reference.family)
        for at, title in enumerate(_titles_of(reference)):
            spelt = title_letters(title)
            if not at and family and reference.year is not None:
                alike.setdefault((family, reference.year, spelt), []).append(node)
            if groups.root(node) in with_record:
                break
            if not index.may_have(spelt, family, reference.year):
                continue
            one = cited_work(node, reference, title, spelt, family)
            record = index.record_of(one)
            if record is None or (one.contradicts(record) and not is_alone):
                continue  # a title and a page of two works would join all that cite either
            if groups.join(node, record.node, despite_dois=is_surely(one, record)):
                with_record.add(groups.root(node))
                groups.how.setdefault(node, BY_TITLE)
    _join_to_each_other(groups, cited, alike)


def _titles_of(reference: CitedReference) -> Iterator[str]:
    """Yield what may be the title: of a book the source, and both together where a comma parted them wrongly."""
    if reference.title:
        yield reference.title
        if reference.source and not reference.volume:
            yield f"{reference.title}, {reference.source}"
    elif reference.source and not reference.volume and reference.form != "Web of Science":  # cut after 20 letters
        yield reference.source


@dataclass(frozen=True, slots=True)
class _Index:
    """The records by their titles' letters, by author and year, and by year and either end of the title.

    `near_authors` are authors with the years of their records and those next to them.
    """

    by_letters: Mapping[str, Sequence[Titled]]
    by_author: Mapping[tuple[str, int], Sequence[Titled]]
    by_edge: Mapping[tuple[int, str], Sequence[Titled]]
    by_start: Mapping[str, Sequence[Titled]]
    near_authors: frozenset[tuple[str, int]]

    def may_have(self, spelt: str, family: str, year: int | None) -> bool:
        """Check quickly whether any record is worth comparing with a title's letters, an author and a year."""
        if spelt in self.by_letters or spelt[:_EDGE] in self.by_start:
            return True
        if year is None:
            return False
        return (family, year) in self.near_authors or any((year, edge) in self.by_edge for edge in _edges(spelt))

    def record_of(self, cited: Titled) -> Titled | None:
        """Return the record that a title names, None where none or several do."""
        named = [record for record in self.by_letters.get(cited.letters, ()) if is_same(cited, record)]
        if not named:
            named = [record for record in self._near(cited) if is_nearly(cited, record)] or self._run_on(cited)
        named = [record for record in named if not is_another_kind(cited, record)]
        if len(named) > 1:
            best = min(distance(cited, record) for record in named)
            named = [record for record in named if distance(cited, record) == best]
        return named[0] if len(named) == 1 else None

    def _near(self, cited: Titled) -> Iterable[Titled]:
        """Find the records of the author and nearly the year, and those of the year whose titles begin or end alike."""
        near: dict[int, Titled] = {}
        if cited.year is None:
            return ()
        for year in range(cited.year - NEAR, cited.year + NEAR + 1):
            for family in cited.families:
                if records := self.by_author.get((family, year)):
                    near |= {one.node: one for one in records[:_MOST_CANDIDATES]}
        for edge in _edges(cited.letters):
            if records := self.by_edge.get((cited.year, edge)):
                near |= {one.node: one for one in records[:_MOST_CANDIDATES]}
        return near.values()

    def _run_on(self, cited: Titled) -> list[Titled]:
        """Find the records whose title and source run together: `Night markets in a small town J. Places`."""
        return [
            record
            for record in self.by_start.get(cited.letters[:_EDGE], ())[:_MOST_CANDIDATES]
            if cited.letters.startswith(record.letters) and goes_on_with_source(cited, record)
        ]


def _index(records: Sequence[Record], *, first: int) -> _Index:
    by_letters: dict[str, list[Titled]] = {}
    by_author: dict[tuple[str, int], list[Titled]] = {}
    by_edge: dict[tuple[int, str], list[Titled]] = {}
    by_start: dict[str, list[Titled]] = {}
    for at, record in enumerate(records):
        if not record.title or is_generic(record.title):
            continue
        one = recorded_work(first + at, record)
        by_letters.setdefault(one.letters, []).append(one)
        if one.is_distinct:
            by_start.setdefault(one.letters[:_EDGE], []).append(one)
        if record.year is not None:
            for family in one.families:
                by_author.setdefault((family, record.year), []).append(one)
            for edge in _edges(one.letters):
                by_edge.setdefault((record.year, edge), []).append(one)
    near = frozenset((family, year + by) for family, year in by_author for by in range(-NEAR, NEAR + 1))
    return _Index(by_letters, by_author, by_edge, by_start, near)


def _edges(text: str) -> tuple[str, ...]:
    return (text[:_EDGE], text[-_EDGE:]) if len(text) > 2 * _EDGE else ()


def _join_to_each_other(
    groups: Groups, cited: Sequence[CitedReference], alike: Mapping[tuple[str, int, str], Sequence[int]]
) -> None:
    """Join references of one first author, year and title, unless they are a talk and an article."""
    for (family, _, spelt), nodes in alike.items():
        if len(nodes) < 2:
            continue
        titles = [next(_titles_of(cited[node])) for node in nodes]
        if not is_distinct(titles[0]) or is_generic(titles[0]):
            continue
        works: list[Titled] = []
        for node, title in zip(nodes, titles, strict=True):
            one = cited_work(node, cited[node], title, spelt, family)
            work = next((other for other in works if not one.is_another_publication(other)), None)
            if work is None:
                works.append(one)
            elif groups.root(one.node) != groups.root(work.node) and groups.join(work.node, one.node):
                groups.how.setdefault(work.node, BY_TITLE)
                groups.how.setdefault(one.node, BY_TITLE)
