"""No output destroys what is read, or another output, however the names are spelt."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from tests.support import Command

from benang.tasks import account
from benang.tasks.account import one_place

pytestmark = pytest.mark.fast

RIS = "TY  - JOUR\nAU  - Umpama, Ani\nTI  - Markets at night\nPY  - 2019\nKW  - trade\nKW  - night\nER  - \n"
posix = pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an export in a folder of its own, which is the present one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "a.ris").write_text(RIS)
    return tmp_path / "a.ris"


@pytest.mark.parametrize(
    "asked",
    [
        "records a.ris -o all.json --ledger all.json",
        "records a.ris -o all.json --ledger ./in/../all.json",
        "records a.ris -o all.csv --duplicates all.csv",
        "records a.ris --duplicates all.csv --doubts all.csv",
        "records a.ris -o all.ris -o ./in/../all.ris",
        "records a.ris -o corpus --ledger corpus/ledger.json",
        "records a.ris -o corpus -o in/../corpus",
        "describe a.ris -o all.csv -o in/../all.csv",
        "map a.ris --items author-keywords -o a.txt -o a_network.txt",
        "map a.ris --items author-keywords -o a.txt -o a_map.txt",
        "map a.ris --items author-keywords -o a.csv -o a_items.csv",
        "convert a.ris b.net in/../b.net",
    ],
)
def test_two_outputs_under_one_name_are_refused_before_anything_is_done(
    benang: Command, export: Path, asked: str
) -> None:
    """A fault of the usage: nothing is read, and nothing is written."""
    said = benang(*asked.split())

    assert said.code == 2, said
    assert "would be written twice" in said.err or "written as a whole" in said.err
    assert sorted(path.name for path in export.parent.iterdir()) == ["a.ris", "in"]


@posix
def test_a_link_to_another_output_is_that_output(benang: Command, export: Path) -> None:
    """Two names, one file."""
    Path("b.json").write_text("old")
    Path("c.json").symlink_to("b.json")

    said = benang("records", export, "-o", "b.json", "--ledger", "c.json")

    assert (said.code, Path("b.json").read_text()) == (2, "old")


@pytest.mark.parametrize("asked", ["records {} -o {}", "thesaurus {} -o {}", "describe {} -o {}"])
def test_what_is_read_is_not_overwritten(benang: Command, export: Path, asked: str) -> None:
    """Under its own name, and within a folder that is read."""
    export = export.rename(export.with_name("a.csv"))
    export.write_text("Title,Year\nMarkets,2019\n")

    for read in ("a.csv", "."):
        said = benang(*asked.format(read, "in/../a.csv").split(), *(["--items", "authors"] if "thes" in asked else []))
        assert (said.code, "is read here and would be overwritten" in said.err) == (2, True), said
    assert export.read_text() == "Title,Year\nMarkets,2019\n"


def test_a_corpus_is_not_written_over_itself(benang: Command, export: Path) -> None:
    """The folder that is read is not the one to write."""
    assert benang("records", export, "-o", "corpus").code == 0

    said = benang("records", "corpus", "-o", "in/../corpus")

    assert (said.code, "would be overwritten" in said.err) == (2, True)


def test_letters_of_two_kinds_are_one_where_the_disk_takes_them_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows; elsewhere they are two files. Letters with marks are one in both forms of Unicode."""
    small, capital = tmp_path / "all.json", tmp_path / "ALL.json"
    folds = one_place(small) == one_place(capital)
    small.write_text("")
    assert folds == capital.exists()

    monkeypatch.setattr(account, "_folds", lambda _path: True)
    assert one_place(small) == one_place(capital)
    composed, apart = (tmp_path / unicodedata.normalize(form, "café.json") for form in ("NFC", "NFD"))
    assert one_place(composed) == one_place(apart)


@pytest.mark.parametrize(
    "asked", ["records a.ris -o out.json", "describe a.ris -o out.html", "records a.ris --ledger out.csv"]
)
def test_a_read_only_file_is_not_replaced(benang: Command, export: Path, asked: str) -> None:
    """Also for the user who may do anything; the message says what to do, before long work."""
    out = export.parent / asked.split()[-1]
    out.write_text("kept")
    out.chmod(0o444)

    said = benang(*asked.split())
    out.chmod(0o644)

    assert (said.code, "this file is read-only, so it is not replaced" in said.err) == (1, True)
    assert out.read_text() == "kept"


def test_an_empty_name_is_a_fault_of_the_usage(benang: Command, export: Path) -> None:
    """A variable of the shell that is not set must not mean this folder, neither to read nor to write."""
    for asked in (["records", ""], ["build", ""], ["describe", ""], ["records", export, "-o", ""]):
        said = benang(*asked)
        assert (said.code, "an empty name" in said.err) == (2, True), said


@posix
@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("map a.ris --items author-keywords --min-occurrences 1 -o m.txt", "m_network.txt"),
        ("map a.ris --items author-keywords --min-occurrences 1 -o m.csv", "m_items.csv"),
        ("describe a.ris -o d.svg", "d-years.svg"),
        ("records a.ris -o corpus", "corpus/values.parquet"),
        ("records a.ris -o corpus", "corpus/ledger.json"),
    ],
)
def test_what_was_not_named_is_not_written_through_a_link(
    benang: Command, export: Path, tmp_path_factory: pytest.TempPathFactory, asked: str, link: str
) -> None:
    """The file beside a map, a figure of several, a part of a corpus: the user named another file, or the folder."""
    precious = tmp_path_factory.mktemp("outside") / "thesis.docx"
    precious.write_text("precious")
    export.write_text((RIS + RIS.replace("Markets", "Rent")).replace("KW  - night", "KW  - night\nKW  - fish"))
    if link.startswith("corpus"):
        assert benang(*asked.split()).code == 0
        Path(link).unlink()
    Path(link).symlink_to(precious)

    said = benang(*asked.split())

    assert (said.code, "a link to a place outside the folder" in said.err) == (1, True), said
    assert precious.read_text() == "precious"


@posix
def test_a_link_that_the_user_named_is_followed_with_what_goes_beside_it(benang: Command, export: Path) -> None:
    """A map that is kept elsewhere, with a link to it and to its network."""
    export.write_text((RIS + RIS.replace("Markets", "Rent")).replace("KW  - night", "KW  - night\nKW  - fish"))
    Path("kept").mkdir()
    for name in ("m.txt", "m_network.txt"):
        (Path("in") / name).symlink_to(f"../kept/{name}")

    said = benang("map", export, "--items", "author-keywords", "--min-occurrences", 1, "-o", "in/m.txt")

    assert said.code == 0, said
    assert sorted(path.name for path in Path("kept").iterdir()) == ["m.txt", "m_network.txt"]
