"""What a report is made of: blocks, and runs of text within them, that know nothing of HTML, Word or PDF.

A renderer goes through `Report.sections` and their blocks with one `match`, and through the runs of each text with
another. Whatever says how it looks (`kind`) is a name that each renderer maps to a class or a style of its own; a name
that it doesn't know is plain. Anchors are unique in a report; a run that refers to one names a block, an item of a
list, a row of a table, a quotation or a number of the appendix.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from benang.locale import Language

SpanKind = Literal[
    "with-badge", "where", "remark", "holds", "contradicted", "cannot-be-told", "place", "scope", "secondary"
]
"""A number with the badge beside it, kept on one line; where a claim stands; a remark; the three verdicts; and of a
quotation its place, how many cases it speaks for, and that it comes at second hand."""
ParagraphKind = Literal["", "note", "question", "silent", "absent"]
"""A note below something; the question of the review; what is said where there are no passages, or no data."""
ListKind = Literal["leading", "claims", "limits", "references", "unplaced"]
GroupKind = Literal["corpus-part", "numbers", "all-passages"]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Text in italics, such as the name of a journal."""

    content: Inline


@dataclass(frozen=True, slots=True)
class Superscript:
    """A mark above the line."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A name of a file, an id or a hash, as computers write them; `whole` where only its beginning is shown."""

    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a text."""


@dataclass(frozen=True, slots=True)
class NumberReference:
    """A number that opens: its id in `evidence.json`, its value as written, and the anchor of its `EvidenceNumber`.

    `description` says in a sentence what opens, for those who hear the page instead of seeing it.
    """

    id: str
    value: str
    anchor: str
    description: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark beside a number or a title whose cases a study reports once as a group; `explanation` says which."""

    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A work as the text cites it; `anchor` is that of its entry in a list of references, `key` the work's own."""

    key: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FigureReference:
    """The number of a figure of the report, as a link to it."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an anchor of the report."""

    content: Inline
    anchor: str


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An address out there, shown as it is; it begins with `http://` or `https://`."""

    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is set apart from its neighbours by what it says."""

    content: Inline
    kind: SpanKind


Run = (
    str
    | Emphasis
    | Superscript
    | Code
    | Break
    | NumberReference
    | Badge
    | Citation
    | FigureReference
    | Link
    | ExternalLink
    | Span
)
"""A piece of a text; a plain one is a `str`, and always text, never markup."""
Runs = tuple[Run, ...]
Inline = Run | Runs
"""A text: one piece or several. `runs` gives the pieces of any."""


def runs(*parts: Inline) -> Runs:
    """Return the pieces of texts that follow each other, with plain text that touches as one and empty text left out.

    Examples
    --------
    >>> runs("a", ("b", Superscript("2")), "")
    ('ab', Superscript(text='2'))
    """
    flat = [run for part in parts for run in (part if isinstance(part, tuple) else (part,))]
    pieces: list[Run] = []
    for is_text, group in groupby(flat, key=lambda run: isinstance(run, str)):
        if not is_text:
            pieces += group
        elif text := "".join(run for run in group if isinstance(run, str)):
            pieces.append(text)
    return tuple(pieces)


def joined(separator: Inline, parts: Iterable[Inline]) -> Runs:
    """Join texts, with the separator between each two.

    Examples
    --------
    >>> joined("; ", ["a", Code("b"), "c"])
    ('a; ', Code(text='b', whole=''), '; c')
    """
    between: list[Inline] = []
    for part in parts:
        between += [separator, part] if between else [part]
    return runs(*between)


def plain(text: Inline) -> str:
    """Return the words of a text alone.

    Examples
    --------
    >>> plain(("In ", Emphasis(("Jurnal ", Code("Kota")))))
    'In Jurnal Kota'
    """
    return "".join(_words(run) for run in runs(text))


def _words(run: Run) -> str:
    match run:
        case str():
            return run
        case Emphasis(content) | Link(content) | Span(content):
            return plain(content)
        case Superscript(text) | Code(text) | Badge(text) | Citation(text=text):
            return text
        case NumberReference(value=value):
            return value
        case FigureReference(number):
            return str(number)
        case ExternalLink(address):
            return address
        case Break():
            return " "


def anchor(kind: str, key: str) -> str:
    """Return the anchor of an id in a report: the same for the same id, and never the same for two.

    Letters, digits and hyphens stay, a slash becomes a dot, and any other character its code point between
    underscores.

    Examples
    --------
    >>> anchor("n", "factors/pandemic/cases"), anchor("n", "a b"), anchor("n", "a_20_b")
    ('n-factors.pandemic.cases', 'n-a_20_b', 'n-a_5f_20_5f_b')
    """
    safe = re.sub(r"[^A-Za-z0-9/-]", lambda character: f"_{ord(character[0]):x}_", key)
    return f"{kind}-{safe.replace('/', '.')}"


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
class Item:
    """An item of a list; `label` stands before it and `quote`, a quotation, below it."""

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
class Figure:
    """A figure, as the text of an SVG file, the bytes of a PNG file or both; `alt` says in words what it shows.

    `number` counts from 1 through the report and is 0 until it is known.
    """

    anchor: str
    svg: str | None
    png: bytes | None
    caption: Inline
    alt: str
    notes: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage, quoted: its number among all passages, the ids of those that are shown as one, and what is known.

    `of` names the cases that it is of, and is empty under the case itself; `details` are its study, its codes, its
    place and its coder, as far as they are wanted where it stands.
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
        """Where the passage stands in the list of all passages."""
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


Block = Heading | Paragraph | ItemList | Table | Figure | Quotations | CasePage | EvidenceEntry | Group


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
    """A report, whole: what stands above its contents, its sections in their order, and the lines at its foot.

    `byline` says who made it, or of what; `description` says in a sentence what it is about, for the properties of a
    file; `on_numbers` tells readers of a page on a screen what a number opens, and `opened_title` heads what opens.
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
