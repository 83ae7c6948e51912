"""Lines of a log: events written as JSON with a check, and read with a message for each fault."""

from __future__ import annotations

import functools
import hashlib
import json
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from benang.errors import BenangError, Problem
from benang.judgements.events import KINDS, Coding, Event, Place
from benang.locale.writing import worded
from benang.project.toml_files import Checked, newer_format, problems_of

FORMAT = 2
"""The format of what is appended. Format 1 knew no time, vocabulary, check and stance, no memos and withdrawals,
and superseded one event at most."""


class Heading(Checked):
    """A line that tells the format of what follows it.

    Where several events were appended together, `events` says how many: they are read together or not at all.
    """

    format: Literal[1, 2]
    events: int | None = Field(None, ge=2)


_any: Any = functools.reduce(operator.or_, KINDS)
_any_event: Any = Annotated[_any, Field(discriminator="kind")]
event_adapter: TypeAdapter[Event] = TypeAdapter(_any_event)
line_adapter: TypeAdapter[Heading | Event] = TypeAdapter(Heading | _any_event)
"""What a line of a log may be: an event, or the format of those that follow."""

_KINDS: Mapping[str, type[BaseModel]] = {str(kind.model_fields["kind"].default): kind for kind in KINDS}
_LAST = ("coder", "program", "scope", "time", "vocabulary", "supersedes", "undoes")
_QUIET: Mapping[str, tuple[object, ...]] = {
    "stance": ("supports",),
    **dict.fromkeys(
        ("before", "after", "rule", "suggestion", "program", "time", "vocabulary", "undoes", "note", "origin"),
        ("", None),
    ),
    **dict.fromkeys(("supersedes", "joined", "resolves", "unread"), ([],)),
}
"""Keys that say nothing with these values, and are not written then."""


def as_line(event: Event) -> str:
    """Write an event as a line of JSON, without its end: the keys of its kind first, those of all kinds last.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> as_line(Task(id="t1", coder="sari", case="a", group="factors", supersedes="t"))
    '{"kind": "task", "id": "t1", "case": "a", "group": "factors", "state": "done", "coder": "sari", "supersedes": "t"}'
    """
    data = event.model_dump(mode="json")
    body = [name for name in data if name not in ("kind", "id", *_LAST)]
    superseded: Sequence[str] = data["supersedes"]
    if len(superseded) == 1:
        data["supersedes"] = superseded[0]
    ordered = {name: data[name] for name in ("kind", "id", *body, *_LAST) if name in data}
    return json.dumps(_without_defaults(ordered), ensure_ascii=False)


def _without_defaults(data: object) -> object:
    """Leave out the keys that say nothing: lines stay as short as those of earlier formats."""
    if isinstance(data, dict):
        return {
            key: _without_defaults(value)
            for key, value in data.items()
            if key not in _QUIET or value not in _QUIET[key]
        }
    return [_without_defaults(one) for one in data] if isinstance(data, list) else data


def checked_line(event: Event) -> str:
    """Write an event as `as_line` does, with the check of its other keys."""
    line = as_line(event)
    return f'{line[:-1]}, "check": "{check_of(json.loads(line))}"}}'


def check_of(line: Mapping[str, Any]) -> str:
    """Hash what a line says, so that a later edit shows.

    The check is the first 16 hexadecimal digits of the SHA-256 of the line's other keys, as JSON in UTF-8 with sorted
    keys and no blanks: neither the order of the keys nor white space changes it. It finds what an editor or a search
    and replace has changed; it is no signature, and keeps out nobody who computes it anew.

    Examples
    --------
    >>> check_of({"kind": "task", "id": "t1"}) == check_of({"id": "t1", "kind": "task", "check": "0"})
    True
    """
    rest = {key: value for key, value in line.items() if key != "check"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def is_edited(line: str) -> bool:
    """Return whether a line has a check that its other keys don't fit."""
    try:
        data = _parsed(line)
    except ValueError:
        return False  # no line at all, as `parsed_line` says
    return "check" in data and data["check"] != check_of(data)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line holds; None, with the problems, where it is neither an event nor a heading."""

    content: Event | Heading | None
    problems: tuple[Problem, ...] = ()


def parsed_line(line: str, where: str | Place) -> Line:
    """Read a line; `where` names its place.

    What a valid line holds is kept while the process lives: logs only grow, and are read again and again.

    Raises
    ------
    BenangError
        For a line of a newer format than this version knows.
    """
    try:
        return Line(_content(line))
    except (ValueError, BenangError):
        return Line(None, _faults(line, where if isinstance(where, str) else where.text))


@functools.lru_cache(maxsize=100_000)
def _content(line: str) -> Event | Heading:
    """Read a valid line. Errors are not kept, and their places are left to `_faults`."""
    data = _parsed(line)
    _check_format(data, "")
    return _validated(data)


def _validated(data: Mapping[str, Any]) -> Event | Heading:
    if _is_heading(data):
        return Heading.model_validate(data)
    return event_adapter.validate_python({key: value for key, value in data.items() if key not in ("format", "check")})


def _is_heading(data: Mapping[str, Any]) -> bool:
    return "format" in data and "kind" not in data


def _faults(line: str, where: str) -> tuple[Problem, ...]:
    """Say what is wrong with a line that holds neither an event nor a heading."""
    try:
        data = _parsed(line)
        _check_format(data, where)
    except ValueError as error:
        return (Problem(worded("this is not a judgement: {error}", error=error.args[0]), where=where),)
    try:
        _validated(data)
    except ValidationError as error:
        model = Heading if _is_heading(data) else _KINDS.get(str(data.get("kind")), Coding)
        kinds = 0 if model is Heading else 1  # the first part of a place is the kind
        within = ({**one, "loc": one["loc"][kinds:]} for one in error.errors())
        return tuple(problems_of(within, data, model, lambda _: where))
    raise AssertionError(line)  # it was refused before, and is not now


def _parsed(line: str) -> dict[str, Any]:
    """Parse a line of JSON: an object, no key twice, no NaN, nothing that UTF-8 can't write."""
    try:
        data = _DECODER.decode(line)
        if "\\u" in line:
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise ValueError(
            worded("it is not valid JSON ({reason}, character {n})", reason=error.msg, n=error.pos + 1)
        ) from None
    except UnicodeEncodeError:
        raise ValueError(
            worded("it contains half a character (a lone surrogate), which text files can't contain")
        ) from None
    except RecursionError:
        raise ValueError(worded("it is nested too deeply")) from None
    except ValueError as error:
        if "integer string conversion" in str(error):  # else it is what `_once` or `_no_number` found
            raise ValueError(worded("it contains a number with thousands of digits")) from None
        raise
    if not isinstance(data, dict):
        raise ValueError(worded("a JSON object was expected, but it is {line}", line=line.strip()[:40]))
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(
            worded("the key '{value}' appears twice", value=next(key for key in keys if keys.count(key) > 1))
        )
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(worded("{name} is not a JSON number", name=name))


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
"""Made once: making one takes as long as reading a line."""


def _check_format(data: Mapping[str, Any], where: str) -> None:
    version = data.get("format", FORMAT)
    if isinstance(version, bool) or not isinstance(version, int):
        raise ValueError(worded("format {version!r}, but a whole number was expected", version=version))
    if version > FORMAT:
        raise newer_format(version, where=where, newest=FORMAT)
