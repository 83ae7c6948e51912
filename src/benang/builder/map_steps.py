"""The maps of a review: each is made from the corpus or the codings, written as JSON, and read back from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from benang.builder.cache import Cache, key_of
from benang.builder.load import Loaded
from benang.builder.plan import AnyMap, CodeMap, DocumentMap, RecordMap, ReferenceMap, TermMap, TextTermMap
from benang.coding.coded import Coded
from benang.coding.networks import code_network
from benang.coding.placed import Placed
from benang.files import sha256
from benang.locale import Language
from benang.maps.exchange import read_map, write_map
from benang.maps.map import Map
from benang.maps.vos import Progress, vos_map
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.coupling import coupling_network
from benang.network.network import Network
from benang.network.selection import ComponentChoice
from benang.project.folder import content_hashes
from benang.terms.phrases import term_network
from benang.terms.text_network import text_term_network


def make_maps(loaded: Loaded, placed: Placed, language: Language, cache: Cache, progress: Progress) -> dict[str, Map]:
    """Make the maps of the plan that are not fresh, and return all of them as they stand in their files.

    A map just made is read back like one that was kept, so that what follows never depends on which of the two it is.
    """
    made: dict[str, Map] = {}
    inputs = _inputs(loaded)
    for at, plan in enumerate(loaded.plan.maps):
        progress(f"Map {plan.name}", at / max(len(loaded.plan.maps), 1))
        path = cache.out / "maps" / f"{plan.name}.json"

        def write(plan: AnyMap = plan, path: Path = path) -> None:
            write_map(_map(network_of(plan, loaded, placed, language), plan), path)

        spoken = language if isinstance(plan, CodeMap) else None
        cache.make(f"maps/{plan.name}", key_of(plan.model_dump(), inputs, spoken), [f"maps/{plan.name}.json"], write)
        made[plan.name] = read_map(path)
    return made


def network_of(plan: AnyMap, loaded: Loaded, placed: Placed, language: Language) -> Network:
    """Make the network that a map of the plan lays out; codes have their labels in the language."""
    if not isinstance(plan, CodeMap):
        return _of_records(plan, loaded)
    return code_network(
        Coded(loaded.codebook, loaded.cases, loaded.documents, placed),
        group=plan.codes,
        min_occurrences=plan.min_occurrences,
        top=plan.top,
        components=plan.components,
        language=language,
    )


def _of_records(plan: RecordMap | TermMap | TextTermMap | DocumentMap | ReferenceMap, loaded: Loaded) -> Network:
    corpus, thesaurus = loaded.corpus, loaded.thesaurus
    kept: _Kept = {"top": plan.top, "components": plan.components}
    if isinstance(plan, DocumentMap | ReferenceMap):
        make = coupling_network if isinstance(plan, DocumentMap) else cocitation_network
        least, matching = plan.min_citations, plan.reference_matching
        return make(corpus, matching=matching, counting=plan.counting, min_citations=least, **kept)
    if isinstance(plan, TermMap):
        words, least = plan.max_words, plan.min_occurrences
        return term_network(corpus, min_occurrences=least, max_words=words, thesaurus=thesaurus, **kept)
    if isinstance(plan, TextTermMap):
        share, least = plan.share, plan.min_occurrences
        return text_term_network(corpus, min_occurrences=least, share=share, thesaurus=thesaurus, **kept)
    return cooccurrence_network(
        corpus,
        items=plan.items,
        counting=plan.counting,
        min_occurrences=plan.min_occurrences,
        thesaurus=thesaurus,
        author_names=plan.author_names,
        **kept,
    )


class _Kept(TypedDict):
    """Which items every kind of network keeps."""

    top: int | None
    components: ComponentChoice


def _map(network: Network, plan: AnyMap) -> Map:
    return vos_map(
        network,
        attraction=plan.attraction,
        repulsion=plan.repulsion,
        resolution=plan.resolution,
        starts=plan.starts,
        seed=plan.seed,
        min_cluster_size=plan.min_cluster_size,
    )


def _inputs(loaded: Loaded) -> Mapping[str, object]:
    """Everything that a map may rest on, as hashes."""
    return {
        "files": content_hashes(loaded.folder, [path for path in loaded.folder.files if path != loaded.folder.plan]),
        "sources": loaded.plan.sources.model_dump(),
        "thesaurus": loaded.thesaurus.sha256 if loaded.thesaurus else sha256(""),
    }
