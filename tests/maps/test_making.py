"""One call makes a map of a network, with VOSviewer's presets and an account of its making."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benang.errors import BenangError
from benang.kinds import RecordItems
from benang.map_files import read_map, write_map
from benang.maps import ClusteringRun, LayoutRun, Map
from benang.maps.making import default_exponents, vos_map
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network, symmetric
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import FileAccount, Ledger, Record, SetAside
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import term_network


def corpus() -> Corpus:
    """Make four records about towns and four about budgets, and one that joins them."""
    towns, budgets = ("kota", "desa", "pulau"), ("anggaran", "pajak", "audit")
    words = [towns, towns, towns[:2], towns[1:], budgets, budgets, budgets[:2], budgets[1:], ("kota", "pajak")]
    origins = {"author_keywords": "assigned"}
    records = [
        Record(
            f"r{i}",
            title=" ".join(held),
            author_keywords=held,
            index_keywords=held,
            year=2015 + i,
            authors=("Sari", f"P{i}"),
            origins=origins,
        )
        for i, held in enumerate(words)
    ]
    account = FileAccount("a.ris", "RIS", "", found=10, read=9, set_aside=(SetAside(10, 99, "no title"),))
    return corpus_of(records, ledger=Ledger((account,)))


@pytest.mark.parametrize(
    ("items", "exponents"),
    [
        ("authors", (2, -1)),
        ("author-keywords", (2, 0)),
        ("index-keywords", (2, 0)),
        ("keywords", (2, 0)),
    ],
)
def test_exponents_follow_from_what_is_linked(items: RecordItems, exponents: tuple[int, int]) -> None:
    """Co-authorship and keywords have presets of their own."""
    assert default_exponents(cooccurrence_network(corpus(), items=items)) == exponents


def test_exponents_of_everything_else_are_2_and_1() -> None:
    """Terms, and networks of which nothing is known."""
    assert default_exponents(term_network(corpus(), min_occurrences=1)) == (2, 1)
    assert default_exponents(Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]))) == (2, 1)


def test_codes_are_laid_out_as_keywords() -> None:
    """Codes are a reviewer's keywords."""
    links = symmetric(2, [0], [1], [1.0])
    network = Network(("a", "b"), ("a", "b"), links, item_kind="codes", link_kind="co-occurrence")
    assert default_exponents(network) == (2, 0)


def test_groups_that_hang_together_are_clusters() -> None:
    """Towns and budgets fall apart, and lie closer to their own than to the others."""
    made = vos_map(cooccurrence_network(corpus()))
    groups = {made.network.labels[i]: int(made.cluster[i]) for i in range(len(made))}
    assert groups["kota"] == groups["desa"] == groups["pulau"] != groups["pajak"]
    assert groups["anggaran"] == groups["pajak"] == groups["audit"]
    place = {label: made.xy[i] for i, label in enumerate(made.network.labels)}
    assert np.linalg.norm(place["desa"] - place["pulau"]) < np.linalg.norm(place["desa"] - place["audit"])


def test_weights_are_those_of_the_network_as_counted() -> None:
    """The normalised strengths decide on places only."""
    network = cooccurrence_network(corpus())
    made = vos_map(network)
    assert np.array_equal(made.network.links.toarray(), network.links.toarray())
    assert made.network.weights["Occurrences"].tolist() == network.weights["Occurrences"].tolist()


def test_a_map_tells_how_it_was_made(tmp_path: Path) -> None:
    """The `benang` key names records, thresholds, thesaurus, layout and clustering, and comes back from the file."""
    network = cooccurrence_network(
        corpus(),
        counting="fractional",
        min_occurrences=2,
        top=6,
        thesaurus=Thesaurus((("dusun", "desa"),), "t.tsv", "ab12"),
    )
    made = vos_map(network, seed=5, resolution=0.5)
    write_map(made, tmp_path / "m.json")
    key = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["benang"]
    assert (key["format"], key["items"], key["links"]) == (1, "author-keywords", "co-occurrence")
    assert (key["counting"], key["normalization"]) == ("fractional", "association strength")
    assert key["corpus"] == {
        "found": 10,
        "read": 9,
        "set_aside": 1,
        "records": 9,
        "records_without_items": 0,
        "origins": {"author_keywords": "assigned"},
    }
    assert key["thresholds"] == {"min_occurrences": 2, "items": 6, "kept": 6, "top": 6, "components": "largest"}
    assert key["thesaurus"] == {"file": "t.tsv", "sha256": "ab12", "dropped": 0, "unmatched": ["dusun"]}
    assert key["components"] == {"keep": "largest", "components": 1, "largest": 6, "items": 6, "kept": 6, "dropped": 0}
    assert {name: key["layout"][name] for name in ("attraction", "repulsion", "seed")} == {
        "attraction": 2,
        "repulsion": 0,
        "seed": 5,
    }
    assert key["layout"]["objective"] == min(key["layout"]["objectives"])
    assert (key["clustering"]["resolution"], key["clustering"]["n_clusters"]) == (0.5, made.n_clusters)
    assert [record["key"] for record in key["records"]] == [f"r{i}" for i in range(9)]
    assert key["records"][0]["citation"] == "Sari and P0 (2015)"
    assert [step["step"] for step in key["history"]] == [
        "items",
        "threshold",
        "top",
        "components",
        "links",
        "normalize",
        "layout",
        "cluster",
    ]
    write_map(read_map(tmp_path / "m.json"), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "m.json").read_bytes()


def test_exponents_can_be_chosen() -> None:
    """One given, the other is the preset."""
    made = vos_map(cooccurrence_network(corpus()), repulsion=1)
    assert (made.settings.layout.attraction, made.settings.layout.repulsion) == (2, 1)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """A map can be made again."""
    for name in ("one.json", "two.json"):
        write_map(vos_map(cooccurrence_network(corpus()), seed=3), tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (Network((), (), symmetric(0, [], [], [])), "A map needs at least two items; this network has none"),
        (Network(("a",), ("kota",), symmetric(1, [], [], [])), r"this network has one \('kota'\)"),
        (Network(("a", "b"), ("a", "b"), symmetric(2, [], [], [])), "No two of the 2 items occur together"),
    ],
)
def test_what_is_no_network_is_no_map(network: Network, message: str) -> None:
    """The message says what is missing and what to do."""
    with pytest.raises(BenangError, match=message):
        vos_map(network)


def test_citation_of_documents_and_topics_have_vosviewers_repulsion() -> None:
    """0 for both, as for keywords (manual, footnote 10); 1 for citation between sources."""
    pair = symmetric(2, [0], [1], [1.0])
    kinds = (("documents", "citation"), ("topics", "co-occurrence"), ("sources", "citation"), ("documents", "coupling"))
    found = [
        default_exponents(Network(("a", "b"), ("a", "b"), pair, item_kind=items, link_kind=link))
        for items, link in kinds
    ]
    assert found == [(2, 0), (2, 0), (2, 1), (2, 1)]


TWO_PAIRS = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0]))


def test_modularity_is_newmans() -> None:
    """Q of two pairs tied by one: 18/19 − (19² + 19²)/38² = 0.447; in the map as its quality V."""
    made = vos_map(TWO_PAIRS, normalization="modularity")
    assert made.cluster.tolist() == [1, 1, 2, 2]
    assert made.settings.clustering.quality == pytest.approx(18 / 19 - 2 * 19**2 / 38**2)
    assert made.settings.clustering.resolution == 1
    assert made.settings.normalization == "modularity"


def test_what_is_kept_of_a_map_stays_as_it_was() -> None:
    """Places where only clusters are made, clusters and their names where only the layout is."""
    before = Map(TWO_PAIRS, np.arange(8.0).reshape(4, 2), np.array([2, 2, 1, 1]), {1: "late", 2: "early"})
    places = vos_map(TWO_PAIRS, placed=before, keep="layout")
    clusters = vos_map(TWO_PAIRS, placed=before, keep="clusters")
    assert (places.xy.tolist(), places.cluster.tolist(), places.settings.layout) == (
        before.xy.tolist(),
        [1, 1, 2, 2],
        LayoutRun(),
    )
    assert (clusters.cluster.tolist(), clusters.cluster_labels) == ([2, 2, 1, 1], {1: "late", 2: "early"})
    assert clusters.settings.clustering == ClusteringRun()
