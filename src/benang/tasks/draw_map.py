"""Map → files: data, pages, and pictures as a view of it says, with an account; and what it shows in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from benang.figures.map_figures import plot_view
from benang.figures.map_words import Words, corpus_notes
from benang.files import Input, replacing
from benang.locale import Language, translator
from benang.looks.appearance import choose_weight
from benang.looks.view import View
from benang.map_files.exchange import format_map, read_map
from benang.maps.map import Map
from benang.progress import Progress, part, silent
from benang.records.corpus import Corpus
from benang.tasks.account import Account, Note, Table, letters_noted
from benang.tasks.outputs import check_outputs
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
