"""The summary: the numbers to take home, each with the care it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from benang.coding.cases import OUTCOME
from benang.evidence import Number
from benang.report.check_tables import found
from benang.report.group_marks import group_note
from benang.report.names import Names
from benang.report.opened import anchor, opened, opened_with_unit
from benang.report.texts import fill
from benang.synthesis.findings import CodeRow

_NAMED = 5
"""How many codes of a group a summary names; ties with the last are named too."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A headed list of the summary."""

    title: str
    lines: tuple[Markup, ...]
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the report says at its beginning."""

    paragraphs: tuple[Markup, ...]
    lists: tuple[Listed, ...]


def summary(names: Names) -> Summary:
    """Put the most important numbers of a review together."""
    _ = names.texts.gettext
    lists = [*_codes(names), *_contradicted(names)]
    paragraphs = [text for text in (_sizes(names), _outcomes(names)) if text]
    if lists:
        paragraphs.append(
            fill(
                _(
                    "A number says how many cases, or studies, report something. It does not say how strongly "
                    "that works, nor that it was absent elsewhere: most studies are silent on most of it."
                )
            )
        )
    return Summary(tuple(paragraphs), tuple(lists))


def number_of(names: Names, key: str) -> Number | None:
    """Return a number of the review; None where it has no such number."""
    return names.findings.evidence.numbers.get(key)


def _sizes(names: Names) -> Markup:
    _ = names.texts.gettext
    cases, told = number_of(names, "cases/all"), number_of(names, "studies/all")
    if cases is None or told is None:
        return Markup()
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
    return Markup(" ").join(said)


def _outcomes(names: Names) -> Markup:
    _ = names.texts.gettext
    variable = names.findings.codebook.variable(OUTCOME)
    levels = variable.levels if variable else ()
    counted = [(one, number_of(names, f"{OUTCOME}/{one.id}/cases")) for one in levels]
    found = [(one, number) for one, number in counted if number is not None and number.value]
    if not found:
        return Markup()
    found.sort(key=lambda pair: -pair[1].value)
    listed = Markup("; ").join(
        Markup("{}: {}").format(names.texts.label(one.label), opened(number, names)) for one, number in found
    )
    return fill(_("Outcomes of the cases, as the studies judge them: %(outcomes)s."), outcomes=listed)


def _codes(names: Names) -> list[Listed]:
    _, label = names.texts.gettext, names.texts.label
    lists = []
    for group, table in names.findings.code_tables.items():
        top = _top(table.rows)
        if not top:
            continue
        lines = tuple(
            Markup("{}: {}, {}").format(
                label(row.code.label), opened_with_unit(row.cases, names), opened_with_unit(row.studies, names)
            )
            for row in top
        )
        notes = group_note((number for row in top for number in (row.cases, row.studies)), names)
        title = fill(_("%(group)s reported most often"), group=names.group(group))
        lists.append(Listed(title, lines, " ".join(notes), "leading"))
    return lists


def _top(rows: Sequence[CodeRow]) -> list[CodeRow]:
    used = [row for row in rows if row.cases.value]
    if len(used) <= _NAMED:
        return used
    least = used[_NAMED - 1].cases.value
    return [row for row in used if row.cases.value >= least]


def _contradicted(names: Names) -> list[Listed]:
    _ = names.texts.gettext
    lines = tuple(
        Markup('<a href="#{}">{}</a>: {}').format(
            anchor("claim", check.claim), check.stated.rstrip("."), found(check, names)
        )
        for check in names.findings.checks
        if check.verdict == "contradicted" and not check.claim.startswith("general/")
    )
    return [Listed(str(escape(_("Claims that the data contradict"))), lines, "", "claims")] if lines else []
