"""Claims that a text makes of its own data (`claims.toml`), each with a named check, and the facts that checks get.

Facts are findings, maps and words, properties of what a number counts, and what came too early.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from benang.errors import BenangError, Problem, at_line, closest, nearest
from benang.evidence import Number
from benang.files import read_text
from benang.locale import Language
from benang.locale.writing import worded
from benang.project.toml_edits import line_of
from benang.project.toml_files import Checked, Id, Label, Text, read_toml
from benang.records.spelling import folded, label_key

if TYPE_CHECKING:  # claims are read with every review, and findings are heavy
    from benang.coding.cases import CaseValue
    from benang.coding.codebook import Codebook
    from benang.network.network import Network
    from benang.records.record import Record
    from benang.synthesis.findings import CaseRow, Findings, Verdict
    from benang.synthesis.wording import Wording


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


Value = int | str

RECORD_FIELDS = (
    "year",
    "authors",
    "title",
    "type",
    "source",
    "publisher",
    "volume",
    "issue",
    "first_page",
    "last_page",
    "doi",
    "language",
    "author_keywords",
    "index_keywords",
    "database",
)
"""The fields of a record that a claim may name."""

CASE_FIELDS = ("label", "studies")
"""What every case has; variables and groups of the codebook can be asked for as well."""


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What a check needs to know about a map: its items, and the strength of the link of two.

    Items are numbered from 0 in the order of `labels`. `strengths` has each pair of linked items once, the lower
    number first. `records` has, for each item, the records or the cases that it occurs in; it is empty where that is
    not known. `origins` say where the items came from if from no database (`assigned`).

    An item is asked for by its label, in whatever case. Accents tell items apart (*Café* and *Cafe* may be two items
    of one map); only where no item has the label as it is written, they make no difference.

    Examples
    --------
    >>> facts = MapFacts(("Café", "Cafe", "stalls", "São Tomé"), {(1, 2): 3.0})
    >>> facts.strength("cafe", "Stalls"), facts.strength("café", "Stalls"), facts.has("Sao Tome")
    (3.0, 0.0, True)
    """

    labels: tuple[str, ...]
    strengths: Mapping[tuple[int, int], float]
    records: tuple[tuple[str, ...], ...] = ()
    origins: tuple[str, ...] = ()

    @classmethod
    def of(cls, network: Network, origins: Iterable[str] = ()) -> MapFacts:
        """Take from a network what checks ask of it."""
        from benang.network.network import pairs

        strengths = {(min(one, other), max(one, other)): strength for one, other, strength in pairs(network.links)}
        records = tuple(network.records_of(key) for key in network.ids)
        return cls(network.labels, strengths, records, tuple(sorted(set(origins))))

    def has(self, label: str) -> bool:
        """Return whether the map has an item with this label."""
        return bool(self._items(label))

    def strength(self, one: str, other: str) -> float:
        """Return the strength of the link between two items, summed where items share a label; 0 for none."""
        ends = ((min(i, j), max(i, j)) for i in self._items(one) for j in self._items(other))
        return math.fsum(self.strengths.get(pair, 0.0) for pair in set(ends))

    def records_of(self, label: str) -> tuple[str, ...]:
        """Return the records, or the cases, in which an item occurs."""
        behind = (self.records[item] for item in self._items(label)) if self.records else ()
        return tuple(dict.fromkeys(record for records in behind for record in records))

    def _items(self, label: str) -> tuple[int, ...]:
        for key in (label_key, folded):
            if items := tuple(n for n, one in enumerate(self.labels) if key(one) == key(label)):
                return items
        return ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, and what follows for the claim."""

    found: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    needs_reader: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What all checks are given: the findings, the maps (None where none were made), and the words."""

    findings: Findings
    wording: Wording
    maps: Mapping[str, MapFacts] | None = None

    def number(self, name: str) -> Number:
        """Return a number; an error with the nearest ids for one that there is not."""
        numbers = self.findings.evidence.numbers
        if name not in numbers:
            raise BenangError(
                Problem(worded("there is no number '{name}'", name=name), way_on=nearest_number(name, numbers))
            )
        return numbers[name]

    def record(self, key: str) -> Record:
        """Return a record; an error with the nearest key for one that there is not."""
        if not self.findings.corpus.has(key):
            raise BenangError(
                Problem(worded("there is no record '{key}'", key=key), way_on=nearest(key, self.findings.corpus.keys))
            )
        return self.findings.corpus.record(key)

    def named(self, ids: Iterable[str], unit: str) -> str:
        """Name the records, studies or cases of a list."""
        name = self.wording.labels.case if unit == "cases" else self.wording.labels.study
        return self.wording.listed(name(one) for one in ids)


def nearest_number(name: str, numbers: Iterable[str]) -> str:
    """Say which number was meant, or what ids look like."""
    known = list(numbers)
    return nearest(name, known) if closest(name, known) else worded("evidence.json lists the ids, such as cases/all.")


@dataclass(frozen=True, slots=True)
class EarlyStudy:
    """A study published in a year before that of an event it reports, with the passages that report it."""

    study: str
    published: int
    case: str
    variable: str
    year: int
    passages: tuple[str, ...]

    def sentence(self, wording: Wording) -> str:
        """Say so in a sentence, leaving open which of the dates is wrong."""
        _ = wording.gettext
        return _(
            "%(study)s reports “%(variable)s: %(year)s” for %(case)s, which is later than the study's own date."
        ) % {
            "study": wording.labels.study(self.study),
            "year": self.year,
            "variable": wording.labels.code(self.variable),
            "case": wording.labels.case(self.case),
        }


def events_before(findings: Findings, variables: Collection[str]) -> Iterator[EarlyStudy]:
    """Find the studies whose record is of an earlier year than a value with a passage in their own document.

    Whether a study without a year is early is not known. In the order of the cases, then of the variables.
    """
    for row in findings.case_rows:
        for variable in variables:
            year = row.values.get(variable)
            of_case = findings.coded.of_case(row.case.id, variable)
            for study in dict.fromkeys(findings.documents[one.document].record for one in of_case):
                published = findings.corpus.record(study).year
                if isinstance(year, int) and published is not None and published < year:
                    own = tuple(one.id for one in of_case if findings.documents[one.document].record == study)
                    yield EarlyStudy(study, published, row.case.id, variable, year, own)


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a property, each with the id of what has it, and the ids of what has none."""

    known: tuple[tuple[str, Value], ...]
    missing: tuple[str, ...]

    def holders(self, value: Value) -> tuple[str, ...]:
        """Return the ids of what has a value."""
        return tuple(one for one, known_value in self.known if known_value == value)


def values_of(findings: Findings, number: Number, name: str) -> Values:
    """Return the values that a property has in what a number counts.

    Raises
    ------
    BenangError
        For a property that records or cases do not have, with the nearest one.
    """
    read = _reader(findings, number.unit, name)
    by_id = {one: read(one) for one in number.of}
    return Values(
        known=tuple((one, value) for one, values in by_id.items() for value in values),
        missing=tuple(one for one, values in by_id.items() if not values),
    )


def value_text(findings: Findings, name: str, value: Value, language: Language) -> str:
    """Return the value of a property in a language; unchanged if it has no label.

    A text or a level is named in claims by its English words or its id, and shown in the language.
    """
    codebook, variable = findings.codebook, findings.codebook.variable(name)
    texts = (_case_value(row, name) for row in findings.case_rows)
    known = {text.en: text for text in texts if isinstance(text, Label)}
    known |= {level.id: level.label for level in variable.levels} if variable else {}
    known |= {code.id: code.label for code in codebook.codable(name)} if codebook.group(name) else {}
    label = known.get(str(value))
    return label.text(language) if label else str(value)


def record_values(record: Record, name: str) -> tuple[Value, ...]:
    """Return the values of a record's field: none if it is empty, several if it is a list.

    Raises
    ------
    BenangError
        For a field that records do not have.
    """
    if name not in RECORD_FIELDS:
        raise _unknown(name, RECORD_FIELDS, worded("records have no field '{name}'", name=name))
    value = getattr(record, name)
    return value if isinstance(value, tuple) else () if value in (None, "") else (value,)


def _reader(findings: Findings, unit: str, name: str) -> Callable[[str], tuple[Value, ...]]:
    if unit in {"records", "studies"}:
        return lambda key: record_values(findings.corpus.record(key), name)
    if unit != "cases":
        raise BenangError(
            Problem(
                worded("a number of {unit}", unit=worded(unit)),
                expected=worded("a number of records, studies or cases"),
                way_on=worded("Only these have properties."),
            )
        )
    known = _case_properties(findings.codebook)
    if name not in known:
        raise _unknown(name, known, worded("cases have no property '{name}'", name=name))
    rows: Mapping[str, CaseRow] = {row.case.id: row for row in findings.case_rows}
    return lambda key: _case_values(rows[key], name)


def _case_properties(codebook: Codebook) -> list[str]:
    variables, groups = [one.id for one in codebook.variables], [one.id for one in codebook.groups]
    return [*CASE_FIELDS, *variables, *groups]


def _case_values(row: CaseRow, name: str) -> tuple[Value, ...]:
    if name in row.codes:
        return row.codes[name]
    if name == "studies":
        return row.case.studies
    value = _case_value(row, name)
    value = value.en if isinstance(value, Label) else value
    return () if value in (None, "") else (value,)


def _case_value(row: CaseRow, name: str) -> CaseValue | None:
    return row.case.label if name == "label" else row.values.get(name)


def _unknown(name: str, known: tuple[str, ...] | list[str], message: str) -> BenangError:
    return BenangError(Problem(message, way_on=nearest(name, known)))
