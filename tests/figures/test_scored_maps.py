"""What differs between two groups, and a code's share, drawn on a map."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from tests.figures.conftest import Faults
from tests.network.corpora import keywords
from tests.synthesis.studies import CODEBOOK, coded_review, corpus_with

from benang.errors import BenangError
from benang.figures.map_figures import plot_map
from benang.figures.saving import figure_bytes
from benang.figures.scored_maps import plot_code_scores, plot_difference
from benang.maps.comparison import Difference, map_difference
from benang.maps.map import Map
from benang.network.cooccurrence import cooccurrence_network
from benang.synthesis.code_scores import code_scores

XY = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8]])


def _difference() -> Difference:
    """Ten records each: alpha only in the first, gamma only in the second, beta in all."""
    network = cooccurrence_network(keywords(*["alpha,beta"] * 10, *["beta,gamma"] * 10), components="all")
    made = Map(network, XY, np.array([1, 1, 2]))
    return map_difference(
        made, [f"r{i}" for i in range(10)], [f"r{i}" for i in range(10, 20)], names=("before", "after")
    )


def _shades(figure: Figure) -> list[tuple[float, float, float]]:
    (circles,) = (one for one in figure.axes[0].collections if isinstance(one, EllipseCollection))
    return [tuple(float(part) for part in shade[:3]) for shade in np.atleast_2d(circles.get_facecolor())]  # type: ignore[misc]


def _texts(figure: Figure) -> str:
    return "\n".join(one.get_text() for one in figure.findobj(Text) if isinstance(one, Text))


@pytest.mark.parametrize("by", ["z", "share"])
def test_what_fell_is_blue_what_rose_is_red_what_stayed_is_grey(by: str) -> None:
    """Alpha is blue, gamma red, and beta, in all records of both groups, grey."""
    shades = _shades(plot_difference(_difference(), by=by, labels=False))  # type: ignore[arg-type]
    red_less_blue = sorted(round(red - blue, 2) for red, _green, blue in shades)
    assert red_less_blue[0] < -0.3
    assert red_less_blue[1] == 0
    assert red_less_blue[2] > 0.3


def test_links_have_the_colour_of_their_own_change() -> None:
    """The link of alpha and beta fell, that of beta and gamma rose: one is blue, one red."""
    figure = plot_difference(_difference(), labels=False)
    links = next(one for one in figure.axes[0].collections if isinstance(one, PathCollection))
    shades = [to_hex(shade) for shade in np.atleast_2d(links.get_edgecolor())]
    assert sorted(int(shade[1:3], 16) > int(shade[5:7], 16) for shade in shades) == [False, True]


def test_both_groups_are_named_with_their_sizes() -> None:
    """Whoever reads the figure knows which colour is which group, and how large both are."""
    said = _texts(plot_difference(_difference()))
    assert "blue, higher in before; red, higher in after" in said
    assert "before: 10 records; after: 10 records." in said


def test_a_small_change_stays_pale() -> None:
    """One record of two against none of two: z is below 1, and the scale reaches to 3."""
    network = cooccurrence_network(keywords("alpha,beta", "beta,gamma", "beta,gamma", "beta,gamma"), components="all")
    made = Map(network, XY, np.array([1, 1, 2]))
    shades = _shades(plot_difference(map_difference(made, ["r0", "r1"], ["r2", "r3"]), labels=False))
    assert all(abs(red - blue) < 0.3 for red, _green, blue in shades)


def test_no_text_of_a_difference_is_cut_or_touches_another(text_faults: Faults) -> None:
    """Names, legends and notes keep apart."""
    assert text_faults(plot_difference(_difference(), title="What changed")) == []


def test_the_same_difference_gives_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, a figure is the same to the last byte."""
    for name in ("one.svg", "two.svg"):
        plot_difference(_difference(), path=tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_an_unknown_measure_is_refused() -> None:
    """Only z and share are known."""
    with pytest.raises(BenangError, match="a measure of change"):
        plot_difference(_difference(), by="zz")  # type: ignore[arg-type]


def test_a_code_colours_items_by_its_share(text_faults: Faults) -> None:
    """Items whose coded papers all tell of the code differ from those of which none does; what nobody read is grey."""
    words = {"p1": ("alpha", "beta"), "p2": ("beta", "gamma"), "p3": ("beta", "delta")}
    corpus = corpus_with({key: {"author_keywords": held} for key, held in words.items()})
    network = cooccurrence_network(corpus, components="all")
    made = Map(network, np.vstack([XY, [[0.7, -0.6]]]), np.ones(4, np.int64))
    scores = code_scores(network, coded_review({"p1": ("flood",), "p2": ("decay",)}), "flood")
    figure = plot_code_scores(made, scores, CODEBOOK.by_id["flood"])
    assert len({to_hex(shade) for shade in _shades(figure)}) == 4
    assert "not coded: 1 item" in _texts(figure)
    assert "Coded studies: 2; with this code: 1." in _texts(figure)
    assert text_faults(figure) == []


def test_a_difference_is_drawn_in_every_form() -> None:
    """In PostScript, too, though its links show through each by itself."""
    figure = plot_difference(_difference())
    starts = {suffix: figure_bytes(figure, suffix, 50)[:4] for suffix in (".png", ".svg", ".pdf", ".eps")}

    assert starts == {".png": b"\x89PNG", ".svg": b"<?xm", ".pdf": b"%PDF", ".eps": b"%!PS"}


def test_they_are_looked_at_as_other_maps_are() -> None:
    """A black page, names in frames, and what is shown alone, as `plot_map` has them."""
    made = _difference()
    zoomed = {"show": "alpha", "zoom": 6.0}
    plain, dark = plot_difference(made), plot_difference(made, dark=True)

    assert dark.get_facecolor() == plot_map(made.map, dark=True).get_facecolor()
    assert dark.get_facecolor() != plain.get_facecolor()
    frames = plot_difference(made, frames=True).axes[0].collections
    assert sum(isinstance(one, PolyCollection) for one in frames) == 2  # the frames, and the colours of the legend
    assert len(_shades(plot_difference(made, **zoomed))) == len(_shades(plot_map(made.map, **zoomed)))  # type: ignore[arg-type]
    assert len(_shades(plot_difference(made, **zoomed))) < len(_shades(plain))  # type: ignore[arg-type]
