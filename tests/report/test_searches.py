"""The appendix on the searches: each exactly as it was run, what it found, and the items of PRISMA-S."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pytest
from docx import Document
from tests.report.invented import content

from benang.locale import Language
from benang.records.corpus import corpus_of
from benang.records.duplicates import Duplicates
from benang.records.record import Record
from benang.report import Report, Table, Verbatim
from benang.report.content import ReportContent, Searched
from benang.report.html import html_page
from benang.report.inline import plain
from benang.report.pdf import render_pdf
from benang.report.searches import search_titles
from benang.report.sections import report_blocks
from benang.report.word import render_docx
from benang.screening.search_results import search_results
from benang.screening.searches import Searches

QUERY = """TITLE-ABS-KEY ( "night market*"  OR 'pasar malam' )
    AND  stall* <b>&amp; \\d #set page(paper: "a0")
  AND NOT supermarket*"""

ENTRIES: list[dict[str, Any]] = [
    {
        "id": "s", "name": "Scopus", "platform": "Elsevier", "date": "2026-03-12", "query": f"{QUERY}\n", "hits": 1240,
        "exported": 2, "by": "Ani", "limits": "English", "peer_review": "Budi, two synonyms added", "files": ["s"],
    },
    {
        "id": "t", "name": "Scopus", "date": "2026-06-01", "query": "night market*", "files": ["t"], "earlier": "s",
    },
    {"id": "e", "name": "ERIC", "platform": "EBSCOhost", "files": ["e"], "not_reported": ["date", "query"]},
    {"id": "p", "name": "PsycInfo", "platform": "EBSCOhost", "date": "2026-03", "query": "market"},
    {"id": "r", "name": "The register", "kind": "register", "date": "2026-03-13"},
    {"id": "w", "name": "The ministry", "kind": "website", "date": "2026-03-14"},
    {"id": "c", "name": "Reference lists", "kind": "citations"},
]  # fmt: skip


def paper(key: str, file: str, title: str, **more: Any) -> Record:
    """Return a record of a file."""
    return Record(key, title=title, authors=("Umpama, A.",), year=2018, file=file, place=1, **more)


@cache
def searched() -> Searched:
    """Return searches of four papers: one found by three, one gone, one new, one changed."""
    records = corpus_of(
        [
            paper("a", "s", "Lamps"),
            paper("b", "s", "Ropes"),
            paper("c", "s", "Kites", abstract="Short."),
            paper("a2", "t", "Lamps"),
            paper("c2", "t", "Kites", abstract="Longer."),
            paper("d", "t", "Sails"),
            paper("a3", "e", "Lamps"),
            paper("f", "searches.toml", "Stalls", url="https://example.org/f", raw={"accessed": "2026-03-14"}),
        ]
    )
    typed = {"search": "w", "title": "Stalls"}
    searches = Searches.model_validate({"searches": ENTRIES, "records": [typed]})
    aliases = {"a2": "a", "a3": "a", "c2": "c"}
    results = search_results(searches, records, aliases, seeds=("d", "Bells of the tower"))
    return Searched(results, {one.key: one for one in records.records}, 8, 5, Duplicates(decided=1), "1.2")


def whole(language: Language = "en", *, of: Searched | None = None) -> ReportContent:
    """Return the content of a report with searches, whose numbers are among those of the review."""
    base, one = content(), of or searched()
    findings = base.findings
    numbers = {**findings.evidence.numbers, **one.results.numbers}
    titles = {**findings.titles, **search_titles(one.results, language)}
    evidence = replace(findings.evidence, numbers=dict(sorted(numbers.items())))
    return replace(base, findings=replace(findings, evidence=evidence, titles=titles), searched=one)


@cache
def report(language: Language = "en") -> Report:
    """Return the report."""
    return report_blocks(whole(language), language)


def table(name: str, of: Report | None = None) -> Table:
    """Return a table of the appendix."""
    section = next(one for one in (of or report()).sections if one.name == "searches")
    return next(one for one in section.blocks if isinstance(one, Table) and one.anchor == name)


def rows(of: Table) -> list[list[str]]:
    """Return the words of the cells of a table."""
    return [[plain(cell) for cell in row.cells] for body in of.bodies for row in body.rows]


def squeezed(text: str) -> str:
    """Return a text with single blanks."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_page_has_each_query_letter_by_letter(language: Language) -> None:
    """Blanks and line ends are kept, and nothing in a query is taken for markup."""
    page = html_page(report(language))

    (shown,) = re.findall(r"<pre>(TITLE.*?)</pre>", page, re.DOTALL)
    assert html.unescape(shown) == QUERY
    words = squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))
    assert squeezed(QUERY) in words
    assert "PRISMA-S" in words


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_word_document_has_each_query_with_its_lines(language: Language) -> None:
    """A line of the query is a line of its paragraph."""
    document = Document(io.BytesIO(render_docx(report(language))))

    queries = [one.text for one in document.paragraphs if one.style and one.style.name == "Benang Query"]
    assert queries == [QUERY, "night market*", "market"]


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_pdf_has_each_query(language: Language) -> None:
    """What typst would take for an order is text."""
    pages = pdfium.PdfDocument(render_pdf(report(language)))
    words = squeezed(" ".join(page.get_textpage().get_text_range() for page in pages))

    assert squeezed(QUERY) in words


def test_the_table_says_what_each_search_found() -> None:
    """Of three papers of the first search one is in no other; what nobody counted is a dash."""
    assert [[one[0], *one[2:]] for one in rows(table("table-searches"))] == [
        ["Scopus", "2026-03-12", "1,240", "2", "3", "3", "1", "0"],
        ["Scopus", "2026-06-01", "–", "–", "3", "3", "1", "1"],
        ["ERIC", "–", "–", "–", "1", "1", "0", "0"],
        ["PsycInfo", "2026-03", "–", "–", "0", "0", "0", "0"],
        ["The register", "2026-03-13", "–", "–", "0", "0", "0", "0"],
        ["The ministry", "2026-03-14", "–", "–", "1", "1", "1", "0"],
        ["Reference lists", "–", "–", "–", "0", "0", "0", "0"],
    ]


def test_what_a_source_does_not_report_is_no_zero() -> None:
    """A search without a name, hits and exports has dashes, and a name in the language of the report."""
    theirs = Searches.model_validate({"searches": [{"id": "x", "name": "not stated", "not_reported": ["hits"]}]})
    silent = replace(searched(), results=search_results(theirs, corpus_of([]), {}))

    assert rows(table("table-searches", report_blocks(whole("id", of=silent), "id"))) == [
        ["tidak disebutkan", *"––––––"]
    ]


def test_the_sixteen_items_say_what_is_reported_and_what_is_not() -> None:
    """Each item has its number and name; what the file doesn't say is called not reported."""
    items = {int(at): text for at, _, text in rows(table("table-prisma-s"))}

    assert list(items) == list(range(1, 17))
    assert items[1] == "Scopus, 2026-03-12 (Elsevier); Scopus, 2026-06-01; ERIC (EBSCOhost); PsycInfo (EBSCOhost)"
    assert items[2] == "EBSCOhost: ERIC, PsycInfo"
    assert (items[3], items[4], items[5]) == ("The register", "The ministry", "Reference lists")
    assert items[6] == items[7] == items[10] == items[11] == "not reported"
    assert items[8].startswith("Scopus, 2026-03-12; Scopus, 2026-06-01; ERIC: not reported; PsycInfo")
    assert items[9].startswith("Scopus, 2026-03-12: English; Scopus, 2026-06-01: not reported")
    assert items[12] == "Scopus, 2026-06-01 repeats Scopus, 2026-03-12: 1 new, 1 changed, 1 no longer found."
    assert items[13].endswith("The ministry: 2026-03-14; Reference lists: not reported")
    assert items[14].startswith("Scopus, 2026-03-12: Budi, two synonyms added; Scopus, 2026-06-01: not reported")
    assert items[15].startswith("8 in all; Scopus, 2026-03-12: 3; Scopus, 2026-06-01: 3; ERIC: 1")
    assert "8 records are 5 works. Doubtful pairs kept apart: 0; pairs decided by the reviewers: 1." in items[16]


def test_duplicates_that_nobody_looked_for_are_not_reported() -> None:
    """A plan may join none."""
    blocks = report_blocks(whole(of=replace(searched(), duplicates=None)), "en")

    assert rows(table("table-prisma-s", blocks))[15][2] == "not reported"


def test_known_papers_stand_with_the_searches_that_found_them() -> None:
    """One was found by one search, one by none."""
    assert rows(table("table-seeds")) == [
        ["Umpama, 2018: Sails", "Scopus, 2026-06-01"],
        ["Bells of the tower", "no search"],
    ]


def test_what_a_rerun_changed_names_the_fields() -> None:
    """Only the abstract of one work differs."""
    assert rows(table("table-rerun-t")) == [["Umpama, 2018: Kites", "abstract"]]


def test_the_numbers_of_the_searches_open_in_the_appendix() -> None:
    """Each has an entry that names its records, and a title in words."""
    page = html_page(report())

    for name, title in search_titles(searched().results, "en").items():
        assert f'data-number="{name}"' in page
        assert html.escape(title) in page


def test_a_record_without_an_export_stands_with_its_search() -> None:
    """Its address and the day on which it was seen are there."""
    page = squeezed(html.unescape(re.sub(r"<[^>]+>", "", html_page(report()))))

    assert "Stalls. https://example.org/f (accessed 2026-03-14)" in page


def test_a_search_without_a_query_prints_none() -> None:
    """There is a block for each query that is reported, and no empty one."""
    section = next(one for one in report().sections if one.name == "searches")
    groups = [getattr(one, "blocks", ()) for one in section.blocks]

    assert [block.text for group in groups for block in group if isinstance(block, Verbatim)] == [
        QUERY, "night market*", "market",
    ]  # fmt: skip


def test_the_address_where_a_record_was_seen_stands_beside_its_doi() -> None:
    """The entry itself gives the DOI alone; whoever typed an address says where it was read."""
    stalls = replace(searched().records["f"], doi="10.9999/f")
    shown = whole(of=replace(searched(), records={**searched().records, "f": stalls}))
    page = squeezed(html.unescape(re.sub(r"<[^>]+>", "", html_page(report_blocks(shown, "en")))))

    assert "https://doi.org/10.9999/f https://example.org/f (accessed 2026-03-14)" in page
