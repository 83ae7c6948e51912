"""Every number of the invented review is the one counted by hand."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import JUDGED, coding, found, quotation, value

from benang.judgements.events import Task


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
