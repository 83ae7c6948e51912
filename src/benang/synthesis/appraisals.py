"""Appraisals counted: the rating of each study in each item, and how many studies have which rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from benang.coding.cases import CaseValue, are_studies, subjects
from benang.coding.codebook import Form, Light, Variable
from benang.coding.coded import Coded
from benang.evidence import Number, count
from benang.judgements.events import NOT_REPORTED
from benang.synthesis.number_ids import of_appraised, of_mark

Mark = Literal[Light, "not-reported", "not-looked"]
"""The content of a cell: the light of a level, that the study does not report it, or that nobody has appraised it."""
MARKS: tuple[Mark, ...] = (*get_args(Light), "not-reported", "not-looked")


@dataclass(frozen=True, slots=True)
class AppraisedCell:
    """The rating of a study in an item: its level, its mark, and the number that opens its passages."""

    level: str
    mark: Mark
    number: Number


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A form filled in: `cells` by subject and item, and `bars`, the subjects by item and mark.

    Subjects are cases where cases are studies, else studies; `unit` says which. `items` are those with levels.
    """

    form: Form
    subjects: tuple[str, ...]
    unit: Literal["cases", "studies"]
    items: tuple[Variable, ...]
    cells: Mapping[tuple[str, str], AppraisedCell]
    bars: Mapping[tuple[str, Mark], Number]

    def numbers(self) -> Iterator[Number]:
        """Give the numbers of all cells, and of the bars of marks that some cell has."""
        for cell in self.cells.values():
            yield cell.number
        marks = self.marks()
        yield from (number for (_, mark), number in self.bars.items() if mark in marks)

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks that some cell has, in their order."""
        present = {cell.mark for cell in self.cells.values()}
        return tuple(mark for mark in MARKS if mark in present)

    def n_appraised(self) -> int:
        """Return how many subjects have a value in some item."""
        return len({subject for (subject, _), cell in self.cells.items() if cell.mark != "not-looked"})


def appraisals(coded: Coded) -> tuple[Appraisal, ...]:
    """Count every appraisal of the codebook, in its order."""
    return tuple(_appraisal(form, coded) for form in coded.codebook.forms if form.kind == "appraisal")


def _appraisal(form: Form, coded: Coded) -> Appraisal:
    rows = tuple(one.id for one in subjects(form, coded.cases))
    unit: Literal["cases", "studies"] = "cases" if are_studies(coded.cases) else "studies"
    variables = (coded.codebook.variable(name) for name in form.variables)
    items = tuple(one for one in variables if one and one.levels)
    cells = {(row, item.id): _cell(form, row, item, unit, coded) for row in rows for item in items}
    bars = {(item.id, mark): _bar(form, item.id, mark, unit, cells) for item in items for mark in MARKS}
    return Appraisal(form, rows, unit, items, cells, bars)


def _bar(form: Form, item: str, mark: Mark, unit: str, cells: Mapping[tuple[str, str], AppraisedCell]) -> Number:
    numbers = {row: cell.number for (row, name), cell in cells.items() if name == item and cell.mark == mark}
    passages = (passage for number in numbers.values() for passage in number.passages)
    return count(of_mark(form.id, item, mark), numbers, unit=unit, passages=passages)


def _cell(form: Form, row: str, item: Variable, unit: str, coded: Coded) -> AppraisedCell:
    value = given_to(row, item.id, coded)
    lights: dict[CaseValue, Light] = {level.id: level.light for level in item.levels if level.light}
    mark: Mark = "not-looked" if value is None else "not-reported" if value == NOT_REPORTED else lights[value]
    passages = [
        passage.id
        for one in coded.placed.values
        if (one.case, one.variable, one.value) == (row, item.id, value)
        for passage in coded.behind(one)
    ]
    number = count(of_appraised(form.id, row, item.id), [] if value is None else [row], unit=unit, passages=passages)
    return AppraisedCell("" if value is None else str(value), mark, number)


def given_to(row: str, variable: str, coded: Coded) -> CaseValue | None:
    """Return the value of a variable of a case or study, `not_reported` among them; None where nobody has given one."""
    case = coded.cases.by_id.get(row)
    if case and variable in case.values:
        return case.values[variable]
    value = coded.values.get((row, variable))
    return value.value if value else None


def weights_of(appraisal: Appraisal, variable: str, coded: Coded) -> dict[str, float]:
    """Return how much each subject weighs by a variable of numbers; those that lack it are left out.

    The number of a study belongs to the study, or to the one case whose only study it is.
    """
    weights = {}
    for row in appraisal.subjects:
        reported = [case.id for case in coded.cases.cases if case.studies == (row,)]
        values = [given_to(one, variable, coded) for one in (row, *(reported if len(reported) == 1 else ()))]
        weight = next((one for one in values if isinstance(one, int) and one > 0), None)
        if weight is not None:
            weights[row] = float(weight)
    return weights
