"""Parts of a map are compared, and the account says so in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.network.corpora import keywords

from benang.errors import BenangError, Misuse
from benang.files import Upload
from benang.map_files import write_map
from benang.maps import Map
from benang.network.cooccurrence import cooccurrence_network
from benang.tasks.account import Note, Table
from benang.tasks.compare import CompareRequest, compare


def test_the_account_lists_what_rose_and_fell_in_indonesian(folder: Path) -> None:
    """Three records lie before 2010 and two since; the river is new."""
    account = compare(CompareRequest(map=folder / "map.json", before=2010, language="id")).account
    parts, rose, fell, legend = account.notes

    assert isinstance(parts, Table)
    assert parts.cells == (("2001–2009: 3 artikel, 3 item",), ("2010–2019: 2 artikel, 3 item",))
    assert isinstance(rose, Table)
    assert (rose.text, rose.cells[1][:3]) == (
        "Naik paling banyak, dari 2001–2009 ke 2010–2019:",
        ("river", "0 (0%)", "2 (100%)"),
    )
    assert fell.text == "Turun paling banyak, dari 2001–2009 ke 2010–2019:"
    assert isinstance(legend, Note)


def test_groups_may_come_as_bytes(folder: Path) -> None:
    """A record that the map lacks is named with the file that it came by."""
    table = "record,group\nr0,city\nr1,city\nr3,country\nr4,country\nr9,country\n"
    comparison = compare(CompareRequest(map=folder / "map.json", groups=Upload("groups.csv", table.encode())))

    assert [(part.name, part.n_records) for part in comparison.parts] == [("city", 2), ("country", 2)]
    assert Note("Records of groups.csv that are not on the map: 1 (r9).") in comparison.account.notes


def test_a_year_on_one_side_of_all_records_is_refused(folder: Path) -> None:
    """The message names the argument, by the name that a rim has for it."""
    with pytest.raises(BenangError, match="before: 1990: expected a year between the first and the last"):
        compare(CompareRequest(map=folder / "map.json", before=1990))


def test_parts_that_do_not_add_up_to_the_map_are_noted(tmp_path: Path) -> None:
    """Fractional counting shares among all items of a record, also those below the threshold."""
    said = Note(
        "Links are counted again from the items on the map alone: the link strengths of the parts do not add up to "
        "those of the map."
    )
    corpus = keywords("a,b,x", "a,b,y", years=(2001, 2002))
    for least, notes in ((2, [said]), (1, [])):
        network = cooccurrence_network(corpus, counting="fractional", min_occurrences=least, components="all")
        write_map(Map(network, np.eye(len(network), 2), np.ones(len(network), np.int64)), tmp_path / "map.json")
        account = compare(CompareRequest(map=tmp_path / "map.json", before=2002)).account
        assert [note for note in account.notes if note == said] == notes


def test_the_map_is_not_written_over(folder: Path) -> None:
    """That is misuse, whatever the map holds."""
    with pytest.raises(Misuse, match="would be overwritten"):
        compare(CompareRequest(map=folder / "map.json", before=2010, outputs=(folder / "map.json",)))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "Give one of .*slices.*edges.*before.* and .*groups"),
        ({"slices": 2, "before": 2003}, "Give one of .*slices.*edges.*before.* and .*groups"),
        ({"groups": Path("groups.csv"), "years": Path("years.csv")}, "years.* is for periods"),
    ],
    ids=["nothing", "two", "years of groups"],
)
def test_what_does_not_go_together_is_refused(folder: Path, asked: dict[str, Any], message: str) -> None:
    """By the task itself, whoever asks."""
    with pytest.raises(Misuse, match=message):
        compare(CompareRequest(map=folder / "map.json", **asked))
