"""Reading and matching, beside an earlier version of Benang.

    python benchmarks/earlier.py REVISION [--records 5000] [--rounds 7] [--exports FOLDER]

The earlier version is checked out beside this one, and both run in turn, each time in a process of its own with the
same libraries. Files are made of invented records (`reading.py`); `--exports` reads a folder of real ones as well, by
default the one beside the project, where it is at hand. Seconds are CPU seconds, the median of all rounds; the ratio is
the median of the ratios round by round, so that it holds on a machine that other work slows down now and then.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "benchmarks" / "out" / "earlier.json"
EXPORTS = ROOT.parent / "shared" / "data" / "exports"
SUFFIXES = {
    "RIS": "ris", "Web of Science plain text": "txt", "Scopus CSV": "csv", "BibTeX": "bib", "MEDLINE": "nbib",
    "OpenAlex JSON": "jsonl",
}  # fmt: skip


def spent(run: Callable[[], Any], seconds: dict[str, float], name: str) -> Any:
    """Run something and note the CPU seconds of all its threads."""
    begin = time.process_time()
    made = run()
    seconds[name] = time.process_time() - begin
    return made


def measure(folder: Path, exports: Path | None) -> dict[str, float]:
    """Read every file and match what the records cite, in this process and with the Benang that it imports."""
    from benang.network.citation import citation_network, coupling_network
    from benang.readers.registry import read, read_files
    from benang.records.duplicates import find_duplicates
    from benang.records.duplicates.joining import joined
    from benang.terms.text_terms import text_terms

    seconds: dict[str, float] = {}
    corpora = {}
    for form, suffix in SUFFIXES.items():
        path = folder / f"invented.{suffix}"
        corpora[form] = spent(partial(read, path), seconds, f"reading {form}")
    scopus, wos = corpora["Scopus CSV"], corpora["Web of Science plain text"]
    spent(lambda: joined(scopus, find_duplicates(scopus)), seconds, "duplicates")
    spent(lambda: coupling_network(wos, min_citations=0), seconds, "coupling, Web of Science")
    spent(lambda: coupling_network(scopus, min_citations=0), seconds, "coupling, Scopus")
    spent(lambda: text_terms(wos, min_occurrences=10), seconds, "terms")
    if exports is not None:
        real = spent(lambda: read_files(exports).corpus, seconds, "reading real exports")
        works = spent(lambda: joined(real, find_duplicates(real)), seconds, "duplicates of real exports")
        spent(lambda: citation_network(works, min_citations=0), seconds, "citations of real exports")
        spent(lambda: coupling_network(works, min_citations=0), seconds, "coupling of real exports")
    return seconds | {"all of it": sum(seconds.values())}


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """Check an earlier version out into a folder for the time being."""
    git = ["git", "-C", str(ROOT)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "earlier"
        subprocess.run([*git, "worktree", "add", "--quiet", "--detach", str(place), revision], check=True)
        try:
            yield place
        finally:
            subprocess.run([*git, "worktree", "remove", "--force", str(place)], check=True)


def measured(source: Path, folder: Path, exports: Path | None) -> dict[str, float]:
    """Measure the Benang that lies in a folder, in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(folder), *([str(exports)] if exports else [])]
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    read: dict[str, float] = json.loads(done.stdout)
    return read


def write_files(folder: Path, records: int) -> None:
    """Write invented records in every form."""
    from reading import WRITERS

    for form, suffix in SUFFIXES.items():
        WRITERS[form](folder / f"invented.{suffix}", records)


def main() -> None:
    """Compare, print the table, and keep it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("revision", nargs="?", help="the earlier version, as git knows it")
    parser.add_argument("--records", type=int, default=5_000, help="records in each file (5000)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds (7)")
    parser.add_argument("--exports", type=Path, default=EXPORTS, help="a folder of real exports")
    parser.add_argument("--measure", nargs="+", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure[0], given.measure[1] if len(given.measure) > 1 else None)))
        return
    if given.revision is None:
        parser.error("name the earlier version: a tag or a commit")
    exports = given.exports if given.exports.is_dir() else None
    with tempfile.TemporaryDirectory() as folder, checked_out(given.revision) as earlier:
        write_files(Path(folder), given.records)
        rounds = [(measured(ROOT, Path(folder), exports), measured(earlier, Path(folder), exports))
                  for _ in range(given.rounds + 1)][1:]  # fmt: skip
    rows = {
        name: {
            "now_s": statistics.median(now[name] for now, _ in rounds),
            "earlier_s": statistics.median(before[name] for _, before in rounds),
            "ratio": statistics.median(now[name] / before[name] for now, before in rounds),
        }
        for name in rounds[0][0]
    }
    print(f"{'':34}{'now':>9}{'earlier':>9}{'ratio':>8}")
    for name, row in rows.items():
        print(f"{name:34}{row['now_s']:9.2f}{row['earlier_s']:9.2f}{row['ratio']:8.2f}")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
