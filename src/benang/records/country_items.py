"""The countries of affiliations as items of a map, after what a thesaurus says of their names.

VOSviewer's thesaurus of countries has the names as they are printed (`taiwan` → `peoples r china`, `scotland` →
`england`). So a line is looked up by the name that an affiliation prints, then by the country that Benang reads; what
it says instead is read as a country again, where it is one, so that no country stands on a map twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benang.records.countries import country_as_written, country_by_name, country_of
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class CountryItems:
    """The label of the country of each affiliation, empty where it names none or a thesaurus drops it.

    `without` marks the affiliations that name none; `matched` are the keys of the lines of the thesaurus that fit.
    """

    labels: tuple[str, ...]
    without: tuple[bool, ...]
    matched: frozenset[str]
    dropped: int


def country_items(affiliations: Sequence[str], thesaurus: Thesaurus) -> CountryItems:
    """Read the countries of affiliations, and apply a thesaurus to their names.

    A country is shown by Benang's name for it. Where all of its affiliations were named by the thesaurus, as with
    `united kingdom` → `Inggris`, its label is the thesaurus's.

    Examples
    --------
    >>> thesaurus = Thesaurus((("taiwan", "peoples r china"), ("scotland", "england"), ("japan", "")))
    >>> places = "A, Taiwan", "B, Peoples R China", "C, Leeds, England", "D, Scotland", "E, Japan", "F, Kota"
    >>> country_items(places, thesaurus).labels
    ('China', 'China', 'United Kingdom', 'United Kingdom', '', '')
    """
    replaced = thesaurus.by_key(label_key)
    keys: list[str] = []
    own: dict[str, str] = {}
    given: dict[str, str] = {}
    matched, dropped, without = set[str](), set[str](), []
    for affiliation in affiliations:
        country = country_of(affiliation)
        line = next((key for key in _names(affiliation, country) if key in replaced), "") if replaced else ""
        name = replaced[line] if line else country
        known = country_by_name(name) if line else name
        key = label_key(known or name)
        keys.append(key)
        without.append(not country and not line)
        if line:
            matched.add(line)
            given.setdefault(key, name)
            if not key:
                dropped.add(country or line)
        if not line or label_key(name) == label_key(country):
            own[key] = known
    labels = given | own | {"": ""}
    return CountryItems(tuple(labels[key] for key in keys), tuple(without), frozenset(matched), len(dropped))


def _names(affiliation: str, country: str) -> tuple[str, ...]:
    """Return what a thesaurus may call the country of an affiliation: the name as printed, then as read."""
    return tuple(name for name in (label_key(country_as_written(affiliation)), label_key(country)) if name)
