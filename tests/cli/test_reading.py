"""How commands that read exports are told what a file is, and what they say of it."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from tests.support import Command

from benang.cli.reading import choices_of

RIS = "TY  - JOUR\nAU  - Sari, D.\nPY  - 2020\nTI  - {}\nDO  - 10.1234/{}\nKW  - {}\nKW  - kota\nKW  - desa\nER  - \n\n"


def export(folder: Path, name: str = "export.ris", *, word: str = "pasar", encoding: str = "utf-8") -> Path:
    """Write two records of two works."""
    path = folder / name
    text = RIS.format("Harga sewa di pasar malam", "a", word) + RIS.format("Banjir di hulu sungai", "b", word)
    path.write_bytes(text.encode(encoding))
    return path


def occurrences(path: Path) -> dict[str, float]:
    """Return the items of a map with the number of records that they occur in."""
    items = json.loads(path.read_text(encoding="utf-8"))["network"]["items"]
    return {item["label"]: item["weights"]["Occurrences"] for item in items}


def test_works_that_two_files_hold_count_once(benang: Command, tmp_path: Path) -> None:
    """Unless every record is asked for."""
    files = (export(tmp_path, "one.ris"), export(tmp_path, "other.ris"))
    joined = benang("map", *files, "--items", "keywords", "-o", tmp_path / "joined.json")
    kept = benang("map", *files, "--items", "keywords", "--keep-duplicates", "-o", tmp_path / "kept.json")

    assert (joined.code, kept.code) == (0, 0), joined.err + kept.err
    assert occurrences(tmp_path / "joined.json") == {"pasar": 2, "kota": 2, "desa": 2}
    assert occurrences(tmp_path / "kept.json") == {"pasar": 4, "kota": 4, "desa": 4}
    assert "4 records are 2 works: 2 joined to another." in joined.out
    assert "joined" not in kept.out


def test_an_encoding_that_is_named_is_taken(benang: Command, tmp_path: Path) -> None:
    """In Windows-1250 the byte E8 is č; by itself it would be read as è."""
    path = export(tmp_path, word="čaj", encoding="cp1250")
    said = benang("map", path, "--items", "keywords", "--encoding", "Windows-1250", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert set(occurrences(tmp_path / "map.json")) == {"čaj", "kota", "desa"}


def test_a_form_that_is_named_for_a_file_is_taken(benang: Command, tmp_path: Path) -> None:
    """RIS is read as RIS, and as XML it cannot be read: nothing is written."""
    path = export(tmp_path)
    said = benang("map", path, "--items", "keywords", "--form", f"{path}=RIS", "-o", tmp_path / "map.json")
    wrong = benang("map", path, "--items", "keywords", "--form", f"{path}=PubMed XML", "-o", tmp_path / "no.json")

    assert said.code == 0, said.err
    assert set(occurrences(tmp_path / "map.json")) == {"pasar", "kota", "desa"}
    assert (wrong.code, (tmp_path / "no.json").exists()) == (1, False)


def test_choices_are_parted_by_file() -> None:
    """A bare name is for all files; the last sign of equality parts, since a path may hold one."""
    choices = choices_of(["a=b/x.txt=RIS", "BibTeX"], ["UTF-16"])
    assert (dict(choices.forms), dict(choices.encodings)) == ({"a=b/x.txt": "RIS", "": "BibTeX"}, {"": "UTF-16"})


@pytest.mark.parametrize(("forms", "encodings"), [(["Word"], []), ([], ["latin-99"]), (["a.txt=RISS"], [])])
def test_unknown_names_are_wrong_usage(forms: list[str], encodings: list[str]) -> None:
    """The message names what was asked for."""
    with pytest.raises(click.UsageError, match=r"Word|latin-99|RISS"):
        choices_of(forms, encodings)


def test_works_that_were_retracted_are_counted(benang: Command, tmp_path: Path) -> None:
    """A map says so before anything is made of them; without any, it says nothing."""
    path = export(tmp_path)
    plain = benang("map", path, "--items", "keywords", "-o", tmp_path / "plain.json")
    path.write_text(path.read_text("utf-8").replace("TI  - Banjir", "TI  - RETRACTED: Banjir"), encoding="utf-8")
    marked = benang("map", path, "--items", "keywords", "-o", tmp_path / "marked.json")

    assert (plain.code, marked.code) == (0, 0), plain.err + marked.err
    assert "1 work is marked as retracted: `benang records` names them." in marked.out
    assert "marked as" not in plain.out
