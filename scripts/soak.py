"""Spoil exports in a hundred thousand ways and read them: each ends in records or in a message, in little time.

`make soak` runs it, with a tenth as many cases of maps (`soak_maps.py`). A case takes one of the project's invented
exports and cuts it, doubles or drops pieces of it, puts bytes in, mixes it with another, and reads it. Anything but a
corpus or a BenangError is a fault, and so is an account that does not add up, or a case that takes longer than ten
seconds. The same seed gives the same cases.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from soak_maps import soak_maps

from benang.errors import BenangError
from benang.readers.registry import read_files

EXPORTS = Path(__file__).resolve().parent.parent / "tests" / "data"
SUFFIXES = {
    ".ris", ".txt", ".csv", ".tsv", ".bib", ".json", ".jsonl", ".xml", ".nbib", ".enw", ".ciw", ".pdf", ".xlsx", ".xls",
}  # fmt: skip
SPICE = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n",
    b"\t",
    b'"',
    b"'",
    b";",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&amp;",
    b"&#x0;",
    b"ER  - ",
    b"TY  - JOUR\n",
    b"PMID- 1\n",
    b"@article{a,",
    b"</record>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"\\",
    b"\\u0000",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x98\x80",
    b"\x1a",
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"10.1000/",
)
LONGEST = 10.0


def spoilt(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return a file with one to five things done to it."""
    for _ in range(chance.randint(1, 5)):
        one, other = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        way = chance.randrange(7)
        if way == 0:
            data = data[:one]
        elif way == 1:
            data = data[:one] + data[other:]
        elif way == 2:
            data = data[:other] + data[one:other][:2000] * chance.randint(1, 20) + data[other:]
        elif way == 3:
            data = data[:one] + chance.choice(SPICE) * chance.randint(1, 50) + data[one:]
        elif way == 4:
            data = data[:one] + chance.randbytes(chance.randint(1, 20)) + data[one:]
        elif way == 5:
            data = data[:one] + chance.choice(others)[:5000] + data[one:]
        else:
            data = data.replace(chance.choice((b"\n", b",", b'"', b" ")), chance.choice(SPICE), chance.randint(1, 20))
    return data[:500_000]


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--exports", type=Path, default=EXPORTS, help="where the exports to be spoilt lie")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311
    paths = sorted(path for path in asked.exports.rglob("*") if path.suffix in SUFFIXES)
    held = [path.read_bytes() for path in paths]
    ends = {"read": 0, "refused": 0, "faults": 0}
    longest = (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        for case in range(asked.cases):
            at = chance.randrange(len(paths))
            file = Path(folder) / f"case{paths[at].suffix}"
            file.write_bytes(spoilt(held[at], held, chance))
            begun = time.perf_counter()
            end = _end(file)
            took = time.perf_counter() - begun
            longest = max(longest, (took, f"case {case}, {paths[at].name}"))
            if end not in ends or took > LONGEST:
                ends["faults"] += 1
                kept = Path(tempfile.gettempdir()) / f"soak-{asked.seed}-{case}{paths[at].suffix}"
                kept.write_bytes(file.read_bytes())
                print(f"case {case}, {paths[at].name}, {took:.1f} s: {end}; kept as {kept}", flush=True)
            else:
                ends[end] += 1
    print(f"{asked.cases:,} cases of {len(paths)} exports: {ends}; the longest took {longest[0]:.2f} s ({longest[1]})")
    of_maps, faults = soak_maps(asked.cases // 10, asked.seed, kept=Path(tempfile.gettempdir()))
    print(*faults, f"{asked.cases // 10:,} cases of maps: {of_maps}, {len(faults):,} faults", sep="\n")
    return int(ends["faults"] > 0 or bool(faults))


def _end(file: Path) -> str:
    try:
        done = read_files(file)
    except BenangError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - whatever else comes out is what this looks for
        return f"{type(error).__name__}: {str(error)[:200]}"
    if any(account.found != account.read + len(account.set_aside) for account in done.corpus.ledger.files):
        return "an account that does not add up"
    return "read" if len(done.corpus) else "refused"


if __name__ == "__main__":
    sys.exit(main())
