"""Screening by priority on records whose labels are known, beside ASReview with the same beginning.

    python benchmarks/screening.py [--data FOLDER] [--seeds 5]

FOLDER has tables with `title`, `abstract` and `label_included`: four sets of Cohen et al. (2006), which are not part of
the project. Each set is screened with each seed by Benang, as `benang screen` shows records, and by the package
asreview with its model ELAS u4, which learns after every record. Both begin with the same two known records, and what
they found is measured by the same definitions (`benang.tasks.screening.simulating`); figures are medians over the
seeds. Seconds are those of one processor, without loading libraries.

Last, 5,000 records, made of halves of the real abstracts: an order is learned from a part of them; and in a review in
which one of two reviewers has decided on all and the other on most, the other one presses a key thirty times. What is
measured of a key is the processor time of the thread that answers, from the key to the next record on the screen.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benang.judgements.acts import restated
from benang.judgements.events import Decision
from benang.judgements.log import read_judgements
from benang.judgements.store import FolderStore
from benang.project.folder import ReviewFolder, open_folder
from benang.screening.outcomes import screened
from benang.screening.priority import Ranker
from benang.tasks.screening.desk import open_screening
from benang.tasks.screening.simulating import Simulation, simulated
from benang.tasks.screening.sitting import begin, press, screen
from peers import python_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out" / "screening.json"
LABEL = "label_included"
PLAN = """format = 1
title = "Invented records"
question = "How long does a key take?"
reviewers = ["ani", "budi"]

[sources]
files = ["sources/*"]

[[criteria]]
id = "no-trial"
text = "No trial"

[[criteria]]
id = "on-trials"
kind = "include"
text = "A trial"
terms = ["trial", "random*"]

[screening]
order = "{order}"
"""
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


def reviewed(folder: Path, sets: Sequence[Labelled], order: str, count: int = 5000) -> ReviewFolder:
    """Write a review in which ani has decided on all records and budi on all but a hundred."""
    texts, labels = many_texts(sets, count)
    (folder / "sources").mkdir(parents=True)
    (folder / "review.toml").write_text(PLAN.format(order=order), encoding="utf-8")
    records = (
        f"TY  - JOUR\nID  - k{at}\nTI  - {text[:90]} {at}\nAB  - {text[90:]}\nPY  - 2010\nER  - \n"
        for at, text in enumerate(texts)
    )
    (folder / "sources" / "invented.ris").write_text("\n".join(records), encoding="utf-8")
    keys = open_screening(folder).works.keys
    for coder, n in (("ani", count), ("budi", count - 100)):
        decisions = [
            restated(
                Decision(
                    id="-", coder=coder, record=key, stage="title-abstract", verdict="include" if yes else "exclude"
                )
            )
            for key, yes in zip(keys[:n], labels, strict=False)
        ]
        FolderStore(folder).append(decisions, time=datetime(2026, 5, 4, tzinfo=UTC))
    return open_folder(folder)


def loop_seconds(sets: Sequence[Labelled], order: str) -> dict[str, float]:
    """Return how long the log takes to be read and folded, and a key to be answered."""
    with tempfile.TemporaryDirectory() as name:
        folder = reviewed(Path(name) / "review", sets, order)
        desk = open_screening(folder.root)
        start = time.thread_time()
        judgements = read_judgements(folder)
        screened(desk.protocol, desk.works.keys, judgements)
        seconds = {"fold": time.thread_time() - start}
        sitting = begin(folder.root, coder="budi")
        gc.freeze()  # as the command does
        screen(sitting)
        keys = []
        for key in "ie0" * 15:
            start = time.thread_time()
            sitting = press(sitting, key)
            screen(sitting)
            keys.append(time.thread_time() - start)
        if sitting.retraining:
            sitting.retraining.close()
        gc.unfreeze()
    decided = [each for each, key in zip(keys, "ie0" * 15, strict=True) if key != "e"]  # which only asks for a reason
    return {**seconds, "key": statistics.median(decided), "longest": max(decided)}


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
    loops = {order: loop_seconds(sets, order) for order in ("random", "priority")}
    for order, taken in loops.items():
        print(f"5,000 records, two reviewers, {order}: " + ", ".join(f"{n} {s:.3f} s" for n, s in taken.items()))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        json.dumps({"runs": rows, "learning_s": seconds, "loop_s": loops}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
