"""What memory is free is told within the limits that were set."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.engine import memory


def written(root: Path, files: dict[str, str]) -> Path:
    """Write the files of a made-up system."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    return root


def test_linux_tells_what_is_free_without_swapping(tmp_path: Path) -> None:
    """`MemAvailable` counts, in kilobytes of 1,024 bytes."""
    root = written(tmp_path, {"proc/meminfo": "MemTotal:  9 kB\nMemFree:  1 kB\nMemAvailable:    3 kB\n"})
    assert memory._free_on_linux(root) == 3 * 1024


def test_a_container_limits_what_is_free(tmp_path: Path) -> None:
    """In version 2 of control groups, all groups up to the top count; cached files can be given up."""
    root = written(
        tmp_path,
        {
            "proc/self/cgroup": "0::/docker/one\n",
            "sys/fs/cgroup/docker/one/memory.max": "max\n",
            "sys/fs/cgroup/docker/memory.max": "1000\n",
            "sys/fs/cgroup/docker/memory.current": "700\n",
            "sys/fs/cgroup/docker/memory.stat": "anon 500\ninactive_file 200\n",
        },
    )
    assert list(memory._group_limits(root)) == [500]


def test_older_control_groups_are_heard_too(tmp_path: Path) -> None:
    """In version 1 memory has a tree of its own, and no limit is a number near 2⁶³."""
    root = written(
        tmp_path,
        {
            "proc/self/cgroup": "4:memory:/job\n3:cpuset:/job\n",
            "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "4096\n",
            "sys/fs/cgroup/memory/job/memory.usage_in_bytes": "96\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        },
    )
    assert list(memory._group_limits(root)) == [4000]


def test_pages_of_macos_are_added_up() -> None:
    """What is free or can be freed at once counts; pages in use do not."""
    said = (
        "Mach Virtual Memory Statistics: (page size of 16384 bytes)\n"
        "Pages free:                               10.\nPages active:                            500.\n"
        "Pages inactive:                           20.\nPages speculative:                         3.\n"
        "Pages purgeable:                           1.\n"
    )
    assert memory._pages_of_macos(said) == 34 * 16384
    assert memory._pages_of_macos("no such thing") is None


def test_a_system_that_tells_nothing_is_taken_for_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """4 GiB where nobody says anything, and never less than nothing where a limit is overdrawn."""
    monkeypatch.setattr(memory, "_free", lambda: None)
    monkeypatch.setattr(memory, "_process_limit", lambda: None)
    monkeypatch.setattr(memory, "_group_limits", lambda _root: iter(()))
    assert memory.available_memory() == memory.UNKNOWN
    monkeypatch.setattr(memory, "_group_limits", lambda _root: iter((-5,)))
    assert memory.available_memory() == 0
