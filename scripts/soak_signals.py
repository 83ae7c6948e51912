"""Stop commands at random moments, with Ctrl-C and SIGTERM: each ends at once, with its code, a sentence, and no mess.

A case takes one of five commands (`build`, `map`, `records`, `describe`, and `map` that has to compile its code first)
on an invented review, waits for a moment of its life, sends a signal, and looks at what is left. Half of the moments
lie anywhere, a quarter in the first third of a second, a quarter in the last tenth. A fault is a code other than 130
or 143 (or 0, where the work was done before), a missing sentence or anything else on the stream of errors, an end that
takes longer than `LONGEST`, a temporary file that stays, a product that is neither whole nor as it was, and, when all
cases are done, a command that doesn't make the same bytes as one that was never stopped.

`make soak` runs 200 cases, `tests/cli/test_soak_signals.py` a few. Windows can't send such signals to one process
alone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benang.cli.main import STOPPED

REVIEW = Path(__file__).resolve().parent.parent / "examples" / "night-markets"
LONGEST = 5.0
"""Seconds until a stopped command has ended; a second is usual, but a machine may be busy."""

_MAP = ("map", "sources", "--items", "author-keywords", "--min-occurrences", "1", "-o", "out/m.json", "-o", "out/m.png")
COMMANDS: Mapping[str, Sequence[str]] = {
    "build": ("build", "."),
    "map": _MAP,
    "map, compiling": _MAP,
    "records": ("records", "sources", "--deduplicate", "-o", "out/all.ris", "-o", "out/all.xlsx", "-o", "out/corpus/"),
    "describe": ("describe", "sources", "-o", "out/described.html"),
}


class Undisturbed(NamedTuple):
    """How long a command takes that nobody stops, and the files that it makes."""

    seconds: float
    files: dict[str, bytes]


def soak_signals(
    cases: int, seed: int, commands: Sequence[str] = tuple(COMMANDS)
) -> tuple[Counter[str], list[float], list[str]]:
    """Stop commands; return how many ended with which code, the seconds that each end took, and the faults."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell that starts this in the background has it ignored
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    chance = random.Random(seed)  # noqa: S311
    ends: Counter[str] = Counter()
    times: list[float] = []
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak-signals-") as room:
        for at, command in enumerate(commands):
            folder, temporary = Path(room, command), Path(room, f"{command}-temporary")
            shutil.copytree(REVIEW, folder, ignore=shutil.ignore_patterns("out"))
            temporary.mkdir()
            whole = _undisturbed(command, folder, temporary)
            shutil.rmtree(folder / "out")
            for case in range(at, cases, len(commands)):
                number = chance.choice((signal.SIGINT, signal.SIGTERM))
                moment = _moment(whole.seconds, chance)
                if chance.random() < 0.5:
                    shutil.rmtree(folder / "out", ignore_errors=True)  # else it goes on from what is there
                end, took, fault = _stopped(command, folder, temporary, number, moment, whole)
                ends[end] += 1
                times.append(took)
                if fault:
                    fault = f"case {case} of seed {seed}, {command}, {number.name} after {moment:.2f} s: {fault}"
                    print(fault, flush=True)
                    faults.append(fault)
            if _undisturbed(command, folder, temporary).files != whole.files:
                faults.append(f"{command}: what it makes in the end is not what it makes undisturbed")
    return ends, times, faults


def _moment(seconds: float, chance: random.Random) -> float:
    quarter = chance.randrange(4)
    if quarter == 0:
        return chance.uniform(0, 0.3)
    return chance.uniform(0.9, 1.0) * seconds if quarter == 1 else chance.uniform(0, seconds)


def _start(command: str, folder: Path, temporary: Path) -> subprocess.Popen[str]:
    shutil.rmtree(folder / "cache", ignore_errors=True)
    cold = {"BENANG_CACHE": str(folder / "cache")} if "compiling" in command else {}
    return subprocess.Popen(
        [sys.executable, "-m", "benang", *COMMANDS[command]],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary), **cold},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        restore_signals=True,
    )


def _undisturbed(command: str, folder: Path, temporary: Path) -> Undisturbed:
    begun = time.monotonic()
    process = _start(command, folder, temporary)
    _wait_until_heard(process)
    begun = time.monotonic()
    said = process.communicate()[1]
    if process.returncode or said:
        raise SystemExit(f"{command} doesn't work here: {said}")
    return Undisturbed(time.monotonic() - begun, _files(folder / "out"))


def _stopped(
    command: str, folder: Path, temporary: Path, number: signal.Signals, moment: float, whole: Undisturbed
) -> tuple[str, float, str]:
    """Run and stop a command; return its code, the seconds that its end took, and what was wrong with it."""
    before = _files(folder / "out")
    process = _start(command, folder, temporary)
    _wait_until_heard(process)
    try:
        said = process.communicate(timeout=moment)[1]
        return "done before", 0.0, said or _left(folder, temporary, before, whole)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
    sent = time.monotonic()
    try:
        said = process.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        return "no end", 60.0, f"no end in a minute: {process.communicate()[1]}"
    took, code = time.monotonic() - sent, process.returncode
    wrong = "" if (code, said) in ((128 + number, f"{STOPPED}\n"), (0, "")) else f"code {code}, and it said {said!r}"
    if took > LONGEST:
        wrong += f"; it took {took:.1f} s"
    return str(code), took, wrong or _left(folder, temporary, before, whole)


def _left(folder: Path, temporary: Path, before: Mapping[str, bytes], whole: Undisturbed) -> str:
    """Say which files should not be there: temporary ones, and products that are neither whole nor as they were."""
    left = [path.name for path in (*temporary.iterdir(), *folder.rglob(".benang-*"))]
    after = _files(folder / "out")
    odd = [name for name, data in after.items() if data != whole.files.get(name) and data != before.get(name)]
    gone = [name for name in before if name not in after]
    return f"{left} stay, {odd} are not whole, {gone} are gone" if left or odd or gone else ""


def _files(folder: Path) -> dict[str, bytes]:
    """Read what lies in a folder, but for the account of a build: how far it came, and who builds."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".benang" not in path.parts
    }


def _wait_until_heard(process: subprocess.Popen[str]) -> None:
    """Wait until the process meets signals itself: while Python starts, in its first hundredths, nobody can."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        time.sleep(0.5)
        return
    while process.poll() is None and not any(
        line.startswith("SigCgt") and int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1
        for line in status.read_text().splitlines()
    ):
        time.sleep(0.002)


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=tuple(COMMANDS))
    asked = parser.parse_args()
    ends, times, faults = soak_signals(asked.count, asked.seed, asked.commands)
    times.sort()
    print(f"{asked.count:,} signals: {dict(sorted(ends.items()))}, {len(faults):,} faults", *faults, sep="\n")
    print(f"An end took {times[len(times) // 2]:.2f} s (median) to {times[-1]:.2f} s")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
