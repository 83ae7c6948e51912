"""A report as the bytes of a PDF, set by typst: the same whenever and wherever it is printed with the same fonts.

The template `report.typ` reads the report as plain data: lists, texts and numbers.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from shutil import copyfile
from typing import Any

from benang.errors import BenangError, Problem
from benang.figures.text_lines import font_files, printable
from benang.locale.writing import worded
from benang.report import (
    Block,
    CasePage,
    EvidenceEntry,
    EvidenceNumber,
    Figure,
    Group,
    Heading,
    Item,
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
from benang.report.inline import (
    Badge,
    Break,
    Citation,
    Code,
    Emphasis,
    ExternalLink,
    FigureReference,
    Inline,
    Link,
    NumberReference,
    Run,
    Span,
    Superscript,
    Swatch,
    joined,
    plain,
    runs,
)
from benang.report.on_paper import TEXT_WIDTH, TURNED_WIDTH, printed_size
from benang.unfinished import temporary_folder

INSTALL = 'pip install "benang[pdf]"'
STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a, which archives keep, and PDF/UA-1, which screen readers follow: tagged, every figure with its text."""
FONTS = ("Libertinus Serif", "DejaVu Sans", "DejaVu Sans Mono")
"""Those of typst's package, and for other letters those that figures are drawn with, in the order they are tried."""


def check_ready() -> None:
    """Find out before a report is put together whether it can be printed.

    Raises
    ------
    BenangError
        With what to install.
    """
    if importlib.util.find_spec("typst") is None:
        way_on = worded("Install it with {command}, or leave pdf out of the formats.", command=INSTALL)
        problem = worded("typst, which writes PDFs, is not installed")
        raise BenangError(Problem(problem, where=worded("format pdf"), way_on=way_on))


def render_pdf(report: Report) -> bytes:
    """Render a report as a PDF on A4, with contents, page numbers, and links from each number to its evidence.

    Returns
    -------
    bytes
        A PDF/A-2a that follows PDF/UA-1. The same report gives the same bytes: the date that PDF/A asks for is the
        report's own where it is written as in `2026-05-01`, else 1 January 1970. Letters that no font has are shown as
        □, as in figures.

    Raises
    ------
    BenangError
        Where typst is not installed, or can't set the report.
    """
    check_ready()
    import typst

    with temporary_folder() as name:
        folder = Path(name)
        text = _write_data(report, folder)
        _lay_out_fonts(text, folder / "fonts")
        settings: dict[str, Any] = {
            "font_paths": [str(folder / "fonts")],
            "ignore_system_fonts": True,
            "pdf_standards": list(STANDARDS),
            "timestamp": _seconds(report.date),
        }
        try:
            return bytes(typst.compile(str(folder / "report.typ"), root=name, **settings))
        except typst.TypstError as error:
            what = worded("typst can't typeset this report: {message}", message=error.message)
            way_on = worded("Leave pdf out of the formats.")
            raise BenangError(Problem(what, where="report.pdf", way_on=way_on)) from error


def _write_data(report: Report, folder: Path) -> str:
    """Write the template, the report as data and its figures into a folder; return all text that is printed."""
    drawn: list[str] = []

    def write_figure(figure: Figure) -> str:
        suffix = "png" if figure.svg is None else "svg"
        place = folder / f"figure-{figure.number}.{suffix}"
        place.write_bytes((figure.png or b"") if figure.svg is None else figure.svg.encode("utf-8"))
        drawn.append(figure.svg or "")
        return place.name

    data = json.dumps(report_tree(report, write_figure, FONTS), ensure_ascii=False)
    (folder / "report.json").write_text(data, encoding="utf-8")
    template = resources.files(__package__ or "benang.report").joinpath("templates", "report.typ")
    (folder / "report.typ").write_bytes(template.read_bytes())
    return data + "".join(drawn)


def _lay_out_fonts(text: str, folder: Path) -> None:
    """Put the fonts that draw a text into a folder: typst takes all that are in one, and none of the computer's own."""
    folder.mkdir()
    for at, file in enumerate(font_files(text)):
        copyfile(file, folder / f"{at:03}{file.suffix}")


def _seconds(date: str) -> int:
    """Return a date as seconds since 1970; 0 where it is not written as in `2026-05-01`.

    Examples
    --------
    >>> _seconds("1970-01-02"), _seconds("May 2026")
    (86400, 0)
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
        return 0
    try:
        return max(0, int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()))
    except ValueError:  # 2026-13-45
        return 0


Node = dict[str, Any]
"""What JSON calls an object: a run or a block by the name that `is` gives it."""

_LONG = re.compile(r"[^\s/\-\u200b]{31,}")
"""A word too long for a narrow column: a hash, an id. No word of English or Indonesian is as long."""
_LONG_TEXT = 800
"""Letters above which what would be on one page may continue on the next."""
_IN_COLUMNS = frozenset({"numbers", "all-passages"})
"""Kinds of groups that are set in two columns and in small type."""


def letters(text: str) -> str:
    r"""Return a text in letters that some font has, in which a word of more than thirty letters may break.

    Examples
    --------
    >>> letters("kota"), letters("0123456789abcdef" * 2).count("\u200b")
    ('kota', 8)
    """
    return _breakable(printable(on_paper.fit(text)))


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: re.sub("(.{4})", "\\1\u200b", word[0]), text)


def report_tree(report: Report, files: Callable[[Figure], str], fonts: Iterable[str]) -> Node:
    """Return a report as data.

    Parameters
    ----------
    report
        What is printed.
    files
        Gives the name of the file that holds a figure, for the template to show.
    fonts
        The families to print with, in the order in which they are tried.
    """
    return _Tree(on_paper.anchors_of(report), on_paper.Words(report.language), files).report(report, fonts)


@dataclass
class _Tree:
    """One pass over a report; `used` are the numbers that the text has shown so far."""

    anchors: frozenset[str]
    words: on_paper.Words
    files: Callable[[Figure], str]
    used: set[str] = field(default_factory=set)

    def report(self, report: Report, fonts: Iterable[str]) -> Node:
        head = [report.byline, report.date, self.words.on_numbers if report.on_numbers else ""]
        return {
            "title": letters(report.title),
            "running": letters(on_paper.running_title(report.title)),
            "description": letters(report.description),
            "language": report.language,
            "fonts": list(fonts),
            "words": {"contents": self.words.contents},
            "head": [self.text(line) for line in head if line],
            "sections": [self.section(one, is_last=one is report.sections[-1]) for one in report.sections],
            "foot": [self.text(line) for line in report.colophon],
        }

    def section(self, section: Section, *, is_last: bool) -> Node:
        return {
            "title": letters(section.title),
            "anchor": section.anchor,
            "new-page": is_last,
            "blocks": [node for block in section.blocks for node in self.block(block)],
        }

    # ------------------------------------------------------------------ text

    def text(self, text: Inline) -> list[str | Node]:
        """Return the runs of a text."""
        return [letters(run) if isinstance(run, str) else self.run(run) for run in runs(text)]

    def run(self, run: Run) -> Node:
        match run:
            case Emphasis(content):
                return {"is": "emphasis", "runs": self.text(content)}
            case Superscript(text):
                return {"is": "superscript", "text": letters(text)}
            case Code(text):
                return {"is": "code", "text": letters(text)}
            case Break():
                return {"is": "break"}
            case Swatch(colour):
                return {"is": "swatch", "colour": colour}
            case Badge(text):
                return {"is": "badge", "text": letters(text)}
            case NumberReference():
                return self.number(run)
            case Span(content, kind):
                return {"is": _SPANS.get(kind, "plain"), "runs": self.text(content)}
            case str():
                return {"is": "plain", "runs": [letters(run)]}
            case _:
                return self.leading(run)

    def leading(self, run: Citation | FigureReference | Link | ExternalLink) -> Node:
        """Return what leads elsewhere."""
        match run:
            case Citation(text=text, anchor=anchor):
                return self.link(text, anchor)
            case FigureReference(number, anchor):
                return self.link(str(number), anchor)
            case Link(content, anchor):
                return self.link(content, anchor)
            case ExternalLink(address):
                return {"is": "address", "address": on_paper.fit(address), "text": letters(address)}

    def link(self, content: Inline, anchor: str) -> Node:
        """Return a link, or what it shows alone where nothing has the anchor."""
        return {"is": "link", "runs": self.text(content), "anchor": anchor if anchor in self.anchors else ""}

    def number(self, run: NumberReference) -> Node:
        """Return a number linked to the appendix; its first occurrence is where the appendix links back."""
        known = run.anchor in self.anchors
        is_first = known and run.anchor not in self.used
        self.used.add(run.anchor)
        return {
            "is": "number",
            "text": letters(run.value),
            "anchor": run.anchor if known else "",
            "use": on_paper.use_of(run.anchor) if is_first else "",
        }

    # ------------------------------------------------------------------ blocks

    def block(self, block: Block) -> list[Node]:
        """Return the nodes of a block."""
        match block:
            case Group():
                return self.group(block)
            case Heading(text, level):
                return [{"is": "heading", "level": level - 1, "runs": self.text(text)}]
            case Paragraph(text, kind):
                return [{"is": "paragraph", "kind": kind, "runs": self.text(text)}]
            case Verbatim(text):
                return [{"is": "verbatim", "lines": [_breakable(printable(one)) for one in on_paper.lines_of(text)]}]
            case ItemList():
                items = [self.item(item) for item in block.items]
                return [{"is": "list", "hanging": block.kind == "references", "items": items}]
            case _:
                return [self.part(block)]

    def part(self, block: Table | Figure | Quotations | CasePage | EvidenceEntry) -> Node:
        """Return the node of a block that has parts of its own."""
        match block:
            case Table():
                return self.table(block)
            case Figure():
                return self.figure(block)
            case Quotations():
                return {"is": "quotations", "quotations": self.quotations(block)}
            case CasePage():
                return self.case(block)
            case EvidenceEntry():
                return self.entry(block)

    def group(self, group: Group) -> list[Node]:
        """Return what is in a group, in columns where its entries are many and small."""
        mark = [{"is": "mark", "anchor": group.anchor}] if group.anchor else []
        title = self.block(Heading(group.title)) if group.title else []
        nodes = [node for one in group.blocks for node in self.block(one)]
        return [*mark, *title, *([{"is": "columns", "blocks": nodes}] if group.kind in _IN_COLUMNS else nodes)]

    def item(self, item: Item) -> Node:
        label: list[str | Node] = [{"is": "strong", "runs": [letters(item.label)]}, " "] if item.label else []
        quote = [f"“{letters(item.quote)}”"] if item.quote else []
        return {"anchor": item.anchor, "runs": [*label, *self.text(item.text)], "quote": quote}

    def table(self, table: Table) -> Node:
        columns, (before, after) = on_paper.columns_of(table), self.words.table()
        return {
            "is": "table",
            "anchor": table.anchor,
            "number": table.number,
            "label": f"{before}{table.number}{after}",
            "caption": self.text(table.caption),
            "size": 8.5 if columns.is_small else 9.5,
            "turned": columns.is_turned,
            "whole": columns.is_whole,
            "columns": [
                {"label": self.text(plain(column.label)), "number": column.is_number, "share": share}
                for column, share in zip(table.columns, columns.shares, strict=True)
            ],
            "bodies": [
                {"title": self.text(plain(body.title)), "rows": [self.row(row) for row in body.rows]}
                for body in table.bodies
            ],
            "notes": [self.text(note) for note in table.notes],
        }

    def row(self, row: TableRow) -> Node:
        is_long = any(len(plain(cell)) > _LONG_TEXT for cell in row.cells)
        return {
            "anchor": row.anchor,
            "long": is_long,
            "cells": [self.text(on_paper.stacked(cell, is_heading=at == 0)) for at, cell in enumerate(row.cells)],
        }

    def figure(self, figure: Figure) -> Node:
        size, (before, after) = printed_size(figure), self.words.figure()
        return {
            "is": "figure",
            "anchor": figure.anchor,
            "number": figure.number,
            "label": f"{before}{figure.number}{after}",
            "caption": self.text(figure.caption),
            "notes": [self.text(note) for note in figure.notes],
            "alt": letters(figure.alt),
            "file": self.files(figure),
            "width": size.width,
            "room": TURNED_WIDTH if size.is_turned else TEXT_WIDTH,
            "floats": figure.flow is not None,
            "turned": size.is_turned,
        }

    def quotations(self, block: Quotations) -> list[Node]:
        return [self.quotation(one, block.is_whole) for one in block.quotations]

    def quotation(self, one: Quotation, is_whole: bool) -> Node:
        return {
            "anchor": one.anchor if is_whole else "",
            "label": self.text(one.label if is_whole else Link(one.label, one.anchor)),
            "of": self.text(one.of),
            "long": len(one.quote) > _LONG_TEXT,
            "quote": [f"“{letters(one.quote)}”"],
            "details": self.text(joined(" · ", one.details)),
        }

    def case(self, case: CasePage) -> Node:
        return {
            "is": "case",
            "anchor": case.anchor,
            "title": letters(case.title),
            "badge": self.text(case.badge),
            "facts": [{"label": letters(fact.label), "runs": self.text(fact.text)} for fact in case.facts],
            "parts": [
                {
                    "title": self.text(part.title),
                    "silent": letters(part.silent),
                    "codes": [
                        {"label": letters(code.label), "quotations": self.quotations(code.quotations)}
                        for code in part.codes
                    ],
                }
                for part in case.parts
            ],
        }

    def entry(self, entry: EvidenceEntry) -> Node:
        """Return numbers of the appendix; the passages behind them are named, and quoted in the list of all."""
        more = [entry.shared] if entry.shared else []
        if entry.quotations.quotations:
            more.append((f"{self.words.passages}: ", *on_paper.passage_links(entry.quotations.quotations)))
        titles = ["", *(number.title for number in entry.numbers)]
        numbers = [
            {
                "title": letters(number.title) if number.title != before else "",
                "anchor": number.anchor,
                "runs": self.counted(number),
            }
            for before, number in zip(titles, entry.numbers, strict=False)
        ]
        return {"is": "entry", "numbers": numbers, "more": [self.text(one) for one in more]}

    def counted(self, number: EvidenceNumber) -> list[str | Node]:
        """Return the line of a number: its value, its id, the page of its first occurrence, and what it counts."""
        line: list[str | Node] = [{"is": "strong", "runs": self.text(on_paper.value_of(number))}, " "]
        line.append({"is": "muted", "runs": self.text(Code(number.id))})
        if number.anchor in self.used:
            before, after = self.words.page()
            line += [
                " (",
                {"is": "page", "anchor": on_paper.use_of(number.anchor), "before": before, "after": after},
                ")",
            ]
        return [*line, ": ", *self.text(number.members)] if number.members else line


_SPANS: Mapping[str, str] = {
    "holds": "strong",
    "contradicted": "strong",
    "cannot-be-told": "strong",
    "where": "muted",
    "remark": "muted",
    "place": "muted",
    "scope": "muted",
    "secondary": "emphasis",
}
"""How text that is set apart looks; what is not named here is plain."""
