"""What the tests of the interactive map share: one browser for each of their files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browsers import chromium as started

from benang.errors import BenangError
from benang.viewer.page import viewer_script


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where there is no viewer that it could show."""
    try:
        viewer_script()
    except BenangError:
        pytest.skip("the viewer was not built: make ui")
    with started() as browser:
        yield browser
