"""What the report of a review is made of: blocks that know nothing of HTML, Word or PDF, one after the other.

A renderer goes through `Report.sections` and their blocks with one `match`, and through the pieces of each text
(`inline`) with another. Whatever says how it looks (`kind`) is a name that each renderer maps to its own class or
style; unknown names are rendered plainly. Anchors are unique in a report: each names a block, an item of a list, a row
of a table, a quotation or a number of the appendix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from benang.locale import Language
from benang.report.inline import Inline, NumberReference, anchor
from benang.viewer.data import ShownMap

if TYPE_CHECKING:
    from benang.figures.prisma_flow import FlowLayout

ParagraphKind = Literal["", "note", "question", "silent", "absent"]
"""A note below something; the question of the review; what is said where there are no passages, or no data."""
ListKind = Literal["leading", "claims", "limits", "references", "unplaced"]
GroupKind = Literal["corpus-part", "search", "numbers", "all-passages"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; the section's own title has level 2, so this has 3 or more."""

    text: Inline
    level: int = 3


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Inline
    kind: ParagraphKind = ""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that is shown as it is, with its blanks and the ends of its lines: a query."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `label` precedes it, and `quote`, a quotation, follows below."""

    text: Inline
    anchor: str = ""
    label: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list without numbers."""

    items: tuple[Item, ...]
    kind: ListKind


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; columns of numbers are set apart."""

    label: Inline
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, with as many cells as the table has columns; its first cell is its heading."""

    cells: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TableBody:
    """Rows that belong together, such as those of internal factors, under a title that goes over all columns."""

    rows: tuple[TableRow, ...]
    title: Inline = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and notes; `number` counts from 1 through the report and is 0 until it is known."""

    anchor: str
    caption: Inline
    columns: tuple[Column, ...]
    bodies: tuple[TableBody, ...]
    notes: tuple[Inline, ...] = ()
    kind: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class OpenFlow:
    """A flow diagram whose boxes open: its layout, and by their ids the numbers that have an entry in the appendix."""

    layout: FlowLayout
    numbers: Mapping[str, NumberReference]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, as the text of an SVG file, the bytes of a PNG file or both; `alt` says in words what it shows.

    `number` counts from 1 through the report and is 0 until it is known. `shown` is the map that is drawn, for readers
    who can open it on a screen; `flow` the flow diagram that is drawn, for a page whose boxes open and for Word, where
    it can be edited.
    """

    anchor: str
    svg: str | None
    png: bytes | None
    caption: Inline
    alt: str
    notes: tuple[str, ...] = ()
    number: int = 0
    shown: ShownMap | None = None
    flow: OpenFlow | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage, quoted: its number among all passages, the ids of those that are shown as one, and what is known.

    `of` names the cases that it is of, and is empty under the case itself; `details` are its study, its codes, its
    place and its coder, as far as they are wanted in its place.
    """

    number: int
    ids: tuple[str, ...]
    quote: str
    of: Inline
    details: tuple[Inline, ...]

    @property
    def label(self) -> str:
        """What the report calls the passage."""
        return f"P{self.number}"

    @property
    def anchor(self) -> str:
        """The place of the passage in the list of all passages."""
        return anchor("p", str(self.number))


@dataclass(frozen=True, slots=True)
class Quotations:
    """Passages under each other; `is_whole` is the list of all passages, where each has its anchor."""

    quotations: tuple[Quotation, ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is known of a case."""

    label: str
    text: Inline


@dataclass(frozen=True, slots=True)
class CodedPassages:
    """The passages of a case under the codes, or the values of variables, that they were coded with."""

    label: str
    quotations: Quotations


@dataclass(frozen=True, slots=True)
class CasePart:
    """The codes of one group in a case; `silent` is what is said where there are none."""

    title: Inline
    codes: tuple[CodedPassages, ...]
    silent: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case: its name with a badge where it was reported in a group, what is known of it, and its passages."""

    anchor: str
    title: str
    badge: Inline
    facts: tuple[Fact, ...]
    parts: tuple[CasePart, ...]


@dataclass(frozen=True, slots=True)
class EvidenceNumber:
    """A number in the appendix: what it is of, its value, and, unless the entry has them for all, what it counts."""

    id: str
    anchor: str
    title: str
    value: str
    unit: str
    badge: Inline = ()
    members: Inline = ()
    is_zero: bool = False
    """Whether nothing is counted: such an entry needs one line only."""


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """Numbers of one thing that rest on the same: the members that they share, and the passages behind them."""

    numbers: tuple[EvidenceNumber, ...]
    shared: Inline = ()
    quotations: Quotations = Quotations(())


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together, under a title where it has one."""

    blocks: tuple[Block, ...]
    kind: GroupKind
    title: str = ""
    anchor: str = ""


Block = Heading | Paragraph | Verbatim | ItemList | Table | Figure | Quotations | CasePage | EvidenceEntry | Group


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report, which the contents list. `kind` says how it looks; its name where it is empty."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    kind: str = ""

    @property
    def anchor(self) -> str:
        """Where the contents link to."""
        return f"part-{self.name}"


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: what is above its contents, its sections in their order, and the lines at its foot.

    `byline` says who made it, or of what; `description` says in a sentence what it is about, for the properties of a
    file; `on_numbers` tells readers of a page on a screen what a number opens, and is empty where none does;
    `opened_title` heads what opens.
    `version` is Benang's.
    """

    language: Language
    title: str
    sections: tuple[Section, ...]
    on_numbers: str
    opened_title: str
    colophon: tuple[Inline, ...]
    byline: Inline = ""
    date: str = ""
    description: str = ""
    version: str = ""
