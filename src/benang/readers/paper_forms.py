"""Which form the file of a paper has, by its content, and its text: PDF, Word, HTML, plain text and Markdown."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.html_text import html_text, is_html
from benang.readers.opening import OLD_OFFICE, ZIP
from benang.readers.pdf import is_pdf
from benang.readers.pdf_text import pdf_text
from benang.readers.source import PAGE_BREAK, Line, PaperText
from benang.readers.word_text import word_text

PAPER_SUFFIXES = (".pdf", ".docx", ".docm", ".dotx", ".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".markdown")
"""How the files of papers are called."""
MARKDOWN = (".md", ".markdown")
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
