"""The legend of the interactive map, and its years, by mouse and by keys. Needs Chromium, and the built viewer."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from scipy import sparse
from tests.viewer.browsing import chosen, opened, opened_anew, without_complaint, written

from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LABELS = ("kota", "desa", "laut", "gunung", "pasar", "sawah")


def _map() -> Map:
    """Return six items in three clusters, behind them eight records of 2015 to 2022."""
    rows = np.array([[1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0]] * 2)
    counted = rows.T @ rows
    one, other = np.nonzero(np.triu(counted, 1))
    network = Network(
        ids=_LABELS,
        labels=_LABELS,
        links=symmetric(6, one.tolist(), other.tolist(), counted[one, other].astype(np.float64).tolist()),
        weights={"Occurrences": np.array([6.0, 6.0, 4.0, 2.0, 2.0, 1.0])},
        scores={"Avg. pub. year": np.array([2016.0, 2017.5, 2019.0, 2020.0, 2021.0, np.nan])},
        records=tuple(f"r{n}" for n in range(8)),
        record_labels=tuple(f"Contoh ({2015 + n})" for n in range(8)),
        incidence=sparse.csr_array(rows.astype(np.float64)),
        item_kind="author-keywords",
        link_kind="co-occurrence",
    )
    xy = np.array([[0.0, 0.0], [1.0, 0.2], [0.4, 1.0], [-0.8, 0.7], [0.9, -0.8], [-0.5, -0.9]])
    return Map(network, xy, np.array([1, 1, 2, 2, 3, 3]), cluster_labels={2: "Alam"})


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of the map, opened in Chromium."""
    with opened(chromium, written(ShownMap(map=_map(), title="Contoh"), tmp_path_factory.mktemp("viewer"))) as shown:
        yield shown


@pytest.fixture(autouse=True)
def _anew(page: Page) -> Iterator[None]:
    """Open the page anew for each test, and let the browser have nothing to complain of."""
    with without_complaint(page):
        opened_anew(page)
        yield


def test_a_cluster_is_named_recoloured_merged_switched_off_and_put_back(page: Page) -> None:
    """All that can be changed about a cluster, and back."""
    clusters = page.get_by_role("group", name="Clusters")
    expect(clusters.get_by_role("listitem")).to_have_count(3)
    expect(clusters).to_contain_text("Alam")
    page.get_by_role("button", name="Rename or merge Cluster 1").click()
    page.get_by_role("textbox", name="Name").fill("Tempat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Show Tempat")).to_be_checked()
    page.get_by_label("Colour of Tempat").fill("#112233")
    expect(page.get_by_label("Colour of Tempat")).to_have_value("#112233")
    page.get_by_role("button", name="Rename or merge Cluster 3").click()
    page.get_by_label("Show as part of").select_option(label="Alam")
    expect(clusters.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Rename or merge Alam").click()
    page.get_by_role("button", name="Separate Cluster 3").click()
    expect(clusters.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("checkbox", name="Show Alam").uncheck()
    page.get_by_role("button", name="Show all clusters").click()
    page.get_by_role("button", name="Show only this cluster").click()
    expect(page.get_by_role("checkbox", name="Show Tempat")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Show Alam")).to_be_checked()
    page.get_by_role("button", name="Reset clusters").click()
    expect(page.get_by_role("checkbox", name="Show Alam")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Show Cluster 1")).to_be_checked()


def test_a_cluster_is_selected_by_keys(page: Page) -> None:
    """Enter on a cluster selects all of its items, and the page says so."""
    page.locator("[data-cluster='2']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="2 items")).to_be_attached()


def _card(page: Page) -> Locator:
    """Point at the first item that is met from the middle of the map downwards, and return its card."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    card = page.locator(".hover")
    for step in range(2, 60):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + step * box["height"] / 60)
        if card.count():
            break
    return card


def test_an_item_is_said_to_be_in_the_cluster_that_it_is_shown_in(page: Page) -> None:
    """By the card at the pointer, and to screen readers, also after a merge."""
    page.get_by_role("button", name="Rename or merge Cluster 1").click()
    page.get_by_label("Show as part of").select_option(label="Alam")
    expect(page.get_by_role("row", name="kota")).to_contain_text("Alam")
    expect(page.get_by_role("table")).not_to_contain_text("Cluster 1")
    expect(_card(page)).to_have_text("kotaOccurrences: 6 · Alam")


def test_the_card_of_an_item_counts_its_records_in_the_years_shown(page: Page) -> None:
    """As the legend does, whatever weight the map has."""
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_role("slider", name="First year").press("ArrowRight")
    expect(page.locator(".sizes")).to_contain_text("Records in these years")
    expect(_card(page)).to_have_text("kotaRecords in these years: 5 · Cluster 1")


def test_an_overlay_has_a_scale_of_scores_and_says_what_grey_is(page: Page) -> None:
    """Ticks of the score, and how many items have none."""
    page.get_by_role("tab", name="Overlay").click()
    legend = page.locator(".legend")
    expect(legend).to_contain_text("2018")
    expect(legend).to_contain_text("1 item without a year")


def test_an_overlay_keeps_its_scale_while_another_panel_is_open(page: Page) -> None:
    """Above the map, once: colours say nothing without it."""
    page.get_by_role("tab", name="Overlay").click()
    line = page.locator(".score-line")
    expect(line).to_have_count(0)
    chosen(page, "laut")
    expect(line).to_have_text("Avg. pub. year20162021")
    page.get_by_role("button", name="Close panel").click()
    expect(line).to_be_visible()
    page.get_by_role("tab", name="Network").click()
    expect(line).to_have_count(0)


def test_whoever_has_lost_the_items_is_led_back(page: Page) -> None:
    """After zooming into emptiness; nothing is said where items are seen."""
    hint = page.get_by_text("No item is in view.")
    page.goto(page.url.partition("#")[0] + "#at=0.2,0.6,60")
    page.reload()
    expect(hint).to_be_visible()
    page.locator(".lost-hint").get_by_role("button", name="Show the whole map").click()
    expect(hint).to_have_count(0)


def test_a_density_has_a_scale_from_low_to_high(page: Page) -> None:
    """What the shades mean."""
    page.get_by_role("tab", name="Density", exact=True).click()
    expect(page.locator(".legend")).to_contain_text("low")
    expect(page.locator(".legend")).to_contain_text("high")


def test_years_are_set_by_keys_played_and_put_back(page: Page) -> None:
    """The slider, its buttons, and what they show."""
    page.get_by_role("button", name="Time", exact=True).click()
    years = page.get_by_role("group", name="Years")
    first = years.get_by_role("slider", name="First year")
    expect(first).to_have_attribute("aria-valuenow", "2015")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "2017, 1 record")
    expect(years).to_contain_text("2017–2022")
    years.get_by_role("slider", name="Last year").focus()
    page.keyboard.press("Home")
    expect(years.get_by_role("status")).to_have_text("2017")
    years.get_by_role("button", name="One year on").click()
    expect(years.get_by_role("status")).to_have_text("2018")
    years.get_by_role("button", name="Play the years").click()
    expect(years.get_by_role("status")).to_have_text("2018–2019", timeout=3000)
    years.get_by_role("button", name="Pause").click()
    years.get_by_role("button", name="All years").click()
    expect(years.get_by_role("status")).to_have_text("2015–2022")


def test_a_span_of_years_is_drawn_with_the_pointer(page: Page) -> None:
    """Drag over the bars, then drag the span."""
    page.get_by_role("button", name="Time", exact=True).click()
    track = page.locator(".track").bounding_box()
    assert track is not None
    place = [(track["x"] + track["width"] * (n + 0.5) / 8, track["y"] + 15) for n in range(8)]
    page.mouse.move(*place[1])
    page.mouse.down()
    page.mouse.move(*place[3], steps=3)
    page.mouse.up()
    said = page.get_by_role("group", name="Years").get_by_role("status")
    expect(said).to_have_text("2016–2018")
    page.mouse.move(*place[2])
    page.mouse.down()
    page.mouse.move(*place[5], steps=3)
    page.mouse.up()
    expect(said).to_have_text("2019–2021")
