"""The picture of docs/benchmarks.md: how the time of a layout grows with the network.

    python benchmarks/picture.py

Draws benchmarks/out/layout_scaling.json, which `benchmarks/layout_scaling.py` writes, into
docs/pictures/benchmarks.png.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullLocator

from benang.figures import INK, MUTED, NORMAL, SMALL, new_figure, styled
from benang.figures.saving import save_figure

HERE = Path(__file__).resolve().parent
PICTURE = HERE.parent / "docs" / "pictures" / "benchmarks.png"
OURS, GUIDE = "#1f78b4", "#9a9a9a"


def read(name: str) -> list[dict[str, float]]:
    """Read what a benchmark wrote; nothing where it was not run."""
    path = HERE / "out" / f"{name}.json"
    held: list[dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return held


def draw(axes: Axes, rows: list[dict[str, float]]) -> None:
    """Draw processor seconds over items, both logarithmic, with n log n and n² beside them."""
    items = np.array([row["items"] for row in rows])
    took = np.array([row["processor_seconds"] for row in rows])
    start = int(np.searchsorted(items, 60_000))  # smaller ones are begun several times
    guide = np.geomspace(items[start], items[-1], 40)
    for label, cost in (("n log n", guide * np.log(guide)), ("n²", guide**2)):
        line = took[start] * cost / cost[0]
        shown = line <= 5 * took.max()
        axes.plot(guide[shown], line[shown], color=GUIDE, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            label, (guide[shown][-1], line[shown][-1]), (-3, 4), textcoords="offset points", ha="right", color=MUTED,
            fontsize=SMALL,
        )  # fmt: skip
    axes.plot(items, took, color=OURS, marker="o", markersize=4, linewidth=1.4, zorder=3)
    for n, seconds in zip(items, took, strict=True):
        said = f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
        axes.annotate(said, (n, seconds), (5, -9), textcoords="offset points", color=INK, fontsize=SMALL)
    axes.set(xscale="log", yscale="log", xlabel="items, ten links each", ylabel="processor seconds of a layout")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_locator(NullLocator())
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.08, y=0.12)


def main() -> None:
    rows = read("layout_scaling")
    if not rows:
        raise SystemExit("Run benchmarks/layout_scaling.py first.")
    with styled():
        figure = new_figure(120, 80, title="Time of a layout by the number of items")
        axes = figure.add_axes((0.13, 0.15, 0.83, 0.79))
        draw(axes, rows)
        axes.tick_params(labelsize=NORMAL)
        save_figure(figure, PICTURE, 200)
    print(f"Written: {PICTURE.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
