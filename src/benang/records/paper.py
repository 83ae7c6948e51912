"""Which paper it is, in the few words that tell it: title, year, first author, DOI; and whether a record is that paper.

Harmless changes are tolerated: case, accents and marks, a note such as `RETRACTED:`, a subtitle that was cut, a year of
early access, a name written in another way. Two papers by one author are not: titles that differ in a number or a word
are two, unless no record fits better and only a letter or two is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benang.records.duplicates.title_notes import without_added
from benang.records.identity import title_letters
from benang.records.names import family_name
from benang.records.record import Record
from benang.records.spelling import folded

EXACT, NEAR = 2, 1
"""How well a record fits: with its whole title (or DOI), or but for a letter or two, a subtitle, the end of a title."""
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*\Z")
_SUBTITLE = re.compile(r"[:?!.;]\s|\s[-–—(]\s?")
_SHORTEST = 12  # letters of a main title, or of one that was cut, which may stand for the whole
_LETTERS = 2
_LONG = 25  # letters of a title in which two letters may be a slip
_FIGURES = re.compile(r"[0-9]+|\b[ivx]+\b")


@dataclass(frozen=True, slots=True)
class Paper:
    """What tells a paper; empty where it isn't known. `author` is the first one, as the record has it."""

    title: str = ""
    year: int | None = None
    author: str = ""
    doi: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it tells a paper: a DOI, or a title with a year or an author."""
        return bool(self.doi or (self.title and (self.year or self.author)))

    def __str__(self) -> str:
        """Return author, year and title as a message names them."""
        who = family_name(self.author) if self.author else ""
        head = " ".join(part for part in (who, str(self.year or "")) if part)
        title = f"“{self.title}”" if self.title else self.doi
        return f"{head}, {title}" if head and title else head or title


def paper_of(record: Record) -> Paper:
    """Return what tells the paper of a record.

    Examples
    --------
    >>> print(paper_of(Record("a", title="Night markets", authors=("Umpama, A.", "Contoh, B."), year=2018)))
    Umpama 2018, “Night markets”
    """
    return Paper(record.title, record.year, record.authors[0] if record.authors else "", record.doi)


def fit(paper: Paper, record: Record) -> int:
    """Return how well a record fits a paper: `EXACT`, `NEAR`, or 0 where it is another one.

    Examples
    --------
    >>> paper = Paper("Night markets in a small town: a study of rents", 2018, "Umpama, A.")
    >>> held = Record("a", title="NIGHT MARKETS in a small town - a study of rents", authors=("Umpama, Ani",))
    >>> fit(paper, held), fit(paper, Record("b", title="Night markets in a small town", authors=("Umpama, A.",)))
    (2, 1)
    >>> fit(paper, Record("c", title="Night markets in a small town: a study of permits", authors=("Umpama, A.",)))
    0
    """
    title = _title_fit(paper.title, record.title)
    rest = _years_fit(paper.year, record.year) and _authors_fit(paper.author, record.authors)
    if paper.doi and record.doi:
        if not _one_doi(paper.doi, record.doi):
            return 0
        has_both = paper.title and record.title
        return EXACT if title or not has_both else NEAR if rest else 0  # chapters may have the DOI of their book
    return title if rest else 0


def fit_of_any(paper: Paper, records: Iterable[Record]) -> int:
    """Return how well the best of several records fits: those that are one work."""
    return max((fit(paper, record) for record in records), default=0)


def _one_doi(one: str, other: str) -> bool:
    """Tell DOIs that are one, also where another version of Benang took more or less of a link for it."""
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


def _years_fit(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1


def _authors_fit(author: str, authors: Iterable[str]) -> bool:
    """Tell whether a paper's author may be among a record's: the family name of one is a word of the other.

    Others than the first count, since tools sort authors.
    """
    given = tuple(authors)
    return not author or not given or any(_one_person(author, one) for one in given)


def _one_person(one: str, other: str) -> bool:
    words, others = _words(one), _words(other)
    return bool(_words(family_name(one)) & others or _words(family_name(other)) & words) or (
        title_letters(one) == title_letters(other)
    )


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W\d_]+", folded(name)) if len(word) > 1 or not word.isascii()}


def _title_fit(one: str, other: str) -> int:
    one, other = _without_notes(one), _without_notes(other)
    letters, others = title_letters(one), title_letters(other)
    if letters == others:
        return EXACT if letters else 0
    if _figures(one) != _figures(other):
        return 0  # the second part, another year
    if _is_cut(one, other) or _is_cut(other, one):
        return NEAR
    if min(len(letters), len(others)) < _LONG:
        return 0
    return NEAR if Levenshtein.distance(letters, others, score_cutoff=_LETTERS) <= _LETTERS else 0


def _without_notes(title: str) -> str:
    """Return a title without what databases add when something becomes of the work, `RETRACTED:` say."""
    text, _, was_cut = without_added(folded(title))
    return (f"{text}…" if was_cut else text) or title


def _is_cut(short: str, whole: str) -> bool:
    """Tell a title without its subtitle, or one that ends in an ellipsis."""
    letters = title_letters(_CUT.sub("", short))
    if len(letters) < _SHORTEST:
        return False
    if _CUT.search(short):
        return title_letters(whole).startswith(letters)
    return any(title_letters(whole[: at.start()]) == letters for at in _SUBTITLE.finditer(whole))


def _figures(title: str) -> list[str]:
    return _FIGURES.findall(folded(title))
