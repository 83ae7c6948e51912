"""Ctrl-C ends the layout of a large network, and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from benang.layout import search
from benang.cli.main import main
begin = search.multilevel_layout
def told(*given):
    print("laying out", flush=True)
    return begin(*given)
search.multilevel_layout = told
sys.argv = ["benang", "layout", "--network", sys.argv[1], "-o", sys.argv[2]]
main()
"""


def test_ctrl_c_ends_a_large_layout_and_leaves_nothing(tmp_path: Path) -> None:
    """Of 20,000 items, stopped while they are laid out, no file is written, whole or in part."""
    network, out = tmp_path / "network.txt", tmp_path / "out" / "map.json"
    out.parent.mkdir()
    before = np.random.default_rng(1).integers(0, np.arange(1, 20_000)[:, np.newaxis], (19_999, 3))
    network.write_text("".join(f"{i + 2}\t{j + 1}\t1\n" for i, row in enumerate(before) for j in set(row.tolist())))
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(network), str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        begun = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=300)[1].decode()
    assert begun.strip() == b"laying out", said
    assert running.returncode == 130
    assert "Traceback" not in said
    assert list(out.parent.iterdir()) == []
