"""Index keywords of Scopus's older BibTeX: groups of several vocabularies, run together at commas.

A group (Compendex's controlled and uncontrolled terms and main heading, GEOBASE, EMTREE, MeSH) has semicolons between
its keywords and stands in the order of the alphabet; the next group follows behind a comma: `Algorithms; Computing,
Building; Costs`. A comma may also belong to a keyword: MeSH turns headings round, `Models, Biological`. The order of
the alphabet tells most of them apart. Exports since about 2023 part groups at semicolons, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from benang.readers.values import split_list

_COMMA = ", "
_MESH = frozenset({"Humans", "Animals", "Female", "Male", "Adult"})
"""Headings of which MeSH gives one at least to nearly every record, written so by no other vocabulary."""
_MOST_COMMAS = 4


def joins_groups(values: Iterable[Sequence[str]]) -> bool:
    """Tell whether a file joins groups at commas: wherever the alphabet begins anew, a comma stands.

    Examples
    --------
    >>> joins_groups([("Costs", "Rent, Algorithms", "Networks")]), joins_groups([("Costs", "Rent", "Algorithms")])
    (True, False)
    """
    plain = with_comma = 0
    for value in values:
        for one, following in pairwise(value):
            if one.casefold() > following.casefold():
                if _COMMA in one or _COMMA in following:
                    with_comma += 1
                else:
                    plain += 1
    return with_comma >= plain


def parted(value: str) -> tuple[str, ...]:
    """Return the index keywords of one record, groups that were run together at commas parted.

    Examples
    --------
    >>> parted("Algorithms; Computing, Building; Costs; Markets")
    ('Algorithms', 'Computing', 'Building', 'Costs', 'Markets')
    >>> parted("Costs; Rent, human; urban area, Adult; Child, Preschool; Female; Models, Biological")
    ('Costs', 'Rent', 'human', 'urban area', 'Adult', 'Child, Preschool', 'Female', 'Models, Biological')
    """
    keywords = split_list(value)
    if _COMMA not in value:
        return keywords
    mesh = _mesh_run(keywords)
    found: list[str] = []
    for at, keyword in enumerate(keywords):
        if _COMMA not in keyword or at in mesh:
            found.append(keyword)
            continue
        following = keywords[at + 1] if at + 1 < len(keywords) else ""
        found.extend(_best(keyword, found[-1] if found else "", following))
    return tuple(found)


def _mesh_run(keywords: Sequence[str]) -> range:
    """Return the places of the keywords in order around a heading of MeSH; a comma there belongs to its keyword."""
    at = next((at for at, keyword in enumerate(keywords) if keyword in _MESH), -1)
    if at < 0:
        return range(0)
    order = [keyword.casefold() for keyword in keywords]
    first, last = at, at
    while first and order[first - 1] <= order[first]:
        first -= 1
    while last + 1 < len(order) and order[last] <= order[last + 1]:
        last += 1
    return range(first, last + 1)


def _best(keyword: str, before: str, following: str) -> tuple[str, ...]:
    """Return the way of parting that keeps the alphabet on both sides; where several do, the one with most parts."""
    pieces = keyword.split(_COMMA)
    if len(pieces) > _MOST_COMMAS:
        return (keyword,)
    before, following = before.casefold(), following.casefold()

    def rank(way: tuple[str, ...]) -> tuple[int, int]:
        out_of_order = (way[0].casefold() < before) + (bool(following) and way[-1].casefold() > following)
        return out_of_order, -len(way)

    return min(_ways(pieces), key=rank)


def _ways(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give every way to join neighbouring pieces again."""
    for joins in range(1 << (len(pieces) - 1)):
        way = [pieces[0]]
        for at, piece in enumerate(pieces[1:]):
            if joins >> at & 1:
                way[-1] += f"{_COMMA}{piece}"
            else:
                way.append(piece)
        yield tuple(way)
