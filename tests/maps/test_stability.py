"""Clear clusters are found again whatever is drawn, those of noise no more than chance has it, and a map says which."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from tests.maps.networks import scattered, two_cliques

from benang.clusters import leiden_clustering
from benang.errors import BenangError
from benang.maps import (
    Agreement,
    ChanceAgreement,
    ClusteringRun,
    ClusterStability,
    DrawnAgreement,
    Map,
    MapSettings,
    Spread,
    StabilityAccount,
)
from benang.maps.remaking import shuffled
from benang.maps.stability import map_stability
from benang.maps.stability_account import (
    SCORE,
    stability_account,
    stability_note,
    stability_sentence,
    with_stability,
)
from benang.network.citation import coupling_network
from benang.network.network import Network, symmetric, with_link_weights
from benang.network.strengths import association_strength
from benang.records.corpus import corpus_of
from benang.records.record import Record


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


def fields(number: int, seed: int, *, size: int = 10, per_record: int = 4) -> Map:
    """Draw 60 records of each of several fields of words; a third of the records has a word of any field, too."""
    rng = np.random.default_rng(seed)
    incidence = np.zeros((60 * number, number * size))
    for record in range(len(incidence)):
        incidence[record, record % number * size + rng.choice(size, per_record, replace=False)] = 1
        if record % 3 == 0:
            incidence[record, rng.integers(number * size)] = 1
    return a_map(incidence)


def mixed(seed: int, *, records: int = 200, items: int = 40) -> Map:
    """Draw records of two to six items that differ in how frequent they are and in nothing else."""
    rng = np.random.default_rng(seed)
    share = np.arange(1, items + 1) ** -0.7
    incidence = np.zeros((records, items))
    for record in range(records):
        incidence[record, rng.choice(items, rng.integers(2, 7), replace=False, p=share / share.sum())] = 1
    return a_map(incidence)


@pytest.mark.parametrize("seed", range(3))
def test_planted_fields_are_stable(seed: int) -> None:
    """Four fields of ten words come out as four clusters, far firmer than chance, and nothing is doubtful."""
    found = map_stability(fields(4, seed), runs=20)

    assert (found.verdict, set(found.verdicts), len(found.clusters)) == ("stable", {"stable"}, 4)
    assert found.chance is not None
    assert found.chance.ari_to_map.max() < 0.4
    assert found.jaccard.min() > 0.9 > 0.6 > found.jaccard_by_chance.max()


@pytest.mark.parametrize("seed", range(3))
def test_items_at_random_are_unstable(seed: int) -> None:
    """Drawn anew, the clusters are found no more than those of shuffled records, and the map says so."""
    found = map_stability(mixed(seed), runs=20)

    assert found.verdict == "unstable"
    account = stability_account(found)
    assert "hardly firmer than chance (agreement" in str(stability_note(account))
    assert "hampir tidak lebih kokoh daripada hasil kebetulan" in str(stability_note(account, "id"))


def test_one_field_beside_words_at_random_is_the_only_stable_cluster() -> None:
    """Ten words have records of their own; forty others, which records hold at random, are parted all the same."""
    rng = np.random.default_rng(4)
    incidence = np.zeros((300, 50))
    for record in range(300):
        words = rng.choice(40, 4, replace=False) if record % 3 else 40 + rng.choice(10, 4, replace=False)
        incidence[record, words] = 1
        incidence[record, rng.integers(50)] = 1
    made = a_map(incidence)
    cluster = leiden_clustering(association_strength(made.network), resolution=1.2).cluster
    settings = MapSettings(clustering=ClusteringRun(resolution=1.2))

    found = map_stability(replace(made, cluster=cluster, settings=settings), runs=20)

    field = int(cluster[40])
    verdicts = dict(zip(found.clusters.tolist(), found.verdicts, strict=True))
    assert np.flatnonzero(cluster == field).tolist() == list(range(40, 50))
    assert len(verdicts) > 2
    assert [number for number, verdict in verdicts.items() if verdict == "stable"] == [field]
    note = str(stability_note(stability_account(found)))
    assert note.startswith("As a whole, the clusters are hardly firmer than chance (agreement ")
    assert note.endswith(f"read them as one grouping among many. Stable all the same: {field}.")


def test_clusters_that_chance_finds_again_as_well_are_not_stable() -> None:
    """Each record has words of its own, so that draws find it again whole; so they do when the words are shuffled."""
    incidence = np.hstack([np.ones((12, 1)), np.kron(np.eye(12), np.ones((1, 5)))])

    found = map_stability(a_map(incidence), runs=20)

    assert found.jaccard.mean() > 0.9
    assert found.jaccard_by_chance.tolist() == [1.0] * 12
    assert (found.verdict, set(found.verdicts)) == ("unstable", {"unstable"})


def test_one_cluster_is_not_compared_with_chance() -> None:
    """Whatever is shuffled is one cluster again: it is found as it is, and that is all there is to say."""
    found = map_stability(a_map(np.ones((10, 4))), runs=5)

    assert (found.chance, found.verdict) == (None, "stable")


def test_shuffled_records_keep_their_lengths_and_items_their_records() -> None:
    """Also where items are in nearly all records; what occurs together is not what did before."""
    network = fields(2, 0).network
    rng = np.random.default_rng(3)
    crowded = a_map(np.hstack([np.ones((30, 1)), rng.permuted(np.eye(6)[np.arange(30) % 6], axis=1)])).network
    for one in (network, crowded):
        again = shuffled(one, np.random.default_rng(0))
        assert one.incidence is not None
        assert again.incidence is not None
        assert set(again.incidence.data.tolist()) == {1.0}
        for axis in (0, 1):
            assert again.incidence.sum(axis=axis).tolist() == one.incidence.sum(axis=axis).tolist()
        assert again.links.diagonal().tolist() == [0.0] * len(one)
        assert again.total_link_strength == one.total_link_strength
    assert shuffled(network, np.random.default_rng(0)).n_links > network.n_links


def test_of_coupling_what_records_cite_is_shuffled() -> None:
    """Each record keeps the number of works that it cites, each work the number of records that cite it."""
    references = [tuple(f"Smith {at % 2}{n}, 2010, J TEST, V1, P{n}" for n in range(5)) for at in range(12)]
    corpus = corpus_of(
        Record(str(at), references=(*cited, "Doe A, 2001, TESTS")) for at, cited in enumerate(references)
    )
    network = coupling_network(corpus)
    again = shuffled(network, np.random.default_rng(0))

    assert network.cited is not None
    assert again.cited is not None
    for axis in (0, 1):
        assert again.cited.matrix.sum(axis=axis).tolist() == network.cited.matrix.sum(axis=axis).tolist()
    assert again.n_links > network.n_links - 1
    assert again.links.toarray().tolist() != network.links.toarray().tolist()


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
    assert [(one.cluster, one.items, one.jaccard, one.co_assignment, one.verdict) for one in account.clusters] == [
        (number, 6, 1.0, 1.0, "stable") for number in (1, 2)
    ]
    assert account.by_chance is not None
    assert account.by_chance.shuffles == 9
    assert told.cluster.tolist() == made.cluster.tolist()


def test_an_item_without_mates_has_no_co_assignment() -> None:
    """A cluster of one can be found again, but its item has nobody to stay with."""
    network = Network(("a", "b", "c"), ("a", "b", "c"), symmetric(3, [0], [1], [4.0]))
    found = map_stability(Map(network, np.zeros((3, 2)), np.array([1, 1, 2])), runs=3)
    assert found.jaccard.tolist() == [1.0, 1.0]
    assert np.isnan(found.co_assignment).tolist() == [False, False, True]


def test_a_note_names_only_the_clusters_that_are_doubtful() -> None:
    """With the word for what was drawn; nothing where none is, and their number where they are many."""

    def note(over: str, *verdicts: str, verdict: str = "partly", chance: ChanceAgreement | None = None) -> str | None:
        clusters = tuple(ClusterStability(at, 5, None, None, one) for at, one in enumerate(verdicts, 1))
        account = StabilityAccount(
            verdict=verdict,
            over=over,
            by_chance=chance,
            remarks=(),
            clusters=clusters,
            sweep=(),
            plateaus=(),
            note=None,
        )
        return stability_note(account)

    again = "hardly found again when records are resampled."
    assert note("records", "stable", "unstable", "partly") == f"Cluster 2 is doubtful: {again}"
    assert note("records", "unstable", "unstable", "partly") == f"Clusters 1 and 2 are doubtful: {again}"
    assert note("records", *["unstable"] * 9, "stable") == f"9 of 10 clusters are doubtful: {again}"
    assert note("cases", "unstable", "stable") == "Cluster 1 is doubtful: hardly found again when cases are resampled."
    beside_chance = note("records", "stable", "unstable", chance=ChanceAgreement(9, 0.2, 0.3))
    assert beside_chance == "Cluster 2 is doubtful: hardly firmer than chance."
    by_seeds = "Cluster 1 is doubtful: hardly found again with other random seeds."
    assert note("seeds", "unstable", "stable", verdict="stable") == by_seeds
    assert note("records", "stable", "partly") is None
    assert note("records", verdict="") is None


def test_every_map_says_how_far_its_clusters_hold_in_its_account() -> None:
    """The note where there is one, else that the clusters are stable, or firmer than chance."""

    def sentence(verdict: str, ari: float, chance: float | None) -> str:
        spread = Spread(ari, ari, ari)
        account = StabilityAccount(
            verdict=verdict,
            over="records",
            over_seeds=Agreement(Spread(1.0, 1.0, 1.0)),
            over_records=DrawnAgreement(records=9, ari=Spread(0.9, 0.9, 0.9), ari_to_map=spread),
            by_chance=None if chance is None else ChanceAgreement(9, chance, chance),
            remarks=(),
            clusters=(),
            sweep=(),
            plateaus=(),
            note=None,
        )
        return stability_sentence(account)

    assert sentence("stable", 0.9, 0.1) == "The clusters are stable: other runs find them again."
    assert sentence("partly", 0.7, 0.1) == (
        "The clusters are firmer than chance (agreement 0.70, with shuffled records 0.10)."
    )
    assert sentence("unstable", 0.3, 0.3) == (
        "The clusters are hardly firmer than chance (agreement 0.30, with shuffled records 0.30): read them as one "
        "grouping among many."
    )
    assert sentence("unstable", 0.3, None) == (
        "The clusters change when records are resampled (agreement 0.30): one grouping among many."
    )


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
    assert found.chance is None
