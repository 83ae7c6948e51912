"""The searches of a review: their file, what is refused in it, and the records that were typed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.records.record import Record
from benang.screening.searches import Searches, read_searches, typed_records

QUERY = """\
TITLE-ABS-KEY ( "night market*" OR  "pasar malam" )
  AND  stall*   # not a comment: 'single' and \\backslash
"""
WHOLE = f"""\
format = 1

[[searches]]
id = "scopus"
name = "Scopus"
platform = "Elsevier"
date = 2026-03-12
query = '''
{QUERY}'''
limits = "2000 to 2025; English or Indonesian"
fields = "title, abstract, keywords"
hits = 1_240
exported = 1000
by = "Ani"
peer_review = {{ by = "Budi", date = "2026-03", outcome = "two synonyms added" }}
files = ["sources/scopus.csv", "./sources/more"]
note = "The export ends at 1,000 records."

[[searches]]
id = "agencies"
kind = "website"
name = "Pages of the city"
not_reported = ["date", "hits"]

[[records]]
search = "agencies"
title = "Stalls of the harbour, counted"
authors = ["Dinas Perdagangan"]
year = 2019
kind = "report"
url = "https://example.org/stalls"
accessed = 2026-03-14
"""


def written(folder: Path, text: str, *files: str) -> Path:
    """Write `searches.toml` and empty exports beside it."""
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    path = folder / "searches.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str, *files: str) -> list[str]:
    """Return what is refused in a file."""
    with pytest.raises(BenangError) as refused:
        read_searches(written(folder, text, *files))
    return str(refused.value).splitlines()


def entry(name: str, **fields: str) -> str:
    """Return the text of a search, with values as TOML has them."""
    return "\n".join([f'[[searches]]\nid = "{name}"\nname = "{name}"', *(f"{k} = {v}" for k, v in fields.items()), ""])


def test_a_query_is_kept_as_it_was_run(tmp_path: Path) -> None:
    """Line ends, blanks, quotation marks and backslashes of a query stay as they are."""
    searches = read_searches(written(tmp_path, WHOLE, "sources/scopus.csv", "sources/more/a.csv"))

    assert searches.by_id["scopus"].query == QUERY


def test_a_date_may_be_a_text_or_a_date_and_as_exact_as_it_is_known(tmp_path: Path) -> None:
    """A date of TOML and a text of year and month are read as texts."""
    search = read_searches(written(tmp_path, WHOLE, "sources/scopus.csv", "sources/more/a.csv")).by_id["scopus"]

    assert (search.date, search.peer_review.date) == ("2026-03-12", "2026-03")


def test_an_export_leads_to_its_search(tmp_path: Path) -> None:
    """A file leads to the search that names it, or the folder or archive that it is in; another one leads to none."""
    searches = read_searches(written(tmp_path, WHOLE, "sources/scopus.csv", "sources/more/a.csv"))

    names = ["sources/scopus.csv", "sources/more/a.csv", "sources/scopus.csv.bak", "sources/moreover.csv"]
    assert [search and search.id for search in map(searches.of_file, names)] == ["scopus", "scopus", None, None]


def test_a_typed_record_is_a_record_of_its_search(tmp_path: Path) -> None:
    """It keeps its address and the day on which it was seen, and is accounted for by its place in the file."""
    path = written(tmp_path, WHOLE, "sources/scopus.csv", "sources/more/a.csv")
    searches = read_searches(path)

    corpus = typed_records(searches, path)

    (record,) = corpus.records
    assert (record.url, record.raw, record.type) == ("https://example.org/stalls", {"accessed": "2026-03-14"}, "report")
    assert (record.database, record.file, record.place, record.line) == ("Pages of the city", "searches.toml", 1, 27)
    assert (corpus.ledger.found, corpus.ledger.read) == (1, 1)
    search = searches.of_record(record)
    assert search is not None
    assert search.id == "agencies"


def test_a_record_of_an_export_leads_to_its_search_too() -> None:
    """What was read from a file belongs to the search that the file is bound to."""
    searches = Searches.model_validate({"searches": [{"id": "wos", "name": "WoS", "files": ["sources/a.txt"]}]})

    assert searches.of_record(Record("a", file="sources/a.txt", place=3)) == searches.searches[0]
    assert searches.of_record(Record("b", file="sources/b.txt", place=3)) is None


def test_typed_records_with_one_id_are_refused(tmp_path: Path) -> None:
    """Two records can't have one id, and two searches can't either."""
    record = '[[records]]\nsearch = "a"\nid = "one"\ntitle = "Stalls"\n'

    assert problems(tmp_path, entry("a") + entry("a") + record + record) == [
        "searches.toml, line 5: the id 'a' appears twice. Give one of them another id.",
        "searches.toml, line 13: the id 'one' appears twice. Give one of them another id.",
    ]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    """A missing file, a file bound twice, an unknown search: each with its line and the way on."""
    text = (
        entry("a", files='["sources/scopus.csv"]')
        + entry("b", files='["sources/scopsu.csv", "sources/scopus.csv"]', earlier='"c"')
        + '[[records]]\nsearch = "aa"\ntitle = "Stalls"\n'
    )

    assert problems(tmp_path, text, "sources/scopus.csv") == [
        "searches.toml, line 8: there is no file 'sources/scopsu.csv'. Did you mean 'sources/scopus.csv'?",
        "searches.toml, line 8: 'sources/scopus.csv' also belongs to the search 'a'. An export belongs to one search: "
        "name it only in the search that it came from.",
        "searches.toml, line 9: there is no search 'c'. Known: a.",
        "searches.toml, line 11: there is no search 'aa'. Did you mean 'a'?",
    ]


def test_names_that_differ_by_letter_case_are_one_export(tmp_path: Path) -> None:
    """As on Windows and macOS: else the second search would bring nothing, and no message say why."""
    text = entry("a", files='["sources/scopus.csv"]') + entry("b", files='["sources/Scopus.csv"]')

    (problem,) = problems(tmp_path, text, "sources/scopus.csv", "sources/Scopus.csv")
    assert "'sources/Scopus.csv' also belongs to the search 'a'" in problem


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": '"12 March 2026"'}, "a date is written as 2026-03-31"),
        ({"date": '"2026-02-30"'}, "a date is written as 2026-03-31"),
        ({"hits": '"many"'}, "a whole number"),
        ({"hits": "-1"}, "a number of at least 0"),
        ({"hits": "10", "exported": "11"}, "11 exported, of 10 hits"),
        ({"kind": '"databse"'}, "Did you mean 'database'?"),
        ({"platfrom": '"Ovid"'}, "Did you mean 'platform'?"),
        ({"not_reported": '["datte"]'}, "Did you mean 'date'?"),
        ({"hits": "0", "not_reported": '["hits"]'}, "'hits' is not reported, and yet has a value"),
        ({"files": '["../scopus.csv"]'}, "lies outside the review's folder"),
        ({"earlier": '"a"'}, "the search 'a' repeats itself"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(fields: dict[str, str], message: str, tmp_path: Path) -> None:
    """Each field says what it takes."""
    (problem,) = problems(tmp_path, entry("a", **fields))

    assert problem.startswith("searches.toml, line ")
    assert message in problem


def test_a_repeated_search_is_older_than_the_one_that_repeats_it(tmp_path: Path) -> None:
    """Dates that are known to the month alone are compared by it."""
    old, new = entry("old", date='"2026-03"'), entry("new", date="2026-03-01", earlier='"old"')
    assert read_searches(written(tmp_path, old + new)).by_id["new"].earlier == "old"

    (problem,) = problems(tmp_path, old + entry("new", date="2025-12-31", earlier='"old"'))

    assert "this search (2025-12-31) was run before the one that it repeats (2026-03)" in problem


def test_a_copy_without_exports_is_read(tmp_path: Path) -> None:
    """A colleague who was sent the review without `sources/` can work with it; where some are there, none may lack."""
    text = entry("a", files='["sources/scopus.csv"]')
    assert read_searches(written(tmp_path, text)).by_id["a"].files == ("sources/scopus.csv",)

    (problem,) = problems(tmp_path, text, "sources/eric.csv")

    assert "there is no file 'sources/scopus.csv'" in problem


def test_names_of_exports_are_compared_as_any_system_does() -> None:
    """A file that was typed in other capitals, or with a composed accent, is the same one on Windows and macOS."""
    searches = Searches.model_validate({"searches": [{"id": "a", "name": "A", "files": ["Sources/Kafé.RIS"]}]})

    assert searches.of_file("sources/kafe\u0301.ris") == searches.searches[0]


def test_searches_that_repeat_each_other_are_refused(tmp_path: Path) -> None:
    """Each of two that name each other is named; one that only leads to them is not."""
    text = entry("a", earlier='"b"') + entry("b", earlier='"a"') + entry("c", earlier='"a"')

    assert len(problems(tmp_path, text)) == 2
