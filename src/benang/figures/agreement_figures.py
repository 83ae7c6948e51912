"""How far coders agree as a picture: a dot for each coefficient, with a line for its interval, row by row.

Alpha and AC1 stand together because they part where one label is rare. The two lines across are Krippendorff's: from
0.800 on one may rely on data, from 0.667 on draw tentative conclusions (2004, Content Analysis, 2nd ed., p. 241).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.agreement.comparison import RELIABLE, TENTATIVE, Agreement, coefficient
from benang.agreement.ratings import Coefficient, Name
from benang.figures import LARGE, MARGIN, MUTED, NORMAL, PAGE, POINTS_PER_MM, SMALL, Paths, new_figure, styled
from benang.figures.page import (
    AGAINST,
    EVIDENCE,
    FAINT,
    KeyEntry,
    axes_at,
    draw_key,
    draw_notes,
    empty_figure,
    key_height,
    notes_height,
    page_of,
    put,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import LABEL_LINES, broken, cut, line_step, text_width, width_of
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check

Part = tuple[str, Sequence[Agreement]]
"""Comparisons under a heading, which may be empty."""

MOST_ROWS = 30
"""Rows of one figure: as many as an upright page has room for."""
_LABELS = 62.0  # mm: labels break into lines beyond this
_ROW, _HEADING, _SCALE, _LIMITS = 5.6, 6.5, 9.0, 4.5  # mm
_APART = 1.25  # mm that the dots of a row are above and below its middle
_TICK = 0.2


@dataclass(frozen=True, slots=True)
class _Mark:
    """How one of the coefficients is drawn; shapes differ as well as colours, so that grey is enough."""

    name: Name
    colour: str
    shape: str
    face: str
    offset: float


_MARKS = (
    _Mark("alpha", EVIDENCE, "o", EVIDENCE, -_APART),
    _Mark("ac1", AGAINST, "s", "white", _APART),
)


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[str, ...]
    agreement: Agreement

    @property
    def height(self) -> float:
        return max(_ROW, len(self.lines) * line_step(NORMAL) + 1.2)


def pages_of(parts: Sequence[Part], most: int = MOST_ROWS) -> tuple[tuple[Part, ...], ...]:
    """Part comparisons into figures of at most so many rows; what goes on keeps its heading.

    Examples
    --------
    >>> from benang.agreement.comparison import Comparison
    >>> from benang.agreement.ratings import Ratings
    >>> one = Agreement(Comparison("code", "rent", "Rent", Ratings((), (), ())), ())
    >>> [[(heading, len(rows)) for heading, rows in page] for page in pages_of([("a", [one] * 3), ("b", [one])], 2)]
    [[('a', 2)], [('a', 1), ('b', 1)]]
    """
    rows = [(heading, one) for heading, of in parts for one in of]
    pages = []
    for start in range(0, len(rows), most):
        page: dict[str, list[Agreement]] = {}
        for heading, one in rows[start : start + most]:
            page.setdefault(heading, []).append(one)
        pages.append(tuple(page.items()))
    return tuple(pages)


def plot_agreement(
    parts: Sequence[Part], *, language: Language = "en", width: float = PAGE, path: Paths = None
) -> Figure:
    """Draw alpha and AC1 of comparisons with their 95 % intervals.

    Parameters
    ----------
    parts
        The comparisons with their coefficients, under their headings.
    language
        Of texts; labels are those of the comparisons.
    width
        In mm as printed. The height follows from the number of rows: about 6 mm each.
    path
        Files to write: .png, .svg, .pdf.
    """
    check(width=width)
    _ = translator(language)
    title = _("Agreement between coders")
    with styled():
        if not any(rows for _heading, rows in parts):
            return save_figure(empty_figure(_("There are no coders to compare."), width=width, title=title), path)
        laid = [(heading, [_laid(one) for one in rows]) for heading, rows in parts if rows]
        return save_figure(_drawn(laid, language, width, title), path)


def _laid(agreement: Agreement) -> _Row:
    label = agreement.comparison.label
    return _Row(broken(label[:1].upper() + label[1:], _LABELS, most=LABEL_LINES), agreement)


def _drawn(parts: Sequence[tuple[str, Sequence[_Row]]], language: Language, width: float, title: str) -> Figure:
    _ = translator(language)
    rows = [row for _heading, of in parts for row in of]
    behind = max(text_width(_units(row.agreement, language), SMALL) for row in rows) / POINTS_PER_MM + 5
    left = MARGIN + width_of([line for row in rows for line in row.lines]) + 2.5
    width = max(width, left + 60 + behind)
    notes, key = _notes(rows, _), _key(_)
    top = MARGIN + key_height(key, width - 2 * MARGIN) + 1.5
    headings = [_HEADING if heading else _LIMITS for heading, _rows in parts]
    height = top + math.fsum(headings) + math.fsum(row.height for row in rows) + _SCALE + notes_height(notes, width) + 1
    figure = new_figure(width, height, title=title)
    page = page_of(figure)
    draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
    for (heading, of), room in zip(parts, headings, strict=True):
        if heading:
            line = cut(heading, width - 2 * MARGIN - 45, LARGE, "bold")
            put(page, MARGIN, top + room / 2 + 0.6, line, size=LARGE, weight="bold")
        top += room
        axes = axes_at(figure, left, top, width - left - behind, math.fsum(row.height for row in of))
        _scale(axes, rows, of, language, is_first=of is parts[0][1], is_last=of is parts[-1][1])
        y = 0.0
        for row in of:
            middle = top + y + row.height / 2
            put(page, left - 1.8, middle, "\n".join(row.lines), ha="right")
            put(page, width - behind + 3, middle, _units(row.agreement, language), size=SMALL, color=MUTED)
            _draw_row(axes, row.agreement, y + row.height / 2, _)
            y += row.height
        top += y
    across = left + (width - left - behind) / 2
    put(page, across, top + 6.6, _("Coefficient, with its 95% interval"), size=SMALL, ha="center")
    draw_notes(figure, notes)
    return figure


def _units(agreement: Agreement, language: Language) -> str:
    return f"n = {numeral(len(agreement.comparison.ratings.compared), language)}"


def _key(_: Translator) -> list[KeyEntry]:
    names = {"alpha": _("Krippendorff's alpha"), "ac1": _("Gwet's AC1")}
    return [KeyEntry(names[mark.name], partial(_dot, mark=mark)) for mark in _MARKS]


def _dot(axes: Axes, x: float, y: float, mark: _Mark) -> None:
    axes.plot(
        [x], [y], mark.shape, markersize=4.2, markerfacecolor=mark.face, markeredgecolor=mark.colour,
        markeredgewidth=1.0, clip_on=False, zorder=4, label=mark.name,
    )  # fmt: skip


def _notes(rows: Sequence[_Row], _: Translator) -> list[str]:
    notes = [
        _("Lines at 0.667 and 0.800: the least for tentative conclusions, and to rely on data (Krippendorff, 2004).")
    ]
    shown = [one for row in rows for one in _shown(row.agreement)]
    if any(one.value is not None and one.low is None for one in shown):
        notes.append(_("A dot without a line has no interval; the table says why."))
    if any(one.value is None for one in shown):
        notes.append(_("Where a dot is missing, the coefficient is undefined; the table says why."))
    return notes


def _shown(agreement: Agreement) -> Iterator[Coefficient]:
    yield from (one for mark in _MARKS if (one := coefficient(agreement, mark.name)))


def _scale(
    axes: Axes, rows: Sequence[_Row], of: Sequence[_Row], language: Language, *, is_first: bool, is_last: bool
) -> None:
    """Let the scale end at 1 and begin below whatever is drawn in any part, with the two limits across."""
    ends = [one.value if one.low is None else one.low for row in rows for one in _shown(row.agreement)]
    least = math.floor(min([0.0, *(end for end in ends if end is not None)]) / _TICK + 1e-9) * _TICK
    low = max(-1.0, least)
    axes.set_xlim(low, 1)
    axes.set_ylim(math.fsum(row.height for row in of), 0)
    ticks = [round(low + at * _TICK, 1) for at in range(round((1 - low) / _TICK) + 1)]
    axes.set_xticks(ticks, [numeral(one, language, 1) for one in ticks])
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.tick_params(axis="x", length=2 if is_last else 0, labelbottom=is_last)
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["left", "bottom"]].set_visible(False)
    for limit, style, ha, apart in ((TENTATIVE, "--", "right", 2), (RELIABLE, "-", "left", -2)):
        axes.axvline(limit, color=MUTED, linewidth=0.8, linestyle=style, zorder=1.5)
        if is_first:
            axes.annotate(
                numeral(limit, language, 3), (limit, 0), (apart, 2), textcoords="offset points", fontsize=SMALL,
                color=MUTED, ha=ha, va="bottom", annotation_clip=False,
            )  # fmt: skip


def _draw_row(axes: Axes, agreement: Agreement, y: float, _: Translator) -> None:
    """Draw the coefficients of a comparison around a height; where none is defined, say so."""
    drawn = [(mark, one) for mark in _MARKS if (one := coefficient(agreement, mark.name)) and one.value is not None]
    for mark, one in drawn:
        place = y + mark.offset if len(drawn) > 1 else y
        if one.low is not None and one.high is not None:
            axes.plot([one.low, one.high], [place, place], color=mark.colour, linewidth=1.1, zorder=3, clip_on=False)
        _dot(axes, one.value or 0.0, place, mark)
    if not drawn:
        x = max(0.0, axes.get_xlim()[0])
        axes.annotate(
            _("undefined"), (x, y), (3, 0), textcoords="offset points", fontsize=SMALL, color=MUTED, va="center",
            annotation_clip=False,
        )  # fmt: skip


def agreement_in_words(parts: Sequence[Part], language: Language) -> str:
    """Return the alternative text of the figure: each row with its alpha, its interval and its AC1."""
    _ = translator(language)
    return (
        "; ".join(f"{one.comparison.label}: {_in_words(one, language)}" for _heading, of in parts for one in of) + "."
    )


def _in_words(agreement: Agreement, language: Language) -> str:
    _ = translator(language)
    called: Mapping[Name, str] = {"alpha": "α", "ac1": "AC1"}
    texts = []
    for name, word in called.items():
        one = coefficient(agreement, name)
        if one is None or one.value is None:
            texts.append(f"{word} {_('undefined')}")
            continue
        text = f"{word} {numeral(one.value, language, 2)}"
        if one.low is not None and one.high is not None:
            ends = {"low": numeral(one.low, language, 2), "high": numeral(one.high, language, 2)}
            text += f" ({_('%(low)s to %(high)s') % ends})"
        texts.append(text)
    return ", ".join(texts)
