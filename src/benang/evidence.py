"""What results rest on: the passages behind a number, and the steps behind all of it.

Numbers open: a value, what it counts, and its passages. Steps say what was done; every result carries them, and the
report's methods print them.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

Argument = str | int | float | bool | None | tuple["Argument", ...] | list["Argument"]
"""What a step's argument may be: all of it can stand in JSON."""
Scope = Literal["case", "group"]
"""`group` where a source gives its reasons once for several cases together."""
Stance = Literal["supports", "contradicts", "mentions"]
"""What a passage says of a code in a case: that it holds, that it does not, or neither."""
OTHER_STANCES: tuple[Stance, ...] = get_args(Stance)[1:]
"""Those that count nowhere as support."""
Shown = tuple[str, int, int, str, str]
"""Document, start, end, coder and scope of a passage."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an analysis: its name, its arguments, and what it counted.

    Examples
    --------
    >>> Step("read", {"files": ("a.ris",)}, {"found": 25, "read": 25, "set_aside": 0}).as_json()["counts"]["read"]
    25
    """

    name: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    counts: Mapping[str, int | float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the step as it stands in `provenance.json` and in a map's `benang` key."""
        return {"step": self.name, "arguments": dict(self.arguments), "counts": dict(self.counts)}


History = tuple[Step, ...]
"""The steps that led to a result, first to last."""


def version() -> str:
    """Return the version of Benang that is installed."""
    return importlib.metadata.version("benang")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation at its place in a document.

    `start` and `end` are half-open offsets in Unicode code points of the document's text as read from its file, so
    that `text[start:end] == quote`. `code` is the code or the variable that it was coded with.
    """

    id: str
    document: str
    start: int
    end: int
    quote: str
    case: str
    code: str
    coder: str
    scope: Scope = "case"
    stance: Stance = "supports"


def shown_as(passage: Passage) -> Shown:
    """Return what passages share that are shown as one: a quote stands once, with all its codes and cases."""
    return passage.document, passage.start, passage.end, passage.coder, passage.scope


@dataclass(frozen=True, slots=True)
class Number:
    """A value with what it counts (`of`, ids) and the ids of the passages behind it.

    Every counting function returns numbers; tables, figures and reports print them, never bare counts.
    """

    id: str
    value: int | float
    unit: str
    of: tuple[str, ...]
    passages: tuple[str, ...] = ()


def count(id: str, of: Iterable[str], *, unit: str, passages: Iterable[str] = ()) -> Number:  # noqa: A002
    """Count distinct things, keeping their ids and the passages that they rest on.

    Examples
    --------
    >>> number = count("factors/pandemic/cases", ["ntb", "denpasar", "ntb"], unit="cases", passages=["p2", "p1"])
    >>> number.value, number.of, number.passages
    (2, ('denpasar', 'ntb'), ('p1', 'p2'))
    """
    members, behind = (tuple(sorted(dict.fromkeys(ids))) for ids in (of, passages))  # mostly they come in order
    return Number(id, len(members), unit, members, behind)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All numbers of a review and all passages that they rest on, by id."""

    numbers: Mapping[str, Number] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return what `evidence.json` holds, sorted by id."""

        def bare(value: Number | Passage) -> dict[str, object]:
            return {
                key: list(part) if isinstance(part, tuple) else part
                for key, part in asdict(value).items()
                if key != "id" and (key, part) != ("stance", "supports")  # what nearly all passages do goes unsaid
            }

        return {
            "format": 1,
            "numbers": {key: bare(self.numbers[key]) for key in sorted(self.numbers)},
            "passages": {key: bare(self.passages[key]) for key in sorted(self.passages)},
        }
