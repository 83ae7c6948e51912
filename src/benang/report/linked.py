"""What a map shows, in words: its items and what links them."""

from __future__ import annotations

from benang.kinds import in_words, linked
from benang.locale import Translator
from benang.maps.map import Map
from benang.network.settings import TermChoice


def what_is_linked(made: Map, gettext: Translator) -> str:
    """Say what stands on a map and what links it, as it goes on in a sentence.

    Examples
    --------
    >>> import numpy as np
    >>> from benang.network.network import Network, symmetric
    >>> pair = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]), item_kind="sources", link_kind="citation")
    >>> what_is_linked(Map(pair, np.zeros((2, 2)), np.array([1, 1])), str)
    'sources whose records cite each other'
    """
    network = made.network
    # phrases of titles go by the same name as terms, which are chosen by relevance
    of_titles = network.item_kind == "terms" and network.settings.terms == TermChoice()
    items = "title-terms" if of_titles else network.item_kind
    known = linked(items, network.link_kind) or linked(items, "co-occurrence")
    return gettext(known.words) if known else in_words(items)
