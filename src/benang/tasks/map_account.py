"""What is said of a map: what was asked of it, left out of it, how good it is, how far its clusters hold.

Before one is made, a table says what each threshold would leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benang.analyses import MANY, READABLE, USUAL, Left, serving_threshold, threshold_table
from benang.errors import argument
from benang.files import Input
from benang.kinds import in_words
from benang.locale import Language, translator
from benang.locale.writing import counted, listed, numeral
from benang.maps import Map
from benang.maps.stability_account import stability_sentence
from benang.network import Analysis, check_analysis, first_threshold, least_of
from benang.network.network import Behind, Network
from benang.progress import Progress, part, silent
from benang.records.thesaurus import Thesaurus, read_thesaurus, thesaurus_remarks
from benang.tasks.account import Account, Note, Table
from benang.tasks.read_works import ReadWorks, WorksRequest, read_works

Counts = list[tuple[str, str | int]]
"""Rows of an account before their numbers are written in its language."""


def choice_counts(works: ReadWorks, analysis: Analysis, language: Language) -> Counts:
    """Say how many records were read, and what was asked of an item to stand on the map."""
    _ = translator(language)
    asked = {
        "min_occurrences": _("minimum number of occurrences"),
        "min_documents": _("minimum number of documents"),
        "min_citations": _("minimum number of citations"),
    }
    ledger, least = works.corpus.ledger, least_of(analysis, len(works.corpus))
    joined: Counts = [(_("works in these records"), len(works.corpus))] if works.works.n_joined else []
    return [
        (_("records read"), ledger.read),
        (_("records set aside"), ledger.set_aside),
        *joined,
        (_("linked by"), _(analysis.linked_by)),
        *((asked[name], number) for name, number in least.items() if number or name != "min_citations"),
        *([(asked["min_citations"], 0)] if list(least) == ["min_citations"] and not least["min_citations"] else []),
        (_("maximum number of items, by total link strength"), analysis.top or _("all")),
        (_("components"), _(analysis.components)),
    ]


def size_counts(map_: Map, language: Language) -> Counts:
    """Count items, links and clusters."""
    _ = translator(language)
    return [(_("items"), len(map_)), (_("links"), map_.network.n_links), (_("clusters"), map_.n_clusters)]


def left_out_counts(network: Network, language: Language) -> Counts:
    """Count what is not on the map, and at which step it was left out; steps that left out nothing are not named."""
    _ = translator(language)
    settings, kind = network.settings, words_for(str(network.item_kind), language)
    corpus, left, asked = settings.corpus, settings.left_out, settings.thresholds
    had = _("references") if network.item_kind == "documents" else kind
    too_many = _("records left out: more {items} than {option}").format(items=kind, option=argument("max_per_document"))
    irrelevant = _("items left out: insufficiently relevant ({option})").format(option=argument("share"))
    counts = [
        (_("records in neither English nor Indonesian"), left.records_in_other_languages),
        (_("sentences in neither English nor Indonesian"), left.sentences_in_other_languages),
        (_("records without {items}").format(items=had), corpus.records_without_items),
        (_("records without references"), left.records_without_references),
        (too_many, left.records_with_too_many),
        (_("affiliations without a country"), left.affiliations_without_country),
        (_("items removed by the thesaurus"), settings.thesaurus.dropped),
        (_("names that several people may share: see `benang thesaurus … --items authors`"), left.ambiguous_names),
        (_("items left out: below the minimum"), (asked.items or 0) - (asked.kept or 0)),
        (irrelevant, left.not_relevant),
        (_("items left out: too weak ({option})").format(option=argument("top")), left.too_weak),
        (in_other_components(language), settings.components.dropped),
    ]
    return [(what, number) for what, number in counts if number]


def in_other_components(language: Language) -> str:
    """Name the items that no path of links joins to those on the map."""
    _ = translator(language)
    return _("items left out: in other components")


def words_for(kind: str, language: Language) -> str:
    """Name a kind of items as within a sentence."""
    words = translator(language)(kind)
    return in_words(kind) if words == kind else words


def quality_counts(map_: Map, language: Language) -> Counts:
    """Say how the layout and the clustering were made and how good they are, of those that were made."""
    _ = translator(language)
    counts: Counts = []
    layout, clustering = map_.settings.layout, map_.settings.clustering
    if layout.objective is not None:
        counts += [
            (_("attraction, repulsion"), f"{layout.attraction}, {layout.repulsion}"),
            (_("Q* of the layout (lower is better)"), _figure(layout.objective, language, 3)),
        ]
    if clustering.quality is not None:
        counts.append((_("V of the clustering (higher is better)"), _figure(clustering.quality, language, 6)))
    return counts


def _figure(value: float, language: Language, decimals: int) -> str:
    """Write a measure with a minus that terminals and searches know."""
    return numeral(value, language, decimals).replace("−", "-")


def of_stability(map_: Map, language: Language) -> list[Note]:
    """Say how far the clusters hold, where that was looked at."""
    _ = translator(language)
    known = map_.settings.stability
    if known is None:
        return []
    more = _("`benang stability` shows more.")
    return [Note(f"{stability_sentence(known, language)} {more}")]


def of_threshold(
    network: Network, works: ReadWorks, analysis: Analysis, thesaurus: Thesaurus | None, language: Language
) -> list[Note]:
    """Say which threshold serves, where the preset leaves very few items or more than a page can name."""
    serving = serving_threshold(network, works.corpus, analysis, thesaurus)
    if serving is None:
        return []
    _, first, (least, n) = translator(language), first_threshold(analysis.items), serving
    usual = least_of(analysis, len(works.corpus))[first]
    text = (
        _("The default minimum of {usual} leaves only {n} {items}; {option} would leave {served}.")
        if n > len(network)
        else _("The default minimum of {usual} leaves {n} {items}, too many for a page; {option} would leave {served}.")
    )
    return [
        Note(
            text.format(
                usual=numeral(usual, language),
                n=numeral(len(network), language),
                items=words_for(analysis.items, language),
                option=argument(first, f"{first}: {least}", value=str(least)),
                served=numeral(n, language),
            )
        )
    ]


def of_dropped_terms(network: Network, language: Language) -> list[Note]:
    """Name the most frequent terms that the relevance cut left out: some of them may be what a reader looks for."""
    _, dropped = translator(language), network.settings.left_out.dropped_terms
    if not dropped:
        return []
    named = ", ".join(f"{term} ({numeral(number, language)})" for term, number in dropped.items())
    keep = _("`{option}` keeps all that reach the minimum.").format(option=argument("share", "share: 1", value="1"))
    text = _("The most frequent terms that were left out as insufficiently relevant: {terms}.")
    return [Note(text.format(terms=named), (keep,))]


def of_missing_keywords(network: Network, items: str, language: Language) -> list[Note]:
    """Say where many records have nothing to map, and what they have instead."""
    _ = translator(language)
    corpus = network.settings.corpus
    without, records = corpus.records_without_items or 0, corpus.records or 0
    if not items.endswith("keywords") or 4 * without <= records:
        return []
    text = _("{without} of {records} records have no {items}; all have phrases in titles and abstracts ({option}).")
    option = argument("items", "items: terms", value="terms")
    words = words_for(items, language)
    note = text.format(
        without=numeral(without, language), records=numeral(records, language), items=words, option=option
    )
    return [Note(note)]


def of_thesaurus(network: Network, thesaurus: Thesaurus, language: Language) -> list[Note]:
    """Give the remarks on a thesaurus, and say which of its lines matched nothing."""
    remarks = thesaurus_remarks(thesaurus, network.settings.thesaurus.unmatched, language)
    return [Note(remarks=tuple(remarks))] if remarks else []


def of_behind(network: Network, item_behind: Behind, language: Language) -> list[Note]:
    """Name the records behind an item or a link, and the cited works that a link rests on; all of them."""
    label = dict(zip(network.records, network.record_labels, strict=False))
    title = listed((f"'{one}'" for one in item_behind.labels), language)
    notes = [
        Note(f"{title}: {item_behind.in_words(language)}"),
        *(Note(f"  {_named(key, label.get(key))}") for key in item_behind.records),
    ]
    if item_behind.cited:
        text = counted(
            "The link is based on {n} cited work:",
            "The link is based on {n} cited works:",
            len(item_behind.cited),
            language,
        )
        names = dict(zip(network.cited.ids, network.cited.labels, strict=True)) if network.cited else {}
        notes.append(Note(text.format(n=numeral(len(item_behind.cited), language))))
        notes += [
            Note(f"  {_named(work, names.get(work) if names.get(work) != work else '')}") for work in item_behind.cited
        ]
    return notes


def _named(key: str, label: str | None) -> str:
    return f"{key}  {label}" if label else key


@dataclass(frozen=True, kw_only=True)
class ThresholdsRequest:
    """Exports, and what is counted in them."""

    works: WorksRequest
    analysis: Analysis
    thesaurus: Input | None = None


@dataclass(frozen=True)
class Thresholds:
    """What each threshold leaves, and the one that a map would take: what was asked for, or the preset."""

    table: tuple[Left, ...]
    usual: int
    account: Account


def thresholds(request: ThresholdsRequest, *, progress: Progress = silent) -> Thresholds:
    """Count what thresholds leave, the one that a map would take among them.

    Raises
    ------
    Misuse
        For links and thresholds that the items can't have.
    BenangError
        For what can't be read.
    """
    analysis, language = request.analysis, request.works.language
    check_analysis(analysis)
    works = read_works(request.works, progress=part(progress, 0.0, 0.3))
    progress("Counting co-occurrences", 0.3)
    usual = least_of(analysis, len(works.corpus))[first_threshold(analysis.items)]
    variants = read_thesaurus(request.thesaurus) if request.thesaurus else None
    table = threshold_table(works.corpus, analysis, variants, tried=sorted({*USUAL, usual}))
    notes = _notes(table, analysis, usual, language)
    return Thresholds(table, usual, works.account + Account(notes=tuple(notes)))


def serving_row(table: Sequence[Left], usual: int) -> Left | None:
    """Return what the nearest threshold leaves whose items can be read, where those of the usual one can't."""
    left = next((one.largest for one in table if one.least == usual), 0)
    lower, higher = ([one for one in table if one.least < usual], [one for one in table if one.least > usual])
    tried = lower[::-1] if left < READABLE.start else higher if left > MANY else []
    return next((one for one in tried if one.largest in READABLE), None)


def _notes(table: Sequence[Left], analysis: Analysis, usual: int, language: Language) -> list[Note | Table]:
    _ = translator(language)
    first = first_threshold(analysis.items)
    why = _("default") if getattr(analysis, first) is None else _("chosen")
    items = words_for(analysis.items, language).capitalize()
    none = [] if any(left.least == usual for left in table) else [Left(usual, 0, 0, 0)]
    cells: list[tuple[str, ...]] = [(argument(first), _("items"), _("links"), _("in the largest component"), "")]
    for left in (*table, *none):
        counts = (numeral(number, language) for number in (left.least, left.items, left.links, left.largest))
        cells.append((*counts, why if left.least == usual else ""))
    heading = _("{items}, linked by {link}:").format(items=items, link=_(analysis.linked_by))
    notes: list[Note | Table] = [Table(heading, tuple(cells), "rrrrl")]
    if getattr(analysis, first) is None and (serving := serving_row(table, usual)):
        text = _("A minimum of {least} leaves a number of linked items that a page can show: {n}.")
        notes.append(Note(text.format(least=numeral(serving.least, language), n=numeral(serving.largest, language))))
    if analysis.items == "terms":
        option = argument("share")
        text = _("Of the terms that reach the minimum, a map shows the most relevant ones (benang map, {option}).")
        notes.append(Note(text.format(option=option)))
    return notes
