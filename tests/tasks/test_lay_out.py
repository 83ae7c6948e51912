"""A network made elsewhere becomes a map."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import Misuse
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
