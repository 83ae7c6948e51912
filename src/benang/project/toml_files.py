"""TOML files of a review, checked: unknown keys and wrong values are named with their line and the nearest word."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from benang.errors import BenangError, Problem
from benang.files import read_text
from benang.locale import Language
from benang.project.toml_lines import line_of
from benang.project.wrong_values import problems_of


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
    except (ValueError, RecursionError) as error:
        wrong_text = isinstance(error, (tomllib.TOMLDecodeError, RecursionError))
        raise BenangError(
            Problem(
                f"this is no valid TOML: {error if wrong_text else 'a number of thousands of digits'}",
                where=path.name,
                way_on="Strings need quotes, lists need [ ], and each key may stand once.",
            )
        ) from None
    check_format(data, model, where=path.name)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        where = lambda place: f"{path.name}, line {line_of(text, place)}"  # noqa: E731
        raise BenangError(*problems_of(error.errors(), data, model, where)) from None


def check_format(data: object, model: type[BaseModel], *, where: str) -> None:
    """Refuse by name a file of a newer format than this version knows."""
    told = data.get("format") if isinstance(data, dict) else None
    if isinstance(told, int) and told > 1 and "format" in model.model_fields:
        raise newer_format(told, where=where)


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
