"""The records behind what is shown: the only ones of a large corpus that come here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from benang.engine.engine import Engine, sql_text
from benang.network.at_scale.sizes import Ints
from benang.network.network import Floats
from benang.network.record_values import RecordValues, values_by_record
from benang.records.corpus import Corpus, corpus_of

PACKAGE = "benang.network.at_scale"


def shown_corpus(engine: Engine, works: Ints) -> Corpus:
    """Bring some records here, numbered from 0, with what a label and a weight are made of.

    They have a key, title, year, citations and DOI, and their first three authors.
    """
    engine.view("shown_works", pa.table({"work": works.astype(np.int32)}))
    found = engine.query(sql_text(PACKAGE, "shown_works"))
    authors = engine.query(sql_text(PACKAGE, "first_authors"))
    shape = corpus_of(())
    n = found.num_rows
    columns = {"work": pa.array(np.arange(n, dtype=np.int32))}
    for field in shape.works.schema:
        if field.name in found.column_names and field.name != "work":
            columns[field.name] = found.column(field.name).cast(field.type)
        elif field.name != "work":
            empty = "" if pa.types.is_string(field.type) else None
            columns[field.name] = pa.array([empty] * n, field.type)
    at = np.searchsorted(found.column("work").to_numpy(), authors.column("work").to_numpy()).astype(np.int32)
    values = authors.set_column(0, "work", pa.array(at)).cast(shape.values.schema)
    return replace(shape, works=pa.table(columns, shape.works.schema), values=values)


def shown_values(engine: Engine, corpus: Corpus) -> RecordValues:
    """Return years and citations of records that came here; these over the mean of their year in the whole corpus.

    The engine sees those that were set aside as `set_aside(work)`: they change no mean.
    """
    years, citations = values_by_record(corpus, "year"), values_by_record(corpus, "citations")
    normalized = None if years is None or citations is None else _normalized(engine, years, citations)
    return RecordValues(years, citations, normalized)


def _normalized(engine: Engine, years: Floats, citations: Floats) -> Floats:
    """Divide as `normalized_citations` does, with means that the engine has counted."""
    found = engine.query(sql_text(PACKAGE, "cited_by_year"))
    known = found.column("year").to_numpy().astype(np.float64)
    mean = found.column("citations").to_numpy().astype(np.float64) / found.column("records").to_numpy()
    normalized = np.full(len(citations), np.nan)
    told = np.isfinite(citations) & np.isfinite(years)
    means = mean[np.searchsorted(known, years[told])]
    ratio = np.ones(int(told.sum()))
    np.divide(citations[told], means, out=ratio, where=means > 0)
    normalized[told] = ratio
    return normalized
