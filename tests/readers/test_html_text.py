"""A page of the web is read as a reader sees it."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.html_text import html_text

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
def test_any_bytes_end_in_text_or_a_message(data: bytes) -> None:
    """Whatever is called a page."""
    with contextlib.suppress(BenangError):
        assert html_text(b"<html>" + data, where="a.html").pages[0]
