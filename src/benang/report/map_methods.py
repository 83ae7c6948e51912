"""How the maps of a review were made, in words and as a table of settings, from the history of each map."""

from __future__ import annotations

from collections.abc import Mapping

from benang.kinds import in_words, linked
from benang.locale import Translator
from benang.maps import Map, Spread, StabilityAccount
from benang.network import TermChoice
from benang.records.record import ASSIGNED
from benang.report import Block, Column, Paragraph, Table, TableBody, TableRow
from benang.report.content import Names, ReportContent
from benang.report.inline import Code, FigureReference, Inline, Runs, anchor, fill, joined, runs, short_hash
from benang.report.references import cite

_USUAL = "association-strength"


def map_methods(content: ReportContent, names: Names) -> tuple[Block, ...]:
    """Say how the maps were made, what each shows, and with which settings."""
    _ = names.texts.gettext
    what = [
        *_link_counting(content.maps, names),
        _normalisation(content.maps, names),
        fill(
            _(
                "Items were positioned by minimising the VOS objective function (%(vos)s), with VOSviewer's "
                "default exponents for each kind of link unless the plan sets others (%(viewer)s). Optimisation "
                "ran from the best of the starts listed to a stationary point; positions are centred and have a "
                "mean distance of 1."
            ),
            vos=cite("waltman-2010", names.texts),
            viewer=cite("van-eck-waltman-2010", names.texts),
        ),
        fill(
            _(
                "Clusters were obtained by optimising the quality function of VOS clustering with the Leiden "
                "algorithm (%(leiden)s). The best of several starts was kept, and clusters are numbered by size."
            ),
            leiden=cite("traag-2019", names.texts),
        ),
    ]
    if thesauri := _thesauri(content.maps):
        what.append(
            fill(
                _("Before counting, variants of words were merged using the review's thesaurus (%(thesauri)s)."),
                thesauri=joined("; ", thesauri),
            )
        )
    maps = (_one_map(name, content, names) for name in content.maps)
    return (Paragraph(joined(" ", what)), *maps, map_table(content, names))


def _normalisation(maps: Mapping[str, Map], names: Names) -> Runs:
    """Say how link strengths were normalised; the table says it map by map where some used another way."""
    _ = names.texts.gettext
    used = {map_.settings.normalization or _USUAL for map_ in maps.values()}
    text = (
        _(
            "Link strengths were normalised by association strength, the ratio of the observed strength to that "
            "expected by chance (%(norm)s)."
        )
        if used <= {_USUAL}
        else _(
            "Link strengths were normalised as listed in the table of maps; association strength is the ratio of "
            "the observed strength to that expected by chance (%(norm)s)."
        )
    )
    return fill(text, norm=cite("van-eck-waltman-2009", names.texts))


def _link_counting(maps: Mapping[str, Map], names: Names) -> list[Inline]:
    """Say what the strength of a link counts, for the kinds of counting that the maps used."""
    _ = names.texts.gettext
    used = {map_.network.settings.counting for map_ in maps.values()}
    links = {map_.network.link_kind for map_ in maps.values()}
    sentences: list[Inline] = (
        [_("In each map, items are linked when they occur together.")] if links - {"citation"} else []
    )
    if "citation" in links:
        sentences.append(
            _("In maps of citations, two items are linked if a record of one cites a record of the other.")
        )
    if "coupling" in links:
        sentences.append(_("With bibliographic coupling, items are linked by the works that both cite."))
    if "co-citation" in links:
        sentences.append(_("With co-citation, cited works are linked by the records that cite both."))
    if used - {"fractional"}:
        sentences.append(_("With full counting, the strength of a link is the number of these occurrences."))
    if "fractional" in used:
        sentences.append(
            fill(
                _(
                    "With fractional counting, each record distributes a total of one per item over its links "
                    "(%(counting)s)."
                ),
                counting=cite("perianes-rodriguez-2016", names.texts),
            )
        )
    return sentences


def _thesauri(maps: Mapping[str, Map]) -> list[Inline]:
    """Name the thesaurus files that the maps were cleaned with, each with its hash."""
    thesauri = {(used.file, used.sha256) for used in (map_.network.settings.thesaurus for map_ in maps.values())}
    return [
        runs(Code(file), ", SHA-256 ", short_hash(digest))
        for file, digest in sorted(thesauri, key=str)
        if isinstance(file, str) and isinstance(digest, str)
    ]


def _one_map(name: str, content: ReportContent, names: Names) -> Paragraph:
    _, map_, counted, n = names.texts.gettext, content.maps[name], names.texts.counted, names.texts.numeral
    links, clusters = map_.network.n_links, map_.n_clusters
    sentence = fill(
        _("%(figures)s: %(what)s, %(items)s and %(links)s in %(clusters)s."),
        figures=figures_of(name, content, names),
        what=what_is_linked(map_, names.texts.gettext),
        items=fill(counted("%(n)s item", "%(n)s items", len(map_)), n=n(len(map_))),
        links=fill(counted("%(n)s link", "%(n)s links", links), n=n(links)),
        clusters=fill(counted("%(n)s cluster", "%(n)s clusters", clusters), n=n(clusters)),
    )
    return Paragraph(joined(" ", [sentence, *_cautions(map_, names)]))


def _cautions(map_: Map, names: Names) -> list[Inline]:
    """Say what readers must not overlook about a map: assigned words, and cases reported as a group."""
    _, n = names.texts.gettext, names.texts.numeral
    cautions: list[Inline] = []
    if ASSIGNED in map_.origins:
        cautions.append(_("Its words were assigned for this review."))
    grouped = map_.network.settings.cases_reported_as_group
    if grouped:
        cautions.append(
            fill(
                _("Of its %(cases)s cases, studies report %(grouped)s only as part of a group, with the same codes."),
                cases=n(len(map_.network.records)),
                grouped=n(grouped),
            )
        )
    return cautions


def figures_of(name: str, content: ReportContent, names: Names) -> Runs:
    """Return `Figures 1 and 3`, linked, for the figures that draw a map; the map's title where none does."""
    _, numbers = names.texts.gettext, content.figure_numbers()
    drawn = [figure.name for figure in content.figures if figure.map_name == name]
    if not drawn:
        return fill(_("Map “%(name)s”"), name=content.map_title(name))
    links = [FigureReference(numbers[one], anchor("figure", one)) for one in drawn]
    return fill(
        names.texts.counted("Figure %(numbers)s", "Figures %(numbers)s", len(links)), numbers=names.texts.listed(links)
    )


def what_is_linked(map_: Map, gettext: Translator) -> str:
    """Name the items and links of a map, in a form that continues a sentence.

    Examples
    --------
    >>> import numpy as np
    >>> from benang.network.network import Network, symmetric
    >>> pair = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]), item_kind="sources", link_kind="citation")
    >>> what_is_linked(Map(pair, np.zeros((2, 2)), np.array([1, 1])), str)
    'sources whose records cite each other'
    """
    network = map_.network
    # phrases of titles go by the same name as terms, which are chosen by relevance
    of_titles = network.item_kind == "terms" and network.settings.terms == TermChoice()
    items = "title-terms" if of_titles else network.item_kind
    known = linked(items, network.link_kind) or linked(items, "co-occurrence")
    return gettext(known.words) if known else in_words(items)


def map_table(content: ReportContent, names: Names) -> Table:
    """Return the settings of every map as rows, one column a map; rows that no map fills are left out."""
    _, n = names.texts.gettext, names.texts.numeral
    sizes = [
        TableRow((_("Items"), *(n(len(map_)) for map_ in content.maps.values()))),
        TableRow((_("Links"), *(n(map_.network.n_links) for map_ in content.maps.values()))),
        TableRow((_("Clusters"), *(n(map_.n_clusters) for map_ in content.maps.values()))),
    ]
    by_map = [_of_network(map_, _) | _of_map(map_, _) for map_ in content.maps.values()]
    rows = [
        TableRow((label, *(_written(settings[label], names) for settings in by_map)))
        for label in (by_map[0] if by_map else ())
        if any(settings[label] not in (None, {}, ()) for settings in by_map)
    ]
    columns = (Column(_("Setting")), *(Column(_heading(name, content, names)) for name in content.maps))
    return Table(
        "table-maps", _("Settings and results of the maps"), columns, (TableBody((*sizes, *rows)),), (), "settings"
    )


def _of_network(map_: Map, gettext: Translator) -> dict[str, object]:
    """Return by what each is called what was read, and how items were counted and chosen."""
    _, settings = gettext, map_.network.settings
    corpus, asked, references, terms = settings.corpus, settings.thresholds, settings.references, settings.terms
    return {
        _("Records found"): corpus.found,
        _("Records read"): corpus.read,
        _("Records set aside"): corpus.set_aside,
        _("Origin of the words"): corpus.origins,
        _("Counting"): settings.counting,
        _("Items before thresholds"): asked.items,
        _("Minimum occurrences"): asked.min_occurrences,
        _("Minimum documents"): asked.min_documents,
        _("Minimum citations"): asked.min_citations,
        _("Matching of references"): references.matching,
        _("Minimum similarity of references"): references.threshold,
        _("Terms found in"): terms.fields,
        _("Counting of terms"): terms.counting_method,
        _("Share of terms kept, by relevance"): terms.share,
        _("Maximum number of items"): asked.top,
        _("Longest phrase, in words"): asked.max_words,
        _("Components kept"): asked.components,
        _("Components found"): settings.components.components,
    }


def _of_map(map_: Map, gettext: Translator) -> dict[str, object]:
    """Return by what each is called how the map was laid out and clustered, and how far its clusters hold."""
    _, layout, clustering, stability = gettext, map_.settings.layout, map_.settings.clustering, map_.settings.stability
    by_chance = stability and stability.by_chance
    return {
        _("Normalisation"): map_.settings.normalization,
        _("Attraction"): layout.attraction,
        _("Repulsion"): layout.repulsion,
        _("Starts of the layout"): layout.starts,
        _("Seed of the layout"): layout.seed,
        _("Objective Q* (lower is better)"): layout.objective,
        _("Resolution"): clustering.resolution,
        _("Minimum cluster size"): clustering.min_cluster_size,
        _("Starts of the clustering"): clustering.starts,
        _("Seed of the clustering"): clustering.seed,
        _("Quality V (higher is better)"): clustering.quality,
        _("Stability of the clusters"): stability and _verdict(stability),
        _("Agreement of clusters over seeds"): stability and _mean(stability.over_seeds.ari),
        _("Agreement of clusters across resamples of the records"): stability and _mean(stability.over_records.ari),
        _("Agreement of resamples of the records with the map"): stability and _mean(stability.over_records.ari_to_map),
        _("The same by chance, with shuffled records"): by_chance and by_chance.mean,
    }


def _verdict(stability: StabilityAccount) -> str | None:
    """Return what was found of the clusters: where they were compared with chance, in these terms."""
    beside_chance = {"partly": "firmer than chance", "unstable": "hardly firmer than chance"}
    return beside_chance.get(stability.verdict or "", stability.verdict) if stability.by_chance else stability.verdict


def _mean(spread: Spread | None) -> float | None:
    return spread.mean if spread else None


def _heading(name: str, content: ReportContent, names: Names) -> Inline:
    numbers, counted = content.figure_numbers(), names.texts.counted
    drawn = [figure.name for figure in content.figures if figure.map_name == name]
    links = joined(", ", (FigureReference(numbers[one], anchor("figure", one)) for one in drawn))
    if not drawn:
        return content.map_title(name)
    return fill(
        counted("%(name)s (figure %(numbers)s)", "%(name)s (figures %(numbers)s)", len(drawn)),
        name=content.map_title(name),
        numbers=links,
    )


def _setting_words(gettext: Translator) -> Mapping[str, str]:
    """Return what the values of settings are called."""
    _ = gettext
    return {
        "full": _("full"),
        "fractional": _("fractional"),
        "binary": _("binary"),
        "largest": _("largest"),
        "all": _("all"),
        "association-strength": _("association strength"),
        "fractionalization": _("fractionalisation"),
        "modularity": _("modularity"),
        "none": _("none"),
        "cosine": _("cosine"),
        "jaccard": _("Jaccard index"),
        "stable": _("stable"),
        "partly": _("partly stable"),
        "unstable": _("unstable"),
        "firmer than chance": _("firmer than chance"),
        "hardly firmer than chance": _("hardly firmer than chance"),
        "assigned": _("assigned by the reviewers"),
        "added": _("supplemented by the reviewers"),
        "exact": _("as printed"),
        "keys": _("by author, year, volume and page, or DOI"),
        "fuzzy": _("by author, year, volume and page, or DOI, or by similarity"),
        "title": _("titles"),
        "author_keywords": _("author keywords"),
        "index_keywords": _("index keywords"),
        "abstract": _("abstracts"),
    }


def _written(value: object, names: Names) -> str:
    _ = names.texts.gettext
    words = _setting_words(_)
    if value is None or value in ({}, [], ()):
        return "–"
    match value:
        case bool():
            return _("yes") if value else _("no")
        case int():
            return names.texts.numeral(value)
        case float():
            return names.texts.numeral(int(value)) if value.is_integer() else names.texts.measure(value)
        case Mapping():
            return "; ".join(f"{words.get(str(key), str(key))}: {_written(one, names)}" for key, one in value.items())
        case list() | tuple():
            return ", ".join(_written(one, names) for one in value)
        case _:
            return words.get(str(value), str(value))
