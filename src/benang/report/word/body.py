"""The blocks of a report as the paragraphs, tables and pictures of a Word document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from benang.report import (
    Block,
    CasePage,
    EvidenceEntry,
    EvidenceNumber,
    Figure,
    Group,
    Heading,
    ItemList,
    Paragraph,
    Quotation,
    Quotations,
    Report,
    Section,
    Table,
    TableRow,
    Verbatim,
    on_paper,
)
from benang.report.inline import Inline, Link, joined, plain
from benang.report.on_paper import printed_size
from benang.report.word import ooxml
from benang.report.word.flow_shapes import flow_shapes
from benang.report.word.ooxml import TWIPS_PER_MM, Page, Text, paragraph

_CHARACTER = 1.75
"""Width in mm of a character of a table, on average."""
_CELL_SIDES = 4.0
"""Width in mm that a cell keeps free beside its text."""
_INTO_MARGIN = 8.0
"""Millimetres that a figure may reach into a margin, so that it stays as large as it was drawn."""
_CAPTION = 20.0
"""Millimetres that the caption below a figure takes, if it is a long one."""
_LEVELS = 2
"""Levels of headings that the contents list."""
_TOGETHER = "<w:keepNext/>"


@dataclass
class Body:
    """One pass over the blocks of a report.

    Attributes
    ----------
    text
        What its texts become.
    words
        What a report on paper says beside its blocks.
    image
        Takes the bytes of a picture into the document and gives their relationship.
    page
        The page that it is written on.
    """

    text: Text
    words: on_paper.Words
    image: Callable[[bytes], str]
    page: Page
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    is_turned: bool = False
    sections: int = 0

    def of(self, report: Report) -> str:
        """Return the content of the document, from its title to the properties of its last page."""
        new_page = (report.sections[:1], report.sections[-1:])
        parts = [part for one in report.sections for part in self._section(one, on_new_page=(one,) in new_page)]
        parts += [self._turn(to_side=False), *(self._styled(line, "Benang Note") for line in report.colophon)]
        return "".join([*self._head(report), *parts, self._end_of_section()])

    def alone(self, figure: Figure) -> str:
        """Return the content of a document that is one figure with its caption."""
        return "".join([*self._figure(figure), self._end_of_section()])

    def _head(self, report: Report) -> Iterator[str]:
        yield self._styled(report.title, "Title")
        for line in (report.byline, report.date):
            if line:
                yield self._styled(line, "Subtitle")
        if report.on_numbers:
            yield self._styled(self.words.on_numbers, "Benang Note")
        yield self._styled(self.words.contents, "TOC Heading")
        yield ooxml.contents_field(self.headings, [self.text.styles[f"toc {level}"] for level in range(1, _LEVELS + 1)])

    def _section(self, section: Section, *, on_new_page: bool) -> Iterator[str]:
        more = "<w:pageBreakBefore/>" if on_new_page else ""
        yield self._turn(to_side=False) + self._heading(1, section.title, section.anchor, more=more)
        for block in section.blocks:
            yield from self._block(block)

    # ------------------------------------------------------------------ paragraphs

    def _styled(self, text: Inline, style: str, *, more: str = "", anchor: str = "") -> str:
        content = self.text.mark(self.text.of(text), anchor)
        return paragraph(content, self.text.styles[style], more=more)

    def _heading(self, level: int, text: Inline, anchor: str = "", *, more: str = "") -> str:
        if level <= _LEVELS:
            anchor = anchor or f"heading-{len(self.headings)}"
            self.headings.append((level, plain(text), anchor))
        return self._styled(text, f"heading {min(level, 3)}", more=more, anchor=anchor)

    def _block(self, block: Block) -> Iterator[str]:
        if not isinstance(block, Group | Table | Figure):  # these say for themselves which way their page lies
            yield self._turn(to_side=False)
        match block:
            case Group():
                if block.title:
                    yield self._turn(to_side=False) + self._heading(2, block.title, block.anchor)
                for one in block.blocks:
                    yield from self._block(one)
            case Heading(text, level):
                yield self._heading(level - 1, text)
            case Paragraph(text, kind):
                yield self._styled(text, {"note": "Benang Note", "question": "Quote"}.get(kind, "Normal"))
            case Verbatim(text):
                lines = [ooxml.run(ooxml.verbatim(line)) for line in on_paper.lines_of(text)]
                yield paragraph(ooxml.run("<w:br/>").join(lines), self.text.styles["Benang Query"])
            case ItemList():
                yield from self._list(block)
            case _:
                yield from self._part(block)

    def _part(self, block: Table | Figure | Quotations | CasePage | EvidenceEntry) -> Iterator[str]:
        match block:
            case Table():
                yield from self._table(block)
            case Figure():
                yield from self._figure(block)
            case Quotations():
                yield from self._quotations(block)
            case CasePage():
                yield from self._case(block)
            case EvidenceEntry():
                yield from self._entry(block)

    def _list(self, block: ItemList) -> Iterator[str]:
        style = "Bibliography" if block.kind == "references" else "List Bullet"
        for item in block.items:
            label = self.text.plain(f"{item.label} ", bold=True) if item.label else ""
            content = self.text.mark(label + self.text.of(item.text), item.anchor)
            yield paragraph(content, self.text.styles[style])
            if item.quote:
                yield self._styled(f"“{item.quote}”", "Quote")

    def _quotations(self, block: Quotations) -> Iterator[str]:
        for one in block.quotations:
            yield from self._quotation(one, block.is_whole)

    def _quotation(self, one: Quotation, is_whole: bool) -> Iterator[str]:
        label = (
            self.text.plain(one.label, bold=True) if is_whole else self.text.of(Link(one.label, one.anchor), bold=True)
        )
        of = self.text.plain(" ") + self.text.of(one.of) if one.of else ""
        yield paragraph(
            self.text.mark(label, one.anchor if is_whole else "") + of,
            self.text.styles["Benang Passage"],
            more=_TOGETHER,
        )
        yield self._styled(f"“{one.quote}”", "Quote", more=_TOGETHER if one.details else "")
        if one.details:
            yield self._styled(joined(" · ", one.details), "Benang Source")

    def _case(self, case: CasePage) -> Iterator[str]:
        yield self._heading(2, case.title, case.anchor)
        if case.badge:
            yield self._styled(case.badge, "Normal")
        for fact in case.facts:
            content = self.text.plain(f"{fact.label}: ", bold=True) + self.text.of(fact.text)
            yield paragraph(content, self.text.styles["Benang Fact"])
        for part in case.parts:
            yield self._heading(3, part.title)
            if not part.codes:
                yield self._styled(part.silent, "Normal")
            for code in part.codes:
                yield self._styled(code.label, "Benang Coded")
                yield from self._quotations(code.quotations)

    # ------------------------------------------------------------------ the appendix

    def _entry(self, entry: EvidenceEntry) -> Iterator[str]:
        """Give numbers of the appendix; the passages behind them are named, and quoted in the list of all."""
        title = ""
        for number in entry.numbers:
            if number.title != title:
                title = number.title
                yield self._styled(title, "Benang Counted")
            yield paragraph(self._counted(number), self.text.styles["Benang Fact"])
        if entry.shared:
            yield self._styled(entry.shared, "Benang Fact")
        if entry.quotations.quotations:
            names = (f"{self.words.passages}: ", *on_paper.passage_links(entry.quotations.quotations))
            yield self._styled(names, "Benang Fact")

    def _counted(self, number: EvidenceNumber) -> str:
        """Return the line of a number: its value, its id, the link to its first occurrence, and what it counts."""
        text = self.text
        line = text.mark(text.of(on_paper.value_of(number), bold=True), number.anchor)
        line += text.plain(" ") + text.plain(number.id, style="Benang Code")
        if number.anchor in text.used:
            back = text.plain("↑", style="Benang Link")
            line += text.plain(" ") + ooxml.link(back, on_paper.use_of(number.anchor))
        return line + (text.plain(": ") + text.of(number.members) if number.members else "")

    # ------------------------------------------------------------------ figures and tables

    def _turn(self, *, to_side: bool) -> str:
        """Begin a portrait or landscape page if the page before has the other orientation."""
        if self.is_turned == to_side:
            return ""
        ended = self._end_of_section()
        self.is_turned = to_side
        return paragraph("", self.text.styles["Benang Turn"], more=ended)

    def _end_of_section(self) -> str:
        self.sections += 1
        return self.page.section(is_turned=self.is_turned, is_first=self.sections == 1)

    def _caption(self, around: tuple[str, str], number: int, anchor: str, caption: Inline, *, more: str = "") -> str:
        """Return a caption: its number is a field that Word counts, and what cross-references repeat."""
        text, (before, after) = self.text, around
        counter = before.strip() or "Figure"
        counted = ooxml.simple_field(f"SEQ {counter} \\* ARABIC", ooxml.run(ooxml.words(str(number)), bold=True))
        label = text.plain(before, bold=True) + text.mark(counted, anchor) + text.plain(f"{after} ", bold=True)
        return paragraph(label + text.of(caption), text.styles["caption"], more=more)

    def _figure(self, figure: Figure) -> Iterator[str]:
        size = printed_size(figure)
        yield self._turn(to_side=size.is_turned)
        room, height = self.page.room(is_turned=size.is_turned)
        size = size.within(room + 2 * _INTO_MARGIN, height - _CAPTION)
        beyond = round(max(0.0, size.width - room) / 2 * TWIPS_PER_MM)
        aside = f'<w:ind w:left="-{beyond}" w:right="-{beyond}"/>' if beyond else ""
        if figure.png:
            drawn = ooxml.picture(
                self.image(figure.png),
                number=figure.number,
                name=f"{self.words.figure()[0]}{figure.number}",
                description=figure.alt,
                width=size.width,
                height=size.height,
            )
            if figure.flow:
                drawn = flow_shapes(
                    figure.flow.layout,
                    drawn,
                    number=figure.number,
                    name=f"{self.words.figure()[0]}{figure.number}",
                    description=figure.alt,
                    share=size.width / figure.flow.layout.width,
                )
            yield paragraph(drawn, self.text.styles["Benang Figure"], more=_TOGETHER + aside)
        yield self._caption(
            self.words.figure(), figure.number, figure.anchor, joined(" ", (figure.caption, *figure.notes))
        )

    def _table(self, table: Table) -> Iterator[str]:
        columns = on_paper.columns_of(table)
        yield self._turn(to_side=columns.is_turned)
        yield self._caption(self.words.table(), table.number, table.anchor, table.caption, more=_TOGETHER)
        widths = _widths(table, columns, self.page.room(is_turned=columns.is_turned)[0])
        rows = [self._header(table, widths)]
        n_rows = sum(len(body.rows) for body in table.bodies)
        places = count()
        for body in table.bodies:
            if body.title:
                title = self._styled(body.title, "Benang Cell Title", more=_TOGETHER)
                rows.append(ooxml.table_row([ooxml.cell(title, width=sum(widths), columns=len(widths))]))
            for row, place in zip(body.rows, places, strict=False):
                is_end = place == 0 or place >= n_rows - 2  # no row is alone on a page, nor a note without a row
                rows.append(self._row(row, table, widths, _TOGETHER if columns.is_whole or is_end else ""))
        yield ooxml.table(rows, style=self.text.styles["Benang Table"], widths=widths, description=plain(table.caption))
        for note in table.notes or ("",):
            yield self._styled(note, "Benang Note")

    def _header(self, table: Table, widths: Sequence[int]) -> str:
        """Return the row of headings as plain text, since it repeats on each page."""
        cells = [
            ooxml.cell(
                self._in_cell(self.text.plain(plain(column.label), bold=True), column.is_number, _TOGETHER), width=width
            )
            for column, width in zip(table.columns, widths, strict=True)
        ]
        return ooxml.table_row(cells, is_header=True)

    def _row(self, row: TableRow, table: Table, widths: Sequence[int], more: str) -> str:
        texts = [self.text.of(on_paper.stacked(one, is_heading=at == 0)) for at, one in enumerate(row.cells)]
        texts[0] = self.text.mark(texts[0], row.anchor)
        return ooxml.table_row(
            ooxml.cell(self._in_cell(text, column.is_number, more), width=width)
            for text, column, width in zip(texts, table.columns, widths, strict=True)
        )

    def _in_cell(self, content: str, is_number: bool, more: str = "") -> str:
        return paragraph(
            content, self.text.styles["Benang Cell"], more=more + ('<w:jc w:val="right"/>' if is_number else "")
        )


_SLACK = 1.2
"""How much wider than expected columns may be where the page has room: other fonts, and headings in bold, need more."""


def _widths(table: Table, columns: on_paper.Columns, room: float) -> list[int]:
    """Return the widths of columns in twips: as their texts need, or a share of the page, `room` mm wide, for each."""
    if any(columns.shares):
        return [int(room * TWIPS_PER_MM * share / sum(columns.shares)) for share in columns.shares]
    rows = [row.cells for body in table.bodies for row in body.rows]
    texts = [
        [plain(text) for text in (column.label, *(cells[at] for cells in rows))]
        for at, column in enumerate(table.columns)
    ]
    wanted = [_width(max(map(len, column))) for column in texts]
    least = [_width(max(len(word) for text in column for word in text.split() or [""])) for column in texts]
    given = min(1.0, max(0.0, room - sum(least)) / max(sum(wanted) - sum(least), 1.0))
    share = min(1.0, room / sum(least))
    widths = [share * (low + given * (high - low)) for low, high in zip(least, wanted, strict=True)]
    slack = min(_SLACK, max(1.0, room / sum(widths)))
    return [int(slack * width * TWIPS_PER_MM) for width in widths]


def _width(characters: int) -> float:
    """Return the width in mm of a cell for a line of so many characters."""
    return _CHARACTER * characters + _CELL_SIDES
