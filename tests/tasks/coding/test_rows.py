"""The codings of a review as rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.rows import ListRequest, coding_rows, list_codings
from benang.tasks.coding.wishes import Wish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    folder = markets(tmp_path / "markets")
    for quote, code, coder in (("two gates", "permits", "budi"), ("stall doubled", "rent", "ani")):
        wish = Wish(quote=quote, record="sari2018", code=code, coder=coder)
        add_coding(AddRequest(folder=folder, wish=wish))
    return folder


def test_rows_stand_in_the_order_of_their_places(folder: Path) -> None:
    """Rows stand in the order of their places."""
    assert [(row.code, row.coder, row.record) for row in coding_rows(open_desk(folder))] == [
        ("rent", "ani", "sari2018"),
        ("permits", "budi", "sari2018"),
    ]


@pytest.mark.parametrize("chosen", [{"code": "Slow permits"}, {"coder": "budi"}])
def test_rows_can_be_those_of_one_code_or_coder(folder: Path, chosen: dict[str, str]) -> None:
    """Rows can be those of one code or coder."""
    listed = list_codings(ListRequest(folder=folder, **chosen))  # type: ignore[arg-type]
    assert [row.quote for row in listed.rows] == ["two gates"]


def test_an_export_holds_what_the_list_shows(folder: Path, tmp_path: Path) -> None:
    """An export holds what the list shows."""
    listed = list_codings(ListRequest(folder=folder, output=tmp_path / "rows.json"))
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == json.loads(listed.as_json())
    list_codings(ListRequest(folder=folder, output=tmp_path / "rows.csv"))
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        assert [row["quote"] for row in csv.DictReader(file)] == [row.quote for row in listed.rows]


def test_a_code_renamed_in_the_codebook_keeps_its_passages(folder: Path) -> None:
    """A code renamed in the codebook keeps its passages."""
    path = folder / "codebook.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "rent"', 'id = "dear"\nwas = ["rent"]'), encoding="utf-8")
    assert [row.code for row in coding_rows(open_desk(folder))] == ["dear", "permits"]


def test_an_unknown_code_names_the_nearest(folder: Path) -> None:
    """An unknown code names the nearest."""
    with pytest.raises(BenangError, match="Did you mean 'permits'"):
        list_codings(ListRequest(folder=folder, code="permit"))
