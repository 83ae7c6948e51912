"""`benang map`: every pair of --items and --link, on an export whose links can be counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.exports import four_works
from tests.support import Command

from benang.kinds import ITEMS, KINDS, LINKS
from benang.locale.writing import alternatives

NAMES = {
    "ardi": "A", "budi": "B", "cici": "C", "dedi": "D", "putnam": "X", "cremer": "Y", "duchacek": "Z",
    "airlangga": "A", "malaya": "B", "natl univ": "C", "chulalongkorn": "D",
    "indonesia": "A", "malaysia": "B", "singapore": "C", "thailand": "D",
    "kota": "K", "desa": "E", "laut": "L", "int organ": "X", "habitat": "Y",
    "sister city": "a", "market": "b", "rent": "c", "trade": "d", "policy": "e", "region": "f",
    "urban": "a", "economics": "b", "geography": "c",
}  # fmt: skip
"""Words of labels, the first that stands in one: the name that it has below."""

Strengths = dict[str, float]

WRITTEN: Strengths = {"AB": 1, "BC": 1, "AC": 1, "AD": 1}
CITING: Strengths = {"AB": 5, "AC": 5, "BC": 3, "AD": 2, "BD": 2, "CD": 2}
COUPLED: Strengths = {"AB": 6, "AC": 10, "BC": 3, "AD": 4, "BD": 3, "CD": 7}
TOGETHER: Strengths = {"ab": 2, "bc": 2, "ac": 2}
PEOPLE = ("authors", "organizations", "countries")
CO_CITED: Strengths = {"AX": 3, "AY": 3, "XY": 3, "AB": 2, "BX": 2, "BY": 2}
EXPECTED: dict[tuple[str, str], Strengths] = {
    **{(items, "co-authorship"): WRITTEN for items in PEOPLE},
    **{(items, "citation"): CITING for items in PEOPLE},
    **{(items, "coupling"): COUPLED for items in PEOPLE},
    ("documents", "citation"): {"AB": 1, "AC": 1, "BC": 1, "AD": 1, "BD": 1, "CD": 1},
    ("documents", "coupling"): {"BC": 3, "BD": 3, "CD": 4},
    ("sources", "citation"): {"EK": 2, "KL": 2, "EL": 1},
    ("sources", "coupling"): {"EL": 3, "EK": 3, "KL": 4},
    ("references", "co-citation"): CO_CITED,
    ("cited-authors", "co-citation"): CO_CITED,
    ("cited-sources", "co-citation"): {"KX": 3, "KY": 3, "XY": 3, "EK": 2, "EX": 2, "EY": 2},
    ("author-keywords", "co-occurrence"): TOGETHER,
    ("index-keywords", "co-occurrence"): {"de": 2, "ef": 2, "df": 2},
    ("topics", "co-occurrence"): TOGETHER,
}
"""Strengths of all links, by the names of their ends."""


def made_of(path: Path) -> dict[str, Any]:
    """Return what stands in a map's file."""
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return made


def links_of(path: Path) -> dict[str, float]:
    """Return the links of a map by the short names of their ends."""
    network = made_of(path)["network"]
    names = {
        item["id"]: next(name for word, name in NAMES.items() if word in item["label"].lower())
        for item in network["items"]
    }
    return {
        "".join(sorted((names[one["source_id"]], names[one["target_id"]]))): one["strength"]
        for one in network["links"]
    }  # fmt: skip


@pytest.mark.parametrize(("items", "link"), EXPECTED)
def test_every_pair_of_items_and_link_is_counted(benang: Command, tmp_path: Path, items: str, link: str) -> None:
    """As worked out by hand."""
    out = tmp_path / "map.json"

    said = benang("map", four_works(tmp_path), "--items", items, "--link", link, "--stability", 0, "-o", out)

    assert said.code == 0, said.err
    assert f"linked by {link}" in " ".join(said.out.split())
    assert links_of(out) == EXPECTED[items, link]


def test_no_pair_is_forgotten_here() -> None:
    """All that the library knows are tested above, or below (all keywords, terms)."""
    known = {(items, link) for items in ITEMS for link in KINDS[items].links}

    assert known - set(EXPECTED) == {("keywords", "co-occurrence"), ("terms", "co-occurrence")}


def test_all_keywords_are_those_of_authors_and_of_the_index(benang: Command, tmp_path: Path) -> None:
    """Three and three."""
    benang("map", four_works(tmp_path), "--items", "keywords", "--stability", 0, "-o", tmp_path / "map.json")

    found = links_of(tmp_path / "map.json")
    assert (found["ab"], found["ad"], found["ef"], found["ae"]) == (2, 3, 2, 2)


def test_terms_are_phrases_of_titles_and_abstracts(benang: Command, tmp_path: Path) -> None:
    """Each stands in three of the four abstracts, two by two in two."""
    out = tmp_path / "map.json"
    said = benang(
        "map", four_works(tmp_path), "--items", "terms", "--terms-share", 1, "--stability", 0, "-o", out
    )  # fmt: skip

    assert said.code == 0, said.err
    found = {item["label"]: item["weights"]["Occurrences"] for item in made_of(out)["network"]["items"]}
    assert {found[name] for name in ("sister city", "night market", "local budget")} == {3}


@pytest.mark.parametrize(
    ("items", "link"),
    [("documents", "coupling"), ("sources", "citation"), ("authors", "coupling"), ("references", "co-citation")],
)
def test_an_export_without_references_says_so(benang: Command, tmp_path: Path, items: str, link: str) -> None:
    """What rests on references can't be made of it; nothing is written."""
    export = four_works(tmp_path, references=False)

    said = benang("map", export, "--items", items, "--link", link, "-o", tmp_path / "map.json")

    assert (said.code, (tmp_path / "map.json").exists()) == (1, False)
    assert "None of the 4 records has cited references" in said.err


def test_an_export_without_topics_says_what_it_has(benang: Command, tmp_path: Path) -> None:
    """And names the option where there are none at all."""
    export = tmp_path / "export.ris"
    export.write_text("TY  - JOUR\nTI  - A sister city\nAU  - Ardi, A\nER  - \n", encoding="utf-8")

    said = benang("map", export, "--items", "topics", "-o", tmp_path / "map.json")

    assert said.code == 1
    assert "has no topics. Available: authors." in said.err
    assert "(--items terms)" in said.err


WRONG = [(items, link) for items in ITEMS for link in LINKS if link not in KINDS[items].links]


@pytest.mark.parametrize(("items", "link"), WRONG)
def test_a_pair_that_there_is_not_is_wrong_usage(benang: Command, tmp_path: Path, items: str, link: str) -> None:
    """The message says what such items can be linked by; no file has to be there to find out."""
    said = benang("map", tmp_path / "absent.txt", "--items", items, "--link", link, "-o", tmp_path / "map.json")

    assert said.code == 2
    assert f"--link: expected {alternatives(KINDS[items].links)}, found {link} of {items}." in said.err


@pytest.mark.parametrize(
    ("items", "strength"), [("authors", 1), ("author-keywords", 1.5), ("documents", 2.5), ("references", 7 / 6)]
)
def test_fractional_counting_shares_out(benang: Command, tmp_path: Path, items: str, strength: float) -> None:
    """Two authors share 1, three keywords 1/2 each; two works share what 2 (1) and 3 works (1/2) cite.

    Of the references those on the map count: 3, 4 and 4 of them in a list (1/2 + 1/3 + 1/3).
    """
    out = tmp_path / "map.json"
    benang(
        "map", four_works(tmp_path), "--items", items, "--counting", "fractional", "--stability", 0, "-o", out
    )  # fmt: skip

    assert max(links_of(out).values()) == pytest.approx(strength, abs=1e-6)


def test_binary_counting_lets_items_cite_a_work_once(benang: Command, tmp_path: Path) -> None:
    """Ardi and Cici both cite two works of the four, X and Y: four works in all, not ten over pairs of documents."""
    out = tmp_path / "map.json"
    benang(
        "map", four_works(tmp_path), "--items", "authors", "--link", "coupling", "--counting", "binary",
        "--stability", 0, "-o", out,
    )  # fmt: skip

    assert links_of(out) == {"AB": 3, "AC": 4, "BC": 3, "AD": 6, "BD": 3, "CD": 4}


def test_citations_have_no_counting(benang: Command) -> None:
    """They are counted one way."""
    said = benang(
        "map", "x.txt", "--items", "documents", "--link", "citation", "--counting", "fractional", "-o", "map.json"
    )  # fmt: skip

    assert said.code == 2
    assert "--counting: fractional counting of citations. Omit the counting" in said.err


def test_documents_know_their_record_and_links_what_both_cite(benang: Command, tmp_path: Path) -> None:
    """So a map of documents can be drilled."""
    out = tmp_path / "map.json"
    benang("map", four_works(tmp_path), "--items", "documents", "--stability", 0, "-o", out)

    one = benang("drill", out, "Budi (2011)")
    link = benang("drill", out, "Budi (2011)", "Cici (2012)")

    assert (one.code, "'Budi (2011)': 1 record" in one.out) == (0, True)
    assert "link strength 3, 2 records" in link.out
    assert "The link is based on 3 cited works:" in link.out
