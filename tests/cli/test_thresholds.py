"""`benang thresholds`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.exports import four_works
from tests.support import Command

pytestmark = pytest.mark.fast


def rows_of(said: str) -> list[list[str]]:
    """Return the rows of the table, without the header."""
    lines = said.splitlines()
    start = next(at for at, line in enumerate(lines) if "items" in line and "links" in line)
    return [line.split() for line in lines[start + 1 :] if line.startswith("  ")]


def test_each_threshold_tells_items_links_and_the_largest_component(benang: Command, tmp_path: Path) -> None:
    """Ardi wrote three works, Budi and Cici two, Dedi one; 1 is the default below a hundred records."""
    said = benang("thresholds", four_works(tmp_path), "--items", "authors")

    assert said.code == 0, said.err
    assert "Authors, linked by co-authorship:" in said.out
    assert "--min-documents" in said.out
    assert rows_of(said.out) == [
        ["1", "4", "4", "4", "default"],
        ["2", "3", "3", "3"],
        ["3", "1", "0", "1"],
    ]


def test_what_is_asked_for_is_marked(benang: Command, tmp_path: Path) -> None:
    """Also where it is none of the usual ones, or leaves nothing."""
    some = benang("thresholds", four_works(tmp_path), "--items", "documents", "--min-citations", 7)
    none = benang("thresholds", four_works(tmp_path), "--items", "references", "--min-citations", 7)

    assert ["7", "2", "0", "1", "chosen"] in rows_of(some.out)
    assert rows_of(none.out)[-1] == ["7", "0", "0", "0", "chosen"]


@pytest.mark.parametrize(
    ("items", "option", "first"),
    [
        ("documents", "--min-citations", ["0", "4", "3", "3", "default"]),
        ("sources", "--min-documents", ["1", "3", "3", "3", "default"]),
        ("cited-sources", "--min-citations", ["1", "6", "15", "6"]),
        ("keywords", "--min-occurrences", ["1", "6", "15", "6", "default"]),
    ],
)
def test_the_threshold_is_the_one_that_items_have(
    benang: Command, tmp_path: Path, items: str, option: str, first: list[str]
) -> None:
    """Documents from no citation on, the others from one on."""
    said = benang("thresholds", four_works(tmp_path), "--items", items)

    assert option in said.out
    assert rows_of(said.out)[0] == first


def test_a_second_threshold_stands_for_all_rows(benang: Command, tmp_path: Path) -> None:
    """The works of Budi were cited 18 times, those of Dedi 4 times."""
    said = benang("thresholds", four_works(tmp_path), "--items", "authors", "--min-citations", 15)

    assert rows_of(said.out) == [["1", "2", "1", "2", "default"], ["2", "2", "1", "2"], ["3", "1", "0", "1"]]


def test_terms_say_that_a_map_shows_the_relevant_ones(benang: Command, tmp_path: Path) -> None:
    """All are counted here."""
    said = benang("thresholds", four_works(tmp_path), "--items", "terms")

    assert (said.code, "--terms-share" in said.out) == (0, True)


def test_what_can_not_be_counted_is_told(benang: Command, tmp_path: Path) -> None:
    """As `benang map` tells it."""
    said = benang("thresholds", four_works(tmp_path, references=False), "--items", "references")

    assert (said.code, "None of the 4 records has cited references" in said.err) == (1, True)
