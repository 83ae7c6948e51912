"""`benang drill`, and `--drill` of `benang map`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.exports import four_works
from tests.support import Command

EXAMPLE = "examples/sister-cities"


@pytest.fixture
def topics(benang: Command, tmp_path: Path) -> Path:
    """Return a map of the authors' keywords of four works."""
    path = tmp_path / "topics.json"
    said = benang("map", four_works(tmp_path), "--items", "author-keywords", "--stability", 0, "-o", path)
    assert said.code == 0, said.err
    return path


def test_an_item_opens_its_records(benang: Command, topics: Path) -> None:
    """By its label in any case; each with its key and its short citation."""
    said = benang("drill", topics, "MARKET")

    assert (said.code, said.out.splitlines()) == (
        0,
        ["'market': 3 records", "  WOS:1  Ardi and Budi (2010)", "  WOS:2  Budi and Cici (2011)",
         "  WOS:4  Dedi and Ardi (2013)"],
    )  # fmt: skip


def test_a_link_opens_the_records_of_both_ends(benang: Command, topics: Path) -> None:
    """Two records hold both."""
    said = benang("drill", topics, "market", "rent")

    assert said.out.splitlines()[0] == "'market' and 'rent': link strength 2, 2 records"


def test_an_item_that_is_not_there_is_told_with_the_nearest(benang: Command, topics: Path) -> None:
    """A slip of the pen."""
    said = benang("drill", topics, "markt")

    assert (said.code, said.err.splitlines()[1]) == (1, "  the map: no item 'markt'. Did you mean 'market'?")


def test_three_items_are_wrong_usage(benang: Command, topics: Path) -> None:
    """A link has two ends."""
    said = benang("drill", topics, "market", "rent", "sister city")

    assert (said.code, "Name one item, or the two ends of a link." in said.err) == (2, True)


def test_the_records_are_listed_when_the_map_is_made(benang: Command, tmp_path: Path) -> None:
    """As `benang drill` lists them later."""
    out = tmp_path / "map.json"
    said = benang("map", four_works(tmp_path), "--items", "authors", "--drill", "dedi, d", "-o", out)

    assert (said.code, "'Dedi, D': 1 record\n  WOS:4  Dedi and Ardi (2013)\n" in said.out) == (0, True)


def test_an_unknown_item_to_drill_is_told_before_anything_is_written(benang: Command, tmp_path: Path) -> None:
    """So nobody waits for a map to learn it."""
    out = tmp_path / "map.json"
    said = benang("map", four_works(tmp_path), "--items", "authors", "--drill", "Deddi, D", "-o", out)

    assert (said.code, out.exists(), "Did you mean 'Dedi, D'?" in said.err) == (1, False, True)


def test_a_map_without_records_says_why_it_can_not_be_drilled(benang: Command, tmp_path: Path) -> None:
    """It was written to be passed on without them."""
    out = tmp_path / "map.json"
    benang("map", four_works(tmp_path), "--items", "authors", "--without-records", "-o", out)

    assert "WOS:4" not in out.read_text(encoding="utf-8")
    said = benang("drill", out, "Dedi, D")
    assert said.code == 1
    assert "this map does not include the records behind it" in said.err
    assert "without --without-records" in said.err


def test_links_by_citation_name_the_works_that_are_cited(benang: Command, tmp_path: Path) -> None:
    """The citing record, and the record cited."""
    out = tmp_path / "map.json"
    benang("map", four_works(tmp_path), "--items", "documents", "--link", "citation", "-o", out)

    said = benang("drill", out, "Ardi (2010)", "Budi (2011)")

    assert said.out.splitlines() == [
        "'Ardi (2010)' and 'Budi (2011)': link strength 1, 1 record",
        "  WOS:2  Budi and Cici (2011)",
        "The link is based on 1 cited work:",
        "  WOS:1  Ardi and Budi (2010)",
    ]


@pytest.mark.parametrize("inside", [True, False])
def test_a_review_goes_on_to_what_was_coded(benang: Command, tmp_path: Path, project_root: Path, inside: bool) -> None:
    """The review is the one that is named, or the one that the map lies in."""
    review = tmp_path / "sister-cities"
    shutil.copytree(project_root / EXAMPLE, review, ignore=shutil.ignore_patterns("out"))
    out = review / "mine" / "map.json" if inside else tmp_path / "map.json"
    made = benang("map", review / "sources" / "sister-cities.ris", "--items", "keywords", "--stability", 0, "-o", out)
    assert made.code == 0, made.err

    said = benang("drill", out, "pandemi covid-19", *([] if inside else ["--review", review]))

    assert said.code == 0, said.err
    assert "Coded in sister-cities:" in said.out
    assert "savitri2016, Denpasar – Mossel Bay: Covid-19 pandemic: “Because of the Covid-19 pandemic" in said.out


def test_a_folder_that_is_no_review_is_named(benang: Command, topics: Path, tmp_path: Path) -> None:
    """It holds no plan."""
    said = benang("drill", topics, "market", "--review", tmp_path)

    assert (said.code, "review.toml" in said.err) == (1, True)


def test_records_without_a_coded_passage_are_told(benang: Command, topics: Path, project_root: Path) -> None:
    """The review knows nothing of these works."""
    said = benang("drill", topics, "market", "--review", project_root / EXAMPLE)

    assert "No passage of these records is coded in sister-cities." in said.out
