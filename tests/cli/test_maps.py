"""`benang map` and `benang layout`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from tests.cli.exports import four_works
from tests.support import Command

from benang.cli.options import DRAWN, WRITTEN
from benang.errors import BenangError
from benang.kinds import Normalization

RIS = """TY  - JOUR
AU  - Sari, D.
AU  - Wibowo, A.
PY  - {year}
TI  - Invented {year}
KW  - market
KW  - rent
KW  - {word}
ER  -\x20

"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a RIS file of six records."""
    path = tmp_path / "export.ris"
    words = ("rain", "rain", "river", "river", "fire", "town")
    path.write_text("".join(RIS.format(year=2015 + i, word=word) for i, word in enumerate(words)), encoding="utf-8")
    return path


def test_one_line_makes_a_map(benang: Command, export: Path, tmp_path: Path) -> None:
    """Keywords become a map in every form that was asked for; the counts are printed and written."""
    outs = [tmp_path / f"map{suffix}" for suffix in (".json", ".txt", ".png", ".svg", ".pdf")]

    said = benang("map", export, "--items", "keywords", *[part for out in outs for part in ("-o", out)])

    assert said.code == 0, said.err
    assert all(out.stat().st_size > 20 for out in [*outs, tmp_path / "map_network.txt"])
    made = json.loads(outs[0].read_text(encoding="utf-8"))
    assert made["benang"]["corpus"]["found"] == made["benang"]["corpus"]["read"] == 6
    assert {item["label"] for item in made["network"]["items"]} == {"market", "rent", "rain", "river", "fire", "town"}


def test_counts_and_thresholds_stand_in_one_table(benang: Command, export: Path, tmp_path: Path) -> None:
    """Names and values in two columns: what was read, what was asked for, what came of it."""
    said = benang("map", export, "--items", "keywords", "--top", 4, "-o", tmp_path / "map.json")

    lines = [line for line in said.out.splitlines() if line.startswith("  ")]
    width = lines[0].index("6")
    rows = [(line[:width].strip(), line[width:].strip()) for line in lines]
    assert rows[:8] == [
        ("records read", "6"),
        ("records set aside", "0"),
        ("linked by", "co-occurrence"),
        ("minimum number of occurrences", "1"),
        ("maximum number of items, by total link strength", "4"),
        ("components", "largest"),
        ("items", "4"),
        ("links", "5"),
    ]
    assert [name for name, _ in rows[8:]] == [
        "clusters",
        "items left out: too weak (--top)",
        "attraction, repulsion",
        "Q* of the layout (lower is better)",
        "V of the clustering (higher is better)",
    ]


def test_thresholds_and_the_thesaurus_are_followed(benang: Command, export: Path, tmp_path: Path) -> None:
    """River and rain become water, which occurs four times; town is dropped, fire occurs once."""
    thesaurus = tmp_path / "thesaurus.tsv"
    thesaurus.write_text("label\treplace by\nriver\twater\nrain\twater\ntown\t\nsea\twater\n", encoding="utf-8")
    found = []
    for least in (1, 2):
        out = tmp_path / f"map{least}.json"
        said = benang(
            "map", export, "--items", "keywords", "--min-occurrences", least, "--thesaurus", thesaurus, "-o", out
        )  # fmt: skip
        assert said.code == 0, said.err
        items = json.loads(out.read_text(encoding="utf-8"))["network"]["items"]
        found.append({item["label"]: item["weights"]["Occurrences"] for item in items})

    assert found == [{"market": 6, "rent": 6, "water": 4, "fire": 1}, {"market": 6, "rent": 6, "water": 4}]
    assert re.search(r"items removed by the thesaurus +1\n", said.out)
    assert "thesaurus.tsv, 1 of 4 lines matches nothing: 'sea'." in said.out


def test_a_map_of_two_items_is_refused_with_a_threshold_that_leaves_more(
    benang: Command, export: Path, tmp_path: Path
) -> None:
    """Market and rent occur three times or more; the option is named as it is written."""
    said = benang("map", export, "--items", "keywords", "--min-occurrences", 3, "-o", tmp_path / "map.json")

    assert (said.code, (tmp_path / "map.json").exists()) == (1, False)
    assert "keywords: only 2 items are left (--min-occurrences 3)." in said.err
    assert "A lower minimum leaves more: 2 leaves 4." in said.err


def test_items_in_other_components_are_on_the_way_on(benang: Command, tmp_path: Path) -> None:
    """Three pairs of keywords, none linked to another pair."""
    pairs = ("kota", "desa"), ("laut", "ikan"), ("hutan", "kayu")
    text = "".join(f"TY  - JOUR\nTI  - Of {a}\nKW  - {a}\nKW  - {b}\nER  - \n\n" for a, b in pairs)
    (tmp_path / "pairs.ris").write_text(text, encoding="utf-8")

    said = benang("map", tmp_path / "pairs.ris", "--items", "keywords", "-o", tmp_path / "map.json")
    whole = benang("map", tmp_path / "pairs.ris", "--items", "keywords", "--all-components", "-o", tmp_path / "m.json")

    assert (said.code, "With --all-components there are 6." in said.err) == (1, True)
    assert (whole.code, len(json.loads((tmp_path / "m.json").read_text("utf-8"))["network"]["items"])) == (0, 6)


def test_the_same_command_gives_the_same_bytes(benang: Command, export: Path, tmp_path: Path) -> None:
    """Nothing depends on the clock or on what ran before."""
    for name in ("one", "two"):
        benang("map", export, "--items", "keywords", "-o", tmp_path / f"{name}.json", "-o", tmp_path / f"{name}.svg")

    for suffix in (".json", ".svg"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_map_is_laid_out_again_from_its_network_file(benang: Command, export: Path, tmp_path: Path) -> None:
    """The network file that `map` wrote is enough for `layout`; its ids become the labels."""
    benang("map", export, "--items", "keywords", "-o", tmp_path / "map.txt")
    out = tmp_path / "again.json"

    said = benang("layout", "--network", tmp_path / "map_network.txt", "--repulsion", 0, "-o", out)

    assert said.code == 0, said.err
    made = json.loads(out.read_text(encoding="utf-8"))
    assert made["benang"]["layout"]["repulsion"] == 0
    assert {"objective", "starts", "seed", "attraction"} <= set(made["benang"]["layout"])
    assert {"resolution", "quality", "n_clusters"} <= set(made["benang"]["clustering"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "export.ris"),
        (b"\x00\x01\x02PK\xff\xfe" * 50, "export.ris"),
        ("TY  - JOUR\nER  - \n".encode("utf-16"), "no content: every field is empty"),
        (RIS.format(year=2020, word="a").encode()[:60], "record 1"),
        (b"Once upon a time there was no export at all.\n", "export.ris"),
    ],
)
def test_a_file_that_cant_be_read_is_named(benang: Command, tmp_path: Path, content: bytes, said: str) -> None:
    """Empty, binary, in another encoding, cut off or of no known form: code 1, a message, no file."""
    path = tmp_path / "export.ris"
    path.write_bytes(content)

    done = benang("map", path, "--items", "keywords", "-o", tmp_path / "map.json")

    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "map.json").exists()


def test_a_missing_file_is_named(benang: Command, tmp_path: Path) -> None:
    """The name is the user's own."""
    done = benang("map", tmp_path / "no-such.ris", "--items", "authors", "-o", tmp_path / "map.json")

    assert (done.code, "no-such.ris" in done.err) == (1, True)


def test_a_threshold_that_leaves_nothing_says_so(benang: Command, export: Path, tmp_path: Path) -> None:
    """It names the option and what would leave some; nothing is written."""
    done = benang("map", export, "--items", "keywords", "--min-occurrences", 99, "-o", tmp_path / "map.json")

    assert done.code == 1
    assert "None of the 6 keywords has 99 occurrences or more; the most frequent has 6." in done.err
    assert "Choose a lower --min-occurrences (records that an item occurs in): " in done.err
    assert not (tmp_path / "map.json").exists()


@pytest.mark.parametrize("lines", ["", "1\t1\t3\n"])
def test_a_network_of_one_item_or_none_is_refused(benang: Command, tmp_path: Path, lines: str) -> None:
    """There is nothing to lay out."""
    path = tmp_path / "network.txt"
    path.write_text(lines, encoding="utf-8")

    done = benang("layout", "--network", path, "-o", tmp_path / "map.json")

    assert done.code == 1
    assert "network.txt" in done.err or "two items" in done.err
    assert not (tmp_path / "map.json").exists()


def test_a_folder_that_does_not_take_files_is_named(benang: Command, export: Path, tmp_path: Path) -> None:
    """A file stands where the output's folder should be."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    done = benang("map", export, "--items", "keywords", "-o", tmp_path / "file" / "map.json")

    assert done.code == 1
    assert "can't write here" in done.err


def test_nothing_that_is_read_is_overwritten(benang: Command, export: Path, tmp_path: Path) -> None:
    """An export, a thesaurus and a network stay as they are, also where the network file beside a map would hit one."""
    exported = export.rename(tmp_path / "map_network.txt")
    before = exported.read_bytes()

    for out in ("map_network.txt", "map.txt", "./new/../map_network.txt"):
        said = benang("map", exported, "--items", "keywords", "-o", tmp_path / out)

        assert (said.code, "would be overwritten" in said.err) == (2, True)
        assert exported.read_bytes() == before


def test_two_outputs_are_not_written_to_one_file(benang: Command, export: Path, tmp_path: Path) -> None:
    """The network of a map would replace the map before it; a file named twice is written once."""
    twice = benang("map", export, "--items", "keywords", "-o", tmp_path / "a.txt", "-o", tmp_path / "a_network.txt")
    again = benang("map", export, "--items", "keywords", "-o", tmp_path / "b.json", "-o", tmp_path / "b.json")

    assert (twice.code, "written twice" in twice.err) == (2, True)
    assert (again.code, again.out.count("Written:")) == (0, 1)
    assert not (tmp_path / "a.txt").exists()


def test_the_network_file_beside_a_map_is_named(benang: Command, export: Path, tmp_path: Path) -> None:
    """What is written without being asked for by name is told."""
    said = benang("map", export, "--items", "keywords", "-o", tmp_path / "map.txt")

    assert f"Written: {tmp_path / 'map_network.txt'}" in said.out


def test_all_files_of_a_map_are_written_or_none(
    benang: Command, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a figure can't be drawn, the data beside it is not written either."""

    def fail(*_: object, **__: object) -> None:
        raise BenangError("no such font")

    monkeypatch.setattr("benang.tasks.make_map.plot_view", fail)

    done = benang("map", export, "--items", "keywords", "-o", tmp_path / "map.json", "-o", tmp_path / "map.png")

    assert (done.code, "no such font" in done.err) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == [export.name]


def test_an_output_that_cant_be_written_is_named_before_anything_is_read(benang: Command, tmp_path: Path) -> None:
    """Nobody waits for a map that has no place to go."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    done = benang("map", tmp_path / "absent.ris", "--items", "keywords", "-o", tmp_path / "file" / "map.json")

    assert (done.code, "map.json: can't write here" in done.err) == (1, True)
    assert "absent.ris" not in done.err


def test_what_is_left_out_is_counted(benang: Command, export: Path, tmp_path: Path) -> None:
    """Records without keywords, and items that are too rare or apart from the others, are told with their numbers."""
    with export.open("a", encoding="utf-8") as file:
        file.write("TY  - JOUR\nTI  - Without\nER  - \n\nTY  - JOUR\nKW  - alone\nKW  - apart\nER  - \n")

    apart = benang("map", export, "--items", "keywords", "-o", tmp_path / "map.json")
    rare = benang("map", export, "--items", "keywords", "--min-occurrences", 2, "-o", tmp_path / "map.json")

    assert re.search(r"records without keywords +1\n", apart.out)
    assert re.search(r"items left out: in other components +2\n", apart.out)
    assert re.search(r"items left out: below the minimum +4\n", rare.out)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_a_file_without_the_right_to_read_is_no_wrong_usage(
    benang: Command, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with 1, like every file that can't be read."""

    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.access", lambda *_, **__: False)
    monkeypatch.setattr("benang.files.read_ordinary", forbidden)

    done = benang("map", export, "--items", "keywords", "-o", tmp_path / "map.json")

    assert (done.code, "can't be read (Permission denied)" in done.err) == (1, True)


def test_names_that_may_be_several_peoples_are_counted_with_the_way_to_see_them(
    benang: Command, tmp_path: Path
) -> None:
    """Sari, D. may be Dewi or Dian."""
    names = ("Sari, Dewi", "Sari, Dian", "Sari, D.")  # with Putra, three at least
    text = "".join(f"TY  - JOUR\nTI  - Works of {name}\nAU  - {name}\nAU  - Putra, Budi\nER  - \n\n" for name in names)
    (tmp_path / "names.ris").write_text(text, encoding="utf-8")

    done = benang(
        "map", tmp_path / "names.ris", "--items", "authors", "--min-documents", 1, "-o", tmp_path / "map.json"
    )

    assert re.search(r"names that several people may share: see `benang thesaurus … --items authors` +1\n", done.out), (
        done.out + done.err
    )


def test_frequent_terms_that_the_relevance_cut_drops_are_named(benang: Command, tmp_path: Path) -> None:
    """With their occurrences, and the option that keeps them."""
    texts = ["A city has a budget and staff."] * 5 + ["A city has rivers and forests."] * 5
    text = "".join(f"TY  - JOUR\nID  - r{at}\nAB  - {one}\nER  - \n\n" for at, one in enumerate(texts))
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    options = ("--items", "terms", "--min-occurrences", 5, "--all-components", "-o", tmp_path / "map.json")
    said = benang("map", tmp_path / "a.ris", *options, "--terms-share", 0.8)
    assert "The most frequent terms that were left out as insufficiently relevant: city (10)." in said.out
    assert "`--terms-share 1` keeps all" in said.out
    assert "left out as not relevant" not in benang("map", tmp_path / "a.ris", *options, "--terms-share", 1).out


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
    assert "records without authors 1 records left out: more authors than --max-per-document 1" in told
    assert (set(items_of(few)), len(items_of(all_of_them))) == ({"Ardi, A", "Budi, A", "Cici, A"}, 5)


def test_every_normalization_makes_a_map_of_its_own(benang: Command, tmp_path: Path) -> None:
    """The file says which it was."""
    export, objectives = four_works(tmp_path), set()
    for name in get_args(Normalization):
        out = tmp_path / f"{name}.json"
        said = benang("map", export, "--items", "references", "--min-citations", 1, "--normalization", name,
                      *QUICK, "-o", out)  # fmt: skip
        assert said.code == 0, said.err
        told = made_of(out)["benang"]
        assert told["normalization"] == name.replace("-", " ")
        objectives.add(round(told["layout"]["objective"], 6))

    assert len(objectives) == len(get_args(Normalization))


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
    assert (
        "--attraction (0) must be greater than --repulsion (0). One of them has its default value here: give both."
        in said.err
    )


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
        ("record,Quality\nWOS:9,1\n", "found a record 'WOS:9' that is not in the corpus"),
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
    ["benang.tasks.make_map.mappable_network", "benang.tasks.make_map.vos_map", "benang.tasks.make_map.plot_view"],
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
    assert ("`benang stability` shows more." in told.out, "benang stability" in untold.out) == (True, False)
