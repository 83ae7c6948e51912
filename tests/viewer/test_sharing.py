"""Several maps on one page: what they have in common is there once, and each can be put together again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from tests.maps.exchanged import toy_map

from benang.maps import Map
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.viewer import data as viewer_data
from benang.viewer.data import ShownMap, ShownPassage, shared_pages
from benang.viewer.page import page_data

pytestmark = pytest.mark.fast

PASSAGE = ShownPassage("hujan", ("Rain",), "Alun", "#p-1")


def _corpus() -> Corpus:
    return corpus_of(
        Record(key, title=f"Tentang {key}", abstract=f"Ringkasan {key}. " * 9)
        for key in ("sari2019", "putra2020", "dewi2020")
    )


def _other() -> Map:
    """Return a map of some of the same records, in another order."""
    made = toy_map()
    network = replace(
        made.network,
        records=("dewi2020", "sari2019"),
        record_labels=("Dewi 2020", "Sari 2019"),
        incidence=sparse.csr_array(np.array([[0.0, 1, 1], [1, 1, 0]])),
        cited=None,
    )
    return replace(made, network=network)


def _pages() -> list[dict[str, Any]]:
    passages = {"sari2019": (PASSAGE,)}
    shown = ShownMap(map=toy_map(), title="Satu", language="id", corpus=_corpus(), passages=passages)
    return [page_data(shown), page_data(replace(shown, map=_other())), page_data(replace(shown, records=False))]


def _completed(page: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Do what the page does (`ui/viewer/read/shared.ts`)."""
    at = page["recordsAt"]
    whole = {"words": shared["words"], "looks": shared["looks"], **page}
    del whole["recordsAt"]
    if at is None:
        return whole
    records = {
        name: [values[place] for place in at] for name, values in shared["records"].items() if name != "passages"
    }
    passages = {
        str(n): shared["records"]["passages"][str(p)]
        for n, p in enumerate(at)
        if str(p) in shared["records"]["passages"]
    }
    return {**whole, "records": {**records, "passages": passages}}


def test_each_map_can_be_put_together_again() -> None:
    """Records with their passages, words and colours."""
    pages = _pages()
    shared, made = shared_pages(pages)

    assert [_completed(one, shared) for one in made] == pages


def test_a_record_of_two_maps_is_included_once() -> None:
    """The second map has places only, and a map without records has none."""
    shared, (first, second, third) = shared_pages(_pages())

    assert shared["records"]["key"] == ["sari2019", "putra2020", "dewi2020"]
    assert shared["records"]["passages"]["0"][0]["link"] == "#p-1"
    assert [one["recordsAt"] for one in (first, second, third)] == [[0, 1, 2], [2, 0], None]
    assert not {"words", "looks"} & {*first, *second, *third}


def test_records_that_differ_between_maps_are_each_included() -> None:
    """The same key may be a record on one map, and a case on another."""
    other = page_data(ShownMap(map=_other(), title="Dua", language="id"))
    shared, (first, second) = shared_pages([_pages()[0], other])

    assert shared["records"]["key"].count("sari2019") == 2
    assert set(first["recordsAt"]).isdisjoint(second["recordsAt"])


def test_colours_that_differ_stay_with_their_map() -> None:
    """Those of the first map are shared."""
    one, other = _pages()[0], {**_pages()[0], "looks": {"palettes": {}, "scales": {}}}
    shared, (first, second) = shared_pages([one, other])

    assert shared["looks"] == one["looks"]
    assert ("looks" in first, second["looks"]) == (False, other["looks"])


def test_too_many_abstracts_are_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """On each map that has records, in its language."""
    monkeypatch.setattr(viewer_data, "MOST_ABSTRACTS", 100)
    shared, made = shared_pages(_pages())

    assert shared["records"]["abstract"] == [""] * 3
    assert [any(note.startswith("Abstrak tidak disertakan") for note in one["notes"]) for one in made] == [
        True,
        True,
        False,
    ]


def test_no_maps_share_nothing() -> None:
    """There is nothing to put together."""
    assert shared_pages([]) == ({"words": {}, "looks": {}, "records": None}, [])
