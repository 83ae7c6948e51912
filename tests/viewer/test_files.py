"""Files in the interactive map: opened by dropping them, refused in words, cleaned, and saved. Needs Chromium."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from scipy import sparse
from tests.viewer.browsing import DROP, chosen, dropped, opened, opened_anew, without_complaint, written

from benang.looks import View
from benang.map_files import read_map
from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.viewer.data import ShownMap
from benang.viewer.page import map_page
from benang.writers.reference_files import bibtex_texts, ris_texts
from benang.writers.spreadsheets import csv_texts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPT = """<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>"""
HOSTILE = (
    f"<b class='description_label other'>Sails</b>{SCRIPT}<a href='https://example.org/a'>there</a>"
    "<a href='java\nscript:window.hacked=3'>script</a><a href='data:text/html,x'>data</a>"
    "<p style='background: url(x)' onclick='window.hacked=5'>end</p><form action=x><input name=y></form>"
    "<style>* { display: none }</style><iframe src=x></iframe><svg><a href=x /></svg>"
)


def _map() -> Map:
    links = symmetric(4, [0, 0, 1], [1, 2, 3], [3.0, 2.0, 1.0])
    labels = ("kota", "desa & <b>ladang</b>", "laut", "gunung")
    weights = {"Occurrences": np.array([4.0, 3.0, 2.0, 1.0])}
    network = Network(ids=labels, labels=labels, links=links, weights=weights, item_kind="author-keywords")
    return Map(network, np.array([[0.0, 0.0], [1.0, 0.2], [0.4, 1.0], [-0.8, 0.7]]), np.array([1, 1, 2, 2]))


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of the map, opened in Chromium."""
    with opened(chromium, written(ShownMap(map=_map(), title="Contoh"), tmp_path_factory.mktemp("viewer"))) as shown:
        yield shown


@pytest.fixture(autouse=True)
def _anew(page: Page) -> Iterator[None]:
    """Open the page anew for each test; the browser has nothing to complain of, and asks nothing of the network."""
    with without_complaint(page):
        opened_anew(page)
        expect(page.get_by_role("combobox", name="Search items")).to_be_visible()
        yield


def _json(items: Sequence[dict[str, Any]], **more: Any) -> bytes:
    network = {"items": list(items), "links": more.pop("links", [])}
    return json.dumps({"network": network, **more}).encode()


def _item(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "label": f"item {number}", "x": number % 3, "y": number % 5, **more}


def test_a_map_of_somebody_else_opens_and_its_html_can_do_no_harm(page: Page) -> None:
    """Of a description, plain marks and links of the web are left."""
    items = [_item(1, label=f"Sails {SCRIPT}", description=HOSTILE), _item(2), _item(3)]
    dropped(page, ("other.json", _json(items, info={"title": f"Ropes {SCRIPT}"})))
    expect(page).to_have_title(f"Ropes {SCRIPT}")
    chosen(page, "Sails")
    description = page.locator(".description")
    expect(description).to_contain_text("Sails")
    assert description.inner_html() == (
        '<b class="description_label">Sails</b>'
        '<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">there</a>'
        "<a>script</a><a>data</a><p>end</p>"
    )
    assert page.evaluate("window.hacked") is None


def test_templates_of_a_file_are_filled_with_text(page: Page) -> None:
    """A value is no HTML, and an address from a value is one of the web or none."""
    templates = {"item_description": "<b>{label}</b> <i>{note}</i> <a href='{url2}'>more</a> {missing}"}
    items = [
        _item(1, note="<u>1 & 2</u>", url2="javascript:window.hacked=4"),
        _item(2, url2="https://example.org/?a=1"),
    ]
    dropped(page, ("templates.json", _json(items, config={"templates": templates})))
    description = page.locator(".description")
    chosen(page, "item 1")
    expect(description).to_have_text("item 1 <u>1 & 2</u> more ")
    expect(description.locator("a")).not_to_have_attribute("href", "javascript:window.hacked=4")
    chosen(page, "item 2")
    expect(description.locator("a")).to_have_attribute("href", "https://example.org/?a=1")


def test_colours_of_a_file_may_be_written_as_css_writes_them(page: Page, tmp_path: Path) -> None:
    """By name or otherwise; what is no opaque colour is left out, and named."""
    colours = ("SteelBlue", "hsl(120, 100%, 25%)", "url(https://example.org/x)", "transparent", "red; x: y")
    listed = [{"cluster": n, "color": colour} for n, colour in enumerate(colours, start=1)]
    items = [_item(n, cluster=n) for n in range(1, 6)]
    dropped(page, ("colours.json", _json(items, config={"color_schemes": {"cluster_colors": listed}})))
    note = page.get_by_role("note")
    for colour in colours[2:]:
        expect(note).to_contain_text(f"'{colour}'")
    expect(note).not_to_contain_text("SteelBlue")
    saved = json.loads(_saved(page, "JSON", tmp_path).read_text(encoding="utf-8"))
    written = [one["color"] for one in saved["config"]["color_schemes"]["cluster_colors"]]
    assert written[:2] == ["#4682b4", "#008000"]


def test_what_a_file_says_of_the_map_comes_first_where_it_asks_for_that(page: Page) -> None:
    """Once: not again where the same map is shown twice."""
    info = {"title": "Armada", "description": "<b>Perahu</b> dan layar"}
    dropped(page, ("info.json", _json([_item(1), _item(2)], info=info, config={"parameters": {"show_info": True}})))
    dialog = page.get_by_role("dialog", name="Armada")
    expect(dialog).to_contain_text("Perahu dan layar")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Two views side by side").click()
    expect(page.locator("canvas")).to_have_count(2)
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "broken.json",
            b'{"network": {"items": [',
            ["broken.json, line 1, column 24", "a value", "save the map again"],
        ),
        ("nan.json", b'{"network":\n{"items": [NaN]}}', ["line 2, column 12", "a finite number"]),
        ("other.json", b'{"a": 1}', ["JSON without a network", "Save the map as VOSviewer JSON"]),
        ("twice.json", _json([_item(1), _item(1)]), ["item 2", "a second time"]),
        ("none.json", _json([]), ["a map without items"]),
        ("newer.json", _json([_item(1)], benang={"format": 9}), ["newer Benang"]),
        ("empty.txt", b" \n", ["empty.txt: the file is empty"]),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", ["picture.png: the file is no text", "benang view picture.png"]),
        ("my map.gexf", b'<?xml version="1.0"?><gexf/>', ["a GEXF file", 'benang view "my map.gexf"']),
        ("a.net", b"*Vertices 2\n1 a\n2 b\n", ["a Pajek file", "benang view a.net"]),
        ("a.ris", b"TY  - JOUR\nTI  - Kota\nER  - \n", ["records, not a map of them", "benang map a.ris"]),
        (
            "scopus.csv",
            b"Authors,Title,Year,DOI\na,b,2020,c\n",
            ["records, not a map of them", "benang map scopus.csv"],
        ),
        ("page.html", b"<!DOCTYPE html><p>Hello</p>", ["a page without a map"]),
        ("map.txt", b"id\tx\ty\n1\t0,5\t1\n", ["map.txt, line 2, x: '0,5'", "decimals with a point"]),
        (
            "large.json",
            _json([{"id": n} for n in range(5000)]),
            ["5,000 items without places", "benang view large.json"],
        ),
    ],
)
def test_what_is_no_map_is_refused_in_words_and_the_map_stays(
    page: Page, name: str, content: bytes, words: Sequence[str]
) -> None:
    """What was found, where, what was expected, and the way on."""
    title = page.title()
    dropped(page, (name, content))
    alert = page.get_by_role("alert")
    for part in words:
        expect(alert).to_contain_text(part)
    expect(page).to_have_title(title)


def test_a_map_file_and_its_network_file_are_dropped_together(page: Page) -> None:
    """In either order; alone, the map file says what it lacks."""
    items = ("a_map.txt", "\ufeffid\tlabel\tx\ty\n1\tperahu\t0\t1\n2\tlayar\t1\t0\n".encode())
    dropped(page, ("a_network.txt", b"1\t2\t4\n"), items)
    expect(page).to_have_title("a")
    chosen(page, "perahu")
    expect(page.get_by_role("complementary")).to_contain_text("layar")
    dropped(page, items)
    expect(page.get_by_role("note")).to_contain_text("A map file alone has no links")


def test_a_page_of_benang_is_opened_like_a_file(page: Page) -> None:
    """Nothing of it is run; a compressed one opens, too."""
    html = map_page(ShownMap(map=_map(), title="", view=View(title="Lain"))).decode()
    dropped(page, ("lain.html", html.encode()))
    expect(page).to_have_title("Lain")
    begin, end = html.index("data-benang-page>") + 17, html.index("</script>", html.index("data-benang-page>"))
    packed = base64.b64encode(gzip.compress(html[begin:end].replace("Lain", "Lagi").encode())).decode()
    dropped(
        page, ("lagi.html", f"<!DOCTYPE html><script type='text/plain' data-benang-packed>{packed}</script>".encode())
    )
    expect(page).to_have_title("Lagi")


def test_a_file_without_places_is_laid_out_and_says_so(page: Page) -> None:
    """The layout is of use, and a better one is named."""
    links = [{"source_id": 1, "target_id": 2}, {"source_id": 2, "target_id": 3}]
    dropped(page, ("bare.json", _json([{"id": n, "label": f"perahu {n}"} for n in (1, 2, 3)], links=links)))
    expect(page.get_by_role("note")).to_contain_text("The file has no places of items")
    chosen(page, "perahu 3")
    expect(page.get_by_role("complementary")).to_contain_text("perahu 2")


def test_while_a_map_is_laid_out_the_page_says_so(page: Page) -> None:
    """On the page and to screen readers; a file that is opened meanwhile is the one that is shown."""
    n = 3000
    links = [{"source_id": k, "target_id": (k * k + 1) % n} for k in range(n) if k != (k * k + 1) % n]
    dropped(page, ("slow.json", _json([{"id": k, "label": f"perahu {k}"} for k in range(n)], links=links)))
    expect(page.get_by_role("status").filter(has_text="Laying out 3,000 items…")).to_be_attached()
    expect(page.locator(".awaited")).to_be_visible()
    dropped(page, ("quick.json", _json([_item(1, label="layar"), _item(2)])))
    expect(page).to_have_title("quick")
    expect(page.locator(".awaited")).to_be_hidden()


def test_a_map_of_one_item_opens(page: Page) -> None:
    """It lies in the middle."""
    dropped(page, ("one.json", _json([{"id": 0, "label": "sendiri", "weights": {"Occurrences": 1}}])))
    expect(page).to_have_title("one")
    chosen(page, "sendiri")
    expect(page.get_by_role("complementary")).to_contain_text("sendiri")


def test_of_a_million_links_the_strongest_are_shown_and_that_is_said(page: Page) -> None:
    """The page stays usable."""
    page.evaluate(
        """([drop]) => {
          const items = Array.from({length: 1500}, (_, n) => ({id: n, label: 'titik ' + n, x: n % 40, y: n / 40}))
          const links = []
          for (let a = 0; a < 1500; a++) for (let b = 0; b < a; b++)
            if (links.length < 1e6) links.push({source_id: a, target_id: b, strength: 1 + (a * b) % 97})
          const data = new DataTransfer()
          data.items.add(new File([JSON.stringify({network: {items, links}})], 'million.json'))
          const at = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
          for (const kind of ['dragover', 'drop'])
            at.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true, composed: true}))
        }""",
        [DROP],
    )
    note = page.get_by_role("note")
    expect(note).to_contain_text("The map has 1,000,000 links; the 200,000 strongest are shown.", timeout=20_000)
    chosen(page, "titik 77")
    expect(page.get_by_role("complementary")).to_contain_text("titik 77")


def _saved(page: Page, what: str, folder: Path) -> Path:
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=what).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_what_is_seen_is_saved_as_png_and_svg(page: Page, tmp_path: Path) -> None:
    """Names are text in the SVG; a picture that is twice as large has four times as many dots."""
    sizes = []
    for what in ("PNG", "PNG × 2"):
        data = _saved(page, what, tmp_path).read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        sizes.append((int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")))
    assert sizes[1] == (2 * sizes[0][0], 2 * sizes[0][1])
    for view in ("Network", "Overlay", "Density", "Cluster density"):
        page.get_by_role("tab", name=view, exact=True).click()
        drawing = ET.parse(_saved(page, "SVG", tmp_path)).getroot()  # noqa: S314 - it is our own
        texts = {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
        assert {"kota", "laut"} <= texts
        has_picture = next(drawing.iter("{http://www.w3.org/2000/svg}image"), None) is not None
        assert has_picture == view.lower().endswith("density")


def test_the_saved_map_is_opened_by_benang_and_by_the_page(page: Page, tmp_path: Path) -> None:
    """With the same items, links and places."""
    path = _saved(page, "JSON", tmp_path)
    again, before = read_map(path), _map()
    assert again.network.labels == before.network.labels
    assert again.network.links.toarray().tolist() == before.network.links.toarray().tolist()
    assert np.allclose(again.xy, before.xy)
    assert again.cluster.tolist() == before.cluster.tolist()
    dropped(page, ("lagi.json", path.read_bytes()))
    expect(page).to_have_title("lagi")
    chosen(page, "gunung")
    expect(page.get_by_role("complementary")).to_contain_text("gunung")


def _cited() -> tuple[Record, ...]:
    """Return records of many kinds, with the fields that a page has, the newest first."""
    kota = ("kota",)
    return (
        Record("sari:1", "article", "Seni & budaya: 50 % {kota}", ("Sari, D.", "World Health Organization"), 2022,
               "Jurnal Kota", "2", "1", "12", "34", doi="10.1000/x_y", url="https://example.org/a_b",
               abstract='Baris satu.\nBaris dua, dengan "tanda".', author_keywords=("kota", "seni; budaya"),
               citations=7),
        Record("b (2)", "article", "=cmd|' /C calc'!A0", ("Siti binti Umpama", "Tukang and Perahu"), 2021, "Laut",
               article_number="e105", author_keywords=kota),
        Record("c", "chapter", "Bab", ("Adi, A.",), 2019, "Buku; besar", first_page="7", author_keywords=kota),
        Record("d", "proceedings", "Rapat", ("Adi, A.",), 2018, first_page="1", article_number="9",
               author_keywords=kota),
        Record("e", title="Tanpa jenis", source="Jurnal Kota", year=2017, author_keywords=kota),
        Record("f", "thesis", "Tesis", year=2016, author_keywords=kota),
    )  # fmt: skip


def test_records_are_cited_as_benang_writes_them(chromium: Browser, tmp_path: Path) -> None:
    """As RIS and BibTeX the same, letter by letter; as CSV in the columns that a page has."""
    records = _cited()
    incidence = sparse.csr_array(np.ones((len(records), 1)))
    network = Network(("kota", "laut"), ("kota", "laut"), symmetric(2, [0], [1], [1.0]), item_kind="author-keywords",
                      incidence=sparse.csr_array(sparse.hstack([incidence, incidence])),
                      records=tuple(record.key for record in records))  # fmt: skip
    map_ = Map(network, np.array([[0.0, 0.0], [1.0, 0.0]]), np.ones(2, np.int64))
    file = written(ShownMap(map=map_, title="Kota", corpus=corpus_of(list(records))), tmp_path)
    saved: dict[str, str] = {}
    with opened(chromium, file) as page:
        chosen(page, "kota")
        for form in ("RIS", "BibTeX", "CSV"):
            with page.expect_download() as download:
                page.get_by_role("button", name=form, exact=True).click()
            saved[form] = download.value.path().read_text(encoding="utf-8")
    assert saved["RIS"] == "".join(ris_texts(iter([records])))
    assert saved["BibTeX"] == "".join(bibtex_texts(iter([records])))
    own, other = (
        list(csv.DictReader(io.StringIO(text))) for text in (saved["CSV"], "".join(csv_texts(iter([records]))))
    )
    assert own == [{name: row[name] for name in own[0]} for row in other]


def test_the_state_stands_in_the_link(page: Page) -> None:
    """Items by their ids; a link that was cut or made up opens the map all the same."""
    chosen(page, "laut")
    page.get_by_role("tab", name="Density", exact=True).click()
    page.wait_for_url("**/*view=density*select=laut*")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("tab", name="Density", exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("complementary")).to_contain_text("laut")
    page.goto("about:blank")
    page.goto(f"{link.partition('#')[0]}#view=no&select=%E0%A4%A,nobody&at=x&clusters=1:colour:red")
    expect(page.get_by_role("tab", name="Network", exact=True)).to_have_attribute("aria-selected", "true")
