"""Reading exports, beside what a user would pick instead, or beside a floor that nothing can go below.

    python benchmarks/reading.py [--records 20000]

The files are made of invented records, of the size that databases write them (an abstract, 30 cited references, or 30
ids of works in OpenAlex; none in MEDLINE, which has none), one in four with letters beyond ASCII. rispy and
bibtexparser split files into fields; csv.reader and json.loads know nothing of records, and are the floor.
bibtexparser 1 is slow: it reads a part of the file, and its time is multiplied. Seconds are CPU seconds for 100,000
records. Each measurement runs in a process of its own; memory is the peak above what was there before the file was
opened.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import os
import random
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parent / "out" / "reading.json"
VOCABULARY = (
    "city sister cooperation agreement government region policy culture trade tourism education network diplomacy "
    "development partner local program failure evaluation budget public council exchange regional study result method"
)
SYLLABLES = "sa ri con toh la dan um pa les ta wi ja rah put hi yat nu gro san to pra ma ku su"
WORDS, SOUNDS = VOCABULARY.split(), SYLLABLES.split()
NAMES = tuple((one + two + three).capitalize() for one in SOUNDS for two in SOUNDS for three in SOUNDS[::2])
"""7,000 family names, and seven initials with each: as in real exports, most authors stand there once or twice."""
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
    "Web of Science plain text": ("benang", "rispy (WokParser)"),
    "Scopus CSV": ("benang", "csv.reader"),
    "BibTeX": ("benang", "bibtexparser 1", "bibtexparser 2"),
    "MEDLINE": ("benang",),
    "OpenAlex JSON": ("benang", "json.loads"),
}
PART = 200
"""Records that a slow program reads."""
REFERENCES = 30


def invented(count: int) -> Iterator[dict[str, str]]:
    """Give records of invented words, always the same ones."""
    chance = random.Random(0)  # noqa: S311 - no secret
    pick = chance.choice
    for number in range(count):
        authors = [f"{pick(NAMES)} {pick('ABDHKMRST')}." for _ in range(4)]
        yield {
            "authors": "; ".join(authors),
            "title": " ".join(pick(WORDS) for _ in range(12)).capitalize() + (" – é" if number % 4 == 0 else ""),
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


def write_bib(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in invented(count):
            authors = " and ".join(name.replace(" ", ", ") for name in record["authors"].split("; "))
            file.write(
                f"@ARTICLE{{made{record['id'][-11:]},\n\tauthor = {{{authors}}},\n\ttitle = {{{record['title']}}},\n"
                f"\tyear = {{{record['year']}}},\n\tjournal = {{{record['source']}}},\n"
                f"\tvolume = {{{record['volume']}}},\n"
                f"\tpages = {{{record['page']}}},\n\tdoi = {{{record['doi']}}},\n"
                f"\tabstract = {{{record['abstract']}}},\n"
                f"\tauthor_keywords = {{{record['keywords']}}},\n\treferences = {{{record['references']}}},\n"
                f"\tnote = {{Cited by: {record['cited']}}},\n\tsource = {{Scopus}}\n}}\n\n"
            )


def write_medline(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, record in enumerate(invented(count), 10_000_000):
            authors = "".join(f"AU  - {name.rstrip('.')}\n" for name in record["authors"].split("; "))
            keywords = "".join(f"OT  - {keyword}\n" for keyword in record["keywords"].split("; "))
            abstract = "\n      ".join(textwrap.wrap(record["abstract"], 80))
            file.write(
                f"PMID- {number}\nOWN - NLM\nSTAT- MEDLINE\nDP  - {record['year']} May\nTI  - {record['title']}\n"
                f"PG  - {record['page']}\nVI  - {record['volume']}\nLID - {record['doi']} [doi]\nAB  - {abstract}\n"
                f"{authors}LA  - eng\nPT  - Journal Article\nJT  - {record['source']}\n{keywords}"
                f"SO  - {record['source']}. {record['year']}.\n\n"
            )


def write_openalex(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, record in enumerate(invented(count)):
            words: dict[str, list[int]] = {}
            for at, word in enumerate(record["abstract"].split()):
                words.setdefault(word, []).append(at)
            work = {
                "id": f"https://openalex.org/W{number + 1}",
                "doi": f"https://doi.org/{record['doi']}",
                "title": record["title"],
                "display_name": record["title"],
                "publication_year": int(record["year"]),
                "type": "article",
                "language": "en",
                "primary_location": {"source": {"display_name": record["source"], "type": "journal"}},
                "biblio": {"volume": record["volume"], "first_page": record["page"]},
                "authorships": [
                    {
                        "author": {"id": f"https://openalex.org/A{number * 4 + at}", "display_name": name},
                        "institutions": [],
                    }
                    for at, name in enumerate(record["authors"].split("; "))
                ],
                "cited_by_count": int(record["cited"]),
                "keywords": [{"display_name": keyword} for keyword in record["keywords"].split("; ")],
                "referenced_works": [f"https://openalex.org/W{number * 7 + at}" for at in range(REFERENCES)],
                "abstract_inverted_index": words,
            }
            file.write(json.dumps(work, ensure_ascii=False) + "\n")


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "RIS": write_ris,
    "Web of Science plain text": write_wos,
    "Scopus CSV": write_csv,
    "BibTeX": write_bib,
    "MEDLINE": write_medline,
    "OpenAlex JSON": write_openalex,
}


def run_benang(path: Path) -> int:
    from benang.readers.registry import read

    return len(read(path))


def run_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def run_json(path: Path) -> int:
    with path.open(encoding="utf-8") as file:
        return len([json.loads(line) for line in file])


def run_rispy(path: Path) -> int:
    rispy = importlib.import_module("rispy")
    with path.open(encoding="utf-8") as file:
        return len(rispy.load(file))


def run_rispy_wos(path: Path) -> int:
    rispy = importlib.import_module("rispy")
    with path.open(encoding="utf-8") as file:
        return len(rispy.load(file, implementation=rispy.WokParser))


def run_bibtexparser(path: Path) -> int:
    bibtexparser = importlib.import_module("bibtexparser")
    if hasattr(bibtexparser, "parse_file"):
        return len(bibtexparser.parse_file(str(path), encoding="utf-8").entries)
    with path.open(encoding="utf-8") as file:
        return len(bibtexparser.load(file).entries)


@dataclass(frozen=True)
class Tool:
    """A program: the module that it is imported from, how it reads, and the environment that it is installed in."""

    module: str
    run: Callable[[Path], int]
    peer: str = ""
    slow: bool = False


RUNS: dict[str, Tool] = {
    "benang": Tool("benang.readers.registry", run_benang),
    "csv.reader": Tool("csv", run_csv),
    "json.loads": Tool("json", run_json),
    "rispy": Tool("rispy", run_rispy, "rispy"),
    "rispy (WokParser)": Tool("rispy", run_rispy_wos, "rispy"),
    "bibtexparser 1": Tool("bibtexparser", run_bibtexparser, "bibtexparser-1", slow=True),
    "bibtexparser 2": Tool("bibtexparser", run_bibtexparser, "bibtexparser-2"),
}


def peak_mib() -> float:
    """Return the most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(name: str, path: Path) -> None:
    """Read one file in this process and print what it took."""
    tool = RUNS[name]
    importlib.import_module(tool.module)
    before, clock, cpu = peak_mib(), time.perf_counter(), time.process_time()
    records = tool.run(path)
    wall, spent = time.perf_counter() - clock, time.process_time() - cpu
    print(json.dumps({"records": records, "wall_s": wall, "cpu_s": spent, "peak_mib": peak_mib() - before}))


def measured(python: str, name: str, path: Path, repeats: int = 3) -> dict[str, float]:
    """Measure in processes of their own; the one with the least CPU time counts."""
    command = [python, __file__, "--measure", name, str(path)]
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
    from peers import python_of

    pythons = {name: python_of(tool.peer) if tool.peer else sys.executable for name, tool in RUNS.items()}
    print(f"{'form':26} {'tool':18} {'records':>8} {'s/100,000':>10} {'MB/s':>7} {'ratio':>7} {'peak of file':>13}")
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (form, tools) in enumerate(TOOLS.items()):
            path, part = Path(folder) / f"{number}.export", Path(folder) / f"{number}.part"
            WRITERS[form](path, given.records)
            WRITERS[form](part, PART)
            for row in compare(form, {name: pythons[name] for name in tools}, path, part):
                table.append(row)
                print(
                    f"{form:26} {row['tool']:18} {row['records']:8,} {row['s_per_100000']:10.1f} "
                    f"{row['mb_per_s']:7.1f} {row['ratio']:7.2f} {row['peak_of_file']:12.1f}×",
                    flush=True,
                )
            path.unlink()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps({"records": given.records, "runs": table}, indent=1) + "\n", encoding="utf-8")
    print(f"\nratio: CPU time of Benang = 1. Written to {OUT.relative_to(Path(__file__).resolve().parent.parent)}.")


def compare(form: str, pythons: dict[str, str | None], path: Path, part: Path) -> Iterator[dict[str, Any]]:
    ours = 0.0
    for name, python in pythons.items():
        if python is None:
            continue
        file = part if RUNS[name].slow else path
        size = file.stat().st_size
        took = measured(python, name, file)
        seconds = took["cpu_s"] / took["records"] * 100_000
        ours = ours or seconds
        yield {
            "form": form,
            "tool": name,
            "bytes": size,
            "s_per_100000": seconds,
            "mb_per_s": size / 1e6 / took["cpu_s"],
            "ratio": seconds / ours,
            "peak_of_file": took["peak_mib"] * 2**20 / size,
            **took,
        }


if __name__ == "__main__":
    main()
