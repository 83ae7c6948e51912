"""A report as a PDF."""

from __future__ import annotations

import importlib.util
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from tests.report.flows import flow
from tests.report.invented import content
from tests.report.small_report import CONTROLS, HOSTILE, LONG, report

from benang.errors import BenangError
from benang.figures.prisma_flow import flow_layout, plot_flow
from benang.figures.saving import figure_bytes
from benang.report import Figure, OpenFlow, Paragraph, Section, pdf
from benang.report.pdf import render_pdf
from benang.report.sections import report_blocks
from benang.report.selection import flow_texts


@pytest.fixture(scope="module")
def data() -> bytes:
    """Return the small report as a PDF."""
    return render_pdf(report())


def _texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pypdfium2.PdfDocument(data)]


def _inner(data: bytes) -> bytes:
    return data + b"".join(_streams(data))


def _streams(data: bytes) -> Iterator[bytes]:
    for stream in re.findall(rb"(?s)stream\r?\n(.*?)endstream", data):
        try:
            yield zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue


def test_pages_are_a4_and_numbered(data: bytes) -> None:
    """One that holds a wide figure lies on its side."""
    pages: Any = pypdfium2.PdfDocument(data)
    sizes = [tuple(sorted(map(round, page.get_size()))) for page in pages]

    assert set(sizes) == {(595, 842)}
    assert sum(page.get_size()[0] > page.get_size()[1] for page in pages) == 1
    assert all(text.strip().endswith(f"\n{at}") for at, text in enumerate(_texts(data), 1))


def test_every_page_but_the_first_has_the_title_at_its_head() -> None:
    """In one line, however long it is."""
    title = "Night markets of invented towns " * 9
    texts = _texts(render_pdf(report(title=title)))

    assert len(texts) > 3
    assert all(text.splitlines()[0] == f"{'Night markets of invented towns ' * 3}Night markets…" for text in texts[1:])
    assert "…" not in texts[0].splitlines()[0]


def test_it_is_for_archives_and_for_screen_readers(data: bytes) -> None:
    """PDF/A-2a and PDF/UA-1, which want tags, a language, and words for figures."""
    inner = _inner(data)

    assert b"pdfaid:part>2" in inner
    assert b"pdfaid:conformance>A" in inner
    assert b"pdfuaid:part>1" in inner
    assert b"Two bars for bars: 1 and 2." in inner or "Two bars for bars".encode("utf-16-be") in inner


def test_contents_and_outline_name_the_sections(data: bytes) -> None:
    """Sections, and the headings in them."""
    outline = [one.get_title() for one in pypdfium2.PdfDocument(data).get_toc()]

    assert outline[:4] == ["Question", "Summary", "Leading", "Figures"]
    assert "Hulu" in outline
    assert re.search(r"Cases one by one\s*\.[. ]+\d", _texts(data)[0])


def test_numbers_lead_to_the_appendix_which_names_the_page_they_stand_on(data: bytes) -> None:
    """And names the passages behind them, which are quoted once."""
    text = "\n".join(_texts(data))

    assert _inner(data).count(b"/Subtype/Link") + _inner(data).count(b"/Subtype /Link") > 90
    assert re.search(r"24 cases \[group of 4\] cases/all \(p\. 2\): Hulu", text)
    assert "Passages: P1, P2" in text


def test_the_numbers_and_passages_of_the_appendix_stand_in_two_columns() -> None:
    """No letter stands in the middle of the page, between them; the foot comes before them."""
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(render_pdf(report_blocks(content(), "en")))]
    last = pages[-1]
    middle = 297.6

    assert "coded as" in last.get_text_bounded(right=middle)
    assert not last.get_text_bounded(left=middle - 6, right=middle + 6, bottom=80).strip()
    assert "Made by Benang" not in last.get_text_bounded()
    assert sum("Made by Benang" in page.get_text_bounded() for page in pages) == 1


def test_cases_stand_in_two_columns() -> None:
    """On the page where they begin, no letter stands between the columns, and both have some."""
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(render_pdf(report_blocks(content(), "en")))]
    text = next(one for one in pages[1:] if "Cases one by one" in one.get_text_bounded())
    heading = next(
        text.get_rect(at)
        for at in range(text.count_rects())
        if "Cases one by one" in text.get_text_bounded(*text.get_rect(at))
    )
    middle, below = 297.6, heading[1] - 60

    assert text.get_text_bounded(right=middle - 6, top=below).strip()
    assert text.get_text_bounded(left=middle + 6, top=below).strip()
    assert not text.get_text_bounded(left=middle - 6, right=middle + 6, top=below, bottom=80).strip()


def test_what_follows_a_flow_diagram_fills_the_page_before_it() -> None:
    """A diagram that no longer fits a page goes to the top of the next one, and the text goes on."""
    layout = flow_layout(flow_texts(flow(has_other=True, is_dense=True), "en"))
    svg, png = (figure_bytes(plot_flow(layout), suffix, 60) for suffix in (".svg", ".png"))
    diagram = Figure("figure-prisma", svg.decode(), png, "A flow", "boxes", number=1, flow=OpenFlow(layout, {}))
    before = [Paragraph(f"Sentence {at} before it.") for at in range(12)]
    part = Section("selection", "Selection", (*before, diagram, Paragraph("What follows it.")))
    pages = _texts(render_pdf(replace(report(), sections=(part,))))

    (page,) = (text for text in pages if "Sentence 11 before it." in text)
    assert "What follows it." in page
    assert "A flow" in pages[pages.index(page) + 1]


def test_headers_of_tables_stand_on_every_page(data: bytes) -> None:
    """The long table goes over three pages or more."""
    assert sum("Factor" in text and "Rain" in text and "Cases 1" in text for text in _texts(data)) >= 3


def test_text_is_found_by_search(data: bytes) -> None:
    """Each word stands once where it is seen once, those of figures too, and long ones are whole."""
    text = "\n".join(_texts(data))

    assert "Bandung" in text
    assert "BBaannd" not in text
    assert LONG in text.replace("\n", "")


def test_what_people_wrote_is_never_markup() -> None:
    """Whatever stands in it, the page says it letter by letter."""
    text = " ".join("\n".join(_texts(render_pdf(report(text=HOSTILE, title=HOSTILE)))).split())

    assert text.count(HOSTILE) >= 6


def test_letters_that_no_font_has_are_boxes() -> None:
    """Names in Latin, Greek, Cyrillic and Arabic letters are printed; controls are written out."""
    text = "\n".join(_texts(render_pdf(report(text=f"Łódź Đỗ ş ñ ə Ελ Ждан العربية \ue000 {CONTROLS}"))))

    assert "Łódź Đỗ ş ñ ə Ελ Ждан" in text
    assert "□" in text
    assert r"escape\u001b[31m" in text


def test_the_same_report_gives_the_same_bytes(data: bytes) -> None:
    """The date that PDF/A wants is the report's, or none that could be taken for one."""
    assert render_pdf(report()) == data
    assert b"D:19700101" in data


def test_indonesian_comes_with_its_words() -> None:
    """Captions, contents, and what is said of pages."""
    text = "\n".join(_texts(render_pdf(report("id"))))

    assert "Daftar isi" in text
    assert "Gambar 1. Bars of bars." in text
    assert "(hlm. 2)" in text


def test_without_typst_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One command, or the way without."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(
        BenangError, match=r'typst.* is not installed\. Install it with pip install "benang\[pdf\]", or leave'
    ):
        pdf.check_ready()
