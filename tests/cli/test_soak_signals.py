"""Commands stopped at random moments end with their code and leave no mess, as `make soak` tries 200 times."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows can't send such a signal to one process alone")


@pytest.fixture(scope="module")
def soak_signals(project_root: Path) -> ModuleType:
    """Return the module that stops commands."""
    spec = importlib.util.spec_from_file_location("soak_signals", project_root / "scripts" / "soak_signals.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_stopped_command_ends_and_goes_on_from_there(soak_signals: ModuleType) -> None:
    """The same moments in every run on a server, others elsewhere."""
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    ends, _, faults = soak_signals.soak_signals(4, seed, ["records"])

    assert faults == []
    assert sum(ends.values()) == 4
