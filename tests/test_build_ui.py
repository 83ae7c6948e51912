"""Scripts of pages are built into wheels and archives of the source, and where that fails the last build stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from scripts import build_backend, build_ui
from scripts.build_ui import BUNDLES, SUMS, BuildError, build, install, is_fresh, place, sources


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small tree of the source, whose bundles are those of an earlier build."""
    for name in ("package.json", "viewer/page.ts", "viewer/style.css", "tests/page.test.ts", "node_modules/a/index.js"):
        path = tmp_path / "ui" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    _make(tmp_path)
    return tmp_path


def _make(tree: Path) -> None:
    made = tree / "made"
    made.mkdir(exist_ok=True)
    for name in BUNDLES:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(f"script {name}", encoding="utf-8")
    build_ui._put_in_place(tree, made)


def _answers(monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    done = subprocess.CompletedProcess[str]([], code, stdout=said)
    monkeypatch.setattr(build_ui, "_run", lambda _command, _folder: done)


def test_the_same_sources_are_not_built_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither tests nor what npm installs count among them."""
    monkeypatch.setattr(build_ui, "_run", None)
    (tree / "ui/tests/page.test.ts").write_text("another", encoding="utf-8")
    (tree / "ui/node_modules/a/index.js").unlink()

    assert [path.name for path in sources(tree)] == ["package.json", "page.ts", "style.css"]
    assert is_fresh(tree)
    build(tree)


@pytest.mark.parametrize("name", ["package.json", "viewer/style.css", "viewer/new.ts"])
def test_a_change_of_the_sources_shows(tree: Path, name: str) -> None:
    """Also a new file."""
    (tree / "ui" / name).write_text("changed", encoding="utf-8")

    assert not is_fresh(tree)


def test_a_bundle_that_is_gone_or_damaged_is_built_again(tree: Path) -> None:
    """As one is by `rm static/*` or a full disk."""
    for name in BUNDLES:
        (place(tree) / name).write_text("scri", encoding="utf-8")
        assert not is_fresh(tree)
        (place(tree) / name).unlink()
        assert not is_fresh(tree)
        _make(tree)
    assert is_fresh(tree)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org/vite", "was not reached"),
        ("npm error code EUSAGE\nMissing: \x1b[31mvite\x1b[0m from lock file", "Missing: vite from lock file"),
    ],
)
def test_a_build_without_a_network_says_so_and_keeps_the_last_one(
    tree: Path, monkeypatch: pytest.MonkeyPatch, said: str, told: str
) -> None:
    """The message says what failed and how to go on."""
    (tree / "ui/viewer/page.ts").write_text("changed", encoding="utf-8")
    kept = {path: path.read_bytes() for path in place(tree).rglob("*") if path.is_file()}
    _answers(monkeypatch, 1, said)
    with pytest.raises(BuildError, match="could not be built; the bundles of the last build stay") as raised:
        build(tree)

    assert told in str(raised.value)
    assert len(kept) == len(BUNDLES) + 1
    assert {path: path.read_bytes() for path in place(tree).rglob("*") if path.is_file()} == kept


def test_what_the_lock_names_is_fetched_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages for other systems are left out by npm, and not missed."""
    needed = '{"packages": {"": {}, "a": {"integrity": "1"}, "b": {"integrity": "2", "optional": true}}}'
    (tree / "ui/package-lock.json").write_text(needed, encoding="utf-8")
    _answers(monkeypatch, 1, "was asked")
    with pytest.raises(BuildError, match="was asked"):
        install(tree / "node", tree)
    there = tree / "ui/node_modules/.package-lock.json"
    there.write_text('{"packages": {"a": {"integrity": "1"}}}', encoding="utf-8")
    install(tree / "node", tree)
    there.write_text('{"packages": {"a": {"integrity": "0"}}}', encoding="utf-8")
    with pytest.raises(BuildError, match="was asked"):
        install(tree / "node", tree)


def test_node_is_required_where_it_builds_something(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the builds of wheels and of archives, and by an editable one."""
    hooks = (
        build_backend.get_requires_for_build_wheel,
        build_backend.get_requires_for_build_sdist,
        build_backend.get_requires_for_build_editable,
    )
    for fresh in (True, False):
        monkeypatch.setattr(build_ui, "is_fresh", lambda fresh=fresh: fresh)
        assert [build_ui.NODE in hook() for hook in hooks] == [not fresh] * 3


@pytest.fixture(scope="module")
def built(project_root: Path) -> Path:
    """Return the project, its bundles built; skip where the packages that build them can't be fetched."""
    done = subprocess.run(
        [sys.executable, "scripts/build_ui.py", "--tools"],
        cwd=project_root,
        capture_output=True,
        text=True,
        check=False,
    )
    if "was not reached" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    return project_root


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="links to folders need rights there")
def test_the_same_sources_make_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Wherever they lie."""
    for name in ("here", "there/deeper"):
        ui = tmp_path / name / "ui"
        shutil.copytree(built / "ui", ui, ignore=shutil.ignore_patterns("node_modules"))
        (ui / "node_modules").symlink_to(built / "ui/node_modules", target_is_directory=True)
        build(tmp_path / name)
        for bundle in (*BUNDLES, SUMS):
            assert (place(tmp_path / name) / bundle).read_bytes() == (place(built) / bundle).read_bytes(), bundle


@pytest.mark.slow
def test_bundles_name_the_libraries_in_them(built: Path) -> None:
    """Their licences ask for that wherever a copy goes."""
    of_map = {"Copyright (c) 2015-present Jason Miller", "https://github.com/cure53/DOMPurify"}
    named = {"viewer.js": of_map, "widget.js": of_map, "pages.js": {"Zero-Clause BSD"}, "reader.js": {"MIT"}}
    for name in BUNDLES:
        head = (place(built) / name).read_text(encoding="utf-8").partition("*/")[0]
        assert all(notice in head for notice in named[Path(name).name]), name


@pytest.mark.slow
def test_wheels_and_archives_have_the_bundles(built: Path, tmp_path: Path) -> None:
    """An archive of the source has what they are built from besides, and nothing that npm installed."""
    program = "import build_backend as b, sys; b.build_wheel(sys.argv[1]); b.build_sdist(sys.argv[1])"
    paths = os.pathsep.join([str(built / "scripts"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(command, cwd=built, env={**os.environ, "PYTHONPATH": paths}, check=True, capture_output=True)
    (wheel,), (archive,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    with tarfile.open(archive) as packed_source:
        packed_source.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()

    assert {f"benang/{name}" for name in BUNDLES} <= set(names)
    assert not [name for name in names if "node_modules" in name or name.startswith("ui/")]
    assert not (unpacked / "ui/node_modules").exists()
    assert is_fresh(unpacked)
