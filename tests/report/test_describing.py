"""The corpus in figures as a page and as tables: every number opens its records, and nothing is fetched."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.report.invented import content
from tests.report.page_reader import Element, anchors, cells, read_page

from benang.files import sha256
from benang.indicators import Description, describe
from benang.locale import Language
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.report import Figure, Paragraph, Table
from benang.report.describing import FIGURES, PARTS, corpus_section
from benang.report.describing_files import (
    COLUMNS,
    corpus_figure_files,
    corpus_figures,
    write_description_csv,
    write_description_excel,
)
from benang.report.html import html_page
from benang.report.inline import plain
from benang.report.sections import report_blocks
from benang.report.separate_reports import NAMED, description_blocks

PLACES = ("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan")
BROWN = "Brown WF, 1963, MICROMAGNETICS"


def _record(at: int) -> Record:
    return Record(
        f"r{at:02}",
        "article",
        f"Paper <{at}> & more",
        ("Sari, Dewi", "Budi, T.") if at % 2 else ("Sari, Dewi",),
        2010 + at // 6,
        ("Jurnal Kota", "City Journal", "Town", "Town")[at % 4],
        doi=f"10.1000/{at}",
        language="English",
        author_keywords=("kota", "seni") if at % 3 else ("=1+1",),
        references=(BROWN, f"Earlier. https://doi.org/10.1000/{at - 1}"),
        affiliations=PLACES[: 1 + at % 2],
        citations=at % 9,
    )


@pytest.fixture(scope="module")
def found() -> Description:
    """Return the description of sixty records over ten years."""
    return describe(corpus_of(_record(at) for at in range(60)))


@pytest.fixture(scope="module")
def bare() -> Description:
    """Return the description of two records that carry next to nothing."""
    return describe(corpus_of([Record("a", title="One"), Record("b", title="Two", year=2020)]))


def _page(found: Description, language: Language) -> str:
    return html_page(description_blocks(found, language, figures=corpus_figures(found, language)))


@pytest.fixture(scope="module")
def pages(found: Description) -> dict[str, str]:
    """Return the page in both languages, made once."""
    return {"en": _page(found, "en"), "id": _page(found, "id")}


@pytest.fixture(scope="module", params=["en", "id"])
def html(request: pytest.FixtureRequest, pages: dict[str, str]) -> str:
    """Return the page in each language."""
    return pages[request.param]


@pytest.fixture(scope="module")
def page(html: str) -> Element:
    """Return the page as a tree."""
    return read_page(html)


def test_every_number_leads_to_its_entry_and_every_entry_to_records(page: Element, found: Description) -> None:
    """No link of the page is dead; an entry of a number above 0 names its records."""
    held = anchors(page)
    numbers = list(page.all("a", kind="number"))

    assert {one["data-number"] for one in numbers} == set(found.numbers)
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in held, link["href"]
    for one in numbers:
        entry = held[one["href"][1:]].up("entry")
        links = [link["href"] for members in entry.all("p", kind="members") for link in members.all("a")]
        assert bool(links) == bool(found.numbers[one["data-number"]].of)
        assert all(re.fullmatch(r"#r\d+", link) for link in links)


def test_few_records_are_named_and_many_given_as_ranges(page: Element, found: Description) -> None:
    """All sixty records are one range of places; the two of a pair of numbers stand with their citation."""
    entries = {code.text: code.up("entry") for code in page.all("code")}

    def members(name: str) -> str:
        return next(entries[name].all("p", kind="members")).text

    assert NAMED < 60
    assert members("corpus/overview/records/value") == "1–60"
    assert members("corpus/years/2010/records").count("[") == found.numbers["corpus/years/2010/records"].value == 6


def test_the_page_loads_nothing_and_lists_all_records(html: str, page: Element) -> None:
    """Its policy forbids the network; no address is fetched; all sixty references are there, escaped."""
    (policy,) = (one["content"] for one in page.all("meta") if one["http-equiv"])

    assert policy.startswith("default-src 'none'")
    assert not [one for one in page.all() if one["src"] and not one["src"].startswith("data:")]
    assert "Paper &lt;1&gt; &amp; more" in html
    assert len([one for one in page.all("li") if re.fullmatch(r"r\d+", one["id"])]) == 60


def test_figures_have_texts_that_tell_them(page: Element) -> None:
    """Five figures, each with words for those who don't see it, numbered as they come."""
    pictures = list(page.all("img"))

    assert len(pictures) == 5
    assert all(len(one["alt"]) > 40 for one in pictures)
    captions = [next(one.all("figcaption")).text.split(".")[0] for one in page.all("figure", kind="picture")]
    assert [caption.split()[-1] for caption in captions] == ["1", "2", "3", "4", "5"]


def test_tables_are_numbered_in_their_order(page: Element) -> None:
    """From 1 on, without a gap."""
    said = [next(one.all("figcaption")).text for one in page.all("figure", kind="table")]
    numbers = [int(found[1]) for text in said if (found := re.match(r"\w+ (\d+)\.", text.strip()))]

    assert numbers == list(range(1, len(said) + 1))


def test_the_same_corpus_gives_the_same_page(found: Description, pages: dict[str, str]) -> None:
    """Byte for byte, figures among it."""
    assert sha256(_page(found, "en")) == sha256(pages["en"])


def test_what_a_corpus_lacks_is_said_in_place_of_a_table(bare: Description) -> None:
    """No table of authors or countries, but a sentence for each; no zero stands for what is not known."""
    section = corpus_section(bare, "en")
    said = {
        part.name.removeprefix("corpus-"): [plain(one.text) for one in part.blocks if isinstance(one, Paragraph)]
        for part in section.parts
    }

    assert list(said) == list(PARTS)
    assert said["authors"][0].startswith("Authors: Not available, because no record contains: authors.")
    assert any(
        text.startswith("Countries: Not available, because no record contains: affiliations.")
        for text in said["places"]
    )
    assert "corpus/impact/total/value" not in section.numbers
    assert read_page(html_page(description_blocks(bare, "en", figures=corpus_figures(bare, "en"))))


def test_the_section_of_a_report_has_words_for_all_its_numbers(found: Description) -> None:
    """An appendix needs a title for every number; figures go to their parts."""
    section = corpus_section(found, "en", figures=corpus_figures(found, "en"))

    assert set(section.titles) == set(section.numbers) == set(found.numbers)
    assert section.titles["corpus/authors/sari, dewi/first-year"] == "Authors: Sari, Dewi, first year"
    assert [block.anchor for part in section.parts for block in part.blocks if isinstance(block, Figure)] == [
        f"figure-{name}" for names in FIGURES.values() for name in names
    ]


def test_the_section_stands_in_a_report_with_anchors_of_its_own(found: Description) -> None:
    """Every part stands under a heading, and its tables and figures go on in number."""
    section = corpus_section(found, "en", figures=corpus_figures(found, "en"))
    page = read_page(html_page(report_blocks(replace(content(), corpus=section), "en")))
    (corpus,) = page.all("section", kind="corpus")

    assert [one.text for one in corpus.all("h3")] == [part.title for part in section.parts]
    assert next(corpus.all("figcaption")).text.startswith("Table 8.")
    assert next(one.text for one in corpus.all("b") if one.text.startswith("Figure")) == "Figure 3."
    assert {one["data-number"] for one in corpus.all("a", kind="number")} == set(section.numbers)


def test_a_table_reads_as_it_was_counted(found: Description) -> None:
    """Authors: 60 records of Sari, half of them with Budi."""
    section = corpus_section(found, "en")
    authors = next(block for block in section.parts[list(PARTS).index("authors")].blocks if isinstance(block, Table))

    assert [row[:3] for row in cells(authors)] == [["Sari, Dewi", "60", "45.00"], ["Budi, T.", "30", "15.00"]]


def test_csv_holds_every_number_with_its_records(found: Description, tmp_path: Path) -> None:
    """A row a number; what a spreadsheet would take for a formula is made harmless."""
    path = tmp_path / "out.csv"
    write_description_csv(found, path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))

    assert tuple(rows[0]) == COLUMNS
    assert sum(row["measure"] != "lacking" for row in rows) == len(found.numbers)
    (one,) = (row for row in rows if (row["indicator"], row["item"], row["measure"]) == ("years", "2010", "records"))
    assert (one["value"], one["unit"], one["records"]) == ("6", "records", "r00; r01; r02; r03; r04; r05")
    assert "'=1+1" in {row["item"] for row in rows}


def test_csv_names_what_is_lacking(bare: Description, tmp_path: Path) -> None:
    """So that a table without countries is not read as no country."""
    write_description_csv(bare, tmp_path / "out.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig")))

    lacking = {(row["indicator"], row["item"]) for row in rows if row["measure"] == "lacking"}
    assert {("countries", "affiliations"), ("impact", "citations"), ("authors", "authors")} <= lacking


def test_a_workbook_has_a_sheet_an_indicator(found: Description, tmp_path: Path) -> None:
    """Numbers are numbers, and the last column has the records; the same bytes each time."""
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    assert write_description_excel(found, one) == []
    write_description_excel(found, other)
    book = CalamineWorkbook.from_path(one)
    rows = book.get_sheet_by_name("Authors").to_python()

    assert len(book.sheet_names) == len(found.indicators)
    assert rows[0][:3] == ["Authors", "Records", "Fractional"]
    assert rows[1][:3] == ["Sari, Dewi", 60, 45]
    assert str(rows[1][-1]).startswith("r00; r01; ")
    assert one.read_bytes() == other.read_bytes()


def test_a_cell_that_is_too_long_is_cut_between_keys_and_said(tmp_path: Path) -> None:
    """Excel holds 32,767 characters in a cell."""
    long = describe(corpus_of(Record(f"{'k' * 300}{at:04}") for at in range(200)))
    said = write_description_excel(long, tmp_path / "long.xlsx")
    cell = str(CalamineWorkbook.from_path(tmp_path / "long.xlsx").get_sheet_by_index(0).to_python()[1][-1])

    assert len(said) == 2
    assert len(cell) <= 32_767
    held, _, more = cell.rpartition("; … (+")
    assert len(held.split("; ")) + int(more.rstrip(")")) == 200


def test_each_figure_has_a_file_of_its_own(found: Description, tmp_path: Path) -> None:
    """The name of each is told by what it shows."""
    files = corpus_figure_files(found, "en", tmp_path / "out.svg")

    assert [path.name for path in files] == [
        "out-years.svg", "out-bradford.svg", "out-lotka.svg", "out-countries.svg", "out-keywords.svg",
    ]  # fmt: skip
    assert all(data.startswith(b"<?xml") for data in files.values())
