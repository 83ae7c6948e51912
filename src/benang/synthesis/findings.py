"""What a review found: the numbers, tables, matrices and checks that figures and the report draw on; frameworks read.

A case is read in a framework item by item: evidence, counter-evidence, not reported, or not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from benang.agreement.comparison import Agreement
from benang.coding.cases import OUTCOME, Case, Cases, CaseValue, text_of
from benang.coding.codebook import Code, Codebook, Direction, Framework, PrintedRow, Variable, framework_of, item_key
from benang.coding.coded import Coded, are_told_as_group
from benang.coding.placed import Unplaced as Unplaced
from benang.coding.placed import present_code
from benang.evidence import Evidence, Number, Stance, count
from benang.project.folder import Document
from benang.records.corpus import Corpus
from benang.synthesis.appraisals import Appraisal
from benang.synthesis.number_ids import of_filter, of_framework

State = Literal["evidence", "counter-evidence", "not-reported", "not-looked"]
STATES: tuple[State, ...] = get_args(State)
Verdict = Literal["holds", "contradicted", "cannot be told"]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with its cases and studies; `group_cases` of the cases were reported as a group.

    `others` are the cases with passages that contradict the code, or only mention it, where the group has any.
    """

    code: Code
    cases: Number
    studies: Number
    group_cases: int = 0
    others: Mapping[Stance, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The codes of one group, most cases first (ties: more studies, then the codebook's order)."""

    group: str
    rows: tuple[CodeRow, ...]


@dataclass(frozen=True, slots=True)
class PrintedRowCount:
    """A row of a printed table with the codes counted into it."""

    row: PrintedRow
    codes: tuple[str, ...]
    cases: Number
    studies: Number
    group_cases: int = 0
    others: Mapping[Stance, Number] = field(default_factory=dict)
    """As those of a code."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with the numbers that open it."""

    case: Case
    codes: Mapping[str, tuple[str, ...]]
    """Codes found, by group."""
    numbers: Mapping[str, Number]
    """By group: the number of its codes that the case has."""
    is_group: bool = False
    values: Mapping[str, CaseValue] = field(default_factory=dict)
    """Values of all variables that are known of the case, by variable."""
    others: Mapping[Stance, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Codes that passages contradict, and those that they only mention, by group, where the review has any."""
    states: Mapping[str, State] = field(default_factory=dict)
    """What it means by group that a code is not there: it was looked for and is not reported, or nobody has looked."""
    looked_for: frozenset[str] = frozenset()
    """The variables that somebody has given a value of, though it be that the studies do not report it."""

    @property
    def since(self) -> int | None:
        """The year in which the case began; None if not reported."""
        return self._year("since")

    @property
    def until(self) -> int | None:
        """The year in which the case ended; None if not reported."""
        return self._year("until")

    def _year(self, variable: str) -> int | None:
        year = self.values.get(variable)
        return year if isinstance(year, int) else None

    @property
    def outcome(self) -> str | None:
        """The level of the variable `outcome`, from `cases.toml` or as coded; None if not reported."""
        return text_of(self.values[OUTCOME]) if OUTCOME in self.values else None

    def has_looked(self, variable: str) -> bool:
        """Tell whether a variable has a value, or somebody said that the studies do not report it."""
        return variable in self.values or variable in self.looked_for


def variables_of(rows: Sequence[CaseRow], codebook: Codebook) -> list[Variable]:
    """Return the variables of these cases; items of an appraisal filled in for studies are not among them."""
    return [
        one
        for one in codebook.variables
        if one.id not in codebook.appraised or any(row.has_looked(one.id) for row in rows)
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix: its state and the passages behind it.

    `is_group` where they report the case only together with others. Where some passages speak for the column and
    others against it, all of them are kept, and `contrary` lists those that say the opposite of the state. One passage
    that supports a code makes its cell `evidence`, since that passage counts; one that opposes an item of a framework
    makes it `counter-evidence`. `mentions` lists passages that only mention the code; they don't change the state.
    """

    state: State
    passages: tuple[str, ...] = ()
    is_group: bool = False
    contrary: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cases × columns. Columns are codes, or FRAMEWORK/ITEM; every pair has a cell."""

    cases: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class FrameworkTable:
    """A framework read across the cases: for each item, the number of cases in each state."""

    framework: Framework
    counts: Mapping[str, Mapping[State, Number]]


@dataclass(frozen=True, slots=True)
class Check:
    """A claim compared with the data. `evidence` lists ids of numbers and passages, `cases/ID`, or keys of records.

    Those that every review gets have in `general` their name and what they are of. `needs_reader` where no check can
    settle it. `where` and `note` are the claim's own.
    """

    claim: str
    stated: str
    found: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    needs_reader: bool = False
    where: str = ""
    note: str = ""
    general: tuple[str, str] | None = None


@dataclass(frozen=True)
class Findings:
    """Everything that was counted in a review, with what it was counted from: its records and what was coded."""

    corpus: Corpus
    coded: Coded
    evidence: Evidence
    code_tables: Mapping[str, CodeTable]
    printed_tables: Mapping[str, tuple[PrintedRowCount, ...]]
    case_rows: tuple[CaseRow, ...]
    matrices: Mapping[str, Matrix]
    """By group of codes (`factors`), and `frameworks`."""
    framework_tables: tuple[FrameworkTable, ...] = ()
    years: Mapping[int | None, Number] = field(default_factory=dict)
    """Records by year of publication, earliest first; None for those without (`indicators.yearly_output`)."""
    study_years: Mapping[int | None, Number] = field(default_factory=dict)
    """The same of studies that report a case."""
    checks: tuple[Check, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    parts: Mapping[str, Findings] = field(default_factory=dict)
    """The same for some of the cases, by filter (`asked.with_parts`)."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What numbers are of, by id, where their ids alone don't tell it: those of the corpus in figures."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Names of what numbers count beside the corpus, by id: records that the screening excluded, studies."""
    agreements: tuple[Agreement, ...] = ()
    """How far coders agree, where several share units (`agreements.with_agreements`)."""
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is to be known of things that a number counts, by its id and theirs: who said what of a unit."""

    def appraisal(self, form: str) -> Appraisal:
        """Return the appraisal of a form."""
        return next(one for one in self.appraisals if one.form.id == form)

    def within(self, where: Mapping[str, Sequence[str]]) -> Findings:
        """Return what was counted for the cases that a filter of the plan chooses; all of it where there is none."""
        return self.parts[of_filter(where)] if where else self

    @property
    def codebook(self) -> Codebook:
        """The vocabulary of the review."""
        return self.coded.codebook

    @property
    def cases(self) -> Cases:
        """The cases of the review."""
        return self.coded.cases

    @property
    def known_cases(self) -> Cases:
        """The cases with all values that are known of them: those of `cases.toml`, and those that people coded."""
        return Cases(cases=tuple(row.case.model_copy(update=dict(row.values)) for row in self.case_rows))

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents of the review, by their paths."""
        return self.coded.documents

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """The codings whose quotations are no longer in their documents."""
        return self.coded.placed.unplaced

    @property
    def moved(self) -> tuple[str, ...]:
        """Ids of codings that were found again at another place."""
        return self.coded.placed.moved


@dataclass(frozen=True, slots=True)
class ItemReading:
    """What the passages of one case say of one item of a framework: ids of those for it, against it, and of neither."""

    evidence: tuple[str, ...] = ()
    counter_evidence: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


def codes_read(codebook: Codebook, item: str) -> Mapping[Direction, tuple[str, ...]]:
    """List the codes that read in an item (FRAMEWORK/ITEM), by stance, in the order of the codebook's readings."""
    stances: tuple[Direction, ...] = ("evidence", "counter-evidence")
    return {
        stance: tuple(
            dict.fromkeys(
                present_code(one.code, codebook)
                for one in codebook.readings
                if one.stance == stance and item in one.items
            )
        )
        for stance in stances
    }


def read_item(coded: Coded, case: str, item: str) -> ItemReading:
    """Read one item of a framework in one case, on the passages that were coded there.

    A framework has no passages of its own: the codebook's readings say for which items a code counts. A passage that
    contradicts its code reads the other way round: what denies a code that is evidence speaks against the item, and
    what denies one that is counter-evidence speaks for it. A passage that only mentions its code speaks for neither.
    """
    codes = codes_read(coded.codebook, item)
    supporting, contradicting, mentioning = (
        {way: tuple(one.id for one in coded.of_case(case, *codes[way], stance=stance)) for way in codes}
        for stance in get_args(Stance)
    )
    return ItemReading(
        evidence=(*supporting["evidence"], *contradicting["counter-evidence"]),
        counter_evidence=(*supporting["counter-evidence"], *contradicting["evidence"]),
        mentions=(*mentioning["evidence"], *mentioning["counter-evidence"]),
    )


def groups_feeding(codebook: Codebook, item: str) -> tuple[str, ...]:
    """List the groups of codes in which one must have looked before an item counts as not reported.

    They are the groups of the codes that read in the item. Where no code reads in it, they are the groups that read
    in the rest of its framework, and where none does, all groups: what no code reaches was looked for with the rest.
    """
    framework = framework_of(item)
    own = _groups(codebook, {item})
    return (
        own
        or _groups(codebook, {one for one in codebook.framework_items if framework_of(one) == framework})
        or tuple(group.id for group in codebook.groups)
    )


def has_looked(coded: Coded, case: str, item: str) -> bool:
    """Tell whether somebody has looked at a case for an item.

    A task for the framework itself decides, where there is one; else all groups that feed the item must be done.
    """
    own = coded.has_looked(case, framework_of(item))
    if own is not None:
        return own
    groups = groups_feeding(coded.codebook, item)
    return bool(groups) and all(coded.has_looked(case, group) is True for group in groups)


def _groups(codebook: Codebook, items: set[str]) -> tuple[str, ...]:
    codes = {present_code(one.code, codebook) for one in codebook.readings if items.intersection(one.items)}
    groups = {code.group for code in codebook.codes if code.id in codes}
    return tuple(group.id for group in codebook.groups if group.id in groups)


def framework_matrix(coded: Coded) -> Matrix:
    """Make the matrix of all cases and all items (FRAMEWORK/ITEM) of all frameworks; every pair has a cell.

    A framework adds no evidence of its own: the codebook's readings say for which items a coded passage counts.

    - `evidence`: passages speak for the item, and none against it;
    - `counter-evidence`: passages speak against it, whether or not others speak for it. A condition that is reported
      as unmet is not made good by a passage that shows it elsewhere; both stay in the cell, and `contrary` names the
      ones for it;
    - `not-reported`: a coder has looked at the case for the groups of codes that feed the item, and found nothing;
    - `not-looked`: nobody has, so that nothing is known.
    """
    cases = tuple(case.id for case in coded.cases.cases)
    items = coded.codebook.framework_items
    return Matrix(cases, items, {(case, item): _cell(coded, case, item) for case in cases for item in items})


def _cell(coded: Coded, case: str, item: str) -> Cell:
    reading = read_item(coded, case, item)
    ids = tuple(dict.fromkeys((*reading.counter_evidence, *reading.evidence)))
    if not ids:
        return Cell("not-reported" if has_looked(coded, case, item) else "not-looked", mentions=reading.mentions)
    is_group = are_told_as_group(coded.passages[one] for one in ids)
    if reading.counter_evidence:
        return Cell("counter-evidence", ids, is_group, reading.evidence, reading.mentions)
    return Cell("evidence", ids, is_group, mentions=reading.mentions)


def framework_numbers(coded: Coded, matrix: Matrix) -> Iterator[Number]:
    """Count the cases in each state of each item, and those with passages for any item, against any, and for none.

    The states of an item share out the cases: each case is in one. In `any-evidence` a case counts also where the
    passages for an item stand in a cell that others made `counter-evidence`.
    """
    for framework in coded.codebook.frameworks:
        items = [item_key(framework.id, item.id) for item in framework.items]
        for item in items:
            for state in STATES:
                cells = {
                    case: matrix.cells[case, item] for case in matrix.cases if matrix.cells[case, item].state == state
                }
                yield count(
                    of_framework(item, state),
                    cells,
                    unit="cases",
                    passages=(one for cell in cells.values() for one in cell.passages),
                )
        speaking = [(case, read_item(coded, case, item)) for case in matrix.cases for item in items]
        for name, pairs in (
            ("any-evidence", {(case, one) for case, reading in speaking for one in reading.evidence}),
            ("any-counter-evidence", {(case, one) for case, reading in speaking for one in reading.counter_evidence}),
        ):
            yield count(
                of_framework(framework.id, name),
                (case for case, _ in pairs),
                unit="cases",
                passages=(one for _, one in pairs),
            )
        supported = {case for case, reading in speaking if reading.evidence}
        none = (case for case in matrix.cases if case not in supported)
        yield count(of_framework(framework.id, "without-evidence"), none, unit="cases")


def framework_table(framework: Framework, numbers: Mapping[str, Number]) -> FrameworkTable:
    """Make the table of a framework: for each item, the number of cases in each state."""
    return FrameworkTable(
        framework,
        {
            item.id: {state: numbers[of_framework(framework.id, item.id, state)] for state in STATES}
            for item in framework.items
        },
    )
