"""A map goes from one form into others, and what a form leaves out is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import Misuse
from benang.locale.writing import in_language
from benang.tasks.convert import ConvertRequest, convert


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return VOSviewer's map of two items with its network."""
    (tmp_path / "toy.txt").write_text("id,label,x,y,cluster\n1,kota,0,0.5,1\n2,desa,1,0,1\n", encoding="utf-8")
    (tmp_path / "toy_network.txt").write_text("1,2,3\n", encoding="utf-8")
    return tmp_path / "toy.txt"


def test_what_was_read_written_and_left_out_is_in_the_account(source: Path, tmp_path: Path) -> None:
    """Two items and a link go into a Pajek matrix; the files are named."""
    converted = convert(ConvertRequest(source=source, targets=(tmp_path / "toy.mat",)))
    rows = dict(converted.account.rows)

    assert (rows["items"], rows["links"], rows["items with x and y"]) == ("2", "1", "2")
    assert converted.account.notes[0].text == "Not in toy.mat:"
    assert converted.account.files[0] == tmp_path / "toy.mat"


def test_the_format_that_was_read_is_named_in_the_language_of_the_reader(source: Path, tmp_path: Path) -> None:
    """English in the text itself, Indonesian where it is shown."""
    text = convert(ConvertRequest(source=source, targets=(tmp_path / "toy.mat",))).account.read[0].text

    assert text == f"{source}: VOSviewer map file"
    assert in_language(text, "id") == f"{source}: berkas peta VOSviewer"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"targets": (Path("toy.png"),)}, "To draw pictures, use 'benang layout'"),
        ({"network": Path("a.txt"), "map": Path("b.txt")}, "not both"),
    ],
)
def test_what_does_not_go_together_is_refused(source: Path, more: dict[str, object], message: str) -> None:
    """Before anything is read."""
    request = {"source": source, "targets": (source.with_name("x.gml"),)} | more
    with pytest.raises(Misuse, match=message):
        convert(ConvertRequest(**request))  # type: ignore[arg-type]


def test_a_source_is_not_overwritten(source: Path) -> None:
    """Neither is the network beside it."""
    with pytest.raises(Misuse, match="would be overwritten"):
        convert(ConvertRequest(source=source, targets=(source.with_name("toy_network.txt"),)))
