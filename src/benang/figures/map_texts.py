"""Which items of a map may be named, and how their names read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, nearest
from benang.figures.label_lines import even_lines
from benang.figures.letters import printable
from benang.figures.style import POINTS_PER_MM
from benang.looks.appearance import cut_labels, label_sizes, relative_weights
from benang.looks.label_thresholds import label_thresholds
from benang.looks.view import View
from benang.maps.map import Map
from benang.network.network import Floats, Network

MOST_NAMED = 400
"""Items for whose labels places are sought: more than find room on a page, and few enough to seek with care."""

_CROWD = 500  # labels wanted from which on not all are tried
_LABEL_LENGTH = 30  # characters, VOSviewer's
_FEW_ITEMS, _LINE_LENGTH = 60, 22  # on a map with room, longer labels are broken into lines of so many characters
_ROUGHLY = (0.58, 1.2, 0.42)  # width of a letter and height of a line by the text's size; points to a pixel


@dataclass(frozen=True)
class Texts:
    """The labels as they are written, "" for items that are not to be named; and how many were to be.

    `crowded` says that only the most important of them are tried.
    """

    texts: tuple[str, ...]
    n_wanted: int
    crowded: bool = False


def texts_of(map_: Map, weights: Floats, view: View, shown: NDArray[np.bool_] | None = None) -> Texts:
    """Return the labels of a map; where very many are wanted, those that VOSviewer would show first.

    Half of these are the heaviest items, half those whose labels appear at the smallest zoom (`label_thresholds`), so
    that small items far from others are named too. `shown` are the items that lie on the page.

    Raises
    ------
    BenangError
        For an item to be named that the map lacks.
    """
    network = map_.network
    few = len(network) <= _FEW_ITEMS
    length = view.label_length if view.label_length is not None else _LABEL_LENGTH * (2 if few else 1)
    wanted = _wanted(network, view) & np.array([bool(label.strip()) for label in network.labels], np.bool_)
    if shown is not None:
        wanted &= shown
    if length <= 0 or not wanted.any():
        return Texts(("",) * len(network), 0)
    named = np.flatnonzero(wanted)
    crowded = len(named) > _CROWD
    if crowded:
        named = named[_most_important(map_.xy[named], weights[named], [network.labels[i] for i in named], view)]
    cut = [printable(text) for text in cut_labels([network.labels[i] for i in named], length)]
    texts = np.full(len(network), "", dtype=object)
    texts[named] = [even_lines(text, _LINE_LENGTH) for text in cut] if few else cut
    unwritten = sum(1 for text in cut if not text)
    return Texts(tuple(texts.tolist()), int(wanted.sum()) - unwritten, crowded)


def _wanted(network: Network, view: View) -> NDArray[np.bool_]:
    chosen = view.labels
    if isinstance(chosen, bool):
        return np.full(len(network), chosen)
    names = {chosen} if isinstance(chosen, str) else set(chosen)
    strangers = sorted(names - set(network.ids) - set(network.labels))
    if strangers:
        raise BenangError(
            *(
                Problem(
                    f"'{name}'", where="labels", expected="an item of the map", way_on=nearest(name, network.labels)
                )
                for name in strangers
            )
        )
    return np.array([item in names or label in names for item, label in zip(network.ids, network.labels, strict=True)])


def _most_important(xy: Floats, weights: Floats, labels: list[str], view: View) -> NDArray[np.intp]:
    """Return the places of the heaviest items and of those whose labels appear first, by falling weight."""
    letter, line, points = _ROUGHLY
    sizes = label_sizes(relative_weights(weights), variation=view.label_variation) * points
    lengths = np.array([min(len(label), _LABEL_LENGTH) for label in labels])
    spread = max(float(np.ptp(xy, axis=0).max()), 1e-12)
    thresholds = label_thresholds(
        xy * (view.width * POINTS_PER_MM / spread),
        np.stack([lengths * sizes * letter, sizes * line], axis=1),
        weights,
    )
    by_weight = np.argsort(-weights, kind="stable")
    rank = np.empty(len(weights), np.intp)
    rank[by_weight] = np.arange(len(weights))
    heaviest = rank < MOST_NAMED // 2
    first = np.lexsort((rank, np.where(heaviest, -1.0, thresholds)))[:MOST_NAMED]
    return np.sort(first)
