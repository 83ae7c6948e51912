"""A map in JupyterLab: a cell draws it, a click on it selects, and the next cell has what was selected.

Needs Chromium, JupyterLab (`pip install -e ".[dev]"`), and the built viewer.
"""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browsers import chromium
from tests.maps.exchanged import toy_map

from benang.errors import BenangError
from benang.map_files import write_map
from benang.viewer.page import viewer_script

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = (
    "import benang as bn\nshown = bn.show(bn.read_map('map.json'))\nshown",
    "print('Selected:', shown.selected, shown.selection.records)",
    "shown.selected = ['desa']",
)
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    "--LabApp.news_url=",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
PATIENCE = 60_000
"""Milliseconds: a kernel starts in two seconds, or in half a minute beside other work."""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Return a notebook in JupyterLab with its kernel at rest; skip where something that it takes is absent."""
    _check_ready()
    monkeypatch.chdir(tmp_path)
    write_map(toy_map(xy=np.array([[-1.0, 1.0], [0.0, 0.0], [1.0, -1.0]])), tmp_path / "map.json")
    (tmp_path / "map.ipynb").write_text(json.dumps(_notebook()), encoding="utf-8")
    with _jupyter(tmp_path) as address, chromium() as browser:
        opened = browser.new_page(viewport={"width": 1280, "height": 1100})
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{address}/doc/tree/map.ipynb")
        opened.get_by_text("| Idle").wait_for()
        yield opened


def _check_ready() -> None:
    """Skip, or fail in CI, where JupyterLab or the viewer is absent."""
    lacking = "" if importlib.util.find_spec("jupyterlab") else 'JupyterLab: pip install -e ".[dev]"'
    try:
        viewer_script("widget.js")
    except BenangError:
        lacking = lacking or "the built viewer: make ui"
    if lacking and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"CI must not skip this test. It needs {lacking}")
    if lacking:
        pytest.skip(f"this test needs {lacking}")


def _notebook() -> dict[str, object]:
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": None, "id": f"c{n}", "metadata": {}, "outputs": [], "source": source}
        for n, source in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


@contextmanager
def _jupyter(folder: Path) -> Iterator[str]:
    """Start JupyterLab in a folder, with nothing of the user's own, and end it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / "jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--port={port}", f"--ServerApp.root_dir={folder}"],
        env={**os.environ, **own, "IPYTHONDIR": str(folder / "ipython")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/api", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 -- of this machine
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("JupyterLab did not start")


def _run(page: Page, number: int) -> Locator:
    """Run a cell, and return it."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    return cell


def test_a_cell_draws_the_map_and_the_next_one_has_what_was_selected(page: Page) -> None:
    """Keys that JupyterLab has for cells are the map's own; Python selects, too."""
    cell = _run(page, 0)
    canvas = cell.locator("canvas")
    expect(canvas).to_be_visible(timeout=PATIENCE)
    cell.get_by_role("combobox").first.fill("kota")
    page.keyboard.press("Enter")
    expect(cell.get_by_role("heading", name="Kota")).to_be_visible()  # it is in the middle
    canvas.focus()
    page.keyboard.press("Escape")
    expect(cell.get_by_role("heading", name="Kota")).to_be_hidden()
    page.wait_for_timeout(600)
    canvas.click()
    expect(cell.get_by_role("heading", name="Kota")).to_be_visible()

    page.keyboard.press("0")
    page.keyboard.press("0")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    told = _run(page, 1).locator(".jp-OutputArea-output")
    expect(told).to_contain_text("Selected: ['kota'] ('sari2019', 'putra2020', 'dewi2020')", timeout=PATIENCE)

    _run(page, 2)
    expect(cell.get_by_role("heading", name="desa")).to_be_visible(timeout=PATIENCE)
