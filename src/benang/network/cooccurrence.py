"""What occurs together: every link type on one path, incidence → co-occurrence."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.duckdb_engine import DuckDB
from benang.engine.engine import Engine, sql_text
from benang.errors import BenangError, Problem, nearest
from benang.network.incidence import AuthorNames, Incidence, Items, in_words, item_incidence
from benang.network.network import CSR, Floats, Network, symmetric, with_link_weights
from benang.network.selection import ComponentChoice, meeting_threshold, selected
from benang.provenance import Step
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus

Counting = Literal["full", "fractional"]
"""Full counting: each record adds 1 to each of its links. Fractional: each record adds 1 to each of its items."""


MOST_LINKS = 50_000_000
"""The most links that are counted: each takes some 200 bytes while they are added up, so these take 10 GB."""


def cooccurrence_network(
    corpus: Corpus,
    *,
    items: Items = "author-keywords",
    counting: Counting = "full",
    min_occurrences: int = 1,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
    author_names: AuthorNames = "joined",
) -> Network:
    """Make the network of keywords, or of authors, that occur in the same records.

    Parameters
    ----------
    corpus
        The records.
    items
        `author-keywords`, `index-keywords`, `keywords` (both together, each once a record) or `authors`.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of records that hold both items.
        `fractional`: a record with n items adds 1/(n - 1) to each of its links, so that each of its items gets a
        total of 1; n counts all items of the record after the thesaurus, also those below the threshold.
    min_occurrences
        Records that an item has to occur in.
    top
        How many items to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of items that hang together by links, `all` keeps every item.
    thesaurus
        Variants and their preferred labels, applied before anything is counted.
    scores
        Whether to add `Avg. pub. year` and `Avg. citations`.
    author_names
        `joined` brings forms of a name and ids of databases to one author (`benang.records.authors`); `exact` goes by
        the string of the name, as VOSviewer does.

    Returns
    -------
    Network
        Items in the order of their ids. Weights: `Links`, `Total link strength`, `Occurrences` (authors:
        `Documents`), and `Citations` where any record has some. Scores: means over the records of an item that have
        the value, NaN where none has. `incidence` is kept: `network.records_of(item, other)` names the records
        behind an item or a link. The history counts what every step left out.

    Raises
    ------
    BenangError
        Where no record has such items, or none of them meets the threshold.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", year=2018, author_keywords=("sister city", "kerjasama", "komunikasi")),
    ...                     Record("b", year=2021, author_keywords=("Sister city", "Kerjasama"))])
    >>> network = cooccurrence_network(corpus, items="author-keywords")
    >>> network.strength("sister city", "kerjasama"), network.records_of("kerjasama", "komunikasi")
    (2.0, ('a',))
    >>> cooccurrence_network(corpus, counting="fractional").strength("sister city", "kerjasama")
    1.5
    """
    return incidence_network(
        item_incidence(corpus, items=items, thesaurus=thesaurus, author_names=author_names),
        counting=counting,
        min_occurrences=min_occurrences,
        top=top,
        components=components,
        scores=scores,
    )


def incidence_network(
    incidence: Incidence,
    *,
    counting: Counting = "full",
    min_occurrences: int = 1,
    top: int | None = None,
    components: ComponentChoice = "largest",
    scores: bool = True,
) -> Network:
    """Make the network of items that occur in the same units, from any incidence: keywords, terms, codes of cases.

    The options are those of `cooccurrence_network`.

    Raises
    ------
    BenangError
        For an unknown way of counting, a number below 1, a threshold that leaves nothing, and one that leaves so
        many items that their links could be more than `MOST_LINKS`.

    Examples
    --------
    >>> from scipy import sparse
    >>> factors = Incidence(ids=("budget", "staff"), labels=("Budget", "Staff"), units=("ntb", "kampar"), unit="cases",
    ...                     matrix=sparse.csr_array(np.array([[1.0, 1], [0, 1]])), item_kind="codes", weight="Cases")
    >>> network = incidence_network(factors)
    >>> network.strength("budget", "staff"), network.weights["Cases"].tolist(), network.records_of("budget", "staff")
    (1.0, [1.0, 2.0], ('ntb',))
    """
    check_asked(counting, components, top, least=("min_occurrences", min_occurrences, 1))
    with DuckDB() as engine:
        engine.view("incidence", _pairs(incidence.matrix))
        occurrences = _occurrences(engine, len(incidence.ids))
        kept = meeting_threshold(occurrences, min_occurrences, items=in_words(incidence.item_kind), unit=incidence.unit)
        _check_size(incidence, kept)
        engine.view("kept", pa.table({"item": kept.astype(np.int32)}))
        links = _links(engine, kept, len(incidence.ids), counting)
    network = with_link_weights(
        Network(
            ids=tuple(incidence.ids[i] for i in kept),
            labels=tuple(incidence.labels[i] for i in kept),
            links=links,
            weights=_weights(incidence, occurrences, kept),
            scores=_scores(incidence, kept) if scores else {},
            records=incidence.units,
            incidence=incidence.matrix[:, kept],
            unit=incidence.unit,
            item_kind=incidence.item_kind,
            link_kind=incidence.link_kind,
            history=(
                *incidence.history,
                Step(
                    "threshold", {"min_occurrences": min_occurrences}, {"items": len(incidence.ids), "kept": len(kept)}
                ),
            ),
        )
    )
    shown = selected(network, top=top, component=components)
    return _counted(shown, counting)


def check_asked(counting: str, components: str, top: int | None, *, least: tuple[str, int, int]) -> None:
    """Refuse words that are not known and numbers that make no sense, all together.

    `least` is the name of the threshold, its value, and the lowest that it may have.
    """
    problems = [
        Problem(f"'{value}'", where=name, expected=f"one of {', '.join(known)}", way_on=nearest(value, known))
        for name, value, known in (
            ("counting", counting, get_args(Counting)),
            ("components", components, get_args(ComponentChoice)),
        )
        if value not in known
    ]
    problems += [
        Problem(str(value), where=name, expected=f"a whole number from {lowest}")
        for name, value, lowest in (least, ("top", top, 1))
        if value is not None and value < lowest
    ]
    if problems:
        raise BenangError(*problems)


def _check_size(incidence: Incidence, kept: NDArray[np.intp]) -> None:
    """Refuse a network that no memory holds before it is counted: one list of 100,000 authors has 5 billion pairs."""
    sizes = np.diff(sparse.csr_array(incidence.matrix[:, kept]).indptr).astype(np.int64)
    n = len(kept)
    at_most = min(int((sizes * (sizes - 1) // 2).sum()), n * (n - 1) // 2)
    if at_most > MOST_LINKS:
        largest = int(np.argmax(sizes))
        items = in_words(incidence.item_kind)
        raise BenangError(
            Problem(
                f"these {n:,} {items} may have {at_most:,} links; {sizes[largest]:,} of them stand together in "
                f"'{incidence.units[largest]}'",
                expected=f"at most {MOST_LINKS:,} links",
                way_on="Choose a higher minimum number of occurrences, or leave out what lists very many.",
            )
        )


def _pairs(matrix: CSR) -> pa.Table:
    """Put the incidence in long form, as the engine takes it."""
    unit = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    return pa.table({"unit": unit, "item": matrix.indices.astype(np.int32)})


def _occurrences(engine: Engine, n: int) -> NDArray[np.int64]:
    found = engine.query(sql_text("benang.network", "occurrences"))
    occurrences = np.zeros(n, np.int64)
    occurrences[found.column("item").to_numpy()] = found.column("units").to_numpy()
    return occurrences


def _links(engine: Engine, kept: NDArray[np.intp], n: int, counting: Counting) -> CSR:
    """Divide and add in the order in which the engine sorted its counts, so that the sums have the same last digit."""
    found = engine.query(sql_text("benang.network", "cooccurrence"))
    source, target, size, units = (found.column(name).to_numpy() for name in ("source", "target", "n", "units"))
    place = np.full(n, -1)
    place[kept] = np.arange(len(kept))
    shares = units / (size - 1) if counting == "fractional" else units.astype(np.float64)
    new = np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])] if len(source) else np.zeros(0, bool)
    strengths = np.bincount(np.cumsum(new) - 1, weights=shares).astype(np.float64) if len(source) else shares
    return symmetric(len(kept), place[source[new]], place[target[new]], strengths)


def _weights(incidence: Incidence, occurrences: NDArray[np.int64], kept: NDArray[np.intp]) -> dict[str, Floats]:
    weights = {incidence.weight: occurrences[kept].astype(np.float64)}
    if incidence.citations is not None:
        weights["Citations"] = incidence.matrix[:, kept].T @ np.nan_to_num(incidence.citations)
    return weights


def _scores(incidence: Incidence, kept: NDArray[np.intp]) -> dict[str, Floats]:
    values = {"Avg. pub. year": incidence.years, "Avg. citations": incidence.citations}
    matrix = sparse.csr_array(incidence.matrix[:, kept].T)
    return {name: _mean(matrix, column) for name, column in values.items() if column is not None}


def _mean(items_by_units: CSR, values: Floats) -> Floats:
    """Mean over the units that have the value; NaN for an item without any."""
    told = np.asarray(items_by_units @ np.isfinite(values).astype(np.float64))
    mean = np.full(len(told), np.nan)
    np.divide(items_by_units @ np.nan_to_num(values), told, out=mean, where=told > 0)
    return mean


def _counted(network: Network, counting: Counting) -> Network:
    step = Step(
        "links",
        {"counting": counting, "link": network.link_kind},
        {"items": len(network), "links": network.n_links, "total_link_strength": network.total_link_strength},
    )
    return replace(network, history=(*network.history, step))
