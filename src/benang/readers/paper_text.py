"""The text of a paper, whatever form its file has: its pages, and what it tells of itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

FEW_CHARACTERS = 50
"""A page with fewer has no text of its own: it is a scan, or a picture."""
PAGE_BREAK = "\f"
"""What stands between two pages of a document: a form feed, as text tools have written it for decades."""
_PAGE = 3_000  # characters of a printed page
_UNSEEN = {*range(0x20), 0x7F, 0xFFFE, 0xFFFF, 0xAD, *range(0xFDD0, 0xFDF0)} - {0x09, 0x0A}
_DROPPED = dict.fromkeys(_UNSEEN)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first page and the height of its letters, in points."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the file of a paper holds: the text of each page, its properties (`Title`, …), its links by page (from 0).

    `scanned` are the pages, from 1, that have hardly any text. `first_lines` are those of page 1 with their height; a
    form that has no heights gives its titles and headings heights of their own, so that they stand out. A text without
    pages (`has_pages`) is one page. `extractor` names what took out the text, with its version; `remarks` is what must
    be said of it (a `Worded` in the user's language), and `heading` what its document's heading keeps besides.
    """

    pages: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[int, str], ...] = ()
    scanned: tuple[int, ...] = ()
    first_lines: tuple[Line, ...] = ()
    extractor: str = ""
    has_pages: bool = True
    remarks: tuple[str, ...] = ()
    heading: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of all pages, with form feeds between them."""
        return f"\n{PAGE_BREAK}".join(page.replace(PAGE_BREAK, "\n") for page in self.pages)


def in_pages(paper: PaperText) -> PaperText:
    r"""Return a text without pages in pieces as long as a printed page, parted between lines.

    What tells a paper stands on its first pages, and a text without pages has some too.

    Examples
    --------
    >>> [len(page) for page in in_pages(PaperText(("word\n" * 1000,), has_pages=False)).pages]
    [3000, 1999]
    """
    if paper.has_pages:
        return paper
    pages: list[str] = []
    rest = paper.text
    while len(rest) > _PAGE:
        at = rest.find("\n", _PAGE - 1) + 1 or len(rest)
        pages.append(rest[:at])
        rest = rest[at:]
    return replace(paper, pages=(*pages, rest.rstrip("\n")))


def composed(text: str) -> str:
    r"""Return a text with composed letters (NFC), without control characters and what no reader sees.

    Soft hyphens go; what joins emoji and turns the direction of writing stays.

    Examples
    --------
    >>> composed("Nai\u0308ve\x00 sel\u00adlers")
    'Naïve sellers'
    """
    return unicodedata.normalize("NFC", text.translate(_DROPPED))
