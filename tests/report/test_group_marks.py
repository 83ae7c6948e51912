"""A number whose cases a study tells of once, as a group, never looks like as many findings."""

from __future__ import annotations

from benang.report.blocks import Badge, Span, plain, runs
from benang.report.group_marks import group_note, groups_told
from benang.report.names import Names
from benang.report.opened import opened


def test_a_number_told_of_a_group_says_so_wherever_it_stands(names: Names) -> None:
    """Rain is three cases, two of which one study tells of together."""
    (number,) = opened(names.findings.evidence.numbers["reasons/rain/cases"], names)

    assert plain(number) == "3 group of 2"
    assert isinstance(number, Span)
    assert Badge("group of 2", "told once for 2 cases: Barat – Muara, Timur – Muara") in runs(number.content)


def test_beside_a_number_of_studies_the_size_of_the_group_is_left_out(names: Names) -> None:
    """It is the number of cases that a group enlarges."""
    assert plain(opened(names.findings.evidence.numbers["reasons/rain/studies"], names)) == "2 group"


def test_a_number_without_group_scope_has_no_mark(names: Names) -> None:
    """Nothing distracts where there is nothing to say."""
    assert plain(opened(names.findings.evidence.numbers["reasons/dear/cases"], names)) == "1"


def test_a_note_explains_the_mark_only_where_there_is_one(names: Names) -> None:
    """Rain needs it; dear stalls, which one case alone reports, does not."""
    numbers = names.findings.evidence.numbers

    assert groups_told(numbers["reasons/rain/cases"], names) == (("barat", "timur"),)
    assert "one finding, not n" in group_note([numbers["reasons/rain/cases"]], names)[0]
    assert group_note([numbers["reasons/dear/cases"]], names) == ()
