"""`benang layout`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support import Command

ITEMS = "id\tlabel\tx\ty\tcluster\n1\tkota\t0\t0\t1\n2\tdesa\t1\t0\t1\n3\tlaut\t1\t1\t2\n4\thutan\t0\t1\t2\n"
APART = "5\tgunung\t3\t3\t2\n6\tsungai\t3\t4\t1\n"
LINKS = "1\t2\t3\n2\t3\t1\n3\t4\t3\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Return a map file of VOSviewer with two components, and its network file under a name of its own."""
    items, links = tmp_path / "items.txt", tmp_path / "links.txt"
    items.write_text(ITEMS + APART, encoding="utf-8")
    links.write_text(LINKS + "5\t6\t2\n", encoding="utf-8")
    return items, links


def made_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return the items of a map by their labels."""
    items = json.loads(path.read_text(encoding="utf-8"))["network"]["items"]
    return {item["label"]: item for item in items}


def test_items_and_links_come_from_two_files(benang: Command, files: tuple[Path, Path], tmp_path: Path) -> None:
    """The places in the file are given up for better ones."""
    items, links = files
    said = benang("layout", items, "--network", links, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    made = made_of(tmp_path / "map.json")
    assert set(made) == {"kota", "desa", "laut", "hutan", "gunung", "sungai"}
    assert (made["desa"]["x"], made["desa"]["y"]) != (1, 0)


def test_places_are_kept_where_they_shall_be(benang: Command, files: tuple[Path, Path], tmp_path: Path) -> None:
    """The clusters are made anew: the two items apart are one of their own."""
    items, links = files
    said = benang("layout", items, "--network", links, "--no-layout", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    made = made_of(tmp_path / "map.json")
    assert {name: (item["x"], item["y"]) for name, item in made.items()} == {
        "kota": (0, 0), "desa": (1, 0), "laut": (1, 1), "hutan": (0, 1), "gunung": (3, 3), "sungai": (3, 4),
    }  # fmt: skip
    assert made["gunung"]["cluster"] == made["sungai"]["cluster"] != made["laut"]["cluster"]
    assert "Q* of the layout" not in said.out


def test_clusters_are_kept_where_they_shall_be(benang: Command, files: tuple[Path, Path], tmp_path: Path) -> None:
    """The places are made anew."""
    items, links = files
    said = benang("layout", items, "--network", links, "--no-clustering", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    made = made_of(tmp_path / "map.json")
    kept = {"kota": 1, "desa": 1, "laut": 2, "hutan": 2, "gunung": 2, "sungai": 1}
    assert {name: item["cluster"] for name, item in made.items()} == kept
    assert "V of the clustering" not in said.out


@pytest.mark.parametrize("options", [(), ("--no-layout",), ("--no-clustering",)])
def test_the_largest_component_alone(
    benang: Command, files: tuple[Path, Path], tmp_path: Path, options: tuple[str, ...]
) -> None:
    """Two items are left out, and counted; also where places or clusters are kept."""
    items, links = files
    said = benang("layout", items, "--network", links, "--largest-component", *options, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    made = made_of(tmp_path / "map.json")
    assert set(made) == {"kota", "desa", "laut", "hutan"}
    assert "items left out: in other components 2" in " ".join(said.out.split())
    if "--no-layout" in options:
        assert (made["hutan"]["x"], made["hutan"]["y"]) == (0, 1)


def test_a_layout_like_an_earlier_map_keeps_its_turn(benang: Command, files: tuple[Path, Path], tmp_path: Path) -> None:
    """Mirrored at the diagonal."""
    items, links = files
    first, earlier, again = (tmp_path / f"{name}.json" for name in ("first", "earlier", "again"))
    benang("layout", items, "--network", links, "-o", first)
    made = json.loads(first.read_text(encoding="utf-8"))
    for item in made["network"]["items"]:
        item["x"], item["y"] = item["y"], item["x"]
    earlier.write_text(json.dumps(made), encoding="utf-8")

    said = benang("layout", items, "--network", links, "--like", earlier, "-o", again)

    assert said.code == 0, said.err
    was, now = made_of(earlier), made_of(again)
    assert max(abs(now[name][axis] - was[name][axis]) for name in was for axis in "xy") < 0.01


def test_an_edge_list_with_its_items_is_laid_out(benang: Command, tmp_path: Path) -> None:
    """As other programs write networks."""
    edges = tmp_path / "edges.csv"
    edges.write_text("source,target,weight\nkota,desa,3\ndesa,laut,1\n", encoding="utf-8")

    said = benang("layout", edges, "-o", tmp_path / "map.json")

    assert (said.code, set(made_of(tmp_path / "map.json"))) == (0, {"kota", "desa", "laut"})


@pytest.mark.parametrize("out", ["items.txt", "items_network.txt", "links.txt", "x/../links.txt"])
def test_nothing_that_is_read_is_overwritten(
    benang: Command, files: tuple[Path, Path], tmp_path: Path, out: str
) -> None:
    """Neither the files that are named, nor those that belong to them."""
    items, links = files
    said = benang("layout", items, "--network", links, "-o", tmp_path / out)

    assert (said.code, "would be overwritten" in said.err) == (2, True)
    assert (items.read_text(encoding="utf-8"), links.read_text(encoding="utf-8")) == (
        ITEMS + APART,
        LINKS + "5\t6\t2\n",
    )


def test_items_beside_an_edge_list_are_not_overwritten(benang: Command, tmp_path: Path) -> None:
    """They are read with it."""
    (tmp_path / "edges.csv").write_text("source,target,weight\n1,2,3\n2,3,1\n", encoding="utf-8")
    (tmp_path / "edges_items.csv").write_text("id,label\n1,kota\n2,desa\n3,laut\n", encoding="utf-8")

    said = benang("layout", tmp_path / "edges.csv", "-o", tmp_path / "edges_items.csv")

    assert (said.code, "would be overwritten" in said.err) == (2, True)


def test_one_exponent_is_held_against_the_preset_of_the_other(
    benang: Command, files: tuple[Path, Path], tmp_path: Path
) -> None:
    """A network made elsewhere has 2 and 1."""
    items, links = files
    said = benang("layout", items, "--network", links, "--attraction", 1, "-o", tmp_path / "map.json")

    assert (said.code, "--attraction (1) must be greater than --repulsion (1)." in said.err) == (2, True)


def test_a_stored_map_is_drawn_as_it_is(benang: Command, tmp_path: Path) -> None:
    """With neither layout nor clustering, places and clusters are those of the file."""
    stored = tmp_path / "stored_map.txt"
    stored.write_text("id\tlabel\tx\ty\tcluster\n1\tkota\t-5\t1\t2\n2\tdesa\t0\t0.5\t1\n3\tlaut\t4\t-2\t2\n", "utf-8")
    (tmp_path / "stored_network.txt").write_text("1\t2\t3\n2\t3\t1\n", encoding="utf-8")
    out = tmp_path / "map.json", tmp_path / "map.png"

    said = benang("layout", stored, "--no-layout", "--no-clustering", *(x for path in out for x in ("-o", path)))

    assert said.code == 0, said.err
    items = json.loads(out[0].read_text(encoding="utf-8"))["network"]["items"]
    assert [(item["x"], item["y"], item["cluster"]) for item in items] == [(-5, 1, 2), (0, 0.5, 1), (4, -2, 2)]
    assert out[1].stat().st_size > 10_000


def test_stopping_leaves_nothing_half_written(
    benang: Command, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it lays out."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("benang.maps.making.vos_layout", stop)
    items, links = files

    said = benang("layout", items, "--network", links, "-o", tmp_path / "map.json", "-o", tmp_path / "map.txt")

    assert said.code == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["items.txt", "links.txt"]


def test_a_layout_says_how_far_its_clusters_hold(benang: Command, files: tuple[Path, Path], tmp_path: Path) -> None:
    """As a map of exports does; 0 runs leave it unsaid."""
    items, links = files
    told = benang("layout", items, "--network", links, "-o", tmp_path / "told.json")
    left = benang("layout", items, "--network", links, "--stability", 0, "-o", tmp_path / "left.json")

    assert (told.code, left.code) == (0, 0), told.err + left.err
    assert "`benang stability` shows more." in told.out
    assert "stability" in json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))["benang"]
    assert "stability" not in json.loads((tmp_path / "left.json").read_text(encoding="utf-8"))["benang"]
