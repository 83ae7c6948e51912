"""Exports → map → files: read and joined, counted, laid out and clustered, aligned, written and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, cast

import numpy as np

from benang.analyses import mappable_network
from benang.engine import known_engine as known_engine  # a rim checks by it what is typed
from benang.errors import Misuse, Problem, argument
from benang.figures.map_figures import plot_view
from benang.figures.map_words import Words, corpus_notes
from benang.files import Input, replacing
from benang.kinds import KINDS, LINKS, SMALL_CORPUS, FolderItems, Normalization, in_words
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.looks import View
from benang.looks.appearance import choose_weight
from benang.map_files import format_map, read_map
from benang.maps import Map
from benang.maps.comparison import aligned
from benang.maps.making import default_exponents, vos_map
from benang.maps.stability_account import with_quick_stability
from benang.network import Analysis, check_analysis, first_threshold, least_of
from benang.network.at_scale import folder_network
from benang.network.network import Behind, Network, behind
from benang.progress import Progress, part, silent
from benang.readers.corpus_file import read_score_columns
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus, read_thesaurus
from benang.tasks import map_account
from benang.tasks.account import Account, Note, Table, check_outputs, letters_noted, rows, with_companions
from benang.tasks.read_works import ReadWorks, WorksRequest, read_works
from benang.viewer.data import ShownMap
from benang.viewer.page import PAGE, check_built, map_page

DRAWN = (".png", ".svg", ".pdf", ".eps")
"""Suffixes of pictures; everything else but pages is written as data."""


NAMED = 5
"""How many of the largest items are named in words."""


@dataclass(frozen=True, kw_only=True)
class DrawRequest:
    """A map, or the file of one, how it is looked at, and the pictures to make: .png, .svg, .pdf and .eps."""

    map: Map | Path
    view: View = View()  # noqa: RUF009 - it is frozen
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True)
class DrawnMap:
    """The account of pictures: their files, and which letters no font has; and what they show, in words."""

    account: Account
    alternative: str


def draw_map(request: DrawRequest, *, progress: Progress = silent) -> DrawnMap:
    """Draw a map.

    Raises
    ------
    BenangError
        For a score, weight or item that the map lacks (those it has are named), a file of colours that has wrong lines,
        or a place that can't be written to.
    """
    progress("Drawing", 0.0)
    drawn = request.map if isinstance(request.map, Map) else read_map(request.map)
    paths = tuple(dict.fromkeys(request.paths))
    with letters_noted(request.view.language, hands_on=False) as notes:
        plot_view(drawn, request.view, paths)
    progress("Drawing", 1.0)
    return DrawnMap(Account(notes=tuple(notes), files=paths), map_in_words(drawn, request.view))


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Files that a map goes to: data and pages, with the records behind items or without, and pictures."""

    paths: tuple[Path, ...] = ()
    records: bool = True
    view: View = View()  # noqa: RUF009 - it is frozen

    def check(self, inputs: Iterable[Input | None]) -> None:
        """Refuse output that would destroy what is read or other output, or that can't be written.

        Raises
        ------
        Misuse, BenangError
            As `check_outputs`, and for pages where the viewer was not built.
        """
        check_built(self.paths)
        check_outputs(self.paths, [*inputs, *self.view.files])


def write_map_files(
    map_: Map, outputs: Outputs, *, corpus: Corpus | None = None, progress: Progress = silent
) -> Account:
    """Write and draw a map, all files or none; return the account of it, each network file behind its map file.

    On a page the records have what the `corpus` says of them.

    Raises
    ------
    BenangError
        For an unknown suffix, and a file that can't be written.
    """
    progress("Drawing and writing", 0.0)
    paths = dict.fromkeys(outputs.paths)
    drawn = [path for path in paths if path.suffix.lower() in DRAWN]
    pages = [path for path in paths if path.suffix.lower() == PAGE]
    data = [path for path in paths if path not in {*drawn, *pages}]
    files = {**format_map(map_, *data, records=outputs.records).files}
    files |= {path: map_as_page(map_, path, outputs, corpus=corpus) for path in pages}
    whole = (*files, *drawn)
    notes: tuple[Note | Table, ...] = ()
    with replacing(*whole) as places:
        for place, content in zip(places, files.values(), strict=False):
            place.write_bytes(content)
        if drawn:
            request = DrawRequest(map=map_, view=outputs.view, paths=places[len(files) :])
            notes = draw_map(request, progress=part(progress, 0.2, 1.0)).account.notes
    return Account(notes=notes, files=whole)


def map_as_page(
    map_: Map, path: Path, outputs: Outputs, *, corpus: Corpus | None = None, notes: tuple[str, ...] = ()
) -> bytes:
    """Return the interactive page of a map; a map without a title has the name of the file.

    Raises
    ------
    BenangError
        For what the view names and the map lacks, and where the viewer was not built.
    """
    view = outputs.view
    return map_page(
        ShownMap(
            map=map_,
            title=path.stem.replace("_", " "),
            language=cast("Language", view.language),
            view=view,
            records=outputs.records,
            corpus=corpus,
            notes=notes,
        )
    )


def map_in_words(drawn: Map, view: View, *more: str) -> str:
    """Say what a map shows, for who can't see it, then `more` of it, then what every map owes its reader."""
    _, words, network = translator(view.language), Words(view.language), drawn.network
    _weight, sizes = choose_weight(network, view.weight)
    largest = "; ".join(network.labels[i] for i in np.argsort(-sizes, kind="stable")[:NAMED])
    sentences = [
        _("Map of {items} and {links} in {clusters}. Largest: {largest}.").format(
            items=words.count(len(drawn), "item"),
            links=words.count(network.n_links, "link"),
            clusters=words.count(drawn.n_clusters, "cluster"),
            largest=largest.removesuffix("."),
        )
    ]
    scores = network.scores.get(view.score or "")
    if view.view == "overlay" and scores is not None and not np.isnan(scores).all():
        sentences.append(
            _("Colour shows {score}, from {lowest} to {highest}.").format(
                score=words(view.score or ""), lowest=f"{np.nanmin(scores):.0f}", highest=f"{np.nanmax(scores):.0f}"
            )
        )
    return " ".join([*sentences, *more, *corpus_notes(drawn, words), *view.notes])


@dataclass(frozen=True, kw_only=True)
class Making:
    """How a network becomes a map: the arguments of `vos_map`, and how often clusters are looked for again.

    What is None is VOSviewer's preset; `stability` is 20 runs up to 500 items, else none.
    """

    normalization: Normalization = "association-strength"
    attraction: int | None = None
    repulsion: int | None = None
    resolution: float = 1.0
    starts: int = 1
    cluster_starts: int = 10
    seed: int = 0
    min_cluster_size: int = 1
    merge_small_clusters: bool = True
    stability: int | None = None


@dataclass(frozen=True, kw_only=True)
class MapRequest:
    """Exports and what a map of them shows.

    `in_place` counts one corpus folder or snapshot where it lies. `like` is an earlier map that this one is turned to.
    `drill` names an item whose records the account lists.
    """

    works: WorksRequest
    analysis: Analysis
    making: Making = Making()
    thesaurus: Input | None = None
    scores: Input | None = None
    in_place: bool = False
    like: Path | None = None
    drill: str | None = None
    outputs: Outputs = Outputs()

    @property
    def language(self) -> Language:
        """That of the account."""
        return self.works.language


@dataclass(frozen=True)
class MadeMap:
    """A map, what is behind the item that was asked for, and the account of both."""

    map: Map
    behind: Behind | None
    account: Account


def make_map(request: MapRequest, *, progress: Progress = silent) -> MadeMap:
    """Make a map of exports, and write and draw it.

    Raises
    ------
    Misuse
        For links, thresholds, scores and exponents that don't go together.
    BenangError
        For what can't be read, networks that are too small or too large, and files that can't be written.
    """
    check_request(request)
    earlier = read_map(request.like) if request.like else None
    thesaurus = read_thesaurus(request.thesaurus) if request.thesaurus else None
    works, network, analysis = _counted(request, thesaurus, part(progress, 0.0, 0.2))
    check_exponents(request.making, network)
    item_behind = behind(network, request.drill) if request.drill else None
    result = mapped(network, request.making, like=earlier, progress=part(progress, 0.2, 0.85))
    corpus = works.corpus if works else None
    written = write_map_files(result, request.outputs, corpus=corpus, progress=part(progress, 0.85, 1.0))
    return MadeMap(
        result, item_behind, _account(request, analysis, works, thesaurus, result, network, item_behind) + written
    )


def check_request(request: MapRequest) -> None:
    """Refuse what doesn't go together, before anything is read.

    Raises
    ------
    Misuse
        With what can be done instead.
    """
    analysis = request.analysis
    check_analysis(analysis)
    if request.scores is not None and not LINKS[analysis.linked_by].of_records:
        cited = in_words(analysis.items)
        whose = worded(
            "these are scores of the records that were read, but the map shows {cited} that they cite", cited=cited
        )
        raise Misuse(Problem(whose, where=argument("scores"), way_on="Leave them out, or choose other items."))
    check_exponents(request.making)
    if request.in_place:
        _check_in_place(request)
    read = [*request.works.files, request.thesaurus, request.scores, request.works.decisions]
    request.outputs.check([*read, *with_companions(request.like)])


def _check_in_place(request: MapRequest) -> None:
    """Refuse what only a corpus in memory can give."""
    files, option, items = request.works.files, argument("in_place"), request.analysis.items
    if len(files) != 1 or not isinstance(files[0], Path) or not files[0].is_dir():
        raise Misuse(
            worded("{option} takes one folder: a corpus (`benang records … -o FOLDER`) or a snapshot.", option=option)
        )
    if request.scores is not None:
        scores = argument("scores")
        raise Misuse(
            worded(
                "{scores} needs the records in memory: leave out {option} or {scores}.",
                scores=scores,
                option=option,
            )
        )
    if not KINDS[items].in_place:
        known = ", ".join(name for name, kind in KINDS.items() if kind.in_place)
        raise Misuse(
            worded("{option} can't count {items}: it counts {known}.", option=option, items=items, known=known)
        )


def check_exponents(making: Making, network: Network | None = None) -> None:
    """Refuse an attraction that isn't above the repulsion.

    Where one of them alone is given, what the other is preset to depends on the network: it is looked at when there is
    one.

    Raises
    ------
    Misuse
        With both.
    """
    attraction, repulsion = making.attraction, making.repulsion
    alone = (attraction is None) != (repulsion is None)
    if alone and network is not None:
        preset = default_exponents(network)
        attraction = preset[0] if attraction is None else attraction
        repulsion = preset[1] if repulsion is None else repulsion
    if attraction is None or repulsion is None or attraction > repulsion:
        return
    names = argument("attraction"), argument("repulsion")
    hint = worded(" One of them has its default value here: give both.") if alone else ""
    raise Misuse(
        worded(
            "{first} ({attraction}) must be greater than {second} ({repulsion}).{hint}",
            first=names[0],
            attraction=attraction,
            second=names[1],
            repulsion=repulsion,
            hint=hint,
        )
    )


def _counted(
    request: MapRequest, thesaurus: Thesaurus | None, progress: Progress
) -> tuple[ReadWorks | None, Network, Analysis]:
    """Return the works, the network of the analysis, and the analysis with the user's own scores."""
    if request.in_place:
        return None, _counted_in_place(request, thesaurus, progress), request.analysis
    works = read_works(request.works, progress=part(progress, 0.0, 0.5))
    analysis = request.analysis
    if request.scores is not None:
        analysis = replace(analysis, columns=read_score_columns(request.scores, works.corpus))
    progress("Counting co-occurrences", 0.5)
    return works, mappable_network(works.corpus, analysis, thesaurus), analysis


def _counted_in_place(request: MapRequest, thesaurus: Thesaurus | None, progress: Progress) -> Network:
    """Make the network without loading the corpus; names of authors and references count as printed."""
    analysis = request.analysis
    least = least_of(analysis, SMALL_CORPUS)  # the presets of a corpus that is not small
    of_documents = analysis.items == "documents"
    return folder_network(
        cast("Path", request.works.files[0]),
        items=cast("FolderItems", analysis.items),
        link=analysis.linked_by,
        engine=analysis.engine,
        counting=analysis.counting,
        min_occurrences=1 if of_documents else least[first_threshold(analysis.items)],
        min_citations=least["min_citations"] if of_documents or analysis.items != "references" else 0,
        top=analysis.top,
        components=analysis.components,
        most_per_record=analysis.most_per_record,
        thesaurus=thesaurus,
        records=request.outputs.records,
        progress=progress,
    )


def mapped(
    network: Network,
    making: Making,
    *,
    like: Map | None = None,
    placed: Map | None = None,
    keep: Literal["layout", "clusters"] | None = None,
    progress: Progress = silent,
) -> Map:
    """Lay a network out and cluster it, turn it to an earlier map, and say on its face how far its clusters hold.

    Parameters
    ----------
    network
        Links as counted.
    making
        How.
    like
        The earlier map.
    placed, keep
        A map of the same items, of which the `layout` or the `clusters` are kept; kept clusters are not looked for
        again.
    progress
        Called as layout and clustering go on.

    Raises
    ------
    BenangError
        As `vos_map`.
    """
    settings = {one.name: getattr(making, one.name) for one in fields(making)}
    runs, merge_small = settings.pop("stability"), settings.pop("merge_small_clusters")
    result = vos_map(
        network, **settings, merge_small=merge_small, placed=placed, keep=keep, progress=part(progress, 0.0, 0.9)
    )
    result = aligned(result, like) if like else result
    if keep == "clusters":
        return result
    return with_quick_stability(result, runs=runs, seed=making.seed, progress=part(progress, 0.9, 1.0))


def _account(
    request: MapRequest,
    analysis: Analysis,
    works: ReadWorks | None,
    thesaurus: Thesaurus | None,
    result: Map,
    network: Network,
    item_behind: Behind | None,
) -> Account:
    language = request.language
    _ = translator(language)
    there = _("Counted in place by {engine}: names and references as printed.")
    read = works.account if works else Account(read=(Note(there.format(engine=analysis.engine)),))
    remarks = [
        *(map_account.of_thesaurus(network, thesaurus, language) if thesaurus else ()),
        *map_account.of_missing_keywords(network, analysis.items, language),
    ]
    counts = [
        *(map_account.choice_counts(works, analysis, language) if works else ()),
        *map_account.size_counts(result, language),
        *map_account.left_out_counts(network, language),
        *map_account.quality_counts(result, language),
    ]
    notes = [
        *(map_account.of_threshold(network, works, analysis, thesaurus, language) if works else ()),
        *map_account.of_dropped_terms(network, language),
        *map_account.of_stability(result, language),
        *(map_account.of_behind(network, item_behind, language) if item_behind else ()),
    ]
    return read + Account(tuple(remarks), rows(counts, language), tuple(notes))
