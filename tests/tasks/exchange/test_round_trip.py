"""What goes out comes back: into an empty review, and out of it again."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from tests.qda import refi_files

from benang.judgements.events import Coding
from benang.qda import Project, ProjectSource
from benang.qda.refi_reading import read_refi
from benang.review.desk import open_desk
from benang.tasks.exchange.exporting import ExportRequest, export_review
from benang.tasks.exchange.importing import ImportProjectRequest, import_project
from benang.tasks.sharing import MergeRequest, merge

EMPTY = """format = 1
title = "{title}"
question = "Does it come back?"
reviewers = ["ani"]
sources = {{ files = [] }}
"""


def sent(folder: Path, name: str) -> Path:
    """Write a review beside its folder."""
    path = folder.parent / f"{name}.qdpx"
    export_review(ExportRequest(folder=folder, output=path))
    return path


def taken(project: Path, name: str) -> Path:
    """Take a project into an empty review of the project's name."""
    folder = project.parent / name
    folder.mkdir()
    (folder / "review.toml").write_text(EMPTY.format(title=read_refi(project).name), encoding="utf-8")
    import_project(ImportProjectRequest(file=project, folder=folder))
    return folder


def files(project: Path) -> dict[str, bytes]:
    """Return the files of a project by their names."""
    with zipfile.ZipFile(io.BytesIO(project.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(project: Project) -> Counter[tuple[str, ...]]:
    """Return who said what of which words, for which case, and with which marks."""
    names = {one.guid: one.name for one in project.users} | {one.guid: one.name for one in project.codes}
    notes = {one.guid: one.text for one in project.notes}
    of_selection: dict[str, list[str]] = {}
    for case in project.cases:
        for guid in case.selections:
            of_selection.setdefault(guid, []).append(case.name)
    return Counter(
        (source.name, source.text[at.start : at.end], *of_selection[at.guid], names[one.user], names[one.code],
         *sorted(notes[note] for note in one.notes))
        for source in project.sources
        for at in source.selections
        for one in at.codings
    )  # fmt: skip


@pytest.fixture
def first(project_root: Path, tmp_path: Path) -> Path:
    """Return the sister-city review as a project."""
    shutil.copytree(project_root / "examples" / "sister-cities", tmp_path / "sister-cities")
    return sent(tmp_path / "sister-cities", "first")


def test_a_review_that_went_out_comes_back_with_all_that_was_said(first: Path) -> None:
    """Codes with their rules and colours, cases with their values, codings by their coders, texts to the letter."""
    before, after = read_refi(first), read_refi(sent(taken(first, "back"), "second"))

    assert after.codes == before.codes
    assert after.variables == before.variables
    assert said(after) == said(before)
    assert [(one.guid, one.name, one.text) for one in after.sources] == [
        (one.guid, one.name, one.text) for one in before.sources
    ]
    cases = [
        [(one.guid, one.name, one.description, one.sources, one.values) for one in of.cases] for of in (before, after)
    ]
    assert cases[0] == cases[1]


def test_from_then_on_nothing_changes(first: Path) -> None:
    """A review that came from a project goes out as that project, byte for byte."""
    second = sent(taken(first, "back"), "second")
    third = sent(taken(second, "again"), "third")

    assert files(third) == files(second)


def test_what_comes_home_adds_nothing(first: Path) -> None:
    """Neither in the review that it went out from, nor where it came in before."""
    home = first.parent / "sister-cities"
    back = taken(first, "back")

    for folder, project in ((home, first), (back, first), (back, sent(back, "second"))):
        logs = {path: path.read_bytes() for path in (folder / "judgements").iterdir()}
        codebook = (folder / "codebook.toml").read_bytes()
        import_project(ImportProjectRequest(file=project, folder=folder))
        assert {path: path.read_bytes() for path in (folder / "judgements").glob("*.jsonl")} == {
            path: data for path, data in logs.items() if path.suffix == ".jsonl"
        }
        assert (folder / "codebook.toml").read_bytes() == codebook


@pytest.mark.parametrize("variant", [
    "conformant", "variant-bom-not-counted", "variant-crlf-offsets-on-crlf", "variant-crlf-offsets-on-lf",
    "variant-end-inclusive", "variant-named-qde-capital-Sources", "variant-utf16-offsets",
])  # fmt: skip
def test_projects_of_other_programs_go_back_as_they_came(variant: str, shared_data: Path, tmp_path: Path) -> None:
    """With their GUIDs, names, colours, memos, values, coders and times, in the standard's way to count."""
    shutil.copy(shared_data / "refi-qda/own" / f"{variant}.qdpx", tmp_path / "first.qdpx")
    before = read_refi(tmp_path / "first.qdpx")
    after = read_refi(sent(taken(tmp_path / "first.qdpx", "back"), "second"))

    assert [_passages(one) for one in after.sources] == [_passages(one) for one in before.sources]
    assert [one.text for one in after.sources] == [one.text for one in before.sources]
    assert _codes(after) == _codes(before)
    assert [one.values for one in after.cases] == [one.values for one in before.cases]
    assert {(one.guid, one.name) for one in after.users} >= {(one.guid, one.name) for one in before.users}
    assert set(after.notes) >= set(before.notes)


def _passages(source: ProjectSource) -> list[tuple[object, ...]]:
    """Return the passages of a source, each with all that is said of its codings."""
    return [
        (at.guid, at.start, at.end, *sorted((one.guid, one.user, one.code, one.time, one.notes) for one in at.codings))
        for at in source.selections
    ]


def _codes(project: Project) -> dict[str, tuple[str, ...]]:
    """Return what is said of each code that passages can carry."""
    return {one.guid: (one.name, one.description, one.colour, one.parent) for one in project.codes if one.is_codable}


def test_two_reviews_that_took_in_one_project_can_be_put_together(tmp_path: Path) -> None:
    """The headings of their documents differ, and so do the positions; what was coded is the same, and stands."""
    conformant = refi_files.qdpx(
        tmp_path / "p.qdpx",
        refi_files.project(refi_files.source(refi_files.coded(refi_files.TEXT, ["Rents rose", "permit"]))),
    )
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder, file in ((mine, conformant), (theirs, None)):
        folder.mkdir()
        (folder / "review.toml").write_text(EMPTY.format(title=folder.name), encoding="utf-8")
        import_project(ImportProjectRequest(file=file or sent(mine, "out"), folder=folder))
    assert (mine / "documents/paper-1.txt").read_bytes() != (theirs / "documents/paper-1.txt").read_bytes()

    merge(MergeRequest(folder=mine, other=theirs))

    judgements = open_desk(mine).judgements
    assert sorted(one.quote for one in judgements.of(Coding)) == ["Rents rose", "permit"]
    assert not judgements.conflicts
