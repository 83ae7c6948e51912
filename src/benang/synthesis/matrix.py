"""Cases × codes: which case carries which code, and where nobody reports or has looked for it."""

from __future__ import annotations

from benang.coding.coded import Coded, are_told_as_group
from benang.synthesis.findings import Cell, Matrix


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
