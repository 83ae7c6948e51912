"""The command `benang`: help, version, errors and exit codes; signals end it at once, wherever it stands."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.support import Command

from benang.cli.commands import COMMANDS, SUMMARIES
from benang.cli.main import STOPPED
from benang.cli.options import DRAWN, WRITTEN

pytestmark = pytest.mark.slow


HEAVY = {
    "numpy", "scipy", "numba", "matplotlib", "igraph", "duckdb", "pyarrow", "pydantic", "jinja2", "babel", "pyspark",
    "pandas", "polars", "networkx", "sklearn", "spacy",
}  # fmt: skip


def test_help_names_every_command(benang: Command) -> None:
    """A newcomer sees what there is, and one line to begin with."""
    said = benang("--help")

    assert said.code == 0
    assert all(f"  {name} " in said.out for name in COMMANDS)
    assert set(COMMANDS) == set(SUMMARIES)
    assert "benang map my-export.ris" in said.out


def test_the_version_is_printed(benang: Command) -> None:
    """`benang --version` gives the version of the package."""
    from benang import __version__

    assert benang("--version").out == f"Benang {__version__}\n"


def test_help_imports_nothing_heavy() -> None:
    """The libraries that compute and draw are imported by the commands that need them."""
    assert _imported_for_help([]) == "[]"


def test_help_of_commands_imports_nothing_heavy() -> None:
    """A command says what it can do without the libraries that do it."""
    assert _imported_for_help(sorted(COMMANDS)) == "[]"


def _imported_for_help(commands: list[str]) -> str:
    """Print the help of each command, or of all together, in a new process; return the heavy libraries it imported."""
    code = f"""
import sys
from benang.cli.main import main
for command in {[[command] for command in commands] or [[]]!r}:
    try:
        main([*command, "--help"])
    except SystemExit as ended:
        assert not ended.code, command
print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.count("Usage: benang") == max(len(commands), 1)
    return done.stderr.strip()


def test_help_names_every_file_that_can_be_written(benang: Command) -> None:
    """The suffixes in the help are those that the command takes."""
    said = " ".join(benang("map", "--help").out.split())

    assert all(suffix in said for suffix in (*WRITTEN, *DRAWN))


def test_the_module_runs_like_the_command() -> None:
    """`python -m benang` is for those whose scripts folder is not on the path."""
    done = subprocess.run([sys.executable, "-m", "benang", "--version"], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("Benang ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("mpa",),
        ("map",),
        ("map", "x.ris"),
        ("map", "x.ris", "--items", "autors", "-o", "x.json"),
        ("map", "x.ris", "--items", "authors", "-o", "x.docx"),
        ("layout", "-o", "x.json"),
        ("layout", "x.json", "--attraction", "1", "--repulsion", "2", "-o", "y.json"),
        ("map", "x.ris", "--items", "authors", "--engine", "sprak", "-o", "x.json"),
        ("thresholds", "x.ris"),
        ("thresholds", "x.ris", "--items", "authors", "--top", "9"),
        ("drill", "x.json"),
        ("drill", "x.json", "a", "b", "c"),
        ("build",),
        ("explain", "x"),
    ],
)
def test_wrong_usage_ends_with_two(benang: Command, arguments: tuple[str, ...]) -> None:
    """What was called in a wrong way is told apart from what can't be read."""
    said = benang(*arguments)

    assert said.code == 2
    assert "Usage: benang" in said.err


def test_a_wrong_engine_names_the_one_that_was_meant(benang: Command) -> None:
    """A slip of the pen."""
    said = benang("map", "x.ris", "--items", "authors", "--engine", "sprak", "-o", "x.json")

    assert (said.code, "Did you mean 'spark'?" in said.err) == (2, True)


def test_a_wrong_suffix_lists_the_right_ones(benang: Command) -> None:
    """The suffix decides what is written, so it must be a known one."""
    said = benang("map", "x.ris", "--items", "authors", "-o", "x.docx").err

    assert ".json, .txt, .gml, .graphml, .gexf, .net, .csv, .tsv, .png, .svg, .pdf, .eps" in said


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (MemoryError(), "there is not enough memory"),
        (OSError(28, "No space left on device"), "the output of this command: can't read or write here (No space"),
        (OSError(13, "Permission denied", "/somewhere"), "/somewhere: can't read or write here (Permission denied)"),
    ],
)
def test_what_the_machine_lacks_is_named_without_a_traceback(
    benang: Command, monkeypatch: pytest.MonkeyPatch, failure: Exception, said: str
) -> None:
    """Memory and disk can run out anywhere; the command ends with 1."""

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("benang.tasks.build.building.build", fail)
    done = benang("build", ".")

    assert (done.code, said in done.err) == (1, True)


def test_the_language_of_all_commands_is_asked_for_once(benang: Command, tmp_path: Path) -> None:
    """`benang --language` is the preset of a command's own, and serves those that have none."""
    (tmp_path / "a.ris").write_text(
        "TY  - JOUR\nTI  - Of a\nKW  - kota\nKW  - desa\nKW  - laut\nER  - \n\n", encoding="utf-8"
    )
    asked = ("thresholds", tmp_path / "a.ris", "--items", "keywords")
    english, indonesian = benang(*asked), benang("--language", "id", *asked)

    assert "1 of 1 records read" in english.out
    assert "1 dari 1 artikel terbaca" in indonesian.out
    assert "dalam komponen terbesar" in indonesian.out
    benang("--language", "id", "map", tmp_path / "a.ris", "--items", "keywords", "-o", tmp_path / "map.svg")
    assert "Kemunculan" in (tmp_path / "map.svg").read_text(encoding="utf-8")


posix = pytest.mark.skipif(sys.platform == "win32", reason="these are redirections of a POSIX shell")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")

COMMAND = f'"{sys.executable}" -m benang'


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export whose records can be told."""
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nAU  - Umpama, Ani\nTI  - Markets at night\nPY  - 2019\nER  - \n")
    return path


@posix
def test_a_closed_stream_changes_neither_work_nor_code(export: Path) -> None:
    """What is written is the same to the byte, though the first file that opens could get the place of a stream."""
    for closed in ("", "<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        done = _shell(f"{COMMAND} records a.ris -o closed.json {closed}", export.parent)
        assert done.returncode == 0, (closed, done.stderr)
        with_all = export.parent / "open.json"
        if not closed:
            (export.parent / "closed.json").rename(with_all)
        else:
            assert (export.parent / "closed.json").read_bytes() == with_all.read_bytes(), closed


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_no_command_fails_without_a_word(tmp_path: Path, closed: str) -> None:
    """Where the stream of errors is closed, its words go where output goes."""
    done = _shell(f"{COMMAND} records nowhere.ris {closed}", tmp_path)

    assert done.returncode == 1
    assert "nowhere.ris: no such file" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@posix
def test_where_nobody_can_be_told_the_code_tells(tmp_path: Path) -> None:
    """Both streams are closed."""
    assert _shell(f"{COMMAND} records nowhere.ris >&- 2>&-", tmp_path).returncode == 1


@posix
@pytest.mark.parametrize("pipe", ["| true", "| head -n 1 >&2"])
def test_a_pipe_that_is_read_no_further_stops_no_work(export: Path, pipe: str) -> None:
    """`benang records … | head`: the files are written, the code is 0, and nothing is said of the pipe."""
    done = _shell(f"set -o pipefail; {COMMAND} records a.ris -o all.json {pipe}", export.parent)

    assert done.returncode == 0
    assert "ipe" not in done.stderr
    assert (export.parent / "all.json").exists()


@posix
def test_errors_that_nobody_reads_stop_no_work(export: Path) -> None:
    """The reader of the stream of errors is gone before anything is said."""
    done = _shell(f"{COMMAND} records nowhere.ris 2> >(true); exit $?", export.parent)

    assert done.returncode == 1


@full
@pytest.mark.parametrize("arguments", ["--help", "records a.ris"])
def test_an_output_that_takes_nothing_is_named(export: Path, arguments: str) -> None:
    """A log on a full disk, say."""
    done = _shell(f"{COMMAND} {arguments} > /dev/full", export.parent)

    assert done.returncode == 1
    assert "the output of this command: can't read or write here" in done.stderr
    assert "Traceback" not in done.stderr


@full
def test_a_full_stream_of_errors_leaves_the_code(export: Path) -> None:
    """What can't be said there can be said nowhere."""
    assert _shell(f"{COMMAND} records nowhere.ris 2> /dev/full", export.parent).returncode == 1


one_process = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends such a signal to a whole group")

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]

SETUP = """
import atexit, os, signal, subprocess, sys, tempfile, threading, time
from pathlib import Path
from benang.cli.main import leave, listen
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


@one_process
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


@one_process
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


@one_process
def test_the_last_moments_are_no_exception() -> None:
    """While Python puts away what is left at the end, a signal makes no traceback."""
    process = _started("listen(); atexit.register(lambda: (print('ready', flush=True), time.sleep(60))); leave(0)")

    assert _stopped(process, signal.SIGINT) == (130, STOPPED + "\n")


@one_process
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


@one_process
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


@one_process
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


@one_process
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
