"""A codebook as a page has each code with its rule, its example and its passages, and looks as its headings say."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from benang.coding.codebook import Codebook
from benang.report import Paragraph, Table
from benang.report.html import html_page
from benang.report.inline import plain
from benang.report.separate_reports import CodebookContent, codebook_markdown, codebook_report
from benang.report.word import render_docx

SIDES = [{"id": "inner", "label": "Internal"}, {"id": "outer", "label": {"en": "External", "id": "Eksternal"}}]
CODES = [
    {"id": "costs", "group": "reasons", "label": "Costs", "heading": True, "definition": "What is *paid*."},
    {
        "id": "rent", "group": "reasons", "label": {"en": "Rent", "id": "Sewa"}, "parent": "costs", "side": "inner",
        "definition": "The price <rises>.", "include": "Stalls.", "exclude": "Taxes.", "example": "It doubled.",
        "colour": "#0072b2",
    },
    {"id": "rain", "group": "reasons", "label": "Rain", "side": "outer"},
    {"id": "noise", "group": "reasons", "label": "Noise", "retired": True, "split_into": ["rain", "rent"]},
]  # fmt: skip
CODEBOOK = Codebook.model_validate({"groups": [{"id": "reasons", "label": "Reasons", "sides": SIDES}], "codes": CODES})
CONTENT = CodebookContent(CODEBOOK, {"rent": 1200}, "Markets", "3 (abc)", "1.0")


def table() -> Table:
    """Return the only table of the page."""
    (section,) = codebook_report(CONTENT, "en").sections
    (block,) = section.blocks
    assert isinstance(block, Table)
    return block


def test_each_code_has_its_definition_its_rule_an_example_and_its_passages() -> None:
    """Each code has its definition, its rule, an example and its passages."""
    (rent,) = (row for body in table().bodies for row in body.rows if row.anchor == "code-rent")
    expected = ["Rent", "The price <rises>.", "For: Stalls. Not for: Taxes.", "“It doubled.”", "1,200"]
    assert [plain(cell) for cell in rent.cells] == expected


def test_codes_stand_under_their_headings_and_sides() -> None:
    """Codes stand under their headings and sides."""
    bodies = [(plain(body.title), [plain(row.cells[0]) for row in body.rows]) for body in table().bodies]
    assert bodies == [
        ("External", ["Rain"]),
        ("", ["Noise split into Rain, Rent"]),
        ("Costs › Internal", ["Rent"]),
    ]
    assert [plain(note) for note in table().notes] == ["Costs: What is *paid*."]


def test_a_column_that_no_code_fills_is_left_out() -> None:
    """A column that no code fills is left out."""
    bare = Codebook.model_validate(
        {"groups": [{"id": "g", "label": "G"}], "codes": [{"id": "rain", "group": "g", "label": "Rain"}]}
    )
    (section,) = codebook_report(CodebookContent(bare), "id").sections
    (block,) = section.blocks
    assert isinstance(block, Table)
    assert [column.label for column in block.columns] == ["Kode", "Petikan"]


def test_an_empty_codebook_says_so() -> None:
    """An empty codebook says so."""
    (section,) = codebook_report(CodebookContent(Codebook()), "id").sections
    assert section.blocks == (Paragraph("Buku kode ini belum berisi kode.", "absent"),)


def test_the_page_shows_each_code_in_its_colour_and_loads_nothing() -> None:
    """The page shows each code in its colour and loads nothing."""
    html = html_page(codebook_report(CONTENT, "en"))
    assert '<rect width="1" height="1" fill="#0072b2"/></svg>Rent' in html
    assert "The price &lt;rises&gt;." in html
    assert not re.search(r' style="|<p class="key">|src="http', html)


def test_the_word_document_has_a_table_whose_rows_carry_their_colours() -> None:
    """The Word document has a table whose rows carry their colours."""
    document = Document(io.BytesIO(render_docx(codebook_report(CONTENT, "en"))))
    (table_,) = document.tables
    cells = [cell.text for cell in table_.rows[0].cells]
    assert cells == ["Code", "Definition", "Coding rule", "Anchor example", "Passages"]
    run = next(run for row in table_.rows for run in row.cells[0].paragraphs[0].runs if run.text == "■ ")
    assert str(run.font.color.rgb) == "E69F00"
    assert not [one for one in document.paragraphs if "in this colour" in one.text]


def test_markdown_has_a_heading_for_each_code_below_that_of_its_heading() -> None:
    """Markdown has a heading for each code below that of its heading."""
    lines = codebook_markdown(CONTENT, "en").splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings == ["# Codebook", "## Reasons", "### Costs", "#### Rent", "### Rain", "### Noise"]
    assert "What is \\*paid\\*." in lines
    assert "- *Anchor example:* “It doubled.”" in lines


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_same_codebook_gives_the_same_bytes(language: str) -> None:
    """The same codebook gives the same bytes."""
    one, other = (render_docx(codebook_report(CONTENT, language)) for _ in range(2))  # type: ignore[arg-type]
    assert one == other
