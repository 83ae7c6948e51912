"""Prove that base dependencies, and what PDFs and notebooks need, have wheels for Windows, macOS and Linux; weigh them.

Nobody who installs Benang needs a compiler, and nobody who builds it from source needs Node: the package that brings
Node is among them. Run it with `make wheels`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from build_ui import NODE

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.13")
PLATFORMS = {
    "Windows (win_amd64)": ("win_amd64",),
    "macOS (arm64)": tuple(f"macosx_{version}_0_arm64" for version in (14, 13, 12, 11)),
    "Linux (x86_64)": (
        *(f"manylinux_2_{version}_x86_64" for version in (28, 27, 24, 17)),
        "manylinux2014_x86_64",
    ),
}


def main() -> int:
    """Download the wheels for each platform and say what they weigh; 1 where one is missing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["pdf"], *extras["widget"], NODE]
    missing = 0
    for python in PYTHONS:
        for name, tags in PLATFORMS.items():
            with tempfile.TemporaryDirectory() as folder:
                download = _download(python, tags, wanted, folder)
                done = subprocess.run(download, capture_output=True, text=True, check=False)
                if done.returncode:
                    missing += 1
                    print(f"Python {python}, {name}: a wheel is missing\n{done.stderr.strip()}")
                    continue
                wheels = sorted(Path(folder).glob("*.whl"))
                size = sum(wheel.stat().st_size for wheel in wheels) / 1e6
                largest = max(wheels, key=lambda wheel: wheel.stat().st_size)
                print(f"Python {python}, {name}: {len(wheels)} wheels, {size:.0f} MB (largest: {largest.name})")
    return 1 if missing else 0


def _download(python: str, tags: tuple[str, ...], wanted: list[str], folder: str) -> list[str]:
    platforms = [part for tag in tags for part in ("--platform", tag)]
    return [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary=:all:",
        "--python-version",
        python,
        "--implementation",
        "cp",
        *platforms,
        "--dest",
        folder,
        *wanted,
    ]


if __name__ == "__main__":
    sys.exit(main())
