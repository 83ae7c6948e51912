"""What each threshold leaves is a table of the account."""

from __future__ import annotations

import pytest

from benang.analyses.analysis import Analysis
from benang.errors import Misuse
from benang.files import Upload
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


def test_thresholds_that_items_can_not_have_are_refused() -> None:
    """Keywords have occurrences."""
    with pytest.raises(Misuse, match="occurrences"):
        thresholds(ThresholdsRequest(works=WORKS, analysis=Analysis("keywords", min_documents=2)))
