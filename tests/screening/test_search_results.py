"""What each search brought, compared with its hits, with known papers and with the search that it repeats."""

from __future__ import annotations

from typing import Any

import pytest

from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates.joining import works_of
from benang.records.paper import KnownNames
from benang.records.record import FileAccount, Ledger, Record, SetAside
from benang.screening.search_results import (
    SearchResult,
    SearchResults,
    remarks,
    remarks_on,
    search_results,
    works_named,
)
from benang.screening.searches import Search, Searches

TITLES = ["Lamps of the invented strait", "Ropes of the quiet harbour", "Sails of the northern pier", "Kites of Muara"]


def record(key: str, title: int, file: str, place: int = 1, **more: Any) -> Record:
    """Return a record of one of the four papers, in a file."""
    paper: dict[str, Any] = {
        "title": TITLES[title],
        "authors": ("Contoh, A.",),
        "year": 2010 + title,
        "doi": f"10.9999/{title}",
    }
    return Record(key, file=file, place=place, **paper | more)


def read(*records: Record, aside: int = 0) -> Corpus:
    """Return records with the accounts of their files; of the first file some were set aside."""
    accounts: list[FileAccount] = []
    for file in dict.fromkeys(one.file for one in records):
        n = sum(one.file == file for one in records)
        lost = tuple(SetAside(n + at, 1, "no title") for at in range(1, aside + 1)) if not accounts else ()
        accounts.append(FileAccount(file, "RIS", "", found=n + len(lost), read=n, set_aside=lost))
    return corpus_of(records, ledger=Ledger(tuple(accounts)))


def searches(*entries: dict[str, Any], records: tuple[dict[str, Any], ...] = ()) -> Searches:
    """Return searches that are called as their ids."""
    return Searches.model_validate({"searches": [{"name": one["id"], **one} for one in entries], "records": records})


def brought(given: Searches, records: Corpus, seeds: tuple[str, ...] = ()) -> SearchResults:
    """Return what searches brought, with records joined as a review joins them."""
    return search_results(given, records, works_of(records).aliases(), seeds=seeds)


def test_a_work_of_two_searches_is_alone_in_none() -> None:
    """Of papers 0 and 1 in one database and 1 and 2 in another, each has one that the other lacks."""
    records = read(record("a", 0, "s"), record("b", 1, "s", 2), record("c", 1, "w"), record("d", 2, "w", 2))

    one, other = brought(searches({"id": "s", "files": ["s"]}, {"id": "w", "files": ["w"]}), records).results

    assert (len(one.records), len(one.works), len(other.works)) == (2, 2, 2)
    assert (one.alone, one.shared, other.alone) == (("a",), ("b",), ("d",))


def test_a_paper_twice_in_one_export_is_one_work_of_its_search() -> None:
    """The search brought two records, and one work that no other search has."""
    records = read(record("a", 0, "s"), record("b", 0, "s", 2))

    (one,) = brought(searches({"id": "s", "files": ["s"]}), records).results

    assert (len(one.records), len(one.works), len(one.alone)) == (2, 1, 1)


def test_a_work_that_an_export_of_no_search_has_too_is_not_alone() -> None:
    """The export is listed with its records."""
    records = read(record("a", 0, "s"), record("b", 0, "old"), record("c", 1, "old", 2))

    results = brought(searches({"id": "s", "files": ["s"]}), records)

    assert (results.results[0].alone, dict(results.unbound)) == ((), {"old": 2})
    assert [str(one).partition(".")[0] for one in remarks(results)][-1].startswith("old (2 records): no search")


def test_records_typed_by_hand_belong_to_the_search_that_they_name() -> None:
    """They are told apart by their places in the file."""
    given = searches(
        {"id": "a", "kind": "website"},
        {"id": "b", "kind": "register"},
        records=({"search": "b", "title": TITLES[0]}, {"search": "a", "title": TITLES[1]}),
    )
    records = read(record("x", 0, "searches.toml", 1), record("y", 1, "searches.toml", 2))

    assert [one.records for one in brought(given, records).results] == [("y",), ("x",)]


def test_hits_are_compared_with_what_the_exports_contain() -> None:
    """Records that were set aside are in the export, so none is missing."""
    records = read(record("a", 0, "s"), record("b", 1, "s", 2), aside=1)
    filled = {"platform": "p", "date": "2026", "query": "q", "by": "Ani"}

    (one,) = brought(searches({"id": "s", "files": ["s"], "hits": 3, **filled}), records).results

    assert (one.in_files, one.set_aside, one.expected) == (3, 1, 3)
    assert list(remarks_on(one)) == []


@pytest.mark.parametrize(
    ("fields", "n", "remark"),
    [
        ({"hits": 5}, 3, "s: 5 hits, but its files contain 3 records: 2 missing."),
        ({"hits": 2}, 3, "s: 2 hits, but its files contain 3 records, 1 more."),
        ({"hits": 5}, 0, "s: 5 hits, but none was read."),
        ({"hits": 9, "exported": 5}, 3, "s: 5 exported hits, but its files contain 3 records: 2 missing."),
        ({"hits": 9, "exported": 3}, 3, ""),
        ({"hits": 0}, 0, ""),
        ({"hits": 9, "kind": "website"}, 3, ""),
        ({"exported": 4, "kind": "hand-search"}, 3, "s: 4 exported hits, but its files contain 3 records: 1 missing."),
    ],
)
def test_a_difference_is_named_with_the_way_on(fields: dict[str, Any], n: int, remark: str) -> None:
    """What was exported counts before what was shown; the hits of a website are no list to export."""
    open_fields = {"platform", "date", "query", "by", "hits"}
    given = {"id": "s", "name": "S", "not_reported": sorted(open_fields - fields.keys()), **fields}
    result = SearchResult(Search.model_validate(given), records=tuple(map(str, range(n))))

    assert [str(one)[: len(remark)] for one in remarks_on(result)] == ([remark] if remark else [])


def test_fields_that_nobody_filled_in_are_named_unless_they_are_not_reported() -> None:
    """A database has a platform, a date, a query, hits and somebody who searched; a website has not all of these."""
    one = Search.model_validate({"id": "s", "name": "S", "date": "2026", "not_reported": ["hits"]})
    other = Search.model_validate({"id": "w", "name": "W", "kind": "website"})

    assert (one.open_fields, other.open_fields) == (("platform", "query", "by"), ("date", "by"))


def test_a_file_that_the_plan_does_not_read_is_named() -> None:
    """It belongs to the search, but the records of it are in no account."""
    (one,) = brought(searches({"id": "s", "files": ["s", "more"]}), read(record("a", 0, "s"))).results

    assert one.unread == ("more",)
    assert str(next(iter(remarks_on(one)))).startswith("s: more belongs to this search, but is not read.")


def test_a_search_none_of_whose_files_is_read_does_not_ask_for_what_it_names() -> None:
    """Its files are named in the search already: it is the plan that reads none of them."""
    asked = {"platform", "date", "query", "by", "limits"}
    given = {"id": "s", "hits": 6, "files": ["sources/Sub"], "not_reported": sorted(asked)}
    (one,) = brought(searches(given), read()).results

    (remark,) = remarks_on(one)
    assert str(remark).startswith("s: sources/Sub belongs to this search, but is not read.")


@pytest.mark.parametrize(
    "seed", ["a", "10.9999/0", "https://doi.org/10.9999/0", "PMID:123", "lamps of the invented strait"]
)
def test_a_known_paper_is_found_by_key_doi_identifier_or_title(seed: str) -> None:
    """The searches that found it are named, also by another record of the same work."""
    records = read(record("a", 0, "s", identifiers=("pmid:123",)), record("b", 0, "w"), record("c", 1, "w", 2))
    given = searches({"id": "s", "files": ["s"]}, {"id": "w", "files": ["w"]}, {"id": "v"})

    results = brought(given, records, (seed,))

    assert results.seeds[0].searches == ("s", "w")
    assert [one.seeds for one in results.results] == [(seed,), (seed,), ()]


def test_a_known_paper_that_no_search_found_is_said() -> None:
    """One that is nowhere, and one that only an export of no search has."""
    records = read(record("a", 0, "s"), record("b", 1, "old"))

    results = brought(searches({"id": "s", "files": ["s"]}), records, ("Bells of the tower", "b"))

    assert [(one.works, one.searches) for one in results.seeds] == [((), ()), (("b",), ())]
    said = [str(one) for one in remarks(results) if "known paper" in str(one)]
    assert said == [
        "'Bells of the tower': no search found this known paper",
        "'b': this known paper is in the exports, but not in those of a search",
    ]


def test_a_title_that_is_another_paper_finds_nothing() -> None:
    """Two titles that differ in a word are two papers."""
    assert works_named("Lamps of the quiet strait", KnownNames(read(record("a", 0, "s")))) == ()


def test_a_rerun_says_what_is_new_changed_and_gone() -> None:
    """Paper 0 is as before, 1 has got an abstract, 2 is gone and 3 is new; more citations are no change."""
    records = read(
        record("a", 0, "old", citations=3),
        record("b", 1, "old", 2),
        record("c", 2, "old", 3),
        record("d", 0, "new", citations=9),
        record("e", 1, "new", 2, abstract="Ropes, counted."),
        record("f", 3, "new", 3),
    )
    given = searches({"id": "one", "files": ["old"]}, {"id": "two", "files": ["new"], "earlier": "one"})

    (rerun,) = brought(given, records).reruns

    assert (rerun.search.id, rerun.earlier.id) == ("two", "one")
    assert (rerun.new, rerun.gone, dict(rerun.changed), rerun.unchanged) == (
        ("f",),
        ("c",),
        {"b": ("abstract",)},
        ("a",),
    )
