"""First pages with a hyphen of their own."""

from __future__ import annotations

import pytest

from benang.records.pages import with_hyphen_closed
from benang.records.references.keys import page_key


@pytest.mark.parametrize(
    ("page", "key"),
    [("AE-06", "ae6"), ("I-445-I-448", "i445"), ("pp. S-3", "pps3"), ("A–5", "a5")],
)
def test_letters_and_figures_are_one_number(page: str, key: str) -> None:
    """Meetings number their talks, and volumes their pages, so; a range goes on behind."""
    assert page_key(page) == key


@pytest.mark.parametrize(
    "page", ["12-19", "S3-S9", "L034–L056", "iv-12", "xii-xv", "e12", "155602/1-155602/8", "15pA-05"]
)
def test_ranges_keep_their_hyphen(page: str) -> None:
    """Figures stand before it, or the small Roman number of a preface."""
    assert with_hyphen_closed(page) == page
