"""An item opens the records behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.analyses.analysis import Analysis
from benang.errors import Misuse
from benang.files import Upload
from benang.tasks.draw_map import Outputs
from benang.tasks.drill import DrillRequest, drill
from benang.tasks.make_map import Making, MapRequest, make_map
from benang.tasks.read_works import WorksRequest

RIS = "".join(
    f"TY  - JOUR\nID  - r{n}\nTI  - Of {n}\nKW  - kota\nKW  - desa\nKW  - laut{n}\nER  - \n\n" for n in (1, 2)
)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    """Return the map of two records that share two keywords."""
    request = MapRequest(
        works=WorksRequest(files=(Upload("two.ris", RIS.encode()),)),
        analysis=Analysis("keywords"),
        making=Making(stability=0),
        outputs=Outputs(paths=(tmp_path / "map.json",)),
    )
    make_map(request)
    return tmp_path / "map.json"


def test_all_records_behind_a_link_are_listed(topics: Path) -> None:
    """Both have both words; no review is around, and nothing is said of passages."""
    drilled = drill(DrillRequest(map=topics, items=("kota", "desa")))

    assert (len(drilled.behind.records), drilled.passages) == (2, ())
    assert drilled.account.notes[0].text == "'kota' and 'desa': link strength 2, 2 records"
    assert len(drilled.account.notes) == 3


@pytest.mark.parametrize("items", [(), ("a", "b", "c")])
def test_one_item_or_two_are_named(topics: Path, items: tuple[str, ...]) -> None:
    """Neither none nor three."""
    with pytest.raises(Misuse, match="Name one item"):
        drill(DrillRequest(map=topics, items=items))
