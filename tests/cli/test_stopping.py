"""Ctrl-C, SIGTERM and a closed terminal end the command at once, with a code and a sentence, wherever it stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support import Command

from benang.cli.stopping import STOPPED

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't send such a signal to one process alone")

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]

SETUP = """
import atexit, os, signal, subprocess, sys, tempfile, threading, time
from pathlib import Path
from benang.cli.stopping import leave, listen
"""


def _started(program: str, *arguments: object, ignored: tuple[signal.Signals, ...] = ()) -> subprocess.Popen[str]:
    """Start a program that prints `ready` where the signal is to come, and wait for that.

    What this process ignores, under `nohup` say, the program would ignore as well.
    """
    command = [sys.executable, "-c", SETUP + program, *map(str, arguments)]
    asked = {number: signal.SIG_IGN if number in ignored else signal.SIG_DFL for number in ENDING}
    before = {number: signal.signal(number, wanted) for number, wanted in asked.items()}
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _stopped(process: subprocess.Popen[str], *numbers: signal.Signals) -> tuple[int, str]:
    """Send signals; return the code and what was said.

    There is time between them: the system makes one of two of a kind that nobody has heard yet.
    """
    for at, number in enumerate(numbers):
        time.sleep(0.2 if at else 0)
        process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


@posix
@pytest.mark.parametrize(
    ("number", "code", "where"),
    [
        # a library that swallows whatever is raised, as callbacks of C code do
        ("SIGINT", 130, "while True:\n  try: time.sleep(0.01)\n  except BaseException: pass"),
        # compiled code that doesn't come back for minutes
        ("SIGTERM", 143, "import hashlib; hashlib.pbkdf2_hmac('sha256', b'a', b'b', 1_000_000_000)"),
        # while a lock is held that starting a thread would need
        ("SIGHUP", 129, "with threading._active_limbo_lock:\n  while True: time.sleep(0.01)"),
        # while the stream of errors is turned off
        ("SIGINT", 130, "os.dup2(os.open(os.devnull, os.O_WRONLY), 2); time.sleep(60)"),
    ],
)
def test_it_ends_wherever_the_program_stands(number: str, code: int, where: str) -> None:
    """The code is 128 and the signal's number; the sentence is all that is said."""
    process = _started(f"listen(); print('ready', flush=True)\n{where}")

    assert _stopped(process, signal.Signals[number]) == (code, STOPPED + "\n")


@posix
def test_it_ends_while_benang_itself_is_still_loading() -> None:
    """A module that is half there can't be asked for anything."""
    process = _started(
        """
import types
sys.modules["benang.unfinished"] = types.ModuleType("benang.unfinished")
listen()
print("ready", flush=True)
time.sleep(60)
"""
    )

    assert _stopped(process, signal.SIGTERM) == (143, STOPPED + "\n")


@posix
def test_the_last_moments_are_no_exception() -> None:
    """While Python puts away what is left at the end, a signal makes no traceback."""
    process = _started("listen(); atexit.register(lambda: (print('ready', flush=True), time.sleep(60))); leave(0)")

    assert _stopped(process, signal.SIGINT) == (130, STOPPED + "\n")


@posix
def test_files_that_are_being_put_into_place_get_there(tmp_path: Path) -> None:
    """Of two that belong together the second one follows, no further one does, and no temporary file stays."""
    process = _started(
        """
from benang import files, unfinished
listen()
folder = Path(sys.argv[1])
with files.replacing(folder / "other" / "more.json") as (more,), unfinished.placing():
    (folder / "map.json").touch()
    print("ready", flush=True)
    time.sleep(1)
    (folder / "network.txt").touch()
files.write_text(folder / "late.txt", "late")
""",
        tmp_path,
    )

    assert _stopped(process, signal.SIGTERM) == (143, STOPPED + "\n")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["map.json", "network.txt", "other"]


@posix
def test_a_second_signal_waits_for_nothing() -> None:
    """Where a disk hangs, say, in the middle of a renaming."""
    process = _started(
        """
from benang import unfinished
listen()
with unfinished.placing():
    print("ready", flush=True)
    time.sleep(60)
"""
    )
    begun = time.monotonic()

    assert _stopped(process, signal.SIGINT, signal.SIGINT) == (130, "")
    assert time.monotonic() - begun < 4


@posix
def test_temporary_folders_and_programs_end_with_the_command(tmp_path: Path) -> None:
    """The database's folder for what memory can't hold, and a workbook's reader."""
    process = _started(
        """
tempfile.tempdir = sys.argv[1]
from benang import unfinished
listen()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path(sys.argv[1], "child").write_text(str(child.pid))
with unfinished.temporary_folder() as room, unfinished.program(child):
    Path(room, "spilt").touch()
    print("ready", flush=True)
    child.wait()
""",
        tmp_path,
    )
    child = int((tmp_path / "child").read_text())

    assert _stopped(process, signal.SIGINT) == (130, STOPPED + "\n")
    assert [path.name for path in tmp_path.iterdir()] == ["child"]
    assert _is_gone(child)


def _is_gone(child: int) -> bool:
    """Wait until a process of another parent is gone, or a zombie that nobody has asked for its code."""
    status = Path(f"/proc/{child}/stat")
    for _ in range(100):
        if not status.parent.parent.exists() or not status.exists() or status.read_text().split(") ")[1][0] == "Z":
            return True
        time.sleep(0.05)
    return False


@posix
def test_what_was_ignored_from_the_beginning_stays_ignored() -> None:
    """`nohup benang build …` survives its terminal, and a script in the background somebody's Ctrl-C."""
    process = _started(
        "listen(); print('ready', flush=True); time.sleep(1); leave(0)", ignored=(signal.SIGHUP, signal.SIGINT)
    )

    assert _stopped(process, signal.SIGHUP, signal.SIGINT) == (0, "")


def test_the_library_leaves_signals_alone(test_data: Path) -> None:
    """In a notebook or a server they belong to others, also where these call the command line."""
    program = f"""
import signal, sys
numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
before = [signal.getsignal(number) for number in numbers]
import benang
from benang.cli.main import main
corpus = benang.read({str(test_data / "exports" / "scopus-2.ris")!r})
try:
    main(["records", {str(test_data / "exports" / "scopus-2.ris")!r}])
except SystemExit as ended:
    assert not ended.code
assert [signal.getsignal(number) for number in numbers] == before
assert signal.set_wakeup_fd(-1) == -1
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_that_calls_the_command_line_is_told_that_it_was_stopped(
    benang: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There, Ctrl-C is an exception, and a code ends it."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("benang.tasks.build.building.build", stop)
    said = benang("build", ".")

    assert (said.code, said.err.strip()) == (130, STOPPED)
