"""What has not changed is not made again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import sha256, write_text
from benang.tasks.build.cache import BUILDER, Cache, building, key_of


def _make(out: Path, text: str, *, force: bool = False, product: str = "a") -> Cache:
    cache = Cache(out, force=force).load()
    cache.make(product, key_of(text), [f"{product}.txt"], lambda places: write_text(places[f"{product}.txt"], text))
    return cache


def test_a_product_under_the_same_key_is_kept(tmp_path: Path) -> None:
    """The second run makes nothing."""
    assert _make(tmp_path, "one").made == ["a"]
    assert _make(tmp_path, "one").kept == ["a"]


def test_another_key_makes_it_again(tmp_path: Path) -> None:
    """A product follows what it is made from."""
    _make(tmp_path, "one")

    assert _make(tmp_path, "two").made == ["a"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "two"


def test_a_file_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    """What stands in the output is always what the key says."""
    _make(tmp_path, "one")
    (tmp_path / "a.txt").write_text("edited", encoding="utf-8")

    assert _make(tmp_path, "one").made == ["a"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "one"


def test_force_makes_everything_again(tmp_path: Path) -> None:
    """`--force` trusts no earlier run."""
    _make(tmp_path, "one")

    assert _make(tmp_path, "one", force=True).made == ["a"]


def test_what_the_plan_no_longer_asks_for_is_removed(tmp_path: Path) -> None:
    """Files of products that are gone go with them; files that Benang did not write stay."""
    _make(tmp_path, "one", product="old")
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")

    gone = _make(tmp_path, "two", product="new").finish()

    assert gone == ["old.txt"]
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["mine.txt", "new.txt"]


def test_a_broken_account_only_means_that_all_is_made_again(tmp_path: Path) -> None:
    """A half-written or foreign `made.json` is no error."""
    _make(tmp_path, "one")
    (tmp_path / ".benang" / "made.json").write_text("{", encoding="utf-8")

    assert _make(tmp_path, "one").made == ["a"]


@pytest.mark.parametrize(
    "made",
    ["[[1, {}], [null, {}]]", f'{{"old": {{"files": {{"{"n" * 5000}": "1"}}}}}}'],
    ids=["numbers for names", "a name longer than any file's"],
)
def test_an_account_that_names_nothing_possible_is_not_believed(tmp_path: Path, made: str) -> None:
    """Products go by texts, and a file with such a name can't be there."""
    account = tmp_path / ".benang" / "made.json"
    account.parent.mkdir()
    account.write_text(f'{{"format": 1, "made": {made}}}', encoding="utf-8")

    cache = _make(tmp_path, "one")

    assert (cache.made, cache.finish()) == (["a"], [])


def test_only_files_of_the_output_are_ever_removed(tmp_path: Path) -> None:
    """An account that names a file elsewhere, or none at all, is not believed."""
    out = tmp_path / "out"
    _make(out, "one")
    (tmp_path / "mine.txt").write_text("my own", encoding="utf-8")
    account = out / ".benang" / "made.json"
    account.write_text('{"format": 1, "made": {"old": {"key": "", "files": {"../mine.txt": ""}}, "a": 3}}', "utf-8")

    assert _make(out, "two").finish() == []
    assert (tmp_path / "mine.txt").is_file()


def test_what_is_noted_is_what_was_written(tmp_path: Path) -> None:
    """Where another program writes over a product at once, the next build sees that, and makes it again."""

    def write(places: Mapping[str, Path]) -> None:
        write_text(places["a.txt"], "one")
        write_text(tmp_path / "a.txt", "of another program")

    cache = Cache(tmp_path).load()
    cache.make("a", "key", ["a.txt"], write)
    (tmp_path / "a.txt").write_text("of another program", encoding="utf-8")

    assert cache.known["a"] == {"key": "key", "files": {"a.txt": sha256("one")}}
    assert not Cache(tmp_path).load().is_fresh("a", "key", ["a.txt"])


def test_the_files_of_a_product_are_replaced_together(tmp_path: Path) -> None:
    """What fails half-way leaves all files as the build before made them."""

    def write(places: Mapping[str, Path], *, fails: bool = False) -> None:
        write_text(places["a.svg"], "new" if fails else "old")
        if fails:
            raise RuntimeError
        write_text(places["a.png"], "old")

    names = ["a.svg", "a.png"]
    Cache(tmp_path).load().make("a", "one", names, write)
    cache = Cache(tmp_path).load()
    with pytest.raises(RuntimeError):
        cache.make("a", "two", names, lambda places: write(places, fails=True))

    assert [(tmp_path / name).read_text(encoding="utf-8") for name in names] == ["old", "old"]
    assert cache.is_fresh("a", "one", names)


_HOLD = """
import sys, pathlib
from benang.tasks.build.cache import building
with building(pathlib.Path(sys.argv[1]), print):
    print("building", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _builder(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold an output folder until its input ends."""
    command = [sys.executable, "-c", _HOLD, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        yield process
        if process.poll() is None:
            process.kill()


def _notes(out: Path) -> list[Path]:
    return list((out / ".benang").glob(f"*{BUILDER}"))


class _StoppedError(Exception):
    pass


def test_a_second_build_waits_and_says_for_whom(tmp_path: Path) -> None:
    """The sentence names the process that builds; what it raises ends the waiting."""
    said = []

    def waiting(message: str) -> None:
        said.append(message)
        raise _StoppedError

    with _builder(tmp_path / "out") as process:
        with pytest.raises(_StoppedError), building(tmp_path / "out", waiting):
            pytest.fail("two builds at once")

        assert f"{tmp_path / 'out'} is being built by process {process.pid} on " in said[0]
        assert "Waiting until it is done; press Ctrl-C to stop." in said[0]


def test_a_build_goes_on_when_the_other_one_is_done(tmp_path: Path) -> None:
    """Once the lock is free, the second build holds it."""
    said = []

    with _builder(tmp_path) as process:

        def waiting(message: str) -> None:
            said.append(message)
            assert process.stdin is not None
            process.stdin.close()

        with building(tmp_path, waiting):
            assert said


def test_the_lock_of_a_dead_builder_blocks_nothing(tmp_path: Path) -> None:
    """A build that was killed leaves its name, and no lock."""
    with _builder(tmp_path) as process:
        process.kill()
        process.wait()
        assert _notes(tmp_path)

        with building(tmp_path, pytest.fail):
            assert len(_notes(tmp_path)) == 1

    assert _notes(tmp_path) == []


def test_builds_into_two_folders_run_at_once(tmp_path: Path) -> None:
    """The lock stands with the output, not with the review."""
    with _builder(tmp_path / "one"), building(tmp_path / "two", pytest.fail):
        pass


def test_a_damaged_note_of_who_builds_is_no_error(tmp_path: Path) -> None:
    """Whatever stands there, the message says as much as can be known."""
    said = []

    def waiting(message: str) -> None:
        said.append(message)
        raise _StoppedError

    with _builder(tmp_path):
        for content in ("{", "[]", '{"process": "x", "host": "\\u001b[2J", "since": "now"}'):
            _notes(tmp_path)[0].write_text(content, encoding="utf-8")
            with pytest.raises(_StoppedError), building(tmp_path, waiting):
                pass

    assert all("by another process." in message for message in said)


def test_a_folder_without_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a drive that knows no locks, the message says so and what to do."""

    def unlockable(*_: object, **__: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", unlockable)

    with (
        pytest.raises(BenangError, match=r"lock: this file can't be locked .*No locks available.*folder \(out\)"),
        building(tmp_path, pytest.fail),
    ):
        pass


def test_no_lock_is_written_through_a_link(tmp_path: Path) -> None:
    """A review that comes from someone else may hold a link where the lock belongs."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    try:
        (tmp_path / "out" / ".benang").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    with pytest.raises(BenangError), building(tmp_path / "out", pytest.fail):
        pass

    assert list((tmp_path / "elsewhere").iterdir()) == []
