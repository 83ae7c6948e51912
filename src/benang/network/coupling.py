"""Bibliographic coupling: documents that cite the same works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.duckdb_engine import DuckDB
from benang.engine.engine import Engine, sql_text
from benang.errors import BenangError, Problem
from benang.network.cooccurrence import MOST_LINKS, Counting, check_asked
from benang.network.incidence import items_step, values_by_record
from benang.network.network import CSR, Floats, Network, symmetric, with_link_weights
from benang.network.selection import ComponentChoice, selected
from benang.provenance import Step
from benang.records.corpus import Corpus
from benang.records.names import family_name
from benang.records.record import Record
from benang.records.references.likeness import USUAL_THRESHOLD
from benang.records.references.matching import MatchedReferences, Matching, match_references


def coupling_network(
    corpus: Corpus,
    *,
    matching: Matching = "keys",
    threshold: float = USUAL_THRESHOLD,
    counting: Counting = "full",
    min_citations: int = 0,
    top: int | None = None,
    components: ComponentChoice = "largest",
    scores: bool = True,
) -> Network:
    """Make the network of documents that cite the same works.

    Parameters
    ----------
    corpus
        The records, with cited references.
    matching, threshold
        When two references are one work: `match_references`.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of works that both documents cite.
        `fractional`: a work that N documents cite adds 1/(N - 1) to each of its links; N counts all documents of the
        corpus that cite it, also those below the threshold (Perianes-Rodriguez, Waltman and van Eck, 2016).
    min_citations
        Times cited, of a document; one of which it isn't known counts as never cited.
    top
        How many documents to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of documents that hang together by links, `all` keeps every document.
    scores
        Whether to add `Pub. year`, `Citations` and `Norm. citations`.

    Returns
    -------
    Network
        Items are the records, by their keys, in the order read; labels are short citations. Weights: `Links`, `Total
        link strength`, and where any record has some `Citations` and `Norm. citations`: citations over the mean of
        the same year in the corpus. `incidence` says which shared works a document cites: `network.records_of(one,
        other)` names the references behind a link.

    Raises
    ------
    BenangError
        Where no record has cited references, none has enough citations, for unknown choices, and where the links
        could be more than `MOST_LINKS`.

    Notes
    -----
    VOSviewer counts pairs of references with an equal key, so that a reference printed twice in one list counts twice.
    With `exact` matching so it is here. With `keys` and `fuzzy` a work counts once for a document, however often and
    in whatever spellings its list has it: two spellings that were joined don't make a link stronger.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> corpus = corpus_of([
    ...     Record("a", authors=("Sari, D.",), year=2019, references=("Smith J, 2010, J TEST, V12, P34",)),
    ...     Record("b", references=("Smith J., On tests, J. Test, 12, pp. 34-56, (2010)",))])
    >>> network = coupling_network(corpus)
    >>> network.labels, network.strength("a", "b"), network.records_of("a", "b")
    (('Sari (2019)', 'b'), 1.0, ('Smith J., On tests, J. Test, 12, pp. 34-56, (2010)',))
    """
    check_asked(counting, components, top, least=("min_citations", min_citations, 0))
    matched = match_references(corpus, matching=matching, threshold=threshold)
    citations = values_by_record(corpus, "citations")
    kept = _cited_enough(citations, len(corpus), min_citations)
    with DuckDB() as engine:
        cited = cited_once(engine, matched, multiple=matching == "exact")
        counts = _counts(cited, len(matched), len(corpus))
        _check_size(counts[:, kept])
        engine.view("cited", cited)
        engine.view("kept", pa.table({"work": kept.astype(np.int32)}))
        links = _links(engine, kept, len(corpus), counting)
    shared = np.flatnonzero(np.diff(sparse.csr_array(counts[:, kept]).indptr) > 1)
    network = with_link_weights(
        Network(
            ids=tuple(corpus.keys[i] for i in kept),
            labels=unique_labels(corpus.records[i] for i in kept),
            links=links,
            weights=_weights(corpus, citations, kept),
            scores=_scores(corpus, citations, kept) if scores else {},
            attributes=_links_to(corpus, kept),
            records=tuple(matched.labels[i] for i in shared),
            incidence=sparse.csr_array((counts[shared][:, kept] > 0).astype(np.float64)),
            unit="references",
            item_kind="documents",
            link_kind="coupling",
            history=(*corpus.history, *_steps(corpus, matched, counts, kept, min_citations)),
        )
    )
    return _counted(selected(network, top=top, component=components), counting)


def cited_once(engine: Engine, matched: MatchedReferences, *, multiple: bool = False) -> pa.Table:
    """Return each cited work once in each citing record: `work`, `reference`, `times` (1 unless `multiple`)."""
    engine.view(
        "rows_read",
        pa.table({"work": matched.work.astype(np.int32), "reference": matched.reference.astype(np.int32)}),
    )
    found = engine.query(sql_text("benang.network", "cited"))
    if multiple:
        return found
    return found.set_column(2, "times", pa.array(np.ones(found.num_rows, np.int64)))


def unique_labels(records: Iterable[Record]) -> tuple[str, ...]:
    """Return short citations, told apart by letters where several are alike: in the order of the records.

    Examples
    --------
    >>> unique_labels([Record("a", authors=("Sari, D.",), year=2019), Record("b", authors=("Sari, A.",), year=2019),
    ...                Record("c", title="Kota kembar", year=2020)])
    ('Sari (2019a)', 'Sari (2019b)', 'Kota kembar (2020)')
    """
    held = [(_named(record), str(record.year) if record.year else "") for record in records]
    counts = Counter(held)
    taken: Counter[tuple[str, str]] = Counter()
    labels = []
    for name, year in held:
        letter = _letter(taken[name, year]) if counts[name, year] > 1 else ""
        taken[name, year] += 1
        labels.append(f"{name} ({year}{letter})" if year else f"{name} ({letter})" if letter else name)
    return tuple(labels)


def _named(record: Record) -> str:
    if record.authors and family_name(record.authors[0]):
        return family_name(record.authors[0])
    words = record.title.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "") or record.key


def _letter(n: int) -> str:
    """Count a, b, …, z, aa, ab, …."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)


def normalized_citations(citations: Floats, years: Floats) -> Floats:
    """Divide citations by the mean of all documents of the same year; NaN without year or citations.

    Where no document of a year was ever cited, each has 1: as many as the mean.

    Examples
    --------
    >>> normalized_citations(np.array([1.0, 3.0, 5.0, np.nan]), np.array([2010.0, 2010.0, 2011.0, 2011.0])).tolist()
    [0.5, 1.5, 1.0, nan]
    """
    normalized = np.full(len(citations), np.nan)
    told = np.isfinite(citations) & np.isfinite(years)
    if not told.any():
        return normalized
    _, place = np.unique(years[told], return_inverse=True)
    mean = np.bincount(place, weights=citations[told]) / np.bincount(place)
    ratio = np.ones(int(told.sum()))
    np.divide(citations[told], mean[place], out=ratio, where=mean[place] > 0)
    normalized[told] = ratio
    return normalized


def _cited_enough(citations: Floats | None, n: int, least: int) -> NDArray[np.intp]:
    times = np.zeros(n) if citations is None else np.nan_to_num(citations)
    kept = np.flatnonzero(times >= least)
    if not len(kept):
        raise BenangError(
            Problem(
                f"None of the {n:,} documents has {least:,} citations or more; the most cited has {int(times.max()):,}",
                way_on="Choose a lower minimum number of citations; 0 keeps all documents.",
            )
        )
    return kept


def _counts(cited: pa.Table, n_references: int, n_works: int) -> CSR:
    ends = (cited.column("reference").to_numpy(), cited.column("work").to_numpy())
    counts = sparse.csr_array(
        (cited.column("times").to_numpy().astype(np.float64), ends), shape=(n_references, n_works)
    )
    counts.sort_indices()
    return counts


def _check_size(counts: CSR) -> None:
    """Refuse a network that no memory holds before it is counted: a work that 10,000 documents cite ties them all."""
    sizes = np.diff(sparse.csr_array(counts).indptr).astype(np.int64)
    n = counts.shape[1]
    at_most = min(int((sizes * (sizes - 1) // 2).sum()), n * (n - 1) // 2)
    if at_most > MOST_LINKS:
        raise BenangError(
            Problem(
                f"these {n:,} documents may have {at_most:,} links; {sizes.max():,} of them cite one work",
                expected=f"at most {MOST_LINKS:,} links",
                way_on="Choose a higher minimum number of citations.",
            )
        )


def _links(engine: Engine, kept: NDArray[np.intp], n: int, counting: Counting) -> CSR:
    """Divide and add in the order in which the engine sorted its counts, so that the sums have the same last digit."""
    found = engine.query(sql_text("benang.network", "coupling"))
    source, target, size, shared = (found.column(name).to_numpy() for name in ("source", "target", "n", "shared"))
    place = np.full(n, -1)
    place[kept] = np.arange(len(kept))
    shares = shared / (size - 1) if counting == "fractional" else shared.astype(np.float64)
    if not len(source):
        return symmetric(len(kept), [], [], [])
    new = np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])]
    strengths = np.bincount(np.cumsum(new) - 1, weights=shares).astype(np.float64)
    return symmetric(len(kept), place[source[new]], place[target[new]], strengths)


def _weights(corpus: Corpus, citations: Floats | None, kept: NDArray[np.intp]) -> dict[str, Floats]:
    if citations is None:
        return {}
    weights = {"Citations": np.nan_to_num(citations[kept])}
    years = values_by_record(corpus, "year")
    if years is not None:
        weights["Norm. citations"] = np.nan_to_num(normalized_citations(citations, years)[kept])
    return weights


def _scores(corpus: Corpus, citations: Floats | None, kept: NDArray[np.intp]) -> dict[str, Floats]:
    years = values_by_record(corpus, "year")
    values = {
        "Pub. year": years,
        "Citations": citations,
        "Norm. citations": None if citations is None or years is None else normalized_citations(citations, years),
    }
    return {name: column[kept] for name, column in values.items() if column is not None}


def _links_to(corpus: Corpus, kept: NDArray[np.intp]) -> dict[str, tuple[object, ...]]:
    dois: Sequence[str] = corpus.works.column("doi").to_pylist()
    urls = tuple(f"https://doi.org/{dois[i]}" if dois[i] else None for i in kept)
    return {"url": urls} if any(urls) else {}


def _steps(
    corpus: Corpus, matched: MatchedReferences, counts: CSR, kept: NDArray[np.intp], min_citations: int
) -> tuple[Step, ...]:
    by_record = sparse.csr_array(counts.T)
    told = {"items": len(corpus), "dropped_by_thesaurus": 0}
    return (
        items_step(corpus, "documents", ("references",), None, by_record, told),
        matched.step,
        Step("threshold", {"min_citations": min_citations}, {"items": len(corpus), "kept": len(kept)}),
    )


def _counted(network: Network, counting: Counting) -> Network:
    step = Step(
        "links",
        {"counting": counting, "link": network.link_kind},
        {"items": len(network), "links": network.n_links, "total_link_strength": network.total_link_strength},
    )
    return replace(network, history=(*network.history, step))
