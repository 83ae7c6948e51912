"""Events: what a coder says of a passage, a case or a document; appended, superseded, never edited.

One event is one line of a log, `judgements/CODER.jsonl` (`benang.judgements.lines`). Positions are half-open offsets
in Unicode code points of the document's text, as REFI-QDA counts them in practice. A new kind of judgement is one class
here and one line in `KINDS`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, StrictInt, model_validator

from benang.errors import at_line
from benang.evidence import Scope, Stance
from benang.locale.writing import Worded, worded
from benang.project.toml_files import Checked

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


class Consensus(Event):
    """The coders say together which codings of one code in one case count, after they have seen where they differ.

    `keeps` are the ids of the codings that count; with none, the code is absent in the case. `resolves` are the ids of
    all codings and tasks that the coders had seen: those that it does not keep count in no number, though nobody has
    withdrawn them. A coding that comes later counts as usual, and opens the question again.
    """

    kind: Literal["consensus"] = "consensus"
    case: str
    code: str
    keeps: tuple[str, ...]
    resolves: tuple[str, ...] = Field(min_length=1)
    reason: str = ""

    @model_validator(mode="after")
    def _is_common(self) -> Consensus:
        if self.coder != CONSENSUS:
            raise ValueError(worded("only the coder '{consensus}' can state a consensus", consensus=CONSENSUS))
        if unseen := [one for one in self.keeps if one not in self.resolves]:
            raise ValueError(
                worded("it keeps {codings}, which 'resolves' does not name", codings=[f"'{one}'" for one in unseen])
            )
        return self

    @property
    def set_aside(self) -> frozenset[str]:
        """What it resolves and does not keep: its codings count in no number."""
        return frozenset(self.resolves).difference(self.keeps)


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
    """A coder has decided on these records, all of the task there was: from now on the decisions may be shown.

    `unread` are records of the task that the coder leaves without a decision, because the screening stops.
    """

    kind: Literal["completion"] = "completion"
    stage: Stage
    records: tuple[str, ...] = Field(min_length=1)
    unread: tuple[str, ...] = ()


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
    """Return whether two events say the same under the same id, whenever and under whichever codebook they did.

    The same words of a document may stand elsewhere in its file: reviews that took in one project have headings of
    their own before its text. What follows the words tells one place from another.
    """
    aside: dict[str, object] = {"time": None, "vocabulary": "", "check": ""}
    if isinstance(one, Coding) and isinstance(other, Coding):
        aside["rule"] = ""
        if one.after and (one.quote, one.after) == (other.quote, other.after):
            aside |= {"start": one.start, "end": one.end, "before": one.before}
    return one.model_copy(update=aside) == other.model_copy(update=aside)


KINDS: tuple[type[Event], ...] = (
    Coding,
    Value,
    Task,
    Memo,
    Withdrawal,
    Consensus,
    Decision,
    Round,
    Completion,
    Attempt,
)
"""The kinds of judgements that a log may hold."""
