"""What occurs together: every link type on one path, incidence → co-occurrence; and what chance alone would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import Engine, open_engine, sql_text
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


def expected_together(n: int, one: Floats, other: Floats) -> Floats:
    """Return how often two things occur together by chance, of `n` records: one · other / n.

    Examples
    --------
    >>> expected_together(4, np.array([2.0]), np.array([2.0])).tolist()
    [1.0]
    """
    return one * other / max(n, 1)


def at_least(together: Floats, n: int, one: Floats, other: Floats) -> Floats:
    """Return the probability that chance alone brings two things together at least so often.

    Parameters
    ----------
    together
        Records that hold both.
    n
        All records.
    one, other
        Records that hold the one, and the other.

    Returns
    -------
    Floats
        Upper tails of the hypergeometric distribution, 0 to 1: of all ways to deal the `one` records out anew among
        the `n`, the share in which at least `together` of them are among the `other`. This is Fisher's exact test,
        one-sided, and it is the permutation test itself, without drawing any permutation.

    Examples
    --------
    Two of four records hold the one, the same two hold the other: one way in six.

    >>> at_least(np.array([2.0]), 4, np.array([2.0]), np.array([2.0])).round(6).tolist()
    [0.166667]
    """
    from scipy.stats import hypergeom

    return _of_distinct(lambda both, a, b: hypergeom.sf(both - 1, n, a, b), together, one, other)


def two_sided(together: Floats, n: int, one: Floats, other: Floats) -> Floats:
    """Return the exact two-sided probability: twice the smaller tail, at most 1.

    Examples
    --------
    >>> two_sided(np.array([2.0]), 4, np.array([2.0]), np.array([2.0])).round(6).tolist()
    [0.333333]
    """
    from scipy.stats import hypergeom

    lower = _of_distinct(lambda both, a, b: hypergeom.cdf(both, n, a, b), together, one, other)
    doubled = 2 * np.minimum(lower, at_least(together, n, one, other))
    return np.asarray(np.minimum(doubled, 1), np.float64)


def _of_distinct(tail: Callable[[Floats, Floats, Floats], object], *counts: Floats) -> Floats:
    """Compute a tail once for all tests that have the same counts: exact tails are slow, and small counts many."""
    stacked = np.stack(np.broadcast_arrays(*counts), axis=-1)
    distinct, place = np.unique(stacked.reshape(-1, len(counts)), axis=0, return_inverse=True)
    tails = np.clip(np.asarray(tail(distinct[:, 0], distinct[:, 1], distinct[:, 2]), np.float64), 0, 1)
    return np.asarray(tails[place.ravel()].reshape(stacked.shape[:-1]), np.float64)


def false_discovery(p: Floats) -> Floats:
    """Return q values: the share of false findings to expect where all tests with this p or a smaller one are believed.

    Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57(1), 289–300, made to never fall as p grows. All tests that
    were made must be among them, also those that nobody is shown.

    Examples
    --------
    >>> false_discovery(np.array([0.01, 0.02, 0.03, 0.5])).tolist()
    [0.04, 0.04, 0.04, 0.5]
    """
    if not len(p):
        return p
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return q


def shrunk_log_odds(counts: Floats, sizes: tuple[float, float], prior: float = 1.0) -> tuple[Floats, Floats]:
    """Return the change of the odds between two groups, pulled towards none where the counts are small.

    Parameters
    ----------
    counts
        n × 2: how many of each group have the thing.
    sizes
        How many each group has.
    prior
        How many further cases each group is given, in which the thing is as frequent as in both groups together.

    Returns
    -------
    tuple
        The logarithm of the ratio of the odds, the second group's by the first's, and the same in standard errors (z).
        Both 0 where the shares are the same.

    Notes
    -----
    With p the share in both groups together and a the prior: ln((k₂ + ap) / (n₂ - k₂ + a(1 - p))) less the same of
    the first group; its variance is the sum of the reciprocals of these four numbers (Monroe, Colaresi and Quinn, 2008,
    "Fightin' Words", Political Analysis 16(4), 372–403, with their informative prior, for records that have a thing
    or have it not).

    Examples
    --------
    One of three records against none of three is nothing to speak of; 40 of 100 against 20 of 100 is:

    >>> _, z = shrunk_log_odds(np.array([[0.0, 1.0]]), (3, 3))
    >>> _, more = shrunk_log_odds(np.array([[20.0, 40.0]]), (100, 100))
    >>> z.round(2).tolist(), more.round(2).tolist()
    ([0.82], [3.02])
    """
    one, other = sizes
    total = one + other
    share = counts.sum(axis=1) / total if total > 0 else np.zeros(len(counts))
    with_it = counts + prior * share[:, None]
    without = np.array([one, other]) - counts + prior * (1 - share)[:, None]
    inner = (share > 0) & (share < 1)
    safe_with, safe_without = np.where(inner[:, None], with_it, 1.0), np.where(inner[:, None], without, 1.0)
    odds = np.log(safe_with / safe_without)
    change = np.where(inner, odds[:, 1] - odds[:, 0], 0.0)
    error = np.sqrt((1 / safe_with + 1 / safe_without).sum(axis=1))
    return change, change / error


def least_by_chance(one: Floats, other: Floats, *, permutations: int = 1999, seed: int = 0) -> Floats:
    """Return the smallest probability that each permutation finds among all pairs of columns.

    The rows of `one` are dealt out anew to those of `other`: each record keeps its things of the one kind together and
    its things of the other kind together, and only what belongs to what is left to chance. How often the smallest
    probability of a permutation is as small as one that was found says how easily any of so many tests would be so
    small, with all that these tests have in common (Westfall and Young, 1993, *Resampling-Based Multiple Testing*,
    their single step).

    Parameters
    ----------
    one, other
        Records × things, 1 where a record has a thing.
    permutations
        How many are drawn.
    seed
        Of the generator; the same seed gives the same numbers.

    Returns
    -------
    Floats
        One number for each permutation; `any_so_small` compares with them.

    Examples
    --------
    >>> alike = np.array([[1.0], [1.0], [0.0], [0.0]])
    >>> drawn = least_by_chance(alike, alike, permutations=2000)
    >>> sorted(set(drawn.round(6).tolist())), abs(float((drawn < 0.2).mean()) - 1 / 6) < 0.03
    ([0.166667, 0.833333, 1.0], True)
    """
    n = len(one)
    sizes_one, place_one = np.unique(one.sum(axis=0).astype(np.int64), return_inverse=True)
    sizes_other, place_other = np.unique(other.sum(axis=0).astype(np.int64), return_inverse=True)
    if not len(sizes_one) or not len(sizes_other):
        return np.ones(permutations)
    most = int(min(sizes_one[-1], sizes_other[-1]))
    grid = np.meshgrid(sizes_one, sizes_other, np.arange(most + 1), indexing="ij")
    tails = at_least(grid[2].astype(np.float64), n, grid[0].astype(np.float64), grid[1].astype(np.float64))
    random = np.random.default_rng(seed)
    least = np.empty(permutations)
    for drawn in range(permutations):
        together = (one[random.permutation(n)].T @ other).astype(np.int64)
        least[drawn] = tails[place_one[:, None], place_other[None, :], together].min()
    return least


def any_so_small(p: Floats, least: Floats) -> Floats:
    """Return how likely chance alone makes any of the tests so small: the share of permutations, this one among them.

    Examples
    --------
    >>> any_so_small(np.array([0.01, 0.5]), np.array([0.2, 0.005, 0.6])).tolist()
    [0.5, 0.75]
    """
    ordered = np.sort(least)
    return np.asarray((np.searchsorted(ordered, p * (1 + 1e-9), side="right") + 1) / (len(least) + 1), np.float64)
