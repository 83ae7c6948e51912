"""References and records joined by their titles: which are worth comparing, and when two of them are one work.

Where two titles are the same letter for letter and long, the title decides, unless the years are far apart or it came
twice, as a talk and as an article. Short titles need the author and the year, or volume and page; titles with slips
the year and mostly the author. A title that many works share (*Editorial*) decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from benang.records.record import Record
from benang.records.references.cited import CitedReference, Groups, letters
from benang.records.references.keys import first_authors, number_key, page_key
from benang.records.references.sameness import source_likeness
from benang.records.references.titles import (
    LEAST_ALIKE,
    NOTICES,
    are_alike,
    is_distinct,
    is_generic,
    kind_of,
    main_title,
    title_letters,
)
from benang.records.spelling import folded

FAR = 5
"""Years that lie at most between a working paper, or a misprint, and the article of the same author and title."""
NEAR = 1
"""Years that lie at most between an article published early online and its issue."""

_PAGE = re.compile(r"[2-9]|[1-9][0-9]{1,4}")  # not 1, with which each article begins where they have numbers
_THESIS = re.compile(r"\b(?:thesis|dissertation|disertasi|tesis|skripsi)\b", re.IGNORECASE)
_START = 12  # letters that a title shares with its main title
_MOST_AUTHORS = 5  # of a record, one of which a reference names first
_OTHER_SOURCE = 0.5  # less alike are a conference and the journal in which the same title came again

BY_TITLE = "title"
"""How a reference was joined that a title joined."""

_EDGE = 14  # letters at either end of a title by which titles with a slip elsewhere are found
_MOST_CANDIDATES = 400  # of one author and year


@dataclass(frozen=True, slots=True)
class Titled:
    """What a record or reference is known by: `letters` are the title's, `families` of the authors or the first."""

    node: int
    title: str
    letters: str
    families: frozenset[str]
    year: int | None
    source: str
    volume: str
    page: str
    is_distinct: bool = False

    def years_from(self, other: Titled) -> int | None:
        """Years between two works; None where one has no year."""
        return None if self.year is None or other.year is None else abs(self.year - other.year)

    def stands_with(self, other: Titled) -> bool:
        """Tell whether both are in one volume, and on one page."""
        return self.in_one_volume(other) and self.on_one_page(other)

    def is_in_another_volume(self, other: Titled) -> bool:
        """Distinguish two articles of one title: each in a volume, and not that of the other's source."""
        return bool(self.volume and other.volume) and self._differs(other)

    def is_another_publication(self, other: Titled) -> bool:
        """Also distinguish an article from a talk with its title, on another page of another source."""
        both = (self.volume and other.volume) or (self.page and other.page)
        return self.contradicts(other) or (bool(both) and self._differs(other))

    def contradicts(self, other: Titled) -> bool:
        """Distinguish two whose volumes and pages are known, where pages differ; article numbers are no pages."""
        pages = [page_key(one.page) for one in (self, other) if one.volume]
        return len(pages) == 2 and pages[0] != pages[1] and all(map(_PAGE.fullmatch, pages))

    def _differs(self, other: Titled) -> bool:
        if self.in_one_volume(other) or self.on_one_page(other):
            return False
        alike = source_likeness(self.source, other.source)
        return alike is not None and alike < _OTHER_SOURCE

    def in_one_volume(self, other: Titled) -> bool:
        """Tell whether both print the same volume."""
        return bool(self.volume and other.volume) and number_key(self.volume) == number_key(other.volume)

    def on_one_page(self, other: Titled) -> bool:
        """Tell whether both print the same first page or article number."""
        return bool(self.page and other.page) and page_key(self.page) == page_key(other.page)


def cited_work(node: int, reference: CitedReference, title: str, spelt: str, family: str) -> Titled:
    """Return what a reference tells with one of its titles, of which `spelt` are the letters; `family` its author's."""
    return Titled(
        node,
        title,
        spelt,
        frozenset((family,) if family else ()),
        reference.year,
        reference.source,
        reference.volume,
        reference.page or reference.article_number,
    )


def recorded_work(node: int, record: Record) -> Titled:
    """Return what a record tells: by its title, with the families of its first authors."""
    names = (*record.authors[:_MOST_AUTHORS], *first_authors(record))
    return Titled(
        node,
        record.title,
        title_letters(record.title),
        frozenset(family for name in names if (family := letters(name.partition(",")[0]))),
        record.year,
        record.source,
        record.volume,
        record.first_page or record.article_number,
        is_distinct(record.title),
    )


def is_another_kind(cited: Titled, record: Titled) -> bool:
    """Distinguish a reply or an erratum from the work it is about, and a thesis from an article with its title."""
    if cited.letters != record.letters:
        kinds = {kind_of(folded(one.title)) for one in (cited, record)}
        if len(kinds) == 2 and kinds & NOTICES:
            return True
    return bool((record.volume or record.page) and _THESIS.search(cited.source))


def is_same(cited: Titled, record: Titled) -> bool:
    """Tell whether a reference with the letters of a record's title is to this record."""
    same_author = bool(cited.families & record.families)
    years = cited.years_from(record)
    if cited.stands_with(record):
        return same_author or years is None or years <= NEAR
    if cited.is_in_another_volume(record):
        return False
    if not record.is_distinct:
        return same_author and years is not None and years <= NEAR
    return years is None or years <= (FAR if same_author else NEAR)


def is_surely(cited: Titled, record: Titled) -> bool:
    """Tell whether title, author, year and volume agree, so that one of two different DOIs is a slip."""
    agree = cited.letters == record.letters and bool(cited.families & record.families)
    return agree and cited.year == record.year and cited.in_one_volume(record)


def is_nearly(cited: Titled, record: Titled) -> bool:
    """Tell whether a reference with nearly the title of a record, or its main title alone, is to this record."""
    same_author = bool(cited.families & record.families)
    if cited.is_in_another_volume(record):
        return False
    starts_alike = same_author and cited.letters[:_START] == record.letters[:_START]
    if starts_alike and (_is_main(record.title, cited.letters) or _is_main(cited.title, record.letters)):
        return True
    if fuzz.ratio(cited.letters, record.letters, score_cutoff=LEAST_ALIKE) < LEAST_ALIKE:
        return False
    if not same_author and not (record.is_distinct and is_distinct(cited.title)):
        return False
    return are_alike(cited.title, record.title)


def _is_main(title: str, other: str) -> bool:
    main = main_title(title)
    return main is not None and title_letters(main) == other


def goes_on_with_source(cited: Titled, record: Titled) -> bool:
    """Tell whether a record's title is followed by its source, and author and year agree."""
    years = cited.years_from(record)
    if not cited.families & record.families or (years is not None and years > NEAR):
        return False
    is_run_on = cited.title == cited.source  # else the title ends at a comma
    words = cited.title.split() if is_run_on else f"{cited.title} {cited.source}".split()
    length = 0
    for at, word in enumerate(words):
        length += len(title_letters(word))
        if length >= len(record.letters):
            is_end = length == len(record.letters) and (is_run_on or word.endswith(","))
            alike = source_likeness(" ".join(words[at + 1 :]), record.source) or 0.0
            return is_end and (alike >= _OTHER_SOURCE or cited.on_one_page(record))
    return False


def distance(cited: Titled, record: Titled) -> tuple[bool, bool, bool, bool, int, float]:
    """How far a record is from what is cited, for one title of several records; the volume tells first."""
    years = cited.years_from(record)
    alike = source_likeness(cited.source, record.source)
    return (
        not cited.stands_with(record),
        not cited.in_one_volume(record),
        cited.letters != record.letters,
        not cited.families & record.families,
        FAR + 1 if years is None else years,
        1.0 - (alike or 0.0),
    )


def join_by_titles(groups: Groups, cited: Sequence[CitedReference], records: Sequence[Record]) -> None:
    """Join references that have no record yet to the record whose title they print; then references to each other.

    Nodes of `groups` are the references, then the records. Two different DOIs are joined only where author, year and
    volume agree as well. What fits two records equally well is joined to neither.

    Examples
    --------
    >>> from benang.records.references import parse_reference
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
