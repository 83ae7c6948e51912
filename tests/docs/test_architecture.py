"""The page on the architecture says what is there: its layers are those that are checked, its files exist."""

from __future__ import annotations

import re
import textwrap
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.fast

_FOLDERS_OF_A_REVIEW = {"review.toml"}


@pytest.fixture(scope="module")
def page(project_root: Path) -> str:
    """Return the text of the page."""
    return (project_root / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_layers_of_the_page_are_those_that_are_checked(page: str, project_root: Path) -> None:
    """A newcomer who reads the layers reads the contract."""
    settings = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    assert "\n".join(["```", *layers, "```"]) in page


def test_the_files_that_the_page_names_are_there(page: str, project_root: Path) -> None:
    """Each is named by its path, or by its name where its room was named before it."""
    package = project_root / "src" / "benang"
    names = set(re.findall(r"`([\w./]+\.(?:py|md|po|typ|toml))`", page)) - _FOLDERS_OF_A_REVIEW
    missing = [name for name in names if not (project_root / name).exists() and not list(package.rglob(name))]
    assert len(names) > 60
    assert not missing


def test_every_room_stands_on_the_page(page: str, project_root: Path) -> None:
    """No folder of the package is left out."""
    rooms = {path.parent.name for path in (project_root / "src" / "benang").glob("*/__init__.py")}
    assert not {room for room in rooms if f"`{room}/`" not in page}


def test_the_page_fits_four_screens(page: str) -> None:
    """It has at most 220 lines of 120 letters."""
    assert sum(max(1, len(textwrap.wrap(line, 120))) for line in page.split("\n")) <= 220
