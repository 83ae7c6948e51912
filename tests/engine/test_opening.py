"""The engine that the user names is opened, and what is missing for it is told."""

from __future__ import annotations

import importlib.util
import socket
import sys
from pathlib import Path

import pytest

from benang.engine import spark_start
from benang.engine.opening import known_engine, open_engine
from benang.errors import BenangError


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
