"""Build the examples with every Python that is found, each with the newest libraries allowed, and compare the bytes.

Run it with `make pythons`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from environments import EXAMPLES, OFFLINE, ROOT, NotReachedError, environment, run_in

PYTHONS = ("3.11", "3.12", "3.13")
_VERSION = re.compile(
    rb'\b(matplotlib|numpy|scipy|numba|igraph|fonttools|jinja2|babel|duckdb|pyarrow)("?: ?"?| )\d+(?:\.\w+)+'
)
"""A library with its version, which the report and `provenance.json` name: those alone may differ."""


def main() -> int:
    """Build and compare; 1 where a product differs that should not, 75 where nothing can be installed."""
    found = {version: path for version in PYTHONS if (path := _interpreter(version))}
    if len(found) < 2:
        print(f"Of Python {', '.join(PYTHONS)} only {', '.join(found) or 'none'} is here: skipped, nothing to compare.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        built = {}
        for version, path in found.items():
            try:
                python = environment(f"python-{version}", path, pinned={})
            except NotReachedError:
                print("No package index answers: run `make pythons` where one does.")
                return OFFLINE
            built[version] = Path(folder, version)
            for name in EXAMPLES:
                out = built[version] / name
                run_in(python, "-m", "benang", "build", str(ROOT / "examples" / name), "--out", str(out))
        return _compared(built)


def _compared(built: dict[str, Path]) -> int:
    """Say which products differ from those of the first Python."""
    (first, one), *others = built.items()
    differing = 0
    for version, other in others:
        names = {_name(path, root) for root in (one, other) for path in root.rglob("*") if path.is_file()}
        apart = sorted(name for name in names if not _same(one / name, other / name))
        for name in apart:
            print(f"Python {version} and {first} differ in {name}.")
        differing += len(apart)
        print(f"Python {version}: {len(names) - len(apart)} of {len(names)} products are those of Python {first}.")
    return 1 if differing else 0


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _same(one: Path, other: Path) -> bool:
    if ".benang" in one.parts:  # the account of the build, with hashes of the versions
        return True
    if not (one.is_file() and other.is_file()):
        return False
    return _without_versions(one) == _without_versions(other)


def _without_versions(path: Path) -> bytes:
    data = path.read_bytes()
    return _VERSION.sub(rb"\1", data) if path.suffix in {".html", ".json"} else data


def _interpreter(version: str) -> str:
    """Find a Python of a version: on the path, or among those that pyenv has installed."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    tried = [shutil.which(f"python{version}"), *sorted(map(str, kept.glob(f"{version}.*/bin/python")))]
    return next((path for path in tried if path and _starts(path)), "")


def _starts(path: str) -> bool:
    done = subprocess.run([path, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
