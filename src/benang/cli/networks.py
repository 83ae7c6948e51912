"""Which items are linked by what, on the command line: the network that `benang map` lays out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import click

from benang.cli.options import INPUT
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


PRESET_TOP = 1000
"""VOSviewer keeps at most 1,000 items, those with the largest total link strength."""


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


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what stands on a map, what links it, and which items are kept."""
    for option in (
        click.option(
            "--decisions",
            type=INPUT,
            metavar="FILE",
            help="Pairs of records that a person decided on: record, other, decision.",
        ),
        click.option("--keep-duplicates", is_flag=True, help="Do not join records that are one work."),
        click.option(
            "--terms-method",
            type=click.Choice(["auto", "noun-phrases", "stop-words", "spacy"]),
            default="auto",
            show_default=True,
            help="How terms are found: noun phrases in English, runs between stop words elsewhere; or one way for all.",
        ),
        click.option(
            "--terms-counting",
            type=click.Choice(["binary", "full"]),
            default="binary",
            show_default=True,
            help="Whether a term counts once a record, or each time that it stands there.",
        ),
        click.option(
            "--terms-from",
            type=click.Choice(["both", "title", "abstract"]),
            default="both",
            show_default=True,
            help="Where terms are looked for: titles and abstracts, or one of them.",
        ),
        click.option(
            "--terms-share",
            "share",
            type=click.FloatRange(0, 1, min_open=True),
            default=0.6,
            show_default=True,
            help="The share of terms that is kept, the most relevant ones, as in VOSviewer.",
        ),
        click.option(
            "--author-names",
            type=click.Choice(["joined", "exact"]),
            default="joined",
            show_default=True,
            help="Whether forms of a name and ids of databases are brought to one author, or the string counts.",
        ),
        click.option(
            "--reference-threshold",
            "likeness",
            type=click.FloatRange(0, 1),
            metavar="SHARE",
            help="With fuzzy matching: how much alike two references must be, from 0 to 1.  [default: 0.85]",
        ),
        click.option(
            "--reference-matching",
            "matching",
            type=click.Choice(["exact", "keys", "fuzzy"]),
            default="keys",
            show_default=True,
            help="When references are one work: as printed; by author, year, volume, page, DOI; or also much alike.",
        ),
        click.option(
            "--thesaurus",
            type=INPUT,
            metavar="FILE",
            help="Table `label<TAB>replace by`; an empty replacement drops the label.",
        ),
        click.option(
            "--all-components", is_flag=True, help="Keep items that no path of links joins to the largest component."
        ),
        click.option(
            "--top",
            type=click.IntRange(min=0),
            default=PRESET_TOP,
            show_default=True,
            metavar="N",
            help="Keep the N items with the largest total link strength; 0 keeps all.",
        ),
        click.option(
            "--min-citations",
            type=click.IntRange(min=0),
            metavar="N",
            help="Keep documents cited N times or more, references cited by N records.  [default: 0; references 20]",
        ),
        click.option(
            "--min-occurrences",
            type=click.IntRange(min=1),
            metavar="N",
            help="Keep items that occur in at least N records.  [default: 5, terms 10; 1 or 2 below 100 records]",
        ),
        click.option(
            "--counting",
            type=click.Choice(["full", "fractional"]),
            default="full",
            show_default=True,
            help="Whether every pair in a record counts 1, or its pairs share 1 for each item.",
        ),
        click.option(
            "--link",
            type=click.Choice(sorted({link for links in LINKS.values() for link in links})),
            help="What links the items.  [default: what the items have]",
        ),
        click.option("--items", type=click.Choice(tuple(LINKS)), required=True, help="What stands on the map."),
    ):
        command = option(command)
    return command


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
