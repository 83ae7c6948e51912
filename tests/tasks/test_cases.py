"""Cases are added, changed and removed: files keep their form, judgements their case, and mistakes change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.two_coders import write_towns

from benang.coding.cases import read_cases
from benang.errors import BenangError
from benang.project.toml_files import Label
from benang.review.desk import open_desk
from benang.tasks.begin import BeginRequest, begin
from benang.tasks.cases import (
    AddCaseRequest,
    ChangeCaseRequest,
    RemoveCaseRequest,
    add_case,
    cases_shown,
    change_case,
    own_variables,
    remove_case,
)

VARIABLES = """
[[variables]]
id = "began"
label = { en = "Began in", id = "Dimulai" }
type = "year"

[[variables]]
id = "outcome"
label = "Outcome"
levels = [{ id = "lasted", label = "Lasted" }, { id = "ended", label = "Ended" }]

[[variables]]
id = "owner"
label = "Owner"
type = "text"
"""
"""To be put behind a codebook."""


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """Three towns, of which Ani has coded the first; the last has a comment."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, None, None)})
    with (folder / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write(VARIABLES)
    with (folder / "cases.toml").open("a", encoding="utf-8") as file:
        file.write('owner = { en = "village", id = "desa" } # since 1990\n')
    return folder


def ids(folder: Path) -> list[str]:
    """Return the ids of the cases in the order of the file."""
    return [one.id for one in read_cases(folder / "cases.toml").cases]


def test_a_case_is_added_behind_the_others_which_stay_byte_for_byte(towns: Path) -> None:
    """With an id that is made of its label, its studies and its values."""
    before = (towns / "cases.toml").read_bytes()

    change = add_case(
        AddCaseRequest(
            folder=towns, label=" Pasar  Malam Muara ", studies=("k01", "k02", "k01"),
            values={"began": "1998", "outcome": "ended", "owner": ""},
        )
    )  # fmt: skip

    assert (towns / "cases.toml").read_bytes().startswith(before)
    assert ids(towns) == ["ck01", "ck02", "ck03", "pasar-malam-muara"]
    assert change.case.label.en == "Pasar Malam Muara"
    assert change.case.studies == ("k01", "k02")
    assert dict(change.case.values) == {"began": 1998, "outcome": "ended"}
    assert open_desk(towns).cases.by_id["pasar-malam-muara"] == change.case


def test_studies_that_were_cases_by_themselves_stay_when_a_first_case_is_added(tmp_path: Path) -> None:
    """What was coded for them is then no judgement about something that is missing."""
    folder = write_towns(tmp_path / "towns", {"ani": (None, None)})
    (folder / "cases.toml").unlink()
    before = open_desk(folder).present_cases.cases

    add_case(AddCaseRequest(folder=folder, label="Both towns", studies=("k01", "k02")))

    after = read_cases(folder / "cases.toml").cases
    assert after[:-1] == before
    assert after[-1].id == "both-towns"


def test_the_first_case_takes_the_place_of_the_example(tmp_path: Path) -> None:
    """The comments that explain the file stay."""
    begin(BeginRequest(folder=tmp_path / "new", title="Markets", question="Why?", kind="cases"))
    file = tmp_path / "new" / "cases.toml"
    assert [one.id for one in read_cases(file).cases] == ["example"]

    add_case(AddCaseRequest(folder=tmp_path / "new", label="Muara", values={"place": "By the river", "began": "2001"}))

    text = file.read_text(encoding="utf-8")
    assert ids(tmp_path / "new") == ["muara"]
    assert text.startswith("# The cases: what your review compares")
    assert "Below is a small example" not in text


def test_an_example_that_somebody_has_coded_stays(tmp_path: Path) -> None:
    """Else its passages would be about nothing."""
    folder = tmp_path / "new"
    begin(BeginRequest(folder=folder, title="Markets", question="Why?", kind="cases", reviewers=("ani",)))
    (folder / "judgements").mkdir(exist_ok=True)
    task = '{"kind": "task", "id": "example/factors", "case": "example", "group": "factors", "coder": "ani"}\n'
    (folder / "judgements" / "ani.jsonl").write_text('{"format": 1}\n' + task, encoding="utf-8")

    add_case(AddCaseRequest(folder=folder, label="Muara"))

    assert ids(folder) == ["example", "muara"]


def test_a_case_is_changed_and_keeps_its_id_and_what_was_said_of_it(towns: Path) -> None:
    """Only the keys that are other than before change in the file."""
    change_case(
        ChangeCaseRequest(folder=towns, case="ck01", label="Muara", studies=("k01", "k03"), values={"began": "1960"})
    )

    case = open_desk(towns).cases.by_id["ck01"]
    assert (case.label.en, case.studies, dict(case.values)) == ("Muara", ("k01", "k03"), {"began": 1960})
    assert [one.case for one in open_desk(towns).placed_codings] == ["ck01", "ck01"]
    assert "# since 1990" in (towns / "cases.toml").read_text(encoding="utf-8")


def test_a_text_in_two_languages_changes_in_the_one_that_is_spoken(towns: Path) -> None:
    """An empty text takes the value away, in both."""
    change_case(ChangeCaseRequest(folder=towns, case="ck03", values={"owner": "kelurahan"}, language="id"))

    owner = open_desk(towns).cases.by_id["ck03"].values["owner"]
    assert owner == Label(en="village", id="kelurahan")
    change_case(ChangeCaseRequest(folder=towns, case="ck03", values={"owner": " "}))
    assert not open_desk(towns).cases.by_id["ck03"].values


def test_what_is_as_it_was_is_not_written(towns: Path) -> None:
    """A form that is saved unchanged leaves the file alone, also its modification time."""
    (towns / "cases.toml").chmod(0o400)
    before = (towns / "cases.toml").stat()

    change = change_case(
        ChangeCaseRequest(
            folder=towns, case="Town k03", label="Town k03", studies=("k03",), values={"owner": "village", "began": ""}
        )
    )

    assert (towns / "cases.toml").stat() == before
    assert change.account.notes[0].text == "Nothing to change: Town k03."


def test_a_case_of_which_something_was_said_is_not_removed(towns: Path) -> None:
    """The message counts the judgements and leads to them; a case without any goes."""
    with pytest.raises(BenangError, match="3 judgements are about the case 'Town k01'"):
        remove_case(RemoveCaseRequest(folder=towns, case="ck01"))
    assert ids(towns) == ["ck01", "ck02", "ck03"]

    remove_case(RemoveCaseRequest(folder=towns, case="ck02"))

    assert ids(towns) == ["ck01", "ck03"]


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        ({"label": "town K02"}, "there is already a case 'town K02'"),
        ({"label": "  "}, "has no label"),
        ({"label": "New", "id": "ck02"}, "there is already a case 'ck02'"),
        ({"label": "New", "id": "c k"}, "c k"),
        ({"label": "New", "studies": ("k99",)}, "no record has the key 'k99'"),
        ({"label": "New", "values": {"began": "long ago"}}, "a year of four digits was expected"),
        ({"label": "New", "values": {"outcome": "gone"}}, "'gone' is not a level of the variable 'outcome'"),
        ({"label": "New", "values": {"begun": "1999"}}, "'begun' is not a variable"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(towns: Path, request_: dict[str, Any], fault: str) -> None:
    """In the words of whoever asked."""
    before = (towns / "cases.toml").read_bytes()

    with pytest.raises(BenangError, match=fault):
        add_case(AddCaseRequest(folder=towns, **request_))

    assert (towns / "cases.toml").read_bytes() == before


def test_cases_are_shown_with_their_studies_values_and_judgements(towns: Path) -> None:
    """Levels by their labels, studies by author and year; what is in a form is given there, with its passage."""
    change_case(ChangeCaseRequest(folder=towns, case="ck01", values={"outcome": "lasted", "began": "1960"}))
    with (towns / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[forms]]\nid = "basics"\nlabel = "Basics"\nvariables = ["began"]\n')
    desk = open_desk(towns)

    first, second, _third = cases_shown(desk, {"k01": "Stalls of town k01"}, "en")

    assert [one.title for one in first.studies] == ["Stalls of town k01"]
    assert first.values == (("Outcome", "Lasted"), ("Began in", "1960"))
    assert (first.judgements, second.judgements) == (3, 0)
    assert [one.id for one in own_variables(second.case, desk)] == ["outcome", "owner"]
    assert [one.id for one in own_variables(first.case, desk)] == ["began", "outcome", "owner"]
