"""Programs to measure beside: each in an environment of its own, made once below `benchmarks/out/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "out" / "peers"
PEERS = {
    "rispy": "rispy==0.10.0",
    "bibtexparser-1": "bibtexparser==1.4.4",
    "bibtexparser-2": "bibtexparser==2.1.0",
    "biblioflow": "biblioflow==0.3.0",
    "bibx": "bibx==0.9.2",
    "asreview": "asreview==2.2",
    "krippendorff": "krippendorff==0.9.0",
    "scikit-learn": "scikit-learn==1.9.1",
}
"""What each asks of pip: the versions that stand in docs/benchmarks.md."""
_SECONDS = 900


def python_of(peer: str) -> str | None:
    """Return the Python that has a peer, installed where it is not yet; None, and a word on it, where it can't be."""
    home = FOLDER / peer
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = home / "installed"
    if done.is_file() and done.read_text(encoding="utf-8") == PEERS[peer]:
        return str(python)
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(home)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEERS[peer]],
    ):
        try:
            run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"{peer} is left out: {error}")
            return None
        if run.returncode:
            print(f"{peer} is left out: {(run.stderr or run.stdout).strip()[-300:]}")
            return None
    done.write_text(PEERS[peer], encoding="utf-8")
    return str(python)
