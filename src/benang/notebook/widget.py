"""A map in a cell of a notebook, with the selection in Python: an anywidget, which the extra `widget` installs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import anywidget
import traitlets

from benang.errors import unknown
from benang.maps import Map
from benang.network.network import behind
from benang.records.corpus import Corpus, corpus_of
from benang.viewer.data import ShownMap
from benang.viewer.page import packed_page, viewer_script


@dataclass(frozen=True)
class Selection:
    """What is selected on a map: items by id and label, the keys of the records behind them, and these records.

    `corpus` is None where the map was shown without one.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    records: tuple[str, ...]
    corpus: Corpus | None = None


class MapWidget(anywidget.AnyWidget):
    """A map that is shown, as `bn.show` returns it.

    `selected` are the ids of the items that are selected: set it, to ids or labels, and the map follows.
    `selected_records` are the keys of the records behind them: of an item, of a link, or what several items share.
    """

    _esm = viewer_script("widget.js")
    _page = traitlets.Bytes().tag(sync=True)
    _pixels = traitlets.Int(560).tag(sync=True)
    _link = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected = traitlets.List(traitlets.Unicode()).tag(sync=True)
    selected_records = traitlets.List(traitlets.Unicode(), read_only=True)

    def __init__(self, shown: ShownMap, *, pixels: int) -> None:
        self._shown = shown
        super().__init__(_page=packed_page(shown), _pixels=pixels)

    @property
    def map(self) -> Map:
        """The map that is shown."""
        return self._shown.map

    @property
    def selection(self) -> Selection:
        """What is selected, with labels and records."""
        network, corpus = self.map.network, self._shown.corpus
        ids, keys = tuple(self.selected), tuple(self.selected_records)
        labels = tuple(network.labels[network.index(one)] for one in ids)
        found = None if corpus is None else corpus_of(corpus.record(key) for key in keys if corpus.has(key))
        return Selection(ids, labels, keys, found)

    @traitlets.validate("selected")
    def _named(self, proposal: dict[str, Any]) -> list[str]:
        network = self.map.network
        try:
            return [network.ids[network.index(name)] for name in proposal["value"]]
        except KeyError as error:
            raise unknown(str(error.args[0]), network.labels, where="selected", expected="an item of the map") from None

    @traitlets.observe("selected", "_link")
    def _follow(self, _change: object) -> None:
        self.set_trait("selected_records", list(self._records(self.selected)))

    def _records(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the records that the map's own panel lists."""
        network = self.map.network
        if network.incidence is None or not ids:
            return ()
        if len(ids) == 2 and self._link == ids:
            return behind(network, *ids).records
        shared = set.intersection(*(set(network.records_of(one)) for one in ids))
        return tuple(key for key in network.records if key in shared)
