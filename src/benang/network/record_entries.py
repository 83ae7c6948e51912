"""Records → items: what each record contains, as printed or as derived from it, and which items these values name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benang.kinds import KINDS
from benang.records.authors import authors
from benang.records.corpus import Corpus
from benang.records.countries import country_items
from benang.records.names import author_key
from benang.records.organizations import organization_key, organizations
from benang.records.record import Record
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus


@dataclass(frozen=True)
class Entries:
    """One row a value of a record: `work` and `value`; `counts` say what was found on the way.

    `thesaurus` is what is left to apply to the values, and `unmatched` the labels that no value had until here; None
    where none was looked up.
    """

    rows: pa.Table
    thesaurus: Thesaurus
    counts: Mapping[str, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] | None = None


def record_entries(corpus: Corpus, items: str, thesaurus: Thesaurus, author_names: str) -> Entries:
    """List what each record has of a kind of items (`RecordItems`).

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> corpus = corpus_of([Record("a", affiliations=("UNPAD, Bandung, Indonesia", "Nowhere"))])
    >>> entries = record_entries(corpus, "countries", Thesaurus(), "joined")
    >>> entries.rows.to_pydict(), entries.counts
    ({'work': [0], 'value': ['Indonesia']}, {'affiliations_without_country': 1})
    """
    if items == "authors" and author_names == "joined":
        return _joined_authors(corpus, thesaurus)
    if items == "organizations":
        return _organizations(corpus, thesaurus)
    if items == "countries":
        return _countries(corpus, thesaurus)
    fields = KINDS[items].fields
    if fields[0] in corpus.works.column_names:
        named = corpus.works.select(["work", fields[0]]).rename_columns(["work", "value"])
        return Entries(named.filter(pc.greater(pc.utf8_length(pc.fill_null(named.column("value"), "")), 0)), thesaurus)
    rows = corpus.values.filter(pc.is_in(corpus.values.column("field"), pa.array(fields)))
    return Entries(rows.select(["work", "value"]), thesaurus)


def _joined_authors(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    """Give the authors of each record one label each; the thesaurus goes first: what it joins isn't looked at again."""
    replaced = thesaurus.by_key(author_key)
    people = authors([_with_preferred(record, replaced) for record in corpus.records])
    names = distinct_labels(people.labels, author_key)
    printed = {author_key(name) for record in corpus.records for name in record.authors} if replaced else set()
    unmatched = thesaurus.unmatched(author_key, printed)
    counts = {"ambiguous_names": len(people.ambiguous)}
    if dropped := sum(not replaced[key] for key in printed & replaced.keys()):
        counts["dropped_by_thesaurus"] = dropped
    return Entries(_rows(people.of_records, names), thesaurus.remaining(author_key, unmatched), counts, unmatched)


def _organizations(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    names = organizations(corpus.records, thesaurus=thesaurus)
    rows = _rows(names.of_records, distinct_labels(names.labels, label_key))
    counts = {"dropped_by_thesaurus": names.dropped} if names.dropped else {}
    return Entries(rows, thesaurus.remaining(organization_key, names.unmatched), counts, names.unmatched)


def _countries(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    """Read each affiliation's country once, however many records have it; the thesaurus is applied on the way."""
    affiliations = corpus.values.filter(pc.equal(corpus.values.column("field"), "affiliations"))
    encoded = affiliations.column("value").combine_chunks().dictionary_encode()
    items = country_items(encoded.dictionary.to_pylist(), thesaurus)
    countries = pa.array([label or None for label in items.labels], pa.string())
    rows = pa.table({"work": affiliations.column("work"), "value": countries.take(encoded.indices)})
    without = pc.sum(pa.array(items.without, pa.bool_()).take(encoded.indices)).as_py() or 0
    counts = {"affiliations_without_country": without}
    if items.dropped:
        counts["dropped_by_thesaurus"] = items.dropped
    unmatched = thesaurus.unmatched(label_key, items.matched)
    return Entries(rows.drop_null(), Thesaurus(), counts, unmatched)


def distinct_labels(labels: Mapping[str, str], key: Callable[[str], str]) -> dict[str, str]:
    """Put the id behind a label that several ids have.

    Examples
    --------
    >>> distinct_labels({"ror:1": "Contoh", "ror:2": "CONTOH", "umpama": "Umpama"}, label_key)
    {'ror:1': 'Contoh (ror:1)', 'ror:2': 'CONTOH (ror:2)', 'umpama': 'Umpama'}
    """
    several = Counter(key(label) for label in labels.values())
    return {
        one: label if several[key(label)] == 1 else f"{label} ({one.rpartition('(')[2].rstrip(')')})"
        for one, label in labels.items()
    }


def _rows(of_records: Iterable[Sequence[str]], names: Mapping[str, str]) -> pa.Table:
    pairs = [(work, names[one]) for work, ids in enumerate(of_records) for one in ids]
    return pa.table(
        {
            "work": pa.array([work for work, _ in pairs], pa.int32()),
            "value": pa.array([name for _, name in pairs], pa.string()),
        }
    )


def _with_preferred(record: Record, replaced: Mapping[str, str]) -> Record:
    if not replaced:
        return record
    ids = record.author_ids or ("",) * len(record.authors)
    pairs = [(replaced.get(author_key(name), name), own) for name, own in zip(record.authors, ids, strict=False)]
    kept = [(name, own) for name, own in pairs if name]
    bodies = tuple([name for one in record.bodies if (name := replaced.get(author_key(one), one))])
    return replace(
        record, authors=tuple(name for name, _ in kept), author_ids=tuple(own for _, own in kept), bodies=bodies
    )


@dataclass(frozen=True)
class NamedItems:
    """Items by their ids and labels; `item_of` is the place of the item that each value names, -1 where none.

    `dropped` counts the items that the thesaurus drops, `unmatched` are its labels that no value has.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: NDArray[np.int64]
    dropped: int
    unmatched: tuple[str, ...] = ()


def named_items(
    values: Sequence[str],
    times: Sequence[int],
    thesaurus: Thesaurus,
    *,
    key: Callable[[str], str] = label_key,
    dropped: int = 0,
    unmatched: Sequence[str] | None = None,
) -> NamedItems:
    """Distinguish the items that values name.

    Parameters
    ----------
    values, times
        The different values, and how often each occurs in the corpus.
    thesaurus
        What is to be applied to them. The label of an item is the thesaurus's, else its most frequent spelling.
    key
        What values are compared by.
    dropped, unmatched
        What the thesaurus dropped while values were read, and its labels that nothing had until then; None where it
        was not looked up.

    Examples
    --------
    >>> items = named_items(["Kota", "kota", "Budget"], [1, 2, 1], Thesaurus())
    >>> items.ids, items.labels, items.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    replaced = thesaurus.by_key(key)
    own = [key(value) for value in values]
    final = [key(replaced[name]) if name in replaced else name for name in own]
    ids = sorted({name for name in final if name})
    place = {name: at for at, name in enumerate(ids)}
    labels = _labels(zip(final, values, times, strict=True)) | thesaurus.labels(key)
    return NamedItems(
        tuple(ids),
        tuple(labels[name] for name in ids),
        np.array([place.get(name, -1) for name in final], np.int64),
        dropped + len({name for name, end in zip(own, final, strict=True) if name and not end}),
        _unmatched(thesaurus, thesaurus.unmatched(key, set(own)), unmatched),
    )


def _labels(spelt: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Choose each item's most frequent spelling, the first in the alphabet of several."""
    several: dict[str, dict[str, int]] = {}
    for name, spelling, count in spelt:
        label = " ".join(spelling.split())
        counts = several.setdefault(name, {})
        counts[label] = counts.get(label, 0) + count
    return {name: usual_spelling(counts) if len(counts) > 1 else next(iter(counts)) for name, counts in several.items()}


def _unmatched(thesaurus: Thesaurus, here: tuple[str, ...], before: Sequence[str] | None) -> tuple[str, ...]:
    """Return the labels that matched nothing, neither before nor among the lines that were left to apply here."""
    if before is None:
        return here
    lines = {one for one, preferred in thesaurus.replacements if one != preferred}
    return tuple(one for one in before if one not in lines or one in here)
