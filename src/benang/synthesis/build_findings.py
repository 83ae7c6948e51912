"""Everything that a review found, counted from its coded passages: its numbers, its tables, its matrices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded, are_told_as_group, check_studies
from benang.coding.placed import Placed
from benang.evidence import Evidence, Number
from benang.indicators.years import yearly_output
from benang.locale import Language
from benang.project.documents import Document
from benang.records.corpus import Corpus
from benang.synthesis.checks import check_all
from benang.synthesis.claims import Claims
from benang.synthesis.facts import MapFacts
from benang.synthesis.findings import CaseRow, Cell, CodeRow, CodeTable, Findings, Matrix, PrintedRowCount
from benang.synthesis.frameworks import framework_matrix, framework_numbers, framework_table
from benang.synthesis.number_ids import codes_of_case, of_code, of_row, of_year
from benang.synthesis.numbers import case_numbers, codebook_numbers, record_numbers, variable_numbers

Numbers = Mapping[str, Number]


def findings_of(
    *,
    corpus: Corpus,
    codebook: Codebook,
    cases: Cases,
    documents: Mapping[str, Document],
    placed: Placed,
    claims: Claims | None = None,
    maps: Mapping[str, MapFacts] | None = None,
    language: Language = "en",
) -> Findings:
    """Count what a review found, and hold its claims against it.

    Parameters
    ----------
    corpus, codebook, cases, documents
        The review, each checked (`read_codebook`, `check_cases`).
    placed
        The judgements with their quotations at their places (`place`).
    claims
        What is held against the data; none where left out.
    maps
        The maps that claims speak of, by name. None where no maps were made: such claims then say so.
    language
        Of what the checks say.

    Returns
    -------
    Findings
        Tables, matrices and checks; every number in them is in `evidence` under its id (`synthesis.number_ids`).

    Raises
    ------
    BenangError
        Where a passage stands in a document that belongs to no record, or a claim speaks of a number, case, record
        or map that there is not.
    """
    coded = Coded(codebook, cases, documents, placed)
    check_studies(coded, corpus.keys)
    years = yearly_output(corpus)
    matrices = {group.id: code_matrix(coded, group.id) for group in codebook.groups}
    matrices["frameworks"] = framework_matrix(coded)
    numbers = _by_id(
        [
            *years.values(),
            *record_numbers(corpus, coded),
            *case_numbers(coded),
            *variable_numbers(coded),
            *codebook_numbers(coded),
            *framework_numbers(coded, matrices["frameworks"]),
        ]
    )
    found = Findings(
        corpus=corpus,
        coded=coded,
        evidence=Evidence(numbers, placed.passages),
        code_tables={group.id: code_table(coded, group.id, numbers) for group in codebook.groups},
        printed_tables=printed_tables(coded, numbers),
        case_rows=tuple(case_row(coded, case, numbers) for case in cases.cases),
        matrices=matrices,
        framework_tables=tuple(framework_table(framework, numbers) for framework in codebook.frameworks),
        years=years,
        study_years={year: numbers[name] for year in years if (name := of_year(year)) in numbers},
    )
    return replace(found, checks=check_all(found, claims or Claims(), maps=maps, language=language))


def _by_id(numbers: Iterable[Number]) -> dict[str, Number]:
    held: dict[str, Number] = {}
    for number in numbers:
        if held.setdefault(number.id, number) != number:
            raise AssertionError(f"two numbers are called {number.id}")
    return dict(sorted(held.items()))


def code_table(coded: Coded, group: str, numbers: Numbers) -> CodeTable:
    """Make the table of a group's codes, those at 0 among them and headings left out.

    Most cases come first; of those with as many cases the ones with more studies, then those that the codebook has
    first.
    """
    rows = [
        CodeRow(
            code,
            numbers[of_code(group, code.id, "cases")],
            numbers[of_code(group, code.id, "studies")],
            int(numbers[of_code(group, code.id, "group-cases")].value),
        )
        for code in coded.codebook.codable(group)
    ]
    return CodeTable(group, tuple(sorted(rows, key=lambda row: (-row.cases.value, -row.studies.value))))


def printed_tables(coded: Coded, numbers: Numbers) -> dict[str, tuple[PrintedRowCount, ...]]:
    """Make the tables that a text prints, each row counted from the codings, in the order of their rows."""
    tables: dict[str, list[PrintedRowCount]] = {}
    for row in sorted(coded.codebook.rows, key=lambda one: one.row):
        codes = tuple(code.id for code in coded.codebook.codes_of_row(row))
        tables.setdefault(row.table, []).append(
            PrintedRowCount(
                row,
                codes,
                numbers[of_row(row.table, row.row, "cases")],
                numbers[of_row(row.table, row.row, "studies")],
                int(numbers[of_row(row.table, row.row, "group-cases")].value),
            )
        )
    return {table: tuple(rows) for table, rows in sorted(tables.items())}


def case_row(coded: Coded, case: Case, numbers: Numbers) -> CaseRow:
    """Make the row of a case: its values, and the codes of each group that it carries, in the codebook's order."""
    groups = [group.id for group in coded.codebook.groups]
    codes = {
        group: tuple(code.id for code in coded.codebook.codable(group) if coded.of_case(case.id, code.id))
        for group in groups
    }
    values = {
        variable.id: value
        for variable in coded.codebook.variables
        if (value := case.values.get(variable.id, coded.value(case.id, variable.id))) is not None
    }
    return CaseRow(
        case=case,
        codes=codes,
        numbers={group: numbers[codes_of_case(case.id, group)] for group in groups},
        is_group=are_told_as_group(one for one in coded.passages.values() if one.case == case.id),
        values=values,
    )


def code_matrix(coded: Coded, group: str) -> Matrix:
    """Make the matrix of all cases and all codes of a group; every pair has a cell.

    A pair with passages is `evidence`. One without is `not-reported` where a coder is done with looking at the case
    for the group, else `not-looked`: what nobody looked for is not absent.
    """
    cases = tuple(case.id for case in coded.cases.cases)
    codes = tuple(code.id for code in coded.codebook.codable(group))
    return Matrix(cases, codes, {(case, code): _cell(coded, case, code, group) for case in cases for code in codes})


def _cell(coded: Coded, case: str, code: str, group: str) -> Cell:
    held = coded.of_case(case, code)
    if held:
        return Cell("evidence", tuple(one.id for one in held), are_told_as_group(held))
    return Cell("not-reported" if coded.has_looked(case, group) else "not-looked")
