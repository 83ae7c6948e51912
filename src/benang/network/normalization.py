"""How strong a link is beside what chance would give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from benang.network.network import Network, with_link_weights


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
    links = network.links
    total = np.asarray(links.sum(axis=1), np.float64).ravel()
    row = np.repeat(np.arange(len(network)), np.diff(links.indptr))
    ratio = total.sum() * links.data / (total[row] * total[links.indices])
    normalized = sparse.csr_array((ratio, links.indices.copy(), links.indptr.copy()), shape=links.shape)
    return with_link_weights(replace(network, links=normalized))
