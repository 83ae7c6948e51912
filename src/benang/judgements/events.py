"""Events: what a coder says of a passage, a case or a document; appended, superseded, never edited.

One event is one line of a log (`judgements/CODER.jsonl`). Positions are half-open offsets in Unicode code points of the
document's text, as REFI-QDA counts them in practice. A new kind of judgement is one class here and one line in `KINDS`.
"""

from __future__ import annotations

import functools
import json
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StrictInt, TypeAdapter, model_validator

from benang.evidence import Scope
from benang.project.toml_files import Checked

FORMAT = 2
"""The format of what is appended. Format 1 knew neither time nor vocabulary, and superseded one event at most."""

CONSENSUS = "consensus"
"""The coder whose value counts where coders differ."""

NOT_REPORTED = "not_reported"
"""The value of a variable that the coder looked for and the document does not tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: its file, named as the review does, and its line from 1."""

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


def _several(value: object) -> object:
    return () if value is None else (value,) if isinstance(value, str) else value


class Event(Checked):
    """What all kinds of judgements carry.

    `id` is unique in the review; ids stand in the cells of tables, several in one, and so hold neither white space
    nor `;`. `time` and `vocabulary` say when, and under which version of the codebook (`Codebook.version`), it was
    said; logs of format 1 don't tell. `supersedes` takes earlier events back: one, or all that a conflict is between.
    """

    kind: str
    id: Annotated[str, AfterValidator(_one_word)]
    coder: str = Field(min_length=1)
    time: AwareDatetime | None = None
    vocabulary: str = ""
    supersedes: Annotated[
        tuple[str, ...], BeforeValidator(_several, json_schema_input_type=str | tuple[str, ...] | None)
    ] = ()


class Coding(Quotation, Event):
    """A coder says: this passage carries this code, for this case.

    `scope` is `group` where the source gives its reasons once for several cases and does not say which reason
    belongs to which.
    """

    kind: Literal["coding"] = "coding"
    code: str
    case: str
    scope: Scope = "case"


class Value(Event):
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

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """The ids of its passages, counted from 1: `VALUE/1`, `VALUE/2`."""
        return tuple(f"{self.id}/{number}" for number, _ in enumerate(self.passages, 1))


class Task(Event):
    """A coder says: I have looked at this case for every code of this group.

    Without it, a code that was not found cannot be told from one that nobody looked for.
    """

    kind: Literal["task"] = "task"
    case: str
    group: str
    state: Literal["done", "open"] = "done"


KINDS: tuple[type[Event], ...] = (Coding, Value, Task)
"""The kinds of judgements that a log may hold."""


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

_LAST = ("coder", "scope", "time", "vocabulary", "supersedes")


def as_line(event: Event) -> str:
    """Write an event as a line of JSON, without its end: the keys of its kind first, those of all kinds last.

    Examples
    --------
    >>> as_line(Task(id="t1", coder="sari", case="a", group="factors", supersedes="t"))
    '{"kind": "task", "id": "t1", "case": "a", "group": "factors", "state": "done", "coder": "sari", "supersedes": "t"}'
    """
    data = event.model_dump(mode="json")
    body = [name for name in data if name not in ("kind", "id", *_LAST)]
    said = {
        name: data[name] for name in ("kind", "id", *body, *_LAST) if name in data and data[name] not in (None, "", [])
    }
    if isinstance(event, Value):
        said["passages"] = data["passages"]
    superseded: Sequence[str] = data["supersedes"]
    if len(superseded) == 1:
        said["supersedes"] = superseded[0]
    return json.dumps({name: said[name] for name in ("kind", "id", *body, *_LAST) if name in said}, ensure_ascii=False)
