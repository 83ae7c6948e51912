"""Cited references: taken apart, matched, coupled and co-cited, beside a bare scipy product (the floor).

    python benchmarks/references.py [--export FILE]

The invented records cite 27 works each on average, drawn with a skew from 8 works for every record; every second record
prints them as Web of Science does, the others as Scopus does. `--export` is a Web of Science export to measure with
as well, by default `wos-plain-500.txt` among the real exports beside the project, where they are at hand. Reading is
not measured. Times are CPU seconds of all threads, the least of some runs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out" / "references.json"
EXPORT = ROOT.parent / "shared" / "data" / "exports" / "wos-plain-500.txt"
RECORDS = (1_000, 50_000)
LEAST = {500: 5, 1_000: 5, 50_000: 20}
"""The least number of records that have to cite a work, for co-citation, by the number of records."""


def invented(n_records: int) -> list[tuple[str, ...]]:
    """Give the references of invented records, always the same ones."""
    rng = np.random.default_rng(0)
    n_works = 8 * n_records
    chance = 1 / (np.arange(1, n_works + 1) + 50.0) ** 0.8
    sizes = 1 + rng.binomial(52, 0.5, n_records)
    drawn = rng.choice(n_works, size=int(sizes.sum()), p=chance / chance.sum())
    ends = np.cumsum(sizes)
    return [
        tuple(_printed(int(work), wos=at % 2 == 0) for work in drawn[end - size : end])
        for at, (size, end) in enumerate(zip(sizes.tolist(), ends.tolist(), strict=True))
    ]


def _printed(work: int, *, wos: bool) -> str:
    """Print an invented work; every third has a DOI, which only Web of Science prints."""
    family = "".join(chr(97 + work // 26**at % 26) for at in range(4)).capitalize()
    initial, year, volume, page = chr(65 + work % 26), 1980 + work % 40, 1 + work % 97, 1 + 3 * (work % 1_009)
    if wos:
        doi = f", DOI 10.1000/j.test.{work}" if work % 3 == 0 else ""
        return f"{family} {initial}, {year}, J TEST SCI, V{volume}, P{page}{doi}"
    pages = f"pp. {page}-{page + 9}"
    return f"{family} {initial}., Doe A., On test {work}, Journal of Test Science, {volume}, {pages}, ({year})"


def best_of(run: Callable[[], object], repeats: int) -> tuple[float, object]:
    """Return the least CPU time of several runs, all threads together, and what the last one made."""
    seconds, made = [], None
    for _ in range(repeats):
        begin = time.process_time()
        made = run()
        seconds.append(time.process_time() - begin)
    return min(seconds), made


def floor(references: Sequence[Sequence[str]], least: int | None = None) -> sparse.csr_array:
    """Put strings into a dictionary and multiply: records by records, or (with `least`) works by works."""
    place: dict[str, int] = {}
    rows = [row for row, held in enumerate(references) for _ in set(held)]
    columns = [place.setdefault(name, len(place)) for held in references for name in dict.fromkeys(held)]
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(references), len(place)))
    if least is None:
        product = sparse.csr_array(matrix @ matrix.T)
    else:
        kept = np.flatnonzero(np.asarray(matrix.sum(axis=0)).ravel() >= least)
        product = sparse.csr_array(matrix[:, kept].T @ matrix[:, kept])
    product.setdiag(0)
    product.eliminate_zeros()
    return product


def measured(name: str, references: Sequence[Sequence[str]]) -> list[dict[str, object]]:
    """Measure matching, coupling and co-citation of one set of records."""
    from benang.kinds import Matching
    from benang.network.citation import coupling_network
    from benang.network.cocitation import cocitation_network
    from benang.network.network import Network
    from benang.records.corpus import corpus_of
    from benang.records.record import Record
    from benang.records.references.matching import MatchedReferences, match_references

    n = len(references)
    repeats, least = (5, LEAST.get(n, 5)) if n <= 5_000 else (1, LEAST.get(n, 5))
    corpus = corpus_of(Record(f"r{i}", references=tuple(held)) for i, held in enumerate(references))
    rows: list[dict[str, object]] = []

    def add(tool: str, seconds: float, items: int, links: int | None = None) -> None:
        rows.append({"records": name, "tool": tool, "seconds": seconds, "items": items, "links": links})

    matchings: tuple[Matching, ...] = ("exact", "keys", "fuzzy")
    for matching in matchings:
        seconds, matched = best_of(lambda by=matching: match_references(corpus, matching=by), repeats)  # type: ignore[misc]
        assert isinstance(matched, MatchedReferences)
        add(f"match, {matching}", seconds, len(matched))
    for what, run, bar in (
        ("coupling", lambda by: coupling_network(corpus, matching=by, components="all"), None),
        (
            "co-citation",
            lambda by: cocitation_network(corpus, matching=by, min_citations=least, components="all"),
            least,
        ),
    ):
        seconds, product = best_of(lambda bar=bar: floor(references, bar), repeats)  # type: ignore[misc]
        assert isinstance(product, sparse.csr_array)
        add(f"{what}, scipy product (floor)", seconds, product.shape[0], product.nnz // 2)
        for matching in matchings[:2]:
            seconds, network = best_of(lambda run=run, by=matching: run(by), repeats)  # type: ignore[misc]
            assert isinstance(network, Network)
            add(f"{what}, Benang, {matching}", seconds, len(network), network.n_links)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--export", type=Path, default=EXPORT, help="a Web of Science export")
    given = parser.parse_args()
    cases: list[tuple[str, Sequence[Sequence[str]]]] = []
    if given.export.is_file():
        from benang.readers.registry import read

        cases.append((given.export.name, [record.references for record in read(given.export).records]))
    cases += [(f"{n:,} invented", invented(n)) for n in RECORDS]
    print(f"{'records':>20}  {'step':36} {'items':>9} {'links':>10} {'CPU s':>8}")
    table = []
    for name, references in cases:
        for row in measured(name, references):
            table.append(row)
            links = "" if row["links"] is None else f"{row['links']:,}"
            print(f"{name:>20}  {row['tool']:36} {row['items']:9,} {links:>10} {row['seconds']:8.3f}", flush=True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"runs": table}, indent=1) + "\n", encoding="utf-8")
    print(f"\nWritten to {OUT.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
