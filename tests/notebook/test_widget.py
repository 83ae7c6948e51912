"""A map in a notebook: what is selected goes to Python and comes from there, with the records behind it."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium
from tests.maps.exchanged import coupled_map, toy_map

import benang
from benang.errors import BenangError
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.viewer.page import viewer_script

if TYPE_CHECKING:
    from benang.notebook.widget import MapWidget


@pytest.fixture(scope="module", autouse=True)
def script() -> str:
    """Return the built viewer of notebooks; skip where there is none."""
    try:
        return viewer_script("widget.js")
    except BenangError:
        pytest.skip("the viewer was not built: make ui")


@pytest.fixture
def shown() -> MapWidget:
    """Return the toy map as a notebook shows it."""
    return benang.show(toy_map())


def test_what_is_selected_has_its_records(shown: MapWidget) -> None:
    """Of an item its own, of several those that they share; items may be named by their labels."""
    assert shown.selected == shown.selected_records == []

    shown.selected = ["Kota"]
    assert (shown.selected, shown.selected_records) == (["kota"], ["sari2019", "putra2020", "dewi2020"])

    shown.selected = ["desa", "provinsi"]
    assert shown.selected_records == []

    shown.selected = ["desa", "kota"]
    assert list(shown.selection.labels) == ["desa", "Kota"]
    assert list(shown.selection.records) == ["sari2019", "putra2020"]
    assert shown.selection.corpus is None


def test_the_records_of_a_link_are_those_that_it_rests_on() -> None:
    """The page says whether two items are selected, or the link between them."""
    shown = benang.show(coupled_map())
    network = shown.map.network
    pair = ["kota", "provinsi"]
    shown.selected = pair
    several = list(shown.selected_records)
    shown._link = pair

    assert several == []
    assert shown.selected_records == list(benang.behind(network, *pair).records) == ["putra2020", "dewi2020"]


def test_a_corpus_gives_the_records_themselves() -> None:
    """Those that it has."""
    corpus = corpus_of([Record("sari2019", title="Desa"), Record("putra2020", title="Kota"), Record("tia2021")])
    shown = benang.show(toy_map(), corpus=corpus)
    shown.selected = ["desa"]

    found = shown.selection.corpus
    assert found is not None
    assert [record.title for record in found.records] == ["Desa", "Kota"]


def test_an_unknown_item_is_refused_with_the_nearest(shown: MapWidget) -> None:
    """The selection stays."""
    shown.selected = ["desa"]
    with pytest.raises(BenangError, match=r"found 'provinis'\. Did you mean 'provinsi'"):
        shown.selected = ["provinis"]

    assert shown.selected == ["desa"]


def test_a_map_without_records_has_none_behind_what_is_selected() -> None:
    """As one that VOSviewer made."""
    made = toy_map()
    bare = benang.map_from(
        {name: table for name, table in benang.to_pandas(made).items() if name in {"items", "links"}}
    )
    shown = benang.show(bare)
    shown.selected = ["Kota"]

    assert shown.selected_records == []


def test_what_cannot_be_shown_is_said_before_anything_is() -> None:
    """A score that the map lacks."""
    with pytest.raises(BenangError, match="Citations"):
        benang.show(toy_map(), view="overlay", score="Citations")


def test_without_anywidget_the_way_on_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no notebook need not install it."""
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "benang.notebook.widget", raising=False)

    with pytest.raises(BenangError, match=r'needs anywidget.*pip install "benang\[widget\]"'):
        benang.show(toy_map())


_RENDER = """async ({code, pages}) => {
  const {default: widget} = await import(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  window.models = [];
  window.ends = [];
  for (const page of pages) {
    const bytes = Uint8Array.from(atob(page), letter => letter.charCodeAt(0));
    const state = {_page: new DataView(bytes.buffer), _pixels: 420, selected: [], _link: []};
    const calls = new Set();
    const model = {
      state, calls, saved: 0, get: name => state[name], set: (name, value) => { state[name] = value },
      save_changes() { this.saved += 1 }, on: (_, call) => calls.add(call), off: (_, call) => calls.delete(call),
    };
    const el = document.createElement("div");
    document.body.append(el);
    window.models.push(model);
    window.ends.push(await widget.render({model, el}));
  }
}"""


@pytest.fixture
def notebook(script: str, shown: MapWidget) -> Iterator[Page]:
    """Return a page with two of the same widget, each with a model that stands in for Jupyter's."""
    with chromium() as browser:
        page = _rendered(browser, script, [shown._page, shown._page])
        yield page


def _rendered(browser: Browser, script: str, pages: list[bytes]) -> Page:
    page = browser.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.evaluate(_RENDER, {"code": script, "pages": [base64.b64encode(one).decode() for one in pages]})
    expect(page.locator("canvas")).to_have_count(len(pages))
    assert said == []
    return page


def _state(page: Page, at: int) -> dict[str, Any]:
    state: dict[str, Any] = page.evaluate("at => ({...models[at].state, _page: 0})", at)
    return state


@pytest.mark.browser
@pytest.mark.slow
def test_a_choice_on_the_page_comes_to_its_own_model(notebook: Page) -> None:
    """Several widgets on a page are each their own."""
    field = notebook.get_by_role("combobox").first
    field.fill("kota")
    field.press("Enter")

    assert _state(notebook, 0)["selected"] == ["kota"]
    assert _state(notebook, 1)["selected"] == []
    assert notebook.evaluate("models[0].saved") > 0


@pytest.mark.browser
@pytest.mark.slow
def test_a_choice_in_python_comes_to_the_page_until_the_widget_ends(notebook: Page) -> None:
    """Then nothing listens, and nothing is drawn."""
    notebook.evaluate("models[1].state.selected = ['desa', 'nobody']; models[1].calls.forEach(call => call())")
    expect(notebook.get_by_role("heading", name="desa")).to_be_visible()
    assert _state(notebook, 1)["selected"] == ["desa"]

    notebook.evaluate("ends.forEach(end => end())")
    expect(notebook.locator("canvas")).to_have_count(0)
    assert notebook.evaluate("models.map(model => model.calls.size)") == [0, 0]
