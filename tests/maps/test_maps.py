"""A map knows its items' origins and clusters, and under `benang` what is known of its making: read as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.maps.told import told

from benang.evidence import Step, version
from benang.kinds import Counting
from benang.maps import (
    UNTOLD,
    Agreement,
    Alignment,
    ClusteringRun,
    ClusterStability,
    DrawnAgreement,
    LayoutRun,
    Map,
    MapSettings,
    ResolutionRange,
    ResolutionStep,
    Spread,
    StabilityAccount,
    own_key,
    settings_of,
)
from benang.network import (
    ComponentsKept,
    NetworkSettings,
    RecordCounts,
    ReferenceMatching,
    TermChoice,
    ThesaurusUse,
    Thresholds,
)
from benang.network.network import Network, symmetric

pytestmark = pytest.mark.fast
PAIR = Network(("a", "b"), ("kota", "desa"), symmetric(2, [0], [1], [1.0]))
COUNTING: Counting = "fractional"
OF_NETWORK = NetworkSettings(
    COUNTING,
    RecordCounts(9, 8, 1, 7, 2, {"abstract": "assigned, machine"}),
    Thresholds(min_documents=2, min_citations=0, items=9, kept=5, top=4, max_words=3, components="largest"),
    ThesaurusUse("words.tsv", "ab12", 1, ("desa",)),
    ReferenceMatching("fuzzy", 0.9),
    TermChoice(("title", "abstract"), "auto", "binary", 0.6),
    ComponentsKept("largest", 2, 4, 5, 4, 1),
)
SPREAD = Spread(0.5, None, 1.0)
OF_MAP = MapSettings(
    version=version(),
    normalization="association-strength",
    layout=LayoutRun(2, 0, -1.5, 2, 0, (-1.5, -1.25), 1e-7),
    clustering=ClusteringRun(1.0, 0.5, 2, 10, 0, 1, False),
    aligned_to=Alignment(2, 0.99, 12.5, True, ((1, 2), (2, 1)), (3,), (), 3),
    cluster_names_lost=("trade",),
    stability=StabilityAccount(
        verdict="partly",
        over="records",
        runs=4,
        seed=0,
        normalization="association-strength",
        resolution=1.0,
        over_seeds=Agreement(SPREAD, SPREAD),
        over_records=DrawnAgreement(records=7, ari=SPREAD, ari_to_map=SPREAD),
        remarks=(),
        clusters=(ClusterStability(1, 2, 0.7, None, "partly"),),
        sweep=(ResolutionStep(1.0, 2, 0.5, None),),
        plateaus=(ResolutionRange("2 clusters", 0.5, 1.5, 2),),
        note="Read with care.",
    ),
    rest={"remark": ["kept"]},
)


def _map(cluster: list[int], **key: object) -> Map:
    return told(Map(PAIR, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array(cluster)), **key)


def test_origins_are_named_once_whichever_field_has_them() -> None:
    """Two fields, three times the same origin and once another: two origins."""
    fields = {"author_keywords": "assigned, machine", "abstract": "assigned"}

    assert _map([1, 1], corpus={"origins": fields}).origins == ("assigned", "machine")
    assert _map([1, 1]).origins == ()


def test_no_cluster_is_no_cluster() -> None:
    """Items under 0 belong to none, and none is not counted."""
    assert _map([0, 1]).n_clusters == 1
    assert _map([0, 0]).n_clusters == 0


def test_a_map_made_elsewhere_has_no_key() -> None:
    """Of its making nothing is known, so nothing is claimed."""
    assert own_key(PAIR, UNTOLD) is None


def test_what_was_not_done_is_not_told() -> None:
    """Without records, thresholds and thesaurus there are no such keys: an empty one would look like a choice."""
    key = own_key(PAIR, MapSettings(layout=LayoutRun(seed=0)))

    assert key is not None
    assert not {"corpus", "thresholds", "thesaurus", "components", "records", "history", "clustering"} & set(key)
    assert key["layout"] == {"seed": 0}


def test_all_that_is_told_is_read_again() -> None:
    """Each part comes back as it was, in the order in which files have it; what is not ours stands at the end."""
    network = replace(PAIR, settings=OF_NETWORK)

    key = own_key(network, OF_MAP)

    assert key is not None
    assert settings_of(key, ()) == (OF_NETWORK, OF_MAP)
    assert list(key) == [
        "format", "version", "items", "links", "unit", "counting", "normalization", "corpus", "thresholds", "thesaurus",
        "references", "terms", "components", "layout", "clustering", "aligned_to", "cluster_names_lost", "stability",
        "remark",
    ]  # fmt: skip
    assert key["normalization"] == "association strength"


def test_what_cannot_be_told_of_stability_stands_there_as_nothing() -> None:
    """A measure that no run gave is null in the file, which says that it was asked for."""
    key: dict[str, Any] = own_key(PAIR, OF_MAP) or {}

    assert key["stability"]["over_seeds"]["ari"] == {"mean": 0.5, "low": None, "high": 1.0}
    assert key["stability"]["plateaus"] == [{"name": "2 clusters", "from": 0.5, "to": 1.5, "clusters": 2}]


def test_what_only_the_history_of_a_file_tells_is_read_from_it() -> None:
    """Whether works were joined, and how many cases are told of as a group, have no key of their own."""
    steps = (Step("duplicates"), Step("code", {}, {"cases": 3, "cases_reported_as_group": 2}))
    of_network, _ = settings_of({"format": 1}, steps)

    assert (of_network.works, of_network.cases_reported_as_group) == (True, 2)


@pytest.mark.parametrize("count", ["two", None, {}, 10**400, True])
def test_a_count_in_a_history_that_is_none_counts_nothing(count: Any) -> None:
    """A file may hold anything."""
    assert settings_of({}, (Step("code", {}, {"cases_reported_as_group": count}),))[0].cases_reported_as_group == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("counting", "by hand"),
        ("corpus", []),
        ("layout", "round"),
        ("thresholds", {"items": "many"}),
        ("stability", {"clusters": [1]}),
        ("aligned_to", {"r2": 1}),
        ("layout", {"seed": 10**400, "objective": float("nan"), "attraction": float("inf")}),
        ("clustering", {"resolution": 10**400, "starts": True}),
        ("references", {"matching": 1, "threshold": "high"}),
        ("terms", {"fields": ["title", 2]}),
    ],
)
def test_what_has_another_form_is_kept_as_it_stands(name: str, value: object) -> None:
    """It is taken for not said, and written again."""
    of_network, of_map = settings_of({"format": 1, name: value}, ())

    assert (of_network, replace(of_map, rest={})) == (NetworkSettings(), UNTOLD)
    assert (own_key(replace(PAIR, settings=of_network), of_map) or {})[name] == value
