"""Which paper is meant: by the few words that identify it, or by a name for a record's key.

Title, year, first author and DOI identify a paper. Harmless changes are tolerated: case, accents and marks, a note such
as `RETRACTED:`, a subtitle that was cut, a year of early access, a name written in another way. Two papers by one
author are not: titles that differ in a number or a word are two, unless no record fits better and only a letter or two
differ.

Before keys came from what records say, a record without an id was called by its file and its place in it
(`PoPCites.csv:1`), one of EndNote by its number in the library, and the second record of an id was numbered in the
order read (`WOS:1-2`). Such names are understood as long as they lead to one work; only a key of today is sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Levenshtein

from benang.records.identity import OWN, is_row_key, is_running_number, place_hash, said_key, title_letters
from benang.records.names import family_name
from benang.records.record import Record
from benang.records.references.titles import without_added
from benang.records.spelling import folded

if TYPE_CHECKING:
    from benang.records.corpus import Corpus  # with arrays and an engine, which a single paper does without

EXACT, NEAR = 2, 1
"""How well a record fits: with its whole title (or DOI), or all but a letter or two, a subtitle, the end of a title."""
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*\Z")
_SUBTITLE = re.compile(r"[:?!.;]\s|\s[-–—(]\s?")
_SHORTEST = 12  # letters of a main title, or of one that was cut, that may be taken for the whole
_LETTERS = 2
_LONG = 25  # letters of a title in which two letters may be a slip
_FIGURES = re.compile(r"[0-9]+|\b[ivx]+\b")

By = Literal["key", "content", "id", "number", "place"]
"""How a name leads to a record: it is its key, or made of what it says in another way; it is the id of its export,
where that is no key since another record has it, too; it is the number that a library gave it; it is its place in a
file, or among the records of one id."""
_NUMBERED = re.compile(r"(.+)-([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Paper:
    """What identifies a paper; empty where it isn't known. `author` is the first one, as the record has it."""

    title: str = ""
    year: int | None = None
    author: str = ""
    doi: str = ""

    @property
    def is_told(self) -> bool:
        """Whether it identifies a paper: a DOI, or a title with a year or an author."""
        return bool(self.doi or (self.title and (self.year or self.author)))

    def __str__(self) -> str:
        """Return author, year and title as a message names them."""
        who = family_name(self.author) if self.author else ""
        head = " ".join(part for part in (who, str(self.year or "")) if part)
        title = f"“{self.title}”" if self.title else self.doi
        return f"{head}, {title}" if head and title else head or title


def paper_of(record: Record) -> Paper:
    """Return what identifies the paper of a record.

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
    >>> record = Record("a", title="NIGHT MARKETS in a small town - a study of rents", authors=("Umpama, Ani",))
    >>> fit(paper, record), fit(paper, Record("b", title="Night markets in a small town", authors=("Umpama, A.",)))
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


def _figures(title: str) -> list[str]:
    return _FIGURES.findall(folded(title))


def _is_cut(short: str, whole: str) -> bool:
    """Recognise a title without its subtitle, or one that ends in an ellipsis."""
    letters = title_letters(_CUT.sub("", short))
    if len(letters) < _SHORTEST:
        return False
    if _CUT.search(short):
        return title_letters(whole).startswith(letters)
    return any(title_letters(whole[: at.start()]) == letters for at in _SUBTITLE.finditer(whole))


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


def _one_doi(one: str, other: str) -> bool:
    """Recognise DOIs that are one, also where another version of Benang took more or less of a link for it."""
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


def fit_of_any(paper: Paper, records: Iterable[Record]) -> int:
    """Return how well the best of several records fits: those that are one work."""
    return max((fit(paper, record) for record in records), default=0)


@dataclass(frozen=True, slots=True)
class Named:
    """The works that a name may mean, by their keys, and how it leads to them; none where it leads nowhere."""

    keys: tuple[str, ...] = ()
    by: By = "key"

    @property
    def key(self) -> str:
        """The key of the work, where it is one; else nothing."""
        return self.keys[0] if len(self.keys) == 1 else ""

    @property
    def is_sure(self) -> bool:
        """Whether the name can mean no other paper, whatever files were changed since it was written."""
        return len(self.keys) == 1 and self.by not in ("number", "place")


@dataclass(frozen=True)
class KnownNames:
    """The names of the records of a corpus, before it was joined; `aliases` are keys of records that went into works.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> paper = Record("umpama2018-rent-1a2b3c4d", title="Rent", file="sources/a.csv", place=1)
    >>> names = KnownNames(corpus_of([paper, Record("b", file="sources/a.csv", place=2)]))
    >>> names.find("b"), names.find("a.csv:1")
    (Named(keys=('b',), by='key'), Named(keys=('umpama2018-rent-1a2b3c4d',), by='place'))
    >>> names.find("c").key
    ''
    """

    records: Corpus
    aliases: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Named:
        """Find the works that a name may mean: by the surest way that leads anywhere."""
        if name in self._keys:
            return Named((self.work(name),))
        ways: tuple[tuple[By, Sequence[str]], ...] = (
            ("content", self._as_headed.get(name, ())),
            ("content", self._by_content.get(name, ())),
            ("id", self._by_id.get(name, ())),
            ("number", self._by_number.get(name, ())),
            ("place", self._numbered(name)),
            ("place", self._by_place.get(name.replace("\\", "/"), ())),
        )
        return next((Named(self._works(keys), by) for by, keys in ways if keys), Named())

    def work(self, key: str) -> str:
        """Return the key of the work that a record went into; its own where it is one by itself."""
        return self.aliases.get(key, key)

    def _works(self, keys: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.work, keys)))

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self.records.keys)

    @cached_property
    def _as_headed(self) -> dict[str, list[str]]:
        """Records by their keys as a heading gives them back: on one line, without quotation marks around them."""
        return _lists((" ".join(key.split()).strip("'\""), key) for key in self.records.keys)

    @cached_property
    def _given(self) -> tuple[tuple[Record, str], ...]:
        """The records, each with the key that it would have alone: that of its export, else the one that it says."""
        keys = {record.key: said_key(record) for record in self.records.records}
        return tuple((record, _given_key(record, keys[record.key])) for record in self.records.records)

    @cached_property
    def _by_content(self) -> dict[str, list[str]]:
        """Records by the longest key that they can have, which they bear where others share the short one."""
        return _lists((f"{given}-{place_hash(record)}", record.key) for record, given in self._given)

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        return _lists((given, record.key) for record, given in self._given if given != record.key)

    @cached_property
    def _by_number(self) -> dict[str, list[str]]:
        """Records by a number that their export gave them, and by the keys of file and row in an export."""
        given = ((record.raw.get(OWN, ""), record.key) for record in self.records.records)
        return _lists((number, key) for number, key in given if _counts(number))

    def _numbered(self, name: str) -> Sequence[str]:
        """Return the record that an earlier version numbered so: the second of an id in the order read was `ID-2`."""
        match = _NUMBERED.fullmatch(name)
        several = self._in_order.get(match[1], ()) if match else ()
        return several[int(match[2]) - 1 : int(match[2])] if match else ()

    @cached_property
    def _in_order(self) -> dict[str, list[str]]:
        return _lists((given, record.key) for record, given in self._given)

    @cached_property
    def _by_place(self) -> dict[str, list[str]]:
        """Records by file and place; of the file its name is enough where only one has it."""
        names: dict[str, list[str]] = {}
        for record in self.records.records:
            parts = record.file.split("/")
            for at in range(len(parts)):
                names.setdefault(f"{'/'.join(parts[at:])}:{record.place}", []).append(record.key)
        return names


def _lists(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, key in pairs:
        lists.setdefault(name, []).append(key)
    return lists


def _given_key(record: Record, key: str) -> str:
    if OWN in record.raw and not _counts(record.raw[OWN]):
        return record.raw[OWN]
    return key if record.key == key or record.key.startswith(f"{key}-") else record.key


def _counts(own: str) -> bool:
    """Recognise an id that counts records, and names another one when they are counted anew."""
    return is_running_number(own) or is_row_key(own)
