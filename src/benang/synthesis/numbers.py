"""The numbers of a review, each under an id that says what it counts.

The ids are part of the interface (`evidence.json`, `data-number` in the report, `benang explain`):

| id | counts |
|---|---|
| `records/all`, `records/without-year` | records |
| `years/YYYY/records`, `years/none/records` | records by year of publication |
| `years/YYYY/studies`, `years/none/studies` | the same of studies that tell of a case |
| `studies/all` | studies that tell of a case |
| `cases/all` | cases |
| `cases/without-GROUP` | cases that carry no code of a group |
| `cases/CASE/GROUP` | codes of a group that a case carries |
| `scope/group/cases` | cases that are told of only together with others |
| `VARIABLE/LEVEL/cases` | cases by the level of a variable |
| `VARIABLE/reported/cases`, `VARIABLE/not-reported/cases` | cases of which a variable is told, or is not |
| `GROUP/CODE/cases` | cases that carry a code |
| `GROUP/CODE/studies` | studies whose own document holds a passage of it |
| `GROUP/CODE/group-cases` | those of its cases that are told of only together with others |
| `GROUP/all/codes` | codes of a group that some case carries |
| `TABLE/ROW/cases`, `/studies`, `/group-cases` | the same of all codes counted into a row of a printed table |
| `TABLE/SIDE/rows` | rows that a printed table has on a side |
| `frameworks/FRAMEWORK/ITEM/STATE` | cases by what is known of an item |
| `frameworks/FRAMEWORK/any-evidence`, `/any-counter-evidence` | cases with passages for, or against, any item |
| `frameworks/FRAMEWORK/without-evidence` | cases without a passage for any item |
| `association/ITEMS/…`, `mentions/…` | studies of keywords and codes (`association_tables.association_title`) |
| `maps/MAP/CODE/ITEM/studies`, `/coded` | studies of an item that give evidence of a code, and those that are coded |
| `corpus/INDICATOR/ROW/MEASURE` | what the records are described by (`indicators.described`) |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benang.coding.codebook import Code, PrintedRow, Variable
from benang.coding.coded import Coded, are_told_as_group
from benang.evidence import Number, Passage, count
from benang.indicators.years import year_id
from benang.judgements.events import NOT_REPORTED, Value
from benang.records.corpus import Corpus


def record_numbers(corpus: Corpus, coded: Coded) -> Iterator[Number]:
    """Count the records, and the studies among them: records that tell of a case."""
    years = {record.key: record.year for record in corpus.records}
    yield count("records/all", years, unit="records")
    yield count("records/without-year", (key for key, year in years.items() if year is None), unit="records")
    studies = {study for case in coded.cases.cases for study in case.studies}
    yield count("studies/all", studies, unit="studies")
    for year in sorted({years[study] for study in studies}, key=lambda year: (year is None, year or 0)):
        yield count(f"years/{year_id(year)}/studies", (one for one in studies if years[one] == year), unit="studies")


def case_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases: all of them, those without a code of a group, those told as a group; and the codes of each."""
    codebook, cases = coded.codebook, [case.id for case in coded.cases.cases]
    yield count("cases/all", cases, unit="cases")
    for group in codebook.groups:
        codes = [code.id for code in codebook.codable(group.id)]
        carrying = {passage.case for passage in coded.carrying(*codes)}
        yield count(f"cases/without-{group.id}", (case for case in cases if case not in carrying), unit="cases")
        for case in cases:
            held = coded.of_case(case, *codes)
            yield count(f"cases/{case}/{group.id}", (one.code for one in held), unit="codes", passages=_ids(held))
    passages = list(coded.passages.values())
    yield _cases("scope/group/cases", _told_as_group(passages))


def variable_numbers(coded: Coded) -> Iterator[Number]:
    """Count the cases by what is known of each variable; of a text, where passages tell it."""
    said = {one.variable for one in coded.values.values()}
    for variable in coded.codebook.variables:
        if variable.type == "text" and variable.id not in said:
            continue
        for level in variable.levels:
            yield _of_variable(coded, variable, level.id, f"{variable.id}/{level.id}/cases")
        yield _of_variable(coded, variable, None, f"{variable.id}/reported/cases")
        yield _of_variable(coded, variable, NOT_REPORTED, f"{variable.id}/not-reported/cases")


def code_numbers(coded: Coded, code: Code) -> tuple[Number, Number, Number]:
    """Count the cases that carry a code, the studies that report it, and the cases that are told of as a group."""
    return _three(coded, coded.carrying(code.id), f"{code.group}/{code.id}")


def row_numbers(coded: Coded, row: PrintedRow) -> tuple[Number, Number, Number]:
    """Count cases, studies and group cases of all the codes that are counted into a row of a printed table."""
    codes = [code.id for code in coded.codebook.codes_of_row(row)]
    return _three(coded, coded.carrying(*codes), f"{row.table}/{row.row}")


def codebook_numbers(coded: Coded) -> Iterator[Number]:
    """Count what carries each code and each row of a printed table, the codes in use, and the rows of each side."""
    codebook = coded.codebook
    for group in codebook.groups:
        codes = codebook.codable(group.id)
        held = coded.carrying(*(code.id for code in codes))
        yield count(f"{group.id}/all/codes", (one.code for one in held), unit="codes", passages=_ids(held))
        for code in codes:
            yield from code_numbers(coded, code)
    for row in codebook.rows:
        yield from row_numbers(coded, row)
    for table, side in dict.fromkeys((row.table, row.side) for row in codebook.rows if row.side):
        of = [f"{table}/{row.row}" for row in codebook.rows if (row.table, row.side) == (table, side)]
        yield count(f"{table}/{side}/rows", of, unit="rows")


def _three(coded: Coded, held: Sequence[Passage], name: str) -> tuple[Number, Number, Number]:
    return (
        _cases(f"{name}/cases", held),
        count(f"{name}/studies", (coded.study(one) for one in held), unit="studies", passages=_ids(held)),
        _cases(f"{name}/group-cases", _told_as_group(held)),
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
