"""The numbers of a review, each under an id that says what it counts (`synthesis.number_ids`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from benang.coding.codebook import Code, PrintedRow, Variable
from benang.coding.coded import Coded, are_told_as_group
from benang.evidence import Number, Passage, count
from benang.judgements.events import NOT_REPORTED, Value
from benang.records.corpus import Corpus
from benang.synthesis.number_ids import (
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


def record_numbers(corpus: Corpus, coded: Coded) -> Iterator[Number]:
    """Count the records, and the studies among them: records that tell of a case."""
    years = {record.key: record.year for record in corpus.records}
    yield count("records/all", years, unit="records")
    yield count("records/without-year", (key for key, year in years.items() if year is None), unit="records")
    studies = {study for case in coded.cases.cases for study in case.studies}
    yield count("studies/all", studies, unit="studies")
    for year in sorted({years[study] for study in studies}, key=lambda year: (year is None, year or 0)):
        yield count(of_year(year), (one for one in studies if years[one] == year), unit="studies")


def case_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases: all of them, those without a code of a group, those told as a group; and the codes of each."""
    codebook, cases = coded.codebook, [case.id for case in coded.cases.cases]
    yield count("cases/all", cases, unit="cases")
    for group in codebook.groups:
        codes = [code.id for code in codebook.codable(group.id)]
        carrying = {passage.case for passage in coded.carrying(*codes)}
        yield count(cases_without(group.id), (case for case in cases if case not in carrying), unit="cases")
        for case in cases:
            held = coded.of_case(case, *codes)
            yield count(codes_of_case(case, group.id), (one.code for one in held), unit="codes", passages=_ids(held))
    passages = list(coded.passages.values())
    yield _cases("scope/group/cases", _told_as_group(passages))


def variable_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases by what is known of each variable; of a text, where passages tell it."""
    said = {one.variable for one in coded.values.values()}
    for variable in coded.codebook.variables:
        if variable.type == "text" and variable.id not in said:
            continue
        for level in variable.levels:
            yield _of_variable(coded, variable, level.id, of_level(variable.id, level.id))
        yield _of_variable(coded, variable, None, of_level(variable.id, REPORTED))
        yield _of_variable(coded, variable, NOT_REPORTED, of_level(variable.id, UNREPORTED))


def code_numbers(coded: Coded, code: Code) -> tuple[Number, Number, Number]:
    """Count the cases that carry a code, the studies that report it, and the cases that are reported as a group."""
    return _three(coded, coded.carrying(code.id), partial(of_code, code.group, code.id))


def row_numbers(coded: Coded, row: PrintedRow) -> tuple[Number, Number, Number]:
    """Count cases, studies and group cases of all the codes that are counted into a row of a printed table."""
    codes = [code.id for code in coded.codebook.codes_of_row(row)]
    return _three(coded, coded.carrying(*codes), partial(of_row, row.table, row.row))


def codebook_numbers(coded: Coded) -> Iterator[Number]:
    """Count what carries each code and each row of a printed table, the codes in use, and the rows of each side."""
    codebook = coded.codebook
    for group in codebook.groups:
        codes = codebook.codable(group.id)
        held = coded.carrying(*(code.id for code in codes))
        yield count(codes_in_use(group.id), (one.code for one in held), unit="codes", passages=_ids(held))
        for code in codes:
            yield from code_numbers(coded, code)
    for row in codebook.rows:
        yield from row_numbers(coded, row)
    for table, side in dict.fromkeys((row.table, row.side) for row in codebook.rows if row.side):
        of = [row_key(table, row.row) for row in codebook.rows if (row.table, row.side) == (table, side)]
        yield count(rows_of_side(table, side), of, unit="rows")


def _three(coded: Coded, held: Sequence[Passage], id_of: Callable[[CountedOf], str]) -> tuple[Number, Number, Number]:
    return (
        _cases(id_of("cases"), held),
        count(id_of("studies"), (coded.study(one) for one in held), unit="studies", passages=_ids(held)),
        _cases(id_of("group-cases"), _told_as_group(held)),
    )


def _of_variable(coded: Coded, variable: Variable, value: str | None, name: str) -> Number:
    """Count the cases with a value of a variable, or with any where `value` is None."""

    def fits(found: Value) -> bool:
        told = found.value != NOT_REPORTED if value is None else found.value == value
        return found.variable == variable.id and told

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
    """Keep the passages of those cases that none of the passages tells of alone."""
    by_case: dict[str, list[Passage]] = {}
    for passage in passages:
        by_case.setdefault(passage.case, []).append(passage)
    return [one for held in by_case.values() if are_told_as_group(held) for one in held]


def _cases(name: str, passages: Iterable[Passage]) -> Number:
    held = list(passages)
    return count(name, (one.case for one in held), unit="cases", passages=_ids(held))


def _ids(passages: Iterable[Passage]) -> list[str]:
    return [passage.id for passage in passages]
