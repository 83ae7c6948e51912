"""Kill commands at random moments: no half file, no mixed set, and the next run makes what an undisturbed one makes.

A case takes one of six commands whose output is there already, made from other records, runs it in a process of its
own and kills that (SIGKILL): half of the time after a random time, half before a random step of the file system. Then

- every file is as it was or as it should be, to the byte;
- when Benang has read what is there, files that belong together are all old or all new, or refused by name;
- the same command, run again, ends well, and its files are those of a run that nobody killed;
- no temporary file is left, neither beside the output nor in the system's temporary folder.

`make soak` runs 1,000 kills, `tests/cli/test_kills.py` a few. Processes are forks of one that has loaded Benang, so
that a kill costs little; Windows has no forks.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benang.cli.commands import run

REVIEW = Path(__file__).resolve().parent.parent / "examples" / "night-markets"
PACKAGES = {"benang", "click", "duckdb", "igraph", "matplotlib", "numba", "numpy", "pyarrow", "rapidfuzz", "scipy"}
"""What is loaded once for all processes."""
STEPS = ("open", "mkdir", "rename", "replace", "rmdir", "unlink", "chmod", "utime")
"""Calls of `os` before which a process is killed."""
TIMEOUT = 300.0

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Command:
    """A command as it is called for the old records and for the new ones, and which of its files belong together."""

    arguments: tuple[str, ...]
    set_of: Callable[[str], str]
    weight: int
    old: str = "old.ris"
    new: str = "new.ris"

    def called(self, source: str) -> list[str]:
        """Return the arguments with the name of what is read."""
        return [argument.replace("SOURCE", source) for argument in self.arguments]


def _outputs(option: str, *names: str) -> tuple[str, ...]:
    return tuple(part for name in names for part in ([option] if option else []) + [f"out/{name}"])


_MAPS = ("m.json", "m.txt", "m.net", "m.csv", "m.graphml", "m.gml")
COMMANDS: Mapping[str, Command] = {
    "corpus": Command(("records", "SOURCE", "-o", "out/corpus"), lambda _: "corpus", 40),
    "convert": Command(("convert", "SOURCE", *_outputs("", *_MAPS)), lambda _: "map", 40, "old.json", "new.json"),
    "records": Command(
        (
            "records", "SOURCE", *_outputs("-o", "a.ris", "a.bib", "a.csv", "a.json", "a.xlsx"),
            "--ledger", "out/ledger.json", "--duplicates", "out/works.csv", "--doubts", "out/doubts.csv",
        ),
        lambda _: "records",
        20,
    ),
    "map": Command(
        ("map", "SOURCE", "--items", "author-keywords", "--min-occurrences", "1", *_outputs("-o", *_MAPS, "m.png")),
        lambda _: "map",
        8,
    ),
    "describe": Command(
        ("describe", "SOURCE", *_outputs("-o", "d.html", "d.csv", "d.xlsx", "d.svg")),
        lambda name: "figures" if name.endswith(".svg") else "tables",
        4,
    ),
    "build": Command(
        ("build", "review", "--out", "out", "--language", "SOURCE"),
        lambda name: name.rpartition(".")[0] if name.startswith("figures/") else name,
        3,
        "en",
        "id",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Undisturbed:
    """What a command makes of the old and of the new records, how long it takes, and in how many steps."""

    old: Files
    new: Files
    seconds: float
    steps: int


def _say(line: str) -> None:
    print(line, flush=True)


def soak_kills(
    count: int, seed: int, commands: Sequence[str] = tuple(COMMANDS), report: Callable[[str], None] = _say
) -> tuple[Counter[str], list[str]]:
    """Kill commands until so many have been killed; return how many of which, and how they stood, and the faults."""
    chance = random.Random(seed)  # noqa: S311
    ends: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak-kills-") as place:
        room = Room(Path(place))
        whole = {name: room.undisturbed(COMMANDS[name]) for name in commands}
        case = killed = 0
        while killed < count:
            name = chance.choices(commands, [COMMANDS[one].weight for one in commands])[0]
            end, fault = room.case(COMMANDS[name], whole[name], chance)
            ends.update([name, end] if end else ["ended before it was killed"])
            if fault:
                faults.append(f"case {case} of seed {seed}, {name}: {fault}")
                report(faults[-1])
            case += 1
            killed += bool(end)
            if end and killed % 100 == 0:
                report(f"{killed:,} kills, {len(faults):,} faults")
    return ends, faults


class Room:
    """A folder with two exports, two maps and a review, in which commands write to `out`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out, self.temporary = folder, folder / "out", folder / "temporary"
        self.temporary.mkdir()
        shutil.copytree(REVIEW, folder / "review", ignore=shutil.ignore_patterns("out"))
        for name, n_records in (("old", 23), ("new", 31)):
            (folder / f"{name}.ris").write_text(_export(name, n_records), encoding="utf-8")
            options = ("--items", "author-keywords", "--min-occurrences", "1", "-o", f"{name}.json")
            self._run(("map", f"{name}.ris", *options))
            _load(folder / "modules")

    def undisturbed(self, command: Command) -> Undisturbed:
        """Let a command make all that it makes."""
        made = []
        for source in (command.old, command.new):
            shutil.rmtree(self.out, ignore_errors=True)
            self._run(command.called(source))
            _code(self._start([], read=True))
            _load(self.folder / "modules")  # so that the next processes begin with what these had to load
            begun = time.monotonic()
            steps = self._run(command.called(source))
            made.append((_files(self.out), time.monotonic() - begun, steps))
        (old, *_), (new, seconds, n_steps) = made
        return Undisturbed(old, new, seconds, n_steps)

    def case(self, command: Command, whole: Undisturbed, chance: random.Random) -> tuple[str, str]:
        """Kill a command once; return how what is left stands, and what is wrong with it."""
        _write(self.out, whole.old)
        arguments = command.called(command.new)
        if chance.random() < 0.5:
            process = self._start(arguments, step=chance.randint(1, whole.steps))
        else:
            process = self._start(arguments)
            _kill_after(process, chance.uniform(0, 1.02) * whole.seconds)
        if _code(process) != -signal.SIGKILL:
            return "", ""
        end, fault = self._stands(command, whole)
        if not fault:
            try:
                self._run(arguments)
            except RuntimeError as error:
                return end, str(error)
            fault = self._ended(whole)
        return end, fault

    def _stands(self, command: Command, whole: Undisturbed) -> tuple[str, str]:
        """Look at what a killed process left: as it lies there, and once Benang has read it."""
        fault = _half(_files(self.out), whole)
        refused = _code(self._start([], read=True))
        after = _files(self.out)
        states: dict[str, set[str]] = {}
        for name in {*whole.old, *whole.new} - {"made.json"}:
            if whole.old.get(name) != whole.new.get(name):
                state = "old" if after.get(name) == whole.old.get(name) else "new"
                states.setdefault(command.set_of(name), set()).add(state)
        mixed = sorted(name for name, state in states.items() if len(state) > 1)
        if not fault and mixed and not refused:
            fault = f"{', '.join(mixed)} is mixed and accepted"
        fault = fault or _half(after, whole) or (f"reading ended with {refused}" if refused not in (0, 3) else "")
        among = set().union(*states.values())
        return ("refused" if refused else "some files new" if len(among) > 1 else f"all {' '.join(among)}"), fault

    def _ended(self, whole: Undisturbed) -> str:
        """Look at what the next run made, and what it left."""
        after = _files(self.out)
        wrong = sorted(name for name in {*after, *whole.new} if after.get(name) != whole.new.get(name))
        left = [path.name for path in (*self.out.rglob(".benang-*"), *self.temporary.iterdir())]
        return f"the next run made other files: {wrong}" if wrong else f"temporary files stay: {left}" if left else ""

    def _run(self, arguments: Sequence[str]) -> int:
        """Run a command to its end; return how many steps of the file system it took."""
        code = _code(self._start(arguments, step=0))
        if code:
            raise RuntimeError(f"{arguments[0]} ended with {code}: {(self.folder / 'said').read_text()[-500:]}")
        return int((self.folder / "steps").read_text())

    def _start(self, arguments: Sequence[str], *, step: int | None = None, read: bool = False) -> int:
        """Run a command in a process of its own, to be killed before a step where one is named; 0 counts them."""
        process = os.fork()
        if process:
            return process
        code = 70
        try:
            os.chdir(self.folder)
            tempfile.tempdir = str(self.temporary)
            said = os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            steps = _Steps(step or 0, (str(self.out), str(self.temporary), "out/"))
            if step is not None:
                steps.watch()
            code = _read_again(Path("out")) if read else run(arguments)
            Path("steps").write_text(str(steps.taken))
            with Path("modules").open("a") as modules:
                modules.writelines(f"{name}\n" for name in list(sys.modules))
        finally:
            os._exit(code)


class _Steps:
    """Counts the steps of the file system within some folders, and kills the process before one of them."""

    def __init__(self, last: int, folders: Sequence[str]) -> None:
        self.last, self.folders, self.taken = last, tuple(folders), 0

    def watch(self) -> None:
        for name in STEPS:
            setattr(os, name, self._watched(getattr(os, name)))
        io.open = self._watched(io.open)

    def _watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if arguments and str(arguments[0]).startswith(self.folders):
                self.taken += 1
                if self.taken == self.last:
                    os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments, **named)

        return counted


def _load(modules: Path) -> None:
    """Load what processes have loaded; no more is done with it here, since threads would not survive a fork."""
    for name in dict.fromkeys(modules.read_text().split()):
        if name not in sys.modules and name.partition(".")[0] in PACKAGES:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def _kill_after(process: int, seconds: float) -> None:
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _code(process: int) -> int:
    """Wait for a process; return its code, less than 0 for the signal that ended it."""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return 124


def _read_again(out: Path) -> int:
    """Read every file that is there, corpora and maps as such, as any command would; 3 where one is refused."""
    from benang.errors import BenangError
    from benang.files import read_bytes
    from benang.map_files import read_contents
    from benang.records.corpus_files import is_corpus_folder, read_corpus

    try:
        if is_corpus_folder(out / "corpus"):
            read_corpus(out / "corpus")
        for name in _MAPS:
            if (out / name).exists():
                read_contents(out / name)
        for name in _files(out):
            read_bytes(out / name)
    except BenangError as error:
        print(error, flush=True)
        return 3
    return 0


def _half(files: Files, whole: Undisturbed) -> str:
    """Say which files are neither as they were nor as they should be."""
    known = {*whole.old, *whole.new}
    odd = [
        name
        for name, data in files.items()
        if not name.endswith("made.json") and data not in (whole.old.get(name), whole.new.get(name))
    ]
    gone = [name for name in known if name in whole.old and name in whole.new and name not in files]
    return f"{odd} are not whole, {gone} are gone" if odd or gone else ""


def _files(folder: Path) -> Files:
    """Read what lies in a folder, but for temporary files, and locks, which are empty."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock" and not any(part.startswith(".benang-") for part in path.parts)
    }


def _write(folder: Path, files: Files) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _export(word: str, n_records: int) -> str:
    """Return an invented export."""
    records = (
        f"TY  - JOUR\nAU  - Umpama, {'ABCDEFG'[at % 7]}.\nAU  - Contoh, {'KLM'[at % 3]}.\nTI  - {word} markets {at}\n"
        f"PY  - {2001 + at % 17}\nJO  - Journal {at % 4}\nAB  - About {word} {at}.\nKW  - {word} {at % 6}\n"
        f"KW  - trade {at % 3}\nKW  - night\nER  - \n"
        for at in range(n_records)
    )
    return "\n".join(records)


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=tuple(COMMANDS))
    asked = parser.parse_args()
    ends, faults = soak_kills(asked.count, asked.seed, asked.commands)
    print(f"{asked.count:,} kills: {dict(sorted(ends.items()))}, {len(faults):,} faults", *faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
