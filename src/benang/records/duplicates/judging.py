"""Whether two records are one work, and why: the rules, in the order in which they are tried.

A pair is `same`, `doubt` (a person should look) or `apart`. The rules are those of the page "Duplicates" in the docs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from benang.locale.writing import worded
from benang.records.duplicates import likeness
from benang.records.duplicates.likeness import Work
from benang.records.duplicates.titles import differ_in_kind, more_numbers, slip_only

Answer = Literal["same", "doubt", "apart"]

CUT = 99.0
"""The likeness of a title that was cut off with the whole one."""
NEAR = 90.0
"""From this likeness on (in percent of the letters of both), two titles may be spellings of one."""
LIKE = 70.0
"""Below this likeness, and with no word order that explains it, two titles are different ones."""

PREPRINT = "one is a preprint"
"""What distinguishes a preprint from the work that a journal printed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two records are to each other, by what, and what speaks against it."""

    answer: Answer
    reason: str = ""
    doubt: str = ""

    @property
    def strength(self) -> int:
        """How strong the reason is, 0 the strongest: groups are formed in this order."""
        return 0 if self.reason.startswith(("same DOI", "same ident")) else 1 if self.reason.startswith("same") else 2


APART = Judgement("apart")


class Pair:
    """Two works and, reckoned when first asked for, in what they agree.

    `abstracts` gives the likeness of the abstracts from 0 to 100, None where one is missing.
    """

    def __init__(self, one: Work, other: Work, abstracts: Callable[[], float | None] = lambda: None) -> None:
        self.one, self.other = one, other
        self._abstracts = abstracts

    @cached_property
    def doi(self) -> bool | None:
        """Whether the DOIs are the same."""
        return likeness.same_doi(self.one, self.other)

    @cached_property
    def database(self) -> str:
        """The database that gave the two different numbers."""
        return likeness.twice_numbered(self.one, self.other)

    @cached_property
    def told_apart(self) -> str:
        """What the database says that gave the two different numbers: it holds them to be two works.

        Embase, Scopus and PubMed took some works in twice. Then DOI and title are the same, or title to the letter,
        first author and year, and nothing in the place in print differs.
        """
        if not self.database or self.database in likeness.GATHERED or self.taken_in_twice:
            return ""
        return worded("{database} assigns them different numbers", database=self.database)

    @property
    def taken_in_twice(self) -> bool:
        """Whether two records of one database are so much the same that it took in one work twice."""
        one, other = self.one, self.other
        if self.doi or not one.identifiers.isdisjoint(other.identifiers):
            return self.title >= NEAR and slip_only(one.title, other.title)
        at_one_place = self.volume is not False and self.pages is not False and self.issue is not False
        in_one_source = self.source is not False or one.sort == other.sort == "meeting"
        same = one.title.key == other.title.key and one.title.telling and self.authors and self.dated
        return bool(same and at_one_place and in_one_source)

    @cached_property
    def authors(self) -> bool | None:
        """Whether the first authors are the same."""
        return likeness.same_authors(self.one, self.other)

    @cached_property
    def source(self) -> bool | None:
        """Whether the sources are the same."""
        return likeness.same_journal(self.one, self.other)

    @cached_property
    def volume(self) -> bool | None:
        """Whether the volumes are the same."""
        return likeness.same_volume(self.one, self.other)

    @cached_property
    def issue(self) -> bool | None:
        """Whether the issues are the same."""
        return self.one.issue == self.other.issue if self.one.issue and self.other.issue else None

    @cached_property
    def pages(self) -> bool | None:
        """Whether first page or article number are the same."""
        return likeness.same_pages(self.one, self.other)

    @cached_property
    def years(self) -> int:
        """Years between the two, 0 also where one is missing."""
        return likeness.years_apart(self.one, self.other)

    @cached_property
    def dated(self) -> bool:
        """Whether both have the same year."""
        return self.one.year is not None and self.one.year == self.other.year

    @cached_property
    def title(self) -> float:
        """The likeness of the titles in percent; 100 also where one is a half or the beginning of the other."""
        one, other = self.one.title, self.other.title
        if not one.key or not other.key:
            return 0.0
        if one.key == other.key or _is_half(self.one, self.other):
            return 100.0
        if _is_cut(self.one, self.other):
            return CUT
        return float(fuzz.ratio(one.key, other.key))

    @cached_property
    def contained(self) -> bool:
        """Whether one title is the other without its subtitle."""
        one, other = self.one.title, self.other.title
        return bool(one.key) and bool(other.key) and (one.key == other.main or other.key == one.main)

    @cached_property
    def continued(self) -> bool:
        """Whether one title begins with all of the other, a long one: a database added a note to it."""
        short, long = sorted((self.one.title.key, self.other.title.key), key=len)
        return len(short) >= 40 and long.startswith(short)

    @cached_property
    def kinds(self) -> str:
        """What distinguishes them whatever else agrees: numbers in titles, errata, books and chapters, preprints."""
        one, other = self.one, self.other
        compared = one.title.key and other.title.key and one.title.key != other.title.key and not _is_half(one, other)
        if compared and (difference := differ_in_kind(one.title, other.title)):
            return difference
        if ("notice" in one.status) != ("notice" in other.status):
            return "one is a notice about the other"
        if (one.sort == "preprint") != (other.sort == "preprint"):
            return PREPRINT
        return likeness.unlike_types(one, other)

    @cached_property
    def languages(self) -> bool:
        """Whether the languages differ."""
        return bool(self.one.language and self.other.language and self.one.language != self.other.language)

    @cached_property
    def abstracts(self) -> bool | None:
        """Whether the abstracts are nearly the same."""
        likeness_of_both = self._abstracts()
        return None if likeness_of_both is None else likeness_of_both >= 90

    @property
    def placed(self) -> bool:
        """Whether volume and first page agree, and the source is not another one for sure."""
        return self.pages is True and self.volume is True and (self.source is not False or self.authors is True)

    @property
    def misplaced(self) -> bool:
        """Whether the volume or the page contradicts, and the other does not agree."""
        return (self.volume is False and self.pages is not True) or (self.pages is False and self.volume is not True)

    @property
    def printed_twice(self) -> bool:
        """Whether everything about the place in print agrees: what makes two DOIs one work's."""
        return bool(self.source and self.volume and self.pages and self.authors is not False and self.title >= NEAR)


def _is_half(one: Work, other: Work) -> bool:
    """Tell whether one title is one half of the other, bilingual one."""
    a, b = one.title, other.title
    return a.key in b.others or b.key in a.others or (bool(a.others) and a.others == b.others[::-1])


def _is_cut(one: Work, other: Work) -> bool:
    a, b = one.title, other.title
    return (a.cut and len(a.key) >= 20 and b.key.startswith(a.key)) or (
        b.cut and len(b.key) >= 20 and a.key.startswith(b.key)
    )


def contradiction(pair: Pair) -> str:
    """Return why two records cannot be one work, for groups that would take in both; nothing where they may."""
    if pair.one.settled and pair.other.settled:
        return "they were kept separate before"
    checks = (
        (pair.kinds, bool(pair.kinds)),
        ("the DOIs differ", pair.doi is False and not pair.printed_twice),
        (pair.told_apart, bool(pair.told_apart)),
        ("the years differ", pair.years > 1 and not pair.placed),
        ("the first authors differ", pair.authors is False and not pair.placed),
        ("volume and pages differ", pair.volume is False and pair.pages is False),
    )
    return next((why for why, holds in checks if holds), "")


def judged(pair: Pair) -> Judgement:
    """Judge two records by the rules, first that speaks: identifiers, then title, then place in print."""
    if pair.one.settled and pair.other.settled:
        return APART
    shared = _shared_identifier(pair)
    if shared and (judgement := _by_identifier(pair, shared)):
        return judgement
    if pair.title >= CUT:
        return _by_title(pair)
    if pair.title >= NEAR or pair.contained:
        return _by_near_title(pair)
    return _by_place(pair)


def _shared_identifier(pair: Pair) -> str:
    if pair.doi and pair.one.doi == pair.other.doi:
        return f"same DOI {pair.one.doi}"
    shared = min(pair.one.identifiers & pair.other.identifiers, default="")
    return f"same identifier {shared}" if shared else ""


def _by_identifier(pair: Pair, shared: str) -> Judgement | None:
    """One identifier makes one work, unless the records show that it was given to several."""
    one, other = pair.one, pair.other
    nameless = any(not work.title.key and not work.families for work in (one, other))
    if nameless and pair.kinds in ("", PREPRINT):
        return Judgement("same", shared)  # nothing else says what that one is; a year printed in a PDF is a guess
    if pair.kinds or pair.told_apart:
        alike = pair.title >= NEAR or pair.contained or pair.continued
        noted = pair.continued and more_numbers(one.title, other.title) and not pair.told_apart
        if noted and pair.authors and pair.years <= 1:
            return Judgement("same", shared)
        weighs = (alike or pair.placed) and pair.authors is not False
        return Judgement("doubt", shared, pair.kinds or pair.told_apart) if weighs else None
    if not one.title.key or not other.title.key:
        wrong = pair.authors is False or pair.misplaced or pair.years > 1
        return (
            Judgement("doubt", shared, "one has no title, and the other fields differ")
            if wrong
            else Judgement("same", shared)
        )
    if pair.title >= LIKE or pair.contained or _same_words(pair):
        if pair.title < NEAR and pair.authors is False and not pair.placed:
            return None  # one DOI given to all abstracts of a meeting
        apart = pair.years > 1 and pair.misplaced
        return Judgement("doubt", shared, "years and pages differ") if apart else Judgement("same", shared)
    if pair.pages is True and pair.authors is not False and pair.years <= 1:
        return Judgement("same", f"{shared}, same first page")
    if (
        pair.authors
        and pair.dated
        and not pair.misplaced
        and (one.title.bracketed or other.title.bracketed or pair.abstracts)
    ):
        return Judgement("same", f"{shared}, same first author and year")
    if pair.authors and pair.years <= 1 and not pair.misplaced:
        return Judgement("doubt", shared, "the titles differ")
    return None


def _same_words(pair: Pair) -> bool:
    return bool(fuzz.token_set_ratio(" ".join(pair.one.title.words), " ".join(pair.other.title.words)) >= 85)


def _agreeing(pair: Pair, *names: str) -> str:
    """Say in words in which of the named fields a pair agrees."""
    words = {"authors": "first author", "dated": "year", "source": "source", "volume": "volume", "pages": "page",
             "abstracts": "abstract"}  # fmt: skip
    named = [words[name] for name in names if getattr(pair, name) is True]
    return ", ".join(named[:-1]) + " and " + named[-1] if len(named) > 1 else "".join(named)


def _by_title(pair: Pair) -> Judgement:
    """Judge two records of one title."""
    telling = pair.one.title.telling
    reason = f"same title, {_agreeing(pair, 'authors', 'dated', 'source', 'volume', 'pages')}".rstrip(", ")
    against = _against(pair)
    if against:
        weighs = telling and pair.authors is not False and pair.years <= 2
        return Judgement("doubt", reason, against) if weighs else APART
    if pair.placed and (pair.dated or pair.authors):
        return Judgement("same", reason)
    if pair.years > 1:
        return APART
    if not telling:
        return Judgement("same", reason) if _sure_though_common(pair) else APART
    if _corroborated(pair):
        return Judgement("same", reason)
    return Judgement("doubt", reason, _lacking(pair))


def _against(pair: Pair) -> str:
    """Return what speaks against two records of one title being one work."""
    if pair.kinds:
        return pair.kinds
    if pair.doi is False and not pair.printed_twice:
        return "the DOIs differ"
    if pair.authors is False and not (pair.placed and pair.source):
        return "the first authors differ"
    return _against_the_place(pair) or pair.told_apart


def _against_the_place(pair: Pair) -> str:
    """Return what speaks against one work in source, volume, issue and pages."""
    if pair.source is False and not pair.placed:
        if (pair.one.sort == "meeting") != (pair.other.sort == "meeting"):
            return "one is a conference paper"
        if pair.volume is False or pair.pages is False:
            return "sources and volume or pages differ"
        if pair.languages:
            return "sources and languages differ"
    if pair.pages is False and (pair.volume is False or pair.issue is False):
        return "volume or issue and pages differ"
    if (pair.pages is False or pair.volume is False) and pair.database:
        return "one database gives different numbers and different volumes or pages"
    return ""


def _corroborated(pair: Pair) -> bool:
    """Tell whether, beside a telling title, enough agrees; nothing grave contradicts by now."""
    if pair.years == 1:  # early access, or the year of a meeting's volume
        return bool(pair.authors and (pair.source or pair.pages or pair.abstracts) and not pair.misplaced)
    if pair.misplaced and not (pair.source and pair.authors and _only_reprinted(pair)):
        return False
    if pair.dated:
        return bool(pair.authors or pair.source or pair.pages or pair.abstracts)
    return bool(
        (pair.authors and (pair.source is not False or pair.pages)) or (pair.source and pair.pages) or pair.abstracts
    )


def _sure_though_common(pair: Pair) -> bool:
    """Tell whether two records of a title that many works have ("Editorial") are at one place in print."""
    if not (pair.authors and pair.source and pair.dated) or pair.volume is False or pair.issue is False:
        return False
    return pair.pages is True


def _only_reprinted(pair: Pair) -> bool:
    """Tell whether a contradiction in volume or pages may be a slip: the abstracts agree, or only pages differ."""
    return bool(pair.abstracts) or (pair.volume is not False and pair.abstracts is None)


def _lacking(pair: Pair) -> str:
    if pair.misplaced:
        return "volume or pages differ"
    if pair.years == 1:
        return "the years differ by one"
    return "too little other information agrees"


def _by_near_title(pair: Pair) -> Judgement:
    """Judge two records whose titles differ in spelling, in a few words, or in the subtitle."""
    if pair.kinds or pair.authors is False or pair.years > 1:
        return APART
    agree = _agreeing(pair, "authors", "dated", "source", "volume", "pages", "abstracts")
    reason = f"nearly the same title, {agree}".rstrip(", ")
    slip = slip_only(pair.one.title, pair.other.title)
    if _against(pair) or pair.misplaced or pair.authors is None:
        weighs = (
            pair.authors and pair.dated and pair.source is not False and slip_only(pair.one.title, pair.other.title)
        )
        return Judgement("doubt", reason, _against(pair) or _lacking(pair)) if weighs else APART
    if pair.pages and (pair.source or pair.volume):
        return Judgement("same", reason)
    if pair.source and (slip or (pair.dated and pair.contained)):
        return Judgement("same", reason)
    if pair.abstracts and pair.source is not False:
        return Judgement("same", reason)
    if pair.dated and slip_only(pair.one.title, pair.other.title):
        return Judgement(
            "same" if pair.title >= 96 and pair.source is None else "doubt", reason, "the titles differ slightly"
        )
    return APART


def _by_place(pair: Pair) -> Judgement:
    """Judge two records at one place in print under different titles: a translated title, or two notes."""
    one, other = pair.one, pair.other
    if not (pair.placed and pair.source and pair.authors and pair.years <= 1) or pair.kinds or pair.doi is False:
        return APART
    reason = f"same {_agreeing(pair, 'authors', 'dated', 'source', 'volume', 'pages')}"
    if pair.told_apart:
        return APART
    alike = pair.title >= LIKE or _same_words(pair)
    translated = one.title.bracketed or other.title.bracketed or pair.languages or pair.abstracts is True
    longer = one.last_page and one.last_page == other.last_page and one.last_page not in one.places
    if alike and (longer or pair.abstracts is not False):
        return Judgement("same", reason)
    if longer and translated:
        return Judgement("same", f"{reason}; the title is in another language")
    return Judgement("doubt", reason, "the titles differ") if longer or translated else APART
