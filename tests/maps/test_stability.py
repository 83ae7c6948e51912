"""Clear clusters are found again whatever is drawn, those of noise aren't, and a map says which it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from tests.maps.networks import scattered, two_cliques

from benang.clusters.clustering import leiden_clustering
from benang.errors import BenangError
from benang.maps.map import ClusteringRun, ClusterStability, Map, MapSettings, StabilityAccount
from benang.maps.stability import map_stability
from benang.maps.stability_account import SCORE, stability_account, stability_note, with_stability
from benang.network.network import Network, symmetric, with_link_weights
from benang.network.strengths import association_strength


def two_fields(records: int = 60, size: int = 6) -> Map:
    """Draw records of two fields that share nothing but one word in one record."""
    rng = np.random.default_rng(1)
    incidence = np.zeros((records, 2 * size))
    for record in range(records):
        field = record % 2
        incidence[record, field * size + rng.choice(size, 4, replace=False)] = 1
    incidence[0, size] = 1
    return a_map(incidence)


def noise(records: int = 60, items: int = 20) -> Map:
    """Draw records that hold items at random."""
    rng = np.random.default_rng(2)
    incidence = np.zeros((records, items))
    for record in range(records):
        incidence[record, rng.choice(items, 4, replace=False)] = 1
    return a_map(incidence)


def a_map(incidence: np.ndarray) -> Map:
    """Count and cluster."""
    counted = incidence.T @ incidence
    names = tuple(f"i{i}" for i in range(incidence.shape[1]))
    network = with_link_weights(
        Network(
            names,
            names,
            sparse.csr_array(counted - np.diag(np.diag(counted))),
            {"Occurrences": incidence.sum(axis=0)},
            records=tuple(f"r{i}" for i in range(len(incidence))),
            incidence=sparse.csr_array(incidence),
        )
    )
    return Map(network, np.zeros((len(names), 2)), leiden_clustering(association_strength(network)).cluster)


def test_two_clear_fields_are_stable() -> None:
    """Every item stays with its mates in every run, over seeds and over records: co-assignment and Jaccard 1."""
    found = map_stability(two_fields(), runs=20)
    assert found.records is not None
    for runs in (found.seeds, found.records):
        assert runs.co_assignment.tolist() == [1.0] * 12
        assert runs.jaccard.tolist() == [1.0, 1.0]
        assert runs.ari_to_map.tolist() == [1.0] * 20
        assert runs.ari.tolist() == [1.0] * 190
    assert found.verdict == "stable"
    assert stability_note(stability_account(found)) is None
    assert (found.n_records, found.unit, found.why_not) == (60, "records", "")


def test_items_at_random_are_unstable() -> None:
    """Drawn anew, the clusters are others, and the map says so."""
    found = map_stability(noise(), runs=20)
    assert found.records is not None
    assert found.records.ari.mean() < 0.3
    assert found.verdict == "unstable"
    assert "unstable" in str(stability_note(stability_account(found)))
    assert "tidak stabil" in str(stability_note(stability_account(found), "id"))


def test_a_map_without_records_is_clustered_with_other_seeds_alone() -> None:
    """What VOSviewer made says why its records can't be drawn; the figures are those over seeds."""
    made = two_fields()
    bare = replace(made, network=replace(made.network, incidence=None, records=()))
    found = map_stability(bare, runs=5)
    assert found.records is None
    assert "in which records" in found.why_not
    assert found.co_assignment.tolist() == found.seeds.co_assignment.tolist() == [1.0] * 12
    assert stability_account(found).over == "seeds"


def test_the_same_seed_gives_the_same_figures() -> None:
    """All of it, to the last digit; another seed draws other records."""
    one, same, other = (map_stability(noise(), runs=6, seed=seed) for seed in (3, 3, 4))
    assert stability_account(one) == stability_account(same)
    assert one.records is not None
    assert other.records is not None
    assert one.records.ari.tolist() != other.records.ari.tolist()


def test_the_maps_own_settings_are_used() -> None:
    """A map made at resolution 0 of one component is one cluster, and stays so with every seed."""
    made = noise()
    run = MapSettings(clustering=ClusteringRun(resolution=1e-9))
    whole = replace(made, cluster=np.ones(len(made), np.int64), settings=run)
    found = map_stability(whole, runs=4)
    assert (found.seeds.partitions == 1).all()
    assert found.settings.resolution == 1e-9


def test_modularity_is_clustered_as_modularity() -> None:
    """The resolution goes over the sum of the weights, so that 1 gives the two cliques, not single items."""
    network = Network(tuple("abcdefgh"), tuple("abcdefgh"), sparse.csr_array(two_cliques(4, 1.0)))
    made = Map(
        network,
        np.zeros((8, 2)),
        np.array([1] * 4 + [2] * 4),
        settings=MapSettings(normalization="modularity", clustering=ClusteringRun(resolution=1.0)),
    )
    assert map_stability(made, runs=3).seeds.ari_to_map.tolist() == [1.0] * 3


def test_a_map_carries_its_stability() -> None:
    """The score of each item, and counts, seed, runs and figures under `stability`; the rest stays as it was."""
    made = two_fields()
    told = with_stability(made, map_stability(made, runs=4, seed=9))
    assert told.network.scores[SCORE].tolist() == [1.0] * 12
    account = told.settings.stability
    assert account is not None
    assert account.over_records.ari is not None
    assert (account.seed, account.over_records.records, account.over_records.ari.mean) == (9, 60, 1.0)
    assert account.clusters == tuple(ClusterStability(c, 6, 1.0, 1.0, "stable") for c in (1, 2))
    assert told.cluster.tolist() == made.cluster.tolist()


def test_an_item_without_mates_has_no_co_assignment() -> None:
    """A cluster of one can be found again, but its item has nobody to stay with."""
    network = Network(("a", "b", "c"), ("a", "b", "c"), symmetric(3, [0], [1], [4.0]))
    found = map_stability(Map(network, np.zeros((3, 2)), np.array([1, 1, 2])), runs=3)
    assert found.jaccard.tolist() == [1.0, 1.0]
    assert np.isnan(found.co_assignment).tolist() == [False, False, True]


def test_a_note_names_the_clusters_that_do_not_hold() -> None:
    """Of a map stable in part those below 0.75, of a stable one those below 0.60, with the word for what was drawn."""

    def note(verdict: str, over: str, jaccard: Sequence[float]) -> str | None:
        clusters = tuple(ClusterStability(at, 5, one, None, None) for at, one in enumerate(jaccard, 1))
        account = StabilityAccount(
            verdict=verdict, over=over, remarks=(), clusters=clusters, sweep=(), plateaus=(), note=None
        )
        return stability_note(account)

    assert note("partly", "records", (0.9, 0.7, 0.5)) == ("Not stable when records are drawn anew: clusters 2 and 3.")
    assert note("stable", "seeds", (0.9, 0.7, 0.5)) == ("Not stable when clustered again with other seeds: cluster 3.")
    assert note("partly", "records", (0.5,) * 12) == "Not stable when records are drawn anew: 12 clusters."
    assert note("", "records", ()) is None


def test_progress_is_told_to_its_end() -> None:
    """The share done never falls, and ends at 1."""
    shares: list[float] = []
    map_stability(two_fields(), runs=3, progress=lambda _what, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


@pytest.mark.parametrize(
    ("made", "runs", "said"),
    [
        (two_fields(), 1, "runs: .* found 1"),
        (replace(two_fields(), cluster=np.zeros(12, np.int64)), 5, "no cluster"),
        (
            Map(Network(("a", "b"), ("a", "b"), symmetric(2, [], [], [])), np.zeros((2, 2)), np.ones(2, np.int64)),
            5,
            "without links",
        ),
    ],
)
def test_what_cannot_be_clustered_again_is_said(made: Map, runs: int, said: str) -> None:
    """Maps without links or clusters, and a number of runs that can't be compared, are refused."""
    with pytest.raises(BenangError, match=said):
        map_stability(made, runs=runs)


def test_a_scattered_network_of_one_seed_is_compared_over_seeds() -> None:
    """Without records the agreement between seeds alone decides, and it is what it is: between −1 and 1."""
    names = tuple(str(i) for i in range(60))
    network = Network(names, names, scattered(60, seed=8, degree=8))
    made = Map(network, np.zeros((60, 2)), leiden_clustering(association_strength(network)).cluster)
    found = map_stability(made, runs=8)
    assert len(found.seeds.ari) == 28
    assert found.verdict in {"partly", "unstable"}
