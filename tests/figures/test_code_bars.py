"""Bars of codes: as long as their numbers, every code named, nothing cut, the same bytes twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from benang.coding.cases import Case
from benang.coding.codebook import Code, Codebook, Group, Level
from benang.evidence import count
from benang.figures.code_bars import JUDGED, plot_code_bars
from benang.figures.saving import figure_bytes
from benang.locale import Language
from benang.project.toml_files import Label
from benang.synthesis.findings import CaseRow, CodeRow, CodeTable

Faults = Callable[[Figure], list[str]]
SIDES = (Level(id="inner", label=Label(en="Inside", id="Dalam")), Level(id="outer", label=Label(en="Outside")))
LONG = "A reason with so long a name that it must be broken into two lines at the least, if not into three"


def _row(
    code: str,
    cases: int,
    studies: int,
    grouped: int = 0,
    *,
    side: str | None = None,
    label: str = "",
    judged: bool = False,
) -> CodeRow:
    made = Code(
        id=code,
        group="reasons",
        label=Label(en=label or f"Reason {code}", id=f"Alasan {code}"),
        side=side,
        side_judged=judged,
    )
    return CodeRow(
        made,
        count(f"{code}/cases", [f"c{at}" for at in range(cases)], unit="cases"),
        count(f"{code}/studies", [f"s{at}" for at in range(studies)], unit="studies"),
        grouped,
    )


def _book(rows: tuple[CodeRow, ...], *, sided: bool = False) -> Codebook:
    group = Group(id="reasons", label=Label(en="Reasons", id="Alasan"), sides=SIDES if sided else ())
    return Codebook(groups=(group,), codes=tuple(row.code for row in rows))


ROWS = (
    _row("a", 4, 3, 2, side="inner"),
    _row("b", 1, 2, side="outer"),
    _row("c", 5, 1, 5, side="inner", judged=True),
    _row("d", 0, 0, side="outer"),
)


def _drawn(rows: tuple[CodeRow, ...] = ROWS, *, sided: bool = False, **options: object) -> Figure:
    return plot_code_bars(CodeTable("reasons", rows), _book(rows, sided=sided), **options)  # type: ignore[arg-type]


def _bars(axes: Axes, kind: str) -> list[tuple[float, float]]:
    """Return start and length of the bars of a kind, from the top row down."""
    held = [bars for bars in axes.containers if bars.get_label() == kind]
    bars = [bar for one in held for bar in one if isinstance(bar, Rectangle)]
    return [(float(bar.get_x()), float(bar.get_width())) for bar in sorted(bars, key=lambda bar: bar.get_y())]


def _texts(figure: Figure) -> list[str]:
    return [re.sub(r"\s", " ", one.get_text()) for one in figure.findobj(Text) if isinstance(one, Text)]


def test_bars_are_as_long_as_the_numbers_of_cases_and_studies() -> None:
    """A row's bar of cases ends at its cases, its bar of studies at its studies; rows fall from most cases to none."""
    axes = _drawn().axes[1]

    own, grouped = _bars(axes, "cases"), _bars(axes, "group")

    assert own == [(0, 0), (0, 2), (0, 1), (0, 0)]
    assert grouped == [(0, 5), (2, 2)]
    assert _bars(axes, "studies") == [(0, 1), (0, 3), (0, 2), (0, 0)]


def test_every_code_is_named_with_its_numbers() -> None:
    """Each code has its label, those at 0 too, and its values stand at its bars."""
    texts = _texts(_drawn(sided=True))

    assert {"Reason a", "Reason b", f"Reason c {JUDGED}", "Reason d"} <= set(texts)
    assert texts.count("0") >= 2


def test_cases_told_as_a_group_are_explained_and_counted_in_their_bar() -> None:
    """The key says that the pale part is one account for several cases; the number in it is how many cases."""
    figure = _drawn((_row("a", 9, 1, 7),))

    assert "cases reported as a group: one account for several cases" in _texts(figure)
    assert sorted(one.get_text() for one in figure.axes[1].texts) == ["1", "7", "9", "Reason a"]


def test_without_groups_the_key_does_not_speak_of_them() -> None:
    """A key names what the figure shows, no more."""
    texts = _texts(_drawn((_row("a", 4, 3),)))

    assert not any("group" in text for text in texts)
    assert {"cases", "studies"} <= set(texts)


def test_where_all_cases_are_reported_as_groups_the_key_names_no_others() -> None:
    """No bar has a dark part, so the key has none."""
    texts = _texts(_drawn((_row("a", 4, 1, 4),)))

    assert "cases reported individually" not in texts
    assert "cases reported as a group: one account for several cases" in texts


def test_sides_stand_in_panels_on_one_scale() -> None:
    """Internal and external codes can be compared: the scale of both panels ends at the same value."""
    inner, outer = _drawn(sided=True).axes[1:]

    assert [inner.get_label(), outer.get_label()] == ["inner", "outer"]
    assert inner.get_xlim() == outer.get_xlim() == (0, 5)
    unit = {round(axes.get_position().width / axes.get_xlim()[1], 9) for axes in (inner, outer)}
    assert len(unit) == 1


def test_a_code_without_a_side_is_not_lost() -> None:
    """Where a group has sides, a code that names none stands in a panel of its own."""
    figure = _drawn((*ROWS, _row("e", 2, 2)), sided=True)

    assert "Without a side" in _texts(figure)
    assert "Reason e" in _texts(figure)


def test_labels_come_in_the_language_asked_for() -> None:
    """Labels of the codebook are Indonesian where it has them, English where it lacks them."""
    texts = _texts(_drawn(sided=True, language="id"))

    assert {"Alasan a", "Dalam", "Outside"} <= set(texts)


def test_the_note_counts_cases_studies_and_groups() -> None:
    """The foot says how many cases and studies there are, and how many cases were told as a group."""
    rows = tuple(
        CaseRow(Case(id=key, studies=studies), {}, {}, grouped)
        for key, studies, grouped in (("a", ("s1",), True), ("b", ("s1", "s2"), True), ("c", ("s3",), False))
    )

    assert "Cases: 3. Studies: 3. Cases reported as a group: 2." in _texts(_drawn(case_rows=rows))


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [84, 174])
def test_no_text_is_cut_or_covered(text_faults: Faults, language: Language, width: float) -> None:
    """Labels of any length are read whole, in one column and across the page."""
    rows = (
        *ROWS,
        _row("long", 3, 3, 3, side="outer", label=LONG, judged=True),
        _row("wide", 2, 1, 1, side="inner", label="Word" * 20),
    )

    assert text_faults(_drawn(rows, sided=True, language=language, width=width)) == []


def test_many_codes_and_large_numbers_stay_legible(text_faults: Faults) -> None:
    """Sixty codes, up to 1,200 cases: the figure grows down, the ticks stay few, nothing overlaps."""
    rows = tuple(_row(f"k{at}", 1200 - at, 400 - at, at) for at in range(60))

    figure = _drawn(rows)

    assert text_faults(figure) == []
    assert len(figure.axes[1].get_xticks()) <= 10


def test_a_label_with_a_dollar_is_no_formula() -> None:
    """Dollars in a label are money."""
    figure = _drawn((_row("a", 1, 1, label="From $5 to $10"),))

    assert b"From $5 to $10" in figure_bytes(figure, ".svg")


def test_an_empty_table_says_so(text_faults: Faults) -> None:
    """A group without codes gives a figure with one sentence instead of an error."""
    figure = _drawn(())

    assert "Reasons: there are no codes to count." in _texts(figure)
    assert text_faults(figure) == []


def test_only_zeros_is_a_figure_too(text_faults: Faults) -> None:
    """A codebook that nobody has used yet still names its codes."""
    figure = _drawn((_row("a", 0, 0), _row("b", 0, 0)))

    assert {"Reason a", "Reason b"} <= set(_texts(figure))
    assert text_faults(figure) == []


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_drawn_twice_the_bytes_are_the_same(tmp_path: Path, suffix: str) -> None:
    """The same table gives the same file."""
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"

    _drawn(sided=True, path=first)
    _drawn(sided=True, path=[second])

    assert first.read_bytes() == second.read_bytes()
