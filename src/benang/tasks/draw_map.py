"""Map → pictures: drawn as a view of it says, with an account, and the same told in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benang.figures.map_figures import plot_view
from benang.figures.map_words import Words, corpus_notes
from benang.locale import translator
from benang.looks.appearance import choose_weight
from benang.looks.view import View
from benang.map_files.exchange import read_map
from benang.maps.map import Map
from benang.progress import Progress, silent
from benang.tasks.account import Account, letters_noted

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
    with letters_noted() as notes:
        plot_view(drawn, request.view, request.paths)
    progress("Drawing", 1.0)
    return DrawnMap(Account(notes=tuple(notes), files=request.paths), map_in_words(drawn, request.view))


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
