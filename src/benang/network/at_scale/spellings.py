"""Values as printed → items: each different value is looked at once, however many records have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benang.network.at_scale.sizes import Ints
from benang.records.countries import country_of
from benang.records.organizations import organization_key, organization_of
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

Rule = Callable[[str], str]

_KEYS: Mapping[str, Rule] = {"organizations": organization_key}
_READ_OFF: Mapping[str, Rule] = {"organizations": organization_of, "countries": country_of}


@dataclass(frozen=True)
class NamedItems:
    """Items by their ids and labels; `item_of` is the place of the item that each value names, -1 where none."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: Ints
    dropped: int


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
    key, read_off = _KEYS.get(items, label_key), _READ_OFF.get(items, str)
    replaced = (thesaurus or Thesaurus()).by_key(key)
    preferred = (thesaurus or Thesaurus()).labels(key)
    several: dict[str, Counter[str]] = {}
    final, dropped = [], set()
    for spelling, times in zip(spelt.column("spelling").to_pylist(), spelt.column("times").to_pylist(), strict=True):
        name = " ".join(read_off(spelling).split())
        own = key(name) if name else ""
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
        len(dropped),
    )


def _ids(labels: Mapping[str, str], items: str) -> dict[str, str]:
    """Name organisations by their label, as elsewhere; two of one label have their key behind it."""
    if items != "organizations":
        return {one: one for one in labels}
    names = {one: label_key(label) for one, label in labels.items()}
    told = Counter(names.values())
    return {one: name if told[name] == 1 else f"{name} ({one})" for one, name in names.items()}
