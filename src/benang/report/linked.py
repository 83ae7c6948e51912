"""What a map shows, in words: its items and what links them."""

from __future__ import annotations

from benang.locale import Translator
from benang.maps.map import Map


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
    _ = gettext
    if made.told("terms"):
        return _("terms that occur together in a title or abstract")
    network = made.network
    said = _by_link(network.link_kind, network.item_kind, gettext) or _together(network.item_kind, gettext)
    return said or network.item_kind.replace("-", " ")


def _together(items: str, gettext: Translator) -> str:
    """Say what occurs together in records, titles or cases."""
    _ = gettext
    return {
        "author-keywords": _("author keywords that occur together in a record"),
        "index-keywords": _("index keywords that occur together in a record"),
        "keywords": _("author and index keywords that occur together in a record"),
        "topics": _("topics that occur together in a record"),
        "title-terms": _("phrases that occur together in a title"),
        "terms": _("phrases that occur together in a title"),
        "codes": _("codes that occur together in a case"),
    }.get(items, "")


def _by_link(link: str, items: str, gettext: Translator) -> str:
    """Say what is linked by who wrote it, by what it cites, or by what cites it."""
    _ = gettext
    return {
        ("co-authorship", "authors"): _("authors who published together"),
        ("co-authorship", "organizations"): _("organisations whose authors published together"),
        ("co-authorship", "countries"): _("countries whose authors published together"),
        ("coupling", "documents"): _("documents that cite the same works"),
        ("coupling", "sources"): _("sources whose records cite the same works"),
        ("coupling", "authors"): _("authors whose records cite the same works"),
        ("coupling", "organizations"): _("organisations whose records cite the same works"),
        ("coupling", "countries"): _("countries whose records cite the same works"),
        ("citation", "documents"): _("documents that cite each other"),
        ("citation", "sources"): _("sources whose records cite each other"),
        ("citation", "authors"): _("authors whose records cite each other"),
        ("citation", "organizations"): _("organisations whose records cite each other"),
        ("citation", "countries"): _("countries whose records cite each other"),
        ("co-citation", "references"): _("works that are cited in the same records"),
        ("co-citation", "cited-sources"): _("sources that are cited in the same records"),
        ("co-citation", "cited-authors"): _("authors who are cited in the same records"),
    }.get((link, items), "")
