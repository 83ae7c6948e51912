"""Clusters, beside CWTS's own program.

    python benchmarks/clustering.py [--sizes 1000 4000] [--starts 1 10] [--repeats 3]

Leiden with association strengths and resolution 1 on the networks of `layout.py`, with one start and with the ten that
are Benang's preset. Seconds are the median of the repeats, each with another seed; V is the quality that VOSviewer
maximises (`benang.clustering_quality`), higher is better: the median of the same repeats, and the best of them.
networkanalysis-ts goes over the network ten times a start, its preset and VOSviewer Online's, and fifty times, which is
nearer to the end.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

import numpy as np

import networkanalysis
from benang.clusters import clustering_quality, leiden_clustering
from benang.network.network import Network
from benang.network.strengths import association_strength
from layout import OUT, invented_network

Run = Callable[[Network, int, int], tuple[float, list[object]]]


def run_benang(network: Network, starts: int, seed: int) -> tuple[float, list[object]]:
    begin = time.perf_counter()
    made = leiden_clustering(association_strength(network), starts=starts, seed=seed)
    return time.perf_counter() - begin, made.cluster.tolist()


def peer_of(iterations: int) -> Run:
    def run(network: Network, starts: int, seed: int) -> tuple[float, list[object]]:
        asked = (
            "new NetworkClustering().data(nodes, edges).qualityFunction('CPM').normalization('AssociationStrength')"
            f".resolution(1).randomStarts({starts}).iterations({iterations}).seed(Number(seed)).run()"
        )
        return networkanalysis.run(network, asked, "({ cluster }) => cluster", seed)

    return run


def measured(run: Run, network: Network, starts: int, repeats: int) -> dict[str, float]:
    """Repeat a clustering with other seeds."""
    strengths, seconds, found = association_strength(network), [], []
    for seed in range(repeats):
        spent, clusters = run(network, starts, seed)
        seconds.append(spent)
        found.append(clustering_quality(np.unique(np.array(clusters), return_inverse=True)[1] + 1, strengths))
    return {"seconds": statistics.median(seconds), "quality": statistics.median(found), "best": max(found)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000], help="items (1000 4000)")
    parser.add_argument("--starts", type=int, nargs="+", default=[1, 10], help="starts (1 10)")
    parser.add_argument("--repeats", type=int, default=3, help="repeats, of which the median counts (3)")
    given = parser.parse_args()
    runs: dict[str, Run] = {"benang": run_benang}
    if networkanalysis.installed():
        runs |= {f"{networkanalysis.PEER}, {n} iterations": peer_of(n) for n in (10, 50)}
    rows = []
    print(f"{'items':>6} {'links':>7} {'starts':>6}  {'tool':34} {'seconds':>9} {'ratio':>7} {'V':>10} {'best V':>10}")
    for size in given.sizes:
        network = invented_network(size)
        run_benang(network, 1, 0)  # imports are not measured
        for starts in given.starts:
            ours = 0.0
            for tool, run in runs.items():
                took = measured(run, network, starts, given.repeats)
                ours = ours or took["seconds"]
                rows.append({"items": len(network), "links": network.n_links, "starts": starts, "tool": tool, **took})
                print(
                    f"{len(network):6,} {network.n_links:7,} {starts:6}  {tool:34} {took['seconds']:9.3f} "
                    f"{took['seconds'] / ours:7.1f} {took['quality']:10.6f} {took['best']:10.6f}",
                    flush=True,
                )
    OUT.mkdir(exist_ok=True)
    (OUT / "clustering.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
