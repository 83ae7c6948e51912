"""`benang map` and `benang layout`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from tests.support import Command

from benang.errors import BenangError

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
        ("minimum of occurrences", "1"),
        ("most items, by total link strength", "4"),
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
    assert re.search(r"items dropped by the thesaurus +1\n", said.out)
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

    monkeypatch.setattr("benang.tasks.draw_map.plot_view", fail)

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

    assert re.search(r"several people's: see `benang thesaurus … --items authors` +1\n", done.out), done.out + done.err


def test_frequent_terms_that_the_relevance_cut_drops_are_named(benang: Command, tmp_path: Path) -> None:
    """With their occurrences, and the option that keeps them."""
    texts = ["A city has a budget and staff."] * 5 + ["A city has rivers and forests."] * 5
    text = "".join(f"TY  - JOUR\nID  - r{at}\nAB  - {one}\nER  - \n\n" for at, one in enumerate(texts))
    (tmp_path / "a.ris").write_text(text, encoding="utf-8")
    options = ("--items", "terms", "--min-occurrences", 5, "--all-components", "-o", tmp_path / "map.json")
    said = benang("map", tmp_path / "a.ris", *options, "--terms-share", 0.8)
    assert "The most frequent terms that were left out as not relevant enough: city (10)." in said.out
    assert "`--terms-share 1` keeps all" in said.out
    assert "left out as not relevant" not in benang("map", tmp_path / "a.ris", *options, "--terms-share", 1).out
