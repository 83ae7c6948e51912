"""Networks and maps go into frames of Arrow, pandas and Polars and come back as they were."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from tests.maps.full_networks import bare_networks, full_map, full_network, unlike, unlike_maps

from benang.errors import BenangError
from benang.maps.graphs import map_from, to_arrow, to_pandas, to_polars
from benang.network.graphs import network_from
from benang.network.network import Network
from benang.records.corpus import corpus_of
from benang.records.frames import corpus_from
from benang.records.record import Record

pandas: Any = pytest.importorskip("pandas")
polars: Any = pytest.importorskip("polars")

every_kind = pytest.mark.parametrize("to", [to_arrow, to_pandas, to_polars])
To = Callable[..., Any]


@every_kind
def test_a_network_comes_back(to: To) -> None:
    """Each part is equal: attributes of all kinds, missing ones apart from NaN, records, links' attributes, history."""
    assert unlike(full_network(), network_from(to(full_network()))) == []


@every_kind
def test_a_map_comes_back(to: To) -> None:
    """So are places to the last bit, clusters, their names and the settings."""
    assert unlike_maps(full_map(), map_from(to(full_map()))) == []


@settings(max_examples=30)
@given(bare_networks())
def test_any_network_comes_back(network: Network) -> None:
    """Strengths and scores to the last bit, labels of any letters, in each form."""
    for to in (to_arrow, to_pandas, to_polars):
        assert unlike(network, network_from(to(network))) == []


@every_kind
def test_an_empty_network_comes_back(to: To) -> None:
    """No items, no links, no records."""
    empty = full_network().subset(np.array([], np.intp))

    assert unlike(replace(empty, extras={}), network_from(to(replace(empty, extras={})))) == []


@every_kind
def test_a_corpus_has_both_forms(to: To) -> None:
    """One frame with a row a record, or its long tables by name."""
    corpus = corpus_of([Record("a", title="Kota", authors=("Ani", "Budi"), year=2020)])

    assert corpus_from(to(corpus)).records == corpus.records
    assert corpus_from(to(corpus, long=True)).records == corpus.records
    assert isinstance(to(corpus, long=True), Mapping)


def test_the_tables_of_a_map_say_what_stands_on_it() -> None:
    """Items with place and cluster, links by ids, records behind items, names of clusters."""
    tables = to_arrow(full_map())

    assert tables["items"].column_names[:8] == [
        "id",
        "label",
        "x",
        "y",
        "cluster",
        "weight<Occurrences>",
        "weight<Links>",
        "score<Avg. pub. year>",
    ]
    assert tables["links"].select(["source", "target", "strength", "url"]).to_pylist() == [
        {"source": "2", "target": "1", "strength": 2.5, "url": "https://example.org"},
        {"source": "2", "target": "a<b", "strength": 1.0, "url": None},
    ]
    assert tables["occurrences"].to_pylist()[0] == {"record": "r1", "item": "1", "value": 1.0}
    assert tables["clusters"].to_pylist() == [{"cluster": 2, "label": "Markets & towns"}]


def test_numbers_in_pandas_are_plain() -> None:
    """Weights, scores, strengths and places are float64, for whatever goes on with them."""
    items = to_pandas(full_map())["items"]

    assert all(items[name].dtype == np.float64 for name in ("x", "y", "weight<Occurrences>", "score<Avg. pub. year>"))
    assert items["score<Avg. pub. year>"].mean() == pytest.approx((2019.5 + 2020 + 2001) / 3)


def test_items_left_out_take_their_links_and_records_with_them() -> None:
    """What follows from the links is computed anew; a link to an item that is gone is refused."""
    frames = to_pandas(full_network())
    items, links = frames["items"], frames["links"]
    kept = {**frames, "items": items[items["id"] != "1"], "links": links[links["target"] != "1"]}

    network = network_from(kept)

    assert network.ids == ("2", "a<b", "z")
    assert network.weights["Links"].tolist() == [1.0, 1.0, 0.0]
    assert network.records_of("2") == ("r1", "r2")
    with pytest.raises(BenangError, match="a link to '1'"):
        network_from({**kept, "links": links})


def test_what_is_wrong_in_tables_is_told_together() -> None:
    """An id twice, one that lacks, a weight in words."""
    items = pa.table({"id": ["1", "1", None], "weight<Documents>": ["many", None, None]})

    with pytest.raises(BenangError) as refused:
        network_from({"items": items, "links": pa.table({"source": [], "target": []})})

    told = str(refused.value)
    assert "the id '1' 2 times" in told
    assert "an item without an id" in told
    assert "column 'weight<Documents>'" in told


def test_a_value_that_no_table_holds_is_refused_by_name() -> None:
    """Python's own objects are named with their column."""
    network = replace(full_network(), attributes={"thing": (object(), None, 1, None)})

    with pytest.raises(BenangError, match="items, column 'thing'"):
        to_arrow(network)


def test_what_has_no_frame_is_refused() -> None:
    """A text is neither corpus, network nor map."""
    with pytest.raises(BenangError, match="expected a corpus, a network or a map"):
        to_arrow("topics.json")  # type: ignore[arg-type]


@pytest.mark.parametrize(("to", "name"), [(to_pandas, "pandas"), (to_polars, "polars")])
def test_a_library_that_lacks_is_named_with_its_command(to: To, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It isn't needed before it is asked for."""
    monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(BenangError, match=f"{name} is not installed. Install it: pip install {name}"):
        to(full_network())


def test_no_library_is_imported_for_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of Arrow and back ask for neither pandas nor Polars."""
    imported = builtins.__import__

    def guarded(name: str, *rest: Any, **named: Any) -> Any:
        assert name.partition(".")[0] not in {"pandas", "polars", "networkx"}
        return imported(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", guarded)

    assert network_from(to_arrow(full_network())).ids == full_network().ids
