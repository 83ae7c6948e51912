"""The summary: the numbers to take home, each with the care it needs."""

from __future__ import annotations

from collections.abc import Sequence

from benang.coding.cases import OUTCOME
from benang.evidence import Number
from benang.report.blocks import Block, Heading, Inline, Item, ItemList, Link, Paragraph, Runs, anchor, joined, runs
from benang.report.check_tables import found
from benang.report.names import Names
from benang.report.opened import group_note, opened, opened_with_unit
from benang.report.texts import fill
from benang.synthesis.findings import CodeRow

_NAMED = 5
"""How many codes of a group a summary names; ties with the last are named too."""


def summary(names: Names) -> tuple[Block, ...]:
    """Put the most important numbers of a review together."""
    _ = names.texts.gettext
    lists = [*_codes(names), *_contradicted(names)]
    paragraphs: list[Inline] = [text for text in (_sizes(names), _outcomes(names)) if text]
    if lists:
        paragraphs.append(
            _(
                "A number says how many cases, or studies, report something. It does not say how strongly "
                "that works, nor that it was absent elsewhere: most studies are silent on most of it."
            )
        )
    return (*map(Paragraph, paragraphs), *lists)


def number_of(names: Names, key: str) -> Number | None:
    """Return a number of the review; None where it has no such number."""
    return names.findings.evidence.numbers.get(key)


def _sizes(names: Names) -> Runs:
    _ = names.texts.gettext
    cases, told = number_of(names, "cases/all"), number_of(names, "studies/all")
    if cases is None or told is None:
        return ()
    said = (
        []
        if not cases.value
        else [
            fill(
                _("This review compares %(cases)s, told of in %(studies)s."),
                cases=opened_with_unit(cases, names),
                studies=opened_with_unit(told, names),
            )
        ]
    )
    records = number_of(names, "records/all")
    read = names.findings.corpus.ledger.read
    if records is not None and read and read != records.value:
        text = _("Its sources hold %(read)s records, which are %(works)s works.")
        said.append(fill(text, read=names.texts.numeral(read), works=opened(records, names)))
    elif records is not None:
        said.append(fill(_("Its sources hold %(records)s."), records=opened_with_unit(records, names)))
    return joined(" ", said)


def _outcomes(names: Names) -> Runs:
    _ = names.texts.gettext
    variable = names.findings.codebook.variable(OUTCOME)
    levels = variable.levels if variable else ()
    counted = [(one, number_of(names, f"{OUTCOME}/{one.id}/cases")) for one in levels]
    found = [(one, number) for one, number in counted if number is not None and number.value]
    if not found:
        return ()
    found.sort(key=lambda pair: -pair[1].value)
    listed = joined("; ", (runs(names.texts.label(one.label), ": ", opened(number, names)) for one, number in found))
    return fill(_("Outcomes of the cases, as the studies judge them: %(outcomes)s."), outcomes=listed)


def _codes(names: Names) -> list[Block]:
    _, label = names.texts.gettext, names.texts.label
    blocks: list[Block] = []
    for group, table in names.findings.code_tables.items():
        top = _top(table.rows)
        if not top:
            continue
        lines = tuple(
            Item(
                fill(
                    "%(code)s: %(cases)s, %(studies)s",
                    code=label(row.code.label),
                    cases=opened_with_unit(row.cases, names),
                    studies=opened_with_unit(row.studies, names),
                )
            )
            for row in top
        )
        notes = group_note((number for row in top for number in (row.cases, row.studies)), names)
        title = fill(_("%(group)s reported most often"), group=names.group(group))
        blocks += [Heading(title), ItemList(lines, "leading")]
        blocks += [Paragraph(" ".join(notes), "note")] if notes else []
    return blocks


def _top(rows: Sequence[CodeRow]) -> list[CodeRow]:
    used = [row for row in rows if row.cases.value]
    if len(used) <= _NAMED:
        return used
    least = used[_NAMED - 1].cases.value
    return [row for row in used if row.cases.value >= least]


def _contradicted(names: Names) -> list[Block]:
    _ = names.texts.gettext
    lines = tuple(
        Item(runs(Link(check.stated.rstrip("."), anchor("claim", check.claim)), ": ", found(check, names)))
        for check in names.findings.checks
        if check.verdict == "contradicted" and not check.claim.startswith("general/")
    )
    return [Heading(_("Claims that the data contradict")), ItemList(lines, "claims")] if lines else []
