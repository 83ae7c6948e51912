"""The settings and results of a review's maps, side by side, from what each map carries of its making."""

from __future__ import annotations

from collections.abc import Mapping

from benang.locale import Translator
from benang.maps.map import Map
from benang.maps.settings import Spread
from benang.report.blocks import Column, Table, TableBody, TableRow
from benang.report.content import ReportContent
from benang.report.inline import FigureReference, Inline, anchor, joined
from benang.report.names import Names
from benang.report.texts import fill


def map_table(content: ReportContent, names: Names) -> Table:
    """Return the settings of every map as rows, one column a map; rows that no map fills are left out."""
    _, n = names.texts.gettext, names.texts.numeral
    sizes = [
        TableRow((_("Items"), *(n(len(made)) for made in content.maps.values()))),
        TableRow((_("Links"), *(n(made.network.n_links) for made in content.maps.values()))),
        TableRow((_("Clusters"), *(n(made.n_clusters) for made in content.maps.values()))),
    ]
    by_map = [_of_network(made, _) | _of_map(made, _) for made in content.maps.values()]
    rows = [
        TableRow((label, *(_said(settings[label], names) for settings in by_map)))
        for label in (by_map[0] if by_map else ())
        if any(settings[label] not in (None, {}, ()) for settings in by_map)
    ]
    columns = (Column(_("Setting")), *(Column(_heading(name, content, names)) for name in content.maps))
    return Table(
        "table-maps", _("Settings and results of the maps"), columns, (TableBody((*sizes, *rows)),), (), "settings"
    )


def _of_network(made: Map, gettext: Translator) -> dict[str, object]:
    """Return by what each is called what was read, and how items were counted and chosen."""
    _, settings = gettext, made.network.settings
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
        _("Likeness of references, at least"): references.threshold,
        _("Terms found in"): terms.fields,
        _("Counting of terms"): terms.counting_method,
        _("Share of terms kept, by relevance"): terms.share,
        _("Items kept"): asked.top,
        _("Longest phrase, in words"): asked.max_words,
        _("Components kept"): asked.components,
        _("Components found"): settings.components.components,
    }


def _of_map(made: Map, gettext: Translator) -> dict[str, object]:
    """Return by what each is called how the map was laid out and clustered, and how far its clusters hold."""
    _, layout, clustering, stability = gettext, made.settings.layout, made.settings.clustering, made.settings.stability
    return {
        _("Normalisation"): made.settings.normalization,
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
        _("Stability of the clusters"): stability and stability.verdict,
        _("Agreement of clusters over seeds"): stability and _mean(stability.over_seeds.ari),
        _("Agreement of clusters over draws of the records"): stability and _mean(stability.over_records.ari),
    }


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


def _said(value: object, names: Names) -> str:
    _ = names.texts.gettext
    words = {
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
        "assigned": _("assigned by the reviewers"),
        "added": _("added to by the reviewers"),
        "exact": _("as printed"),
        "keys": _("by author, year, volume and page, or DOI"),
        "fuzzy": _("by author, year, volume and page, or DOI, or by likeness"),
        "title": _("titles"),
        "author_keywords": _("author keywords"),
        "index_keywords": _("index keywords"),
        "abstract": _("abstracts"),
    }
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
            return "; ".join(f"{words.get(str(key), str(key))}: {_said(one, names)}" for key, one in value.items())
        case list() | tuple():
            return ", ".join(_said(one, names) for one in value)
        case _:
            return words.get(str(value), str(value))
