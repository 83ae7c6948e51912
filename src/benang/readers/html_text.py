"""A page of the web → its text as a reader sees it: no scripts, nothing hidden, paragraphs parted by empty lines."""

from __future__ import annotations

import codecs
import platform
import re
from collections import Counter
from html.parser import HTMLParser
from typing import NamedTuple

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.source import FEW_CHARACTERS, Line, PaperText, composed


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_UNSEEN = _words(
    "script style template noscript nav svg iframe object canvas audio video select button textarea dialog head"
)
"""Elements without text of the page: HTML's own that are not shown, lists of links, what is played or filled in."""
_BLOCKS = _words(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody
    tfoot thead title ul
    """
)
_ENDED_BY = {
    "p": _BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "th": frozenset({"td", "th", "tr", "tbody", "tfoot"}),
    "option": frozenset({"option", "optgroup"}),
    "head": frozenset({"body"}),
}
"""Elements whose end may be left out, and the elements that end them (HTML Living Standard, 13.1.2.4)."""
_HEIGHTS = {"h1": 18.0, "h2": 14.0}
_TEXT_HEIGHT = 11.0
_BEGINNING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page names its encoding; the standard asks for the first 1,024
_TELLING = {"citation_doi": "DOI", "dc.identifier": "DOI", "prism.doi": "DOI", "citation_title": "Title"}
"""What publishers' pages say of the paper (Highwire, Dublin Core, PRISM), and the property for it."""
_BLANKS = re.compile(r"[^\S\n\t]+")
_AROUND = re.compile(r" ?([\n\t]) ?")


def is_html(head: str) -> bool:
    """Recognise a page of the web by its beginning.

    Examples
    --------
    >>> is_html("<!DOCTYPE html>"), is_html("<?xml version='1.0'?><html xmlns='x'>"), is_html("<records>")
    (True, True, False)
    """
    return _BEGINNING.match(head) is not None


def html_text(data: bytes, *, where: str) -> PaperText:
    r"""Take the text out of a page of the web.

    Blanks are squeezed, paragraphs, headings and items of lists are between empty lines, rows of tables in lines of
    their own with tabs between the cells. The encoding is that of a byte order mark, else what the page names.

    Raises
    ------
    BenangError
        Where it is no text, or has hardly any.

    Examples
    --------
    >>> page = b"<h1>Rents</h1><script>x</script><p>They <b>doubled</b>\n &amp; fell" + b" again" * 9
    >>> html_text(page, where="a.html").pages[0][:32]
    'Rents\n\nThey doubled & fell again'
    """
    text = decoded(data, where=where, encoding=_encoding(data))
    reader = _Reader()
    reader.feed(text.data.decode("utf-8"))
    reader.close()
    paragraphs = reader.paragraphs()
    page = composed("\n\n".join(text for text, _ in paragraphs))
    if len(page) < FEW_CHARACTERS:
        problem = "a web page with almost no text, which a script may load only when the page is displayed"
        raise BenangError(Problem(problem, where=where, way_on="Open it in a browser and save or print it as PDF."))
    remarks = [worded("the page ends before its text does; it may have been cut off")] if reader.is_cut else []
    return PaperText(
        (page,),
        reader.properties,
        first_lines=tuple(Line(composed(" ".join(text.split())), height) for text, height in paragraphs[:40]),
        extractor=f"Benang (HTML), Python {platform.python_version()}",
        has_pages=False,
        remarks=(*remarks, *text.notes),
    )


def _encoding(data: bytes) -> str | None:
    """Return the encoding that a page names where its bytes don't show one; pages take Latin-1 for Windows-1252."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        data.decode("utf-8")
        return None
    except UnicodeDecodeError:
        pass
    try:
        name = codecs.lookup(match[1].decode()).name
        data.decode("cp1252" if name == "iso8859-1" else name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if name == "iso8859-1" else name


class _Element(NamedTuple):
    """An element that is open: whether it is hidden, and whether its lines are kept as they are set (`pre`)."""

    tag: str
    is_hidden: bool
    is_set: bool


class _Reader(HTMLParser):
    """Goes through a page and gathers what is seen of it, paragraph by paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.properties: dict[str, str] = {}
        self.is_cut = False
        self._open: list[_Element] = []
        self._names: Counter[str] = Counter()
        self._done: list[tuple[str, float]] = []
        self._parts: list[str] = []
        self._height = _TEXT_HEIGHT
        self._title: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element: a block ends the paragraph before it."""
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._tell(values)
        while self._open and tag in _ENDED_BY.get(self._open[-1].tag, frozenset()):
            self._end()
        self._separate(tag)
        if tag in _HEIGHTS:
            self._height = _HEIGHTS[tag]
        if tag not in _VOID:
            around = self._open[-1] if self._open else _Element("", is_hidden=False, is_set=False)
            is_hidden = around.is_hidden or tag in _UNSEEN or _is_hidden(values)
            self._open.append(_Element(tag, is_hidden, around.is_set or tag == "pre"))
            self._names[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all that is open in it; an end without a beginning is ignored."""
        if tag == "q":
            self._parts.append("”")
        if self._names[tag]:
            while self._end() != tag:
                pass
        elif tag == "p":
            self._paragraph_ends()

    def handle_data(self, data: str) -> None:
        """Take text where it is seen."""
        here = self._open[-1] if self._open else _Element("", is_hidden=False, is_set=False)
        if here.tag == "title" and [one.tag for one in self._open[-2:-1]] in ([], ["head"], ["html"]):
            self._title.append(data)
        elif not here.is_hidden:
            self._parts.append(data if here.is_set else re.sub(r"\s+", " ", data))

    def paragraphs(self) -> list[tuple[str, float]]:
        """Return the paragraphs with the height of their letters."""
        self.is_cut = bool(self._names["html"] + self._names["body"]) and bool("".join(self._parts).strip())
        self._paragraph_ends()
        if title := " ".join("".join(self._title).split()):
            self.properties.setdefault("Title", title)
        return self._done

    def _tell(self, values: dict[str, str]) -> None:
        name = _TELLING.get(values.get("name", values.get("property", "")).lower())
        if name and values.get("content", "").strip():
            self.properties.setdefault(name, " ".join(values["content"].split()))

    def _end(self) -> str:
        """End the innermost element, and return its name."""
        tag = self._open.pop().tag
        self._names[tag] -= 1
        if tag in _BLOCKS:
            self._paragraph_ends()
        return tag

    def _separate(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._paragraph_ends()
        if tag == "li":
            self._parts.append("• ")
        elif tag in ("br", "tr"):
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._parts.append("\t")
        elif tag == "q":
            self._parts.append("“")

    def _paragraph_ends(self) -> None:
        text = _AROUND.sub(r"\1", _BLANKS.sub(" ", "".join(self._parts)))
        lines = (line.strip() for line in text.split("\n"))
        kept = "\n".join(line for line in lines if line)
        if kept.strip("• "):
            self._done.append((kept, self._height))
        if kept != "•":  # the item's own paragraph follows its mark
            self._parts.clear()
        self._height = _TEXT_HEIGHT


def _is_hidden(values: dict[str, str]) -> bool:
    return (
        "hidden" in values
        or values.get("aria-hidden") == "true"
        or values.get("role") == "navigation"
        or _HIDDEN.search(values.get("style", "")) is not None
    )
