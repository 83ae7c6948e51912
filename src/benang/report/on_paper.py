"""What reports share as they are laid out: pictures and their sizes, running titles, widths of columns, links.

A picture has the size at which it was drawn, the size at which it is shown, and its data address. Texts keep to the
characters that files accept.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from benang.errors import visible
from benang.locale import Language, translator
from benang.report import (
    Block,
    CasePage,
    Column,
    EvidenceEntry,
    EvidenceNumber,
    Figure,
    Group,
    ItemList,
    Quotation,
    Quotations,
    Report,
    Table,
)
from benang.report.inline import Break, Inline, Run, Runs, Span, joined, plain, runs
from benang.report.inline import Link as LinkRun

_CHARACTERS, _SMALL_CHARACTERS, _TURNED_CHARACTERS = 96, 106, 170
"""Characters of a table per line: on a portrait page, there in smaller letters, and on a landscape page."""
_MOST_CHARACTERS, _LONG_WORD = 60, 18
"""Characters that a column of text, and a word in any column, gets at most."""
_MOST_TITLE = 110
"""Characters of the running title, which has one line."""
_SHORT = 12
"""Rows of one line each that a table may have and still be kept on one page."""
VERDICTS = frozenset({"holds", "contradicted", "cannot-be-told"})
"""Kinds of text that are printed in bold."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write (its production 2, Char)."""

TEXT_WIDTH = 160.0
"""Width in mm of the text on an upright page."""

PRINTED_WIDTH = 174.0
"""Width in mm of the widest figure on an upright page: those of Benang that fill a page are as wide."""

TURNED_WIDTH, TURNED_HEIGHT = 257.0, 150.0
"""Largest size of a figure on a landscape page, in mm, with its caption below it."""

UPRIGHT_HEIGHT = 218.0

_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
"""Points in each unit of length that an SVG file may use (CSS Values and Units, 5.2)."""

_MILLIMETRES = 25.4 / 72
_PIXELS = 96 / 72


def fit(text: str) -> str:
    r"""Return a one-line text that any file accepts: controls are escaped, white space becomes one space.

    Examples
    --------
    >>> print(fit("two\r\nlines \x1b[2J\udce9"))
    two lines \u001b[2J�
    """
    in_line = re.sub("[ \t\r\n]+", " ", text)
    return _NOT_XML.sub("\ufffd", visible(in_line))


def lines_of(text: str) -> list[str]:
    r"""Return the lines of a text that is shown as it is, each fit for any file; a tab becomes four blanks at most.

    Examples
    --------
    >>> lines_of("a\tb  c\n\n d\x1b")
    ['a   b  c', '', ' d\\u001b']
    """
    return [_NOT_XML.sub("\ufffd", visible(line.expandtabs(4))) for line in text.split("\n")]


def running_title(title: str) -> str:
    """Return a title as it is printed at the head of every page but the first: on one line, whole words of it.

    Examples
    --------
    >>> running_title("Rain  in towns "), len(running_title("Rain in towns " * 10))
    ('Rain in towns', 106)
    """
    shown = " ".join(title.split())
    return shown if len(shown) <= _MOST_TITLE else f"{shown[:_MOST_TITLE].rpartition(' ')[0] or shown[:_MOST_TITLE]}…"


@dataclass(frozen=True, slots=True)
class Words:
    """What a report on paper says beside its blocks, in its language."""

    language: Language

    @property
    def contents(self) -> str:
        """The heading above the list of sections."""
        return translator(self.language)("Contents")

    @property
    def on_numbers(self) -> str:
        """What readers need to know of the numbers."""
        _ = translator(self.language)
        return _(
            "A number in this colour links to its entry in the appendix, which states what it counts and lists "
            "the passages behind it."
        )

    @property
    def passages(self) -> str:
        """The words before the passages behind a number."""
        return translator(self.language)("Passages")

    def page(self) -> tuple[str, str]:
        """Return the words before and after the number of a page."""
        return _around(translator(self.language)("p. %(pages)s"), "pages")

    def table(self) -> tuple[str, str]:
        """Return the words before and after the number of a table in its caption."""
        return _around(translator(self.language)("Table %(number)s."), "number")

    def figure(self) -> tuple[str, str]:
        """Return the words before and after the number of a figure in its caption.

        Examples
        --------
        >>> Words("id").figure()
        ('Gambar ', '.')
        """
        return _around(translator(self.language)("Figure %(number)s."), "number")


def _around(text: str, place: str) -> tuple[str, str]:
    before, _, after = text.partition(f"%({place})s")
    return before, after


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns of a table share a page: `shares` are characters of each, all 0 where they fit as they are.

    `is_whole` is a table so short that no page break may part it.
    """

    shares: tuple[int, ...]
    is_small: bool = False
    is_turned: bool = False
    is_whole: bool = False


def columns_of(table: Table) -> Columns:
    """Share the width of a page among the columns of a table, by the words in them.

    Columns of numbers get what their longest number and word need; columns of text grow with their content. A table
    whose words need more than a portrait page gets a landscape page.

    Examples
    --------
    >>> from benang.report import TableBody, TableRow
    >>> row = TableRow(("Trade " * 40, "7"))
    >>> columns_of(Table("table-a", "Fields", (Column("Field"), Column("Cases", is_number=True)), (TableBody((row,)),)))
    Columns(shares=(60, 8), is_small=False, is_turned=False, is_whole=False)
    """
    rows = [row.cells for body in table.bodies for row in body.rows]
    needs = [_need(column, [plain(cells[at]).strip() for cells in rows]) for at, column in enumerate(table.columns)]
    if sum(need.natural for need in needs) <= _CHARACTERS:
        return Columns((0,) * len(needs), is_whole=len(rows) <= _SHORT)
    least, wanted = sum(need.least for need in needs), sum(need.wanted for need in needs)
    is_small, is_turned = wanted > _CHARACTERS, least > _SMALL_CHARACTERS
    room = _TURNED_CHARACTERS if is_turned else _SMALL_CHARACTERS if is_small else wanted
    given = min(1.0, max(0.0, (room - least) / max(wanted - least, 1)))
    shares = (round(need.least + given * (need.wanted - need.least)) for need in needs)
    return Columns(tuple(shares), is_small, is_turned)


@dataclass(frozen=True, slots=True)
class _Need:
    """Characters that a column takes: unbroken, as would be well, and at least, so that no word is broken."""

    natural: int
    wanted: int
    least: int


def _need(column: Column, texts: Sequence[str]) -> _Need:
    label = plain(column.label)
    longest = max(map(len, texts), default=0)
    words = [len(word) for text in (label, *texts) for word in re.split(r"[\s/–-]", text)]
    least = min(max(words, default=0), _LONG_WORD) + 3
    typical = sum(map(len, texts)) / max(len(texts), 1)
    text = min(longest, round(14 + typical / 2), _MOST_CHARACTERS)
    return _Need(
        natural=max(longest, len(label)) + 2,
        wanted=max(least, longest + 2 if column.is_number else text),
        least=max(least, min(longest, _LONG_WORD) + 2) if column.is_number else least,
    )


def anchors_of(report: Report) -> frozenset[str]:
    """Return every anchor that something in a report has, so that what leads nowhere is shown as plain text."""
    blocks = chain.from_iterable(section.blocks for section in report.sections)
    inside = chain.from_iterable(_anchors(block) for block in blocks)
    return frozenset(filter(None, (*(section.anchor for section in report.sections), *inside)))


def _anchors(block: Block) -> Iterator[str]:
    match block:
        case Group():
            yield block.anchor
            for one in block.blocks:
                yield from _anchors(one)
        case ItemList():
            yield from (item.anchor for item in block.items)
        case Table():
            yield from (block.anchor, *(row.anchor for body in block.bodies for row in body.rows))
        case Figure() | CasePage():
            yield block.anchor
        case EvidenceEntry():
            yield from (number.anchor for number in block.numbers)
        case Quotations(is_whole=True):
            yield from (quotation.anchor for quotation in block.quotations)
        case _:
            return


def stacked(cell: Inline, *, is_heading: bool) -> Runs:
    """Return the text of a cell with its remarks on separate lines, below its heading or verdict.

    Examples
    --------
    >>> stacked(("It holds. ", Span("page 3", "where")), is_heading=True)
    ('It holds.', Break(), Span(content='page 3', kind='where'))
    """
    parts: list[Run] = []
    is_set_apart = is_heading
    for one in runs(cell):
        kind = one.kind if isinstance(one, Span) else ""
        if parts and is_set_apart and kind in {"where", "remark"}:
            if isinstance(last := parts.pop(), str):
                last = last.rstrip()
            parts += [last, Break()] if last else [Break()]
        parts.append(one)
        is_set_apart = is_set_apart or kind in VERDICTS
    return tuple(parts)


def use_of(anchor: str) -> str:
    """Return the anchor of the first place in the text with this number."""
    return f"use-{anchor}"


def passage_links(quotations: tuple[Quotation, ...]) -> Runs:
    """Return the labels of passages, each as a link to its quotation."""
    return joined(", ", (LinkRun(one.label, one.anchor) for one in quotations))


def value_of(number: EvidenceNumber) -> Runs:
    """Write the value of a number in the appendix with its unit and the badge beside it."""
    parts: list[Run | Runs] = [f"{number.value} {number.unit}".rstrip()]
    if number.badge:
        parts += [" ", runs(number.badge)]
    return runs(*parts)


@dataclass(frozen=True, slots=True)
class Size:
    """The printed size of a figure, in mm, and whether it needs a landscape page."""

    width: float
    height: float
    is_turned: bool = False

    def within(self, width: float, height: float) -> Size:
        """Return the size, made smaller where it is wider or higher than so many mm."""
        share = min(1.0, width / self.width, height / self.height)
        return Size(share * self.width, share * self.height, self.is_turned)


def printed_size(figure: Figure) -> Size:
    """Return the printed size of a figure: as drawn, or the largest that fits on a page.

    A figure without a size fills the page.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" width="144pt" height="72pt"></svg>'
    >>> size = printed_size(Figure("figure-a", svg, None, "A", "A rectangle"))
    >>> round(size.width, 1), round(size.height, 1), size.is_turned
    (50.8, 25.4, False)
    """
    width, height = (length * _MILLIMETRES for length in drawn_size(figure))
    if not (width and height):
        return Size(PRINTED_WIDTH, PRINTED_WIDTH)
    is_turned = width > 1.15 * PRINTED_WIDTH and width > height
    most_wide, most_high = (TURNED_WIDTH, TURNED_HEIGHT) if is_turned else (PRINTED_WIDTH, UPRIGHT_HEIGHT)
    return Size(width, height, is_turned).within(most_wide, most_high)


def size_on_screen(figure: Figure) -> tuple[int, int]:
    """Return the width and height that a figure was drawn for in CSS pixels; zeros where its file doesn't say."""
    width, height = drawn_size(figure)
    return round(width * _PIXELS), round(height * _PIXELS)


def drawn_size(figure: Figure) -> tuple[float, float]:
    """Return the width and height of a figure in points, from its SVG if it has one, otherwise from its PNG.

    Zeros where neither says.

    Examples
    --------
    >>> drawn_size(Figure("figure-a", '<svg width="2in" height="36pt" viewBox="0 0 9 9"/>', None, "A", "A rectangle"))
    (144.0, 36.0)
    """
    size = _svg_size(figure.svg or "")
    return size if all(size) else _png_size(figure.png or b"")


def _svg_size(svg: str) -> tuple[float, float]:
    """Return the size that the root element gives; one that gives a view box alone is as many pixels large."""
    root = re.search(r"<svg\b[^>]*>", svg)
    attributes = root[0] if root else ""
    lengths = [
        float(length[1]) * _POINTS[length[2]]
        for name in ("width", "height")
        if (length := re.search(rf'\s{name}="([\d.]+)(pt|px|mm|cm|in|)"', attributes))
    ]
    if len(lengths) == 2:
        return lengths[0], lengths[1]
    box = re.search(r'\sviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', attributes)
    return (float(box[1]) * _POINTS["px"], float(box[2]) * _POINTS["px"]) if box else (0.0, 0.0)


def _png_size(data: bytes) -> tuple[float, float]:
    """Return the size of a PNG picture by its chunks IHDR and pHYs (PNG, third edition, 11.2.1 and 11.3.4.3)."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return 0.0, 0.0
    pixels = struct.unpack(">II", data[16:24])
    at = data.find(b"pHYs", 24, 4096)
    per_metre = struct.unpack(">II", data[at + 4 : at + 12]) if at > 0 else (0, 0)
    width, height = (
        n / density * 1000 / _MILLIMETRES if density else n * _POINTS["px"]
        for n, density in zip(pixels, per_metre, strict=True)
    )
    return width, height


def picture_address(figure: Figure) -> str:
    """Return a figure as a data address, as SVG if there is one, otherwise as PNG."""
    kind, data = ("svg+xml", figure.svg.encode("utf-8")) if figure.svg is not None else ("png", figure.png or b"")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}" if data else "data:,"
