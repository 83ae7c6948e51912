"""Files of a review, checked: unknown keys and wrong values are named with their line and the nearest word.

What pydantic finds wrong becomes a message in plain words: what was found, where, what was expected.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from benang.errors import BenangError, Problem, at_line, closest, nearest
from benang.files import read_text
from benang.locale import Language
from benang.locale.writing import Worded, alternatives, as_worded, worded
from benang.project.toml_edits import TOKEN, Place, line_of

_TEXT, _WHOLE, _NUMBER = "a text in quotation marks", "a whole number", "a number"
_SCALARS = {"int", "str", "float", "bool"}
_LIST, _TABLE = "a list: [ … ]", "keys with their values: {{ … }}"
_EXPECTED = {
    "string_type": _TEXT,
    "string_too_short": "a text that is not empty",
    "string_too_long": "a text of at most {max_length} characters",
    "string_pattern_mismatch": "a text that matches {pattern}",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": "a smaller whole number",
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": "a list with at least {min_length} entries",
    "too_long": "a list with at most {max_length} entries",
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
}
"""What was expected, by pydantic's names of errors; the values in braces come with the error."""
_FAULTS = (
    "Cannot overwrite a value",
    "Expected '=' after a key in a key/value pair",
    "Expected ']' at the end of a table declaration",
    "Expected ']]' at the end of an array declaration",
    "Expected newline or end of document after a statement",
    "Illegal character '\\n'",
    "Invalid initial character for a key part",
    "Invalid statement",
    "Invalid value",
    "Unclosed array",
    "Unclosed inline table",
    "Unescaped '\\' in a string",
    "Unterminated string",
)
"""What `tomllib` says of the likeliest slips."""


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
        raise ValueError(worded("an id consists of letters, digits, '-', '_' and '.'"))
    return value


Id = Annotated[str, AfterValidator(_plain_id)]
"""An id that can be between the slashes of a number's id (`factors/ID/cases`) and in a cell with others."""

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
        reason = _fault(str(error)) if wrong_text else worded("a number with thousands of digits")
        way_on = "Texts need quotation marks, lists need [ ], and each key may appear only once."
        problem = Problem(worded("this is not valid TOML: {reason}", reason=reason), where=where, way_on=way_on)
        raise BenangError(problem) from None
    check_format(data, model, where=where)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = partial(_at_place, where, text)
        raise BenangError(*problems_of(error.errors(), data, model, lines)) from None


def _at_place(where: str, text: str, place: Place) -> Worded:
    """Name the line of a TOML file that has a place of its data."""
    return at_line(where, line_of(text, place))


def _fault(error: str) -> Worded:
    """Return what `tomllib` says of a text, of which the catalogue knows the `_FAULTS`."""
    fault, _, place = error.removesuffix(")").partition(" (at ")
    words = as_worded(fault) if fault in _FAULTS else fault
    if twice := re.fullmatch(r"Cannot declare \('(.+)',?\) twice", fault):
        words = worded("the table [{name}] appears twice", name=twice[1].replace("', '", "."))
    if numbers := re.fullmatch(r"line (\d+), column (\d+)", place):
        return worded("{fault} (at line {line}, column {column})", fault=words, line=numbers[1], column=numbers[2])
    return worded("{fault} (at the end of the file)", fault=words) if place else as_worded(words)


def _curly(quotes: CurlyQuotes, where: str) -> Problem:
    """Say where a text has curly quotation marks, and how it is written with straight ones."""
    straight = quotes.straight or worded('as in key = "text"')
    return Problem(
        worded("curly quotation marks {marks}", marks=quotes.marks),
        where=at_line(where, quotes.line),
        way_on=worded("TOML needs straight ones: {straight}.", straight=straight),
    )


def check_format(data: object, model: type[BaseModel], *, where: str) -> None:
    """Refuse by name a file of a newer format than this version knows."""
    version = data.get("format") if isinstance(data, dict) else None
    if isinstance(version, int) and version > 1 and "format" in model.model_fields:
        raise newer_format(version, where=where)


def newer_format(version: int, *, where: str, newest: int = 1) -> BenangError:
    """Say that a file has a newer format than this version knows."""
    return BenangError(
        Problem(
            worded("format {version}", version=version),
            where=where,
            expected=worded("format {newest}, the newest that this version of Benang knows", newest=newest),
            way_on="Install a newer version of Benang to read it.",
        )
    )


def problems_of(
    errors: Iterable[Any],
    data: object,
    model: type[BaseModel],
    where: Callable[[Place], str],
    *,
    where_names_key: bool = False,
) -> list[Problem]:
    """Say in plain words what is wrong in `data`, which is no `model`; `where` names a place.

    With `where_names_key`, it names the key too, as an option of a command does, and the words on it leave it out.
    A value that could have been one of several kinds is one problem, not one for each kind.
    """
    errors_at: dict[Place, list[tuple[Any, Place]]] = {}
    for error in errors:
        place = place_in(data, error["loc"])
        if error["type"] == "union_tag_invalid":
            place = (*place, _discriminator(error))
        errors_at.setdefault(place, []).append((error, place))
    key: Callable[[Place], str] = (lambda _: "") if where_names_key else named
    return [problem for together in errors_at.values() for problem in _together(together, model, where, key)]


def _together(
    errors: Sequence[tuple[Any, Place]],
    model: type[BaseModel],
    where: Callable[[Place], str],
    key: Callable[[Place], str],
) -> list[Problem]:
    error, place = errors[0]
    if meant := _meant(model, error["loc"]):
        return [
            Problem(
                worded("unknown key '{key}'", key=place[-1]),
                where=where(place),
                way_on=worded("Did you mean '{meant}'?", meant=meant),
            )
        ]
    problems = [_problem(error, model, place, where(place), key(place)) for error, place in errors]
    if len(problems) > 1 and all(one.expected for one in problems):
        every = dict.fromkeys(one.expected for one in problems)
        wider = [one for one in every if not any(one != other and other.startswith(one) for other in every)]
        expected = alternatives(wider)
        return [Problem(problems[0].found, where=problems[0].where, expected=expected)]
    return problems


def _problem(error: Any, model: type[BaseModel], place: Place, where: str, key: str) -> Problem:
    kind = error["type"]
    if kind == "extra_forbidden":
        known = _keys(model, error["loc"])
        return Problem(worded("unknown key '{key}'", key=place[-1]), where=where, way_on=nearest(str(place[-1]), known))
    if kind == "missing":
        return Problem(worded("the key '{key}' is missing", key=place[-1]), where=where)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"]) or [error["ctx"]["expected"]]
        value = short(error["input"])
        return Problem(f"{key} = {value}" if key else value, where=where, way_on=nearest(str(error["input"]), known))
    if kind == "union_tag_invalid":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected_tags"])
        tag = str(error["ctx"]["tag"])
        return Problem(
            worded("unknown {key} {value}", key=_discriminator(error), value=short(tag)),
            where=where,
            way_on=nearest(tag, known),
        )
    if kind == "union_tag_not_found":
        return Problem(worded("the key {key} is missing", key=error["ctx"]["discriminator"]), where=where)
    return _wrong_kind(error, key, where)


def _wrong_kind(error: Any, key: str, where: str) -> Problem:
    context = error.get("ctx", {})
    expected = worded(_EXPECTED[error["type"]], **context) if error["type"] in _EXPECTED else ""
    if context.get("class_name") == "Label":
        expected = worded('{text}, or one in each language: {{ en = "…", id = "…" }}', text=_TEXT)
    if expected:
        return Problem(
            short(error["input"]),
            where=worded("{where}, {key}", where=where, key=key) if key else where,
            expected=expected,
        )
    message = str(error["msg"])
    if error["type"] == "value_error":
        message = context["error"].args[0]
    elif message:
        message = f"{message[0].lower()}{message[1:]}"
    if not isinstance(error["input"], (dict, list, tuple)):
        message = worded("{message} (found {value})", message=message, value=short(error["input"]))
    return Problem(worded("{key}: {message}", key=key, message=message) if key else message, where=where)


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
    steps: list[str | int] = []
    here = data
    for depth, part in enumerate(place):
        if isinstance(here, dict) and _is_key(part, here, place[depth + 1 :]):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            continue
        steps.append(part)
    return tuple(steps)


_CHOICES = (*_SCALARS, Label.__name__)


def _is_key(part: str | int, table: Mapping[Any, Any], rest: Sequence[str | int]) -> bool:
    """Tell whether a part is a key, not a choice of the same name: a chart of the kind `map` has a `map`."""
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
            inner = [one for field in fields for one in _models(field.annotation)]
            models = inner or [one for one in models if _is_choice(one, part)] or models
    return models


def _is_choice(model: type[BaseModel], name: str) -> bool:
    return any(name in get_args(field.annotation) for field in model.model_fields.values())


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


# Marks that word processors and keyboards of phones put in the place of " and '. Outside strings and comments TOML has
# no use for them. A text in them ends where a value or a key does, so that it may itself quote and have apostrophes;
# it is looked for over 500 characters, so that a line of many marks is read in linear time.
_DOUBLE, _SINGLE, _VALUE_ENDS = "“”„‟«»", "‘’‚‛‹›", r"(?=[^\S\n]*(?:[,\]}=\#\r\n]|\Z))"
_CURLY = re.compile(
    rf"""(?P<curly>[{_DOUBLE}][^\n]{{0,499}}?[{_DOUBLE}"]{_VALUE_ENDS}|[{_SINGLE}][^\n]{{0,499}}?[{_SINGLE}']{_VALUE_ENDS})"""
    rf"""|{TOKEN.pattern}"""
    rf"""|(?P<half>"[^"\n{_DOUBLE}]*[{_DOUBLE}]{_VALUE_ENDS}|'[^'\n{_SINGLE}]*[{_SINGLE}]{_VALUE_ENDS})"""
    r"""|(?P<unclosed>["'][^\n]*)""",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class CurlyQuotes:
    """Curly quotation marks, their line (from 1), and their text in straight ones, "" where no end of it is seen."""

    line: int
    marks: str
    straight: str


def curly_quotes(text: str) -> list[CurlyQuotes]:
    r"""List the texts in curly quotation marks where TOML wants straight ones, the first of each line.

    Within strings and comments they are letters like others.

    Examples
    --------
    >>> curly_quotes('a = "the “old” town"  # “so”\nb = [“one”, “two”]\n')
    [CurlyQuotes(line=2, marks='“ ”', straight='"one"')]
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    quotes: dict[int, CurlyQuotes] = {}
    for match in _CURLY.finditer(text):
        piece, line = match.group(), bisect_left(ends, match.start()) + 1
        if match.lastgroup in ("curly", "half"):
            straight = '"' + re.sub(r'(?<!\\)"', r"\"", piece[1:-1]) + '"'
            quotes.setdefault(line, CurlyQuotes(line, f"{piece[0]} {piece[-1]}", straight))
        elif match.lastgroup == "bare" and (marks := [one for one in piece if one in _DOUBLE + _SINGLE]):
            quotes.setdefault(line, CurlyQuotes(line, " ".join(marks), ""))
    return list(quotes.values())
