"""Judgements: what a coder says of a passage, a case or a document; appended, superseded, never edited.

One judgement is one line of `judgements/CODER.jsonl`. Positions are half-open offsets in Unicode code points of the
document's text, as REFI-QDA counts them in practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt, TypeAdapter, model_validator

from benang.evidence import Scope
from benang.project.toml_files import Checked

CONSENSUS = "consensus"
"""The coder whose value counts where coders differ."""

NOT_REPORTED = "not_reported"
"""The value of a variable that the coder looked for and the document does not tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a judgement stands: its file, named as the review does, and its line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


class Quotation(Checked):
    """A passage of a document: `text[start:end] == quote`."""

    document: str = Field(description="the document's path in the review's folder, with forward slashes")
    start: int = Field(ge=0, strict=True, description="offset of the first character, in Unicode code points from 0")
    end: int = Field(ge=1, strict=True, description="offset behind the last character")
    quote: str = Field(min_length=1)

    @model_validator(mode="after")
    def _lengths_agree(self) -> Quotation:
        if not self.quote.strip():
            raise ValueError("the quote has nothing but white space")
        if self.end - self.start != len(self.quote):
            raise ValueError(f"end - start is {self.end - self.start}, but the quote has {len(self.quote)} characters")
        return self


def _one_word(value: str) -> str:
    if not value or ";" in value or any(character.isspace() for character in value):
        raise ValueError("an id has no space and no ';' in it")
    return value


class Judgement(Checked):
    """What all kinds of judgements carry. `id` is unique in the review; `supersedes` takes an earlier one back.

    Ids stand in the cells of tables, several in one, and so hold neither white space nor `;`.
    """

    id: Annotated[str, AfterValidator(_one_word)]
    coder: str = Field(min_length=1)
    supersedes: str | None = None


class Coding(Quotation, Judgement):
    """A coder says: this passage carries this code, for this case.

    `scope` is `group` where the source gives its reasons once for several cases and does not say which reason
    belongs to which.
    """

    kind: Literal["coding"] = "coding"
    code: str
    case: str
    scope: Scope = "case"


class Value(Judgement):
    """A coder says: this variable has this value in this case, because of these passages (or is not reported)."""

    kind: Literal["value"] = "value"
    case: str
    variable: str
    value: StrictInt | str
    passages: tuple[Quotation, ...] = ()
    scope: Scope = "case"

    @model_validator(mode="after")
    def _rests_on_something(self) -> Value:
        if self.value != NOT_REPORTED and not self.passages:
            raise ValueError(f"a value needs a passage behind it, or the value '{NOT_REPORTED}'")
        return self


class Task(Judgement):
    """A coder says: I have looked at this case for every code of this group.

    Without it, a code that was not found cannot be told from one that nobody looked for.
    """

    kind: Literal["task"] = "task"
    case: str
    group: str
    state: Literal["done", "open"] = "done"


def passage_id(value: str, number: int) -> str:
    """Name a passage of a value, counted from 1."""
    return f"{value}/{number}"


class Heading(Checked):
    """The first line of a log, which tells its format."""

    format: Literal[1]


AnyJudgement = Annotated[Coding | Value | Task, Field(discriminator="kind")]
judgement_adapter: TypeAdapter[Coding | Value | Task] = TypeAdapter(AnyJudgement)
line_adapter: TypeAdapter[Heading | Coding | Value | Task] = TypeAdapter(Heading | AnyJudgement)
"""What a line of a log may be: a judgement, or in the first line the format."""
