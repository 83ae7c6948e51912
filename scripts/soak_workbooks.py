"""Read workbooks that were made to do harm, each beside a good file: it is read or refused by name, the good one read.

A case is one of the project's hostile workbooks (`tests/readers/hostile_workbooks.py`) or, when all have had their
turn, a copy of one with bytes changed, cut off or put in. A fault is anything but records or a message that names the
workbook, a good file that is lost, a case that takes longer than its process may, memory beyond `MOST_MEMORY` here,
and a process that is left behind. The same seed gives the same cases.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that `tests` is found

from tests.readers.hostile_workbooks import hostile_workbooks  # noqa: E402

from benang import unfinished  # noqa: E402
from benang.errors import BenangError  # noqa: E402
from benang.readers.registry import read_files  # noqa: E402

GOOD = b"TY  - JOUR\nAU  - Umpama, Ani\nTI  - Kota kembar\nPY  - 2019\nER  - \n"
LONGEST = 75.0
"""Seconds: the limit of a small workbook's process, and what it takes to say so on a busy machine."""
MOST_MEMORY = 2 << 30


def soak_workbooks(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Read so many workbooks; return how many ended how, and the faults."""
    ends: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder) / "good.ris"
        good.write_bytes(GOOD)
        for name, data in _cases(count, seed):
            path = Path(folder) / name
            path.write_bytes(data)
            begun = time.perf_counter()
            end = _end(path, good)
            took = time.perf_counter() - begun
            path.unlink()
            ends[end if end in ("read", "refused") else "faults"] += 1
            if end not in ("read", "refused") or took > LONGEST:
                faults.append(f"{name}, {took:.1f} s: {end}")
    if (held := _memory()) > MOST_MEMORY:
        faults.append(f"{held:,} bytes of memory were held")
    return ends, faults


def _cases(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Give the hostile workbooks, then copies of them with something done to each."""
    chance = random.Random(seed)  # noqa: S311
    held: list[tuple[str, bytes]] = []
    for name, data in hostile_workbooks():
        if len(held) == count:
            return
        held.append((name, data))
        yield name, data
    for case in range(count - len(held)):
        name, data = chance.choice(held)
        yield f"{case} {name}", _spoilt(data, chance)


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(4, len(changed))
        way = chance.randrange(3)
        if way == 0:
            changed[at] = chance.randrange(256)
        elif way == 1 and len(changed) > 100:
            del changed[at : at + chance.randint(1, 40)]
        else:
            changed[at:at] = chance.randbytes(chance.randint(1, 40))
    return bytes(changed)


def _end(path: Path, good: Path) -> str:
    try:
        done = read_files(path, good)
    except BenangError as error:
        return f"nothing was read: {str(error)[:200]}"
    except Exception as error:  # noqa: BLE001 - whatever else comes out is what this looks for
        return f"{type(error).__name__}: {str(error)[:200]}"
    if "Kota kembar" not in [record.title for record in done.corpus.records]:
        return "the good file was lost"
    if left := [process for process in unfinished._programs if process.poll() is None]:
        return f"{len(left)} processes are left behind"
    if any(path.name not in str(one.error) for one in done.unread):
        return f"a message without the name: {done.unread[0].error}"
    return "refused" if done.unread else "read"


def _memory() -> int:
    """Return the most memory that this process has held; 0 where the system doesn't say."""
    with suppress(ImportError):
        resource: Any = importlib.import_module("resource")
        unit = 1 if sys.platform == "darwin" else 1024
        return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit
    return 0


def main() -> int:
    """Run the series, print how it ended, and return 1 where there was a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    begun = time.perf_counter()
    ends, faults = soak_workbooks(asked.count, asked.seed)
    print(*faults, sep="\n", end="\n" if faults else "")
    took = time.perf_counter() - begun
    print(f"{asked.count:,} hostile workbooks in {took:,.0f} s: {dict(ends)}, {len(faults):,} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
