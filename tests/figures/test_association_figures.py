"""Keywords and codes that go together, as a matrix of circles."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Text
from tests.figures.conftest import Faults
from tests.synthesis.studies import CODEBOOK, coded_review, corpus_with

from benang.figures import size_in_mm
from benang.figures.association_figures import plot_association
from benang.network.incidence import item_incidence
from benang.synthesis.association import Association, association


def _made(n: int = 6, least: int = 2) -> Association:
    """Of 2n papers the first half have rain and tell of a flood, the rest have staff; all have library and decay."""
    words = {f"p{i}": (("rain" if i < n else "staff"), "library") for i in range(2 * n)}
    codes = {f"p{i}": ("decay", *(("flood",) if i < n else ())) for i in range(2 * n)}
    corpus = corpus_with({key: {"author_keywords": held} for key, held in words.items()})
    return association(coded_review(codes), item_incidence(corpus), group="reasons", least=least)


def _circles(figure: Figure) -> list[str]:
    return [str(one.get_label()) for one in figure.axes[0].patches if isinstance(one, Circle)]


def _texts(figure: Figure) -> list[str]:
    return [one.get_text() for one in figure.findobj(Text) if isinstance(one, Text)]


def test_what_chance_seldom_brings_is_dark_with_a_ring() -> None:
    """Rain and flood, 6 of 6 in 12 papers, stand alone in the dark; the key shows each kind once more."""
    circles = _circles(plot_association(_made(), CODEBOOK))
    assert circles.count("dark") == 1 + 2  # in the matrix; in the key, alone and with its ring
    assert circles.count("ring") == 2
    assert circles.count("hollow") == 4 + 1  # library with both codes, rain and staff with decay; the key


def test_numbers_are_the_studies_together() -> None:
    """The circles of rain say 6."""
    texts = _texts(plot_association(_made(), CODEBOOK))
    assert texts.count("6") == 4
    assert texts.count("12") == 1


def test_pairs_below_the_support_are_not_drawn() -> None:
    """Where no pair has so many studies, one sentence says so."""
    texts = _texts(plot_association(_made(), CODEBOOK, support=50))
    assert "No keyword and code have 50 studies in common." in texts


def test_columns_that_do_not_fit_are_counted() -> None:
    """A page that is too narrow leaves out columns, and says how many pairs went with them."""
    figure = plot_association(_made(), CODEBOOK, width=60)
    assert any("Pairs not shown for lack of space: 3." in text for text in _texts(figure))


def test_no_text_is_cut_or_touches_another(text_faults: Faults) -> None:
    """Labels, numbers, key and notes keep apart, in both languages."""
    for language in ("en", "id"):
        assert text_faults(plot_association(_made(), CODEBOOK, language=language)) == []


def test_the_figure_is_no_wider_than_asked_for() -> None:
    """Few columns make a narrow figure; none is wider than the page."""
    assert size_in_mm(plot_association(_made(), CODEBOOK))[0] <= 174


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, a figure is the same to the last byte."""
    for name in ("one.svg", "two.svg"):
        plot_association(_made(), CODEBOOK, path=tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
