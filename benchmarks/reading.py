"""Reading exports, beside what a user would pick instead: csv.reader as the floor for CSV, rispy for RIS.

    python benchmarks/reading.py [--records 20000]

The files are made of invented records, of the size that databases write them (an abstract, 30 cited references). Each
measurement runs in a process of its own; memory is the peak above what was there before the file was opened.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

OUT = Path(__file__).resolve().parent / "out" / "reading.json"
VOCABULARY = (
    "city sister cooperation agreement government region policy culture trade tourism education network diplomacy "
    "development partner local program failure evaluation budget public council exchange regional study result method"
)
FAMILIES = "Sari Contoh Teladan Umpama Lestari Wijaya Rahma Putra Hidayat Nugroho Santoso Pratama Utami Kusuma"
WORDS, NAMES = VOCABULARY.split(), FAMILIES.split()
COLUMNS = {
    "authors": "Authors",
    "title": "Title",
    "year": "Year",
    "source": "Source title",
    "volume": "Volume",
    "page": "Page start",
    "cited": "Cited by",
    "doi": "DOI",
    "abstract": "Abstract",
    "keywords": "Author Keywords",
    "references": "References",
    "id": "EID",
}
TOOLS = {
    "RIS": ("benang", "rispy"),
    "Scopus CSV": ("benang", "csv.reader"),
    "Web of Science plain text": ("benang",),
}
REFERENCES = 30


def invented(count: int) -> Iterator[dict[str, str]]:
    """Give records of invented words, always the same ones."""
    chance = random.Random(0)  # noqa: S311 - no secret
    pick = chance.choice
    for number in range(count):
        authors = [f"{pick(NAMES)} {pick('ABDHKMRST')}." for _ in range(4)]
        yield {
            "authors": "; ".join(authors),
            "title": " ".join(pick(WORDS) for _ in range(12)).capitalize(),
            "year": str(chance.randint(1995, 2024)),
            "source": f"Journal of {pick(WORDS)} {pick(WORDS)}",
            "volume": str(chance.randint(1, 60)),
            "page": str(chance.randint(1, 900)),
            "doi": f"10.9999/invented.{number}",
            "abstract": " ".join(pick(WORDS) for _ in range(180)).capitalize(),
            "keywords": "; ".join(f"{pick(WORDS)} {pick(WORDS)}" for _ in range(6)),
            "references": "; ".join(
                f"{pick(NAMES)} {pick('ABDHKM')}., {' '.join(pick(WORDS) for _ in range(8))}, "
                f"J. {pick(WORDS)}, {chance.randint(1, 60)}, pp. 1-9, ({chance.randint(1970, 2023)})"
                for _ in range(REFERENCES)
            ),
            "cited": str(chance.randint(0, 90)),
            "id": f"2-s2.0-{80_000_000_000 + number}",
        }


def write_ris(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in invented(count):
            authors = "".join(f"AU  - {name.replace(' ', ', ')}\n" for name in record["authors"].split("; "))
            keywords = "".join(f"KW  - {keyword}\n" for keyword in record["keywords"].split("; "))
            references = record["references"].replace("; ", ";\n")
            file.write(
                f"TY  - JOUR\nTI  - {record['title']}\n{authors}T2  - {record['source']}\nVL  - {record['volume']}\n"
                f"SP  - {record['page']}\nPY  - {record['year']}\nDO  - {record['doi']}\nAB  - {record['abstract']}\n"
                f"{keywords}N1  - Cited By :{record['cited']}\nN1  - References: {references}\nDB  - Scopus\nER  - \n\n"
            )


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(COLUMNS.values())
        writer.writerows([record[key] for key in COLUMNS] for record in invented(count))


def write_wos(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("FN Invented\nVR 1.0\n")
        for record in invented(count):
            authors = record["authors"].replace(" ", ", ").replace(";, ", "\n   ").replace(".", "")
            references = record["references"].replace("; ", "\n   ")
            file.write(
                f"PT J\nAU {authors}\nTI {record['title']}\nSO {record['source'].upper()}\nDT Article\n"
                f"DE {record['keywords']}\nID {record['keywords'].upper()}\nAB {record['abstract']}\nCR {references}\n"
                f"TC {record['cited']}\nPY {record['year']}\nVL {record['volume']}\nBP {record['page']}\n"
                f"DI {record['doi']}\nUT WOS:{record['id'][-11:]}\nER\n\n"
            )
        file.write("EF")


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "RIS": write_ris,
    "Scopus CSV": write_csv,
    "Web of Science plain text": write_wos,
}


def run_benang(path: Path) -> int:
    from benang.readers.registry import read

    return len(read(path))


def run_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def run_rispy(path: Path) -> int:
    rispy = importlib.import_module("rispy")
    with path.open(encoding="utf-8") as file:
        return len(rispy.load(file))


RUNS: dict[str, tuple[str, Callable[[Path], int]]] = {
    "benang": ("benang.readers.registry", run_benang),
    "csv.reader": ("csv", run_csv),
    "rispy": ("rispy", run_rispy),
}


def peak_mib() -> float:
    """Return the most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(tool: str, path: Path) -> None:
    """Read one file in this process and print what it took."""
    module, run = RUNS[tool]
    importlib.import_module(module)
    before, clock, cpu = peak_mib(), time.perf_counter(), time.process_time()
    records = run(path)
    wall, spent = time.perf_counter() - clock, time.process_time() - cpu
    print(json.dumps({"records": records, "wall_s": wall, "cpu_s": spent, "peak_mib": peak_mib() - before}))


def measured(tool: str, path: Path, repeats: int = 3) -> dict[str, float]:
    """Measure in processes of their own; the one with the least CPU time counts."""
    command = [sys.executable, __file__, "--measure", tool, str(path)]
    runs = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout)
        for _ in range(repeats)
    ]
    return min(runs, key=lambda run: run["cpu_s"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=20_000, help="records in each file (20000)")
    parser.add_argument("--measure", nargs=2, metavar=("TOOL", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]))
        return
    if importlib.util.find_spec("rispy") is None:
        print("rispy is not installed: `pip install rispy` to measure beside it.\n")
    print(
        f"{'form':26} {'tool':11} {'records':>8} {'CPU s':>8} {'MB/s':>7} {'ratio':>7} {'peak MiB':>9} {'of file':>8}"
    )
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (form, tools) in enumerate(TOOLS.items()):
            path = Path(folder) / f"{number}.export"
            WRITERS[form](path, given.records)
            table.extend(compare(form, path, [tool for tool in tools if importlib.util.find_spec(RUNS[tool][0])]))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"records": given.records, "runs": table}, indent=1) + "\n", encoding="utf-8")
    print(f"\nratio: CPU time of Benang = 1. Written to {OUT.relative_to(Path(__file__).resolve().parent.parent)}.")


def compare(form: str, path: Path, tools: list[str]) -> list[dict[str, object]]:
    size = path.stat().st_size
    rows: list[dict[str, object]] = []
    ours = 0.0
    for tool in tools:
        took = measured(tool, path)
        ours = ours or took["cpu_s"]
        ratio, share = took["cpu_s"] / ours, took["peak_mib"] * 2**20 / size
        rate = size / 1e6 / took["cpu_s"]
        rows.append({"form": form, "tool": tool, "bytes": size, "ratio": ratio, "peak_of_file": share, **took})
        print(
            f"{form:26} {tool:11} {took['records']:8,} {took['cpu_s']:8.2f} {rate:7.1f} {ratio:7.2f} "
            f"{took['peak_mib']:9.0f} {share:7.1f}×"
        )
    return rows


if __name__ == "__main__":
    main()
