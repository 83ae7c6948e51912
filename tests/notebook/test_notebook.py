"""A notebook shows a corpus and a network as a table, a map and a figure as a picture."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tests.maps.full_networks import full_map, full_network

from benang.figures.map_figures import plot_map
from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.notebook import register
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import FileAccount, Ledger, Record, SetAside

formatters: Any = pytest.importorskip("IPython.core.formatters")


@pytest.fixture
def display() -> Any:
    """Return the part of IPython that chooses how to show a value, told of Benang's types."""
    shown = formatters.DisplayFormatter()
    assert register(SimpleNamespace(display_formatter=shown))
    return shown


class _Page(HTMLParser):
    """The texts of cells, row by row, and the images of a page; every tag must be closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.images: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.images.append(dict(attrs))
            return
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def _corpus(n: int = 2) -> Corpus:
    records = [Record("a&b", title="<script>alert(1)</script>", authors=("Ani", "Budi", "Citra", "Dewi"), year=2020)]
    records += [Record(f"k{i}", title=f"Title {i}", citations=i) for i in range(1, n)]
    account = FileAccount("s.ris", "RIS", "0f", n + 1, n, (SetAside(3, 12, "no content"),))
    return corpus_of(records, ledger=Ledger((account,)))


def _shown(display: Any, thing: object) -> tuple[dict[str, Any], _Page]:
    data, _ = display.format(thing)
    return data, _Page(data["text/html"])


def test_a_corpus_is_a_table_of_its_first_records(display: Any) -> None:
    """Counts, five rows, how many more, and in how many records each field is missing."""
    data, page = _shown(display, _corpus(7))

    assert data["text/plain"] == "Corpus of 7 records, 2020"
    assert page.rows[0] == ["key", "authors", "year", "title", "source", "citations"]
    assert page.rows[1] == ["a&b", "Ani; Budi; Citra; …", "2020", "<script>alert(1)</script>", "", ""]
    assert len(page.rows) == 6
    told = " ".join(page.texts)
    assert "(8 found in 1 file, 1 set aside)" in told
    assert "… and 2 more." in told
    assert "authors 6, year 6, citations 1." in told
    assert re.search(r"In no record: type, .*doi", told)


def test_a_network_is_a_table_of_its_heaviest_items(display: Any) -> None:
    """The counts, then label, weights and scores, ten items at most; a missing score is empty."""
    data, page = _shown(display, full_network())

    line = "Network of 4 author-keywords and 2 links (co-occurrence), total link strength 3.5, of 3 cases"
    assert data["text/plain"] == page.texts[0] == line
    assert page.rows == [
        ["label", "Occurrences", "Links", "Avg. pub. year", "none"],
        ["kota", "3", "9", "2019.5", ""],
        ["desa", "2", "9", "2020", ""],
        ["kota", "1", "9", "", ""],
        ["<b>pasar</b>", "1", "9", "2001", ""],
    ]


def test_a_large_network_says_how_many_more_there_are(display: Any) -> None:
    """Twelve items: the two lightest aren't shown."""
    ids = tuple(map(str, range(12)))
    network = Network(ids, ids, symmetric(12, [0], [1], [1.0]), {"Documents": np.arange(12.0)})

    _, page = _shown(display, network)

    assert [row[0] for row in page.rows[1:]] == list(ids[:1:-1])
    assert "… and 2 more, by Documents." in page.texts


def test_a_map_is_a_picture_with_its_clusters(display: Any) -> None:
    """A PNG with words for who can't see it, and the heaviest items of each cluster, the largest cluster first."""
    xy = np.array([[0.1, -1.0], [0.3, 0.0], [2.0, 1.5], [-1.0, 1.0]])
    data, page = _shown(display, replace(full_map(), xy=xy))

    (image,) = page.images
    kind, _, content = str(image["src"]).partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(content)[1:4] == b"PNG"
    assert image["alt"] == data["text/plain"]
    assert data["text/plain"].endswith("; 2 clusters")
    assert page.rows[1:] == [["● 1", "", "2", "kota, desa"], ["● 2", "Markets & towns", "1", "kota"]]


def test_a_map_is_the_same_bytes_each_time(display: Any) -> None:
    """Two showings of one map are equal, so that a notebook run again doesn't change."""
    made = Map(full_network(), np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]]), np.array([1, 1, 2, 2]))

    assert display.format(made)[0]["text/html"] == display.format(made)[0]["text/html"]


def test_what_is_empty_shows_its_counts(display: Any) -> None:
    """No record, no item, no place: a line, and no table."""
    empty = full_network().subset(np.array([], np.intp))
    for thing in (corpus_of([]), empty, Map(empty, np.zeros((0, 2)), np.zeros(0, np.int64))):
        data, page = _shown(display, thing)
        assert page.texts[0] == data["text/plain"]
        assert (page.rows, page.images) == ([], [])


def test_a_figure_is_a_picture(display: Any) -> None:
    """Also where nobody told matplotlib that a notebook runs."""
    made = Map(full_network(), np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]]), np.array([1, 1, 2, 2]))

    assert display.format(plot_map(made))[0]["image/png"][1:4] == b"PNG"


def test_who_draws_figures_already_goes_on() -> None:
    """What a user told IPython of figures stays."""
    shown = formatters.DisplayFormatter()
    shown.formatters["image/png"].for_type_by_name("matplotlib.figure", "Figure", lambda _: b"mine")
    register(SimpleNamespace(display_formatter=shown))
    made = Map(full_network(), np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]]), np.array([1, 1, 2, 2]))

    assert shown.format(plot_map(made))[0]["image/png"] == b"mine"


@pytest.mark.parametrize("begin", ["import benang", 'get_ipython().run_line_magic("load_ext", "benang.notebook")'])
def test_a_running_ipython_shows_it(begin: str, tmp_path: Path) -> None:
    """After `import benang`, as after `%load_ext benang.notebook`; nothing that draws is loaded before it is shown."""
    code = f"""
import sys
{begin}
print("drawing loaded:", "matplotlib" in sys.modules)
from benang.network.graphs import network_from
get_ipython().display_formatter.active_types = ["text/plain", "text/html"]
data, _ = get_ipython().display_formatter.format(network_from([("kota", "desa", 3.0)]))
print(data["text/plain"], "<table>" in data["text/html"])
"""
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "IPYTHONDIR": str(tmp_path)},
    )

    assert done.stdout.splitlines()[-2:] == [
        "drawing loaded: False",
        "Network of 2 items and 1 link, total link strength 3 True",
    ], done.stderr
