"""A review begins: its folder is written whole, with copies of exports and papers, or nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.made_papers import made_pdf
from tests.tasks.coding.markets import RIS

from benang.errors import BenangError
from benang.files import read_text
from benang.project.folder import open_folder
from benang.review.load import load
from benang.tasks.account import in_shell
from benang.tasks.begin import BeginRequest, Begun, begin
from benang.tasks.build.building import build


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export of three records."""
    path = tmp_path / "in" / "markets.ris"
    path.parent.mkdir()
    path.write_text(RIS, encoding="utf-8")
    return path


def begun(folder: Path, *files: Path, **more: Any) -> Begun:
    """Begin a review of cases."""
    asked = {"title": 'Markets "at night"', "question": "Why?", "kind": "cases", "reviewers": ("ani",), **more}
    return begin(BeginRequest(folder=folder, files=files, **asked))


def test_exports_and_papers_are_copied_to_their_folders(export: Path, tmp_path: Path) -> None:
    """The user's own stay where they are; the plan has the title as it was given."""
    paper = export.with_name("Sari.PDF")
    paper.write_bytes(made_pdf(["A night market."]))
    made = begun(tmp_path / "r", export, paper)

    assert made.n_records == 3
    assert (tmp_path / "r/sources/markets.ris").read_bytes() == export.read_bytes()
    assert (tmp_path / "r/papers/Sari.PDF").read_bytes() == paper.read_bytes()
    assert load(open_folder(tmp_path / "r")).plan.title.en == 'Markets "at night"'


def test_a_review_that_screens_begins_with_its_searches(export: Path, tmp_path: Path) -> None:
    """Each is bound to its copy in the folder, under the name of the database that its records name."""
    other = tmp_path / "markets.ris"
    other.write_text(RIS.replace("ER  -", "DB  - Scopus\nER  -"), encoding="utf-8")
    begun(tmp_path / "r", export, other, kind="scoping")

    searches = load(open_folder(tmp_path / "r")).searches.searches

    assert [(one.id, one.files) for one in searches] == [
        ("markets", ("sources/markets.ris",)),
        ("scopus", ("sources/markets-2.ris",)),
    ]


def test_what_to_do_next_begins_with_the_screening_where_the_plan_has_criteria(tmp_path: Path) -> None:
    """One of several reviewers has to give a name; a comparison of cases screens nothing."""
    scoping = begun(tmp_path / "a", kind="scoping", reviewers=("ani", "budi"))
    steps = str(scoping.account.notes[1])
    command = f"benang screen {tmp_path / 'a'} --coder NAME"
    assert f"Write your criteria into review.toml, then screen the records: {command}" in steps
    assert steps.index("searches.toml") < steps.index(command) < steps.index("benang documents")
    assert "benang screen" not in str(begun(tmp_path / "b", kind="cases").account.notes[1])


def test_names_that_clash_get_numbers(export: Path, tmp_path: Path) -> None:
    """Also where they differ in capitals alone; a file that is named twice is copied once."""
    other = tmp_path / "Markets.ris"
    other.write_text(RIS.replace("sari2018", "sari2019"), encoding="utf-8")
    begun(tmp_path / "r", export, other, export)

    assert sorted(path.name for path in (tmp_path / "r/sources").iterdir()) == ["Markets-2.ris", "markets.ris"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.txt", b"Some notes that are no export.", "expected an export of a database, or a paper"),
        ("paper.pdf", b"no PDF at all", "not a PDF file"),
        ("empty.ris", b"", "the file is empty"),
    ],
)
def test_what_is_neither_export_nor_paper_is_refused(
    export: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """It is named, and nothing is written."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(BenangError, match=rf"{name}.*{said}"):
        begun(tmp_path / "r", export, tmp_path / name)
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "novel"}, "bibliometric, scoping, systematic, cases"),
        ({"title": " "}, "title: an empty text"),
        ({"reviewers": ("a/b",)}, "can't be the name of a coder"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_written(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    """An unknown kind lists those there are."""
    with pytest.raises(BenangError, match=said):
        begun(tmp_path / "r", **wrong)
    assert not (tmp_path / "r").exists()


def test_reviewers_go_to_the_plan_each_once(tmp_path: Path) -> None:
    """Names that are one file are one coder."""
    begun(tmp_path / "r", reviewers=("Ani", "Budi Santoso", "ani"))

    assert load(open_folder(tmp_path / "r")).plan.reviewers == ("Ani", "Budi Santoso")


def test_maps_that_the_exports_hold_too_little_for_are_remarks_and_named(export: Path, tmp_path: Path) -> None:
    """These records have no keywords at all, and nobody published with another."""
    made = begun(tmp_path / "r", export, kind="bibliometric")
    plan = read_text(tmp_path / "r/review.toml")

    assert '# name = "topics"' in plan
    assert "topics" in str(made.account.notes)


def test_what_to_do_next_is_said_in_the_language_of_the_review(tmp_path: Path) -> None:
    """With the commands to type, and a folder with a blank in quotation marks."""
    notes = str(begun(tmp_path / "my review", language="id").account.notes)

    assert "Langkah berikutnya" in notes
    assert f"benang status {in_shell(tmp_path / 'my review')}" in notes.replace('\\"', '"')


@pytest.mark.slow
@pytest.mark.parametrize("with_export", [True, False])
@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", ["bibliometric", "scoping", "systematic", "cases"])
def test_each_kind_builds_at_once(export: Path, tmp_path: Path, kind: str, language: str, with_export: bool) -> None:
    """In both languages, with an export and before there is any."""
    begun(tmp_path / "r", *([export] if with_export else []), kind=kind, language=language)
    built = build(tmp_path / "r")

    assert built.report.is_file()
    assert built.findings.corpus.ledger.read == (3 if with_export else 0)
    assert any("sources/" in note for note in built.notes) is not with_export
