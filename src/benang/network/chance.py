"""What chance would give: exact tails of counts in groups, and many tests at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benang.network.network import Floats


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
