"""A work as its title identifies it, and when that makes a reference and a record, or two references, one work.

Where two titles are the same letter for letter and long, the title decides, unless the years are far apart or it came
twice, as a talk and as an article. Short titles need the author and the year, or volume and page; titles with slips
the year and mostly the author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from benang.records.record import Record
from benang.records.references.cited import CitedReference, letters
from benang.records.references.keys import first_authors, number_key, page_key
from benang.records.references.likeness import source_likeness
from benang.records.references.titles import (
    LEAST_ALIKE,
    NOTICES,
    are_alike,
    is_distinct,
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
