"""The commands in the docs run, and print what the page says."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import benang as benang  # the command in this process
from tests.support import Command

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"(?:<!-- in (\S+) -->\n)?```(\w+)\n(.*?)```", re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*/README.md"))
    if "```console" in path.read_text(encoding="utf-8")
)
MARKETS = "benang build examples/night-markets"


def _page(page: str) -> object:
    """Keep the pages that build one example on one worker, where the second goes on from the build of the first."""
    together = MARKETS in (ROOT / page).read_text(encoding="utf-8")
    return pytest.param(page, marks=pytest.mark.xdist_group("night-markets") if together else ())


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the examples, in which the pages leave what they built of the night markets."""
    unbuilt = shutil.ignore_patterns("out")
    return Path(shutil.copytree(ROOT / "examples", tmp_path_factory.mktemp("pages") / "examples", ignore=unbuilt))


def _steps(page: str) -> Iterator[tuple[str, str, str]]:
    """Give what a page lets its reader do: a file to write with its text, or a command with what it prints."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for file, language, content in BLOCK.findall(text):
        if file:
            yield file, content, ""
        elif language == "console":
            for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield "", command, output


@pytest.mark.parametrize("page", [_page(page) for page in PAGES])
def test_a_page_does_what_it_says(
    page: str, examples: Path, benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every `benang` command ends well and prints what stands below it, with the files that the page shows in place."""
    shutil.copytree(examples, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)

    for file, command, expected in _steps(page):
        if file:
            Path(file).write_text(command, encoding="utf-8")
            continue
        words = shlex.split(command, posix=os.name != "nt")
        if words[0] != "benang":
            continue
        said = benang(*words[1:])
        assert said.code == 0, f"{command}\n{said.err}"
        assert doctest.OutputChecker().check_output(expected, said.out, FLAGS), f"{command}\n{said.out}"
        if command.startswith(MARKETS):
            built = Path("examples", "night-markets", "out")
            shutil.copytree(built, examples / "night-markets" / "out", dirs_exist_ok=True)


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link of the README and the docs names a file that is there."""
    pages = [
        ROOT / name
        for name in (
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))),
        )
    ]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]

    assert broken == []
