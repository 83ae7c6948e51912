"""Screening by priority on records whose labels are known, beside ASReview with the same beginning.

    python benchmarks/screening.py [--data FOLDER] [--seeds 5]

FOLDER has tables with `title`, `abstract` and `label_included`: four sets of Cohen et al. (2006), which are not part of
the project. Each set is screened with each seed by Benang, as `benang screen` shows records, and by the package
asreview with its model ELAS u4, which learns after every record. Both begin with the same two known records, and what
they found is measured by the same definitions (`benang.screening.simulation`); figures are medians over the seeds.
Seconds are those of one processor, without loading libraries. Last, an order is learned from a part of 5,000
records, made of halves of the real abstracts: a second one has to be ready before somebody has read the first.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.screening.priority import Ranker
from benang.screening.simulation import Simulation, simulated
from peers import python_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out" / "screening.json"
LABEL = "label_included"
ASREVIEW = """
import json, sys, time
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate
given = json.load(sys.stdin)
records = pd.DataFrame({"title": given["titles"], "abstract": given["abstracts"]})
answers = []
for known in given["known"]:
    start = time.process_time()
    cycle = ActiveLearningCycle.from_meta(get_ai_config("elas_u4")["value"])
    simulation = Simulate(records, pd.Series(given["labels"]), cycle, stopper=-1, print_progress=False)
    simulation.label(known)
    simulation.review()
    answers.append({"order": simulation._results["record_id"].tolist(), "seconds": time.process_time() - start})
json.dump(answers, sys.stdout)
"""


@dataclass(frozen=True)
class Labelled:
    """A set of records, of each the title, the abstract, and whether it was included."""

    name: str
    titles: tuple[str, ...]
    abstracts: tuple[str, ...]
    labels: tuple[bool, ...]

    @property
    def texts(self) -> list[str]:
        """What both read of each record."""
        return [f"{title} {abstract}".strip() for title, abstract in zip(self.titles, self.abstracts, strict=True)]


@dataclass(frozen=True)
class Run:
    """A screening, and the seconds that it took."""

    simulation: Simulation
    seconds: float


def labelled_sets(folder: Path) -> list[Labelled]:
    sets = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        labels = tuple(row[LABEL] == "1" for row in rows)
        titles, abstracts = (tuple(row[name] for row in rows) for name in ("title", "abstract"))
        sets.append(Labelled(path.stem.rpartition("-")[2], titles, abstracts, labels))
    return sets


def by_benang(one: Labelled, seeds: Sequence[int]) -> list[Run]:
    runs = []
    for seed in seeds:
        start = time.process_time()
        simulation = simulated(one.texts, one.labels, seed=seed)
        runs.append(Run(simulation, time.process_time() - start))
    return runs


def by_asreview(python: str, one: Labelled, known: Sequence[tuple[int, ...]]) -> list[Run]:
    given = {"titles": one.titles, "abstracts": one.abstracts, "labels": list(map(int, one.labels)), "known": known}
    with tempfile.TemporaryDirectory() as folder:  # asreview leaves a file where it runs
        done = subprocess.run(
            [python, "-c", ASREVIEW], input=json.dumps(given), capture_output=True, text=True, check=True, cwd=folder
        )
    runs = []
    for answer in json.loads(done.stdout):
        order = tuple(answer["order"])
        assert sorted(order) == list(range(len(one.labels)))
        runs.append(Run(Simulation(order, tuple(one.labels[at] for at in order)), answer["seconds"]))
    return runs


def figures(runs: Sequence[Run]) -> dict[str, float]:
    """Return the medians of what is compared."""
    screenings = [run.simulation for run in runs]
    values = {f"recall_at_{share}": [one.recall_at(share) for one in screenings] for share in (0.1, 0.2, 0.5)}
    values |= {"wss95": [one.work_saved() for one in screenings], "seconds": [run.seconds for run in runs]}
    values |= {"atd": [one.time_to_discovery for one in screenings]}
    return {name: statistics.median(each) for name, each in values.items()}


def many_texts(sets: Sequence[Labelled], count: int) -> tuple[list[str], list[bool]]:
    """Make so many records of the first half of one abstract and the second half of another."""
    chance = random.Random(0)  # noqa: S311 - no secret
    texts = [(text.split(), label) for one in sets for text, label in zip(one.texts, one.labels, strict=True)]
    pairs = [(chance.choice(texts), chance.choice(texts)) for _ in range(count)]
    made = [" ".join([*one[: len(one) // 2], *two[len(two) // 2 :]]) for (one, _), (two, _) in pairs]
    return made, [label for (_, label), _ in pairs]


def learning_seconds(sets: Sequence[Labelled], count: int = 5000) -> dict[str, float]:
    """Return how long the vectors of many records take, and an order learned from some of them."""
    texts, labels = many_texts(sets, count)
    ranker = Ranker(texts)
    start = time.process_time()
    ranker.order({0: True, 1: False})
    seconds = {"first": time.process_time() - start}
    for n in (100, 1000, 2500, 4500):
        start = time.process_time()
        ranker.order(dict(enumerate(labels[:n])))
        seconds[str(n)] = time.process_time() - start
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data" / "screening", help="labelled sets"
    )
    parser.add_argument("--seeds", type=int, default=5, help="screenings of each set (5)")
    asked = parser.parse_args()
    sets = labelled_sets(asked.data)
    if not sets:
        print(f"No labelled sets in {asked.data}: nothing is measured.")
        return
    python = python_of("asreview")
    by_benang(sets[0], [1])  # what is loaded once is no part of the measurement
    print(f"{'':22} {'':10} {'10 %':>6} {'20 %':>6} {'50 %':>6} {'WSS@95':>7} {'ATD':>6} {'CPU s':>6}")
    rows = []
    for one in sets:
        ours = by_benang(one, range(1, asked.seeds + 1))
        runs = {"benang": ours}
        if python:
            runs["asreview"] = by_asreview(
                python, one, [run.simulation.order[: run.simulation.n_known] for run in ours]
            )
        for name, each in runs.items():
            row = figures(each)
            recalls = " ".join(f"{row[f'recall_at_{share}']:6.3f}" for share in (0.1, 0.2, 0.5))
            print(f"{one.name:22} {name:10} {recalls} {row['wss95']:7.3f} {row['atd']:6.1f} {row['seconds']:6.2f}")
            rows.append({"set": one.name, "records": len(one.labels), "relevant": sum(one.labels), "by": name, **row})
    seconds = learning_seconds(sets)
    print("5,000 records: " + ", ".join(f"{n} labels {each:.3f} s" for n, each in seconds.items()))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"runs": rows, "learning_s": seconds}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
