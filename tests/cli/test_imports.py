"""A rim asks tasks and shows what they give: of the rooms below it knows types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RIMS = ("cli", "web")
ASKED = {"tasks", "errors", "locale"}
"""Rooms of which a rim may take whatever it needs, besides its own."""


def for_types(tree: ast.Module) -> set[ast.AST]:
    """Return what stands under `if TYPE_CHECKING`."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    return {inner for block in blocks for part in block.body for inner in ast.walk(part)}


def taken(source: str, rim: str) -> Iterator[str]:
    """Name what a module of a rim imports of Benang that is neither of an asked room nor a type, in functions too."""
    tree = ast.parse(source)
    typing = for_types(tree)
    for node in ast.walk(tree):
        if node in typing:
            continue
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names if one.name.startswith("benang.")]
            yield from (name for name in names if name.split(".")[1] not in {rim, *ASKED})
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "benang":
            room = f"{node.module}.".split(".")[1]
            for one in node.names:
                is_type = one.name.lstrip("_")[:1].isupper() or one.name == "__version__"
                if (room or one.name) not in {rim, *ASKED} and not is_type:
                    yield f"{node.module}.{one.name}"


@pytest.mark.parametrize("rim", RIMS)
def test_a_rim_imports_tasks_and_types_alone(project_root: Path, rim: str) -> None:
    """Whatever else it needs belongs into a task, where every rim has it."""
    folder = project_root / "src" / "benang" / rim
    found = [
        f"{path.name}: {name}"
        for path in sorted(folder.rglob("*.py"))
        for name in taken(path.read_text(encoding="utf-8"), rim)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from benang.maps.making import vos_map", ["benang.maps.making.vos_map"]),
        ("def f():\n    from benang.files import read_text", ["benang.files.read_text"]),
        ("import benang.maps.making", ["benang.maps.making"]),
        ("from benang import files", ["benang.files"]),
        ("from benang.maps import Map", []),
        ("from benang import __version__, tasks", []),
        ("from benang.tasks.make_map import make_map", []),
        ("if TYPE_CHECKING:\n    from benang.maps.making import vos_map", []),
    ],
)
def test_what_a_rim_may_take(source: str, names: list[str]) -> None:
    """A function of another room is named wherever it is imported; types, tasks and errors may be taken."""
    assert list(taken(source, "cli")) == names
