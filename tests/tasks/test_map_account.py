"""What each threshold leaves is a table of the account."""

from __future__ import annotations

import pytest

from benang.errors import Misuse
from benang.files import Upload
from benang.network import Analysis
from benang.tasks.account import Table
from benang.tasks.map_account import ThresholdsRequest, thresholds
from benang.tasks.read_works import WorksRequest

RIS = "".join(f"TY  - JOUR\nTI  - Of {n}\nKW  - kota\nKW  - desa\nKW  - laut{n}\nER  - \n\n" for n in (1, 2))
WORKS = WorksRequest(files=(Upload("two.ris", RIS.encode()),))


def test_the_one_that_a_map_would_take_is_marked() -> None:
    """Four keywords, two of them twice; the preset of a small corpus is 1."""
    counted = thresholds(ThresholdsRequest(works=WORKS, analysis=Analysis("keywords")))
    table = counted.account.naming().notes[0]

    assert isinstance(table, Table)
    assert table.text == "Keywords, linked by co-occurrence:"
    assert table.cells[1:] == (("1", "4", "5", "4", "default"), ("2", "2", "1", "2", ""))
    assert (counted.usual, [left.items for left in counted.table]) == (1, [4, 2])


def test_one_that_leaves_nothing_stands_at_the_end() -> None:
    """What was asked for is shown, though no item reaches it."""
    counted = thresholds(ThresholdsRequest(works=WORKS, analysis=Analysis("keywords", min_occurrences=7)))
    table = counted.account.notes[0]

    assert isinstance(table, Table)
    assert table.cells[-1] == ("7", "0", "0", "0", "chosen")


def test_a_minimum_that_serves_is_named_where_the_default_leaves_few() -> None:
    """Of 120 records, 5 leaves four keywords; 3 leaves the forty others as well, and was not asked for."""
    words = (f"KW  - core\nKW  - a{n % 3}\nKW  - b{n % 40}\n" for n in range(120))
    ris = "".join(f"TY  - JOUR\nTI  - Of number {n}\n{one}ER  - \n\n" for n, one in enumerate(words))
    works = WorksRequest(files=(Upload("many.ris", ris.encode()),), join=False)

    def notes(analysis: Analysis) -> list[str]:
        return [one.text for one in thresholds(ThresholdsRequest(works=works, analysis=analysis)).account.notes]

    said = "A minimum of 3 leaves a number of linked items that a page can show: 44."
    assert notes(Analysis("keywords"))[1:] == [said]
    assert notes(Analysis("keywords", min_occurrences=5))[1:] == []


def test_thresholds_that_items_can_not_have_are_refused() -> None:
    """Keywords have occurrences."""
    with pytest.raises(Misuse, match="occurrences"):
        thresholds(ThresholdsRequest(works=WORKS, analysis=Analysis("keywords", min_documents=2)))
