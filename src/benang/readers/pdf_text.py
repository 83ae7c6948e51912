"""PDF → text by page, with what else a paper says of itself: its properties, its links, the size of its letters."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.source import FEW_CHARACTERS, Line, PaperText

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
        lines = list(_lines(text_page, text)) if number == 0 else []
        return text, list(_links(document, page)), lines


def _lines(text_page: pypdfium2.PdfTextPage, text: str) -> Iterator[Line]:
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
