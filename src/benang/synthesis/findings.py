"""What a review found: the numbers, tables, matrices and checks that figures and the report draw on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, PrintedRow
from benang.evidence import Evidence, Number
from benang.project.documents import Document
from benang.records.corpus import Corpus

State = Literal["evidence", "counter-evidence", "not-reported", "not-looked"]
Verdict = Literal["holds", "contradicted", "cannot be told"]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code with the cases and the studies that carry it; `group_cases` of the cases were told as a group."""

    code: Code
    cases: Number
    studies: Number
    group_cases: int = 0


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


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case with the numbers that open it; years are None where not reported."""

    case: Case
    since: int | None
    until: int | None
    codes: Mapping[str, tuple[str, ...]]
    """Codes found, by group."""
    numbers: Mapping[str, Number]
    """By group: how many codes of the group the case carries."""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix: its state and the passages behind it."""

    state: State
    passages: tuple[str, ...] = ()
    is_group: bool = False


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
    """A claim held against the data. `evidence` lists ids of numbers, passages, cases or records."""

    claim: str
    stated: str
    found: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    needs_reader: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A coding whose quote stands no longer in its document (or stands there more than once)."""

    judgement: str
    file: str
    line: int
    document: str
    quote: str
    reason: str


@dataclass(frozen=True)
class Findings:
    """Everything that was counted in a review."""

    corpus: Corpus
    codebook: Codebook
    cases: Cases
    documents: Mapping[str, Document]
    evidence: Evidence
    code_tables: Mapping[str, CodeTable]
    printed_tables: Mapping[str, tuple[PrintedRowCount, ...]]
    case_rows: tuple[CaseRow, ...]
    matrices: Mapping[str, Matrix]
    """By group of codes (`factors`), and `frameworks`."""
    framework_tables: tuple[FrameworkTable, ...] = ()
    years: Mapping[int | None, Number] = field(default_factory=dict)
    """Studies by year of publication; None for those without."""
    checks: tuple[Check, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    moved: tuple[str, ...] = ()
    """Ids of codings that were found again at another place."""
