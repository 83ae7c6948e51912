"""The invented review of repair cafés: its PRISMA numbers are counted anew from its files, without Benang."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benang.tasks.build.building import build
from benang.tasks.screening.prisma import PrismaRequest, prisma

KEYED = re.compile(r"-2$")
"""What Benang adds to an id that two exports have: both are the same record of the database."""


class Row(NamedTuple):
    """A record as its export has it."""

    key: str
    title: str
    doi: str
    year: int
    search: str
    is_notice: bool = False


class Recount(NamedTuple):
    """The works, each with its rows, and the latest word of each coder on it by stage."""

    works: list[list[Row]]
    said: dict[str, dict[int, dict[str, dict[str, str]]]]


@pytest.fixture(scope="module")
def example(project_root: Path) -> Path:
    """Return the folder of the example."""
    return project_root / "examples" / "screening"


def _tables(example: Path) -> list[Row]:
    """Read the exports that are tables."""
    rows = []
    for name in ("scopus-2025", "scopus-2026"):
        with (example / "sources" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows += [Row(one["EID"], one["Title"], one["DOI"], int(one["Year"]), name) for one in csv.DictReader(file)]
    with (example / "sources" / "register.csv").open(encoding="utf-8", newline="") as file:
        rows += [Row(one["ID"], one["Title"], "", int(one["Year"]), "register") for one in csv.DictReader(file)]
    return rows


def _tagged(example: Path) -> list[Row]:
    """Read the exports that are lines with tags."""
    rows = []
    for name, key in (("society-index", "AN"), ("citations", "ID")):
        text = (example / "sources" / f"{name}.ris").read_text(encoding="utf-8")
        for part in text.split("ER  - ")[:-1]:
            of = dict(re.findall(r"^([A-Z][A-Z0-9])  - (.*)$", part, re.MULTILINE))
            rows.append(Row(of[key], of["TI"], of.get("DO", ""), int(of["PY"]), name))
    text = (example / "sources" / "pubmed.nbib").read_text(encoding="utf-8").replace("\n      ", " ")
    for part in re.split(r"^PMID- ", text, flags=re.MULTILINE)[1:]:
        of = dict(re.findall(r"^(TI|LID|DP) *- (.*)$", part, re.MULTILINE))
        doi, is_notice = of.get("LID", "").removesuffix(" [doi]"), "Retraction of Publication" in part
        rows.append(Row(part.split("\n")[0], of["TI"], doi, int(of["DP"][:4]), "pubmed", is_notice))
    return rows


def _others(example: Path) -> list[Row]:
    """Read the entries of BibTeX and the records that were typed."""
    rows = []
    for part in re.split(r"^@article\{", (example / "sources" / "rak-ilmu.bib").read_text("utf-8"), flags=re.MULTILINE):
        of = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", part, re.MULTILINE))
        if of:
            rows.append(Row(part.split(",")[0], of["title"], of.get("doi", ""), int(of["year"]), "rak-ilmu"))
    typed = tomllib.loads((example / "searches.toml").read_text(encoding="utf-8"))["records"]
    return rows + [Row(one["id"], one["title"], "", one["year"], one["search"]) for one in typed]


def _works(rows: list[Row], same: list[list[str]]) -> list[list[Row]]:
    """Join rows with a DOI, a title or an id in common, and those that `duplicates.tsv` calls the same."""
    group = list(range(len(rows)))
    seen: dict[str, int] = {}

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    pairs = {key: " ".join(pair) for pair in same for key in pair}
    for at, row in enumerate(rows):
        names = [row.key, re.sub(r"\W", "", row.title.casefold()), row.doi.casefold(), pairs.get(row.key, "")]
        for name in filter(None, names):
            group[root(at)] = root(seen.setdefault(name, at))
    works = defaultdict(list)
    for at, row in enumerate(rows):
        works[root(at)].append(row)
    return list(works.values())


@pytest.fixture(scope="module")
def recount(example: Path) -> Recount:
    """Read all files of the example with the standard library alone."""
    lines = (example / "duplicates.tsv").read_text(encoding="utf-8").splitlines()[1:]
    works = _works(_tables(example) + _tagged(example) + _others(example), [line.split("\t")[:2] for line in lines])
    of_key = {row.key: at for at, rows in enumerate(works) for row in rows}
    said: dict[str, dict[int, dict[str, dict[str, str]]]] = defaultdict(lambda: defaultdict(dict))
    for log in sorted((example / "judgements").glob("*.jsonl")):
        for line in log.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event.get("kind") == "decision":
                said[event["stage"]][of_key[KEYED.sub("", event["record"])]][event["coder"]] = event
    return Recount(works, said)


@pytest.fixture(scope="module")
def flow(example: Path) -> dict[str, Any]:
    """Return what `benang prisma --json` prints."""
    data: dict[str, Any] = json.loads(prisma(PrismaRequest(folder=example)).as_json())
    return data


def _verdict(of: dict[str, dict[str, str]], stage: str) -> str:
    """Settle a work: the consensus, else what all say; unsure goes with include by title and abstract."""
    if "consensus" in of:
        return of["consensus"]["verdict"]
    verdicts = {one["verdict"] for one in of.values()}
    if stage == "title-abstract" and verdicts <= {"include", "unsure"} and len(of) > 1:
        return "include"
    return verdicts.pop() if len(verdicts) == 1 and len(of) > 1 else "conflict" if of else "undecided"


ORDER = ("not-repair", "commercial", "no-data", "no-detail", "other-question")


def _reason(of: dict[str, dict[str, str]]) -> str:
    """Return the first reason in the order of the plan."""
    deciding = [of["consensus"]] if "consensus" in of else [*of.values()]
    return min((one["reason"] for one in deciding), key=ORDER.index)


def test_what_was_identified_and_removed_is_as_the_exports_have_it(recount: Recount, flow: dict[str, Any]) -> None:
    """Records by search, duplicates of both columns, and what two rules removed; 17 hits were typed."""
    n: dict[str, int] = defaultdict(int)
    for rows in recount.works:
        for row in rows:
            n[row.search] += 1
    others = {"repair-commons", "ministry", "citations"}
    first = [sum(row.search not in others for row in rows) for rows in recount.works]
    databases = {
        "Scopus": n["scopus-2025"] + n["scopus-2026"],
        "Society Index": n["society-index"] + 17,
        "PubMed": n["pubmed"],
        "Rak Ilmu": n["rak-ilmu"],
    }

    assert flow["database_results"] == databases
    assert flow["register_results"] == {"Register of Social Trials": n["register"]}
    assert flow["records_identified"] == sum(databases.values()) + n["register"] == sum(first) + 17
    assert flow["duplicates_removed"] == sum(one - 1 for one in first if one)
    assert flow["other_duplicates"] == sum(
        len(rows) - one for rows, one in zip(recount.works, first, strict=True) if one
    )
    assert flow["records_removed_automatically"] == sum(rows[0].year < 2009 for rows in recount.works)
    assert flow["records_removed_other"] == sum(row.is_notice for rows in recount.works for row in rows) + 17


@pytest.mark.parametrize("is_other", [False, True])
def test_what_was_screened_is_as_the_logs_have_it(recount: Recount, flow: dict[str, Any], is_other: bool) -> None:
    """Each box from the screening on, of both columns, down to the reasons."""
    others = {"repair-commons", "ministry", "citations"}
    n: dict[str, int] = defaultdict(int)
    reasons: dict[str, int] = defaultdict(int)
    for at, rows in enumerate(recount.works):
        if (
            rows[0].year < 2009
            or any(row.is_notice for row in rows)
            or is_other != all(r.search in others for r in rows)
        ):
            continue
        n["screened"] += 1
        stage = "title-abstract"
        verdict = _verdict(recount.said[stage][at], stage)
        n[f"by title: {verdict}"] += 1
        if verdict == "include":
            verdict = _verdict(recount.said["full-text"][at], "full-text")
            n[f"by text: {verdict}"] += 1
            if verdict == "exclude":
                reasons[_reason(recount.said["full-text"][at])] += 1

    keys = ("records_excluded", "reports_sought", "reports_not_retrieved", "reports_assessed", "reports_excluded")
    other = (
        "other_records_excluded", "other_sought_reports", "other_notretrieved_reports", "other_assessed",
        "other_excluded",
    )  # fmt: skip
    excluded, sought, lost, assessed, by_reason = (flow[key] for key in (other if is_other else keys))
    assert (excluded, sought, lost) == (n["by title: exclude"], n["by title: include"], n["by text: unobtainable"])
    assert assessed == sought - lost
    assert by_reason == reasons
    if not is_other:
        assert flow["records_screened"] == n["screened"]
        assert flow["conflicts"] == n["by title: conflict"] + n["by text: conflict"] == 1
        assert flow["undecided_reports"] == n["by text: undecided"] == 1


def test_two_reports_of_one_survey_are_one_study(recount: Recount, flow: dict[str, Any], example: Path) -> None:
    """All reports included, of either column, less the second report of the survey in Tarnholt."""
    stage = "full-text"
    included = [at for at, of in recount.said[stage].items() if _verdict(of, stage) == "include"]
    studies = tomllib.loads((example / "studies.toml").read_text(encoding="utf-8"))["studies"]

    assert flow["reports_included"] == len(included)
    assert flow["studies_included"] == len(included) - sum(len(one["reports"]) - 1 for one in studies)
    assert len(studies) == 1


def test_the_batch_of_rayyan_has_its_origin(recount: Recount, example: Path) -> None:
    """Each of its decisions names the record of the export that it was; D, who left, decided on nothing else."""
    with (example / "rayyan" / "batch-1.csv").open(encoding="utf-8", newline="") as file:
        batch = list(csv.DictReader(file))
    words = {"include": "Included", "exclude": "Excluded", "unsure": "Maybe"}
    of_d = [of["D"] for of in recount.said["title-abstract"].values() if "D" in of]

    assert len(of_d) == len(batch) == 30
    for event in of_d:
        row = batch[int(event["origin"].removeprefix("batch-1.csv, record ")) - 1]
        assert f'"D"=>"{words[event["verdict"]]}"' in row["notes"]


def test_the_pilot_was_read_by_all_three_before_they_differed(recount: Recount, example: Path) -> None:
    """It has 24 records; some are in conflict, some unsure, and consensus has settled all."""
    rounds = [
        json.loads(line)
        for line in (example / "judgements" / "a.jsonl").read_text(encoding="utf-8").splitlines()
        if '"kind": "round"' in line
    ]
    of_key = {row.key: at for at, rows in enumerate(recount.works) for row in rows}
    said = [recount.said["title-abstract"][of_key[KEYED.sub("", key)]] for key in rounds[0]["records"]]

    assert (len(rounds), len(said), rounds[0]["readers"]) == (1, 24, ["A", "B", "C"])
    assert all({"A", "B", "C"} <= of.keys() for of in said)
    assert sum("consensus" in of for of in said) > 3


@pytest.mark.slow
def test_the_report_prints_each_search_as_it_was_run(example: Path, tmp_path: Path) -> None:
    """Verbatim, with the ends of its lines. It says how many works count, and what was typed."""
    folder = Path(shutil.copytree(example, tmp_path / "screening", ignore=shutil.ignore_patterns("out")))
    built = build(folder)
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    queries = [
        one["query"].strip("\n")
        for one in tomllib.loads((folder / "searches.toml").read_text("utf-8"))["searches"]
        if "query" in one
    ]

    assert len(queries) == 8
    assert [query for query in queries if query not in text] == []
    sizes = "The sources contain 304 records of 190 works, of which the review counts 39."
    assert sizes in text
    assert "Databases and registers gave 302 records (17 of them entered, not counted)." in text
    assert any("etracted" in note and "2-s2.0-91000001476" in note for note in built.notes)
    assert {path.suffix for path in (folder / "out" / "figures").glob("prisma.*")} == {".svg", ".png", ".pdf"}
