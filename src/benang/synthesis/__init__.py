"""Everything that a review found, counted from its coded passages: its numbers, tables, matrices and checks.

The id of each number says what it counts (`synthesis.number_ids`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from benang.coding.cases import Case, Cases, is_of_studies
from benang.coding.codebook import Code, Codebook, PrintedRow, Variable
from benang.coding.coded import Coded, are_told_as_group, check_studies
from benang.coding.placed import Placed
from benang.evidence import Evidence, Number, Passage, Stance, count
from benang.indicators.production import yearly_output
from benang.judgements.events import NOT_REPORTED, Value
from benang.locale import Language
from benang.project.folder import Document
from benang.records.corpus import Corpus
from benang.synthesis.appraisals import appraisals
from benang.synthesis.checks import check_all
from benang.synthesis.claims import Claims, MapFacts
from benang.synthesis.findings import (
    CaseRow,
    Cell,
    CodeRow,
    CodeTable,
    Findings,
    Matrix,
    PrintedRowCount,
    State,
    framework_matrix,
    framework_numbers,
    framework_table,
)
from benang.synthesis.number_ids import (
    OF_STANCE,
    REPORTED,
    UNREPORTED,
    CountedOf,
    cases_without,
    codes_in_use,
    codes_of_case,
    of_code,
    of_level,
    of_row,
    of_year,
    row_key,
    rows_of_side,
)

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
    """Count what a review found, and check its claims against the counts.

    Parameters
    ----------
    corpus, codebook, cases, documents
        The review, each checked (`read_codebook`, `check_cases`).
    placed
        The judgements with their quotations at their places (`place`).
    claims
        What is compared with the data; none where left out.
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
        Where a passage is in a document that belongs to no record, or a claim speaks of a number, case, record
        or map that there is not.
    """
    coded = Coded(codebook, cases, documents, placed)
    check_studies(coded, corpus.keys)
    years = yearly_output(corpus)
    matrices = matrices_of(coded)
    appraised = appraisals(coded)
    numbers = _by_id(
        [
            *years.values(),
            *record_numbers(corpus, coded),
            *case_numbers(coded),
            *variable_numbers(coded),
            *codebook_numbers(coded),
            *framework_numbers(coded, matrices["frameworks"]),
            *(number for one in appraised for number in one.numbers()),
        ]
    )
    findings = Findings(
        corpus=corpus,
        coded=coded,
        evidence=Evidence(numbers, placed.passages),
        code_tables={group.id: code_table(coded, group.id, numbers) for group in codebook.groups},
        printed_tables=printed_tables(coded, numbers),
        case_rows=tuple(case_row(coded, case, numbers) for case in cases.cases),
        matrices=matrices,
        framework_tables=tuple(framework_table(framework, numbers) for framework in codebook.frameworks),
        appraisals=appraised,
        years=years,
        study_years={year: numbers[name] for year in years if (name := of_year(year)) in numbers},
    )
    return replace(findings, checks=check_all(findings, claims or Claims(), maps=maps, language=language))


def _by_id(numbers: Iterable[Number]) -> dict[str, Number]:
    by_id: dict[str, Number] = {}
    for number in numbers:
        if by_id.setdefault(number.id, number) != number:
            raise AssertionError(f"two numbers are called {number.id}")
    return dict(sorted(by_id.items()))


def record_numbers(corpus: Corpus, coded: Coded) -> Iterator[Number]:
    """Count the records, and the studies among them: records that report a case."""
    years = {record.key: record.year for record in corpus.records}
    yield count("records/all", years, unit="records")
    yield count("records/without-year", (key for key, year in years.items() if year is None), unit="records")
    studies = {study for case in coded.cases.cases for study in case.studies}
    yield count("studies/all", studies, unit="studies")
    for year in sorted({years[study] for study in studies}, key=lambda year: (year is None, year or 0)):
        yield count(of_year(year), (one for one in studies if years[one] == year), unit="studies")


def case_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases (all, without a code of a group, reported as a group), and the codes of each."""
    codebook, cases = coded.codebook, [case.id for case in coded.cases.cases]
    yield count("cases/all", cases, unit="cases")
    for group in codebook.groups:
        codes = [code.id for code in codebook.codable(group.id)]
        carrying = {passage.case for passage in coded.carrying(*codes)}
        yield count(cases_without(group.id), (case for case in cases if case not in carrying), unit="cases")
        for case in cases:
            case_passages = coded.of_case(case, *codes)
            yield count(
                codes_of_case(case, group.id),
                (one.code for one in case_passages),
                unit="codes",
                passages=_ids(case_passages),
            )
    passages = list(coded.passages.values())
    yield _cases("scope/group/cases", _told_as_group(passages))


def variable_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases by the value of each variable; for a text, by whether passages report it."""
    given = {one.variable for one in coded.values.values()}
    for variable in coded.codebook.variables:
        is_silent = variable.type == "text" and variable.id not in given
        if is_silent or is_of_studies(variable.id, coded.codebook, coded.cases):
            continue
        for level in variable.levels:
            yield _of_variable(coded, variable, level.id, of_level(variable.id, level.id))
        yield _of_variable(coded, variable, None, of_level(variable.id, REPORTED))
        yield _of_variable(coded, variable, NOT_REPORTED, of_level(variable.id, UNREPORTED))


def code_numbers(coded: Coded, code: Code, others: Iterable[Stance] = ()) -> tuple[Number, ...]:
    """Count the cases with a code, the studies that report it, and the cases reported as a group.

    Then, for each of the stances `others`, the cases with passages that contradict the code, or only mention it.
    """
    return _counted(coded, [code.id], partial(of_code, code.group, code.id), others)


def row_numbers(coded: Coded, row: PrintedRow, others: Iterable[Stance] = ()) -> tuple[Number, ...]:
    """Count the same of all the codes that are counted into a row of a printed table."""
    codes = [code.id for code in coded.codebook.codes_of_row(row)]
    return _counted(coded, codes, partial(of_row, row.table, row.row), others)


def codebook_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases and studies of each code and printed row, the codes in use, and the rows of each side."""
    codebook = coded.codebook
    for group in codebook.groups:
        codes, others = codebook.codable(group.id), other_stances(coded, group.id)
        group_passages = coded.carrying(*(code.id for code in codes))
        yield count(
            codes_in_use(group.id), (one.code for one in group_passages), unit="codes", passages=_ids(group_passages)
        )
        for code in codes:
            yield from code_numbers(coded, code, others)
    for row in codebook.rows:
        yield from row_numbers(coded, row, other_stances(coded, row.group))
    for table, side in dict.fromkeys((row.table, row.side) for row in codebook.rows if row.side):
        of = [row_key(table, row.row) for row in codebook.rows if (row.table, row.side) == (table, side)]
        yield count(rows_of_side(table, side), of, unit="rows")


def other_stances(coded: Coded, group: str) -> tuple[Stance, ...]:
    """Return the stances besides support that some passage has to a code of a group."""
    return coded.stances(*(code.id for code in coded.codebook.codable(group)))


def _counted(
    coded: Coded, codes: Sequence[str], id_of: Callable[[CountedOf], str], others: Iterable[Stance]
) -> tuple[Number, ...]:
    coded_passages = coded.carrying(*codes)
    return (
        _cases(id_of("cases"), coded_passages),
        count(
            id_of("studies"),
            (coded.study(one) for one in coded_passages),
            unit="studies",
            passages=_ids(coded_passages),
        ),
        _cases(id_of("group-cases"), _told_as_group(coded_passages)),
        *(_cases(id_of(OF_STANCE[stance]), coded.carrying(*codes, stance=stance)) for stance in others),
    )


def _others(numbers: Numbers, id_of: Callable[[CountedOf], str]) -> dict[Stance, Number]:
    return {stance: numbers[id_of(of)] for stance, of in OF_STANCE.items() if id_of(of) in numbers}


def _of_variable(coded: Coded, variable: Variable, value: str | None, name: str) -> Number:
    """Count the cases with a value of a variable, or with any where `value` is None."""

    def fits(given: Value) -> bool:
        has_value = given.value != NOT_REPORTED if value is None else given.value == value
        return given.variable == variable.id and has_value

    counting = {one.case: one.value for one in coded.values.values() if fits(one)}
    passages = [
        passage
        for one in coded.placed.values
        if one.variable == variable.id and counting.get(one.case) == one.value
        for passage in coded.behind(one)
    ]
    given = {case.id: case.values[variable.id] for case in coded.cases.cases if variable.id in case.values}
    cases = {*counting, *(case for case, one in given.items() if value in (None, one))}
    return count(name, cases, unit="cases", passages=_ids(passages))


def _told_as_group(passages: Iterable[Passage]) -> list[Passage]:
    """Keep the passages of the cases that no passage reports individually."""
    by_case: dict[str, list[Passage]] = {}
    for passage in passages:
        by_case.setdefault(passage.case, []).append(passage)
    return [one for case_passages in by_case.values() if are_told_as_group(case_passages) for one in case_passages]


def _cases(name: str, passages: Iterable[Passage]) -> Number:
    listed = list(passages)
    return count(name, (one.case for one in listed), unit="cases", passages=_ids(listed))


def _ids(passages: Iterable[Passage]) -> list[str]:
    return [passage.id for passage in passages]


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
            _others(numbers, partial(of_code, group, code.id)),
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
                _others(numbers, partial(of_row, row.table, row.row)),
            )
        )
    return {table: tuple(rows) for table, rows in sorted(tables.items())}


def case_row(coded: Coded, case: Case, numbers: Numbers) -> CaseRow:
    """Make the row of a case: its values and its codes of each group, in the codebook's order."""
    groups = [group.id for group in coded.codebook.groups]
    values = {
        variable.id: value
        for variable in coded.codebook.variables
        if not is_of_studies(variable.id, coded.codebook, coded.cases)
        and (value := case.values.get(variable.id, coded.value(case.id, variable.id))) is not None
    }
    return CaseRow(
        case=case,
        codes=_codes_of_case(coded, case, "supports"),
        numbers={group: numbers[codes_of_case(case.id, group)] for group in groups},
        is_group=are_told_as_group(coded.by_case.get(case.id, ())),
        values=values,
        others={stance: _codes_of_case(coded, case, stance) for stance in coded.stances(*coded.codebook.by_id)},
        states={group: _empty(coded, case.id, group) for group in groups},
        looked_for=frozenset(one.id for one in coded.codebook.variables if (case.id, one.id) in coded.values),
    )


def _codes_of_case(coded: Coded, case: Case, stance: Stance) -> dict[str, tuple[str, ...]]:
    """Return the codes to which passages of a case have a stance, by group."""
    return {
        group.id: tuple(
            code.id for code in coded.codebook.codable(group.id) if coded.of_case(case.id, code.id, stance=stance)
        )
        for group in coded.codebook.groups
    }


@dataclass(frozen=True)
class _OnDemand(Mapping[str, Matrix]):
    """Matrices by name, each made on first use: opening a number needs none of their many cells."""

    names: tuple[str, ...]
    matrix: Callable[[str], Matrix]

    def __getitem__(self, name: str) -> Matrix:
        if name not in self.names:
            raise KeyError(name)
        return self.matrix(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def matrices_of(coded: Coded) -> Mapping[str, Matrix]:
    """Return the matrices of all groups of codes and that of all frameworks, each made on first use."""

    @cache
    def matrix(name: str) -> Matrix:
        return framework_matrix(coded) if name == "frameworks" else code_matrix(coded, name)

    return _OnDemand((*(group.id for group in coded.codebook.groups), "frameworks"), matrix)


def code_matrix(coded: Coded, group: str) -> Matrix:
    """Make the matrix of all cases and all codes of a group; every pair has a cell.

    A pair with a passage that supports the code is `evidence`, as it is counted; where others contradict it, they are
    `contrary`. One whose passages all contradict it is `counter-evidence`. One without either is `not-reported` where
    a coder is done with looking at the case for the group, else `not-looked`: what nobody looked for is not absent. A
    passage that only mentions the code changes none of this.
    """
    cases = tuple(case.id for case in coded.cases.cases)
    codes = tuple(code.id for code in coded.codebook.codable(group))
    return Matrix(cases, codes, {(case, code): _cell(coded, case, code, group) for case in cases for code in codes})


def _cell(coded: Coded, case: str, code: str, group: str) -> Cell:
    support, against = coded.of_case(case, code), coded.of_case(case, code, stance="contradicts")
    mentions = tuple(_ids(coded.of_case(case, code, stance="mentions")))
    if support:
        contrary = tuple(_ids(against))
        return Cell("evidence", (*_ids(support), *contrary), are_told_as_group(support), contrary, mentions)
    if against:
        return Cell("counter-evidence", tuple(_ids(against)), are_told_as_group(against), mentions=mentions)
    return Cell(_empty(coded, case, group), mentions=mentions)


def _empty(coded: Coded, case: str, group: str) -> State:
    return "not-reported" if coded.has_looked(case, group) else "not-looked"
