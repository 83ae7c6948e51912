"""Checklists say what the data say, where it stands in the report, and leave the rest to the authors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benang.locale import Language
from benang.project.folder import open_folder
from benang.report.checklists import (
    Fact,
    Item,
    Material,
    checklist,
    checklist_sheet,
    checklist_table,
    facts_of,
    read_checklist,
)
from benang.report.inline import plain
from benang.review.load import load
from benang.review.plan import ChecklistName
from benang.screening.prisma import flow_of
from benang.tasks.build.findings import findings_in, placed_in
from benang.tasks.screening.deciding import DecideRequest, decide

NAMES: tuple[ChecklistName, ...] = ("prisma-2020", "prisma-s", "prisma-scr", "entreq")
SECTIONS = {"question": "Question", "selection": "Search and selection", "limits": "Limits", "appendix": "Appendix"}
PLAN = """format = 1
title = "Markets"
question = { en = "Why do they close?", id = "Mengapa tutup?" }
reviewers = ["ani", "budi"]
[sources]
files = ["sources/*"]
[report]
limits = ["Only two exports."]
[[criteria]]
id = "on"
kind = "include"
text = "On markets"
[[criteria]]
id = "off"
text = "Not on markets"
"""
SEARCHES = """[[searches]]
id = "scopus"
name = "Scopus"
platform = "Elsevier"
date = 2026-03-01
query = "night AND market"
limits = "since 2010"
filters = "Umpama 2015"
prior_work = "Contoh 2019"
files = ["sources/a.ris"]
peer_review = { by = "a librarian", outcome = "one synonym added" }

[[searches]]
id = "wos"
name = "Web of Science"
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of four records, of which two reviewers agree on three: two are included, one is excluded."""
    folder = tmp_path / "review"
    (folder / "sources").mkdir(parents=True)
    titles = ("Ginger and rent", "Sandals by the sea", "Lanterns that went out", "Umbrellas in the wind")
    records = [f"TY  - JOUR\nID  - r{n}\nTI  - {title}\nPY  - 2020\nER  - \n" for n, title in enumerate(titles)]
    (folder / "sources" / "a.ris").write_text("".join(records))
    (folder / "review.toml").write_text(PLAN)
    (folder / "searches.toml").write_text(SEARCHES)
    verdicts = {"ani": "include include include exclude", "budi": "include include exclude exclude"}
    for coder, said in verdicts.items():
        rows = [f"r{n},{verdict}" for n, verdict in enumerate(said.split())]
        table = tmp_path / f"{coder}.csv"
        table.write_text("\n".join(["record,verdict", *rows]))
        decide(DecideRequest(folder=folder, file=table, stage="title-abstract", coder=coder))
    return folder


def facts(folder: Path, language: Language = "en") -> dict[str, Fact]:
    """Return what is known of a review."""
    loaded = load(open_folder(folder))
    findings = findings_in(loaded, placed_in(loaded, keep_going=False), {}, language)
    flow = flow_of(loaded.sources.works, loaded.screening, searches=loaded.searches, studies=loaded.studies)
    material = Material(loaded.plan, loaded.searches, loaded.screening, findings, flow, "9.9")
    return facts_of(material, language)


def item(items: tuple[Item, ...], number: str) -> Item:
    """Return the item of a number."""
    return next(one for one in items if one.id == number)


def test_the_numbers_of_items_are_those_of_the_guidelines() -> None:
    """PRISMA 2020 has 27 items with sub-items, PRISMA-S 16, PRISMA-ScR 22, ENTREQ 21."""
    numbers = {name: [one.id for one in read_checklist(name).items] for name in NAMES}
    assert [len(numbers[name]) for name in NAMES] == [42, 16, 22, 21]
    assert {int(re.sub("[a-f]", "", one)) for one in numbers["prisma-2020"]} == set(range(1, 28))
    assert [one for one in numbers["prisma-2020"] if one.startswith("13")] == ["13a", "13b", "13c", "13d", "13e", "13f"]
    assert all(numbers[name] == [str(n) for n in range(1, len(numbers[name]) + 1)] for name in NAMES[1:])


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_a_topic_and_a_hint_in_both_languages(name: ChecklistName) -> None:
    """A hint is no sentence with a full stop: it is put into one."""
    for one in read_checklist(name).items:
        texts = [one.topic.en, one.topic.id, one.hint.en, one.hint.id, one.section.en, one.section.id]
        assert all(texts), one.id
        assert not any(text and text.endswith(".") for text in texts), one.id


def test_an_item_that_the_data_do_not_answer_is_left_to_the_authors() -> None:
    """With a hint."""
    funding = item(checklist("prisma-scr", {}, SECTIONS, "en"), "22")
    assert (funding.state, funding.where) == ("to be written", "")
    assert funding.text.startswith("Name the funders")


def test_what_the_plan_says_answers_items(review: Path) -> None:
    """Question, criteria and limits."""
    items = checklist("prisma-2020", facts(review), SECTIONS, "en")
    assert (item(items, "4").text, item(items, "4").where) == ("Why do they close?", "Question")
    assert item(items, "5").text == "Included: On markets. Excluded: Not on markets."
    assert (item(items, "23b").text, item(items, "23b").where) == ("Only two exports.", "Limits")


def test_what_the_searches_say_answers_prisma_s(review: Path) -> None:
    """Where only one of two searches reports something, the answer names that search."""
    items = checklist("prisma-s", facts(review), SECTIONS, "en")
    said = {one.id: one.text for one in items if one.state == "filled"}
    assert said == {
        "1": "Databases: Scopus (Elsevier); Web of Science.",
        "8": "The full query is given for 1 of 2 searches in databases and registers.",
        "9": "Limits: Scopus: since 2010.",
        "10": "Search filters: Scopus: Umpama 2015.",
        "11": "Adapted from earlier reviews: Scopus: Contoh 2019.",
        "13": "Searched: Scopus 2026-03-01.",
        "14": "Reviewed: Scopus: a librarian, one synonym added.",
        "15": "Records: Scopus (4); Web of Science (0).",
    }


def test_how_records_were_selected_is_told_by_plan_and_decisions(review: Path) -> None:
    """Three of four alike: kappa is (4 * 3 - 8) / (16 - 8)."""
    text = item(checklist("prisma-2020", facts(review), SECTIONS, "en"), "8").text
    assert "Title and abstract: 2 reviewers read each record; without seeing each other's decisions" in text
    assert "ani and budi agree on 75.0% of 4 records (title and abstract; Cohen's kappa 0.50)." in text


def test_rules_that_remove_records_belong_to_the_selection_and_full_texts_are_reports(review: Path) -> None:
    """PRISMA 2020 asks in item 8 which automation tools were used."""
    rules = """[[set_aside]]
id = "old"
by = "automation"
text = "Before 1990"
before = 1990
[[set_aside]]
id = "notes"
text = "Notices"
status = ["retraction notice"]
"""
    (review / "review.toml").write_text(PLAN + rules)
    text = item(checklist("prisma-2020", facts(review), SECTIONS, "en"), "8").text
    assert text.startswith("Removed by rules before screening: Before 1990 (automation); Notices. Title and abstract:")
    assert "Full text: 2 reviewers read each report;" in text


def test_reports_that_other_methods_gave_are_assessed_and_excluded_too(review: Path) -> None:
    """All records come from a reference list: two are assessed, and one of these is excluded."""
    entry = '[[searches]]\nid = "list"\nkind = "citations"\nname = "A list"\nfiles = ["sources/a.ris"]\n'
    (review / "searches.toml").write_text(entry)
    for coder in ("ani", "budi"):
        table = review.parent / f"{coder}.csv"
        table.write_text("record,verdict,reason\nr0,include,\nr1,exclude,off\n")
        decide(DecideRequest(folder=review, file=table, stage="full-text", coder=coder))
    items = checklist("prisma-2020", facts(review), SECTIONS, "en")
    assert "reports assessed: 2; included: 1 study in 1 report." in item(items, "16a").text
    assert item(items, "16b").text == "Reports excluded: Not on markets (1)."


def test_a_flow_that_waits_for_decisions_says_so(review: Path) -> None:
    """One conflict and two full texts are open."""
    text = item(checklist("prisma-2020", facts(review), SECTIONS, "en"), "16a").text
    assert text.startswith("Records identified: 4; records screened: 4; ")
    assert text.endswith("Not final yet: some records wait for a decision.")


def test_what_nobody_did_is_not_told(review: Path) -> None:
    """No codings, no forms, no appraisal; reviewers who screen have not coded."""
    known = facts(review)
    assert not {"coders", "coding", "extraction", "appraisal", "quotations", "frameworks", "excluded"} & set(known)


def test_facts_are_told_in_indonesian(review: Path) -> None:
    """Topics, states and answers."""
    items = checklist("prisma-2020", facts(review, "id"), SECTIONS, "id")
    assert (item(items, "4").topic, item(items, "4").text) == ("Tujuan", "Mengapa tutup?")
    assert "ani dan budi sepakat pada 75,0% dari 4 artikel" in item(items, "8").text
    table = checklist_table("prisma-2020", items, "id")
    assert plain(table.bodies[0].rows[0].cells[3]).startswith("Perlu Anda tulis: Sebut karya ini")


def test_a_fact_whose_section_the_report_lacks_has_no_place(review: Path) -> None:
    """The section may have been left out."""
    items = checklist("prisma-2020", facts(review), {}, "en")
    assert (item(items, "4").text, item(items, "4").where) == ("Why do they close?", "")


def test_every_fact_answers_an_item(review: Path) -> None:
    """And what items ask for is made somewhere."""
    asked = {fact for name in NAMES for one in read_checklist(name).items for fact in one.facts}
    assert set(facts(review)) <= asked


def test_the_sheet_has_a_column_for_pages() -> None:
    """Journals ask for the page of each item; it is empty until the report is printed."""
    sheet = checklist_sheet("entreq", checklist("entreq", {}, SECTIONS, "en"), "en")
    assert [column.title for column in sheet.columns][-1] == "Page"
    assert len(sheet.rows) == 21
    assert sheet.rows[0].values[:4] == ("1", "Introduction", "Aim", "to be written by you")
