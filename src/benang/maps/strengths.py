"""The strengths that a map is laid out and clustered by."""

from __future__ import annotations

from scipy import sparse

from benang.network.network import CSR, Floats, Network
from benang.network.normalization import Normalization, node_weights, normalized

WITHOUT_UNIT = ("cosine", "jaccard")
"""Normalisations whose values are shares of what is possible, not multiples of what chance gives."""


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
