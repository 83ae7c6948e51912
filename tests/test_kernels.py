"""Compiled code is loaded from disk only as Benang wrote it there; whatever is wrong with it, it is compiled again."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benang.kernels import SUFFIX, cache_folder, kernel

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps owners and rights in another way")

STEP = 3


def triple(n: int) -> int:
    """Give three times a number."""
    return STEP * n


def quadruple(n: int) -> int:
    """Give four times a number."""
    return 4 * n


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which code is kept."""
    monkeypatch.setenv("BENANG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kernels"


def _is_loaded(function: Callable[[int], int], expected: int) -> bool:
    """Call a function as a new process would, and tell whether its code came from disk."""
    compiled = kernel(function)
    assert compiled(7) == expected
    (hits,) = {sum(compiled.stats.cache_hits.values())}  # type: ignore[attr-defined]
    return bool(hits)


def test_what_one_run_compiles_the_next_one_loads(cache: Path) -> None:
    """The second call needs no compiling."""
    assert not _is_loaded(triple, 21)
    assert _is_loaded(triple, 21)
    assert len(list(cache.iterdir())) == 1


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _garbled(path: Path) -> None:
    path.write_bytes(b"\x80\x04garbage" * 900)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def _one_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def _other_code(path: Path) -> None:
    """Put another function's code under the name, whole."""
    kernel(quadruple)(7)
    next(path.parent.glob("quadruple*")).replace(path)


def _removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [_emptied, _garbled, _cut, _longer, _one_bit, _other_code, _removed])
def test_damaged_code_is_compiled_again_and_kept_whole(cache: Path, damage: Callable[[Path], None]) -> None:
    """The result is right, nothing is raised, and the run after that loads again."""
    _is_loaded(triple, 21)
    (path,) = cache.iterdir()
    whole = path.stat().st_size
    damage(path)

    assert not _is_loaded(triple, 21)
    assert path.stat().st_size == pytest.approx(whole, rel=0.2)
    assert _is_loaded(triple, 21)


def test_a_folder_in_the_place_of_a_file_is_left_alone(cache: Path) -> None:
    """It can't be replaced, so every process compiles for itself."""
    _is_loaded(triple, 21)
    (path,) = cache.iterdir()
    path.unlink()
    path.mkdir()

    assert not _is_loaded(triple, 21)
    assert [other.name for other in cache.iterdir()] == [path.name]


class _Program:
    """What an attacker would put there: a pickle that runs something."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(Path(os.environ["BENANG_CACHE"]) / "run"),)


def test_a_pickle_from_elsewhere_is_not_run(cache: Path) -> None:
    """It lacks the hash."""
    _is_loaded(triple, 21)
    (path,) = cache.iterdir()
    path.write_bytes(pickle.dumps(_Program()))

    assert not _is_loaded(triple, 21)
    assert not (cache.parent / "run").exists()


@posix
@pytest.mark.parametrize("rights", [0o620, 0o602])
def test_a_file_that_others_may_write_is_not_loaded(cache: Path, rights: int) -> None:
    """Its hash may be theirs. It is replaced by one that is the user's alone."""
    _is_loaded(triple, 21)
    (path,) = cache.iterdir()
    path.chmod(rights)

    assert not _is_loaded(triple, 21)
    assert path.stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("rights", [0o770, 0o777])
def test_a_folder_that_others_may_write_to_is_not_used(cache: Path, rights: int) -> None:
    """Nothing is read there or written."""
    cache.mkdir(parents=True)
    cache.chmod(rights)

    assert not _is_loaded(triple, 21)
    assert list(cache.iterdir()) == []


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others")
def test_what_belongs_to_somebody_else_is_not_loaded(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a file nor a folder."""
    _is_loaded(triple, 21)
    (path,) = cache.iterdir()
    os.chown(path, 1, 1)
    assert not _is_loaded(triple, 21)
    assert _is_loaded(triple, 21)

    theirs = cache.parent / "theirs" / "kernels"
    theirs.mkdir(parents=True, mode=0o700)
    os.chown(theirs, 1, 1)
    monkeypatch.setenv("BENANG_CACHE", str(theirs.parent))
    assert not _is_loaded(triple, 21)
    assert list(theirs.iterdir()) == []


@pytest.mark.usefixtures("cache")
def test_code_is_known_by_all_that_it_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another number from outside, another function that is called, other options: another file."""

    def caller(called: Callable[[int], int]) -> Callable[[int], int]:
        def call(n: int) -> int:
            return called(n) + 1

        return call

    assert not _is_loaded(triple, 21)
    monkeypatch.setitem(globals(), "STEP", 5)
    assert not _is_loaded(triple, 35)
    assert not _is_loaded(caller(kernel(triple)), 36)
    assert _is_loaded(caller(kernel(triple)), 36)
    assert not _is_loaded(caller(kernel(quadruple)), 29)
    fast = kernel(quadruple, fastmath=True)
    assert fast(7) == 28
    assert not sum(fast.stats.cache_hits.values())  # type: ignore[attr-defined]


RUN = """
import sys
from benang.kernels import kernel
def double(n):
    return 2 * n
function = kernel(double)
print(function(7), sum(function.stats.cache_hits.values()))
"""


def _run(setup: str = "", **environment: str) -> str:
    """Run a program in a process of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", setup + RUN], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_another_process_loads_it(tmp_path: Path) -> None:
    """With another seed of hashes, too."""
    assert [_run(BENANG_CACHE=str(tmp_path), PYTHONHASHSEED=seed) for seed in ("1", "2")] == ["14 0", "14 1"]


def test_two_processes_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each writes beside the place and moves the file there whole."""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", RUN],
            env={**os.environ, "BENANG_CACHE": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ends = [process.communicate() for process in both]

    assert [(said.split()[0], wrong) for said, wrong in ends] == [("14", ""), ("14", "")]
    assert [path.suffix for path in (tmp_path / "kernels").iterdir()] == [SUFFIX]


def test_where_no_folder_can_be_made_each_process_compiles_for_itself(tmp_path: Path) -> None:
    """A file is in the way; nothing is said of it."""
    (tmp_path / "file").touch()

    assert [_run(BENANG_CACHE=str(tmp_path / "file")) for _ in range(2)] == ["14 0", "14 0"]


@posix
def test_a_full_disk_stops_no_compiling(tmp_path: Path) -> None:
    """Here no file may become longer than a hundred bytes; nothing half-written stays."""
    small = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
    small += "sys.dont_write_bytecode = True\n"  # Python would keep a hundred bytes of each module that it compiles

    assert _run(small, BENANG_CACHE=str(tmp_path)) == "14 0"
    assert list((tmp_path / "kernels").iterdir()) == []


@posix
def test_without_a_home_each_process_compiles_for_itself() -> None:
    """An account of a service, say, whose home does not exist and can't be made."""
    nowhere = {"HOME": "/dev/null/nobody", "XDG_CACHE_HOME": "", "BENANG_CACHE": "", "NUMBA_CACHE_DIR": ""}

    assert _run(**nowhere) == "14 0"


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {}, "/home/ani/.cache/benang"),
        ("linux", {"XDG_CACHE_HOME": "/fast"}, "/fast/benang"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ani/.cache/benang"),
        ("linux", {"XDG_CACHE_HOME": "/fast", "BENANG_CACHE": "/mine"}, "/mine"),
        ("linux", {"NUMBA_CACHE_DIR": "/numba"}, "/numba"),
        ("darwin", {"XDG_CACHE_HOME": "/fast"}, "/home/ani/Library/Caches/benang"),
        ("win32", {"LOCALAPPDATA": "/AppData/Local"}, "/AppData/Local/benang/Cache"),
    ],
)
@posix
def test_the_folder_is_where_each_system_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], expected: str
) -> None:
    """Unless `BENANG_CACHE` names another one."""
    for name in ("BENANG_CACHE", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"HOME": "/home/ani"} | variables).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)

    assert cache_folder() == Path(expected)
