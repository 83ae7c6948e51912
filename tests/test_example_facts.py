"""The example review holds the facts that it was written from: counted here from its files alone, with no Benang code.

The numbers were counted by hand from the reviewed paper, case by case.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.example_counts import FACTORS, FIELDS

REVIEW = Path(__file__).resolve().parent.parent / "examples" / "sister-cities"

YEARS = {
    "kampar-mtdc": (2013, 2017),
    "bandung-seoul": (None, 2017),
    "bandung-braunschweig": (1960, None),
    "bandung-cuenca": (2017, None),
    "malang-fuqing": (2017, None),
    "surabaya-guangzhou": (2005, None),
    "semarang-brisbane": (1993, 2005),
    "semarang-beihai": (2008, None),
    "denpasar-mossel-bay": (2019, None),
    "ntb-kujawsko-pomorskie": (2019, None),
}
CLAIMS = {
    "number-of-studies",
    "fifteen-studies",
    "published-2016-2021",
    "five-years",
    "four-topics",
    "abstract-factors",
    "support-or-participation",
    "both-cities-policy",
    "closing-list",
    "second-layer",
    "one-stage-missing",
    "three-failures",
    "braunschweig-continues",
    "yogyakarta-city",
    "partner-is-government",
    "figure-1-dated-2021",
    "windiani-year",
    "hakim-name",
    "regulation-year",
    "dated-before-event",
}
GROUPED = {
    "yogyakarta-ismailia",
    "yogyakarta-california",
    "yogyakarta-benhard",
    "yogyakarta-tyrol",
    "yogyakarta-chungcheongnam",
    "central-java-queensland",
    "central-java-fujian",
    "central-java-chungcheongbuk",
    "central-java-siem-reap",
}


@cache
def toml(name: str) -> dict[str, Any]:
    """Parse one of the review's TOML files."""
    return tomllib.loads((REVIEW / name).read_text(encoding="utf-8"))


@cache
def text(document: str) -> str:
    """Read a file of the review as it is, line ends included."""
    return (REVIEW / document).read_bytes().decode("utf-8")


@cache
def judgements(kind: str) -> tuple[dict[str, Any], ...]:
    """Read all judgements of a kind."""
    lines = text("judgements/reviewer.jsonl").split("\n")
    return tuple(one for line in lines if line and (one := json.loads(line)).get("kind") == kind)


@cache
def records() -> dict[str, str]:
    """Each record of the export by its id."""
    parts = text("sources/sister-cities.ris").split("\nER  - ")
    return {found[1]: part for part in parts if (found := re.search(r"^ID {2}- (.+)$", part, re.MULTILINE))}


def authors_of(record: str) -> list[str]:
    """List the authors of a record of the export."""
    return re.findall(r"^AU {2}- (.+)$", record, re.MULTILINE)


def quotations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each quotation with the id of the judgement that rests on it."""
    for one in judgements("coding"):
        yield one["id"], one
    for one in judgements("value"):
        for passage in one["passages"]:
            yield one["id"], passage


def codes(group: str) -> list[dict[str, Any]]:
    """List the codes of a group that passages can carry."""
    return [code for code in toml("codebook.toml")["codes"] if code["group"] == group and not code.get("heading")]


def coded(code: str, key: str) -> set[str]:
    """Gather the distinct cases, or documents, that carry a code."""
    return {one[key] for one in judgements("coding") if one["code"] == code}


def test_the_factors_are_those_counted_by_hand() -> None:
    """Each factor is coded in as many cases, and in as many documents, as the paper tells."""
    counted = {
        code["id"]: (len(coded(code["id"], "case")), len(coded(code["id"], "document"))) for code in codes("factors")
    }
    assert counted == FACTORS


def test_the_fields_are_those_counted_by_hand() -> None:
    """Each field is coded in as many cases as the paper tells."""
    assert {code["id"]: len(coded(code["id"], "case")) for code in codes("fields")} == FIELDS


def test_the_rows_of_the_printed_table_gather_their_codes() -> None:
    """The six rows of the paper's Table 1 have 4, 7, 10, 5, 2 and 2 cases, three rows on either side."""
    rows = toml("codebook.toml")["rows"]
    belong = [[code["id"] for code in codes("factors") if code.get("row") == row["row"]] for row in rows]
    cases = [len({case for code in ids for case in coded(code, "case")}) for ids in belong]
    assert [row["row"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert cases == [4, 7, 10, 5, 2, 2]
    assert [row["side"] for row in rows] == ["internal"] * 3 + ["external"] * 3


def test_a_side_is_marked_as_judged_where_the_printed_table_has_no_row() -> None:
    """A factor has either a row of the paper's table or a side that this review judged, never both."""
    assert all(("row" in code) != code.get("side_judged", False) for code in codes("factors"))


def test_24_cases_have_their_outcomes() -> None:
    """10 cooperations were ineffective, 9 lapsed, 3 failed, 2 slowed; the judgements and the list of cases agree."""
    listed = {case["id"]: case["outcome"] for case in toml("cases.toml")["cases"]}
    judged = {one["case"]: one["value"] for one in judgements("value") if one["variable"] == "outcome"}
    assert Counter(listed.values()) == {"ineffective": 10, "lapsed": 9, "failed": 3, "slowed": 2}
    assert judged == listed


def test_years_are_told_or_not_reported() -> None:
    """Every case has a beginning and an end: a year that the paper gives for it alone, or `not_reported`."""
    told = {(one["case"], one["variable"]): one["value"] for one in judgements("value")}
    for case in toml("cases.toml")["cases"]:
        since, until = YEARS.get(case["id"], (None, None))
        assert told[case["id"], "since"] == (since or "not_reported")
        assert told[case["id"], "until"] == (until or "not_reported")


def test_every_quote_stands_at_its_place() -> None:
    """`text[start:end]` is the quote, and the quote is there only once, so that it can be found again."""
    wrong = [
        name
        for name, one in quotations()
        if text(one["document"])[one["start"] : one["end"]] != one["quote"]
        or text(one["document"]).count(one["quote"]) != 1
    ]
    assert wrong == []
    assert len(list(quotations())) == 155


def test_every_quote_is_a_whole_sentence_of_prose() -> None:
    """A quote begins with a capital, ends with its full stop, and doesn't come from the heading of its note."""
    for name, one in quotations():
        body = text(one["document"]).index("The study itself was not at hand.*")
        assert one["start"] > body, name
        assert re.fullmatch(r"[A-Z][^\n]+\.", one["quote"]), name


def test_a_year_stands_in_the_passage_that_it_rests_on() -> None:
    """A year that is reported can be read in its passage."""
    for one in judgements("value"):
        if isinstance(one["value"], int):
            assert str(one["value"]) in one["passages"][0]["quote"], one["id"]


def test_each_study_with_a_case_has_a_note() -> None:
    """18 notes, one for each study of a case, headed as a secondary account of its paper, in plain UTF-8 with LF."""
    notes = sorted((REVIEW / "documents").iterdir())
    studies = {study for case in toml("cases.toml")["cases"] for study in case["studies"]}
    assert {note.stem for note in notes} == studies
    assert len(notes) == 18
    for note in notes:
        told = text(f"documents/{note.name}")
        assert told.startswith(f"---\nrecord: {note.stem}\naccount: secondary\nlanguage: en\ntitle: ")
        assert "\nfirst author: " in told.partition("\n---\n\n# ")[0]
        assert "\r" not in told
        assert unicodedata.is_normalized("NFC", told)


def test_every_note_is_coded() -> None:
    """Each of the 18 notes carries at least one coding, and only studies of the case are quoted for it."""
    studies = {case["id"]: case["studies"] for case in toml("cases.toml")["cases"]}
    assert len({one["document"] for one in judgements("coding")}) == 18
    assert all(Path(one["document"]).stem in studies[one["case"]] for one in judgements("coding"))


def test_lines_are_sorted_and_written_alike() -> None:
    """One judgement a line, by kind and id, with its keys in one order: the form in which a log is written."""
    first, *lines = text("judgements/reviewer.jsonl").splitlines()
    found = [json.loads(line) for line in lines]
    order = ["coding", "value", "task", "decision"]
    keys = {
        "coding": "kind,id,document,start,end,quote,code,case,coder,scope",
        "value": "kind,id,case,variable,value,passages,coder,scope",
        "task": "kind,id,case,group,state,coder",
        "decision": "kind,id,record,stage,verdict,reason,note,coder",
    }
    assert json.loads(first) == {"format": 1}
    assert found == sorted(found, key=lambda one: (order.index(one["kind"]), one["id"]))
    assert len({one["id"] for one in found}) == len(found)
    assert all(",".join(one) == keys[one["kind"]] for one in found)
    assert lines == [json.dumps(one, ensure_ascii=False) for one in found]


def test_a_study_is_included_where_a_case_is_reported_from_it() -> None:
    """18 are, by what the paper reports; the other five are cited for background, each with the place in the paper."""
    verdicts = {one["record"]: one["verdict"] for one in judgements("decision")}
    out = [one for one in judgements("decision") if one["verdict"] == "exclude"]
    reported = {study for case in toml("cases.toml")["cases"] for study in case["studies"]}
    assert verdicts == {record: "include" if record in reported else "exclude" for record in records()}
    assert sorted(one["record"] for one in out) == [
        "mansyur2021",
        "nuralam2018",
        "salma2015",
        "windiani2014",
        "yamin2016",
    ]
    assert {one["reason"] for one in out} == {"no-case"}
    assert all("introduction" in one["note"] or "results, section 1" in one["note"] for one in out)


def test_what_the_paper_does_not_tell_of_its_search_is_not_put_in_its_place() -> None:
    """No database, platform, query, date, hits or person is given; the records are from the paper's reference list."""
    own, reference_list = toml("searches.toml")["searches"]
    silent = ["platform", "date", "query", "limits", "hits", "by", "peer_review"]
    assert own["name"] == "not stated"
    assert own["not_reported"] == silent
    assert not {*silent, "files", "exported"} & set(own)
    assert (reference_list["kind"], reference_list["files"]) == ("citations", ["sources/sister-cities.ris"])
    assert not {"date", "query", "hits"} & set(reference_list)


def test_every_id_is_known() -> None:
    """Codes, cases, variables, groups and records named anywhere are those that the review defines."""
    cases = {case["id"] for case in toml("cases.toml")["cases"]}
    book = toml("codebook.toml")
    usable = {code["id"] for group in ("fields", "factors") for code in codes(group)}
    assert {one["code"] for one in judgements("coding")} <= usable
    assert {one["case"] for kind in ("coding", "value", "task") for one in judgements(kind)} == cases
    given = {key for case in toml("cases.toml")["cases"] for key in case} - {"id", "label", "studies"}
    assert {one["variable"] for one in judgements("value")} | given == {
        variable["id"] for variable in book["variables"]
    }
    assert {study for case in toml("cases.toml")["cases"] for study in case["studies"]} <= set(records())
    assert {code["parent"] for code in book["codes"] if "parent" in code} <= {code["id"] for code in book["codes"]}
    items = {f"{one['id']}/{item['id']}" for one in book["frameworks"] for item in one["items"]}
    assert {item for reading in book["readings"] for item in reading["items"]} <= items
    assert {reading["code"] for reading in book["readings"]} <= usable


def test_every_case_was_looked_at_for_every_group() -> None:
    """A code that is missing was looked for: each case has a finished task for fields and for factors."""
    done = [(one["case"], one["group"]) for one in judgements("task") if one["state"] == "done"]
    cases = [case["id"] for case in toml("cases.toml")["cases"]]
    assert sorted(done) == sorted((case, group) for case in cases for group in ("fields", "factors"))


@pytest.mark.parametrize("kind", ["coding", "value"])
def test_group_accounts_are_those_of_nine_cases(kind: str) -> None:
    """Five cases of Yogyakarta and four of Central Java were reported as groups, as every coding of them says."""
    assert {one["case"] for one in judgements(kind) if one["scope"] == "group"} == GROUPED
    assert {one["scope"] for one in judgements(kind) if one["case"] in GROUPED} == {"group"}


def test_a_group_shares_its_passages() -> None:
    """Where the reasons were told once, each case of the group has its own coding on the same passage."""
    for home, size in (("yogyakarta", 5), ("central-java", 4)):
        shared = Counter(
            (one["document"], one["start"], one["code"]) for one in judgements("coding") if one["case"].startswith(home)
        )
        assert set(shared.values()) == {size}


def test_frameworks_are_read_as_failures_only_where_their_items_are() -> None:
    """A factor speaks for an item of `implementation-failure` and against any other; a field speaks for its layer."""
    book = toml("codebook.toml")
    fields = {code["id"] for code in codes("fields")}
    for reading in book["readings"]:
        for item in reading["items"]:
            speaks_for = reading["code"] in fields or item.startswith("implementation-failure/")
            assert reading["stance"] == ("evidence" if speaks_for else "counter-evidence"), item
    assert [one["id"] for one in book["frameworks"] if one.get("items_are") == "failures"] == ["implementation-failure"]
    assert len(book["frameworks"]) == 8


def test_13_cases_have_one_of_the_three_failures_of_implementation() -> None:
    """Read through the framework, 13 of the 24 cases show unstable policy, too little information or support."""
    codes_of = {
        reading["code"]
        for reading in toml("codebook.toml")["readings"]
        for item in reading["items"]
        if item.startswith("implementation-failure/")
    }
    assert len(set().union(*(coded(code, "case") for code in codes_of))) == 13


def test_12_cases_name_no_field() -> None:
    """For half of the cases the paper names no field, so what is missing there can't be told."""
    fields = {code["id"] for code in codes("fields")}
    named = {one["case"] for one in judgements("coding") if one["code"] in fields}
    assert len({case["id"] for case in toml("cases.toml")["cases"]} - named) == 12


def test_claims_have_ids_of_their_own_and_every_record_is_cited() -> None:
    """All claims drawn from the paper are there, each once, and the list of citations has each record once."""
    claims = toml("claims.toml")
    ids = [claim["id"] for claim in claims["claims"]]
    assert len(set(ids)) == len(ids)
    assert set(ids) >= CLAIMS
    assert sorted(one["record"] for one in claims["citations"]) == sorted(records())


def test_only_two_citations_differ_from_the_reference_list() -> None:
    """The paper cites Hakim as Hakiem and Windiani's 2014 as 2016; all other names and years are as listed."""
    differ = set()
    for one in toml("claims.toml")["citations"]:
        record = records()[one["record"]]
        families = {author.split(",")[0] for author in authors_of(record)}
        year = re.search(r"^PY {2}- (\d+)", record, re.MULTILINE)
        if not set(one["names"]) <= families or one.get("year") != (int(year[1]) if year else None):
            differ.add(one["record"])
    assert differ == {"hakim2020", "windiani2014"}


def test_labels_come_in_both_languages() -> None:
    """Everything that a report prints from the vocabulary, the cases and the claims has English and Indonesian."""
    book = toml("codebook.toml")
    named = [
        *book["codes"],
        *book["groups"],
        *book["variables"],
        *book["rows"],
        *book["frameworks"],
        *(item for one in book["frameworks"] for item in one["items"]),
    ]
    texts = [one["label"] for one in named]
    texts += [case["outcome_note"] for case in toml("cases.toml")["cases"]]
    texts += [claim[key] for claim in toml("claims.toml")["claims"] for key in ("says", "where", "note")]
    assert all(set(one) == {"en", "id"} and one["en"] and one["id"] for one in texts)


def test_the_thesaurus_joins_variants_in_one_step() -> None:
    """No label is replaced twice and none leads on to another; the paper's own four words stay as they are.

    A label on both sides of a row is kept; such a row only holds its words together in titles.
    """
    header, *rows = (line.split("\t") for line in text("thesaurus.tsv").rstrip("\n").split("\n"))
    variants = [label.casefold() for label, preferred in rows if label != preferred]
    kept = {label.casefold() for _, label in rows}
    assert header == ["label", "replace by"]
    assert len(set(variants)) == len(variants)
    assert not kept & set(variants)
    assert {"sister city", "kerjasama", "pemerintah daerah", "paradiplomasi"} <= kept


def test_the_export_has_23_records_and_36_authors() -> None:
    """The records that the review rests on, as the paper's reference list has them."""
    authors = {author for record in records().values() for author in authors_of(record)}
    assert (len(records()), len(authors)) == (23, 36)
