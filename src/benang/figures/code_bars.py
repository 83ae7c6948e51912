"""Bars of codes: how many cases and studies carry each; and what all figures of codes say alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.coding.cases import Case
from benang.coding.codebook import Code, Codebook, Member
from benang.coding.labels import code_label
from benang.figures import INK, LARGE, MARGIN, MUTED, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.page import (
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    PLAIN,
    KeyEntry,
    axes_at,
    bar_sample,
    draw_key,
    draw_notes,
    empty_figure,
    key_height,
    notes_height,
    page_of,
    put,
    unit_length,
    whole_ticks,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import LABEL_LINES, LEADING, broken, cut, line_step, text_width, width_of
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check
from benang.synthesis.findings import CaseRow, CodeRow, CodeTable

_LABELS = 62.0  # mm: labels break into lines beyond this
_ROW = 4.7  # mm: least height of a row, room for both bars and the numbers behind them
_CASES, _STUDIES = 2.0, 1.1  # mm: thickness of the bars; cases are what the chart is sorted by
_GAP = 0.5
_HEADING = 6.5
_VALUE = 8.0  # mm beyond the longest bar, for its value
_SCALE = 9.0  # mm below the bars, for the ticks and the name of the scale

JUDGED = "†"
"""Marks a code whose side this review gave, not the reviewed paper."""


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
        return math.fsum(row.height for row in self.rows)


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

    Cases reported as a group (one account for several cases) are the pale part of the bar of cases, with their
    number in it: five cases reported once are five cases in one study, not five findings. Codes of a group with sides
    (internal and external, say) have one panel for each side, all on one scale.

    Parameters
    ----------
    table
        The codes of one group, those at 0 among them.
    codebook
        Gives the sides of the group and their labels.
    language
        Of labels and texts; a label that lacks the language stays English.
    width
        In mm as printed. The height follows from the number of codes: about 5 mm each.
    case_rows
        All cases of the review, for the note that says how many there are.
    path
        Files to write: .png, .svg, .pdf.

    Returns
    -------
    Figure
        With one `Axes` a panel (its label is the id of the side, empty where there is none), after the page's own.
    """
    check(width=width)
    _ = translator(language)
    entry = codebook.group(table.group)
    group = entry.label.text(language) if entry else table.group
    title = f"{group}: {_('cases and studies')}"
    with styled():
        notes = population([row.case for row in case_rows], sum(row.is_group for row in case_rows), _)
        if not table.rows:
            message = _("{group}: there are no codes to count.").format(group=group)
            return save_figure(empty_figure(message, width=width, notes=notes, title=title), path)
        notes += [*judged_note((row.code for row in table.rows), _), *_against(table, language)]
        panels = _panels(table, codebook, language)
        figure = _bars(panels, _bar_key(table, _), notes, width=width, title=title, language=language)
        return save_figure(figure, path)


def _against(table: CodeTable, language: Language) -> list[str]:
    """Return the note on codes that passages contradict: the bars count what supports a code, and nothing else."""
    _ = translator(language)
    rows = [(row, number) for row in table.rows if (number := row.others.get("contradicts")) and number.value]
    codes = "; ".join(f"{code_label(row.code, language)}: {numeral(number.value, language)}" for row, number in rows)
    return [_("Cases with counter-evidence, not counted in the bars: {codes}.").format(codes=codes)] if rows else []


def _panels(table: CodeTable, codebook: Codebook, language: Language) -> tuple[_Panel, ...]:
    rows = sorted(table.rows, key=lambda row: (-row.cases.value, -row.studies.value))
    return tuple(
        _Panel(side, heading, tuple(_laid(row, language) for row in side_rows))
        for side, heading, side_rows in parted_by_side(codebook, rows, lambda row: row.code, language)
    )


def _laid(row: CodeRow, language: Language) -> _Row:
    lines = broken(code_name(row.code, language), _LABELS, most=LABEL_LINES)
    return _Row(lines, row, max(_ROW, len(lines) * line_step(NORMAL) + 1.2))


def _bar_key(table: CodeTable, _: Translator) -> list[KeyEntry]:
    """Explain the bars that are there: with no case at all, those that might be."""
    studies = KeyEntry(_("studies"), bar_sample(_STUDIES, PLAIN))
    group = _("cases reported as a group: one account for several cases")
    if not any(row.group_cases for row in table.rows):
        return [KeyEntry(_("cases"), bar_sample(_CASES, EVIDENCE)), studies]
    alone = any(row.cases.value > row.group_cases for row in table.rows)
    return [
        *([KeyEntry(_("cases reported individually"), bar_sample(_CASES, EVIDENCE))] if alone else []),
        KeyEntry(group, bar_sample(_CASES, EVIDENCE_PALE, EVIDENCE)),
        studies,
    ]


def _bars(
    panels: Sequence[_Panel],
    key: Sequence[KeyEntry],
    notes: Sequence[str],
    *,
    width: float,
    title: str,
    language: Language,
) -> Figure:
    _ = translator(language)
    left = MARGIN + max(width_of(row.lines) for panel in panels for row in panel.rows) + 2.5
    width = max(width, left + 30 + _VALUE)
    headings = [_HEADING if panel.heading else 0.0 for panel in panels]
    top = MARGIN + key_height(key, width - 2 * MARGIN) + 1.5
    height = (
        top
        + math.fsum(headings)
        + math.fsum(panel.height for panel in panels)
        + _SCALE
        + notes_height(notes, width)
        + 1
    )
    figure = new_figure(width, height, title=title)
    page = page_of(figure)
    draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
    scale = max(max(row.row.cases.value, row.row.studies.value) for panel in panels for row in panel.rows)
    for panel, heading in zip(panels, headings, strict=True):
        if heading:
            line = cut(panel.heading, width - 2 * MARGIN, LARGE, "bold")
            put(page, MARGIN, top + heading / 2 + 0.6, line, size=LARGE, weight="bold")
        top += heading
        axes = axes_at(figure, left, top, width - left - _VALUE, panel.height)
        _draw_panel(axes, panel, max(scale, 1), language, named=panel is panels[-1])
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


def _draw_panel(axes: Axes, panel: _Panel, scale: float, language: Language, *, named: bool) -> None:
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
        _draw_row(axes, row, y + row.height / 2, language)
        y += row.height


def _draw_row(axes: Axes, row: _Row, y: float, language: Language) -> None:
    """Draw the bars of a code around a height, its name before them and its numbers behind."""
    cases, studies = row.row.cases.value, row.row.studies.value
    upper, lower = y - (_STUDIES + _GAP) / 2, y + (_CASES + _GAP) / 2
    _draw_cases(axes, cases, row.row.group_cases, upper)
    axes.barh([lower], [studies], height=_STUDIES, color=PLAIN, label="studies", clip_on=False)
    for value, place, color in ((cases, upper, INK), (studies, lower, MUTED)):
        axes.annotate(
            numeral(value, language),
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
        linespacing=LEADING,
        annotation_clip=False,
    )


def _draw_cases(axes: Axes, cases: float, grouped: int, y: float) -> None:
    """Draw the bar of cases; the part reported as a group is pale, with its number in it where there is room."""
    axes.barh([y], [cases - grouped], height=_CASES, color=EVIDENCE, label="cases", clip_on=False)
    if not grouped:
        return
    axes.barh(
        [y],
        [grouped],
        left=[cases - grouped],
        height=_CASES,
        facecolor=EVIDENCE_PALE,
        edgecolor=EVIDENCE,
        linewidth=0.6,
        label="group",
        clip_on=False,
    )
    if unit_length(axes) * grouped > text_width(str(grouped), SMALL) + 3:
        middle = cases - grouped / 2
        axes.text(middle, y, str(grouped), fontsize=SMALL, color="#004b78", ha="center", va="center_baseline")


def code_name(code: Code, language: Language) -> str:
    """Return the label of a code as figures show it, with a dagger where its side is this review's judgement."""
    label = code_label(code, language)
    return f"{label}\N{NO-BREAK SPACE}{JUDGED}" if code.side_judged else label


def judged_note(codes: Iterable[Code], _: Translator) -> list[str]:
    """Return the note that explains the dagger, where one of the codes has it."""
    text = _("This review assigned the side; the reviewed paper gives none.")
    return [f"{JUDGED} {text}"] if any(code.side_judged for code in codes) else []


def parted_by_side(
    codebook: Codebook, rows: Iterable[Member], code_of: Callable[[Member], Code], language: Language
) -> list[tuple[str, str, list[Member]]]:
    """Part the codes of one group, or their rows, by side: id and heading of each side, and what is on it.

    What has no side comes last, and needs no heading where it is all there is.
    """
    _ = translator(language)
    listed = list(rows)
    group = next((code.group for code in map(code_of, listed) if code.group), "")
    parts = codebook.by_side(group, listed, code_of)
    apart = _("Without a side") if len(parts) > 1 else ""
    return [(side.id, side.label.text(language), part) if side else ("", apart, part) for side, part in parts]


def population(cases: Sequence[Case], grouped: int, _: Translator) -> list[str]:
    """Return the note that says how many cases and studies there are, and how many cases were reported as a group."""
    if not cases:
        return []
    studies = {study for case in cases for study in case.studies}
    parts = [_("Cases: {number}.").format(number=len(cases)), _("Studies: {number}.").format(number=len(studies))]
    if grouped:
        parts.append(_("Cases reported as a group: {number}.").format(number=grouped))
    return [" ".join(parts)]
