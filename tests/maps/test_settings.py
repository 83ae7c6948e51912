"""The key `benang` tells what is known, and nothing of a map made elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benang.maps.map import Map
from benang.maps.settings import map_provenance, own_key
from benang.network.network import Network, symmetric
from benang.provenance import Step

PAIR = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))
PLACES, CLUSTERS = np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1])


def test_a_map_made_elsewhere_has_no_key() -> None:
    """Of its making nothing is known, so nothing is claimed."""
    assert own_key(Map(PAIR, PLACES, CLUSTERS)) is None


def test_what_was_not_done_is_not_told() -> None:
    """Without records, thresholds and thesaurus there are no such keys: an empty one would look like a choice."""
    key = map_provenance(PAIR, layout={"seed": 0}, clustering={})

    assert not {"corpus", "thresholds", "thesaurus", "components", "records", "history", "clustering"} & set(key)
    assert key["layout"] == {"seed": 0}


def test_fields_of_one_origin_and_of_several_are_told() -> None:
    """Each field is named with all that its values came from."""
    pairs = (("author_keywords", "assigned"), ("author_keywords", "machine"), ("abstract", "assigned"))
    network = replace(PAIR, history=(Step("items", {"origins": pairs}, {"read": 2}),))

    told = map_provenance(network, layout={}, clustering={})["corpus"]

    assert told == {"read": 2, "origins": {"author_keywords": "assigned, machine", "abstract": "assigned"}}
