"""What all tests share: real exports where they are at hand, and a wall against the network."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("MPLBACKEND", "agg")
SHORT = 20
"""Bytes that can stand in the name of a test."""

# No test depends on how fast the machine is, and none on chance where a failure can't be looked at: what is drawn at
# random elsewhere is the same in every run on a server. `make soak` draws forty times as much.
settings.register_profile("benang", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=25)
settings.register_profile("soak", deadline=None, max_examples=1000)
settings.load_profile("benang")


# Some nine thousand tests are a million objects, which Python would look through again and again for what can go: a
# third of the time of collecting them, and near a second each time that it tidies up in a test.
gc.disable()


def pytest_collection_finish() -> None:
    """Tidy up once all tests are there, and from then on only what they themselves leave."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one worker the tests of a file that share what it makes once: each worker would make it anew."""
    for item in items:
        if isinstance(item, pytest.Function) and not item.get_closest_marker("xdist_group"):
            fixtures = item._fixtureinfo.name2fixturedefs.values()
            if any(fixture.scope == "module" for defined in fixtures for fixture in defined):
                item.add_marker(pytest.mark.xdist_group(item.path.relative_to(ROOT).as_posix()))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test of a file's bytes by no more than that: zips hold the time, and all workers must agree on names."""
    return "bytes" if isinstance(val, bytes) and len(val) > SHORT else None


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real exports and maps beside the project; skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real exports and maps (../shared/data) are not at hand; they are not part of the project")
    return folder


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Return the folder of small invented files that the project ships for its tests."""
    return ROOT / "tests" / "data"


@pytest.fixture
def review(tmp_path: Path, test_data: Path) -> Path:
    """Return a fresh copy of the invented review of two night markets, so that a test may change it."""
    return Path(shutil.copytree(test_data / "mini-review", tmp_path / "review"))


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Path:
    from benang.tasks.build.building import build  # most tests need no builder

    folder = Path(shutil.copytree(test_data / "mini-review", tmp_path_factory.mktemp("built") / "review"))
    build(folder)
    return folder


@pytest.fixture
def built_review(tmp_path: Path, _built_once: Path) -> Path:
    """Return a fresh copy of the same review as it is after a build, which is made once."""
    return Path(shutil.copytree(_built_once, tmp_path / "review"))


@pytest.fixture(autouse=True, scope="session")
def _one_database() -> Iterator[None]:
    """Keep DuckDB open: hundreds of tests each count a little, and to open it takes longer than that."""
    from benang.engine import DuckDB

    with DuckDB():
        yield


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard() -> None:
    """Let tests be stopped, and stop what they start, also in the background, where a shell turns Ctrl-C off."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine: Benang works offline and tells nobody anything."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"127.0.0.1", "::1", "localhost", ""}:
            raise AssertionError(f"a connection to {host} was tried: Benang makes none but loopback")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
