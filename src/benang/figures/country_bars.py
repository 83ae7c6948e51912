"""Bars of countries: records that a country has alone, and those that it shares with others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.figures.page import (
    AGAINST,
    FAINT,
    FOUND,
    KeyEntry,
    axes_at,
    bar_sample,
    draw_key,
    empty_figure,
    key_height,
    page_of,
    put,
)
from benang.figures.saving import save_figure
from benang.figures.scales import whole_ticks
from benang.figures.style import INK, MARGIN, MUTED, NORMAL, SMALL, Paths, new_figure, styled
from benang.figures.text_lines import LABEL_LINES, LEADING, broken, line_step, text_width, width_of
from benang.indicators.indicator import Indicator, ItemRow
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.ranges import check

_ROW, _THICK = 4.6, 3.0
_LABELS = 40.0
_SCALE = 9.5
_LEAST_ACROSS = 20.0


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
    title = _("Records by country, alone and with others")
    with styled():
        rows = countries.rows[:most]
        if not rows:
            message = _("No record names a country in its affiliations.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        key = [
            KeyEntry(_("one country (SCP)"), bar_sample(2.5, FOUND)),
            KeyEntry(_("several countries (MCP)"), bar_sample(2.5, AGAINST)),
        ]
        labels = [broken((names or {}).get(row.item, row.label), _LABELS, most=LABEL_LINES) for row in rows]
        heights = [max(_ROW, len(lines) * line_step(NORMAL) + 1) for lines in labels]
        left = MARGIN + width_of(line for lines in labels for line in lines) + 2
        values = [
            _("{records} ({share}% shared)").format(
                records=numeral(row.numbers["records"].value, language),
                share=numeral(100 * row.numbers["multiple-share"].value, language, 0),
            )
            for row in rows
        ]
        right = width_of(values, SMALL) + 3
        width = max(width, left + _LEAST_ACROSS + right)
        top = MARGIN + key_height(key, width - 2 * MARGIN) + 1.5
        height = top + math.fsum(heights) + _SCALE
        figure = new_figure(width, height, title=title)
        page = page_of(figure)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        across = width - left - right
        axes = axes_at(figure, left, top, across, math.fsum(heights))
        _draw(axes, rows, heights, ["\n".join(lines) for lines in labels], values, language)
        put(page, left + across / 2, height - 3.2, _("Records"), size=SMALL, ha="center")
        return save_figure(figure, path)


def _draw(
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
    ticks = next(held for most in (8, 5, 3, 2, 1) if _fits(axes, held := whole_ticks(scale, most=most), language))
    axes.set_xticks(ticks, [numeral(tick, language) for tick in ticks])
    axes.tick_params(axis="x", length=2)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    for at, (row, name, value) in enumerate(zip(rows, names, values, strict=True)):
        y = math.fsum(heights[:at]) + heights[at] / 2
        single, multiple = row.numbers["single"].value, row.numbers["multiple"].value
        axes.barh([y], [single], height=_THICK, color=FOUND, clip_on=False)
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
