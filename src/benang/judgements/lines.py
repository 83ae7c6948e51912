"""A line of a log, read strictly: an event, a heading, or what is wrong with it in the user's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from benang.errors import Problem
from benang.judgements.events import FORMAT, KINDS, Coding, Event, Heading, event_adapter
from benang.project.toml_files import newer_format
from benang.project.wrong_values import problems_of

_KINDS: Mapping[str, type[BaseModel]] = {str(kind.model_fields["kind"].default): kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds; None, with the problems, where it is neither an event nor a heading."""

    content: Event | Heading | None
    problems: tuple[Problem, ...] = ()


def parsed_line(line: str, where: str) -> Line:
    """Read a line; `where` names its place.

    Raises
    ------
    BenangError
        For a line of a newer format than this version knows.
    """
    try:
        data = _parsed(line)
        _check_format(data, where)
    except ValueError as error:
        return Line(None, (Problem(f"this is no judgement: {error}", where=where),))
    model: type[BaseModel] = _KINDS.get(str(data.get("kind")), Coding)
    try:
        if "format" in data and "kind" not in data:
            model = Heading
            return Line(Heading.model_validate(data))
        return Line(event_adapter.validate_python({key: value for key, value in data.items() if key != "format"}))
    except ValidationError as error:
        kinds = 0 if model is Heading else 1  # the first part of a place is the kind
        within = ({**one, "loc": one["loc"][kinds:]} for one in error.errors())
        return Line(None, tuple(problems_of(within, data, model, lambda _: where)))


def _parsed(line: str) -> dict[str, Any]:
    """Parse a line of JSON: an object, no key twice, no NaN, nothing that UTF-8 can't write."""
    try:
        data = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
        if "\\u" in line:
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no valid JSON ({error.msg}, character {error.pos + 1})") from None
    except UnicodeEncodeError:
        raise ValueError("it holds half a character (a lone surrogate), which no text file can hold") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError as error:
        if "integer string conversion" in str(error):  # else it is what `_once` or `_no_number` found
            raise ValueError("it holds a number of thousands of digits") from None
        raise
    if not isinstance(data, dict):
        raise ValueError(f"expected a JSON object, found {line.strip()[:40]}")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key '{next(key for key in keys if keys.count(key) > 1)}' stands twice")
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _check_format(data: Mapping[str, Any], where: str) -> None:
    said = data.get("format", FORMAT)
    if isinstance(said, bool) or not isinstance(said, int):
        raise ValueError(f"format {said!r}, where a whole number was expected")
    if said > FORMAT:
        raise newer_format(said, where=where, newest=FORMAT)
