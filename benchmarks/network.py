"""Networks: Benang beside a bare scipy product (the floor) and, where they are installed, beside peers.

    python benchmarks/network.py [--peer PYTHON] [--sizes 1000,50000,1000000] [--networks co-citation,coupling]

Records are invented (`made_corpora.py`): four authors, six author keywords and thirty references each, with the skew of
real ones. Reading is not measured: all start from values in memory, and the line "in a folder" from Parquet on disk,
of which nothing is loaded. The floor counts values as they are printed, keeps the frequent ones and multiplies two
sparse matrices: no case, no labels, no weights, no records. Seconds are CPU seconds of all threads, the least of some
runs. Thresholds are the lowest that leave 10,000 items at most. `--peer` is a Python that has biblioflow.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from benang.kinds import FolderItems, Link, RecordItems
from benang.network.at_scale import folder_network
from benang.network.at_scale.corpus_tables import write_partitioned
from benang.network.citation import coupling_network
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Network
from benang.records.corpus import Corpus
from made_corpora import made_corpus
from peers import python_of

OUT = Path(__file__).resolve().parent / "out" / "network.json"
SIZES = (1_000, 50_000)
MOST_ITEMS = 10_000
PEER_LIMIT = 1_000
IN_MEMORY = 200_000
"""Records above which only the folder is measured: so many are better left where they lie."""

HEADER = (
    f"{'records':>9} {'network':22} {'at least':>8}  {'tool':24} {'items':>7} {'links':>11} {'CPU s':>9} {'ratio':>7}"
)
PEER = """
import importlib.metadata, json, sys, time
import biblioflow
records = biblioflow.load(sys.argv[1], provider="scopus", format="csv")
begin = time.process_time()
made = biblioflow.network(records, kind=sys.argv[2], unit=sys.argv[3], min_occurrences=int(sys.argv[4]))
print(json.dumps({"seconds": time.process_time() - begin, "version": importlib.metadata.version("biblioflow"),
                  "items": len(made.nodes), "links": len(made.edges)}))
"""


@dataclass(frozen=True)
class Case:
    """A kind of network: the field that it comes from, how Benang makes it, and what biblioflow calls it."""

    name: str
    field: str
    items: FolderItems
    link: Link
    peer: tuple[str, str] | None = None


CASES = (
    Case(
        "keyword co-occurrence", "author_keywords", "author-keywords", "co-occurrence",
        ("co_occurrence", "keywords_author"),
    ),
    Case("co-authorship", "authors", "authors", "co-authorship", ("collaboration", "authors")),
    Case("co-citation", "references", "references", "co-citation", ("co_citation", "references")),
    Case("coupling", "references", "documents", "coupling", ("bibliographic_coupling", "references")),
)  # fmt: skip


def in_memory(corpus: Corpus, case: Case, least: int) -> Network:
    """Make the network of a corpus in memory, with names and references as printed."""
    if case.name == "coupling":
        return coupling_network(corpus, matching="exact", min_citations=least, components="all")
    if case.name == "co-citation":
        return cocitation_network(corpus, matching="exact", min_citations=least, components="all")
    kind: RecordItems = "authors" if case.items == "authors" else "author-keywords"
    return cooccurrence_network(
        corpus, items=kind, min_occurrences=least, components="all", author_names="exact", most_per_record=None
    )


def in_folder(folder: Path, case: Case, least: int) -> Network:
    """Make the network of a corpus that stays on disk."""
    is_coupling = case.name == "coupling"
    return folder_network(
        folder,
        items=case.items,
        link=case.link,
        min_occurrences=1 if is_coupling else least,
        min_citations=least if is_coupling else 0,
        top=None,
        components="all",
        most_per_record=None,
    )


def threshold(corpus: Corpus, case: Case) -> int:
    """Return the lowest threshold that leaves few enough items."""
    if case.name == "coupling":
        counts = corpus.works.column("citations").to_numpy()
    else:
        counts = pc.value_counts(_values(corpus, case)["value"]).field("counts").to_numpy()
    highest = np.sort(counts)[::-1]
    least = int(highest[MOST_ITEMS]) + 1 if len(highest) > MOST_ITEMS else 1
    return least if case.name != "coupling" or len(highest) > MOST_ITEMS else 0


def _values(corpus: Corpus, case: Case) -> pa.Table:
    return corpus.values.filter(pc.equal(corpus.values["field"], case.field))


def floor(corpus: Corpus, case: Case, least: int) -> sparse.csr_array:
    """Count values as printed, keep the frequent ones, multiply, leave out the diagonal."""
    values = _values(corpus, case)
    encoded = values["value"].combine_chunks().dictionary_encode()
    work, item = values["work"].to_numpy(), encoded.indices.to_numpy()
    shape = (len(corpus), len(encoded.dictionary))
    if case.name in {"coupling", "co-citation"}:  # what stands twice in a list counts twice
        matrix = sparse.csr_array((np.ones(len(work)), (work, item)), shape=shape)
    else:
        pairs = np.unique(work.astype(np.int64) * shape[1] + item)
        matrix = sparse.csr_array((np.ones(len(pairs)), np.divmod(pairs, shape[1])), shape=shape)
    if case.name == "coupling":
        matrix = sparse.csr_array(matrix[np.flatnonzero(corpus.works["citations"].to_numpy() >= least)].T)
    else:
        matrix = sparse.csr_array(matrix[:, np.flatnonzero(np.asarray(matrix.sum(axis=0)) >= least)])
    product = sparse.csr_array(matrix.T @ matrix)
    product.setdiag(0)
    product.eliminate_zeros()
    return product


def best_of(run: Callable[[], object], repeats: int) -> tuple[float, object]:
    """Return the least CPU time of several runs, all threads together, and what the last one made."""
    seconds, made = [], None
    for _ in range(repeats):
        begin = time.process_time()
        made = run()
        seconds.append(time.process_time() - begin)
    return min(seconds), made


def peer(python: str, corpus: Corpus, case: Case, least: int) -> dict[str, float] | None:
    """Run biblioflow on the same records, given as a Scopus CSV; None where it can't."""
    if case.peer is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scopus.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Authors", "Title", "Year", "Source title", "Author Keywords", "References", "EID"])
            for one in corpus.records:
                lists = ("; ".join(held) for held in (one.author_keywords, one.references))
                names = "; ".join(one.authors)
                writer.writerow([names, one.title, one.year, "Journal", *lists, f"2-s2.0-{one.key}"])
        command = [python, "-c", PEER, str(path), *case.peer, str(max(least, 1))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  biblioflow failed: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
        return None
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measured(corpus: Corpus, case: Case, python: str | None, folder: Path) -> Iterator[dict[str, object]]:
    """Measure one network of one corpus, line by line."""
    least, n = threshold(corpus, case), len(corpus)
    repeats = 5 if n <= 5_000 else 2 if n <= IN_MEMORY else 1
    about: dict[str, object] = {"network": case.name, "records": n, "at_least": least}
    bare, product = best_of(lambda: floor(corpus, case, least), repeats)
    assert isinstance(product, sparse.csr_array)
    size = (product.shape[0], product.nnz // 2)
    yield {**about, "tool": "scipy product (floor)", "seconds": bare, "items": size[0], "links": size[1], "ratio": 1.0}
    ways: dict[str, Callable[[], Network]] = {"Benang, in a folder": lambda: in_folder(folder, case, least)}
    if n <= IN_MEMORY:
        ways = {"Benang": lambda: in_memory(corpus, case, least)} | ways
    for name, run in ways.items():
        seconds, network = best_of(run, repeats)
        assert isinstance(network, Network)
        assert (len(network), network.n_links) == size, (name, len(network), network.n_links, size)
        yield {**about, "tool": name, "seconds": seconds, "items": size[0], "links": size[1], "ratio": seconds / bare}
    found = peer(python, corpus, case, least) if python and n <= PEER_LIMIT else None
    if found and not found["links"]:
        print(f"  biblioflow made no links ({case.name})")
    elif found:
        tool = f"biblioflow {found.pop('version')}"
        yield {**about, "tool": tool, **found, "ratio": found["seconds"] / bare}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peer", help="a Python that has biblioflow; none where empty")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of records, with commas")
    parser.add_argument("--networks", default=",".join(case.name for case in CASES), help="which of them, with commas")
    given = parser.parse_args()
    cases = [case for case in CASES if case.name in given.networks.split(",")]
    python = python_of("biblioflow") if given.peer is None else given.peer
    print(HEADER)
    table = []
    for n_records in map(int, given.sizes.split(",")):
        corpus = made_corpus(n_records, {case.field for case in cases})
        with tempfile.TemporaryDirectory() as room:
            write_partitioned(corpus, Path(room) / "corpus")
            for case in cases:
                for row in measured(corpus, case, python, Path(room) / "corpus"):
                    table.append(row)
                    print(
                        f"{row['records']:9,} {row['network']:22} {row['at_least']:8,}  {row['tool']:24} "
                        f"{row['items']:7,} {row['links']:11,} {row['seconds']:9.3f} {row['ratio']:7.2f}",
                        flush=True,
                    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"peak_gb": peak, "runs": table}, indent=1) + "\n", encoding="utf-8")
    print(f"\nratio: the floor = 1. Peak memory {peak:.1f} GB. Written to benchmarks/out/{OUT.name}.")


if __name__ == "__main__":
    main()
