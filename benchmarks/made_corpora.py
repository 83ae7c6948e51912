"""Invented corpora of any size, as columns: always the same ones, skewed as real ones are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benang.records.corpus import Corpus, corpus_of


@dataclass(frozen=True)
class Field:
    """How a field is drawn: values a record, different values a record, and the shift that flattens Zipf's law."""

    name: str
    mean: int
    different: float
    shift: float
    word: str


FIELDS = (
    # The most frequent author keyword of a field stands in some 4 % of its records, the busiest of authors wrote some
    # 0.01 % of them, the most cited work stands in some 3 % of the lists.
    Field("authors", 4, 1.5, 300.0, "Author"),
    Field("author_keywords", 6, 2.0, 20.0, "keyword"),
    Field("references", 30, 10.0, 150.0, "https://openalex.org/W"),
)


def made_corpus(n_records: int, fields: Collection[str] | None = None, seed: int = 0) -> Corpus:
    """Make a corpus of records with authors, author keywords and references (or some of these), year and citations."""
    rng = np.random.default_rng(seed)
    shape = corpus_of(())
    number = np.arange(n_records, dtype=np.int32)
    keys = pa.array([f"r{one}" for one in range(n_records)])
    known = {
        "work": pa.array(number),
        "key": keys,
        "title": keys,
        "year": pa.array(rng.integers(2000, 2025, n_records).astype(np.int32)),
        "citations": pa.array(np.minimum(rng.pareto(1.2, n_records) * 8, 1e6).astype(np.int32)),
        "place": pa.array(number),
    }
    columns = {field.name: known.get(field.name, _unknown(field.type, n_records)) for field in shape.works.schema}
    values = [_values(rng, field, n_records) for field in FIELDS if fields is None or field.name in fields]
    return replace(shape, works=pa.table(columns, shape.works.schema), values=pa.concat_tables(values))


def _unknown(kind: pa.DataType, n: int) -> pa.Array:
    return pa.repeat(pa.scalar(""), n) if kind == pa.string() else pa.nulls(n, kind)


def _values(rng: np.random.Generator, field: Field, n_records: int) -> pa.Table:
    sizes = 1 + rng.binomial(2 * field.mean, 0.5, n_records)
    n, different = int(sizes.sum()), int(field.different * n_records)
    ends = np.cumsum(sizes)
    position = np.arange(n) - np.repeat(ends - sizes, sizes)
    return pa.table(
        {
            "work": pa.array(np.repeat(np.arange(n_records, dtype=np.int32), sizes)),
            "field": pa.repeat(pa.scalar(field.name), n),
            "position": pa.array(position.astype(np.int32)),
            "value": pa.array([f"{field.word}{one}" for one in range(different)]).take(
                pa.array(drawn(rng, n, different, field.shift))
            ),
        }
    )


def drawn(rng: np.random.Generator, n: int, different: int, shift: float) -> NDArray[np.int64]:
    """Draw numbers with the chance 1/(rank + shift), by inverting its sum: log((rank + shift)/shift)."""
    share = rng.random(n)
    rank = shift * np.exp(share * np.log((different + shift) / shift)) - shift
    return np.asarray(np.minimum(rank.astype(np.int64), different - 1))
