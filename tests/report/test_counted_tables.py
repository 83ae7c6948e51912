"""Codes, printed tables, frameworks and keywords in the report: numbers that open, and what chance is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.report.invented import content
from tests.report.page_reader import cells
from tests.synthesis import invented
from tests.synthesis.studies import coded_review, corpus_with

from benang.coding.codebook import Codebook
from benang.locale import Language
from benang.report.content import Names
from benang.report.counted_tables import (
    association_table,
    check_tables,
    code_table,
    finding,
    framework_table,
    mentions_table,
    printed_table,
)
from benang.report.html import inline_html
from benang.report.inline import Link, Texts, plain, runs
from benang.synthesis import findings_of
from benang.synthesis.association import Association, review_association, with_numbers
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions, review_mentions

CODES = {"p1": ("flood", "decay"), "p2": ("flood",), "p3": ("leaving",), "p4": ("leaving", "decay")}
RECORDS: dict[str, dict[str, object]] = {
    "p1": {"author_keywords": ("rain",), "title": "Rain and river"},
    "p2": {"author_keywords": ("rain",), "title": "Rain on the river"},
    "p3": {"author_keywords": ("staff",), "title": "Staff leaving"},
    "p4": {"author_keywords": ("staff",), "title": "Staff by the river"},
}


@pytest.fixture(scope="module")
def found() -> tuple[Findings, Association, Mentions]:
    """Return a review of four studies with what it asks of codes and keywords."""
    coded = coded_review(CODES)
    findings = findings_of(
        corpus=corpus_with(RECORDS),
        codebook=coded.codebook,
        cases=coded.cases,
        documents=coded.documents,
        placed=coded.placed,
    )
    made, said = review_association(findings, group="reasons"), review_mentions(findings, group="reasons")
    return with_numbers(with_numbers(findings, made.numbers()), said.numbers()), made, said


def test_a_pair_that_chance_brings_seldom_stands_first(found: tuple[Findings, Association, Mentions]) -> None:
    """Rain and flood: two studies of two, where one would be by chance; p is 1/6 of six ways to choose two of four."""
    findings, made, _said = found
    table = association_table(made, Names(findings, Texts("en")))
    first = table.bodies[0].rows[0].cells

    assert first[0] == "rain"
    assert [plain(cell) for cell in first[2:5]] == ["2", "2", "2"]
    assert first[5:8] == ("1.0", "2.0", "0.167")
    assert 'data-number="association/author-keywords/pairs/flood/rain/studies"' in inline_html(first[2])


@pytest.mark.parametrize(
    ("language", "chance"),
    [("en", "reassigning the studies' sets of keywords at random"), ("id", "memasangkan ulang secara acak")],
)
def test_the_notes_say_what_chance_is_and_that_nothing_stands(
    found: tuple[Findings, Association, Mentions], language: Language, chance: str
) -> None:
    """With four studies no pair stands after the correction; the table says so in the reader's language."""
    findings, made, _said = found
    notes = " ".join(map(plain, association_table(made, Names(findings, Texts(language))).notes))

    assert chance in notes
    assert ("not a finding" if language == "en" else "bukan temuan") in notes


def test_a_pair_that_one_study_has_is_not_listed(found: tuple[Findings, Association, Mentions]) -> None:
    """Decay stands with rain in one study alone."""
    findings, made, _said = found
    table = association_table(made, Names(findings, Texts("en")))

    assert "decay" in {pair.code.id for pair in made.pairs}
    assert [row.cells[0] for row in table.bodies[0].rows] == ["rain", "staff"]


def test_what_is_told_but_never_spoken_of_has_a_part_of_its_own(found: tuple[Findings, Association, Mentions]) -> None:
    """Each part lists what has its standing, with both numbers to open."""
    findings, _made, said = found
    table = mentions_table(said, Names(findings, Texts("en")))
    told = {body.title: {row.cells[0] for row in body.rows} for body in table.bodies}
    labels = {row.id: row.label for row in said.rows}

    assert told["Reported in passages, never mentioned"] == {
        labels[row.id] for row in said.standing("evidenced, never talked about")
    }
    assert all(
        'data-number="mentions/' in inline_html(cell)
        for body in table.bodies
        for row in body.rows
        for cell in row.cells[2:]
    )


def test_what_finds_no_room_is_counted(
    found: tuple[Findings, Association, Mentions], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part shows its first rows; how many are left out stands in a note."""
    findings, _made, said = found
    monkeypatch.setattr("benang.report.counted_tables.MOST", 0)
    n = sum(row.standing.count("never") for row in said.rows)

    assert f"Not shown for lack of space: {n}." in map(
        plain, mentions_table(replace(said), Names(findings, Texts("en"))).notes
    )


def test_codes_stand_under_their_side_with_cases_and_studies(names: Names) -> None:
    """A side that this review judged is marked, and a group is named beside its number."""
    table = code_table("reasons", names.findings.code_tables["reasons"], names)

    assert cells(table) == [
        ["Inner"],
        ["Too dark", "1", "1"],
        ["Dear stalls†", "1", "1"],
        ["Outer"],
        ["Rain", "3 group of 2", "2 group"],
    ]
    assert any("one finding, not n" in plain(note) for note in table.notes)
    assert any("†" in plain(note) for note in table.notes)


def test_a_code_never_used_stands_at_nought(names: Names) -> None:
    """What nobody reports is shown as such; no note on groups is needed."""
    table = code_table("goods", names.findings.code_tables["goods"], names)

    assert cells(table) == [["Fruit", "0", "0"]]
    assert table.notes == ()


def test_a_printed_table_names_the_codes_of_each_row(names: Names) -> None:
    """Its rows keep their printed numbers."""
    table = printed_table("weather", names.findings.printed_tables["weather"], names)

    assert cells(table) == [
        ["Outer"],
        ["1. Weather", "Rain", "3 group of 2", "2 group"],
        ["Inner"],
        ["2. Light", "Too dark", "1", "1"],
    ]


def test_a_framework_counts_its_items_in_four_states(names: Names) -> None:
    """Evidence, counter-evidence, not reported, not looked at."""
    table = framework_table(names.findings.framework_tables[0], names)

    assert [column.label for column in table.columns][1:] == [
        "Evidence",
        "Counter-evidence",
        "Not reported",
        "Not looked at",
    ]
    assert cells(table) == [["Shelter", "0", "3 group of 2", "1", "0"]]


def test_a_table_of_codes_has_columns_of_counter_evidence_and_mentions_where_there_are_any() -> None:
    """Two cases of two are also contradicted; noise, which no case has, is mentioned in one."""
    names = Names(invented.found(invented.DOUBTED), Texts("en"))
    table = code_table("reasons", names.findings.code_tables["reasons"], names)
    rows = {row[0]: row[1:] for row in cells(table)}

    assert [plain(column.label) for column in table.columns[3:]] == [
        "Cases with counter-evidence",
        "Cases that only mention it",
    ]
    assert (rows["Bad roof"], rows["Noise"]) == (["2", "2", "2", "0"], ["0", "0", "0", "1"])
    assert (
        len(code_table("uses", invented.found().code_tables["uses"], Names(invented.found(), Texts("en"))).columns) == 3
    )


def test_a_retired_code_says_so() -> None:
    """Its passages still count."""
    dumped = invented.CODEBOOK.model_dump()
    codes = [one | {"retired": True} if one["id"] == "roof" else one for one in dumped["codes"]]
    names = Names(invented.found(codebook=Codebook.model_validate(dumped | {"codes": codes})), Texts("en"))

    assert ["Bad roof (retired)", "2", "2"] in cells(
        code_table("reasons", names.findings.code_tables["reasons"], names)
    )


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
