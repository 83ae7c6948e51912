"""A corpus and a network as tables in HTML, a map as a picture with its clusters, a figure as a picture.

All that an export or a graph brought is escaped. What draws is loaded where something is drawn.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from benang.looks.appearance import choose_weight, find_palette
from benang.maps import Map
from benang.network.network import Network
from benang.records.corpus import Corpus
from benang.records.file_accounts import carried_fields
from benang.records.record import Record

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIRST_RECORDS = 5
"""Records of a corpus that are shown."""

TOP_ITEMS = 10
"""Items of a network that are shown, the heaviest first."""

_COLUMNS = ("key", "authors", "year", "title", "source", "citations")
_LONGEST = 120  # characters of a cell
_LEFT = "text-align:left;vertical-align:top"
_RIGHT = "text-align:right;vertical-align:top;white-space:nowrap"
DPI = 200
"""Points of a picture to the inch: twice those of most screens, so that it stays sharp on the finer ones."""
MOST_CLUSTERS = 12
"""Clusters that are listed, the largest first."""
_HEAVIEST_NAMED = 4
_SCREEN = 96  # CSS pixels to the inch


def corpus_line(corpus: Corpus) -> str:
    """Return a corpus in a line of text.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> corpus_line(corpus_of([Record("a", year=2019), Record("b", year=2021)]))
    'Corpus of 2 records, 2019–2021'
    """
    span = pc.min_max(corpus.works.column("year")).as_py()
    years = {year for year in span.values() if year is not None}
    return f"Corpus of {_many(len(corpus), 'record')}" + (f", {'–'.join(map(str, sorted(years)))}" if years else "")


def network_line(network: Network) -> str:
    """Return a network in a line of text.

    Examples
    --------
    >>> from benang.network.graphs import network_from
    >>> network_line(network_from([("kota", "desa", 3.0)]))
    'Network of 2 items and 1 link, total link strength 3'
    """
    kind = "" if network.link_kind == "links" else f" ({network.link_kind})"
    items = _many(len(network), "item") if network.item_kind == "items" else f"{len(network):,} {network.item_kind}"
    behind = f", of {_many(len(network.records), network.unit.removesuffix('s'))}" if network.records else ""
    strength = f", total link strength {number(network.total_link_strength)}"
    return f"Network of {items} and {_many(network.n_links, 'link')}{kind}{strength}{behind}"


def corpus_html(corpus: Corpus) -> str:
    """Return a corpus as HTML: its counts, the first records, and what is missing."""
    rows = [_cells(record) for record in _first(corpus)]
    rest = len(corpus) - len(rows)
    return block(
        f"<b>{escape(corpus_line(corpus))}</b>{_read(corpus)}",
        table(_COLUMNS, rows, numbers=("year", "citations")),
        f"… and {rest:,} more." if rest else "",
        _missing(corpus),
    )


def network_html(network: Network) -> str:
    """Return a network as HTML: its counts, and its heaviest items with their weights and scores."""
    name, weight = choose_weight(network)
    top = np.argsort(-weight, kind="stable")[:TOP_ITEMS]
    columns = {**network.weights, **network.scores}
    rows = [(network.labels[i], *(number(values[i]) for values in columns.values())) for i in top]
    rest = len(network) - len(rows)
    by = f", by {escape(name)}" if name else ""
    return block(
        f"<b>{escape(network_line(network))}</b>",
        table(("label", *columns), rows, numbers=tuple(columns)),
        f"… and {rest:,} more{by}." if rest else "",
    )


def block(*parts: str) -> str:
    """Put parts, in HTML already, under each other; empty ones are left out."""
    return f'<div class="benang">{"".join(f"<div>{part}</div>" for part in parts if part)}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[str] = ()) -> str:
    """Return texts as a table in HTML, escaped, the columns of numbers at the right; empty without rows.

    Examples
    --------
    >>> "&lt;b&gt;" in table(["label"], [["<b>"]]), table(["label"], [])
    (True, '')
    """
    shown_rows = list(rows)
    styles = [_RIGHT if name in numbers else _LEFT for name in head]
    top = "".join(f'<th style="{style}">{escape(name)}</th>' for name, style in zip(head, styles, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{style}">{escape(_cut(cell))}</td>' for cell, style in zip(row, styles, strict=True))
        + "</tr>"
        for row in shown_rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>" if shown_rows else ""


def number(value: float) -> str:
    """Write a number with two decimals at most, a small one with two digits; nothing for NaN.

    Examples
    --------
    >>> [number(value) for value in (12.0, 2019.456, 0.00123, math.nan, 0.0, 100.0)]
    ['12', '2019.46', '0.0012', '', '0', '100']
    """
    if math.isnan(value):
        return ""
    if 0 < abs(value) < 0.01 or abs(value) >= 1e15:
        return f"{value:.2g}"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _first(corpus: Corpus) -> tuple[Record, ...]:
    """Return the first records, without making objects of all others."""
    works = corpus.works.slice(0, FIRST_RECORDS)
    among = works.column("work").combine_chunks()
    values = corpus.values.filter(pc.is_in(corpus.values.column("work"), value_set=among))
    few = replace(corpus, works=works, values=values, origins=corpus.origins.slice(0, 0), raw=corpus.raw.slice(0, 0))
    return few.records


def _cells(record: Record) -> tuple[str, ...]:
    named = "; ".join(record.authors[:3]) + ("; …" if len(record.authors) > 3 else "")
    year, citations = ("" if value is None else str(value) for value in (record.year, record.citations))
    return record.key, named, year, record.title, record.source, citations


def _read(corpus: Corpus) -> str:
    if not corpus.ledger.files:
        return ""
    files = _many(len(corpus.ledger.files), "file")
    counts = f"{corpus.ledger.found:,} found in {files}, {corpus.ledger.set_aside:,} set aside"
    joined = f"; {corpus.members.num_rows:,} records joined" if corpus.members.num_rows else ""
    return f" ({counts}{joined})"


def _missing(corpus: Corpus) -> str:
    """Say of each field in how many records it is missing, and which no record has."""
    counts = carried_fields(corpus)
    n = len(corpus)
    some = [f"{_words(name)} {n - has:,}" for name, has in counts.items() if 0 < has < n]
    none = [_words(name) for name, has in counts.items() if n and not has]
    sentence = f"Missing in records: {', '.join(some)}." if some else ""
    return f"{sentence} In no record: {', '.join(none)}.".strip() if none else sentence


def _words(name: str) -> str:
    return escape(name.replace("_", " "))


def map_line(map_: Map) -> str:
    """Return a map in a line of text.

    Examples
    --------
    >>> from benang.network.graphs import network_from
    >>> network = network_from([("kota", "desa", 3.0)])
    >>> map_line(Map(network, np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1, 1])))
    'Map of 2 items and 1 link, total link strength 3; 1 cluster'
    """
    n = map_.n_clusters
    return f"Map{network_line(map_.network).removeprefix('Network')}; {n:,} cluster{'' if n == 1 else 's'}"


def map_html(map_: Map) -> str:
    """Return a map as HTML: its counts, its picture, and its clusters with their heaviest items."""
    line = escape(map_line(map_))
    if not len(map_):
        return block(f"<b>{line}</b>")
    from benang.figures import MM_PER_INCH, size_in_mm
    from benang.figures.map_figures import plot_map

    figure = plot_map(map_)
    width = round(size_in_mm(figure)[0] / MM_PER_INCH * _SCREEN)
    drawn = base64.b64encode(figure_png(figure)).decode("ascii")
    picture = (
        f'<img alt="{line}" width="{width}" style="max-width:100%;height:auto" src="data:image/png;base64,{drawn}">'
    )
    return block(f"<b>{line}</b>", picture, _clusters(map_))


def figure_png(figure: Figure) -> bytes:
    """Return a figure as PNG for the screen."""
    from benang.figures.saving import figure_bytes

    return figure_bytes(figure, ".png", DPI)


def _clusters(map_: Map) -> str:
    """List the clusters with their colours, sizes and heaviest items."""
    palette = find_palette("benang")
    weight = choose_weight(map_.network)[1]
    numbers, sizes = np.unique(map_.cluster[map_.cluster > 0], return_counts=True)
    order = np.lexsort((numbers, -sizes))
    rows = []
    for cluster, size in zip(numbers[order[:MOST_CLUSTERS]].tolist(), sizes[order].tolist(), strict=False):
        members = np.flatnonzero(map_.cluster == cluster)
        heaviest = members[np.argsort(-weight[members], kind="stable")][:_HEAVIEST_NAMED]
        named = ", ".join(map_.network.labels[i] for i in heaviest) + (", …" if size > len(heaviest) else "")
        name = [map_.cluster_labels.get(cluster, "")] if map_.cluster_labels else []
        cells = (str(cluster), *name, f"{size:,}", named)
        swatch = f'<span style="color:{palette.of(cluster)}" aria-hidden="true">●</span> '
        rows.append("".join(f'<td style="{_LEFT}">{swatch * (not at)}{escape(c)}</td>' for at, c in enumerate(cells)))
    rest = len(numbers) - len(rows)
    more = f"<div>… and {rest:,} smaller clusters.</div>" if rest else ""
    heads = ("cluster", *(["name"] if map_.cluster_labels else []), "items", "heaviest items")
    head = "".join(f'<th style="{_LEFT}">{name}</th>' for name in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}" if rows else ""
