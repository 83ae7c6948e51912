"""The section on the selection: its figure opens, its sentences count as the figure does, and reports have reasons."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.report.flows import flow
from tests.report.page_reader import Element, anchors, read_page
from tests.tasks.screening.shelves import shelves, table

from benang.figures.prisma_flow import flow_layout
from benang.judgements.events import Stage
from benang.locale import Language
from benang.report.selection import flow_in_words, flow_texts
from benang.tasks.build.building import Built, build
from benang.tasks.explain import ExplainRequest, explain
from benang.tasks.screening.deciding import DecideRequest, decide
from benang.tasks.screening.desk import FinishRequest, finish

KEYS = [f"r{at:02}" for at in range(1, 9)]
PLAN = """\
format = 1
title = "Night markets (invented)"
question = "What keeps a night market open?"
reviewers = ["ani"]

[[criteria]]
id = "topic"
text = { en = "another topic", id = "topik lain" }

[[criteria]]
id = "no-study"
text = { en = "not a study", id = "bukan penelitian" }
"""


def _ris(keys: list[str]) -> str:
    record = "TY  - JOUR\nID  - {0}\nTI  - Stall {0} and its lamps\nAU  - Contoh{0}, A.\nPY  - 2015\n"
    record += "DO  - 10.9999/{0}\nER  - \n"
    return "\n".join(record.format(key) for key in keys)


def _decide(folder: Path, stage: Stage, rows: list[str]) -> None:
    table = folder.parent / f"{stage}.csv"
    table.write_text("\n".join(["record,verdict,reason,note", *rows]) + "\n", encoding="utf-8")
    decide(DecideRequest(folder=folder, file=table, stage=stage, coder="ani"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a review of 8 works from 11 records: 4 excluded by title, 1 not to be had, 1 excluded by text, 1 open."""
    folder = tmp_path_factory.mktemp("selection") / "markets"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "one.ris").write_text(_ris(KEYS), encoding="utf-8")
    (folder / "sources" / "two.ris").write_text(_ris(KEYS[:3]), encoding="utf-8")
    (folder / "review.toml").write_text(PLAN, encoding="utf-8")
    _decide(folder, "title-abstract", [f"{key},{'include' if at < 4 else 'exclude'},," for at, key in enumerate(KEYS)])
    _decide(folder, "full-text", ["r01,include,,", "r02,exclude,no-study,", "r03,unobtainable,,no library has it"])
    return folder


@pytest.fixture(scope="module", params=["en", "id"])
def built(folder: Path, request: pytest.FixtureRequest) -> Built:
    """Return the review as it is built, in each language."""
    return build(folder, out=folder.parent / f"out-{request.param}", language=request.param, formats=("html", "docx"))


@pytest.fixture(scope="module")
def section(built: Built) -> Element:
    """Return the section on the page."""
    return _section(built)


def _page(built: Built) -> Element:
    return read_page(built.report.read_text(encoding="utf-8"))


def _section(built: Built) -> Element:
    return next(one for one in _page(built).all("section") if one["id"] == "part-selection")


def _links(section: Element) -> Iterator[Element]:
    return next(section.all("svg", kind="flow")).all("a")


def test_each_box_opens_its_records(built: Built, section: Element) -> None:
    """Every line with a number, and every box as a whole, leads to an entry of the appendix that has these records."""
    numbers = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))["numbers"]
    page, there = _page(built), anchors(_page(built))
    boxes = list(next(section.all("svg", kind="flow")).all("g", kind="box"))

    assert len(boxes) == 9
    assert all(next(box.all("a"), None) for box in boxes)
    assert {link["href"].removeprefix("#") for link in _links(section)} <= set(there)
    values = {one["data-number"]: one.text for one in section.all("tspan")}
    assert values["prisma/records_screened"] == "8"
    assert values["prisma/reports_excluded/no-study"] == "1"
    assert {key: str(numbers[key]["value"]) for key in values} == values
    entry = next(one for one in page.all() if one["id"] == "n-prisma.records_5f_excluded")
    assert len(numbers["prisma/records_excluded"]["of"]) == 4
    assert all(f"Stall {key} and its lamps" in entry.up("entry").text for key in KEYS[4:])


def test_the_section_comes_before_the_figures_of_the_plan_and_its_figure_is_the_first(built: Built) -> None:
    """What follows is about works that were selected."""
    parts = [one["id"] for one in _page(built).all("section") if one["id"].startswith("part-")]

    assert parts[:4] == ["part-question", "part-summary", "part-selection", "part-corpus"]
    assert next(_page(built).all("figcaption")).text.split(".")[0] in ("Figure 1", "Gambar 1")


def test_the_sentences_count_as_the_figure_does(folder: Path) -> None:
    """8 works of 11 records: 4 excluded, 4 sought, 1 not to be had, 3 assessed, 1 excluded, 1 included, 1 waits."""
    built = build(folder, out=folder.parent / "out-en", language="en")
    text = re.sub(r"\s+", " ", next(_section(built).all("p")).text)

    assert text.startswith(
        "Databases and registers gave 11 records. Before screening, the reviewers removed 3 as duplicates, 0 by "
        "automation tools and 0 for other reasons. They screened 8 records and excluded 4. They sought 4 reports; "
        "1 could not be retrieved. They assessed 3 reports for eligibility and excluded 1. The review includes "
        "1 study, described in 1 report."
    )
    assert "This flow is not final yet: 1 report undecided." in [one.text for one in _section(built).all("p")]


def test_a_review_of_other_methods_alone_has_no_sentences_on_databases(folder: Path, tmp_path: Path) -> None:
    """The same records, from a reference list: screened by title without a box, then 4 sought."""
    review = shutil.copytree(folder, tmp_path / "markets")
    entry = '[[searches]]\nid = "list"\nkind = "citations"\nname = "A list"\nfiles = ["sources"]\n'
    (review / "searches.toml").write_text(f"format = 1\n{entry}", encoding="utf-8")
    text = re.sub(r"\s+", " ", next(_section(build(review, out=tmp_path / "out", language="en")).all("p")).text)

    assert text.startswith(
        "Through other methods, the reviewers sought 4 reports; 1 could not be retrieved. They assessed 3 reports for "
        "eligibility and excluded 1. The review includes 1 study, described in 1 report."
    )


def test_other_methods_that_gave_nothing_more_are_not_counted_in_noughts(folder: Path, tmp_path: Path) -> None:
    """A website was searched, and no record of it kept."""
    review = shutil.copytree(folder, tmp_path / "markets")
    site = '[[searches]]\nid = "site"\nkind = "website"\nname = "A site"\n'
    (review / "searches.toml").write_text(f"format = 1\n{site}", encoding="utf-8")
    text = re.sub(r"\s+", " ", next(_section(build(review, out=tmp_path / "out", language="en")).all("p")).text)

    assert "excluded 1. Other methods gave no further report to be sought. The review includes" in text


def test_the_figure_of_a_review_that_searched_no_database_has_the_column_of_other_methods_alone() -> None:
    """A database that gave nothing was searched: its column stays."""
    whole = flow(is_updated=True, has_other=True)
    databases = [key for key in whole.boxes if key.startswith(("database_results/", "register_results/"))]
    alone = replace(whole, boxes={key: box for key, box in whole.boxes.items() if key not in databases})
    texts, kept = (flow_texts(one, "en") for one in (alone, whole))

    assert [(box.id, box.column) for box in texts.boxes if not box.id.startswith("other")] == [
        ("previous", "previous"),
        ("included", "other"),
        ("total", "other"),
    ]
    assert list(texts.heads) == ["previous", "other"]
    arrows = {(one.start, one.end) for one in flow_layout(texts).arrows}
    assert arrows >= {("other-assessed", "included"), ("included", "total"), ("previous", "total")}
    assert "main" in kept.heads


def test_excluded_reports_are_listed_with_their_reasons(section: Element, built: Built) -> None:
    """PRISMA's item 16b; and those that nobody could get."""
    tables = [[cell.text for cell in table.all("tbody")] for table in section.all("table")]

    (excluded,), (lost,) = tables
    assert "Stall r02 and its lamps" in excluded
    assert ("not a study" if built.language == "en" else "bukan penelitian") in excluded
    assert "Stall r03 and its lamps" in lost
    assert lost.endswith("no library has it")


def test_figures_are_files_beside_the_others(built: Built) -> None:
    """In the three forms, and with what the figure says in words for those who don't see it."""
    assert {path.suffix for path in (built.out / "figures").glob("prisma.*")} == {".svg", ".png", ".pdf"}
    alt = next(_section(built).all("svg", kind="flow"))["aria-label"]
    assert "(n = 8)" in alt
    assert "PRISMA 2020" in alt


def test_the_word_report_has_the_texts_of_the_figure_as_shapes(built: Built) -> None:
    """Each box is a shape with its text, in the language of the report."""
    document = docx.Document(str(built.out / "report.docx"))
    shapes = document.element.body.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp")
    texts = ["".join(str(one.text) for one in shape.iter(qn("w:t"))) for shape in shapes]

    screened = {"en": "Records screened", "id": "Artikel yang ditapis"}[built.language]
    assert f"{screened} (n\xa0=\xa08)" in texts
    assert ("Screening" if built.language == "en" else "Penapisan") in texts


def test_a_review_that_is_not_screened_has_no_such_section(tmp_path: Path) -> None:
    """Neither section nor figure."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "one.ris").write_text(_ris(KEYS), encoding="utf-8")
    (tmp_path / "review.toml").write_text(PLAN, encoding="utf-8")
    built = build(tmp_path)

    assert "part-selection" not in built.report.read_text(encoding="utf-8")
    assert not list((built.out / "figures").glob("prisma.*"))


def test_the_next_decision_changes_the_report(folder: Path, tmp_path: Path) -> None:
    """What was kept of an earlier build is made anew; and made again without a change, it is kept."""
    out = tmp_path / "out"
    build(folder, out=out)
    kept = build(folder, out=out)
    _decide(folder, "full-text", ["r04,exclude,topic,"])
    made = build(folder, out=out)

    assert kept.made == ()
    assert {"figures/prisma", "report.html"} <= set(made.made)
    assert "not final" not in made.report.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_boxes_have_the_words_and_order_of_the_templates(language: Language) -> None:
    """Of a new review and of an updated one, whose studies are new ones."""
    new, updated = (flow_texts(flow(is_updated=one), language) for one in (False, True))
    words = {"en": ("Studies included", "New studies"), "id": ("Penelitian yang disertakan", "Penelitian baru")}

    assert [box.id for box in new.boxes] == [
        "identified", "removed", "screened", "excluded", "sought", "not-retrieved", "assessed", "reports-excluded",
        "included",
    ]  # fmt: skip
    assert [box.id for box in updated.boxes if box not in new.boxes] == ["previous", "included", "total"]
    for texts, first in zip((new, updated), words[language], strict=True):
        included = next(box for box in texts.boxes if box.id == "included")
        assert included.entries[0].text.startswith(first)


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (
            "previous_studies",
            "Together with its previous version, it includes 8 studies (7 of them entered, not counted).",
        ),
        (
            "previous_reports",
            "Together with its previous version, it includes 8 reports (7 of them entered, not counted).",
        ),
        ("records_removed_other_elsewhere", "0 by automation tools and 7 (entered, not counted) for other reasons."),
    ],
)
def test_sentences_name_what_was_typed_as_far_as_it_is_known(
    folder: Path, tmp_path: Path, box: str, words: str
) -> None:
    """Of a previous version, studies alone or reports alone; of records removed, nothing was counted."""
    review = shutil.copytree(folder, tmp_path / "markets")
    entry = f'\n[[prisma]]\nbox = "{box}"\nn = 7\nby = "ani"\nreason = "the review of 2015"\n'
    (review / "review.toml").write_text(PLAN + entry, encoding="utf-8")
    text = re.sub(r"\s+", " ", next(_section(build(review, out=tmp_path / "out", language="en")).all("p")).text)

    assert words in text


def test_a_rule_that_removed_records_of_other_methods_is_no_other_reason() -> None:
    """It may be automation that removed them, which PRISMA counts by itself."""
    drawn = flow(has_other=True)
    removed = replace(drawn.boxes["other_duplicates"], key="other_removed")
    texts = flow_texts(replace(drawn, boxes={**drawn.boxes, "other_removed": removed}), "en")
    lines = [entry.text for box in texts.boxes if box.id == "other-removed" for entry in box.entries]

    assert "Records removed by rules set beforehand" in lines


def test_numbers_are_written_as_in_the_language() -> None:
    """1,234 records in English, 1.234 in Indonesian."""
    texts = {language: flow_in_words(flow(), language) for language in ("en", "id")}

    assert "Records screened (n = 1,234)" in texts["en"]
    assert "(n = 1.234)" in texts["id"]


def test_what_was_typed_has_a_mark_and_a_note() -> None:
    """With who typed it and how they know; the same entry has the same mark wherever it counts."""
    texts = flow_texts(flow(is_updated=True, is_dense=True), "en")
    marks = {entry.text: entry.mark for box in texts.boxes for entry in box.entries if entry.mark}

    assert texts.notes[0] == "* n = 12 entered by Ani, not counted: Umpama (2019), table 2"
    assert texts.notes[1] == "† n = 1,500 entered by Budi, not counted: Scopus exports 2,000 at most"
    assert marks == {
        "Studies included in previous version of review": "*",
        "Databases": "†",
        "Scopus": "†",
        "Records removed for other reasons": "†",
        "Total studies included in review": "*",
    }


def test_open_items_stand_below_the_figure() -> None:
    """The flow is not final while anything waits; a final flow says nothing."""
    assert flow_texts(flow(is_dense=True), "en").notes[-1] == (
        "This flow is not final yet: 12 records undecided, 2 reports in conflict."
    )
    assert flow_texts(flow(), "en").notes == ()


def test_a_search_that_nobody_reports_is_named_below_the_figure() -> None:
    """Else its databases would seem to have given nothing."""
    assert flow_texts(replace(flow(), n_unreported=1), "en").notes == (
        "What 1 search of databases found is not reported, and not counted here.",
    )


def test_reasons_and_databases_are_lines_of_their_boxes() -> None:
    """Each with its number, standing in below the sum; a source with nothing is shown with nothing."""
    boxes = {box.id: box for box in flow_texts(flow(is_dense=True), "en").boxes}

    assert [(one.text, one.value) for one in boxes["reports-excluded"].entries[:2]] == [
        ("Reports excluded", "30"),
        ("wrong population", "2"),
    ]
    assert [one.text for one in boxes["identified"].entries if one.level][:2] == [
        "Scopus",
        "Web of Science Core Collection",
    ]
    assert [one.value for one in boxes["identified"].entries if one.text == "Registers"] == ["0"]


def test_a_text_of_the_review_stays_text_in_the_drawing(folder: Path, tmp_path: Path) -> None:
    """A criterion that looks like markup is shown, not obeyed."""
    plan = folder / "review.toml"
    before = plan.read_text(encoding="utf-8")
    plan.write_text(before.replace('"not a study"', '"<script>alert(1)</script>"'), encoding="utf-8")
    try:
        page = build(folder, out=tmp_path / "out", language="en").report.read_text(encoding="utf-8")
    finally:
        plan.write_text(before, encoding="utf-8")

    assert "<script>alert(1)" not in page
    assert "<script>alert(1)</script>" in unescape(page)


def test_a_chart_of_the_plan_keeps_its_name(folder: Path, tmp_path: Path) -> None:
    """The flow diagram takes another one."""
    plan = folder / "review.toml"
    before = plan.read_text(encoding="utf-8")
    plan.write_text(f'{before}\n[[charts]]\nname = "prisma"\nkind = "years"\n', encoding="utf-8")
    try:
        out = build(folder, out=tmp_path / "out", language="en").out
    finally:
        plan.write_text(before, encoding="utf-8")

    assert "Year of publication" in (out / "figures" / "prisma.svg").read_text(encoding="utf-8")
    assert "Records screened" in (out / "figures" / "prisma-flow.svg").read_text(encoding="utf-8")


def test_explain_opens_the_numbers_of_the_flow(folder: Path) -> None:
    """By their ids, with records that are in the review no longer."""
    lines = explain(ExplainRequest(folder, "prisma/records_excluded", "en")).explanation.lines()

    assert lines[:2] == ["prisma/records_excluded", "Records excluded: 4 records"]
    assert "Contohr05 (2015), Stall r05 and its lamps (r05)" in lines


def test_a_screening_that_stopped_says_what_may_have_been_missed(tmp_path: Path) -> None:
    """Two of six records were relevant when it stopped: the report has the statement of the test, whatever it says."""
    folder = shelves(tmp_path / "shops", n=8, extra='\n[screening]\norder = "priority"\n')
    verdicts = {f"s{at}": "include" if at < 2 else "exclude" for at in range(6)}
    decide(DecideRequest(folder=folder, file=table(tmp_path / "decisions.csv", verdicts)))
    assert "stopped before all records" not in build(folder, out=tmp_path / "a").reports[0].read_text("utf-8")
    finish(FinishRequest(folder=folder))
    report = build(folder, out=tmp_path / "b").reports[0].read_text("utf-8")
    assert "The screening by title and abstract stopped before all records were read. 2 of 6 records screened" in report
