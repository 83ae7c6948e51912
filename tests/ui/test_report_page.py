"""The report in a browser: numbers open where they stand, on a screen of any width, and the page prints.

Needs Chromium: `apt-get install chromium`. Where it is absent these tests are skipped, but not in CI.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browsers import chromium
from tests.report.flows import flow
from tests.report.invented import ATTACK, content

from benang.figures.map_figures import plot_map
from benang.figures.prisma_flow import flow_layout
from benang.figures.saving import figure_bytes
from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.report import Figure, OpenFlow, Paragraph, Report, Section
from benang.report.html import html_page
from benang.report.inline import NumberReference, anchor
from benang.report.sections import report_blocks
from benang.report.selection import flow_texts

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; skip, or fail in CI, where there is none."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the invented report as a file."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html_page(report_blocks(content(), "en")), encoding="utf-8")
    return path.as_uri()


def opened(context: BrowserContext, address: str, said: list[str]) -> Page:
    """Open the report, and note whatever the browser complains of or tries to load."""
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith(("data:", "file:")) else None
    )
    page.goto(address)
    return page


@pytest.fixture
def said() -> list[str]:
    """Return what the browser said; a page in order says nothing."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, said: list[str]) -> Iterator[Page]:
    """Return the report on a desktop screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened(context, address, said)
    context.close()


def test_a_click_opens_the_cases_and_passages_behind_a_number(page: Page, said: list[str]) -> None:
    """The panel shows the value, what is counted, and the quotes with their documents."""
    page.locator('a[data-number="reasons/rain/cases"]').first.click()

    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h2")).to_have_text("Rain")
    expect(panel.locator(".value b")).to_have_text("3")
    expect(panel.locator(".members")).to_contain_text("Hulu – Muara")
    expect(panel.locator("blockquote")).to_have_count(2)
    expect(panel).to_contain_text("rain kept buyers away")
    expect(panel).to_contain_text(ATTACK)
    expect(panel).to_contain_text("documents/group2019.md")
    expect(panel).to_contain_text("reported once for 2 cases together")
    assert said == []


def test_a_number_that_shares_its_passages_opens_its_own_count(page: Page) -> None:
    """Studies of rain are two, on the same passages."""
    page.locator('a[data-number="reasons/rain/studies"]').first.click()

    expect(page.locator("#panel .value b")).to_have_text("2")
    expect(page.locator("#panel .members")).to_have_text("Sari, 2018; Wibowo, n.d.")
    expect(page.locator("#panel blockquote")).to_have_count(2)


def test_enter_opens_and_escape_closes_with_the_focus_back_on_the_number(page: Page, said: list[str]) -> None:
    """The keyboard is enough."""
    number = page.locator('a[data-number="reasons/dark/cases"]').first
    number.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("#panel")).to_contain_text("The lamps were weak.")

    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(number).to_be_focused()
    assert said == []


def test_the_focus_stays_in_the_open_panel(page: Page) -> None:
    """Tab goes round in it, past links of cases and studies."""
    page.locator('a[data-number="reasons/rain/cases"]').first.click()

    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#panel')")


def test_the_button_and_the_ground_beside_the_panel_close_it(page: Page) -> None:
    """As people expect."""
    number = page.locator('a[data-number="reasons/rain/cases"]').first
    panel = page.locator("#panel")
    number.click()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()

    number.click()
    page.mouse.click(20, 400)
    expect(panel).to_be_hidden()


def test_a_link_in_the_panel_leads_to_the_case(page: Page) -> None:
    """The panel gives way."""
    page.locator('a[data-number="reasons/rain/cases"]').first.click()
    page.locator("#panel .members a", has_text="Timur").click()

    expect(page.locator("#panel")).to_be_hidden()
    assert page.url.endswith("#case-timur")
    expect(page.locator("#case-timur")).to_be_in_viewport()


def test_the_panel_brings_no_id_twice_into_the_page(page: Page) -> None:
    """Copies of the appendix leave their anchors there."""
    page.locator('a[data-number="reasons/rain/cases"]').first.click()

    assert page.evaluate(
        "[...document.querySelectorAll('[id]')].length === new Set([...document.querySelectorAll('[id]')]"
        ".map(one => one.id)).size"
    )


def test_without_scripts_a_number_leads_to_the_same_in_the_appendix(browser: Browser, address: str) -> None:
    """Cases and quotes stand there."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = opened(context, address, [])
    page.locator('a[data-number="reasons/rain/cases"]').first.click()

    assert page.url.endswith("#n-reasons.rain.cases")
    expect(page.locator("#n-reasons\\.rain\\.cases")).to_be_in_viewport()
    expect(page.locator(".entry", has=page.locator("#n-reasons\\.rain\\.cases"))).to_contain_text(
        "rain kept buyers away"
    )
    context.close()


def test_a_phone_shows_the_page_without_scrolling_sideways(browser: Browser, address: str, said: list[str]) -> None:
    """At 360 px only tables scroll, each in a box of its own."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = opened(context, address, said)

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator('a[data-number="reasons/rain/cases"]').first.tap()
    expect(page.locator("#panel")).to_be_visible()
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert round(box["width"], 3) <= 360
    assert said == []
    context.close()


def test_on_a_phone_a_figure_fits_the_width_and_a_tap_enlarges_it(browser: Browser, address: str) -> None:
    """A second tap makes it small again; the page itself never scrolls sideways."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = opened(context, address, [])
    picture = page.locator("figure.picture img").first
    widths = []
    for _ in range(3):
        box = picture.bounding_box()
        assert box is not None
        widths.append(box["width"])
        picture.tap()

    assert widths[0] == widths[2] < 360 < 700 < widths[1]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_the_appendix_is_folded_until_something_in_it_is_asked_for(page: Page, address: str) -> None:
    """A passage that is linked to opens it, whether the link is followed or is the page's own address."""
    passage = page.locator(".all-passages .passage").first
    expect(passage).to_be_hidden()
    page.locator("details.fold > summary").click()
    expect(passage).to_be_visible()

    anchor = passage.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{address}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(address)
    page.locator("nav.contents a").last.click()
    expect(passage).to_be_hidden()
    page.evaluate("anchor => location.hash = anchor", anchor)
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_an_address_with_a_strange_end_breaks_nothing(browser: Browser, address: str, said: list[str]) -> None:
    """What stands behind its # may be anything, as a program for mail leaves it; numbers open as ever."""
    context = browser.new_context()
    page = opened(context, f"{address}#%E0%A4%A", said)
    page.locator('a[data-number="reasons/rain/cases"]').first.click()

    expect(page.locator("#panel")).to_be_visible()
    assert said == []
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_appendix_is_printed_though_it_is_folded(browser: Browser, address: str, scripts: bool) -> None:
    """With scripts and without them; every page has its number, and all but the first the title."""
    context = browser.new_context(java_script_enabled=scripts)
    printed = opened(context, address, []).pdf(format="A4", prefer_css_page_size=True)
    with closing(pdfium.PdfDocument(printed)) as pdf:
        texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    context.close()

    assert "documents/group2019.md, characters" in texts[-1]
    assert len(texts) > 2
    assert all(content().title in text for text in texts)
    assert all(str(number) in text.split() for number, text in enumerate(texts, 1))


def _printed(browser: Browser, report: Report, path: Path) -> list[str]:
    """Print a report, and return the text of each page."""
    path.write_text(html_page(report), encoding="utf-8")
    context = browser.new_context()
    printed = opened(context, path.as_uri(), []).pdf(format="A4", prefer_css_page_size=True)
    context.close()
    with closing(pdfium.PdfDocument(printed)) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_two_maps_share_a_printed_page_with_nothing_on_them_below_five_points(browser: Browser, tmp_path: Path) -> None:
    """Below the heading too; texts of 6.1 points and more on maps of the usual height, 149 mm."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="493pt" height="421pt" viewBox="0 0 493 421">{}</svg>'
    drawn = svg.format('<text x="9" y="99" style="font-size: 6.1px">Bandung</text>')
    maps = tuple(Figure(f"figure-{n}", drawn, None, f"Map {n}.", "A map", (), n) for n in (1, 2, 3, 4))
    first = Section("summary", "Summary", (Paragraph("Rain fell. " * 200),))
    # On a page of its own, as records are: where the summary ends depends on the fonts of the computer.
    sections = (first, Section("figures", "Figures", maps, kind="figures records"))
    report = replace(report_blocks(content(), "en"), title="Towns", sections=sections)

    pages = _printed(browser, report, tmp_path / "maps.html")

    n_page = {n: at for at, text in enumerate(pages) for n in (1, 2, 3, 4) if f"Map {n}." in text}
    begin = n_page[1]
    assert n_page == {1: begin, 2: begin, 3: begin + 1, 4: begin + 1}
    assert "Figures" in pages[begin]
    assert "Rain fell." not in pages[begin]
    context = browser.new_context()
    page = opened(context, (tmp_path / "maps.html").as_uri(), [])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(176 * 96 / 25.4), "height": 1000})
    height = page.locator("figure.picture img").first.evaluate("image => image.getBoundingClientRect().height")
    context.close()
    assert 6.1 * height / (421 / 0.75) >= 5


@pytest.mark.parametrize(
    "title",
    [
        "Rain, \"dark\" and 'light'",
        "C:\\rain\\a0 and \\",
        "</style><script>alert(1)</script><!-- ]]>",
        "Rain */ } body { display: none } /*",
        "kota \u200fהעיר\u200e – 100% & more; @import url(x)",
        "2\u2028lines",
    ],
)
def test_whatever_a_title_is_its_running_title_is_printed_as_it_is(
    browser: Browser, tmp_path: Path, said: list[str], title: str
) -> None:
    """A title that would end the string, the rule or the element of the style is a title like any other."""
    report = replace(report_blocks(content(), "en"), title=title)
    shown = {letter for letter in title if letter.isascii() and letter.isprintable() and letter != " "}

    pages = _printed(browser, report, tmp_path / "title.html")

    context = browser.new_context()
    page = opened(context, (tmp_path / "title.html").as_uri(), said)
    expect(page.locator("h1")).to_be_visible()
    rules = page.evaluate("[...document.styleSheets[0].cssRules].filter(rule => rule.type === 6).map(r => r.cssText)")
    context.close()
    assert said == []
    assert len(rules) == 3
    assert shown <= set(pages[-1])
    if title.isascii():
        assert pages[1].startswith(title)


def test_a_search_in_print_finds_each_name_on_a_map_once(browser: Browser, tmp_path: Path) -> None:
    """By Chromium, which prints a text with a stroke twice, and in the figure's own PDF: whole words, each once."""
    names = ("kerjasama luar negeri", "Bandung", "green city", "ekonomi kreatif")
    network = Network(
        names, names, symmetric(4, [0, 1, 2], [1, 2, 3], [1, 1, 1]), {"Occurrences": np.array([9.0, 5, 3, 1])}
    )
    drawn = plot_map(Map(network, np.array([[0, 0], [1, 0], [0, 1], [1, 1]]), np.ones(4, dtype=np.int64)))
    (tmp_path / "map.svg").write_bytes(figure_bytes(drawn, ".svg"))
    (tmp_path / "page.html").write_text('<img src="map.svg">', encoding="utf-8")
    context = browser.new_context()
    printed = opened(context, (tmp_path / "page.html").as_uri(), []).pdf()
    context.close()

    for file in (printed, figure_bytes(drawn, ".pdf")):
        with closing(pdfium.PdfDocument(file)) as pdf:
            text = pdf[0].get_textpage().get_text_bounded()
        assert [text.count(name) for name in names] == [1, 1, 1, 1]


def test_the_page_prints_with_its_appendix_and_without_the_panel(page: Page, tmp_path: Path) -> None:
    """As a PDF of some pages; contents and panel stay on the screen."""
    page.emulate_media(media="print")
    expect(page.locator("nav.contents")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".all-passages")).to_be_visible()
    printed = page.pdf(path=tmp_path / "report.pdf", format="A4")

    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") > 2


def test_text_stands_out_from_its_ground(page: Page) -> None:
    """At least 4.5 to 1 for every element with text of its own (WCAG 2.2, 1.4.3)."""
    assert page.evaluate(_CONTRAST) == []


_CONTRAST = """
() => {
  const rgb = (said) => (said.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const one of document.querySelectorAll("main *, nav *, footer *")) {
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const [l1, l2] = [light(rgb(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    if ((l1 + 0.05) / (l2 + 0.05) < 4.5) weak.push(one.outerHTML.slice(0, 120));
  }
  return weak;
}
"""


@pytest.fixture
def flow_page(browser: Browser, tmp_path: Path, said: list[str]) -> Iterator[Page]:
    """Return the report with the densest flow diagram, each of whose boxes opens the cases of rain."""
    layout = flow_layout(flow_texts(flow(is_updated=True, has_other=True, is_dense=True), "en"))
    rain = NumberReference("reasons/rain/cases", "3", anchor("n", "reasons/rain/cases"), "3 cases: Rain")
    numbers = dict.fromkeys((line.number for box in layout.boxes for line in box.lines if line.number), rain)
    drawn = Figure("figure-flow", None, None, "Flow", "A flow", number=9, flow=OpenFlow(layout, numbers))
    whole = report_blocks(content(), "en")
    path = tmp_path / "flow.html"
    section = Section("selection", "Selection", (drawn,))
    path.write_text(html_page(replace(whole, sections=(section, *whole.sections))), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened(context, path.as_uri(), said)
    context.close()


def test_a_box_of_a_flow_diagram_opens_its_evidence(flow_page: Page, said: list[str]) -> None:
    """Beside its text, on it, and from the keyboard; the focus then comes back."""
    box = flow_page.locator("svg.flow g.box", has_text="Records screened")
    panel = flow_page.locator("#panel")

    for place in (box.locator("rect"), box.locator("text").first):
        place.click(position={"x": 3, "y": 3})
        expect(panel.locator("h2")).to_have_text("Rain")
        flow_page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    line = box.locator("a[aria-label]").first
    line.focus()
    flow_page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    flow_page.keyboard.press("Escape")
    expect(line).to_be_focused()
    assert said == []


def test_on_a_phone_a_flow_diagram_fits_the_width_and_a_tap_beside_a_box_enlarges_it(flow_page: Page) -> None:
    """Shrunk to the width of a phone its type is small; enlarged it is legible, and the page never scrolls sideways."""
    flow_page.set_viewport_size({"width": 360, "height": 740})
    height = "texts => Math.min(...texts.map(text => text.getBoundingClientRect().height))"
    drawn = flow_page.locator("svg.flow")

    assert drawn.evaluate("one => one.getBoundingClientRect().width") <= 360
    drawn.click(position={"x": 2, "y": 2})
    assert flow_page.locator("svg.flow g.box text").evaluate_all(height) >= 8
    assert flow_page.evaluate("document.documentElement.scrollWidth") == 360


def test_texts_of_a_flow_diagram_stay_in_their_boxes(flow_page: Page) -> None:
    """With the fonts of the browser, which are not those that the boxes were measured in."""
    beyond = """boxes => boxes.flatMap(box => {
        const edge = box.querySelector("rect").getBoundingClientRect();
        return [...box.querySelectorAll("text")].filter(text => {
            const place = text.getBoundingClientRect();
            return place.left < edge.left || place.right > edge.right || place.top < edge.top
                || place.bottom > edge.bottom;
        }).map(text => text.textContent);
    })"""

    assert flow_page.locator("svg.flow g").count() > 20
    assert flow_page.locator("svg.flow g").evaluate_all(beyond) == []
