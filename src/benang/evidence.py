"""What results rest on: the passages behind a number, and the steps behind all of it.

Numbers open: a count names what it counts and its passages, a measure the rule that makes it and what it is made of.
Steps say what was done; every result carries them, and the report's methods print them.
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


RuleName = Literal[
    "given", "number", "sum", "mean", "median", "min", "max", "distinct", "fractions", "share", "ratio", "difference",
    "geometric-mean", "per-year", "h-index", "g-index", "last-full-year", "compound-growth", "fitted-growth",
    "doubling-time", "trend", "lotka-exponent", "lotka-error", "lotka-distance", "lotka-critical", "lotka-share",
    "cohens-kappa", "percent-agreement", "congers-kappa", "gwets-ac1", "krippendorffs-alpha", "unitizing-alpha",
]  # fmt: skip
"""The rules that make measures; docs/evidence.md says what each one does, and docs/recompute.py does it."""
Kind = Literal["count", "measure"]
Field = Literal[
    "year", "citations", "types", "languages", "sources", "authors", "organizations", "countries", "author-keywords",
    "index-keywords", "cited-works",
]  # fmt: skip
"""What measures read in records: a number, or a list of ids."""
Facts = Mapping[Field, int | tuple[str, ...]]
"""The fields of a record that it has, as measures read them."""


@dataclass(frozen=True, slots=True)
class Having:
    """All records that have a field."""

    field: Field


@dataclass(frozen=True, slots=True)
class Rule:
    """How a measure is made: a rule, and what it is made of.

    A value is a number, the id of another number of the review, or a rule of its own. Records are keys, the id of a
    number that counts them, or those that have a field. Where no records are named, they are those of the measure's
    own `of`.

    Examples
    --------
    >>> share = made_by("share", records="corpus/countries/Japan/multiple", whole=Having("countries"))
    >>> share.as_json()
    {'rule': 'share', 'made_of': {'records': 'corpus/countries/Japan/multiple', 'whole': {'having': 'countries'}}}
    """

    name: RuleName
    made_of: tuple[tuple[str, Operand], ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the rule as it stands in `evidence.json`."""
        return {"rule": self.name, "made_of": {key: _operand(part) for key, part in self.made_of}}


Operand = str | int | tuple[str, ...] | tuple[int, ...] | Having | Rule


def made_by(name: RuleName, **made_of: Operand) -> Rule:
    """Make a rule of what it is made of, by name."""
    return Rule(name, tuple(made_of.items()))


def _operand(part: Operand) -> object:
    match part:
        case Rule():
            return part.as_json()
        case Having():
            return {"having": part.field}
        case tuple():
            return list(part)
    return part


_TINY = 0.001
"""A share below this is written with three decimals of a per cent."""


@dataclass(frozen=True, slots=True)
class Number:
    """A value with what it counts (`of`, ids) and the ids of the passages behind it.

    Every counting function returns numbers; tables, figures and reports print them, never bare counts. A number with a
    `rule` is a measure: its value is made by the rule, and `of` are the records that it opens.
    """

    id: str
    value: int | float
    unit: str
    of: tuple[str, ...]
    passages: tuple[str, ...] = ()
    rule: Rule | None = None

    @property
    def kind(self) -> Kind:
        """Whether the value is the number of ids in `of`, or made by a rule."""
        return "measure" if self.rule else "count"

    @property
    def decimals(self) -> int:
        """How many decimals are shown; of a share, those of its percentage.

        Examples
        --------
        >>> units = [("year", 2018.5), ("share", 0.125), ("share", 0.0004), ("records", 1234), ("records", 7.269048)]
        >>> [Number("n", value, unit, ()).decimals for unit, value in units]
        [1, 1, 3, 0, 2]
        """
        match self.unit:
            case "year":
                return 0 if self.value == int(self.value) else 1
            case "share":
                return 1 if self.value >= _TINY or not self.value else 3
            case "distance":
                return 3
        return 0 if isinstance(self.value, int) else 2

    def as_json(self) -> dict[str, object]:
        """Return the number as it stands in `evidence.json`, without its id."""
        return {
            "kind": self.kind,
            "value": self.value,
            "unit": self.unit,
            "decimals": self.decimals,
            **(self.rule.as_json() if self.rule else {}),
            "of": list(self.of),
            "passages": list(self.passages),
        }


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
    """All numbers of a review and all passages that they rest on, by id; `facts` are what measures read in records."""

    numbers: Mapping[str, Number] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)
    facts: Mapping[str, Facts] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return what `evidence.json` holds, sorted by id."""
        return {
            "format": 2,
            "numbers": {key: self.numbers[key].as_json() for key in sorted(self.numbers)},
            "passages": {key: _passage(self.passages[key]) for key in sorted(self.passages)},
            "records": {key: dict(self.facts[key]) for key in sorted(self.facts)},
        }


def _passage(passage: Passage) -> dict[str, object]:
    """Return a passage without its id, and without a stance that nearly all passages have."""
    return {key: part for key, part in asdict(passage).items() if key != "id" and (key, part) != ("stance", "supports")}
