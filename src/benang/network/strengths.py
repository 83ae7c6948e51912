"""How strong a link is beside what chance would give, and the strengths as layout and clustering read them.

Those are symmetric, in order, checked, and go with the weights of the nodes (`Edges`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from benang.errors import BenangError, Problem, unknown
from benang.kernels import kernel
from benang.kinds import Normalization
from benang.locale.writing import worded
from benang.network.graphs import strengths_of
from benang.network.network import CSR, Floats, Network, with_link_weights

_COUNTED = ("Occurrences", "Documents", "Cases", "Citations")

WITHOUT_UNIT = ("cosine", "jaccard")
"""Normalisations whose values are shares of what is possible, not multiples of what chance gives."""
Starts = NDArray[np.int64]
Ends = NDArray[np.int32]
UNCONNECTED = 0.01
"""Attraction added to every pair where a network has several components, which would else drift apart for ever.
It is what VOSviewer does."""


def normalized(network: Network, method: Normalization = "association-strength") -> Network:
    """Normalise link strengths, so that items that occur often don't draw all others to them.

    Parameters
    ----------
    network
        Links as counted. An item's total is taken from the network as it is given, after thresholds and the choice
        of components, as VOSviewer does.
    method
        `association-strength` (VOSviewer's preset) and `fractionalization`, as there; `modularity`
        ("LinLog/modularity") and `none` leave strengths as they are, and differ in `node_weights`; `cosine`
        (Salton's) and `jaccard`, as in bibliometrix, compare a strength with the occurrences of both items.

    Returns
    -------
    Network
        The same items and links. `Links` and `Total link strength` follow from the new strengths.

    Raises
    ------
    BenangError
        For an unknown method, and for `cosine` and `jaccard` where nobody says how often items occur.

    Notes
    -----
    With c_ij the link strength, k_i the total link strength of item i, n the number of items, 2m the sum of all k_i and
    o_i the occurrences of item i: association strength 2m c_ij / (k_i k_j) and fractionalization
    c_ij (n / k_i + n / k_j) / 2 (van Eck and Waltman, 2009, equations 6 and 13, times VOSviewer's constants); cosine
    c_ij / √(o_i o_j); Jaccard c_ij / (o_i + o_j − c_ij).

    Examples
    --------
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), links, {"Occurrences": np.array([4.0, 4.0, 1.0])})
    >>> [normalized(network, how).strength("a", "b") for how in ("fractionalization", "cosine", "jaccard", "none")]
    [2.5, 0.5, 0.3333333333333333, 2.0]
    """
    if method not in get_args(Normalization):
        raise unknown(method, get_args(Normalization), where="normalization", expected="a way to normalise")
    if method == "association-strength":
        return association_strength(network)
    if method in {"modularity", "none"}:
        return with_link_weights(network)
    if method == "fractionalization":
        per_item = len(network) / np.maximum(_totals(network), np.finfo(float).tiny)
        return _with_strengths(network, lambda c, i, j: c * (per_item[i] + per_item[j]) / 2)
    counted = _occurrences(network, method)
    if method == "cosine":
        return _with_strengths(network, lambda c, i, j: c / np.sqrt(counted[i] * counted[j]))
    return _with_strengths(network, lambda c, i, j: c / np.maximum(counted[i] + counted[j] - c, np.finfo(float).tiny))


def node_weights(network: Network, method: Normalization) -> Floats | None:
    """Return how much each node counts in layout and clustering: its total link strength under `modularity`, else None.

    None means 1 each.

    Examples
    --------
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> node_weights(Network(("a", "b", "c"), ("a", "b", "c"), links), "modularity").tolist()
    [3.0, 2.0, 1.0]
    """
    return _totals(network) if method == "modularity" else None


def _totals(network: Network) -> Floats:
    return np.asarray(network.links.sum(axis=1), np.float64).ravel()


def _occurrences(network: Network, method: str) -> Floats:
    name = next((name for name in _COUNTED if name in network.weights), None)
    if name is None or not (network.weights[name] > 0).all():
        raise BenangError(
            Problem(
                "no count of how often each item occurs",
                where=worded("normalization {method}", method=method),
                expected=worded("one of the weights {names}, above 0", names=", ".join(_COUNTED)),
                way_on="Choose association-strength, which needs only the links.",
            )
        )
    return network.weights[name]


def _with_strengths(network: Network, strength: Callable[[Floats, Any, Any], Floats]) -> Network:
    """Give each link a new strength: a function of its old one and the places of its two items."""
    links = network.links
    row = np.repeat(np.arange(len(network)), np.diff(links.indptr))
    new = strength(links.data, row, links.indices)
    matrix = sparse.csr_array((new, links.indices.copy(), links.indptr.copy()), shape=links.shape)
    return with_link_weights(replace(network, links=matrix))


def association_strength(network: Network) -> Network:
    """Divide each link strength by the strength that chance would give.

    1 means that two items occur together as often as they would if all links were dealt out at random, each item
    keeping its total; 2 means twice as often.

    Parameters
    ----------
    network
        Links as counted. An item's total is taken from the network as it is given, after thresholds and the choice
        of components, as VOSviewer does.

    Returns
    -------
    Network
        The same items and links; strengths are ratios. `Links` and `Total link strength` follow from them.

    Notes
    -----
    s_ij = 2m c_ij / (k_i k_j), where c_ij is the link strength, k_i the total link strength of item i (self-links
    don't count) and 2m the sum of all k_i: equation 6 of van Eck and Waltman (2009), How to normalize cooccurrence
    data? Journal of the American Society for Information Science and Technology 60(8), 1635-1651, times the constant
    that VOSviewer uses.

    Examples
    --------
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), links)
    >>> association_strength(network).strength("a", "b")     # 6 × 2 / (3 × 2)
    2.0
    """
    total = _totals(network)
    return _with_strengths(network, lambda c, i, j: total.sum() * c / (total[i] * total[j]))


def map_strengths(network: Network, normalization: Normalization) -> tuple[CSR, Floats | None]:
    """Normalise links for layout and clustering; return them with the weights of the items (None: 1 each).

    Cosine and Jaccard are divided by their mean over all pairs of items. So 1 is the usual strength of a pair, as it
    is under association strength, and resolution 1 joins what is tied more than usual. Without that, at most 1 as they
    are, they would leave every item by itself at resolution 1.

    Examples
    --------
    >>> import numpy as np
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), links, {"Occurrences": np.array([4.0, 4.0, 1.0])})
    >>> map_strengths(network, "cosine")[0].toarray().tolist()     # 0.5 each, over a mean of 1/3
    [[0.0, 1.5, 1.5], [1.5, 0.0, 0.0], [1.5, 0.0, 0.0]]
    """
    links = normalized(network, normalization).links
    total = float(links.data.sum())
    if normalization in WITHOUT_UNIT and total > 0:
        n = len(network)
        links = sparse.csr_array((links.data * (n * (n - 1) / total), links.indices, links.indptr), shape=links.shape)
    return links, node_weights(network, normalization)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """A symmetric network as an optimiser sees it: CSR arrays, the number of nodes, and `extra`, added to each pair.

    `weights` are those by which nodes push each other, and `counts` says how many nodes each represents, which is how
    often `extra` counts; 1 each where None.
    """

    starts: Starts
    ends: Ends
    strengths: Floats
    extra: float
    n_nodes: int
    weights: Floats | None = None
    counts: Floats | None = None

    @property
    def n_pairs(self) -> float:
        """Number of pairs of nodes, or the sum over pairs of the products of their weights."""
        return _pairs(self.weights, self.n_nodes)

    @property
    def total(self) -> float:
        """Sum of the strengths over all pairs, `extra` with them."""
        return 0.5 * float(self.strengths.sum()) + self.extra * _pairs(self.counts, self.n_nodes)

    def matrix(self) -> sparse.csr_array[np.float64]:
        """Return the strengths as a matrix, without `extra`."""
        return sparse.csr_array((self.strengths, self.ends, self.starts), (self.n_nodes, self.n_nodes))


def edges_of(strengths: Any, weights: Floats | None = None) -> Edges:
    """Read a network, or its bare matrix, as edges.

    Parameters
    ----------
    strengths
        Symmetric matrix of normalised strengths ≥ 0, sparse or dense, or anything with such a matrix as `links`.
        The diagonal is left out. A CSR matrix in order is used as it is, without a copy.
    weights
        How strongly each node pushes the others, ≥ 0; 1 each where None. One of 0 counts as the smallest above 0:
        nodes that push nobody would all fall on one place.

    Raises
    ------
    BenangError
        Where the matrix is not square and symmetric, or holds a strength that is negative or no number, or where
        there is not one weight for each node.
    """
    links = _in_order(strengths_of(strengths))
    n = int(links.shape[0])
    starts, ends = links.indptr.astype(np.int64), links.indices.astype(np.int32, copy=False)
    data = np.ascontiguousarray(links.data, np.float64)
    low, high = (float(data.min()), float(data.max())) if len(data) else (0.0, 0.0)
    if not (low >= 0 and high < math.inf):
        raise _bad_matrix(worded("the strength {data}", data=data[~(np.isfinite(data) & (data >= 0))][0]))
    if (
        not _are_mirrored(starts, ends, data, 1e-9 * high, starts[:-1].copy())
        and abs(links - links.T).max() > 1e-9 * high
    ):
        raise _bad_matrix("one that is not symmetric")
    extra = UNCONNECTED if n and csgraph.connected_components(links, directed=False)[0] > 1 else 0.0
    return Edges(starts, ends, data, extra, n, _checked_weights(weights, n))


def _pairs(weights: Floats | None, n: int) -> float:
    if weights is None:
        return 0.5 * n * (n - 1)  # in floats: of 46,342 nodes the product no longer fits 32 bits
    whole = float(weights.sum())
    return max(0.0, 0.5 * (whole * whole - float((weights * weights).sum())))


def _in_order(matrix: Any) -> sparse.csr_array[np.float64]:
    """Return a matrix as CSR with sorted columns, without the diagonal, zeros and repeats."""
    given: Any = matrix if getattr(matrix, "format", "") == "csr" else sparse.coo_array(matrix, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise _bad_matrix(worded("a matrix of shape {shape}", shape=str(given.shape)))
    links: sparse.csr_array[np.float64] = sparse.csr_array(given, dtype=np.float64)
    if links.has_canonical_format and links.data.all() and not links.diagonal().any():
        return links
    pairs = sparse.coo_array(links)
    off = (pairs.row != pairs.col) & (pairs.data != 0)
    links = sparse.csr_array((pairs.data[off], (pairs.row[off], pairs.col[off])), pairs.shape)
    links.sort_indices()
    return links


def _mirrored(starts: Starts, ends: Ends, strengths: Floats, leeway: float, at: Starts) -> bool:
    """Say whether every edge is listed from both of its ends: walked in order, each row meets its mirror in turn."""
    for i in range(len(at)):
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            back = at[j]
            if back >= starts[j + 1] or ends[back] != i or not abs(strengths[back] - strengths[e]) <= leeway:
                return False
            at[j] = back + 1
    return True


_are_mirrored: Any = kernel(_mirrored, error_model="numpy", nogil=True)


def _checked_weights(weights: Floats | None, n: int) -> Floats | None:
    if weights is None:
        return None
    given = np.ascontiguousarray(weights, np.float64)
    if given.shape != (n,) or not (np.isfinite(given).all() and (given >= 0).all()):
        raise BenangError(
            Problem(
                worded("weights of shape {shape}", shape=str(given.shape))
                if given.shape != (n,)
                else "a weight that is negative or not a number",
                where="network",
                expected=worded("one weight of 0 or more for each of the {n} nodes", n=n),
            )
        )
    above = given[given > 0]
    return np.where(given > 0, given, above.min() if len(above) else 1.0)


def _bad_matrix(message: str) -> BenangError:
    return BenangError(Problem(message, where="network", expected="a symmetric matrix of link strengths of 0 or more"))
