"""An engine is opened by its name, and what memory is free is told within the limits that were set."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from benang import engine
from benang.engine import known_engine, open_engine, spark_start
from benang.errors import BenangError

pytestmark = pytest.mark.fast


def written(root: Path, files: dict[str, str]) -> Path:
    """Write the files of a made-up system."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="ascii")
    return root


class Memory:
    """What psutil says of a machine."""

    available = 3_000


def test_what_the_system_can_give_without_swapping_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """What psutil calls available counts, in bytes."""
    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    assert engine._free() == 3_000


def test_the_lowest_limit_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may have less than its machine, and `ulimit -v` less than both."""
    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    monkeypatch.setattr(engine, "_group_limits", lambda _root: iter((2_000, 2_500)))
    monkeypatch.setattr(engine, "_process_limit", lambda: None)
    assert engine.available_memory() == 2_000
    monkeypatch.setattr(engine, "_process_limit", lambda: 1_000)
    assert engine.available_memory() == 1_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems don't tell the limit of a process")
def test_a_limit_of_the_user_is_heard() -> None:
    """`ulimit -v` leaves what it allows, less what the process has taken."""
    program = "from benang.engine import available_memory; print(available_memory())"
    limited = f"ulimit -v {8 << 20} && exec {sys.executable} -c '{program}'"
    left = int(subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=True).stdout)
    assert 0 < left < 8 << 30


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
    assert list(engine._group_limits(root)) == [500]


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
    assert list(engine._group_limits(root)) == [4000]


def test_a_system_without_its_accounts_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `/proc` is hidden from a process, psutil has nothing to read."""

    def hidden() -> None:
        raise FileNotFoundError("/proc/meminfo")

    monkeypatch.setattr(psutil, "virtual_memory", hidden)
    assert engine._free() is None


def test_a_system_that_tells_nothing_is_taken_for_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """4 GiB where nobody says anything, and never less than nothing where a limit is overdrawn."""
    monkeypatch.setattr(engine, "_free", lambda: None)
    monkeypatch.setattr(engine, "_process_limit", lambda: None)
    monkeypatch.setattr(engine, "_group_limits", lambda _root: iter(()))
    assert engine.available_memory() == engine.UNKNOWN
    monkeypatch.setattr(engine, "_group_limits", lambda _root: iter((-5,)))
    assert engine.available_memory() == 0


@pytest.mark.parametrize(
    "name", ["duckdb", "spark", "local[2]", "local[*]", "local-cluster[2,1,1024]", "spark://a:7077,b:7077", "yarn"]
)
def test_engines_and_masters_are_known_by_their_names(name: str) -> None:
    """What Spark calls a master is taken as it is."""
    assert known_engine(name) == name


@pytest.mark.parametrize("name", ["sprak", "spark://nowhere", "local", "sc://host", ""])
def test_an_unknown_engine_is_refused_before_any_work(name: str) -> None:
    """The message lists what there is."""
    with pytest.raises(BenangError, match="expected duckdb, spark or spark://HOST:PORT"):
        known_engine(name)


def test_without_the_package_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark is an extra."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyspark" else find(name))
    with pytest.raises(BenangError, match=r'pip install "benang\[spark\]"'):
        open_engine("spark")


def test_without_java_it_is_told_where_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No Java on the path, and JAVA_HOME pointing to none, are two findings."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(BenangError, match=r"was not found here.*openjdk-21-jre-headless.*adoptium\.net"):
        spark_start.check_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(BenangError, match=r"JAVA_HOME is .*gone, but there is no Java there"):
        spark_start.check_java()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Java is a shell script")
@pytest.mark.parametrize(
    ("script", "said"),
    [("echo 'java version \"1.8.0_202\"' >&2", r"is version 8; Spark needs 17"), ("exit 3", "doesn't run")],
)
def test_a_java_that_does_not_serve_is_named(
    script: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One that is too old, and one that is broken."""
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(BenangError, match=said):
        spark_start.check_java()


def test_a_master_that_does_not_answer_is_told_before_spark_starts() -> None:
    """A port on which nobody listens is refused at once."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(BenangError, match=rf"spark://127\.0\.0\.1:{port}: no Spark master answers"):
            spark_start.check_master(f"spark://127.0.0.1:{port}")


def test_of_several_masters_one_that_answers_is_enough() -> None:
    """A standby may be down."""
    with socket.socket() as down, socket.create_server(("127.0.0.1", 0)) as up:
        down.bind(("127.0.0.1", 0))
        spark_start.check_master(f"spark://127.0.0.1:{down.getsockname()[1]},127.0.0.1:{up.getsockname()[1]}")
