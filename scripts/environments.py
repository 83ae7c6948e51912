"""Environments with other Pythons and other versions of the libraries, kept in `.venvs` as long as they fit."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venvs"
EXAMPLES = ("night-markets", "sister-cities")

OFFLINE = 75
"""Ends a script that would have to install something and reaches no package index (EX_TEMPFAIL)."""

_UNREACHED = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ReadTimeoutError", "ProxyError")
_BOUND = re.compile(r"^([A-Za-z0-9._-]+)\s*>=\s*([0-9.]+)")


class NotReachedError(Exception):
    """No package index answers."""


def lower_bounds(extras: Iterable[str] = ()) -> dict[str, str]:
    """Return the lowest version that the project allows of each library that it names itself.

    Raises
    ------
    ValueError
        For a library without a lower bound.
    """
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    bounds = {}
    for line in wanted:
        told = _BOUND.match(line)
        if told is None:
            raise ValueError(f"pyproject.toml, {line!r}: expected a lower bound, such as numpy>=2.0")
        bounds[told.group(1)] = told.group(2)
    return bounds


def environment(name: str, python: str, *, pinned: Mapping[str, str], extras: Sequence[str] = ()) -> Path:
    """Return the interpreter of an environment with the project in it, made if need be.

    `pinned` are versions to install; of all others the newest are taken.

    Raises
    ------
    NotReachedError
        Where something must be installed and no package index answers.
    CalledProcessError
        Where these versions can't be installed together.
    """
    folder = HOME / name
    inside = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = folder / "installed"
    wanted = [(ROOT / "pyproject.toml").read_text(encoding="utf-8"), python, sorted(pinned.items()), list(extras)]
    asked = hashlib.sha256(repr(wanted).encode()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == asked:
        return inside
    print(f"Installing {name} into {folder.relative_to(ROOT)} (once; a minute or two) …", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", str(folder)], check=True)
    pins = folder / "pinned.txt"
    pins.write_text("".join(f"{library}=={version}\n" for library, version in pinned.items()), encoding="utf-8")
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    quietly = ("-q", "--disable-pip-version-check", "--no-compile", "--retries", "1")
    done = subprocess.run(
        [inside, "-m", "pip", "install", *quietly, "-c", pins, "-e", project],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        if any(sign in done.stderr for sign in _UNREACHED):
            raise NotReachedError
        print(done.stderr, file=sys.stderr)
        done.check_returncode()
    mark.write_text(asked, encoding="utf-8")
    return inside


def run_in(python: Path, *arguments: str) -> None:
    """Run Benang's own code in an environment, apart from what other environments have compiled.

    Raises
    ------
    CalledProcessError
        Where it ends with anything but 0.
    """
    cache = python.parent.parent / "cache"
    of_its_own = {
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(cache),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
    }
    subprocess.run([python, *arguments], env=os.environ | of_its_own, check=True)
