"""Drawing in millimetres: what charts and matrices share for text, keys, notes and empty data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.coding.cases import Case
from benang.coding.codebook import Code, Codebook, Row
from benang.figures.style import (
    INK,
    MUTED,
    NORMAL,
    PAGE,
    SMALL,
    draw_notes,
    new_figure,
    notes_height,
    save_figure,
    text_width,
)
from benang.locale import Language, Translator, translator

POINTS_PER_MM = 72 / 25.4
_LEADING = 1.2  # of the text size, from line to line
MARGIN = 2.0
"""Millimetres left free at every edge of a figure."""

FOUND, FOUND_PALE = "#0072b2", "#cfe3f2"
"""Evidence, and cases; the pale one where they were told as a group (blue of Okabe and Ito, 2008)."""
AGAINST, AGAINST_PALE = "#c04f00", "#fbe0cc"
"""Counter-evidence (vermilion of Okabe and Ito, darkened to 4.5 : 1 on white)."""
PLAIN = "#222222"
"""Studies: each stands for itself."""
FAINT, ABSENT, UNSEEN = "#e4e4e4", "#9a9a9a", "#dcdcdc"
"""Lines between cells; what was looked for and not reported; what nobody looked for."""

JUDGED = "†"
"""Marks a code whose side this review gave, not the reviewed paper."""

Paths = str | Path | Sequence[str | Path] | None
"""Where a figure is written: one file, several, or none."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One entry of a key: its text, and what draws its sample around a point (x, y in mm)."""

    text: str
    draw: Callable[[Axes, float, float], None]
    room: float = 5.0
    """Width in mm of the sample."""


def page_of(figure: Figure) -> Axes:
    """Lay axes over the whole figure whose units are millimetres, from the upper left corner down.

    Examples
    --------
    >>> [float(edge) for edge in page_of(new_figure(84, 60)).get_ylim()]
    [60.0, 0.0]
    """
    width, height = (round(float(inches) * 25.4, 6) for inches in figure.get_size_inches())
    page = figure.add_axes((0, 0, 1, 1), label="page")
    page.set_xlim(0, width)
    page.set_ylim(height, 0)
    page.axis("off")
    return page


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes at a place in millimetres from the upper left corner of the figure."""
    across, down = (float(inches) * 25.4 for inches in figure.get_size_inches())
    return figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))


def put(
    page: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = NORMAL,
    color: str = INK,
    weight: str = "normal",
    ha: str = "left",
    va: str = "center",
    rotation: float = 0,
    spacing: float = _LEADING,
) -> None:
    """Write text, of one or more lines, at a point of the page in millimetres."""
    page.text(
        x,
        y,
        text,
        fontsize=size,
        color=color,
        fontweight=weight,
        ha=ha,
        va=va,
        rotation=rotation,
        linespacing=spacing,
        multialignment="left" if rotation else ha,
        clip_on=False,
        parse_math=False,
    )


def line_step(size: float) -> float:
    """Return the distance in mm from one line of text to the next.

    Examples
    --------
    >>> round(line_step(7.0), 2)
    2.96
    """
    return _LEADING * size / POINTS_PER_MM


def width_of(lines: Iterable[str], size: float = NORMAL, weight: str = "normal") -> float:
    """Return the width in mm of the longest of some lines; 0 for none."""
    return max((text_width(line, size, weight) for line in lines), default=0.0) / POINTS_PER_MM


def words_of(text: str) -> list[str]:
    r"""Return the words of a text, parted where a line may break: not at a no-break space.

    Examples
    --------
    >>> words_of("from 10\u00a0mm on")
    ['from', '10\xa0mm', 'on']
    """
    return [word for word in re.split(r"[ \t\n]+", text) if word]


def broken(text: str, width: float, size: float = NORMAL, weight: str = "normal") -> tuple[str, ...]:
    """Break text into lines of at most `width` mm; a word that is longer than that stands alone.

    Examples
    --------
    >>> broken("no tangible results", 20.0)
    ('no tangible', 'results')
    """
    lines: list[str] = []
    for word in words_of(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of([longer], size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def fitted(text: str, most: int, size: float = NORMAL, weight: str = "normal") -> tuple[str, ...]:
    """Break text into at most `most` lines so that the longest is as short as it can be.

    Examples
    --------
    >>> fitted("too little support from the central government", 2)
    ('too little support from', 'the central government')
    """
    words = words_of(text)
    runs = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    for width in sorted({width_of([run], size, weight) for run in runs}):
        lines = broken(text, width + 1e-6, size, weight)
        if len(lines) <= most and width_of(lines, size, weight) <= width + 1e-5:
            return lines
    return ()


def key_height(entries: Sequence[KeyEntry], width: float) -> float:
    """Return the height in mm that a key needs across a width."""
    return _key_lines(entries, width)[1]


def draw_key(page: Axes, entries: Sequence[KeyEntry], left: float, top: float, width: float) -> float:
    """Draw the entries of a key side by side, on as many lines as they need; return the height in mm."""
    places, height = _key_lines(entries, width)
    for entry, (x, y) in zip(entries, places, strict=True):
        entry.draw(page, left + x + entry.room / 2, top + y)
        put(page, left + x + entry.room + 1.2, top + y, "\n".join(_key_text(entry, width)), size=SMALL)
    return height


def _key_text(entry: KeyEntry, width: float) -> tuple[str, ...]:
    return broken(entry.text, width - entry.room - 1.2, SMALL)


def _key_lines(entries: Sequence[KeyEntry], width: float) -> tuple[list[tuple[float, float]], float]:
    """Place entries from the left; give the middle of each, and the height of all."""
    places: list[tuple[float, float]] = []
    x, top, line = 0.0, 0.0, 0.0
    for entry in entries:
        lines = _key_text(entry, width)
        needed = entry.room + 1.2 + width_of(lines, SMALL)
        if x and x + needed > width:
            x, top = 0.0, top + line
        line = max(4.0, len(lines) * line_step(SMALL) + 1.0) if x == 0 else line
        places.append((x, top + line / 2))
        x += needed + 5.0
    return places, top + line


def box(page: Axes, x: float, y: float, width: float, height: float, *, face: str, edge: str = "none") -> None:
    """Draw a rectangle around a point of the page, all in millimetres."""
    page.add_patch(
        Rectangle((x - width / 2, y - height / 2), width, height, facecolor=face, edgecolor=edge, linewidth=0.6)
    )


def whole_ticks(maximum: float, most: int = 8) -> list[int]:
    """Return at most about `most` whole numbers from 0 on, a round step apart, that a scale up to `maximum` shows.

    Examples
    --------
    >>> whole_ticks(5), whole_ticks(13), whole_ticks(0)
    ([0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10, 12], [0, 1])
    """
    step = round_step(maximum / most)
    return list(range(0, int(max(maximum, 1)) + 1, step))


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`.

    Examples
    --------
    >>> round_step(0.3), round_step(1.6), round_step(30)
    (1, 2, 50)
    """
    step = 1
    while step < least:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def number(value: float) -> str:
    """Print a value as people write it: `13`, `2.5`."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def population(cases: Sequence[Case], grouped: int, _: Translator) -> list[str]:
    """Return the note that says how many cases and studies there are, and how many cases were told as a group."""
    if not cases:
        return []
    studies = {study for case in cases for study in case.studies}
    parts = [_("Cases: {number}.").format(number=len(cases)), _("Studies: {number}.").format(number=len(studies))]
    if grouped:
        parts.append(_("Cases told as a group: {number}.").format(number=grouped))
    return [" ".join(parts)]


def code_label(code: Code, language: Language) -> str:
    """Return the label of a code, with a dagger where its side is this review's judgement."""
    return f"{code.label.text(language)}\N{NO-BREAK SPACE}{JUDGED}" if code.side_judged else code.label.text(language)


def parted_by_side(
    codebook: Codebook, rows: Iterable[Row], code_of: Callable[[Row], Code], language: Language
) -> list[tuple[str, str, list[Row]]]:
    """Part the codes of one group, or their rows, by side: id and heading of each side, and what is on it.

    What has no side comes last, and needs no heading where it is all there is.
    """
    _ = translator(language)
    held = list(rows)
    group = next((code.group for code in map(code_of, held) if code.group), "")
    parts = codebook.by_side(group, held, code_of)
    apart = _("Without a side") if len(parts) > 1 else ""
    return [(side.id, side.label.text(language), part) if side else ("", apart, part) for side, part in parts]


def judged_note(codes: Iterable[Code], _: Translator) -> list[str]:
    """Return the note that explains the dagger, where one of the codes has it."""
    text = _("The side was judged by this review; the reviewed paper gives none.")
    return [f"{JUDGED} {text}"] if any(code.side_judged for code in codes) else []


def empty_figure(message: str, *, width: float = PAGE, notes: Sequence[str] = (), title: str = "") -> Figure:
    """Return a figure that says, in one sentence, that there is nothing to draw."""
    lines = broken(message, width - 2 * MARGIN)
    room = len(lines) * line_step(NORMAL) + 16
    figure = new_figure(width, room + notes_height(notes, width), title=title)
    put(page_of(figure), width / 2, room / 2, "\n".join(lines), color=MUTED, ha="center")
    draw_notes(figure, notes)
    return figure


def saved(figure: Figure, path: Paths) -> Figure:
    """Write a figure to each of its paths, and return it."""
    for one in [path] if isinstance(path, str | Path) else path or ():
        save_figure(figure, one)
    return figure
