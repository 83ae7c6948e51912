"""Labels of any length and script: every figure is drawn, nothing is cut by its border, no text touches another."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from tests.figures.conftest import Faults

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, Group, Item, Level, Variable
from benang.evidence import count
from benang.figures import PAGE, size_in_mm
from benang.figures.code_bars import plot_code_bars
from benang.figures.indicator_rows import plot_countries, plot_keyword_years
from benang.figures.label_texts import even_lines
from benang.figures.map_figures import plot_map
from benang.figures.matrix_figures import plot_case_matrix, plot_framework_matrix
from benang.figures.page import empty_figure, notes_height
from benang.figures.saving import figure_bytes
from benang.figures.small_multiples import plot_slices
from benang.figures.text_lines import broken, cut, fitted, width_of
from benang.indicators import describe
from benang.maps import Map
from benang.maps.slices import time_slices
from benang.network.network import Network, with_link_weights
from benang.project.toml_files import Label
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.synthesis.findings import Cell, CodeRow, CodeTable, Matrix

LABELS = {
    "one word of 76 letters": "W" * 76,
    "one word of 20,000 letters": "x" * 20_000,
    "2,000 lines": "\n".join(f"baris {at}" for at in range(2000)),
    "Thai": "ก" * 90,
    "Chinese": "夜市" * 40,
    "Arabic": "شبكات التعاون بين المدن " * 4,
    "Devanagari": "क्षेत्रीय सहयोग संगठन",
    "emoji": "👩\u200d🌾🏙\ufe0f🤝" * 6,
    "marks alone": "\u0301\u0302" * 40,
    "a tower of marks": "a" + "\u0301" * 40,
    "blank": " ",
}
EVERY = pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)


def _map(label: str) -> Map:
    labels = ("kota", label, f"{label} b", "seni")
    links = sparse.csr_array(np.ones((4, 4)) - np.eye(4))
    incidence = sparse.csr_array(np.ones((5, 4)))
    network = Network(
        ("a", "b", "c", "d"),
        labels,
        links,
        {label: np.arange(1.0, 5.0)},
        records=tuple("12345"),
        incidence=incidence,
    )
    places = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8], [1.2, 0.9]])
    return Map(with_link_weights(network), places, np.array([1, 1, 2, 2]), {1: label, 2: f"{label} 2"})


@EVERY
def test_a_map_holds_any_label(text_faults: Faults, label: str) -> None:
    """As the name of items, of clusters, of a weight, of a note, and as the title."""
    figure = plot_map(_map(label), weight=label, title=label, notes=[label])

    assert text_faults(figure) == []
    assert size_in_mm(figure)[1] < 400


@EVERY
def test_slices_hold_any_label(text_faults: Faults, label: str) -> None:
    """As the name of items, of clusters and of a period, and as the title."""
    made = _map(label)
    slices = time_slices(made, dict(zip("12345", range(2001, 2006), strict=True)), edges=[2003])

    assert text_faults(plot_slices(made, slices, title=label)) == []


@EVERY
def test_keywords_by_year_hold_any_label(text_faults: Faults, label: str) -> None:
    """On a page and in a column, in which labels alone would leave no room."""
    corpus = corpus_of(
        Record(f"{at}", "article", year=2000 + at, author_keywords=(label, f"{label} b", "seni")) for at in range(9)
    )
    found = describe(corpus).indicators
    for width in (PAGE, 60.0):
        figure = plot_keyword_years(found["keyword-years"], found["author-keywords"], width=width)

        assert text_faults(figure) == []
        assert len(figure_bytes(figure, ".svg")) < 3e6


@EVERY
def test_bars_of_countries_hold_any_name(text_faults: Faults, label: str) -> None:
    """Names that a caller gives are as long as they please."""
    corpus = corpus_of(
        Record(f"{at}", "article", year=2000, affiliations=("UGM, Yogyakarta, Indonesia",)) for at in range(9)
    )
    found = describe(corpus).indicators["countries"]
    names = {row.item: label for row in found.rows}

    assert text_faults(plot_countries(found, names=names, width=60.0)) == []


def _codes(label: str) -> Codebook:
    """Return a codebook whose codes, sides, outcomes and framework all have one label."""
    said = Label(en=label)
    codes = tuple(Code(id=f"c{at}", group="g", label=said, side="in", side_judged=at == 1) for at in range(3))
    return Codebook(
        codes=codes,
        groups=(Group(id="g", label=said, sides=(Level(id="in", label=said), Level(id="out", label=said))),),
        variables=(Variable(id="outcome", label=said, levels=(Level(id="over", label=said),)),),
        frameworks=(
            Framework(id="f", label=said, source=label, items=tuple(Item(id=f"c{at}", label=said) for at in range(3))),
        ),
    )


@EVERY
def test_bars_of_codes_hold_any_label(text_faults: Faults, label: str) -> None:
    """Codes, their sides and their group."""
    book = _codes(label)
    rows = tuple(
        CodeRow(code, count(f"{code.id}/cases", ["a"], unit="cases"), count(f"{code.id}/st", ["s"], unit="studies"), 0)
        for code in book.codes
    )

    assert text_faults(plot_code_bars(CodeTable("g", rows), book, width=84.0)) == []


@EVERY
def test_matrices_hold_any_label(text_faults: Faults, label: str) -> None:
    """Cases, codes, sides, outcomes, frameworks and their sources."""
    book = _codes(label)
    said = Label(en=label)
    cases = Cases(cases=tuple(Case(id=key, label=f"{said} – {said}", outcome="over") for key in "ab"))

    def matrix(columns: tuple[str, ...]) -> Matrix:
        return Matrix(("a", "b"), columns, {(case, column): Cell("evidence") for case in "ab" for column in columns})

    figures = (
        plot_case_matrix(matrix(("c0", "c1", "c2")), cases, book),
        plot_framework_matrix(matrix(("f/c0", "f/c1", "f/c2")), book.frameworks, cases, book),
    )
    for figure in figures:
        assert text_faults(figure) == []
        assert max(size_in_mm(figure)) < 400


@EVERY
def test_broken_text_keeps_its_letters_and_its_width(label: str) -> None:
    """A word longer than a line is broken between letters; what finds no room is marked by an ellipsis."""
    lines = broken(label, 40.0, most=4)

    assert width_of(lines) <= 40.0
    assert len(lines) <= 4
    whole = broken(label[:2000], 40.0)
    assert "".join(whole).replace(" ", "") == "".join(label[:2000].split()).replace(" ", "")
    assert width_of([cut(label, 30.0)]) <= 30.0
    assert width_of(fitted(label, 3, longest=30.0)) <= 30.0
    assert even_lines(label, 22).count("\n") <= 2


def test_what_is_too_narrow_for_a_letter_still_ends() -> None:
    """Each line then has one letter."""
    assert broken("abc", 0.0) == ("a", "b", "c")
    assert broken("abc", -5.0, most=2) == ("a", "…")


def test_messages_and_notes_of_any_length_stay_on_their_page(text_faults: Faults) -> None:
    """A message is cut after four lines, a note after twelve."""
    figure = empty_figure("x" * 60_000, notes=["y" * 60_000])

    assert text_faults(figure) == []
    assert notes_height(["y" * 60_000], PAGE) < 60
