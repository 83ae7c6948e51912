"""Cases read in frameworks: for each item evidence, counter-evidence, not reported, or not looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from benang.coding.codebook import Codebook, Direction, Framework, framework_of, item_key
from benang.coding.coded import Coded, are_told_as_group
from benang.coding.placed import present_code
from benang.evidence import Number, Stance, count
from benang.synthesis.findings import STATES, Cell, FrameworkTable, Matrix
from benang.synthesis.number_ids import of_framework


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
