"""The ids of the numbers of a review: made here, and taken apart here.

The ids are part of the interface (`evidence.json`, `data-number` in the report, `benang explain`):

| id | counts |
|---|---|
| `records/all`, `records/without-year` | records |
| `years/YYYY/records`, `years/none/records` | records by year of publication |
| `years/YYYY/studies`, `years/none/studies` | the same of studies that report a case |
| `studies/all` | studies that report a case |
| `cases/all` | cases |
| `cases/without-GROUP` | cases that carry no code of a group |
| `cases/CASE/GROUP` | codes of a group that a case carries |
| `scope/group/cases` | cases that are reported only together with others |
| `VARIABLE/LEVEL/cases` | cases by the level of a variable |
| `VARIABLE/reported/cases`, `VARIABLE/not-reported/cases` | cases for which a variable is reported, or is not |
| `GROUP/CODE/cases` | cases that carry a code |
| `GROUP/CODE/studies` | studies whose own document holds a passage of it |
| `GROUP/CODE/group-cases` | those of its cases that are reported only together with others |
| `GROUP/CODE/contradicting-cases`, `/mentioning-cases` | cases with passages against it, or that only mention it |
| `GROUP/all/codes` | codes of a group that some case carries |
| `TABLE/ROW/cases`, `/studies`, `/group-cases` | the same of all codes counted into a row of a printed table |
| `TABLE/SIDE/rows` | rows that a printed table has on a side |
| `frameworks/FRAMEWORK/ITEM/STATE` | cases by what is known of an item |
| `frameworks/FRAMEWORK/any-evidence`, `/any-counter-evidence` | cases with passages for, or against, any item |
| `frameworks/FRAMEWORK/without-evidence` | cases without a passage for any item |
| `association/ITEMS/all/studies`, `/none/studies` | coded studies with, and without, keywords or terms |
| `association/ITEMS/items/ITEM/studies`, `/codes/CODE/…`, `/pairs/CODE/ITEM/…` | those with an item, a code, both |
| `mentions/all/studies`, `mentions/abstracts/studies` | coded studies, and those with an abstract |
| `mentions/codes/CODE/WHAT`, `mentions/ITEMS/ITEM/WHAT` | studies that speak of it, tell it, do both; other records |
| `maps/MAP/CODE/ITEM/studies`, `/coded` | studies of an item that give evidence of a code, and those that are coded |
| `appraisal/FORM/of/SUBJECT/ITEM` | the study or case itself, with the passages that an item of an appraisal rests on |
| `appraisal/FORM/items/ITEM/MARK` | studies, or cases that are studies, by their rating in an item |
| `where/FILTER/…` | what the rest of the id says, of the cases that a table or chart is restricted to |
| `prisma/BOX`, `prisma/BOX/PART` | what a box of PRISMA's flow counts, and a database, rule or reason of it |
| `agreement/STAGE/ONE/OTHER/WHAT` | what two reviewers both decided on, agreed on, and gave each verdict |
| `agreement/codes/CODE/WHAT`, `agreement/values/VARIABLE/WHAT` | how far all coders agree (`synthesis.agreements`) |
| `agreement/groups/GROUP/WHAT`, `agreement/screening/STAGE/WHAT` | the same of who looked, and of all reviewers |
| `corpus/INDICATOR/ROW/MEASURE` | what the records are described by (`indicators.described`) |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.evidence import Stance
from benang.indicators.production import year_id

CountedOf = Literal["cases", "studies", "group-cases", "contradicting-cases", "mentioning-cases"]
"""What is counted of a code or of a row of a printed table."""
OF_STANCE: Mapping[Stance, CountedOf] = {"contradicts": "contradicting-cases", "mentions": "mentioning-cases"}
"""What counts the cases with passages that don't support a code."""
Mentioned = Literal["talked", "evidenced", "both", "unread"]

REPORTED, UNREPORTED = "reported", "not-reported"
"""They take the place of a level, where the value of a variable is reported at all, or is not."""


def present_number(name: str, codebook: Codebook) -> str:
    """Return the id that a number has now, where its code had another id when it was named, or was merged since.

    Examples
    --------
    >>> from benang.coding.codebook import Code, Group
    >>> dear = Code(id="dear", group="reasons", label={"en": "Dear"}, was=("rent",))
    >>> codebook = Codebook(groups=(Group(id="reasons", label={"en": "Reasons"}),), codes=(dear,))
    >>> present_number("reasons/rent/cases", codebook), present_number("cases/rent/reasons", codebook)
    ('reasons/dear/cases', 'cases/rent/reasons')
    >>> present_number("where/aim:good/reasons/rent/cases", codebook)
    'where/aim:good/reasons/dear/cases'
    """
    _, parts = _of_filter_and_of_all(name)
    at = 1 if codebook.group(parts[0]) else _code_at(parts)
    code = codebook.code(parts[at]) if at is not None and at < len(parts) else None
    return with_code(name, (parts[0], parts[at or 0]), (code.group, code.id)) if code else name


def parts_of(number: str) -> list[str]:
    """Take an id apart; an item that has slashes itself is several parts.

    Examples
    --------
    >>> parts_of("factors/pandemic/cases")
    ['factors', 'pandemic', 'cases']
    """
    return number.split("/")


def subject_of(number: str) -> str:
    """Return what a number is of: its id without the last part, which says what of it is counted.

    Examples
    --------
    >>> subject_of("factors/pandemic/cases")
    'factors/pandemic'
    """
    return number.rpartition("/")[0]


def _id(*parts: str) -> str:
    return "/".join(parts)


def of_year(year: int | None) -> str:
    """Name the studies of a year, or of none."""
    return _id("years", year_id(year), "studies")


def of_case(case: str) -> str:
    """Name a case itself, as checks and claims refer to it; it is not a number."""
    return _id("cases", case)


def case_of(key: str, cases: Cases) -> str | None:
    """Return the case that `of_case` names, or None."""
    case = key.removeprefix("cases/")
    return case if case in cases.by_id else None


def codes_of_case(case: str, group: str) -> str:
    """Name the codes of a group that a case has."""
    return _id("cases", case, group)


def cases_without(group: str) -> str:
    """Name the cases without a code of a group."""
    return _id("cases", f"without-{group}")


def of_code(group: str, code: str, counted: CountedOf) -> str:
    """Name what is counted of a code."""
    return _id(group, code, counted)


def codes_in_use(group: str) -> str:
    """Name the codes of a group that at least one case has."""
    return _id(group, "all", "codes")


def of_level(variable: str, level: str) -> str:
    """Name the cases with a level of a variable."""
    return _id(variable, level, "cases")


def row_key(table: str, row: int) -> str:
    """Name a row of a printed table itself."""
    return _id(table, str(row))


def of_row(table: str, row: int, counted: CountedOf) -> str:
    """Name what is counted of the codes of a row of a printed table."""
    return _id(row_key(table, row), counted)


def rows_of_side(table: str, side: str) -> str:
    """Name the rows that a printed table has on a side."""
    return _id(table, side, "rows")


def of_framework(framework: str, *what: str) -> str:
    """Name the cases in a state of an item (ITEM, STATE), or with evidence of a whole framework (`any-evidence`)."""
    return _id("frameworks", framework, *what)


def of_association(items: str, *what: str) -> str:
    """Name studies of an association: `all`, `none`, or `items`, `codes` or `pairs` with their ids."""
    return _id("association", items, *what, "studies")


def of_mentions(kind: str, name: str, what: Mentioned) -> str:
    """Name the studies or records that mention a code or an item."""
    return _id("mentions", kind, name, what)


def on_map(map_name: str, code: str, items: Sequence[str], counted: str) -> str:
    """Name the studies behind the colour of an item, or of a link."""
    return _id("maps", map_name, code, " + ".join(items), counted)


def with_code(number: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """Return an id with a code, as its group and its own id, in the place of another.

    Examples
    --------
    >>> rent, dear = ("reasons", "rent"), ("reasons", "dear")
    >>> with_code("reasons/rent/cases", rent, dear), with_code("mentions/codes/rent/talked", rent, dear)
    ('reasons/dear/cases', 'mentions/codes/dear/talked')
    >>> with_code("outcome/rent/cases", rent, dear)
    'outcome/rent/cases'
    """
    some, parts = _of_filter_and_of_all(number)
    if tuple(parts[:2]) == old:
        return _id(*some, *new, *parts[2:])
    at = _code_at(parts)
    if at is None or len(parts) <= at or parts[at] != old[1]:
        return number
    return _id(*some, *parts[:at], new[1], *parts[at + 1 :])


def _of_filter_and_of_all(number: str) -> tuple[list[str], list[str]]:
    """Part an id into the parts that say which cases are chosen, if any, and those of the same number of all cases."""
    parts = parts_of(number)
    n_first = 2 if parts[0] == "where" and len(parts) > 2 else 0
    return parts[:n_first], parts[n_first:]


def _code_at(parts: Sequence[str]) -> int | None:
    """Return which part of the id of a number of all cases is a code, where the first two are not its group and it."""
    match parts:
        case ["mentions", "codes", *_] | ["maps", *_]:
            return 2
        case ["association", _, "codes" | "pairs", *_]:
            return 3
    return None


def of_appraised(form: str, subject: str, item: str) -> str:
    """Name what a study, or a case that is one, was given in an item of an appraisal."""
    return _id("appraisal", form, "of", subject, item)


def of_mark(form: str, item: str, mark: str) -> str:
    """Name the studies that were given a mark in an item of an appraisal."""
    return _id("appraisal", form, "items", item, mark)


def of_filter(where: Mapping[str, Sequence[str]]) -> str:
    """Name what some cases are chosen by; nothing where all count.

    Examples
    --------
    >>> of_filter({"risk": ("good", "some"), "design": ("survey",)}), of_filter({})
    ('risk:good+some&design:survey', '')
    """
    return "&".join(f"{variable}:{'+'.join(values)}" for variable, values in where.items())


def filter_named(name: str) -> dict[str, tuple[str, ...]]:
    """Return the filter that `of_filter` names."""
    parts = (one.partition(":") for one in name.split("&") if one)
    return {variable: tuple(values.split("+")) for variable, _, values in parts}


def filter_of_number(number: str) -> dict[str, tuple[str, ...]]:
    """Return the filter in the id of a number; nothing in that of a number of all cases.

    Examples
    --------
    >>> filter_of_number("where/risk:good/factors/pandemic/cases"), filter_of_number("factors/pandemic/cases")
    ({'risk': ('good',)}, {})
    """
    some, _ = _of_filter_and_of_all(number)
    return filter_named(some[1]) if some else {}


def within(filter_name: str, number: str) -> str:
    """Name a number of the cases that a filter chooses."""
    return _id("where", filter_name, number)


def general_check(name: str, of: str) -> str:
    """Name a general check of a review."""
    return _id("general", name, of)
