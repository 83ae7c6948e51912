"""Benang: a workbench for literature reviews that map a field and say what its papers found.

The public API on one screen. Each name is loaded when it is first used, so that importing benang costs nothing.

>>> import benang
>>> records = benang.read("scopus.csv", "web-of-science.txt")                                   # doctest: +SKIP
>>> works = benang.joined(records, benang.find_duplicates(records))                             # doctest: +SKIP
>>> benang.write_records(works, "works.ris")                                                    # doctest: +SKIP
>>> network = benang.cooccurrence_network(works, items="author-keywords", min_occurrences=5)    # doctest: +SKIP
>>> benang.write_map(benang.vos_map(network), "my-map.json")                                    # doctest: +SKIP
"""

from __future__ import annotations

import importlib
import sys

__version__ = "0.1.0"

TYPE_CHECKING = False  # `typing` itself takes longer to load than all else until the command line hears signals

if TYPE_CHECKING:
    from benang.analyses import analysis_network as analysis_network
    from benang.analyses import threshold_table as threshold_table
    from benang.clusters import leiden_clustering as leiden_clustering
    from benang.figures.map_figures import plot_density as plot_density
    from benang.figures.map_figures import plot_difference as plot_difference
    from benang.figures.map_figures import plot_map as plot_map
    from benang.figures.map_figures import plot_overlay as plot_overlay
    from benang.figures.small_multiples import plot_slices as plot_slices
    from benang.figures.stability_figures import plot_stability as plot_stability
    from benang.indicators import describe as describe
    from benang.layout import vos_layout as vos_layout
    from benang.map_files import read_map as read_map
    from benang.map_files import write_map as write_map
    from benang.maps.cluster_labels import propose_labels as propose_labels
    from benang.maps.comparison import aligned as aligned
    from benang.maps.comparison import map_difference as map_difference
    from benang.maps.graphs import map_from as map_from
    from benang.maps.graphs import to_arrow as to_arrow
    from benang.maps.graphs import to_igraph as to_igraph
    from benang.maps.graphs import to_networkx as to_networkx
    from benang.maps.graphs import to_pandas as to_pandas
    from benang.maps.graphs import to_polars as to_polars
    from benang.maps.graphs import to_scipy as to_scipy
    from benang.maps.making import vos_map as vos_map
    from benang.maps.slices import time_slices as time_slices
    from benang.maps.stability import map_stability as map_stability
    from benang.network import Analysis as Analysis
    from benang.network.citation import citation_network as citation_network
    from benang.network.citation import coupling_network as coupling_network
    from benang.network.cocitation import cocitation_network as cocitation_network
    from benang.network.cooccurrence import cooccurrence_network as cooccurrence_network
    from benang.network.graphs import network_from as network_from
    from benang.network.network import behind as behind
    from benang.network.strengths import association_strength as association_strength
    from benang.network.strengths import normalized as normalized
    from benang.notebook import show as show
    from benang.readers.registry import Choices as Choices
    from benang.readers.registry import read as read
    from benang.readers.registry import read_files as read_files
    from benang.records.authors import authors as authors
    from benang.records.countries import country_of as country_of
    from benang.records.duplicates import find_duplicates as find_duplicates
    from benang.records.duplicates.files import read_decisions as read_decisions
    from benang.records.duplicates.joining import joined as joined
    from benang.records.frames import corpus_from as corpus_from
    from benang.records.organizations import organizations as organizations
    from benang.records.proposals import propose as propose
    from benang.records.references.matching import match_references as match_references
    from benang.records.thesaurus import read_thesaurus as read_thesaurus
    from benang.tasks.build.building import build as build
    from benang.terms.text_network import text_term_network as text_term_network
    from benang.writers import write_records as write_records

_HOME = {
    # exports → records
    "Choices": "readers.registry",
    "read": "readers.registry",
    "read_files": "readers.registry",
    # records → works
    "find_duplicates": "records.duplicates",
    "joined": "records.duplicates.joining",
    "read_decisions": "records.duplicates.files",
    "write_records": "writers",
    # who, where, and which labels mean the same
    "authors": "records.authors",
    "organizations": "records.organizations",
    "country_of": "records.countries",
    "propose": "records.proposals",
    "read_thesaurus": "records.thesaurus",
    # works → figures of the corpus
    "describe": "indicators",
    # works → networks
    "match_references": "records.references.matching",
    "cooccurrence_network": "network.cooccurrence",
    "text_term_network": "terms.text_network",
    "coupling_network": "network.citation",
    "cocitation_network": "network.cocitation",
    "citation_network": "network.citation",
    "Analysis": "network",
    "analysis_network": "analyses",
    "threshold_table": "analyses",
    "behind": "network.network",
    # networks → maps
    "association_strength": "network.strengths",
    "normalized": "network.strengths",
    "vos_map": "maps.making",
    "vos_layout": "layout",
    "leiden_clustering": "clusters",
    "map_stability": "maps.stability",
    "propose_labels": "maps.cluster_labels",
    "aligned": "maps.comparison",
    "time_slices": "maps.slices",
    "map_difference": "maps.comparison",
    # maps → pictures and files
    "plot_map": "figures.map_figures",
    "plot_overlay": "figures.map_figures",
    "plot_density": "figures.map_figures",
    "plot_slices": "figures.small_multiples",
    "plot_difference": "figures.map_figures",
    "plot_stability": "figures.stability_figures",
    "read_map": "map_files",
    "write_map": "map_files",
    # maps in a notebook
    "show": "notebook",
    # notebooks: frames and graphs of other libraries, there and back
    "to_pandas": "maps.graphs",
    "to_polars": "maps.graphs",
    "to_arrow": "maps.graphs",
    "to_networkx": "maps.graphs",
    "to_igraph": "maps.graphs",
    "to_scipy": "maps.graphs",
    "corpus_from": "records.frames",
    "network_from": "network.graphs",
    "map_from": "maps.graphs",
    # a review's folder → its report
    "build": "tasks.build.building",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'benang' has no attribute '{name}'")
    return getattr(importlib.import_module(f"benang.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


if "IPython" in sys.modules:  # a notebook: what is made there shows as a table or a picture
    importlib.import_module("benang.notebook").register()
