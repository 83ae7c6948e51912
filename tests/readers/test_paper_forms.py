"""The form of a paper is told by its content; what is none of them says how to get to one."""

from __future__ import annotations

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_papers import made_docx, made_pdf, word_paragraph

from benang.errors import BenangError
from benang.readers.paper_forms import PAPER_SUFFIXES, html_text, paper_text

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


LONG = "<p>Every stall of the market was open until the lamps went out at ten in the evening.</p>"


def _first(body: str) -> str:
    page = html_text(f"<body>{body}{LONG}</body>".encode(), where="a.html").pages[0]
    return page.partition("\n\nEvery stall")[0]


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>Every <b>second</b> stall was\n empty &amp; dark.</p>", "Every second stall was empty & dark."),
        ("<p>One<p>Two", "One\n\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>Rents<li><p>Permits</p></ul>", "• Rents\n\n• Permits"),
        ("<table><tr><td>2017<td>4<tr><td>2018<td>8</table>", "2017\t4\n2018\t8"),
        ("<nav>Home</nav><script>if (a < b) {}</script><style>p{}</style>Seen<p hidden>no<p>Too", "Seen\n\nToo"),
        ("<div style='display: none'><p>no</div><div aria-hidden=true>no</div>Seen", "Seen"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>caf&eacute; na&#x69;&#x308;ve &shy;&zwnj;</p>", "café naïve \u200c".strip()),
        ("<p dir=rtl>أُغلق في الشتاء</p><p>\U0001f9fa</p>", "أُغلق في الشتاء\n\n\U0001f9fa"),
        ("</div></p><b>Crossed <i>tags</b> are</i> read", "Crossed tags are read"),
    ],
)
def test_what_is_seen_is_read(body: str, seen: str) -> None:
    """Paragraphs between empty lines, blanks squeezed, entities as letters, nothing hidden."""
    assert _first(body) == seen


def test_the_head_tells_title_and_doi() -> None:
    """As publishers' pages do; neither is text of the page."""
    head = '<title>Night\n markets</title><meta name="citation_doi" content="10.1234/jt.5"><h1>Rents</h1>'
    paper = html_text(f"<html><head>{head}</head>{LONG}</html>".encode(), where="a.html")

    assert paper.properties == {"Title": "Night markets", "DOI": "10.1234/jt.5"}
    assert paper.pages[0].startswith("Every stall") or paper.pages[0].startswith("Rents")


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [("windows-1251", '<meta charset="windows-1251">'), ("cp1252", '<meta charset="iso-8859-1">'), ("utf-8", ""),
     ("utf-16", ""), ("cp1252", "")],
)  # fmt: skip
def test_a_page_is_read_in_its_encoding(encoding: str, meta: str) -> None:
    """By its byte order mark or what it names; what names Latin-1 is Windows-1252, as browsers have it."""
    words = "рынок" if encoding == "windows-1251" else "“naïve”"
    page = f"<html><head>{meta}</head><body><p>{words}</p>{LONG}</body></html>".encode(encoding)

    assert html_text(page, where="a.html").pages[0].startswith(words)


def test_a_page_that_was_cut_off_says_so() -> None:
    """What there is is read."""
    paper = html_text(b"<html><body><p>" + LONG.encode() + b"<p>And then", where="a.html")

    assert paper.pages[0].endswith("And then")
    assert paper.remarks == ("the page ends before its text does; it may have been cut off",)


def test_a_page_that_a_program_fills_is_refused() -> None:
    """There is nothing in it to be quoted."""
    with pytest.raises(BenangError, match=r"almost no text.*print it as PDF"):
        html_text(b"<html><body><div id=app></div><script src=a.js></script></body></html>", where="a.html")


def test_a_page_of_many_tags_that_nothing_closes_is_read_at_once() -> None:
    """Fifty thousand open elements, and as many ends that nothing began."""
    begin = time.monotonic()
    html_text(("<b>" * 50_000 + "x</i>" * 50_000 + LONG).encode(), where="a.html")

    assert time.monotonic() - begin < 10


@given(st.binary(max_size=300))
def test_any_bytes_of_a_page_end_in_text_or_a_message(data: bytes) -> None:
    """Whatever is called a page."""
    with contextlib.suppress(BenangError):
        assert html_text(b"<html>" + data, where="a.html").pages[0]
