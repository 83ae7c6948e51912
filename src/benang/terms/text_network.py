"""Networks of terms: those of titles and abstracts, the most specific that occur often enough; and those of titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.evidence import Argument, Step
from benang.kinds import ComponentChoice, Counting, TermCounting, TermMethod, TextField, in_words
from benang.languages import stop_words, text_language
from benang.network import NetworkSettings, Thresholds
from benang.network.cooccurrence import incidence_network
from benang.network.incidence import Incidence, none_has, read_items, record_incidence
from benang.network.network import CSR, Floats, Network
from benang.network.selection import check_asked, meeting_threshold
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.terms.joining import (
    Text,
    dropped_terms,
    final_term,
    join_phrases,
    kept_together,
    placed_terms,
    plain_phrase,
    runs_of,
    unit_keys,
    usual_labels,
)
from benang.terms.text_terms import text_terms

_DROPPED = "dropped_most_frequent"
_MOST_DROPPED = 10

NUMBERS = 4_000_000
"""Numbers that are worked out at one time, so that memory stays bounded: 32 MB a table."""

SAMPLE = 2_000
"""Records that the spread of chance is taken from, evenly over all, where there are more."""


def text_term_network(
    corpus: Corpus,
    *,
    fields: Sequence[TextField] = ("title", "abstract"),
    method: TermMethod = "auto",
    counting_method: TermCounting = "binary",
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

    The terms are those of `text_terms`, where the options not explained here are explained. Presets are VOSviewer's.

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
    terms = text_terms(
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
    occurrences: Floats = np.asarray(terms.matrix.sum(axis=0)).ravel()
    frequent = meeting_threshold(occurrences.astype(np.int64), min_occurrences, items=in_words("terms"), unit="records")
    relevant = relevance(sparse.csr_array(terms.matrix[:, frequent]))
    kept = most_relevant(relevant, share)
    shown = kept if top is None or top >= len(kept) else kept[most_relevant(relevant[kept], top / len(kept))]
    dropped = _most_frequent(terms, occurrences, np.delete(frequent, kept))
    left_out = replace(
        terms.settings.left_out,
        not_relevant=len(frequent) - len(kept),
        too_weak=len(kept) - len(shown),
        dropped_terms=dropped,
    )
    settings = replace(terms.settings, terms=replace(terms.settings.terms, share=share), left_out=left_out)
    part = replace(_part(terms, frequent[shown]), settings=settings)
    network = incidence_network(part, components=components, scores=scores, engine=engine)
    thresholds = replace(
        network.settings.thresholds, min_occurrences=min_occurrences, items=len(terms.ids), kept=len(frequent), top=top
    )
    network = replace(network, settings=replace(network.settings, thresholds=thresholds))
    steps = _steps(network.settings, relevant=len(kept), shown=len(shown))
    return _finished(network, terms, occurrences, dict(zip(frequent.tolist(), relevant.tolist(), strict=True)), steps)


def _most_frequent(incidence: Incidence, occurrences: Floats, dropped: NDArray[np.intp]) -> dict[str, int]:
    """Return the most frequent of the terms that are dropped, with their occurrences."""
    first = sorted(dropped.tolist(), key=lambda term: (-occurrences[term], incidence.ids[term]))[:_MOST_DROPPED]
    return {incidence.labels[term]: int(occurrences[term]) for term in first}


def _part(incidence: Incidence, keep: NDArray[np.intp]) -> Incidence:
    """Return the incidence of some terms, each once a record."""
    part = sparse.csr_array(incidence.matrix[:, keep])
    part.data = np.ones(part.nnz)
    return replace(
        incidence,
        ids=tuple(incidence.ids[k] for k in keep),
        labels=tuple(incidence.labels[k] for k in keep),
        matrix=part,
    )


def _steps(settings: NetworkSettings, *, relevant: int, shown: int) -> list[Step]:
    """Return the steps by which terms were chosen: by occurrences, by relevance, and as the most relevant of these."""
    asked, dropped = settings.thresholds, settings.left_out.dropped_terms
    named: dict[str, Argument] = {_DROPPED: tuple(f"{term} ({n})" for term, n in dropped.items())} if dropped else {}
    frequent = asked.kept or 0
    steps = [
        Step("threshold", {"min_occurrences": asked.min_occurrences}, {"items": asked.items or 0, "kept": frequent}),
        Step("relevance", {"share": settings.terms.share, **named}, {"items": frequent, "kept": relevant}),
    ]
    if asked.top is not None:
        steps.append(Step("top", {"top": asked.top, "by": "Relevance"}, {"items": relevant, "kept": shown}))
    return steps


def _finished(
    network: Network,
    incidence: Incidence,
    occurrences: Floats,
    relevant: dict[int, float],
    steps: Sequence[Step],
) -> Network:
    """Add occurrences as they were counted, relevance, and the steps of selection in the place of the threshold."""
    place = {name: at for at, name in enumerate(incidence.ids)}
    columns = [place[name] for name in network.ids]
    scores = dict(network.scores)
    if scores or not _has_scores(incidence):
        scores["Relevance"] = np.array([relevant[column] for column in columns])
    after = network.history[len(incidence.history) + 1 :]
    return replace(
        network,
        weights={**network.weights, "Occurrences": occurrences[columns]},
        scores=scores,
        history=(*incidence.history, *steps, *after),
    )


def _has_scores(incidence: Incidence) -> bool:
    """Tell whether records have years, citations or columns from which items get scores."""
    values = incidence.values
    return values is not None and not (values.years is None and values.citations is None and not values.columns)


def relevance(incidence: CSR) -> Floats:
    """Return how relevant each term is: 1 on the average of all, 0 for one that keeps company with anything alike.

    With C the terms × terms matrix of records that hold both (on its diagonal those that hold a term) and C₂ = C C the
    co-occurrences of second order, term i has the distribution p_i(j) = C₂_ij / Σ_j C₂_ij over terms, and all terms
    together have q(j) = Σ_i C₂_ij / Σ C₂. A term is relevant as far as the two differ (Kullback and Leibler):
    KL_i = Σ_j p_i(j) ln(p_i(j) / q(j)). The idea is that of van Eck and Waltman (2011), Text mining and visualization
    using VOSviewer, ISSI Newsletter 7(3), 50-54, who give no formula. With the diagonal, a term of every
    record has the relevance 0; with an empty one it would look special because it never meets itself.

    A term of few records differs from the average by chance alone, so that rare terms would win. What chance gives is
    taken off (for plain counts it is (K - 1) / 2N; Miller 1955, Note on the bias of information estimates): a term put
    at random into n records has p = Σ m_d P_d / Σ m_d over these records, with m_d what record d
    adds to C₂ and P_d its mean distribution, and so on the average, to second order, KL ≈ D / 2n, where
    D = E[m² χ²] / E[m]², χ² = Σ_j P_dj² / q(j) - 1, each record weighing as much as it has terms. The relevance is
    KL_i - D / 2n_i, not below 0, divided by its mean over all terms.

    Parameters
    ----------
    incidence
        Records × terms, above 0 where a term occurs; the terms that meet the threshold.

    Examples
    --------
    >>> records = [[1, 1, 0, 0, 1], [1, 1, 0, 0, 1], [0, 0, 1, 1, 1], [0, 0, 1, 1, 1]] * 20
    >>> relevance(sparse.csr_array(np.array(records, float))).round(2).tolist()
    [1.25, 1.25, 1.25, 1.25, 0.0]
    """
    occurs = sparse.csr_array((np.ones(incidence.nnz), incidence.indices, incidence.indptr), shape=incidence.shape)
    ties = _walk(occurs, np.ones(occurs.shape[1]))
    overall = _walk(occurs, ties)
    overall /= max(overall.sum(), 1.0)
    distance = _divergence(occurs, overall)
    occurrences: Floats = np.asarray(occurs.sum(axis=0)).ravel()
    specific = np.maximum(distance - _spread(occurs, overall) / (2 * np.maximum(occurrences, 1)), 0.0)
    mean = specific.mean()
    return specific / mean if mean > 0 else specific


def _walk(occurs: CSR, values: Floats) -> Floats:
    """Return C times the values, without C."""
    return np.asarray(occurs.T @ (occurs @ values)).ravel()


def _divergence(occurs: CSR, overall: Floats) -> Floats:
    """Return KL_i; the rows of C₂ are worked out some at a time, from records rather than from C, which is dense."""
    n = occurs.shape[1]
    distance = np.zeros(n)
    by_term = sparse.csr_array(occurs.T)
    size = _rows_at_a_time(occurs)
    for begin in range(0, n, size):
        second = _seconds(by_term[begin : begin + size] @ occurs, occurs)
        p = second / np.maximum(second.sum(axis=1, keepdims=True), 1)
        ratio = np.divide(p, overall, out=np.ones_like(p), where=p > 0)
        distance[begin : begin + size] = (p * np.log(ratio)).sum(axis=1)
    return distance


def _rows_at_a_time(occurs: CSR) -> int:
    return max(1, NUMBERS // max(occurs.shape))


def _seconds(some: CSR, occurs: CSR) -> Floats:
    """Return rows over terms times C, by way of records: two products with the sparse incidence."""
    in_records = np.asarray((some @ occurs.T).todense(), np.float64)
    return np.ascontiguousarray((occurs.T @ in_records.T).T)


def _spread(occurs: CSR, overall: Floats) -> float:
    """Return D: how far the distributions of single records are from the overall one, as chance mixes them."""
    sizes = np.diff(occurs.indptr)
    rows = np.flatnonzero(sizes > 0)
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), SAMPLE)).round().astype(np.int64)]
    inverse = np.divide(1.0, overall, out=np.zeros_like(overall), where=overall > 0)
    top = bottom = weight = 0.0
    at_a_time = _rows_at_a_time(occurs)
    for begin in range(0, len(rows), at_a_time):
        some = rows[begin : begin + at_a_time]
        second = _seconds(occurs[some], occurs)  # what a term gets from the terms of these records
        added = second.sum(axis=1)
        p = second / np.maximum(added[:, None], 1)
        chi = np.maximum((p * p) @ inverse - 1, 0.0)
        size = sizes[some].astype(np.float64)
        top += float((size * added**2 * chi).sum())
        bottom += float((size * added).sum())
        weight += float(size.sum())
    mean = bottom / weight if weight else 0.0
    return top / weight / mean**2 if mean > 0 else 0.0


def most_relevant(scores: Floats, share: float) -> NDArray[np.intp]:
    """Return the places of the given share of terms, the most relevant, in their order; at least one.

    Examples
    --------
    >>> most_relevant(np.array([0.1, 2.0, 0.4, 1.0]), 0.5).tolist()
    [1, 3]
    """
    n = max(1, round(share * len(scores)))
    order = np.lexsort((np.arange(len(scores)), -scores.round(9)))
    return np.sort(order[:n])


def title_terms(
    corpus: Corpus,
    *,
    min_occurrences: int = 2,
    max_words: int = 4,
    thesaurus: Thesaurus | None = None,
) -> Incidence:
    """Find the terms of titles: which term occurs in which record's title.

    A title is cut at function words (of the record's language where it is English or Indonesian, else of both) and
    at punctuation; hyphens count as spaces. Within these runs, words that belong together are joined into phrases
    (`join_phrases` says when). Every word then belongs to one term, so a term is counted where it occurs by itself,
    not inside a longer one. Terms of digits and single letters only are dropped.

    Parameters
    ----------
    corpus
        The records.
    min_occurrences
        Titles in which a phrase has to occur to be joined. Terms below it are in the result too: thresholds come
        later, so that shares count all terms of a title.
    max_words
        The longest phrase, in words.
    thesaurus
        A label or replacement of several words stays together wherever a title has it, and two terms that the
        thesaurus names are not joined to each other; then labels are replaced, or dropped, where they are a whole
        term: `kota` says nothing about `kota bandung`.

    Returns
    -------
    Incidence
        Records × terms. Ids are lower-case words; the label is the preferred one of the thesaurus, else the most
        frequent spelling in lower case (`covid-19` for `covid 19`).

    Raises
    ------
    BenangError
        Where no title has a term.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", title="Kerja sama Kota Bandung dengan Suwon", language="id"),
    ...                     Record("b", title="Kota Bandung: paradiplomasi di tengah pandemi", language="id")])
    >>> title_terms(corpus, thesaurus=Thesaurus((("kerja sama", "kerjasama"), ("kota bandung", "Bandung")))).labels
    ('Bandung', 'kerjasama', 'pandemi', 'paradiplomasi', 'suwon', 'tengah')
    """
    check(min_occurrences=min_occurrences, max_words=max_words)
    given = thesaurus or Thesaurus()
    replaced = given.by_key(plain_phrase)
    texts = _title_runs(corpus, given, min_occurrences, max_words)
    ids, rows, columns = placed_terms(texts, lambda term: final_term(term, replaced))
    if not ids:
        raise BenangError(
            Problem(
                none_has(len(corpus), "title with a term in it", article=True),
                way_on="Titles are needed, in a script that separates words by spaces.",
            )
        )
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(corpus), len(ids)))
    matrix.sort_indices()
    labels = usual_labels(texts) | given.labels(plain_phrase)
    phrases = {unit.key for text in texts for run in text.runs for unit in run if unit.n_words > 1}
    dropped = {"dropped_by_thesaurus": dropped_terms(texts, replaced)}
    unmatched = given.unmatched(plain_phrase, unit_keys(texts)) if replaced else ()
    incidence = record_incidence(
        corpus,
        ids,
        tuple(labels[name] for name in ids),
        matrix,
        item_kind="terms",
        read=read_items(corpus, "terms", ("title",), thesaurus, matrix, dropped, unmatched),
        steps=(
            Step(
                "phrases",
                {"field": "title", "min_occurrences": min_occurrences, "max_words": max_words},
                {"phrases": len(phrases), "terms": len(ids)},
            ),
        ),
    )
    return replace(incidence, settings=replace(incidence.settings, thresholds=Thresholds(max_words=max_words)))


def term_network(
    corpus: Corpus,
    *,
    counting: Counting = "full",
    min_occurrences: int = 2,
    max_words: int = 4,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
) -> Network:
    """Make the network of terms that occur in the same titles.

    Terms are those of `title_terms`; the other options, the weights, the scores and the records behind each item are
    those of `cooccurrence_network`. A term counts once a title.

    Raises
    ------
    BenangError
        Where no title has a term, or no term meets the threshold.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", title="Hambatan paradiplomasi kota"),
    ...                     Record("b", title="Paradiplomasi di kota")])
    >>> network = term_network(corpus)
    >>> network.labels, network.strength("kota", "paradiplomasi")
    (('kota', 'paradiplomasi'), 2.0)
    """
    incidence = title_terms(corpus, min_occurrences=min_occurrences, max_words=max_words, thesaurus=thesaurus)
    return incidence_network(
        incidence, counting=counting, min_occurrences=min_occurrences, top=top, components=components, scores=scores
    )


def _title_runs(corpus: Corpus, thesaurus: Thesaurus, min_occurrences: int, max_words: int) -> list[Text]:
    """Cut the titles into runs of words, and join those that belong together."""
    replaced = thesaurus.by_key(plain_phrase)
    joined = kept_together(label for line in thesaurus.replacements for label in line)
    titles = zip(corpus.works.column("title").to_pylist(), corpus.works.column("language").to_pylist(), strict=True)
    return join_phrases(
        [runs_of(title, stop_words(text_language(language)), joined=joined) for title, language in titles],
        min_occurrences=min_occurrences,
        max_words=max_words,
        known={*replaced, *map(plain_phrase, replaced.values())},
    )
