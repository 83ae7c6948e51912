"""Searches are written into a review's file, counted against its exports, and compared with what they repeat."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError
from benang.project.folder import open_folder
from benang.review.load import load
from benang.tasks.build.building import build
from benang.tasks.explain import ExplainRequest, explain
from benang.tasks.searches import (
    AddedSearch,
    AddSearchRequest,
    CompareSearchRequest,
    SearchesRequest,
    add_search,
    compare_search,
    list_searches,
    query_of,
    searches_csv,
)

PLAN = 'format = 1\ntitle = "Markets"\nquestion = "Why?"\n'
QUERY = "TITLE-ABS-KEY ( \"night market*\"\n  OR  'pasar malam' )   AND stall\\*"


def ris(*titles: str, database: str = "") -> str:
    """Return an export of papers by their titles."""
    named = f"DB  - {database}\n" if database else ""
    return "\n".join(
        f"TY  - JOUR\nTI  - {one}\nAU  - Contoh, A.\nPY  - 2019\nDO  - 10.9999/{one[:5].lower()}\n{named}ER  - \n"
        for one in titles
    )


ROPES, LAMPS, KITES = "Ropes of the quiet harbour", "Lamps of the invented strait", "Kites over the bay of Muara"


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return the folder of a review with one export, and another export beside the folder."""
    (tmp_path / "r/sources").mkdir(parents=True)
    (tmp_path / "r/review.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "r/sources/one.ris").write_text(ris(ROPES, LAMPS, database="Scopus"), encoding="utf-8")
    (tmp_path / "two.ris").write_text(ris(LAMPS, KITES, database="Scopus"), encoding="utf-8")
    return tmp_path / "r"


def added(folder: Path, **fields: Any) -> AddedSearch:
    """Add a search."""
    return add_search(AddSearchRequest(folder=folder, **fields))


def entries(folder: Path) -> list[dict[str, Any]]:
    """Return the searches as they stand in the file."""
    data: list[dict[str, Any]] = tomllib.loads((folder / "searches.toml").read_text(encoding="utf-8"))["searches"]
    return data


def test_a_query_is_written_exactly_as_it_was_run(review: Path) -> None:
    """Several lines with blanks, both quotation marks and backslashes come back as they were."""
    added(review, database="Scopus", query=QUERY)

    assert entries(review)[0]["query"] == QUERY
    assert "query = '''\nTITLE-ABS-KEY ( \"night market*\"\n" in (review / "searches.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("query", ["'''", "a''", "\nb\n", "\x1b[2J", 'one "line" \\ only', "it's", "\ta\t"])
def test_a_query_of_any_characters_comes_back(query: str, review: Path) -> None:
    """Whatever TOML takes for a mark of its own is written in another way."""
    added(review, database="Scopus", query=query)

    assert entries(review)[0]["query"] == query


def test_an_export_from_elsewhere_is_copied_and_bound(review: Path) -> None:
    """One that lies in the review already stays where it is."""
    (review.parent / "one.ris").write_text(ris(KITES), encoding="utf-8")
    files = (review / "sources/one.ris", review.parent / "two.ris", review.parent / "one.ris")

    search = added(review, database="Scopus", files=files).search

    assert search.files == ("sources/one.ris", "sources/two.ris", "sources/one-2.ris")
    assert (review / "sources/two.ris").read_bytes() == (review.parent / "two.ris").read_bytes()
    read = load(open_folder(review)).sources.records.ledger.files
    assert {one.path: one.read for one in read} == {
        "sources/one.ris": 2, "sources/two.ris": 2, "sources/one-2.ris": 1,
    }  # fmt: skip


def test_the_same_export_is_not_copied_twice(review: Path) -> None:
    """A file of the same name and content in sources/ is the one that is meant."""
    (review.parent / "one.ris").write_bytes((review / "sources/one.ris").read_bytes())

    search = added(review, database="Scopus", files=(review.parent / "one.ris",)).search

    assert search.files == ("sources/one.ris",)
    assert [path.name for path in (review / "sources").iterdir()] == ["one.ris"]


def test_the_database_is_the_one_that_the_exports_name(review: Path) -> None:
    """A search without a name of its own gets it, and an id made of it; the next one has a number."""
    ids = [added(review, files=(one,)).search.id for one in (review / "sources/one.ris", review.parent / "two.ris")]

    assert ids == ["scopus", "scopus-2"]


def test_what_stood_in_the_file_stays(review: Path) -> None:
    """Comments and line ends are kept; the new search comes behind the last one."""
    before = '# ours\r\nformat = 1\r\n\r\n[[searches]]\r\nid = "a"  # first\r\nname = "A"\r\n'
    (review / "searches.toml").write_bytes(before.encode())

    added(review, database="B")

    assert (review / "searches.toml").read_bytes().startswith(before.rstrip().encode())
    assert [one["id"] for one in entries(review)] == ["a", "b"]


def test_a_search_is_compared_with_its_hits_when_it_is_added(review: Path) -> None:
    """The account says what is missing in the exports and in the entry."""
    account = added(review, database="Scopus", hits=5, files=(review / "sources/one.ris",)).account

    (note,) = account.notes
    assert "2 records: 3 missing" in "".join(getattr(note, "remarks", ()))
    assert "platform, date, query, by" in "".join(getattr(note, "remarks", ()))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "a"}, "id: there is already a search 'a'"),
        ({"date": "12 March"}, "date: a date is written as 2026-03-31"),
        ({"earlier": "aa"}, "earlier: there is no search 'aa'. Did you mean 'a'?"),
        ({"earlier": "a", "date": "2025"}, "earlier: this search (2025) was run before the one that it repeats"),
        ({"kind": "datbase"}, "kind: 'datbase'. Did you mean 'database'?"),
        ({"id": "a b"}, "id: an id consists of letters"),
        ({"database": ""}, "a search needs the name of what was searched"),
        ({"hits": 1, "exported": 2}, "exported: 2 exported, of 1 hits"),
        ({"files": ("one",)}, "'sources/one.ris' also belongs to the search 'a'"),
        ({"files": ("notes",)}, "an export in a format that Benang reads"),
    ],
)
def test_what_is_refused_changes_nothing(fields: dict[str, Any], message: str, review: Path) -> None:
    """No file is copied and none is written."""
    added(review, database="A", date="2026-01-01", files=(review / "sources/one.ris",))
    (review.parent / "notes.txt").write_text("Some notes.", encoding="utf-8")
    files = {"one": review / "sources/one.ris", "notes": review.parent / "notes.txt"}
    before = (review / "searches.toml").read_bytes()
    given = {"database": "B", **fields, "files": tuple(files[name] for name in fields.get("files", ()))}

    with pytest.raises(BenangError) as refused:
        added(review, **given)

    assert message in str(refused.value)
    assert not re.search("line [0-9]|: (date|id|kind):", str(refused.value))
    assert (review / "searches.toml").read_bytes() == before
    assert [path.name for path in (review / "sources").iterdir()] == ["one.ris"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_query_is_read_in_its_encoding(encoding: str, tmp_path: Path) -> None:
    """The line end behind it goes, blanks before it stay."""
    path = tmp_path / "query.txt"
    path.write_bytes("  café OR “pasar”\r\n AND b\r\n".encode(encoding))

    assert query_of(path) == "  café OR “pasar”\n AND b"


def test_the_list_says_what_each_search_brought(review: Path) -> None:
    """Two searches of two papers share one; of the known papers one was found by neither."""
    seeds = f'seeds = ["{KITES}", "Bells of the tower"]\n'
    (review / "review.toml").write_text(PLAN + seeds, encoding="utf-8")
    added(review, id="s", database="Scopus", hits=2, files=(review / "sources/one.ris",))
    added(review, id="w", database="Web of Science", files=(review.parent / "two.ris",))

    data = json.loads(list_searches(SearchesRequest(review)).as_json())

    rows = {one["id"]: one for one in data["searches"]}
    assert [rows["s"][name] for name in ("hits", "read", "works", "alone", "shared")] == [2, 2, 2, 1, 1]
    assert (rows["w"]["seeds"], data["unbound"]) == ([KITES], {})
    assert [(one["seed"], one["searches"]) for one in data["seeds"]] == [(KITES, ["w"]), ("Bells of the tower", [])]


def test_the_list_of_a_review_without_searches_says_how_to_begin(review: Path) -> None:
    """Nothing is wrong with such a review; a folder with a blank in its name is quoted in the command."""
    folder = review.rename(review.with_name("my review"))
    (note,) = list_searches(SearchesRequest(folder)).account.notes

    assert "No search has been written down yet" in getattr(note, "text", "")
    assert f'`benang search add "{folder}"`' in getattr(note, "text", "")


def test_the_table_of_searches_has_one_a_row(review: Path) -> None:
    """Queries keep their lines; lists are joined."""
    added(review, id="s", database="Scopus", query=QUERY, files=(review / "sources/one.ris", review.parent / "two.ris"))

    (row,) = csv.DictReader(io.StringIO(searches_csv(list_searches(SearchesRequest(review)).results).decode()))

    assert (row["query"], row["files"], row["hits"]) == (QUERY, "sources/one.ris; sources/two.ris", "")


def test_a_rerun_is_compared_with_the_first_run(review: Path) -> None:
    """One paper stayed, one is new, one is gone; also where the plan joins no duplicates."""
    added(review, id="s", database="Scopus", files=(review / "sources/one.ris",))
    added(review, id="t", database="Scopus", files=(review.parent / "two.ris",), earlier="s")

    for more in ("", "[sources]\njoin_duplicates = false\n"):
        (review / "review.toml").write_text(PLAN + more, encoding="utf-8")
        data = json.loads(compare_search(CompareSearchRequest(folder=review, search="t")).as_json())

        assert [[one["title"] for one in data[name]] for name in ("new", "gone", "changed")] == [[KITES], [ROPES], []]
        assert data["unchanged"] == 1


@pytest.mark.parametrize(
    ("search", "message"), [("ss", "there is no search 'ss'. Did you mean 's'?"), ("s", "'s' repeats no other one")]
)
def test_a_search_that_repeats_none_is_not_compared(search: str, message: str, review: Path) -> None:
    """The message says what to write."""
    added(review, id="s", database="Scopus")

    with pytest.raises(BenangError, match=message.replace("?", r"\?")):
        compare_search(CompareSearchRequest(folder=review, search=search))


def test_the_build_says_what_does_not_fit_and_writes_the_table(review: Path) -> None:
    """Hits that were not read, exports of no search and known papers that none found are in its notes."""
    (review / "review.toml").write_text(f'{PLAN}seeds = ["Bells of the tower"]\n', encoding="utf-8")
    (review / "sources/two.ris").write_bytes((review.parent / "two.ris").read_bytes())
    added(review, id="s", database="Scopus", hits=5, query=QUERY, files=(review / "sources/one.ris",))

    built = build(review)

    notes = " ".join(built.notes)
    assert "s: 5 hits, but its files contain 2 records: 3 missing." in notes
    assert "sources/two.ris (2 records)" in notes or "sources/two.ris: no search" in notes
    assert "'Bells of the tower': no search found this known paper" in notes
    (row,) = csv.DictReader(io.StringIO((built.out / "searches.csv").read_bytes().decode()))
    assert (row["query"], row["hits"], row["read"], row["works"], row["alone"]) == (QUERY, "5", "2", "2", "1")
    evidence = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))["numbers"]
    assert (evidence["searches/s/records"]["value"], evidence["searches/s/alone"]["value"]) == (2, 1)
    assert "PRISMA-S" in built.report.read_text(encoding="utf-8")


def test_a_review_without_searches_says_nothing_of_them(review: Path) -> None:
    """Neither notes nor table nor appendix."""
    built = build(review)

    assert not [note for note in built.notes if "search" in note]
    assert not (built.out / "searches.csv").exists()
    assert "PRISMA-S" not in built.report.read_text(encoding="utf-8")


def test_a_number_of_a_search_opens_its_records(review: Path) -> None:
    """Also records that were joined to another one of the same work are named."""
    added(review, id="s", database="Scopus", files=(review / "sources/one.ris", review.parent / "two.ris"))

    notes = explain(ExplainRequest(review, "searches/s/records", "en")).account.notes

    shown = " ".join(
        line for note in notes for line in (getattr(note, "text", ""), *map(str, getattr(note, "cells", ())))
    )
    assert "Records found by Scopus: 4 records" in shown
    assert shown.count(LAMPS) == 2


def test_records_typed_by_hand_are_works_of_the_review(review: Path) -> None:
    """They come behind those of exports, are joined with them, and are accounted for."""
    (review / "searches.toml").write_text(
        '[[searches]]\nid = "web"\nkind = "website"\nname = "Pages of the city"\n'
        f'[[records]]\nsearch = "web"\ntitle = "{ROPES}"\ndoi = "10.9999/ropes"\nyear = 2019\n'
        '[[records]]\nsearch = "web"\ntitle = "Stalls, counted"\nurl = "https://example.org"\naccessed = 2026-03-14\n',
        encoding="utf-8",
    )

    loaded = load(open_folder(review))

    assert [one.title for one in loaded.corpus.records] == [ROPES, LAMPS, "Stalls, counted"]
    stalls = loaded.corpus.records[-1]
    assert (stalls.url, stalls.raw, stalls.database) == (
        "https://example.org", {"accessed": "2026-03-14"}, "Pages of the city",
    )  # fmt: skip
    assert [(one.path, one.read) for one in loaded.corpus.ledger.files] == [
        ("sources/one.ris", 2),
        ("searches.toml", 2),
    ]
    assert loaded.corpus.history[0].counts["found"] == 4
