"""Several corpora as one, table upon table: for what never was a list of records in Python."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from benang.records.corpus import Corpus
from benang.records.ledger import Ledger

_TABLES = ("works", "values", "origins", "raw", "members", "taken")


def stacked(corpora: Sequence[Corpus]) -> Corpus:
    """Put corpora one behind the other; their keys must be told apart before, their history is the first one's.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> one, other = Record("a", authors=("Sari, D.",)), Record("b", authors=("Lee, B.",))
    >>> both = stacked([corpus_of([one]), corpus_of([other])])
    >>> both.keys, both.record("b").authors
    (('a', 'b'), ('Lee, B.',))
    """
    if len(corpora) == 1:
        return corpora[0]
    tables: dict[str, list[pa.Table]] = {name: [] for name in _TABLES}
    before = 0
    for corpus in corpora:
        for name in _TABLES:
            tables[name].append(_moved(getattr(corpus, name), before))
        before += len(corpus)
    whole = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    whole["values"] = _by_field(whole["values"])
    ledger = Ledger(tuple(account for corpus in corpora for account in corpus.ledger.files))
    return Corpus(**whole, ledger=ledger, history=corpora[0].history)


def with_free_keys(corpus: Corpus, taken: Collection[str]) -> tuple[Corpus, int]:
    """Give works whose key is taken a free one, with `-2` behind it; return the corpus and how many there were.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> renamed, n = with_free_keys(corpus_of([Record("a"), Record("b")]), {"a", "a-2"})
    >>> renamed.keys, n
    (('a-3', 'b'), 1)
    """
    keys, own = list(corpus.keys), set(corpus.keys)
    changed = 0
    for at, key in enumerate(keys):
        if key in taken:
            number = 2
            while f"{key}-{number}" in taken or f"{key}-{number}" in own:
                number += 1
            keys[at] = f"{key}-{number}"
            own.add(keys[at])
            changed += 1
    if not changed:
        return corpus, 0
    place = corpus.works.column_names.index("key")
    return replace(corpus, works=corpus.works.set_column(place, "key", pa.array(keys, pa.string()))), changed


def _moved(table: pa.Table, by: int) -> pa.Table:
    place = table.column_names.index("work")
    return table.set_column(place, "work", pc.add(table.column("work"), pa.scalar(by, pa.int32())))


def _by_field(values: pa.Table) -> pa.Table:
    """Bring list values back into the order of a corpus: field by field, within a field by work and position."""
    fields = values.column("field").unique().to_pylist()
    return pa.concat_tables([values.filter(pc.equal(values.column("field"), field)) for field in fields] or [values])
