"""One corpus, the same queries: DuckDB and Spark beside each other.

    python benchmarks/engines.py [--records 100000] [--spark local[*]]

The corpus is that of `network.py`, in parts on disk. Seconds are those of the clock, since Spark works in a process of
its own; its start is told apart. The networks are compared: links and weights are equal to the last bit.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np

from benang.engine import open_engine
from benang.kinds import FolderItems
from benang.network.at_scale import folder_network
from benang.network.at_scale.corpus_tables import CorpusTables, write_partitioned
from benang.network.network import Network
from made_corpora import made_corpus

OUT = Path(__file__).resolve().parent / "out" / "engines.json"
NETWORKS: dict[FolderItems, str] = {
    "author-keywords": "keyword co-occurrence",
    "authors": "co-authorship",
    "references": "co-citation",
}


def measured(tables: CorpusTables, items: FolderItems, engine: str, least: int) -> tuple[float, Network]:
    begin = time.perf_counter()
    network = folder_network(tables, items=items, engine=engine, min_occurrences=least, most_per_record=None)
    return time.perf_counter() - begin, network


def same(one: Network, other: Network) -> bool:
    """Tell whether two networks have the same items, links and weights, to the last bit."""
    links = np.array_equal(one.links.indices, other.links.indices) and np.array_equal(one.links.data, other.links.data)
    return one.ids == other.ids and links and all(np.array_equal(one.weights[k], other.weights[k]) for k in one.weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument(
        "--spark", default="local[*]", help="where Spark runs: local[*], local-cluster[2,1,1024], spark://…"
    )
    given = parser.parse_args()
    least = max(given.records // 2_000, 2)
    rows = []
    with tempfile.TemporaryDirectory() as room:
        tables = write_partitioned(made_corpus(given.records), Path(room) / "corpus", rows_per_part=50_000)
        begin = time.perf_counter()
        with open_engine(given.spark):
            print(f"Spark on {given.spark} started in {time.perf_counter() - begin:.1f} s; {given.records:,} records\n")
            print(f"{'network':24}{'items':>8}{'links':>12}{'DuckDB s':>10}{'Spark s':>10}  equal")
            for items, name in NETWORKS.items():
                ours, network = measured(tables, items, "duckdb", least)
                theirs, other = measured(tables, items, "spark", least)
                equal = same(network, other)
                print(f"{name:24}{len(network):8,}{network.n_links:12,}{ours:10.2f}{theirs:10.2f}  {equal}", flush=True)
                rows.append(
                    {"network": name, "duckdb": ours, "spark": theirs, "equal": equal, "links": network.n_links}
                )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"records": given.records, "spark": given.spark, "runs": rows}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
