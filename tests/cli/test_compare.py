"""`benang compare`: slices of time, and what differs between periods or groups."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.network.corpora import keywords
from tests.support import Command

from benang.cli.commands import COMMANDS
from benang.map_files import write_map
from benang.maps import Map
from benang.network.cooccurrence import cooccurrence_network

RECORDS = ("market,rent", "market,rain", "market,rent", "rent,river", "market,river", "river,rain")
YEARS = (2001, 2002, 2003, 2015, 2016, 2019)


@pytest.fixture(autouse=True)
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command be there."""
    monkeypatch.setitem(COMMANDS, "compare", "opened_maps")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a map of six records that carries them."""
    network = cooccurrence_network(keywords(*RECORDS, years=YEARS), components="all")
    xy = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8], [1.2, 0.9]])
    (path,) = write_map(Map(network, xy, np.array([1, 1, 2, 2])), tmp_path / "map.json")
    return path


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """Return a table of years."""
    path = tmp_path / "years.csv"
    path.write_text("record,year\n" + "".join(f"r{i},{year}\n" for i, year in enumerate(YEARS)), encoding="utf-8")
    return path


def test_slices_are_drawn_and_what_rose_and_fell_is_told(
    benang: Command, file: Path, years: Path, tmp_path: Path
) -> None:
    """Edges make slices; the table says how many records of each hold an item."""
    said = benang("compare", file, "--edges", "2010", "--years", years, "-o", tmp_path / "slices.png")

    assert said.code == 0, said.err
    assert (tmp_path / "slices.png").stat().st_size > 1000
    assert "2001–2009: 3 records, 3 items" in said.out
    rose, fell = said.out.split("Largest increase")[1].split("Largest decrease")
    assert "river" in rose
    assert "0 (0%)" in rose
    assert "3 (100%)" in fell


def test_years_come_with_the_map(benang: Command, file: Path) -> None:
    """A map carries short citations of its records; their years need no table."""
    said = benang("compare", file, "--before", 2010)
    assert said.code == 0, said.err
    assert "2010–2019: 3 records" in said.out


def test_two_groups_are_drawn_as_one_map_of_what_differs(benang: Command, file: Path, tmp_path: Path) -> None:
    """A table of groups, parted by semicolons; what stands in no group is counted."""
    groups = tmp_path / "groups.csv"
    groups.write_text("record;group\nr0;north\nr1;north\nr3;south\nr5;south\n", encoding="utf-8")

    said = benang("compare", file, "--groups", groups, "-o", tmp_path / "d.svg", "-o", tmp_path / "d.csv")

    assert said.code == 0, said.err
    assert "More in south than in north" in said.out
    assert "Records of the map that belong to no group: 2." in said.out
    assert "blue, higher in north; red, higher in south" in (tmp_path / "d.svg").read_text(encoding="utf-8")
    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as table:
        rows = {row["item"]: row for row in csv.DictReader(table)}
    assert (rows["river"]["records north"], rows["river"]["records south"]) == ("0", "2")
    assert rows["river"]["share south"] == "1.0"


def test_several_groups_are_each_held_against_the_others(benang: Command, file: Path, tmp_path: Path) -> None:
    """Three groups stand side by side, and for each is told what it has more of."""
    groups = tmp_path / "groups.tsv"
    groups.write_text("record\tgroup\nr0\ta\nr1\ta\nr3\tb\nr5\tc\n", encoding="utf-8")
    said = benang("compare", file, "--groups", groups, "-o", tmp_path / "groups.pdf")
    assert said.code == 0, said.err
    assert [f"More in {name} than in the other groups:" in said.out for name in "abc"] == [True] * 3


def test_records_of_a_table_that_the_map_lacks_are_named(benang: Command, file: Path, years: Path) -> None:
    """A table may be of a whole export: what it has beyond the map is told and passed over."""
    years.write_text(years.read_text(encoding="utf-8") + "r77,2020\n", encoding="utf-8")
    said = benang("compare", file, "--slices", 2, "--years", years)
    assert said.code == 0, said.err
    assert "Records of years.csv that are not on the map: 1 (r77)." in said.out


def test_a_table_of_other_records_is_refused(benang: Command, file: Path, tmp_path: Path) -> None:
    """Where none of a table's records is on the map, it is the wrong table."""
    groups = tmp_path / "groups.csv"
    groups.write_text("record,group\nx1,a\nx2,b\n", encoding="utf-8")
    said = benang("compare", file, "--groups", groups)
    assert said.code == 1
    assert "none of its 2 records is on the map" in said.err


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "an empty table"),
        ("key,label\na,b\n", "expected a first line with the columns record and group, found the columns key, label"),
        ("record,group\n", "no record"),
        ("record,group\nr0,a\nr0,b\n", "the record 'r0' has both 'a' and 'b'"),
        ("record,group\nr0,a\nr1,a\n", "expected at least two groups, found one group"),
    ],
)
def test_a_table_that_says_no_groups_is_refused(
    benang: Command, file: Path, tmp_path: Path, text: str, found: str
) -> None:
    """What is wrong with a table is told in its words."""
    groups = tmp_path / "groups.csv"
    groups.write_text(text, encoding="utf-8")
    said = benang("compare", file, "--groups", groups)
    assert said.code == 1
    assert found in said.err


def test_years_that_are_none_are_told_together(benang: Command, file: Path, years: Path) -> None:
    """Every cell that is no year is named with its record."""
    years.write_text("record,year\nr0,in press\nr1,99\nr2,2003\n", encoding="utf-8")
    said = benang("compare", file, "--slices", 1, "--years", years)
    assert said.code == 1
    assert "2 problems" in said.err
    assert "'in press'" in said.err


def test_a_map_without_records_is_refused(benang: Command, file: Path, tmp_path: Path) -> None:
    """A map of VOSviewer's own carries no records: the message says what makes one that does."""
    network = cooccurrence_network(keywords(*RECORDS, years=YEARS), components="all")
    xy = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8], [1.2, 0.9]])
    write_map(Map(network, xy, np.array([1, 1, 2, 2])), tmp_path / "map.txt")
    said = benang("compare", tmp_path / "map.txt", "--slices", 2)
    assert said.code == 1
    assert "this map doesn't say which records its items occur in" in said.err
    assert file.exists()


def test_a_year_that_parts_nothing_is_refused(benang: Command, file: Path, years: Path) -> None:
    """Before 1990 there is no record to compare with."""
    said = benang("compare", file, "--before", 1990, "--years", years)
    assert said.code == 1
    assert "expected a year between the first and the last" in said.err


@pytest.mark.parametrize("asked", [[], ["--slices", "2", "--before", "2010"]])
def test_one_comparison_is_asked_for(benang: Command, file: Path, asked: list[str]) -> None:
    """None and two are wrong usage."""
    said = benang("compare", file, *asked)
    assert said.code == 2
    assert "Give one of --slices, --edges, --before and --groups." in said.err


@pytest.mark.parametrize(
    ("asked", "found"),
    [(["--edges", "2010,soon"], "expected years"), (["--slices", "2", "-o", "a.doc"], "the suffix decides")],
)
def test_options_are_checked_before_anything_is_read(benang: Command, file: Path, asked: list[str], found: str) -> None:
    """Edges are years, and the suffix of a file is known."""
    said = benang("compare", file, *asked)
    assert said.code == 2
    assert found in said.err


def test_an_input_is_not_overwritten(benang: Command, file: Path, years: Path) -> None:
    """A table that is read can't be written as well."""
    said = benang("compare", file, "--slices", 2, "--years", years, "-o", years)
    assert said.code == 2
    assert years.read_text(encoding="utf-8").startswith("record,year")
