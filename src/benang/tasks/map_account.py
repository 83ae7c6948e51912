"""What is said of a map: what was asked of it, left out of it, how good it is, and how far its clusters hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from benang.analyses.analysis import Analysis, least_of
from benang.errors import argument
from benang.kinds import in_words
from benang.locale import Language, translator
from benang.locale.writing import counted, listed, numeral
from benang.maps.map import Map
from benang.maps.stability_told import stability_note
from benang.network.drilling import Behind
from benang.network.network import Network
from benang.records.thesaurus import Thesaurus, unmatched_note
from benang.tasks.account import Note
from benang.tasks.read_works import ReadWorks
from benang.terms.text_network import dropped_terms

Counts = list[tuple[str, str | int]]
"""Rows of an account before their numbers are written in its language."""


def choice_counts(works: ReadWorks, analysis: Analysis, language: Language) -> Counts:
    """Say how many records were read, and what was asked of an item to stand on the map."""
    _ = translator(language)
    asked = {
        "min_occurrences": _("minimum of occurrences"),
        "min_documents": _("minimum of documents"),
        "min_citations": _("minimum of citations"),
    }
    ledger, least = works.corpus.ledger, least_of(analysis, len(works.corpus))
    joined: Counts = [(_("works, of these records"), len(works.corpus))] if works.works.n_joined else []
    return [
        (_("records read"), ledger.read),
        (_("records set aside"), ledger.set_aside),
        *joined,
        (_("linked by"), _(analysis.linked_by)),
        *((asked[name], number) for name, number in least.items() if number or name != "min_citations"),
        *([(asked["min_citations"], 0)] if list(least) == ["min_citations"] and not least["min_citations"] else []),
        (_("most items, by total link strength"), analysis.top or _("all")),
        (_("components"), _(analysis.components)),
    ]


def size_counts(made: Map, language: Language) -> Counts:
    """Count items, links and clusters."""
    _ = translator(language)
    return [(_("items"), len(made)), (_("links"), made.network.n_links), (_("clusters"), made.n_clusters)]


def left_out_counts(network: Network, language: Language) -> Counts:
    """Count what is not on the map, and at which step it was left out; steps that left out nothing are not named."""
    _ = translator(language)
    counts = {step.name: step.counts for step in network.history}
    items, phrases = counts.get("items", {}), counts.get("phrases", {})
    kind = words_for(str(network.item_kind), language)
    had = _("references") if network.item_kind == "documents" else kind
    why = {
        "threshold": _("items left out: below the minimum"),
        "relevance": _("items left out: not relevant enough ({option})").format(option=argument("share")),
        "top": _("items left out: too weak ({option})").format(option=argument("top")),
        "components": in_other_components(language),
    }
    too_many = _("records set aside: more {items} than {option}").format(
        items=kind, option=argument("max_per_document")
    )
    left = [
        (_("records in neither English nor Indonesian"), phrases.get("records_other_language", 0)),
        (_("sentences in neither English nor Indonesian"), phrases.get("sentences_in_other_languages", 0)),
        (_("records without {items}").format(items=had), items.get("records_without_items", 0)),
        (_("records without references"), counts.get("citing", {}).get("records_without_references", 0)),
        (too_many, items.get("records_with_too_many", 0)),
        (_("affiliations without a country"), items.get("affiliations_without_country", 0)),
        (_("items dropped by the thesaurus"), items.get("dropped_by_thesaurus", 0)),
        (
            _("names that may be several people's: see `benang thesaurus … --items authors`"),
            items.get("ambiguous_names", 0),
        ),
        *((said, counts[step]["items"] - counts[step]["kept"]) for step, said in why.items() if step in counts),
    ]
    return [(what, int(number)) for what, number in left if number]


def in_other_components(language: Language) -> str:
    """Name the items that no path of links joins to those on the map."""
    _ = translator(language)
    return _("items left out: in other components")


def words_for(kind: str, language: Language) -> str:
    """Name a kind of items as it stands in a sentence."""
    said = translator(language)(kind)
    return in_words(kind) if said == kind else said


def quality_counts(made: Map, language: Language) -> Counts:
    """Say how the layout and the clustering were made and how good they are, of those that were made."""
    _ = translator(language)
    said: Counts = []
    if made.told("layout", "objective") is not None:
        exponents = f"{made.told('layout', 'attraction')}, {made.told('layout', 'repulsion')}"
        said += [
            (_("attraction, repulsion"), exponents),
            (_("Q* of the layout (lower is better)"), _figure(made.told("layout", "objective"), language, 3)),
        ]
    if made.told("clustering", "quality") is not None:
        quality = _figure(made.told("clustering", "quality"), language, 6)
        said.append((_("V of the clustering (higher is better)"), quality))
    return said


def _figure(value: object, language: Language, decimals: int) -> str:
    """Write a measure with a minus that terminals and searches know."""
    return numeral(cast("float", value), language, decimals).replace("−", "-")


def of_stability(made: Map, language: Language) -> list[Note]:
    """Say how far the clusters hold, where that was looked at."""
    _ = translator(language)
    known = made.provenance.get("stability")
    if not isinstance(known, Mapping):
        return []
    stable = _("The clusters are stable: other runs find them again.")
    more = _("`benang stability` tells more.")
    return [Note(f"{stability_note(known, language) or stable} {more}")]


def of_dropped_terms(network: Network, language: Language) -> list[Note]:
    """Name the most frequent terms that the relevance cut left out: some of them may be what a reader looks for."""
    _, dropped = translator(language), dropped_terms(network)
    if not dropped:
        return []
    named = ", ".join(f"{term} ({numeral(number, language)})" for term, number in dropped.items())
    keep = _("`{option}` keeps all that reach the minimum.").format(option=argument("share", "share: 1", value="1"))
    text = _("The most frequent terms that were left out as not relevant enough: {terms}.")
    return [Note(text.format(terms=named), (keep,))]


def of_missing_keywords(network: Network, items: str, language: Language) -> list[Note]:
    """Say where many records have nothing to map, and what they have instead."""
    _ = translator(language)
    counts = {step.name: step.counts for step in network.history}.get("items", {})
    without, records = counts.get("records_without_items", 0), counts.get("records", 0)
    if not items.endswith("keywords") or 4 * without <= records:
        return []
    text = _(
        "{without} of {records} records have no {items}: phrases from titles and abstracts are in all of them "
        "({option})."
    )
    option = argument("items", "items: terms", value="terms")
    words = words_for(items, language)
    said = text.format(
        without=numeral(without, language), records=numeral(records, language), items=words, option=option
    )
    return [Note(said)]


def of_thesaurus(network: Network, thesaurus: Thesaurus) -> list[Note]:
    """Give the remarks on a thesaurus, and say which of its lines matched nothing."""
    steps = {step.name: step.arguments for step in network.history}
    labels = steps.get("items", {}).get("thesaurus_unmatched")
    unmatched = []
    if isinstance(labels, tuple | list) and labels:
        unmatched = [f"{unmatched_note([str(label) for label in labels], len(thesaurus.replacements))}."]
    remarks = tuple(f"{thesaurus.file}, {note}" for note in (*thesaurus.notes, *unmatched))
    return [Note(remarks=remarks)] if remarks else []


def of_behind(network: Network, found: Behind, language: Language) -> list[Note]:
    """Name the records behind an item or a link, and the cited works that a link rests on; all of them."""
    label = dict(zip(network.records, network.record_labels, strict=False))
    title = listed((f"'{one}'" for one in found.labels), language)
    notes = [Note(f"{title}: {found.said}"), *(Note(f"  {_named(key, label.get(key))}") for key in found.records)]
    if found.cited:
        text = counted(
            "The link rests on {n} cited work:", "The link rests on {n} cited works:", len(found.cited), language
        )
        names = dict(zip(network.cited.ids, network.cited.labels, strict=True)) if network.cited else {}
        notes.append(Note(text.format(n=numeral(len(found.cited), language))))
        notes += [Note(f"  {_named(work, names.get(work) if names.get(work) != work else '')}") for work in found.cited]
    return notes


def _named(key: str, label: str | None) -> str:
    return f"{key}  {label}" if label else key
