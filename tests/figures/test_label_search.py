"""From which zoom on labels are shown: VOSviewer's rule, by hand and for very many items."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.figures import label_search
from benang.figures.label_search import label_thresholds
from benang.network.network import Floats

BOX = np.array([[18.0, 8.0]])  # with the pixel around each: 19 and 9 from middle to middle


def _plainly(places: Floats, boxes: Floats) -> list[float]:
    """Follow the rule word for word: items by size, each compared with all larger ones."""
    found: list[float] = []
    for i in range(len(places)):
        mine = 0.0
        for j, other in enumerate(found):
            gaps = np.abs(places[i] - places[j])
            room = (boxes[i] + boxes[j] + 2) / 2
            until = min(float(r / g) if g > 0 else np.inf for r, g in zip(room, gaps, strict=True))
            if until > mine and until > other:
                mine = until
        found.append(mine)
    return found


def test_the_largest_item_is_always_named() -> None:
    """Its threshold is 0, wherever it stands in the list; the smaller one waits until they are 19 pixels apart."""
    places = np.array([[0.0, 0.0], [10.0, 0.0]])

    assert label_thresholds(places, BOX.repeat(2, axis=0), np.array([1.0, 5.0])).tolist() == [1.9, 0.0]


def test_height_counts_where_texts_are_farther_apart_that_way() -> None:
    """Items 3 to the right and 3 above each other are free of each other when 9 pixels apart in height."""
    assert label_thresholds(np.array([[0.0, 0.0], [3.0, 3.0]]), BOX.repeat(2, axis=0)).tolist() == [0.0, 3.0]


def test_a_label_that_is_not_shown_yet_hides_none() -> None:
    """The second waits for the first until zoom 19; the third, near the second, waits for the first alone, to 9.5."""
    places = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]])

    assert label_thresholds(places, BOX.repeat(3, axis=0)).tolist() == [0.0, 19.0, 9.5]


def test_of_two_items_at_one_point_one_is_never_named() -> None:
    """No zoom parts them."""
    assert label_thresholds(np.zeros((2, 2)), BOX.repeat(2, axis=0)).tolist() == [0.0, np.inf]


def test_an_item_without_a_text_hides_nobody() -> None:
    """The smaller one is shown at once."""
    boxes = np.array([[0.0, 8.0], [18.0, 8.0]])

    assert label_thresholds(np.zeros((2, 2)), boxes).tolist() == [0.0, 0.0]


def test_a_text_waits_until_it_is_clear_of_a_larger_circle() -> None:
    """The second is 10 pixels off: at zoom 3.95 its text, 9.5 to one side, ends where a circle of 30 begins."""
    places, boxes = np.array([[0.0, 0.0], [10.0, 0.0]]), BOX.repeat(2, axis=0)

    assert label_thresholds(places, boxes, radii=np.array([30.0, 2.0])).tolist() == [0.0, 3.95]
    assert label_thresholds(places, boxes, radii=np.array([30.0, 30.0])).tolist() == [0.0, 1.9]


def test_no_items_have_no_thresholds() -> None:
    """Nothing in, nothing out."""
    assert label_thresholds(np.empty((0, 2)), np.empty((0, 2))).tolist() == []


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.sampled_from([1.0, 30.0, 1000.0]))
@settings(max_examples=40)
def test_the_rule_is_followed_to_the_letter(seed: int, n: int, spread: float) -> None:
    """On random maps, tight and wide, the thresholds are those of the rule written out plainly."""
    random = np.random.default_rng(seed)
    places = np.rint(random.normal(size=(n, 2)) * spread)
    boxes = np.column_stack([random.integers(5, 120, n), random.integers(6, 20, n)]).astype(np.float64)

    assert label_thresholds(places, boxes).tolist() == _plainly(places, boxes)


@pytest.mark.parametrize("shape", ["heap", "line", "grid", "few wide texts"])
def test_the_grid_changes_no_answer(monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    """Of three thousand items, whichever way they lie, the grid finds what looking at all pairs finds."""
    random = np.random.default_rng(5)
    n = 3000
    places = {
        "heap": random.normal(size=(n, 2)) * random.gamma(0.4, 200, (n, 1)),
        "line": np.column_stack([random.uniform(0, 4000, n), np.zeros(n)]),
        "grid": np.column_stack([np.arange(n) % 60, np.arange(n) // 60]) * 11.0,
        "few wide texts": random.uniform(0, 900, (n, 2)),
    }[shape]
    wide = np.where(random.random(n) < 0.01, 2000.0, 60.0) if shape == "few wide texts" else random.uniform(20, 150, n)
    boxes, size = np.column_stack([wide, np.full(n, 11.0)]), random.pareto(1.2, n)
    radii = 6 * np.sqrt(size)
    pruned = label_thresholds(places, boxes, size, radii=radii)
    monkeypatch.setattr(label_search, "_EXACTLY", n)

    assert np.array_equal(pruned, label_thresholds(places, boxes, size, radii=radii))
