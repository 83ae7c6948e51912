"""The example review, built as a user builds it: the whole process, first and again, beside an empty Python.

The floor is a Python that only imports matplotlib and numpy: no figure can be drawn for less.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REVIEW = ROOT / "examples" / "sister-cities"
RUNS = 3


def _seconds(arguments: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def _median(make: list[str], *, fresh: Path | None) -> float:
    taken = []
    for _ in range(RUNS):
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        taken.append(_seconds(make))
    return statistics.median(taken)


def main() -> None:
    """Measure, print a table, and write benchmarks/out/demo.json."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        build = ["-m", "benang", "build", str(REVIEW), "--out", str(out)]
        _seconds(build)  # compiles the kernels, once for this machine
        rows = {
            "floor: import numpy and matplotlib": _median(["-c", "import numpy, matplotlib.figure"], fresh=None),
            "benang --help": _median(["-m", "benang", "--help"], fresh=None),
            "build, all made": _median(build, fresh=out),
            "build, nothing changed": _median(build, fresh=None),
        }
    floor = next(iter(rows.values()))
    print(f"{'the example review, whole process':40} {'seconds':>8} {'x floor':>8}")
    for name, seconds in rows.items():
        print(f"{name:40} {seconds:8.2f} {seconds / floor:8.1f}")
    results = ROOT / "benchmarks" / "out" / "demo.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
