"""Items that are told apart by what is printed, without the records, follow the same rules as those in memory."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benang.engine import DuckDB
from benang.errors import BenangError
from benang.network.at_scale.engine_items import Leaves, check_fits, items_that_fit, leaves, spelt_items
from benang.records.thesaurus import Thesaurus

_PLACES = ["Univ Contoh, Taipei, Taiwan", "Univ Contoh, Beijing, Peoples R China", "Univ Contoh, Kota", "A, Japan"]


def test_a_thesaurus_of_countries_works_on_printed_names() -> None:
    """Taiwan goes to China, Japan is dropped, and the line that matches nothing is told."""
    thesaurus = Thesaurus((("taiwan", "peoples r china"), ("japan", ""), ("atlantis", "england")))
    spelt = pa.table({"spelling": _PLACES, "times": [1, 2, 1, 1]})

    found = spelt_items(spelt, "countries", thesaurus)

    assert (found.labels, found.item_of.tolist()) == (("China",), [0, 0, -1, -1])
    assert (found.dropped, found.unmatched) == (1, ("atlantis",))


def test_a_line_that_matches_no_organisation_is_told() -> None:
    """A label matches as names of organisations are compared."""
    thesaurus = Thesaurus((("University of Contoh", "Contoh"), ("Atlantis", "Contoh")))
    spelt = pa.table({"spelling": ["Univ Contoh, Kota, Indonesia"], "times": [1]})

    found = spelt_items(spelt, "organizations", thesaurus)

    assert (found.labels, found.unmatched) == (("Contoh",), ("Atlantis",))


LISTS = st.lists(st.sets(st.integers(0, 8), max_size=5), min_size=1, max_size=12)


def incidence(lists: list[set[int]]) -> pa.Table:
    """Put lists of items in long form."""
    pairs = [(unit, item) for unit, held in enumerate(lists) for item in sorted(held)]
    unit, item = (pa.array([pair[at] for pair in pairs], pa.int32()) for at in range(2))
    return pa.table({"unit": unit, "item": item, "times": pa.array([1] * len(pairs), pa.int32())})


def by_hand(lists: list[set[int]], least: int) -> tuple[int, int]:
    """Count the items of a threshold, and their pairs."""
    counts = {item: sum(item in held for held in lists) for item in range(9)}
    kept = {item for item, n in counts.items() if n >= least}
    links = {(a, b) for held in lists for a in held & kept for b in held & kept if a < b}
    return len(kept), len(links)


@settings(max_examples=25)
@given(lists=LISTS)
def test_there_are_never_more_links_than_told(lists: list[set[int]]) -> None:
    """The bound holds at every threshold."""
    held = incidence(lists)
    levels = np.bincount(held.column("item").to_numpy(), minlength=9)
    items = np.flatnonzero(levels)
    with DuckDB(threads=1) as engine:
        engine.view("held", held)
        engine.view("levels", pa.table({"item": items.astype(np.int32), "level": levels[items]}))
        found = leaves(engine, levels[items])
    for least, n, links in zip(found.least.tolist(), found.items.tolist(), found.at_most.tolist(), strict=True):
        counted = by_hand(lists, least)
        assert n == counted[0]
        assert links >= counted[1]


def test_what_does_not_fit_is_refused_with_what_would() -> None:
    """The lowest minimum that is sure to fit is told with the number of its items."""
    found = Leaves(np.array([9, 5, 1]), np.array([10, 100, 1000]), np.array([45, 4_000, 400_000]))
    check_fits(found, items="keywords", option="minimum number of occurrences", budget=80_000_000)
    with pytest.raises(
        BenangError, match=r"1,000 keywords may have 400,000 links.*80 MB.*100 keywords would fit: choose 5"
    ):
        check_fits(found, items="keywords", option="minimum number of occurrences", budget=1_000_000)
    with pytest.raises(BenangError, match="Leave out records that list very many"):
        check_fits(found, items="keywords", option="minimum number of occurrences", budget=100)
    assert items_that_fit(found, 80_000_000) == (1, 1000)
