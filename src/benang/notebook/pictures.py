"""A map as a picture with its clusters, and a figure as a picture, for a notebook."""

from __future__ import annotations

import base64
from html import escape

import numpy as np
from matplotlib.figure import Figure

from benang.figures.map_figures import plot_map
from benang.figures.saving import figure_bytes
from benang.figures.style import MM_PER_INCH, size_in_mm
from benang.looks.appearance import choose_weight
from benang.looks.colours import find_palette
from benang.maps.map import Map
from benang.notebook.html_tables import block, network_line

DPI = 200
"""Points of a picture to the inch: twice those of most screens, so that it stays sharp on the finer ones."""

MOST_CLUSTERS = 12
"""Clusters that are listed, the largest first."""

_TOP_ITEMS = 4
_SCREEN = 96  # CSS pixels to the inch
_CELL = "text-align:left;vertical-align:top"


def map_line(made: Map) -> str:
    """Return a map in a line of text.

    Examples
    --------
    >>> from benang.network.graphs import network_from
    >>> network = network_from([("kota", "desa", 3.0)])
    >>> map_line(Map(network, np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1, 1])))
    'Map of 2 items and 1 link, total link strength 3; 1 cluster'
    """
    n = made.n_clusters
    return f"Map{network_line(made.network).removeprefix('Network')}; {n:,} cluster{'' if n == 1 else 's'}"


def map_html(made: Map) -> str:
    """Return a map as HTML: its counts, its picture, and its clusters with their heaviest items."""
    said = escape(map_line(made))
    if not len(made):
        return block(f"<b>{said}</b>")
    figure = plot_map(made)
    width = round(size_in_mm(figure)[0] / MM_PER_INCH * _SCREEN)
    drawn = base64.b64encode(figure_png(figure)).decode("ascii")
    picture = (
        f'<img alt="{said}" width="{width}" style="max-width:100%;height:auto" src="data:image/png;base64,{drawn}">'
    )
    return block(f"<b>{said}</b>", picture, _clusters(made))


def figure_png(figure: Figure) -> bytes:
    """Return a figure as PNG for the screen."""
    return figure_bytes(figure, ".png", DPI)


def _clusters(made: Map) -> str:
    """List the clusters with their colours, sizes and heaviest items."""
    palette = find_palette("benang")
    weight = choose_weight(made.network)[1]
    numbers, sizes = np.unique(made.cluster[made.cluster > 0], return_counts=True)
    order = np.lexsort((numbers, -sizes))
    rows = []
    for cluster, size in zip(numbers[order[:MOST_CLUSTERS]].tolist(), sizes[order].tolist(), strict=False):
        members = np.flatnonzero(made.cluster == cluster)
        heaviest = members[np.argsort(-weight[members], kind="stable")][:_TOP_ITEMS]
        named = ", ".join(made.network.labels[i] for i in heaviest) + (", …" if size > len(heaviest) else "")
        name = [made.cluster_labels.get(cluster, "")] if made.cluster_labels else []
        cells = (str(cluster), *name, f"{size:,}", named)
        swatch = f'<span style="color:{palette.of(cluster)}" aria-hidden="true">●</span> '
        rows.append("".join(f'<td style="{_CELL}">{swatch * (not at)}{escape(c)}</td>' for at, c in enumerate(cells)))
    rest = len(numbers) - len(rows)
    more = f"<div>… and {rest:,} smaller clusters.</div>" if rest else ""
    heads = ("cluster", *(["name"] if made.cluster_labels else []), "items", "heaviest items")
    head = "".join(f'<th style="{_CELL}">{name}</th>' for name in heads)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}" if rows else ""
