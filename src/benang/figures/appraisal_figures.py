"""Appraisals as pictures: studies × items as lights with signs, and how many studies have which light.

The two pictures are those of robvis (McGuinness and Higgins, 2021): circles with signs, and stacked bars of shares.
Signs are in every circle and bar, so that neither needs its colours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from benang.coding.codebook import Variable
from benang.figures import INK, MARGIN, MUTED, NORMAL, PAGE, SMALL, Paths, new_figure, styled
from benang.figures.label_texts import labels_within
from benang.figures.page import (
    ABSENT,
    FAINT,
    KeyEntry,
    box,
    draw_key,
    draw_notes,
    empty_figure,
    key_height,
    notes_height,
    page_of,
    put,
)
from benang.figures.saving import save_figure
from benang.figures.text_lines import broken, line_step, width_of
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.ranges import check
from benang.synthesis.appraisals import Appraisal, Mark
from benang.synthesis.wording import mark_words

SIGNS: Mapping[Mark, str] = {
    "good": "+", "some": "–", "poor": "×", "unclear": "?", "not-applicable": "/", "not-reported": "∅", "not-looked": "",
}  # fmt: skip
"""The sign of each mark, as robvis has them for the first four."""
_FACES: Mapping[Mark, tuple[str, str]] = {
    "good": ("#1a7f5a", "white"),
    "some": ("#f0c644", INK),
    "poor": ("#a3271b", "white"),
    "unclear": ("#b9d3ea", INK),
    "not-applicable": ("#f4f4f4", MUTED),
    "not-reported": ("white", MUTED),
    "not-looked": ("white", MUTED),
}
"""The colour of each mark and of its sign; lightness differs too, from red over green and blue to yellow."""
_PALE = ("not-applicable", "not-reported")
_LABELS = 58.0  # mm: names of studies are shortened to this, those of items broken
_ROW, _COLUMN = 5.2, 9.0  # mm
_BAR_ROW, _BAR = 8.0, 5.2
_NUMBER = re.compile(r"(\w?\d+(?:\.\d+)*)[.:)]?\s+(?=\S)")


def plot_appraisal(
    appraisal: Appraisal,
    labels: Mapping[str, str],
    *,
    language: Language = "en",
    width: float = PAGE,
    path: Paths = None,
) -> Figure:
    """Draw studies × items of an appraisal, a light with its sign in each cell.

    Columns are headed by the numbers of the items, which stand with their names below the table.

    Parameters
    ----------
    appraisal
        The rating of each study, item by item.
    labels
        What the studies are called, by their ids.
    language
        Of labels and texts.
    width
        In mm as printed. The height follows from the number of studies: about 5 mm each.
    path
        Files to write: .png, .svg, .pdf.
    """
    check(width=width)
    _ = translator(language)
    title = appraisal.form.label.text(language)
    with styled():
        if not appraisal.subjects or not appraisal.items:
            message = _("Nothing has been appraised yet.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        called = labels_within([labels.get(one, one) for one in appraisal.subjects], _LABELS)
        names = dict(zip(appraisal.subjects, called, strict=True))
        left = MARGIN + width_of(names.values()) + 3
        column = min(_COLUMN, (width - left - MARGIN) / len(appraisal.items))
        key = _key(appraisal.marks(), language, _light)
        top = MARGIN + key_height(key, width - 2 * MARGIN) + 7
        foot = top + _ROW * len(appraisal.subjects) + 4
        listed = _listed(appraisal.items, language, width)
        notes = _notes(appraisal, language)
        height = foot + _height_of(listed) + notes_height(notes, width) + 2
        figure = new_figure(width, height, title=title)
        page = page_of(figure)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        for at, head in enumerate(heads(appraisal.items, language)):
            put(page, left + (at + 0.5) * column, top - 3, head, size=SMALL, ha="center")
        for row, subject in enumerate(appraisal.subjects):
            y = top + (row + 0.5) * _ROW
            put(page, left - 3, y, names[subject], ha="right")
            page.plot([left, left + column * len(appraisal.items)], [y + _ROW / 2] * 2, color=FAINT, linewidth=0.5)
            for at, item in enumerate(appraisal.items):
                _light(page, left + (at + 0.5) * column, y, appraisal.cells[subject, item.id].mark, column)
        _list_items(page, listed, foot)
        draw_notes(figure, notes)
        return save_figure(figure, path)


def heads(items: Sequence[Variable], language: Language) -> tuple[str, ...]:
    """Return what heads the column of each item: the number that its label begins with, else its place from 1.

    Examples
    --------
    >>> heads([Variable(id="a", label={"en": "S1. Question"}), Variable(id="b", label={"en": "1.1 Design"})], "en")
    ('S1', '1.1')
    >>> heads([Variable(id="a", label={"en": "Question"}), Variable(id="b", label={"en": "1.1 Design"})], "en")
    ('1', '2')
    """
    matches = [_NUMBER.match(item.label.text(language)) for item in items]
    numbers = [one[1] for one in matches if one]
    is_numbered = len(set(numbers)) == len(items)
    return tuple(numbers) if is_numbered else tuple(str(at) for at, _ in enumerate(items, 1))


def named_items(items: Sequence[Variable], language: Language) -> list[str]:
    """Return the items as a list names them: with the numbers that head their columns."""
    labels = [item.label.text(language) for item in items]
    return [
        label if label.startswith(head) and _NUMBER.match(label) else f"{head}. {label}"
        for head, label in zip(heads(items, language), labels, strict=True)
    ]


Listed = list[list[tuple[str, ...]]]
"""The items below a table, in columns, each broken into lines."""


def _listed(items: Sequence[Variable], language: Language, width: float) -> Listed:
    names = named_items(items, language)
    n_columns = 2 if len(names) > 3 else 1
    room = (width - 2 * MARGIN) / n_columns - 4
    lines = [broken(name, room, SMALL, most=3) for name in names]
    half = math.ceil(len(lines) / n_columns)
    return [lines[start : start + half] for start in range(0, len(lines), half)]


def _height_of(listed: Listed) -> float:
    return max((math.fsum(_step(lines) for lines in column) for column in listed), default=0.0) + 2


def _step(lines: tuple[str, ...]) -> float:
    return len(lines) * line_step(SMALL) + 0.6


def _list_items(page: Axes, listed: Listed, top: float) -> None:
    width = (page.get_xlim()[1] - 2 * MARGIN) / max(len(listed), 1)
    for at, column in enumerate(listed):
        y = top
        for lines in column:
            put(page, MARGIN + at * width, y, "\n".join(lines), size=SMALL, color=MUTED, va="top")
            y += _step(lines)


def _light(page: Axes, x: float, y: float, mark: Mark, room: float = _COLUMN) -> None:
    """Draw a light with its sign around a point; what nobody appraised is a small dot."""
    face, ink = _FACES[mark]
    if mark == "not-looked":
        page.add_patch(Circle((x, y), 0.35, facecolor=ABSENT, edgecolor="none"))
        return
    radius = min(_ROW, room) * 0.43
    edge = ABSENT if mark in _PALE else face
    page.add_patch(Circle((x, y), radius, facecolor=face, edgecolor=edge, linewidth=0.6))
    put(page, x, y, SIGNS[mark], size=NORMAL, color=ink, weight="bold", ha="center")


def _key(marks: Sequence[Mark], language: Language, draw: Callable[[Axes, float, float, Mark], None]) -> list[KeyEntry]:
    words = mark_words(language)
    return [
        KeyEntry(words[mark], lambda page, x, y, mark=mark: draw(page, x, y, mark))  # type: ignore[misc]
        for mark in marks
    ]


def _notes(appraisal: Appraisal, language: Language) -> list[str]:
    """Say how many were appraised, and whose form it is."""
    _ = translator(language)
    n, every = appraisal.n_appraised(), len(appraisal.subjects)
    notes = [] if n == every else [_("Appraised: {n} of {all}.").format(n=n, all=every)]
    source = appraisal.form.source.text(language)
    return [*notes, *([_("Form: {source}.").format(source=source.rstrip("."))] if source else [])]


def plot_appraisal_summary(
    appraisal: Appraisal,
    *,
    weights: Mapping[str, float] | None = None,
    weighted_by: str = "",
    language: Language = "en",
    width: float = PAGE,
    path: Paths = None,
) -> Figure:
    """Draw for each item which share of the appraised studies has which light, as stacked bars.

    Parameters
    ----------
    appraisal
        The rating of each study, item by item.
    weights
        How much each study counts, such as its participants; each as much as another where None. Studies without a
        weight are left out, and a note says so.
    weighted_by
        What the weights are called.
    language, width, path
        As for `plot_appraisal`.
    """
    check(width=width)
    _ = translator(language)
    title = appraisal.form.label.text(language)
    with styled():
        shares = {item.id: shares_of(appraisal, item.id, weights) for item in appraisal.items}
        if not any(shares.values()):
            message = _("Nothing has been appraised yet.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        names = [broken(name, _LABELS, most=3) for name in named_items(appraisal.items, language)]
        left = MARGIN + max(width_of(lines) for lines in names) + 3
        marks = [mark for mark in appraisal.marks() if any(mark in parts for parts in shares.values())]
        key = _key(marks, language, _sample)
        notes = [*_notes(appraisal, language), *_unweighted(appraisal, weights, language)]
        top = MARGIN + key_height(key, width - 2 * MARGIN) + 2
        foot = top + _BAR_ROW * len(names)
        figure = new_figure(width, foot + 10 + notes_height(notes, width), title=title)
        page = page_of(figure)
        draw_key(page, key, MARGIN, MARGIN, width - 2 * MARGIN)
        room = width - left - MARGIN - 4
        _draw_scale(page, left, top, room, foot, _scale_name(weighted_by, language))
        for at, (item, lines) in enumerate(zip(appraisal.items, names, strict=True)):
            y = top + (at + 0.5) * _BAR_ROW
            put(page, left - 3, y, "\n".join(lines), ha="right")
            texts = bar_texts(appraisal, item.id, weights, language)
            _draw_bar(page, left, y, room, shares[item.id], texts)
        draw_notes(figure, notes)
        return save_figure(figure, path)


def shares_of(appraisal: Appraisal, item: str, weights: Mapping[str, float] | None) -> dict[Mark, float]:
    """Return the share of each mark in an item, 0 to 1, among the subjects that were appraised in it (and weigh)."""
    sums: dict[Mark, float] = {}
    for subject in appraisal.subjects:
        mark = appraisal.cells[subject, item].mark
        weight = 1.0 if weights is None else weights.get(subject, 0.0)
        if mark != "not-looked" and weight:
            sums[mark] = sums.get(mark, 0.0) + weight
    total = math.fsum(sums.values())
    return {mark: value / total for mark, value in sums.items()}


def bar_texts(
    appraisal: Appraisal, item: str, weights: Mapping[str, float] | None, language: Language
) -> dict[Mark, str]:
    """Return the texts in the parts of a bar: how many studies, or which share of the weights."""
    given = shares_of(appraisal, item, weights)
    shares = {mark: given[mark] for mark in SIGNS if mark in given}
    if weights is not None:
        return {mark: f"{numeral(100 * share, language, 0)}%" for mark, share in shares.items()}
    return {mark: numeral(appraisal.bars[item, mark].value, language, 0) for mark in shares}


def _unweighted(appraisal: Appraisal, weights: Mapping[str, float] | None, language: Language) -> list[str]:
    _ = translator(language)
    without = 0 if weights is None else sum(subject not in weights for subject in appraisal.subjects)
    return [_("Left out because they have no weight: {n}.").format(n=without)] if without else []


def _scale_name(weighted_by: str, language: Language) -> str:
    _ = translator(language)
    name = _("Share of the appraised studies")
    return _("{share}, weighted by: {weight}").format(share=name, weight=weighted_by) if weighted_by else name


def _draw_scale(page: Axes, left: float, top: float, room: float, foot: float, name: str) -> None:
    for percent in (0, 25, 50, 75, 100):
        x = left + room * percent / 100
        page.plot([x, x], [top, foot], color=FAINT, linewidth=0.5, zorder=0)
        put(page, x, foot + 2.2, f"{percent}%", size=SMALL, ha="center")
    put(page, left + room / 2, foot + 6.2, name, size=SMALL, ha="center")


def _draw_bar(
    page: Axes, left: float, y: float, room: float, shares: Mapping[Mark, float], texts: Mapping[Mark, str]
) -> None:
    """Draw the parts of a bar, each with its sign and its text, or the sign alone, where there is room for them."""
    x = left
    for mark, sign in SIGNS.items():
        part = room * shares.get(mark, 0.0)
        if not part:
            continue
        face, ink = _FACES[mark]
        box(page, x + part / 2, y, part, _BAR, face=face, edge=ABSENT if mark in _PALE else "white")
        fitting = (one for one in (f"{sign} {texts[mark]}", sign) if width_of([one], SMALL, "bold") + 0.6 <= part)
        put(page, x + part / 2, y, next(fitting, ""), size=SMALL, color=ink, weight="bold", ha="center")
        x += part


def _sample(page: Axes, x: float, y: float, mark: Mark) -> None:
    face, ink = _FACES[mark]
    box(page, x, y, 5, 3.4, face=face, edge=ABSENT if mark in _PALE else face)
    put(page, x, y, SIGNS[mark], size=SMALL, color=ink, weight="bold", ha="center")
