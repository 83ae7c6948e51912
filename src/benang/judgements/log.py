"""The log of judgements: one JSON Lines file a coder (`judgements/CODER.jsonl`), one judgement a line.

Lines end at LF only: a quotation may hold the other characters that Unicode calls a line end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ValidationError

from benang.errors import BenangError, Problem
from benang.files import decode, read_bytes, write_text
from benang.judgements.judgements import Coding, Place, Task, Value, judgement_adapter
from benang.judgements.log_checks import log_problems
from benang.project.folder import ReviewFolder
from benang.project.toml_files import newer_format
from benang.project.wrong_values import problems_of

FORMAT = 1
KEYS = (
    "kind",
    "id",
    "document",
    "start",
    "end",
    "quote",
    "code",
    "case",
    "variable",
    "value",
    "passages",
    "group",
    "state",
    "coder",
    "scope",
    "supersedes",
)
"""The order in which the keys of a judgement are written."""

_KINDS: dict[str, type[BaseModel]] = {"coding": Coding, "value": Value, "task": Task}


@dataclass(frozen=True, slots=True)
class Judgements:
    """What the coders of a review said: the judgements that stand, and those that later ones took back.

    Each is in the order of its id; `places` says of every one where it was read.
    """

    current: tuple[Coding | Value | Task, ...] = ()
    superseded: tuple[Coding | Value | Task, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def codings(self) -> tuple[Coding, ...]:
        """The codings that stand."""
        return tuple(one for one in self.current if isinstance(one, Coding))

    @property
    def values(self) -> tuple[Value, ...]:
        """The values that stand."""
        return tuple(one for one in self.current if isinstance(one, Value))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that stand."""
        return tuple(one for one in self.current if isinstance(one, Task))

    def place(self, judgement: str) -> Place:
        """Say where a judgement was read; a judgement made in memory stands in no file."""
        return self.places.get(judgement, Place("judgements", 0))


def read_judgements(folder: ReviewFolder) -> Judgements:
    """Read all judgements of a review.

    Raises
    ------
    BenangError
        With every line that is no judgement: its file, its line, what was found, and the nearest known word. Also
        for an id given twice, a coder who isn't the one that the file is named by, and a judgement that supersedes
        one that isn't there, or that another judgement supersedes too. A file of a newer format is refused by name.
    """
    found: list[tuple[Coding | Value | Task, Place]] = []
    problems: list[Problem] = []
    for path in folder.judgements:
        name = folder.name(path)
        try:
            text = decode(read_bytes(path), where=name)
        except BenangError as error:
            problems.extend(error.problems)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                _read_line(line, Place(name, number), Path(name).stem, found, problems)
    problems.extend(log_problems(found))
    if problems:
        raise BenangError(*problems)
    return judgements_of((one for one, _ in found), places={one.id: place for one, place in found})


def judgements_of(
    judgements: Iterable[Coding | Value | Task], *, places: Mapping[str, Place] | None = None
) -> Judgements:
    """Part the judgements that stand from those that others supersede.

    Examples
    --------
    >>> done = Task(id="t1", coder="sari", case="a", group="factors")
    >>> again = Task(id="t2", coder="sari", case="a", group="factors", state="open", supersedes="t1")
    >>> log = judgements_of([again, done])
    >>> [task.id for task in log.current], [task.id for task in log.superseded]
    (['t2'], ['t1'])
    """
    ordered = sorted(judgements, key=lambda one: one.id)
    gone = {one.supersedes for one in ordered}
    return Judgements(
        current=tuple(one for one in ordered if one.id not in gone),
        superseded=tuple(one for one in ordered if one.id in gone),
        places=dict(places or {}),
    )


def write_judgements(path: Path, judgements: Iterable[Coding | Value | Task]) -> None:
    """Write a coder's judgements, sorted by kind and id, one a line with its keys in one order, so that git can merge.

    The file is replaced whole. Its first line tells the format.
    """
    ordered = sorted(judgements, key=lambda one: (list(_KINDS).index(one.kind), one.id))
    lines = [json.dumps({"format": FORMAT}), *map(as_line, ordered)]
    write_text(path, "".join(f"{line}\n" for line in lines))


def as_line(judgement: Coding | Value | Task) -> str:
    """Write one judgement as a line of JSON, without its end.

    Examples
    --------
    >>> as_line(Task(id="t1", coder="sari", case="a", group="factors"))
    '{"kind": "task", "id": "t1", "case": "a", "group": "factors", "state": "done", "coder": "sari"}'
    """
    data = judgement.model_dump(mode="json")
    if data["supersedes"] is None:
        del data["supersedes"]
    return json.dumps({key: data[key] for key in KEYS if key in data}, ensure_ascii=False)


def _read_line(
    line: str, place: Place, coder: str, found: list[tuple[Coding | Value | Task, Place]], problems: list[Problem]
) -> None:
    """Read one line into `found`, or say in `problems` what is wrong with it."""
    where = str(place)
    try:
        data = _parsed(line)
        _check_format(data, where)
    except ValueError as error:
        problems.append(Problem(f"this is no judgement: {error}", where=where))
        return
    if "kind" not in data and set(data) == {"format"}:
        return
    try:
        judgement = judgement_adapter.validate_python({key: value for key, value in data.items() if key != "format"})
    except ValidationError as error:
        problems.extend(_explained(error, data, where))
        return
    if judgement.coder != coder:
        problems.append(
            Problem(
                f"the coder '{judgement.coder}'",
                where=where,
                expected=f"'{coder}', as its file",
                way_on="Each coder has a file of their own.",
            )
        )
    found.append((judgement, place))


def _parsed(line: str) -> dict[str, Any]:
    """Parse a line of JSON strictly: an object, no key twice, no NaN, nothing that UTF-8 can't write."""
    try:
        data = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
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
    told = data.get("format", FORMAT)
    if isinstance(told, bool) or not isinstance(told, int):
        raise ValueError(f"format {told!r}, where a whole number was expected")
    if told > FORMAT:
        raise newer_format(told, where=where)


def _explained(error: ValidationError, data: Mapping[str, Any], where: str) -> list[Problem]:
    model = _KINDS.get(str(data.get("kind")), Coding)
    within = ({**one, "loc": one["loc"][1:]} for one in error.errors())  # the first part is the kind
    return problems_of(within, data, model, lambda _: where)
