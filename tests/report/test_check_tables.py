"""Claims and findings on the review, as tables."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import content

from benang.report.check_tables import check_tables, finding
from benang.report.content import Names
from benang.report.html import inline_html
from benang.report.inline import Link, plain, runs


def test_a_claim_stands_with_its_verdict_and_what_was_found(names: Names) -> None:
    """The number that bears it out opens from there."""
    claims, _general = check_tables(names.findings.checks, content().claims, names)
    said, told, verdict, evidence = claims.bodies[0].rows[0].cells

    assert plain(said) == "2 check: a count"
    assert plain(told) == "3 cases group of 2"
    assert 'data-number="reasons/rain/cases"' in inline_html(told)
    assert plain(verdict) == "contradicted"
    assert 'data-number="reasons/rain/cases"' in inline_html(evidence)
    assert "group of 2" in plain(evidence)


def test_a_claim_that_needs_a_reader_says_so_and_where_to_look(names: Names) -> None:
    """It links to the case."""
    claims, _general = check_tables(names.findings.checks, content().claims, names)
    _said, _told, verdict, evidence = claims.bodies[0].rows[1].cells

    assert plain(verdict) == "cannot be told needs a reader"
    assert Link("Hulu – Muara", "case-hulu") in runs(evidence)


def test_each_number_that_a_check_speaks_of_opens_once(names: Names) -> None:
    """Two numbers of the same amount are two; an amount within a longer one is none."""
    keys = ("reasons/dark/cases", "reasons/dear/cases", "goods/fruit/cases")
    check = replace(names.findings.checks[0], found="Of 11 cases & 1 case, 1 case.", evidence=keys)
    shown = finding(check, names)

    assert plain(shown) == "Of 11 cases & 1 case, 1 case."
    assert inline_html(shown).startswith("Of 11 cases &amp; <a")
    assert [key for key in keys if f'data-number="{key}"' in inline_html(shown)] == list(keys[:2])


def test_the_mark_of_a_group_stands_for_the_words_of_it(names: Names) -> None:
    """Rain is three cases, two of which are told of together: it is said once."""
    said = names.amount(names.findings.evidence.numbers["reasons/rain/cases"])
    check = replace(names.findings.checks[0], found=f"The data give {said}.", evidence=("reasons/rain/cases",))

    assert said == "3 cases, 2 of them reported only as part of a group"
    assert plain(finding(check, names)) == "The data give 3 cases group of 2."


def test_where_a_claim_stands_and_its_remark_are_told(names: Names) -> None:
    """A reader of the report can find it in the text under review."""
    check = replace(names.findings.checks[0], where="abstract", note="A <remark>.")
    (claims,) = check_tables([check], (), names)

    assert plain(claims.bodies[0].rows[0].cells[0]) == "2 abstract A <remark>."


def test_findings_on_the_review_quote_the_passage_and_link_to_the_study(names: Names) -> None:
    """Their verdict is left out: they ask for a second look."""
    _claims, general = check_tables(names.findings.checks, content().claims, names)
    of, told, evidence = general.bodies[0].rows[0].cells

    assert plain(general.bodies[0].title) == "Not met: A study follows what it reports."
    assert plain(of) == "Tan et al., 2021"
    assert plain(told) == "dated 2021"
    assert "“It ended in 2016.”" in plain(evidence)
    assert "not a verdict" in plain(general.notes[0])


def test_without_checks_there_are_no_tables(names: Names) -> None:
    """Nor with general ones alone a table of claims."""
    assert check_tables((), (), names) == ()
    assert [table.anchor for table in check_tables(names.findings.checks[2:], (), names)] == ["table-general"]
