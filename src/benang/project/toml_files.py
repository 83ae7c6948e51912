"""Files of a review, checked: unknown keys and wrong values are named with their line and the nearest word.

What pydantic finds wrong is said in the user's plain words: what was found, where, what was expected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from benang.errors import BenangError, Problem, closest, nearest
from benang.files import read_text
from benang.locale import Language
from benang.project.toml_lines import CurlyQuotes, Place, curly_quotes, line_of

_TEXT, _WHOLE, _NUMBER = "a text in quotation marks", "a whole number", "a number"
_SCALARS = {"int", "str", "float", "bool"}
_LIST, _TABLE = "a list: [ … ]", "keys with their values: {{ … }}"
_EXPECTED = {
    "string_type": _TEXT,
    "string_too_short": "a text that is not empty",
    "string_too_long": "a text of at most {max_length} characters",
    "string_pattern_mismatch": "a text like {pattern}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": "a whole number that is not so large",
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number from {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number up to {le}",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
}
"""What was expected, by pydantic's names of errors; what stands in braces comes with the error."""


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
    return parsed_toml(read_text(path), model, where=path.name)


def parsed_toml(text: str, model: type[Model], *, where: str) -> Model:
    """Read the text of a TOML file, which `where` names, into a checked model, as `read_toml` does."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        if quotes := curly_quotes(text):
            raise BenangError(*(_curly(one, where) for one in quotes)) from None
        wrong_text = isinstance(error, (tomllib.TOMLDecodeError, RecursionError))
        raise BenangError(
            Problem(
                f"this is no valid TOML: {error if wrong_text else 'a number of thousands of digits'}",
                where=where,
                way_on="Strings need quotes, lists need [ ], and each key may stand once.",
            )
        ) from None
    check_format(data, model, where=where)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        place_named = lambda place: f"{where}, line {line_of(text, place)}"  # noqa: E731
        raise BenangError(*problems_of(error.errors(), data, model, place_named)) from None


def _curly(quotes: CurlyQuotes, where: str) -> Problem:
    """Say where a text has curly quotation marks, and how it is written with straight ones."""
    straight = quotes.straight or 'as in key = "text"'
    return Problem(
        f"curly quotation marks {quotes.marks}",
        where=f"{where}, line {quotes.line}",
        way_on=f"TOML takes straight ones: {straight}.",
    )


def check_format(data: object, model: type[BaseModel], *, where: str) -> None:
    """Refuse by name a file of a newer format than this version knows."""
    version = data.get("format") if isinstance(data, dict) else None
    if isinstance(version, int) and version > 1 and "format" in model.model_fields:
        raise newer_format(version, where=where)


def newer_format(told: int, *, where: str, newest: int = 1) -> BenangError:
    """Say that a file has a newer format than this version knows."""
    return BenangError(
        Problem(
            f"format {told}",
            where=where,
            expected=f"format {newest}, the newest that this Benang knows",
            way_on="Install a newer Benang to read it.",
        )
    )


def problems_of(
    errors: Iterable[Any], data: object, model: type[BaseModel], where: Callable[[Place], str]
) -> list[Problem]:
    """Say in plain words what is wrong in `data`, which is no `model`; `where` names a place.

    A value that could have been one of several kinds is one problem, not one for each kind.
    """
    found: dict[Place, list[tuple[Any, Place]]] = {}
    for error in errors:
        place = place_in(data, error["loc"])
        if error["type"] == "union_tag_invalid":
            place = (*place, _discriminator(error))
        found.setdefault(place, []).append((error, place))
    return [problem for held in found.values() for problem in _together(held, model, where)]


def _together(
    held: Sequence[tuple[Any, Place]], model: type[BaseModel], where: Callable[[Place], str]
) -> list[Problem]:
    error, place = held[0]
    if meant := _meant(model, error["loc"]):
        return [Problem(f"unknown key '{place[-1]}'", where=where(place), way_on=f"Did you mean '{meant}'?")]
    problems = [_problem(error, model, place, where(place)) for error, place in held]
    if len(problems) > 1 and all(one.expected for one in problems):
        expected = " or ".join(dict.fromkeys(one.expected for one in problems))
        return [Problem(problems[0].found, where=problems[0].where, expected=expected)]
    return problems


def _problem(error: Any, model: type[BaseModel], place: Place, where: str) -> Problem:
    kind, key = error["type"], named(place)
    if kind == "extra_forbidden":
        known = _keys(model, error["loc"])
        return Problem(f"unknown key '{place[-1]}'", where=where, way_on=nearest(str(place[-1]), known))
    if kind == "missing":
        return Problem(f"the key '{place[-1]}' is missing", where=where)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"]) or [error["ctx"]["expected"]]
        return Problem(f"{key} = {short(error['input'])}", where=where, way_on=nearest(str(error["input"]), known))
    if kind == "union_tag_invalid":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected_tags"])
        tag = str(error["ctx"]["tag"])
        return Problem(f"unknown {_discriminator(error)} {short(tag)}", where=where, way_on=nearest(tag, known))
    if kind == "union_tag_not_found":
        return Problem(f"the key {error['ctx']['discriminator']} is missing", where=where)
    return _wrong_kind(error, key, where)


def _wrong_kind(error: Any, key: str, where: str) -> Problem:
    context = error.get("ctx", {})
    expected = _EXPECTED.get(error["type"], "").format_map(context) if error["type"] in _EXPECTED else ""
    if context.get("class_name") == "Label":
        expected = f'{_TEXT}, or one in each language: {{ en = "…", id = "…" }}'
    if expected:
        return Problem(short(error["input"]), where=f"{where}, {key}" if key else where, expected=expected)
    message = error["msg"].removeprefix("Value error, ")
    message = f"{message[0].lower()}{message[1:]}"
    if not isinstance(error["input"], (dict, list, tuple)):
        message = f"{message} (found {short(error['input'])})"
    return Problem(f"{key}: {message}" if key else message, where=where)


def _discriminator(error: Any) -> str:
    return str(error["ctx"]["discriminator"]).strip("'")


def named(place: Sequence[str | int]) -> str:
    """Name a place by its keys; which item of a list it is shows from its line.

    Examples
    --------
    >>> named(("maps", 1, "resolution"))
    'maps.resolution'
    """
    return ".".join(part for part in place if isinstance(part, str))


def short(value: object) -> str:
    """Quote a value, cut where it is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def place_in(data: object, place: Sequence[str | int]) -> Place:
    """Leave out of a place the names of a union's choices, which pydantic puts in and no file has.

    Examples
    --------
    >>> place_in({"claims": [{"id": "a", "of": 3}]}, ("claims", 0, "count", "of"))
    ('claims', 0, 'of')
    >>> place_in({"kind": "map", "map": "topics", "label_length": 0}, ("map", "label_length"))
    ('label_length',)
    >>> place_in({"value": 1.5}, ("value", "int"))
    ('value',)
    """
    found: list[str | int] = []
    here = data
    for depth, part in enumerate(place):
        if isinstance(here, dict) and _is_key(part, here, place[depth + 1 :]):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            continue
        found.append(part)
    return tuple(found)


_CHOICES = (*_SCALARS, Label.__name__)


def _is_key(part: str | int, table: Mapping[Any, Any], rest: Sequence[str | int]) -> bool:
    """Tell a key from the name of a choice, which may have the same letters: a chart of the kind `map` has a `map`."""
    if not rest:
        return part in table or part not in _CHOICES
    if isinstance(table.get(part), (dict, list)):
        return True
    return part in table and rest[0] in _CHOICES and rest[0] not in table


def _meant(model: type[BaseModel], place: Sequence[str | int]) -> str | None:
    """Return the key that was meant where a table takes keys of the user's own, and one of its own is misspelt."""
    tables = _tables(model, place)
    key = next((part for part in place[2:] if isinstance(part, str)), "")
    if not key or not any(one.model_config.get("extra") == "allow" for one in tables):
        return None
    known = _keys(model, place)
    return None if key in known else closest(key, known)


def _keys(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """List the keys that the table at a place may have."""
    return sorted({name for one in _tables(model, place) for name in one.model_fields})


def _tables(model: type[BaseModel], place: Sequence[str | int]) -> list[type[BaseModel]]:
    """List the models that the table at a place may be, following them through lists and unions."""
    models: list[type[BaseModel]] = [model]
    for part in place[:-1]:
        if isinstance(part, str):
            fields = [one.model_fields[part] for one in models if part in one.model_fields]
            inner = [found for field in fields for found in _models(field.annotation)]
            models = inner or [one for one in models if _is_choice(one, part)] or models
    return models


def _is_choice(model: type[BaseModel], name: str) -> bool:
    return any(name in get_args(field.annotation) for field in model.model_fields.values())


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _models(argument)]
