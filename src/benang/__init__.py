"""Benang: a workbench for literature reviews that map a field and say what its papers found.

The public API on one screen. Each name is loaded when it is first used, so that importing benang costs nothing.

>>> import benang
>>> corpus = benang.read("my-export.ris")                      # doctest: +SKIP
>>> network = benang.cooccurrence_network(corpus, items="author-keywords", min_occurrences=5)   # doctest: +SKIP
>>> benang.write_map(benang.vos_map(network), "my-map.json")   # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from benang.builder.review import build as build
    from benang.figures.map_figures import plot_density as plot_density
    from benang.figures.map_figures import plot_map as plot_map
    from benang.figures.map_figures import plot_overlay as plot_overlay
    from benang.maps.clustering import leiden_clustering as leiden_clustering
    from benang.maps.exchange import read_map as read_map
    from benang.maps.exchange import write_map as write_map
    from benang.maps.layout import vos_layout as vos_layout
    from benang.maps.vos import vos_map as vos_map
    from benang.network.cooccurrence import cooccurrence_network as cooccurrence_network
    from benang.network.normalization import association_strength as association_strength
    from benang.readers.registry import read as read

_HOME = {
    "read": "readers.registry",
    "cooccurrence_network": "network.cooccurrence",
    "association_strength": "network.normalization",
    "vos_layout": "maps.layout",
    "leiden_clustering": "maps.clustering",
    "vos_map": "maps.vos",
    "plot_map": "figures.map_figures",
    "plot_overlay": "figures.map_figures",
    "plot_density": "figures.map_figures",
    "read_map": "maps.exchange",
    "write_map": "maps.exchange",
    "build": "builder.review",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'benang' has no attribute '{name}'")
    return getattr(importlib.import_module(f"benang.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
