"""TOML files of a review, checked: unknown keys and wrong values are named with their line and the nearest word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from benang.errors import BenangError, Problem, nearest
from benang.files import read_text

Language = Literal["en", "id"]


class Checked(BaseModel):
    """A table of a TOML file or a line of a log: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Checked):
    """A text in English and, where given, in Indonesian.

    Examples
    --------
    >>> Label(en="Culture", id="Kebudayaan").text("id"), Label(en="Culture").text("id")
    ('Kebudayaan', 'Culture')
    """

    en: str
    id: str | None = None

    def text(self, language: Language) -> str:
        """Return the text in a language, in English where there is none."""
        return (self.id if language == "id" else self.en) or self.en


def _as_label(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Text = Annotated[Label, BeforeValidator(_as_label)]
"""A `Label` that may also be written as one plain string."""

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read a TOML file into a checked model.

    Raises
    ------
    BenangError
        With every problem of the file: its line, what was found, what was expected, and the nearest known word.
    """
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BenangError(Problem(f"this is no valid TOML: {error}", where=path.name,
                                  way_on="Strings need quotes, lists need [ ], and each key may stand once.")) from None
    check_format(data, model, where=path.name)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BenangError(*(_problem(path.name, text, model, one) for one in error.errors())) from None


def check_format(data: object, model: type[BaseModel], *, where: str) -> None:
    """Refuse by name a file of a newer format than this version knows."""
    told = data.get("format") if isinstance(data, dict) else None
    if isinstance(told, int) and told > 1 and "format" in model.model_fields:
        raise BenangError(Problem(f"format {told}", where=where, expected="format 1, the newest that this Benang knows",
                                  way_on="Install a newer Benang to read it."))


def _problem(name: str, text: str, model: type[BaseModel], error: Any) -> Problem:
    place = tuple(error["loc"])
    where = f"{name}, line {line_of(text, place)}"
    key = ".".join(str(part) for part in place if not _is_tag(part))
    if error["type"] == "extra_forbidden":
        known = _keys(model, place[:-1])
        return Problem(f"unknown key '{place[-1]}'", where=where, way_on=nearest(str(place[-1]), known))
    if error["type"] == "missing":
        return Problem(f"the key '{place[-1]}' is missing", where=where)
    if error["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return Problem(f"{key} = {error['input']!r}", where=where, way_on=nearest(str(error["input"]), known))
    return Problem(f"{key}: {error['msg'][0].lower()}{error['msg'][1:]} (found {_short(error['input'])})", where=where)


def _is_tag(part: object) -> bool:
    return isinstance(part, str) and part.startswith("function-")


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:57]}…"


def _keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """List the keys that the table at a place may have, following models through lists and unions."""
    models: list[type[BaseModel]] = [model]
    for part in place:
        if isinstance(part, str):
            held = [one.model_fields[part] for one in models if part in one.model_fields]
            models = [inner for field in held for inner in _models(field.annotation)] or models
    return [name for one in models for name in one.model_fields]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    inner = getattr(annotation, "__args__", ())
    return [found for argument in inner for found in _models(argument)]


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")


def line_of(text: str, place: Sequence[str | int]) -> int:
    r"""Find the line (from 1) of a key in TOML text; the nearest enclosing table where the key has no line of its own.

    Examples
    --------
    >>> line_of('title = "a"\n\n[[maps]]\nname = "x"\n\n[[maps]]\nnaem = "y"\n', ("maps", 1, "naem"))
    7
    """
    wanted = [part for part in place if not _is_tag(part)]
    best, depth = 1, -1
    table: list[str | int] = []
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            name = header[2].replace('"', "")
            table = [*name.split(".")]
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                table = [*table, counts[name]]
            here: list[str | int] = table
        elif key := re.match(r'^\s*"?([A-Za-z0-9_-]+)"?\s*[.=]', line):
            here = [*table, key[1]]
        else:
            continue
        shared = _shared(here, wanted)
        if shared == len(here) and shared > depth:
            best, depth = number, shared
    return best


def _shared(one: Sequence[str | int], other: Sequence[str | int]) -> int:
    total = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        total += 1
    return total
