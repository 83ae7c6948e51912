"""Spoilt maps of every form end in a network or in a message, as `make soak` tries thousands of times."""

from __future__ import annotations

import importlib.util
import os
import random
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def soak_maps(project_root: Path) -> ModuleType:
    """Return the module that spoils maps."""
    spec = importlib.util.spec_from_file_location("soak_maps", project_root / "scripts" / "soak_maps.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_spoilt_maps_are_read_or_refused(soak_maps: ModuleType) -> None:
    """The same cases in every run on a server, others elsewhere."""
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    ends, faults = soak_maps.soak_maps(300, seed)
    assert faults == []
    assert sum(ends.values()) == 300
    assert all(ends.values())
