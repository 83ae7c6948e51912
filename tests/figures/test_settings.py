"""Figures of every kind depend on neither the user's settings nor on what other threads draw, and change neither."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from scipy import sparse
from tests.synthesis.studies import CODEBOOK, coded_review, corpus_with

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Code, Codebook, Framework, Group, Item, Level
from benang.evidence import count
from benang.figures import is_styled, new_figure, styled
from benang.figures.association_figures import plot_association
from benang.figures.code_bars import plot_code_bars
from benang.figures.indicator_figures import plot_bradford, plot_lotka, plot_output, plot_years
from benang.figures.indicator_rows import plot_countries, plot_keyword_years
from benang.figures.map_figures import plot_code_scores, plot_density, plot_difference, plot_map, plot_overlay
from benang.figures.matrix_figures import plot_case_matrix, plot_framework_matrix
from benang.figures.saving import figure_bytes
from benang.figures.small_multiples import plot_slices
from benang.figures.stability_figures import plot_stability
from benang.figures.text_lines import text_width
from benang.indicators import describe
from benang.maps import Map
from benang.maps.comparison import map_difference
from benang.maps.slices import time_slices
from benang.maps.stability import map_stability
from benang.network.incidence import item_incidence
from benang.network.network import Network, with_link_weights
from benang.project.toml_files import Label
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.synthesis.association import association
from benang.synthesis.code_scores import code_scores
from benang.synthesis.findings import Cell, CodeRow, CodeTable, Matrix

Plot = Callable[[], Figure]
RECORDS = tuple(f"p{at}" for at in range(12))


def _map() -> Map:
    incidence = np.array([[(row * 5 + item * 3) % 4 > 1 for item in range(8)] for row in range(12)], np.float64)
    together = incidence.T @ incidence
    labels = tuple(f"kata $ {at}" for at in range(8))
    network = Network(
        labels,
        labels,
        sparse.csr_array(together - np.diag(np.diag(together))),
        {"Occurrences": incidence.sum(axis=0)},
        {"Avg. pub. year": np.arange(2001.0, 2009.0)},
        records=RECORDS,
        incidence=sparse.csr_array(incidence),
    )
    places = np.column_stack([np.arange(8) * 0.37 % 1, np.arange(8) * 0.61 % 1])
    return Map(with_link_weights(network), places, np.arange(8) % 3 + 1, {1: "satu", 2: "dua"})


def _of_maps() -> dict[str, Plot]:
    made = _map()
    slices = time_slices(made, {key: 2000 + at for at, key in enumerate(RECORDS)}, edges=[2006])
    difference = map_difference(made, RECORDS[:6], RECORDS[6:], names=("before", "after"))
    stability = map_stability(made, runs=3)
    scores = code_scores(made.network, coded_review({"p1": ("flood",), "p2": ("decay",)}), "flood")
    return {
        "map": lambda: plot_map(made, title="A map"),
        "frames": lambda: plot_map(made, frames=True, dark=True),
        "overlay": lambda: plot_overlay(made),
        "density": lambda: plot_density(made),
        "slices": lambda: plot_slices(made, slices),
        "difference": lambda: plot_difference(difference),
        "stability": lambda: plot_stability(made, stability),
        "code scores": lambda: plot_code_scores(made, scores, CODEBOOK.by_id["flood"]),
    }


def _of_corpora() -> dict[str, Plot]:
    found = describe(
        corpus_of(
            Record(
                f"{at:02}",
                "article",
                authors=tuple(f"Author{at * k % 7}, X." for k in range(1, 3)),
                year=2000 + at % 9,
                source=f"Journal {int(at**0.6)}",
                citations=at % 5,
                affiliations=("UGM, Yogyakarta, Indonesia",) if at % 2 else ("Univ Bonn, Bonn, Germany",),
                author_keywords=("seni", f"kata {at % 3}"),
            )
            for at in range(40)
        )
    )
    made = found.indicators
    by_year = {2000: ["a", "b"], 2003: ["c"], None: ["d"]}
    years = {year: count(f"years/{year}", keys, unit="records") for year, keys in by_year.items()}
    words = {f"p{at}": ("rain" if at < 6 else "staff", "library") for at in range(12)}
    codes = {f"p{at}": ("decay", *(("flood",) if at < 6 else ())) for at in range(12)}
    incidence = item_incidence(corpus_with({key: {"author_keywords": held} for key, held in words.items()}))
    pairs = association(coded_review(codes), incidence, group="reasons", least=2)
    return {
        "output": lambda: plot_output(made["years"], last_full=2007),
        "bradford": lambda: plot_bradford(found.source_counts),
        "lotka": lambda: plot_lotka({1: 20, 2: 6, 3: 2, 5: 1}, None),
        "countries": lambda: plot_countries(made["countries"]),
        "keyword years": lambda: plot_keyword_years(made["keyword-years"], made["author-keywords"]),
        "years": lambda: plot_years(years),
        "association": lambda: plot_association(pairs, CODEBOOK),
    }


def _of_codes() -> dict[str, Plot]:
    said = Label(en="Nama")
    codes = tuple(Code(id=f"c{at}", group="g", label=said, side="in", side_judged=at == 1) for at in range(3))
    items = tuple(Item(id=code.id, label=said) for code in codes)
    book = Codebook(
        codes=codes,
        groups=(Group(id="g", label=said, sides=(Level(id="in", label=said),)),),
        frameworks=(Framework(id="f", label=said, source="A source", items=items),),
    )
    rows = tuple(
        CodeRow(code, count(f"{code.id}/cases", ["a"], unit="cases"), count(f"{code.id}/st", ["s"], unit="studies"), 0)
        for code in codes
    )
    cases = Cases(cases=tuple(Case(id=key, home=said, partner=said, country="Y") for key in "ab"))

    def matrix(*columns: str) -> Matrix:
        return Matrix(("a", "b"), columns, {(case, column): Cell("evidence") for case in "ab" for column in columns})

    return {
        "code bars": lambda: plot_code_bars(CodeTable("g", rows), book),
        "case matrix": lambda: plot_case_matrix(matrix("c0", "c1", "c2"), cases, book),
        "framework matrix": lambda: plot_framework_matrix(matrix("f/c0", "f/c1"), book.frameworks, cases, book),
    }


@pytest.fixture(scope="module")
def plots() -> Mapping[str, Plot]:
    """Return a small figure of every kind, each drawn when it is called for."""
    return _of_maps() | _of_corpora() | _of_codes()


def _file(plot: Plot, form: str) -> bytes:
    return figure_bytes(plot(), form, 40)


def _shared() -> dict[str, str]:
    return {name: repr(value) for name, value in mpl.rcParams.items()}


def test_no_figure_depends_on_other_threads_or_on_a_users_settings(plots: Mapping[str, Plot]) -> None:
    """Byte by byte as drawn alone: in four threads at once, while each of matplotlib's settings is something else."""
    forms = [".eps" if name == "difference" else form for name, form in zip(plots, cycle((".svg", ".pdf", ".png")))]
    usual, alone = _shared(), [*map(_file, plots.values(), forms)]
    assert _shared() == usual
    text_width.cache_clear()  # else widths measured before would hide what threads and settings do to them
    with mpl.rc_context(_turned()), ThreadPoolExecutor(4) as pool:
        before = _shared()
        together = [*pool.map(_file, plots.values(), forms)]
        after = _shared()

    assert [name for name, one, other in zip(plots, alone, together, strict=True) if one != other] == []
    assert after == before


def _turned() -> dict[Any, Any]:
    """Return matplotlib's settings, each with another value that it may have, for all that matplotlib can draw with."""
    left = ("backend", "interactive", "toolbar", "timezone", "date.", "text.usetex", "font.enable", "axes3d")
    others: tuple[Any, ...] = ("red", "bold", "italic", "dashed", "path", "x", "round", "log", "left", "top", "center")
    turned: dict[Any, Any] = {}
    for name, value in mpl.rcParamsDefault.items():
        if name.startswith(left):
            continue
        numbers = (
            (not value,)
            if isinstance(value, bool)
            else (value * 2 + 1, value / 2)
            if isinstance(value, int | float)
            else ()
        )
        for other in (*numbers, *others):
            try:
                mpl.RcParams({name: other})
            except (ValueError, TypeError, KeyError, RuntimeError):
                continue
            if other != value:
                turned[name] = other
                break
    return turned


class _Watch(Artist):
    """Something invisible on a figure that looks, while it is drawn, at the settings as another thread sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[dict[str, str], bool, object]] = []

    def draw(self, renderer: RendererBase) -> None:  # noqa: ARG002
        """Look, and draw nothing."""
        with ThreadPoolExecutor(1) as pool:
            self.seen.append((pool.submit(_shared).result(), is_styled(), mpl.rcParams["font.size"]))


def test_other_threads_see_their_own_settings_while_a_figure_is_drawn() -> None:
    """Who draws sees Benang's text of 7 points, everybody else what was there before."""
    watch, before = _Watch(), _shared()
    with styled():
        figure = new_figure(20, 20)
        figure.add_artist(watch)
    figure_bytes(figure, ".svg")

    assert watch.seen == [(before, True, 7.0)]
    assert not is_styled()


def test_a_setting_that_a_user_changes_meanwhile_is_kept() -> None:
    """Another thread changes one while a figure is drawn: it is not put back."""
    before = mpl.rcParams["lines.linewidth"]
    try:
        with styled():
            other = threading.Thread(target=mpl.rcParams.update, args=({"lines.linewidth": 4.5},))
            other.start()
            other.join()

        assert mpl.rcParams["lines.linewidth"] == 4.5
    finally:
        mpl.rcParams["lines.linewidth"] = before


def test_a_copy_of_the_settings_has_the_users() -> None:
    """Copies are made of what the user has set, also within a figure."""
    with styled():
        assert mpl.rcParams.copy()["svg.fonttype"] == mpl.rcParamsDefault["svg.fonttype"]
