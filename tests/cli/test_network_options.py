"""What `benang map --items … --link …` lays out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.support import Command

from benang.kinds import USUAL_LIKENESS

X = "Putnam RD, 1988, INT ORGAN, V42, P427"
Y = "Cremer RD, 2001, HABITAT INT, V25, P377"
Z = "Duchacek ID, 1984, PUBLIUS, V14, P5"
Links = dict[frozenset[str], float]


def wos(folder: Path, *records: Sequence[str]) -> Path:
    """Write an export of Web of Science: one record for each list of lines."""
    path = folder / "savedrecs.txt"
    texts = ["\n".join(["PT J", f"UT WOS:{at}", *lines, "ER\n\n"]) for at, lines in enumerate(records, 1)]
    path.write_text("FN Clarivate Analytics Web of Science\nVR 1.0\n" + "".join(texts) + "EF\n", encoding="utf-8")
    return path


def cites(author: str, *references: str) -> list[str]:
    """Return the lines of a record that cites works."""
    return [f"AU {author}, A", f"TI What {author} found", "PY 2020", "CR " + "\n   ".join(references)]


@pytest.fixture
def citing(tmp_path: Path) -> Path:
    """Return three records: two cite X and Y, one cites Y and Z."""
    return wos(tmp_path, cites("Ardi", X, Y), cites("Budi", X, Y), cites("Cici", Y, Z))


def links_of(path: Path) -> Links:
    """Return the links of a map by the first word of both items' labels."""
    network = json.loads(path.read_text(encoding="utf-8"))["network"]
    names: dict[Any, str] = {item["id"]: item["label"].split()[0].strip(",").lower() for item in network["items"]}
    return {frozenset((names[one["source_id"]], names[one["target_id"]])): one["strength"] for one in network["links"]}


def test_documents_are_linked_by_what_they_both_cite(benang: Command, citing: Path, tmp_path: Path) -> None:
    """Ardi and Budi share two works, Cici one with each of them."""
    said = benang("map", citing, "--items", "documents", "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json") == {
        frozenset(("ardi", "budi")): 2,
        frozenset(("ardi", "cici")): 1,
        frozenset(("budi", "cici")): 1,
    }


def test_references_are_linked_by_the_records_that_cite_both(benang: Command, citing: Path, tmp_path: Path) -> None:
    """X and Y stand in two lists together, Y and Z in one."""
    said = benang("map", citing, "--items", "references", "--min-citations", 1, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json") == {
        frozenset(("putnam", "cremer")): 2,
        frozenset(("cremer", "duchacek")): 1,
    }


def test_references_below_the_threshold_are_left_out(benang: Command, citing: Path, tmp_path: Path) -> None:
    """Z is cited once; X and Y alone are no map."""
    said = benang("map", citing, "--items", "references", "--min-citations", 2, "-o", tmp_path / "map.json")
    assert (said.code, (tmp_path / "map.json").exists()) == (1, False)
    assert "references: only 2 items are left (--min-citations 2). A lower minimum leaves more: 1 leaves 3." in said.err


@pytest.mark.parametrize(("matching", "strength"), [("keys", 2), ("exact", 1)])
def test_references_are_one_work_by_keys_or_as_printed(
    benang: Command, tmp_path: Path, matching: str, strength: int
) -> None:
    """With a DOI behind it, the same reference is another string."""
    second = cites("Budi", f"{X}, DOI 10.1017/S0020818300027697", Y)
    export = wos(tmp_path, cites("Ardi", X, Y), second, cites("Cici", Y, Z))
    said = benang(
        "map", export, "--items", "documents", "--reference-matching", matching, "-o", tmp_path / "map.json"
    )  # fmt: skip

    assert said.code == 0, said.err
    assert links_of(tmp_path / "map.json")[frozenset(("ardi", "budi"))] == strength


def test_fractional_counting_shares_out_what_is_cited(benang: Command, citing: Path, tmp_path: Path) -> None:
    """X is cited by two and adds 1 to their link; Y is cited by three and adds 1/2 to each of three links."""
    benang("map", citing, "--items", "documents", "--counting", "fractional", "-o", tmp_path / "map.json")

    assert links_of(tmp_path / "map.json") == {
        frozenset(("ardi", "budi")): 1.5,
        frozenset(("ardi", "cici")): 0.5,
        frozenset(("budi", "cici")): 0.5,
    }


def test_terms_come_from_titles_and_abstracts(benang: Command, tmp_path: Path) -> None:
    """Records without any keyword have a map of terms."""
    text = "AB The sister city made a trade agreement. The trade agreement helped the local government."
    export = wos(tmp_path, *([f"TI Sister city of year {at}", f"PY {at}", text] for at in range(2010, 2016)))
    said = benang(
        "map", export, "--items", "terms", "--min-occurrences", 6, "--terms-share", 1, "-o", tmp_path / "map.json"
    )  # fmt: skip

    assert said.code == 0, said.err
    items = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["network"]["items"]
    assert {"sister city", "trade agreement", "local government"} <= {item["label"] for item in items}
    assert {item["weights"]["Occurrences"] for item in items} == {6}


@pytest.mark.parametrize(("names", "authors"), [("joined", 3), ("exact", 4)])
def test_forms_of_a_name_are_one_author_or_not(benang: Command, tmp_path: Path, names: str, authors: int) -> None:
    """Dewi Kartika Sari signs with her initials, too."""
    export = wos(
        tmp_path,
        ["AU Sari, DK", "   Wibowo, A", "AF Sari, Dewi Kartika", "   Wibowo, Agus", "TI One", "PY 2020"],
        ["AU Sari, DK", "   Wibowo, A", "AF Sari, D. K.", "   Wibowo, Agus", "TI Another", "PY 2021"],
        ["AU Putra, B", "   Wibowo, A", "AF Putra, Budi", "   Wibowo, Agus", "TI Third", "PY 2022"],
    )
    said = benang("map", export, "--items", "authors", "--author-names", names, "-o", tmp_path / "map.json")

    assert said.code == 0, said.err
    assert len(json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["network"]["items"]) == authors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--items", "keywords", "--link", "co-citation"),
            "--link: expected co-occurrence, found co-citation of keywords",
        ),
        (("--items", "documents", "--min-occurrences", 2), "documents have citations. Choose --min-citations instead."),
        (("--items", "authors", "--min-occurrences", 2), "authors have documents. Choose --min-documents instead."),
        (("--items", "keywords", "--min-documents", 2), "keywords have occurrences. Choose --min-occurrences instead."),
        (("--items", "terms", "--min-citations", 2), "terms are selected by occurrences"),
        (
            ("--items", "sources", "--link", "citation", "--reference-matching", "exact"),
            "expected keys or fuzzy",
        ),
        (("--items", "cited-authors", "--scores", "scores.csv"), "but the map shows cited authors that they cite"),
    ],
)
def test_links_and_thresholds_that_items_cant_have_are_wrong_usage(
    benang: Command, citing: Path, tmp_path: Path, options: tuple[object, ...], message: str
) -> None:
    """The message says what they have; nothing is written."""
    said = benang("map", citing, *options, "-o", tmp_path / "map.json")

    assert (said.code, (tmp_path / "map.json").exists()) == (2, False)
    assert message in " ".join(said.err.split())


def test_the_help_names_the_threshold_that_is_used(benang: Command) -> None:
    """The text is written where the library is not loaded; the number in it is the library's."""
    assert f"[default: {USUAL_LIKENESS:g}]" in " ".join(benang("map", "--help").out.split())


@pytest.mark.parametrize("name", ["min_citations.ris", "link: coupling.ris", "(top).ris", "or all components.ris"])
def test_a_file_that_is_called_like_an_option_keeps_its_name(benang: Command, tmp_path: Path, name: str) -> None:
    """Messages name options where the library names arguments, never within what a user called a file."""
    export = tmp_path / name.replace(":", "-")
    export.write_bytes(b"")
    said = benang("map", export, "--items", "authors", "-o", tmp_path / "map.json")

    assert (said.code, f"{export.name}: the file is empty" in said.err) == (1, True)
