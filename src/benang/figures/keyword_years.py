"""Keywords year by year, as a table of colours, with those that rise or fall marked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from benang.figures.notes import draw_notes, notes_height
from benang.figures.page import FAINT, FOUND, axes_at, box, empty_figure, page_of, put
from benang.figures.saving import save_figure
from benang.figures.style import INK, MARGIN, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.text_lines import LABEL_LINES, broken, line_step, width_of
from benang.indicators.indicator import Indicator
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check

SIGNIFICANT = 1.96
"""z beyond which a keyword is marked as rising or falling: 5 % on both sides of the normal distribution."""
_LABELS = 58.0
_ROW = 5.0
_TREND = 16.0
_LEAST_ACROSS = 30.0
_PALE = "#eaf2f9"
_COLOURS = LinearSegmentedColormap.from_list("counts", [_PALE, "#7fb7dc", FOUND, "#00395c"])
_COLOURS(0.0)  # makes the table of its shades, which threads that first ask for it together would fill twice
_DARK = 0.55  # share of the scale above which figures in a cell are white


def plot_keyword_years(
    years: Indicator,
    trends: Indicator,
    *,
    language: Language = "en",
    width: float = PAGE,
    path: Paths = None,
) -> Figure:
    """Draw in how many records of each year the most frequent keywords stand.

    Parameters
    ----------
    years
        The indicator `keyword-years`.
    trends
        The indicator of the same keywords, for their trend: ▲ where the share of records with the keyword rises
        (z above 1.96), ▼ where it falls.
    language, width, path
        Of the texts; in mm, wider where labels leave too little; files to write.
    """
    check(width=width)
    _ = translator(language)
    title = _("Keywords by year")
    with styled():
        if not years.rows:
            message = _("No record has keywords and a year.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        labels = [broken(row.label, _LABELS, most=LABEL_LINES) for row in years.rows]
        heights = [max(_ROW, len(lines) * line_step(NORMAL) + 1) for lines in labels]
        left = MARGIN + width_of(line for lines in labels for line in lines) + 2.5
        width = max(width, left + _LEAST_ACROSS + _TREND + MARGIN)
        notes = [
            _(
                "Trend: z of the share of records with the keyword over the years (Cochran–Armitage); "
                "▲ rising, ▼ falling, beyond ±1.96."
            )
        ]
        top = MARGIN + 6.5
        height = top + math.fsum(heights) + notes_height(notes, width) + 2.5
        figure = new_figure(width, height, title=title)
        page = page_of(figure)
        across = width - left - _TREND - MARGIN
        axes = axes_at(figure, left, top, across, math.fsum(heights))
        _draw_cells(axes, years, heights, language)
        _draw_heads(page, years.measures, left, top, across / len(years.measures), _)
        put(page, width - MARGIN - _TREND / 2, top - 2.6, _("Trend"), size=SMALL, ha="center")
        y = top
        for row, lines, room in zip(years.rows, labels, heights, strict=True):
            put(page, left - 2, y + room / 2, "\n".join(lines), ha="right")
            z = next(
                (one.numbers["trend"].value for one in trends.rows if one.item == row.item and "trend" in one.numbers),
                None,
            )
            put(page, width - MARGIN - 3, y + room / 2, *_trend(z, language), size=SMALL, ha="right")
            y += room
        draw_notes(figure, notes)
        return save_figure(figure, path)


def _trend(z: float | None, language: Language) -> tuple[str]:
    """Write a trend with its sign, and a mark where it is beyond chance; a dash where it is not told."""
    if z is None:
        return ("–",)
    sign = "+" if z > 0 else ""
    mark = "▲ " if z > SIGNIFICANT else "▼ " if z < -SIGNIFICANT else ""
    return (f"{mark}{sign}{numeral(z, language, 1)}",)


def _draw_heads(page: Axes, measures: Sequence[str], left: float, top: float, step: float, _: Translator) -> None:
    """Name the columns: every year where there is room, else every second, fifth or tenth."""
    room = width_of(["2000"], SMALL) + 1.0
    every = next((one for one in (1, 2, 5, 10) if one * step >= room), 20)
    free = left
    if measures[0].startswith("until"):
        put(page, left + step, top - 2.6, f"≤{measures[0].rpartition('-')[2]}", size=SMALL, ha="right")
        free = left + step + 0.5
    for at, measure in enumerate(measures):
        middle = left + (at + 0.5) * step
        if not measure.startswith("until") and int(measure) % every == 0 and middle - room / 2 >= free:
            put(page, middle, top - 2.6, measure, size=SMALL, ha="center")


def _draw_cells(axes: Axes, years: Indicator, heights: Sequence[float], language: Language) -> None:
    n = len(years.measures)
    axes.set_label("keywords")
    axes.set_xlim(0, n)
    axes.set_ylim(math.fsum(heights), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    counts = np.array([[row.numbers[m].value if m in row.numbers else 0 for m in years.measures] for row in years.rows])
    scale = float(counts.max()) or 1.0
    y = 0.0
    for row, room in zip(counts, heights, strict=True):
        for at, value in enumerate(row.tolist()):
            share = value / scale
            face = _COLOURS(share) if value else "#ffffff"
            box(axes, at + 0.5, y + room / 2, 0.94, room - 0.5, face=face, edge=FAINT)
            if value:
                put(
                    axes,
                    at + 0.5,
                    y + room / 2,
                    numeral(value, language),
                    size=SMALL,
                    color="white" if share > _DARK else INK,
                    ha="center",
                    va="center_baseline",
                )
        y += room
