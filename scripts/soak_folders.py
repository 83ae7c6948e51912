"""Work on hostile reviews: each command ends well or with a message, and nothing outside the folder is touched.

A case takes an invented review, does one or two hostile things to it (`hostile_folders.py`), and runs a command on it,
`build` mostly. A fault is an exception that reaches the user, an end without a word, a control character on the
terminal, a script in the report, a word of a file outside in what was made, a case that takes longer than `LONGEST`,
and any change to a folder beside the review, which is hashed before and after: names, contents, rights and times.
The same seed gives the same cases.

`make soak` runs 300 cases, `tests/tasks/build/test_soak_folders.py` some twenty.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from hostile_folders import ATTACKS, SCRIPT, SECRET

from benang.cli.commands import run
from benang.errors import VisibleStream

REVIEW = Path(__file__).resolve().parent.parent / "tests" / "data" / "mini-review"
LONGEST = 60.0
"""Seconds; a build of this review takes one."""
COMMANDS: tuple[Sequence[str], ...] = (
    ("build", "{}"), ("build", "{}"), ("build", "{}", "--force"), ("build", "{}", "--keep-going", "--language", "id"),
    ("build", "{}", "--out", "{}/../elsewhere"), ("keys", "{}", "--write"), ("documents", "{}"),
    ("explain", "{}", "cases/all"), ("records", "{}/sources"), ("association", "{}"),
)  # fmt: skip


class TooLong(BaseException):
    """A case that should have ended by now; no handler of errors takes it for one of its own."""


def soak_folders(cases: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Run the cases; return how many ended with which code, with the longest time in it, and the faults."""
    ends: Counter[str] = Counter()
    faults: list[str] = []
    for case in range(cases):
        chance = random.Random(f"{seed} {case}")  # noqa: S311
        kinds = [list(ATTACKS)[case % len(ATTACKS)], *chance.choices(list(ATTACKS), k=chance.randrange(2))]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
            begun = time.perf_counter()
            end, wrong = _case(Path(room), kinds, chance)
            took = time.perf_counter() - begun
        ends[end] += 1
        ends["longest, in ms"] = max(ends["longest, in ms"], round(took * 1000))
        faults += [f"case {case} of seed {seed}, {' and '.join(kinds)}: {one}" for one in wrong]
    return ends, faults


def _case(room: Path, kinds: Sequence[str], chance: random.Random) -> tuple[str, list[str]]:
    review, outside = room / "review", room / "outside"
    shutil.copytree(REVIEW, review)
    plan = (review / "review.toml").read_text(encoding="utf-8").partition("[[maps]]")[0]
    tables = "".join(f'[[tables]]\nname = "{name}"\nkind = "{name}"\n\n' for name in ("cases", "checks"))
    if chance.random() < 0.9:  # maps and figures take time; with them, the review is built as it is
        (review / "review.toml").write_text(f"{plan}{tables}[report]\ncorpus = false\n", encoding="utf-8")
    _precious(outside)
    if chance.random() < 0.5:  # else nothing was built before
        _ended(["build", str(review)])
    for kind in kinds:
        with contextlib.suppress(OSError):  # where two attacks want one place
            ATTACKS[kind](review, outside, chance)
    before = (_state(outside), sorted(room.iterdir()))
    command = [part.format(review) for part in chance.choice(COMMANDS)]
    code, said, wrong = _ended(command)
    shutil.rmtree(room / "elsewhere", ignore_errors=True)
    if before != (_state(outside), sorted(room.iterdir())):
        wrong.append("a folder outside was changed")
    if code and not said.strip():
        wrong.append("an end without a word")
    if not all(line.isprintable() for line in said.replace("\t", " ").split("\n")):
        wrong.append("a control character on the terminal")
    wrong += _spread(review / "out")
    return f"code {code}", [f"{one} ({' '.join(command[:1])}: {said[-300:]!r})" for one in wrong]


def _precious(outside: Path) -> None:
    """Make the folder that must stay as it is."""
    (outside / "deep").mkdir(parents=True)
    (outside / "thesis.docx").write_text("precious")
    (outside / "digest").write_text(hashlib.sha256(b"precious").hexdigest())
    (outside / "secret.ris").write_text(f"TY  - JOUR\nAU  - Rekaan, Ani\nTI  - {SECRET}\nPY  - 2001\nER  - \n")
    (outside / "deep" / "notes.md").write_text(SECRET)
    (outside / "chain").symlink_to("deep")


def _state(folder: Path) -> list[tuple[str, int, int, str]]:
    """Return names, rights, times and contents of all that lies in a folder."""
    state = []
    for path in sorted([folder, *folder.rglob("*")]):
        told = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        state.append((str(path), told.st_mode, told.st_mtime_ns if path.is_file() else told.st_nlink, content))
    return state


def _ended(command: Sequence[str]) -> tuple[int, str, list[str]]:
    """Run a command in this process; return its code, what a terminal shows of it, and what came out beside."""
    shown = io.StringIO()
    stream = VisibleStream(shown)
    code, wrong = -1, []
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream), _no_longer_than(LONGEST):
        try:
            code = run(command)
        except TooLong:
            wrong.append(f"more than {LONGEST:.0f} s")
        except BaseException as error:  # noqa: BLE001 - whatever comes out is what this looks for
            where = traceback.extract_tb(error.__traceback__)[-1]
            wrong.append(f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:200]}")
    if code not in {0, 1, 2} and not wrong:
        wrong.append(f"code {code}")
    return code, shown.getvalue(), wrong


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # on Windows, whoever waits sees it
        yield
        return

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _spread(out: Path) -> Iterator[str]:
    """Say what stands in the products that should not."""
    for path in sorted(out.rglob("*")) if out.is_dir() and not out.is_symlink() else ():
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 100_000_000 or path.stat().st_nlink > 1:
            continue
        data = path.read_bytes()
        if SECRET.encode() in data:
            yield f"{path.name} holds a word of a file outside"
        if path.suffix in {".html", ".svg"} and SCRIPT.encode() in data:
            yield f"{path.name} holds a script"


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    ends, faults = soak_folders(asked.count, asked.seed)
    print(*faults, f"{asked.count:,} hostile folders: {dict(sorted(ends.items()))}, {len(faults):,} faults", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
