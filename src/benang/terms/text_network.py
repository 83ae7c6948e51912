"""The network of terms of titles and abstracts: the most relevant of those that occur often enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence
from benang.network.network import Floats, Network
from benang.network.selection import ComponentChoice, check_asked, meeting_threshold
from benang.provenance import Argument, Step
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.terms.relevance import most_relevant, relevance
from benang.terms.text_terms import Counting, Method, TextField, text_terms

_DROPPED = "dropped_most_frequent"
_MOST_DROPPED = 10


def text_term_network(
    corpus: Corpus,
    *,
    fields: Sequence[TextField] = ("title", "abstract"),
    method: Method = "auto",
    counting_method: Counting = "binary",
    min_occurrences: int = 10,
    share: float = 0.6,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
    ignore_labels: bool = True,
    ignore_copyright: bool = True,
    columns: Mapping[str, Floats] | None = None,
    engine: str = "duckdb",
) -> Network:
    """Make the network of terms that occur in the titles and abstracts of the same records.

    The terms are those of `text_terms`, which tells the options that are not told here. Presets are VOSviewer's.

    Parameters
    ----------
    min_occurrences
        Occurrences that a term has to have, in the way they are counted.
    share
        The share of these terms that is kept: the most relevant (`relevance`), from above 0 to 1.
    top
        How many of these to keep at most, the most relevant. All where None.
    components
        `largest` keeps the largest set of terms that hang together by links, `all` keeps every term.
    scores
        Whether to add `Avg. pub. year`, `Avg. citations`, `Avg. norm. citations`, `Relevance` and those of `columns`.
    columns, engine
        As in `cooccurrence_network`.

    Returns
    -------
    Network
        A link is as strong as the number of records that hold both terms, whichever way occurrences are counted; so
        are the records behind each. Weights: `Links`, `Total link strength`, `Occurrences`, and `Citations` where any
        record has some.

    Raises
    ------
    BenangError
        As `text_terms`; where no term meets the threshold, and for a share that is none.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", abstract="The budget of a sister city."),
    ...                     Record("b", abstract="Sister cities have a budget and staff.")])
    >>> network = text_term_network(corpus, min_occurrences=2, share=1)
    >>> network.labels, network.strength("budget", "sister city")
    (('budget', 'sister city'), 2.0)
    """
    check_asked("full", components, top, ("min_occurrences", min_occurrences, 1))
    check(share=share)
    found = text_terms(
        corpus,
        fields=fields,
        method=method,
        counting_method=counting_method,
        min_occurrences=min_occurrences,
        thesaurus=thesaurus,
        ignore_labels=ignore_labels,
        ignore_copyright=ignore_copyright,
        columns=columns,
    )
    occurrences: Floats = np.asarray(found.matrix.sum(axis=0)).ravel()
    frequent = meeting_threshold(occurrences.astype(np.int64), min_occurrences, items="terms", unit="records")
    relevant = relevance(sparse.csr_array(found.matrix[:, frequent]))
    kept = most_relevant(relevant, share)
    shown = kept if top is None or top >= len(kept) else kept[most_relevant(relevant[kept], top / len(kept))]
    steps = [
        Step("threshold", {"min_occurrences": min_occurrences}, {"items": len(found.ids), "kept": len(frequent)}),
        Step(
            "relevance",
            {"share": share, **_dropped(found, occurrences, np.delete(frequent, kept))},
            {"items": len(frequent), "kept": len(kept)},
        ),
    ]
    if top is not None:
        steps.append(Step("top", {"top": top, "by": "Relevance"}, {"items": len(kept), "kept": len(shown)}))
    network = incidence_network(_part(found, frequent[shown]), components=components, scores=scores, engine=engine)
    return _finished(network, found, occurrences, dict(zip(frequent.tolist(), relevant.tolist(), strict=True)), steps)


def dropped_terms(network: Network) -> dict[str, int]:
    """Return the most frequent terms that were not relevant enough for a network, with their occurrences.

    At most ten, the most frequent first; they stand in the history, at the step `relevance`.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> texts = ["A city has a budget and staff."] * 5 + ["A city has rivers and forests."] * 5
    >>> corpus = corpus_of(Record(str(at), abstract=text) for at, text in enumerate(texts))
    >>> dropped_terms(text_term_network(corpus, min_occurrences=5, share=0.8, components="all"))
    {'city': 10}
    """
    given = next((step.arguments.get(_DROPPED) for step in network.history if step.name == "relevance"), None)
    parted = [str(one).rpartition(" (") for one in given] if isinstance(given, (list, tuple)) else []
    return {term: int(number.rstrip(")")) for term, _, number in parted}


def _dropped(found: Incidence, occurrences: Floats, dropped: NDArray[np.intp]) -> dict[str, Argument]:
    """Name the most frequent of the terms that are dropped, with their occurrences: `city (10)`."""
    first = sorted(dropped.tolist(), key=lambda term: (-occurrences[term], found.ids[term]))[:_MOST_DROPPED]
    named = tuple(f"{found.labels[term]} ({int(occurrences[term])})" for term in first)
    return {_DROPPED: named} if named else {}


def _part(found: Incidence, keep: NDArray[np.intp]) -> Incidence:
    """Return the incidence of some terms, each once a record."""
    part = sparse.csr_array(found.matrix[:, keep])
    part.data = np.ones(part.nnz)
    return replace(
        found, ids=tuple(found.ids[k] for k in keep), labels=tuple(found.labels[k] for k in keep), matrix=part
    )


def _finished(
    network: Network,
    found: Incidence,
    occurrences: Floats,
    relevant: dict[int, float],
    steps: Sequence[Step],
) -> Network:
    """Add occurrences as they were counted, relevance, and the steps of selection in the place of the threshold."""
    place = {name: at for at, name in enumerate(found.ids)}
    columns = [place[name] for name in network.ids]
    scores = dict(network.scores)
    if scores or not _told(found):
        scores["Relevance"] = np.array([relevant[column] for column in columns])
    after = network.history[len(found.history) + 1 :]
    return replace(
        network,
        weights={**network.weights, "Occurrences": occurrences[columns]},
        scores=scores,
        history=(*found.history, *steps, *after),
    )


def _told(found: Incidence) -> bool:
    """Say whether records have years, citations or columns for items to have scores of."""
    values = found.values
    return values is not None and not (values.years is None and values.citations is None and not values.columns)
