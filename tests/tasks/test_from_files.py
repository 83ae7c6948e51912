"""A map goes from one form into others, and what a form leaves out is said."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from tests.support import Cancelling

from benang.errors import Misuse
from benang.locale.writing import in_language
from benang.progress import Cancelled
from benang.tasks.from_files import ConvertRequest, LayoutRequest, convert, lay_out
from benang.tasks.make_map import Making, Outputs


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return VOSviewer's map of two items with its network."""
    (tmp_path / "toy.txt").write_text("id,label,x,y,cluster\n1,kota,0,0.5,1\n2,desa,1,0,1\n", encoding="utf-8")
    (tmp_path / "toy_network.txt").write_text("1,2,3\n", encoding="utf-8")
    return tmp_path / "toy.txt"


def test_what_was_read_written_and_left_out_is_in_the_account(source: Path, tmp_path: Path) -> None:
    """Two items and a link go into a Pajek matrix; the files are named."""
    converted = convert(ConvertRequest(source=source, targets=(tmp_path / "toy.mat",)))
    rows = dict(converted.account.rows)

    assert (rows["items"], rows["links"], rows["items with x and y"]) == ("2", "1", "2")
    assert converted.account.notes[0].text == "Not in toy.mat:"
    assert converted.account.files[0] == tmp_path / "toy.mat"


def test_the_format_that_was_read_is_named_in_the_language_of_the_reader(source: Path, tmp_path: Path) -> None:
    """English in the text itself, Indonesian where it is shown."""
    text = convert(ConvertRequest(source=source, targets=(tmp_path / "toy.mat",))).account.read[0].text

    assert text == f"{source}: VOSviewer map file"
    assert in_language(text, "id") == f"{source}: berkas peta VOSviewer"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"targets": (Path("toy.png"),)}, "To draw pictures, use 'benang layout'"),
        ({"network": Path("a.txt"), "map": Path("b.txt")}, "not both"),
    ],
)
def test_what_does_not_go_together_is_refused(source: Path, more: dict[str, object], message: str) -> None:
    """Before anything is read."""
    request = {"source": source, "targets": (source.with_name("x.gml"),)} | more
    with pytest.raises(Misuse, match=message):
        convert(ConvertRequest(**request))  # type: ignore[arg-type]


def test_a_source_is_not_overwritten(source: Path) -> None:
    """Neither is the network beside it."""
    with pytest.raises(Misuse, match="would be overwritten"):
        convert(ConvertRequest(source=source, targets=(source.with_name("toy_network.txt"),)))


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
