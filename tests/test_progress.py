"""How far long work is."""

from __future__ import annotations

import pytest

from benang.progress import Cancelled, part, silent

pytestmark = pytest.mark.fast


def test_a_part_of_the_way_is_told_as_a_share_of_the_whole() -> None:
    """Halfway through what goes from a fifth to four fifths is half of the whole; a part of a part lies within it."""
    told: list[tuple[str, float]] = []
    whole = lambda what, share: told.append((what, share))  # noqa: E731
    half = part(whole, 0.2, 0.8)
    half("Laying out", 0.5)
    part(half, 0.5, 1.0, "Clustering")("whatever", 1.0)
    assert told == [("Laying out", 0.5), ("Clustering", 0.8)]


def test_who_cancels_is_heard_through_parts() -> None:
    """What a progress raises comes through the parts made of it."""

    def no_more(_what: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        part(no_more, 0.0, 0.5)("Reading", 0.0)


def test_nobody_is_told() -> None:
    """Where nobody asks, nothing happens."""
    silent("Reading", 0.0)
