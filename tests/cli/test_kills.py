"""Killed at random moments, as `make soak` tries a thousand times, commands leave nothing half-done that stays so."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.skipif(os.name == "nt", reason="Windows has no forks, by which a kill costs little")
def test_killed_commands_leave_nothing_half_done(project_root: Path) -> None:
    """The same moments in every run on a server, others elsewhere; a moment in time is never quite the same."""
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    script = project_root / "scripts" / "soak_kills.py"
    asked = ["--count", "6", "--seed", str(seed), "--commands", "corpus", "convert", "records"]
    done = subprocess.run([sys.executable, str(script), *asked], capture_output=True, text=True, timeout=900)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("6 kills: ")
    assert "0 faults" in done.stdout
