"""How far the clusters of a map hold, drawn: item by item, run by run, and resolution by resolution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benang.figures import INK, MARGIN, MUTED, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.label_texts import labels_within
from benang.figures.page import (
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    KeyEntry,
    axes_at,
    draw_key,
    draw_notes,
    key_height,
    notes_height,
    page_of,
    put,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import printable, width_of
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.looks.appearance import PALETTES, Palette
from benang.maps import Map
from benang.maps.cluster_labels import propose_labels
from benang.maps.remaking import LEAST_OF_PLATEAU, NEARLY_THE_SAME, Sweep
from benang.maps.stability import DOUBTFUL, GOOD, POOR, VALID, Stability
from benang.maps.stability_account import words_for_drawn
from benang.network.network import Floats
from benang.ranges import check

MOST_CLUSTERS = 24
"""Clusters that have a row; the figure says how many smaller ones there are."""

_ROW = 4.6
_NAME = 34.0
_GAP = 9.5
_SWEEP = 26.0
_HEAD = 6.0
_LEAST_TOP, _MOST_OF_RUNS = 34.0, 48.0


def plot_stability(
    map_: Map,
    stability: Stability,
    *,
    palette: str = "benang",
    language: Language = "en",
    width: float = PAGE,
    path: Paths = None,
) -> Figure:
    """Draw how sure items are of their clusters, how far runs agree, and where the resolution makes no difference.

    Parameters
    ----------
    map_
        The map.
    stability
        What `map_stability` found of it.
    palette
        Colours of the clusters, as on the map.
    language
        Of the texts.
    width
        In mm as printed.
    path
        Files to write: .png, .svg, .pdf.

    Returns
    -------
    Figure
        A row of dots for each cluster, one an item; distributions of the adjusted Rand index; the number of clusters by
        resolution, with plateaus.
    """
    check(width=width)
    _ = translator(language)
    shown = stability.clusters[np.lexsort((stability.clusters, -stability.sizes))][:MOST_CLUSTERS]
    notes = _notes(stability, len(shown), language)
    key = _key(stability, _)
    with styled():
        top = max(_LEAST_TOP, _ROW * len(shown))
        head = MARGIN + _HEAD + key_height(key, width - 2 * MARGIN)
        height = head + top + _GAP + _HEAD + _SWEEP + 4.0 + _SWEEP / 2 + 9.0 + notes_height(notes, width)
        figure = new_figure(width, height, title=_("Stability of the clusters"))
        page = page_of(figure)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        right = 0.36 * width
        left = width - right - 2 * MARGIN - _NAME - 8.0
        put(page, MARGIN, head - 2.5, _("Items of each cluster"), weight="bold")
        _draw_items(
            axes_at(figure, MARGIN + _NAME, head, left, top), map_, stability, shown, PALETTES[palette], _, language
        )
        put(page, width - right, head - 2.5, _("Agreement of runs"), weight="bold")
        _draw_agreement(
            axes_at(figure, width - right, head, right - 2 * MARGIN, min(top, _MOST_OF_RUNS)), stability, _, language
        )
        below = head + top + _GAP + _HEAD
        put(page, MARGIN, below - 2.5, _("Other resolutions"), weight="bold")
        across = width - 3 * MARGIN - 11.0
        _draw_sweep(axes_at(figure, MARGIN + 11.0, below, across, _SWEEP), stability.sweep, _, language)
        _draw_steps(
            axes_at(figure, MARGIN + 11.0, below + _SWEEP + 4.0, across, _SWEEP / 2), stability.sweep, _, language
        )
        draw_notes(figure, notes)
        return save_figure(figure, path)


def _key(stability: Stability, _: Translator) -> list[KeyEntry]:
    def dot(page: Axes, x: float, y: float) -> None:
        page.plot([x - 1.2, x + 1.2], [y, y], "o", color=MUTED, markersize=3, markeredgewidth=0, alpha=0.7)

    def diamond(page: Axes, x: float, y: float) -> None:
        page.plot([x], [y], "D", markerfacecolor="white", markeredgecolor=INK, markersize=4, markeredgewidth=0.8)

    def bar(page: Axes, x: float, y: float) -> None:
        page.plot([x], [y], "|", color=INK, markersize=7, markeredgewidth=1.2)

    entries = [KeyEntry(_("an item: share of its cluster mates that stay with it (co-assignment)"), dot)]
    if stability.chance is None:
        text = _("a cluster: Jaccard index with what is found again; from 0.75 stable, below 0.60 doubtful")
        return [*entries, KeyEntry(text, diamond)]
    text = _("a cluster: Jaccard index with what is found again; from 0.75 stable")
    by_chance = _("value that three in four clusters of its size stay below by chance; doubtful at or below it")
    return [*entries, KeyEntry(text, diamond), KeyEntry(by_chance, bar)]


def _draw_items(
    axes: Axes,
    map_: Map,
    stability: Stability,
    shown: NDArray[np.int64],
    palette: Palette,
    _: Translator,
    language: Language,
) -> None:
    names = propose_labels(map_.network, map_.cluster, words=1) | dict(map_.cluster_labels)
    place = {int(number): at for at, number in enumerate(stability.clusters)}
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.02)
    for at in (VALID,) if stability.chance is not None else (DOUBTFUL, VALID):
        axes.axvline(at, color=MUTED, linewidth=0.5, linestyle=(0, (3, 2)), zorder=1)
    for row, number in enumerate(int(c) for c in shown):
        axes.axhline(row, color=FAINT, linewidth=0.5, zorder=0)
        values = stability.co_assignment[map_.cluster == number]
        values = np.sort(values[np.isfinite(values)])
        axes.scatter(values, row + _spread(values), s=7, color=palette.of(number), alpha=0.7, linewidths=0, zorder=2)
        jaccard, by_chance = stability.jaccard[place[number]], stability.jaccard_by_chance[place[number]]
        if np.isfinite(by_chance):
            axes.plot([by_chance], [row], "|", color=INK, markersize=9, markeredgewidth=1.2, zorder=3)
        axes.plot(
            [jaccard],
            [row],
            "D",
            markerfacecolor="white",
            markeredgecolor=INK,
            markersize=4,
            markeredgewidth=0.8,
            zorder=3,
        )
    axes.set_yticks(
        range(len(shown)), _row_names({int(c): int((map_.cluster == c).sum()) for c in shown}, names), fontsize=SMALL
    )
    axes.tick_params(axis="y", length=0, pad=3)
    axes.spines["left"].set_visible(False)
    _ticks(axes, [0, 0.25, 0.5, 0.75, 1], language)
    axes.set_xlabel(_("Co-assignment, Jaccard index"), labelpad=2)


def _row_names(sizes: dict[int, int], names: dict[int, str]) -> list[str]:
    """Return "3 trade (12)" for each cluster, the names shortened to the room there is."""
    room = _NAME - 3.0 - width_of([f"{number}  ({items})" for number, items in sizes.items()], SMALL)
    shown = labels_within([printable(names.get(number, "")) for number in sizes], room, SMALL)
    return [f"{number} {name} ({items})" for (number, items), name in zip(sizes.items(), shown, strict=True)]


def _spread(values: Floats) -> Floats:
    """Move dots that would cover each other up and down, the same way each time."""
    offsets = np.zeros(len(values))
    for at in range(1, len(values)):
        near = values[at] - values[:at] < 0.012
        offsets[at] = ((int(near.sum()) + 1) // 2) * (1 if int(near.sum()) % 2 else -1) * 0.11
    return np.clip(offsets, -0.4, 0.4)


def _draw_agreement(axes: Axes, stability: Stability, _: Translator, language: Language) -> None:
    rows = [(_("between seeds"), stability.seeds.ari), (_("seeds and map"), stability.seeds.ari_to_map)]
    if stability.records is not None:
        rows += [
            (_("between resamples"), stability.records.ari),
            (_("resamples and map"), stability.records.ari_to_map),
        ]
    if stability.chance is not None:
        rows.append((_("the same by chance"), stability.chance.ari_to_map))
    lowest = min(0.0, *(float(np.nanmin(values)) for _name, values in rows if np.isfinite(values).any()))
    bins = np.linspace(np.floor(lowest * 20) / 20, 1, round((1 - np.floor(lowest * 20) / 20) * 40) + 1)
    for at in (POOR, GOOD):
        axes.axvline(at, color=MUTED, linewidth=0.5, linestyle=(0, (3, 2)), zorder=1)
    for row, (name, values) in enumerate(rows):
        known = values[np.isfinite(values)]
        counts = np.histogram(known, bins)[0]
        heights = 0.55 * counts / max(1, counts.max())
        axes.bar(
            bins[:-1],
            -heights,
            np.diff(bins),
            bottom=row + 0.3,
            align="edge",
            facecolor=EVIDENCE_PALE,
            edgecolor=EVIDENCE,
            linewidth=0.4,
            zorder=2,
        )
        axes.axhline(row + 0.3, color=INK, linewidth=0.5, zorder=3)
        if len(known):
            axes.plot(
                [known.mean()], [row + 0.3], "^", color=INK, markersize=4, markeredgewidth=0, zorder=4, clip_on=False
            )
        axes.text(
            bins[0],
            row - 0.28,
            f"{name}: {numeral(float(known.mean()), language, 2)}" if len(known) else name,
            fontsize=SMALL,
            va="bottom",
            parse_math=False,
        )
    axes.set_ylim(len(rows) - 0.45, -0.6)
    axes.set_xlim(bins[0] - 0.01, 1.01)
    step = 0.2 if bins[0] > -0.2 else 0.5
    _ticks(
        axes,
        [step * tick for tick in range(round(bins[0] / step), round(1 / step) + 1) if step * tick >= bins[0]],
        language,
    )
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(_("Adjusted Rand index (▲ mean)"), labelpad=2)


def _draw_sweep(axes: Axes, sweep: Sweep, _: Translator, language: Language) -> None:
    _resolutions(axes, sweep, language)
    axes.step(sweep.resolutions, sweep.n_clusters, where="mid", color=EVIDENCE, linewidth=1)
    axes.plot(sweep.resolutions, sweep.n_clusters, "o", color=EVIDENCE, markersize=2.5, markeredgewidth=0)
    most = int(sweep.n_clusters.max())
    axes.set_yscale("log")
    least = 0.7 * int(sweep.n_clusters.min())
    axes.set_ylim(least, 2.2 * most)
    ticks = [tick for tick in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000) if least <= tick <= 1.3 * most]
    axes.set_yticks(ticks, [numeral(tick, language) for tick in ticks])
    axes.minorticks_off()
    for one in sweep.plateaus:
        middle = float(np.sqrt(one.lowest * one.highest))
        label = f"{one.name}: {numeral(one.n_clusters, language)}"
        axes.text(middle, 2.0 * most, label, fontsize=SMALL, ha="center", va="top", fontweight="bold", parse_math=False)
    axes.set_ylabel(_("Clusters"), labelpad=3)
    axes.set_xticklabels([])


def _draw_steps(axes: Axes, sweep: Sweep, _: Translator, language: Language) -> None:
    _resolutions(axes, sweep, language)
    between = np.sqrt(sweep.resolutions[:-1] * sweep.resolutions[1:])
    axes.axhline(NEARLY_THE_SAME, color=MUTED, linewidth=0.5, linestyle=(0, (3, 2)))
    axes.plot(
        between, sweep.ari_next, "-o", color=EVIDENCE, linewidth=0.8, markersize=2.5, markeredgewidth=0, clip_on=False
    )
    axes.set_ylim(min(0.0, float(sweep.ari_next.min(initial=0.0))), 1.04)
    axes.set_yticks([0, 0.5, 1], [numeral(tick, language) for tick in (0, 0.5, 1)])
    axes.set_ylabel(_("ARI to next"), labelpad=3)
    axes.set_xlabel(
        _("Resolution (line: the map's own, {own})").format(own=numeral(sweep.resolutions[sweep.own], language)),
        labelpad=2,
    )


def _resolutions(axes: Axes, sweep: Sweep, language: Language) -> None:
    """Draw what both panels of the sweep share: the scale, the map's own resolution, and plateaus."""
    axes.set_xscale("log")
    ratio = float(np.sqrt(sweep.resolutions[1] / sweep.resolutions[0]))
    axes.set_xlim(sweep.resolutions[0] / ratio, sweep.resolutions[-1] * ratio)
    for one in sweep.plateaus:
        axes.axvspan(
            one.lowest / ratio**0.8, one.highest * ratio**0.8, color=EVIDENCE_PALE, alpha=0.55, linewidth=0, zorder=0
        )
    axes.axvline(sweep.resolutions[sweep.own], color=INK, linewidth=0.8, zorder=1)
    ticks = [
        sweep.resolutions[at] for at in range(0, len(sweep.resolutions), max(1, (len(sweep.resolutions) - 1) // 8))
    ]
    axes.set_xticks(ticks, [_short(tick, language) for tick in ticks])
    axes.minorticks_off()


def _ticks(axes: Axes, places: Sequence[float], language: Language) -> None:
    axes.set_xticks(places, [numeral(place, language) for place in places])


def _short(value: float, language: Language) -> str:
    """Write a resolution with two digits that count."""
    return numeral(float(f"{value:.2g}"), language)


def _notes(stability: Stability, shown: int, language: Language) -> list[str]:
    _ = translator(language)
    verdicts = {
        "stable": _("The clusters are stable."),
        "partly": _("Most clusters are firmer than chance.")
        if stability.chance is not None
        else _("Most clusters are found again by other runs."),
        "unstable": _("The clusters are hardly firmer than chance.")
        if stability.chance is not None
        else _("The clusters depend on the random seed."),
    }
    unit = words_for_drawn(stability.unit, language)
    n = numeral(stability.runs, language)
    runs = _("{n} runs with other seeds").format(n=n)
    if stability.records is not None:
        runs = _("{n} runs with other seeds, {n} with {records} {unit} resampled").format(
            n=n, records=numeral(stability.n_records, language), unit=unit
        )
    notes = [f"{verdicts[stability.verdict]} {runs}."]
    if stability.sweep.plateaus:
        notes.append(
            _("Shaded: plateaus, where the resolution makes nearly no difference, with their number of clusters.")
        )
    else:
        notes.append(
            _("There is no plateau: the clusters never stay nearly the same over {n} resolutions in a row.").format(
                n=numeral(LEAST_OF_PLATEAU, language)
            )
        )
    notes.append(
        _("Dashed lines for the adjusted Rand index: below 0.65 poor, from 0.80 good, from 0.95 nearly the same.")
    )
    if len(stability.clusters) > shown:
        notes.append(_("Not drawn: {n} smaller clusters.").format(n=numeral(len(stability.clusters) - shown, language)))
    return notes
