"""Charts of what was counted: codes by cases and studies, and studies by year."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.coding.codebook import Codebook
from benang.evidence import Number
from benang.figures.page import (
    FAINT,
    FOUND,
    FOUND_PALE,
    MARGIN,
    PLAIN,
    POINTS_PER_MM,
    KeyEntry,
    Paths,
    axes_at,
    box,
    broken,
    code_label,
    draw_key,
    empty_figure,
    judged_note,
    key_height,
    line_step,
    number,
    page_of,
    parted_by_side,
    population,
    put,
    round_step,
    saved,
    whole_ticks,
    width_of,
)
from benang.figures.style import (
    INK,
    LARGE,
    MUTED,
    NORMAL,
    PAGE,
    SMALL,
    draw_notes,
    new_figure,
    notes_height,
    styled,
    text_width,
)
from benang.locale import Language, Translator, translator
from benang.synthesis.findings import CaseRow, CodeRow, CodeTable

_LABELS = 62.0  # mm: labels break into lines beyond this
_ROW = 6.2  # mm: least height of a row, room for both bars and two lines of label
_CASES, _STUDIES = 2.5, 1.4  # mm: thickness of the bars; cases are what the chart is sorted by
_GAP = 0.5
_HEADING = 6.5
_VALUE = 8.0  # mm beyond the longest bar, for its value
_SCALE = 9.0  # mm below the bars, for the ticks and the name of the scale


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[str, ...]
    row: CodeRow
    height: float


@dataclass(frozen=True, slots=True)
class _Panel:
    side: str
    heading: str
    rows: tuple[_Row, ...]

    @property
    def height(self) -> float:
        return sum(row.height for row in self.rows)


def plot_code_bars(
    table: CodeTable,
    codebook: Codebook,
    *,
    language: Language = "en",
    width: float = PAGE,
    case_rows: Sequence[CaseRow] = (),
    path: Paths = None,
) -> Figure:
    """Draw how many cases and how many studies carry each code, as two bars side by side, most cases first.

    Cases that were told as a group (one account for several cases) are the pale part of the bar of cases, with their
    number in it: five cases told once are five cases in one study, not five findings. Codes of a group with sides
    (internal and external, say) stand in one panel a side, all on one scale.

    Parameters
    ----------
    table
        The codes of one group, those at 0 among them.
    codebook
        Gives the sides of the group and their labels.
    language
        Of labels and texts; a label that lacks the language stays English.
    width
        In mm as printed. The height follows from the number of codes: about 6 mm each.
    case_rows
        All cases of the review, for the note that says how many there are.
    path
        Files to write: .png, .svg, .pdf.

    Returns
    -------
    Figure
        With one `Axes` a panel (its label is the id of the side, empty where there is none), after the page's own.
    """
    _ = translator(language)
    held = codebook.group(table.group)
    group = held.label.text(language) if held else table.group
    title = f"{group}: {_('cases and studies')}"
    with styled():
        notes = population([row.case for row in case_rows], sum(row.is_group for row in case_rows), _)
        if not table.rows:
            message = _("{group}: there are no codes to count.").format(group=group)
            return saved(empty_figure(message, width=width, notes=notes, title=title), path)
        notes += judged_note((row.code for row in table.rows), _)
        panels = _panels(table, codebook, language)
        return saved(_bars(panels, _bar_key(table, _), notes, width=width, title=title, _=_), path)


def _panels(table: CodeTable, codebook: Codebook, language: Language) -> tuple[_Panel, ...]:
    rows = sorted(table.rows, key=lambda row: (-row.cases.value, -row.studies.value))
    return tuple(
        _Panel(side, heading, tuple(_laid(row, language) for row in held))
        for side, heading, held in parted_by_side(codebook, rows, lambda row: row.code, language)
    )


def _laid(row: CodeRow, language: Language) -> _Row:
    lines = broken(code_label(row.code, language), _LABELS)
    return _Row(lines, row, max(_ROW, len(lines) * line_step(NORMAL) + 1.2))


def _bar_key(table: CodeTable, _: Translator) -> list[KeyEntry]:
    def sample(height: float, face: str, edge: str = "none") -> Callable[[Axes, float, float], None]:
        return lambda page, x, y: box(page, x, y, 5, height, face=face, edge=edge)

    entries = [KeyEntry(_("cases"), sample(_CASES, FOUND))]
    if any(row.group_cases for row in table.rows):
        pale = sample(_CASES, FOUND_PALE, FOUND)
        entries = [
            KeyEntry(_("cases with an account of their own"), sample(_CASES, FOUND)),
            KeyEntry(_("cases told as a group: one account for several cases"), pale),
        ]
    return [*entries, KeyEntry(_("studies"), sample(_STUDIES, PLAIN))]


def _bars(
    panels: Sequence[_Panel], key: Sequence[KeyEntry], notes: Sequence[str], *, width: float, title: str, _: Translator
) -> Figure:
    left = MARGIN + max(width_of(row.lines) for panel in panels for row in panel.rows) + 2.5
    width = max(width, left + 30 + _VALUE)
    headings = [_HEADING if panel.heading else 0.0 for panel in panels]
    top = MARGIN + key_height(key, width - 2 * MARGIN) + 1.5
    height = top + sum(headings) + sum(panel.height for panel in panels) + _SCALE + notes_height(notes, width) + 1
    figure = new_figure(width, height, title=title)
    page = page_of(figure)
    draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
    scale = max(max(row.row.cases.value, row.row.studies.value) for panel in panels for row in panel.rows)
    for panel, heading in zip(panels, headings, strict=True):
        if heading:
            put(page, MARGIN, top + heading / 2 + 0.6, panel.heading, size=LARGE, weight="bold")
        top += heading
        axes = axes_at(figure, left, top, width - left - _VALUE, panel.height)
        _draw_panel(axes, panel, max(scale, 1), named=panel is panels[-1])
        top += panel.height
    put(
        page,
        left + (width - left - _VALUE) / 2,
        top + 6.6,
        _("Number of cases and of studies"),
        size=SMALL,
        ha="center",
    )
    draw_notes(figure, notes)
    return figure


def _draw_panel(axes: Axes, panel: _Panel, scale: float, *, named: bool) -> None:
    """Draw the bars of a panel; the scale is shared by all panels, `named` where its ticks have their numbers."""
    axes.set_label(panel.side)
    axes.set_xlim(0, scale)
    axes.set_ylim(panel.height, 0)
    axes.set_xticks(whole_ticks(scale))
    axes.tick_params(axis="x", length=2 if named else 0, labelbottom=named)
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    y = 0.0
    for row in panel.rows:
        _draw_row(axes, row, y + row.height / 2)
        y += row.height


def _draw_row(axes: Axes, row: _Row, y: float) -> None:
    cases, studies, grouped = row.row.cases.value, row.row.studies.value, row.row.group_cases
    upper, lower = y - (_STUDIES + _GAP) / 2, y + (_CASES + _GAP) / 2
    axes.barh([upper], [cases - grouped], height=_CASES, color=FOUND, label="cases", clip_on=False)
    if grouped:
        axes.barh(
            [upper],
            [grouped],
            left=[cases - grouped],
            height=_CASES,
            facecolor=FOUND_PALE,
            edgecolor=FOUND,
            linewidth=0.6,
            label="group",
            clip_on=False,
        )
        if _unit(axes) * grouped > text_width(str(grouped), SMALL) + 3:
            axes.text(
                cases - grouped / 2,
                upper,
                str(grouped),
                fontsize=SMALL,
                color="#004b78",
                ha="center",
                va="center_baseline",
            )
    axes.barh([lower], [studies], height=_STUDIES, color=PLAIN, label="studies", clip_on=False)
    for value, place, color in ((cases, upper, INK), (studies, lower, MUTED)):
        axes.annotate(
            number(value),
            (value, place),
            (3, 0),
            textcoords="offset points",
            fontsize=SMALL,
            color=color if value else MUTED,
            ha="left",
            va="center_baseline",
            annotation_clip=False,
        )
    axes.annotate(
        "\n".join(row.lines),
        (0, y),
        (-5, 0),
        textcoords="offset points",
        fontsize=NORMAL,
        ha="right",
        va="center",
        linespacing=1.2,
        annotation_clip=False,
    )


def _unit(axes: Axes) -> float:
    """Return the length in points of 1 on the horizontal scale."""
    low, high = axes.get_xlim()
    return _across(axes) / (high - low)


def _across(axes: Axes) -> float:
    """Return the width of axes in points."""
    return float(axes.bbox.width / axes.figure.dpi * 72)


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

    Records without a year stand apart after the last year. Records that tell of no case are the pale part of a bar, so
    that the figure doesn't contradict the number of studies.

    Parameters
    ----------
    years
        Number of records by year; None for those without a year.
    telling
        How many of them tell of a case; all of them are drawn alike where left out.
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
            return saved(empty_figure(_("There are no records to count by year."), width=width, title=title), path)
        figure = new_figure(width, height, title=title)
        key = _years_key(_) if telling else []
        left, top = 13.0, 6.0 + (key_height(key, width - 2 * MARGIN) if key else 0.0)
        axes = axes_at(figure, left, top, width - left - 2 * MARGIN, height - top - 12.5)
        counts = {year: one.value for year, one in years.items()}
        told = {year: one.value for year, one in telling.items()} if telling else counts
        _draw_years(axes, counts, {year: told.get(year, 0) for year in counts}, _)
        page = page_of(figure)
        if key:
            draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        put(page, left + (width - left - 2 * MARGIN) / 2, height - 3.2, _("Year of publication"), ha="center")
        put(page, 3.5, top + (height - top - 12.5) / 2, _("Records"), ha="center", rotation=90)
        return saved(figure, path)


def _years_key(_: Translator) -> list[KeyEntry]:
    def sample(face: str) -> Callable[[Axes, float, float], None]:
        return lambda page, x, y: box(page, x, y, 5, _CASES, face=face, edge=FOUND)

    return [KeyEntry(_("studies that tell of a case"), sample(FOUND)), KeyEntry(_("other records"), sample(FOUND_PALE))]


def _draw_years(
    axes: Axes, counts: Mapping[int | None, float], told: Mapping[int | None, float], _: Translator
) -> None:
    known = {year: value for year, value in counts.items() if year is not None}
    shown = list(range(min(known), max(known) + 1)) if known else []
    apart = [_place_apart(axes, shown, _("no\nyear"))] if counts.get(None, 0) else []
    axes.set_xlim(min([*shown, *apart]) - 0.7, max([*shown, *apart]) + 0.7)
    values = {**dict.fromkeys(shown, 0.0), **known, **dict.fromkeys(apart, counts.get(None, 0.0))}
    thick = min(0.72, 9.0 * POINTS_PER_MM / _unit(axes))
    places = [*shown, *apart]
    dark = [told.get(year, 0.0) for year in shown] + [told.get(None, 0.0) for _place in apart]
    pale = [values[place] - part for place, part in zip(places, dark, strict=True)]
    axes.bar(places, dark, width=thick, facecolor=FOUND, edgecolor=FOUND, linewidth=0.6, label="studies")
    if any(pale):
        axes.bar(
            places, pale, bottom=dark, width=thick, facecolor=FOUND_PALE, edgecolor=FOUND, linewidth=0.6, label="others"
        )
    _value_labels(axes, values)
    _year_ticks(axes, shown, apart, _("no\nyear"))
    highest = max(counts.values())
    axes.set_ylim(0, highest * 1.02)
    axes.set_yticks(whole_ticks(highest, most=6))
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _place_apart(axes: Axes, shown: Sequence[int], name: str) -> int:
    """Return where the bar without a year stands: two years after the last, or as far as its name needs."""
    if not shown:
        return 0
    room = (text_width("2000", SMALL) + max(text_width(line, SMALL) for line in name.split("\n"))) / 2 + 4
    return shown[-1] + max(2, math.ceil(room * (len(shown) + 0.4) / (_across(axes) - room)))


def _value_labels(axes: Axes, values: Mapping[int, float]) -> None:
    """Write the values above the bars; none of them where some would run into each other (the scale tells them)."""
    told = [(place, value, text_width(number(value), SMALL)) for place, value in sorted(values.items()) if value]
    if any(
        (after - before) * _unit(axes) < (one + other) / 2 + 1
        for (before, _value, one), (after, _other, other) in pairwise(told)
    ):
        return
    for place, value, _width in told:
        axes.annotate(
            number(value),
            (place, value),
            (0, 2),
            textcoords="offset points",
            fontsize=SMALL,
            ha="center",
            va="bottom",
            annotation_clip=False,
        )


def _year_ticks(axes: Axes, shown: Sequence[int], apart: Sequence[int], name: str) -> None:
    """Name every year where there is room, else the first, the last and round ones between; and the bar apart."""
    room = (text_width("2000", SMALL) + 3) / _unit(axes)
    ends = sorted({*shown[:1], *shown[-1:]})
    named = [year for year in shown if year % round_step(room) == 0 and all(abs(year - end) >= room for end in ends)]
    named = sorted({*named, *(ends if room <= shown[-1] - shown[0] else ends[-1:])}) if shown else []
    axes.set_xticks([*named, *apart], [*map(str, named), *[name] * len(apart)])
    axes.set_xticks([year for year in shown if year not in named], minor=True)
    axes.tick_params(axis="x", which="major", length=2.5)
    axes.tick_params(axis="x", which="minor", length=1.2, width=0.4)
