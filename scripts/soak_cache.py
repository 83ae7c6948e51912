"""Damage the compiled code that is kept between runs, and make maps: each map is made, and has the same bytes.

A case damages one file of the cache, some, or all, or the folder itself: emptied, garbled, cut off, a bit turned, two
files swapped, removed, not to be read, written to by others, of another owner, of another version, a folder in a
file's place, a pickle that would run a program. A fault is a code other than 0, a word on the stream of errors, a map
of other bytes, a program that was run, or a cache that has not been made good by the run that follows (unless it can't
be).

`make soak` runs 51 cases, `tests/test_kernels.py` tries each kind on one function.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from benang.kernels import read_kept

SOURCES = Path(__file__).resolve().parent.parent / "examples" / "night-markets" / "sources"
MAP = ("map", SOURCES, "--items", "author-keywords", "--min-occurrences", "1", "-o")
NO_ROOM = (
    "import resource, sys; sys.dont_write_bytecode = True\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
)
"""Lets no file become longer, as a full disk would: the map is shorter, most of the code is not.

Python keeps nothing that it compiles meanwhile: it would keep what fits of a module, and trip over it ever after.
"""

Damage = Callable[[Sequence[Path], random.Random], None]


class Attack:
    """A pickle that makes a folder when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = str(mark)

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (self.mark,)


def _each(change: Callable[[bytes, random.Random], bytes]) -> Damage:
    def damage(paths: Sequence[Path], chance: random.Random) -> None:
        for path in paths:
            path.write_bytes(change(path.read_bytes(), chance))

    return damage


def _turned(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _swapped(paths: Sequence[Path], _: random.Random) -> None:
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, contents[1:] + contents[:1], strict=True):
        path.write_bytes(content)


def _removed(paths: Sequence[Path], _: random.Random) -> None:
    for path in paths:
        path.unlink()


def _folders(paths: Sequence[Path], _: random.Random) -> None:
    for path in paths:
        path.unlink()
        path.mkdir()


def _rights(rights: int) -> Damage:
    def damage(paths: Sequence[Path], _: random.Random) -> None:
        for path in paths:
            path.chmod(rights)

    return damage


def _given_away(paths: Sequence[Path], _: random.Random) -> None:
    for path in paths:
        if os.geteuid() == 0:
            os.chown(path, 1, 1)


def _renamed(paths: Sequence[Path], _: random.Random) -> None:
    """As code of another version would lie there: whole, under the name of today's."""
    for path in paths:
        other = path.with_name(f"{path.name.partition('-')[0]}-{'0' * 40}.nbc")
        path.rename(other)
        shutil.copy(other, path)
        path.write_bytes(path.read_bytes()[::-1])


def _attacked(paths: Sequence[Path], _: random.Random) -> None:
    for path in paths:
        path.write_bytes(pickle.dumps(Attack(path.parent.parent / "run")))


def _folder_rights(rights: int) -> Damage:
    def damage(paths: Sequence[Path], _: random.Random) -> None:
        paths[0].parent.chmod(rights)

    return damage


def _no_folder(paths: Sequence[Path], _: random.Random) -> None:
    folder = paths[0].parent
    shutil.rmtree(folder)
    folder.touch()


KINDS: dict[str, tuple[Damage, bool]] = {
    "emptied": (_each(lambda *_: b""), True),
    "garbled": (_each(lambda data, chance: chance.randbytes(len(data))), True),
    "cut off": (_each(lambda data, chance: data[: chance.randrange(len(data))]), True),
    "a bit turned": (_each(_turned), True),
    "longer": (_each(lambda data, chance: data + chance.randbytes(9)), True),
    "swapped": (_swapped, True),
    "removed": (_removed, True),
    "not to be read": (_rights(0), True),
    "written to by others": (_rights(0o666), True),
    "of another owner": (_given_away, True),
    "of another version": (_renamed, True),
    "a pickle that runs a program": (_attacked, True),
    "a folder in a file's place": (_folders, False),
    "a folder that others may write to": (_folder_rights(0o777), False),
    "a folder that can't be written to": (_folder_rights(0o500), False),
    "no folder": (_no_folder, False),
    "no room": (_removed, False),
}
"""What can happen to files, and whether the next run makes the cache good again."""


def soak_cache(cases: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Damage the cache and make maps; return how often each kind was tried, and the faults."""
    chance = random.Random(seed)  # noqa: S311
    tried: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="soak-cache-") as room:
        cache, kept, out = Path(room, "cache"), Path(room, "kept"), Path(room, "map.json")
        _make(cache, out)
        expected = out.read_bytes()
        cache.rename(kept)
        for case in range(cases):
            kind = list(KINDS)[case % len(KINDS)]
            damage, is_mended = KINDS[kind]
            shutil.copytree(kept, cache)
            files = sorted((cache / "kernels").iterdir())
            names = {path.name for path in files}
            damage(chance.choice((files, chance.sample(files, 1), chance.sample(files, 3))), chance)
            wrong = _wrong(cache, out, expected, setup=NO_ROOM if kind == "no room" else "")
            if not wrong and is_mended:
                wrong = _unmended(cache, names)
            tried[kind] += 1
            faults += [f"case {case} of seed {seed}, {kind}: {wrong}"] if wrong else []
            (cache / "kernels").chmod(0o700)
            shutil.rmtree(cache)
    return tried, faults


def _make(cache: Path, out: Path, setup: str = "") -> subprocess.CompletedProcess[str]:
    out.unlink(missing_ok=True)
    return subprocess.run(
        [sys.executable, "-c", f"{setup}from benang.cli.main import main\nmain()", *map(str, MAP), str(out)],
        env={**os.environ, "BENANG_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _wrong(cache: Path, out: Path, expected: bytes, setup: str) -> str:
    done = _make(cache, out, setup)
    if done.returncode or done.stderr:
        return f"code {done.returncode}, and it said {done.stderr!r}"
    if out.read_bytes() != expected:
        return "another map"
    return "the program was run" if (cache / "run").exists() else ""


def _unmended(cache: Path, names: set[str]) -> str:
    """Say which files the run has not made good, so that the next one would have to compile once more."""
    files = [cache / "kernels" / name for name in sorted(names)]
    bad = [path.name for path in files if not path.is_file() or read_kept(path) is None]
    return f"{bad} were not kept again" if bad else ""


def main() -> int:
    """Run the cases; return 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=51)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    tried, faults = soak_cache(asked.count, asked.seed)
    print(*faults, f"{asked.count:,} damaged caches: {dict(tried)}, {len(faults):,} faults", sep="\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
