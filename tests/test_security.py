"""What docs/security.md promises, where no other test shows it; and that each test it names is there."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.readers.registry import read_files

RIS = "TY  - JOUR\nAU  - Umpama, Ani\nTI  - Kota kembar\nPY  - 2019\nKW  - trade\nKW  - night\nKW  - fish\nER  - \n"
RUNNING = {"pickle", "marshal", "shelve", "yaml", "code", "runpy", "dill", "joblib"}
"""Modules that run what they read, or could."""
OWN_CODE = {"kernels.py"}
"""What loads compiled code that it wrote itself, from a folder of the user's own, checked by its hash."""


def test_every_test_that_the_page_names_is_there(project_root: Path) -> None:
    """`tests/x/test_y.py::test_z`, or a file whose tests all serve."""
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)

    assert len(named) > 30
    for path, test in named:
        text = (project_root / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in text, f"{path}::{test}"


def test_each_row_of_the_page_names_its_test(project_root: Path) -> None:
    """No promise without what shows it."""
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| Threat", "| -"))]

    assert len(rows) > 20
    assert [row for row in rows if "`tests/" not in row] == []


def test_nothing_that_is_read_is_run(project_root: Path) -> None:
    """No module loads pickles, and none calls `eval`, `exec` or a shell."""
    for path in sorted((project_root / "src" / "benang").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom) and path.name not in OWN_CODE:
                names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else {node.module}
                assert not names & RUNNING, path
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                is_bare = isinstance(node.func, ast.Name)
                assert not (is_bare and called in {"eval", "exec", "compile", "__import__"}), path
                assert called not in {"system", "popen", "unsafe_load"}, path
                asked = {word.arg for word in node.keywords if getattr(word.value, "value", None) is True}
                assert not asked & {"shell", "allow_pickle"}, path


def test_a_path_within_an_archive_leads_nowhere(tmp_path: Path) -> None:
    """Members are unpacked in memory: their names are shown, and no file gets them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../evil.ris", "/evil.ris", "C:\\evil.ris", "a/../../evil.ris"):
            archive.writestr(name, RIS)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "exports.zip").write_bytes(packed.getvalue())

    read = read_files(tmp_path / "in" / "exports.zip")

    assert read.corpus.ledger.read + len(read.unread) == 4
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["exports.zip", "in"]


def test_no_module_of_the_current_folder_is_run(tmp_path: Path) -> None:
    """A folder of exports may hold a file called `click.py` or `json.py`."""
    for name in ("click", "json", "re", "typing", "numpy", "matplotlib", "rich", "duckdb"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this was run')\n")
    (tmp_path / "a.ris").write_text(RIS * 3)
    command = [sys.executable, "-m", "benang", "describe", "a.ris", "-o", "a.svg"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    assert (done.returncode, "this was run" in done.stdout + done.stderr) == (0, False), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")
def test_settings_of_libraries_in_the_current_folder_are_not_read(tmp_path: Path) -> None:
    """Not those that would change a figure, and not a device in their place, from which they would never end."""
    (tmp_path / "a.ris").write_text(RIS * 3)
    command = [sys.executable, "-m", "benang", "map", "a.ris", "--items", "author-keywords", "--min-occurrences", "1"]
    pictures = []
    for n, settings in enumerate(("", "text.usetex: True\nfont.size: 40\nno.such: setting\n", "device")):
        for name in ("matplotlibrc", ".numba_config.yaml"):
            (tmp_path / name).unlink(missing_ok=True)
            if settings == "device":
                (tmp_path / name).symlink_to("/dev/zero")
            elif settings:
                (tmp_path / name).write_text(settings)
        done = subprocess.run(
            [*command, "-o", f"{n}.svg"], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        pictures.append((tmp_path / f"{n}.svg").read_bytes())
    assert pictures[0] == pictures[1] == pictures[2]


RUNS = (b".", b",", b";", b"(", b"{", b"[", b"<", b'"', b"'", b"\\", b" ", b"-", b"&", b"1", b"a", b"A. ", b"\r", b"$")


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_of_one_character_takes_no_long_time(test_data: Path, tmp_path: Path, run: bytes) -> None:
    """Patterns are linear: fifty thousand in the middle of any value, in exports of every kind, take seconds in all."""
    exports = sorted(path for path in (test_data / "exports").glob("*.*") if path.suffix not in {".xlsx", ".pdf"})
    start = time.process_time()
    for path in exports:
        data = path.read_bytes()
        at = data.find(b"2019") if b"2019" in data else len(data) // 2
        spoilt = tmp_path / path.name
        spoilt.write_bytes(data[:at] + run * (50_000 // len(run)) + data[at:])
        try:
            read_files(spoilt)
        except BenangError:  # a message is an end as well
            continue
    assert time.process_time() - start < 2 * len(exports)


@pytest.mark.skipif(os.name == "nt", reason="Windows runs what its name says")
def test_a_name_of_a_file_is_no_command(tmp_path: Path) -> None:
    """What a shell would run, and what looks like an option, is a name."""
    (tmp_path / "$(touch gone).ris").write_text(RIS)
    (tmp_path / "--output=gone.ris").write_text(RIS.replace("kembar", "lama"))

    assert read_files(tmp_path).corpus.ledger.read == 2
    assert not list(tmp_path.glob("gone*"))
