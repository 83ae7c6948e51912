"""Corpus → what occurs in what: records × keywords, records × authors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.duckdb_engine import DuckDB
from benang.engine.engine import sql_text
from benang.errors import BenangError, Problem, unknown
from benang.network.network import CSR, Floats
from benang.provenance import Argument, History, Step
from benang.records.authors import authors
from benang.records.corpus import Corpus
from benang.records.names import author_key
from benang.records.record import Record
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

Items = Literal["author-keywords", "index-keywords", "keywords", "authors"]
"""What may occur together: keywords as authors gave them, as an indexer gave them, both together, or authors."""

AuthorNames = Literal["joined", "exact"]
"""Whether forms of a name and ids of databases are brought to one author, or the string counts, as in VOSviewer."""

FIELDS: Mapping[Items, tuple[str, ...]] = {
    "author-keywords": ("author_keywords",),
    "index-keywords": ("index_keywords",),
    "keywords": ("author_keywords", "index_keywords"),
    "authors": ("authors",),
}
"""The fields of a record that each kind of items is taken from."""


@dataclass(frozen=True)
class Incidence:
    """What occurs in what: units (records, or the cases of a review) × items, 1 where an item occurs in a unit.

    `ids` of items are unique and stable; `units` are the ids of the rows. Every item is there, also those that occur
    once: thresholds come later, so that shares count all items of a unit. `weight` names the number of units that an
    item occurs in (`Occurrences`, `Documents`). `years` and `citations` are one value a unit, NaN where it has none;
    None where units have no such value at all.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    matrix: CSR
    units: tuple[str, ...]
    unit: str = "records"
    item_kind: str = "items"
    link_kind: str = "co-occurrence"
    weight: str = "Occurrences"
    years: Floats | None = None
    citations: Floats | None = None
    history: History = ()


def item_incidence(
    corpus: Corpus,
    *,
    items: Items = "author-keywords",
    thesaurus: Thesaurus | None = None,
    author_names: AuthorNames = "joined",
) -> Incidence:
    """Say which items occur in which records, each once in a record.

    Keywords are the same where they differ in case or white space only. Authors are told apart and together by
    `benang.records.authors`, after the thesaurus; with `author_names="exact"` they are the same where their names
    differ in case, white space or full stops only. The label of an item is the thesaurus's preferred one, else its
    most frequent spelling (the first in the alphabet of those that are equally frequent). The thesaurus is applied
    before anything is counted: variants become one item of a record, and dropped items are none.

    Raises
    ------
    BenangError
        Where `items` is no known word, or no record has any such item: what the corpus has instead is told.

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
    if items not in FIELDS:
        raise unknown(items, get_args(Items), where="items", expected="a kind of items")
    key = author_key if items == "authors" else label_key
    chosen = corpus.values.filter(pc.is_in(corpus.values.column("field"), pa.array(FIELDS[items])))
    told: dict[str, int] = {}
    if items == "authors" and author_names == "joined":
        chosen, told = _author_labels(corpus, thesaurus or Thesaurus())
    encoded = chosen.column("value").combine_chunks().dictionary_encode()
    named = _named(encoded, key, thesaurus or Thesaurus())
    if not named.ids:
        raise _nothing(corpus, items, thesaurus)
    occurrences = pa.table({"unit": chosen.column("work"), "spelling": encoded.indices})
    matrix = _matrix(occurrences, named.item_of, (len(corpus), len(named.ids)))
    return Incidence(
        ids=named.ids,
        labels=named.labels,
        matrix=matrix,
        units=corpus.keys,
        item_kind=items,
        link_kind="co-authorship" if items == "authors" else "co-occurrence",
        weight="Documents" if items == "authors" else "Occurrences",
        years=values_by_record(corpus, "year"),
        citations=values_by_record(corpus, "citations"),
        history=(
            *corpus.history,
            items_step(
                corpus, items, FIELDS[items], thesaurus, matrix, {"dropped_by_thesaurus": named.dropped, **told}
            ),
        ),
    )


def _author_labels(corpus: Corpus, thesaurus: Thesaurus) -> tuple[pa.Table, dict[str, int]]:
    """Return the authors of each record under one label each; two authors of one label have their ids behind it.

    The thesaurus goes first: what it joins or drops is not looked at again.
    """
    replaced = thesaurus.by_key(author_key)
    records = [_with_preferred(record, replaced) for record in corpus.records]
    found = authors(records)
    several = Counter(author_key(label) for label in found.labels.values())
    names = {
        one: label if several[author_key(label)] == 1 else f"{label} ({one.rpartition('(')[2].rstrip(')')})"
        for one, label in found.labels.items()
    }
    rows = [(work, names[one]) for work, ids in enumerate(found.of_records) for one in ids]
    table = pa.table(
        {
            "work": pa.array([work for work, _ in rows], pa.int32()),
            "value": pa.array([name for _, name in rows], pa.string()),
        }
    )
    return table, {"ambiguous_names": len(found.ambiguous)}


def _with_preferred(record: Record, replaced: Mapping[str, str]) -> Record:
    if not replaced:
        return record
    ids = record.author_ids or ("",) * len(record.authors)
    pairs = [(replaced.get(author_key(name), name), own) for name, own in zip(record.authors, ids, strict=False)]
    kept = [(name, own) for name, own in pairs if name]
    return replace(record, authors=tuple(name for name, _ in kept), author_ids=tuple(own for _, own in kept))


def values_by_record(corpus: Corpus, name: str) -> Floats | None:
    """Return a number of each record, NaN where it has none; None where no record has one."""
    column = corpus.works.column(name)
    if column.null_count == len(column):
        return None
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(), np.float64)


def items_step(
    corpus: Corpus,
    items: str,
    fields: tuple[str, ...],
    thesaurus: Thesaurus | None,
    matrix: CSR,
    counts: Mapping[str, int],
) -> Step:
    """Make the step that says what was taken from the corpus: records found, read, set aside and without items."""
    ledger = corpus.ledger
    read = bool(ledger.files)
    origins: list[Argument] = [(name, origin) for name in fields for origin in corpus.origins_of(name)]
    return Step(
        "items",
        {
            "items": items,
            "origins": tuple(origins),
            "thesaurus": thesaurus.file if thesaurus else None,
            "thesaurus_sha256": thesaurus.sha256 if thesaurus else None,
        },
        {
            "found": ledger.found if read else len(corpus),
            "read": ledger.read if read else len(corpus),
            "set_aside": ledger.set_aside,
            "records": len(corpus),
            "records_without_items": int(np.count_nonzero(np.diff(matrix.indptr) == 0)),
            "items": int(matrix.shape[1]),
            **counts,
        },
    )


@dataclass(frozen=True)
class _Named:
    """Spellings told apart: `item_of` is the place of the item that each names, -1 where it was dropped."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: NDArray[np.int64]
    dropped: int


def _named(encoded: pa.DictionaryArray, key: Callable[[str], str], thesaurus: Thesaurus) -> _Named:
    spellings: list[str] = encoded.dictionary.to_pylist()
    replaced = thesaurus.by_key(key)
    own = [key(spelling) for spelling in spellings]
    final = [key(replaced[name]) if name in replaced else name for name in own]
    ids = sorted({name for name in final if name})
    place = {name: at for at, name in enumerate(ids)}
    counts = np.bincount(encoded.indices.to_numpy(), minlength=len(spellings)).tolist()
    labels = _labels(zip(final, spellings, counts, strict=True)) | thesaurus.labels(key)
    return _Named(
        tuple(ids),
        tuple(labels[name] for name in ids),
        np.array([place.get(name, -1) for name in final], np.int64),
        dropped=len({name for name, end in zip(own, final, strict=True) if name and not end}),
    )


def _labels(spelt: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Choose each item's most frequent spelling, the first in the alphabet of several."""
    several: dict[str, dict[str, int]] = {}
    for name, spelling, count in spelt:
        label = " ".join(spelling.split())
        counts = several.setdefault(name, {})
        counts[label] = counts.get(label, 0) + count
    return {name: usual_spelling(counts) if len(counts) > 1 else next(iter(counts)) for name, counts in several.items()}


def _matrix(occurrences: pa.Table, item_of: NDArray[np.int64], shape: tuple[int, int]) -> CSR:
    spelling = np.flatnonzero(item_of >= 0).astype(np.int32)
    with DuckDB() as engine:
        engine.view("occurrences", occurrences)
        engine.view("spellings", pa.table({"spelling": spelling, "item": item_of[spelling].astype(np.int32)}))
        found = engine.query(sql_text("benang.network", "incidence"))
    ends = (found.column("unit").to_numpy(), found.column("item").to_numpy())
    matrix = sparse.csr_array((np.ones(found.num_rows), ends), shape=shape)
    matrix.sort_indices()
    return matrix


def _nothing(corpus: Corpus, items: Items, thesaurus: Thesaurus | None) -> BenangError:
    names = corpus.values.column("field").to_pylist()
    others = [kind for kind, fields in FIELDS.items() if any(field in names for field in fields)]
    if items in others and thesaurus is not None:
        return BenangError(Problem(f"The thesaurus drops all {in_words(items)}", where=thesaurus.file or "thesaurus"))
    there = f"There are: {', '.join(others)}." if others else "They have neither keywords nor authors."
    titles = any(corpus.works.column("title").to_pylist()) and items != "authors"
    way_on = f"{there} Their titles give terms for a map (items: terms)." if titles else there
    return BenangError(Problem(f"None of the {len(corpus)} records has {in_words(items)}", way_on=way_on))


def in_words(items: str) -> str:
    """Return the name of a kind of items as it stands in a sentence.

    Examples
    --------
    >>> in_words("author-keywords")
    'author keywords'
    """
    return items.replace("-", " ")
