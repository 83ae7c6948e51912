"""Messages are said in the user's language: each keeps what it was made of, and the catalogue has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from benang.locale import catalogue

pytestmark = pytest.mark.fast

SOURCE = Path(__file__).parents[2] / "src" / "benang"
ROOMS = sorted(one.name for one in SOURCE.iterdir() if one.suffix == ".py" or (one / "__init__.py").is_file())
"""Folders and modules of `src/benang`."""

TEXTS = {
    "Problem": ("found", "where", "expected", "way_on"),
    "BenangError": ("found",),
    "Misuse": ("found",),
    "UsageError": ("found",),
    "BadParameter": ("found",),
    "ClickException": ("found",),
    **dict.fromkeys(("NoPlace", "PassagesLeft", "SeveralPlaces", "UnknownName"), ("found",)),
    "fail": ("found",),
    "unknown": ("", "", "where", "expected"),
    "Note": ("text", "remarks"),
    "Table": ("text", "", "", "remarks"),
    "listing": ("lines", "text"),
    "rows": ("text", ""),
    "say_table": ("text",),
    "progress": ("text",),
    "part": ("", "", "", "what"),
    "SetAside": ("", "", "reason"),
    "habit": ("what",),
    "say": ("note",),
    "echo": ("text",),
    "secho": ("text",),
    "ask": ("text", ""),
    "agreed": ("text",),
    "at_line": ("where", ""),
    "odd": ("", "what", "", "expected", "way_on"),
}
"""Calls that take texts of messages, and which of their arguments are texts."""
WORD = re.compile(r"[^\W\d_]{2,}")
PLACE = re.compile(r"(^|, )(line|row|page|record) $")
"""What goes before the number of a place, whatever function the place is handed to."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _known() -> set[str]:
    known = catalogue("id")
    return set(vars(known)["texts"])


@cache
def _nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree))


def _values(function: ast.AST, name: str) -> Iterator[ast.expr]:
    """Give what a function assigns to a name."""
    for node in _nodes(function):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            yield node.value
        if (
            isinstance(node, ast.NamedExpr | ast.AnnAssign | ast.AugAssign)
            and getattr(node.target, "id", "") == name
            and node.value
        ):
            yield node.value
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            for target, value in zip(node.targets[0].elts, node.value.elts, strict=False):
                if getattr(target, "id", "") == name:
                    yield value


def _returned(tree: ast.AST, name: str) -> Iterator[ast.expr]:
    """Give what a function of a module returns or yields."""
    for function in (one for one in _nodes(tree) if isinstance(one, Function) and one.name == name):
        for node in _nodes(function):
            if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value:
                yield node.value


def texts(value: ast.expr, scopes: Sequence[ast.AST], depth: int = 4) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Give the texts that a value may be: constants and f-strings, also by a name or a function of the module.

    `scopes` are the function that has the value, and its module.
    """
    if isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str)):
        yield value
    for one in (_meant(value, scopes) if depth > 0 else []) or _within(value):
        yield from texts(one, scopes, depth - 1)


def _meant(value: ast.expr, scopes: Sequence[ast.AST]) -> list[ast.expr]:
    """Return what a name, or a function of the module, may be."""
    match value:
        case ast.Name(id=name):
            return next(filter(None, (list(_values(scope, name)) for scope in scopes)), [])
        case ast.Call(func=ast.Name(id=name)):
            return list(_returned(scopes[-1], name))
    return []


def _within(value: ast.expr) -> list[ast.expr]:
    """Return the parts of a value that may be its text."""
    match value:
        case ast.IfExp():
            return [value.body, value.orelse]
        case ast.BinOp() | ast.BoolOp() | ast.Tuple() | ast.List() | ast.Starred():
            return [one for one in ast.iter_child_nodes(value) if isinstance(one, ast.expr)]
        case ast.GeneratorExp(elt=inside) | ast.ListComp(elt=inside) | ast.Subscript(value=inside):
            return [inside]
        case ast.Call(func=ast.Name(id="tuple" | "list" | "str"), args=[only]):
            return [only]
        case ast.Call(func=ast.Attribute(value=inside, attr="format" | "join" | "strip"), args=given):
            return [inside, *given]
        case ast.Dict(values=values):
            return values
    return []


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _imports(tree: ast.AST, module: str) -> Iterator[ast.ImportFrom]:
    """Give what a module takes from another: a report's blocks have names of their own, a `Table` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(module):
            yield node


def arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Give the texts that a call takes, each with the name of its argument."""
    names = TEXTS.get(_name(call), ())
    for at, given in enumerate(call.args):
        if names and (argument := names[min(at, len(names) - 1)]):
            yield argument, given
    for keyword in call.keywords:
        if keyword.arg in names:
            yield keyword.arg, keyword.value


def unsaid(source: str, known: set[str]) -> Iterator[str]:
    """Give the messages of a module that can be said in English only, each with its line."""
    tree = ast.parse(source)
    blocks = {one.name for node in _imports(tree, "benang.report") for one in node.names}
    functions = [tree, *(node for node in ast.walk(tree) if isinstance(node, Function))]
    owner = {id(node): function for function in functions for node in ast.walk(function)}
    seen: set[tuple[int, int]] = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) not in blocks):
        for argument, given in arguments(call):
            for text in texts(given, (owner[id(call)], tree)):
                place = (text.lineno, text.col_offset)
                if place not in seen and (reason := _lacks(text, argument, known)):
                    seen.add(place)
                    yield f"line {text.lineno}: {reason}: {ast.unparse(text)}"
    for text in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
        if any(isinstance(part, ast.Constant) and PLACE.search(str(part.value)) for part in text.values[:-1]):
            yield f"line {text.lineno}: a place is worded(...): {ast.unparse(text)}"


def _lacks(text: ast.Constant | ast.JoinedStr, argument: str, known: set[str]) -> str:
    if isinstance(text, ast.JoinedStr):
        letters = " ".join(str(part.value) for part in text.values if isinstance(part, ast.Constant))
        is_name = argument == "where" and " " not in letters
        return "an f-string is English for good" if WORD.search(letters) and not is_name else ""
    words = str(text.value)
    if argument == "where":
        return "words in `where` are worded(...)" if " " in words.strip() else ""
    return "not in the catalogue" if WORD.search(words) and words not in known else ""


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_can_be_said_in_indonesian(room: str) -> None:
    """No f-string and no constant that the catalogue lacks becomes a message."""
    known = _known()
    lacking = [
        f"{path.relative_to(SOURCE).as_posix()}, {one}"
        for path in [SOURCE / room, *sorted((SOURCE / room).rglob("*.py"))]
        if path.is_file()
        for one in unsaid(path.read_text(encoding="utf-8"), known)
    ]

    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('def f(n):\n    found = f"{n} of them" if n else "none at all"\n    raise BenangError(Problem(found))', "2"),
        ('FAULT = "two of them"\ndef f():\n    raise BenangError(Problem(FAULT))', "1"),
        ('def fault():\n    return "two of them"\ndef f():\n    raise Misuse(fault())', "2"),
        ('def f(n):\n    n += "two of them"\n    return Note("", remarks=(n,))', "2"),
        ('echo(", ".join(f"{n} of them" for n in names))', "1"),
        ('echo("{n} of them".format(n=2))', "1"),
        ('FAULTS = {1: "one of them"}\ndef f(n):\n    raise NoPlace(FAULTS[n])', "1"),
        ('raise BenangError(Problem("none at all", where=f"{path}.toml"))', ""),
        ('raise fault(name, f"{file}, line {line}")', "1"),
        ('progress = part(whole, 0, 1, f"Map {name}")', "1"),
    ],
)
def test_a_text_is_found_in_whatever_way_it_becomes_a_message(source: str, lines: str) -> None:
    """Under a name of the function or the module, returned by a function, joined, or handed on as a place."""
    assert [one.partition(":")[0] for one in unsaid(source, {"none at all"})] == [f"line {n}" for n in lines]
