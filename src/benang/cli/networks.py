"""Which items are linked by what, on the command line: the network that `benang map` lays out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import click

from benang.cli.stopping import loading

if TYPE_CHECKING:
    from benang.network.cooccurrence import Counting
    from benang.network.incidence import AuthorNames, Items
    from benang.network.network import Network
    from benang.network.selection import ComponentChoice
    from benang.records.corpus import Corpus
    from benang.records.references.matching import Matching
    from benang.records.thesaurus import Thesaurus
    from benang.terms.text_terms import Counting as TermCounting
    from benang.terms.text_terms import Method, TextField

LINKS = {
    "author-keywords": ("co-occurrence",),
    "index-keywords": ("co-occurrence",),
    "keywords": ("co-occurrence",),
    "terms": ("co-occurrence",),
    "authors": ("co-authorship",),
    "documents": ("coupling",),
    "references": ("co-citation",),
}
"""What links each kind of items; the first is meant where nothing is said."""
CITED = frozenset({"documents", "references"})
"""Items that have citations for a threshold, not occurrences."""
USUAL = {"terms": 10, "references": 20, "documents": 0}
"""VOSviewer's thresholds, where they are not 5."""
VOSVIEWER_THRESHOLD = 5


@dataclass(frozen=True)
class Wanted:
    """What a network is to show: items, link, thresholds, and how the items are told apart."""

    items: str
    link: str | None
    counting: Counting
    min_occurrences: int | None
    min_citations: int | None
    top: int | None
    components: ComponentChoice
    matching: Matching
    threshold: float | None
    author_names: AuthorNames
    share: float
    terms_from: tuple[TextField, ...]
    terms_counting: TermCounting
    terms_method: Method


def check_wanted(wanted: Wanted) -> None:
    """Refuse links and thresholds that the items can't have.

    Raises
    ------
    click.UsageError
        With what they can have.
    """
    known = LINKS[wanted.items]
    if wanted.link is not None and wanted.link not in known:
        raise click.UsageError(f"--link {wanted.link}: {wanted.items} are linked by {' or '.join(known)}.")
    if wanted.items in CITED and wanted.min_occurrences is not None:
        raise click.UsageError(f"{wanted.items} have citations, not occurrences: use --min-citations.")
    if wanted.items not in CITED and wanted.min_citations is not None:
        raise click.UsageError(f"{wanted.items} are chosen by occurrences: use --min-occurrences.")


def least(wanted: Wanted, corpus: Corpus) -> int:
    """Return the threshold: what was asked for, VOSviewer's, or in a small corpus, where that leaves nothing, 1."""
    from benang.records.corpus import SMALL_CORPUS

    asked = wanted.min_citations if wanted.items in CITED else wanted.min_occurrences
    if asked is not None:
        return asked
    usual = USUAL.get(wanted.items, VOSVIEWER_THRESHOLD)
    if len(corpus) >= SMALL_CORPUS:
        return usual
    return min(usual, 2 if wanted.items in {"terms", "references"} else 1)


def network_of(corpus: Corpus, wanted: Wanted, thesaurus: Thesaurus | None) -> Network:
    """Make the network."""
    threshold, top, components = least(wanted, corpus), wanted.top or None, wanted.components
    with loading():
        from benang.network.cocitation import cocitation_network
        from benang.network.cooccurrence import cooccurrence_network
        from benang.network.coupling import coupling_network
        from benang.records.references.likeness import USUAL_THRESHOLD
        from benang.terms.text_network import text_term_network

    if wanted.items in CITED:
        make = coupling_network if wanted.items == "documents" else cocitation_network
        return make(
            corpus,
            matching=wanted.matching,
            threshold=USUAL_THRESHOLD if wanted.threshold is None else wanted.threshold,
            counting=wanted.counting,
            min_citations=threshold,
            top=top,
            components=components,
        )
    if wanted.items == "terms":
        return text_term_network(
            corpus,
            min_occurrences=threshold,
            share=wanted.share,
            fields=wanted.terms_from,
            counting_method=wanted.terms_counting,
            method=wanted.terms_method,
            top=top,
            components=components,
            thesaurus=thesaurus,
        )
    return cooccurrence_network(
        corpus,
        items=cast("Items", wanted.items),
        counting=wanted.counting,
        min_occurrences=threshold,
        top=top,
        components=components,
        thesaurus=thesaurus,
        author_names=wanted.author_names,
    )
