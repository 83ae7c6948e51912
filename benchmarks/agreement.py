"""Coefficients of agreement on 10,000 codings by three coders, beside the packages krippendorff and scikit-learn.

    python benchmarks/agreement.py [--codes 40]

Three coders code sentences of 100 papers with so many codes: most of what one of them codes, the others code as well,
with other bounds. By code there is a table of 100 cases and three coders (present or absent), and a continuum of all
papers. Seconds are those of one processor, the median of five, without loading libraries. The packages have the same
tables, compute one coefficient of each, and must give the same numbers; neither has intervals, so that theirs is what
1,000 calls take. Last, `benang agree` on a review with as many codings: reading, placing, all coefficients, intervals.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benang.agreement import alpha, coefficients_of
from benang.agreement.coefficients import FORMULAS
from benang.agreement.comparison import Comparison
from benang.agreement.ratings import Continuum, Ratings, Span, tally
from benang.agreement.unitizing import marks, u_alpha
from benang.judgements.events import Task
from benang.judgements.store import FolderStore
from benang.tasks.agree import AgreeRequest, agree
from coding import WHEN, made_review
from peers import python_of

CODERS = ("ani", "budi", "citra")
PAPERS, LENGTH, CODINGS, DRAWS = 100, 6000, 10_000, 1000
PEER = """
import json, sys, time, warnings
import numpy as np
{load}
given = json.load(sys.stdin)
tables = [np.array(table, dtype={dtype}) for table in given]
seconds = []
for _ in range(5):
    start = time.process_time()
    values = [{call} for table in tables]
    seconds.append(time.process_time() - start)
json.dump([[float(one) for one in values], sorted(seconds)[2]], sys.stdout)
"""
PEERS: dict[str, dict[str, str]] = {
    "krippendorff": {
        "load": "import krippendorff",
        "dtype": "float",
        "call": "krippendorff.alpha(table, level_of_measurement='nominal')",
    },
    "scikit-learn": {
        "load": "from sklearn.metrics import cohen_kappa_score",
        "dtype": "int",
        "call": "cohen_kappa_score(table[0], table[1])",
    },
}


def comparisons(codes: int) -> Iterator[Comparison]:
    """Make one comparison a code."""
    chance = random.Random(1)  # noqa: S311 - no secret
    papers = [f"paper{at}" for at in range(PAPERS)]
    each = CODINGS // (codes * len(CODERS))
    for code in range(codes):
        spans: dict[tuple[str, str], list[Span]] = {}
        for start in chance.sample(range(0, PAPERS * LENGTH - 400, 400), each):
            paper, at = papers[start // LENGTH], start % LENGTH
            for coder in CODERS:
                if chance.random() < 0.8:
                    begin = at + chance.randrange(60)
                else:
                    paper, begin = chance.choice(papers), chance.randrange(LENGTH - 400)
                spans.setdefault((paper, coder), []).append(Span(begin, begin + chance.randint(40, 200), f"code{code}"))
        rows = tuple(tuple("yes" if (paper, coder) in spans else "no" for coder in CODERS) for paper in papers)
        texts = tuple(
            Continuum(paper, LENGTH, {coder: tuple(spans.get((paper, coder), ())) for coder in CODERS})
            for paper in papers
        )
        ratings = Ratings(CODERS, tuple(papers), rows, categories=("no", "yes"), documents=tuple(papers))
        yield Comparison("code", f"code{code}", f"Reason {code}", ratings, continua=texts)


def took(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the median processor seconds of some work, after a first time that is not counted."""
    work()
    spent = []
    for _ in range(repeats):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def alphas(compared: list[Comparison]) -> list[float]:
    """Return nominal alpha of each code."""
    counted = [tally(one.ratings) for one in compared]
    return [float(alpha(one, one.sums(), "nominal")[0]) for one in counted]


def kappas(compared: list[Comparison]) -> list[float]:
    """Return Cohen's kappa of the first two coders on each code."""
    two = [Ratings(CODERS[:2], one.ratings.units, tuple(row[:2] for row in one.ratings.rows)) for one in compared]
    return [float(FORMULAS["cohen"](tally(one).sums())[0]) for one in two]


def beside(peer: str, compared: list[Comparison]) -> tuple[list[float], float] | None:
    """Return what a package gives for each code, and its seconds; None where it can't be installed."""
    python = python_of(peer)
    if python is None:
        return None
    tables = [
        [[int(label == "yes") for label in one] for one in zip(*each.ratings.rows, strict=True)] for each in compared
    ]
    run = subprocess.run(
        [python, "-c", PEER.format(**PEERS[peer])], input=json.dumps(tables), capture_output=True, text=True, check=True
    )
    values, seconds = json.loads(run.stdout)
    return values, seconds


def reviewed(folder: Path, codes: int) -> float:
    """Return the processor seconds of `benang agree` on a review; a fourth coder, done with nothing, is left out."""
    made_review(folder, PAPERS, CODINGS * 4 // 3)
    for coder in CODERS:
        done = [
            Task(id=f"done-{coder}-{at}", case=f"case-paper{at}", group="reasons", coder=coder) for at in range(PAPERS)
        ]
        FolderStore(folder).append(done, time=WHEN)
    begin = time.process_time()
    agreed = agree(AgreeRequest(folder=folder))
    spent = time.process_time() - begin
    assert len(agreed.agreements) == codes
    return spent


def main() -> None:
    """Print a table of seconds, and how many times a package's they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=40)
    codes = parser.parse_args().codes
    compared = list(comparisons(codes))
    n = sum(len(spans) for one in compared for text in one.continua for spans in text.spans.values())
    print(f"{n:,} codings by {len(CODERS)} coders, {codes} codes, {PAPERS} papers")
    print(f"{'answer':44} {'CPU s':>8} {'times':>6} peer")
    for name, work, peer in (
        ("alpha of each code by case", alphas, "krippendorff"),
        ("Cohen's kappa of each code, two coders", kappas, "scikit-learn"),
    ):
        own, other = took(partial(work, compared)), beside(peer, compared)
        if other:
            assert max(abs(a - b) for a, b in zip(work(compared), other[0], strict=True)) < 1e-9
        print(_line(name, own, other[1] if other else None, peer), flush=True)
    print(_line("u-alpha of each code", took(lambda: [u_alpha(marks(one.continua).sums()) for one in compared])))
    print(_line("the coefficients of the table", took(lambda: [coefficients_of(one, bootstrap=0) for one in compared])))
    drawn = took(lambda: [coefficients_of(one, bootstrap=DRAWS) for one in compared], 3)
    krippendorff = beside("krippendorff", compared)
    each = krippendorff and krippendorff[1] * DRAWS
    print(_line(f"the same with intervals, {DRAWS:,} draws", drawn, each, f"krippendorff, {DRAWS:,} times"))
    with tempfile.TemporaryDirectory() as folder:
        print(_line("benang agree, everything", reviewed(Path(folder) / "review", 40)))


def _line(name: str, own: float, other: float | None = None, peer: str = "") -> str:
    return f"{name:44} {own:8.3f} {own / other:6.2f} {peer}" if other else f"{name:44} {own:8.3f}"


if __name__ == "__main__":
    main()
