"""Items that are told apart by what is printed, without the records, follow the same rules as those in memory."""

from __future__ import annotations

import pyarrow as pa

from benang.network.at_scale.engine_items import spelt_items
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
