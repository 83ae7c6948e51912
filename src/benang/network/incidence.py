"""Corpus → what occurs in what: records × keywords, authors, organisations, countries, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import open_engine, sql_text
from benang.errors import BenangError, Problem, argument, unknown
from benang.evidence import Argument, History, Step
from benang.kinds import KINDS, AuthorNames, RecordItems, in_words
from benang.locale.writing import Worded, as_worded, worded
from benang.network import UNTOLD, LeftOut, NetworkSettings, RecordCounts, ThesaurusUse, settings_json
from benang.network.network import CSR, Floats
from benang.network.record_entries import named_items, record_entries
from benang.network.record_values import RecordValues, document_labels, record_labels, record_values
from benang.records.corpus import Corpus
from benang.records.names import author_id
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus


@dataclass(frozen=True)
class Incidence:
    """What occurs in what: units (records, or the cases of a review) × items, and how often (mostly 1).

    `ids` of items are unique and stable; `units` are the ids of the rows, `unit_labels` their short citations. Every
    item is there, also those that occur once: thresholds come later, so that shares count all items of a unit.
    `weight` names the number of units that an item occurs in (`Occurrences`, `Documents`). `values` are numbers of each
    unit; None where units have none.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    matrix: CSR
    units: tuple[str, ...]
    unit: str = "records"
    item_kind: str = "items"
    link_kind: str = "co-occurrence"
    weight: str = "Occurrences"
    values: RecordValues | None = None
    unit_labels: tuple[str, ...] = ()
    history: History = ()
    settings: NetworkSettings = UNTOLD

    @property
    def once(self) -> CSR:
        """The matrix with 1 wherever an item occurs, however often."""
        return sparse.csr_array((np.ones(self.matrix.nnz), self.matrix.indices, self.matrix.indptr), self.matrix.shape)


def item_incidence(
    corpus: Corpus,
    *,
    items: RecordItems = "author-keywords",
    thesaurus: Thesaurus | None = None,
    author_names: AuthorNames = "joined",
    most: int | None = None,
    columns: Mapping[str, Floats] | None = None,
) -> Incidence:
    """Say which items occur in which records, each once in a record.

    Keywords, topics and sources are the same where they differ in case or white space only. Which authors are the same
    is decided by `benang.records.authors`, after the thesaurus; with `author_names="exact"` they are the same where
    their names differ in case only, as keywords are. Organisations and countries are read off affiliations by
    `benang.records.organizations` and `country_of`. The label of an item is the thesaurus's preferred one, else its
    most frequent spelling (the first in the alphabet of those that are equally frequent). The thesaurus is applied
    before anything is counted: variants become one item of a record, and dropped items are none. Records with more
    than `most` items are set aside: they count as if they had none. `columns` are numbers of each record, by name.

    Raises
    ------
    BenangError
        Where `items` is no known word, or no record has any such item, with what the corpus has instead.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("Sister City", "kota")), Record("b", author_keywords=("Kota",
    ...     "sister  city", "kota"))])
    >>> incidence = item_incidence(corpus)
    >>> incidence.ids, incidence.labels, incidence.matrix.toarray().tolist()
    (('kota', 'sister city'), ('kota', 'Sister City'), [[1.0, 1.0], [1.0, 1.0]])
    """
    if items not in KINDS or not KINDS[items].fields:
        raise unknown(items, get_args(RecordItems), where="items", expected="a kind of items")
    kind = KINDS[items]
    key = author_id if items == "authors" and author_names == "joined" else label_key
    entries = record_entries(corpus, items, thesaurus or Thesaurus(), author_names)
    encoded = entries.rows.column("value").combine_chunks().dictionary_encode()
    values, known = encoded.dictionary.to_pylist(), dict(entries.counts)
    times = np.bincount(encoded.indices.to_numpy(), minlength=len(values)).tolist()
    dropped = known.pop("dropped_by_thesaurus", 0)
    named = named_items(values, times, entries.thesaurus, key=key, dropped=dropped, unmatched=entries.unmatched)
    if not named.ids:
        raise _nothing(corpus, items, thesaurus)
    occurrences = pa.table({"unit": entries.rows.column("work"), "spelling": encoded.indices})
    whole = _matrix(occurrences, named.item_of, (len(corpus), len(named.ids)))
    short = None if most is None else np.diff(whole.indptr) <= most
    matrix, too_many = (whole, {}) if short is None else _only(whole, short)
    counts = {"dropped_by_thesaurus": named.dropped, **known, **too_many}
    return record_incidence(
        corpus,
        named.ids,
        named.labels,
        matrix,
        item_kind=items,
        link_kind="co-authorship" if kind.wrote else "co-occurrence",
        weight=kind.weight,
        columns=columns,
        normalized_over=short,
        read=read_items(corpus, items, kind.fields, thesaurus, matrix, counts, named.unmatched),
    )


def record_incidence(
    corpus: Corpus,
    ids: tuple[str, ...],
    labels: tuple[str, ...],
    matrix: CSR,
    *,
    item_kind: str,
    link_kind: str = "co-occurrence",
    weight: str = "Occurrences",
    columns: Mapping[str, Floats] | None = None,
    normalized_over: NDArray[np.bool_] | None = None,
    read: ReadItems | None = None,
    steps: History = (),
) -> Incidence:
    """Put together what occurs in the records of a corpus, with what is known of the records.

    `read` says what was taken from the corpus, `steps` what was done beyond. `normalized_over` are the records whose
    citations make the mean of a year, all where None.
    """
    return Incidence(
        ids=ids,
        labels=labels,
        matrix=matrix,
        units=corpus.keys,
        unit_labels=record_labels(corpus),
        item_kind=item_kind,
        link_kind=link_kind,
        weight=weight,
        values=record_values(corpus, columns, normalized_over),
        history=(*corpus.history, *([read.step] if read else []), *steps),
        settings=replace(read.settings if read else UNTOLD, works=corpus.members.num_rows > 0),
    )


def document_incidence(corpus: Corpus, columns: Mapping[str, Floats] | None = None) -> Incidence:
    """Let every record be an item of its own: what coupling and citation of documents link."""
    n = len(corpus)
    return record_incidence(
        corpus,
        corpus.keys,
        document_labels(corpus),
        sparse.csr_array(sparse.eye_array(n, format="csr")),
        item_kind="documents",
        weight="",
        columns=columns,
    )


def _only(matrix: CSR, short: NDArray[np.bool_]) -> tuple[CSR, dict[str, int]]:
    """Empty the rows that are not short, and count them."""
    counts = {"records_with_too_many": int(np.count_nonzero(~short))}
    if short.all():
        return matrix, counts
    kept = sparse.csr_array(sparse.diags_array(short.astype(np.float64)) @ matrix)
    kept.eliminate_zeros()
    kept.sort_indices()
    return kept, counts


@dataclass(frozen=True)
class ReadItems:
    """What was taken from a corpus: the step that says so, and what it settles."""

    step: Step
    settings: NetworkSettings


def read_items(
    corpus: Corpus,
    items: str,
    fields: tuple[str, ...],
    thesaurus: Thesaurus | None,
    matrix: CSR,
    counts: Mapping[str, int],
    unmatched: tuple[str, ...] = (),
) -> ReadItems:
    """Say what was taken from the corpus: records found, read, set aside and without items.

    `unmatched` are the labels of the thesaurus that nothing in the corpus has.
    """
    ledger, n = corpus.ledger, len(corpus)
    read = bool(ledger.files)
    too_many = counts.get("records_with_too_many", 0)
    records = RecordCounts(
        ledger.found if read else n,
        ledger.read if read else n,
        ledger.set_aside,
        n,
        int(np.count_nonzero(np.diff(matrix.indptr) == 0)) - too_many,
        {name: ", ".join(origins) for name in fields if (origins := corpus.origins_of(name))},
    )
    used = thesaurus_use(thesaurus, counts.get("dropped_by_thesaurus", 0), unmatched)
    without = LeftOut(
        records_with_too_many=too_many,
        affiliations_without_country=counts.get("affiliations_without_country", 0),
        ambiguous_names=counts.get("ambiguous_names", 0),
    )
    pairs: tuple[Argument, ...] = tuple((name, origin) for name in fields for origin in corpus.origins_of(name))
    step = Step(
        "items",
        {"items": items, "origins": pairs, **thesaurus_arguments(used)},
        {**_counted(records), "items": int(matrix.shape[1]), **counts},
    )
    return ReadItems(step, NetworkSettings(corpus=records, thesaurus=used, left_out=without))


def _counted(records: RecordCounts) -> dict[str, int]:
    """Return the counts of records as a step has them."""
    return {name: number for name, number in settings_json(records).items() if isinstance(number, int)}


def thesaurus_use(thesaurus: Thesaurus | None, dropped: int, unmatched: tuple[str, ...]) -> ThesaurusUse:
    """Return the settings of a thesaurus that was applied, or of none."""
    if thesaurus is None:
        return ThesaurusUse()
    return ThesaurusUse(thesaurus.file, thesaurus.sha256, dropped, unmatched)


def thesaurus_arguments(used: ThesaurusUse) -> dict[str, Argument]:
    """Return a thesaurus as a step names it."""
    unmatched: dict[str, Argument] = {"thesaurus_unmatched": used.unmatched} if used.unmatched else {}
    return {"thesaurus": used.file, "thesaurus_sha256": used.sha256, **unmatched}


def _matrix(occurrences: pa.Table, item_of: NDArray[np.int64], shape: tuple[int, int]) -> CSR:
    spelling = np.flatnonzero(item_of >= 0).astype(np.int32)
    with open_engine() as opened:
        opened.view("occurrences", occurrences)
        opened.view("spellings", pa.table({"spelling": spelling, "item": item_of[spelling].astype(np.int32)}))
        pairs = opened.query(sql_text("benang.network", "incidence"))
    ends = (pairs.column("unit").to_numpy(), pairs.column("item").to_numpy())
    matrix = sparse.csr_array((np.ones(pairs.num_rows), ends), shape=shape)
    matrix.sort_indices()
    return matrix


def _nothing(corpus: Corpus, items: RecordItems, thesaurus: Thesaurus | None) -> BenangError:
    there = set(pc.unique(corpus.values.column("field")).to_pylist())
    scalars = {name for kind in KINDS.values() for name in kind.fields} & set(corpus.works.column_names)
    there |= {name for name in scalars if any(corpus.works.column(name).to_pylist())}
    others = [name for name, kind in KINDS.items() if not there.isdisjoint(kind.fields)]
    if items in others and thesaurus is not None:
        return all_dropped(items, thesaurus)
    others = [name for name in others if name != items]
    instead = (
        worded("Available: {names}.", names=", ".join(others))
        if others
        else worded("They have neither keywords nor authors.")
    )
    titles = any(corpus.works.column("title").to_pylist()) and not KINDS[items].wrote
    way_on = (
        worded(
            "{instead} Their titles give terms for a map ({option}).",
            instead=instead,
            option=argument("items", value="terms"),
        )
        if titles
        else instead
    )
    return BenangError(Problem(none_has(len(corpus), in_words(items)), way_on=way_on))


def all_dropped(items: str, thesaurus: Thesaurus) -> BenangError:
    """Return the error that a thesaurus leaves no item."""
    return BenangError(
        Problem(worded("The thesaurus drops all {items}", items=in_words(items)), where=thesaurus.file or "thesaurus")
    )


def none_has(n_records: int, what: str, *, article: bool = False) -> Worded:
    """Say that records lack something, with an `article` before a thing that is one.

    Examples
    --------
    >>> none_has(1, "topics"), none_has(581, "topics")
    ('The only record has no topics', 'None of the 581 records has topics')
    """
    if n_records == 1:
        return worded("The only record has no {what}", what=as_worded(what))
    if article:
        return worded("None of the {n:,} records has a {what}", n=n_records, what=as_worded(what))
    return worded("None of the {n:,} records has {what}", n=n_records, what=as_worded(what))
