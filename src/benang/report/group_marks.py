"""Marks beside numbers whose cases a study tells of once, as a group: five cases, but not five findings."""

from __future__ import annotations

from collections.abc import Iterable

from benang.evidence import Number
from benang.report.blocks import Badge, Runs, plain
from benang.report.names import Names
from benang.report.texts import fill


def groups_told(number: Number, names: Names) -> tuple[tuple[str, ...], ...]:
    """Return the sets of cases that a number's passages tell of as a group, largest first.

    One study that gives its reasons once for five cases is one telling: five cases, but not five findings.
    """
    together = names.told_together
    sets = {together[passage] for passage in number.passages if passage in together}
    return tuple(sorted((cases for cases in sets if len(cases) > 1), key=lambda cases: (-len(cases), cases)))


def group_badge(groups: Iterable[tuple[str, ...]], names: Names, *, is_short: bool = False) -> Runs:
    """Return the badge of a number some of whose cases were reported once as a group; else nothing.

    Beside a number of studies the sizes are left out: it is the number of cases that they enlarge.
    """
    reported = tuple(groups)
    if not reported:
        return ()
    _, counted, n = names.texts.gettext, names.texts.counted, names.texts.numeral
    sizes = names.texts.listed([n(len(cases)) for cases in reported])
    text = fill(counted("group of %(sizes)s", "groups of %(sizes)s", len(reported)), sizes=sizes)
    explanation = "; ".join(
        _("told once for %(n)s cases: %(cases)s")
        % {"n": n(len(cases)), "cases": ", ".join(names.case(case) for case in cases)}
        for cases in reported
    )
    return (Badge(_("group") if is_short else plain(text), explanation),)


def group_note(numbers: Iterable[Number], names: Names) -> tuple[str, ...]:
    """Return the note that tables need where a group of cases was told of once; else nothing."""
    _ = names.texts.gettext
    together = names.told_together
    if not any(passage in together for number in numbers for passage in number.passages):
        return ()
    return (
        _(
            "“Group of n”: a study gives its reasons once for n cases together and does not say which reason belongs "
            "to which case. Each of the n counts as a case, but they are one finding, not n."
        ),
    )
