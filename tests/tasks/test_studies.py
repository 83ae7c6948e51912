"""`benang studies`: proposals with their evidence, and one file that says which reports are one study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benang.errors import BenangError, Misuse
from benang.project.folder import open_folder
from benang.review.load import load
from benang.tasks.screening.deciding import DecideRequest, decide
from benang.tasks.status import StatusRequest, status
from benang.tasks.studies import ShownStudies, StudiesRequest, studies
from benang.tasks.verify import VerifyRequest, verify

RECORDS = {
    "r01": ("Sari, D.", "Ginger traders", "Registered as NCT09999999."),
    "r02": ("Sari, D.", "What sandals cost", "Trial NCT09999999."),
    "r03": ("Umpama, A.", "Lanterns that went out", "Of 95 households in Telaga."),
    "r04": ("Umpama, A.", "Umbrellas and rain", "We visited 95 households twice."),
    "r05": ("Contoh, B.", "Nothing of the kind", ""),
}
PLAN = 'format = 1\ntitle = "Markets"\nquestion = "Why?"\nlanguage = "en"\n[sources]\nfiles = ["sources/*"]\n'


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of five reports: two of one trial, two of the same households, one of neither."""
    entries = [
        f"TY  - JOUR\nID  - {key}\nAU  - {author}\nTI  - {title}\nPY  - 2020\nAB  - {abstract}\nER  - \n"
        for key, (author, title, abstract) in RECORDS.items()
    ]
    folder = tmp_path / "review"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "a.ris").write_text("".join(entries))
    (folder / "review.toml").write_text(PLAN)
    return folder


def join(folder: Path, *keys: str, name: str = "") -> ShownStudies:
    """Join reports to one study."""
    return studies(StudiesRequest(folder=folder, join=keys, name=name))


def part(folder: Path, *keys: str) -> ShownStudies:
    """Make each of some reports a study of its own."""
    return studies(StudiesRequest(folder=folder, part=keys))


def proposed(shown: ShownStudies) -> list[tuple[str, ...]]:
    """List the reports of each proposal."""
    return [one.reports for one in shown.proposals]


def test_proposals_join_nothing(review: Path) -> None:
    """The strongest comes first, and no file is written."""
    shown = studies(StudiesRequest(folder=review))
    assert proposed(shown) == [("r01", "r02"), ("r03", "r04")]
    assert not (review / "studies.toml").exists()


def test_what_the_screening_excludes_is_not_proposed(review: Path) -> None:
    """Its study does not matter any more."""
    (review / "review.toml").write_text(PLAN.replace("[sources]", 'reviewers = ["ani"]\n[sources]'))
    table = review.parent / "decisions.csv"
    table.write_text("record,verdict\nr01,include\nr02,exclude\n")
    decide(DecideRequest(folder=review, file=table, stage="title-abstract", coder="ani"))
    assert proposed(studies(StudiesRequest(folder=review))) == [("r03", "r04")]


def test_the_account_names_keys_titles_and_evidence(review: Path) -> None:
    """In either language."""
    account = studies(StudiesRequest(folder=review, language="id")).account
    assert "keduanya menyebut registrasi NCT09999999" in str(account)
    assert all(words in str(account) for words in ("r01", "Ginger traders", "Bukti kuat"))


def test_a_trial_gives_its_study_its_name(review: Path) -> None:
    """The file explains itself, and the pair is not proposed again."""
    shown = join(review, "r01", "r02")
    assert shown.studies.of("r02") == "NCT09999999"
    assert (review / "studies.toml").read_text().startswith("# Reports of one study")
    assert proposed(shown) == [("r03", "r04")]


def test_a_study_without_a_registration_is_named_by_author_and_year(review: Path) -> None:
    """A name that is taken gets a number."""
    join(review, "r03", "r05", name="umpama-2020")
    assert join(review, "r04", "r02").studies.of("r04") == "umpama-2020-2"


def test_a_further_report_joins_the_study_that_is_there(review: Path) -> None:
    """Comments and labels stay as they are."""
    text = '# ours\n[[studies]]\nid = "trial"  # as registered\nlabel = "The trial"\nreports = ["r01", "r02"]\n'
    (review / "studies.toml").write_text(text)
    join(review, "r01", "r05")
    assert (review / "studies.toml").read_text() == text.replace('"r02"]', '"r02", "r05"]')


def test_the_name_of_a_study_is_enough_to_join_one_report(review: Path) -> None:
    """Without naming another one of its reports."""
    join(review, "r01", "r02", name="trial")
    assert join(review, "r05", name="trial").studies.studies[0].reports == ("r01", "r02", "r05")


def test_parting_takes_a_report_out_and_keeps_it_out(review: Path) -> None:
    """Of two reports no study is left, and they are not proposed again."""
    join(review, "r01", "r02")
    shown = part(review, "r01")
    assert not shown.studies.studies
    assert proposed(shown) == [("r03", "r04")]
    assert [(one.report, one.others) for one in shown.studies.apart] == [("r01", ("r02",))]


def test_parting_one_of_three_leaves_two(review: Path) -> None:
    """The others stay one study."""
    join(review, "r01", "r02", "r05", name="trial")
    assert part(review, "r05").studies.studies[0].reports == ("r01", "r02")


def test_reports_that_were_never_joined_can_be_kept_apart(review: Path) -> None:
    """A proposal that was refused does not come back."""
    assert proposed(part(review, "r03", "r04")) == [("r01", "r02")]


def test_joining_takes_back_what_kept_reports_apart(review: Path) -> None:
    """The later decision holds."""
    part(review, "r03", "r04")
    shown = join(review, "r03", "r04")
    assert shown.studies.of("r04") == "umpama-2020"
    assert not shown.studies.apart


def test_parting_twice_changes_nothing(review: Path) -> None:
    """The pair is in the file once."""
    part(review, "r03", "r04")
    before = (review / "studies.toml").read_text()
    part(review, "r03", "r04")
    assert (review / "studies.toml").read_text() == before


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"join": ("r01", "r09")}, "join: no record has the key 'r09'. Did you mean"),
        ({"join": ("r05",)}, "expected at least two reports of one study, found one report"),
        ({"join": ("r01", "r03")}, "these reports are in several studies: one and two"),
        ({"join": ("r01", "r05"), "name": "r04"}, "these reports are in the study 'one', not in 'r04'"),
        ({"join": ("r05", "r02x"), "name": "r04"}, "no record has the key 'r02x'"),
        ({"part": ("r05",)}, "'r05' is not in a study of several reports"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(review: Path, request_: dict[str, str], words: str) -> None:
    """The message names the option and the way on."""
    join(review, "r01", "r02", name="one")
    join(review, "r03", "r04", name="two")
    before = (review / "studies.toml").read_text()
    with pytest.raises(BenangError) as error:
        studies(StudiesRequest(folder=review, **request_))  # type: ignore[arg-type]
    assert words in str(error.value)
    assert (review / "studies.toml").read_text() == before


def test_the_id_of_a_study_is_not_that_of_another_report(review: Path) -> None:
    """Counting studies would take the two for one."""
    with pytest.raises(BenangError, match="the id 'r04' is the key of a record that is not in this study"):
        join(review, "r01", "r02", name="r04")
    assert not (review / "studies.toml").exists()


def test_joining_and_parting_at_once_is_wrong_usage(review: Path) -> None:
    """So is a name without reports to join."""
    with pytest.raises(Misuse):
        studies(StudiesRequest(folder=review, join=("r01",), part=("r02",)))
    with pytest.raises(Misuse):
        studies(StudiesRequest(folder=review, name="trial"))


def test_json_has_studies_and_proposals_with_their_evidence(review: Path) -> None:
    """Keys and titles, for other programs."""
    data = json.loads(join(review, "r01", "r02").as_json())
    assert data["studies"][0]["reports"][1] == {"key": "r02", "title": "What sandals cost", "citation": "Sari (2020)"}
    assert data["proposals"][0]["strength"] == "fair"
    assert data["proposals"][0]["evidence"][0]["because"][1] == "same sample: “95 households” and “95 households twice”"


def test_a_review_knows_its_studies(review: Path) -> None:
    """A file with a report that is not there stops the build, with the line."""
    join(review, "r01", "r02")
    assert load(open_folder(review)).studies.counted(["r01", "r02", "r05"]) == ("NCT09999999", "r05")
    (review / "studies.toml").write_text('[[studies]]\nid = "a"\nreports = ["r01", "r77"]\n')
    with pytest.raises(BenangError, match=r"studies\.toml, line 3: no record has the key 'r77'"):
        load(open_folder(review))


def test_a_registration_in_a_field_of_pubmed_is_found(review: Path) -> None:
    """Its abstract names none; the field belongs to the record that it stands in."""
    titles = ("Lamps of the strait", "Ropes of the strait", "Sails of the hill")
    fields = ("SI  - ClinicalTrials.gov/NCT07777777\n", "SI  - ClinicalTrials.gov/NCT07777777\n", "")
    records = (
        f"PMID- {at}\nTI  - {title}.\nFAU - Contoh, {'ABC'[at - 1]}na\nDP  - 2019\n{field}JT  - Pasar\n\n"
        for at, (title, field) in enumerate(zip(titles, fields, strict=True), 1)
    )
    (review / "sources" / "a.ris").unlink()
    (review / "sources" / "pubmed.txt").write_text("".join(records))
    shown = studies(StudiesRequest(folder=review))
    assert [(one.reports, one.strength) for one in shown.proposals] == [(("1", "2"), "strong")]


def test_a_study_that_is_in_the_file_twice_is_found_by_verify_and_status(review: Path) -> None:
    """With its line; the rest of the folder is looked through too."""
    entry = '[[studies]]\nid = "a"\nreports = ["r01", "r02"]\n'
    (review / "studies.toml").write_text(entry * 2)
    problem = "studies.toml, line 5: two studies have the id 'a'"
    assert [str(one)[: len(problem)] for one in verify(VerifyRequest(review)).problems] == [problem]
    assert [str(one)[: len(problem)] for one in status(StatusRequest(review)).state.problems] == [problem]
