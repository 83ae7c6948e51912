"""What limits the findings: what the plan says of itself, and what the data say of themselves."""

from __future__ import annotations

from benang.coding.cases import OUTCOME
from benang.kinds import SMALL_CORPUS
from benang.records.record import ASSIGNED
from benang.report.blocks import Inline, joined
from benang.report.content import ReportContent
from benang.report.names import Names
from benang.report.opened import opened_with_unit
from benang.report.texts import fill


def limits(content: ReportContent, names: Names) -> tuple[Inline, ...]:
    """Return the limits of a review, those of its plan first."""
    said: list[Inline] = list(content.limits)
    said += [*_documents(names), *_outcomes(names), *_groups(names), *_words(names)]
    _ = names.texts.gettext
    if 0 < len(names.findings.corpus) < SMALL_CORPUS:
        said.append(_("The corpus is small: places and clusters on its maps may change with a few more records."))
    if content.unplaced:
        said.append(
            _(
                "Some codings were left out because their quotes stand no longer in their documents; they "
                "are listed under the checks."
            )
        )
    return tuple(said)


def _documents(names: Names) -> list[Inline]:
    _, held = names.texts.gettext, names.findings.documents.values()
    secondary = [one for one in held if one.is_secondary]
    if not secondary:
        return []
    if len(secondary) == len(held):
        return [
            _(
                "Every passage quoted comes from a note on a secondary account, not from the study itself, and "
                "says so. A note can be replaced by the study; its codings are then found again or listed."
            )
        ]
    listed = "; ".join(names.study(one.record) for one in secondary)
    return [
        fill(
            _(
                "Some studies were not at hand; what is quoted of them are notes on a secondary account, and say so: "
                "%(studies)s."
            ),
            studies=listed,
        )
    ]


def _outcomes(names: Names) -> list[Inline]:
    """Say which outcomes no case has: what leads to an outcome can't be told without cases of another."""
    _ = names.texts.gettext
    variable = names.findings.codebook.variable(OUTCOME)
    found = {row.outcome for row in names.findings.case_rows}
    missing = [names.level(OUTCOME, one.id) for one in variable.levels if one.id not in found] if variable else []
    if not missing or not names.findings.case_rows:
        return []
    return [
        fill(
            _(
                "No case has this outcome: %(outcomes)s. Without cases to compare with, what leads to an outcome "
                "can't be told."
            ),
            outcomes=", ".join(missing),
        )
    ]


def _groups(names: Names) -> list[Inline]:
    _ = names.texts.gettext
    together = sorted(set(names.told_together.values()), key=lambda cases: (-len(cases), cases))
    if not together:
        return []
    listed = "; ".join(", ".join(names.case(case) for case in cases) for cases in together)
    said = fill(
        _(
            "Some cases were told of once, as a group, by the same study: %(cases)s. Their numbers of cases "
            "look larger than the number of independent findings."
        ),
        cases=listed,
    )
    return [joined(" ", [said, *_example(names)])]


def _example(names: Names) -> list[Inline]:
    """Name the code whose number of cases is furthest above its number of studies."""
    _ = names.texts.gettext
    rows = [
        row
        for table in names.findings.code_tables.values()
        for row in table.rows
        if row.group_cases and row.studies.value
    ]
    if not rows:
        return []
    row = max(rows, key=lambda one: (one.cases.value / one.studies.value, one.code.id))
    return [
        fill(
            _("“%(code)s”, for instance, is %(cases)s but %(studies)s."),
            code=names.texts.label(row.code.label),
            cases=opened_with_unit(row.cases, names),
            studies=opened_with_unit(row.studies, names),
        )
    ]


def _words(names: Names) -> list[Inline]:
    _ = names.texts.gettext
    if ASSIGNED not in names.findings.corpus.origins_of("author_keywords"):
        return []
    return [
        _(
            "Keywords were assigned for this review. A map of them shows how the reviewers read the titles; what "
            "rests on it alone cannot be told."
        )
    ]
