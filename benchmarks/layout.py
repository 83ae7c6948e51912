"""The VOS layout, beside CWTS's own program and beside its step rule in compiled Python.

    python benchmarks/layout.py [--sizes 250 1000 4000] [--repeats 3] [--no-node]

Attraction 2, repulsion 1, association strength, one start, on invented records of 2 to 6 items each. Seconds are the
median of the repeats, each with another seed, after compilation; a tool that has taken two minutes at a size is not
asked again. Q* is the objective at the layout's best scale, lower is better: the median of the same repeats. What
compiling takes is measured in a process with an empty cache.

networkanalysis-ts (MIT) is CWTS's port of the code that VOSviewer's layout is published in (`networkanalysis.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

import networkanalysis
from benang.layout import vos_layout
from benang.layout.forces import unit_steps
from benang.layout.objective import layout_objective
from benang.network.network import Network
from benang.network.strengths import Edges, association_strength, edges_of

OUT = Path(__file__).resolve().parent / "out"
GOALS = {1000: 10, 4000: 30}
"""How many times faster than the peer a layout should be."""

PATIENCE = 120.0
LINKS_PER_ITEM = 9.5

Floats = NDArray[np.float64]
Run = Callable[[Network, int], tuple[float, Floats]]

ASKED = """
new NetworkLayout().data(nodes, edges).qualityFunction('VOS').normalization('AssociationStrength')
  .attraction(2).repulsion(1).randomStarts(1).seed(Number(seed)).run()
"""


def invented_network(n: int, seed: int = 0) -> Network:
    """Make a co-occurrence network: topics of 50 items, some frequent; one record in ten draws from all topics."""
    rng = np.random.default_rng(seed)
    topics = max(2, n // 50)
    counts = sparse.csr_array((n, n))
    while counts.nnz < 2 * LINKS_PER_ITEM * n:
        rows, cols = [], []
        for record in range(n // 10):
            size, first = int(rng.integers(2, 7)), int(rng.integers(topics)) * (n // topics)
            held = first + (n // topics * rng.random(size) ** 2).astype(int)
            held = rng.integers(0, n, size) if rng.random() < 0.1 else held
            cols.extend(np.unique(held).tolist())
            rows.extend([record] * len(np.unique(held)))
        holds = sparse.csr_array((np.ones(len(rows)), (rows, cols)), (n // 10, n))
        together = sparse.coo_array(holds.T @ holds)
        off = together.row != together.col
        counts = sparse.csr_array(
            counts + sparse.csr_array((together.data[off], (together.row[off], together.col[off])), (n, n))
        )
    part = csgraph.connected_components(counts, directed=False)[1]
    keep = np.flatnonzero(part == np.bincount(part).argmax())
    names = tuple(str(i) for i in range(len(keep)))
    return Network(names, names, sparse.csr_array(counts[keep][:, keep]))


def run_benang(network: Network, seed: int) -> tuple[float, Floats]:
    begin = time.perf_counter()
    made = vos_layout(association_strength(network), seed=seed)
    return time.perf_counter() - begin, made.xy


def run_plain_rule(network: Network, seed: int) -> tuple[float, Floats]:
    """CWTS's rule, compiled as Benang's own code is: uniform start, random order, unit steps to its stop."""
    begin = time.perf_counter()
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(network))
    edges = edges_of(association_strength(network).links[order][:, order])
    xy = rng.uniform(-1, 1, (2, len(network)))
    cwts_rule(edges, xy)
    spent = time.perf_counter() - begin
    back = np.empty_like(xy)
    back[:, order] = xy
    return spent, np.ascontiguousarray(back.T)


def cwts_rule(edges: Edges, xy: Floats) -> None:
    """Move `xy` by steps that grow by a third after five falls of Q in a row and shrink by a quarter after none."""
    before, falls, passes, step = np.inf, 0, 0, 1.0
    while passes < 1000 and step >= 0.001:
        q = unit_steps(
            xy, edges.starts, edges.ends, edges.strengths, extra=edges.extra, attraction=2, repulsion=1, step=step
        )
        falls = falls + 1 if q < before else 0
        if falls in (0, 5):
            step, falls = (step / 0.75 if falls else step * 0.75), 0
        before, passes = q, passes + 1


def run_peer(network: Network, seed: int) -> tuple[float, Floats]:
    """CWTS's own program."""
    seconds, xy = networkanalysis.run(network, ASKED, "({ x, y }) => [x, y]", seed)
    return seconds, np.array(xy, np.float64)


def first_layout_seconds(*, compiled: bool) -> float:
    """Measure a whole first layout of 250 items in a new process, with code that is compiled or not."""
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); from layout import invented_network;"
        "from benang.layout import vos_layout; from benang.network.strengths import association_strength;"
        "network = association_strength(invented_network(250)); begin = time.perf_counter();"
        "vos_layout(network, repulsion=0); print(time.perf_counter() - begin)"
    )
    with tempfile.TemporaryDirectory() as cache:
        env = {**os.environ, "NUMBA_CACHE_DIR": cache}
        command = [sys.executable, "-c", code, str(Path(__file__).resolve().parent)]
        seconds = [
            float(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
            for _ in range(2 if compiled else 1)
        ]
    return seconds[-1]


def measured(run: Run, network: Network, repeats: int) -> dict[str, object]:
    """Repeat a layout with other seeds; medians of seconds and Q*, and the best Q*."""
    seconds, objectives = [], []
    strengths = association_strength(network)
    for seed in range(repeats):
        spent, xy = run(network, seed)
        seconds.append(spent)
        objectives.append(layout_objective(xy, strengths))
        if sum(seconds) > PATIENCE:
            break
    return {
        "seconds": statistics.median(seconds),
        "objective": statistics.median(objectives),
        "best_objective": min(objectives),
        "repeats": len(seconds),
    }


def compare(network: Network, size: int, runs: dict[str, Run], repeats: int) -> list[dict[str, object]]:
    """Measure all tools on one network and print their rows."""
    rows: list[dict[str, object]] = []
    for tool, run in runs.items():
        took = measured(run, network, repeats)
        rows.append({"size": size, "items": len(network), "links": network.n_links, "tool": tool, **took})
        ours, theirs = rows[0], rows[-1]
        ratio = _number(theirs, "seconds") / _number(ours, "seconds")
        behind = (_number(theirs, "objective") - _number(ours, "objective")) / abs(_number(ours, "objective"))
        rows[-1].update(ratio=ratio, behind=behind)
        print(
            f"{len(network):6,} {network.n_links:7,}  {tool:22} {took['seconds']:9.3f} {ratio:8.1f} "
            f"{took['objective']:18,.3f} {100 * behind:+10.4f} % {took['repeats']:8}",
            flush=True,
        )
    return rows


def _number(row: dict[str, object], key: str) -> float:
    value = row[key]
    assert isinstance(value, float)
    return value


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 1000, 4000], help="items (250 1000 4000)")
    parser.add_argument("--repeats", type=int, default=3, help="repeats, of which the median counts (3)")
    parser.add_argument("--no-node", action="store_true", help=f"leave {networkanalysis.PEER} out")
    given = parser.parse_args()
    runs: dict[str, Run] = {"benang": run_benang, "CWTS's rule, compiled": run_plain_rule}
    if not given.no_node and networkanalysis.installed():
        runs[networkanalysis.PEER] = run_peer
    warm = invented_network(100)
    for run in (run_benang, run_plain_rule):
        run(warm, 0)
    print(
        f"{'items':>6} {'links':>7}  {'tool':22} {'seconds':>9} {'ratio':>8} {'Q*':>18} {'behind':>12} {'repeats':>8}"
    )
    rows = [row for size in given.sizes for row in compare(invented_network(size), size, runs, given.repeats)]
    first = {"compiling": first_layout_seconds(compiled=False), "compiled": first_layout_seconds(compiled=True)}
    print(
        f"\nFirst layout of a process, 250 items, repulsion 0: {first['compiling']:.1f} s with compilation, "
        f"{first['compiled']:.1f} s without."
    )
    for size, goal in GOALS.items():
        for row in rows:
            if row["size"] == size and row["tool"] == networkanalysis.PEER:
                met = _number(row, "ratio") >= goal and _number(row, "behind") >= 0
                print(
                    f"Goal at {size:,} items: {goal} times faster than {networkanalysis.PEER}, at no higher Q*: "
                    f"{'met' if met else 'not met'} ({_number(row, 'ratio'):.0f} times)."
                )
    OUT.mkdir(exist_ok=True)
    (OUT / "layout.json").write_text(
        json.dumps({"runs": rows, "first_layout": first}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
