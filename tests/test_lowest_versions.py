"""The lowest versions of the libraries that the project allows run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_the_lowest_versions_that_are_allowed_build_the_examples(project_root: Path) -> None:
    """Every module loads with them, and both examples are built; without a package index it skips."""
    done = subprocess.run(
        [sys.executable, "scripts/lowest.py"],
        cwd=project_root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 75:
        pytest.skip(done.stdout.strip().splitlines()[-1])

    assert done.returncode == 0, done.stdout + done.stderr
    assert "The lowest versions run: babel " in done.stdout
