"""PRISMA's flow of a review's folder: counted, printed with what waits, written as JSON and as the official table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError
from benang.tasks.account import Account, Table
from benang.tasks.explain import ExplainRequest, explain
from benang.tasks.screening.deciding import DecideRequest, decide
from benang.tasks.screening.prisma import Prisma, PrismaRequest, prisma

PLAN = """format = 1
title = "Night markets"
question = "Why do night markets close?"
reviewers = ["ani"]

[[criteria]]
id = "place"
text = { en = "Not about a market", id = "Bukan tentang pasar" }

[[criteria]]
id = "design"
text = "No data"
"""
RIS = "TY  - JOUR\nAU  - Sari, D.\nPY  - 2020\nTI  - Stalls of the {0} quarter\nDO  - 10.9999/{0}\nER  - \n\n"
FIRST, SECOND = ("river", "temple", "harbour", "bridge"), ("river", "station")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a review of six records, of which two are one work."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "review.toml").write_text(PLAN, encoding="utf-8")
    for name, words in (("one", FIRST), ("two", SECOND)):
        (tmp_path / "sources" / f"{name}.ris").write_text("".join(map(RIS.format, words)), encoding="utf-8")
    return tmp_path


def say(folder: Path, stage: str, **verdicts: str) -> None:
    """Decide on works, which are named by a word of their titles."""
    table = folder.parent / "decisions.csv"
    rows = [["record", "verdict", "reason"], *([f"10.9999/{word}", *said.split()] for word, said in verdicts.items())]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    decide(DecideRequest(folder=folder, file=table, stage=stage))  # type: ignore[arg-type]


def screen(folder: Path) -> None:
    """Exclude one of five by its title; of four texts, one can't be had and one has no data."""
    say(
        folder,
        "title-abstract",
        river="include",
        temple="include",
        harbour="include",
        station="include",
        bridge="exclude",
    )
    say(folder, "full-text", river="include", temple="exclude design", harbour="unobtainable", station="include")


def counted(folder: Path, **wishes: Any) -> Prisma:
    """Count the flow of a review, in English."""
    return prisma(PrismaRequest(folder=folder, **{"language": "en", **wishes}))


def data(folder: Path) -> dict[str, Any]:
    """Return the flow as other programs read it."""
    whole: dict[str, Any] = json.loads(counted(folder).as_json())
    return whole


def printed(account: Account) -> str:
    """Return the notes of an account as a terminal shows them."""
    lines = [
        line
        for note in account.notes
        for line in (note.text, *(note.lines() if isinstance(note, Table) else ()), *note.remarks)
    ]
    return "\n".join(lines)


def test_the_flow_has_every_box_under_its_key(folder: Path) -> None:
    """What the figure lacks is null."""
    screen(folder)
    flow = data(folder)

    assert flow["database_results"] == {"one.ris": 4, "two.ris": 2}
    assert [flow[key] for key in ("records_identified", "duplicates_removed", "records_screened")] == [6, 1, 5]
    assert [flow[key] for key in ("records_excluded", "reports_sought", "reports_not_retrieved")] == [1, 4, 1]
    assert (flow["reports_assessed"], flow["reports_excluded"]) == (3, {"design": 1})
    assert (flow["studies_included"], flow["reports_included"]) == (2, 2)
    assert (flow["variant"], flow["final"], flow["conflicts"], flow["typed"]) == ("new", True, 0, [])
    assert {flow[key] for key in ("previous_studies", "other_assessed", "total_studies", "website_results")} == {None}


def test_reports_of_one_study_are_one_study(folder: Path) -> None:
    """As studies.toml says."""
    screen(folder)
    text = 'format = 1\n\n[[studies]]\nid = "stalls"\nreports = ["doi:10.9999/river", "doi:10.9999/station"]\n'
    (folder / "studies.toml").write_text(text, encoding="utf-8")

    assert [data(folder)[key] for key in ("studies_included", "reports_included")] == [1, 2]
    opened = "\n".join(explain(ExplainRequest(folder, "prisma/studies_included")).explanation.lines())
    assert "Stalls of the river quarter" in opened


SEARCHES = """format = 1

[[searches]]
id = "one"
name = "Scopus"
hits = 10
files = ["sources/one.ris"]

[[searches]]
id = "two"
kind = "website"
name = "who.int"
files = ["sources/two.ris"]
"""


def test_searches_say_where_records_come_from(folder: Path) -> None:
    """Four of Scopus; a website gave two, one of them a work of Scopus."""
    (folder / "searches.toml").write_text(SEARCHES, encoding="utf-8")
    flow = data(folder)

    assert (flow["variant"], flow["database_results"], flow["website_results"]) == (
        "new-with-other", {"Scopus": 4}, {"who.int": 2}
    )  # fmt: skip
    assert (flow["records_screened"], flow["other_duplicates"]) == (4, 1)


def test_hits_that_no_box_counts_are_named_with_the_entry_that_counts_them(folder: Path) -> None:
    """Scopus showed ten hits and gave four."""
    (folder / "searches.toml").write_text(SEARCHES, encoding="utf-8")
    text = printed(counted(folder).account)

    assert "Scopus showed 10 hits, of which 4 are counted" in text
    assert 'box = "hits_not_exported", n = 6, database = "Scopus"' in text


def test_hits_of_other_methods_are_not_identified_but_named(folder: Path) -> None:
    """A website showed 400 hits; PRISMA counts the records that reviewers kept of them."""
    site = '[[searches]]\nid = "site"\nkind = "website"\nname = "A site"\nhits = 400\n'
    entry = '[[records]]\nsearch = "site"\ntitle = "Kites over the bay"\n'
    (folder / "searches.toml").write_text(f"{SEARCHES}\n{site}\n{entry}", encoding="utf-8")
    text = printed(counted(folder).account)

    assert "A site showed 400 hits; of other methods, only the records that were kept are counted (1)." in text
    assert data(folder)["website_results"]["A site"] == 1


def test_what_waits_is_said_with_the_command_that_lists_it(folder: Path) -> None:
    """Five records before anything is decided; nothing once all is."""
    begun = printed(counted(folder).account)
    screen(folder)

    assert "Records not yet decided on by title and abstract  5" in begun
    assert f"benang screen export {folder} --undecided -o undecided.xlsx" in begun
    assert "This flow is final" in printed(counted(folder).account)


def test_unsure_reports_are_listed_with_the_conflicts(folder: Path) -> None:
    """The sheet of the undecided would not have them."""
    screen(folder)
    say(folder, "full-text", temple="unsure")
    said = printed(counted(folder).account)

    assert "Reports that wait as unsure by full text  1" in said
    assert "--conflicts -o conflicts.xlsx lists them" in said
    assert "--undecided" not in said


def test_the_table_names_sources_and_reasons_in_the_language_of_the_review(folder: Path) -> None:
    """Parts stand in below their box."""
    screen(folder)
    english, indonesian = (printed(counted(folder, language=language).account) for language in ("en", "id"))

    assert "  Records identified " in english
    assert "      one.ris " in english
    assert "    No data " in english
    assert "Artikel yang ditapis" in indonesian


def test_the_official_table_is_written_by_its_suffix(folder: Path) -> None:
    """And another suffix is refused before anything is read."""
    screen(folder)
    written = folder.parent / "flow.csv"
    flow = counted(folder, outputs=(written,))
    rows = {row["data"]: row["n"] for row in csv.DictReader(written.read_text(encoding="utf-8").splitlines())}

    assert flow.account.files == (written,)
    assert (rows["records_screened"], rows["dbr_excluded"], rows["new_studies"]) == ("5", "No data, 1", "2")
    with pytest.raises(BenangError, match=r"\.csv"):
        counted(folder, outputs=(folder.parent / "flow.xlsx",))


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF"), (".docx", b"PK")]
)
def test_the_flow_is_drawn_by_the_suffix(folder: Path, suffix: str, begins: bytes) -> None:
    """As a picture, or as a document of Word; the same bytes each time."""
    screen(folder)
    one, other = (folder.parent / f"{name}{suffix}" for name in ("one", "other"))
    counted(folder, outputs=(one, other))

    assert one.read_bytes().startswith(begins)
    assert one.read_bytes() == other.read_bytes()


def test_a_number_of_the_flow_opens_the_records_that_it_counts(folder: Path) -> None:
    """Those that were excluded, and a duplicate that went into another record, are named like all others."""
    screen(folder)
    opened = {
        number: printed(explain(ExplainRequest(folder, f"prisma/{number}", "en")).account)
        for number in ("reports_excluded/design", "duplicates_removed", "studies_included")
    }

    assert "Reports excluded: No data: 1 report" in opened["reports_excluded/design"]
    assert "Sari (2020), Stalls of the temple quarter (doi:10.9999/temple)" in opened["reports_excluded/design"]
    assert "Stalls of the river quarter" in opened["duplicates_removed"]
    assert "Stalls of the station quarter" in opened["studies_included"]


def test_no_file_of_the_review_is_overwritten(folder: Path) -> None:
    """An export is not where a table goes."""
    path = folder / "sources" / "mine.csv"
    path.write_text("title,year\nStalls,2020\n", encoding="utf-8")

    with pytest.raises(BenangError, match="overwritten"):
        counted(folder, outputs=(path,))
    assert path.read_text(encoding="utf-8").startswith("title")


def test_a_retracted_work_that_is_still_in_is_named(folder: Path) -> None:
    """As soon as it is included by its title, and no more once it is excluded."""
    text = "PMID- 1234567\nTI  - Ropes of the strait.\nDP  - 2019\nPT  - Retracted Publication\nJT  - Journal\n\n"
    (folder / "sources" / "pubmed.txt").write_text(text, encoding="utf-8")
    table = folder.parent / "one.csv"

    def decided(stage: str, verdict: str) -> str:
        table.write_text(f"record,verdict,reason\n1234567,{verdict}\n", encoding="utf-8")
        decide(DecideRequest(folder=folder, file=table, stage=stage))  # type: ignore[arg-type]
        return printed(counted(folder).account)

    assert "Retracted, and still in the review: 1234567" in decided("title-abstract", "include,")
    assert "still in the review" not in decided("full-text", "exclude,place")


def test_records_that_could_not_be_read_are_said_to_be_in_no_box(folder: Path) -> None:
    """A record without anything is set aside by its reader."""
    path = folder / "sources" / "one.ris"
    path.write_text(path.read_text(encoding="utf-8") + "TY  - JOUR\nER  - \n\n", encoding="utf-8")

    assert "1 record of the exports could not be read" in printed(counted(folder).account)


def test_the_plan_adds_what_nobody_can_count_and_removes_by_rule(folder: Path) -> None:
    """Seven studies before; thirty duplicates that another program dropped; one book, which nobody screens."""
    book = "TY  - BOOK\nAU  - Sari, D.\nPY  - 2019\nTI  - A handbook of lanterns\nER  - \n\n"
    (folder / "sources" / "books.ris").write_text(book, encoding="utf-8")
    more = """
[[set_aside]]
id = "books"
by = "automation"
text = "Books"
types = ["book"]

[[prisma]]
box = "previous_studies"
n = 7
by = "ani"
reason = "the review of 2019"

[[prisma]]
box = "duplicates_removed_elsewhere"
n = 30
by = "ani"
reason = "EndNote"
database = "one.ris"
"""
    (folder / "review.toml").write_text(PLAN + more, encoding="utf-8")
    screen(folder)
    flow, text = data(folder), printed(counted(folder).account)

    assert (flow["records_identified"], flow["duplicates_removed"], flow["records_removed_automatically"]) == (
        37,
        31,
        1,
    )
    assert (flow["records_screened"], flow["records_removed_automatically_by_rule"]) == (5, {"books": 1})
    assert (flow["variant"], flow["total_studies"], flow["total_reports"]) == ("updated", 9, None)
    assert [one["box"] for one in flow["typed"]] == ["previous_studies", "duplicates_removed_elsewhere"]
    assert "one.ris [2]" in text
    assert "[2] 30 entered by ani, not counted: EndNote" in text
