"""Pages asked as a browser would that has opened the link: a review, a client, and a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient

from benang.web.app import create_app
from benang.web.guard import Pass
from benang.web.workbench import Workbench

HOME = "http://127.0.0.1:8421"
Browse = Callable[[Path], "Browser"]


class Browser(TestClient):
    """A browser that has opened the link, on a review; it brings the token of changes, and asks for parts of pages."""

    def __init__(self, workbench: Workbench, folder: Path | None = None) -> None:
        entrance = Pass(8421)
        super().__init__(create_app(workbench, entrance), base_url=HOME, follow_redirects=False)
        self.workbench = workbench
        self.review = workbench.open(folder) if folder else None
        self.get(entrance.link)
        self.headers["x-csrf-token"] = entrance.csrf

    def at(self, *parts: str) -> str:
        """Return the address of a page of the review."""
        assert self.review is not None
        return "/".join((f"/reviews/{self.review.id}", *parts))


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered beside reviews out of the user's own settings."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def browse() -> Iterator[Browse]:
    """Return a function that opens a review in a browser of its own."""
    benches: list[Workbench] = []

    def opened(folder: Path) -> Browser:
        benches.append(Workbench())
        return Browser(benches[-1], folder)

    yield opened
    for one in benches:
        one.close()


def at_once(*acts: Callable[[], Any]) -> list[int]:
    """Let several tabs act at the same moment; return the statuses of the answers."""
    start, statuses = Barrier(len(acts)), list[int]()

    def tab(act: Callable[[], Any]) -> None:
        start.wait()
        statuses.append(act().status_code)

    tabs = [Thread(target=tab, args=(act,)) for act in acts]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    return sorted(statuses)
