"""Tables of codes, of printed rows and of cases, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.synthesis.invented import (
    CASES,
    CODEBOOK,
    DOCUMENTS,
    DOUBTED,
    JUDGED,
    Judged,
    coding,
    found,
    quotation,
    value,
)

from benang import synthesis
from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.judgements.events import Task
from benang.judgements.log import fold
from benang.synthesis import code_matrix
from benang.synthesis.findings import Matrix


def test_codes_stand_with_most_cases_first_and_ties_as_in_the_codebook() -> None:
    """Volunteers and flood have three cases and two studies each, roof two; the code at 0 is there, the heading not."""
    rows = found().code_tables["reasons"].rows

    assert [(row.code.id, row.cases.value, row.studies.value, row.group_cases) for row in rows] == [
        ("volunteers", 3, 2, 2),
        ("flood", 3, 2, 2),
        ("roof", 2, 2, 0),
        ("librarian", 1, 1, 0),
        ("noise", 0, 0, 0),
    ]


def test_rows_of_a_printed_table_gather_the_codes_under_their_heading() -> None:
    """Row 2 belongs to the heading: it counts both codes under it, each case once; rows come in their order."""
    rows = found().printed_tables["leaflet"]

    assert [(one.row.row, one.codes, one.cases.value, one.studies.value, one.group_cases) for one in rows] == [
        (1, ("roof",), 2, 2, 0),
        (2, ("librarian", "volunteers"), 3, 3, 2),
        (3, ("flood",), 3, 2, 2),
    ]


def test_a_case_has_its_years_its_codes_and_the_numbers_that_open_them() -> None:
    """Beji moved in 2015, when it began is not told; its three reasons are in the codebook's order."""
    beji = found().case_rows[1]

    assert (beji.case.id, beji.since, beji.until, beji.is_group) == ("beji", None, 2015, False)
    assert beji.codes == {"reasons": ("roof", "librarian", "volunteers"), "uses": ()}
    assert beji.numbers["reasons"].id == "cases/beji/reasons"
    assert {name: beji.values[name] for name in ("until", "outcome", "country")} == {
        "until": 2015,
        "outcome": "moved",
        "country": "Indonesia",
    }


def test_the_outcome_is_that_of_the_cases_or_else_of_the_judgements() -> None:
    """Alun's outcome is in cases.toml, Beji's is a coder's value, nobody tells that of Ends."""
    assert [row.outcome for row in found().case_rows] == ["closed", "moved", "closed", "closed", None]
    assert "outcome" not in CASES.by_id["beji"].values


def test_what_was_looked_for_in_vain_is_no_value() -> None:
    """Cikal's beginning is not reported: the row has no year and no value for it."""
    cikal = found().case_rows[2]

    assert (cikal.since, "since" in cikal.values) == (None, False)


def test_a_review_without_codings_has_all_its_rows_at_zero() -> None:
    """Without any judgement every code and every case is still there."""
    findings = found([one for one in JUDGED if one.kind == "task"])

    assert {row.cases.value for row in findings.code_tables["reasons"].rows} == {0}
    assert len(findings.case_rows) == 5


def test_a_matrix_is_made_once_and_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening a number asks for none."""
    groups: list[str] = []

    def counting(coded: Coded, group: str) -> Matrix:
        groups.append(group)
        return code_matrix(coded, group)

    monkeypatch.setattr(synthesis, "code_matrix", counting)
    findings = found()
    assert (groups, list(findings.matrices)) == ([], [*(one.id for one in findings.codebook.groups), "frameworks"])

    assert findings.matrices["reasons"] is findings.matrices["reasons"]
    assert (groups, findings.matrices.get("ghosts")) == (["reasons"], None)


def test_a_pair_with_a_passage_is_evidence() -> None:
    """Alun's roof leaked: the cell is evidence, on that passage."""
    cell = found().matrices["reasons"].cells["alun", "roof"]

    assert (cell.state, cell.passages, cell.is_group) == ("evidence", ("alun/roof",), False)


def test_a_passage_told_of_a_group_marks_its_cell() -> None:
    """Cikal's flood is told together with Dadap's."""
    assert found().matrices["reasons"].cells["cikal", "flood"].is_group


def test_what_a_coder_looked_for_and_did_not_find_is_not_reported() -> None:
    """Alun was looked at for all reasons, and has no volunteers lost."""
    assert found().matrices["reasons"].cells["alun", "volunteers"].state == "not-reported"


def test_what_nobody_is_done_looking_for_is_not_looked() -> None:
    """Dadap's task is open, Ends has none: a missing roof there can't be told."""
    cells = found().matrices["reasons"].cells

    assert (cells["dadap", "roof"].state, cells["ends", "roof"].state) == ("not-looked", "not-looked")


def test_every_pair_of_case_and_code_has_a_cell() -> None:
    """Five cases by five codes, headings left out."""
    matrix = found().matrices["reasons"]

    assert matrix.columns == ("roof", "librarian", "volunteers", "flood", "noise")
    assert set(matrix.cells) == {(case, code) for case in matrix.cases for code in matrix.columns}
    assert len(matrix.cells) == 25


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("records/all", "ana2010 bima2012 citra dewi2011"),
        ("records/without-year", "citra"),
        ("studies/all", "ana2010 bima2012 citra"),
        ("years/2010/studies", "ana2010"),
        ("years/none/studies", "citra"),
        ("years/2011/records", "dewi2011"),
        ("cases/all", "alun beji cikal dadap ends"),
        ("cases/without-reasons", "ends"),
        ("cases/without-uses", "beji cikal dadap ends"),
        ("cases/beji/reasons", "librarian roof volunteers"),
        ("cases/ends/uses", ""),
        ("scope/group/cases", "dadap"),
        ("outcome/closed/cases", "alun cikal dadap"),
        ("outcome/moved/cases", "beji"),
        ("outcome/thriving/cases", ""),
        ("outcome/reported/cases", "alun beji cikal dadap"),
        ("since/reported/cases", "alun"),
        ("since/not-reported/cases", "cikal"),
        ("reasons/roof/cases", "alun beji"),
        ("reasons/roof/studies", "ana2010 bima2012"),
        ("reasons/volunteers/cases", "beji cikal dadap"),
        ("reasons/volunteers/studies", "ana2010 citra"),
        ("reasons/volunteers/group-cases", "cikal dadap"),
        ("reasons/noise/cases", ""),
        ("reasons/all/codes", "flood librarian roof volunteers"),
        ("leaflet/1/cases", "alun beji"),
        ("leaflet/2/cases", "beji cikal dadap"),
        ("leaflet/2/studies", "ana2010 bima2012 citra"),
        ("leaflet/2/group-cases", "cikal dadap"),
        ("leaflet/inside/rows", "leaflet/1 leaflet/2"),
        ("leaflet/outside/rows", "leaflet/3"),
        ("needs-no-id", None),
    ],
)
def test_a_number_counts_what_its_id_says(name: str, of: str | None) -> None:
    """Every number of the invented review names what is known by hand; an id of no form has no number."""
    number = found().evidence.numbers.get(name)

    assert (number and number.of) == (None if of is None else tuple(of.split()))


def test_a_number_is_the_count_of_what_it_names() -> None:
    """The value of every number is the number of distinct things in `of`."""
    numbers = found().evidence.numbers.values()

    assert [one.id for one in numbers if one.value != len(set(one.of))] == []


def test_every_number_of_a_code_follows_from_its_passages() -> None:
    """The cases of a code are the cases of its passages, the studies those whose documents they stand in."""
    findings = found()
    passages, documents = findings.evidence.passages, findings.documents
    for table in findings.code_tables.values():
        for row in table.rows:
            behind = [passages[one] for one in row.cases.passages]
            assert {one.case for one in behind} == set(row.cases.of)
            assert {documents[one.document].record for one in behind} == set(row.studies.of)
            assert {one.code for one in behind} <= {row.code.id}


def test_no_passage_of_a_number_is_missing() -> None:
    """Every passage that a number rests on is in the evidence, and its quote stands at its place."""
    findings = found()
    evidence = findings.evidence

    assert {one for number in evidence.numbers.values() for one in number.passages} <= set(evidence.passages)
    for passage in evidence.passages.values():
        assert findings.documents[passage.document].text[passage.start : passage.end] == passage.quote


def test_passages_of_values_have_ids_of_their_own() -> None:
    """A value's passages are called VALUE/1 and so on, their code is the variable, and its number rests on them."""
    evidence = found().evidence

    assert evidence.passages["beji/outcome/1"].code == "outcome"
    assert evidence.numbers["outcome/moved/cases"].passages == ("beji/outcome/1",)


def test_a_case_that_one_passage_tells_of_alone_is_not_told_as_a_group() -> None:
    """The group case becomes a case of its own as soon as one passage tells of it alone."""
    own = coding("cikal", "roof", "ana2010", "In Alun the roof leaked.")
    numbers = found([*JUDGED, own]).evidence.numbers

    assert numbers["scope/group/cases"].of == ("dadap",)
    assert numbers["reasons/volunteers/group-cases"].of == ("cikal", "dadap")


def test_the_value_of_the_consensus_counts_where_coders_differ() -> None:
    """Two coders give two years; the coder consensus decides, and only passages for its year are behind the number."""
    mine, theirs = (value("dadap", "since", year, quotation("citra", "No year is told.")) for year in (1999, 2001))
    theirs = theirs.model_copy(update={"id": "consensus/dadap", "coder": "consensus"})
    findings = found([*JUDGED, mine, theirs])

    assert next(row.since for row in findings.case_rows if row.case.id == "dadap") == 2001
    assert findings.evidence.numbers["since/reported/cases"].passages == ("alun/since/1", "consensus/dadap/1")


def test_tasks_count_nothing() -> None:
    """Tasks say what was looked for; without them no number of codes changes."""
    bare = found([one for one in JUDGED if not isinstance(one, Task)]).evidence.numbers

    assert {key: one for key, one in bare.items() if not key.startswith("frameworks")} == {
        key: one for key, one in found().evidence.numbers.items() if not key.startswith("frameworks")
    }


def test_passages_that_contradict_a_code_or_mention_it_change_no_count() -> None:
    """All numbers of cases, codes and rows are the same, on the same passages, as without them."""
    before, after = found().evidence.numbers, found(DOUBTED).evidence.numbers
    counted = [name for name in before if not name.startswith(("frameworks/", "scope/"))]

    assert [after[name] for name in counted] == [before[name] for name in counted]
    assert after["scope/group/cases"].of == before["scope/group/cases"].of


def test_cases_with_passages_against_a_code_are_counted_beside_it() -> None:
    """Alun and Cikal have passages against the roof, Dadap one that mentions noise; each opens its passages."""
    numbers = found(DOUBTED).evidence.numbers
    against = numbers["reasons/roof/contradicting-cases"]

    assert (against.of, against.passages) == (("alun", "cikal"), ("alun/roof/contradicts", "cikal/roof/contradicts"))
    assert numbers["reasons/noise/mentioning-cases"].of == ("dadap",)
    assert numbers["reasons/flood/contradicting-cases"].value == 0
    assert numbers["leaflet/1/contradicting-cases"].of == ("alun", "cikal")
    assert numbers["uses/loans/contradicting-cases"].of == ("beji",)
    assert "uses/loans/mentioning-cases" not in numbers


def test_without_such_passages_there_are_no_such_numbers() -> None:
    """A review whose passages all support their codes has no number more than before."""
    assert not [name for name in found().evidence.numbers if name.endswith(("contradicting-cases", "mentioning-cases"))]


def test_a_cell_with_passages_on_both_sides_is_evidence_and_names_those_against() -> None:
    """The roof of Alun leaked and did not: it counts, and the cell has both, those against it by name."""
    cell = found(DOUBTED).matrices["reasons"].cells["alun", "roof"]

    assert (cell.state, cell.passages) == ("evidence", ("alun/roof", "alun/roof/contradicts"))
    assert cell.contrary == ("alun/roof/contradicts",)


def test_a_cell_with_passages_against_alone_is_counter_evidence() -> None:
    """Of Cikal's roof there is nothing but a passage against it, told of a group."""
    cell = found(DOUBTED).matrices["reasons"].cells["cikal", "roof"]

    assert (cell.state, cell.passages, cell.is_group) == ("counter-evidence", ("cikal/roof/contradicts",), True)


def test_a_mention_leaves_a_cell_to_what_was_looked_for() -> None:
    """Dadap's task is open, so that noise there is not looked for, though a passage mentions it."""
    cell = found(DOUBTED).matrices["reasons"].cells["dadap", "noise"]

    assert (cell.state, cell.passages, cell.mentions) == ("not-looked", (), ("dadap/noise/mentions",))


def test_every_column_has_as_many_cells_of_evidence_as_its_code_has_cases() -> None:
    """Figure and table of a group can't disagree, whatever the stances."""
    findings = found(DOUBTED)
    matrix = findings.matrices["reasons"]

    assert {
        row.code.id: sum(matrix.cells[case, row.code.id].state == "evidence" for case in matrix.cases)
        for row in findings.code_tables["reasons"].rows
    } == {row.code.id: row.cases.value for row in findings.code_tables["reasons"].rows}


def test_a_case_says_of_each_group_whether_somebody_is_done_with_looking() -> None:
    """Beji is done for reasons and not for uses, Dadap's task is open, nobody has looked at Ends."""
    states = {row.case.id: (row.states["reasons"], row.states["uses"]) for row in found().case_rows}

    assert states["beji"] == ("not-reported", "not-looked")
    assert states["dadap"] == states["ends"] == ("not-looked", "not-looked")


def test_a_passage_coded_under_an_earlier_id_counts_for_the_present_code() -> None:
    """Where the roof is now called ceiling, all its numbers are those that it had, under its new id."""
    codes = tuple(
        code.model_copy(update={"id": "ceiling", "was": ("roof",)}) if code.id == "roof" else code
        for code in CODEBOOK.codes
    )
    before, after = found(DOUBTED), found(DOUBTED, codebook=Codebook(**(CODEBOOK.model_dump() | {"codes": codes})))

    assert {name.replace("/roof/", "/ceiling/"): number.of for name, number in before.evidence.numbers.items()} == {
        name: tuple(sorted("roof" if one == "ceiling" else one for one in number.of))
        for name, number in after.evidence.numbers.items()
    }
    assert before.matrices["frameworks"] == after.matrices["frameworks"]


SUGGESTED = (
    *JUDGED,
    coding("ends", "noise", "citra", "No year is told.").model_copy(update={"id": "guess", "program": "search 1"}),
    coding("ends", "noise", "citra", "No year is told.").model_copy(update={"id": "taken", "supersedes": ("guess",)}),
)
"""What persons said, among it a suggestion that one of them took over."""
_PERSONS = [one.id for one in SUGGESTED]


@st.composite
def suggestions(draw: st.DrawFn) -> list[Judged]:
    """Make events of a program: of every kind, in place of any others, under ids of their own."""
    made: list[Judged] = []
    for number in range(draw(st.integers(1, 6))):
        event = draw(st.sampled_from(SUGGESTED))
        earlier = draw(st.lists(st.sampled_from([*_PERSONS, *(one.id for one in made)]), max_size=3, unique=True))
        own = {"id": f"program/{number}", "program": "model 2", "supersedes": tuple(earlier), "coder": "model 2"}
        made.append(event.model_copy(update=own))
    return made


@given(suggestions())
def test_what_a_program_suggests_counts_nowhere_whatever_it_supersedes(made: list[Judged]) -> None:
    """Codings, values, tasks and passages that stand are those of persons, as if no program had said a word."""
    before = place(fold(SUGGESTED), DOCUMENTS, CODEBOOK, CASES)

    assert place(fold([*made, *SUGGESTED]), DOCUMENTS, CODEBOOK, CASES) == before


def test_a_value_that_a_program_suggests_contradicts_nobody() -> None:
    """A model that gives Alun another year is no coder who differs, nor can it speak for the consensus."""
    other = value("alun", "since", 1999, quotation("ana2010", "It opened in 2008."))
    guessed = other.model_copy(update={"id": "guess", "program": "model 2", "coder": "consensus"})

    assert found([*JUDGED, guessed]).evidence.numbers == found().evidence.numbers
