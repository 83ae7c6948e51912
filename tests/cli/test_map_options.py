"""The options of `benang map` that say how a network becomes a map, and where it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.cli.exports import four_works
from tests.support import Command

from benang.cli.map_options import NORMALIZATIONS
from benang.cli.options import DRAWN, WRITTEN

QUICK = ("--stability", 0)
GROUPS = ("a b c", "a b c", "d e f", "d e f", "g h", "g h", "c d", "f g")
"""Keywords of records: three groups, of three, three and two, that hang together by two weak links."""


def made_of(path: Path) -> dict[str, Any]:
    """Return what stands in a map's file."""
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return made


def items_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return the items of a map by their labels."""
    return {item["label"]: item for item in made_of(path)["network"]["items"]}


def places_of(path: Path) -> np.ndarray:
    """Return the coordinates of a map's items, in the order of their labels."""
    items = items_of(path)
    return np.array([[items[name]["x"], items[name]["y"]] for name in sorted(items)])


@pytest.fixture
def grouped(tmp_path: Path) -> Path:
    """Return an export whose keywords make three groups."""
    path = tmp_path / "grouped.ris"
    texts = [f"TY  - JOUR\nTI  - Work {at}\n" + "".join(f"KW  - {word}\n" for word in words.split()) + "ER  - \n\n"
             for at, words in enumerate(GROUPS)]  # fmt: skip
    path.write_text("".join(texts), encoding="utf-8")
    return path


def test_works_of_very_many_authors_are_set_aside_and_counted(benang: Command, tmp_path: Path) -> None:
    """Five wrote the last; it is not counted among those without authors, too."""
    text = "".join(
        f"TY  - JOUR\nTI  - Work {at}\n" + "".join(f"AU  - {name}, A\n" for name in names) + "ER  - \n\n"
        for at, names in enumerate([("Ardi", "Budi"), ("Budi", "Cici"), (), ("Ardi", "Budi", "Cici", "Dedi", "Eka")])
    )
    (tmp_path / "export.ris").write_text(text, encoding="utf-8")
    few, all_of_them = tmp_path / "few.json", tmp_path / "all.json"

    said = benang("map", tmp_path / "export.ris", "--items", "authors", "--max-per-document", 4, *QUICK, "-o", few)
    benang("map", tmp_path / "export.ris", "--items", "authors", "--max-per-document", 0, *QUICK, "-o", all_of_them)

    told = " ".join(said.out.split())
    assert "records without authors 1 records set aside: more authors than --max-per-document 1" in told
    assert (set(items_of(few)), len(items_of(all_of_them))) == ({"Ardi, A", "Budi, A", "Cici, A"}, 5)


def test_every_normalization_makes_a_map_of_its_own(benang: Command, tmp_path: Path) -> None:
    """The file says which it was."""
    export, objectives = four_works(tmp_path), set()
    for name in NORMALIZATIONS:
        out = tmp_path / f"{name}.json"
        said = benang("map", export, "--items", "references", "--min-citations", 1, "--normalization", name,
                      *QUICK, "-o", out)  # fmt: skip
        assert said.code == 0, said.err
        told = made_of(out)["benang"]
        assert told["normalization"] == name.replace("-", " ")
        objectives.add(round(told["layout"]["objective"], 6))

    assert len(objectives) == len(NORMALIZATIONS)


def test_small_clusters_are_merged_or_left_without_a_cluster(benang: Command, grouped: Path, tmp_path: Path) -> None:
    """The pair goes to the group that it is linked to, or has no cluster."""
    found = []
    for at, options in enumerate([(), ("--min-cluster-size", 3), ("--min-cluster-size", 3, "--keep-small-clusters")]):
        out = tmp_path / f"{at}.json"
        benang("map", grouped, "--items", "keywords", *options, *QUICK, "-o", out)
        items = items_of(out)
        found.append([items[name].get("cluster") for name in "abcdefgh"])

    assert found == [[1, 1, 1, 2, 2, 2, 3, 3], [2, 2, 2, 1, 1, 1, 1, 1], [1, 1, 1, 2, 2, 2, None, None]]


@pytest.mark.parametrize(
    ("options", "pair"),
    [
        ((), (2, 0)),
        (("--attraction", 1), (1, 0)),
        (("--repulsion", -2), (2, -2)),
        (("--attraction", 3, "--repulsion", 1), (3, 1)),
    ],
)
def test_exponents_are_those_asked_for_the_others_preset(
    benang: Command, grouped: Path, tmp_path: Path, options: tuple[object, ...], pair: tuple[int, int]
) -> None:
    """Keywords have 2 and 0, as in VOSviewer."""
    said = benang("map", grouped, "--items", "keywords", *options, *QUICK, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    layout = made_of(tmp_path / "map.json")["benang"]["layout"]
    assert (layout["attraction"], layout["repulsion"]) == pair


def test_one_exponent_is_held_against_the_preset_of_the_other(benang: Command, grouped: Path, tmp_path: Path) -> None:
    """An attraction of 0 is not above the preset repulsion of keywords."""
    said = benang("map", grouped, "--items", "keywords", "--attraction", 0, "-o", tmp_path / "map.json")

    assert (said.code, (tmp_path / "map.json").exists()) == (2, False)
    assert "--attraction (0) must be above --repulsion (0). Here one of them is preset: give both." in said.err


def test_scores_of_records_colour_items(benang: Command, tmp_path: Path) -> None:
    """A table by record and VOSviewer's file of scores give the same: the mean over the records of an item."""
    table, lines = tmp_path / "table.csv", tmp_path / "lines.txt"
    table.write_text("record,Quality\nWOS:4,8\nWOS:1,2\nWOS:2,4\n", encoding="utf-8")
    lines.write_text("score<Quality>\tscore<Age>\n2\t1\n4\t1\n\t2\n8\t2\n", encoding="utf-8")
    found = []
    for at, scores in enumerate((table, lines)):
        out = tmp_path / f"{at}.json"
        said = benang("map", four_works(tmp_path), "--items", "author-keywords", "--scores", scores, *QUICK, "-o", out)
        assert said.code == 0, said.err
        found.append({name: item["scores"]["Quality"] for name, item in items_of(out).items()})

    assert found[0] == found[1]
    assert found[0] == pytest.approx({"sister city": 5, "market": 14 / 3, "rent": 6}, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("record,Quality\nWOS:9,1\n", "found a record 'WOS:9' that was not read"),
        ("record,Quality\nWOS:1,good\n", "expected a number, or nothing, found 'good'"),
        ("1\n2\n", "2 lines of scores for 4 records"),
    ],
)
def test_scores_that_fit_no_record_are_told(benang: Command, tmp_path: Path, text: str, said: str) -> None:
    """Nothing is written."""
    (tmp_path / "scores.csv").write_text(text, encoding="utf-8")

    done = benang("map", four_works(tmp_path), "--items", "authors", "--scores", tmp_path / "scores.csv",
                  "-o", tmp_path / "map.json")  # fmt: skip

    assert (done.code, said in done.err, (tmp_path / "map.json").exists()) == (1, True, False)


def test_a_map_like_an_earlier_one_keeps_its_turn_and_its_clusters(
    benang: Command, grouped: Path, tmp_path: Path
) -> None:
    """The earlier one lies on its side, mirrored, with other numbers of clusters."""
    first, earlier, again = (tmp_path / f"{name}.json" for name in ("first", "earlier", "again"))
    benang("map", grouped, "--items", "keywords", *QUICK, "-o", first)
    made = made_of(first)
    for item in made["network"]["items"]:
        item["x"], item["y"] = item["y"], item["x"]
        item["cluster"] = {1: 3, 2: 1, 3: 2}[item["cluster"]]
    earlier.write_text(json.dumps(made), encoding="utf-8")

    said = benang("map", grouped, "--items", "keywords", "--like", earlier, *QUICK, "-o", again)

    assert said.code == 0, said.err
    assert np.abs(places_of(again) - places_of(earlier)).max() < 0.01
    assert np.abs(places_of(again) - places_of(first)).max() > 0.1
    assert {name: item["cluster"] for name, item in items_of(again).items()} == {
        name: item["cluster"] for name, item in items_of(earlier).items()
    }


def test_every_form_is_written_in_one_call(benang: Command, grouped: Path, tmp_path: Path) -> None:
    """With what goes beside it; a second call gives the same bytes."""
    suffixes = (*WRITTEN, *DRAWN)
    written = []
    for name in ("one", "two"):
        folder = tmp_path / name
        outs = [part for suffix in suffixes for part in ("-o", folder / f"map{suffix}")]
        said = benang("map", grouped, "--items", "keywords", *QUICK, *outs)
        assert said.code == 0, said.err
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
        assert {f"Written: {folder / file}" for file in written[-1]} <= set(said.out.splitlines())

    beside = {"map_network.txt", "map_items.csv", "map_items.tsv"}
    assert {f"map{suffix}" for suffix in suffixes} | beside <= set(written[0])
    assert all(len(data) > 20 for data in written[0].values())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("given", "out"),
    [
        (("--thesaurus", "words_items.csv"), "words.csv"),
        (("--scores", "old_network.txt"), "old.txt"),
        (("--like", "old.txt"), "old_network.txt"),
        (("--like", "old.csv"), "old_items.csv"),
        (("--decisions", "pairs.tsv"), "pairs.tsv"),
        (("--cluster-colours", "colours.txt"), "colours.txt"),
        (("--score-colours", "scale.txt"), "scale.txt"),
    ],
)
def test_no_output_goes_where_something_is_read(
    benang: Command, grouped: Path, tmp_path: Path, given: tuple[str, str], out: str
) -> None:
    """Also where the links or items of a map would go there, or were read there beside a map."""
    option, name = given
    said = benang("map", grouped, "--items", "keywords", option, tmp_path / name, "-o", tmp_path / out)

    assert (said.code, "would be overwritten" in said.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == [grouped.name]


@pytest.mark.parametrize(
    "step",
    ["benang.tasks.make_map.mappable_network", "benang.tasks.make_map.vos_map", "benang.tasks.draw_map.plot_view"],
)
def test_stopping_leaves_nothing_half_written(
    benang: Command, grouped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """While it counts, lays out or draws: what stood there before stands there still."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "map.json").write_text("an earlier map", encoding="utf-8")
    monkeypatch.setattr(step, stop)

    said = benang("map", grouped, "--items", "keywords", "-o", tmp_path / "map.json", "-o", tmp_path / "map.png")

    assert (said.code, "Nothing is half-written" in said.err) == (130, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [grouped.name, "map.json"]
    assert (tmp_path / "map.json").read_text(encoding="utf-8") == "an earlier map"


def test_the_map_says_how_far_its_clusters_hold(benang: Command, grouped: Path, tmp_path: Path) -> None:
    """By some runs, or not at all."""
    told = benang("map", grouped, "--items", "keywords", "--stability", 5, "-o", tmp_path / "told.json")
    untold = benang("map", grouped, "--items", "keywords", *QUICK, "-o", tmp_path / "untold.json")

    assert made_of(tmp_path / "told.json")["benang"]["stability"]["runs"] == 5
    assert "stability" not in made_of(tmp_path / "untold.json")["benang"]
    assert ("`benang stability` tells more." in told.out, "benang stability" in untold.out) == (True, False)
