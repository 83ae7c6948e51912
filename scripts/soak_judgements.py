"""Kill what writes judgements at random moments: the folder is whole, and the same again ends what was begun.

A case copies a review, codes a passage in it, imports a sheet, moves or withdraws a coding, undoes an act, or merges
another's copy (judgements of two coders, a new document, a codebook that differs), in a process of its own, and kills
that (SIGKILL) before a random step of the file system, or half-way through a write. Then

- `benang verify` finds the folder whole;
- every log begins with all that it held, and every other file is as it was;
- what one coder said is there all or not at all; of a merge, all that it rests on is there;
- done again, what stands is what stands where nobody was killed, and no temporary file is left.

`make soak` runs 1,000 kills, `tests/judgements/test_kills.py` 25. Windows has no forks.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benang.judgements.lines import as_line
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, MoveRequest, add_coding, move
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.taking_back import UndoRequest, WithdrawRequest, undo_last, withdraw
from benang.tasks.coding.wishes import Wish
from benang.tasks.sharing import MergeRequest, SendRequest, merge, send
from benang.tasks.verify import VerifyRequest, verify

STEPS = ("open", "mkdir", "rename", "replace", "rmdir", "unlink", "chmod", "fsync", "ftruncate", "truncate")
"""Calls of `os` before which a process is killed; a write is cut in two."""
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORDS = (
    "rent doubled",
    "permits came late",
    "rain closed the road",
    "crowds filled the lanes",
    "the office was closed",
)
TEXT = "".join(f"At gate {at} {words} for the seller of stall {at}.\n" for at in range(8) for words in WORDS)

FILES = {
    "review.toml": 'format = 1\ntitle = "Gates"\nquestion = "Why?"\nreviewers = ["ani", "budi"]\n\n'
    '[sources]\nfiles = ["sources/*"]\n',
    "codebook.toml": 'format = 1\n\n[[groups]]\nid = "reasons"\nlabel = "Reasons"\n'
    + "".join(f'\n[[codes]]\nid = "{code}"\ngroup = "reasons"\nlabel = "{code}"\n' for code in ("rent", "rain")),
    "cases.toml": 'format = 1\n\n[[cases]]\nid = "muara"\nlabel = "Muara"\nstudies = ["sari2018"]\n',
    "sources/a.ris": "TY  - JOUR\nID  - sari2018\nTI  - Gates\nPY  - 2018\nER  - \n",
    "documents/sari2018.md": TEXT,
}


@dataclass(frozen=True)
class Act:
    """What is done to a review, and whether it may be there in part."""

    do: Callable[[Path, Path], object]
    in_part: bool = False


def _code(folder: Path, words: str, at: int, coder: str, code: str = "rent") -> None:
    quote = f"At gate {at} {words}"
    time = NOON + timedelta(minutes=at)
    wish = Wish(quote=quote, record="sari2018", code=code, case="muara", coder=coder)
    add_coding(AddRequest(folder=folder, wish=wish, time=time))


def _first(folder: Path) -> str:
    return next(row.id for row in coding_rows(open_desk(folder)) if row.coder == "ani")


LATER = NOON + timedelta(days=1)
ACTS = {
    "add": Act(lambda folder, _: _code(folder, WORDS[4], 7, "ani")),
    "import": Act(
        lambda folder, other: import_sheet(ImportRequest(sheet=other.with_name("sheet.csv"), folder=folder, time=LATER))
    ),
    "withdraw": Act(
        lambda folder, _: withdraw(
            WithdrawRequest(
                folder=folder,
                ids=tuple(row.id for row in coding_rows(open_desk(folder)) if row.coder == "ani"),
                time=LATER,
            )
        )
    ),
    "move": Act(lambda folder, _: move(MoveRequest(folder=folder, id=_first(folder), code="rain", time=LATER))),
    "undo": Act(lambda folder, _: undo_last(UndoRequest(folder=folder, coder="ani", time=LATER))),
    "merge": Act(lambda folder, other: merge(MergeRequest(folder, other)), in_part=True),
}


def _say(line: str) -> None:
    print(line, flush=True)


class Room:
    """A review, a copy in which two coders went on, and what each act makes of the first where nobody is killed."""

    def __init__(self, folder: Path) -> None:
        self.review, self.victim, self.other = folder / "review", folder / "victim", folder / "other.zip"
        for name, text in FILES.items():
            path = self.review / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for at, coder in enumerate(("ani", "budi", "ani")):
            _code(self.review, WORDS[0], at, coder)
        copy = shutil.copytree(self.review, folder / "copy")
        for at, coder in enumerate(("ani", "budi", "budi", "ani"), 3):
            _code(copy, WORDS[1], at, coder)
        ids = tuple(row.id for row in coding_rows(open_desk(copy)) if row.coder == "budi")
        withdraw(WithdrawRequest(folder=copy, ids=ids[:2], coder="consensus", time=LATER))
        (copy / "documents" / "new.md").write_text("New.\n" * 2_000, encoding="utf-8")
        (copy / "codebook.toml").write_text(FILES["codebook.toml"] + "\n# theirs\n", encoding="utf-8")
        send(SendRequest(copy, self.other))
        rows = (f"sari2018,At gate {at} {words},rain,muara,ani" for at in range(4) for words in WORDS[2:])
        (folder / "sheet.csv").write_text("\n".join(("record,quote,code,case,coder", *rows)) + "\n", encoding="utf-8")
        self.before = _said(self.review)
        self.after = {name: self._undisturbed(act) for name, act in ACTS.items()}

    def _undisturbed(self, act: Act) -> tuple[frozenset[str], int]:
        """Return what is said afterwards, and how many steps it took."""
        self._anew()
        counted = self.victim.parent / "steps"
        code = self._run(act, 0, 0.0, counted)
        if code:
            raise RuntimeError(f"an act that nobody disturbed ended with {code}")
        return _said(self.victim), int(counted.read_text())

    def _anew(self) -> None:
        shutil.rmtree(self.victim, ignore_errors=True)
        shutil.copytree(self.review, self.victim)

    def case(self, name: str, chance: random.Random) -> tuple[str, str]:
        """Kill an act once; return how much of it is there, and what is wrong."""
        self._anew()
        act, (after, steps) = ACTS[name], self.after[name]
        files = _files(self.victim)
        step = chance.randint(1 if chance.random() < 0.5 else max(1, steps * 2 // 3), steps)  # writing comes late
        if self._run(act, step, chance.random()) != -signal.SIGKILL:
            return "", ""
        now = _said(self.victim)
        end = "not at all" if now == self.before else "whole" if now == after else "in part"
        fault = self._fault(act, files, now, after, end)
        if fault:
            return end, fault
        if end == "not at all" or act.in_part:
            code = self._run(act, 0, 0.0)
            if code or _said(self.victim) != after:
                return end, f"done again, it ended with {code}, or otherwise than undisturbed"
            if left := [path.name for path in self.victim.rglob(".benang-*")]:
                return end, f"temporary files stay: {left}"
        return end, ""

    def _fault(self, act: Act, files: dict[str, bytes], now: frozenset[str], after: frozenset[str], end: str) -> str:
        there = _files(self.victim)
        for name, data in files.items():
            kept = there.get(name, b"")
            if not (kept.startswith(data) if name.endswith(".jsonl") else kept == data):
                return f"{name} is not as it was"
        if problems := verify(VerifyRequest(self.victim)).problems:
            return f"not whole: {problems[0]}"
        if end == "in part" and not (act.in_part and self.before < now < after):
            return "it is there in part"
        return ""

    def _run(self, act: Act, step: int, share: float, counted: Path | None = None) -> int:
        """Do an act in a process of its own, killed before a step where one is named; return its code."""
        process = os.fork()
        if process:
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        code = 70
        try:
            watched = _Steps(step, share)
            watched.watch()
            act.do(self.victim, self.other)
            if counted:
                watched.last = 0
                counted.write_text(str(watched.taken))
            code = 0
        finally:
            os._exit(code)


class _Steps:
    """Counts steps of the file system, and kills the process at one of them."""

    def __init__(self, last: int, share: float) -> None:
        self.last, self.share, self.taken = last, share, 0
        self._write = os.write

    def watch(self) -> None:
        """Watch all steps from now on."""
        for name in STEPS:
            setattr(os, name, self._watched(getattr(os, name)))
        io.open = self._watched(io.open)
        os.write = self._half_written

    def _is_last(self) -> bool:
        self.taken += 1
        return self.taken == self.last

    def _watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if self._is_last():
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*arguments, **named)

        return counted

    def _half_written(self, file: int, data: Any) -> int:
        if self._is_last():
            self._write(file, data[: int(len(data) * self.share)])
            os.kill(os.getpid(), signal.SIGKILL)
        return self._write(file, data)


def _said(folder: Path) -> frozenset[str]:
    """Return all that the logs of a review say."""
    state = read_judgements(open_folder(folder))
    return frozenset(as_line(event) for event in (*state.current, *state.disputed, *state.superseded))


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files of a review, but for locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def soak_judgements(
    count: int, seed: int, acts: Sequence[str] = tuple(ACTS), report: Callable[[str], None] = _say
) -> tuple[Counter[str], list[str]]:
    """Kill acts until so many have been killed; return how many of which, how much was there, and the faults."""
    chance = random.Random(seed)  # noqa: S311
    ends: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak-judgements-") as place:
        room = Room(Path(place))
        case = killed = 0
        while killed < count:
            name = acts[case % len(acts)]
            end, fault = room.case(name, chance)
            ends.update([name, end] if end else ["ended before it was killed"])
            if fault:
                faults.append(f"case {case} of seed {seed}, {name}: {fault}")
                report(faults[-1])
            case += 1
            killed += bool(end)
            if end and killed % 100 == 0:
                report(f"{killed:,} kills, {len(faults):,} faults")
    return ends, faults


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--acts", nargs="+", choices=ACTS, default=tuple(ACTS))
    asked = parser.parse_args()
    ends, faults = soak_judgements(asked.count, asked.seed, asked.acts)
    print(f"{asked.count:,} kills: {dict(sorted(ends.items()))}, {len(faults):,} faults", *faults, sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
