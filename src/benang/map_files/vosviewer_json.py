"""VOSviewer's JSON, read and written, with one key of our own (`benang`) for provenance.

Format: VOSviewer Online's documentation, "VOSviewer JSON files". Programs that don't know `benang` ignore it. What
VOSviewer Online asks beyond the form is said in words: its checks of files (`src/utils/errors.js`, MIT licence),
restated here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benang.errors import BenangError, Problem
from benang.evidence import version
from benang.locale.writing import worded
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, LinkCollector, chunks_of, ids_written, name_of, number_in, plain, refuse, shown
from benang.map_files.own_key import key_written, records_by_item
from benang.maps import FORMAT
from benang.network import settings_json
from benang.network.network import Network
from benang.network.selection import LEAST_ITEMS

MOST_CLUSTERS_ONLINE = 1000
# What JavaScript's Number() takes for a number; an id that it writes otherwise is then another id.
_NUMERIC = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+")
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,14}")
_LINK_KEYS = ("source_id", "target_id", "strength")


_PARAMETERS = ("attraction", "repulsion", "resolution", "min_cluster_size")
"""Settings that VOSviewer names as we do."""


def is_json(head: str) -> bool:
    """Recognise JSON by its first character."""
    return head.startswith(("{", "["))


def parse_json(file: File) -> Parts:
    """Read a map or network from VOSviewer's JSON; coordinates and clusters may be missing.

    Raises
    ------
    BenangError
        For text that is not JSON, JSON that holds no network, and links without the ids of their ends.
    """
    where = file.name
    data = loaded(file.text, where)
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
    links = _links_listed(body, where)
    collected = LinkCollector(lambda at: worded("{where}, link {value}", where=where, value=at + 1))
    attributes: dict[tuple[str, str], dict[str, object]] = {}
    for link in links:
        collected.add(link["source_id"], link["target_id"], link.get("strength"))
        if len(link) > 3 or "strength" not in link:
            rest = {key: value for key, value in link.items() if key not in _LINK_KEYS}
            if rest:
                attributes[(str(name_of(link["source_id"])), str(name_of(link["target_id"])))] = rest
    return Parts(
        items=[(worded("{where}, item {i}", where=where, i=i), item) for i, item in enumerate(body["items"], start=1)],
        links=collected.links(),
        link_attributes=attributes,
        cluster_labels=cluster_labels_of(body.get("clusters"), where),
        extras={key: value for key, value in data.items() if key not in {"network", "benang"}},
        own=data.get("benang"),
    )


def loaded(text: str, where: str) -> object:
    """Read JSON; what it contains can be written again.

    Raises
    ------
    BenangError
        For text that is no JSON, NaN and numbers beyond what 64 bits hold, and half characters.
    """

    def constant(name: str) -> object:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if re.search(rf"(?<![\w\"]){name}\b", row)), 1)
        raise BenangError(
            Problem(
                name,
                where=worded("{file}, line {line}", file=where, line=line),
                expected="a finite number",
                way_on="Leave the value out if it is not known.",
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
                worded("text that is not JSON ({message}, column {column})", message=error.msg, column=error.colno),
                where=worded("{file}, line {line}", file=where, line=error.lineno),
                expected="VOSviewer JSON",
                way_on="Perhaps the file was cut off: save the map again.",
            )
        ) from None
    except RecursionError:
        raise BenangError(Problem("JSON nested too deeply", where=where, expected="VOSviewer JSON")) from None
    except UnicodeEncodeError:
        message = "half a character (a lone surrogate), which no text file can hold"
        raise BenangError(Problem(message, where=where, expected="VOSviewer JSON")) from None
    except ValueError:  # Python refuses to read whole numbers of more than 4,300 digits
        raise BenangError(Problem("a number of thousands of digits", where=where, expected="VOSviewer JSON")) from None
    return data


def _links_listed(body: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    links = body.get("links") or []
    if not isinstance(links, list):
        raise BenangError(
            Problem(shown(links), where=worded("{where}, links", where=where), expected="a list of links")
        )
    problems = [
        Problem(
            shown(link),
            where=worded("{where}, link {i}", where=where, i=i),
            expected="source_id, target_id and strength",
        )
        for i, link in enumerate(links, start=1)
        if not isinstance(link, dict) or any(name_of(link.get(end)) is None for end in _LINK_KEYS[:2])
    ]
    refuse(problems, where)
    return links


def cluster_labels_of(clusters: object, where: str) -> dict[int, str]:
    """Read the names of clusters: a list of mappings with `cluster` and `label`.

    Raises
    ------
    BenangError
        For anything else.
    """
    if clusters is None:
        return {}
    if not isinstance(clusters, list):
        raise BenangError(
            Problem(shown(clusters), where=worded("{where}, clusters", where=where), expected="a list of clusters")
        )
    labels: dict[int, str] = {}
    problems = []
    for i, entry in enumerate(clusters, start=1):
        number = entry.get("cluster") if isinstance(entry, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and number > 0:
            labels[number] = str(entry.get("label") or "")
        else:
            problems.append(
                Problem(
                    shown(entry), where=worded("{where}, cluster {i}", where=where, i=i), expected="cluster and label"
                )
            )
    refuse(problems, where)
    return {number: label for number, label in sorted(labels.items()) if label}


def clusters_listed(labels: Mapping[int, str]) -> list[dict[str, object]]:
    """Return the names of clusters as VOSviewer lists them."""
    return [{"cluster": number, "label": label} for number, label in sorted(labels.items())]


def config_written(contents: Contents) -> object:
    """Return VOSviewer's `config`, with the exponents and the resolution that the map was made with."""
    config = contents.network.extras.get("config")
    known = settings_json(contents.settings.layout) | settings_json(contents.settings.clustering)
    settings = {name: known[name] for name in _PARAMETERS if name in known}
    if not settings:
        return config
    kept = dict(config) if isinstance(config, Mapping) else {}
    parameters = kept.get("parameters")
    return {**kept, "parameters": {**(parameters if isinstance(parameters, Mapping) else {}), **settings}}


def format_json(contents: Contents, *, records: bool = True) -> str:
    """Write a map as VOSviewer's JSON, one item and one link a line.

    Coordinates have nine significant digits; scores that an item lacks and cluster 0 are left out. With an incidence
    and `records`, every item lists the places of its records in `benang.records`.

    Ids that VOSviewer would take for other numbers or for none (`01`, `null`) become 1 to n; `benang.ids` has them.
    """
    network = contents.network
    key = key_written(contents.as_map(), records=records)
    ids = ids_for_online(network.ids)
    if ids is None:
        key = {"format": FORMAT, "version": version(), **(key or {}), "ids": list(network.ids)}
        ids = list(range(1, len(network) + 1))
    items = list(_items(contents, ids, with_records=records and key is not None))
    clusters = clusters_listed(contents.cluster_labels)
    body = [f'    "items": {_lines([dumps(item) for item in items])}', f'    "links": {_lines(_links(network, ids))}']
    body += [f'    "clusters": {_lines([dumps(cluster) for cluster in clusters])}'] if clusters else []
    extras = {name: value for name, value in network.extras.items() if name not in {"link_attributes", "config"}}
    config = config_written(contents)
    parts = [f'  "config": {dumps(config)}'] if config is not None else []
    parts += [f"  {dumps(name)}: {dumps(value)}" for name, value in extras.items()]
    parts += ['  "network": {\n' + ",\n".join(body) + "\n  }"]
    parts += [f'  "benang": {dumps(key)}'] if key is not None else []
    return "{\n" + ",\n".join(parts) + "\n}\n"


def dumps(value: object) -> str:
    """Write a value as JSON on one line; NaN has no place in it."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _items(
    contents: Contents, ids: Sequence[int] | Sequence[str], *, with_records: bool
) -> Iterator[dict[str, object]]:
    network = contents.network
    records = records_by_item(network) if with_records else None
    # VOSviewer refuses a file in which some items have a place and others none.
    placed = not len(contents.unplaced)
    scored = {name: values.tolist() for name, values in network.scores.items()}
    weighed = {name: values.tolist() for name, values in network.weights.items()}
    clusters = contents.cluster.tolist()
    for i, name in enumerate(ids):
        item: dict[str, object] = {"id": name, "label": network.labels[i]}
        item |= {key: values[i] for key, values in network.attributes.items() if values[i] is not None}
        if placed:
            item |= {axis: plain(float(f"{contents.xy[i, at]:.9g}")) for at, axis in enumerate("xy")}
        if clusters[i] > 0:
            item["cluster"] = clusters[i]
        item |= {"weights": {key: plain(values[i]) for key, values in weighed.items()}}
        scores = {key: plain(values[i]) for key, values in scored.items() if math.isfinite(values[i])}
        item |= {"scores": scores} if scores else {}
        if records is not None:
            item["records"] = records[i]
        yield item


def _links(network: Network, ids: Sequence[int] | Sequence[str]) -> list[str]:
    ends = [dumps(name) for name in ids]
    extra = network.extras.get("link_attributes")
    attributes: Mapping[tuple[str, str], Mapping[str, object]] = extra if isinstance(extra, Mapping) else {}
    written = []
    for chunk in chunks_of(network.links):
        for i, j, strength in chunk:
            further = attributes and _further(attributes, network.ids[i], network.ids[j])
            # The two ends are written as read: a link's own attributes may speak of source and target.
            one, other = (j, i) if further and further[0] else (i, j)
            rest = f", {dumps(further[1])[1:-1]}" if further else ""
            value = dumps(plain(strength))
            written.append(f'{{"source_id": {ends[one]}, "target_id": {ends[other]}, "strength": {value}{rest}}}')
    return written


def _further(
    attributes: Mapping[tuple[str, str], Mapping[str, object]], one: str, other: str
) -> tuple[bool, Mapping[str, object]] | None:
    """Return the attributes of a link, and whether its ends stood the other way round; None where it has none."""
    turned = (one, other) not in attributes
    attributes_of_link = attributes.get((other, one) if turned else (one, other))
    return (turned, attributes_of_link) if attributes_of_link else None


def _lines(rows: Sequence[str]) -> str:
    if not rows:
        return "[]"
    return "[\n" + ",\n".join(f"      {row}" for row in rows) + "\n    ]"


def ids_for_online(ids: Sequence[str]) -> list[int] | list[str] | None:
    """Return ids as VOSviewer can read them, or None where it would take some for another number or for none.

    Examples
    --------
    >>> ids_for_online(["1", "2"]), ids_for_online(["0", "1"]), ids_for_online(["kota", "desa"])
    ([1, 2], ['0', '1'], ['kota', 'desa'])
    >>> ids_for_online(["1", "01"]), ids_for_online(["null", "desa"])
    (None, None)
    """
    return ids_written(ids) if all(map(_is_kept, ids)) else None


def _is_kept(name: str) -> bool:
    bare = name.strip()
    if bare.lower() in {"", "null", "nan", "infinity", "+infinity", "-infinity"}:
        return False
    return not _NUMERIC.fullmatch(bare) or (bare == name and bool(_CANONICAL.fullmatch(bare)))


def online_remarks(contents: Contents) -> list[str]:
    """Say for what reasons VOSviewer would not open a file with these contents."""
    network = contents.network
    remarks: list[str] = []
    if len(network) < LEAST_ITEMS:
        remarks.append(worded("VOSviewer does not open maps with fewer than {n} items", n=LEAST_ITEMS))
    if len(contents.cluster) and contents.cluster.max() > MOST_CLUSTERS_ONLINE:
        remarks.append(worded("VOSviewer supports at most {n:,} clusters", n=MOST_CLUSTERS_ONLINE))
    if len(contents.unplaced) == 0 and len(network) and (contents.xy == contents.xy[0]).all():
        remarks.append("VOSviewer does not open maps whose items all lie at one point")
    remarks.extend(
        worded(
            "VOSviewer reads the attribute '{name}' as weights and expects numbers: rename it"
            if kind == "weight"
            else "VOSviewer reads the attribute '{name}' as scores and expects numbers: rename it",
            name=name,
        )
        for name, values in network.attributes.items()
        for kind in ("weight", "score")
        if kind in name or kind.capitalize() in name
        if not all(_is_number(value, kind) for value in values)
    )
    return remarks


def _is_number(value: object, kind: str) -> bool:
    number = number_in(value)
    return value is None if number is None else kind == "score" or (number >= 0 and math.isfinite(number))
