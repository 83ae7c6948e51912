"""Keyword networks: Benang beside a bare scipy product (the floor) and biblioflow, where it is installed.

    python benchmarks/network.py [--peer PYTHON]

Records are invented: eight author keywords each on average, drawn from 20 keywords for every 10 records with Zipf's
skew, as author keywords are. Reading is not measured: every tool starts from records in memory. Times are
CPU seconds of all threads, the least of some runs. `--peer` is a Python that has biblioflow; by default the one that
runs this.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

OUT = Path(__file__).resolve().parent / "out" / "network.json"
CASES = ((1_000, 1), (1_000, 5), (50_000, 5))
"""Records, and the least number that a keyword has to occur in."""
PEER_LIMIT = 5_000
PEER = """
import importlib.metadata, json, sys, time
import biblioflow
records = biblioflow.load(sys.argv[1], provider="scopus", format="csv")
begin = time.process_time()
made = biblioflow.network(records, kind="co_occurrence", unit="keywords_author", min_occurrences=int(sys.argv[2]))
print(json.dumps({"seconds": time.process_time() - begin, "version": importlib.metadata.version("biblioflow"),
                  "items": len(made.nodes), "links": len(made.edges)}))
"""


def invented(n_records: int) -> list[tuple[str, ...]]:
    """Give the keywords of invented records, always the same ones."""
    rng = np.random.default_rng(0)
    n_words = 2 * n_records
    chance = 1 / np.arange(1, n_words + 1)
    sizes = 1 + rng.binomial(14, 0.5, n_records)
    drawn = rng.choice(n_words, size=int(sizes.sum()), p=chance / chance.sum())
    ends = np.cumsum(sizes)
    return [
        tuple(f"keyword {word}" for word in drawn[end - size : end])
        for size, end in zip(sizes.tolist(), ends.tolist(), strict=True)
    ]


def best_of(run: Callable[[], object], repeats: int) -> tuple[float, object]:
    """Return the least CPU time of several runs, all threads together, and what the last one made."""
    seconds, made = [], None
    for _ in range(repeats):
        begin = time.process_time()
        made = run()
        seconds.append(time.process_time() - begin)
    return min(seconds), made


def floor(records: Sequence[tuple[str, ...]], least: int) -> sparse.csr_array:
    """Count keywords in a dictionary, keep the frequent ones, multiply: no case, no labels, no shares, no scores."""
    counts = Counter(word for held in records for word in set(held))
    place = {word: at for at, word in enumerate(sorted(word for word, n in counts.items() if n >= least))}
    rows = [row for row, held in enumerate(records) for word in set(held) if word in place]
    columns = [place[word] for held in records for word in set(held) if word in place]
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(records), len(place)))
    product = sparse.csr_array(matrix.T @ matrix)
    product.setdiag(0)
    product.eliminate_zeros()
    return product


def peer(python: str, records: Sequence[tuple[str, ...]], least: int) -> dict[str, float] | None:
    """Run biblioflow on the same records, given as a Scopus CSV; None where it is not installed or fails."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scopus.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Authors", "Title", "Year", "Source title", "Author Keywords", "EID"])
            writer.writerows(
                ["Sari D.", f"Title {i}", "2020", "Journal", "; ".join(held), f"2-s2.0-{i}"]
                for i, held in enumerate(records)
            )
        command = [python, "-c", PEER, str(path), str(least)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"biblioflow failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
        return None
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measured(n_records: int, least: int, python: str | None) -> list[dict[str, object]]:
    """Measure one case: the floor, Benang with full and with fractional counting, and the peer where it can."""
    from benang.network.cooccurrence import cooccurrence_network
    from benang.network.network import Network
    from benang.records.corpus import corpus_of
    from benang.records.record import Record

    records = invented(n_records)
    repeats = 7 if n_records <= 5_000 else 5
    bare, product = best_of(lambda: floor(records, least), repeats)
    assert isinstance(product, sparse.csr_array)
    rows: list[dict[str, object]] = [
        {"tool": "scipy product (floor)", "seconds": bare, "items": product.shape[0], "links": product.nnz // 2}
    ]
    corpus = corpus_of(Record(f"r{i}", author_keywords=held) for i, held in enumerate(records))
    for counting in ("full", "fractional"):
        seconds, network = best_of(
            lambda counting=counting: cooccurrence_network(  # type: ignore[misc]
                corpus, counting=counting, min_occurrences=least, components="all"
            ),
            repeats,
        )
        assert isinstance(network, Network)
        assert (len(network), network.n_links) == (product.shape[0], product.nnz // 2)
        size = {"items": len(network), "links": network.n_links}
        rows.append({"tool": f"Benang, {counting}", "seconds": seconds, **size})
    if python and n_records <= PEER_LIMIT and (found := peer(python, records, least)):
        rows.append({"tool": f"biblioflow {found['version']}", **found})
    case = {"records": n_records, "min_occurrences": least}
    return [{**case, **row, "ratio": float(str(row["seconds"])) / bare} for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peer", help="a Python that has biblioflow")
    given = parser.parse_args()
    python = given.peer or (sys.executable if importlib.util.find_spec("biblioflow") else None)
    if python is None:
        print("biblioflow is not installed: `pip install biblioflow` to measure beside it.\n")
    print(f"{'records':>8} {'at least':>9}  {'tool':24} {'items':>8} {'links':>10} {'CPU s':>9} {'ratio':>7}")
    table = []
    for n_records, least in CASES:
        for row in measured(n_records, least, python):
            table.append(row)
            print(
                f"{row['records']:8,} {row['min_occurrences']:9}  {row['tool']:24} {row['items']:8,} "
                f"{row['links']:10,} {row['seconds']:9.3f} {row['ratio']:7.2f}"
            )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"runs": table}, indent=1) + "\n", encoding="utf-8")
    print(f"\nratio: the floor = 1. Written to {OUT.relative_to(Path(__file__).resolve().parent.parent)}.")


if __name__ == "__main__":
    main()
