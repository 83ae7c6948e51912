"""TOML files of a review, checked: unknown keys and wrong values are named with their line and the nearest word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from benang.errors import BenangError, Problem, nearest
from benang.files import read_text
from benang.locale import Language


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


Text = Annotated[Label, BeforeValidator(_as_label, json_schema_input_type=Label | str)]
"""A `Label` that may also be written as one plain string."""


def _plain_id(value: str) -> str:
    if not re.fullmatch(r"[\w.\-]+", value):
        raise ValueError("an id is made of letters, digits, '-', '_' and '.'")
    return value


Id = Annotated[str, AfterValidator(_plain_id)]
"""An id that can stand between the slashes of a number's id (`factors/ID/cases`) and in a cell with others."""

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
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BenangError(
            Problem(
                f"this is no valid TOML: {error}",
                where=path.name,
                way_on="Strings need quotes, lists need [ ], and each key may stand once.",
            )
        ) from None
    check_format(data, model, where=path.name)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BenangError(*(_problem(path.name, text, data, model, one) for one in error.errors())) from None


def check_format(data: object, model: type[BaseModel], *, where: str) -> None:
    """Refuse by name a file of a newer format than this version knows."""
    told = data.get("format") if isinstance(data, dict) else None
    if isinstance(told, int) and told > 1 and "format" in model.model_fields:
        raise newer_format(told, where=where)


def newer_format(told: int, *, where: str) -> BenangError:
    """Say that a file has a newer format than this version knows."""
    return BenangError(
        Problem(
            f"format {told}",
            where=where,
            expected="format 1, the newest that this Benang knows",
            way_on="Install a newer Benang to read it.",
        )
    )


def _problem(name: str, text: str, data: object, model: type[BaseModel], error: Any) -> Problem:
    place = place_in(data, error["loc"])
    if error["type"] == "union_tag_invalid":
        place = (*place, error["ctx"]["discriminator"].strip("'"))
    return explained(error, model, place=place, where=f"{name}, line {line_of(text, place)}")


def explained(error: Any, model: type[BaseModel], *, place: Sequence[str | int], where: str) -> Problem:
    """Say in plain words what pydantic found wrong; `place` is where, without the names of a union's choices."""
    key = ".".join(str(part) for part in place)
    kind, found = error["type"], _short(error["input"])
    if kind == "extra_forbidden":
        known = _keys(model, error["loc"])
        return Problem(f"unknown key '{place[-1]}'", where=where, way_on=nearest(str(place[-1]), known))
    if kind == "missing":
        return Problem(f"the key '{place[-1]}' is missing", where=where)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return Problem(f"{key} = {error['input']!r}", where=where, way_on=nearest(str(error["input"]), known))
    if kind == "union_tag_invalid":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected_tags"])
        return Problem(
            f"unknown {error['ctx']['discriminator'].strip(chr(39))} '{error['ctx']['tag']}'",
            where=where,
            way_on=nearest(error["ctx"]["tag"], known),
        )
    if kind == "union_tag_not_found":
        return Problem(f"the key {error['ctx']['discriminator']} is missing", where=where)
    said = error["msg"].removeprefix("Value error, ")
    said = f"{said[0].lower()}{said[1:]}" + ("" if isinstance(error["input"], dict) else f" (found {found})")
    return Problem(f"{key}: {said}" if key else said, where=where)


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 60 else f"{said[:57]}…"


def place_in(data: object, place: Sequence[str | int]) -> tuple[str | int, ...]:
    """Leave out of a place the names of a union's choices, which pydantic puts in and no file has.

    Examples
    --------
    >>> place_in({"claims": [{"id": "a", "of": 3}]}, ("claims", 0, "count", "of"))
    ('claims', 0, 'of')
    """
    found: list[str | int] = []
    here = data
    for depth, part in enumerate(place):
        last = depth == len(place) - 1
        if isinstance(here, dict) and (part in here or last):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            continue
        found.append(part)
    return tuple(found)


def _keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """List the keys that the table at a place may have, following models through lists and unions."""
    models: list[type[BaseModel]] = [model]
    for part in place[:-1]:
        if isinstance(part, str):
            held = [one.model_fields[part] for one in models if part in one.model_fields]
            inner = [found for field in held for found in _models(field.annotation)]
            models = inner or [one for one in models if _is_choice(one, part)] or models
    return sorted({name for one in models for name in one.model_fields})


def _is_choice(model: type[BaseModel], name: str) -> bool:
    return any(get_args(field.annotation) == (name,) for field in model.model_fields.values())


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _models(argument)]


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\],]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*["']?([\w-]+)["']?\s*[.=]""")


def line_of(text: str, place: Sequence[str | int]) -> int:
    r"""Find the line (from 1) of a key in TOML text; that of the nearest enclosing table where it has none of its own.

    Examples
    --------
    >>> line_of('title = "a"\n\n[[maps]]\nname = "x"\n\n[[maps]]\nnaem = "y"\n', ("maps", 1, "naem"))
    7
    >>> line_of('[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\nx = 2\n', ("a", 1, "b", 0, "x"))
    6
    """
    best, depth = 1, -1
    table: list[str | int] = []
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _table_at(header[2].replace('"', "").split("."), counts, is_array=header[1] == "[[")
            here = table
        elif key := _KEY.match(line):
            here = [*table, key[1]]
        else:
            continue
        if here == list(place[: len(here)]) and len(here) > depth:
            best, depth = number, len(here)
    return best


def _table_at(names: Sequence[str], counts: dict[tuple[str | int, ...], int], *, is_array: bool) -> list[str | int]:
    """Give the place of a table, with the number of each array of tables on the way to it, counting the arrays."""
    place: list[str | int] = []
    for depth, name in enumerate(names):
        place.append(name.strip())
        key = tuple(place)
        if is_array and depth == len(names) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            place.append(counts[key])
    return place
