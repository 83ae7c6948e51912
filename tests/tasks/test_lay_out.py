"""A network made elsewhere becomes a map."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from tests.support import Cancelling

from benang.errors import Misuse
from benang.progress import Cancelled
from benang.tasks.draw_map import Outputs
from benang.tasks.lay_out import LayoutRequest, lay_out
from benang.tasks.make_map import Making

LINKS = "a\tb\t5\nb\tc\t4\na\tc\t3\nx\ty\t9\n"


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Return VOSviewer's network file of three items and of two."""
    path = tmp_path / "network.txt"
    path.write_text(LINKS, encoding="utf-8")
    return path


def test_the_largest_component_is_laid_out_and_the_rest_counted(network: Path, tmp_path: Path) -> None:
    """Three items hang together; the two others are left out, and the account says so."""
    request = LayoutRequest(
        network=network,
        largest_component=True,
        making=Making(stability=0),
        outputs=Outputs(paths=(tmp_path / "map.json",)),
    )
    laid_out = lay_out(request)

    assert laid_out.map.network.labels == ("a", "b", "c")
    assert dict(laid_out.account.rows)["items left out: in other components"] == "2"
    assert laid_out.account.files == (tmp_path / "map.json",)


def test_nothing_is_laid_out_of_nothing() -> None:
    """A map, a network, or both."""
    with pytest.raises(Misuse, match="Give a map file"):
        lay_out(LayoutRequest())


def test_a_layout_that_is_cancelled_leaves_what_stood_there(network: Path, tmp_path: Path) -> None:
    """At whichever call of its progress."""
    target = tmp_path / "map.json"
    outputs = Outputs(paths=(target, tmp_path / "map.svg"))
    request = LayoutRequest(network=network, largest_component=True, making=Making(stability=3), outputs=outputs)
    target.write_text("an earlier map", encoding="utf-8")
    for stop_at in count():  # how often layout tells its progress depends on which thread does what
        try:
            lay_out(request, progress=Cancelling(stop_at))
        except Cancelled:
            assert sorted(path.name for path in tmp_path.iterdir()) == ["map.json", "network.txt"]
            assert target.read_text(encoding="utf-8") == "an earlier map"
            continue
        break
    assert stop_at > 5
