"""Prove that the lowest versions that `pyproject.toml` allows run: load every module with them and build the demo.

Run it with `make lowest`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

from environments import EXAMPLES, OFFLINE, ROOT, NotReachedError, environment, lower_bounds, run_in

EXTRAS = ("widget",)
"""Those without which a module doesn't load."""
LOAD_AND_BUILD = """
import importlib, pkgutil, sys, benang
names = [one.name for one in pkgutil.walk_packages(benang.__path__, "benang.") if not one.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(f"{len(names)} modules load.", flush=True)
from benang.cli.commands import run
out, *reviews = sys.argv[1:]
sys.exit(max(run(["build", review, "--out", f"{out}/{number}"]) for number, review in enumerate(reviews)))
"""
"""In one process: loading libraries that no run has compiled before takes longer than a build."""


def main() -> int:
    """Install, load and build; 0 where all runs, 75 where nothing can be installed."""
    bounds = lower_bounds(EXTRAS)
    try:
        python = environment("lowest", sys.executable, pinned=bounds, extras=EXTRAS)
    except NotReachedError:
        print("No package index answers: run `make lowest` where one does.")
        return OFFLINE
    except subprocess.CalledProcessError as error:
        print("The lowest versions can't be installed together.")
        return error.returncode
    try:
        with tempfile.TemporaryDirectory() as folder:
            run_in(python, "-c", LOAD_AND_BUILD, folder, *(str(ROOT / "examples" / name) for name in EXAMPLES))
    except subprocess.CalledProcessError as error:
        print("Benang doesn't run with the lowest versions that pyproject.toml allows: mend it, or raise a bound.")
        return error.returncode
    print("The lowest versions run: " + ", ".join(f"{name} {version}" for name, version in bounds.items()) + ".")
    return 0


if __name__ == "__main__":
    sys.exit(main())
