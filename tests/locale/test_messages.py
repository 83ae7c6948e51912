"""Messages are said in the user's language: each keeps what it was made of, and the catalogue has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benang.locale import catalogue

pytestmark = pytest.mark.fast

ROOMS = (
    *("cli", "coding", "errors", "judgements", "project", "ranges", "review", "tasks"),
    *("readers", "writers", "records", "network", "terms", "engine", "clusters", "layout", "analyses", "map_files"),
    *("kinds", "encodings", "files", "file_sets", "safe_files"),
    *("kernels", "progress", "evidence", "maps", "looks", "figures", "synthesis", "indicators", "notebook"),
)
"""Folders and modules of `src/benang` whose messages are all in both languages: a room is added when it is done."""

TEXTS = {
    "Problem": ("found", "where", "expected", "way_on"),
    "BenangError": ("found",),
    "Misuse": ("found",),
    "UsageError": ("found",),
    "BadParameter": ("found",),
    "fail": ("found",),
    "unknown": ("", "", "where", "expected"),
    "Note": ("text", "remarks"),
    "Table": ("text", "", "", "remarks"),
    "listing": ("lines", "text"),
    "progress": ("text",),
    "SetAside": ("", "", "reason"),
    "habit": ("what",),
    "say": ("note",),
    "odd": ("", "what", "", "expected", "way_on"),
}
"""Calls that take texts of messages, and which of their arguments are texts."""
WORD = re.compile(r"[^\W\d_]{2,}")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _known() -> set[str]:
    known = catalogue("id")
    return set(vars(known)["texts"])


def _values(function: ast.AST, name: str) -> Iterator[ast.expr]:
    """Give what a function assigns to a name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            yield node.value
        if isinstance(node, ast.NamedExpr | ast.AnnAssign) and getattr(node.target, "id", "") == name and node.value:
            yield node.value
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            for target, value in zip(node.targets[0].elts, node.value.elts, strict=False):
                if getattr(target, "id", "") == name:
                    yield value


def texts(value: ast.expr, function: ast.AST, depth: int = 4) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Give the texts that a value may be: constants and f-strings, also by a name that the function gives them."""
    inner: list[ast.expr] = []
    match value:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield value
        case ast.Name(id=name) if depth > 0:
            inner = list(_values(function, name))
        case ast.IfExp():
            inner = [value.body, value.orelse]
        case ast.BinOp() | ast.BoolOp() | ast.Tuple() | ast.List() | ast.Starred():
            inner = [one for one in ast.iter_child_nodes(value) if isinstance(one, ast.expr)]
        case ast.GeneratorExp() | ast.ListComp():
            inner = [value.elt]
        case ast.Call(func=ast.Name(id="tuple" | "list" | "str"), args=[only]):
            inner = [only]
    for one in inner:
        yield from texts(one, function, depth - 1)


def arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Give the texts that a call takes, each with the name of its argument."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    names = TEXTS.get(name, ())
    for at, given in enumerate(call.args):
        if names and (argument := names[min(at, len(names) - 1)]):
            yield argument, given
    for keyword in call.keywords:
        if keyword.arg in names:
            yield keyword.arg, keyword.value


def unsaid(source: str, known: set[str]) -> Iterator[str]:
    """Give the messages of a module that can be said in English only, each with its line."""
    tree = ast.parse(source)
    functions = [tree, *(node for node in ast.walk(tree) if isinstance(node, Function))]
    owner = {id(node): function for function in functions for node in ast.walk(function)}
    seen: set[tuple[int, int]] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        for argument, given in arguments(call):
            for text in texts(given, owner[id(call)]):
                place = (text.lineno, text.col_offset)
                if place not in seen and (reason := _lacks(text, argument, known)):
                    seen.add(place)
                    yield f"line {text.lineno}: {reason}: {ast.unparse(text)}"


def _lacks(text: ast.Constant | ast.JoinedStr, argument: str, known: set[str]) -> str:
    if isinstance(text, ast.JoinedStr):
        letters = " ".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
        return "an f-string is English for good" if WORD.search(letters) else ""
    words = str(text.value)
    if argument == "where":
        return "words in `where` are worded(...)" if " " in words.strip() else ""
    return "not in the catalogue" if WORD.search(words) and words not in known else ""


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_can_be_said_in_indonesian(project_root: Path, room: str) -> None:
    """No f-string and no constant that the catalogue lacks becomes a message."""
    folder, known = project_root / "src" / "benang", _known()
    paths = sorted((folder / room).rglob("*.py")) if (folder / room).is_dir() else [folder / f"{room}.py"]
    lacking = [
        f"{path.relative_to(folder).as_posix()}, {one}"
        for path in paths
        for one in unsaid(path.read_text(encoding="utf-8"), known)
    ]

    assert not lacking, "\n".join(lacking)


def test_an_f_string_is_found_under_the_name_that_it_is_given() -> None:
    """What is put together first, and becomes a message later, is found too."""
    source = 'def f(n):\n    found = f"{n} of them" if n else "none at all"\n    raise BenangError(Problem(found))\n'

    assert [one.partition(":")[0] for one in unsaid(source, {"none at all"})] == ["line 2"]
