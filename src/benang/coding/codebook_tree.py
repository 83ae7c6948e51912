"""The codes of a codebook as a tree: under their headings, in the order of the file, each with its colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benang.coding.codebook import Code, Codebook
from benang.looks.colours import PALETTES


@dataclass(frozen=True, slots=True)
class Branch:
    """A code and what stands under it."""

    code: Code
    under: tuple[Branch, ...] = ()


def code_tree(codebook: Codebook, group: str) -> tuple[Branch, ...]:
    """Return the codes of a group as a tree.

    Examples
    --------
    >>> costs = Code(id="costs", group="reasons", label="Costs", heading=True)
    >>> rent = Code(id="rent", group="reasons", label="Rent", parent="costs")
    >>> [(one.code.id, [leaf.code.id for leaf in one.under]) for one in
    ...  code_tree(Codebook(codes=(rent, costs)), "reasons")]
    [('costs', ['rent'])]
    """
    codes = [one for one in codebook.codes if one.group == group]

    def branches(parent: str | None) -> Iterator[Branch]:
        for one in codes:
            if one.parent == parent:
                yield Branch(one, tuple(branches(one.id)))

    return tuple(branches(None))


def code_colours(codebook: Codebook) -> Mapping[str, str]:
    """Return the colour of each code, `#rrggbb`: its own, else the next of the palette that no code has as its own.

    A heading has a colour only where it has one of its own.

    Examples
    --------
    >>> rent = Code(id="rent", group="reasons", label="Rent")
    >>> rain = Code(id="rain", group="reasons", label="Rain", colour="#0072B2")
    >>> dict(code_colours(Codebook(codes=(rent, rain))))
    {'rent': '#e69f00', 'rain': '#0072b2'}
    """
    own = {one.id: one.colour.lower() for one in codebook.codes if one.colour}
    free = (colour for colour in map(PALETTES["benang"].of, range(1, 10_000)) if colour not in own.values())
    return {one.id: own.get(one.id) or next(free) for one in codebook.codes if one.id in own or not one.heading}
