"""The slices of a map side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from tests.figures.conftest import Faults
from tests.network.corpora import keywords

from benang.errors import BenangError
from benang.figures import size_in_mm
from benang.figures.small_multiples import plot_slices
from benang.maps import Map
from benang.maps.slices import Slice, group_slices, time_slices
from benang.network.cooccurrence import cooccurrence_network

RECORDS = ("alpha,beta", "alpha,beta", "alpha,gamma", "beta,gamma", "alpha,beta,gamma", "gamma,delta", "alpha,beta")
YEARS = {f"r{at}": year for at, year in enumerate((2001, 2002, 2005, 2011, 2012, 2019, 2020))}


def _map() -> Map:
    network = cooccurrence_network(keywords(*RECORDS), components="all")
    xy = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8], [1.2, 0.9]])
    return Map(network, xy, np.array([1, 1, 2, 2]), {1: "Early", 2: "Late"})


def _slices(made: Map) -> tuple[Slice, ...]:
    return time_slices(made, YEARS, edges=[2010, 2015])


def _circles(figure: Figure) -> list[EllipseCollection]:
    return [one for one in figure.axes[0].collections if isinstance(one, EllipseCollection)]


def _texts(figure: Figure) -> list[str]:
    return [one.get_text() for one in figure.findobj(Text) if isinstance(one, Text)]


def test_items_have_the_same_place_in_every_panel() -> None:
    """Measured from the corner of its panel, each item stands where it stands in the others."""
    made = _map()
    figure = plot_slices(made, _slices(made))
    corners = [one.get_xy() for one in figure.axes[0].patches if isinstance(one, Rectangle)]
    places = [
        {tuple(np.round(np.asarray(place) - corner, 3)) for place in np.asarray(circles.get_offsets())}
        for circles, corner in zip(_circles(figure), corners, strict=True)
    ]
    assert len(places) == 3
    assert places[0] < places[0] | places[1] | places[2]
    assert len(places[0] | places[1] | places[2]) == len(made)


def test_circles_of_equal_counts_are_equal_in_all_panels() -> None:
    """An item of one record is as large in every panel: sizes have one scale."""
    made = _map()
    slices = _slices(made)
    sizes: dict[float, set[float]] = {}
    for part, circles in zip(slices, _circles(plot_slices(made, slices)), strict=True):
        counts = sorted(part.map.network.weights["Occurrences"][part.present], reverse=True)
        widths = sorted(np.asarray(circles.get_widths()).tolist(), reverse=True)
        for count, width in zip(counts, widths, strict=True):
            sizes.setdefault(float(count), set()).add(round(width, 6))
    assert all(len(widths) == 1 for widths in sizes.values())
    assert max(sizes[2.0]) > max(sizes[1.0])


def test_titles_tell_years_and_records() -> None:
    """Above each panel stand its years and the number of its records."""
    made = _map()
    texts = _texts(plot_slices(made, _slices(made)))
    assert {"2001–2009", "3 records", "2010–2014", "2 records", "2015–2020"} <= set(texts)


def test_titles_are_told_in_indonesian() -> None:
    """In Indonesian records are articles."""
    made = _map()
    assert "3 artikel" in _texts(plot_slices(made, _slices(made), language="id"))


def test_no_text_is_cut_or_touches_another(text_faults: Faults) -> None:
    """Six panels of a map with names, clusters and a title: nothing overlaps."""
    made = _map()
    slices = time_slices(made, YEARS, n=6)
    figure = plot_slices(made, slices, title="Six slices", notes=["A note of one's own."])
    assert text_faults(figure) == []


def test_the_page_is_as_wide_as_asked_for() -> None:
    """174 mm, a printed page, unless told otherwise; a height is kept as well."""
    made = _map()
    assert size_in_mm(plot_slices(made, _slices(made)))[0] == 174
    assert size_in_mm(plot_slices(made, _slices(made), width=120, height=100)) == (120, 100)


def test_records_without_a_year_are_told() -> None:
    """What is in no slice is counted in a note."""
    made = _map()
    slices = time_slices(made, YEARS | {"r6": None}, edges=[2010])
    assert any("Left out for lack of a year: 1 record." in text for text in _texts(plot_slices(made, slices)))


def test_groups_are_drawn_like_slices() -> None:
    """Panels may be groups; records in none are then no missing years."""
    made = _map()
    texts = _texts(plot_slices(made, group_slices(made, {"r0": "north", "r1": "south"})))
    assert {"north", "1 record", "south"} <= set(texts)
    assert not any("Records without a year" in text for text in texts)


def test_the_same_slices_give_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, a figure is the same to the last byte."""
    made = _map()
    for name in ("one.svg", "two.svg"):
        plot_slices(made, _slices(made), path=tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_slices_of_another_map_are_refused() -> None:
    """Slices and map must have the same items."""
    made = _map()
    with pytest.raises(BenangError, match="periods of another map"):
        plot_slices(Map(made.network.subset(np.array([0, 1])), made.xy[:2], made.cluster[:2]), _slices(made))


def test_nothing_is_drawn_without_slices() -> None:
    """An empty list of slices is refused."""
    with pytest.raises(BenangError, match="no periods"):
        plot_slices(_map(), [])


def test_a_weight_that_slices_lack_is_refused() -> None:
    """Citations can't be counted again from some records: that is told with what can."""
    made = _map()
    with pytest.raises(BenangError, match="a weight that periods have: "):
        plot_slices(made, _slices(made), weight="Citations")


def test_documents_have_their_weight_in_the_slice_that_they_are_in() -> None:
    """A document is in one slice; there its citations size it, and one that was never cited is there too."""
    made = _map()
    network = replace(
        made.network, item_kind="documents", weights={**made.network.weights, "Citations": np.array([9.0, 0, 4, 1])}
    )
    documents = replace(made, network=network)
    figure = plot_slices(documents, _slices(documents), weight="Citations")
    assert [len(np.asarray(circles.get_widths())) for circles in _circles(figure)] == [
        int(one.present.sum()) for one in _slices(documents)
    ]
    assert "Citations" in _texts(figure)
