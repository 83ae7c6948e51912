"""The report as blocks: whatever a renderer makes of them, what refers to something finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from tests.report.invented import content
from tests.report.page_reader import cells
from tests.synthesis.invented import DOUBTED, found

from benang.coding.cases import Cases
from benang.coding.placed import Placed
from benang.evidence import Evidence
from benang.locale import Language
from benang.records.corpus import corpus_of
from benang.report import (
    Block,
    CasePage,
    EvidenceEntry,
    Figure,
    Group,
    Heading,
    ItemList,
    Paragraph,
    Quotations,
    Section,
    Table,
)
from benang.report.content import FilteredTable, ReportContent
from benang.report.inline import (
    Citation,
    Emphasis,
    FigureReference,
    Inline,
    Link,
    NumberReference,
    Run,
    Span,
    anchor,
    plain,
    runs,
)
from benang.report.sections import numbered, report_blocks
from benang.synthesis import findings_of
from benang.tasks.build.asked import with_parts


def test_every_reference_names_something_in_the_report(language: Language) -> None:
    """Numbers, works, figures, cases, claims and passages: none leads nowhere, in any format."""
    report = report_blocks(content(), language)
    blocks = [block for section in report.sections for block in all_blocks(section.blocks)]
    places = [place for block in blocks for place in anchors_of(block)]
    pieces = [piece for block in blocks for text in texts_of(block) for piece in all_runs(text)]
    wanted = {
        piece.anchor for piece in pieces if isinstance(piece, NumberReference | Citation | FigureReference | Link)
    }

    assert len(places) == len(set(places))
    assert len(wanted) > 30
    assert wanted <= set(places)


def test_each_counted_number_that_is_shown_stands_in_the_appendix(language: Language) -> None:
    """With its id, so that it can be looked up in `evidence.json` too."""
    report = report_blocks(content(), language)
    blocks = [block for section in report.sections for block in all_blocks(section.blocks)]
    shown = {
        (piece.id, piece.anchor)
        for block in blocks
        for text in texts_of(block)
        for piece in all_runs(text)
        if isinstance(piece, NumberReference)
    }
    entries = {
        (number.id, number.anchor) for block in blocks if isinstance(block, EvidenceEntry) for number in block.numbers
    }

    assert shown <= entries
    assert {key for key, _place in entries} == set(content().findings.evidence.numbers)


def test_tables_and_figures_count_on_through_groups_and_sections() -> None:
    """Each kind by itself, in the order of the report."""
    table, figure = Table("t", "Cases", (), ()), Figure("f", "<svg/>", None, "A map", "A map")
    sections = numbered([
        Section("a", "A", (table, Group((figure, table), "corpus-part"))),
        Section("b", "B", (figure, table)),
    ])  # fmt: skip
    blocks = [block for section in sections for block in all_blocks(section.blocks)]

    assert [block.number for block in blocks if isinstance(block, Table)] == [1, 2, 3]
    assert [block.number for block in blocks if isinstance(block, Figure)] == [1, 2]


def test_the_same_content_gives_the_same_blocks(language: Language) -> None:
    """They are values, and can be compared."""
    assert report_blocks(content(), language) == report_blocks(content(), language)


def test_a_review_that_has_just_begun_shows_no_heading_or_table_with_nothing_below_it(language: Language) -> None:
    """Without exports there are neither files to list nor works to cite."""
    findings = findings_of(
        corpus=corpus_of([]), codebook=content().findings.codebook, cases=Cases(), documents={}, placed=Placed()
    )
    begun = ReportContent("Markets", "Why?", findings)
    report = report_blocks(begun, language)
    blocks = [block for section in report.sections for block in all_blocks(section.blocks)]

    assert "references" not in [section.name for section in report.sections]
    assert all(block.bodies and all(body.rows for body in block.bodies) for block in blocks if isinstance(block, Table))
    assert all(block.items for block in blocks if isinstance(block, ItemList))


def all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, and those within groups, in their order."""
    for block in blocks:
        yield block
        if isinstance(block, Group):
            yield from all_blocks(block.blocks)


def all_runs(text: Inline) -> Iterator[Run]:
    """Yield the pieces of a text, and those within them."""
    for piece in runs(text):
        yield piece
        if isinstance(piece, Emphasis | Link | Span):
            yield from all_runs(piece.content)


def anchors_of(block: Block) -> Iterator[str]:
    """Yield the anchors that a block puts into the report."""
    match block:
        case Table(anchor=own):
            yield from (own, *(row.anchor for body in block.bodies for row in body.rows if row.anchor))
        case Figure(anchor=own) | CasePage(anchor=own):
            yield own
        case Group(anchor=own) if own:
            yield own
        case ItemList(items):
            yield from (item.anchor for item in items if item.anchor)
        case Quotations(quotations, is_whole=True):
            yield from (anchor("p", str(one.number)) for one in quotations)
        case EvidenceEntry(numbers):
            yield from (number.anchor for number in numbers)


def texts_of(block: Block) -> Iterator[Inline]:
    """Yield the texts of a block."""
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case ItemList(items):
            yield from (item.text for item in items)
        case Table():
            yield from (block.caption, *(column.label for column in block.columns), *block.notes)
            for body in block.bodies:
                yield from (body.title, *(cell for row in body.rows for cell in row.cells))
        case Quotations(quotations):
            yield from (text for one in quotations for text in (one.of, *one.details))
        case CasePage():
            yield from (block.badge, *(fact.text for fact in block.facts))
            for part in block.parts:
                yield part.title
                yield from (text for coded in part.codes for text in texts_of(coded.quotations))
        case EvidenceEntry():
            yield from (block.shared, *(number.members for number in block.numbers), *texts_of(block.quotations))


CLOSED = {"outcome": ("closed",)}


def some(
    kind: Literal["cases", "frameworks", "codes", "printed-rows"],
    of: str = "",
    where: Mapping[str, tuple[str, ...]] = CLOSED,
) -> list[Table]:
    """Return the tables of the cases that are closed, as the report of the invented libraries shows them."""
    whole = with_parts(found(DOUBTED), [where])
    numbers = {**whole.evidence.numbers, **whole.within(where).evidence.numbers}
    findings = replace(whole, evidence=Evidence(numbers, whole.evidence.passages))
    asked = (FilteredTable("closed", kind, of, where),)
    report = report_blocks(replace(content(), findings=findings, claims=(), filtered=asked), "en")
    tables = next(one for one in report.sections if one.name == "tables")
    return [one for one in tables.blocks if isinstance(one, Table) and one.anchor.startswith("table-some-closed")]


def test_a_table_of_some_cases_has_these_alone_and_its_caption_says_so() -> None:
    """Alun, Cikal and Dadap are closed, of five cases."""
    (table,) = some("cases")

    assert plain(table.caption).endswith("from each group (3 of 5 cases, only Outcome: Closed)")
    assert [(row[0], row[-2], row[-1]) for row in cells(table)] == [
        ("Alun – Library", "2", "1"),
        ("Cikal – Library", "2 group of 2", "0°"),
        ("Dadap – Library", "2 group of 2°", "0°"),
    ]


def test_a_table_of_no_case_says_that_there_is_none() -> None:
    """It is in the report, since the plan asks for it; no library of the five is thriving."""
    (table,) = some("cases", where={"outcome": ("thriving",)})

    assert plain(table.caption).endswith("(0 of 5 cases, only Outcome: Thriving)")
    assert cells(table) == []


def test_codes_and_rows_of_some_cases_have_counter_evidence_and_mentions_of_these() -> None:
    """Alun's roof has a passage each way, Cikal's is contradicted; Beji, which moved, counts nowhere."""
    ((codes,), (rows,)) = some("codes", "reasons"), some("printed-rows", "leaflet")

    assert ["Bad roof", "1", "1", "2", "0"] in cells(codes)
    assert ["Noise", "0", "0", "0", "1"] in cells(codes)
    assert ["1. Roof", "Bad roof", "1", "1", "2", "0"] in cells(rows)


def test_frameworks_of_some_cases_share_out_these() -> None:
    """Of a dry building Cikal has evidence, Alun counter-evidence, and at Dadap nobody has looked; a table each."""
    needs, harms = some("frameworks")

    assert plain(needs.caption).endswith("(3 of 5 cases, only Outcome: Closed)")
    assert cells(needs) == [["A dry building", "1", "1", "0", "1"], ["Friends", "0", "0", "1", "2"]]
    assert cells(harms) == [["Water", "3 group of 2", "0", "0", "0"]]
