"""What `benang map` and `benang layout` say of a map: what was read, chosen, left out, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from benang.analyses.analysis import Analysis
    from benang.maps.map import Map
    from benang.network.network import Network
    from benang.records.thesaurus import Thesaurus
    from benang.tasks.read_works import ReadWorks

Rows = list[tuple[str, object]]

_ASKED = {
    "min_occurrences": "minimum of occurrences",
    "min_documents": "minimum of documents",
    "min_citations": "minimum of citations",
}
_WHY = {
    "threshold": "below the minimum",
    "relevance": "not relevant enough (--terms-share)",
    "top": "too weak (--top)",
    "components": "in other components",
}
"""Why the steps of a network's history leave items out."""


def chosen(works: ReadWorks, analysis: Analysis, least: Mapping[str, int]) -> Rows:
    """Say how many records were read, and what was asked of an item to stand on the map."""
    joined: Rows = [("works, of these records", len(works.corpus))] if works.works.n_joined else []
    return [
        ("records read", works.corpus.ledger.read),
        ("records set aside", works.corpus.ledger.set_aside),
        *joined,
        ("linked by", analysis.linked_by),
        *((_ASKED[name], number) for name, number in least.items() if number or name != "min_citations"),
        *([("minimum of citations", 0)] if list(least) == ["min_citations"] and not least["min_citations"] else []),
        ("most items, by total link strength", analysis.top or "all"),
        ("components", analysis.components),
    ]


def left_out(network: Network) -> Rows:
    """Count what is not on the map, and at which step it was left out; steps that left out nothing are not named."""
    counts = {step.name: step.counts for step in network.history}
    items, phrases = counts.get("items", {}), counts.get("phrases", {})
    too_many = items.get("records_with_too_many", 0)
    kind = str(network.item_kind).replace("-", " ")
    dropped = [
        ("records in neither English nor Indonesian", phrases.get("records_other_language", 0)),
        ("sentences in neither English nor Indonesian", phrases.get("sentences_in_other_languages", 0)),
        (f"records without {_had(network)}", items.get("records_without_items", 0)),
        ("records without references", counts.get("citing", {}).get("records_without_references", 0)),
        (f"records set aside: more {kind} than --max-per-document", too_many),
        ("affiliations without a country", items.get("affiliations_without_country", 0)),
        ("items dropped by the thesaurus", items.get("dropped_by_thesaurus", 0)),
        (
            "names that may be several people's: see `benang thesaurus … --items authors`",
            items.get("ambiguous_names", 0),
        ),
        *(
            (f"items left out: {why}", counts[step]["items"] - counts[step]["kept"])
            for step, why in _WHY.items()
            if step in counts
        ),
    ]
    return [(what, number) for what, number in dropped if number]


def unmatched_lines(network: Network, variants: Thesaurus) -> list[str]:
    """Say which lines of a thesaurus matched nothing; nothing where each did."""
    from benang.records.thesaurus import unmatched_note

    steps = {step.name: step.arguments for step in network.history}
    labels = steps.get("items", {}).get("thesaurus_unmatched")
    if not isinstance(labels, tuple | list) or not labels:
        return []
    return [f"{unmatched_note([str(label) for label in labels], len(variants.replacements))}."]


def _had(network: Network) -> str:
    """Name what a record must have to be on the map; documents are linked by their references."""
    return "references" if network.item_kind == "documents" else str(network.item_kind).replace("-", " ")


def sizes(made: Map) -> Rows:
    """Count items, links and clusters."""
    network = made.network
    return [("items", len(network)), ("links", network.n_links), ("clusters", made.n_clusters)]


def quality(made: Map) -> Rows:
    """Say how the layout and the clustering were made and how good they are, of those that were made."""
    rows: Rows = []
    if made.told("layout", "objective") is not None:
        rows += [
            ("attraction, repulsion", f"{made.told('layout', 'attraction')}, {made.told('layout', 'repulsion')}"),
            ("Q* of the layout (lower is better)", f"{made.told('layout', 'objective'):,.3f}"),
        ]
    if made.told("clustering", "quality") is not None:
        rows.append(("V of the clustering (higher is better)", f"{made.told('clustering', 'quality'):.6f}"))
    return rows


def say_stability(made: Map) -> None:
    """Say how far the clusters hold, where that was looked at."""
    from benang.maps.stability_told import stability_note

    told = made.provenance.get("stability")
    if isinstance(told, Mapping):
        note = stability_note(told) or "The clusters are stable: other runs find them again."
        click.echo(f"{note} `benang stability` tells more.")


def say_dropped_terms(network: Network) -> None:
    """Name the most frequent terms that the relevance cut left out: some of them may be what a reader looks for."""
    from benang.terms.text_network import dropped_terms

    if dropped := dropped_terms(network):
        named = ", ".join(f"{term} ({number:,})" for term, number in dropped.items())
        click.echo(f"The most frequent terms that were left out as not relevant enough: {named}.")
        click.echo("  `--terms-share 1` keeps all that reach the minimum.")


def say_without_keywords(network: Network, items: str) -> None:
    """Say where many records have nothing to map, and what they have instead."""
    counts = {step.name: step.counts for step in network.history}.get("items", {})
    without, records = counts.get("records_without_items", 0), counts.get("records", 0)
    if items.endswith("keywords") and 4 * without > records:
        click.echo(
            f"{without:,} of {records:,} records have no {items.replace('-', ' ')}: "
            "phrases from titles and abstracts are in all of them (--items terms)."
        )
