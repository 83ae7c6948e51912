"""Exports are read, joined and accounted for in one place."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.files import Upload
from benang.progress import Cancelled
from benang.readers.registry import Choices
from benang.tasks.read_works import WorksRequest, choices_beside, read_works

pytestmark = pytest.mark.fast

RIS = "TY  - JOUR\nAU  - Sari, D.\nPY  - 2020\nTI  - {}\nDO  - 10.1234/{}\nER  - \n\n"
ONE = (RIS.format("Harga sewa di pasar malam", "a") + RIS.format("Banjir di hulu sungai", "b")).encode()
OTHER = RIS.format("Harga sewa di pasar malam", "a").encode()


def test_what_comes_as_bytes_is_read_like_a_file(tmp_path: Path) -> None:
    """Works, account and keys are those of the same files in a folder."""
    for name, data in (("one.ris", ONE), ("other.ris", OTHER)):
        (tmp_path / name).write_bytes(data)
    files = read_works(WorksRequest(files=(tmp_path / "one.ris", tmp_path / "other.ris")))
    uploads = read_works(WorksRequest(files=(Upload("one.ris", ONE), Upload("other.ris", OTHER))))

    assert uploads.corpus.keys == files.corpus.keys
    assert [note.text for note in uploads.account.read] == [
        note.text.removeprefix(f"{tmp_path.as_posix()}/") for note in files.account.read
    ]
    assert uploads.account.read[-1].text == "3 records are 2 works; joined to another record: 1."


def test_an_archive_may_come_as_bytes() -> None:
    """Its files are named within it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr("deep/one.ris", ONE)
    read = read_works(WorksRequest(files=(Upload("all.zip", archive.getvalue()),)))

    assert read.account.read[0].text == "all.zip/deep/one.ris: RIS, 2 of 2 records read."


def test_decisions_may_come_as_bytes() -> None:
    """Two records with one DOI stay apart where a person says so."""
    records = read_works(WorksRequest(files=(Upload("one.ris", ONE), Upload("other.ris", OTHER)), join=False)).corpus
    pair = (records.keys[0], records.keys[2])
    table = Upload("decisions.csv", f"record,other,decision\n{pair[0]},{pair[1]},different\n".encode())
    files = (Upload("one.ris", ONE), Upload("other.ris", OTHER))

    assert len(read_works(WorksRequest(files=files, decisions=table)).corpus) == 3
    with pytest.raises(BenangError, match=r"decisions\.csv"):
        read_works(WorksRequest(files=files, decisions=Upload("decisions.csv", b"nothing\n")))


def test_an_upload_that_is_no_export_is_named() -> None:
    """As a file is."""
    with pytest.raises(BenangError, match=r"empty\.ris: the file is empty"):
        read_works(WorksRequest(files=(Upload("empty.ris", b""),)))


def test_the_account_speaks_indonesian() -> None:
    """Sentences and the marks in numbers are those of the language."""
    files = (Upload("one.ris", ONE), Upload("other.ris", OTHER))
    read = read_works(WorksRequest(files=files, language="id"))

    assert [note.text for note in read.account.read if note.text] == [
        "one.ris: RIS, 2 dari 2 artikel terbaca.",
        "other.ris: RIS, 1 dari 1 artikel terbaca.",
        "3 artikel adalah 2 karya; digabungkan dengan yang lain: 1.",
    ]


def test_reading_can_be_cancelled() -> None:
    """Before the first file, and before works are joined."""
    told: list[str] = []

    def no_more(what: str, _share: float) -> None:
        told.append(what)
        if what == "Looking for duplicates":
            raise Cancelled

    with pytest.raises(Cancelled):
        read_works(WorksRequest(files=(Upload("one.ris", ONE),)), progress=no_more)
    assert told == ["Reading", "Looking for duplicates"]


def test_a_plan_beside_files_says_what_their_columns_hold(tmp_path: Path) -> None:
    """Of a file or of the folder that it lies in, from above as well; what it says of others is passed over."""
    (tmp_path / "sources").mkdir()
    table = tmp_path / "sources" / "list.csv"
    table.write_text("Naslov\n", encoding="utf-8")
    plan = '[sources.columns."sources/list.csv"]\ntitle = "Naslov"\n[sources.forms]\n"sources/other.txt" = "RIS"\n'
    (tmp_path / "review.toml").write_text(f'title = "no plan that is whole"\n{plan}', encoding="utf-8")

    assert choices_beside([table]).columns == {table.as_posix(): {"title": "Naslov"}}
    assert choices_beside([table]).forms == {}
    assert choices_beside([table.parent]).columns == {table.as_posix(): {"title": "Naslov"}}
    assert choices_beside([table.parent]).forms == {(table.parent / "other.txt").as_posix(): "RIS"}


def test_a_wrong_plan_beside_files_is_named(tmp_path: Path) -> None:
    """Nothing that a plan says of sources is passed over in silence."""
    (tmp_path / "review.toml").write_text('[sources]\ncolums = "x"\n', encoding="utf-8")
    with pytest.raises(BenangError, match="colums"):
        choices_beside([tmp_path / "list.csv"])


def test_a_plan_that_says_nothing_of_single_files_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exports in a review as `benang new` begins it are read without what checks plans, which takes long to load."""
    (tmp_path / "review.toml").write_text('[sources]\nfiles = ["sources/*"]\nuse = "not-excluded"\n', encoding="utf-8")
    monkeypatch.setitem(sys.modules, "benang.review.plan", None)

    assert choices_beside([tmp_path / "list.csv"]) == Choices()
