"""How time and memory of a layout grow with the network, from 1,000 items to a million.

    python benchmarks/layout_scaling.py [--sizes 1000 10000 100000 1000000] [--links 10] [--compare 5000 20000]

Invented citation networks in groups of some 60 items with about ten links an item, association strength, attraction 2
and repulsion 1, one start. Each size runs in a process of its own; seconds are those of the layout after compilation,
memory is the most that the process held above what it held before the layout began. The slope is that of log time on
log items from 10,000 items up: n log n grows by about 1.1 between 10,000 and a million.

`--compare` lays out networks of these sizes twice, with repulsion by the tree and with exact sums over all pairs, and
prints how far Q* is apart.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from benang.layout import layout_memory, objective, vos_layout
from benang.layout.objective import layout_objective

OUT = Path(__file__).resolve().parent / "out"

Matrix = sparse.csr_array[np.float64]


def citation_network(n: int, links_per_item: float, seed: int = 0, *, within: float = 0.8) -> Matrix:
    """Make association strengths of a citation network: groups of some 60 items, and a few items that many cite."""
    rng = np.random.default_rng(seed)
    n_groups = max(4, n // 60)
    group = np.sort(rng.integers(0, n_groups, n))
    bounds = np.searchsorted(group, np.arange(n_groups + 1))
    fame = np.cumsum(rng.pareto(1.5, n) + 0.3)
    n_links = int(1.15 * n * links_per_item)
    citing = np.searchsorted(fame, rng.random(n_links) * fame[-1]).astype(np.int32)
    low, high = bounds[group[citing]], bounds[group[citing] + 1]
    cited = (low + rng.random(n_links) ** 1.5 * (high - low)).astype(np.int32)
    far = rng.random(n_links) > within
    cited[far] = np.searchsorted(fame, rng.random(int(far.sum())) * fame[-1])
    apart = citing != cited
    counts = sparse.csr_array((np.ones(int(apart.sum())), (citing[apart], cited[apart])), (n, n))
    counts = sparse.csr_array(counts + counts.T)
    part = csgraph.connected_components(counts, directed=False)[1]
    keep = np.flatnonzero(part == np.bincount(part).argmax())
    counts = sparse.csr_array(counts[keep][:, keep])
    counts.sort_indices()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    counts.data *= totals.sum() / np.repeat(totals, np.diff(counts.indptr)) / totals[counts.indices]
    return counts


def held() -> int:
    """Return the bytes that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def most_held(stop: threading.Event, found: list[int]) -> None:
    """Watch the bytes that the process holds."""
    while not stop.wait(0.05):
        found[0] = max(found[0], held())


def measured(n: int, links_per_item: float) -> dict[str, float]:
    """Lay out one network."""
    for size in (50, 6000):  # compile both ways
        vos_layout(citation_network(size, 3, seed=1))
    strengths = citation_network(n, links_per_item)
    before = held()
    stop, most = threading.Event(), [before]
    watch = threading.Thread(target=most_held, args=(stop, most))
    watch.start()
    begin, busy = time.perf_counter(), time.process_time()
    made = vos_layout(strengths)
    took, worked = time.perf_counter() - begin, time.process_time() - busy
    stop.set()
    watch.join()
    links = strengths.nnz // 2
    return {
        "items": strengths.shape[0],
        "links": links,
        "seconds": took,
        "processor_seconds": worked,
        "gigabytes": (most[0] - before) / 1e9,
        "estimated_gigabytes": layout_memory(strengths.shape[0], links) / 1e9,
        "objective": made.objective,
        "gradient": made.gradient,
    }


def compared(n: int, links_per_item: float, attraction: float, repulsion: float) -> None:
    """Print the objective reached with the tree and with exact sums, both summed exactly."""
    strengths = citation_network(n, links_per_item)
    found = {}
    for way, bound in (("exact", n + 1), ("tree", n // 2)):
        objective.EXACT_UP_TO = bound
        begin = time.process_time()
        made = vos_layout(strengths, attraction=attraction, repulsion=repulsion)
        worked = time.process_time() - begin
        objective.EXACT_UP_TO = n + 1  # to sum the result exactly
        found[way] = layout_objective(made.xy, strengths, attraction, repulsion)
        print(f"{strengths.shape[0]:9,} items, {way:5}: Q* {found[way]:20,.1f}, {worked:8.1f} processor seconds")
    behind = (found["tree"] - found["exact"]) / abs(found["exact"])
    print(f"          the tree's Q* is {100 * behind:+.4f} % from the exact one's (+: worse)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000, 1_000_000], help="items")
    parser.add_argument("--links", type=float, default=10, help="links for each item (10)")
    parser.add_argument("--compare", type=int, nargs="*", default=[], help="sizes at which to compare with exact sums")
    parser.add_argument("--attraction", type=float, default=2, help="of the comparison (2)")
    parser.add_argument("--repulsion", type=float, default=1, help="of the comparison (1)")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.one, given.links)))
        return
    rows = []
    print(
        f"{'items':>10} {'links':>11} {'seconds':>9} {'processor':>10} {'GB':>6} {'estimate':>9} {'Q*':>26} "
        f"{'gradient':>9}"
    )
    for size in given.sizes:
        command = [sys.executable, __file__, "--one", str(size), "--links", str(given.links)]
        row = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        rows.append(row)
        print(
            f"{row['items']:10,} {row['links']:11,} {row['seconds']:9.1f} {row['processor_seconds']:10.1f} "
            f"{row['gigabytes']:6.2f} {row['estimated_gigabytes']:9.2f} {row['objective']:26,.1f} "
            f"{row['gradient']:9.1e}",
            flush=True,
        )
    large = [row for row in rows if row["items"] >= 9_000]
    if len(large) > 1:
        for name in ("seconds", "processor_seconds"):
            sizes, took = (np.log(np.array([row[key] for row in large], np.float64)) for key in ("items", name))
            print(f"Slope of log {name.replace('_', ' ')} on log items: {float(np.polyfit(sizes, took, 1)[0]):.2f}")
    for size in given.compare:
        compared(size, given.links, given.attraction, given.repulsion)
    keep(rows)


def keep(rows: list[dict[str, float]]) -> None:
    """Write the rows beside those of other orders of size that were measured before."""
    path = OUT / "layout_scaling.json"
    OUT.mkdir(exist_ok=True)
    before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    measured_now = {round(math.log10(row["items"]), 1) for row in rows}
    both = [*rows, *(row for row in before if round(math.log10(row["items"]), 1) not in measured_now)]
    path.write_text(json.dumps(sorted(both, key=lambda row: row["items"]), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
