"""When a network that was counted where the corpus lies is the one of the corpus in memory."""

from __future__ import annotations

import numpy as np

from benang.network.network import Network, pairs


def equal(found: Network, expected: Network) -> None:
    """Items, links, weights and scores are equal, whatever the order of items; so are the records.

    Links are equal bit for bit; so are the rest, but for totals that were added in another order of items.
    """
    assert sorted(found.ids) == sorted(expected.ids)
    at = np.array([found.ids.index(name) for name in expected.ids])
    labels = tuple(found.labels[i] for i in at)
    if expected.item_kind == "documents":  # letters tell apart those that are shown
        assert [one.rstrip("abcdefgh)") for one in labels] == [one.rstrip("abcdefgh)") for one in expected.labels]
    else:
        assert labels == expected.labels
    np.testing.assert_array_equal(found.links.toarray()[np.ix_(at, at)], expected.links.toarray())
    for ours, theirs in ((found.weights, expected.weights), (found.scores, expected.scores)):
        assert ours.keys() == theirs.keys()
        for name in ours:
            if found.ids == expected.ids or name != "Total link strength":
                np.testing.assert_array_equal(ours[name][at], theirs[name], err_msg=name)
            np.testing.assert_allclose(ours[name][at], theirs[name], rtol=1e-14, err_msg=name)
    assert found.records_of(expected.ids[0]) == expected.records_of(expected.ids[0])
    for one, other, _ in list(pairs(expected.links))[:20]:
        ends = expected.ids[one], expected.ids[other]
        assert found.records_of(*ends) == expected.records_of(*ends)
        assert sorted(found.cited_by(*ends)) == sorted(expected.cited_by(*ends))
    assert (found.item_kind, found.link_kind) == (expected.item_kind, expected.link_kind)
