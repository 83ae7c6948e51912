"""Co-citation in a large corpus: references as printed that stand in the same lists."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from benang.engine.engine import Engine, sql_text
from benang.errors import BenangError, Problem
from benang.network.at_scale.asked import Asked
from benang.network.at_scale.engine_items import (
    NO_LIMIT,
    begun,
    check_room,
    counted_links,
    finished,
    n_records,
    see_fields,
    see_kept,
    strongest_of,
    units_of,
)
from benang.network.at_scale.shown_network import shown_incidence
from benang.network.at_scale.shown_records import PACKAGE
from benang.network.at_scale.sizes import Ints
from benang.network.incidence import Incidence, ReadItems, none_has
from benang.network.item_network import item_network
from benang.network.network import CSR, Network
from benang.network.record_values import record_labels
from benang.network.selection import minimum_of
from benang.network.settings import NetworkSettings, RecordCounts
from benang.provenance import Step
from benang.records.references.parsing import parse_reference


def cited_together(engine: Engine, asked: Asked) -> Network:
    """Make the network of references that stand in the same lists; rare ones never leave the engine."""
    see_fields(engine, ("references",))
    spelt, before = _often(engine, asked)
    names = spelt.column("spelling").to_pylist()
    times = spelt.column("times").to_numpy().astype(np.int64)
    kept = np.arange(len(names), dtype=np.int64)
    engine.view("spellings", pa.table({"spelling": spelt.column("spelling"), "item": kept.astype(np.int32)}))
    engine.keep("listed", sql_text("benang.network", "incidence"))
    engine.view("most", pa.table({"items": [NO_LIMIT]}))
    once = asked.counting == "binary"
    see_kept(engine, kept)
    engine.define("incidence", sql_text(PACKAGE, "short_lists" if once else "kept_lists"))
    engine.define("held", "SELECT unit, item FROM listed")
    check_room(engine, asked, kept, times, minimum_of("citations"))
    links = counted_links(engine, asked, "cooccurrence", kept)
    counted = units_of(engine, len(kept)) if once else times
    places, shown = strongest_of(links, counted, asked, before)
    if asked.counting == "fractional" and asked.top is not None and asked.top < len(kept):
        places, shown = _among_themselves(engine, asked, links, counted, before)
    ids = tuple(names[at] for at in places)
    return finished(_network(engine, asked, kept[places], ids, counted[places], shown.links), shown, asked)


def _among_themselves(engine: Engine, asked: Asked, links: CSR, counted: Ints, before: Network) -> tuple[Ints, Network]:
    """Count once more among the strongest: only items that are shown share a record."""
    chosen, strong = strongest_of(links, counted, replace(asked, components="all"), before)
    see_kept(engine, chosen)
    engine.define("incidence", sql_text(PACKAGE, "kept_lists"))
    again = counted_links(engine, asked, "cooccurrence", chosen)
    places, shown = strongest_of(again, counted[chosen], replace(asked, top=None), _by_strength(before, strong))
    return chosen[places], shown


def _by_strength(before: Network, strong: Network) -> Network:
    """Say that the strongest were chosen, and nothing of what was counted among all of them."""
    top = next(step for step in strong.history if step.name == "top")
    thresholds = replace(before.settings.thresholds, top=strong.settings.thresholds.top)
    settings = replace(before.settings, thresholds=thresholds, left_out=strong.settings.left_out)
    return replace(before, history=(*before.history, top), settings=settings)


def _often(engine: Engine, asked: Asked) -> tuple[pa.Table, Network]:
    """Bring the references that are cited often enough, and count all of them."""
    asked.progress("Counting references", 0.1)
    there = engine.query(sql_text(PACKAGE, "how_many_spelt")).to_pylist()[0]
    if not there["spellings"]:
        raise BenangError(Problem(none_has(n_records(engine), "cited references")))
    engine.view("least", pa.table({"times": [asked.least]}))
    spelt = engine.query(sql_text(PACKAGE, "spelt_often"))
    if not spelt.num_rows:
        raise BenangError(
            Problem(
                f"None of the {there['spellings']:,} references has {asked.least:,} citations or more; "
                f"the most frequent has {there['most']:,}",
                way_on=f"Choose a lower {minimum_of('citations')}.",
            )
        )
    n, items = n_records(engine), there["spellings"]
    step = Step("items", {"items": asked.items}, {"records": n, "items": items})
    read = ReadItems(step, NetworkSettings(corpus=RecordCounts(records=n, origins={})))
    return spelt, begun(asked, read, items, spelt.num_rows, min_citations=asked.least)


def _network(engine: Engine, asked: Asked, items: Ints, ids: tuple[str, ...], times: Ints, links: CSR) -> Network:
    """Bring the citing records of what is shown here, and make the network."""
    matrix, corpus = shown_incidence(engine, asked, items)
    incidence = Incidence(
        ids=ids,
        labels=ids,
        matrix=matrix,
        units=corpus.keys,
        item_kind=asked.items,
        link_kind=asked.link,
        weight="Citations",
        unit_labels=record_labels(corpus),
    )
    network = item_network(incidence, np.arange(len(items)), links, times, scores=False)
    years = np.array([parse_reference(name).year or np.nan for name in ids], np.float64)
    return replace(network, scores={"Pub. year": years} if asked.scores and np.isfinite(years).any() else {})
