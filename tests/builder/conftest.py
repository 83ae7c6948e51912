"""A small invented review, copied so that a test may change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def review(tmp_path: Path, test_data: Path) -> Path:
    """Return a fresh copy of the review of two night markets."""
    return Path(shutil.copytree(test_data / "mini-review", tmp_path / "review"))
