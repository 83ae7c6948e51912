"""The form of a paper is told by its content; what is none of them says how to get to one."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_papers import made_docx, made_pdf, word_paragraph

from benang.errors import BenangError
from benang.readers.paper_forms import PAPER_SUFFIXES, paper_text

TEXT = "Every stall of the market was open until the lamps went out at ten in the evening."


def _packed(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (made_pdf([TEXT]), "a.pdf"),
        (made_docx(word_paragraph(TEXT)), "a.docx"),
        (f"<!DOCTYPE html><p>{TEXT}".encode(), "a.html"),
        (f"<!DOCTYPE html><p>{TEXT}".encode("utf-16"), "a.txt"),
        (TEXT.encode(), "a.txt"),
        (TEXT.encode("utf-16"), "a.TXT"),
        (f"# Lamps\n\n{TEXT}".encode(), "a b.md"),
        (made_docx(word_paragraph(TEXT)), "download"),
    ],
)
def test_each_form_gives_its_text(data: bytes, name: str) -> None:
    """Also under another name, and with blanks in it."""
    assert "until the lamps went out" in paper_text(data, where=name).text


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.pdf", r"found a picture \(PNG\) that is called a PDF\. Run it through text recog"),
        (b"\xff\xd8\xff\xe0", "a.jpg", r"found a picture \(JPEG\)\. Run it"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a.doc", r"found an old Word file \(\.doc\)\. .* save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "a Word file with a password"),
        (b"{\\rtf1 a}", "a.rtf", r"a rich text file \(\.rtf\)"),
        (_packed(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", r"OpenDocument file \(\.odt\)"),
        (_packed(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a.docx", "found a workbook"),
        (_packed(**{"a.ris": ""}), "a.zip", "found an archive"),
        (b"From: a\nMIME-Version: 1.0\n", "a.mht", "a web archive"),
        (b"a,b\n1,2\n", "a.csv", r"found a file ending in '\.csv'"),
        (b"", "a.txt", "a file without text"),
        (b"not a PDF at all", "a.pdf", "a damaged PDF"),
        (b"not a Word file", "a.docx", "a damaged Word file"),
        (b"\x00\x01\x02" * 50, "a.txt", "a binary file"),
    ],
)
def test_what_is_no_paper_says_the_way_on(data: bytes, name: str, message: str) -> None:
    """Each is told by its content, whatever it is called."""
    with pytest.raises(BenangError, match=message):
        paper_text(data, where=name)


def test_plain_text_stays_as_it_is() -> None:
    """No letter is composed, no blank squeezed; its form feeds part pages."""
    paper = paper_text("Nai\u0308ve  sellers\n\fPage two\n".encode(), where="a.txt")

    assert paper.pages == ("Nai\u0308ve  sellers", "Page two")
    assert paper.has_pages
    assert paper.text == "Nai\u0308ve  sellers\n\fPage two"


@given(st.binary(max_size=200), st.sampled_from(PAPER_SUFFIXES))
def test_any_bytes_end_in_text_or_a_message(data: bytes, suffix: str) -> None:
    """Whatever it is called."""
    with contextlib.suppress(BenangError):
        assert paper_text(data, where=f"a{suffix}").pages
