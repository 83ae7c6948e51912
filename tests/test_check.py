"""`make check` runs the tests that concern what was changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scripts import build_backend, build_ui
from scripts.build_backend import get_requires_for_build_editable, get_requires_for_build_wheel
from scripts.check import (
    changed_files,
    concerns_ui,
    environment,
    fast_tests,
    files_to_test,
    lint_steps,
    run,
    ui_steps,
)

pytestmark = pytest.mark.fast


def test_a_module_is_tested_by_its_mirror_and_its_own_examples(project_root: Path) -> None:
    """A module without a mirror is tested by those of its room that import it; what is gone by nothing."""
    changed = ["src/benang/errors.py", "src/benang/readers/dialects.py", "src/benang/gone.py", "README.md"]

    errors, its_test, status, *others = files_to_test(changed, project_root)

    assert (errors, its_test, status) == (
        "src/benang/errors.py",
        "tests/test_errors.py",
        "src/benang/readers/dialects.py",
    )
    assert all("benang.readers.dialects" in (project_root / other).read_text(encoding="utf-8") for other in others)


def test_what_a_room_is_asked_for_is_tested_under_the_name_of_the_room(project_root: Path) -> None:
    """A room's own module is its `__init__.py`; where no test has its name, those that import it are run."""
    engine, writers, top = (f"src/benang/{name}__init__.py" for name in ("engine/", "writers/", ""))

    assert files_to_test([engine], project_root) == [engine, "tests/engine/test_engine.py"]
    assert files_to_test([writers], project_root)[0] == writers
    assert files_to_test([top], project_root)[0] == top


def test_tests_and_pages_are_tested_themselves_and_data_by_its_room(project_root: Path) -> None:
    """A helper of tests is no test; a table beside modules concerns all of them."""
    changed = ["tests/support.py", "tests/test_errors.py", "docs/method/layout.md", "src/benang/locale/id.po"]

    files = files_to_test(changed, project_root)

    assert files[:2] == ["tests/test_errors.py", "docs/method/layout.md"]
    assert set(files[2:]) == {
        path.relative_to(project_root).as_posix() for path in project_root.glob("tests/locale/test_*.py")
    }


def test_every_room_has_a_fast_test(project_root: Path) -> None:
    """So that a change which breaks another room is seen at once."""
    rooms = {path.parent.name for path in (project_root / "src" / "benang").glob("*/__init__.py")}

    assert rooms - {Path(test).parts[1] for test in fast_tests(project_root)} <= {"notebook"}


def test_a_change_is_what_differs_from_main(tmp_path: Path) -> None:
    """New files and files of earlier commits on a branch count; on `main`, those since the last commit."""

    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=Ani", "-c", "user.email=ani@example.org", *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    git("init", "--initial-branch", "main")
    (tmp_path / "a.py").touch()
    git("add", ".")
    git("commit", "--message", "first")
    (tmp_path / "new.py").touch()
    assert changed_files(tmp_path) == ["new.py"]

    git("switch", "--create", "branch")
    git("add", ".")
    git("commit", "--message", "second")
    (tmp_path / "a.py").write_text("a = 1\n", encoding="utf-8")
    assert changed_files(tmp_path) == ["a.py", "new.py"]


def test_what_fails_is_shown_and_counted(capfd: pytest.CaptureFixture[str]) -> None:
    """What passes says nothing but that."""
    python = [sys.executable, "-c"]

    assert run({"good": [*python, "print('quiet')"], "bad": [*python, "print('why'); exit(3)"]}) == 1
    said = capfd.readouterr().out
    assert "why" in said
    assert "quiet" not in said


def test_the_checks_keep_what_python_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the shell forbids it; all else is left to the user."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("SOMETHING", "else")

    assert "PYTHONDONTWRITEBYTECODE" not in environment()
    assert environment()["SOMETHING"] == "else"


def test_lint_is_what_make_lint_runs(project_root: Path) -> None:
    """The Makefile names the same four commands."""
    makefile = (project_root / "Makefile").read_text(encoding="utf-8")

    for name, command in lint_steps().items():
        tool = Path(command[0]).name if name == "import contract" else " ".join(command[2:])
        assert f"$(BIN)/{tool}" in makefile


def test_the_interactive_map_is_checked_where_it_changed(project_root: Path) -> None:
    """By the tools that `npm run check` and `npm test` run, each named by what it does; all its tests run."""
    scripts = json.loads((project_root / "ui/package.json").read_text(encoding="utf-8"))["scripts"]
    steps = {name: command[3:] for name, command in ui_steps(project_root).items()}
    (tests,) = (command for name, command in steps.items() if "tests" in name)
    tools = [f"{Path(command[0]).name} {command[1]}" for command in steps.values() if command is not tests]

    assert concerns_ui(["docs/glossary.md", "ui/viewer/page.ts"])
    assert not concerns_ui(["docs/ui.md", "src/benang/viewer/page.py"])
    assert " && ".join(tools) == scripts["check"]
    assert "node --test" in scripts["test"]
    assert {Path(test) for test in tests if test.endswith(".ts")} == set(project_root.glob("ui/tests/**/*.test.ts"))


def test_a_failing_test_of_the_interactive_map_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It fails the whole, and only what failed is told."""
    test = tmp_path / "sum.test.ts"
    test.write_text('import test from "node:test";\ntest("two is three", () => { throw new Error("2 < 3"); });\n')
    ((name, command),) = ((name, command) for name, command in ui_steps().items() if "tests" in name)
    command = [part for part in command if not part.endswith(".test.ts")]

    assert run({name: [*command, str(test)]}) == 1
    said = capfd.readouterr().out
    assert "TypeScript tests" in said
    assert "two is three" in said


def _make(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Run `make demo` as from a shell: another make, which these tests run under, would make this one talk more."""
    alone = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    command = ["make", "demo", f"PY={python}"]
    return subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(os.name == "nt" or shutil.which("make") is None, reason="needs make, and a script as a program")
@pytest.mark.parametrize("version", ["3, 9", "3, 10", "2, 7"])
def test_make_refuses_an_older_python_in_one_line(project_root: Path, tmp_path: Path, version: str) -> None:
    """Before anything is written; the line says which is needed and which was found."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(project_root / name, tmp_path)
    old = tmp_path / "old"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = ({version}, 1); $2"\n')
    old.chmod(0o755)
    before = sorted(tmp_path.iterdir())
    done = _make(tmp_path, str(old))

    found = version.replace(", ", ".")
    assert done.returncode == 2
    (line,) = (done.stdout + done.stderr).splitlines()
    assert f"Benang needs Python 3.11 or newer, found {found}." in line
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.name == "nt" or shutil.which("make") is None, reason="needs make, and a script as a program")
def test_make_refuses_an_environment_of_an_older_python(project_root: Path, tmp_path: Path) -> None:
    """One that an earlier attempt left behind: nothing is installed into it, and the line says how to be rid of it."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(project_root / name, tmp_path)
    old = tmp_path / ".venv/bin/python"
    old.parent.mkdir(parents=True)
    (tmp_path / ".venv/created").touch()
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.version_info = (3, 9, 1); $2"\n')
    old.chmod(0o755)
    done = _make(tmp_path, sys.executable)

    assert "found 3.9 in .venv: make clean removes it" in done.stderr
    assert done.stdout == ""


def test_pip_refuses_an_older_python_before_anything_is_downloaded(project_root: Path) -> None:
    """The backend needs nothing to be asked, and answers in one line."""
    build = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    backend = project_root / build["backend-path"][0] / f"{build['build-backend']}.py"
    program = f"import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_path({str(backend)!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert build["requires"] == []
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Benang needs Python 3.11 or newer, found 3.9\n"


def test_the_backend_builds_what_hatchling_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of PEP 517 and 660, and hatchling is named once Python is new enough."""
    monkeypatch.setattr(build_ui, "is_fresh", lambda: True)
    assert get_requires_for_build_wheel() == ["hatchling>=1.27"]
    assert get_requires_for_build_editable() == ["hatchling>=1.27", "editables~=0.3"]
    for hook in ("build_wheel", "build_editable", "build_sdist"):
        assert callable(getattr(build_backend, hook))


def test_make_and_the_backend_ask_for_the_python_that_the_metadata_name(project_root: Path) -> None:
    """The least Python is `requires-python` everywhere."""
    least = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]

    assert least == ">=3.11"
    for name in ("Makefile", "scripts/build_backend.py"):
        text = (project_root / name).read_text(encoding="utf-8")
        assert "(3, 11)" in text
        assert "Benang needs Python 3.11 or newer" in text
