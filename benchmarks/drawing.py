"""How long maps of 1,000, 10,000 and 100,000 items take to be drawn, and how much memory.

`python benchmarks/drawing.py [ITEMS …] [--folder FOLDER]` draws invented maps with four links an item as PNG of 300
dots to the inch, each view in a process of its own, and prints one row each. Compiling, which happens once a machine,
is not counted.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benang.figures.label_search import label_thresholds
from benang.figures.map_figures import plot_density, plot_map, plot_overlay
from benang.maps import Map
from benang.network.network import Network, symmetric, with_link_weights

SIZES = (1_000, 10_000, 100_000)
VIEWS = ("network", "overlay", "density", "cluster-density", "frames", "thresholds")
WORDS = ("market", "policy", "urban", "network", "model", "health", "trade", "climate", "culture", "system")


def invented_map(n: int, *, each: int = 4, seed: int = 0) -> Map:
    """Return a map of n items in clusters of falling size, with occurrences as skewed as those of keywords.

    `each` links start from an item, most of them to items nearby.
    """
    random = np.random.default_rng(seed)
    k = max(4, int(np.sqrt(n) / 4))
    shares = np.sort(random.pareto(1.5, k) + 0.3)[::-1]
    cluster = random.choice(k, n, p=shares / shares.sum())
    homes = random.normal(size=(k, 2))
    xy = homes[cluster] + random.normal(size=(n, 2)) * (0.1 + np.sqrt(shares / shares.sum())[cluster])[:, None]
    order = np.lexsort((xy[:, 0], cluster))
    place = np.argsort(order)
    one = np.repeat(np.arange(n), each)
    near = order[np.clip(place[one] + random.integers(-30, 31, len(one)), 0, n - 1)]
    other = np.where(random.random(len(one)) < 0.8, near, random.integers(0, n, len(one)))
    network = Network(
        tuple(map(str, range(n))),
        tuple(f"{WORDS[a]} {WORDS[b]} {i}" for i, (a, b) in enumerate(random.integers(0, len(WORDS), (n, 2)))),
        symmetric(n, one, other, np.ceil(random.pareto(1.8, len(one)))),
        {"Occurrences": np.ceil(random.pareto(1.4, n) * 5) + 1},
        {"Avg. pub. year": random.normal(2015, 4, n)},
    )
    return Map(with_link_weights(network), xy, cluster.astype(np.int64) + 1)


def drawn(map_: Map, view: str, path: Path) -> None:
    if view == "network":
        plot_map(map_, path=path)
    elif view == "frames":
        plot_map(map_, path=path, frames=True)
    elif view == "overlay":
        plot_overlay(map_, path=path)
    elif view == "thresholds":
        weights = map_.network.weights["Occurrences"]
        heights = 9 + 4 * np.sqrt(weights / weights.mean())
        label_thresholds(map_.xy * 200, np.stack([heights * 10, heights], axis=1), weights)
    else:
        plot_density(map_, path=path, by="clusters" if view == "cluster-density" else "items")


def measure(n: int, view: str, folder: Path) -> None:
    """Draw one map and print a row; a small one before it compiles and loads what is needed."""
    map_ = invented_map(n)
    drawn(invented_map(3_000), view, folder / "warm.png")
    started, busy = time.perf_counter(), time.process_time()
    drawn(map_, view, folder / f"{view}-{n}.png")
    took, cpu = time.perf_counter() - started, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {n:,} | {view} | {took:.1f} s | {cpu:.1f} s | {memory:,.0f} MB |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="*", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--view", choices=VIEWS)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = said.folder or Path(temporary)
        if said.view:
            measure(said.items[0], said.view, folder)
            return
        print("| items | view | time | processor time | memory |\n|---|---|---|---|---|", flush=True)
        for n in said.items:
            for view in VIEWS:
                command = [sys.executable, __file__, str(n), "--view", view, "--folder", str(folder)]
                subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
