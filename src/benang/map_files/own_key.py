"""The key `benang`, which only we write: what was done, and the records behind items and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.evidence import History, Step
from benang.locale.writing import worded
from benang.map_files.file import shown
from benang.maps import FORMAT, Map, MapSettings, own_key, settings_of
from benang.network.network import CSR, Cited, Network

_OF_RECORDS = ("records", "cited")


def checked_key(value: object, where: str) -> dict[str, Any]:
    """Return what is under `benang`, or nothing where nothing is.

    Raises
    ------
    BenangError
        Where it says no format, or a newer one.
    """
    if value is None:
        return {}
    format_ = value.get("format") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(format_, int) or isinstance(format_, bool) or format_ < 1:
        raise BenangError(
            Problem(
                "a 'benang' key without a format", where=where, expected=worded('"format": {format}', format=FORMAT)
            )
        )
    if format_ > FORMAT:
        raise BenangError(
            Problem(
                worded("format {found} of the 'benang' key", found=format_),
                where=where,
                expected=worded("format {format}", format=FORMAT),
                way_on="The map was made by a newer Benang: install that version to read it.",
            )
        )
    return value


def with_own(network: Network, benang: Mapping[str, Any], where: str) -> tuple[Network, MapSettings]:
    """Put back what only Benang writes: what items and links are, how all was made, the records behind each item."""
    history = _history(benang.get("history", []), where)
    of_network, settings = settings_of(benang, history)
    if isinstance(benang.get("records"), list) and "records" in network.attributes:
        keys, citations = _records(benang["records"])
        network = _with_records(network, keys, citations, where)
        network = replace(network, cited=_cited(benang.get("cited"), len(keys), where))
        rest = {name: value for name, value in settings.rest.items() if name not in _OF_RECORDS}
        settings = replace(settings, rest=rest)
    named = replace(
        network,
        item_kind=str(benang.get("items", network.item_kind)),
        link_kind=str(benang.get("links", network.link_kind)),
        unit=str(benang.get("unit", network.unit)),
    )
    return replace(named, history=history, settings=of_network), settings


def key_written(map_: Map, *, records: bool) -> dict[str, object] | None:
    """Return what is written under `benang`; None for a map made elsewhere, of which nothing is known.

    With `records`, `records` lists key and citation of each, and `cited` what they cite; without, neither is there.
    """
    network = map_.network
    key = own_key(network, map_.settings)
    if key is None or not records:
        return key and {name: value for name, value in key.items() if name not in _OF_RECORDS}
    if network.incidence is None:
        return key
    citations = network.record_labels or [""] * len(network.records)
    key["records"] = [
        {"key": name, "citation": citation} if citation else {"key": name}
        for name, citation in zip(network.records, citations, strict=True)
    ]
    if network.cited is not None:
        by = network.cited.matrix
        key["cited"] = {
            "ids": list(network.cited.ids),
            "labels": list(network.cited.labels),
            "by": [sorted(by.indices[by.indptr[i] : by.indptr[i + 1]].tolist()) for i in range(by.shape[0])],
        }
    return key


def records_by_item(network: Network) -> list[list[int]] | None:
    """Return for each item the places of its records, or None where they aren't known."""
    if network.incidence is None:
        return None
    places = sparse.csc_array(network.incidence)
    return [sorted(places.indices[places.indptr[i] : places.indptr[i + 1]].tolist()) for i in range(len(network))]


def _records(listed: Sequence[object]) -> tuple[list[str], tuple[str, ...]]:
    """Return keys and citations; older files list the keys alone."""
    keys, citations = [], []
    for entry in listed:
        key, citation = (entry.get("key", ""), entry.get("citation")) if isinstance(entry, Mapping) else (entry, "")
        keys.append(str(key))
        citations.append(str(citation or ""))
    return keys, tuple(citations) if any(citations) else ()


def _history(steps: object, where: str) -> History:
    try:
        return tuple(
            Step(str(step["step"]), dict(step["arguments"]), dict(step["counts"]))
            for step in steps  # type: ignore[attr-defined]
        )
    except (TypeError, KeyError, ValueError):
        raise BenangError(
            Problem(
                shown(steps),
                where=worded("{where}, benang, history", where=where),
                expected="a list of steps, each with step, arguments and counts",
            )
        ) from None


def _with_records(network: Network, keys: list[str], citations: tuple[str, ...], where: str) -> Network:
    listed: list[list[int]] = []
    for column, places in enumerate(network.attributes["records"]):
        listed.append(
            _places(
                [] if places is None else places,
                len(keys),
                worded("{where}, item {value}, records", where=where, value=column + 1),
            )
        )
    rest = {name: values for name, values in network.attributes.items() if name != "records"}
    incidence = sparse.csr_array(_by_row(listed, len(keys)).T)
    incidence.sort_indices()
    return replace(network, attributes=rest, incidence=incidence, records=tuple(keys), record_labels=citations)


def _cited(value: object, records: int, where: str) -> Cited | None:
    if not isinstance(value, Mapping):
        return None
    ids, labels, by = (value.get(name) for name in ("ids", "labels", "by"))
    lists = [part for part in (ids, labels, by) if isinstance(part, list)]
    if len(lists) < 3 or len({len(part) for part in lists}) > 1:
        expected = "ids, labels and by: three lists of one length"
        raise BenangError(Problem(shown(value), where=worded("{where}, benang, cited", where=where), expected=expected))
    rows = [
        _places(one, records, worded("{where}, benang, cited {at}", where=where, at=at))
        for at, one in enumerate(lists[2], 1)
    ]
    return Cited(tuple(map(str, lists[0])), tuple(map(str, lists[1])), _by_row(rows, records))


def _places(places: object, records: int, where: str) -> list[int]:
    if not isinstance(places, list) or not all(type(p) is int and 0 <= p < records for p in places):
        expected = worded("places in the list of records, 0 to {n}", n=records - 1)
        raise BenangError(Problem(shown(places), where=where, expected=expected))
    return sorted(set(places))


def _by_row(rows: Sequence[Sequence[int]], width: int) -> CSR:
    counts = [0, *(len(row) for row in rows)]
    indices = np.array([place for row in rows for place in row], np.int64)
    return sparse.csr_array((np.ones(len(indices)), indices, np.cumsum(counts)), shape=(len(rows), width))
