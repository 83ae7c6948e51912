"""What a figure shows is told in words, as the picture shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from tests.synthesis.invented import found

from benang.locale import Language
from benang.maps import Map
from benang.network.network import Network
from benang.review.plan import AnyChart, AssociationChart, CodeChart, DifferenceChart, MapChart, PlainChart, SlicesChart
from benang.tasks.build.alternative_texts import alternative_text, usual_caption


def _map(labels: tuple[str, ...], **weights: list[float]) -> Map:
    n = len(labels)
    network = Network(
        labels,
        labels,
        sparse.csr_array(np.ones((n, n)) - np.eye(n)),
        {name.replace("_", " "): np.array(values) for name, values in weights.items()},
        records=tuple(f"r{number}" for number in range(120)),
    )
    return Map(network, np.zeros((n, 2)), np.ones(n, dtype=np.int64))


def test_bars_name_the_cases_that_are_told_of_as_a_group_only() -> None:
    """Volunteers were lost in three cases, two of which one study tells of together."""
    said = alternative_text(CodeChart(name="reasons", kind="code-bars", codes="reasons"), found(), {}, "en")

    assert "Volunteers lost: 2 studies, 3 cases, 2 of them reported only as part of a group" in said
    assert "Librarian left: 1 study, 1 case" in said


def test_a_matrix_counts_the_cells_that_are_told_of_as_a_group_only() -> None:
    """Citra tells once, for two cases, of volunteers and a flood: four cells."""
    said = alternative_text(CodeChart(name="m", kind="case-matrix", codes="reasons"), found(), {}, "en")

    assert said.endswith("Cells reported only as part of a group: 4.")


def test_the_largest_items_are_those_that_the_figure_draws_largest() -> None:
    """The weight is the plan's, else what items are counted by; a point at the end of a name isn't doubled."""
    drawn = {"authors": _map(("Ana, S.", "Bima, K."), Cases=[1.0, 5.0], Total_link_strength=[9.0, 2.0])}
    usual = MapChart(name="authors", kind="map", map="authors")
    chosen = MapChart(name="authors", kind="map", map="authors", weight="Total link strength")

    assert alternative_text(usual, found(), drawn, "en").endswith("Largest: Bima, K.; Ana, S.")
    assert alternative_text(chosen, found(), drawn, "en").endswith("Largest: Ana, S.; Bima, K.")


def test_the_notes_under_a_map_are_told_too() -> None:
    """Who can't see the picture must learn what it rests on."""
    drawn = {"reasons": _map(("a", "b"), Cases=[1.0, 5.0])}
    chart = MapChart(name="reasons", kind="map", map="reasons")

    assert alternative_text(chart, found(), drawn, "en", ["Two cases are told as a group."]).endswith(
        "Two cases are told as a group."
    )


@pytest.mark.parametrize(
    ("chart", "english", "indonesian"),
    [
        (MapChart(name="m", kind="map", map="topics"), "Map of author keywords", "Peta kata kunci penulis"),
        (
            MapChart(name="m", kind="density", map="topics"),
            "Map of author keywords: density",
            "Peta kata kunci penulis: kepadatan",
        ),
        (
            MapChart(name="m", kind="overlay", map="topics"),
            "Map of author keywords, coloured by: Average year of publication",
            "Peta kata kunci penulis, warna menurut: Rata-rata tahun terbit",
        ),
        (
            MapChart(name="m", kind="overlay", map="topics", score="code:roof"),
            "Map of author keywords, coloured by: Bad roof",
            "Peta kata kunci penulis, warna menurut: Atap rusak",
        ),
        (
            SlicesChart(name="m", kind="slices", map="topics"),
            "Map of author keywords by period",
            "Peta kata kunci penulis per periode",
        ),
        (
            DifferenceChart(name="m", kind="difference", map="topics", before=2015),
            "Map of author keywords: differences between two periods",
            "Peta kata kunci penulis: perbedaan antara dua periode",
        ),
        (
            CodeChart(name="m", kind="code-bars", codes="reasons"),
            "Reasons: cases and studies that report each",
            "Alasan: jumlah kasus dan penelitian yang melaporkannya",
        ),
        (CodeChart(name="m", kind="case-matrix", codes="reasons"), "Reasons in each case", "Alasan pada tiap kasus"),
        (
            AssociationChart(name="m", kind="association", codes="reasons"),
            "Keywords and codes that occur together: Reasons",
            "Kata kunci dan kode yang muncul bersama: Alasan",
        ),
        (
            PlainChart(name="m", kind="frameworks"),
            "Cases in the frameworks",
            "Kasus menurut kerangka",
        ),
        (PlainChart(name="m", kind="years"), "Records by year of publication", "Artikel menurut tahun terbit"),
    ],
)
def test_a_figure_without_a_caption_is_called_by_what_it_shows(chart: AnyChart, english: str, indonesian: str) -> None:
    """Never by its name in the plan, which is a word for programs."""
    drawn = _map(("a", "b"), Occurrences=[1.0, 5.0])
    maps = {"topics": replace(drawn, network=replace(drawn.network, item_kind="author-keywords"))}
    languages: tuple[Language, ...] = ("en", "id")
    assert [usual_caption(chart, found(), maps, language) for language in languages] == [english, indonesian]
