"""Bars of records by year of publication."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.evidence import Number
from benang.figures.page import (
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    KeyEntry,
    axes_at,
    bar_sample,
    draw_key,
    empty_figure,
    key_height,
    page_of,
    put,
    round_step,
    unit_length,
    whole_ticks,
    width_in_points,
)
from benang.figures.saving import save_figure
from benang.figures.style import MARGIN, POINTS_PER_MM, SMALL, Paths, new_figure, styled
from benang.figures.text_lines import text_width
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral


def plot_years(
    years: Mapping[int | None, Number],
    *,
    telling: Mapping[int | None, Number] | None = None,
    language: Language = "en",
    width: float = 120.0,
    height: float = 66.0,
    path: Paths = None,
) -> Figure:
    """Draw the number of records by year of publication, with the years that have none between the first and the last.

    Records without a year stand apart after the last year. Records that report no case are the pale part of a bar, so
    that the figure doesn't contradict the number of studies.

    Parameters
    ----------
    years
        Number of records by year; None for those without a year.
    telling
        How many of them report a case; all of them are drawn alike where left out.
    language
        Of the texts.
    width, height
        In mm as printed.
    path
        Files to write: .png, .svg, .pdf.
    """
    _ = translator(language)
    title = _("Records by year of publication")
    with styled():
        if not any(one.value for one in years.values()):
            message = _("There are no records to count by year.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        figure = new_figure(width, height, title=title)
        key = _years_key(years, telling, _) if telling else []
        left, top = 13.0, 6.0 + (key_height(key, width - 2 * MARGIN) if key else 0.0)
        axes = axes_at(figure, left, top, width - left - 2 * MARGIN, height - top - 12.5)
        counts = {year: one.value for year, one in years.items()}
        by_year = {year: one.value for year, one in telling.items()} if telling else counts
        _draw_years(axes, counts, {year: by_year.get(year, 0) for year in counts}, language)
        page = page_of(figure)
        if key:
            draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        put(page, left + (width - left - 2 * MARGIN) / 2, height - 3.2, _("Year of publication"), ha="center")
        put(page, 3.5, top + (height - top - 12.5) / 2, _("Records"), ha="center", rotation=90)
        return save_figure(figure, path)


def _years_key(
    years: Mapping[int | None, Number], telling: Mapping[int | None, Number], _: Translator
) -> list[KeyEntry]:
    """Explain the parts of the bars that are there."""
    dark = any(one.value for one in telling.values())
    pale = any(one.value > (telling[year].value if year in telling else 0) for year, one in years.items())
    return [
        *([KeyEntry(_("studies that report a case"), bar_sample(2.5, EVIDENCE, EVIDENCE))] if dark else []),
        *([KeyEntry(_("other records"), bar_sample(2.5, EVIDENCE_PALE, EVIDENCE))] if pale else []),
    ]


def _draw_years(
    axes: Axes, counts: Mapping[int | None, float], reporting: Mapping[int | None, float], language: Language
) -> None:
    _ = translator(language)
    known = {year: value for year, value in counts.items() if year is not None}
    shown = list(range(min(known), max(known) + 1)) if known else []
    apart = [_place_apart(axes, shown, _("no\nyear"))] if counts.get(None, 0) else []
    axes.set_xlim(min([*shown, *apart]) - 0.7, max([*shown, *apart]) + 0.7)
    values = {**dict.fromkeys(shown, 0.0), **known, **dict.fromkeys(apart, counts.get(None, 0.0))}
    thick = min(0.72, 9.0 * POINTS_PER_MM / unit_length(axes))
    places = [*shown, *apart]
    dark = [reporting.get(year, 0.0) for year in shown] + [reporting.get(None, 0.0) for _place in apart]
    pale = [values[place] - part for place, part in zip(places, dark, strict=True)]
    axes.bar(places, dark, width=thick, facecolor=EVIDENCE, edgecolor=EVIDENCE, linewidth=0.6, label="studies")
    if any(pale):
        axes.bar(
            places,
            pale,
            bottom=dark,
            width=thick,
            facecolor=EVIDENCE_PALE,
            edgecolor=EVIDENCE,
            linewidth=0.6,
            label="others",
        )
    _value_labels(axes, values, language)
    _year_ticks(axes, shown, apart, _("no\nyear"))
    highest = max(counts.values())
    axes.set_ylim(0, highest * 1.02)
    axes.set_yticks(whole_ticks(highest, most=6))
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _place_apart(axes: Axes, shown: Sequence[int], name: str) -> int:
    """Return the place of the bar without a year: two years after the last, or as far as its name needs."""
    if not shown:
        return 0
    room = (text_width("2000", SMALL) + max(text_width(line, SMALL) for line in name.split("\n"))) / 2 + 4
    return shown[-1] + max(2, math.ceil(room * (len(shown) + 0.4) / (width_in_points(axes) - room)))


def _value_labels(axes: Axes, values: Mapping[int, float], language: Language) -> None:
    """Write the values above the bars; none of them where some would run into each other (the scale tells them)."""
    numerals = {place: numeral(value, language) for place, value in sorted(values.items()) if value}
    if any(
        (after - before) * unit_length(axes) < (text_width(one, SMALL) + text_width(other, SMALL)) / 2 + 1
        for (before, one), (after, other) in pairwise(numerals.items())
    ):
        return
    for place, text in numerals.items():
        axes.annotate(
            text,
            (place, values[place]),
            (0, 2),
            textcoords="offset points",
            fontsize=SMALL,
            ha="center",
            va="bottom",
            annotation_clip=False,
        )


def _year_ticks(axes: Axes, shown: Sequence[int], apart: Sequence[int], name: str) -> None:
    """Name every year where there is room, else the first, the last and round ones between; and the bar apart."""
    room = (text_width("2000", SMALL) + 3) / unit_length(axes)
    ends = sorted({*shown[:1], *shown[-1:]})
    named = [year for year in shown if year % round_step(room) == 0 and all(abs(year - end) >= room for end in ends)]
    named = sorted({*named, *(ends if room <= shown[-1] - shown[0] else ends[-1:])}) if shown else []
    axes.set_xticks([*named, *apart], [*map(str, named), *[name] * len(apart)])
    axes.set_xticks([year for year in shown if year not in named], minor=True)
    axes.tick_params(axis="x", which="major", length=2.5)
    axes.tick_params(axis="x", which="minor", length=1.2, width=0.4)
