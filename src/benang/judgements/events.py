"""Events: what a coder says of a passage, a case or a document; appended, superseded, never edited.

One event is one line of a log (`judgements/CODER.jsonl`). Positions are half-open offsets in Unicode code points of the
document's text, as REFI-QDA counts them in practice. A new kind of judgement is one class here and one line in `KINDS`.
"""

from __future__ import annotations

import functools
import hashlib
import json
import operator
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NoReturn, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    StrictInt,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from benang.errors import BenangError, Problem, at_line
from benang.evidence import Scope, Stance
from benang.locale.writing import Worded, worded
from benang.project.toml_files import Checked, newer_format, problems_of

FORMAT = 2
"""The format of what is appended. Format 1 knew no time, vocabulary, check and stance, no memos and withdrawals,
and superseded one event at most."""

CONSENSUS = "consensus"
"""The coder whose value counts where coders differ."""

Stage = Literal["title-abstract", "full-text"]
"""What a record is screened by."""
STAGES: tuple[Stage, ...] = get_args(Stage)
Verdict = Literal["include", "exclude", "unsure", "unobtainable"]
"""What a coder decides on a record; that a report is `unobtainable` can only be seen at full text."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

NOT_REPORTED = "not_reported"
"""The value of a variable that the coder looked for and the document does not tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: its file, named as the review does, and its line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Worded:
        """The place as messages name it."""
        return at_line(self.file, self.line)


class Quotation(Checked):
    """A passage of a document: `text[start:end] == quote`."""

    document: str = Field(description="the document's path in the review's folder, with forward slashes")
    start: int = Field(ge=0, strict=True, description="offset of the first character, in Unicode code points from 0")
    end: int = Field(ge=1, strict=True, description="offset behind the last character")
    quote: str = Field(min_length=1)
    before: str = Field("", description="what stands before it, by which it is found again in another text")
    after: str = Field("", description="what stands behind it")

    @model_validator(mode="after")
    def _lengths_agree(self) -> Quotation:
        if not self.quote.strip():
            raise ValueError(worded("the quotation is blank"))
        if self.end - self.start != len(self.quote):
            raise ValueError(
                worded(
                    "end - start is {length}, but the quotation has {n} characters",
                    length=self.end - self.start,
                    n=len(self.quote),
                )
            )
        return self


def _one_word(value: str) -> str:
    if ";" in value or value.split() != [value]:
        raise ValueError(worded("an id must not contain spaces or ';'"))
    return value


def _several(value: object) -> object:
    return () if value is None else (value,) if isinstance(value, str) else value


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


class Event(Checked):
    """What all kinds of judgements carry.

    `id` is unique in the review; ids stand in the cells of tables, several in one, and so hold neither white space
    nor `;`. `time` and `vocabulary` say when, and under which version of the codebook (`Codebook.version`), it was
    said; logs of format 1 don't tell. `supersedes` takes earlier events back: one, or all that a conflict is between.
    `program` names the program that made an event, and makes it a suggestion, which counts in no number. `undoes` is
    the event that an undo or a redo takes back: what stood before it stands again (`benang.judgements.acts`). `check`
    belongs to the line, not to what was said: see `check_of`. Reading a log leaves it out.
    """

    kind: str
    id: Annotated[str, AfterValidator(_one_word)]
    coder: Annotated[str, AfterValidator(_composed)] = Field(min_length=1)
    time: AwareDatetime | None = None
    vocabulary: str = ""
    program: str = ""
    supersedes: Annotated[
        tuple[str, ...], BeforeValidator(_several, json_schema_input_type=str | tuple[str, ...] | None)
    ] = ()
    undoes: str = ""
    check: str = Field("", exclude=True, repr=False, description="what the other keys hash to; shows an edited line")


class Coding(Quotation, Event):
    """A coder says: this passage carries this code, for this case.

    `scope` is `group` where the source gives its reasons once for several cases and does not say which reason
    belongs to which. `rule` is that of the code when it was said (`Code.rule`). `suggestion` is the id of a program's
    event that the coder took over.
    """

    kind: Literal["coding"] = "coding"
    code: str
    case: str
    scope: Scope = "case"
    stance: Stance = "supports"
    rule: str = ""
    suggestion: str = ""


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
            raise ValueError(
                worded("a value needs a quotation, unless it is '{not_reported}'", not_reported=NOT_REPORTED)
            )
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


class Memo(Event):
    """A coder notes a thought about a coding, a code, a case, a document, or the review; `of` is its id."""

    kind: Literal["memo"] = "memo"
    about: Literal["coding", "code", "case", "document", "review"]
    of: str = ""
    text: str = Field(min_length=1)


class Withdrawal(Event):
    """A coder takes events back, and puts nothing in their place. What supersedes it brings them back."""

    kind: Literal["withdrawal"] = "withdrawal"
    reason: str = ""

    @model_validator(mode="after")
    def _takes_something_back(self) -> Withdrawal:
        if not self.supersedes:
            raise ValueError(worded("a withdrawal must name in 'supersedes' what it withdraws"))
        return self


class Decision(Event):
    """A coder says: this record is included, excluded, or neither, at this stage of the screening.

    `record` is the key of a work, and `joined` are those of the other records that were the same work at the time:
    where they are parted later, each keeps the decision. `reason` is the id of a criterion of the plan. `origin` says
    which line of which export an imported decision is. `resolves` are the decisions that a consensus is on; it leaves
    them in force.
    """

    kind: Literal["decision"] = "decision"
    record: str = Field(min_length=1)
    stage: Stage
    verdict: Verdict
    reason: str = ""
    note: str = ""
    joined: tuple[str, ...] = ()
    origin: str = ""
    resolves: tuple[str, ...] = ()


class Round(Event):
    """The records of a pilot or a batch, and who screens them; what comes in later is in no round.

    Without `readers`, the plan says who reads each record.
    """

    kind: Literal["round"] = "round"
    name: str = Field(min_length=1)
    stage: Stage
    records: tuple[str, ...] = Field(min_length=1)
    readers: tuple[str, ...] = ()


class Completion(Event):
    """A coder has decided on these records, all of the task there was: from now on the decisions may be shown."""

    kind: Literal["completion"] = "completion"
    stage: Stage
    records: tuple[str, ...] = Field(min_length=1)


class Attempt(Event):
    """A coder has tried to get a report: on which day, in which way, and with what result."""

    kind: Literal["attempt"] = "attempt"
    record: str = Field(min_length=1)
    day: date
    way: str = Field(min_length=1, description="such as 'university library' or 'e-mail to the author'")
    note: str = ""


def ids_of(event: Event) -> tuple[str, ...]:
    """Return the ids that an event takes: its own, and those of the passages of a value."""
    return (event.id, *event.passage_ids) if isinstance(event, Value) else (event.id,)


def says_the_same(one: Event, other: Event) -> bool:
    """Return whether two events say the same under the same id, whenever and under whichever codebook they did."""
    aside: dict[str, object] = {"time": None, "vocabulary": "", "check": ""}
    if isinstance(one, Coding):
        aside["rule"] = ""
    return one.model_copy(update=aside) == other.model_copy(update=aside)


KINDS: tuple[type[Event], ...] = (Coding, Value, Task, Memo, Withdrawal, Decision, Round, Completion, Attempt)
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

_KINDS: Mapping[str, type[BaseModel]] = {str(kind.model_fields["kind"].default): kind for kind in KINDS}
_LAST = ("coder", "program", "scope", "time", "vocabulary", "supersedes", "undoes")
_QUIET: Mapping[str, tuple[object, ...]] = {
    "stance": ("supports",),
    **dict.fromkeys(
        ("before", "after", "rule", "suggestion", "program", "time", "vocabulary", "undoes", "note", "origin"),
        ("", None),
    ),
    **dict.fromkeys(("supersedes", "joined", "resolves"), ([],)),
}
"""Keys that say nothing with these values, and are not written then."""


def as_line(event: Event) -> str:
    """Write an event as a line of JSON, without its end: the keys of its kind first, those of all kinds last.

    Examples
    --------
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
