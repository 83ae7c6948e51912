"""The text of a report as runs of Word: links to bookmarks, references as fields, and the bookmarks themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    runs,
)
from benang.report.on_paper import VERDICTS, fit, use_of
from benang.report.word import ooxml
from benang.report.word.ooxml import bookmark_name, run, words

ITALIC = frozenset({"secondary"})


@dataclass
class Text:
    """One pass over the text of a report.

    Attributes
    ----------
    anchors
        Every anchor that something in the report has; a link to another is plain text.
    styles
        The ids of styles by their names.
    relate
        Gives the relationship of an address out there.
    used
        The anchors of the numbers that have stood in the text so far.
    bookmarks
        How many bookmarks there are so far: their numbers are unique in a document.
    """

    anchors: frozenset[str]
    styles: Mapping[str, str]
    relate: Callable[[str], str]
    used: set[str] = field(default_factory=set)
    bookmarks: int = 0

    def of(self, text: Inline, *, bold: bool = False, italic: bool = False) -> str:
        """Return the runs of a text."""
        return "".join(self._run(one, bold, italic) for one in runs(text))

    def plain(self, text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
        """Return text as one run, in a style for characters by its name."""
        return run(words(text), style=self.styles[style] if style else "", bold=bold, italic=italic) if text else ""

    def mark(self, content: str, anchor: str) -> str:
        """Return content under a bookmark; as it is where there is no anchor."""
        if not anchor:
            return content
        self.bookmarks += 1
        return ooxml.bookmark(content, anchor, self.bookmarks)

    def link(self, content: str, anchor: str, tooltip: str = "") -> str:
        """Return runs as a link, or as they are where nothing has the anchor."""
        return ooxml.link(content, anchor, tooltip) if anchor in self.anchors else content

    def _run(self, one: Run, bold: bool, italic: bool) -> str:
        match one:
            case str():
                return run(words(one), bold=bold, italic=italic)
            case NumberReference():
                return self._number(one, bold)
            case Emphasis(content):
                return self.of(content, bold=bold, italic=not italic)
            case Span(content, kind):
                return self.of(content, bold=bold or kind in VERDICTS, italic=italic or kind in ITALIC)
            case Break():
                return run("<w:br/>")
            case Superscript(text):
                return run(words(text), bold=bold, raised=True)
            case _:
                return self._set_apart(one, bold, italic)

    def _set_apart(
        self, one: Code | Badge | Citation | FigureReference | Link | ExternalLink, bold: bool, italic: bool
    ) -> str:
        match one:
            case Code(text):
                return self.plain(text, style="Benang Code")
            case Badge(text):
                return self.plain(f"[{text}]", style="Benang Badge")
            case Citation(text=text, anchor=anchor):
                return self.link(self.plain(text, style="Benang Link"), anchor)
            case FigureReference(number, anchor):
                return self._figure(number, anchor)
            case Link(content, anchor):
                inside = "".join(self._linked(part, bold, italic) for part in runs(content))
                return self.link(inside, anchor)
            case ExternalLink(address):
                return ooxml.address(self.plain(address, style="Benang Link"), self.relate(fit(address)))

    def _linked(self, one: Run, bold: bool, italic: bool) -> str:
        """Return a piece of what is a link already: within one, Word takes no other."""
        if isinstance(one, str):
            return self.plain(one, bold=bold, italic=italic, style="Benang Link")
        if isinstance(one, NumberReference):
            return self.plain(one.value, style="Benang Link")
        return self._run(one, bold, italic)

    def _number(self, one: NumberReference, bold: bool) -> str:
        """Return a number that leads to the appendix; where it stands for the first time, the appendix leads back."""
        value = self.link(self.plain(one.value, bold=bold, style="Benang Number"), one.anchor, one.description)
        if one.anchor not in self.anchors or one.anchor in self.used:
            return value
        self.used.add(one.anchor)
        return self.mark(value, use_of(one.anchor))

    def _figure(self, number: int, anchor: str) -> str:
        value = self.plain(str(number), style="Benang Link")
        if anchor not in self.anchors:
            return self.plain(str(number))
        return ooxml.field(f"REF {bookmark_name(anchor)} \\h", value)
