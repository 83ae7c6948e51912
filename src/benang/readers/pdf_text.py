"""PDF → text by page, with what else a paper says of itself, and the place of a passage of that text on its pages.

A paper says of itself: its properties, its links, the size of its letters. A place is a page, and a rectangle for each
line of the passage. A document's text is what the PDF's characters are, in their order, but for blanks, hyphens at the
ends of lines and composed letters. So page and document are compared without these, character by character: the n-th
that is left of the one is the n-th of the other.
"""

from __future__ import annotations

import bisect
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from ctypes import create_string_buffer
from dataclasses import dataclass
from itertools import accumulate

import pypdfium2
import pypdfium2.raw as pdfium

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import FEW_CHARACTERS, PAGE_BREAK, Line, PaperText

EXTRACTOR = "pypdfium2"
"""Which library reads the text; its version goes into what is kept of a paper."""
_HYPHEN = "\ufffe"  # how PDFium writes a hyphen at the end of a line
_BROKEN = re.compile(rf"(\w*){_HYPHEN}\n?(\w*)")
_WORD = re.compile(r"\w+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_PAGES = 5_000
_LONGEST_LINK = 2_048
_one_at_a_time = threading.Lock()  # PDFium may be entered by one thread only, whatever it reads
_PASSWORD, _FORMAT = 4, 3  # PDFium's numbers for what went wrong

_PASSED = frozenset("-\u00ad\u2010\u2011\ufffe\uffff")
_PER_POINT = 100  # PDFium answers in whole units: a hundred of them make a point

_SAME_LINE = 0.4
"""Share of the lower of two boxes by which they overlap when they are in one line: an index overlaps half of it."""

_ASIDE = math.sin(math.pi / 4)


def version() -> str:
    """Name the library that reads the text, with its version.

    Examples
    --------
    >>> version().startswith("pypdfium2 ")
    True
    """
    return f"{EXTRACTOR} {pypdfium2.PYPDFIUM_INFO.version}"


def pdf_text(data: bytes, *, where: str) -> PaperText:
    """Extract a PDF's text, page by page.

    Lines end with LF, letters are composed (NFC), and words that were parted at the end of a line are joined where
    the joined word occurs elsewhere in the paper or the line goes on in small letters.

    Raises
    ------
    BenangError
        Where the file is broken or encrypted, or has no page.
    """
    with opened_pdf(data, where) as document:
        return _text(document, where)


@contextmanager
def opened_pdf(data: bytes, where: str) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF, and close it afterwards; no other thread enters PDFium in the meantime.

    Raises
    ------
    BenangError
        Where the file is broken or encrypted.
    """
    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(error, where) from None
        with closing(document):
            yield document


def _text(document: pypdfium2.PdfDocument, where: str) -> PaperText:
    pages, links, lines = [], [], []
    number_of_pages = len(document)
    for number in range(min(number_of_pages, MOST_PAGES)):
        try:
            raw, page_links, first = _page(document, number)
        except pypdfium2.PdfiumError:
            raw, page_links, first = "", [], []
        pages.append(raw)
        links += [(number, link) for link in page_links]
        lines += first
    properties = {key: _clean(value) for key, value in document.get_metadata_dict().items() if value.strip()}
    if not pages:
        raise BenangError(Problem("a PDF without pages", where=where, way_on="Download it again."))
    mended = _mended(pages)
    scanned = tuple(at for at, page in enumerate(mended, 1) if len(page.strip()) < FEW_CHARACTERS)
    cut = worded("only the first {n} of its {all} pages were read", n=MOST_PAGES, all=number_of_pages)
    return PaperText(
        tuple(mended),
        properties,
        tuple(links),
        scanned,
        tuple(lines),
        extractor=version(),
        remarks=(cut,) if number_of_pages > MOST_PAGES else (),
    )


def _refused(error: Exception, where: str) -> BenangError:
    code = getattr(error, "err_code", None)
    if code == _PASSWORD:
        way_on = "Open it with its password and save or print it without one."
        return BenangError(Problem("a PDF protected with a password", where=where, way_on=way_on))
    kind = "a damaged PDF, or a file that only begins like one" if code == _FORMAT else "a PDF that can't be opened"
    return BenangError(Problem(kind, where=where, way_on="Download it again."))


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[str, list[str], list[Line]]:
    with closing(document[number]) as page, closing(page.get_textpage()) as text_page:
        text = text_page.get_text_range()
        lines = list(_first_lines(text_page, text)) if number == 0 else []
        return text, list(_links(document, page)), lines


def _first_lines(text_page: pypdfium2.PdfTextPage, text: str) -> Iterator[Line]:
    """Give the lines of a page with the height of their letters, by which the title is recognised."""
    at = 0
    for line in text.split("\r\n"):
        heights = Counter(
            round(top - bottom, 1)
            for place in _sample(at, line)
            for _, bottom, _, top in (text_page.get_charbox(place, loose=True),)
        )
        if line.strip() and heights:
            yield Line(_clean(line), heights.most_common(1)[0][0])
        at += len(line) + 2


def _sample(at: int, line: str) -> list[int]:
    """Choose some letters of a line: a superscript at its end should not decide its size."""
    letters = [at + place for place, letter in enumerate(line) if letter.isalpha()]
    return letters[:: max(len(letters) // 10, 1)]


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    place, link = pdfium.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        if 1 < size <= _LONGEST_LINK:
            buffer = create_string_buffer(size)
            pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
            yield buffer.value.decode("utf-8", "replace")


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text)).split())


def _mended(pages: list[str]) -> list[str]:
    """End lines with LF, join what was parted at line ends, compose letters: once, before anything is counted."""
    plain = [page.replace("\r\n", "\n").replace("\r", "\n") for page in pages]
    words = {word for page in plain for word in _WORD.findall(page.casefold())}

    def joined(match: re.Match[str]) -> str:
        before, after = match.groups()
        whole = before + after
        return whole if whole.casefold() in words or after[:1].islower() else f"{before}-{after}"

    mended = [_BROKEN.sub(joined, page) if _HYPHEN in page else page for page in plain]
    return [_CONTROL.sub("", unicodedata.normalize("NFC", page)).rstrip() for page in mended]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle of a page as it is shown, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Rectangle) -> Rectangle:
        """Return the smallest rectangle around two."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What a passage covers of a page (from 1), and the page's size as it is shown, in points (1/72 inch).

    `rectangles` has one for each line, in the order of reading, and none where the page does not hold the words.
    """

    page: int
    width: float
    height: float
    rectangles: tuple[Rectangle, ...]


def pdf_places(data: bytes, text: str, start: int, end: int, *, where: str) -> tuple[PagePlace, ...]:
    """Return the places of a passage in a PDF, one for each page that it runs over.

    Where the page holds other characters than its text (another version of the file, or a text that was taken out in
    another way), the passage is looked for on that page by its characters alone.

    Parameters
    ----------
    data
        The PDF.
    text
        The text that was taken out of it, with form feeds between the pages and no heading.
    start, end
        Half-open offsets of the passage in `text`, in code points.
    where
        The file's name, for messages.

    Raises
    ------
    BenangError
        Where the file is broken or encrypted.
    """
    pages = text.split(PAGE_BREAK)
    begins = list(accumulate((len(page) + 1 for page in pages), initial=0))
    first = bisect.bisect_right(begins, start) - 1
    last = bisect.bisect_left(begins, end) - 1
    places = []
    with opened_pdf(data, where) as document:
        for number in range(max(first, 0), min(last, len(document) - 1) + 1):
            part = max(start - begins[number], 0), min(end - begins[number], len(pages[number]))
            if pages[number][slice(*part)].strip():
                places.append(_place(document, number, pages[number], *part))
    return tuple(places)


def _place(document: pypdfium2.PdfDocument, number: int, text: str, start: int, end: int) -> PagePlace:
    with closing(document[number]) as page, closing(page.get_textpage()) as text_page:
        width, height = page.get_size()
        characters = _characters_at(text_page, text, start, end)
        boxes = [_box(text_page, one) for one in characters]
        lines = tuple(_as_shown(page, line) for line in _lines([one for one in boxes if one.has_area]))
        return PagePlace(number + 1, width, height, lines)


def _characters_at(page: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> Sequence[int]:
    """Return which characters of a page a stretch of its text is."""
    printed, indices = _bare(chr(pdfium.FPDFText_GetUnicode(page, one)) for one in range(page.count_chars()))
    written, offsets = _bare(text)
    first, last = bisect.bisect_left(offsets, start), bisect.bisect_left(offsets, end)
    if printed != written:
        wanted = written[first:last]
        first = _nearest(wanted, printed, round(first * len(printed) / max(len(written), 1)))
        last = first + len(wanted)
        if first < 0:
            return ()
    return range(indices[first], indices[last - 1] + 1) if last > first else ()


def _bare(characters: Iterable[str]) -> tuple[str, list[int]]:
    """Return what is compared of some characters, decomposed (NFKD), and for each of these where it is from.

    What lies beyond the first plane of Unicode (emoji) is passed over: some systems count it twice.
    """
    bare: list[str] = []
    places: list[int] = []
    for place, one in enumerate(characters):
        if one in _PASSED or one > "\uffff" or one.isspace() or not one.isprintable():
            continue
        for part in one if one.isascii() else unicodedata.normalize("NFKD", one):
            if not part.isspace() and part not in _PASSED:
                bare.append(part)
                places.append(place)
    return "".join(bare), places


def _nearest(wanted: str, text: str, near: int) -> int:
    """Return the place of some characters in a text that is nearest to another place; -1 where there is none."""
    if not wanted:
        return -1
    before, behind = text.rfind(wanted, 0, near + len(wanted)), text.find(wanted, near)
    places = [one for one in (before, behind) if one >= 0]
    return min(places, key=lambda one: abs(one - near), default=-1)


@dataclass(frozen=True, slots=True)
class _Box:
    """The box of a character in the page's own coordinates, where y goes up; whether its line runs along x."""

    left: float
    bottom: float
    right: float
    top: float
    is_upright: bool

    @property
    def has_area(self) -> bool:
        return self.right > self.left and self.top > self.bottom

    @property
    def across(self) -> tuple[float, float]:
        """What it covers across its line."""
        return (self.bottom, self.top) if self.is_upright else (self.left, self.right)

    def joined(self, other: _Box) -> _Box:
        return _Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
            self.is_upright,
        )


def _box(page: pypdfium2.PdfTextPage, index: int) -> _Box:
    left, bottom, right, top = page.get_charbox(index, loose=True)
    is_upright = abs(math.sin(pdfium.FPDFText_GetCharAngle(page, index))) < _ASIDE
    return _Box(left, bottom, right, top, is_upright)


def _lines(boxes: Sequence[_Box]) -> Iterator[_Box]:
    """Join the boxes of characters in one line."""
    line: _Box | None = None
    for box in boxes:
        if line is not None and _is_in_line(box, line):
            line = line.joined(box)
        else:
            if line is not None:
                yield line
            line = box
    if line is not None:
        yield line


def _is_in_line(box: _Box, line: _Box) -> bool:
    if box.is_upright != line.is_upright:
        return False
    (low, high), (bottom, top) = box.across, line.across
    return min(high, top) - max(low, bottom) > _SAME_LINE * min(high - low, top - bottom)


def _as_shown(page: pypdfium2.PdfPage, box: _Box) -> Rectangle:
    """Return a box in points of the page as it is shown: cropped, turned, y going down."""
    (x, y), (other_x, other_y) = (_point(page, *one) for one in ((box.left, box.bottom), (box.right, box.top)))
    return Rectangle(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _point(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = pdfium.c_int(), pdfium.c_int()
    size = round(width * _PER_POINT), round(height * _PER_POINT)
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / _PER_POINT, down.value / _PER_POINT
