"""Values as printed → items: each different value is looked at once, however many records have it."""

from __future__ import annotations

import pyarrow as pa

from benang.network.named_items import NamedItems, named_items
from benang.network.record_entries import distinct_labels
from benang.records.countries import country_items
from benang.records.organizations import Affiliation, affiliated_organizations, organization_key
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus

PARTED = "\x1f"
"""What stands between the text, the id and the database of an affiliation (`sql/listed_affiliations.sql`)."""


def spelt_items(spelt: pa.Table, items: str, thesaurus: Thesaurus | None = None) -> NamedItems:
    """Tell the items apart that values name, by the rules that hold in memory.

    Countries and organisations are read off affiliations; for organisations each value has an id and a database beside
    the text.

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
    >>> found = spelt_items(spelt, "author-keywords")
    >>> found.ids, found.labels, found.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    values, times, given = spelt.column("spelling").to_pylist(), spelt.column("times").to_pylist(), thesaurus
    if items == "countries":
        return _countries(values, times, given or Thesaurus())
    if items == "organizations":
        return _organizations(values, times, given or Thesaurus())
    return named_items(values, times, given or Thesaurus())


def _countries(values: list[str], times: list[int], thesaurus: Thesaurus) -> NamedItems:
    found = country_items(values, thesaurus)
    unmatched = thesaurus.unmatched(label_key, found.matched)
    return named_items(found.labels, times, Thesaurus(), dropped=found.dropped, unmatched=unmatched)


def _organizations(values: list[str], times: list[int], thesaurus: Thesaurus) -> NamedItems:
    affiliations = [Affiliation(*value.rsplit(PARTED, 2)) for value in values]
    found = affiliated_organizations(dict(zip(affiliations, times, strict=True)), thesaurus)
    labels = distinct_labels(found.labels, label_key) | {"": ""}
    left = thesaurus.remaining(organization_key, found.unmatched)
    names = [labels[found.of[one]] for one in affiliations]
    return named_items(names, times, left, dropped=found.dropped, unmatched=found.unmatched)
