"""What is around the map: search, panels, records, settings, keys, two maps, a telephone, and what axe says of it.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import chosen, opened, written

from benang.maps import Map
from benang.network.cooccurrence import cooccurrence_network
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SUBJECTS = (
    ("kota", "desa"),
    ("kota", "laut", "desa"),
    ("kota", "gunung"),
    ("desa", "laut"),
    ("kota", "desa", "pasar"),
    ("pasar", "kota kembar"),
)
AXE = Path("ui") / "node_modules" / "axe-core" / "axe.min.js"


def _corpus() -> Corpus:
    """Return six invented records of 2015 to 2020, the oldest the most cited."""
    return corpus_of(
        [
            Record(
                f"r{n}",
                title=f"Catatan tentang {' dan '.join(subjects)}",
                authors=("Contoh, A.", f"Umpama, {'BCDEFG'[n]}."),
                year=2015 + n,
                source="Jurnal Rekaan",
                doi=f"10.9999/r{n}",
                abstract=f"Ringkasan rekaan nomor {n}.",
                author_keywords=subjects,
                citations=60 - 10 * n,
            )
            for n, subjects in enumerate(_SUBJECTS)
        ]
    )


def _noted(note: str) -> ShownMap:
    """Return the map of their keywords, on an ellipse, with its records and a note."""
    corpus = _corpus()
    network = cooccurrence_network(corpus)
    angles = np.linspace(0, 2 * np.pi, len(network), endpoint=False)
    shown = Map(network, np.stack([2 * np.cos(angles), np.sin(angles)], axis=1), np.arange(len(network)) % 2 + 1)
    return ShownMap(map=shown, title="Kata kunci rekaan", corpus=corpus, notes=(note,))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a map with its records."""
    return written(_noted("A note on this map."), tmp_path_factory.mktemp("panels"))


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the page in a window."""
    with opened(chromium, file) as shown:
        yield shown


@pytest.fixture
def dark(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the page for a reader who prefers dark pages."""
    with opened(chromium, file, color_scheme="dark") as shown:
        yield shown


@pytest.fixture
def narrow(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the page on a telephone."""
    with opened(chromium, file, viewport={"width": 390, "height": 844}, has_touch=True) as shown:
        yield shown


def _titles(page: Page) -> list[str]:
    return [text.removeprefix("Catatan tentang ") for text in page.locator(".records .title").all_inner_texts()]


def test_the_first_match_is_selected_and_its_records_are_listed(page: Page) -> None:
    """Labels that begin with what was typed come first, the heaviest of them before the others."""
    field = page.get_by_role("combobox", name="Search items")
    field.fill("KOT")
    expect(page.get_by_role("option")).to_have_text(["kota", "kota kembar"])
    field.press("Enter")

    expect(page.get_by_role("heading", name="kota", exact=True)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="kota selected; 4 records")).to_have_count(1)
    assert _titles(page) == ["kota dan desa dan pasar", "kota dan gunung", "kota dan laut dan desa", "kota dan desa"]
    page.get_by_label("Order").select_option("Most cited first")
    assert _titles(page)[0] == "kota dan desa"


def test_a_title_opens_the_abstract_and_the_doi_is_a_link(page: Page) -> None:
    """Nothing of a record but its title and a line of facts is there before."""
    chosen(page, "gunung")
    title = page.get_by_role("button", name="Catatan tentang kota dan gunung")
    expect(page.get_by_text("Ringkasan rekaan nomor 2.")).to_have_count(0)
    title.click()

    expect(page.get_by_text("Ringkasan rekaan nomor 2.")).to_be_visible()
    expect(title).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="10.9999/r2")).to_have_attribute("href", "https://doi.org/10.9999/r2")


@pytest.mark.parametrize(("form", "holds"), [("RIS", "DO  - 10.9999/r2"), ("BibTeX", "10.9999/r2"), ("CSV", "Jurnal")])
def test_the_list_is_taken_along(page: Page, form: str, holds: str) -> None:
    """The saved file has the name of the item."""
    chosen(page, "gunung")
    with page.expect_download() as saved:
        page.get_by_role("button", name=form, exact=True).click()

    assert saved.value.suggested_filename.startswith("gunung.")
    assert holds in saved.value.path().read_text(encoding="utf-8")


def test_a_link_has_its_strength_and_its_records(page: Page) -> None:
    """From the item one goes to the link, and from there to its other end."""
    chosen(page, "laut")
    page.get_by_role("button", name="Link with desa, strength 2").click()

    expect(page.get_by_role("heading", name="laut and desa")).to_be_visible()
    expect(page.get_by_text("Link strength: 2")).to_be_visible()
    assert _titles(page) == ["desa dan laut", "kota dan laut dan desa"]
    page.locator("aside").get_by_role("button", name="desa", exact=True).click()
    expect(page.get_by_role("heading", name="desa", exact=True)).to_be_visible()


def test_several_items_share_records(page: Page) -> None:
    """Those in all of them are shown first, and those in any of them at a click."""
    chosen(page, "laut")
    page.get_by_role("button", name="Select its neighbours, too").click()
    expect(page.get_by_role("heading", name="3 items selected")).to_be_visible()
    assert _titles(page) == ["kota dan laut dan desa"]
    page.get_by_role("button", name="In any of them (5)").click()
    expect(page.locator(".records > li")).to_have_count(5)
    page.get_by_role("button", name="Remove kota").click()
    expect(page.get_by_role("button", name="In all of them (2)")).to_be_visible()


def test_an_item_is_hidden_and_shown_again(page: Page) -> None:
    """The search finds hidden items, too, and shows them."""
    chosen(page, "pasar")
    page.get_by_role("button", name="Hide this item").click()
    page.get_by_role("tab", name="Items").click()
    expect(page.get_by_text("1 hidden item.")).to_be_visible()
    chosen(page, "pasar")
    page.get_by_role("tab", name="Items").click()
    expect(page.get_by_text("1 hidden item.")).to_have_count(0)


def test_items_are_sorted_and_chosen_in_a_table(page: Page) -> None:
    """The row of what is selected is marked."""
    page.get_by_role("tab", name="Items").click()
    rows = page.locator("table.items tbody th")
    expect(rows.first).to_have_text("desa")
    expect(rows.last).to_have_text("kota kembar")
    page.get_by_role("button", name="Item", exact=True).click()
    expect(rows).to_have_text(["desa", "gunung", "kota", "kota kembar", "laut", "pasar"])
    page.get_by_role("button", name="laut", exact=True).click()
    expect(page.get_by_role("heading", name="laut", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Items").click()
    expect(page.get_by_role("button", name="laut", exact=True)).to_have_attribute("aria-pressed", "true")


def test_all_is_done_by_keys(page: Page) -> None:
    """The first Tab is in the search field; from there to an abstract, along the map, and back."""
    page.keyboard.press("Tab")
    page.keyboard.type("gunung")
    page.keyboard.press("Enter")
    title = page.get_by_role("button", name="Catatan tentang kota dan gunung")
    for _ in range(40):
        page.keyboard.press("Tab")
        if title.evaluate("button => button.getRootNode().activeElement === button"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ringkasan rekaan nomor 2.")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("tab", name="Legend")).to_have_attribute("aria-selected", "true")
    page.locator("canvas").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_role("heading", name="desa", exact=True)).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_role("tab", name="Overlay")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys and pointer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox", name="Search items")).to_be_focused()


def test_several_items_are_selected_by_keys(page: Page) -> None:
    """With Shift, Enter adds an item, in the search field and in the table; once more, it takes the item out."""
    field = page.get_by_role("combobox", name="Search items")
    chosen(page, "laut")
    field.fill("gunung")
    field.press("Shift+Enter")
    expect(page.get_by_role("heading", name="2 items selected")).to_be_visible()
    page.get_by_role("tab", name="Items", exact=True).click()
    page.get_by_role("button", name="desa", exact=True).press("Shift+Enter")
    expect(page.get_by_role("heading", name="3 items selected")).to_be_visible()
    page.get_by_role("tab", name="Items", exact=True).click()
    page.get_by_role("button", name="laut", exact=True).press("Shift+Enter")
    expect(page.get_by_role("heading", name="2 items selected")).to_be_visible()
    expect(page.get_by_role("button", name="Remove laut")).to_have_count(0)


def test_changes_of_the_look_are_taken_back(page: Page) -> None:
    """Once for each change; "Reset" takes back all of them."""
    page.get_by_role("button", name="Settings").click()
    curved, labels = page.get_by_label("Curved"), page.get_by_label("Show labels")
    curved.uncheck()
    labels.uncheck()
    page.keyboard.press("Control+z")
    expect(labels).to_be_checked()
    expect(curved).not_to_be_checked()
    page.keyboard.press("Control+y")
    expect(labels).not_to_be_checked()
    turned = page.get_by_label("Rotate")
    turned.fill("40")
    turned.press("Control+z")
    expect(turned).to_have_value("0")
    page.get_by_role("button", name="Reset all settings").click()
    expect(labels).to_be_checked()
    expect(curved).to_be_checked()


def test_two_maps_share_their_selection(page: Page) -> None:
    """What is selected on one is selected on the other, where it is there; the bar is about the one that is touched."""
    items = [{"id": 7, "label": "Laut", "x": 0, "y": 0}, {"id": 8, "label": "danau", "x": 1, "y": 1}]
    other = {"network": {"items": items, "links": [{"source_id": 7, "target_id": 8, "strength": 5}]}}
    page.get_by_role("button", name="More", exact=True).click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="Open a map beside it").click()
    content = json.dumps(other).encode()
    chooser.value.set_files({"name": "lakes.json", "mimeType": "application/json", "buffer": content})
    expect(page.locator("canvas")).to_have_count(2)
    chosen(page, "laut")
    page.locator("canvas").nth(1).focus()
    expect(page.get_by_role("heading", name="Laut", exact=True)).to_be_visible()
    page.get_by_role("button", name="Link with danau, strength 5").click()
    expect(page.get_by_role("heading", name="Laut and danau")).to_be_visible()
    page.get_by_role("button", name="Close lakes").click()
    expect(page.locator("canvas")).to_have_count(1)


def test_on_a_telephone_the_panel_comes_from_below(narrow: Page) -> None:
    """Nothing is wider than the window, and the map stays in view."""
    sideways = "document.documentElement.scrollWidth - window.innerWidth"
    assert narrow.evaluate(sideways) <= 0
    chosen(narrow, "desa")
    expect(narrow.get_by_role("heading", name="desa", exact=True)).to_be_in_viewport()
    canvas = narrow.locator("canvas").bounding_box()
    assert canvas is not None
    assert canvas["height"] > 200
    assert narrow.evaluate(sideways) <= 0
    narrow.get_by_role("button", name="Close panel").click()
    expect(narrow.locator(".side-body")).to_have_count(0)


@pytest.mark.parametrize("light", [True, False])
def test_axe_finds_nothing(request: pytest.FixtureRequest, project_root: Path, light: bool) -> None:
    """In each panel, in menus and dialogs, and by colours on white and on black."""
    axe = project_root / AXE
    if not axe.exists():
        pytest.skip("axe-core is not installed: make ui")
    page: Page = request.getfixturevalue("page" if light else "dark")
    page.evaluate(axe.read_text(encoding="utf-8"))

    def findings(where: str) -> list[str]:
        found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{where}: {one['id']}, {one['nodes'][0]['html'][:120]}" for one in found]

    said = findings("legend")
    chosen(page, "desa")
    page.locator(".records .title").first.click()
    said += findings("records")
    page.get_by_role("tab", name="Items").click()
    said += findings("items")
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_role("tab", name="Overlay").click()
    page.get_by_role("button", name="Settings").click()
    said += findings("settings")
    page.get_by_role("button", name="Save", exact=True).click()
    said += findings("menu")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Search items").fill("kot")
    said += findings("search")
    page.get_by_role("tab", name="Network").focus()
    page.keyboard.press("?")
    said += findings("help")
    assert said == []


def test_figures_of_one_map_have_no_landmarks_of_one_name(
    chromium: Browser, file: Path, tmp_path: Path, project_root: Path
) -> None:
    """As in a report that shows a map in two views."""
    axe = project_root / AXE
    if not axe.exists():
        pytest.skip("axe-core is not installed: make ui")
    figure = (
        '<figure><div data-benang-map data-benang-figure role="group" aria-label="Figure {n}" hidden></div></figure>'
    )
    figures = "".join(figure.format(n=n) for n in (1, 2))
    text = re.sub(r"<div data-benang-map>.*?</div>", f"<main><h1>Maps</h1>{figures}</main>", file.read_text("utf-8"))
    two = tmp_path / "two.html"
    two.write_text(text, encoding="utf-8")
    with opened(chromium, two, viewport={"width": 1200, "height": 1400}) as page:
        expect(page.locator("canvas")).to_have_count(2)
        page.evaluate(axe.read_text(encoding="utf-8"))
        for name in ("Legend", "Settings"):
            for control in page.get_by_role("tab", name=name).or_(page.get_by_role("button", name=name)).all():
                control.click()
            violations = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
            assert [one["id"] for one in violations] == []


def test_a_long_note_is_folded(chromium: Browser, tmp_path: Path) -> None:
    """It would cover items; a short one stays until it is dismissed. The line leaves room for the buttons to zoom."""
    note = "This note is longer than what fits into two lines over the map. " * 4
    with opened(chromium, written(_noted(note), tmp_path), viewport={"width": 390, "height": 844}) as page:
        line = page.get_by_role("button", name=re.compile("This note is longer"))
        box = line.bounding_box()
        assert box is not None
        assert box["height"] < 40
        line.click(trial=True)
        page.get_by_role("button", name="Zoom in").click(trial=True)
        line.click()
        expect(page.get_by_role("note")).to_contain_text(note.strip())


def test_several_notes_are_folded_into_one_line_and_complaints_are_seen_at_once(page: Page) -> None:
    """The line begins with the first of them, and opens all."""
    line = page.get_by_role("button", name=re.compile(r"A note on this map.*2 notes"))
    expect(line).to_be_visible()
    line.click()
    expect(page.get_by_role("note").get_by_text("A note on this map.")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("note")).to_have_count(0)
    expect(line).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"\x00\x01"})
    expect(page.get_by_role("alert").filter(has_text=re.compile("a.txt"))).to_be_visible()


def test_a_browser_that_is_too_old_says_which_are_not(chromium: Browser, file: Path) -> None:
    """Instead of an empty page."""
    context = chromium.new_context()
    context.add_init_script("delete Document.prototype.adoptedStyleSheets")
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This browser is too old to show the map. Use Chrome 117")
    context.close()


def test_keys_stay_in_the_panel_when_what_they_pressed_goes(page: Page) -> None:
    """The next Tab is in the new panel, or where the panel was, and not at the top of the page."""
    focused = "() => document.querySelector('[data-benang-map]').shadowRoot.activeElement?.className"
    chosen(page, "laut")
    page.get_by_role("button", name="Link with desa, strength 2").press("Enter")
    expect(page.get_by_role("heading", name="laut and desa")).to_be_visible()
    assert page.evaluate(focused) == "side-body"
    page.get_by_role("button", name="Close panel").press("Enter")
    expect(page.get_by_role("tab", name="Legend")).to_be_focused()
