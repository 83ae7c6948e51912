"""Claims that a text makes of its own data, each with the named check that tests it (`claims.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from benang.errors import BenangError, Problem, at_line
from benang.files import read_text
from benang.locale.writing import worded
from benang.project.toml_files import Checked, Id, Text, read_toml
from benang.project.toml_lines import line_of


class _Claim(Checked):
    """What all claims carry: what is said, where it stands, and a remark for the reader of the report."""

    id: Id
    says: Text
    where: Text
    note: Text | None = None


class CountClaim(_Claim):
    """A number of the review (`of`, an id of evidence.json) stands in a relation to the number stated.

    With `silent` (also an id), what is silent may count as well: what is not reported is not absent. The claim holds
    only where it would with any number of the silent, and is `cannot be told` where it would with some.
    """

    check: Literal["count"]
    of: str
    relation: Literal["equals", "at-most", "at-least"] = "equals"
    stated: int
    silent: str | None = None


class RangeClaim(_Claim):
    """The values of a property (`year`) of what a number counts run from the first to the last stated.

    With `span` instead, the range covers this many years, the first and the last among them.
    """

    check: Literal["range"]
    of: str
    property: str
    stated: tuple[int, int] | None = None
    span: int | None = None

    @model_validator(mode="after")
    def _states_something(self) -> RangeClaim:
        if self.stated is None and self.span is None:
            raise ValueError(
                worded("a range needs 'stated', its first and last year, or 'span', the number of years it covers")
            )
        return self


class SetClaim(_Claim):
    """The values of a property (`outcome`) of what a number counts are exactly those stated."""

    check: Literal["set"]
    of: str
    property: str
    stated: tuple[str, ...]


class CooccurrenceClaim(_Claim):
    """All items stated stand on a map of the review and each pair of them is linked."""

    check: Literal["co-occurrence"]
    map: str
    stated: tuple[str, ...]


class DateOrderClaim(_Claim):
    """No value of a property (`year`) of what a number counts is later than the year stated.

    With `events` instead, no study may be published before an event that its own passages report.
    """

    check: Literal["date-order"]
    of: str
    property: str = "year"
    stated: int | None = None
    events: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _states_something(self) -> DateOrderClaim:
        if self.stated is None and not self.events:
            raise ValueError(
                worded("an order of dates needs 'stated', the latest year, or 'events', variables of cases")
            )
        return self


class FieldClaim(_Claim):
    """A record's own field (`year`, `authors`, `title`) has, or holds, what the text says of it."""

    check: Literal["field"]
    record: str
    field: str
    stated: str | int


class ContrastClaim(_Claim):
    """A claim of cause needs cases of another outcome to compare with: cannot be told where a level has no case."""

    check: Literal["contrast"]
    variable: str
    level: str
    level_label: Text | None = Field(None, description="how the level reads, where the codebook has no such level")


class JudgementClaim(_Claim):
    """Only a reader can judge it; `look_at` are ids of numbers, cases (`cases/ID`) or records to look at."""

    check: Literal["judgement"]
    look_at: tuple[str, ...] = ()


Claim = Annotated[
    CountClaim
    | RangeClaim
    | SetClaim
    | CooccurrenceClaim
    | DateOrderClaim
    | FieldClaim
    | ContrastClaim
    | JudgementClaim,
    Field(discriminator="check"),
]


class Citation(Checked):
    """How the text under review cites one of the records: as which names, in which year (None for n.d.)."""

    record: str
    names: tuple[str, ...]
    year: int | None = None
    where: str = ""


class Claims(Checked):
    """All claims and citations to be checked."""

    format: Literal[1] = 1
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()


def read_claims(path: Path) -> Claims:
    """Read `claims.toml`; what its claims speak of is looked up when they are compared with the data.

    Raises
    ------
    BenangError
        With every problem of the file, its line and the nearest known word; also for a claim that is there twice.
    """
    claims = read_toml(path, Claims)
    text = read_text(path)
    ids = [claim.id for claim in claims.claims]
    lines = [line_of(text, ("claims", at, "id")) for at, one in enumerate(ids) if one in ids[:at]]
    problems = [
        Problem(
            worded("an earlier claim already has this id"),
            where=at_line(path.name, line),
            way_on=worded("Give one of them another id."),
        )
        for line in lines
    ]
    if problems:
        raise BenangError(*problems)
    return claims
