"""Which form the file of a paper has, by its content, and its text: PDF, Word, HTML, plain text and Markdown.

A page of the web becomes text as a reader sees it: no scripts, nothing hidden, paragraphs parted by empty lines.
"""

from __future__ import annotations

import codecs
import io
import platform
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import PurePath
from typing import NamedTuple

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import FEW_CHARACTERS, PAGE_BREAK, Line, PaperText, composed
from benang.readers.opening import OLD_OFFICE, ZIP
from benang.readers.pdf import is_pdf
from benang.readers.pdf_text import pdf_text
from benang.readers.word_text import word_text

PAPER_SUFFIXES = (".pdf", ".docx", ".docm", ".dotx", ".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown")
"""How the files of papers are called."""
MARKDOWN = (".md", ".markdown")
_BEGINNINGS = {
    ".pdf": b"%PDF",
    **dict.fromkeys((".docx", ".docm", ".dotx"), ZIP),
    **dict.fromkeys((".html", ".htm", ".xhtml"), b"<"),
    **dict.fromkeys((".md", ".markdown"), b""),
}
"""Files that are papers by their suffixes alone, and what is near their beginning."""
_WORD, _PAGE = (".docx", ".docm", ".dotx"), (".html", ".htm", ".xhtml")
_PLAIN = (".txt", ".text", *MARKDOWN)
_FORMS = "a PDF, a Word file (.docx), HTML, plain text or Markdown"
_IMAGES = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"), (b"RIFF", "WebP"),
)  # fmt: skip
_PACKAGES = {
    "application/vnd.oasis.opendocument": (
        "an OpenDocument file (.odt)",
        "Open it and save it as Word (.docx) or PDF.",
    ),
    "application/epub": ("an e-book (EPUB)", "Convert it to PDF or HTML."),
}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 2_048
_HEADING = re.compile(r"(#{1,2})[ \t]+(\S[^\n]*)")
_HEIGHTS = {"#": 18.0, "##": 14.0}


def is_paper(name: str, data: bytes) -> bool:
    """Tell a paper by the suffix of its name; one whose content is something else is refused.

    Raises
    ------
    BenangError
        For a file that is no paper of the kind that its name says.

    Examples
    --------
    >>> is_paper("a.pdf", b"%PDF-1.7"), is_paper("scopus.csv", b"Authors,Title")
    (True, False)
    """
    suffix = PurePath(name).suffix.lower()
    mark = _BEGINNINGS.get(suffix)
    if mark is None:
        return False
    if mark not in data[:_HEAD]:
        fault = worded("this is not a {form} file, despite its name", form=suffix[1:].upper())
        raise BenangError(Problem(fault, where=name, way_on="Download it again."))
    return True


def paper_text(data: bytes, *, where: str) -> PaperText:
    r"""Take out the text of a paper, in whatever form it is.

    Raises
    ------
    BenangError
        For a form that is none of these, with the way to one, and for a file that can't be read.

    Examples
    --------
    >>> paper_text(b"# Pasar malam\n\nSewa naik.\n", where="a.md").first_lines
    (Line(text='Pasar malam', height=18.0), Line(text='Sewa naik.', height=11.0))
    """
    suffix = PurePath(where).suffix.lower()
    head = data[:_HEAD].decode("latin-1")
    if is_pdf(head):
        return pdf_text(data, where=where)
    _refuse_other(data, head, suffix, where)
    if data.startswith(ZIP) or suffix in _WORD:
        return word_text(data, where=where)
    if suffix == ".pdf":
        return pdf_text(data, where=where)
    if suffix in _PAGE or is_html(_unmarked(data)):
        return html_text(data, where=where)
    if suffix not in _PLAIN:
        raise BenangError(Problem(worded("a file ending in '{suffix}'", suffix=suffix) if suffix else "a file "
                                         "of unknown format", where=where,
                                  expected=_FORMS, way_on="Save it as one of these."))  # fmt: skip
    return _plain_text(data, where)


def _unmarked(data: bytes) -> str:
    """Return how a text begins, in whatever encoding of Unicode."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if data.startswith(mark):
            return data[len(mark) : _HEAD].decode(name, "ignore")
    return data[:_HEAD].decode("latin-1")


def _refuse_other(data: bytes, head: str, suffix: str, where: str) -> None:
    """Refuse what is of a form of its own, with the way to one that can be read."""
    kind, way_on = "", ""
    image = next((name for start, name in _IMAGES if data.startswith(start)), "")
    if image and (suffix not in _PLAIN or b"\x00" in data):
        kind = (
            worded("a picture ({image}) that is called a PDF", image=image)
            if suffix == ".pdf"
            else worded("a picture ({image})", image=image)
        )
        way_on = "Run it through text recognition (OCR) and save it as a PDF with text."
    elif data.startswith(OLD_OFFICE):
        kind, way_on = "an old Word file (.doc)", "Open it in Word or LibreOffice and save it as .docx."
        if _ENCRYPTED in data:
            kind, way_on = "a Word file with a password", "Open it, remove the password and save it."
    elif head.startswith("{\\rtf"):
        kind, way_on = "a rich text file (.rtf)", "Open it in Word or LibreOffice and save it as .docx."
    elif re.match(r"(?:From: [^\n]*\n)?(?:[\w-]+: [^\n]*\n){0,8}MIME-Version:", head, re.IGNORECASE):
        kind, way_on = "a web archive (.mht)", "Save the page as 'HTML only', or print it as PDF."
    elif data.startswith(ZIP):
        kind, way_on = _other_package(data)
    if kind:
        raise BenangError(Problem(kind, where=where, expected=_FORMS, way_on=way_on))


def _other_package(data: bytes) -> tuple[str, str]:
    """Say what a package that is no Word file is; nothing where it is one, or can't be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            kind = package.open("mimetype").read(200).decode("latin-1") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "", ""
    for start, other in _PACKAGES.items():
        if kind.startswith(start):
            return other
    if "[Content_Types].xml" in names and not any(name.startswith(("xl/", "ppt/")) for name in names):
        return "", ""
    if any(name.startswith("ppt/") for name in names):
        return "a PowerPoint file", "Save it as PDF."
    if any(name.startswith("xl/") for name in names):
        return "a workbook", "Save the parts to be quoted as PDF or text."
    return "an archive", "Unpack it and name the papers in it."


def _plain_text(data: bytes, where: str) -> PaperText:
    """Read a text as it is, in UTF-8 with LF at the ends of its lines; form feeds part its pages."""
    text = decoded(data, where=where)
    whole = text.data.decode("utf-8")
    if not whole.strip():
        raise BenangError(Problem("a file without text", where=where, way_on="Save it again and check it."))
    pages = [page.removesuffix("\n") for page in whole.split(PAGE_BREAK)]
    lines = (line.strip() for line in whole.splitlines())
    return PaperText(
        tuple(pages),
        first_lines=tuple(_line(line) for line in [line for line in lines if line][:40]),
        extractor="as it is",
        has_pages=len(pages) > 1,
        remarks=text.notes,
    )


def _line(line: str) -> Line:
    match = _HEADING.match(line)
    return Line(match[2].rstrip("# "), _HEIGHTS[match[1]]) if match else Line(line, 11.0)


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
_PAGE_HEIGHTS = {"h1": 18.0, "h2": 14.0}
_TEXT_HEIGHT = 11.0
_BEGINNING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_PAGE_HEAD = 4_096  # bytes in which a page names its encoding; the standard asks for the first 1,024
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
    match = _CHARSET.search(data[:_PAGE_HEAD])
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
        if tag in _PAGE_HEIGHTS:
            self._height = _PAGE_HEIGHTS[tag]
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
