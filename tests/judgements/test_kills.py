"""Killed at 25 moments, as `make soak` tries a thousand times, what writes judgements leaves a folder that is whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.skipif(os.name == "nt", reason="Windows has no forks, by which a kill costs little")
def test_a_kill_at_any_moment_leaves_the_folder_whole(project_root: Path) -> None:
    """Coding, importing, moving, withdrawing, undoing, merging; the same moments in every run on a server."""
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    script = project_root / "scripts" / "soak_judgements.py"
    asked = ["--count", "25", "--seed", str(seed)]
    done = subprocess.run([sys.executable, str(script), *asked], capture_output=True, text=True, timeout=900)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("25 kills: ")
    assert "0 faults" in done.stdout
