"""What occurs together: every link type on one path, incidence → co-occurrence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.engine import Engine, open_engine, sql_text
from benang.kinds import KINDS, USUAL_MOST, AuthorNames, ComponentChoice, Counting, RecordItems, in_words
from benang.locale.writing import worded
from benang.network.incidence import Incidence, item_incidence
from benang.network.item_network import (
    check_size,
    item_citations,
    item_network,
    link_matrix,
    long_form,
    with_links_step,
    with_threshold,
)
from benang.network.network import Floats, Network
from benang.network.selection import Threshold, check_asked, meeting, minimum_of, selected
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus


def cooccurrence_network(
    corpus: Corpus,
    *,
    items: RecordItems = "author-keywords",
    counting: Counting = "full",
    min_occurrences: int = 1,
    min_citations: int = 0,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    scores: bool = True,
    author_names: AuthorNames = "joined",
    most_per_record: int | None = USUAL_MOST,
    columns: Mapping[str, Floats] | None = None,
    engine: str = "duckdb",
) -> Network:
    """Make the network of keywords, topics, authors, organisations or countries that occur in the same records.

    Parameters
    ----------
    corpus
        The records.
    items
        `author-keywords`, `index-keywords`, `keywords` (both together, each once a record), `topics`, or, for
        co-authorship, `authors`, `organizations` or `countries`.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of records that hold both items.
        `fractional`: a record with n items adds 1/(n - 1) to each of its links, so that each of its items gets a
        total of 1; n counts all items of the record after the thesaurus, also those below the threshold. `binary` is
        `full` here, since an item counts once a record.
    min_occurrences
        Records that an item has to occur in.
    min_citations
        Times that the records of an item have been cited together, at least.
    top
        How many items to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of items that hang together by links, `all` keeps every item.
    thesaurus
        Variants and their preferred labels, applied before anything is counted.
    scores
        Whether to add `Avg. pub. year`, `Avg. citations`, `Avg. norm. citations` and those of `columns`.
    author_names
        `joined` brings forms of a name and ids of databases to one author (`benang.records.authors`); `exact` goes by
        the string of the name, as VOSviewer does.
    most_per_record
        For co-authorship: records with more authors (organisations, countries) than this are set aside and counted in
        the history. 25 is VOSviewer's preset; None sets none aside.
    columns
        A user's own numbers, one for each record: an item's score is their mean over its records.
    engine
        `duckdb`, or `spark` and addresses of Spark: the numbers are the same.

    Returns
    -------
    Network
        Items in the order of their ids. Weights: `Links`, `Total link strength`, `Occurrences` (co-authorship:
        `Documents`), and `Citations` where any record has some (co-authorship: `Norm. citations`, too). Scores: means
        over the records of an item that have the value, NaN where none has. `incidence` is kept:
        `network.records_of(item, other)` names the records behind an item or a link. The history counts what every
        step left out.

    Raises
    ------
    BenangError
        Where no record has such items, none of them meets the threshold, or their links could be too many.

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
    check(max_per_document=most_per_record)
    most = most_per_record if items in KINDS and KINDS[items].wrote else None
    return incidence_network(
        item_incidence(
            corpus,
            items=items,
            thesaurus=thesaurus,
            author_names=author_names,
            most=most,
            columns=columns,
        ),
        counting=counting,
        min_occurrences=min_occurrences,
        min_citations=min_citations,
        top=top,
        components=components,
        scores=scores,
        engine=engine,
    )


def incidence_network(
    incidence: Incidence,
    *,
    counting: Counting = "full",
    min_occurrences: int = 1,
    min_citations: int = 0,
    top: int | None = None,
    components: ComponentChoice = "largest",
    scores: bool = True,
    engine: str = "duckdb",
) -> Network:
    """Make the network of items that occur in the same units, from any incidence: keywords, terms, codes of cases.

    The options are those of `cooccurrence_network`. What occurs in a unit several times counts as often, unless
    counting is `binary`.

    Raises
    ------
    BenangError
        For an unknown way of counting, a number below 1, a threshold that leaves nothing, and one that leaves so
        many items that their links could be more than `MOST_LINKS`.

    Examples
    --------
    >>> factors = Incidence(ids=("budget", "staff"), labels=("Budget", "Staff"), units=("ntb", "kampar"), unit="cases",
    ...                     matrix=sparse.csr_array(np.array([[1.0, 1], [0, 1]])), item_kind="codes", weight="Cases")
    >>> network = incidence_network(factors)
    >>> network.strength("budget", "staff"), network.weights["Cases"].tolist(), network.records_of("budget", "staff")
    (1.0, [1.0, 2.0], ('ntb',))
    """
    least = ("min_occurrences", min_occurrences, 1), ("min_citations", min_citations, 0)
    check_asked(counting, components, top, *least)
    matrix = incidence.once if counting == "binary" else incidence.matrix
    with open_engine(engine) as opened:
        opened.view("incidence", long_form(matrix, "unit", "item"))
        occurrences = _occurrences(opened, len(incidence.ids))
        kept = _meeting(incidence, occurrences, min_occurrences, min_citations)
        _check_size(incidence, kept, occurrences[kept])
        opened.view("kept", pa.table({"item": kept.astype(np.int32)}))
        links = opened.query(sql_text("benang.network", "cooccurrence"))
    network = item_network(
        incidence, kept, link_matrix(links, kept, len(incidence.ids), counting), occurrences, scores=scores
    )
    asked = {"min_occurrences": min_occurrences, "min_citations": min_citations or None}
    network = with_threshold(network, len(incidence.ids), len(kept), **asked)
    return with_links_step(selected(network, top=top, component=components), counting)


def _meeting(incidence: Incidence, occurrences: NDArray[np.int64], least: int, citations: int) -> NDArray[np.intp]:
    meaning = worded("{unit} that an item occurs in", unit=incidence.unit)
    asked = [Threshold("min_occurrences", occurrences, least, _counted(incidence), meaning)]
    if citations:
        asked.append(Threshold("min_citations", item_citations(incidence), citations, "citations"))
    return meeting(asked, items=in_words(incidence.item_kind))


def _counted(incidence: Incidence) -> str:
    return {"Documents": "documents", "Citations": "citations"}.get(incidence.weight, "occurrences")


def _check_size(incidence: Incidence, kept: NDArray[np.intp], levels: NDArray[np.int64]) -> None:
    sizes = np.diff(sparse.csr_array(incidence.matrix[:, kept]).indptr).astype(np.int64)
    unit = incidence.units[int(np.argmax(sizes))] if len(sizes) else ""
    fullest = worded("occur together in '{unit}'", unit=unit) if len(sizes) else ""
    option = minimum_of(_counted(incidence))
    check_size(sizes, levels, items=in_words(incidence.item_kind), option=option, fullest=fullest)


def _occurrences(engine: Engine, n: int) -> NDArray[np.int64]:
    """Count how often each item occurs: once in a unit, or each time where it may occur there several times."""
    counts = engine.query(sql_text("benang.network", "occurrences"))
    occurrences = np.zeros(n, np.int64)
    occurrences[counts.column("item").to_numpy()] = counts.column("times").to_numpy()
    return occurrences
