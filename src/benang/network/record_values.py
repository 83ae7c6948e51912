"""What is known of each record, its short citation too, and what follows for items: weights and scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from benang.locale import translator
from benang.network.network import CSR, Floats
from benang.records.corpus import Corpus
from benang.records.names import family_name


@dataclass(frozen=True)
class RecordValues:
    """Numbers of each record, in the order of the corpus: NaN where it has none, None where no record has any.

    `normalized` are citations over the mean of their year (`normalized_citations`). `columns` are a user's own.
    """

    years: Floats | None = None
    citations: Floats | None = None
    normalized: Floats | None = None
    columns: Mapping[str, Floats] = field(default_factory=dict)


def record_values(
    corpus: Corpus, columns: Mapping[str, Floats] | None = None, over: NDArray[np.bool_] | None = None
) -> RecordValues:
    """Take years and citations from a corpus, and add a user's columns of one value a record."""
    years, citations = values_by_record(corpus, "year"), values_by_record(corpus, "citations")
    normalized = None if years is None or citations is None else normalized_citations(citations, years, over)
    return RecordValues(years, citations, normalized, dict(columns or {}))


def values_by_record(corpus: Corpus, name: str) -> Floats | None:
    """Return a number of each record, NaN where it has none; None where no record has one."""
    column = corpus.works.column(name)
    if column.null_count == len(column):
        return None
    return np.asarray(pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(), np.float64)


def normalized_citations(citations: Floats, years: Floats, over: NDArray[np.bool_] | None = None) -> Floats:
    """Divide citations by the mean of all documents of the same year; NaN without year or citations.

    `over` says which documents are counted; the others are NaN and change no mean. VOSviewer leaves out those that
    co-authorship sets aside for their many authors, which are often those cited most. Where no document of a year was
    ever cited, each has 1: as many as the mean. VOSviewer's "Norm. citations" (manual 1.6.18, footnote 16).

    Examples
    --------
    >>> normalized_citations(np.array([1.0, 3.0, 5.0, np.nan]), np.array([2010.0, 2010.0, 2011.0, 2011.0])).tolist()
    [0.5, 1.5, 1.0, nan]
    """
    complete = np.isfinite(citations) & np.isfinite(years)
    if over is not None:
        complete &= over
    known, place = np.unique(years[complete], return_inverse=True)
    means = np.bincount(place, weights=citations[complete]) / np.bincount(place)
    return over_means(citations, years, known, means, complete)


def over_means(citations: Floats, years: Floats, known: Floats, means: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Divide the citations of the records in `mask` by the mean of their year; the `known` years ascend.

    Examples
    --------
    >>> over_means(np.array([3.0, 5.0]), np.array([2011.0, 2010.0]), np.array([2010.0, 2011.0]), np.array([0.0, 2.0]),
    ...            np.array([True, True])).tolist()
    [1.5, 1.0]
    """
    normalized, mean = np.full(len(citations), np.nan), means[np.searchsorted(known, years[mask])]
    ratio = np.ones(len(mean))
    np.divide(citations[mask], mean, out=ratio, where=mean > 0)
    normalized[mask] = ratio
    return normalized


def summed_weights(values: RecordValues, once: CSR, *, with_normalized: bool) -> dict[str, Floats]:
    """Add up the citations of the records of each item: `once` is records × items, 1 where an item occurs."""
    named = {"Citations": values.citations, "Norm. citations": values.normalized if with_normalized else None}
    return {name: np.asarray(once.T @ np.nan_to_num(column)) for name, column in named.items() if column is not None}


def mean_scores(values: RecordValues, once: CSR) -> dict[str, Floats]:
    """Average the values of the records of each item; records without the value don't count, NaN where none has it."""
    named = {
        "Avg. pub. year": values.years,
        "Avg. citations": values.citations,
        "Avg. norm. citations": values.normalized,
        **values.columns,
    }
    items = sparse.csr_array(once.T)
    return {name: _mean(items, column) for name, column in named.items() if column is not None}


def own_weights(values: RecordValues) -> dict[str, Floats]:
    """Return the weights of documents that are items themselves."""
    named = {"Citations": values.citations, "Norm. citations": values.normalized}
    return {name: np.nan_to_num(column) for name, column in named.items() if column is not None}


def own_scores(values: RecordValues) -> dict[str, Floats]:
    """Return the scores of documents that are items themselves."""
    named = {
        "Pub. year": values.years,
        "Citations": values.citations,
        "Norm. citations": values.normalized,
        **values.columns,
    }
    return {name: column for name, column in named.items() if column is not None}


def record_labels(corpus: Corpus) -> tuple[str, ...]:
    """Return the short citation of each record, `Sari et al. (2019)`, from the columns that it takes.

    They are those of `short_citation`, made column by column: a corpus may have a million records.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> record_labels(corpus_of([Record("a", authors=("Erika, L.", "Nurika, R. R."), year=2020), Record("b")]))
    ('Erika and Nurika (2020)', 'b (n.d.)')
    """
    _ = translator("en")
    works = corpus.works.combine_chunks()
    count, first, second = _first_families(corpus)
    title, key = (pc.fill_null(works.column(name).combine_chunks(), "") for name in ("title", "key"))
    quoted = pc.binary_join_element_wise("“", title, "”", "")
    names = pc.case_when(
        pc.make_struct(pc.greater(count, 2), pc.equal(count, 2), pc.equal(count, 1), pc.not_equal(title, "")),
        pc.binary_join_element_wise(first, _("et al."), " "),
        pc.binary_join_element_wise(first, second, " and "),
        first,
        quoted,
        key,
    )
    year = pc.coalesce(pc.cast(works.column("year").combine_chunks(), pa.string()), pa.scalar(_("n.d.")))
    labels: list[str] = pc.binary_join_element_wise(
        names, pc.binary_join_element_wise("(", year, ")", ""), " "
    ).to_pylist()
    return tuple(labels)


def _first_families(corpus: Corpus) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return how many of its first three authors each record has, and the family names of the first two."""
    values = corpus.values
    asked = pc.and_(pc.equal(values.column("field"), "authors"), pc.less(values.column("position"), 3))
    authors = values.filter(asked)
    coded = pc.dictionary_encode(authors.column("value").combine_chunks())
    names = [family_name(one, corpus.bodies) for one in coded.dictionary.to_pylist()]
    families = pa.array(names, pa.string()).take(coded.indices)
    work, n = authors.column("work").to_numpy(), np.arange(len(corpus))
    begin = np.searchsorted(work, n)
    count = np.searchsorted(work, n, side="right") - begin
    both = (
        families.take(pa.array(np.minimum(begin + at, len(families) - 1), mask=count <= at))
        if len(families)
        else pa.nulls(len(n), pa.string())
        for at in range(2)
    )
    return pa.array(count), *both


def _mean(items_by_records: CSR, values: Floats) -> Floats:
    known = np.asarray(items_by_records @ np.isfinite(values).astype(np.float64))
    mean = np.full(len(known), np.nan)
    np.divide(items_by_records @ np.nan_to_num(values), known, out=mean, where=known > 0)
    return mean


def document_labels(corpus: Corpus) -> tuple[str, ...]:
    """Return the first author and year of each record, distinguished by letters where several are alike.

    A title replaces authors that aren't known, a key a title.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> document_labels(corpus_of([
    ...     Record("a", authors=("Sari, D.",), year=2019), Record("b", authors=("Sari, A.",), year=2019),
    ...     Record("c", title="Kota kembar", year=2020)]))
    ('Sari (2019a)', 'Sari (2019b)', 'Kota kembar (2020)')
    """
    names = list(_named(corpus))
    counts = Counter(names)
    taken: Counter[tuple[str, str]] = Counter()
    labels = []
    for name, year in names:
        letter = _letter(taken[name, year]) if counts[name, year] > 1 else ""
        taken[name, year] += 1
        labels.append(f"{name} ({year}{letter})" if year else f"{name} ({letter})" if letter else name)
    return tuple(labels)


def _named(corpus: Corpus) -> list[tuple[str, str]]:
    """Return what each record is called, and its year, from the columns that this takes: there may be a million."""
    values = corpus.values
    is_first = pc.and_(pc.equal(values.column("field"), "authors"), pc.equal(values.column("position"), 0))
    first = values.filter(is_first)
    author = dict(zip(first.column("work").to_pylist(), first.column("value").to_pylist(), strict=True))
    rows = zip(*(corpus.works.column(name).to_pylist() for name in ("key", "title", "year")), strict=True)
    return [
        (family_name(author.get(work, ""), corpus.bodies) or _titled(title or "") or key, str(year) if year else "")
        for work, (key, title, year) in enumerate(rows)
    ]


def _titled(title: str) -> str:
    words = title.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


def _letter(n: int) -> str:
    """Count a, b, …, z, aa, ab, …."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)


def description_table(authors: Sequence[str], title: str, source: str, year: int | None) -> str | None:
    """Return what is known of a document as VOSviewer writes it into the `description` of an item; None of nothing.

    It is HTML, which VOSviewer Online shows beside the map: the rows are those of its own maps of documents.

    Examples
    --------
    >>> description_table(("Sari, D.", "Umar, A."), "Rent & permits", "", 2019)
    '<table><tr><td>Authors:</td><td>Sari, D.; Umar, A.</td></tr><tr><td>Title:</td><td>Rent &amp; permits</td></tr>...
    """
    known = {"Authors": "; ".join(authors), "Title": title, "Source": source, "Year": str(year or "")}
    rows = [f"<tr><td>{name}:</td><td>{escape(text, quote=False)}</td></tr>" for name, text in known.items() if text]
    return f"<table>{''.join(rows)}</table>" if rows else None


def place_in_source(source: str, volume: str, issue: str, pages: str) -> str:
    """Return where a document was published, as VOSviewer writes it.

    Examples
    --------
    >>> place_in_source("City Papers", "2", "1", "1-22"), place_in_source("City Papers", "", "", "")
    ('City Papers, 2(1), 1-22', 'City Papers')
    """
    number = volume + (f"({issue})" if issue else "")
    return ", ".join(filter(None, (source, number, pages)))


def record_descriptions(corpus: Corpus, works: Sequence[int]) -> tuple[str | None, ...]:
    """Describe some records of a corpus, given by their places (`description_table`).

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> record_descriptions(corpus_of([Record("a", title="Kota"), Record("b")]), [1, 0])
    (None, '<table><tr><td>Title:</td><td>Kota</td></tr></table>')
    """
    values = corpus.values
    are_asked = pc.is_in(values.column("work"), pa.array(works, pa.int32()))
    asked = pc.and_(pc.equal(values.column("field"), "authors"), are_asked)
    listed = values.filter(asked)
    authors: dict[int, list[str]] = {}
    for work, name in zip(listed.column("work").to_pylist(), listed.column("value").to_pylist(), strict=True):
        authors.setdefault(work, []).append(name)
    rows = corpus.works.take(pa.array(works, pa.int64())).to_pylist()
    return tuple(
        description_table(
            authors.get(work, ()),
            row["title"] or "",
            place_in_source(row["source"] or "", row["volume"] or "", row["issue"] or "", _pages(row)),
            row["year"],
        )
        for work, row in zip(works, rows, strict=True)
    )


def _pages(row: Mapping[str, str | None]) -> str:
    ends = [page for name in ("first_page", "last_page") if (page := row[name])]
    return "-".join(dict.fromkeys(ends)) or row["article_number"] or ""
