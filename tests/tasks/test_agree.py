"""How far the coders of a review agree, from its folder to the table and the files."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.tasks.krippendorff import towns

from benang.agreement.ratings import Name
from benang.errors import BenangError, Misuse
from benang.tasks.account import Table
from benang.tasks.agree import AgreeRequest, agree
from benang.tasks.agree_shown import Agreed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two coders in ten towns."""
    return towns(tmp_path / "towns")


def value(agreed: Agreed, of: str, name: Name) -> float | None:
    """Return one coefficient of a code."""
    (row,) = (one for one in agreed.agreements if one.comparison.id == of)
    return next(one.value for one in row.coefficients if one.name == name)


def texts(agreed: Agreed) -> str:
    """Return all that an account says."""
    lines: list[str] = []
    for note in agreed.account.notes:
        lines += [note.text, *note.remarks]
        lines += [*note.lines()] if isinstance(note, Table) else []
    return "\n".join(lines)


def test_krippendorffs_binary_example_is_agreement_on_a_code(folder: Path) -> None:
    """Krippendorff 2004, p. 224: alpha .095; percent, kappa and AC1 of the same table."""
    agreed = agree(AgreeRequest(folder=folder))
    expected: dict[Name, float] = {"percent": 0.6, "cohen": 1 / 11, "ac1": 9 / 29, "alpha": 2 / 21}
    for name, number in expected.items():
        assert value(agreed, "rent", name) == pytest.approx(number), name


def test_where_both_always_say_the_same_coefficients_are_undefined_and_json_has_no_nan(folder: Path) -> None:
    """Both marked slow permits in every town."""
    agreed = agree(AgreeRequest(folder=folder))
    assert value(agreed, "permits", "alpha") is None
    assert "Slow permits: undefined (kappa, AC1, alpha), because both always say 'yes'" in texts(agreed)
    assert "NaN" not in json.dumps(agreed.as_json(), allow_nan=False)


def test_a_town_that_one_coder_is_not_done_with_counts_for_nothing(folder: Path) -> None:
    """Of nine towns they agree on five, since the tenth was one in which they agreed."""
    log = folder / "judgements" / "budi.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines()
    log.write_text("\n".join(one for one in lines if '"c9"' not in one) + "\n", encoding="utf-8")
    agreed = agree(AgreeRequest(folder=folder))
    assert value(agreed, "rent", "percent") == pytest.approx(5 / 9)
    assert agreed.agreements[0].comparison.unseen == ("c9",)
    assert "One coder alone has read 1 other case." in texts(agreed)


def test_what_both_coded_and_one_did_not_finish_is_set_aside_by_name(tmp_path: Path) -> None:
    """Budi coded all ten towns and is done with none."""
    (agreed,) = (agree(AgreeRequest(folder=towns(tmp_path / "open", done=("ani",)))),)
    assert agreed.agreements == ()
    said = texts(agreed)
    assert "Nothing was looked at by two coders" in said
    assert "ani: cases marked as done: 10, cases coded: 10, cases with values: 0" in said
    assert "budi: cases marked as done: 0, cases coded: 10, cases with values: 0" in said


def test_one_coder_alone_is_told_what_is_missing(folder: Path) -> None:
    """Budi's log is not there yet; the files are written all the same, and say so."""
    (folder / "judgements" / "budi.jsonl").unlink()
    agreed = agree(AgreeRequest(folder=folder, output=folder.parent / "agreement.docx"))
    said = texts(agreed)
    assert "Nothing was looked at by two coders, so agreement is undefined." in said
    assert "ani: cases marked as done: 10, cases coded: 10, cases with values: 0" in said
    assert agreed.as_json()["agreement"] == []
    assert zipfile.is_zipfile(folder.parent / "agreement.docx")


def test_coders_who_finished_no_case_in_common_are_told_how_many_each_finished(folder: Path) -> None:
    """Ani is done with towns 0 to 4, Budi with 5 to 9."""
    for coder, towns_of in (("ani", "56789"), ("budi", "01234")):
        log = folder / "judgements" / f"{coder}.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines()
        others = tuple(f'"task/{coder}/c{at}"' for at in towns_of)
        log.write_text("\n".join(one for one in lines if not any(name in one for name in others)) + "\n")
    agreed = agree(AgreeRequest(folder=folder))
    assert agreed.agreements == ()
    assert "ani: cases marked as done: 5, cases coded: 10" in texts(agreed)
    assert "budi: cases marked as done: 5, cases coded: 10" in texts(agreed)


def test_coders_who_looked_and_marked_nothing_agree_on_all_and_have_no_coefficient(folder: Path) -> None:
    """Both are done with all towns, and no log has a coding."""
    for log in (folder / "judgements").iterdir():
        lines = log.read_text(encoding="utf-8").splitlines()
        log.write_text("\n".join(one for one in lines if '"coding"' not in one) + "\n", encoding="utf-8")
    agreed = agree(AgreeRequest(folder=folder))
    assert (value(agreed, "rent", "percent"), value(agreed, "rent", "alpha")) == (1, None)
    said = texts(agreed)
    assert "undefined (kappa, AC1, alpha), because both always say 'no'" in said
    assert "undefined (uα), because nobody marked anything" in said


def test_words_that_are_no_longer_in_their_document_are_set_aside_by_name(folder: Path) -> None:
    """Ani alone marked the rent of town 0; when its words have gone, she has not said that there was none."""
    document = folder / "documents" / "k0.md"
    document.write_text(document.read_text(encoding="utf-8").replace("The rent of stall 0 rose", "It rained"))
    agreed = agree(AgreeRequest(folder=folder))
    assert value(agreed, "rent", "percent") == pytest.approx(6 / 9)
    assert "Reasons, Town 0: words that ani coded are no longer in their document" in texts(agreed)


def test_each_variable_says_what_it_sets_aside_and_not_reported_is_a_disagreement(folder: Path) -> None:
    """In town 0 Ani found neither year nor size, Budi both: two are set aside, and two disagreements listed."""
    variables = [f'[[variables]]\nid = "{one}"\nlabel = "{one.title()}"\ntype = "year"\n' for one in ("since", "until")]
    with (folder / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write("".join(variables))
    quotation = {"document": "documents/k0.md", "start": 0, "end": 6, "quote": "Town 0"}
    for coder, of, passages in (("ani", "not_reported", []), ("budi", 1991, [quotation])):
        with (folder / "judgements" / f"{coder}.jsonl").open("a", encoding="utf-8") as file:
            for one in ("since", "until"):
                line = {"kind": "value", "id": f"{coder}/{one}", "coder": coder, "case": "c0", "variable": one}
                file.write(json.dumps({**line, "value": of, "passages": passages}) + "\n")
    agreed = agree(AgreeRequest(folder=folder))
    said = texts(agreed)
    assert "Judged by several people and set aside, for all or some of them: 2." in said
    why = "ani did not find it reported and others did, but 'not reported' is no point of the scale"
    assert f"Since, Town 0: {why}" in said
    assert f"Until, Town 0: {why}" in said
    assert [one.said for one in agreed.disagreements if one.comparison.id == "since"] == [
        {"ani": "not_reported", "budi": 1991}
    ]


def test_disagreements_are_listed_with_both_sides_and_their_passages(folder: Path) -> None:
    """Ani alone marked town 0; Budi alone towns 2, 5 and 7."""
    agreed = agree(AgreeRequest(folder=folder))
    assert [one.unit for one in agreed.disagreements] == ["c0", "c2", "c5", "c7"]
    said = texts(agreed)
    assert "ani: yes: “The rent of stall 0 rose” (documents/k0.md)" in said
    assert "budi: no" in said


def test_all_adds_the_other_coefficients_and_sets_of_codes(folder: Path) -> None:
    """Scott's pi and others, and the group itself."""
    agreed = agree(AgreeRequest(folder=folder, every=True))
    assert value(agreed, "rent", "scott") is not None
    assert agreed.agreements[0].comparison.kind == "group"
    assert "All coefficients:" in texts(agreed)


def test_a_code_has_its_coverage_beside_how_it_is_told_from_others(folder: Path) -> None:
    """Of six passages on rent, all of one length, two are the same; nobody called a permit what another called rent."""
    agreed = agree(AgreeRequest(folder=folder, every=True))
    assert value(agreed, "rent", "ku-alpha") == 1
    assert value(agreed, "rent", "ku-coverage") == pytest.approx(2 / 6)
    (shown,) = (note for note in agreed.account.notes if isinstance(note, Table) and note.text == "All coefficients:")
    assert ("Rising rent", "coverage of (k)uα", "0.3333", "–") in {row[:4] for row in shown.cells}
    assert '"ku-coverage": {"value": 0.33' in json.dumps(agreed.as_json())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".docx"])
def test_each_file_is_whole_and_the_same_twice(folder: Path, tmp_path: Path, suffix: str) -> None:
    """Nothing in a file depends on the time."""
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        agree(AgreeRequest(folder=folder, output=path))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert suffix == ".csv" or zipfile.is_zipfile(paths[0])


def test_the_csv_has_numbers_and_beside_it_the_disagreements(folder: Path, tmp_path: Path) -> None:
    """A row for each code, then a row for each word of a coder."""
    agreed = agree(AgreeRequest(folder=folder, output=tmp_path / "agreement.csv"))
    assert [path.name for path in agreed.account.files] == ["agreement.csv", "agreement-disagreements.csv"]
    with (tmp_path / "agreement.csv").open(encoding="utf-8") as file:
        rent = next(row for row in csv.DictReader(file) if row["id"] == "rent")
    assert float(rent["Krippendorff's alpha"]) == pytest.approx(2 / 21, abs=1e-6)
    with (tmp_path / "agreement-disagreements.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * 4
    assert "The rent of stall 0 rose" in rows[0]["quotations"]


def test_the_account_speaks_indonesian(folder: Path) -> None:
    """Table, questions and disagreements."""
    said = texts(agree(AgreeRequest(folder=folder, language="id")))
    assert "Pengode: ani dan budi." in said
    assert "ani: ya" in said
    assert "keduanya selalu menilai 'ya'" in said


def test_an_unknown_group_is_named_with_the_nearest(folder: Path) -> None:
    """A slip of the pen."""
    with pytest.raises(BenangError, match=r"'reason' is neither a group of codes nor a form.*reasons"):
        agree(AgreeRequest(folder=folder, groups=("reason",)))


def test_a_stage_on_which_nobody_decided_says_when_a_decision_is_compared(folder: Path) -> None:
    """Cases that were coded don't matter there; JSON has the reason, too."""
    agreed = agree(AgreeRequest(folder=folder, stage="full-text"))
    assert "No record was decided on by two reviewers at this stage" in texts(agreed)
    assert "cases coded" not in texts(agreed)
    assert "No record was decided on" in str(agreed.as_json()["undefined"])


def test_a_stage_has_no_groups(folder: Path) -> None:
    """The two ask for different things."""
    with pytest.raises(Misuse):
        agree(AgreeRequest(folder=folder, stage="full-text", groups=("reasons",)))


def test_output_never_takes_the_place_of_a_file_of_the_review(folder: Path) -> None:
    """A review may have a table of its own."""
    shutil.copy(folder / "sources" / "a.ris", folder / "duplicates.csv")
    with pytest.raises(BenangError):
        agree(AgreeRequest(folder=folder, output=folder / "review.toml"))
