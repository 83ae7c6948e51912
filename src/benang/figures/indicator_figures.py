"""Figures of what a corpus says of itself: records a year, Bradford's curve, Lotka's law."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.evidence import Number
from benang.figures import MARGIN, MUTED, POINTS_PER_MM, SMALL, Paths, new_figure, styled
from benang.figures.page import (
    AGAINST,
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    KeyEntry,
    axes_at,
    bar_sample,
    count_scale,
    draw_key,
    empty_figure,
    key_height,
    log_scale,
    log_ticks,
    name_axes,
    page_of,
    put,
    round_step,
    unit_length,
    whole_ticks,
    width_in_points,
    year_scale,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import text_width, width_of
from benang.indicators.authors import LotkaFit
from benang.indicators.contents import bradford_cuts
from benang.indicators.indicator import Indicator
from benang.locale import Language, Translator, translator
from benang.locale.writing import counted, numeral
from benang.ranges import check

WIDTH = 120.0
_LEFT, _RIGHT, _BELOW = 15.0, 4.0, 12.0


def plot_output(
    years: Indicator,
    *,
    last_full: int | None = None,
    language: Language = "en",
    width: float = WIDTH,
    path: Paths = None,
) -> Figure:
    """Draw the records of each year, and below them how often the records of each year were cited on average.

    Parameters
    ----------
    years
        The indicator `years`.
    last_full
        Years after it are pale: not all of their records are in yet.
    language, width, path
        Of the texts; in mm; files to write.
    """
    check(width=width)
    _ = translator(language)
    title = _("Records and citations by year of publication")
    with styled():
        if not years.rows:
            return save_figure(
                empty_figure(_("There are no records to count by year."), width=width, title=title), path
            )
        records = {int(row.item): row.numbers["records"].value for row in years.rows}
        means = {int(row.item): row.numbers["mean"].value for row in years.rows if "mean" in row.numbers}
        full = max(records) if last_full is None else last_full
        key = _output_key(_) if any(year > full for year in records) else []
        upper, lower = 44.0, 24.0 if means else 0.0
        top = MARGIN + 3 + (key_height(key, width - 2 * MARGIN) if key else 0.0)
        height = top + upper + (lower + 5 if means else 0) + _BELOW
        figure = new_figure(width, height, title=title)
        page = page_of(figure)
        if key:
            draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        across = width - _LEFT - _RIGHT
        axes = axes_at(figure, _LEFT, top, across, upper)
        year_scale(axes, min(records), max(records), named=not means)
        _draw_records(axes, records, full, language)
        name_axes(page, (_LEFT, top, across, upper), "" if means else _("Year of publication"), _("Records"))
        if means:
            below = top + upper + 5
            other = axes_at(figure, _LEFT, below, across, lower)
            year_scale(other, min(records), max(records))
            _draw_means(other, means, full, language)
            name_axes(page, (_LEFT, below, across, lower), _("Year of publication"), _("Citations\nper record"))
        return save_figure(figure, path)


def _output_key(_: Translator) -> list[KeyEntry]:
    return [
        KeyEntry(_("full years"), bar_sample(2.5, EVIDENCE, EVIDENCE)),
        KeyEntry(_("years that may still be incomplete"), bar_sample(2.5, EVIDENCE_PALE, EVIDENCE)),
    ]


def _draw_records(axes: Axes, records: Mapping[int, float], full: int, language: Language) -> None:
    axes.set_label("records")
    thick = min(0.76, 9.0 * POINTS_PER_MM / unit_length(axes))
    for year, value in records.items():
        face = EVIDENCE if year <= full else EVIDENCE_PALE
        axes.bar([year], [value], width=thick, facecolor=face, edgecolor=EVIDENCE, linewidth=0.5)
    count_scale(axes, max(records.values()), language)
    _value_labels(axes, records, language)


def _draw_means(axes: Axes, means: Mapping[int, float], full: int, language: Language) -> None:
    axes.set_label("citations")
    shown = sorted(means)
    for year, later in pairwise(shown):
        if later == year + 1:
            axes.plot([year, later], [means[year], means[later]], color=AGAINST, linewidth=0.9)
    axes.plot(
        shown,
        [means[year] for year in shown],
        linestyle="none",
        marker="o",
        markersize=2.6,
        color=AGAINST,
        clip_on=False,
    )
    for year in shown:
        if year > full:
            axes.plot([year], [means[year]], "o", markersize=1.4, color="white", clip_on=False)
    count_scale(axes, max(means.values()), language, most=4)


def plot_bradford(
    counts: Sequence[int], *, language: Language = "en", width: float = WIDTH, path: Paths = None
) -> Figure:
    """Draw Bradford's curve: the records of the r most productive sources together, over r on a logarithmic scale.

    Bands part the three zones. Where Bradford's law holds, the curve rises ever more steeply in the first zone and is
    nearly straight behind it.

    Parameters
    ----------
    counts
        Records of each source, falling.
    language, width, path
        Of the texts; in mm; files to write.
    """
    check(width=width)
    _ = translator(language)
    title = _("Records in the most productive sources (Bradford)")
    with styled():
        cuts = bradford_cuts(counts)
        if cuts is None:
            message = _("Bradford's zones need at least three sources that differ in their number of records.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        height = 76.0
        box = (_LEFT, 11.5, width - _LEFT - _RIGHT, height - 11.5 - _BELOW)
        figure = new_figure(width, height, title=title)
        page, axes = page_of(figure), axes_at(figure, *box)
        sums = list(accumulate(counts))
        log_scale(axes, len(counts), language)
        count_scale(axes, sums[-1], language)
        _draw_zones(axes, page, box, (*cuts, len(counts)), sums, language)
        axes.plot(range(1, len(counts) + 1), sums, color=EVIDENCE, linewidth=1.3, clip_on=False)
        if len(counts) <= 60:
            axes.plot(range(1, len(counts) + 1), sums, "o", color=EVIDENCE, markersize=2.2, clip_on=False)
        name_axes(page, box, _("Sources, ranked by number of records (log scale)"), _("Cumulative records"))
        return save_figure(figure, path)


def _draw_zones(
    axes: Axes,
    page: Axes,
    box: tuple[float, float, float, float],
    cuts: tuple[int, int, int],
    sums: Sequence[int],
    language: Language,
) -> None:
    """Draw the zones as bands, each with its number, its sources and its records above."""
    _ = translator(language)
    low, high = axes.get_xlim()
    edges = [low, cuts[0] + 0.5, cuts[1] + 0.5, high]
    ranks = (0, *cuts)
    left, top, width, _height = box
    span = axes.transData.transform([(edge, 1) for edge in edges])[:, 0]
    places = (span - span[0]) / (span[-1] - span[0]) * width + left
    for at, (start, end) in enumerate(pairwise(edges)):
        axes.axvspan(start, end, facecolor=("#eef4fa", "#ffffff", "#f4f1ec")[at], edgecolor="none", zorder=0)
        n = ranks[at + 1] - ranks[at]
        records = sums[ranks[at + 1] - 1] - (sums[ranks[at] - 1] if ranks[at] else 0)
        wide = [
            _("Zone {number}").format(number=at + 1),
            f"{numeral(n, language)} {counted('source', 'sources', n, language)}",
            f"{numeral(records, language)} {counted('record', 'records', records, language)}",
        ]
        narrow = [numeral(at + 1, language), numeral(n, language), numeral(records, language)]
        room = places[at + 1] - places[at] + (4 if at == 0 else -1)  # left of the first there is nothing to run into
        lines = wide if width_of(wide, SMALL) < room else narrow
        middle = (places[at] + places[at + 1]) / 2
        put(page, middle, top - 5.2, "\n".join(lines), size=SMALL, color=MUTED, ha="center")
    for edge in edges[1:3]:
        axes.axvline(edge, color=MUTED, linewidth=0.5, linestyle=(0, (3, 2)))


def plot_lotka(
    counts: Mapping[int, int],
    fit: LotkaFit | None,
    *,
    language: Language = "en",
    width: float = 100.0,
    path: Paths = None,
) -> Figure:
    """Draw how many authors have how many records, on logarithmic scales, with the law that was fitted.

    Parameters
    ----------
    counts
        Authors by number of records.
    fit
        Lotka's law for them (`lotka_fit`); only the counts are drawn where it is None.
    language, width, path
        Of the texts; in mm; files to write.
    """
    check(width=width)
    _ = translator(language)
    title = _("Authors by number of records (Lotka)")
    with styled():
        if not counts:
            return save_figure(empty_figure(_("There are no authors to count."), width=width, title=title), path)
        total = sum(counts.values())
        key = [KeyEntry(_("authors observed"), _dot_sample)]
        if fit:
            name = _("Lotka's law with exponent {exponent}").format(exponent=numeral(fit.exponent, language, 2))
            key.append(KeyEntry(name, _line_sample))
        top = MARGIN + key_height(key, width - 2 * MARGIN) + 3
        box = (_LEFT, top, width - _LEFT - _RIGHT, 58.0)
        figure = new_figure(width, top + 58.0 + _BELOW, title=title)
        page, axes = page_of(figure), axes_at(figure, *box)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        most = max(max(counts), 3)
        log_scale(axes, most, language)
        axes.set_yscale("log")
        axes.set_ylim(0.75, total * 1.25)
        ticks = log_ticks(1, total)
        axes.set_yticks(ticks, [numeral(tick, language) for tick in ticks])
        axes.set_yticks([], minor=True)
        axes.grid(color=FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        if fit:
            n = [one for one in range(1, most + 1) if total * fit.share(one) >= 0.75]
            axes.plot(n, [total * fit.share(one) for one in n], color=AGAINST, linewidth=1.0)
        axes.plot(
            sorted(counts), [counts[n] for n in sorted(counts)], "o", color=EVIDENCE, markersize=3.6, clip_on=False
        )
        name_axes(page, box, _("Records per author (log scale)"), _("Authors (log scale)"))
        return save_figure(figure, path)


def _dot_sample(page: Axes, x: float, y: float) -> None:
    page.plot([x], [y], "o", color=EVIDENCE, markersize=3.6)


def _line_sample(page: Axes, x: float, y: float) -> None:
    page.plot([x - 2.5, x + 2.5], [y, y], color=AGAINST, linewidth=1.0)


def plot_years(
    years: Mapping[int | None, Number],
    *,
    telling: Mapping[int | None, Number] | None = None,
    language: Language = "en",
    width: float = WIDTH,
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
