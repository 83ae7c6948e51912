"""Chromium for the tests of pages: where it is absent they are skipped, but not in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium, which looks for nothing on the network, and end it afterwards."""
    path = _path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def another(browser: Browser, *flags: str) -> Iterator[Browser]:
    """Start another browser beside one, with flags of its own."""
    started = browser.browser_type.launch(executable_path=_path(), args=[*FLAGS, *flags])
    yield started
    started.close()


def _path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail("Chromium is absent, and CI must not skip the tests that need it: apt-get install chromium")
        pytest.skip("these tests need Chromium: apt-get install chromium")
    return path
