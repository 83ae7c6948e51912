"""Values as printed → items: each different value is looked at once, however many records have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benang.network.at_scale.sizes import Ints
from benang.records.country_items import country_items
from benang.records.organizations import organization_key, organization_of
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

Rule = Callable[[str], str]
Read = tuple[list[str], Thesaurus, tuple[str, ...], int]

_KEYS: Mapping[str, Rule] = {"organizations": organization_key}


@dataclass(frozen=True)
class NamedItems:
    """Items by their ids and labels; `item_of` is the place of the item that each value names, -1 where none.

    `unmatched` are the labels of the thesaurus that no value has.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: Ints
    dropped: int
    unmatched: tuple[str, ...] = ()


def named_items(spelt: pa.Table, items: str, thesaurus: Thesaurus | None = None) -> NamedItems:
    """Tell the items apart that values name.

    Keywords, topics, sources, countries and authors are the same where they differ in case or white space only;
    organisations where their words are the same. Countries and organisations are read off
    affiliations. Labels are the thesaurus's, else the most frequent spelling.

    Parameters
    ----------
    spelt
        `spelling`: the different values; `times`: how often each stands there.
    items
        As in `folder_network`.
    thesaurus
        Variants and their preferred labels.

    Examples
    --------
    >>> spelt = pa.table({"spelling": ["Kota", "kota", "Budget"], "times": [1, 2, 1]})
    >>> found = named_items(spelt, "author-keywords")
    >>> found.ids, found.labels, found.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    key, given = _KEYS.get(items, label_key), thesaurus or Thesaurus()
    names, given, unmatched, dropped_before = _names(spelt.column("spelling").to_pylist(), items, given)
    replaced, preferred = given.by_key(key), given.labels(key)
    several: dict[str, Counter[str]] = {}
    final, dropped, known = [], set(), set[str]()
    for name, times in zip(names, spelt.column("times").to_pylist(), strict=True):
        own = key(name) if name else ""
        known.add(own)
        chosen = key(replaced[own]) if own in replaced else own
        final.append(chosen)
        if chosen:
            several.setdefault(chosen, Counter())[name] += times
        elif own:
            dropped.add(own)
    labels = {one: usual_spelling(counts) for one, counts in several.items()} | preferred
    ids = _ids({one: labels[one] for one in several}, items)
    order = sorted(several, key=lambda one: ids[one])
    place = {one: at for at, one in enumerate(order)}
    return NamedItems(
        tuple(ids[one] for one in order),
        tuple(labels[one] for one in order),
        np.array([place.get(one, -1) for one in final], np.int64),
        len(dropped) + dropped_before,
        (*unmatched, *given.unmatched(key, known)),
    )


def _names(
    spellings: Sequence[str], items: str, thesaurus: Thesaurus
) -> tuple[list[str], Thesaurus, tuple[str, ...], int]:
    """Return what values name, what is left to apply of a thesaurus, and what it matched and dropped until here."""
    if items == "countries":
        found = country_items(spellings, thesaurus)
        return list(found.labels), Thesaurus(), thesaurus.unmatched(label_key, found.matched), found.dropped
    read_off = organization_of if items == "organizations" else str
    return [" ".join(read_off(one).split()) for one in spellings], thesaurus, (), 0


def _ids(labels: Mapping[str, str], items: str) -> dict[str, str]:
    """Name organisations by their label, as elsewhere; two of one label have their key behind it."""
    if items != "organizations":
        return {one: one for one in labels}
    names = {one: label_key(label) for one, label in labels.items()}
    told = Counter(names.values())
    return {one: name if told[name] == 1 else f"{name} ({one})" for one, name in names.items()}
