"""What a build did is said in the language of the report."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.maps.full_networks import full_map

from benang.maps.cluster_labels import LostLabel
from benang.project.folder import open_folder
from benang.review.load import load
from benang.tasks.account import Account, Note
from benang.tasks.build.building import Built, build, build_notes


def text(account: Account) -> str:
    """Return all that an account says, as lines."""
    lines: list[str] = []
    for note in account.notes:
        lines += [note.text, *([] if isinstance(note, Note) else note.lines()), *note.remarks]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Built:
    """Return an Indonesian build of the review of two night markets."""
    return build(test_data / "mini-review", out=tmp_path_factory.mktemp("out"), language="id")


def test_a_build_says_what_it_read_and_made_in_indonesian(built: Built) -> None:
    """Three records, two cases; the report to open comes last."""
    said = text(built.account)

    assert "3 dari 3 artikel terbaca, 2 kasus" in said
    assert f"{len(built.made)} keluaran dibuat, 0 tidak berubah" in said
    assert said.endswith(f"Buka {built.report}")


def test_a_log_that_broke_off_is_told_with_its_place(tmp_path: Path, test_data: Path) -> None:
    """A program was killed while it appended: the rest of the review is read as ever."""
    shutil.copytree(test_data / "mini-review", tmp_path / "review")
    with (tmp_path / "review" / "judgements" / "ani.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"kind": "task", "id": "t9')
    notes = build_notes(load(open_folder(tmp_path / "review")), {}, "id")

    assert [one for one in notes if "ani.jsonl" in one] == [
        "judgements/ani.jsonl, line 9: satu baris dilewati karena penulisan terputus di sana "
        '({"kind": "task", "id": "t9). Masukkan kembali yang hilang.'
    ]


def test_names_of_clusters_that_were_lost_are_in_the_language_of_the_build(test_data: Path) -> None:
    """A map keeps what became of them in English; a reader of Indonesian gets neither half of it in English."""
    drawn = full_map()
    settings = replace(drawn.settings, cluster_names_lost=(str(LostLabel("rent", 2, 0.5)),))
    notes = build_notes(
        load(open_folder(test_data / "mini-review")), {"keywords": replace(drawn, settings=settings)}, "id"
    )

    assert notes[-1] == "peta keywords: 'rent': klaster yang paling mirip, 2, memiliki 50% item yang sama dengannya."


def test_remarks_on_exports_are_in_the_language_of_the_build(tmp_path: Path, test_data: Path) -> None:
    """A column that no field takes is named in Indonesian."""
    folder = Path(shutil.copytree(test_data / "mini-review", tmp_path / "review"))
    export = 'Title,Author,Year,Shelf\n"The rent of stalls in the harbour","Umpama, A.",2018,B7\n'
    (folder / "sources" / "more.csv").write_text(export, encoding="utf-8")
    plan = folder / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("sources/*.ris", "sources/*"), encoding="utf-8")
    account = build(folder, out=tmp_path / "out", language="id").account

    assert "sources/more.csv: Kolom yang tidak dibaca: Shelf." in text(account)
