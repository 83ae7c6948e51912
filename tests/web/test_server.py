"""The server as a process: its port, its link, its end, and two of them on one folder."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow

SECONDS = 90


class Served:
    """A server that was started as a user does."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.log = home / f"serve-{time.monotonic_ns()}.log"
        names = ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA")
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "benang", "serve", *arguments, "--no-browser"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **dict.fromkeys(names, str(home)), "PYTHONUNBUFFERED": "1", "COLUMNS": "300"},
            )

    @property
    def said(self) -> str:
        """All that it has printed."""
        return self.log.read_text(encoding="utf-8")

    def link(self) -> str:
        """Wait for the link."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            if (found := re.search(r"http://\S+token=\S+", self.said)) and "Ctrl-C" in self.said:
                return found[0]
            time.sleep(0.1)
        raise AssertionError(self.said)

    def stop(self) -> int:
        """Ask it to stop, and return its code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(15)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Return a home for settings; no server is left behind."""
    place = tmp_path / "home"
    place.mkdir()
    yield place
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # what another test began has ended by now
            if "serve" in child.cmdline():
                child.kill()


class Visitor:
    """A browser that opens a link, and keeps its cookie."""

    def __init__(self, link: str) -> None:
        self.home = link.partition("/enter")[0]
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.page = self.read(link)

    def read(self, address: str, data: bytes | None = None, **headers: str) -> str:
        """Return a page, or the answer to a change."""
        request = urllib.request.Request(address, data=data, headers=headers)  # noqa: S310
        with self._opener.open(request) as answer:
            return str(answer.read().decode())

    def change(self, *parts: str) -> str:
        """Change something of the review that the page shows."""
        csrf, review = (
            re.search(r'name="csrf" content="(\w+)"', self.page),
            re.search(r'data-review="(\w+)"', self.page),
        )
        assert csrf
        assert review
        return self.read("/".join((self.home, "reviews", review[1], *parts)), b"", **{"X-CSRF-Token": csrf[1]})


def free() -> int:
    """Return a port that is free."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_it_listens_on_loopback_alone_and_stops_when_asked(home: Path, review: Path) -> None:
    """With a link that opens the review, and a sentence at the end."""
    port = free()
    server = Served(home, str(review), "--port", str(port))
    link = server.link()

    assert f"127.0.0.1:{port}/" in link
    listening = [one.laddr for one in psutil.Process(server.process.pid).net_connections() if one.status == "LISTEN"]
    assert {(one.ip, one.port) for one in listening} == {("127.0.0.1", port)}
    assert "data-review" in Visitor(link).page
    assert server.stop() == 130
    assert "Benang has stopped" in server.said


def test_an_answer_does_not_wait_for_the_browser_to_acknowledge_its_first_half(home: Path, review: Path) -> None:
    """Where it does, each answer but the first of a connection takes 40 ms or more, however little there is to do."""
    server = Served(home, str(review), "--port", str(free()))
    link = server.link()
    connection = http.client.HTTPConnection(link.partition("//")[2].partition("/")[0], timeout=SECONDS)
    waits = []
    for _ in range(20):
        begun = time.perf_counter()
        connection.request("GET", "/favicon.ico")
        connection.getresponse().read()
        waits.append(time.perf_counter() - begun)
    connection.close()
    server.stop()

    assert min(waits[5:]) < 0.03


def test_a_port_that_is_taken_is_named_and_another_is_used(home: Path, review: Path) -> None:
    """It says which one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = Served(home, str(review), "--port", str(port))

        link = server.link()

        assert f"Port {port} is taken" in server.said
        assert f":{port}/" not in link
        server.stop()


def test_the_second_server_on_a_folder_is_read_only(home: Path, review: Path) -> None:
    """It says so where it was started and on its pages, and by whom; changes are refused."""
    first = Served(home, str(review), "--port", str(free()))
    first.link()
    second = Served(home, str(review), "--port", str(free()))

    link = second.link()

    assert f"read-only: another Benang has it open (process {first.process.pid}" in second.said
    visitor = Visitor(link)
    assert "Read-only" in visitor.page
    with pytest.raises(urllib.error.HTTPError) as refused:
        visitor.change("undo")
    assert refused.value.code == 409
    refused.value.close()
    first.stop()
    assert "Read-only" not in visitor.read(link)
    second.stop()


def test_what_is_no_review_is_said_before_anything_is_served(home: Path, tmp_path: Path) -> None:
    """As by every other command."""
    (tmp_path / "empty").mkdir()
    server = Served(home, str(tmp_path / "empty"))

    assert server.process.wait(SECONDS) == 1
    assert "not the folder of a review" in server.said


def test_a_server_that_is_killed_while_it_builds_leaves_a_folder_that_builds(home: Path, review: Path) -> None:
    """Its work ends with it, the lock is free again, and the next build makes all."""
    server = Served(home, str(review), "--port", str(free()))
    link = server.link()
    Visitor(link).change("report", "build")
    workers = psutil.Process(server.process.pid).children(recursive=True)
    assert workers

    server.process.kill()
    server.process.wait(10)

    _gone, alive = psutil.wait_procs(workers, timeout=20)
    assert alive == []
    done = subprocess.run([sys.executable, "-m", "benang", "build", str(review)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_pages_start_without_what_draws() -> None:
    """What draws and compiles takes seconds to load, and is loaded by the work that needs it."""
    heavy = "{'matplotlib', 'numba', 'igraph', 'sklearn'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, benang.web.app; print({heavy})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
