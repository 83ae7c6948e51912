"""How much two references are alike, and whether those that share a key are one work.

VOSviewer's key (2), of references without a volume, holds three letters of the source. It covers the *Dietary
Guidelines* and the *Dietary Reference Intakes* of one body and year, two patents of one inventor, two talks of one
meeting. So more is asked: words of the source, titles, and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from benang.records.duplicates.titles import TitleNumbers, numbers_differ, title_numbers
from benang.records.record import Record
from benang.records.references.cited import CitedReference, Groups, letters
from benang.records.references.titles import title_words
from benang.records.spelling import folded

LARGEST_BLOCK = 400
"""References of one first author and year that are compared each with each; more are compared volume by volume."""

_CLEAR = 0.05  # how much more alike a work has to be than the next one
_LITTLE = "of the and on for in to a an de des der die und für la le les du et y e del di dan untuk"
_SMALL = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W_]+")
_WEIGHTS: Mapping[str, float] = {"title": 4.0, "page": 3.0, "volume": 2.0, "source": 2.0, "authors": 2.0}


def likeness(one: CitedReference, other: CitedReference) -> float:
    """Return how much two references of one first author and year are alike, from 0 to 1.

    The mean over what both tell, weighted: the title counts 4, the first page 3, volume, source and the authors after
    the first 2 each. Titles are compared by their words in any order, sources word by word so that abbreviations
    count as what they stand for; a page or volume with one slip of the pen counts half. 0 where they tell less in
    common than a title, or volume and source: then nothing says that they are one work.

    Examples
    --------
    >>> from benang.records.references import parse_reference
    >>> one = parse_reference("Davies J.E., Liu K., Phys. Rev. B, 77, pp. 14421-14430, (2008)")
    >>> likeness(one, parse_reference("Davies JE, 2008, PHYS REV B, V77, P14422"))
    0.786
    >>> likeness(one, parse_reference("Davies JE, 2008, J TEST, V3, P5"))
    0.0
    """
    weight = total = 0.0
    for name, alike in (
        ("title", title_likeness(one.title, other.title)),
        ("page", _number_likeness(_page(one), _page(other))),
        ("volume", _number_likeness(one.volume, other.volume)),
        ("source", source_likeness(one.source, other.source)),
    ):
        if alike is not None:
            weight += _WEIGHTS[name]
            total += _WEIGHTS[name] * alike
    if weight < _WEIGHTS["title"]:
        return 0.0
    if len(one.authors) > 1 and len(other.authors) > 1:
        weight += _WEIGHTS["authors"]
        total += _WEIGHTS["authors"] * _authors_likeness(one.authors, other.authors)
    return round(total / weight, 3)


@lru_cache(maxsize=262_144)
def source_likeness(one: str, other: str) -> float | None:
    """Return how far two sources may be one, word by word: an abbreviation is as good as its word. None without one.

    Examples
    --------
    >>> source_likeness("J APPL PHYS", "Journal of Applied Physics"), source_likeness("IEEE T MAGN", "IEEE Trans Magn")
    (1.0, 1.0)
    >>> source_likeness("P NATL ACAD SCI USA", "Proceedings of the National Academy of Sciences")
    0.889
    >>> source_likeness("NATURE", "Science"), source_likeness("", "Science")
    (0.0, None)
    """
    if not one or not other:
        return None
    a, b = source_words(one), source_words(other)
    if not a or not b:
        return None
    short, long = sorted((a, b), key=len)
    met = at = 0
    for word in short:
        place = next((i for i in range(at, len(long)) if stands_for(word, long[i])), None)
        if place is not None:
            met, at = met + 1, place + 1
    return round(2 * met / (len(a) + len(b)), 3)


@lru_cache(maxsize=131_072)
def source_words(source: str) -> tuple[str, ...]:
    """Return the words of a source, without case, accents and little words."""
    return tuple(word for word in _WORD.findall(folded(source)) if word not in _SMALL)


def stands_for(one: str, other: str) -> bool:
    """Tell whether one word abbreviates the other (`t`, `natl`) or differs in a letter."""
    short, long = sorted((one, other), key=len)
    if short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters_left = iter(long)
    return all(letter in letters_left for letter in short) or (len(short) > 4 and OSA.distance(short, long) == 1)


def title_likeness(one: str, other: str) -> float | None:
    """Return how much two titles are alike by their words in any order, from 0 to 1; None without one of them.

    Numbers count as among duplicates: parts 1 and 2 are two works, three towns are 3 towns.

    Examples
    --------
    >>> title_likeness("Night markets, part 1", "Night markets, part 2"), title_likeness("", "Night markets")
    (0.0, None)
    >>> title_likeness("Rents in night markets", "Rents in night market")
    0.977
    """
    if not one or not other:
        return None
    numbers, others = _numbers(one), _numbers(other)
    if numbers_differ(numbers, others):
        return 0.0
    if numbers.spelt or others.spelt:
        one, other = " ".join(numbers.words), " ".join(others.words)
    return round(fuzz.token_sort_ratio(folded(one), folded(other)) / 100, 3)


@lru_cache(maxsize=131_072)
def _numbers(title: str) -> TitleNumbers:
    return title_numbers(title_words(title))


def _authors_likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the authors after the first that both name, of the shorter list, which may be cut off."""
    a, b = ({letters(name.partition(",")[0]) for name in names[1:]} for names in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def _page(reference: CitedReference) -> str:
    return reference.page or reference.article_number


@lru_cache(maxsize=262_144)
def _number_likeness(one: str, other: str) -> float | None:
    if not one or not other:
        return None
    a, b = letters(one).lstrip("0"), letters(other).lstrip("0")
    if a == b:
        return 1.0
    return 0.5 if max(len(a), len(b)) > 1 and OSA.distance(a, b, score_cutoff=1) == 1 else 0.0


def join_alike(groups: Groups, cited: Sequence[CitedReference], threshold: float) -> int:
    """Join sets of references that are alike; every reference of a set has to be alike to every one of the other.

    Only references of one first author (family name and first initial) and one year are compared. What
    could be either of two works is joined to neither: without a page or title to tell which, or as much alike to a
    work with one DOI as to a work with another. Returns how many
    references were left uncompared because a first author has too many of one year.
    """
    blocks: dict[tuple[str, str, int], list[int]] = {}
    for root in sorted({groups.root(node) for node in range(len(cited))}):
        reference = cited[root]
        if reference.year is not None and (family := letters(reference.family)):
            initial = letters(reference.initials)[:1]
            blocks.setdefault((family, initial, reference.year), []).append(root)
    uncompared = 0
    for key in sorted(blocks):
        for block in _small_blocks(blocks[key], cited):
            if len(block) > LARGEST_BLOCK:
                uncompared += len(block)
            elif len(block) > 1:
                _join_block(groups, cited, block, threshold)
    return uncompared


def _small_blocks(block: list[int], cited: Sequence[CitedReference]) -> Iterable[list[int]]:
    if len(block) <= LARGEST_BLOCK:
        return (block,)
    parts: dict[str, list[int]] = {}
    for root in block:
        parts.setdefault(letters(cited[root].volume) or letters(cited[root].source)[:3], []).append(root)
    return parts.values()


def _join_block(groups: Groups, cited: Sequence[CitedReference], block: Sequence[int], threshold: float) -> None:
    alike = {
        (a, b): score
        for a, b in combinations(block, 2)
        if not (groups.doi[a] and groups.doi[b] and groups.doi[a] != groups.doi[b])
        and (score := likeness(cited[a], cited[b])) >= threshold
    }
    unsure = _unsure(alike, cited) | _between(alike, groups)
    joined = {root: [root] for root in block}
    for a, b in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        one, other = groups.root(a), groups.root(b)
        if one == other or {a, b} & unsure:
            continue
        if all((min(x, y), max(x, y)) in alike for x in joined[one] for y in joined[other]) and groups.join(one, other):
            joined[groups.root(one)] = joined[one] + joined[other]
            groups.how.setdefault(a, "fuzzy")
            groups.how.setdefault(b, "fuzzy")


def _unsure(alike: Mapping[tuple[int, int], float], cited: Sequence[CitedReference]) -> set[int]:
    """Find the references without page and title that could be any of several works."""
    partners: dict[int, set[str]] = {}
    for a, b in alike:
        for node, other in ((a, b), (b, a)):
            if not _page(cited[node]) and not (cited[node].title and cited[other].title):
                partners.setdefault(node, set()).add(_page(cited[other]) or cited[other].doi or str(other))
    return {node for node, works in partners.items() if len(works) > 1}


def _between(alike: Mapping[tuple[int, int], float], groups: Groups) -> set[int]:
    """Find the references without a DOI that are as much alike to a work with one DOI as to a work with another."""
    partners: dict[int, dict[str, float]] = {}
    for (a, b), score in alike.items():
        for node, other in ((a, b), (b, a)):
            if groups.doi[other] and not groups.doi[node]:
                likenesses = partners.setdefault(node, {})
                likenesses[groups.doi[other]] = max(score, likenesses.get(groups.doi[other], 0.0))
    best = {node: sorted(likenesses.values(), reverse=True) for node, likenesses in partners.items()}
    return {node for node, scores in best.items() if len(scores) > 1 and scores[0] - scores[1] < _CLEAR}


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
