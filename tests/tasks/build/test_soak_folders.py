"""Hostile folders end well or with a message and touch nothing outside, as `make soak` tries 300 times."""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="links and pipes ask for rights on Windows"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def soak_folders(project_root: Path) -> ModuleType:
    """Return the module that works on hostile folders."""
    scripts = project_root / "scripts"
    sys.path.insert(0, str(scripts))  # where it finds its attacks, as when it is run
    try:
        spec = importlib.util.spec_from_file_location("soak_folders", scripts / "soak_folders.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(scripts))
    return module


def test_hostile_folders_end_well_or_with_a_message(soak_folders: ModuleType) -> None:
    """Each attack once; the same ones in every run on a server, others elsewhere."""
    seed = 0 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    cases = len(soak_folders.ATTACKS)
    ends, faults = soak_folders.soak_folders(cases, seed)

    assert faults == []
    assert sum(number for end, number in ends.items() if end.startswith("code")) == cases


def test_the_watch_sees_what_it_looks_for(soak_folders: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that writes through a link, ends without a word, or spreads a secret, is a fault."""

    def vandal(command: list[str]) -> int:
        review = Path(command[1])
        (review / "out").mkdir(exist_ok=True)
        (review / "out" / "report.html").write_text(f"{soak_folders.SECRET}{soak_folders.SCRIPT}")
        (review.parent / "outside" / "thesis.docx").write_text("gone")
        raise RecursionError

    monkeypatch.setattr(soak_folders, "run", vandal)
    monkeypatch.setattr(soak_folders, "COMMANDS", [("build", "{}")])
    _, faults = soak_folders.soak_folders(1, 0)

    for fault in ("RecursionError", "outside was changed", "holds a word of a file outside", "holds a script"):
        assert any(fault in one for one in faults), (fault, faults)
