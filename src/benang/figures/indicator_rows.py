"""Indicators of many items, a row each: countries as bars, and keywords year by year as a table of colours."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from benang.figures import INK, MARGIN, MUTED, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.page import (
    AGAINST,
    EVIDENCE,
    FAINT,
    KeyEntry,
    axes_at,
    bar_sample,
    box,
    draw_key,
    draw_notes,
    empty_figure,
    key_height,
    notes_height,
    page_of,
    put,
    whole_ticks,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import LABEL_LINES, LEADING, broken, line_step, text_width, width_of
from benang.indicators.indicator import Indicator, ItemRow
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check

_COUNTRY_ROW, _THICK = 4.6, 3.0
_COUNTRIES = 40.0
_SCALE = 9.5
_LEAST_OF_BARS = 20.0

SIGNIFICANT = 1.96
"""z beyond which a keyword is marked as rising or falling: 5 % on both sides of the normal distribution."""
_KEYWORDS = 58.0
_KEYWORD_ROW = 5.0
_TREND = 16.0
_LEAST_OF_YEARS = 30.0
_PALE = "#eaf2f9"
_COLOURS = LinearSegmentedColormap.from_list("counts", [_PALE, "#7fb7dc", EVIDENCE, "#00395c"])
_COLOURS(0.0)  # makes the table of its shades, which threads that first ask for it together would fill twice
_DARK = 0.55  # share of the scale above which figures in a cell are white


def plot_countries(
    countries: Indicator,
    *,
    language: Language = "en",
    width: float = 120.0,
    most: int = 20,
    names: Mapping[str, str] | None = None,
    path: Paths = None,
) -> Figure:
    """Draw the records of each country as a bar: those of the country alone, then those with other countries.

    Parameters
    ----------
    countries
        The indicator `countries`.
    language, width, path
        Of the texts; in mm, wider where labels leave too little; files to write.
    most
        Countries at most.
    names
        What countries are called, by the item of their row; as in the indicator where left out.
    """
    check(width=width)
    _ = translator(language)
    title = _("Records by country, single and multiple")
    with styled():
        rows = countries.rows[:most]
        if not rows:
            message = _("No record names a country in its affiliations.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        bars = (("single", _("one country (SCP)"), EVIDENCE), ("multiple", _("several countries (MCP)"), AGAINST))
        key = [
            KeyEntry(text, bar_sample(2.5, colour))
            for name, text, colour in bars
            if any(row.numbers[name].value for row in rows)
        ]
        labels = [broken((names or {}).get(row.item, row.label), _COUNTRIES, most=LABEL_LINES) for row in rows]
        heights = [max(_COUNTRY_ROW, len(lines) * line_step(NORMAL) + 1) for lines in labels]
        left = MARGIN + width_of(line for lines in labels for line in lines) + 2
        values = [
            _("{records} ({share}% with other countries)").format(
                records=numeral(row.numbers["records"].value, language),
                share=numeral(100 * row.numbers["multiple-share"].value, language, 0),
            )
            for row in rows
        ]
        right = width_of(values, SMALL) + 3
        width = max(width, left + _LEAST_OF_BARS + right)
        top = MARGIN + key_height(key, width - 2 * MARGIN) + 1.5
        height = top + math.fsum(heights) + _SCALE
        figure = new_figure(width, height, title=title)
        page = page_of(figure)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        across = width - left - right
        axes = axes_at(figure, left, top, across, math.fsum(heights))
        _draw_bars(axes, rows, heights, ["\n".join(lines) for lines in labels], values, language)
        put(page, left + across / 2, height - 3.2, _("Records"), size=SMALL, ha="center")
        return save_figure(figure, path)


def _draw_bars(
    axes: Axes,
    rows: Sequence[ItemRow],
    heights: Sequence[float],
    names: Sequence[str],
    values: Sequence[str],
    language: Language,
) -> None:
    scale = max(row.numbers["records"].value for row in rows)
    axes.set_xlim(0, scale)
    axes.set_ylim(math.fsum(heights), 0)
    ticks = next(choice for most in (8, 5, 3, 2, 1) if _fits(axes, choice := whole_ticks(scale, most=most), language))
    axes.set_xticks(ticks, [numeral(tick, language) for tick in ticks])
    axes.tick_params(axis="x", length=2)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    for at, (row, name, value) in enumerate(zip(rows, names, values, strict=True)):
        y = math.fsum(heights[:at]) + heights[at] / 2
        single, multiple = row.numbers["single"].value, row.numbers["multiple"].value
        axes.barh([y], [single], height=_THICK, color=EVIDENCE, clip_on=False)
        axes.barh([y], [multiple], left=[single], height=_THICK, color=AGAINST, clip_on=False)
        for place, shift, text, size, side, colour in (
            (0.0, -4, name, NORMAL, "right", INK),
            (single + multiple, 3, value, SMALL, "left", MUTED),
        ):
            axes.annotate(
                text,
                (place, y),
                (shift, 0),
                textcoords="offset points",
                fontsize=size,
                ha=side,
                va="center",
                linespacing=LEADING,
                annotation_clip=False,
                color=colour,
            )


def _fits(axes: Axes, ticks: list[int], language: Language) -> bool:
    """Tell whether the numbers of ticks stand apart on the scale."""
    if len(ticks) <= 2:
        return True
    step = (ticks[1] - ticks[0]) / axes.get_xlim()[1] * axes.bbox.width / axes.figure.dpi * 72
    return step > max(text_width(numeral(tick, language), SMALL) for tick in ticks) + 4


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
        labels = [broken(row.label, _KEYWORDS, most=LABEL_LINES) for row in years.rows]
        heights = [max(_KEYWORD_ROW, len(lines) * line_step(NORMAL) + 1) for lines in labels]
        left = MARGIN + width_of(line for lines in labels for line in lines) + 2.5
        width = max(width, left + _LEAST_OF_YEARS + _TREND + MARGIN)
        notes = [
            _(
                "Trend: z of the yearly share of records with the keyword (Cochran–Armitage test); ▲ rising, ▼ "
                "falling, beyond ±1.96."
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
    """Write a trend with its sign, and a mark where it is beyond chance; a dash where it is unknown."""
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
