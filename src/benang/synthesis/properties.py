"""Properties of what a number counts: of records, their fields; of cases, what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benang.coding.cases import CaseValue
from benang.coding.codebook import Codebook
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Number
from benang.locale import Language
from benang.project.toml_files import Label
from benang.records.record import Record
from benang.synthesis.findings import CaseRow, Findings

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
"""The fields of a record that a claim may speak of."""

CASE_FIELDS = ("label", "studies")
"""What every case has; variables and groups of the codebook can be asked for as well."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a property, each with the id of what has it, and the ids of what has none."""

    known: tuple[tuple[str, Value], ...]
    missing: tuple[str, ...]

    def holders(self, value: Value) -> tuple[str, ...]:
        """Return the ids of what has a value."""
        return tuple(one for one, found in self.known if found == value)


def values_of(findings: Findings, number: Number, name: str) -> Values:
    """Return the values that a property has in what a number counts.

    Raises
    ------
    BenangError
        For a property that records or cases do not have, with the nearest one.
    """
    read = _reader(findings, number.unit, name)
    held = {one: read(one) for one in number.of}
    return Values(
        known=tuple((one, value) for one, values in held.items() for value in values),
        missing=tuple(one for one, values in held.items() if not values),
    )


def worded(findings: Findings, name: str, value: Value, language: Language) -> str:
    """Return how a value of a property reads in a language; as it is where it has no words of its own.

    A text or a level is told in claims by its English words or its id, and shown in the language.
    """
    codebook, variable = findings.codebook, findings.codebook.variable(name)
    texts = (_case_value(row, name) for row in findings.case_rows)
    known = {text.en: text for text in texts if isinstance(text, Label)}
    known |= {level.id: level.label for level in variable.levels} if variable else {}
    known |= {code.id: code.label for code in codebook.codable(name)} if codebook.group(name) else {}
    label = known.get(str(value))
    return label.text(language) if label else str(value)


def record_values(record: Record, name: str) -> tuple[Value, ...]:
    """Return the values of a record's field: none where it is empty, several where it is a list.

    Raises
    ------
    BenangError
        For a field that records do not have.
    """
    if name not in RECORD_FIELDS:
        raise _unknown(name, RECORD_FIELDS, "records have no field")
    value = getattr(record, name)
    return value if isinstance(value, tuple) else () if value in (None, "") else (value,)


def _reader(findings: Findings, unit: str, name: str) -> Callable[[str], tuple[Value, ...]]:
    if unit in {"records", "studies"}:
        return lambda key: record_values(findings.corpus.record(key), name)
    if unit != "cases":
        raise BenangError(
            Problem(
                f"a number of {unit}",
                expected="a number of records, studies or cases",
                way_on="Of nothing else a property can be told.",
            )
        )
    known = _case_properties(findings.codebook)
    if name not in known:
        raise _unknown(name, known, "cases have no property")
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


def _unknown(name: str, known: tuple[str, ...] | list[str], said: str) -> BenangError:
    return BenangError(Problem(f"{said} '{name}'", way_on=nearest(name, known)))
