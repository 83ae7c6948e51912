"""VOSviewer's JSON, read and written, with one key of our own (`benang`) for provenance.

Format: VOSviewer Online's documentation, "VOSviewer JSON files". Programs that don't know `benang` ignore it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.maps.map import Map
from benang.maps.map_provenance import FORMAT, own_key
from benang.maps.vosviewer_contents import Contents, contents_of, ids_written, name_of, plain, refuse, shown
from benang.network.network import Network, pairs
from benang.provenance import History, Step

_LINK_KEYS = ("source_id", "target_id", "strength")


def parse_json(text: str, where: str) -> Contents:
    """Read a map or network from VOSviewer's JSON; coordinates and clusters may be missing.

    Raises
    ------
    BenangError
        For text that is not JSON, JSON that holds no network, a newer format of the `benang` key, and all that
        `contents_of` refuses.
    """
    data = _loaded(text, where)
    body = data.get("network") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(body, dict) or not isinstance(body.get("items"), list):
        raise BenangError(
            Problem(
                "JSON without a network",
                where=where,
                way_on="Save the map as VOSviewer JSON.",
                expected='{"network": {"items": […], "links": […]}}',
            )
        )
    benang = _own_key(data.get("benang"), where)
    links = _links_listed(body, where)
    contents = contents_of(
        [(f"{where}, item {i}", item) for i, item in enumerate(body["items"], start=1)],
        [
            (f"{where}, link {i}", link["source_id"], link["target_id"], link.get("strength"))
            for i, link in enumerate(links, start=1)
        ],
        where=where,
        extras=_extras(data, links),
    )
    named = replace(contents, cluster_labels=_cluster_labels(body.get("clusters"), where), provenance=benang)
    return replace(named, network=_with_own(named.network, benang, where))


def _loaded(text: str, where: str) -> object:
    def constant(name: str) -> object:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if re.search(rf"(?<![\w\"]){name}\b", row)), 1)
        raise BenangError(
            Problem(
                name,
                where=f"{where}, line {line}",
                expected="a finite number",
                way_on="Leave the value out where it is not known.",
            )
        )

    def finite(written: str) -> object:
        number = float(written)
        return number if math.isfinite(number) else constant(written)

    try:
        data: object = json.loads(text, parse_constant=constant, parse_float=finite)
        if re.search(r"\\u[dD][89a-fA-F]", text):
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise BenangError(
            Problem(
                f"text that is not JSON ({error.msg}, column {error.colno})",
                where=f"{where}, line {error.lineno}",
                expected="VOSviewer JSON",
            )
        ) from None
    except RecursionError:
        raise BenangError(Problem("JSON nested too deeply", where=where, expected="VOSviewer JSON")) from None
    except UnicodeEncodeError:
        found = "half a character (a lone surrogate), which no text file can hold"
        raise BenangError(Problem(found, where=where, expected="VOSviewer JSON")) from None
    except ValueError:  # Python refuses to read whole numbers of more than 4,300 digits
        raise BenangError(Problem("a number of thousands of digits", where=where, expected="VOSviewer JSON")) from None
    return data


def _own_key(value: object, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    found = value.get("format") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise BenangError(Problem("a 'benang' key without its format", where=where, expected=f'"format": {FORMAT}'))
    if found > FORMAT:
        raise BenangError(
            Problem(
                f"format {found} of the 'benang' key",
                where=where,
                expected=f"format {FORMAT}",
                way_on="The map was made by a newer Benang: install that version to read it.",
            )
        )
    return value


def _links_listed(body: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    links = body.get("links") or []
    if not isinstance(links, list):
        raise BenangError(Problem(shown(links), where=f"{where}, links", expected="a list of links"))
    problems = [
        Problem(shown(link), where=f"{where}, link {i}", expected="source_id, target_id and strength")
        for i, link in enumerate(links, start=1)
        if not isinstance(link, dict) or any(name_of(link.get(end)) is None for end in _LINK_KEYS[:2])
    ]
    refuse(problems, where)
    return links


def _extras(data: Mapping[str, Any], links: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Keep what is neither an item nor a strength: `config`, `info`, unknown keys, attributes of links."""
    extras: dict[str, object] = {key: value for key, value in data.items() if key not in {"network", "benang"}}
    told = {
        (str(name_of(link["source_id"])), str(name_of(link["target_id"]))): rest
        for link in links
        if (rest := {key: value for key, value in link.items() if key not in _LINK_KEYS})
    }
    return {**extras, "link_attributes": told} if told else extras


def _cluster_labels(clusters: object, where: str) -> dict[int, str]:
    if clusters is None:
        return {}
    if not isinstance(clusters, list):
        raise BenangError(Problem(shown(clusters), where=f"{where}, clusters", expected="a list of clusters"))
    labels: dict[int, str] = {}
    problems = []
    for i, entry in enumerate(clusters, start=1):
        number = entry.get("cluster") if isinstance(entry, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and number > 0:
            labels[number] = str(entry.get("label") or "")
        else:
            problems.append(Problem(shown(entry), where=f"{where}, cluster {i}", expected="cluster and label"))
    refuse(problems, where)
    return {number: label for number, label in sorted(labels.items()) if label}


def _with_own(network: Network, benang: Mapping[str, Any], where: str) -> Network:
    """Put back what only Benang writes: what items and links are, the steps, and the records behind each item."""
    if not benang:
        return network
    records = benang.get("records")
    if isinstance(records, list) and "records" in network.attributes:
        network = _with_records(network, [str(key) for key in records], where)
    return replace(
        network,
        item_kind=str(benang.get("items", network.item_kind)),
        link_kind=str(benang.get("links", network.link_kind)),
        unit=str(benang.get("unit", network.unit)),
        history=_history(benang.get("history", []), where),
    )


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
                where=f"{where}, benang, history",
                expected="a list of steps, each with step, arguments and counts",
            )
        ) from None


def _with_records(network: Network, keys: list[str], where: str) -> Network:
    rows: list[int] = []
    columns: list[int] = []
    for column, places in enumerate(network.attributes["records"]):
        places = [] if places is None else places
        if not isinstance(places, list) or not all(type(p) is int and 0 <= p < len(keys) for p in places):
            raise BenangError(
                Problem(
                    shown(places),
                    where=f"{where}, item {column + 1}, records",
                    expected=f"places in the list of records, 0 to {len(keys) - 1}",
                )
            )
        each = sorted(set(places))
        rows.extend(each)
        columns.extend([column] * len(each))
    incidence = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(keys), len(network)))
    incidence.sort_indices()
    rest = {name: values for name, values in network.attributes.items() if name != "records"}
    return replace(network, attributes=rest, incidence=incidence, records=tuple(keys))


def format_json(made: Map) -> str:
    """Write a map as VOSviewer's JSON, one item and one link a line.

    Coordinates have nine significant digits; scores that an item lacks and cluster 0 are left out. With an incidence,
    every item lists the places of its records in `benang.records`.
    """
    network, key = made.network, own_key(made)
    items = list(_items(made, with_records=key is not None))
    clusters = [{"cluster": number, "label": label} for number, label in sorted(made.cluster_labels.items())]
    body = [f'    "items": {_lines(items)}', f'    "links": {_lines(list(_links(network)))}']
    body += [f'    "clusters": {_lines(clusters)}'] if clusters else []
    extras = {name: value for name, value in network.extras.items() if name != "link_attributes"}
    config = _config(extras.pop("config", None), made.provenance)
    parts = [f'  "config": {_dumps(config)}'] if config is not None else []
    parts += [f"  {_dumps(name)}: {_dumps(value)}" for name, value in extras.items()]
    parts += ['  "network": {\n' + ",\n".join(body) + "\n  }"]
    parts += [f'  "benang": {_dumps(key)}'] if key is not None else []
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _items(made: Map, *, with_records: bool) -> Iterator[dict[str, object]]:
    network = made.network
    ids = ids_written(network.ids)
    places = None if network.incidence is None or not with_records else sparse.csc_array(network.incidence)
    for i, name in enumerate(ids):
        item: dict[str, object] = {"id": name, "label": network.labels[i]}
        item |= {key: values[i] for key, values in network.attributes.items() if values[i] is not None}
        item |= {axis: plain(float(f"{made.xy[i, at]:.9g}")) for at, axis in enumerate("xy")}
        item |= {"cluster": int(made.cluster[i])} if made.cluster[i] > 0 else {}
        item |= {"weights": {key: plain(values[i]) for key, values in network.weights.items()}}
        scores = {key: plain(values[i]) for key, values in network.scores.items() if math.isfinite(values[i])}
        item |= {"scores": scores} if scores else {}
        if places is not None:
            item["records"] = sorted(places.indices[places.indptr[i] : places.indptr[i + 1]].tolist())
        yield item


def _links(network: Network) -> Iterator[dict[str, object]]:
    ids = ids_written(network.ids)
    told = network.extras.get("link_attributes")
    attributes: Mapping[tuple[str, str], Mapping[str, object]] = told if isinstance(told, Mapping) else {}
    for i, j, strength in pairs(network.links):
        ends = (network.ids[i], network.ids[j])
        # The two ends are written as read: a link's own attributes may speak of source and target.
        turned = ends not in attributes and ends[::-1] in attributes
        one, other = (j, i) if turned else (i, j)
        yield {
            "source_id": ids[one],
            "target_id": ids[other],
            "strength": plain(strength),
            **attributes.get(ends[::-1] if turned else ends, {}),
        }


def _config(config: object, provenance: Mapping[str, object]) -> object:
    """Tell VOSviewer the exponents and the resolution that the map was made with."""
    layout, clustering = provenance.get("layout"), provenance.get("clustering")
    made: dict[str, object] = {}
    if isinstance(layout, Mapping):
        made |= {name: layout[name] for name in ("attraction", "repulsion") if name in layout}
    if isinstance(clustering, Mapping):
        made |= {name: clustering[name] for name in ("resolution", "min_cluster_size") if name in clustering}
    if not made:
        return config
    kept = dict(config) if isinstance(config, Mapping) else {}
    parameters = kept.get("parameters")
    return {**kept, "parameters": {**(parameters if isinstance(parameters, Mapping) else {}), **made}}


def _lines(rows: Sequence[object]) -> str:
    if not rows:
        return "[]"
    return "[\n" + ",\n".join(f"      {_dumps(row)}" for row in rows) + "\n    ]"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
