"""What pydantic finds wrong is said in plain words, once, at the key that the file has."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from benang.errors import Problem
from benang.project.wrong_values import problems_of


class Plain(BaseModel):
    """A picture of a map."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["map", "density"]
    map: str = Field(pattern="^[a-z]+$")
    size: float = Field(1.0, gt=0, allow_inf_nan=False)


class Bars(BaseModel):
    """A picture of bars."""

    kind: Literal["bars"]
    stated: StrictInt | str = 1
    on: bool = True


class Pictures(BaseModel):
    """Several pictures."""

    pictures: tuple[Annotated[Plain | Bars, Field(discriminator="kind")], ...]


def said(picture: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with one picture; the place is told as it is."""
    data = {"pictures": [picture]}
    with pytest.raises(ValidationError) as caught:
        Pictures.model_validate(data)
    return problems_of(caught.value.errors(), data, Pictures, lambda place: str(place[2:]))


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        ({"kind": "map", "map": "a", "size": 0}, "('size',), pictures.size: expected a number above 0.0, found 0."),
        ({"kind": "map", "map": "a", "size": "x"}, "('size',), pictures.size: expected a number, found 'x'."),
        ({"kind": "map", "map": "a", "size": 1e999}, "('size',), pictures.size: expected a finite number, found inf."),
        ({"kind": "map", "map": "A"}, "('map',), pictures.map: expected a text like ^[a-z]+$, found 'A'."),
        ({"kind": "density"}, "('map',): the key 'map' is missing."),
        ({"kind": "map", "map": "a", "siez": 1}, "('siez',): unknown key 'siez'. Did you mean 'size'?"),
        ({"kind": "mop"}, "('kind',): unknown kind 'mop'. Did you mean 'map'?"),
        ({}, "(): the key 'kind' is missing."),
        ({"kind": "bars", "on": "x"}, "('on',), pictures.on: expected true or false, found 'x'."),
        (
            {"kind": "bars", "stated": 1.5},
            "('stated',), pictures.stated: expected a whole number or a text in quotation marks, found 1.5.",
        ),
    ],
)
def test_a_wrong_value_is_one_problem_at_its_own_key(picture: dict[str, Any], message: str) -> None:
    """A kind that is called like a key, and a value that may be of several kinds, do not lead it astray."""
    (problem,) = said(picture)

    assert str(problem) == message
