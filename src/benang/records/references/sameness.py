"""Whether references that share a key are one work: what the key leaves out may say otherwise.

VOSviewer's key (2), of references without a volume, holds three letters of the source. It covers the *Dietary
Guidelines* and the *Dietary Reference Intakes* of one body and year, two patents of one inventor, two talks of one
meeting. So more is asked: words of the source, titles, and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benang.records.record import Record
from benang.records.references.cited import CitedReference, letters
from benang.records.references.likeness import source_words, stands_for, title_likeness

_ALIKE = 0.85  # of titles, and of the sources of bodies: as for the fuzzy step
_WORDS_A_SLIP = 5  # words of a source that may hold one that the other has not
_FAR = 80  # characters behind the first comma of a book's title in which the rest of it is looked for
_MOST_SOURCES = 200  # under one key; comparing each with each takes the square of it
_NUMBER = re.compile(r"[0-9](?:[0-9,]{0,12}[0-9]){0,1}")
_LONG = 5  # digits of a number that names one thing: a patent, a report, an ISBN
_THESIS = frozenset(("thesis", "dissertation"))
_DEGREES = frozenset(("phd", "ph", "d", "doctoral", "master", "masters", "msc"))

Agree = Callable[[CitedReference, CitedReference], bool]


def record_reference(record: Record) -> CitedReference:
    """Return a record as a reference to it would give it.

    Examples
    --------
    >>> record_reference(Record("a", title="Night markets", source="J Test", year=2010)).source
    'J Test'
    """
    is_book = record.type == "book" and not record.source
    return CitedReference(
        "",
        "record",
        authors=record.authors,
        year=record.year,
        title="" if is_book else record.title,
        source=record.title if is_book else record.source,
        volume=record.volume,
        page=record.first_page,
        article_number=record.article_number,
    )


def sources_agree(one: CitedReference, other: CitedReference) -> bool:
    """Tell whether two references of one author, year, volume and page are of one source, as far as they name it.

    More than two thirds of the words of the shorter name occur in the other, in any order: `Ecology and Forest
    Management` is `Forest Ecol Manag`, `J Appl Phys` is not `J Chem Phys`.

    Examples
    --------
    >>> names = ("J APPL PHYS", "J CHEM PHYS", "J. Applied Physics")
    >>> appl, chem, full = (CitedReference("", source=name) for name in names)
    >>> sources_agree(appl, full), sources_agree(appl, chem), sources_agree(appl, CitedReference(""))
    (True, False, True)
    """
    short, long = sorted((source_words(one.source), source_words(other.source)), key=len)
    if not short:
        return True
    left = list(long)
    met = 0
    for word in short:
        at = next((at for at, candidate in enumerate(left) if _is_word(word, candidate)), None)
        if at is not None:
            del left[at]
            met += 1
    return 3 * met > 2 * len(short)


def are_one_without_volume(one: CitedReference, other: CitedReference) -> bool:
    """Tell whether two references of one author, year and page, without a volume, are one work.

    A page decides it, except page 1, which many a book has: then half of the words of the shorter source have to occur
    in the longer, or in the title of the other, in their order, or the titles are alike. Without a page all of them
    have to, except one in five that is no number; a single word has to be the whole source, and titles and long
    numbers (of patents and reports) may not differ. A body publishes much in a year, so that its sources have to be
    alike both ways: *Climate Change 2007* is not *Climate Change 2007: Synthesis Report*. A thesis needs no university,
    since a person writes one a year.

    Examples
    --------
    >>> def book(source, author="Smith, J."):
    ...     return CitedReference("", authors=(author,), year=2010, source=source)
    >>> are_one_without_volume(book("TECHNIQUES MULTIOBJE"), book("Techniques for multiobjective decision making"))
    True
    >>> are_one_without_volume(book("DIETARY GUIDELINES", "USDA"), book("DIETARY REFERENCE INTAKES", "USDA"))
    False
    """
    titles = title_likeness(one.title, other.title)
    if page := one.page or one.article_number:
        return (
            page != "1"
            or (titles or 0.0) >= _ALIKE
            or any(2 * named.met >= named.short for named in _names(one, other))
        )
    if (titles is not None and titles < _ALIKE) or _differ_in_numbers(one.raw, other.raw):
        return False
    if letters(one.source) == letters(other.source):
        return True
    is_person = bool(one.initials and other.initials)
    if is_person and (_is_thesis(one.source) or _is_thesis(other.source)):
        return _THESIS.isdisjoint(source_words(one.source)) == _THESIS.isdisjoint(source_words(other.source))
    return any(
        named.met >= named.short - named.short // _WORDS_A_SLIP
        and not named.lacks_number
        and (named.short > 1 or named.long == 1)
        and (is_person or 2 * named.met >= _ALIKE * (named.short + named.long))
        for named in _names(one, other)
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """How many words two names of works have, the shorter and the longer one, and how many of the shorter are met."""

    short: int
    long: int
    met: int
    lacks_number: bool


def _is_thesis(source: str) -> bool:
    """Recognise a source that says no more than what kind of thesis it is."""
    words = frozenset(source_words(source))
    return not words.isdisjoint(_THESIS) and words <= _THESIS | _DEGREES


def _names(one: CitedReference, other: CitedReference) -> Iterator[_Names]:
    """Compare two sources, and each with what the other prints besides.

    Web of Science has the title of a book for its source, which others print as the title, or cut at its first comma.
    """
    pairs = (
        (one.source, other.source),
        (one.title, other.source),
        (one.source, other.title),
        (one.source, _beyond(other)),
        (_beyond(one), other.source),
    )
    for name, another in pairs:
        short, long = sorted((source_words(name), source_words(another)), key=len)
        if short:
            lacking = _lacking(short, long)
            yield _Names(len(short), len(long), len(short) - len(lacking), any(map(_is_numeral, lacking)))


def _beyond(reference: CitedReference) -> str:
    """Return a source with what follows it, where a comma does."""
    _, source, rest = reference.raw.partition(f"{reference.source}, ") if reference.source else ("", "", "")
    return source + rest[:_FAR]


def parted(members: Sequence[int], references: Sequence[CitedReference], agree: Agree) -> list[list[int]]:
    """Divide references that share a key into works.

    With a page, one that agrees is enough. Without one, each agrees with every other of its work: references that tell
    most are looked at first, and one that could be of two works goes to neither.

    Examples
    --------
    >>> sources = ("Climate change: mitigation", "Climate change: science", "Climate change", "Climate change: sci")
    >>> references = [CitedReference("", authors=("Roe, A.",), source=source) for source in sources]
    >>> parted(range(4), references, are_one_without_volume)
    [[0], [1, 3], [2]]
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for node in members:
        alike.setdefault(_first_sight(references[node]), []).append(node)
    fullest = sorted(alike, key=lambda key: (-len(key[0]), -len(key[1]), key))
    if len(fullest) > _MOST_SOURCES:
        return sorted(alike.values())
    works: list[list[int]] = []  # places in `fullest`
    for at, key in enumerate(fullest):
        own = references[alike[key][0]]
        agreeing = [[agree(own, references[alike[fullest[other]][0]]) for other in work] for work in works]
        if own.page or own.article_number:
            fits = [work for work, answers in zip(works, agreeing, strict=True) if any(answers)]
            works = [work for work in works if work not in fits] + [[*(one for work in fits for one in work), at]]
        else:
            fits = [work for work, answers in zip(works, agreeing, strict=True) if all(answers)]
            works = [*(work for work in works if [work] != fits), [*(fits[0] if len(fits) == 1 else ()), at]]
    return sorted(sorted(node for at in work for node in alike[fullest[at]]) for work in works)


def _first_sight(reference: CitedReference) -> tuple[str, str, str]:
    """Return what distinguishes references at first sight."""
    numbers = "" if reference.page or reference.volume else " ".join(sorted(_long_numbers(reference.raw)))
    return (reference.source.casefold(), reference.title.casefold(), numbers)


def _lacking(short: Sequence[str], long: Sequence[str]) -> list[str]:
    """List the words of one source that another lacks, in their order."""
    lacking = []
    at = 0
    for word in short:
        place = next((i for i in range(at, len(long)) if _is_word(word, long[i])), None)
        if place is None:
            lacking.append(word)
        else:
            at = place + 1
    return lacking


def _is_word(one: str, other: str) -> bool:
    """Tell whether a word stands for another; numbers, Roman ones too, stand for themselves alone."""
    if one[0].isdigit() or other[0].isdigit() or (_is_numeral(one) and _is_numeral(other)):
        return one == other
    return stands_for(one, other)


def _is_numeral(word: str) -> bool:
    return word[0].isdigit() or not set(word) - set("ivx")


def _differ_in_numbers(one: str, other: str) -> bool:
    """Tell whether two references have long numbers, and none in common."""
    a, b = _long_numbers(one), _long_numbers(other)
    return bool(a and b and not a & b)


def _long_numbers(raw: str) -> set[str]:
    numbers = (match[0].replace(",", "") for match in _NUMBER.finditer(raw))
    return {number for number in numbers if len(number) >= _LONG}
