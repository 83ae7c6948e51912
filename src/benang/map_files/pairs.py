"""Whether two files that are read as one map, items in one and links in the other, belong together.

VOSviewer and Benang write into the file of items how many links each has, and how strong they are together, so that
the file of links can be held against it. The forms themselves say nothing else of each other.
"""

from __future__ import annotations

import numpy as np

from benang.errors import BenangError, Problem
from benang.network.network import Network

_COUNTED = ("Links", "Total link strength")
_ROUNDING = 1e-3
"""Share by which sums may differ: VOSviewer writes strengths with four decimals at most."""


def check_pair(stored: Network, counted: Network, *, where: str, links: str) -> tuple[str, ...]:
    """Hold the weights that a file of items has stored against those that the links in another file give.

    Parameters
    ----------
    stored, counted
        The network with the weights of its file, and with those counted from its links.
    where, links
        The names of the two files.

    Returns
    -------
    tuple of str
        A note where some items disagree: links may have been left out by hand.

    Raises
    ------
    BenangError
        Where most items disagree: the files are of two maps.
    """
    name = next((name for name in _COUNTED if name in stored.weights), None)
    if name is None or not len(stored):
        return ()
    said, given = stored.weights[name], counted.weights[name]
    differing = np.flatnonzero(~np.isclose(said, given, rtol=_ROUNDING, atol=_ROUNDING))
    if not len(differing):
        return ()
    first = int(differing[0])
    example = f"'{stored.labels[first]}' has {said[first]:g} in the one and {given[first]:g} in the other"
    found = f"{len(differing):,} of {len(stored):,} items with another weight '{name}' than {links} gives ({example})"
    if 2 * len(differing) <= len(stored):
        return (f"{found}; were links left out?",)
    raise BenangError(
        Problem(
            found,
            where=where,
            expected="two files of one map",
            way_on="Write both again, or name the network file that belongs to the map. If links were left out on "
            f"purpose, delete the column weight<{name}> from {where}.",
        )
    )
