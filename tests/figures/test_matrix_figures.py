"""Matrices: a mark of the right kind in every cell, every label whole, accounts for several cases framed as one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, Group, Item, Level, Reading, Variable
from benang.evidence import count
from benang.figures import PAGE, SMALL, size_in_mm
from benang.figures.matrix_figures import plot_case_matrix, plot_framework_matrix
from benang.figures.saving import figure_bytes
from benang.locale import Language
from benang.project.toml_files import Label
from benang.synthesis.findings import Cell, CodeRow, CodeTable, Matrix, State

Faults = Callable[[Figure], list[str]]
STATES: tuple[State, ...] = ("evidence", "counter-evidence", "not-reported", "not-looked")


def _case(key: str, home: str, studies: tuple[str, ...], outcome: str | None) -> Case:
    told = {} if outcome is None else {"outcome": outcome}
    label = f"{home} – {key.replace('-', ' ').title()}"
    return Case(id=key, label=label, studies=studies, home=home, **told)


CASES = Cases(
    cases=(
        _case("alpha", "Home A", ("s1",), "over"),
        _case("beta", "Home B", ("s2",), "over"),
        _case("gamma", "Home B", ("s2",), "over"),
        _case("delta", "Home C", ("s3",), "slow"),
        _case("omega", "Home A", ("s4",), None),
    )
)
KEYS = tuple(case.id for case in CASES.cases)
CODES = (
    Code(id="few", group="reasons", label=Label(en="Few find it", id="Sedikit yang menemukannya"), side="in"),
    Code(id="many", group="reasons", label=Label(en="Many find it"), side="in", side_judged=True),
    Code(id="out", group="reasons", label=Label(en="It comes from outside"), side="out"),
    Code(id="none", group="reasons", label=Label(en="Nobody finds it"), side="out"),
)
OUTCOME = Variable(
    id="outcome",
    label=Label(en="Outcome"),
    levels=(Level(id="slow", label=Label(en="Slowed", id="Melambat")), Level(id="over", label=Label(en="Ended"))),
)
FRAMEWORKS = (
    Framework(
        id="w",
        label=Label(en="What works", id="Yang berhasil"),
        source="Writer (1999)",
        items=(Item(id="will", label=Label(en="Will of both sides")), Item(id="way", label=Label(en="A way"))),
    ),
    Framework(
        id="f",
        label=Label(en="What fails"),
        source="Other & Third (2001)",
        items_are="failures",
        items=(Item(id="flaw", label=Label(en="A flaw in the plan")),),
    ),
)
BOOK = Codebook(
    variables=(OUTCOME, Variable(id="home", label=Label(en="Home"), type="text")),
    case_label=("home",),
    codes=CODES,
    frameworks=FRAMEWORKS,
    groups=(
        Group(
            id="reasons",
            label=Label(en="Reasons"),
            sides=(Level(id="in", label=Label(en="Inside", id="Dalam")), Level(id="out", label=Label(en="Outside"))),
        ),
    ),
    readings=(Reading(code="few", items=("w/will",), stance="counter-evidence"),),
)


def _matrix(columns: tuple[str, ...], marks: dict[tuple[str, str], Cell], keys: tuple[str, ...] = KEYS) -> Matrix:
    cells = {(case, column): Cell("not-reported") for case in keys for column in columns}
    return Matrix(keys, columns, cells | marks)


GROUP = Cell("evidence", ("p",), is_group=True)
FACTORS = _matrix(
    ("few", "many", "out", "none"),
    {
        ("alpha", "few"): Cell("evidence", ("p1",)),
        ("alpha", "many"): Cell("evidence", ("p2",)),
        ("beta", "many"): GROUP,
        ("gamma", "many"): GROUP,
        ("delta", "many"): Cell("evidence", ("p3",)),
        ("delta", "out"): Cell("counter-evidence", ("p4",)),
        ("omega", "out"): Cell("not-looked"),
    },
)
ITEMS = _matrix(
    ("w/will", "w/way", "f/flaw"),
    {
        ("alpha", "w/will"): Cell("counter-evidence", ("p1",)),
        ("beta", "w/will"): Cell("counter-evidence", ("p",), True),
        ("gamma", "w/will"): Cell("counter-evidence", ("p",), True),
        ("delta", "f/flaw"): Cell("evidence", ("p3",)),
        ("omega", "w/way"): Cell("not-looked"),
    },
)


def _texts(figure: Figure) -> list[str]:
    return [re.sub(r"\s", " ", one.get_text()) for one in figure.findobj(Text) if isinstance(one, Text)]


def _where(figure: Figure, text: str, axis: int) -> float:
    """Return where a text stands on the page, across (0) or down (1), in mm."""
    found = [
        one for one in figure.findobj(Text) if isinstance(one, Text) and re.sub(r"\s", " ", one.get_text()) == text
    ]
    return float(found[0].get_position()[axis])


def _marks(figure: Figure, label: str) -> set[tuple[float, float]]:
    """Return the places of the marks of a kind, in mm."""
    held = [one for one in figure.axes[0].collections if isinstance(one, PathCollection) and one.get_label() == label]
    return {(round(float(x), 3), round(float(y), 3)) for one in held for x, y in np.asarray(one.get_offsets())}


def _place(figure: Figure, case: str, column: str) -> tuple[float, float]:
    return round(_where(figure, column, 0), 3), round(_where(figure, case, 1), 3)


def _factors(**options: object) -> Figure:
    return plot_case_matrix(FACTORS, CASES, BOOK, **options)  # type: ignore[arg-type]


def _frameworks(**options: object) -> Figure:
    return plot_framework_matrix(ITEMS, FRAMEWORKS, CASES, BOOK, **options)  # type: ignore[arg-type]


def test_each_cell_has_the_mark_of_its_state_where_row_and_column_cross() -> None:
    """Evidence, counter-evidence and what nobody looked for stand in their own cells, all else is not reported."""
    figure = _factors()

    assert _marks(figure, "evidence") == {
        _place(figure, "Home A – Alpha", "Few find it"),
        _place(figure, "Home A – Alpha", "Many find it †"),
        _place(figure, "Home C – Delta", "Many find it †"),
    }
    assert _marks(figure, "counter-evidence") == {_place(figure, "Home C – Delta", "It comes from outside")}
    assert _marks(figure, "not-looked") == {_place(figure, "Home A – Omega", "It comes from outside")}
    assert len(_marks(figure, "not-reported")) == 5 * 4 - 7


def test_states_differ_in_shape_and_not_in_colour_alone() -> None:
    """A reader who sees no colours tells the states apart by the outline and size of their marks."""
    figure = _factors()

    seen = set()
    for one in figure.axes[0].collections:
        if isinstance(one, PathCollection) and one.get_label() in STATES:
            seen.add((np.asarray(one.get_paths()[0].vertices).shape, round(float(one.get_sizes()[0]), 2)))
    assert len(seen) == 4


def test_one_account_of_several_cases_is_framed_as_one() -> None:
    """Two neighbours told as a group by one study share a frame; its marks are smaller than those of single cases."""
    figure = _factors()

    frames = [
        one
        for one in figure.axes[0].patches
        if isinstance(one, FancyBboxPatch) and one.get_label() == "evidence, account"
    ]
    assert len(frames) == 1
    assert _marks(figure, "evidence, group") == {
        _place(figure, "Home B – Beta", "Many find it †"),
        _place(figure, "Home B – Gamma", "Many find it †"),
    }
    for _x, y in _marks(figure, "evidence, group"):
        assert frames[0].get_y() < y < frames[0].get_y() + frames[0].get_height()
    assert "reported as a group: one account for the framed cases" in _texts(figure)


def test_groups_of_different_studies_are_not_joined() -> None:
    """Neighbours that two studies tell of, each as part of a group, are two accounts."""
    apart = Cases(cases=(_case("beta", "B", ("s1",), "over"), _case("gamma", "B", ("s2",), "over")))
    matrix = _matrix(("many",), {("beta", "many"): GROUP, ("gamma", "many"): GROUP}, ("beta", "gamma"))

    figure = plot_case_matrix(matrix, apart, BOOK)

    assert len([one for one in figure.axes[0].patches if one.get_label() == "evidence, account"]) == 2


def test_the_key_explains_the_marks_that_occur_and_no_others() -> None:
    """Of a matrix without evidence, and of one whose only cell is counter-evidence of a group."""
    states = {"evidence", "counter-evidence", "looked for, not reported", "not looked for"}
    bare = _texts(plot_case_matrix(_matrix(("few",), {}, ("alpha",)), CASES, BOOK))
    against = {("alpha", "few"): Cell("counter-evidence", ("p",), True)}
    figure = plot_case_matrix(_matrix(("few",), against, ("alpha",)), CASES, BOOK)

    assert len(states & set(bare)) == 1
    assert not any("group" in text for text in bare)
    assert states & set(_texts(figure)) == {"counter-evidence"}
    assert any("group" in text for text in _texts(figure))


def test_a_review_without_outcomes_has_no_heading_that_speaks_of_them() -> None:
    """Where no case has an outcome, cases stand below each other without a heading."""
    cases = Cases(cases=(_case("alpha", "Home A", ("s1",), None), _case("omega", "Home A", ("s4",), None)))
    figure = plot_case_matrix(_matrix(("few",), {}, ("alpha", "omega")), cases, Codebook(codes=CODES))

    assert not any("outcome" in text.lower() for text in _texts(figure))


def test_columns_fall_by_total_within_their_side() -> None:
    """Inside comes before outside; within each, the code of most cases comes first; a code at 0 is there."""
    figure = _factors()

    across = [
        _where(figure, text, 0)
        for text in ("Many find it †", "Few find it", "It comes from outside", "Nobody finds it")
    ]
    assert across == sorted(across)
    assert _where(figure, "Inside", 0) < _where(figure, "Outside", 0)


def test_rows_are_gathered_by_outcome_in_the_order_of_the_codebook() -> None:
    """The codebook's first level comes first, cases without an outcome last, each heading with its number of cases."""
    figure = _factors()

    down = [
        _where(figure, text, 1)
        for text in (
            "Slowed (1)",
            "Home C – Delta",
            "Ended (3)",
            "Home A – Alpha",
            "Home B – Beta",
            "Home B – Gamma",
            "No outcome given (1)",
            "Home A – Omega",
        )
    ]
    assert down == sorted(down)


def test_rows_can_be_gathered_by_any_variable() -> None:
    """Cases of one home stand together, whatever became of them."""
    figure = _factors(rows_by="home")

    down = [
        _where(figure, text, 1)
        for text in ("Home A – Alpha", "Home A – Omega", "Home B – Beta", "Home B – Gamma", "Home C – Delta")
    ]
    assert down == sorted(down)
    assert "Slowed (1)" not in _texts(figure)


def test_rims_give_the_totals_of_rows_and_columns() -> None:
    """Below stand cases, those told as a group, and studies where given; at the right the codes of each case."""
    studies = {code.id: count("b", "xy" if code.id == "many" else "", unit="studies") for code in CODES}
    rows = tuple(CodeRow(code, count("a", [], unit="cases"), studies[code.id]) for code in CODES)
    figure = _factors(table=CodeTable("reasons", rows))

    foot = {
        text.get_text(): text.get_position()[1]
        for text in figure.axes[0].texts
        if text.get_text() in {"cases", "of these, reported as a group", "studies"}
    }
    column = round(_where(figure, "Many find it †", 0), 3)
    below = {
        text.get_position()[1]: text.get_text()
        for text in figure.axes[0].texts
        if round(text.get_position()[0], 3) == column
    }
    assert [below[foot[name]] for name in ("cases", "of these, reported as a group", "studies")] == ["4", "2", "2"]
    right = _where(figure, "codes reported", 0)
    totals = [text.get_text() for text in figure.axes[0].texts if text.get_position()[0] == right]
    assert sorted(totals) == ["0", "1", "1", "1", "2", "codes reported"]


def test_framework_columns_stand_under_name_and_source() -> None:
    """Each framework is named with its source; one whose items are failures says so."""
    texts = " ".join(_texts(_frameworks()))

    assert "What works Writer (1999)" in texts
    assert "Other & Third (2001); its items are failures" in texts
    assert "Will of both sides" in texts


def test_framework_totals_count_cases_in_either_state() -> None:
    """The foot counts evidence and counter-evidence apart, and says how much of it was told as a group."""
    figure = _frameworks()

    column = round(_where(figure, "Will of both sides", 0), 3)
    below = [
        (text.get_position()[1], text.get_text())
        for text in figure.axes[0].texts
        if round(text.get_position()[0], 3) == column and text.get_text().isdigit()
    ]
    assert [text for _y, text in sorted(below)] == ["0", "3", "2"]


def test_the_framework_figure_says_whose_reading_it_is() -> None:
    """A line at the foot tells that the reading of codes in frameworks is this review's, or whose else."""
    theirs = BOOK.model_copy(
        update={"readings": (Reading(code="few", items=("w/will",), stance="evidence", origin="Somebody (2020)"),)}
    )

    assert "This review decides how codes relate to the frameworks" in " ".join(_texts(_frameworks()))
    assert "was decided by: Somebody (2020)." in " ".join(
        _texts(plot_framework_matrix(ITEMS, FRAMEWORKS, CASES, theirs))
    )


def test_labels_come_in_indonesian_where_the_codebook_has_them() -> None:
    """Codes, sides, levels and frameworks follow the language."""
    assert {"Sedikit yang menemukannya", "Dalam", "Melambat (1)"} <= set(_texts(_factors(language="id")))
    assert "Yang berhasil" in " ".join(_texts(_frameworks(language="id")))


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("width", [84, 174, 250])
def test_no_text_is_cut_or_covered(text_faults: Faults, language: Language, width: float) -> None:
    """Both matrices are read whole in one column, across the page and on a page turned on its side."""
    assert text_faults(_factors(language=language, width=width)) == []
    assert text_faults(_frameworks(language=language, width=width)) == []


@pytest.mark.parametrize("n_cases", [1, 60])
@pytest.mark.parametrize("n_columns", [1, 8, 90])
def test_any_number_of_cases_and_columns_is_legible(text_faults: Faults, n_cases: int, n_columns: int) -> None:
    """One case or sixty, one column or ninety: the figure grows, and no label is cut or covered."""
    cases = Cases(
        cases=tuple(
            _case(
                f"partner-number-{at}-with-a-name-of-many-words" if at % 7 == 0 else f"k{at}",
                f"Home {at // 3}",
                ("s",),
                "over",
            )
            for at in range(n_cases)
        )
    )
    items = tuple(
        Item(id=f"i{at}", label=Label(en=f"Item {at} " + "and what it asks of both sides " * (at % 3)))
        for at in range(n_columns)
    )
    framework = Framework(id="w", label=Label(en="A framework of many items"), source="Someone (2001)", items=items)
    keys = tuple(case.id for case in cases.cases)
    matrix = _matrix(
        tuple(f"w/{item.id}" for item in items),
        {(key, "w/i0"): Cell("counter-evidence", ("p",), True) for key in keys},
        keys,
    )

    figure = plot_framework_matrix(matrix, (framework,), cases, BOOK.model_copy(update={"frameworks": (framework,)}))

    assert text_faults(figure) == []
    assert len(_marks(figure, "counter-evidence, group")) == n_cases


def test_narrow_frameworks_with_long_names_have_upright_headings(text_faults: Faults) -> None:
    """Where the words of a heading are wider than its columns, all headings are turned rather than cut."""
    made = tuple(
        Framework(
            id=f"f{at}",
            label=Label(en=f"Implementation {at}"),
            source="Someoneoverthere (2001)",
            items=(Item(id="i", label=Label(en="One item")),),
        )
        for at in range(12)
    )
    matrix = _matrix(tuple(f"f{at}/i" for at in range(12)), {})

    figure = plot_framework_matrix(matrix, made, CASES, BOOK, width=100)

    heads = [one for one in figure.axes[0].texts if one.get_text().startswith("Implementation")]
    assert {one.get_rotation() for one in heads} == {90.0}
    assert text_faults(figure) == []


def test_without_cases_or_frameworks_the_figure_says_so(text_faults: Faults) -> None:
    """Nothing to show is a sentence, not an error."""
    empty = Matrix((), (), {})

    cases, frameworks = plot_case_matrix(empty, CASES, BOOK), plot_framework_matrix(empty, (), CASES, BOOK)

    assert "There are no coded cases to show." in _texts(cases)
    assert "There are no frameworks for reading the cases." in _texts(frameworks)
    assert text_faults(cases) == text_faults(frameworks) == []


def test_a_case_or_code_that_no_list_names_goes_by_its_id() -> None:
    """What was coded is shown even where the lists lack it."""
    matrix = _matrix(("mystery",), {("stray", "mystery"): Cell("evidence", ("p",))}, ("stray",))

    assert {"stray", "mystery"} <= set(_texts(plot_case_matrix(matrix, CASES, BOOK)))


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_drawn_twice_the_bytes_are_the_same(tmp_path: Path, suffix: str) -> None:
    """The same matrix gives the same file, whatever the order in which its cells were put in."""
    turned = Matrix(FACTORS.cases, FACTORS.columns, dict(reversed(list(FACTORS.cells.items()))))
    first = tmp_path / f"first{suffix}"

    _factors(path=[first])

    assert first.read_bytes() == figure_bytes(plot_case_matrix(turned, CASES, BOOK), suffix)
    assert figure_bytes(_frameworks(), suffix) == figure_bytes(_frameworks(), suffix)


def test_a_cell_with_both_kinds_of_evidence_has_both_marks_and_a_mention_a_ring() -> None:
    """Alpha's cell is evidence with one passage against it, omega's is only mentioned; the key says what they mean."""
    matrix = _matrix(
        ("few",),
        {
            ("alpha", "few"): Cell("evidence", ("p1", "p2"), contrary=("p2",)),
            ("omega", "few"): Cell("not-looked", mentions=("p3",)),
        },
    )
    figure = plot_case_matrix(matrix, CASES, Codebook(codes=CODES))

    assert _marks(figure, "contrary") == _marks(figure, "evidence")
    assert len(_marks(figure, "contrary")) == len(_marks(figure, "mentioned")) == 1
    assert {"both evidence and counter-evidence", "only mentioned"} <= set(_texts(figure))
    assert "cases with counter-evidence" in _texts(figure)


def test_a_matrix_whose_passages_all_support_their_codes_has_neither_mark_nor_key_of_others() -> None:
    """Nothing is explained that is not there."""
    figure = plot_case_matrix(
        _matrix(("few",), {("alpha", "few"): Cell("evidence", ("p1",))}), CASES, Codebook(codes=CODES)
    )

    assert not _marks(figure, "contrary") | _marks(figure, "mentioned")
    assert not {"both evidence and counter-evidence", "only mentioned", "cases with counter-evidence"} & set(
        _texts(figure)
    )


def _wide(n_items: int) -> Figure:
    """Return the matrix of four cases by the many items of one framework; two of the cases were told together."""
    items = tuple(Item(id=f"i{at}", label=Label(en=f"What is asked {at}")) for at in range(n_items))
    framework = Framework(id="w", label=Label(en="What works"), source="Writer (1999)", items=items)
    marks = {(key, "w/i0"): Cell("evidence", ("p",), is_group=True) for key in ("beta", "gamma")}
    matrix = _matrix(tuple(f"w/{one.id}" for one in items), marks | {("delta", "w/i0"): Cell("evidence", ("p3",))})
    return plot_framework_matrix(matrix, (framework,), CASES, BOOK)


def test_more_columns_than_a_page_has_room_for_are_drawn_as_rows(text_faults: Faults) -> None:
    """The cases then stand across, the names of items can be read lying, and the figure is as wide as the page."""
    turned, upright = _wide(31), _wide(30)

    assert _where(turned, "What is asked 3", 1) < _where(turned, "What is asked 4", 1)
    assert _where(turned, "Home A – Alpha", 1) == _where(turned, "Home B – Beta", 1)
    assert _where(turned, "What works", 1) == _where(turned, "Writer (1999)", 1)
    assert _where(upright, "Home A – Alpha", 1) < _where(upright, "Home B – Beta", 1)
    assert size_in_mm(turned)[0] <= PAGE
    assert min(float(text.get_fontsize()) for text in turned.findobj(Text) if isinstance(text, Text)) >= SMALL
    assert text_faults(turned) == []


def test_cases_told_together_are_framed_side_by_side_where_they_stand_across() -> None:
    """One frame, as wide as two columns, and not as high."""
    figure = _wide(40)
    (frame,) = (
        one
        for one in figure.axes[0].patches
        if isinstance(one, FancyBboxPatch) and one.get_label() == "evidence, account"
    )

    assert frame.get_width() > 1.9 * frame.get_height()
    assert len(_marks(figure, "evidence, group")) == 2


def test_the_totals_of_columns_stand_at_the_right_where_these_are_rows() -> None:
    """With evidence three, of these told as a group two; none with counter-evidence."""
    figure = _wide(40)
    row = _where(figure, "What is asked 0", 1)
    totals = [text for text in figure.axes[0].texts if text.get_position()[1] == row and text.get_text().isdigit()]

    assert [text.get_text() for text in sorted(totals, key=lambda one: one.get_position()[0])] == ["3", "2", "0"]
